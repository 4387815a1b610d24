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
        match self.prepared.outline(word) {
            Some(outline) => outline,
            None => Outline::of(self.of(word)),
        }
    }

    /// A word with its outline.
    #[inline]
    pub fn drawn(self, word: u32) -> Drawn {
        let outline = self.outline(word);
        Drawn { word, outline }
    }

    #[inline]
    fn draw(self, drawn: Drawn) -> Outline {
        match drawn.outline.is_drawn() {
            true => drawn.outline,
            false => self.outline(drawn.word),
        }
    }

    /// The number of letters of a word, up to 255.
    #[inline]
    pub fn letters(self, word: Drawn) -> usize {
        self.draw(word).letters()
    }

    /// The distance of two words: 0, 1, 2 or `FAR`; `FAR` if one is empty, or if they
    /// differ and one has fewer than `shortest` letters.
    #[inline]
    pub fn apart(self, one: Drawn, other: Drawn, shortest: usize) -> u8 {
        if one.word == 0 || other.word == 0 {
            return FAR;
        }
        if one.word == other.word {
            return 0;
        }
        if !self.draw(one).may_be_near(self.draw(other)) {
            return FAR;
        }
        distance(self.of(one.word), self.of(other.word), shortest)
    }

    /// Whether one of two words has at least so many letters.
    #[inline]
    pub fn either_long(self, one: Drawn, other: Drawn, least: usize) -> bool {
        self.letters(one) >= least || self.letters(other) >= least
    }

    /// Whether `whole` is the words `front` and `back` run together.
    #[inline]
    pub fn is_joined(self, whole: Drawn, front: Drawn, back: Drawn) -> bool {
        if front.word == 0 || back.word == 0 {
            return whole.word == front.word.max(back.word);
        }
        // Mostly the front alone tells, and the back need not be fetched from memory.
        let (all, start) = (self.draw(whole), self.draw(front));
        all.may_hold(start)
            && all.may_join(start, self.draw(back))
            && joined(self.of(whole.word), self.of(front.word), self.of(back.word))
    }
}

/// A word and its outline, as far as it is drawn: it is looked up where it is needed.
#[derive(Clone, Copy)]
pub struct Drawn {
    pub word: u32,
    pub outline: Outline,
}

impl Drawn {
    /// A word whose outline may never be asked for.
    #[inline]
    pub fn later(word: u32) -> Self {
        let outline = Outline::default();
        Drawn { word, outline }
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
