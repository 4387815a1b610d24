//! What a line asks the index for: names and pairs of names, streets and ZIP codes.

use std::ops::Range;

use crate::face::{Face, given, surname};
use crate::index::Index;
use crate::lines::{Line, Lines};
use crate::prepared::Prepared;
use crate::words::letters;

/// A word of fewer letters has too many neighbours to look for slips in.
const SLIP_LETTERS: usize = 5;
/// Streets looked at for one that the roll does not have.
const NEAR_STREETS: usize = 16;

/// What one line asks for, and where the index has it. The room is used again.
#[derive(Default)]
pub struct Asked {
    /// Surnames by which a face shares a name with the line, and their readings.
    lasts: Vec<u32>,
    readings: Vec<Range<u32>>,
    /// First names likewise.
    firsts: Names,
    /// Surnames a slip away from one that the roll does not have.
    near: Vec<u32>,
    /// Surname and first name to look up, and where their faces stand in `named`.
    pub pairs: Vec<(u32, u32)>,
    pub runs: Vec<Range<usize>>,
    /// The faces among them that are followed, and how many plain ones of the line's own
    /// name there are: in its county, anywhere.
    pub followed: Vec<Range<usize>>,
    pub here: u32,
    pub anywhere: u32,
    pub cores: Vec<u32>,
    pub zips: Vec<u32>,
    /// The faces of each street in each ZIP code, where there are any.
    pub places: Vec<Range<usize>>,
    /// The line's house number, 0 if the roll has no such number.
    pub house: u32,
}

/// A few names, quick to tell from all others.
#[derive(Default)]
pub struct Names {
    names: Vec<u32>,
    /// The last eight bits of the names that are there.
    marks: [u64; 4],
}

impl Names {
    fn clear(&mut self) {
        self.names.clear();
        self.marks = [0; 4];
    }

    /// Add a name that is written, if it is not there.
    fn add(&mut self, name: u32) {
        if name != 0 && !self.has(name) {
            self.names.push(name);
            self.marks[(name >> 6) as usize & 3] |= 1 << (name & 63);
        }
    }

    #[inline(always)]
    pub fn has(&self, name: u32) -> bool {
        let mark = self.marks[(name >> 6) as usize & 3] >> (name & 63) & 1;
        mark != 0 && self.names.contains(&name)
    }
}

fn add<T: PartialEq>(list: &mut Vec<T>, item: T) {
    if !list.contains(&item) {
        list.push(item);
    }
}

impl Asked {
    /// Read what a line asks for.
    pub fn read(&mut self, index: &Index, prepared: &Prepared, lines: &Lines, line: &Line<'_>) {
        let nicknames = prepared.nicknames(index, line.forename);
        self.read_names(index, nicknames, lines, line);
        self.read_address(index, lines, line);
    }

    fn read_names(&mut self, index: &Index, nicknames: &[u32], lines: &Lines, line: &Line<'_>) {
        self.near.clear();
        if line.last != 0 && !index.has_surname(line.last) {
            let text = lines.text(index, line.last);
            if letters(text) >= SLIP_LETTERS {
                index.near_surname.find(text, &mut self.near);
            }
        }
        let of_line = [line.last, line.tail, line.forename];
        self.lasts.clear();
        for &last in of_line.iter().chain(line.parts).chain(&self.near) {
            if last != 0 {
                add(&mut self.lasts, last);
            }
        }
        let of_line = [line.forename, line.first, line.last, line.middle];
        self.firsts.clear();
        for &first in of_line.iter().chain(nicknames) {
            self.firsts.add(first);
        }
        self.pairs.clear();
        let mut pair = |form: u32, forename: u32| {
            let known = |word: u32| word != 0 && word < index.words;
            if known(form) && known(forename) {
                add(&mut self.pairs, (form, forename));
            }
        };
        pair(line.last, line.forename);
        pair(line.tail, line.forename);
        pair(line.forename, line.last);
        for &part in line.parts {
            pair(part, line.forename);
        }
        pair(line.last, line.middle);
        pair(line.forename, line.middle);
        for &nickname in nicknames {
            pair(line.last, nickname);
        }
        for &near in &self.near {
            pair(near, line.forename);
        }
    }

    fn read_address(&mut self, index: &Index, lines: &Lines, line: &Line<'_>) {
        self.house = if line.house < index.words {
            line.house
        } else {
            0
        };
        self.zips.clear();
        if line.zip != 0 && line.zip < index.words {
            self.zips.push(line.zip);
        } else if line.city != 0 && line.city < index.words {
            self.zips.extend_from_slice(index.zips_of(line.city));
        }
        self.cores.clear();
        if line.street != 0 && index.has_places(line.street) {
            self.cores.push(line.street);
        } else if line.street != 0 {
            let text = lines.text(index, line.street);
            if letters(text) >= SLIP_LETTERS {
                index.near_street.find(text, &mut self.cores);
                self.cores.truncate(NEAR_STREETS);
            }
        }
    }

    /// Whether a face shares a name with the line.
    #[inline]
    pub fn shares_name(&self, index: &Index, face: &Face) -> bool {
        let (surname, given) = (surname(face), given(face) as usize);
        self.readings.iter().any(|range| range.contains(&surname))
            || self.firsts.has(index.given_forename[given])
            || self.firsts.has(index.given_first[given])
    }

    /// Find where the index has what is asked for.
    pub fn locate(&mut self, index: &Index, prepared: &Prepared) {
        self.readings.clear();
        let readings = self
            .lasts
            .iter()
            .map(|last| prepared.readings(index, *last));
        self.readings
            .extend(readings.filter(|range| !range.is_empty()));
        let run = |pair: &(u32, u32)| index.names(pair.0, pair.1);
        self.runs.clear();
        self.runs.extend(self.pairs.iter().map(run));
        self.places.clear();
        for &core in &self.cores {
            let places = self.zips.iter().map(|zip| index.place(core, *zip));
            self.places.extend(places.filter(|place| !place.is_empty()));
        }
    }

    /// The postings that are looked at: hashes of doors, and of house and ZIP code.
    pub fn doors(&self) -> impl Iterator<Item = u64> {
        let house = self.house;
        let cores = self.cores.iter().filter(move |_| house != 0);
        cores.map(move |core| crate::postings::hash(*core, house))
    }

    /// Likewise, of house and ZIP code.
    pub fn numbers(&self) -> impl Iterator<Item = u64> {
        let house = self.house;
        let zips = self.zips.iter().filter(move |_| house != 0);
        zips.map(move |zip| crate::postings::hash(*zip, house))
    }
}
