//! How many voters live in which city and ZIP code, counted as they come.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// Places counted near at hand.
const NEAR: usize = 1 << 10;

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

/// How many voters live where: city word and ZIP word in one number.
pub struct Places {
    every: HashMap<u64, u64, BuildHasherDefault<Spread>>,
    /// Those met of late, not yet among the others.
    near: Vec<(u64, u64)>,
}

impl Places {
    pub fn new() -> Self {
        Places {
            every: HashMap::default(),
            near: vec![(0, 0); NEAR],
        }
    }

    #[inline]
    pub fn count(&mut self, place: u64) {
        let spread = place.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 54;
        let near = &mut self.near[spread as usize];
        if near.0 != place {
            *self.every.entry(near.0).or_default() += near.1;
            *near = (place, 0);
        }
        near.1 += 1;
    }

    pub fn all(&mut self) -> impl Iterator<Item = (u64, u64)> {
        for (place, voters) in self.near.iter_mut() {
            *self.every.entry(*place).or_default() += std::mem::take(voters);
        }
        let lived = |(place, voters): (&u64, &u64)| (*place, *voters);
        self.every
            .iter()
            .map(lived)
            .filter(|(_, voters)| *voters > 0)
    }
}
