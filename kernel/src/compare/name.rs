//! Names: given names and surnames compared, then joined into one level.

use super::{Drawn, Texts};
use crate::lines::Line;
use crate::outline::Outline;
use crate::prepared::parts;
use crate::words::{bare, first_letter};

/// Levels of names, by code.
pub const FULL: u8 = 0;
const LAST_CLOSE: u8 = 1;
const LAST_LOOSE: u8 = 2;
const LAST_PART: u8 = 3;
const FORMER: u8 = 4;
const SWAPPED: u8 = 5;
const NICKNAME: u8 = 6;
const INITIAL: u8 = 7;
const MIDDLE: u8 = 8;
const FIRST_CLOSE: u8 = 9;
const TWO_SLIPS: u8 = 10;
const SURNAME_ONLY: u8 = 11;
const FIRST_ONLY: u8 = 12;
const LAST_DIFFERS: u8 = 13;
pub const SIBLING: u8 = 14;
pub const RELATIVE: u8 = 15;
const OTHER: u8 = 16;

/// A first name borne by so many voters is a name of its own, not a slip.
const KNOWN: u32 = 2;
/// Letters without which two are no name by themselves.
const VOWELS: &[u8] = b"AEIOUY";
/// A part of a double surname has at least so many letters.
const PART: usize = 3;

/// A voter's name, as words (and the reading of the surname, for its parts).
#[derive(Clone, Copy)]
pub struct Name {
    pub reading: u32,
    pub given: u32,
    /// Its outline keeps what the surname's parts are.
    pub last: Drawn,
    pub first: Drawn,
    pub forename: Drawn,
    pub middle: u32,
    /// The former surname, 0 for none.
    pub former: u32,
}

impl Name {
    /// What a name is read from: of equal ones all is equal.
    #[inline]
    pub fn key(&self) -> (u32, u32, u32, u32) {
        (self.reading, self.given, self.middle, self.former)
    }
}

/// How given names agree.
#[derive(Clone, Copy, PartialEq, Eq)]
enum First {
    Missing,
    Same,
    Nickname,
    Initial,
    Middle,
    Close,
    Sibling,
    Other,
}

/// How surnames agree.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Last {
    Missing,
    Same,
    Former,
    Part,
    Half,
    Close,
    Loose,
    Other,
}

/// Compares the name of one line with voters'.
pub struct Names<'a> {
    texts: Texts<'a>,
    line: &'a Line<'a>,
    /// The words of the line's name.
    first: Drawn,
    forename: Drawn,
    middle: Drawn,
    last: Drawn,
    tail: Drawn,
    /// Whether the forename is a single letter.
    one: bool,
    /// Whether it is two letters.
    two: bool,
    /// Voters who bear the line's first name.
    known: u32,
    /// The line's surname without its particle.
    bare: &'a [u8],
    bare_outline: Outline,
    /// Other forms of the line's first name, and of its surname if that is one.
    nicknames: &'a [u32],
    swapped_nicknames: &'a [u32],
}

impl<'a> Names<'a> {
    pub fn new(texts: Texts<'a>, line: &'a Line<'a>, known: u32) -> Self {
        let bare = bare(texts.of(line.last));
        let forename = texts.drawn(line.forename);
        Names {
            texts,
            line,
            first: texts.drawn(line.first),
            forename,
            middle: texts.drawn(line.middle),
            last: texts.drawn(line.last),
            tail: texts.drawn(line.tail),
            one: line.forename != 0 && texts.letters(forename) == 1,
            two: line.forename != 0 && texts.letters(forename) == 2,
            known,
            bare,
            bare_outline: Outline::of(bare),
            nicknames: texts.prepared.nicknames(texts.index, line.forename),
            swapped_nicknames: texts.prepared.nicknames(texts.index, line.last),
        }
    }

    /// The levels of the name and of the middle name.
    pub fn levels(&self, voter: &Name) -> (u8, u8) {
        let (first, last) = (self.first(voter), self.last(voter));
        (self.joint(voter, first, last), self.middle(voter, first))
    }

    fn is_one(&self, word: Drawn) -> bool {
        word.word != 0 && self.texts.letters(word) == 1
    }

