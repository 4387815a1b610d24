//! The order of faces: by street, ZIP code and house, so that neighbours lie together.

use std::fs::{File, OpenOptions};
use std::io::{Error, Result, Seek, SeekFrom, Write};
use std::path::Path;

use super::Coming;
use super::share::{by_groups, heads};
use super::write::numbers;
use crate::blocks::guarded;
use crate::face::{Face, city, house, is_extra, owner, street, surname, unit, zip};
use crate::roomy::roomy;
use crate::soon::soon;

/// Faces written together, 4 MB of them: whole large pages, as in `write`.
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

/// A face within its street: ZIP code, house, extra or not; whose it is, and how it came.
type Neighbour = (u64, u64);

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
    let mut every: Vec<Neighbour> = roomy((0, 0), faces.len());
    for (at, face) in faces.iter().enumerate() {
        let home = u64::from(zip(face)) << 25 | u64::from(house(face)) << 1;
        let place = &mut next[core(face)];
        every[*place as usize] = (
            home | u64::from(is_extra(face)),
            u64::from(owner(face)) << 32 | at as u64,
        );
        *place += 1;
    }
    drop(next);
    by_groups(&core_at, &mut every, coming.threads, |groups, mine| {
        let first = core_at[groups.start];
        for group in groups {
            let (start, end) = (core_at[group] - first, core_at[group + 1] - first);
            sort(faces, &mut mine[start as usize..end as usize]);
        }
    });
    places(&every, &core_at)
}

/// Sort the faces of one street.
fn sort(faces: &[Face], street: &mut [Neighbour]) {
    street.sort_unstable();
    // Only the extra faces of one voter can still be in the order they came.
    let voter = |face: &Neighbour| (face.0, face.1 >> 32);
    for same in street.chunk_by_mut(|a, b| voter(a) == voter(b)) {
        if same.len() > 1 {
            same.sort_by_key(|came| {
                let face = &faces[came.1 as u32 as usize];
                (
                    surname(face),
                    crate::face::street(face),
                    city(face),
                    unit(face),
                )
            });
        }
    }
}

/// Walk over the faces in order and note houses and places.
fn places(every: &[Neighbour], core_at: &[u32]) -> Arranged {
    let mut order = roomy(0, every.len());
    let mut house = roomy(0, every.len());
    for ((home, came), (order, house)) in every.iter().zip(order.iter_mut().zip(&mut house)) {
        *order = *came as u32;
        *house = (home >> 1) as u32 & 0xFF_FFFF;
    }
    let mut street_at = Vec::with_capacity(core_at.len());
    let (mut place_zip, mut place_at) = (Vec::new(), Vec::new());
    for core in core_at.windows(2) {
        street_at.push(place_zip.len() as u32);
        let mut at = core[0];
        let zip = |face: &Neighbour| (face.0 >> 25) as u32;
        for place in every[at as usize..core[1] as usize].chunk_by(|a, b| zip(a) == zip(b)) {
            place_zip.push(zip(&place[0]));
            place_at.push(at);
            at += place.len() as u32;
        }
    }
    street_at.push(place_zip.len() as u32);
    place_at.push(every.len() as u32);
    Arranged {
        order,
        house,
        street_at,
        place_zip,
        place_at,
    }
}

impl Arranged {
    /// Write faces and places; return where each face went, by how it came.
    pub fn write(&self, coming: &Coming, folder: &Path) -> Result<Vec<u32>> {
        let mut went = roomy(0u32, self.order.len());
        for (at, &came) in self.order.iter().enumerate() {
            went[came as usize] = at as u32;
        }
        numbers(folder, "plain_face", &went[..coming.voters])?;
        numbers(folder, "street_at", &self.street_at)?;
        numbers(folder, "place_zip", &self.place_zip)?;
        numbers(folder, "place_at", &self.place_at)?;
        self.write_faces(coming, &went, &folder.join("faces.bin"))?;
        Ok(went)
    }

    /// Write the faces in order, each thread a stretch of its own.
    fn write_faces(&self, coming: &Coming, went: &[u32], path: &Path) -> Result<()> {
        File::create(path)?;
        let share = self.order.len().div_ceil(coming.threads);
        let stretch = share.next_multiple_of(BLOCK).max(BLOCK);
        std::thread::scope(|scope| {
            let writing: Vec<_> = self
                .order
                .chunks(stretch)
                .enumerate()
                .map(|(nth, mine)| {
                    let faces = &*coming.faces;
                    scope.spawn(move || guarded(|| copy(faces, mine, went, path, nth * stretch)))
                })
                .collect();
            writing.into_iter().try_for_each(|each| {
                let copied = each
                    .join()
                    .expect("a failed check is an error, and no panic");
                copied.map_err(Error::other)?
            })
        })
    }
}

/// Copy faces in order to their place in a file; an extra face's owner becomes the
/// voter's plain face.
fn copy(faces: &[Face], order: &[u32], went: &[u32], path: &Path, start: usize) -> Result<()> {
    let mut file = OpenOptions::new().write(true).open(path)?;
    file.seek(SeekFrom::Start((start * size_of::<Face>()) as u64))?;
    let mut block = Vec::with_capacity(BLOCK * size_of::<Face>());
    for (nth, together) in order.chunks(BLOCK).enumerate() {
        block.clear();
        for (at, &came) in together.iter().enumerate() {
            if let Some(&later) = order.get(nth * BLOCK + at + AHEAD) {
                soon(faces, later as usize);
            }
            let mut face = faces[came as usize];
            if is_extra(&face) {
                let plain = went[owner(&face) as usize];
                face[28..].copy_from_slice(&plain.to_le_bytes());
            }
            block.extend_from_slice(&face);
        }
        file.write_all(&block)?;
    }
    Ok(())
}
