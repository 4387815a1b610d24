//! In what ways a line and a voter agree: names, addresses, and what breaks ties.
//!
//! Words are numbers, so most comparisons are of numbers; texts are read only where two
//! words differ and a slip of the pen could be the reason.

pub mod home;
pub mod name;

use crate::index::Index;
use crate::lines::Lines;
use crate::words::{FAR, distance};

/// The texts behind words, of the roll and of the lines.
#[derive(Clone, Copy)]
pub struct Texts<'a> {
    pub index: &'a Index,
    pub lines: &'a Lines,
}

impl<'a> Texts<'a> {
    /// The text of a word.
    #[inline]
    pub fn of(self, word: u32) -> &'a [u8] {
        self.lines.text(self.index, word)
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
        distance(self.of(one), self.of(other), shortest)
    }

    /// Whether one of two words has at least so many letters.
    #[inline]
    pub fn either_long(self, one: u32, other: u32, least: usize) -> bool {
        let long = |word| crate::words::letters(self.of(word)) >= least;
        long(one) || long(other)
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
