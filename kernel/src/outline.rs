//! Outlines: what can be said of a word without its text, in 64 bits.
//!
//! Which letters a word has, and how many. Most words that are no slip of the pen apart
//! have outlines that already tell so; the text need not be fetched from memory.

/// Bits for A to Z, 0 to 9, and anything else.
const LETTERS: u64 = (1 << 37) - 1;
const LENGTH_AT: u32 = 40;
/// Longer words count as being so long.
const LONGEST: usize = 255;
const OTHER_SCRIPT: u64 = 1 << 63;

/// The letters of a word and their number.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Outline(u64);

impl Outline {
    /// The outline of a word.
    pub fn of(word: &[u8]) -> Self {
        let mut bits = 0;
        let mut letters = 0;
        for &byte in word {
            letters += usize::from(byte & 0xC0 != 0x80);
            bits |= match byte {
                b'A'..=b'Z' => 1 << (byte - b'A'),
                b'0'..=b'9' => 1 << (26 + byte - b'0'),
                0x80.. => OTHER_SCRIPT,
                _ => 1 << 36,
            };
        }
        Outline(bits | (letters.min(LONGEST) as u64) << LENGTH_AT)
    }

    /// The number of letters, up to 255.
    #[inline]
    pub fn letters(self) -> usize {
        (self.0 >> LENGTH_AT) as usize & LONGEST
    }

    /// Whether a word with this outline may be within two slips of one with the other.
    #[inline]
    pub fn may_be_near(self, other: Outline) -> bool {
        // A slip adds a letter, takes one, or does both.
        self.letters().abs_diff(other.letters()) <= 2
            && ((self.0 ^ other.0) & LETTERS).count_ones() <= 4
            || (self.0 | other.0) & OTHER_SCRIPT != 0
    }

    /// Whether a word with this outline may be two others run together.
    #[inline]
    pub fn may_join(self, front: Outline, back: Outline) -> bool {
        self.letters() == (front.letters() + back.letters()).min(LONGEST)
            && self.0 & LETTERS == (front.0 | back.0) & LETTERS
    }

    /// Whether a word with this outline may end with another.
    #[inline]
    pub fn may_end_with(self, end: Outline) -> bool {
        end.letters() <= self.letters() && end.0 & LETTERS & !self.0 == 0
    }
}

#[cfg(test)]
mod tests {
    use super::Outline;
    use crate::words::{FAR, distance, joined};

    #[test]
    fn an_outline_never_denies_what_the_texts_say() {
        let mut words = vec![String::new()];
        for _ in 0..4 {
            let longer = words
                .iter()
                .flat_map(|w| ["A", "Z", "9", "é"].map(|c| c.to_owned() + w));
            words = words.iter().cloned().chain(longer).collect();
            words.sort();
            words.dedup();
        }
        let drawn = |word: &str| Outline::of(word.as_bytes());
        for one in &words {
            for other in &words {
                let (a, b) = (one.as_bytes(), other.as_bytes());
                if one != other && distance(a, b, 0) < FAR {
                    assert!(drawn(one).may_be_near(drawn(other)), "{one} {other}");
                }
                if a.ends_with(b) {
                    assert!(drawn(one).may_end_with(drawn(other)), "{one} {other}");
                }
                let whole = format!("{one}{other}");
                assert!(joined(whole.as_bytes(), a, b));
                assert!(drawn(&whole).may_join(drawn(one), drawn(other)));
            }
        }
    }

    #[test]
    fn long_words_are_not_denied_either() {
        let (long, longer) = ("A".repeat(300), "A".repeat(301));
        let (a, b) = (Outline::of(long.as_bytes()), Outline::of(longer.as_bytes()));
        assert!(a.may_be_near(b) && b.may_join(a, Outline::of(b"A")) && b.may_end_with(a));
    }
}
