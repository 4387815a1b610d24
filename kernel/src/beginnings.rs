//! Faces found by the beginnings of words, as a person types them.
//!
//! The words of a roll stand in order, so all that begin alike are a range of numbers;
//! the names of a surname are ordered by first name, so theirs are a range too.

use std::cmp::Reverse;
use std::ops::Range;

use crate::index::{Index, run};
use crate::postings::{Postings, hash};
use crate::soon::soon;

/// Surnames, or streets, of one beginning that are followed.
const MOST_WORDS: usize = 400;
/// Faces that are looked at; of a name that more voters bear, the first ones.
const MOST_FACES: usize = 5_000;
/// How far ahead is asked for what a word or a bucket leads to.
const AHEAD: usize = 8;

/// The words of a range that are somebody's surname, most borne first.
pub fn borne(index: &Index, words: Range<u32>) -> Vec<u32> {
    let number = |word: u32| run(&index.name_at, word).len();
    let mut some: Vec<(Reverse<usize>, u32)> = words
        .map(|word| (Reverse(number(word)), word))
        .filter(|(number, _)| number.0 > 0)
        .collect();
    if some.len() > MOST_WORDS {
        some.select_nth_unstable(MOST_WORDS);
        some.truncate(MOST_WORDS);
    }
    some.sort_unstable();
    some.into_iter().map(|(_, word)| word).collect()
}

/// The words of a range that are a street somebody lives in.
pub fn lived_in(index: &Index, words: Range<u32>) -> impl Iterator<Item = u32> {
    words
        .filter(|word| !run(&index.street_at, *word).is_empty())
        .take(MOST_WORDS)
}

/// Faces with one of some surnames, and a first name of a range.
pub fn bearing(index: &Index, surnames: &[u32], given: &Range<u32>) -> Vec<u32> {
    runs(index, surnames, |pairs| {
        let firsts = &index.pair_first[pairs.clone()];
        let start = firsts.partition_point(|first| *first < given.start);
        let count = firsts[start..].partition_point(|first| *first < given.end);
        pairs.start + start..pairs.start + start + count
    })
}

/// Faces with one of some surnames, and any first name.
pub fn bearing_alone(index: &Index, surnames: &[u32]) -> Vec<u32> {
    runs(index, surnames, |pairs| pairs)
}

/// The faces of some of each surname's names, until there are enough.
fn runs(index: &Index, surnames: &[u32], some: impl Fn(Range<usize>) -> Range<usize>) -> Vec<u32> {
    let mut found = Vec::with_capacity(MOST_FACES);
    for (at, &surname) in surnames.iter().enumerate() {
        if let Some(&next) = surnames.get(at + AHEAD) {
            let pairs = run(&index.name_at, next);
            soon(&index.pair_first, pairs.start + pairs.len() / 2);
        }
        let pairs = some(run(&index.name_at, surname));
        if pairs.is_empty() {
            continue;
        }
        let (start, end) = (index.pair_at[pairs.start], index.pair_at[pairs.end]);
        let faces = &index.named[start as usize..end as usize];
        let left = MOST_FACES - found.len();
        found.extend_from_slice(&faces[..faces.len().min(left)]);
        if found.len() == MOST_FACES {
            break;
        }
    }
    found
}

/// Faces at one house number of some streets, wherever they are.
pub fn at_door(index: &Index, streets: &[u32], house: u32) -> Vec<u32> {
    posted(&index.door, streets, house)
}

/// Faces at one house number of some ZIP codes, whatever the street.
pub fn at_number(index: &Index, zips: &[u32], house: u32) -> Vec<u32> {
    posted(&index.number, zips, house)
}

/// Those that a posting gives for each of `firsts` and `second`; a few more slip
/// through, and score nothing.
fn posted(postings: &Postings, firsts: &[u32], second: u32) -> Vec<u32> {
    let hashes: Vec<u64> = firsts.iter().map(|first| hash(*first, second)).collect();
    for &hash in &hashes {
        postings.expect_head(hash);
    }
    let mut found = Vec::new();
    for (at, &hash) in hashes.iter().enumerate() {
        if let Some(&next) = hashes.get(at + AHEAD) {
            postings.expect(next);
        }
        found.extend(postings.hits(hash).take(MOST_FACES - found.len()));
    }
    found
}

/// Faces in some streets of the ZIP codes of a range.
pub fn in_streets(
    index: &Index,
    streets: impl Iterator<Item = u32>,
    zips: &Range<u32>,
) -> Vec<u32> {
    let mut found = Vec::new();
    for street in streets {
        let places = run(&index.street_at, street);
        let inside = &index.place_zip[places.clone()];
        let start = inside.partition_point(|zip| *zip < zips.start);
        let count = inside[start..].partition_point(|zip| *zip < zips.end);
        if count > 0 && found.len() < MOST_FACES {
            let first = places.start + start;
            let (begin, end) = (index.place_at[first], index.place_at[first + count]);
            let left = (MOST_FACES - found.len()) as u32;
            found.extend(begin..end.min(begin + left));
        }
    }
    found
}
