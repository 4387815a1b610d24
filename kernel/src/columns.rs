//! What was found, a column at a time, as bytes for numpy.

use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyDict};

use crate::best::Best;
use crate::pair::Pair;

/// Put one column of all blocks into the dictionary.
fn column<T, const N: usize>(
    into: &Bound<'_, PyDict>,
    name: &str,
    blocks: &[Vec<T>],
    bytes: impl Fn(&T) -> [u8; N],
) -> PyResult<()> {
    let rows: usize = blocks.iter().map(Vec::len).sum();
    let filled = PyBytes::new_with(into.py(), rows * N, |out| {
        let cells = out.chunks_exact_mut(N).zip(blocks.iter().flatten());
        cells.for_each(|(cell, row)| cell.copy_from_slice(&bytes(row)));
        Ok(())
    })?;
    into.set_item(name, filled)
}

macro_rules! columns {
    ($into:expr, $blocks:expr, $($($part:ident).+ as $name:literal),* $(,)?) => {
        $(column($into, $name, $blocks, |row| row.$($part).+.to_le_bytes())?;)*
    };
}

/// The columns of the best candidates, one row per line.
pub fn of_best<'py>(py: Python<'py>, blocks: &[Vec<Best>]) -> PyResult<Bound<'py, PyDict>> {
    let into = PyDict::new(py);
    columns!(
        &into, blocks,
        lead.face as "face", lead.row as "row", second_row as "second_row",
        lead.bits as "bits", lead.pattern_bits as "pattern_bits",
        second_bits as "second_bits",
        lead.name as "name", lead.home as "home", lead.address as "address",
        lead.old as "old", lead.at_old as "at_old", lead.middle as "middle",
        lead.suffix as "suffix", lead.unit as "unit", lead.rarity as "rarity",
        lead.in_county as "in_county", rivals as "rivals", total as "total",
        counts.here as "here", counts.anywhere as "anywhere",
        counts.residents as "residents", someone_there as "someone_there",
        family_there as "family_there", candidates as "candidates",
    );
    Ok(into)
}

/// The columns of compared pairs, one row per pair.
pub fn of_pairs<'py>(py: Python<'py>, blocks: &[Vec<Pair>]) -> PyResult<Bound<'py, PyDict>> {
    let into = PyDict::new(py);
    columns!(
        &into, blocks,
        line as "line", face as "face", row as "row", name as "name", home as "home",
        address as "address", old as "old", at_old as "at_old", middle as "middle",
        suffix as "suffix", unit as "unit", rarity as "rarity",
        in_county as "in_county", pattern_bits as "pattern_bits", bits as "bits",
    );
    Ok(into)
}
