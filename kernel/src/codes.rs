//! The codes of voters' texts, a column at a time, as they waited on disk.

use pyo3::prelude::*;

use crate::door::{Array, array};

/// Codes of as many bytes as they need.
pub enum Column {
    One(Array<u8>),
    Two(Array<u16>),
    Four(Array<u32>),
}

impl Column {
    pub fn new(column: &Bound<'_, PyAny>) -> PyResult<Self> {
        if let Ok(codes) = array(column, "codes") {
            return Ok(Column::One(codes));
        }
        if let Ok(codes) = array(column, "codes") {
            return Ok(Column::Two(codes));
        }
        array(column, "codes").map(Column::Four)
    }

    pub fn len(&self) -> usize {
        match self {
            Column::One(codes) => codes.len(),
            Column::Two(codes) => codes.len(),
            Column::Four(codes) => codes.len(),
        }
    }

    #[inline]
    pub fn at(&self, nth: usize) -> usize {
        match self {
            Column::One(codes) => codes[nth] as usize,
            Column::Two(codes) => codes[nth] as usize,
            Column::Four(codes) => codes[nth] as usize,
        }
    }
}
