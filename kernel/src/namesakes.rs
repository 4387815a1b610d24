//! The bearers of the names that a line asks for: who of them is followed, and how many
//! there are.
//!
//! The faces of a name stand plain before extra, and each by county. A byte beside each
//! says as much, so that those of the line's county are found without a look at any
//! face: each would be a read far away in memory.

use std::ops::Range;

use crate::asked::Asked;
use crate::door::Array;
use crate::face::county;
use crate::index::Index;
use crate::lines::{Line, NO_COUNTY};

/// Bearers of a whole name followed anywhere, and in the line's county.
const NAMESAKES: usize = 100;
const NAMESAKES_HERE: usize = 300;
/// A name is followed anywhere if chance gives the roll at most so many bearers.
const RARE: u64 = 3;

/// The byte of an extra face, to which its county's code is added.
const EXTRA: u8 = 128;
/// The last code of a county in a byte: it stands for all from there on.
const LAST: u8 = 127;

/// The byte of a face.
#[inline]
pub fn mark(extra: bool, county: u16) -> u8 {
    (u8::from(extra) * EXTRA) | county.min(u16::from(LAST)) as u8
}

/// Faces by whole name, and a byte for each.
pub struct Bearers {
    pub faces: Array<u32>,
    pub marks: Array<u8>,
}

impl Bearers {
    /// The plain faces of a run.
    fn plain(&self, run: &Range<usize>) -> Range<usize> {
        let marks = &self.marks[run.clone()];
        match marks.last() {
            Some(last) if *last >= EXTRA => {
                run.start..run.start + marks.partition_point(|mark| *mark < EXTRA)
            }
            _ => run.clone(),
        }
    }

    /// The faces of one county, of those of a run that are plain, or of the others.
    fn of_county(&self, index: &Index, part: Range<usize>, extra: bool, here: u16) -> Range<usize> {
        let mine = equal(&self.marks, part, &mark(extra, here), |mark| *mark);
        if here < u16::from(LAST) {
            return mine;
        }
        // Many counties share the byte: their faces tell them apart.
        let of = |at: &u32| county(&index.faces[*at as usize]);
        equal(&self.faces, mine, &here, of)
    }
}

/// The entries of a part that have this key, of which the entries are in order.
fn equal<T, K: Ord>(
    entries: &[T],
    part: Range<usize>,
    key: &K,
    of: impl Fn(&T) -> K,
) -> Range<usize> {
    let entries = &entries[part.clone()];
    let start = entries.partition_point(|each| of(each) < *key);
    let count = entries[start..].partition_point(|each| of(each) == *key);
    part.start + start..part.start + start + count
}

impl Asked {
    /// Find who of the names asked for is followed; the first two are counted, if they
    /// are the line's own.
    pub fn follow(&mut self, index: &Index, line: &Line<'_>) {
        (self.here, self.anywhere) = (0, 0);
        self.followed.clear();
        let named = &index.named;
        for (&(form, forename), run) in self.pairs.iter().zip(&self.runs) {
            if run.is_empty() {
                continue;
            }
            let product = u64::from(index.bears_last[form as usize])
                * u64::from(index.bears_first[forename as usize]);
            let all = product <= RARE * u64::from(index.voters) && run.len() <= NAMESAKES;
            let counted = forename == line.forename && (form == line.last || form == line.tail);
            if all {
                self.followed.push(run.clone());
                if !counted {
                    continue;
                }
            }
            let plain = named.plain(run);
            let of_county = |part, extra| match line.county < NO_COUNTY {
                true => named.of_county(index, part, extra, line.county),
                false => 0..0,
            };
            let here = of_county(plain.clone(), false);
            if counted {
                self.here += here.len() as u32;
                self.anywhere += plain.len() as u32;
            }
            if !all {
                let extra = of_county(plain.end..run.end, true);
                if here.len() + extra.len() <= NAMESAKES_HERE {
                    self.followed.extend([here, extra]);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{EXTRA, equal, mark};

    #[test]
    fn bytes_stand_in_the_order_of_the_faces() {
        let faces = [false, true].into_iter();
        let faces = faces.flat_map(|extra| [0, 1, 126, 127, 128, 3_000].map(|c| (extra, c)));
        let marks: Vec<u8> = faces.map(|(extra, county)| mark(extra, county)).collect();
        assert!(marks.is_sorted());
        assert_eq!(marks[..6], [0, 1, 126, 127, 127, 127]);
        assert_eq!(marks[6], EXTRA);
    }

    #[test]
    fn equal_entries_are_those_that_a_walk_through_the_part_finds() {
        let entries = [0, 0, 1, 3, 3, 3, 7];
        for start in 0..entries.len() {
            for key in 0..9 {
                let found = equal(&entries, start..entries.len(), &key, |each| *each);
                let walk = (start..entries.len()).filter(|at| entries[*at] == key);
                assert_eq!(found.collect::<Vec<_>>(), walk.collect::<Vec<_>>());
            }
        }
    }
}
