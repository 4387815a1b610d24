//! What many lines are worth preparing for: tables that save each of them searches.
//!
//! They are made anew for each call, in milliseconds; a single line goes without.

use std::ops::Range;

use crate::index::Index;
use crate::lines::Lines;
use crate::outline::Outline;

/// The tables take as long to make as so many words of a roll need lines to be worth it.
const WORTH: usize = 256;
/// Faces whose former records are found by one entry.
const TOGETHER: usize = 32;

/// The tables; all empty where there are too few lines for them.
#[derive(Default)]
pub struct Prepared {
    /// The outline of every word, of the roll and of the lines.
    pub outlines: Vec<Outline>,
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
        Prepared {
            outlines: words
                .map(|word| Outline::of(lines.text(index, word)))
                .collect(),
            readings: starts(0..index.words as usize + 1, 1, &index.surname_form),
            formers: starts(groups, TOGETHER, &index.former.face),
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

/// For each number, where its first `width`th part begins in a sorted list.
fn starts(numbers: Range<usize>, width: usize, sorted: &[u32]) -> Vec<u32> {
    let mut at = 0;
    let start = |number: usize| {
        let before = |each: &&u32| (**each as usize) < number * width;
        at += sorted[at..].iter().take_while(before).count();
        at as u32
    };
    numbers.map(start).collect()
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
