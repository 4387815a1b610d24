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
const AHEAD: usize = 12;

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

/// Faces with one of some surnames, and a first name: of each of some ranges in turn.
///
/// The names of a surname are looked through for all ranges while they are at hand.
pub fn bearing(index: &Index, surnames: &[u32], given: &[Range<u32>]) -> Vec<Vec<u32>> {
    let mut found = vec![Vec::new(); given.len()];
    if given.is_empty() {
        return found;
    }
    for (at, &surname) in surnames.iter().enumerate() {
        expect_names(index, surnames, at);
        let pairs = run(&index.name_at, surname);
        let firsts = &index.pair_first[pairs.clone()];
        let (Some(&least), Some(&most)) = (firsts.first(), firsts.last()) else {
            continue;
        };
        for (given, found) in given.iter().zip(&mut found) {
            if given.end <= least || most < given.start {
                continue;
            }
            let start = firsts.partition_point(|first| *first < given.start);
            let more = firsts[start..].iter();
            let count = match given.len() {
                1 => usize::from(firsts.get(start) == Some(&given.start)),
                2..16 => more.take_while(|first| **first < given.end).count(),
                _ => firsts[start..].partition_point(|first| *first < given.end),
            };
            let first = pairs.start + start;
            add_names(index, first..first + count, found);
        }
    }
    found
}

/// Faces with one of some surnames, and any first name.
pub fn bearing_alone(index: &Index, surnames: &[u32]) -> Vec<u32> {
    let mut found = Vec::new();
    for (at, &surname) in surnames.iter().enumerate() {
        if found.len() == MOST_FACES {
            break;
        }
        expect_names(index, surnames, at);
        add_names(index, run(&index.name_at, surname), &mut found);
    }
    found
}

/// Ask the memory for the names of a surname that comes soon.
fn expect_names(index: &Index, surnames: &[u32], at: usize) {
    if let Some(&next) = surnames.get(at + AHEAD) {
        let pairs = run(&index.name_at, next);
        soon(&index.pair_first, pairs.start + pairs.len() / 2);
    }
}

/// Add the faces of names that follow each other, until there are enough.
fn add_names(index: &Index, names: Range<usize>, found: &mut Vec<u32>) {
    let left = MOST_FACES - found.len();
    if names.is_empty() || left == 0 {
        return;
    }
    let (start, end) = (index.pair_at[names.start], index.pair_at[names.end]);
    let faces = &index.named.faces[start as usize..end as usize];
    found.extend_from_slice(&faces[..faces.len().min(left)]);
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
