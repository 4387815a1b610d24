//! Words near to one that the roll does not have: equal once a letter is left out.

use pyo3::prelude::*;
use pyo3::types::PyBytes;

use crate::arrange::share::{by_groups, heads};
use crate::blocks::guarded;
use crate::door::{Array, array};
use crate::index::{Near, run};
use crate::soon::soon;
use crate::words::letters;

/// Letters that may be left out stand at the first so many places.
const PLACES: usize = 24;

/// FNV-1a of a word with the bytes from `from` to `to` left out.
fn key(word: &[u8], from: usize, to: usize) -> u64 {
    let left = word[..from].iter().chain(&word[to..]);
    left.fold(0xCBF2_9CE4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01B3)
    })
}

/// The keys of a word: whole, and with each one letter left out.
pub fn keys(word: &[u8]) -> impl Iterator<Item = u64> {
    let starts = |from: usize| (from..word.len()).find(|at| word[*at] & 0xC0 != 0x80);
    let letters = std::iter::successors(starts(0), move |at| starts(at + 1));
    let without = letters.take(PLACES).map(move |from| {
        let to = starts(from + 1).unwrap_or(word.len());
        key(word, from, to)
    });
    std::iter::once(key(word, 0, 0)).chain(without)
}

/// A word of fewer letters has too many neighbours to be filed.
const SHORTEST: usize = 4;
/// Keys with the same first bits are sorted together.
const PART_BITS: u32 = 8;

/// The keys of some words with those words, in order of both, each once.
fn table(blob: &[u8], at: &[u32], wanted: &[u32], threads: usize) -> Vec<(u64, u32)> {
    let part = |key: u64| (key >> (64 - PART_BITS)) as usize;
    let mut filed = Vec::new();
    let mut counts = vec![0u32; 1 << PART_BITS];
    for &word in wanted {
        let text = &blob[run(at, word)];
        if letters(text) >= SHORTEST {
            for key in keys(text) {
                counts[part(key)] += 1;
                filed.push((key, word));
            }
        }
    }
    let part_at = heads(counts);
    let mut next = part_at.clone();
    let mut parted = vec![(0, 0); filed.len()];
    for each in filed {
        let place = &mut next[part(each.0)];
        parted[*place as usize] = each;
        *place += 1;
    }
    by_groups(&part_at, &mut parted, threads, |parts, mine| {
        let first = part_at[parts.start];
        for part in parts {
            let (start, end) = (part_at[part] - first, part_at[part + 1] - first);
            mine[start as usize..end as usize].sort_unstable();
        }
    });
    parted.dedup();
    parted
}

/// Return the keys that some words are filed under, and those words, in order of both.
#[pyfunction]
pub fn near_words<'py>(
    py: Python<'py>,
    blob: &Bound<'py, PyAny>,
    at: &Bound<'py, PyAny>,
    wanted: &Bound<'py, PyAny>,
    threads: usize,
) -> PyResult<(Bound<'py, PyBytes>, Bound<'py, PyBytes>)> {
    let blob: Array<u8> = array(blob, "words")?;
    let at: Array<u32> = array(at, "word_at")?;
    let wanted: Array<u32> = array(wanted, "wanted")?;
    let found = py.detach(|| guarded(|| table(&blob, &at, &wanted, threads.max(1))))?;
    let keys: Vec<u8> = found.iter().flat_map(|each| each.0.to_le_bytes()).collect();
    let words: Vec<u8> = found.iter().flat_map(|each| each.1.to_le_bytes()).collect();
    Ok((PyBytes::new(py, &keys), PyBytes::new(py, &words)))
}

impl Near {
    /// Put the distinct words that share a key with `word` into `found`, in order.
    pub fn find(&self, word: &[u8], found: &mut Vec<u32>) {
        for key in keys(word) {
            soon(&self.keys, self.reckoned(key));
        }
        found.clear();
        for key in keys(word) {
            let start = first(&self.keys, key, self.reckoned(key));
            let same = self.keys[start..].iter().take_while(|each| **each == key);
            found.extend(&self.words[start..start + same.count()]);
        }
        found.sort_unstable();
        found.dedup();
    }

    /// About where a key stands: keys are hashes, so they lie evenly.
    fn reckoned(&self, key: u64) -> usize {
        ((u128::from(key) * self.keys.len() as u128) >> 64) as usize
    }
}

/// Where a key stands in a sorted list, or would stand; `guess` is about there.
fn first(keys: &[u64], key: u64, mut guess: usize) -> usize {
    guess = guess.min(keys.len());
    // What lies at the guess tells how far off it is.
    for _ in 0..2 {
        let Some(there) = keys.get(guess) else { break };
        let off = (u128::from(key.abs_diff(*there)) * keys.len() as u128) >> 64;
        guess = match key < *there {
            true => guess.saturating_sub(off as usize),
            false => (guess + off as usize).min(keys.len() - 1),
        };
    }
    let (mut low, mut high, mut step) = (guess, guess, 8);
    while low > 0 && keys[low - 1] >= key {
        low = low.saturating_sub(step);
        step *= 2;
    }
    while high < keys.len() && keys[high] < key {
        high = (high + step).min(keys.len());
        step *= 2;
    }
    low + keys[low..high].partition_point(|each| *each < key)
}

#[cfg(test)]
mod tests {
    use super::{first, keys};

    #[test]
    fn a_key_is_found_wherever_the_guess_lies() {
        let lists: [Vec<u64>; 4] = [
            vec![],
            vec![7; 50],
            (0..300).map(|n| n * n).collect(),
            (0..300).map(|n| u64::MAX / 300 * n).collect(),
        ];
        for list in lists {
            let near = list
                .iter()
                .flat_map(|key| [key.wrapping_sub(1), *key, key + 1]);
            for key in near.chain([0, 5, u64::MAX]) {
                for guess in [0, 1, list.len() / 2, list.len()] {
                    let found = first(&list, key, guess);
                    assert_eq!(found, list.partition_point(|each| *each < key));
                }
            }
        }
    }

    #[test]
    fn words_a_slip_apart_share_a_key() {
        let near = |a: &str, b: &str| {
            let one: Vec<u64> = keys(a.as_bytes()).collect();
            keys(b.as_bytes()).any(|key| one.contains(&key))
        };
        assert!(near("GARCIA", "GARCA") && near("GARCIA", "GACRIA") && near("NÚÑEZ", "NÚNEZ"));
        assert!(!near("GARCIA", "SMITH"));
        assert_eq!(keys("ÑÑ".as_bytes()).count(), 3);
    }

    #[test]
    fn keys_are_fnv() {
        // The published value of the hash of "a" (draft-eastlake-fnv, 64 bits).
        assert_eq!(keys(b"a").next(), Some(0xAF63_DC4C_8601_EC8C));
        assert_eq!(keys(b"a").nth(1), Some(0xCBF2_9CE4_8422_2325));
    }
}
