//! How well the words of a query fit faces.
//!
//! Hardly a word that stands in a face is one of the query's, and words are numbers: so
//! a small table tells of most of them that no word of the query fits them. Only the
//! others are held to the words, one by one.

use std::cell::Cell;

use crate::face::{self, Face};
use crate::index::Index;
use crate::query::{
    CITY, COUNTY, FIRST, HOUSE, LAST, MIDDLE, MOST_WORDS, STREET, WHOLE, Word, ZIP,
};

/// Points by word, four bits a word; no word earns more than seven.
type Earned = u64;
const NONE: Earned = 0;
const _: () = assert!(4 * MOST_WORDS <= Earned::BITS as usize && WHOLE < 8);

/// Words of the roll that share an entry of the table: two to the power of it.
const SHARE: u32 = 7;

/// The greater points of each word.
#[inline(always)]
fn more(one: Earned, other: Earned) -> Earned {
    const TOP: Earned = 0x8888_8888_8888_8888;
    // A word's top bit is free, and stays where the first earns no less.
    let no_less = ((one | TOP) - other) & TOP;
    let first = (no_less >> 3) * 15;
    one & first | other & !first
}

/// The points of all words together.
#[inline(always)]
fn sum(earned: Earned) -> u8 {
    const EVERY_OTHER: Earned = 0x0F0F_0F0F_0F0F_0F0F;
    // Two words a byte: a product adds all bytes up in its top.
    let two = (earned & EVERY_OTHER) + (earned >> 4 & EVERY_OTHER);
    (two.wrapping_mul(0x0101_0101_0101_0101) >> 56) as u8
}

/// Put the points of all words side by side.
#[inline(always)]
fn by_word(words: &[Word<'_>], points: impl Fn(&Word<'_>) -> u8) -> Earned {
    let mut together = NONE;
    for (at, word) in words.iter().enumerate() {
        together |= Earned::from(points(word)) << (4 * at);
    }
    together
}

/// What words of the roll that were met lately earned in a field: the same few stand in
/// face after face.
struct Lately([Cell<(u64, Earned)>; LATELY]);
const LATELY: usize = 256;

impl Lately {
    /// Of no field and no word.
    const NOTHING: u64 = u64::MAX;

    fn new() -> Self {
        Lately([const { Cell::new((Lately::NOTHING, NONE)) }; LATELY])
    }

    /// What a word earns in a field: as known, or else as `reckoned`.
    #[inline(always)]
    fn earned(&self, field: usize, said: u32, reckoned: impl FnOnce() -> Earned) -> Earned {
        let key = (field as u64) << 32 | u64::from(said);
        let at = (said as usize).wrapping_add(field << 4) % LATELY;
        let (known, earned) = self.0[at].get();
        if known == key {
            return earned;
        }
        let earned = reckoned();
        self.0[at].set((key, earned));
        earned
    }
}

/// The words of a query, and what is known of them beforehand.
pub struct Fits<'a> {
    index: &'a Index,
    words: &'a [Word<'a>],
    /// Whether the beginning of a word counts.
    begun: bool,
    figures: bool,
    /// Of so many words of the roll together, whether any may be one of the query's.
    may: Vec<bool>,
    counties: Vec<Earned>,
    lately: Lately,
}

