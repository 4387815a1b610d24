//! Faces by whole name: surname and first name, plain before extra, county by county.

use std::path::Path;

use pyo3::PyResult;

use super::Readings;
use super::share::{Parts, grouped, parts};
use super::write::{Blocks, numbers};
use crate::namesakes::mark;
use crate::pile::{Heaps, Pile, Pool};

/// The pairs of names of some surnames.
struct Pairs {
    /// By surname: how many first names it goes with.
    names: Vec<u32>,
    first: Vec<u32>,
    /// By pair: where its bearers begin.
    at: Vec<u32>,
}

struct Desk {
    bytes: Vec<u8>,
    came: Vec<u128>,
    bearers: Vec<u128>,
}

/// Write name_at, pair_first, pair_at, named and named_county.
pub fn write(
    names: &Heaps<u128>,
    forms: &Parts,
    readings: &Readings,
    folder: &Path,
    pool: &Pool,
) -> PyResult<()> {
    let starts = names.starts();
    let named = Blocks::of_numbers(folder, "named", starts[names.len()])?;
    let marks = Blocks::create(folder.join("named_county.bin"), starts[names.len()])?;
    let desk = || {
        Ok(Desk {
            bytes: Vec::new(),
            came: Vec::new(),
            bearers: Vec::new(),
        })
    };
    let (_, made) = parts(names.len(), readings.threads, desk, |desk, part| {
        pool.give(Pile::poured(names.take(part), &mut desk.came));
        let pairs = desk.sorted(forms.words(part), starts[part] as u32);
        let faces = desk.bearers.iter().map(|each| *each as u32);
        named.write_numbers(starts[part], faces, &mut desk.bytes)?;
        desk.bytes.clear();
        desk.bytes.extend(desk.bearers.iter().map(marked));
        marks.write(starts[part], &desk.bytes)?;
        Ok(pairs)
    })?;
    let mut pairs = 0;
    let name_at = made.iter().flat_map(|each| &each.names).map(|count| {
        pairs += count;
        pairs
    });
    numbers(folder, "name_at", std::iter::once(0).chain(name_at))?;
    let first = made.iter().flat_map(|each| &each.first).copied();
    let end = std::iter::once(starts[names.len()] as u32);
    let at = made.iter().flat_map(|each| &each.at).copied().chain(end);
    let (one, other) = std::thread::scope(|scope| {
        let one = scope.spawn(|| numbers(folder, "pair_first", first));
        let other = numbers(folder, "pair_at", at);
        (one.join().expect("writing is no panic"), other)
    });
    Ok(one.and(other)?)
}

/// The byte that says of a bearer what its order within a name does.
fn marked(bearer: &u128) -> u8 {
    mark(bearer >> 48 & 1 == 1, (bearer >> 32) as u16)
}

impl Desk {
    /// Put the bearers of some surnames in order, of whom the first is at `start`.
    fn sorted(&mut self, forms: std::ops::Range<u32>, start: u32) -> Pairs {
        let form = |each: &u128| (each >> 73) as usize - forms.start as usize;
        let every = self.came.iter().copied();
        let form_at = grouped(every, forms.len(), form, &mut self.bearers);
        let mut pairs = Pairs {
            names: Vec::with_capacity(forms.len()),
            first: Vec::new(),
            at: Vec::new(),
        };
        for form in form_at.windows(2) {
            let mine = &mut self.bearers[form[0] as usize..form[1] as usize];
            mine.sort_unstable();
            let (before, mut at) = (pairs.first.len(), start + form[0]);
            let forename = |each: &u128| (each >> 49) as u32 & 0xFF_FFFF;
            for pair in mine.chunk_by(|a, b| forename(a) == forename(b)) {
                pairs.first.push(forename(&pair[0]));
                pairs.at.push(at);
                at += pair.len() as u32;
            }
            pairs.names.push((pairs.first.len() - before) as u32);
        }
        pairs
    }
}
