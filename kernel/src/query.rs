//! The words of a query that a person types, and what each earns from a field of a face.

use std::ops::Range;

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::PyDict;

use crate::door::{Array, Named};
use crate::index::run;

/// Points of a word that is there, is a form of what is there, or begins it.
pub const WHOLE: u8 = 4;
pub const NICKNAME: u8 = 3;
pub const START: u8 = 2;

/// Words of a query, at most.
pub const MOST_WORDS: usize = 16;

/// The fields of a face, in the order in which the best one is told.
pub const LAST: Range<usize> = 0..3;
pub const FIRST: Range<usize> = 3..5;
pub const MIDDLE: usize = 5;
pub const HOUSE: usize = 6;
pub const STREET: Range<usize> = 7..10;
pub const CITY: Range<usize> = 10..12;
pub const ZIP: usize = 12;
pub const COUNTY: usize = 13;

/// The words of a query, column by column.
pub struct Query {
    figures: Array<u8>,
    /// The word itself, 0 where the roll lacks it.
    whole: Array<u32>,
    /// Where the words that begin with it stand: first and last name in turn.
    started: Array<u32>,
    begun: Array<u32>,
    called_at: Array<u32>,
    called: Array<u32>,
    meant_at: Array<u32>,
    meant: Array<u32>,
    beside_at: Array<u32>,
    beside: Array<u32>,
    /// Points by word and county.
    counties: Array<u8>,
    county_count: usize,
    /// Surnames that most voters bear, and all ZIP codes of the roll.
    pub commonest: Array<u32>,
    pub zips: Array<u32>,
}

impl Query {
    /// Take the columns and check that their lengths fit.
    pub fn new(columns: &Bound<'_, PyDict>) -> PyResult<Self> {
        let of = Named::new("query", columns);
        let figures = of.any::<u8>("figures")?;
        let n = figures.len();
        if n > MOST_WORDS {
            return Err(PyValueError::new_err("the query has too many words"));
        }
        let (called, meant) = (of.any::<u32>("called")?, of.any::<u32>("meant")?);
        let beside = of.any::<u32>("beside")?;
        let county_count = of.number("county_count")?;
        Ok(Query {
            whole: of.of("whole", n)?,
            started: of.of("started", 2 * n)?,
            begun: of.of("begun", 2 * n)?,
            called_at: of.heads("called_at", n, called.len())?,
            called,
            meant_at: of.heads("meant_at", n, meant.len())?,
            meant,
            beside_at: of.heads("beside_at", n, beside.len())?,
            beside,
            counties: of.of("counties", n * county_count)?,
            county_count,
            commonest: of.any("commonest")?,
            zips: of.any("zips")?,
            figures,
        })
    }

    /// The words, one after another.
    pub fn words(&self) -> Vec<Word<'_>> {
        let word = |at: usize| Word {
            figures: self.figures[at] != 0,
            whole: self.whole[at],
            started: self.started[2 * at]..self.started[2 * at + 1],
            begun: self.begun[2 * at]..self.begun[2 * at + 1],
            called: &self.called[run(&self.called_at, at as u32)],
            meant: &self.meant[run(&self.meant_at, at as u32)],
            beside: &self.beside[run(&self.beside_at, at as u32)],
            counties: &self.counties[at * self.county_count..(at + 1) * self.county_count],
        };
        (0..self.figures.len()).map(word).collect()
    }
}

/// One word of a query, looked at where it lies.
pub struct Word<'a> {
    pub figures: bool,
    pub whole: u32,
    pub started: Range<u32>,
    pub begun: Range<u32>,
    pub called: &'a [u32],
    meant: &'a [u32],
    pub beside: &'a [u32],
    counties: &'a [u8],
}

impl Word<'_> {
    /// Itself, as a range; empty where the roll lacks it.
    pub fn only(&self) -> Range<u32> {
        self.whole..self.whole + u32::from(self.whole != 0)
    }

    /// Whether it may stand somewhere as it is.
    pub fn may_be_whole(&self) -> bool {
        !self.meant.is_empty() || self.counties.contains(&WHOLE)
    }

    /// All words of the roll it may earn anything from, in ranges that are not empty.
    pub fn meets(&self, begun: bool) -> impl Iterator<Item = Range<u32>> {
        let starts = [self.started.clone(), self.begun.clone()];
        let alone = self.meant.iter().chain(self.called);
        let every = alone.map(|word| *word..*word + 1);
        let every = every.chain(starts.into_iter().filter(move |_| begun));
        every.filter(|range| !range.is_empty())
    }

    /// What it earns from a word that stands in a field; with `begun`, also as the
    /// beginning of that word.
    #[inline(always)]
    pub fn earns(&self, field: usize, said: u32, begun: bool) -> u8 {
        let may = match field {
            HOUSE | ZIP => self.figures,
            _ => !self.figures || STREET.contains(&field),
        };
        // 0: nothing stands there.
        if said == 0 || !may {
            return 0;
        }
        let start = match field {
            MIDDLE => &self.started,
            _ if FIRST.contains(&field) => &self.started,
            _ => &self.begun,
        };
        if self.meant.contains(&said) {
            WHOLE
        } else if FIRST.contains(&field) && self.called.contains(&said) {
            NICKNAME
        } else if begun && start.contains(&said) {
            START
        } else {
            0
        }
    }

    /// What it earns from a county.
    pub fn earns_of_county(&self, county: usize, begun: bool) -> u8 {
        match self.counties.get(county) {
            Some(&points) if !self.figures && (begun || points == WHOLE) => points,
            _ => 0,
        }
    }
}
