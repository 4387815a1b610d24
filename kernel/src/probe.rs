//! Which voters are worth comparing with a line, and how many bear its name or live at
//! its address.
//!
//! A line reaches a voter by the street and ZIP code, by the door (street and house),
//! by the house number and ZIP code beside a shared name, and by the names alone. A key
//! that very many voters share is followed only to those who share a name, or live in
//! the line's county; how many there are is counted all the same.

use std::cmp::Ordering;
use std::ops::Range;

use crate::face::{Face, county, given, house, is_extra, surname};
use crate::index::Index;
use crate::lines::{Line, Lines, NO_COUNTY};
use crate::postings::hash;
use crate::soon::soon;
use crate::words::letters;

/// A key shared by more faces is followed only to those who share a name.
const CROWD: usize = 120;
/// Faces of one posting looked at.
const LOOKED_AT: usize = 4_096;
/// A street in a ZIP code with no more faces has no crowd in any house.
const SHORT_STREET: usize = CROWD;
/// A house number that no face has.
const NOBODYS: u32 = u32::MAX;
/// A street in a ZIP code with more faces is read only at the line's house.
const LONG_STREET: usize = 65_536;
/// Bearers of a whole name followed anywhere, and in the line's county.
const NAMESAKES: usize = 100;
const NAMESAKES_HERE: usize = 300;
/// A name is followed anywhere if chance gives the roll at most so many bearers.
const RARE: u64 = 3;
/// A word of fewer letters has too many neighbours to look for slips in.
const SLIP_LETTERS: usize = 5;
/// Streets looked at for one that the roll does not have.
const NEAR_STREETS: usize = 16;

/// What the index holds beside candidates: bearers of the line's name (in its county,
/// anywhere) and residents of its address.
#[derive(Clone, Copy, Default)]
pub struct Counts {
    pub here: u32,
    pub anywhere: u32,
    pub residents: u32,
}

/// Room for the words of one line, used again for the next.
#[derive(Default)]
pub struct Room {
    lasts: Vec<u32>,
    firsts: Vec<u32>,
    near: Vec<u32>,
    cores: Vec<u32>,
    zips: Vec<u32>,
    pairs: Vec<(u32, u32)>,
    hits: Vec<u32>,
}

fn add<T: PartialEq>(list: &mut Vec<T>, item: T) {
    if !list.contains(&item) {
        list.push(item);
    }
}

/// Ask the memory for what finding this line's candidates will read first.
pub fn expect(index: &Index, line: &Line<'_>) {
    index.expect_words(line.last, line.street);
    if line.house != 0 {
        index.door.expect(hash(line.street, line.house));
        index.number.expect(hash(line.zip, line.house));
    }
}

/// Add the faces worth comparing with a line to `found` (some more than once).
pub fn find(
    index: &Index,
    lines: &Lines,
    line: &Line<'_>,
    room: &mut Room,
    found: &mut Vec<u32>,
) -> Counts {
    read_names(index, lines, line, room);
    read_address(index, lines, line, room);
    let hits = std::mem::take(&mut room.hits);
    let mut probe = Probe {
        index,
        line,
        found,
        hits,
    };
    let mut counts = probe.by_names(room);
    let known_house = line.house != 0 && line.house < index.words;
    for &core in &room.cores {
        for &zip in &room.zips {
            probe.by_place(room, core, zip, known_house);
        }
        if known_house {
            probe.by_door(room, core);
        }
    }
    if known_house {
        for &zip in &room.zips {
            probe.by_number(room, zip);
        }
        counts.residents = probe.residents();
    }
    room.hits = probe.hits;
    counts
}

