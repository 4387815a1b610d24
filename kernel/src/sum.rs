//! A sum over a file, by which one that was changed or cut is told from the whole one.
//!
//! It is many times quicker than a cryptographic hash, and no guard against somebody who
//! means harm: whoever can change an index can change the list that holds its sums. The
//! file is read as rows of `LANES` numbers of eight bytes, the last row filled up with
//! zeros. Each lane mixes its numbers one after the other, and each step can be undone:
//! so a change that touches one number of a lane is never missed, and any other with a
//! chance of one in 2^64.

use std::fs::File;
use std::io::{Read, Result};
use std::path::Path;

use pyo3::prelude::*;
use pyo3::types::PyBytes;

/// Numbers of a row.
const LANES: usize = 1024;
const ROW: usize = LANES * 8;
const ODD: u64 = 0x9E37_79B9_7F4A_7C15;
/// Rows read together.
const TOGETHER: usize = 128;

/// The lanes of a file, as they stand behind its last row.
fn lanes(path: &Path) -> Result<Vec<u64>> {
    let mut lanes: Vec<u64> = (1..=LANES as u64)
        .map(|lane| lane.wrapping_mul(ODD))
        .collect();
    let mut file = File::open(path)?;
    let mut rows = vec![0; TOGETHER * ROW];
    loop {
        let size = fill(&mut file, &mut rows)?;
        let whole = size.next_multiple_of(ROW);
        rows[size..whole].fill(0);
        rows[..whole]
            .chunks_exact(ROW)
            .for_each(|row| mix(&mut lanes, row));
        if size < rows.len() {
            return Ok(lanes);
        }
    }
}

/// Read until the room is full or the file is at its end; return how much there was.
fn fill(file: &mut File, room: &mut [u8]) -> Result<usize> {
    let mut size = 0;
    while size < room.len() {
        match file.read(&mut room[size..])? {
            0 => break,
            more => size += more,
        }
    }
    Ok(size)
}

fn mix(lanes: &mut [u64], row: &[u8]) {
    for (lane, eight) in lanes.iter_mut().zip(row.chunks_exact(8)) {
        let number = u64::from_le_bytes(eight.try_into().expect("eight bytes"));
        let mixed = (*lane ^ number).wrapping_mul(ODD);
        *lane = mixed ^ (mixed >> 32);
    }
}

/// Return the lanes of a file behind its last row, in bytes.
#[pyfunction]
pub fn lanes_of<'py>(py: Python<'py>, path: &str) -> PyResult<Bound<'py, PyBytes>> {
    let lanes = py.detach(|| lanes(Path::new(path)))?;
    let bytes: Vec<u8> = lanes.iter().flat_map(|lane| lane.to_le_bytes()).collect();
    Ok(PyBytes::new(py, &bytes))
}
