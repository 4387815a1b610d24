//! Addresses: house, street and place joined into one level.

use super::{Drawn, Texts};
use crate::lines::Line;
use crate::words::{FAR, figures};

/// Levels of addresses, by code.
const SAME: u8 = 0;
const PLACELESS: u8 = 1;
const PLACE_NEAR: u8 = 2;
const STREET_NEAR: u8 = 3;
const HOUSE_NEAR: u8 = 4;
const TWO_SLIPS: u8 = 5;
const PLACE_DIFFERS: u8 = 6;
const STREET: u8 = 7;
const PLACE: u8 = 8;
const NONE_HERE: u8 = 9;
const NONE: u8 = 10;
const OTHER: u8 = 11;

/// A voter's address, present or former, as readings and words.
#[derive(Clone, Copy)]
pub struct Home {
    pub house: u32,
    /// The street's reading.
    pub street: u32,
    pub zip: u32,
    /// The city's reading.
    pub city: u32,
}

/// The streets agree in full, nearly, or not.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Street {
    Same,
    Near,
    Other,
}

/// The places agree, nearly, or not, or neither has any.
#[derive(Clone, Copy)]
struct Place {
    same: bool,
    near: bool,
    less: bool,
}

/// Compares the address of one line with voters'.
pub struct Homes<'a> {
    texts: Texts<'a>,
    line: &'a Line<'a>,
    /// The words of the line's address.
    house: Drawn,
    street: Drawn,
    kind: Drawn,
    zip: Drawn,
    city: Drawn,
}

impl<'a> Homes<'a> {
    pub fn new(texts: Texts<'a>, line: &'a Line<'a>) -> Self {
        Homes {
            texts,
            line,
            house: texts.drawn(line.house),
            street: texts.drawn(line.street),
            kind: Drawn::later(line.kind),
            zip: texts.drawn(line.zip),
            city: texts.drawn(line.city),
        }
    }

    /// The level of an address.
    pub fn level(&self, home: &Home) -> u8 {
        let line = self.line;
        if line.street == 0 && line.house == 0 {
            let place = self.place(home);
            return if place.same { NONE_HERE } else { NONE };
        }
        let street = self.street(home);
        let exact = line.house == home.house && line.house != 0;
        let house_near = !exact && street != Street::Other && self.house_near(home);
        if street == Street::Other {
            // No slip can excuse another street: only the place is left to tell.
            return if self.place_same(home) { PLACE } else { OTHER };
        }
        let place = self.place(home);
        let at_place = place.same || place.less;
        match street {
            Street::Same if exact && place.same => SAME,
            Street::Same if exact && place.less => PLACELESS,
            Street::Same if exact && place.near => PLACE_NEAR,
            Street::Near if exact && at_place => STREET_NEAR,
            Street::Same if house_near && at_place => HOUSE_NEAR,
            Street::Same if house_near && place.near => TWO_SLIPS,
            Street::Near if exact && place.near => TWO_SLIPS,
            Street::Near if house_near && place.same => TWO_SLIPS,
            Street::Same if exact => PLACE_DIFFERS,
            Street::Same if at_place || place.near => STREET,
            _ if place.same => PLACE,
            _ => OTHER,
        }
    }

    fn house_near(&self, home: &Home) -> bool {
        let (mine, theirs) = (self.house, Drawn::later(home.house));
        self.texts.apart(mine, theirs, 1) == 1 && self.texts.either_long(mine, theirs, 2)
            || match (self.texts.letters(mine), self.texts.letters(theirs)) {
                (2, 4) => {
                    is_range_run_together(self.texts.of(mine.word), self.texts.of(theirs.word))
                }
                (4, 2) => {
                    is_range_run_together(self.texts.of(theirs.word), self.texts.of(mine.word))
                }
                _ => false,
            }
    }

    fn street(&self, home: &Home) -> Street {
        let (line, index) = (self.line, self.texts.index);
        if line.street == 0 {
            return Street::Other;
        }
        let reading = home.street as usize;
        let theirs = index.street_core[reading];
        let core = line.street == theirs || line.city == 0 && self.with_city(theirs, home);
        let agree = |mine: u32, theirs: u32| mine == theirs || mine == 0 || theirs == 0;
        if core {
            let compatible = agree(line.kind, index.street_kind[reading])
                && agree(line.direction, index.street_direction[reading]);
            return if compatible {
                Street::Same
            } else {
                Street::Near
            };
        }
        let other = Drawn {
            word: theirs,
            outline: self.texts.prepared.street(home.street),
        };
        let slip = match self.texts.apart(self.street, other, 3) {
            // 125th St is no slip for 126th St: both exist.
            1 => self.wordy(theirs) || self.texts.either_long(self.street, other, 7),
            2 => self.texts.either_long(self.street, other, 7),
            _ => false,
        };
        if slip || self.with_kind(other, index.street_kind[reading]) {
            Street::Near
        } else {
            Street::Other
        }
    }

    fn wordy(&self, theirs: u32) -> bool {
        !(figures(self.texts.of(self.line.street)) && figures(self.texts.of(theirs)))
    }

    /// A city that was not parted from the street: El Camino Real Santa Clara.
    fn with_city(&self, core: u32, home: &Home) -> bool {
        let city = self.texts.index.city_name[home.city as usize];
        let (core, city) = (Drawn::later(core), Drawn::later(city));
        city.word != 0 && self.texts.is_joined(self.street, core, city)
    }

    /// A street type run together with the street's name.
    fn with_kind(&self, theirs: Drawn, kind: u32) -> bool {
        self.texts.is_joined(self.street, theirs, self.kind)
            || self
                .texts
                .is_joined(theirs, self.street, Drawn::later(kind))
    }

    fn city(&self, home: &Home) -> bool {
        let (line, index) = (self.line, self.texts.index);
        let theirs = index.city_name[home.city as usize];
        if line.city == 0 {
            return false;
        }
        let other = Drawn::later(theirs);
        match self.texts.apart(self.city, other, 3) {
            0 => true,
            FAR => theirs != 0 && line.city == index.city_initials[home.city as usize],
            _ => {
                self.texts.either_long(self.city, other, 6)
                    || line.city == index.city_initials[home.city as usize]
            }
        }
    }

    /// Whether the places agree: the ZIP codes, or the cities where one has none.
    fn place_same(&self, home: &Home) -> bool {
        let mine = self.line.zip;
        if mine == 0 || home.zip == 0 {
            return self.city(home);
        }
        mine == home.zip
    }

    fn place(&self, home: &Home) -> Place {
        let line = self.line;
        let same = self.place_same(home);
        let no_zip = line.zip == 0 || home.zip == 0;
        let no_city = line.city == 0 || self.texts.index.city_name[home.city as usize] == 0;
        let zip_near = || self.texts.apart(self.zip, Drawn::later(home.zip), 4) == 1;
        Place {
            same,
            near: !same && !no_zip && (zip_near() || self.city(home)),
            less: no_zip && no_city,
        }
    }
}

/// Whether a number (3436) is a range of doors (34-36) run together, read as its first
/// (34): so are one house's numbers written, with a hyphen and without, in Queens.
fn is_range_run_together(first: &[u8], whole: &[u8]) -> bool {
    let ([a, b], [c, d, e, f]) = (first, whole) else {
        return false;
    };
    let number = |tens: u8, ones: u8| 10 * i32::from(tens - b'0') + i32::from(ones - b'0');
    figures(whole) && (a, b) == (c, d) && matches!(number(*e, *f) - number(*c, *d), 2 | 4 | 6)
}
