//! Outlines: what can be said of a word without its text, in 64 bits.
//!
//! Which letters a word has, and how many. Most words that are no slip of the pen apart
//! have outlines that already tell so; the text need not be fetched from memory.

/// Bits for A to Z, 0 to 9, and anything else.
const LETTERS: u64 = (1 << 37) - 1;
const LENGTH_AT: u32 = 40;
/// Bits that say nothing of the word, free for whoever holds the outline.
const KEPT_AT: u32 = 48;
/// Longer words count as being so long.
const LONGEST: usize = 255;
const OTHER_SCRIPT: u64 = 1 << 63;

/// What each byte of a word adds to its outline: its bit, and one where a letter begins.
const MARKS: [u64; 256] = {
    let mut marks = [1 << 36; 256];
    let mut byte = 0;
    while byte < marks.len() {
        let at = byte as u8;
        if at.is_ascii_uppercase() {
            marks[byte] = 1 << (at - b'A');
        } else if at.is_ascii_digit() {
            marks[byte] = 1 << (26 + at - b'0');
        } else if !at.is_ascii() {
            marks[byte] = OTHER_SCRIPT;
        }
        if at & 0xC0 != 0x80 {
            marks[byte] |= 1 << LENGTH_AT;
        }
        byte += 1;
    }
    marks
};

/// The letters of a word and their number.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub struct Outline(u64);

impl Outline {
    /// The outline of a word.
    pub fn of(word: &[u8]) -> Self {
        let (mut bits, mut letters) = (0, 0);
        for &byte in word {
            let mark = MARKS[usize::from(byte)];
            bits |= mark;
            letters += (mark >> LENGTH_AT) as usize & 1;
        }
        let marks = bits & !(1 << LENGTH_AT);
        Outline(marks | (letters.min(LONGEST) as u64) << LENGTH_AT)
    }

    /// Whether this is of a word at all, and not of none.
    #[inline]
    pub fn is_drawn(self) -> bool {
        self.0 & !(3 << KEPT_AT) != 0
    }

    /// The same outline, with a number below four kept beside it.
    #[inline]
    pub fn keeping(self, number: u8) -> Self {
        Outline(self.0 & !(3 << KEPT_AT) | u64::from(number & 3) << KEPT_AT)
    }

    /// The number kept beside the outline; 0 where none is.
    #[inline]
    pub fn kept(self) -> u8 {
        (self.0 >> KEPT_AT) as u8 & 3
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

    /// Whether a word with this outline may begin or end with another.
    #[inline]
    pub fn may_hold(self, end: Outline) -> bool {
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
                if a.ends_with(b) || a.starts_with(b) {
                    assert!(drawn(one).may_hold(drawn(other)), "{one} {other}");
                }
                let whole = format!("{one}{other}");
                assert!(joined(whole.as_bytes(), a, b));
                assert!(drawn(&whole).may_join(drawn(one), drawn(other)));
            }
        }
    }

    #[test]
    fn a_number_kept_beside_an_outline_changes_nothing_else() {
        for word in ["", "SMITH", "ÑANDÚ 7"] {
            let plain = Outline::of(word.as_bytes());
            assert_eq!(plain.keeping(3).is_drawn(), !word.is_empty());
            for number in 0..4 {
                let kept = plain.keeping(1).keeping(number);
                assert_eq!((plain.kept(), kept.kept()), (0, number));
                assert_eq!(kept.letters(), plain.letters());
                for other in ["SMYTH", "ITH", "ñ"].map(|each| Outline::of(each.as_bytes())) {
                    assert_eq!(kept.may_be_near(other), plain.may_be_near(other));
                    assert_eq!(kept.may_hold(other), plain.may_hold(other));
                    assert_eq!(kept.may_join(other, other), plain.may_join(other, other));
                }
            }
        }
    }

    #[test]
    fn long_words_are_not_denied_either() {
        let (long, longer) = ("A".repeat(300), "A".repeat(301));
        let (a, b) = (Outline::of(long.as_bytes()), Outline::of(longer.as_bytes()));
        assert!(a.may_be_near(b) && b.may_join(a, Outline::of(b"A")) && b.may_hold(a));
    }
}
