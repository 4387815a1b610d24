//! Words near to one that the roll does not have: equal once a letter is left out.

use crate::evenly::place;
use crate::index::Near;

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

impl Near {
    /// Put the distinct words that share a key with `word` into `found`, in order.
    pub fn find(&self, word: &[u8], found: &mut Vec<u32>) {
        found.clear();
        for key in keys(word) {
            // Keys are hashes, so they lie evenly.
            let start = place(&self.keys, &key, key, u64::MAX);
            let same = self.keys[start..].iter().take_while(|each| **each == key);
            found.extend(&self.words[start..start + same.count()]);
        }
        found.sort_unstable();
        found.dedup();
    }
}

#[cfg(test)]
mod tests {
    use super::keys;

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
