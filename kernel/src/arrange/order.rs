//! The order of faces: by street, ZIP code and house, so that neighbours lie together.

use std::path::Path;
use std::sync::atomic::{AtomicU32, Ordering};

use pyo3::PyResult;

use super::Readings;
use super::share::{Parts, grouped, parts};
use super::write::numbers;
use crate::face::{Face, city, house, is_extra, owner, street, surname, unit, zip};
use crate::pile::{Heaps, Pile, Pool};
use crate::roomy::gathered;

/// Every so many faces one is asked for its surname, to share surnames out.
const EVERY: usize = 64;

/// The faces in order, in parts that lie one after the other.
pub struct Arranged {
    pub faces: Heaps<Face>,
    /// By voter: where the plain face went.
    pub went: Vec<AtomicU32>,
    /// By surname: how many of some of the faces bear it.
    pub surnames: Vec<u32>,
    streets: Vec<Streets>,
}

/// The places of some streets.
struct Streets {
    /// By street core: how many places it has.
    places: Vec<u32>,
    place_zip: Vec<u32>,
    /// By place: where its faces begin.
    place_at: Vec<u32>,
}

/// What a thread needs at hand.
struct Desk {
    faces: Vec<Face>,
    /// ZIP code, house, extra or not; whose face it is, and where it lies in `faces`.
    neighbours: Vec<u128>,
    surnames: Vec<u32>,
}

fn came(neighbour: u128) -> usize {
    neighbour as u32 as usize
}

/// Put the faces in order, those of each part of the street cores together.
pub fn arranged(
    faces: &Heaps<Face>,
    voters: usize,
    cores: &Parts,
    readings: &Readings,
    pool: &Pool,
) -> PyResult<Arranged> {
    let starts = faces.starts();
    let went = gathered((0..voters).map(|_| AtomicU32::new(0)));
    let desk = || {
        Ok(Desk {
            faces: Vec::new(),
            neighbours: Vec::new(),
            surnames: vec![0; readings.words],
        })
    };
    let (desks, made) = parts(cores.count(), readings.threads, desk, |desk, part| {
        let chunks = Pile::poured(faces.take(part), &mut desk.faces);
        let streets = sorted(desk, cores.words(part), starts[part] as u32, readings);
        for (at, neighbour) in (starts[part] as u32..).zip(&desk.neighbours) {
            // Plain faces only.
            if neighbour >> 64 & 1 == 0 {
                let row = (neighbour >> 32) as u32;
                went[row as usize].store(at, Ordering::Relaxed);
            }
        }
        for neighbour in desk.neighbours.iter().step_by(EVERY) {
            let reading = surname(&desk.faces[came(*neighbour)]);
            desk.surnames[readings.surname_form[reading as usize] as usize] += 1;
        }
        let order = desk.neighbours.iter().map(|each| desk.faces[came(*each)]);
        Ok((Pile::stacked(chunks, order, pool), streets))
    })?;
    let (piles, streets): (Vec<_>, Vec<_>) = made.into_iter().unzip();
    let mut surnames = vec![0; readings.words];
    for desk in desks {
        let each = surnames.iter_mut().zip(desk.surnames);
        each.for_each(|(sum, count)| *sum += count);
    }
    Ok(Arranged {
        faces: Heaps::new(vec![piles]),
        went,
        surnames,
        streets,
    })
}

/// Find the order of the faces on the desk, which begin at `start`; note their places.
fn sorted(
    desk: &mut Desk,
    cores: std::ops::Range<u32>,
    start: u32,
    readings: &Readings,
) -> Streets {
    let faces = &desk.faces;
    let neighbour = |(at, face): (usize, &Face)| {
        let home =
            u64::from(zip(face)) << 25 | u64::from(house(face)) << 1 | u64::from(is_extra(face));
        u128::from(home) << 64 | u128::from(owner(face)) << 32 | at as u128
    };
    let core = |each: &u128| {
        let street = street(&faces[came(*each)]);
        (readings.street_core[street as usize] - cores.start) as usize
    };
    let every = faces.iter().enumerate().map(neighbour);
    let core_at = grouped(every, cores.len(), core, &mut desk.neighbours);
    let mut streets = Streets {
        places: Vec::with_capacity(cores.len()),
        place_zip: Vec::new(),
        place_at: Vec::new(),
    };
    for core in core_at.windows(2) {
        let street = &mut desk.neighbours[core[0] as usize..core[1] as usize];
        sort(faces, street);
        let before = streets.place_zip.len();
        let mut at = start + core[0];
        let zip = |each: &u128| (each >> 89) as u32;
        for place in street.chunk_by(|a, b| zip(a) == zip(b)) {
            streets.place_zip.push(zip(&place[0]));
            streets.place_at.push(at);
            at += place.len() as u32;
        }
        streets
            .places
            .push((streets.place_zip.len() - before) as u32);
    }
    streets
}

/// Sort the faces of one street.
fn sort(faces: &[Face], street: &mut [u128]) {
    street.sort_unstable();
    // Only the extra faces of one voter can still be in the order they came.
    let voter = |face: &u128| face >> 32;
    for same in street.chunk_by_mut(|a, b| voter(a) == voter(b)) {
        if same.len() > 1 {
            same.sort_by_key(|each| {
                let face = &faces[came(*each)];
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

impl Arranged {
    /// Write where each voter's plain face is.
    pub fn write_went(&self, folder: &Path) -> std::io::Result<()> {
        let went = self.went.iter().map(|at| at.load(Ordering::Relaxed));
        numbers(folder, "plain_face", went)
    }

    /// Write the places of all streets.
    pub fn write_places(&self, faces: usize, folder: &Path) -> std::io::Result<()> {
        let mut places = 0;
        let street_at = self.streets.iter().flat_map(|each| &each.places);
        let street_at = street_at.map(|count| {
            places += count;
            places
        });
        numbers(folder, "street_at", std::iter::once(0).chain(street_at))?;
        let zips = self.streets.iter().flat_map(|each| &each.place_zip);
        numbers(folder, "place_zip", zips.copied())?;
        let starts = self.streets.iter().flat_map(|each| &each.place_at);
        let end = std::iter::once(faces as u32);
        numbers(folder, "place_at", starts.copied().chain(end))
    }
}
