//! Postings written: faces by street and house, and by ZIP code and house.

use std::io::Result;
use std::path::Path;

use super::Coming;
use super::order::Arranged;
use super::share::{by_groups, heads};
use super::write::{Numbers, numbers};
use crate::postings::{Shape, hash};
use crate::roomy::roomy;

/// Neighbouring faces of one house, under the hash of its words.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Run {
    hash: u64,
    first: u32,
    count: u32,
}

/// Runs with the same first bits of their hash are sorted together.
const PART_BITS: u32 = 10;

fn part(hash: u64) -> usize {
    (hash >> (64 - PART_BITS)) as usize
}

/// Write door_heads, door, number_heads and number.
pub fn write(coming: &Coming, arranged: &Arranged, folder: &Path) -> Result<()> {
    write_one(coming, arranged, folder, "door", |core, _| core)?;
    write_one(coming, arranged, folder, "number", |_, zip| zip)
}

/// Write one posting; `word` chooses the word that goes with the house.
fn write_one(
    coming: &Coming,
    arranged: &Arranged,
    folder: &Path,
    name: &str,
    word: fn(u32, u32) -> u32,
) -> Result<()> {
    let mut counts = vec![0u32; 1 << PART_BITS];
    each_run(arranged, word, |run| counts[part(run.hash)] += 1);
    let part_at = heads(counts);
    let mut next = part_at.clone();
    let mut runs = roomy(Run::default(), part_at[1 << PART_BITS] as usize);
    each_run(arranged, word, |run| {
        let at = &mut next[part(run.hash)];
        runs[*at as usize] = run;
        *at += 1;
    });
    by_groups(&part_at, &mut runs, coming.threads, |parts, mine| {
        let first = part_at[parts.start];
        for part in parts {
            let (start, end) = (part_at[part] - first, part_at[part + 1] - first);
            mine[start as usize..end as usize].sort_unstable();
        }
    });
    write_runs(&runs, arranged.house.len(), folder, name)
}

/// Walk over the houses whose number and other word are both written.
fn each_run(arranged: &Arranged, word: fn(u32, u32) -> u32, mut each: impl FnMut(Run)) {
    let house = &arranged.house;
    for (core, places) in arranged.street_at.windows(2).enumerate() {
        for place in places[0] as usize..places[1] as usize {
            let word = word(core as u32, arranged.place_zip[place]);
            if word == 0 {
                continue;
            }
            let mut first = arranged.place_at[place];
            let end = arranged.place_at[place + 1] as usize;
            for same in house[first as usize..end].chunk_by(|a, b| a == b) {
                let count = same.len() as u32;
                if same[0] != 0 {
                    let hash = hash(word, same[0]);
                    each(Run { hash, first, count });
                }
                first += count;
            }
        }
    }
}

/// Write the entries of sorted runs, and where each bucket's begin.
fn write_runs(runs: &[Run], faces: usize, folder: &Path, name: &str) -> Result<()> {
    let entries: usize = runs.iter().map(|run| run.count as usize).sum();
    let shape = Shape::new(faces, Shape::bits_for(entries));
    let mut out = Numbers::create(folder, name)?;
    let mut counts = vec![0u32; 1 << shape.bucket_bits];
    for run in runs {
        counts[shape.bucket(run.hash)] += run.count;
        for face in run.first..run.first + run.count {
            out.push(shape.entry(run.hash, face))?;
        }
    }
    out.finish()?;
    numbers(folder, &format!("{name}_heads"), &heads(counts))
}
