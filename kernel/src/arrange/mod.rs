//! Arranging: faces put in order, and the ways to find them, written as files.
//!
//! Every order is total, so the same roll gives the same bytes whoever arranges it. The
//! work goes by parts that fit the memory near at hand, and all threads have some.

mod faces;
mod names;
mod order;
mod postings;
pub mod share;
mod write;

use std::path::Path;

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;

use crate::door::{Array, array};
use crate::face::{Face, is_extra, owner, street};
use crate::pile::{Heaps, Pile, Pool};
use share::{Parts, parts};

/// The words behind the readings of the faces.
pub struct Readings {
    pub street_core: Array<u32>,
    pub surname_form: Array<u32>,
    pub given_forename: Array<u32>,
    /// The number of words.
    pub words: usize,
    pub threads: usize,
}

/// Faces of a part, about; and the fewest and the most parts.
const PART: usize = 1 << 14;
const FEWEST: usize = 16;
const MOST: usize = 1 << 10;

impl Readings {
    /// Share out words to as many parts as so many faces need.
    fn parts(&self, weights: &[u32], faces: usize) -> Parts {
        Parts::even(weights, (faces / PART).clamp(FEWEST, MOST))
    }

    /// Share out the cores of streets, by the streets of some of so many faces.
    pub fn cores(&self, streets: impl Iterator<Item = u32>, faces: usize) -> PyResult<Parts> {
        crate::blocks::guarded(|| {
            let mut weights = vec![0; self.words];
            for street in streets {
                weights[self.street_core[street as usize] as usize] += 1;
            }
            self.parts(&weights, faces)
        })
    }
}

/// Write the faces of all voters in order, and the ways to find them, into a folder.
pub fn write(
    py: Python<'_>,
    faces: Heaps<Face>,
    voters: usize,
    cores: &Parts,
    readings: &Readings,
    pool: &Pool,
    folder: &Path,
) -> PyResult<()> {
    let pause = || Python::attach(|py| py.check_signals());
    py.detach(|| {
        let starts = faces.starts();
        let count = starts[starts.len() - 1];
        if count >= u32::MAX as usize {
            return Err(too_many());
        }
        let arranged = order::arranged(&faces, voters, cores, readings, pool)?;
        pause()?;
        arranged.write_places(count, folder)?;
        let forms = readings.parts(&arranged.surnames, count);
        let ways = faces::written(&arranged, &forms, readings, folder, pool)?;
        drop(arranged);
        pause()?;
        names::write(&ways.names, &forms, readings, folder, pool)?;
        pause()?;
        for (name, houses) in [("door", &ways.doors), ("number", &ways.numbers)] {
            postings::write(houses, count, readings.threads, folder, name, pool)?;
        }
        pause()
    })
}

fn too_many() -> PyErr {
    PyValueError::new_err("an index holds less than 2^32 faces")
}

/// Refuse faces that are not the plain ones in the order of rows, then others of theirs.
fn check(faces: &[Face], voters: usize) -> PyResult<()> {
    let (plain, extra) = faces.split_at(voters);
    let in_order = |(row, face): (usize, &Face)| !is_extra(face) && owner(face) == row as u32;
    if !plain.iter().enumerate().all(in_order) {
        return Err(PyValueError::new_err(
            "the plain faces are not those of the roll's rows, in order",
        ));
    }
    let owned = |face: &Face| is_extra(face) && (owner(face) as usize) < voters;
    if !extra.iter().all(owned) {
        return Err(PyValueError::new_err("an extra face is nobody's"));
    }
    Ok(())
}

/// Put faces in order and write them, and the ways to find them, into a folder.
///
/// Writes faces.bin, plain_face, street_at, place_zip, place_at, door_heads, door,
/// number_heads, number, name_at, pair_first, pair_at and named (each .u32).
#[pyfunction]
#[pyo3(signature = (folder, faces, street_core, surname_form, given_forename, words, threads))]
#[expect(clippy::too_many_arguments, reason = "Python calls it with each array")]
pub fn arrange(
    py: Python<'_>,
    folder: &str,
    faces: &Bound<'_, PyAny>,
    street_core: &Bound<'_, PyAny>,
    surname_form: &Bound<'_, PyAny>,
    given_forename: &Bound<'_, PyAny>,
    words: usize,
    threads: usize,
) -> PyResult<()> {
    let coming = array::<Face>(faces, "faces")?;
    if coming.len() >= u32::MAX as usize {
        return Err(too_many());
    }
    let readings = Readings {
        street_core: array(street_core, "street_core")?,
        surname_form: array(surname_form, "surname_form")?,
        given_forename: array(given_forename, "given_forename")?,
        words,
        threads: threads.max(1),
    };
    let voters = coming.iter().take_while(|face| !is_extra(face)).count();
    check(&coming, voters)?;
    let some = coming.iter().step_by(1 + coming.len() / (PART * FEWEST));
    let cores = readings.cores(some.map(street), coming.len())?;
    let pool = Pool::default();
    let stretches: Vec<&[Face]> = coming.chunks(PART).collect();
    let (piled, _) = parts(
        stretches.len(),
        readings.threads,
        || Ok(Pile::none(cores.count())),
        |piles, nth| {
            for face in stretches[nth] {
                let core = readings.street_core[street(face) as usize];
                piles[cores.of(core)].push(*face, &pool);
            }
            Ok(())
        },
    )?;
    let faces = Heaps::new(piled);
    write(
        py,
        faces,
        voters,
        &cores,
        &readings,
        &pool,
        Path::new(folder),
    )
}
