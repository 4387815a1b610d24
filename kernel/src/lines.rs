//! The lines of a petition, every word of them a number.

use pyo3::prelude::*;
use pyo3::types::PyDict;

use crate::door::{Array, Named};
use crate::index::{Index, run};

/// A line says no county.
pub const NO_COUNTY: u16 = 65_534;

macro_rules! words {
    ($($name:ident)*) => {
        /// The words of one line; 0 where nothing is written, beyond the roll's words
        /// where the roll has no such word.
        #[derive(Clone, Copy)]
        pub struct Line<'a> {
            $(pub $name: u32,)*
            pub middle_words: u8,
            pub suffix: u8,
            pub county: u16,
            pub parts: &'a [u32],
        }

        /// All lines, column by column.
        pub struct Lines {
            $($name: Array<u32>,)*
            middle_words: Array<u8>,
            suffix: Array<u8>,
            county: Array<u16>,
            parts_at: Array<u32>,
            parts: Array<u32>,
            more: Array<u8>,
            more_at: Array<u32>,
        }

        impl Lines {
            /// Take the columns and check that their lengths fit.
            pub fn new(columns: &Bound<'_, PyDict>) -> PyResult<Self> {
                let of = Named::new("lines", columns);
                let n = of.any::<u32>("last")?.len();
                let parts = of.any::<u32>("parts")?;
                let more = of.any::<u8>("more")?;
                let own = of.any::<u32>("more_at")?.len().saturating_sub(1);
                Ok(Lines {
                    $($name: of.of(stringify!($name), n)?,)*
                    middle_words: of.of("middle_words", n)?,
                    suffix: of.of("suffix", n)?,
                    county: of.of("county", n)?,
                    parts_at: of.heads("parts_at", n, parts.len())?,
                    parts,
                    more_at: of.heads("more_at", own, more.len())?,
                    more,
                })
            }

            /// One line.
            #[inline]
            pub fn line(&self, at: usize) -> Line<'_> {
                Line {
                    $($name: self.$name[at],)*
                    middle_words: self.middle_words[at],
                    suffix: self.suffix[at],
                    county: self.county[at],
                    parts: &self.parts[run(&self.parts_at, at as u32)],
                }
            }
        }
    };
}

words! {
    last tail first forename middle middle_last
    house unit street kind direction city zip
}

impl Lines {
    /// The number of lines.
    pub fn len(&self) -> usize {
        self.last.len()
    }

    /// The lines in an order in which neighbours read the same parts of an index: by
    /// ZIP code and street, as voters stand in it.
    pub fn by_place(&self) -> Vec<u32> {
        let place = |at: u32| {
            let line = self.line(at as usize);
            let last = |word: u32, bits: u32| u64::from(word & ((1 << bits) - 1));
            (
                last(line.zip, 24) << 40 | last(line.street, 24) << 16 | last(line.house, 16),
                at,
            )
        };
        let mut order: Vec<(u64, u32)> = (0..self.len() as u32).map(place).collect();
        order.sort_unstable();
        order.into_iter().map(|(_, at)| at).collect()
    }

    /// The number of words that only the lines have.
    pub fn own_words(&self) -> u32 {
        self.more_at.len() as u32 - 1
    }

    /// The text of a word of the roll, or of the lines' own.
    #[inline]
    pub fn text<'a>(&'a self, index: &'a Index, word: u32) -> &'a [u8] {
        match word.checked_sub(index.words) {
            None => index.text(word),
            Some(own) => &self.more[run(&self.more_at, own)],
        }
    }
}