    fn begins(&self, word: u32, one: u32) -> bool {
        first_letter(self.texts.of(word)) == self.texts.of(one)
    }

    /// Whether a first name is two initials run together, of a first and a middle name;
    /// `nobody` tells that nobody on the roll is called so.
    fn are_initials(&self, both: u32, first: u32, middle: u32, nobody: bool) -> bool {
        let [one, other] = self.texts.of(both) else {
            return false;
        };
        let lone = nobody || *other == b'J' || !VOWELS.contains(one) && !VOWELS.contains(other);
        let begins = |word, letter| self.texts.of(word).first() == Some(letter);
        lone && begins(first, one) && begins(middle, other)
    }

    fn first(&self, voter: &Name) -> First {
        let line = self.line;
        let (mine, theirs) = (line.forename, voter.forename.word);
        if mine == 0 {
            // Sukarno has no other name, neither on the roll nor on the line.
            // Of two people's names, or a husband's, the first is left out, not missing:
            // it stands with the middle names.
            let one_name = theirs == 0 && line.last == voter.last.word && line.middle == 0;
            return if one_name {
                First::Same
            } else {
                First::Missing
            };
        }
        let whole = line.first == voter.first.word
            || mine == theirs
            || self
                .texts
                .is_joined(self.first, voter.forename, Drawn::later(voter.middle))
            || self
                .texts
                .is_joined(voter.first, self.forename, self.middle);
        let (mine_one, their_one) = (self.one, self.is_one(voter.forename));
        if whole {
            return match mine_one && their_one {
                true => First::Initial,
                false => First::Same,
            };
        }
        if self.nicknames.contains(&theirs) {
            return First::Nickname;
        }
        let cut = mine_one && self.begins(theirs, mine) || their_one && self.begins(mine, theirs);
        if cut
            || self.two && self.are_initials(mine, theirs, voter.middle, self.known < KNOWN)
            || self.texts.letters(voter.forename) == 2
                && self.are_initials(theirs, mine, line.middle, false)
        {
            return First::Initial;
        }
        if mine == voter.middle && !mine_one || line.middle == theirs && theirs != 0 && !their_one {
            return First::Middle;
        }
        let (mine, theirs) = (self.forename, voter.forename);
        let slips = self.texts.apart(mine, theirs, 3);
        if slips <= 1 || slips == 2 && self.texts.either_long(mine, theirs, 7) {
            return match self.known < KNOWN {
                true => First::Close,
                false => First::Sibling,
            };
        }
        // Bob at the address of William Robert: he himself, or a son of his.
        if voter.middle != 0 && self.nicknames.contains(&voter.middle) {
            return First::Sibling;
        }
        First::Other
    }

    fn last(&self, voter: &Name) -> Last {
        let line = self.line;
        let (mine, theirs) = (line.last, voter.last.word);
        if mine == 0 {
            return Last::Missing;
        }
        if mine == theirs || line.tail == theirs {
            return Last::Same;
        }
        if voter.former != 0 && mine == voter.former {
            return Last::Former;
        }
        if self.has_part(voter) {
            return Last::Part;
        }
        // Maria García López may be registered as Maria García, with no hyphen to tell it.
        let before =
            line.middle_last == theirs && theirs != 0 && self.texts.letters(voter.last) >= PART;
        let may_end = || self.texts.draw(voter.last).may_hold(self.bare_outline);
        if before || may_end() && bare(self.texts.of(theirs)) == self.bare {
            return Last::Half;
        }
        let mut slips = self.texts.apart(self.last, voter.last, 2);
        if slips > 1 && line.tail != mine {
            slips = slips.min(self.texts.apart(self.tail, voter.last, 3));
        }
        if slips <= 1 {
            return Last::Close;
        }
        if slips <= 2 && self.texts.either_long(self.last, voter.last, 4) {
            return Last::Loose;
        }
        Last::Other
    }

    /// Whether a part of a double surname is the line's, or a part of the line's; asked
    /// where the surnames themselves differ.
    fn has_part(&self, voter: &Name) -> bool {
        let line = self.line;
        match voter.last.outline.kept() {
            parts::NONE => false,
            parts::ITSELF => line.parts.contains(&voter.last.word),
            _ => {
                let parts = self.texts.index.parts(voter.reading);
                parts.contains(&line.last) || line.parts.iter().any(|part| parts.contains(part))
            }
        }
    }