/// Fill the names that a face may share with the line, and the pairs to look up.
fn read_names(index: &Index, lines: &Lines, line: &Line<'_>, room: &mut Room) {
    room.near.clear();
    let unknown = line.last != 0 && !index.has_surname(line.last);
    if unknown {
        let text = lines.text(index, line.last);
        if letters(text) >= SLIP_LETTERS {
            index.near_surname.find(text, &mut room.near);
        }
    }
    let nicknames = index.nicknames(line.forename);
    let of_line = [line.last, line.tail, line.forename];
    room.lasts.clear();
    for &last in of_line.iter().chain(line.parts).chain(&room.near) {
        if last != 0 {
            add(&mut room.lasts, last);
        }
    }
    room.firsts.clear();
    let of_line = [line.forename, line.first, line.last, line.middle];
    for &first in of_line.iter().chain(nicknames) {
        if first != 0 {
            add(&mut room.firsts, first);
        }
    }
    room.pairs.clear();
    let mut pair = |form: u32, forename: u32| {
        let known = |word: u32| word != 0 && word < index.words;
        if known(form) && known(forename) {
            add(&mut room.pairs, (form, forename));
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
    for &near in &room.near {
        pair(near, line.forename);
    }
}

/// Fill the streets and ZIP codes where the line's address may be.
fn read_address(index: &Index, lines: &Lines, line: &Line<'_>, room: &mut Room) {
    room.zips.clear();
    if line.zip != 0 && line.zip < index.words {
        room.zips.push(line.zip);
    } else if line.city != 0 && line.city < index.words {
        room.zips.extend_from_slice(index.zips_of(line.city));
    }
    room.cores.clear();
    if index.has_places(line.street) && line.street != 0 {
        room.cores.push(line.street);
    } else if line.street != 0 {
        let text = lines.text(index, line.street);
        if letters(text) >= SLIP_LETTERS {
            index.near_street.find(text, &mut room.cores);
            room.cores.truncate(NEAR_STREETS);
        }
    }
}

/// One line's search.
struct Probe<'a> {
    index: &'a Index,
    line: &'a Line<'a>,
    found: &'a mut Vec<u32>,
    hits: Vec<u32>,
}

impl Probe<'_> {
    #[inline]
    fn shares(&self, room: &Room, face: &Face) -> bool {
        let form = self.index.surname_form[surname(face) as usize];
        if room.lasts.contains(&form) {
            return true;
        }
        let reading = given(face) as usize;
        room.firsts.contains(&self.index.given_forename[reading])
            || room.firsts.contains(&self.index.given_first[reading])
    }

    /// Add the faces of a range: all, or those that share a name.
    fn take(&mut self, room: &Room, range: Range<usize>, all: bool) {
        for at in range {
            if all || self.shares(room, &self.index.faces[at]) {
                self.found.push(at as u32);
            }
        }
    }

    fn by_place(&mut self, room: &Room, core: u32, zip: u32, known_house: bool) {
        let place = self.index.place(core, zip);
        if place.len() <= SHORT_STREET {
            self.by_short_place(room, place, known_house);
            return;
        }
        let mut home = place.start..place.start;
        if known_house {
            home = self.index.house_in(&place, self.line.house);
        }
        if place.len() <= LONG_STREET {
            self.take(room, place.start..home.start, false);
            self.take(room, home.end..place.end, false);
        }
        let few = home.len() <= CROWD;
        self.take(room, home, few);
    }

    /// Likewise, in one walk: all faces are read anyway, and there is no crowd.
    fn by_short_place(&mut self, room: &Room, place: Range<usize>, known_house: bool) {
        let start = place.start;
        let number = if known_house {
            self.line.house
        } else {
            NOBODYS
        };
        for (at, face) in self.index.faces[place].iter().enumerate() {
            if house(face) == number || self.shares(room, face) {
                self.found.push((start + at) as u32);
            }
        }
    }

    fn by_door(&mut self, room: &Room, core: u32) {
        let index = self.index;
        let doors = index.doors(core, self.line.house).take(LOOKED_AT);
        self.hits.clear();
        self.hits.extend(doors);
        let few = self.hits.len() <= CROWD;
        for &at in &self.hits {
            if few || self.shares(room, &index.faces[at as usize]) {
                self.found.push(at);
            }
        }
    }

    fn by_number(&mut self, room: &Room, zip: u32) {
        let index = self.index;
        for at in index.numbers(zip, self.line.house).take(LOOKED_AT) {
            if self.shares(room, &index.faces[at as usize]) {
                self.found.push(at);
            }
        }
    }

    /// Follow the pairs of names; the first two are counted, if they are the line's own.
    fn by_names(&mut self, room: &Room) -> Counts {
        let (index, line) = (self.index, self.line);
        let mut counts = Counts::default();
        for &(form, forename) in &room.pairs {
            let range = index.names(form, forename);
            if range.is_empty() {
                continue;
            }
            let run = &index.named[range];
            let product = u64::from(index.bears_last[form as usize])
                * u64::from(index.bears_first[forename as usize]);
            let all = product <= RARE * u64::from(index.voters) && run.len() <= NAMESAKES;
            let counted = forename == line.forename && (form == line.last || form == line.tail);
            if all {
                self.found.extend_from_slice(run);
            }
            if all && !counted {
                continue;
            }
            self.in_county(run, all, counted.then_some(&mut counts));
        }
        counts
    }

    /// Count the bearers of a name, and take those of the line's county if they are few
    /// and not `taken` already.
    fn in_county(&mut self, run: &[u32], taken: bool, counts: Option<&mut Counts>) {
        let index = self.index;
        let face = |at: &u32| &index.faces[*at as usize];
        let here = self.line.county;
        let order = |at: &u32, extra: bool| -> Ordering {
            is_extra(face(at))
                .cmp(&extra)
                .then_with(|| county(face(at)).cmp(&here))
        };
        let range = |extra: bool| -> Range<usize> {
            if here >= NO_COUNTY {
                return 0..0;
            }
            let start = run.partition_point(|at| order(at, extra).is_lt());
            let count = run[start..].partition_point(|at| order(at, extra).is_eq());
            start..start + count
        };
        let plain = range(false);
        if let Some(counts) = counts {
            let all_plain = run.partition_point(|at| !is_extra(face(at)));
            counts.here += plain.len() as u32;
            counts.anywhere += all_plain as u32;
        }
        if taken {
            return;
        }
        let extra = range(true);
        if plain.len() + extra.len() <= NAMESAKES_HERE {
            self.found.extend_from_slice(&run[plain]);
            self.found.extend_from_slice(&run[extra]);
        }
    }

    /// Count the voters who live at the very address written.
    fn residents(&self) -> u32 {
        let (index, line) = (self.index, self.line);
        if line.street == 0 || line.street >= index.words {
            return 0;
        }
        let plain = |face: &&Face| !is_extra(face);
        let count = if line.zip != 0 {
            let place = index.place(line.street, line.zip);
            let home = index.house_in(&place, line.house);
            let faces = index.faces[home].iter().take(LOOKED_AT);
            faces.filter(plain).count()
        } else {
            let hits = index.doors(line.street, line.house).take(LOOKED_AT);
            let faces = hits.map(|at| &index.faces[at as usize]).filter(plain);
            let there = faces.filter(|face| match line.city {
                0 => county(face) == line.county && line.county < NO_COUNTY,
                city => index.city_of(face) == city,
            });
            there.count()
        };
        count as u32
    }
}

/// Ask the memory for the faces in a list.
pub fn expect_faces(index: &Index, found: &[u32]) {
    for &at in found {
        soon(&index.faces, at as usize);
    }
}

/// Turn faces into the distinct voters behind them: their plain faces, in order.
pub fn voters(index: &Index, found: &mut Vec<u32>) {
    for at in found.iter_mut() {
        *at = index.plain(*at);
    }
    found.sort_unstable();
    found.dedup();
}
