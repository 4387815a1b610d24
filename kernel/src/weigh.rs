//! Weighing: what a pattern of agreement says, in hundredths of a bit.
//!
//! All the law and all the evidence come in as tables; nothing of either stands here.

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::PyDict;

use crate::door::{Array, Named};

const NAMES: usize = 17;
const HOMES: usize = 12;
/// Edges of the rarity classes: voters of one name to expect by chance, in hundredths.
const EDGES: [u128; 5] = [1, 5, 20, 100, 500];
/// No pattern speaks louder, or lower, than so many hundredths of a bit.
const LEAST: i32 = -3_000;
const MOST: i32 = 2_000;
/// The odds in the table are multiples of this part of one.
const ONE: f64 = (1u64 << 40) as f64;

/// A model's evidence, and which levels satisfy the law.
pub struct Weights {
    pattern: Array<i32>,
    middle: Array<i32>,
    suffix: Array<i32>,
    unit: Array<i32>,
    elsewhere: i32,
    pub margin: i32,
    table: Array<u64>,
    name_satisfied: Array<u8>,
    address_satisfied: Array<u8>,
    address_whole: Array<u8>,
    name_whole: Array<u8>,
}

impl Weights {
    /// Take the tables and check their sizes.
    pub fn new(weights: &Bound<'_, PyDict>) -> PyResult<Self> {
        let of = Named::new("weights", weights);
        let found = Weights {
            pattern: of.of("pattern", NAMES * HOMES * (EDGES.len() + 1))?,
            middle: of.of("middle", 4)?,
            suffix: of.of("suffix", 5)?,
            unit: of.of("unit", 3)?,
            elsewhere: of.number("elsewhere")?,
            margin: of.number("margin")?,
            table: of.of("table", (MOST - LEAST + 1) as usize)?,
            name_satisfied: of.of("name_satisfied", NAMES)?,
            address_satisfied: of.of("address_satisfied", HOMES)?,
            address_whole: of.of("address_whole", HOMES)?,
            name_whole: of.of("name_whole", NAMES)?,
        };
        let tables = [&found.pattern, &found.middle, &found.suffix, &found.unit];
        let mut bits = tables.iter().flat_map(|table| table.iter());
        let large = |bits: i32| bits.unsigned_abs() > 1_000_000;
        if bits.any(|each| large(*each)) || large(found.elsewhere) || large(found.margin) {
            return Err(PyValueError::new_err("the weights are out of all measure"));
        }
        Ok(found)
    }

    /// Whether a name level satisfies the law.
    pub fn names_voter(&self, level: u8) -> bool {
        self.name_satisfied[usize::from(level)] != 0
    }

    /// Whether an address level satisfies the law.
    pub fn settles(&self, level: u8) -> bool {
        self.address_satisfied[usize::from(level)] != 0
    }

    /// Whether an address level is the very address written.
    pub fn is_whole(&self, level: u8) -> bool {
        self.address_whole[usize::from(level)] != 0
    }

    /// Whether a name level is the very name written.
    pub fn is_very_name(&self, level: u8) -> bool {
        self.name_whole[usize::from(level)] != 0
    }

    /// The bits of a pattern alone, and with all that adds to it.
    pub fn bits(&self, pattern: (u8, u8, u8), extras: (u8, u8, u8), near: bool) -> (i32, i32) {
        let (name, home, rarity) = pattern;
        let row = usize::from(name) * HOMES + usize::from(home);
        let bits = self.pattern[row * (EDGES.len() + 1) + usize::from(rarity)];
        let (middle, suffix, unit) = extras;
        let more = self.middle[usize::from(middle)]
            + self.suffix[usize::from(suffix)]
            + self.unit[usize::from(unit)];
        let away = if near { 0 } else { self.elsewhere };
        (bits, (bits + more + away).clamp(LEAST, MOST))
    }

    /// The odds behind some bits, in parts of 2^40.
    pub fn odds(&self, bits: i32) -> u64 {
        self.table[(bits - LEAST) as usize]
    }
}

/// Odds added up, as a number.
pub fn total(odds: u128) -> f64 {
    odds as f64 / ONE
}

/// How common a name is, in classes.
pub struct Rarity {
    /// Hundredths of a voter to expect, by the square of the roll's voters.
    edges: [u128; EDGES.len()],
}

impl Rarity {
    /// Reckon for a roll of so many voters.
    pub fn new(voters: u32) -> Self {
        let square = u128::from(voters) * u128::from(voters);
        Rarity {
            edges: EDGES.map(|edge| edge * square),
        }
    }

    /// The class of the number of a name's bearers to expect by chance among `size`
    /// voters, from the bearers of its two words in the whole roll.
    #[inline]
    pub fn class(&self, last: u32, first: u32, size: u32) -> u8 {
        let both = u64::from(last) * u64::from(first);
        let expected = u128::from(both) * u128::from(u64::from(size) * 100);
        let above = self.edges.iter().filter(|edge| expected > **edge);
        above.count() as u8
    }
}
