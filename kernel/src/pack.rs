//! Packing: the codes of voters' texts made faces, some voters at a time.
//!
//! It does what `plebiscite.match.index.faces` does in numpy, to the bit, reading each
//! voter once; and each face goes to the others of its part of the streets at once.

use std::path::Path;
use std::sync::{Mutex, PoisonError};

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyDict};

use crate::arrange::share::Parts;
use crate::arrange::{self, Readings};
use crate::blocks::guarded;
use crate::codes::Column;
use crate::door::{Array, Named, array};
use crate::face::{EXTRA, FORMER, Face, is_extra, owner, street};
use crate::index::run;
use crate::pile::{Heaps, Pile, Pool};
use crate::places::Places;
use crate::soon::soon;

/// The columns of codes, in their order, then the flags.
const COLUMNS: usize = 10;
/// How far ahead a surname is asked for.
const AHEAD: usize = 16;

/// What a surname means, or a given name; and how many voters bear it.
#[derive(Clone, Copy)]
struct Name {
    reading: u32,
    /// The first middle name that stands in a given name.
    rest: u32,
    suffix: u8,
    /// Whether a surname has more than one part.
    double: bool,
    voters: u32,
}

/// What a street means.
#[derive(Clone, Copy)]
struct Street {
    reading: u32,
    house: u32,
    unit: u32,
    /// The part in which its faces are arranged.
    part: u32,
}

/// What the other texts of a roll mean, by their code.
struct Tables {
    streets: Vec<Street>,
    middle: Array<u32>,
    unit: Array<u32>,
    house: Array<u32>,
    zip: Array<u32>,
    city: Array<u32>,
    city_name: Array<u32>,
    suffix: Array<u32>,
    parts_at: Array<u32>,
    halves: Array<u32>,
}

/// Who packs: one batch after the other.
struct Packer {
    /// By part; each face as four numbers, little end first.
    faces: Vec<Pile<[u64; 4]>>,
    /// By code.
    lasts: Vec<Name>,
    firsts: Vec<Name>,
    places: Places,
    /// The faces of voters that have a former record.
    moved: Vec<Face>,
}

/// The voters of a roll, made faces.
#[pyclass(frozen)]
pub struct Packing {
    readings: Readings,
    tables: Tables,
    lasts: Vec<Name>,
    firsts: Vec<Name>,
    cores: Parts,
    /// Rows of voters that have a former record, in order.
    moved: Array<u32>,
    pool: Pool,
    idle: Mutex<Vec<Packer>>,
}

/// The first of some words that is written.
fn either(one: u32, other: u32) -> u32 {
    if one != 0 { one } else { other }
}

fn names(
    readings: &[u32],
    rest: &[u32],
    suffix: &[u32],
    double: impl Fn(u32) -> bool,
) -> Vec<Name> {
    let name = |(code, (reading, suffix)): (usize, (&u32, &u32))| Name {
        reading: *reading,
        rest: rest.get(code).copied().unwrap_or(0),
        suffix: *suffix as u8,
        double: double(*reading),
        voters: 0,
    };
    let each = readings.iter().zip(suffix).enumerate();
    each.map(name).collect()
}

#[pymethods]
impl Packing {
    /// Begin with what texts mean; `streets` are the codes of some voters' streets, out of
    /// so many `voters`, and `moved` the rows of those with a former record, in order.
    #[new]
    fn new(
        tables: &Bound<'_, PyDict>,
        moved: &Bound<'_, PyAny>,
        streets: &Bound<'_, PyAny>,
        voters: usize,
        words: usize,
        threads: usize,
    ) -> PyResult<Self> {
        let of = Named::new("vocabulary", tables);
        let table = |name: &str| of.any::<u32>(name);
        let readings = Readings {
            street_core: table("street_core")?,
            surname_form: table("surname_form")?,
            given_forename: table("given_forename")?,
            words,
            threads: threads.max(1),
        };
        let street = table("street reading")?;
        let (street_house, street_unit) = (table("street house")?, table("street unit")?);
        let some = array::<u32>(streets, "streets")?;
        let some = some.iter().map(|code| street[*code as usize]);
        let cores = readings.cores(some, voters)?;
        let part = |reading: u32| cores.of(readings.street_core[reading as usize]) as u32;
        let parts_at = table("surname_parts_at")?;
        let double = |reading: u32| run(&parts_at, reading).len() > 1;
        let (last, last_suffix) = (table("last reading")?, table("last suffix")?);
        let (first, first_suffix) = (table("first reading")?, table("first suffix")?);
        let rest = table("first rest")?;
        let (streets, lasts, firsts) = guarded(|| {
            let streets = (0..street.len()).map(|code| Street {
                reading: street[code],
                house: street_house[code],
                unit: street_unit[code],
                part: part(street[code]),
            });
            (
                streets.collect(),
                names(&last, &[], &last_suffix, double),
                names(&first, &rest, &first_suffix, |_| false),
            )
        })?;
        let tables = Tables {
            streets,
            middle: table("middle word")?,
            unit: table("unit word")?,
            house: table("house word")?,
            zip: table("zip word")?,
            city: table("city reading")?,
            city_name: table("city_name")?,
            suffix: table("suffix suffix")?,
            halves: table("halves")?,
            parts_at,
        };
        Ok(Packing {
            moved: array(moved, "moved")?,
            readings,
            tables,
            lasts,
            firsts,
            cores,
            pool: Pool::default(),
            idle: Mutex::default(),
        })
    }

