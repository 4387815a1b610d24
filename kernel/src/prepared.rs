//! What many lines are worth preparing for: tables that save each of them searches.
//!
//! They take some milliseconds to make, so they are kept for calls whose lines have the
//! same words; a single line goes without.

use std::ops::Range;

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::PyDict;

use crate::blocks::guarded;
use crate::index::Index;
use crate::lines::Lines;
use crate::outline::Outline;
use crate::roomy::gathered;
use crate::soon::soon;

/// The tables take as long to make as so many words of a roll need lines to be worth it.
const WORTH: usize = 256;
/// Faces whose former records are found by one entry.
const TOGETHER: usize = 32;

/// What the parts of a surname are: none, the surname itself, or others (0: unknown).
pub mod parts {
    pub const NONE: u8 = 1;
    pub const ITSELF: u8 = 2;
    pub const OTHERS: u8 = 3;
}

/// What a surname reading stands for.
#[derive(Clone, Copy)]
pub struct Surname {
    pub form: u32,
    /// Voters who bear it.
    pub bears: u32,
    /// The form's outline, which keeps what its `parts` are; not drawn if not prepared.
    pub outline: Outline,
}

/// What a given name's reading stands for: the whole first name, and its first word.
#[derive(Clone, Copy)]
pub struct Given {
    pub first: u32,
    pub forename: u32,
    /// Voters who bear the forename.
    pub bears: u32,
    /// Their outlines; not drawn if not prepared.
    pub first_outline: Outline,
    pub forename_outline: Outline,
}

/// The tables; all empty where there are too few lines for them.
#[derive(Default)]
pub struct Prepared {
    /// The outline of every word, of the roll and of the lines; it keeps whether the
    /// word is a name that has other forms.
    outlines: Vec<Outline>,
    /// By reading.
    surnames: Vec<Surname>,
    givens: Vec<Given>,
    streets: Vec<Outline>,
    /// By word: where the surname readings of this form begin.
    readings: Vec<u32>,
    /// By some faces together: where their former records begin.
    formers: Vec<u32>,
}

impl Prepared {
    /// Prepare for some lines, if they are many.
    pub fn new(index: &Index, lines: &Lines) -> Self {
        if lines.len() * WORTH < index.words as usize {
            return Prepared::default();
        }
        let words = 0..index.words + lines.own_words();
        let groups = 0..index.faces.len().div_ceil(TOGETHER) + 1;
        let mut names = index.named_otherwise().peekable();
        let outlines = gathered(words.map(|word| {
            let named = std::iter::from_fn(|| names.next_if(|each| *each <= word));
            let kept = u8::from(named.last() == Some(word));
            Outline::of(lines.text(index, word)).keeping(kept)
        }));
        let drawn = |word: u32| outlines[word as usize];
        let surname = |reading: u32| {
            let plain = plain_surname(index, reading);
            let kept = parts_of(index.parts(reading), plain.form);
            Surname {
                outline: drawn(plain.form).keeping(kept),
                ..plain
            }
        };
        let given = |reading: u32| {
            let plain = plain_given(index, reading);
            Given {
                first_outline: drawn(plain.first),
                forename_outline: drawn(plain.forename),
                ..plain
            }
        };
        Prepared {
            surnames: gathered((0..index.surname_form.len() as u32).map(surname)),
            givens: gathered((0..index.given_first.len() as u32).map(given)),
            streets: index.street_core.iter().map(|core| drawn(*core)).collect(),
            readings: starts(0..index.words as usize + 1, 1, &index.surname_form),
            formers: starts(groups, TOGETHER, &index.former.face),
            outlines,
        }
    }

    /// Whether there are tables.
    #[inline]
    pub fn is_made(&self) -> bool {
        !self.outlines.is_empty()
    }

    /// The outline of a word, where it is prepared.
    #[inline]
    pub fn outline(&self, word: u32) -> Option<Outline> {
        self.outlines.get(word as usize).copied()
    }

    /// What a surname reading stands for.
    #[inline]
    pub fn surname(&self, index: &Index, reading: u32) -> Surname {
        match self.surnames.get(reading as usize) {
            Some(found) => *found,
            None => plain_surname(index, reading),
        }
    }

    /// What a given name's reading stands for.
    #[inline]
    pub fn given(&self, index: &Index, reading: u32) -> Given {
        match self.givens.get(reading as usize) {
            Some(found) => *found,
            None => plain_given(index, reading),
        }
    }

