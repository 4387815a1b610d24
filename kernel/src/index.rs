//! The index of a roll: arrays on disk, looked at where they are mapped.

use std::ops::Range;

use pyo3::prelude::*;
use pyo3::types::PyDict;

use crate::door::{Array, Named, array};
use crate::face::{Face, city, house, is_extra, owner, street, zip};
use crate::namesakes::Bearers;
use crate::postings::{Postings, hash};
use crate::soon::soon;

/// A run of entries that heads point into, as a range of them.
#[inline]
pub fn run(heads: &[u32], at: u32) -> Range<usize> {
    heads[at as usize] as usize..heads[at as usize + 1] as usize
}

/// Words and the words they are near to, found by a shared key.
pub struct Near {
    pub keys: Array<u64>,
    pub words: Array<u32>,
}

/// Former names and addresses, by face.
pub struct Former {
    pub face: Array<u32>,
    pub surname: Array<u32>,
    pub street: Array<u32>,
    pub house: Array<u32>,
    pub zip: Array<u32>,
    pub city: Array<u32>,
}

/// Everything probing and comparing reads of a roll.
pub struct Index {
    pub voters: u32,
    pub words: u32,
    /// Whether the roll records suffixes at all.
    pub suffixes: bool,
    /// Voters by county.
    pub county_sizes: Array<u32>,
    blob: Array<u8>,
    word_at: Array<u32>,
    pub bears_last: Array<u32>,
    pub bears_first: Array<u32>,
    pub surname_form: Array<u32>,
    surname_parts_at: Array<u32>,
    surname_parts: Array<u32>,
    pub given_first: Array<u32>,
    pub given_forename: Array<u32>,
    pub street_core: Array<u32>,
    pub street_kind: Array<u32>,
    pub street_direction: Array<u32>,
    pub city_name: Array<u32>,
    pub city_initials: Array<u32>,
    pub faces: Array<Face>,
    pub street_at: Array<u32>,
    pub place_zip: Array<u32>,
    pub place_at: Array<u32>,
    pub door: Postings,
    pub number: Postings,
    pub name_at: Array<u32>,
    pub pair_first: Array<u32>,
    pub pair_at: Array<u32>,
    pub named: Bearers,
    pub near_surname: Near,
    pub near_street: Near,
    city_zip_at: Array<u32>,
    city_zip: Array<u32>,
    pub former: Former,
    ids: Array<u8>,
    stride: usize,
    nick_from: Array<u32>,
    nick_to: Array<u32>,
}