    /// Pack a batch of voters of a county, of whom the first is at `row` of the roll.
    fn add(
        &self,
        py: Python<'_>,
        codes: Vec<Bound<'_, PyAny>>,
        row: u32,
        county: u16,
    ) -> PyResult<()> {
        let codes: Vec<Column> = codes.iter().map(Column::new).collect::<PyResult<_>>()?;
        let voters = codes.first().map_or(0, Column::len);
        let codes: [Column; COLUMNS] = match codes.try_into() {
            Ok(codes) => codes,
            Err(_) => return Err(PyValueError::new_err("a column of codes is missing")),
        };
        if codes.iter().any(|column| column.len() != voters) {
            return Err(PyValueError::new_err("columns of codes differ in length"));
        }
        py.detach(|| {
            let mut packer = self.idle().pop().unwrap_or_else(|| self.packer());
            let packed = guarded(|| self.pack(&mut packer, &codes, row, county));
            self.idle().push(packer);
            packed
        })
    }

    /// Return the faces of those with a former record, by row; and how many voters bear
    /// each word as surname, and as first name; and (city word, ZIP word, voters).
    fn counted<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let mut idle = self.idle();
        let mut moved: Vec<Face> = idle.iter().flat_map(|each| &each.moved).copied().collect();
        moved.sort_unstable_by_key(owner);
        let readings = &self.readings;
        let (mut lasts, mut firsts) = (vec![0; readings.words], vec![0; readings.words]);
        for packer in idle.iter() {
            for (names, words, bears) in [
                (&packer.lasts, &readings.surname_form, &mut lasts),
                (&packer.firsts, &readings.given_forename, &mut firsts),
            ] {
                for name in names {
                    bears[words[name.reading as usize] as usize] += name.voters;
                }
            }
        }
        let mut places: Vec<(u64, u64)> =
            idle.iter_mut().flat_map(|each| each.places.all()).collect();
        places.sort_unstable();
        let flat = |numbers: &[u32]| -> Vec<u8> {
            numbers.iter().flat_map(|each| each.to_le_bytes()).collect()
        };
        let place = |(key, voters): &(u64, u64)| [key >> 24, key & 0xFF_FFFF, *voters];
        let places = places.iter().flat_map(place).flat_map(u64::to_le_bytes);
        let into = PyDict::new(py);
        into.set_item("moved", PyBytes::new(py, moved.as_flattened()))?;
        into.set_item("bears_last", PyBytes::new(py, &flat(&lasts)))?;
        into.set_item("bears_first", PyBytes::new(py, &flat(&firsts)))?;
        into.set_item("places", PyBytes::new(py, &places.collect::<Vec<u8>>()))?;
        Ok(into)
    }

    /// Add further faces of voters who are there; each is owned by its voter's row.
    fn further(&self, faces: &Bound<'_, PyAny>) -> PyResult<()> {
        let faces = array::<Face>(faces, "faces")?;
        if !faces.iter().all(is_extra) {
            return Err(PyValueError::new_err("an extra face is a plain one"));
        }
        let mut packer = self.idle().pop().unwrap_or_else(|| self.packer());
        let added = guarded(|| {
            for face in faces.iter() {
                let core = self.readings.street_core[street(face) as usize];
                packer.faces[self.cores.of(core)].push(numbers(face), &self.pool);
            }
        });
        self.idle().push(packer);
        added
    }

    /// How many faces there are.
    fn faces(&self) -> usize {
        let piles = |each: &Packer| each.faces.iter().map(Pile::len).sum::<usize>();
        self.idle().iter().map(piles).sum()
    }

    /// Put all faces in order and write them, as `arrange` does; none are left.
    fn arrange(&self, py: Python<'_>, folder: &str, voters: usize) -> PyResult<()> {
        let faces = |each: Packer| each.faces.into_iter().map(Pile::faces).collect();
        let mut piled: Vec<_> = self.idle().drain(..).map(faces).collect();
        if piled.is_empty() {
            piled.push(Pile::none(self.cores.count()));
        }
        let (faces, folder) = (Heaps::new(piled), Path::new(folder));
        let (cores, readings, pool) = (&self.cores, &self.readings, &self.pool);
        arrange::write(py, faces, voters, cores, readings, pool, folder)
    }
}

