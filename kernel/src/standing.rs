//! Where texts stand among the words of a roll: the words that begin with each.

use pyo3::prelude::*;
use pyo3::pybacked::PyBackedBytes;

use crate::blocks::guarded;
use crate::door::{Array, array};
use crate::index::run;

/// The words from `first` on are asked one by one, then further and further apart, for
/// the first that does not begin with a text: few begin so, of hundreds of thousands.
fn behind(word: impl Fn(u32) -> bool, first: u32, words: u32) -> u32 {
    let (mut low, mut step) = (first, 1);
    while low < words && word(low + (step - 1).min(words - 1 - low)) {
        low += step.min(words - low);
        step *= 2;
    }
    let mut high = words.min(low.saturating_add(step - 1));
    while low < high {
        let middle = low + (high - low) / 2;
        match word(middle) {
            true => low = middle + 1,
            false => high = middle,
        }
    }
    low
}

/// The words that begin with a text, and whether the first of them is it.
fn standing(blob: &[u8], at: &[u32], text: &[u8]) -> (u32, u32, bool) {
    let words = at.len() as u32 - 1;
    let word = |nth: u32| &blob[run(at, nth)];
    let (mut low, mut high) = (0, words);
    while low < high {
        let middle = low + (high - low) / 2;
        match word(middle) < text {
            true => low = middle + 1,
            false => high = middle,
        }
    }
    let end = behind(|nth| word(nth).starts_with(text), low, words);
    (low, end, low < end && word(low) == text)
}

/// Return of each text where the words that begin with it start and end, and whether
/// the first of them is the text itself.
#[pyfunction]
pub fn words_starting(
    blob: &Bound<'_, PyAny>,
    at: &Bound<'_, PyAny>,
    texts: Vec<PyBackedBytes>,
) -> PyResult<Vec<(u32, u32, bool)>> {
    let blob: Array<u8> = array(blob, "words")?;
    let at: Array<u32> = array(at, "word_at")?;
    guarded(|| {
        let each = |text: &PyBackedBytes| standing(&blob, &at, text);
        texts.iter().map(each).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::standing;

    #[test]
    fn words_that_begin_alike_are_those_that_a_walk_through_all_finds() {
        let words = [
            "", "1", "10", "A", "AB", "ABA", "ABB", "ABBA", "AC", "B", "É", "ÉT",
        ];
        let blob = words.concat().into_bytes();
        let mut at = vec![0];
        for word in words {
            at.push(at[at.len() - 1] + word.len() as u32);
        }
        for text in ["", "1", "2", "A", "AB", "ABBA", "ABC", "C", "É", "ÉTÉ", "Z"] {
            let walk = |with: &dyn Fn(&str) -> bool| words.iter().filter(|w| with(w)).count();
            let start = walk(&|word| word.as_bytes() < text.as_bytes()) as u32;
            let many = walk(&|word| word.starts_with(text)) as u32;
            let found = standing(&blob, &at, text.as_bytes());
            assert_eq!(
                found,
                (start, start + many, words.contains(&text)),
                "{text}"
            );
        }
    }
}