impl Index {
    /// Take the arrays and check that their lengths fit.
    pub fn new(arrays: &Bound<'_, PyDict>, meta: &Bound<'_, PyDict>) -> PyResult<Self> {
        let (of, about) = (Named::new("index", arrays), Named::new("meta", meta));
        let (voters, words) = (about.number::<u32>("voters")?, about.number("words")?);
        let (w, n) = (words as usize, voters as usize);
        let stride: usize = about.number("stride")?;
        let faces = of.of::<Face>("faces", about.number("faces")?)?;
        let f = faces.len();
        let blob = of.any::<u8>("words")?;
        let surname_form = of.any::<u32>("surname_form")?;
        let surname_parts = of.any::<u32>("surname_parts")?;
        let given_first = of.any::<u32>("given_first")?;
        let street_core = of.any::<u32>("street_core")?;
        let city_name = of.any::<u32>("city_name")?;
        let place_zip = of.any::<u32>("place_zip")?;
        let named = of.any::<u32>("named")?;
        let pair_first = of.any::<u32>("pair_first")?;
        let city_zip = of.any::<u32>("city_zip")?;
        let near = |keys: &str, words: &str| -> PyResult<Near> {
            let keys = of.any::<u64>(keys)?;
            let words = of.of(words, keys.len())?;
            Ok(Near { keys, words })
        };
        let face = of.any::<u32>("former_face")?;
        let records = face.len();
        let nick_from = of.any::<u32>("nick_from")?;
        Ok(Index {
            voters,
            words,
            suffixes: about.number("suffixes")?,
            county_sizes: array(&meta_item(meta, "county_sizes")?, "county_sizes")?,
            word_at: of.heads("word_at", w, blob.len())?,
            blob,
            bears_last: of.of("bears_last", w)?,
            bears_first: of.of("bears_first", w)?,
            surname_parts_at: of.heads(
                "surname_parts_at",
                surname_form.len(),
                surname_parts.len(),
            )?,
            surname_form,
            surname_parts,
            given_forename: of.of("given_forename", given_first.len())?,
            given_first,
            street_kind: of.of("street_kind", street_core.len())?,
            street_direction: of.of("street_direction", street_core.len())?,
            street_core,
            city_initials: of.of("city_initials", city_name.len())?,
            city_name,
            faces,
            street_at: of.heads("street_at", w, place_zip.len())?,
            place_at: of.heads("place_at", place_zip.len(), f)?,
            place_zip,
            door: Postings::new(&of, "door", f)?,
            number: Postings::new(&of, "number", f)?,
            name_at: of.heads("name_at", w, pair_first.len())?,
            pair_at: of.heads("pair_at", pair_first.len(), named.len())?,
            pair_first,
            named: Bearers {
                marks: of.of("named_county", named.len())?,
                faces: named,
            },
            near_surname: near("near_surname_key", "near_surname_word")?,
            near_street: near("near_street_key", "near_street_word")?,
            city_zip_at: of.heads("city_zip_at", w, city_zip.len())?,
            city_zip,
            former: Former {
                surname: of.of("former_surname", records)?,
                street: of.of("former_street", records)?,
                house: of.of("former_house", records)?,
                zip: of.of("former_zip", records)?,
                city: of.of("former_city", records)?,
                face,
            },
            ids: of.of("ids", n * stride)?,
            stride,
            nick_to: of.of("nick_to", nick_from.len())?,
            nick_from,
        })
    }

    /// The text of a word of the roll.
    #[inline]
    pub fn text(&self, word: u32) -> &[u8] {
        &self.blob[run(&self.word_at, word)]
    }

    /// The surname readings with this form: readings are in the order of their forms.
    pub fn readings(&self, form: u32) -> Range<u32> {
        let start = self.surname_form.partition_point(|each| *each < form);
        let forms = self.surname_form[start..].iter();
        let count = forms.take_while(|each| **each == form).count();
        start as u32..(start + count) as u32
    }

    /// The parts of a surname reading.
    #[inline]
    pub fn parts(&self, surname: u32) -> &[u32] {
        &self.surname_parts[run(&self.surname_parts_at, surname)]
    }

    /// Ask the memory for where a surname's pairs begin.
    pub fn expect_surname(&self, form: u32) {
        soon(&self.name_at, form as usize);
    }

    /// Ask the memory for the first names that go with a surname, as a search reads them.
    pub fn expect_first_names(&self, form: u32) {
        if form < self.words {
            let pairs = run(&self.name_at, form);
            for eighth in 0..8 {
                soon(&self.pair_first, pairs.start + pairs.len() * eighth / 8);
            }
        }
    }

    /// Ask the memory for what a surname reading stands for.
    #[inline]
    pub fn expect_reading(&self, surname: u32) {
        soon(&self.surname_form, surname as usize);
        soon(&self.surname_parts_at, surname as usize);
    }

    /// Ask the memory for the parts of a surname reading.
    #[inline]
    pub fn expect_parts(&self, surname: u32) {
        let start = self.surname_parts_at[surname as usize];
        soon(&self.surname_parts, start as usize);
    }

    /// Ask the memory for where a street's places begin.
    pub fn expect_street(&self, core: u32) {
        soon(&self.street_at, core as usize);
    }

