//! Packing: the codes of voters' texts made faces, some voters at a time.
//!
//! It does what `plebiscite.match.index.faces` does in numpy, to the bit, reading each
//! voter once.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

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
    plain: Vec<u8>,
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

fn pack(codes: &[u32], row: u32, county: u16, moved: &[u32], tables: &Tables) -> Packed {
    let voters = codes.len() / COLUMNS;
    let mut out = Packed {
        plain: Vec::with_capacity(voters * size_of::<Face>()),
        halves: Vec::new(),
        surnames: vec![0; tables.form.len()],
        given: vec![0; tables.forename.len()],
        places: HashMap::default(),
    };
    let mut moved = &moved[moved.partition_point(|each| *each < row)..];
    for nth in 0..voters {
        let code = |column: usize| codes[column * voters + nth] as usize;
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
        ] = std::array::from_fn(code);
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
        out.plain.extend_from_slice(&face);
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
    out
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

/// Return the faces of some voters, and of their halves of surnames, and counts of names
/// and places, as a dictionary of bytes.
#[pyfunction]
#[pyo3(signature = (codes, row, county, moved, tables))]
pub fn pack_voters<'py>(
    py: Python<'py>,
    codes: &Bound<'py, PyAny>,
    row: u32,
    county: u16,
    moved: &Bound<'py, PyAny>,
    tables: &Bound<'py, PyDict>,
) -> PyResult<Bound<'py, PyDict>> {
    let codes = array::<u32>(codes, "codes")?;
    let moved = array::<u32>(moved, "moved")?;
    let tables = Tables::new(tables)?;
    let made = py.detach(|| guarded(|| pack(&codes, row, county, &moved, &tables)))?;
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
    into.set_item("plain", PyBytes::new(py, &made.plain))?;
    into.set_item("halves", PyBytes::new(py, &made.halves))?;
    into.set_item("surnames", PyBytes::new(py, &flat(&made.surnames)))?;
    into.set_item("given", PyBytes::new(py, &flat(&made.given)))?;
    into.set_item("places", PyBytes::new(py, &places))?;
    Ok(into)
}