    fn joint(&self, voter: &Name, first: First, last: Last) -> u8 {
        use First::{Close, Initial, Middle, Missing, Nickname, Same, Sibling};
        if (first, last) == (Same, Last::Same) {
            return FULL;
        }
        if self.swapped(voter) {
            return SWAPPED;
        }
        let slips = || self.nearly(voter) || self.shortened(voter);
        match (first, last) {
            (Same, Last::Former) => FORMER,
            (Same, Last::Part | Last::Half) => LAST_PART,
            (Same, Last::Close) => LAST_CLOSE,
            (Same, Last::Loose) => LAST_LOOSE,
            (Nickname, Last::Same | Last::Former) => NICKNAME,
            (Initial, Last::Same | Last::Former) => INITIAL,
            (Middle, Last::Same | Last::Former) => MIDDLE,
            (Close, Last::Same | Last::Former) => FIRST_CLOSE,
            _ if slips() => TWO_SLIPS,
            // A middle name beside a slip is too little: a relative may bear it.
            (Nickname | Initial | Close, Last::Close | Last::Loose | Last::Part) => TWO_SLIPS,
            (Missing, Last::Same) => SURNAME_ONLY,
            (Same, Last::Missing) => FIRST_ONLY,
            (Same, _) => LAST_DIFFERS,
            (_, Last::Other) => OTHER,
            (Sibling, _) => SIBLING,
            _ => RELATIVE,
        }
    }

    /// First and last name in the other order, or the family's name before two others.
    fn swapped(&self, voter: &Name) -> bool {
        let line = self.line;
        let family = line.forename == voter.last.word;
        let swapped = line.last == voter.forename.word
            && (family
                || line.forename != 0
                    && self
                        .texts
                        .index
                        .parts(voter.reading)
                        .contains(&line.forename)
                || line.middle_words <= 1
                    && self.texts.is_joined(voter.last, self.first, self.middle));
        // Chen Wei-Ming.
        let joined = || {
            line.last == voter.first.word
                || self
                    .texts
                    .is_joined(self.last, voter.forename, Drawn::later(voter.middle))
        };
        // Kim Min Jun, Nguyen Thi Hoa.
        let given = line.middle;
        swapped
            || family && line.forename != 0 && line.last != 0 && joined()
            || given != 0
                && family
                && (voter.forename.word == given && voter.middle == line.last
                    || self.texts.is_joined(voter.first, self.middle, self.last))
    }

    /// Swapped, with one slip in one of the names.
    fn nearly(&self, voter: &Name) -> bool {
        let line = self.line;
        if line.last == voter.forename.word && line.last != 0 {
            return self.texts.apart(self.forename, voter.last, 3) <= 1;
        }
        if line.forename == voter.last.word && line.forename != 0 {
            return self.texts.apart(self.last, voter.forename, 3) <= 1;
        }
        false
    }

    /// "Garcia M" for Maria Garcia, "Garcia Bill" for William Garcia.
    fn shortened(&self, voter: &Name) -> bool {
        let line = self.line;
        line.forename == voter.last.word
            && (self.begins(voter.forename.word, line.last)
                || self.swapped_nicknames.contains(&voter.forename.word))
    }

    /// Compare middle names where both have one and the first name does not use it.
    fn middle(&self, voter: &Name, first: First) -> u8 {
        let line = self.line;
        let (mine, theirs) = (line.middle, voter.middle);
        let used = matches!(
            first,
            First::Middle | First::Missing | First::Other | First::Sibling
        );
        // García in Maria García López is no middle name, if the voter is a García.
        let last = voter.last.word;
        let surname = line.tail == last || mine == last;
        let doubled = surname && line.last != last;
        if mine == 0 || theirs == 0 || used || doubled {
            return 2;
        }
        if !self.is_one(self.middle) && !self.is_one(Drawn::later(theirs)) {
            return if mine == theirs { 0 } else { 3 };
        }
        let initial = |word| first_letter(self.texts.of(word));
        if initial(mine) == initial(theirs) {
            1
        } else {
            3
        }
    }
}