    /// A voter's id, by row of the roll.
    pub fn id(&self, row: u32) -> &[u8] {
        let start = row as usize * self.stride;
        &self.ids[start..start + self.stride]
    }

    /// Ask the memory for a voter's id.
    #[inline]
    pub fn expect_id(&self, row: u32) {
        soon(&self.ids, row as usize * self.stride);
    }

    /// The forms of a name.
    #[inline]
    pub fn nicknames(&self, from: u32) -> &[u32] {
        let start = self.nick_from.partition_point(|each| *each < from);
        let same = self.nick_from[start..].iter().take_while(|e| **e == from);
        &self.nick_to[start..start + same.count()]
    }

    /// The names that have other forms, in order, each as often as it has one.
    pub fn named_otherwise(&self) -> impl Iterator<Item = u32> {
        self.nick_from.iter().copied()
    }

    /// Whether the roll has a street of this name.
    pub fn has_places(&self, core: u32) -> bool {
        core < self.words && !run(&self.street_at, core).is_empty()
    }

    /// Whether a voter of the roll bears this surname (and a first name).
    pub fn has_surname(&self, form: u32) -> bool {
        form < self.words && !run(&self.name_at, form).is_empty()
    }

    /// The faces of a street in a ZIP code.
    pub fn place(&self, core: u32, zip: u32) -> Range<usize> {
        if core >= self.words {
            return 0..0;
        }
        let places = run(&self.street_at, core);
        match self.place_zip[places.clone()].binary_search(&zip) {
            Ok(at) => run(&self.place_at, (places.start + at) as u32),
            Err(_) => 0..0,
        }
    }

    /// The faces of one house, within a place.
    pub fn house_in(&self, place: &Range<usize>, number: u32) -> Range<usize> {
        let faces = &self.faces[place.clone()];
        let start = faces.partition_point(|face| house(face) < number);
        let count = faces[start..].partition_point(|face| house(face) == number);
        place.start + start..place.start + start + count
    }

    /// The ZIP codes of a city, most voters first.
    pub fn zips_of(&self, city: u32) -> &[u32] {
        &self.city_zip[run(&self.city_zip_at, city)]
    }

    /// The run of `named` of a surname and a first name.
    pub fn names(&self, form: u32, forename: u32) -> Range<usize> {
        let pairs = run(&self.name_at, form);
        match self.pair_first[pairs.clone()].binary_search(&forename) {
            Ok(at) => run(&self.pair_at, (pairs.start + at) as u32),
            Err(_) => 0..0,
        }
    }

    /// Faces at a house of a street, wherever it is, in the order of the posting.
    pub fn doors(&self, core: u32, number: u32) -> impl Iterator<Item = u32> {
        self.door.hits(hash(core, number)).filter(move |at| {
            let face = &self.faces[*at as usize];
            house(face) == number && self.street_core[street(face) as usize] == core
        })
    }

    /// Faces with a house number in a ZIP code, in the order of the posting.
    pub fn numbers(&self, zip_code: u32, number: u32) -> impl Iterator<Item = u32> {
        self.number.hits(hash(zip_code, number)).filter(move |at| {
            let face = &self.faces[*at as usize];
            house(face) == number && zip(face) == zip_code
        })
    }

    /// The city name of a face.
    pub fn city_of(&self, face: &Face) -> u32 {
        self.city_name[city(face) as usize]
    }

    /// The plain face of the voter that a face belongs to.
    #[inline]
    pub fn plain(&self, at: u32) -> u32 {
        let face = &self.faces[at as usize];
        if is_extra(face) { owner(face) } else { at }
    }
}

fn meta_item<'py>(meta: &Bound<'py, PyDict>, name: &str) -> PyResult<Bound<'py, PyAny>> {
    meta.get_item(name)?
        .ok_or_else(|| pyo3::exceptions::PyKeyError::new_err(format!("the meta has no {name}")))
}