impl Packing {
    fn idle(&self) -> std::sync::MutexGuard<'_, Vec<Packer>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn packer(&self) -> Packer {
        Packer {
            faces: Pile::none(self.cores.count()),
            lasts: self.lasts.clone(),
            firsts: self.firsts.clone(),
            places: Places::new(),
            moved: Vec::new(),
        }
    }

    fn pack(&self, packer: &mut Packer, codes: &[Column; COLUMNS], row: u32, county: u16) {
        let (tables, voters) = (&self.tables, codes[0].len());
        let mut moved = &self.moved[self.moved.partition_point(|each| *each < row)..];
        for nth in 0..voters {
            if nth + AHEAD < voters {
                soon(&packer.lasts, codes[0].at(nth + AHEAD));
            }
            let [
                last,
                first,
                middle,
                suffix,
                house,
                unit,
                street,
                city,
                zip,
                flags,
            ] = codes.each_ref().map(|column| column.at(nth));
            let last = &mut packer.lasts[last];
            let first = &mut packer.firsts[first];
            let street = &tables.streets[street];
            let (city, zip) = (tables.city[city], tables.zip[zip]);
            last.voters += 1;
            first.voters += 1;
            let suffix = either(tables.suffix[suffix], u32::from(last.suffix));
            let suffix = either(suffix, u32::from(first.suffix)) as u8;
            let words = [
                last.reading,
                first.reading,
                either(first.rest, tables.middle[middle]),
                either(tables.unit[unit], street.unit),
                street.reading,
                either(tables.house[house], street.house),
                zip,
                city,
            ];
            let owner = row + nth as u32;
            let has_former = moved.first() == Some(&owner);
            let former = if has_former { FORMER } else { 0 };
            let face = packed(words, county, suffix, flags as u8 | former, owner);
            if has_former {
                packer.moved.push(bytes(face));
                moved = &moved[1..];
            }
            let pile = &mut packer.faces[street.part as usize];
            pile.push(face, &self.pool);
            let name = tables.city_name[city as usize];
            if name != 0 && zip != 0 {
                let place = u64::from(name) << 24 | u64::from(zip);
                packer.places.count(place);
            }
            if last.double {
                let flags = flags as u8 | EXTRA;
                for &half in &tables.halves[run(&tables.parts_at, last.reading)] {
                    if half != 0 {
                        let mut words = words;
                        words[0] = half;
                        pile.push(packed(words, county, suffix, flags, owner), &self.pool);
                    }
                }
            }
        }
    }
}

/// A face of its numbers, as four numbers: no byte is written twice.
#[inline(always)]
fn packed(words: [u32; 8], county: u16, suffix: u8, flags: u8, owner: u32) -> [u64; 4] {
    let [surname, given, middle, unit, street, house, zip, city] = words.map(u64::from);
    [
        surname | given << 24 | middle << 48,
        middle >> 16 | unit << 8 | street << 32 | house << 56,
        house >> 8 | zip << 16 | city << 40,
        u64::from(county)
            | u64::from(suffix) << 16
            | u64::from(flags) << 24
            | u64::from(owner) << 32,
    ]
    .map(u64::to_le)
}

/// The bytes of a face, from its four numbers.
fn bytes(face: [u64; 4]) -> Face {
    let mut bytes = [0; 32];
    for (eight, number) in bytes.chunks_exact_mut(8).zip(face) {
        eight.copy_from_slice(&number.to_ne_bytes());
    }
    bytes
}

/// The four numbers of a face, from its bytes.
fn numbers(face: &Face) -> [u64; 4] {
    let eight = |nth: usize| face[8 * nth..8 * nth + 8].try_into().expect("eight bytes");
    [0, 1, 2, 3].map(|nth| u64::from_ne_bytes(eight(nth)))
}
