//! The faces written in order; on the way, what their names and houses are found by is
//! piled up.

use std::path::Path;
use std::sync::atomic::Ordering;

use pyo3::PyResult;

use super::Readings;
use super::order::Arranged;
use super::share::{Parts, parts};
use super::write::Blocks;
use crate::face::{Face, county, given, house, is_extra, owner, street, surname, zip};
use crate::pile::{Heaps, Pile, Pool};
use crate::postings::hash;
use crate::soon::soon;

/// What the faces are found by, to be sorted.
pub struct Ways {
    pub names: Heaps<u128>,
    /// Neighbouring faces of one house, under the hash of street and house; and under
    /// that of ZIP code and house.
    pub doors: Heaps<u128>,
    pub numbers: Heaps<u128>,
}

/// A face by its name: surname, first name, extra or not, county; and where it is.
pub fn bearer(form: u32, forename: u32, face: &Face, at: u32) -> u128 {
    let rest = u64::from(is_extra(face)) << 48 | u64::from(county(face)) << 32 | u64::from(at);
    u128::from(form) << 73 | u128::from(forename) << 49 | u128::from(rest)
}

/// Bits of a hash that choose the part: enough for parts of some ten thousand faces.
pub fn part_bits(faces: usize) -> u32 {
    crate::postings::bit_length(faces >> 15).clamp(1, 10)
}

/// What a surname's reading is filed under.
struct Filed {
    form: u32,
    part: u32,
}

/// How far ahead a surname is asked for.
const AHEAD: usize = 16;

struct Clerk {
    names: Vec<Pile<u128>>,
    doors: Vec<Pile<u128>>,
    numbers: Vec<Pile<u128>>,
}

/// A house: street core, ZIP code and number; where its faces begin, and how many.
#[derive(Default)]
struct House {
    core: u32,
    zip: u32,
    number: u32,
    first: u32,
    count: u32,
}

/// Write the faces, and pile up what they are found by; `forms` shares the surnames out.
pub fn written(
    arranged: &Arranged,
    forms: &Parts,
    readings: &Readings,
    folder: &Path,
    pool: &Pool,
) -> PyResult<Ways> {
    let filed = |form: &u32| Filed {
        form: *form,
        part: forms.of(*form) as u32,
    };
    let surnames: Vec<Filed> = readings.surname_form.iter().map(filed).collect();
    let starts = arranged.faces.starts();
    let size = starts[starts.len() - 1] * size_of::<Face>();
    let file = Blocks::create(folder.join("faces.bin"), size)?;
    let bits = part_bits(starts[starts.len() - 1]);
    let clerk = || {
        Ok(Clerk {
            names: Pile::none(forms.count()),
            doors: Pile::none(1 << bits),
            numbers: Pile::none(1 << bits),
        })
    };
    let (clerks, _) = parts(starts.len(), readings.threads, clerk, |clerk, part| {
        // First of all something that takes as long as many parts.
        let Some(part) = part.checked_sub(1) else {
            return Ok(arranged.write_went(folder)?);
        };
        for mut faces in arranged.faces.take(part) {
            faces.runs_mut().for_each(|run| own(run, arranged));
            clerk.sort_out(&faces, starts[part] as u32, bits, &surnames, readings, pool);
            let mut place = starts[part] * size_of::<Face>();
            for run in faces.runs() {
                file.write(place, run.as_flattened())?;
                place += size_of_val(run);
            }
            faces.gone(pool);
        }
        Ok(())
    })?;
    let (mut names, mut doors, mut numbers) = (Vec::new(), Vec::new(), Vec::new());
    for clerk in clerks {
        names.push(clerk.names);
        doors.push(clerk.doors);
        numbers.push(clerk.numbers);
    }
    Ok(Ways {
        names: Heaps::new(names),
        doors: Heaps::new(doors),
        numbers: Heaps::new(numbers),
    })
}

/// Let extra faces be owned by their voters' plain faces, and no longer by rows.
fn own(faces: &mut [Face], arranged: &Arranged) {
    for face in faces.iter_mut().filter(|face| is_extra(face)) {
        let plain = arranged.went[owner(face) as usize].load(Ordering::Relaxed);
        face[28..].copy_from_slice(&plain.to_le_bytes());
    }
}

impl Clerk {
    /// Pile up what faces are found by, of which the first is at `start`.
    fn sort_out(
        &mut self,
        faces: &Pile<Face>,
        start: u32,
        bits: u32,
        surnames: &[Filed],
        readings: &Readings,
        pool: &Pool,
    ) {
        let mut last = House::default();
        let run = faces
            .runs()
            .flat_map(|run| (0..run.len()).map(move |nth| (run, nth)));
        for (at, (run, nth)) in (start..).zip(run) {
            let face = &run[nth];
            if let Some(later) = run.get(nth + AHEAD) {
                soon(surnames, surname(later) as usize);
            }
            let core = readings.street_core[street(face) as usize];
            let (zip, number) = (zip(face), house(face));
            if (core, zip, number) == (last.core, last.zip, last.number) {
                last.count += 1;
            } else {
                self.file_house(&last, bits, pool);
                last = House {
                    core,
                    zip,
                    number,
                    first: at,
                    count: 1,
                };
            }
            let Filed { form, part } = surnames[surname(face) as usize];
            let forename = readings.given_forename[given(face) as usize];
            if form != 0 && forename != 0 {
                let bearer = bearer(form, forename, face, at);
                self.names[part as usize].push(bearer, pool);
            }
        }
        self.file_house(&last, bits, pool);
    }

    /// Pile up a house whose number is written.
    fn file_house(&mut self, house: &House, bits: u32, pool: &Pool) {
        if house.number == 0 {
            return;
        }
        let faces = u128::from(house.first) << 32 | u128::from(house.count);
        for (word, piles) in [
            (house.core, &mut self.doors),
            (house.zip, &mut self.numbers),
        ] {
            if word != 0 {
                let hash = hash(word, house.number);
                let pile = &mut piles[(hash >> (64 - bits)) as usize];
                pile.push(u128::from(hash) << 64 | faces, pool);
            }
        }
    }
}
