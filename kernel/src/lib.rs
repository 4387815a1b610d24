//! The kernel of plebiscite's matching: finds, compares and weighs the voters behind
//! petition lines, over arrays that Python has mapped.
//!
//! It does what `plebiscite.match.reference` does, to the bit, and faster; it knows no law
//! and no model, and keeps nothing between two calls but the numbers of texts, for whoever
//! holds them (`texts::Texts`).

// Indices of the roll are 32 bits wide; the door refuses what is larger.
#![allow(clippy::cast_possible_truncation)]

mod ahead;
pub mod arrange;
mod asked;
mod beginnings;
mod best;
mod blocks;
mod codes;
mod columns;
mod compare;
mod dictionary;
mod door;
mod ease;
mod face;
mod fits;
mod index;
mod lent;
mod lines;
mod listed;
mod look;
mod namesakes;
mod near;
mod outline;
mod pack;
mod pair;
mod pile;
mod places;
mod postings;
mod prepared;
mod probe;
mod query;
mod roomy;
mod soon;
mod standing;
mod sum;
mod texts;
mod weigh;
mod words;

use pyo3::prelude::*;

/// Finds, compares and weighs the voters behind petition lines.
#[pymodule]
mod _kernel {
    use pyo3::prelude::*;
    use pyo3::types::PyDict;

    use crate::best::{Search, in_line_order};
    use crate::blocks::{guarded, in_blocks, keep_quiet};
    use crate::columns;
    use crate::ease::Ease;
    use crate::index::Index;
    use crate::lines::Lines;
    use crate::look;
    use crate::prepared::Prepared;
    use crate::query::Query;
    use crate::weigh::Weights;

    #[pymodule_init]
    fn init(_module: &Bound<'_, PyModule>) -> PyResult<()> {
        keep_quiet();
        Ok(())
    }

    /// Return the best candidate of each line, as a dictionary of columns in bytes.
    ///
    /// Whenever the program holds more than so many pages, `let_go` is called. With
    /// `tables`, of lines with the same words, nothing is prepared.
    #[pyfunction]
    #[pyo3(signature = (
        index, meta, lines, weights, threads, pages=None, let_go=None, tables=None
    ))]
    #[allow(clippy::too_many_arguments)]
    fn best<'py>(
        py: Python<'py>,
        index: &Bound<'py, PyDict>,
        meta: &Bound<'py, PyDict>,
        lines: &Bound<'py, PyDict>,
        weights: &Bound<'py, PyDict>,
        threads: usize,
        pages: Option<u64>,
        let_go: Option<Py<PyAny>>,
        tables: Option<&Bound<'py, Tables>>,
    ) -> PyResult<Bound<'py, PyDict>> {
        let index = Index::new(index, meta)?;
        let (lines, weights) = (Lines::new(lines)?, Weights::new(weights)?);
        let own;
        let prepared = match tables {
            Some(kept) => kept.get().of(&index, &lines)?,
            None => {
                own = guarded(|| Prepared::new(&index, &lines))?;
                &own
            }
        };
        let ease = Ease::new(pages, let_go);
        let order = lines.by_place();
        let search = || Search::new(&index, &lines, &weights, prepared, &ease, &order);
        let found = in_blocks(py, lines.len(), threads, search, |search, range| {
            let mut out = Vec::with_capacity(range.len());
            search.best(range, &mut out);
            out
        })?;
        columns::of_best(py, &[in_line_order(&found, &order)])
    }

    /// Return every compared pair, best first within each line, likewise.
    #[pyfunction]
    fn candidates<'py>(
        py: Python<'py>,
        index: &Bound<'py, PyDict>,
        meta: &Bound<'py, PyDict>,
        lines: &Bound<'py, PyDict>,
        weights: &Bound<'py, PyDict>,
        threads: usize,
    ) -> PyResult<Bound<'py, PyDict>> {
        let index = Index::new(index, meta)?;
        let (lines, weights) = (Lines::new(lines)?, Weights::new(weights)?);
        let prepared = guarded(|| Prepared::new(&index, &lines))?;
        let ease = Ease::new(None, None);
        let order: Vec<u32> = (0..lines.len() as u32).collect();
        let search = || Search::new(&index, &lines, &weights, &prepared, &ease, &order);
        let found = in_blocks(py, lines.len(), threads, search, |search, range| {
            let mut out = Vec::new();
            search.all(range, &mut out);
            out
        })?;
        columns::of_pairs(py, &found)
    }

    /// Return the voters that fit a query, best first (see `look::Listed`).
    #[pyfunction]
    #[pyo3(name = "look")]
    fn look_up(
        index: &Bound<'_, PyDict>,
        meta: &Bound<'_, PyDict>,
        query: &Bound<'_, PyDict>,
        limit: usize,
    ) -> PyResult<Vec<look::Listed>> {
        let (index, query) = (Index::new(index, meta)?, Query::new(query)?);
        guarded(|| look::found(&index, &query, limit))
    }

    #[pymodule_export]
    use crate::arrange::arrange;
    #[pymodule_export]
    use crate::dictionary::find_words;
    #[pymodule_export]
    use crate::near::near_words;
    #[pymodule_export]
    use crate::pack::Packing;
    #[pymodule_export]
    use crate::prepared::Tables;
    #[pymodule_export]
    use crate::standing::words_starting;
    #[pymodule_export]
    use crate::sum::lanes_of;
    #[pymodule_export]
    use crate::texts::{Texts, filled};
}