impl<'a> Fits<'a> {
    pub fn new(index: &'a Index, words: &'a [Word<'a>], begun: bool) -> Self {
        let mut may = vec![false; (index.words >> SHARE) as usize + 1];
        for met in words.iter().flat_map(|word| word.meets(begun)) {
            let (first, last) = (met.start >> SHARE, (met.end - 1) >> SHARE);
            may[first as usize..=last as usize].fill(true);
        }
        let of_county = |county| by_word(words, |word| word.earns_of_county(county, begun));
        Fits {
            index,
            words,
            begun,
            figures: words.iter().any(|word| word.figures),
            may,
            counties: (0..index.county_sizes.len()).map(of_county).collect(),
            lately: Lately::new(),
        }
    }

    /// What the words earn from words that stand in fields of one sort, by the first.
    #[inline(always)]
    fn earned<const N: usize>(&self, field: usize, said: [u32; N]) -> Earned {
        let mut earned = NONE;
        for said in said {
            if self.may[(said >> SHARE) as usize] {
                let held = || self.held(field, said);
                earned = more(earned, self.lately.earned(field, said, held));
            }
        }
        earned
    }

    /// What the words earn from one that may be one of theirs.
    #[inline(never)]
    fn held(&self, field: usize, said: u32) -> Earned {
        by_word(self.words, |word| word.earns(field, said, self.begun))
    }

    /// All points of a face; none if neither a name nor a door fits.
    #[inline]
    pub fn points(&self, face: &Face) -> Option<u8> {
        let index = self.index;
        let surname = surname_fields(index, face::surname(face));
        let given = given_fields(index, face::given(face));
        let street = street_fields(index, face::street(face));
        let name = more(
            self.earned(LAST.start, surname),
            self.earned(FIRST.start, given),
        );
        let street = self.earned(STREET.start, street);
        let (mut house, mut zip) = (NONE, NONE);
        if self.figures {
            house = self.earned(HOUSE, [face::house(face)]);
            zip = self.earned(ZIP, [face::zip(face)]);
        }
        if name == NONE && (house == NONE || street == NONE) {
            return None;
        }
        let middle = self.earned(MIDDLE, [face::middle(face)]);
        let city = self.earned(CITY.start, city_fields(index, face::city(face)));
        let county = self.counties.get(usize::from(face::county(face)));
        let all = more(
            more(name, middle),
            more(more(house, street), more(city, zip)),
        );
        Some(sum(more(all, *county.unwrap_or(&NONE))))
    }

    /// Of each word, the field that earns most, the first of them, and its points.
    pub fn why(&self, face: &Face) -> Vec<(u8, u8)> {
        let index = self.index;
        let said: Vec<u32> = [
            &surname_fields(index, face::surname(face))[..],
            &given_fields(index, face::given(face)),
            &[face::middle(face), face::house(face)],
            &street_fields(index, face::street(face)),
            &city_fields(index, face::city(face)),
            &[face::zip(face)],
        ]
        .concat();
        let county = usize::from(face::county(face));
        let best = |word: &Word<'_>| {
            let of_field = |(field, &said): (usize, &u32)| word.earns(field, said, self.begun);
            let earned = said.iter().enumerate().map(of_field);
            let earned: Vec<u8> = earned
                .chain([word.earns_of_county(county, self.begun)])
                .collect();
            debug_assert_eq!(earned.len(), COUNTY + 1);
            let most = earned.iter().copied().max().unwrap_or(0);
            let at = earned.iter().position(|each| *each == most);
            (at.unwrap_or(0) as u8, most)
        };
        self.words.iter().map(best).collect()
    }
}

fn surname_fields(index: &Index, surname: u32) -> [u32; 3] {
    let form = index.surname_form[surname as usize];
    match index.parts(surname) {
        [one, other, ..] => [form, *one, *other],
        _ => [form, 0, 0],
    }
}

fn given_fields(index: &Index, given: u32) -> [u32; 2] {
    let at = given as usize;
    [index.given_forename[at], index.given_first[at]]
}

fn street_fields(index: &Index, street: u32) -> [u32; 3] {
    let at = street as usize;
    [
        index.street_core[at],
        index.street_kind[at],
        index.street_direction[at],
    ]
}

fn city_fields(index: &Index, city: u32) -> [u32; 2] {
    let at = city as usize;
    [index.city_name[at], index.city_initials[at]]
}

#[cfg(test)]
mod tests {
    use super::{Earned, MOST_WORDS, more, sum};

    fn side_by_side(points: [u8; MOST_WORDS]) -> Earned {
        let upwards = points.iter().rev();
        upwards.fold(0, |all, each| all << 4 | Earned::from(*each))
    }

    #[test]
    fn points_are_compared_and_added_word_by_word() {
        let one = [4, 0, 2, 3, 0, 0, 0, 0, 4, 0, 0, 0, 0, 0, 2, 4];
        let other = [2, 2, 2, 4, 0, 0, 0, 3, 0, 0, 0, 0, 0, 0, 4, 0];
        let greater = [4, 2, 2, 4, 0, 0, 0, 3, 4, 0, 0, 0, 0, 0, 4, 4];
        let (one, other) = (side_by_side(one), side_by_side(other));
        assert_eq!(more(one, other), side_by_side(greater));
        assert_eq!(more(0, other), other);
        assert_eq!(sum(side_by_side(greater)), 27);
        assert_eq!(sum(side_by_side([4; MOST_WORDS])), 64);
    }
}
