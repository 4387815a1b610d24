//! Texts looked up among the words of a roll, which stand in order.

use pyo3::prelude::*;
use pyo3::types::PyBytes;

use crate::blocks::guarded;
use crate::door::{Array, array};
use crate::index::run;

/// The number of a word; as many as there are, where none is this text.
fn find(blob: &[u8], at: &[u32], text: &[u8]) -> u32 {
    let words = at.len() as u32 - 1;
    let (mut low, mut high) = (0, words);
    while low < high {
        let middle = low + (high - low) / 2;
        if &blob[run(at, middle)] < text {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    match low < words && &blob[run(at, low)] == text {
        true => low,
        false => words,
    }
}

/// Return the numbers of some texts, in bytes; the number of words for one that is none.
#[pyfunction]
pub fn find_words<'py>(
    py: Python<'py>,
    blob: &Bound<'py, PyAny>,
    at: &Bound<'py, PyAny>,
    texts: &Bound<'py, PyAny>,
    texts_at: &Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyBytes>> {
    let blob: Array<u8> = array(blob, "words")?;
    let at: Array<u32> = array(at, "word_at")?;
    let texts: Array<u8> = array(texts, "texts")?;
    let texts_at: Array<u32> = array(texts_at, "text_at")?;
    let found = py.detach(|| {
        guarded(|| -> Vec<u8> {
            let count = texts_at.len() as u32 - 1;
            let each = |nth| find(&blob, &at, &texts[run(&texts_at, nth)]);
            (0..count).map(each).flat_map(u32::to_le_bytes).collect()
        })
    })?;
    Ok(PyBytes::new(py, &found))
}
