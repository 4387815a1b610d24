//! Packing: the codes of voters' texts made faces, some voters at a time.
//!
//! It does what `plebiscite.match.index.faces` does in numpy, to the bit, reading each
//! voter once.

use std::collections::HashMap;
use std::fs::{File, OpenOptions};
use std::hash::{BuildHasherDefault, Hasher};
use std::io::{Result, Seek, SeekFrom, Write};

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyDict};

use crate::blocks::guarded;
use crate::door::{Array, Named, array};
use crate::face::{EXTRA, FORMER, Face};
use crate::index::run;

macro_rules! tables {
    ($($name:ident as $key:literal)*) => {
        /// What the texts of a roll mean, by their code; and the halves of surnames.
        struct Tables {
            $($name: Array<u32>,)*
        }

        impl Tables {
            fn new(tables: &Bound<'_, PyDict>) -> PyResult<Self> {
                let of = Named::new("vocabulary", tables);
                Ok(Tables { $($name: of.any::<u32>($key)?,)* })
            }
        }
    };
}

tables! {
    surname as "last reading"
    given as "first reading"
    rest as "first rest"
    middle as "middle word"
    unit as "unit word"
    street_unit as "street unit"
    street as "street reading"
    house as "house word"
    street_house as "street house"
    zip as "zip word"
    city as "city reading"
    suffix as "suffix suffix"
    last_suffix as "last suffix"
    first_suffix as "first suffix"
    city_name as "city_name"
    form as "surname_form"
    forename as "given_forename"
    parts_at as "surname_parts_at"
    halves as "halves"
}

/// The columns of codes, in their order, then the flags.
const COLUMNS: usize = 10;
/// Faces written together.
const BLOCK: usize = 1 << 12;

/// Codes of as many bytes as they need.
enum Column {
    One(Array<u8>),
    Two(Array<u16>),
    Four(Array<u32>),
}

impl Column {
    fn new(column: &Bound<'_, PyAny>) -> PyResult<Self> {
        if let Ok(codes) = array(column, "codes") {
            return Ok(Column::One(codes));
        }
        if let Ok(codes) = array(column, "codes") {
            return Ok(Column::Two(codes));
        }
        array(column, "codes").map(Column::Four)
    }

    fn len(&self) -> usize {
        match self {
            Column::One(codes) => codes.len(),
            Column::Two(codes) => codes.len(),
            Column::Four(codes) => codes.len(),
        }
    }

    #[inline]
    fn at(&self, nth: usize) -> usize {
        match self {
            Column::One(codes) => codes[nth] as usize,
            Column::Two(codes) => codes[nth] as usize,
            Column::Four(codes) => codes[nth] as usize,
        }
    }
}

/// City and ZIP code, already spread over the bits.
#[derive(Default)]
struct Spread(u64);

impl Hasher for Spread {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, _: &[u8]) {
        unreachable!("a place is one number");
    }

    fn write_u64(&mut self, place: u64) {
        self.0 = crate::postings::hash(place as u32, (place >> 32) as u32);
    }
}

/// What becomes of a batch of voters.
struct Packed {
    /// A face for each half of each double surname.
    halves: Vec<u8>,
    /// Voters by surname reading, and by given name's.
    surnames: Vec<u32>,
    given: Vec<u32>,
    /// City word and ZIP word in one number, and how many voters live there.
    places: HashMap<u64, u64, BuildHasherDefault<Spread>>,
}

/// The first of some words that is written.
fn either(one: u32, other: u32) -> u32 {
    if one != 0 { one } else { other }
}

