//! The order of faces: by street, ZIP code and house, so that neighbours lie together.

use std::fs::File;
use std::io::{Result, Write};
use std::path::Path;

use super::Coming;
use super::share::{by_groups, heads};
use super::write::numbers;
use crate::face::{Face, city, house, is_extra, owner, street, surname, unit, zip};
use crate::soon::soon;

/// Faces written together.
const BLOCK: usize = 1 << 17;
/// How far ahead a face is asked for.
const AHEAD: usize = 16;

/// Where every face goes.
pub struct Arranged {
    /// By final place: the face as it came.
    order: Vec<u32>,
    /// By final place: the house number's word.
    pub house: Vec<u32>,
    /// By street core: where its places begin.
    pub street_at: Vec<u32>,
    pub place_zip: Vec<u32>,
    /// By place: where its faces begin.
    pub place_at: Vec<u32>,
}

/// Put the faces in order.
pub fn arranged(coming: &Coming) -> Arranged {
    let faces = &*coming.faces;
    let core = |face: &Face| coming.street_core[street(face) as usize] as usize;
    let mut counts = vec![0u32; coming.words];
    for face in faces {
        counts[core(face)] += 1;
    }
    let core_at = heads(counts);
    let mut next = core_at.clone();
    let mut order = vec![0u32; faces.len()];
    for (at, face) in faces.iter().enumerate() {
        let place = &mut next[core(face)];
        order[*place as usize] = at as u32;
        *place += 1;
    }
    drop(next);
    by_groups(&core_at, &mut order, coming.threads, |groups, mine| {
        let first = core_at[groups.start];
        let mut keys = Vec::new();
        for group in groups {
            let (start, end) = (core_at[group] - first, core_at[group + 1] - first);
            sort(faces, &mut mine[start as usize..end as usize], &mut keys);
        }
    });
    places(faces, order, &core_at)
}

/// Sort the faces of one street.
fn sort(faces: &[Face], street: &mut [u32], keys: &mut Vec<(u64, u64)>) {
    keys.clear();
    for (ahead, &at) in street.iter().enumerate() {
        if let Some(&later) = street.get(ahead + AHEAD) {
            soon(faces, later as usize);
        }
        let face = &faces[at as usize];
        let home = u64::from(zip(face)) << 25 | u64::from(house(face)) << 1;
        keys.push((
            home | u64::from(is_extra(face)),
            u64::from(owner(face)) << 32 | u64::from(at),
        ));
    }
    keys.sort_unstable();
    for (at, key) in street.iter_mut().zip(&*keys) {
        *at = key.1 as u32;
    }
    // Only the extra faces of one voter can still be in the order they came.
    let voter = |key: &(u64, u64)| (key.0, key.1 >> 32);
    let mut start = 0;
    for same in keys.chunk_by(|a, b| voter(a) == voter(b)) {
        let end = start + same.len();
        if same.len() > 1 {
            street[start..end].sort_by_key(|at| {
                let face = &faces[*at as usize];
                (
                    surname(face),
                    crate::face::street(face),
                    city(face),
                    unit(face),
                )
            });
        }
        start = end;
    }
}

/// Walk over the faces in order and note houses and places.
fn places(faces: &[Face], order: Vec<u32>, core_at: &[u32]) -> Arranged {
    let mut house_at = vec![0u32; order.len()];
    let mut street_at = Vec::with_capacity(core_at.len());
    let (mut place_zip, mut place_at) = (Vec::new(), Vec::new());
    for core in core_at.windows(2) {
        street_at.push(place_zip.len() as u32);
        let mut last = None;
        for at in core[0] as usize..core[1] as usize {
            if let Some(&later) = order.get(at + AHEAD) {
                soon(faces, later as usize);
            }
            let face = &faces[order[at] as usize];
            house_at[at] = house(face);
            if last != Some(zip(face)) {
                last = Some(zip(face));
                place_zip.push(zip(face));
                place_at.push(at as u32);
            }
        }
    }
    street_at.push(place_zip.len() as u32);
    place_at.push(order.len() as u32);
    Arranged {
        order,
        house: house_at,
        street_at,
        place_zip,
        place_at,
    }
}

impl Arranged {
    /// Write faces and places; return where each face went, by how it came.
    pub fn write(&self, coming: &Coming, folder: &Path) -> Result<Vec<u32>> {
        let mut went = vec![0u32; self.order.len()];
        for (at, &came) in self.order.iter().enumerate() {
            went[came as usize] = at as u32;
        }
        numbers(folder, "plain_face", &went[..coming.voters])?;
        numbers(folder, "street_at", &self.street_at)?;
        numbers(folder, "place_zip", &self.place_zip)?;
        numbers(folder, "place_at", &self.place_at)?;
        self.write_faces(coming, &went, File::create(folder.join("faces.bin"))?)?;
        Ok(went)
    }

    fn write_faces(&self, coming: &Coming, went: &[u32], mut file: File) -> Result<()> {
        let mut blocks = vec![Vec::with_capacity(BLOCK * size_of::<Face>()); coming.threads];
        for together in self.order.chunks(BLOCK * coming.threads) {
            std::thread::scope(|scope| {
                for (mine, block) in together.chunks(BLOCK).zip(&mut blocks) {
                    scope.spawn(move || fill(&coming.faces, mine, went, block));
                }
            });
            for block in blocks.iter_mut().take(together.len().div_ceil(BLOCK)) {
                file.write_all(block)?;
            }
        }
        Ok(())
    }
}

/// Copy faces in order; an extra face's owner becomes the voter's plain face.
fn fill(faces: &[Face], order: &[u32], went: &[u32], block: &mut Vec<u8>) {
    block.clear();
    for (ahead, &came) in order.iter().enumerate() {
        if let Some(&later) = order.get(ahead + AHEAD) {
            soon(faces, later as usize);
        }
        let mut face = faces[came as usize];
        if is_extra(&face) {
            let plain = went[owner(&face) as usize];
            face[28..].copy_from_slice(&plain.to_le_bytes());
        }
        block.extend_from_slice(&face);
    }
}
