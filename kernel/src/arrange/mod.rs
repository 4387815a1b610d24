//! Arranging: faces put in order, and the ways to find them, written as files.
//!
//! Every order is total, so the same roll gives the same bytes whoever arranges it.

mod names;
mod order;
mod postings;
pub mod share;
mod write;

use std::path::Path;

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;

use crate::blocks::guarded;
use crate::door::{Array, array};
use crate::face::{Face, is_extra, owner};

/// The faces of a roll as they come: plain ones in the order of the roll, then the extra
/// ones, each owned by its voter's row; and the words behind their readings.
pub struct Coming {
    pub faces: Array<Face>,
    pub street_core: Array<u32>,
    pub surname_form: Array<u32>,
    pub given_forename: Array<u32>,
    /// The number of words.
    pub words: usize,
    /// The number of voters, which is that of the plain faces.
    pub voters: usize,
    pub threads: usize,
}

impl Coming {
    fn check(&self) -> Result<(), &'static str> {
        let (plain, extra) = self.faces.split_at(self.voters);
        let in_order = |(row, face): (usize, &Face)| !is_extra(face) && owner(face) == row as u32;
        if !plain.iter().enumerate().all(in_order) {
            return Err("the plain faces are not those of the roll's rows, in order");
        }
        let owned = |face: &Face| is_extra(face) && (owner(face) as usize) < self.voters;
        if !extra.iter().all(owned) {
            return Err("an extra face is nobody's");
        }
        Ok(())
    }
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
    let faces = array::<Face>(faces, "faces")?;
    if faces.len() >= u32::MAX as usize {
        return Err(PyValueError::new_err("an index holds less than 2^32 faces"));
    }
    let coming = Coming {
        voters: faces.iter().take_while(|face| !is_extra(face)).count(),
        faces,
        street_core: array(street_core, "street_core")?,
        surname_form: array(surname_form, "surname_form")?,
        given_forename: array(given_forename, "given_forename")?,
        words,
        threads: threads.max(1),
    };
    coming.check().map_err(PyValueError::new_err)?;
    let (coming, folder) = (&coming, Path::new(folder));
    let pause = || Python::attach(|py| py.check_signals());
    py.detach(|| {
        let arranged = guarded(|| order::arranged(coming))?;
        pause()?;
        let at = guarded(|| arranged.write(coming, folder))??;
        pause()?;
        // Neither needs what the other makes, and both have steps that one thread takes.
        std::thread::scope(|scope| {
            let named = scope.spawn(|| guarded(|| names::write(coming, &at, folder)));
            let posted = guarded(|| postings::write(coming, &arranged, folder));
            let named = named
                .join()
                .expect("a failed check is an error, and no panic");
            named?
                .map_err(PyErr::from)
                .and(posted?.map_err(PyErr::from))
        })?;
        pause()
    })
}
