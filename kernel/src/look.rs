//! Voters a person types for: how well the words of a query fit faces, and the best.

use std::cmp::Ordering;
use std::ops::Range;

use pyo3::prelude::*;
use pyo3::types::PyDict;

use crate::door::{Array, Named, array};
use crate::face::{self, Face};
use crate::index::{Index, run};
use crate::soon::soon;

/// Points of a word that is there, is a form of what is there, or begins it.
const WHOLE: u8 = 4;
const NICKNAME: u8 = 3;
const START: u8 = 2;

/// How far ahead a face is asked for.
const AHEAD: usize = 12;

/// The fields of a face, in the order in which the best one is told.
const LAST: Range<usize> = 0..3;
const FIRST: Range<usize> = 3..5;
const MIDDLE: usize = 5;
const HOUSE: usize = 6;
const STREET: Range<usize> = 7..10;
const CITY: Range<usize> = 10..12;
const ZIP: usize = 12;
const COUNTY: usize = 13;

/// The words of a query, column by column.
pub struct Query {
    figures: Array<u8>,
    /// Where the words that begin with it stand: first and last name in turn.
    started: Array<u32>,
    begun: Array<u32>,
    called_at: Array<u32>,
    called: Array<u32>,
    meant_at: Array<u32>,
    meant: Array<u32>,
    /// Points by word and county.
    counties: Array<u8>,
    county_count: usize,
}

impl Query {
    /// Take the columns and check that their lengths fit.
    pub fn new(columns: &Bound<'_, PyDict>) -> PyResult<Self> {
        let of = Named::new("query", columns);
        let figures = of.any::<u8>("figures")?;
        let n = figures.len();
        let (called, meant) = (of.any::<u32>("called")?, of.any::<u32>("meant")?);
        let county_count = of.number("county_count")?;
        Ok(Query {
            started: of.of("started", 2 * n)?,
            begun: of.of("begun", 2 * n)?,
            called_at: of.heads("called_at", n, called.len())?,
            called,
            meant_at: of.heads("meant_at", n, meant.len())?,
            meant,
            counties: of.of("counties", n * county_count)?,
            county_count,
            figures,
        })
    }
}

/// What stands in each field of a face, the county apart.
fn fields(index: &Index, face: &Face) -> [u32; COUNTY] {
    let (surname, given) = (face::surname(face) as usize, face::given(face) as usize);
    let (street, city) = (face::street(face) as usize, face::city(face) as usize);
    let (one, other) = match index.parts(surname as u32) {
        [one, other, ..] => (*one, *other),
        _ => (0, 0),
    };
    [
        index.surname_form[surname],
        one,
        other,
        index.given_forename[given],
        index.given_first[given],
        face::middle(face),
        face::house(face),
        index.street_core[street],
        index.street_kind[street],
        index.street_direction[street],
        index.city_name[city],
        index.city_initials[city],
        face::zip(face),
    ]
}

/// One word of a query, looked at where it lies.
struct Word<'a> {
    figures: bool,
    started: Range<u32>,
    begun: Range<u32>,
    called: &'a [u32],
    meant: &'a [u32],
    counties: &'a [u8],
}

impl Query {
    fn words(&self) -> Vec<Word<'_>> {
        let word = |at: usize| Word {
            figures: self.figures[at] != 0,
            started: self.started[2 * at]..self.started[2 * at + 1],
            begun: self.begun[2 * at]..self.begun[2 * at + 1],
            called: &self.called[run(&self.called_at, at as u32)],
            meant: &self.meant[run(&self.meant_at, at as u32)],
            counties: &self.counties[at * self.county_count..(at + 1) * self.county_count],
        };
        (0..self.figures.len()).map(word).collect()
    }
}

impl Word<'_> {
    /// What it earns, by field.
    #[inline]
    fn earned(&self, there: &[u32; COUNTY], county: usize) -> [u8; COUNTY + 1] {
        let mut earned = [0; COUNTY + 1];
        let plain = |field: usize| self.points(there[field], &self.begun, &[]);
        for field in STREET {
            earned[field] = plain(field);
        }
        if self.figures {
            earned[HOUSE] = plain(HOUSE);
            earned[ZIP] = plain(ZIP);
            return earned;
        }
        for field in LAST.chain(CITY) {
            earned[field] = plain(field);
        }
        for field in FIRST {
            earned[field] = self.points(there[field], &self.started, self.called);
        }
        earned[MIDDLE] = self.points(there[MIDDLE], &self.started, &[]);
        earned[COUNTY] = self.counties.get(county).copied().unwrap_or(0);
        earned
    }

    /// What it earns from a word that stands in a field.
    #[inline]
    fn points(&self, said: u32, start: &Range<u32>, called: &[u32]) -> u8 {
        match said {
            // Nothing stands there.
            0 => 0,
            _ if self.meant.contains(&said) => WHOLE,
            _ if called.contains(&said) => NICKNAME,
            _ if start.contains(&said) => START,
            _ => 0,
        }
    }
}

