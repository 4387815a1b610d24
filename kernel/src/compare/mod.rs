//! In what ways a line and a voter agree: names, addresses, and what breaks ties.
//!
//! Words are numbers, so most comparisons are of numbers; texts are read only where two
//! words differ and a slip of the pen could be the reason.

pub mod home;
pub mod name;

use crate::index::Index;
use crate::lines::Lines;
use crate::outline::Outline;
use crate::prepared::Prepared;
use crate::words::{FAR, distance, joined};

/// The texts behind words, of the roll and of the lines, and what is prepared of them.
#[derive(Clone, Copy)]
pub struct Texts<'a> {
    pub index: &'a Index,
    pub lines: &'a Lines,
    pub prepared: &'a Prepared,
}

impl<'a> Texts<'a> {
    /// The text of a word.
    #[inline]
    pub fn of(self, word: u32) -> &'a [u8] {
        self.lines.text(self.index, word)
    }

    /// The outline of a word.
    #[inline]
    pub fn outline(self, word: u32) -> Outline {
        match self.prepared.outlines.get(word as usize) {
            Some(outline) => *outline,
            None => Outline::of(self.of(word)),
        }
    }

    /// The number of letters of a word, up to 255.
    #[inline]
    pub fn letters(self, word: u32) -> usize {
        self.outline(word).letters()
    }

    /// The distance of two words: 0, 1, 2 or `FAR`; `FAR` if one is empty, or if they
    /// differ and one has fewer than `shortest` letters.
    #[inline]
    pub fn apart(self, one: u32, other: u32, shortest: usize) -> u8 {
        if one == 0 || other == 0 {
            return FAR;
        }
        if one == other {
            return 0;
        }
        if !self.outline(one).may_be_near(self.outline(other)) {
            return FAR;
        }
        distance(self.of(one), self.of(other), shortest)
    }

    /// Whether one of two words has at least so many letters.
    #[inline]
    pub fn either_long(self, one: u32, other: u32, least: usize) -> bool {
        self.letters(one) >= least || self.letters(other) >= least
    }

    /// Whether `whole` is the words `front` and `back` run together.
    #[inline]
    pub fn is_joined(self, whole: u32, front: u32, back: u32) -> bool {
        if front == 0 || back == 0 {
            return whole == front.max(back);
        }
        let drawn = |word| self.outline(word);
        drawn(whole).may_join(drawn(front), drawn(back))
            && joined(self.of(whole), self.of(front), self.of(back))
    }
}

/// Levels of suffixes, by code.
pub mod suffix {
    pub const SAME: u8 = 0;
    pub const ABSENT: u8 = 1;
    pub const DROPPED: u8 = 2;
    pub const ADDED: u8 = 3;
    pub const DIFFERS: u8 = 4;

    /// Compare suffixes; `recorded` tells whether the roll has any.
    pub fn level(mine: u8, theirs: u8, recorded: bool) -> u8 {
        match (mine, theirs) {
            (0, 0) => ABSENT,
            _ if mine == theirs => SAME,
            (0, _) => DROPPED,
            (_, 0) if recorded => ADDED,
            (_, 0) => ABSENT,
            _ => DIFFERS,
        }
    }
}

/// Compare units, which break ties between namesakes in one building, no more.
pub fn unit_level(mine: u32, theirs: u32) -> u8 {
    match (mine, theirs) {
        (0, _) | (_, 0) => 1,
        _ if mine == theirs => 0,
        _ => 2,
    }
}
