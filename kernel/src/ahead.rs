//! Asking the memory ahead for what finding candidates will read.
//!
//! Nearly all the time of a search goes into waiting for memory: the index is far larger
//! than any cache. So lines are taken some at a time, and each step asks, for all of
//! them, for what the next step reads.

use std::ops::Range;

use crate::asked::Asked;
use crate::face::{house, middle, street, surname, zip};
use crate::index::Index;
use crate::lines::Line;
use crate::prepared::Prepared;
use crate::soon::soon;

/// Faces of a place asked for; the processor sees by itself how it goes on.
const FIRST_FACES: usize = 16;
/// Faces of a run, or entries of a posting, asked for.
const MANY: usize = 120;
/// Numbers that are fetched together.
const LINE: usize = 16;
/// A longer run is searched by halves: so many of its parts are asked for.
const PARTS: usize = 16;

/// Ask for where a line's words are found.
pub fn words(index: &Index, prepared: &Prepared, line: &Line<'_>) {
    for word in [line.last, line.tail, line.forename] {
        index.expect_surname(word);
        prepared.expect_readings(word);
        soon(&index.bears_last, word as usize);
        soon(&index.bears_first, word as usize);
    }
    index.expect_street(line.street);
    let (names, places) = (
        [line.last, line.tail, line.forename, line.first, line.middle],
        [line.house, line.street, line.zip, line.city],
    );
    for word in names.into_iter().chain(places) {
        prepared.expect_word(word);
    }
}

/// Ask for the buckets of postings, and the first names beside a surname.
pub fn heads(index: &Index, line: &Line<'_>, asked: &Asked) {
    index.expect_first_names(line.last);
    if line.tail != line.last {
        index.expect_first_names(line.tail);
    }
    index.expect_first_names(line.forename);
    asked.doors().for_each(|hash| index.door.expect_head(hash));
    asked
        .numbers()
        .for_each(|hash| index.number.expect_head(hash));
}

/// Ask for entries of postings, for runs of names, and for the faces of places.
pub fn entries(index: &Index, asked: &Asked) {
    asked.doors().for_each(|hash| index.door.expect(hash));
    asked.numbers().for_each(|hash| index.number.expect(hash));
    for run in &asked.runs {
        let marks = &index.named.marks;
        soon(marks, run.start);
        soon(marks, run.end.saturating_sub(1));
        if run.len() > MANY {
            parts(run).for_each(|at| soon(marks, at));
        }
    }
    for place in &asked.places {
        for at in place.clone().step_by(2).take(FIRST_FACES / 2) {
            soon(&index.faces, at);
        }
    }
}

/// Ask for which faces the followed bearers of names have.
pub fn namesakes(index: &Index, asked: &Asked) {
    for run in &asked.followed {
        run.clone()
            .step_by(LINE)
            .chain([run.end.saturating_sub(1)])
            .for_each(|at| soon(&index.named.faces, at));
    }
}

/// Ask for the faces that postings and runs lead to.
pub fn faces(index: &Index, asked: &Asked) {
    let doors = asked.doors().flat_map(|hash| index.door.hits(hash));
    let numbers = asked.numbers().flat_map(|hash| index.number.hits(hash));
    for at in doors.take(MANY).chain(numbers.take(MANY)) {
        soon(&index.faces, at as usize);
    }
    for run in &asked.followed {
        for &at in index.named.faces[run.clone()].iter().take(MANY) {
            soon(&index.faces, at as usize);
        }
    }
}

/// Where the parts of a run begin, but the first.
fn parts(run: &Range<usize>) -> impl Iterator<Item = usize> {
    let (start, count) = (run.start, run.len());
    (1..PARTS).map(move |part| start + count * part / PARTS)
}

/// Ask for what the names and streets of voters are read from.
pub fn readings(index: &Index, prepared: &Prepared, voters: &[u32]) {
    for &at in voters {
        let face = &index.faces[at as usize];
        prepared.expect_surname(index, surname(face));
        soon(&index.street_core, street(face) as usize);
    }
}

/// Ask for what comparing a voter reads last.
#[inline]
pub fn voter(index: &Index, prepared: &Prepared, at: u32) {
    let face = &index.faces[at as usize];
    for word in [house(face), zip(face), middle(face)] {
        prepared.expect_word(word);
    }
    if !prepared.is_made() {
        let form = index.surname_form[surname(face) as usize];
        soon(&index.bears_last, form as usize);
        index.expect_parts(surname(face));
    }
}
