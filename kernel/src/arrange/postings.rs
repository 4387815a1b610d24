//! Postings written: faces by street and house, and by ZIP code and house.

use std::path::Path;

use pyo3::PyResult;

use super::faces::part_bits;
use super::share::{grouped, heads, parts};
use super::write::{Blocks, numbers};
use crate::pile::{Heaps, Pile, Pool};
use crate::postings::{Shape, bit_length};

struct Desk {
    bytes: Vec<u8>,
    came: Vec<u128>,
    houses: Vec<u128>,
    entries: Vec<u32>,
}

impl Desk {
    /// Put houses in order of their hashes, of which so many first bits are the same.
    fn sort(&mut self, same: u32) {
        // Hashes lie evenly: the next bits leave a few houses together.
        let bits = bit_length(self.came.len() / 4).max(1);
        let group = |house: &u128| (house << same >> (128 - bits)) as usize;
        let every = self.came.iter().copied();
        let group_at = grouped(every, 1 << bits, group, &mut self.houses);
        for group in group_at.windows(2) {
            self.houses[group[0] as usize..group[1] as usize].sort_unstable();
        }
    }
}

fn count(house: u128) -> u32 {
    house as u32
}

/// Write one posting: NAME and NAME_heads.
pub fn write(
    houses: &Heaps<u128>,
    faces: usize,
    threads: usize,
    folder: &Path,
    name: &str,
    pool: &Pool,
) -> PyResult<()> {
    let starts = houses.summed(|house| count(*house) as usize);
    let file = Blocks::of_numbers(folder, name, starts[houses.len()])?;
    let shape = Shape::new(faces, Shape::bits_for(starts[houses.len()]));
    let desk = || {
        Ok(Desk {
            bytes: Vec::new(),
            came: Vec::new(),
            houses: Vec::new(),
            entries: Vec::new(),
        })
    };
    let first = |part: usize| shape.bucket((part as u64) << (64 - part_bits(faces)));
    let (_, made) = parts(houses.len(), threads, desk, |desk, part| {
        pool.give(Pile::poured(houses.take(part), &mut desk.came));
        desk.sort(part_bits(faces));
        desk.entries.clear();
        let mut counts = Vec::new();
        for &house in &desk.houses {
            let hash = (house >> 64) as u64;
            let bucket = shape.bucket(hash) - first(part);
            if counts.len() <= bucket {
                counts.resize(bucket + 1, 0);
            }
            counts[bucket] += count(house);
            let start = (house >> 32) as u32;
            let faces = start..start + count(house);
            desk.entries
                .extend(faces.map(|face| shape.entry(hash, face)));
        }
        let entries = desk.entries.iter().copied();
        file.write_numbers(starts[part], entries, &mut desk.bytes)?;
        Ok(counts)
    })?;
    let mut counts = vec![0u32; 1 << shape.bucket_bits];
    for (part, mine) in made.iter().enumerate() {
        // In a small roll two parts may share a bucket.
        let all = counts[first(part)..].iter_mut().zip(mine);
        all.for_each(|(all, mine)| *all += mine);
    }
    Ok(numbers(
        folder,
        &format!("{name}_heads"),
        heads(counts).into_iter(),
    )?)
}