    /// The other forms of a name.
    #[inline]
    pub fn nicknames<'a>(&self, index: &'a Index, name: u32) -> &'a [u32] {
        match self.outlines.get(name as usize) {
            Some(outline) if outline.kept() == 0 => &[],
            _ => index.nicknames(name),
        }
    }

    /// The outline of a street reading's name; not drawn if not prepared.
    #[inline]
    pub fn street(&self, reading: u32) -> Outline {
        match self.streets.get(reading as usize) {
            Some(found) => *found,
            None => Outline::default(),
        }
    }

    /// Ask the memory for what is kept of a word.
    #[inline]
    pub fn expect_word(&self, word: u32) {
        soon(&self.outlines, word as usize);
    }

    /// Ask the memory for where the readings of a surname begin.
    #[inline]
    pub fn expect_readings(&self, form: u32) {
        soon(&self.readings, form as usize);
    }

    /// Ask the memory for what a surname reading stands for.
    #[inline]
    pub fn expect_surname(&self, index: &Index, reading: u32) {
        match self.is_made() {
            true => soon(&self.surnames, reading as usize),
            false => index.expect_reading(reading),
        }
    }

    /// The surname readings with this form.
    #[inline]
    pub fn readings(&self, index: &Index, form: u32) -> Range<u32> {
        match self.readings.get(form as usize..form as usize + 2) {
            Some(ends) => ends[0]..ends[1],
            None => index.readings(form),
        }
    }

    /// Where the former name and address of a plain face stand.
    #[inline]
    pub fn former(&self, index: &Index, face: u32) -> Option<usize> {
        let faces = &*index.former.face;
        let group = face as usize / TOGETHER;
        match self.formers.get(group..group + 2) {
            Some(ends) => {
                let (start, end) = (ends[0] as usize, ends[1] as usize);
                let place = faces[start..end].iter().position(|each| *each == face);
                place.map(|place| start + place)
            }
            None => faces.binary_search(&face).ok(),
        }
    }
}

/// The tables as Python keeps them between calls.
#[pyclass(frozen)]
pub struct Tables(Prepared);

#[pymethods]
impl Tables {
    /// Prepare for some lines, if they are many, and for others with the same words.
    #[new]
    fn new(
        py: Python<'_>,
        index: &Bound<'_, PyDict>,
        meta: &Bound<'_, PyDict>,
        lines: &Bound<'_, PyDict>,
    ) -> PyResult<Self> {
        let (index, lines) = (Index::new(index, meta)?, Lines::new(lines)?);
        let made = py.detach(|| guarded(|| Prepared::new(&index, &lines)))?;
        Ok(Tables(made))
    }
}

impl Tables {
    /// The tables, if they may be those of this index and the words of these lines.
    pub fn of(&self, index: &Index, lines: &Lines) -> PyResult<&Prepared> {
        let Tables(made) = self;
        let words = (index.words + lines.own_words()) as usize;
        let fits = made.outlines.len() == words
            && made.surnames.len() == index.surname_form.len()
            && made.givens.len() == index.given_first.len()
            && made.formers.len() == index.faces.len().div_ceil(TOGETHER) + 1;
        if made.is_made() && !fits {
            return Err(PyValueError::new_err(
                "the tables are of another index, or of lines with other words",
            ));
        }
        Ok(made)
    }
}

fn plain_surname(index: &Index, reading: u32) -> Surname {
    let form = index.surname_form[reading as usize];
    Surname {
        form,
        bears: index.bears_last[form as usize],
        outline: Outline::default(),
    }
}

fn plain_given(index: &Index, reading: u32) -> Given {
    let forename = index.given_forename[reading as usize];
    Given {
        first: index.given_first[reading as usize],
        forename,
        bears: index.bears_first[forename as usize],
        first_outline: Outline::default(),
        forename_outline: Outline::default(),
    }
}

/// What the parts of a surname of this form are.
fn parts_of(found: &[u32], form: u32) -> u8 {
    match found {
        [] => parts::NONE,
        [only] if *only == form => parts::ITSELF,
        _ => parts::OTHERS,
    }
}

/// For each number, where its first `width`th part begins in a sorted list.
fn starts(numbers: Range<usize>, width: usize, sorted: &[u32]) -> Vec<u32> {
    let mut at = 0;
    let start = |number: usize| {
        let before = |each: &&u32| (**each as usize) < number * width;
        at += sorted[at..].iter().take_while(before).count();
        at as u32
    };
    gathered(numbers.map(start))
}

#[cfg(test)]
mod tests {
    use super::starts;

    #[test]
    fn starts_are_where_a_search_would_find_them() {
        let sorted = [0, 0, 3, 4, 9, 9, 9, 20];
        for width in [1, 4] {
            let found = starts(0..26 / width, width, &sorted);
            let search = |at: usize| sorted.partition_point(|n| (*n as usize) < at * width);
            let wanted: Vec<u32> = (0..26 / width).map(|at| search(at) as u32).collect();
            assert_eq!(found, wanted);
        }
    }
}
