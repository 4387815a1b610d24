//! A line and one voter, compared and weighed.

use std::cmp::Ordering;

use crate::compare::home::{Home, Homes};
use crate::compare::name::{Name, Names};
use crate::compare::{Drawn, Texts, suffix, unit_level};
use crate::face;
use crate::index::Index;
use crate::lines::{Line, NO_COUNTY};
use crate::prepared::{Given, Prepared, Surname};
use crate::weigh::{Rarity, Weights};

/// No level: there is no former address.
pub const NO_LEVEL: u8 = 255;

/// How a line and a voter agree, and what it says.
#[derive(Clone, Copy)]
pub struct Pair {
    pub line: u32,
    pub face: u32,
    pub row: u32,
    pub pattern_bits: i32,
    pub bits: i32,
    pub name: u8,
    /// The better of the present and the former address's level.
    pub home: u8,
    pub address: u8,
    pub old: u8,
    pub at_old: u8,
    pub middle: u8,
    pub suffix: u8,
    pub unit: u8,
    pub rarity: u8,
    pub in_county: u8,
    /// Whether name and address agree whole, with nothing against it.
    pub whole: bool,
}

/// The code of a middle name that differs.
const MIDDLE_DIFFERS: u8 = 3;

impl Pair {
    /// Whether the name, suffix included, is the voter's: another suffix is another
    /// generation's.
    pub fn is_named(&self, weights: &Weights) -> bool {
        weights.names_voter(self.name) && !matches!(self.suffix, suffix::ADDED | suffix::DIFFERS)
    }

    /// Whole agreement goes first, then more bits, then the lower voter id.
    pub fn order(&self, other: &Pair, index: &Index) -> Ordering {
        let better = other.whole.cmp(&self.whole);
        better.then(other.bits.cmp(&self.bits)).then_with(|| {
            let ids = index.id(self.row).cmp(index.id(other.row));
            ids.then(self.row.cmp(&other.row))
        })
    }
}

/// What a name is read from.
type Key = (u32, u32, u32, u32);

/// Compares one line with voters.
pub struct Comparison<'a> {
    index: &'a Index,
    prepared: &'a Prepared,
    weights: &'a Weights,
    rarity: &'a Rarity,
    line: &'a Line<'a>,
    at: u32,
    names: Names<'a>,
    homes: Homes<'a>,
    /// Bearers of the line's surname and of its first name.
    bears: (u32, u32),
    /// The last name compared, and its levels: a household shares many.
    last: Option<(Key, (u8, u8))>,
}

impl<'a> Comparison<'a> {
    pub fn new(
        texts: Texts<'a>,
        (weights, rarity): (&'a Weights, &'a Rarity),
        line: &'a Line<'a>,
        at: u32,
    ) -> Self {
        let index = texts.index;
        let of = |bears: &[u32], word: u32| match word < index.words {
            true => bears[word as usize],
            false => 0,
        };
        let bears = (
            of(&index.bears_last, line.last),
            of(&index.bears_first, line.forename),
        );
        Comparison {
            index,
            prepared: texts.prepared,
            weights,
            rarity,
            line,
            at,
            names: Names::new(texts, line, bears.1),
            homes: Homes::new(texts, line),
            bears,
            last: None,
        }
    }

    /// Compare and weigh the voter of a plain face.
    pub fn with(&mut self, at: u32) -> Pair {
        let (index, line) = (self.index, self.line);
        let voter = &index.faces[at as usize];
        let former = match face::has_former(voter) {
            true => self.prepared.former(index, at),
            false => None,
        };
        let surname = self.prepared.surname(index, face::surname(voter));
        let given = self.prepared.given(index, face::given(voter));
        let name = self.read_name(voter, (&surname, &given), former);
        let (name_level, middle) = self.name_levels(&name);
        let address = self.homes.level(&Home {
            house: face::house(voter),
            street: face::street(voter),
            zip: face::zip(voter),
            city: face::city(voter),
        });
        let old = former.map_or(NO_LEVEL, |at| self.former_level(at));
        let at_old = old < address && self.weights.settles(old);
        let home = if at_old { old } else { address };
        let suffix = suffix::level(line.suffix, face::suffix(voter), index.suffixes);
        let unit = unit_level(line.unit, face::unit(voter));
        let county = face::county(voter);
        let in_county = line.county == NO_COUNTY || line.county == county;
        let size = match in_county {
            true => index.county_sizes[usize::from(county)],
            false => index.voters,
        };
        let last = self.bears.0.max(surname.bears);
        let first = self.bears.1.max(given.bears);
        let rarity = self.rarity.class(last, first, size);
        let pattern = (name_level, home, rarity);
        let extras = (middle, suffix, unit);
        let (pattern_bits, bits) = self.weights.bits(pattern, extras, in_county);
        Pair {
            line: self.at,
            face: at,
            row: face::owner(voter),
            pattern_bits,
            bits,
            name: name_level,
            home,
            address,
            old,
            at_old: u8::from(at_old),
            middle,
            suffix,
            unit,
            rarity,
            in_county: u8::from(in_county),
            whole: self.weights.is_very_name(name_level)
                && self.weights.is_whole(home)
                && !matches!(suffix, suffix::ADDED | suffix::DIFFERS)
                && middle != MIDDLE_DIFFERS,
        }
    }

    fn read_name(
        &self,
        voter: &face::Face,
        (surname, given): (&Surname, &Given),
        former: Option<usize>,
    ) -> Name {
        let drawn = |word, outline| Drawn { word, outline };
        Name {
            reading: face::surname(voter),
            given: face::given(voter),
            last: drawn(surname.form, surname.outline),
            first: drawn(given.first, given.first_outline),
            forename: drawn(given.forename, given.forename_outline),
            middle: face::middle(voter),
            former: former.map_or(0, |at| self.index.former.surname[at]),
        }
    }

    fn name_levels(&mut self, name: &Name) -> (u8, u8) {
        match self.last {
            Some((same, levels)) if same == name.key() => levels,
            _ => {
                let levels = self.names.levels(name);
                self.last = Some((name.key(), levels));
                levels
            }
        }
    }

    fn former_level(&self, at: usize) -> u8 {
        let former = &self.index.former;
        let street = former.street[at];
        if self.index.street_core[street as usize] == 0 {
            return NO_LEVEL;
        }
        self.homes.level(&Home {
            house: former.house[at],
            street,
            zip: former.zip[at],
            city: former.city[at],
        })
    }
}