/// All points of a face; none if neither a name nor a door fits.
fn points(words: &[Word<'_>], index: &Index, face: &Face) -> Option<u8> {
    let there = fields(index, face);
    let county = usize::from(face::county(face));
    let (mut total, mut named, mut housed, mut street) = (0, false, false, false);
    for word in words {
        let earned = word.earned(&there, county);
        let some = |range: Range<usize>| earned[range].iter().any(|each| *each > 0);
        named |= some(LAST.start..FIRST.end);
        housed |= earned[HOUSE] > 0;
        street |= some(STREET);
        total += earned.iter().copied().max().unwrap_or(0);
    }
    (named || (housed && street)).then_some(total)
}

/// Of each word, the field that earns most, the first of them, and its points.
fn why(words: &[Word<'_>], index: &Index, face: &Face) -> Vec<(u8, u8)> {
    let there = fields(index, face);
    let county = usize::from(face::county(face));
    let best = |word: &Word<'_>| {
        let earned = word.earned(&there, county);
        let most = earned.iter().copied().max().unwrap_or(0);
        let at = earned.iter().position(|each| *each == most);
        (at.unwrap_or(0) as u8, most)
    };
    words.iter().map(best).collect()
}

/// A face that may be listed.
#[derive(Clone, Copy)]
struct Fit {
    points: u8,
    face: u32,
    row: u32,
}

/// One of the best: its row of the roll, its points, and why (see `why`).
pub type Listed = (u32, u8, Vec<(u8, u8)>);

/// The faces without doubles and confidential voters; the most points; the best fits.
pub type Found = (Vec<u32>, u8, Vec<Listed>);

/// Fit a query to faces, and list up to `limit` voters, best first.
pub fn found(index: &Index, query: &Query, faces: &[u32], limit: usize) -> Found {
    let words = query.words();
    let mut open = faces.to_vec();
    open.sort_unstable();
    open.dedup();
    for &first in open.iter().take(AHEAD) {
        soon(&index.faces, first as usize);
    }
    let mut fits = Vec::new();
    let mut at = 0;
    let all = open.clone();
    open.retain(|&each| {
        at += 1;
        if let Some(&next) = all.get(at + AHEAD) {
            soon(&index.faces, next as usize);
        }
        let face = &index.faces[each as usize];
        if face::is_confidential(face) {
            return false;
        }
        if let Some(points) = points(&words, index, face) {
            fits.push(Fit {
                points,
                face: each,
                row: 0,
            });
        }
        true
    });
    let best = fits.iter().map(|fit| fit.points).max().unwrap_or(0);
    let listed = listed(index, fits, limit);
    let told = listed.iter().map(|fit| {
        let why = why(&words, index, &index.faces[fit.face as usize]);
        (fit.row, fit.points, why)
    });
    (open, best, told.collect())
}

/// The best fits, of each voter one; of equal points the lower voter ids.
fn listed(index: &Index, mut fits: Vec<Fit>, limit: usize) -> Vec<Fit> {
    if fits.is_empty() {
        return fits;
    }
    // Whoever has fewer points than so many others is not asked for a voter id.
    let mut points: Vec<u8> = fits.iter().map(|fit| fit.points).collect();
    let last = points.len().min(limit.saturating_mul(2)) - 1;
    let (_, &mut least, _) = points.select_nth_unstable_by(last, |a, b| b.cmp(a));
    fits.retain(|fit| fit.points >= least);
    for fit in &mut fits {
        fit.row = face::owner(&index.faces[index.plain(fit.face) as usize]);
    }
    let order = |a: &Fit, b: &Fit| -> Ordering {
        let better = b.points.cmp(&a.points);
        let ids = || index.id(a.row).cmp(index.id(b.row));
        better.then_with(ids).then(a.face.cmp(&b.face))
    };
    let mut most = limit.saturating_mul(4);
    loop {
        let some = most.min(fits.len());
        if some < fits.len() {
            fits.select_nth_unstable_by(some, order);
        }
        fits[..some].sort_unstable_by(order);
        let mut chosen: Vec<Fit> = Vec::new();
        for fit in &fits[..some] {
            let same = |other: &Fit| index.id(other.row) == index.id(fit.row);
            if chosen.len() < limit && !chosen.iter().any(same) {
                chosen.push(*fit);
            }
        }
        if chosen.len() == limit || some == fits.len() {
            return chosen;
        }
        most = most.saturating_mul(4);
    }
}

/// Take a query and faces from Python.
pub fn asked(
    columns: &Bound<'_, PyDict>,
    faces: &Bound<'_, PyAny>,
) -> PyResult<(Query, Array<u32>)> {
    Ok((Query::new(columns)?, array(faces, "faces")?))
}