/// Pack voters; their faces go into a file, from where it stands.
fn pack(
    codes: &[Column; COLUMNS],
    row: u32,
    county: u16,
    moved: &[u32],
    tables: &Tables,
    file: &mut File,
) -> Result<Packed> {
    let mut block = Vec::with_capacity(BLOCK * size_of::<Face>());
    let mut out = Packed {
        halves: Vec::new(),
        surnames: vec![0; tables.form.len()],
        given: vec![0; tables.forename.len()],
        places: HashMap::default(),
    };
    let mut moved = &moved[moved.partition_point(|each| *each < row)..];
    for nth in 0..codes[0].len() {
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
        let owner = row + nth as u32;
        let mut flags = flags as u8;
        if moved.first() == Some(&owner) {
            flags |= FORMER;
            moved = &moved[1..];
        }
        let (surname, given) = (tables.surname[last], tables.given[first]);
        let (city, zip) = (tables.city[city], tables.zip[zip]);
        let suffix = either(tables.suffix[suffix], tables.last_suffix[last]);
        let suffix = either(suffix, tables.first_suffix[first]);
        let words = [
            surname,
            given,
            either(tables.rest[first], tables.middle[middle]),
            either(tables.unit[unit], tables.street_unit[street]),
            tables.street[street],
            either(tables.house[house], tables.street_house[street]),
            zip,
            city,
        ];
        let mut face = packed(words, county, suffix as u8, flags, owner);
        block.extend_from_slice(&face);
        if block.len() == BLOCK * size_of::<Face>() {
            file.write_all(&block)?;
            block.clear();
        }
        out.surnames[surname as usize] += 1;
        out.given[given as usize] += 1;
        let name = tables.city_name[city as usize];
        if name != 0 && zip != 0 {
            *out.places
                .entry(u64::from(name) << 24 | u64::from(zip))
                .or_default() += 1;
        }
        let parts = run(&tables.parts_at, surname);
        if parts.len() > 1 {
            face[27] = flags & !FORMER | EXTRA;
            for &half in tables.halves[parts].iter().filter(|half| **half != 0) {
                face[..3].copy_from_slice(&half.to_le_bytes()[..3]);
                out.halves.extend_from_slice(&face);
            }
        }
    }
    file.write_all(&block)?;
    Ok(out)
}

/// A face of its numbers; each is written over the empty fourth byte of the one before.
fn packed(words: [u32; 8], county: u16, suffix: u8, flags: u8, owner: u32) -> Face {
    let mut face = [0; 32];
    for (nth, word) in words.iter().enumerate() {
        face[nth * 3..nth * 3 + 4].copy_from_slice(&word.to_le_bytes());
    }
    face[24..26].copy_from_slice(&county.to_le_bytes());
    face[26] = suffix;
    face[27] = flags;
    face[28..].copy_from_slice(&owner.to_le_bytes());
    face
}

/// Write the faces of some voters into a file, each at the place of its row; return the
/// faces of their halves of surnames, and counts of names and places, as a dictionary of
/// bytes.
#[pyfunction]
#[pyo3(signature = (codes, row, county, moved, tables, path))]
pub fn pack_voters<'py>(
    py: Python<'py>,
    codes: Vec<Bound<'py, PyAny>>,
    row: u32,
    county: u16,
    moved: &Bound<'py, PyAny>,
    tables: &Bound<'py, PyDict>,
    path: &str,
) -> PyResult<Bound<'py, PyDict>> {
    let codes: Vec<Column> = codes.iter().map(Column::new).collect::<PyResult<_>>()?;
    let voters = codes.first().map_or(0, Column::len);
    let codes: [Column; COLUMNS] = match codes.try_into() {
        Ok(codes) => codes,
        Err(_) => return Err(PyValueError::new_err("a column of codes is missing")),
    };
    if codes.iter().any(|column| column.len() != voters) {
        return Err(PyValueError::new_err("columns of codes differ in length"));
    }
    let moved = array::<u32>(moved, "moved")?;
    let tables = Tables::new(tables)?;
    let made = py.detach(|| {
        guarded(|| {
            let mut file = OpenOptions::new().write(true).open(path)?;
            file.seek(SeekFrom::Start(u64::from(row) * size_of::<Face>() as u64))?;
            pack(&codes, row, county, &moved, &tables, &mut file)
        })
    })??;
    let mut places: Vec<(u64, u64)> = made.places.into_iter().collect();
    places.sort_unstable();
    let flat = |numbers: &[u32]| -> Vec<u8> {
        numbers.iter().flat_map(|each| each.to_le_bytes()).collect()
    };
    let place = |(key, voters): &(u64, u64)| [key >> 24, key & 0xFF_FFFF, *voters];
    let places: Vec<u8> = places
        .iter()
        .flat_map(place)
        .flat_map(u64::to_le_bytes)
        .collect();
    let into = PyDict::new(py);
    into.set_item("halves", PyBytes::new(py, &made.halves))?;
    into.set_item("surnames", PyBytes::new(py, &flat(&made.surnames)))?;
    into.set_item("given", PyBytes::new(py, &flat(&made.given)))?;
    into.set_item("places", PyBytes::new(py, &places))?;
    Ok(into)
}
