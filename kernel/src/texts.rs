//! Texts numbered as they come: a column of a roll becomes codes, batch by batch.

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::PyBytes;

use crate::blocks::guarded;
use crate::lent::{INLINE, Lent, lent, long};
use crate::soon::soon;

/// Texts looked up together, so that the memory is asked for all of them at once.
const TOGETHER: usize = 64;
const NONE: u32 = u32::MAX;
/// A table of up to so many places is near at hand.
const NEAR: usize = 1 << 15;
/// Texts remembered by their views, so that most are not looked for.
const RECENT: usize = 1 << RECENT_BITS;
const RECENT_BITS: u32 = 13;

/// The product of two numbers, folded: each of its bits hangs on all of theirs.
#[inline]
fn mixed(one: u64, other: u64) -> u64 {
    let product =
        u128::from(one ^ 0x9E37_79B9_7F4A_7C15) * u128::from(other ^ 0xC2B2_AE3D_27D4_EB4F);
    (product >> 64) as u64 ^ product as u64
}

/// A text that stands in its view is its own key; a longer one has its length and hash.
#[inline]
fn key_of(view: &[u8; 16], data: &[&[u8]]) -> u128 {
    let number = u128::from_le_bytes(*view);
    let size = number as u32 as usize;
    if size <= INLINE {
        // What stands behind the text is no part of it.
        return number & (u128::MAX >> (8 * (INLINE - size)));
    }
    let text = long(view, data);
    let eight = |part: &[u8]| u64::from_le_bytes(part.try_into().expect("eight bytes"));
    let hash = text
        .chunks_exact(8)
        .fold(0, |hash, part| mixed(hash, eight(part)));
    // The last eight bytes, which may have been mixed in part already.
    let hash = mixed(hash, eight(&text[size - 8..]));
    u128::from(hash) << 64 | number & u128::from(u64::MAX)
}

fn spread(key: u128) -> usize {
    mixed(key as u64, (key >> 64) as u64) as usize
}

/// The distinct texts of some columns, numbered from 0, which is the empty text.
#[pyclass]
pub struct Texts {
    /// A power of two of places, at most half of them taken: the code of a text.
    places: Vec<u32>,
    /// By code: see `key_of`.
    keys: Vec<u128>,
    /// The longer texts, and by code where each begins.
    blob: Vec<u8>,
    at: Vec<u32>,
}

impl Texts {
    fn empty() -> Self {
        let mut texts = Texts {
            places: vec![NONE; 1 << 10],
            keys: Vec::new(),
            blob: Vec::new(),
            at: Vec::new(),
        };
        texts.code(0, b"");
        texts
    }

    /// Whether a code is that of a text; `text` is asked for longer ones.
    #[inline]
    fn is(&self, code: u32, key: u128, text: &[u8]) -> bool {
        let code = code as usize;
        self.keys[code] == key
            && (text.is_empty() || self.blob[self.at[code] as usize..].starts_with(text))
    }

    /// The code of a text, which is given one where it has none.
    #[inline]
    fn code(&mut self, key: u128, text: &[u8]) -> u32 {
        let last = self.places.len() - 1;
        let mut place = spread(key) & last;
        while self.places[place] != NONE {
            if self.is(self.places[place], key, text) {
                return self.places[place];
            }
            place = (place + 1) & last;
        }
        let code = self.keys.len() as u32;
        self.places[place] = code;
        self.keys.push(key);
        self.at
            .push(u32::try_from(self.blob.len()).expect("less than 4 GB of texts"));
        self.blob.extend_from_slice(text);
        if self.keys.len() * 2 > self.places.len() {
            self.grow();
        }
        code
    }

    fn grow(&mut self) {
        let last = self.places.len() * 2 - 1;
        self.places.clear();
        self.places.resize(last + 1, NONE);
        for (code, &key) in self.keys.iter().enumerate() {
            let mut place = spread(key) & last;
            while self.places[place] != NONE {
                place = (place + 1) & last;
            }
            self.places[place] = code as u32;
        }
    }

    /// Code the texts of a chunk; one that is not written is as good as an empty one.
    fn add(&mut self, chunk: &Lent, codes: &mut Vec<u32>, new: &mut Vec<u32>) {
        let (data, written) = (chunk.data(), chunk.written());
        // The same view in one chunk is the same text. The first is the empty one.
        let mut recent = vec![(0, 0); RECENT];
        let mut keys = [0; TOGETHER];
        let mut found = [NONE; TOGETHER];
        for (nth, views) in chunk.views().chunks(TOGETHER).enumerate() {
            let (row, first) = (nth * TOGETHER, codes.len());
            let missing = |at: usize| written.as_ref().is_some_and(|is| !is(row + at));
            for (at, (view, code)) in views.iter().zip(&mut found).enumerate() {
                let view = u128::from_le_bytes(*view);
                let (there, known) = recent[recent_of(view)];
                *code = match there == view {
                    _ if missing(at) => 0,
                    true => known,
                    false => NONE,
                };
            }
            let last = self.places.len() - 1;
            let unknown = |code: &u32| *code == NONE;
            for ((view, key), _) in views
                .iter()
                .zip(&mut keys)
                .zip(&found)
                .filter(|(_, code)| unknown(code))
            {
                *key = key_of(view, &data);
                if last > NEAR {
                    soon(&self.places, spread(*key) & last);
                }
            }
            if last > NEAR {
                for (key, _) in keys.iter().zip(&found).filter(|(_, code)| unknown(code)) {
                    soon(&self.keys, self.places[spread(*key) & last] as usize);
                }
            }
            for (at, (view, code)) in views.iter().zip(&mut found).enumerate() {
                if !unknown(code) {
                    continue;
                }
                let text = match keys[at] as u32 as usize > INLINE {
                    true => long(view, &data),
                    false => &[],
                };
                let known = self.keys.len();
                *code = self.code(keys[at], text);
                if self.keys.len() > known {
                    new.push((first + at) as u32);
                }
                let view = u128::from_le_bytes(*view);
                recent[recent_of(view)] = (view, *code);
            }
            codes.extend_from_slice(&found[..views.len()]);
        }
    }
}

/// Where a text that came already is remembered, by its view.
#[inline]
fn recent_of(view: u128) -> usize {
    let both = view as u64 ^ ((view >> 64) as u64).rotate_left(29);
    (both.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> (64 - RECENT_BITS)) as usize
}

#[pymethods]
impl Texts {
    #[new]
    fn new() -> Self {
        Texts::empty()
    }

    /// Return how many texts there are.
    fn __len__(&self) -> usize {
        self.keys.len()
    }

    /// Return the codes of a column, in numbers of as few bytes as hold all codes so far
    /// (1, 2 or 4), and the rows of texts never seen before, in their order (4 bytes).
    fn codes<'py>(
        &mut self,
        py: Python<'py>,
        column: &Bound<'py, PyAny>,
    ) -> PyResult<(Bound<'py, PyBytes>, Bound<'py, PyBytes>)> {
        let column = lent(column)?;
        let made = || {
            let mut codes = Vec::with_capacity(column.iter().map(Lent::len).sum());
            let mut new = Vec::new();
            for chunk in &column {
                self.add(chunk, &mut codes, &mut new);
            }
            let new: Vec<u8> = new.into_iter().flat_map(u32::to_le_bytes).collect();
            (codes, new, self.keys.len())
        };
        let (codes, new, texts) = py.detach(|| guarded(made))?;
        let width = match texts {
            0..=0x100 => 1,
            0x101..=0x1_0000 => 2,
            _ => 4,
        };
        let codes = PyBytes::new_with(py, codes.len() * width, |bytes| {
            py.detach(|| narrowed(&codes, width, bytes));
            Ok(())
        })?;
        Ok((codes, PyBytes::new(py, &new)))
    }
}

fn narrowed(codes: &[u32], width: usize, bytes: &mut [u8]) {
    match width {
        1 => bytes
            .iter_mut()
            .zip(codes)
            .for_each(|(to, code)| *to = *code as u8),
        2 => {
            for (to, code) in bytes.chunks_exact_mut(2).zip(codes) {
                to.copy_from_slice(&(*code as u16).to_le_bytes());
            }
        }
        _ => {
            for (to, code) in bytes.chunks_exact_mut(4).zip(codes) {
                to.copy_from_slice(&code.to_le_bytes());
            }
        }
    }
}

/// Return texts one behind the other, each filled up with zero bytes to `stride`; none
/// may be longer, missing, or hold a zero byte itself.
#[pyfunction]
pub fn filled<'py>(
    py: Python<'py>,
    column: &Bound<'py, PyAny>,
    stride: usize,
) -> PyResult<Bound<'py, PyBytes>> {
    let column = lent(column)?;
    let texts: usize = column.iter().map(Lent::len).sum();
    PyBytes::new_with(py, texts * stride, |bytes| {
        let whole = py.detach(|| {
            guarded(|| {
                let mut places = bytes.chunks_exact_mut(stride.max(1));
                column.iter().all(|chunk| fill(chunk, &mut places))
            })
        })?;
        match whole {
            true => Ok(()),
            false => Err(PyValueError::new_err(
                "a text does not fit, or holds a zero",
            )),
        }
    })
}

/// Fill places with the texts of a chunk; tell whether all of them fit.
fn fill<'a>(chunk: &Lent, places: &mut impl Iterator<Item = &'a mut [u8]>) -> bool {
    let (data, written) = (chunk.data(), chunk.written());
    chunk.views().iter().enumerate().all(|(at, view)| {
        let size = u32::from_le_bytes(view[..4].try_into().expect("four bytes")) as usize;
        let text = match size > INLINE {
            true => long(view, &data),
            false => &view[4..4 + size],
        };
        let Some(place) = places.next() else {
            return false;
        };
        let fits =
            size <= place.len() && !text.contains(&0) && written.as_ref().is_none_or(|is| is(at));
        if fits {
            place[..size].copy_from_slice(text);
            place[size..].fill(0);
        }
        fits
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn view(text: &[u8]) -> [u8; 16] {
        let mut view = [0xEE; 16];
        view[..4].copy_from_slice(&(text.len() as u32).to_le_bytes());
        match text.len() <= INLINE {
            true => view[4..4 + text.len()].copy_from_slice(text),
            false => view[8..].fill(0),
        }
        view
    }

    #[test]
    fn what_stands_behind_a_short_text_is_no_part_of_its_key() {
        for text in [&b""[..], b"A", b"GARCIA", b"GARCIALOPEZ1"] {
            let mut plain = [0; 16];
            plain[..4].copy_from_slice(&(text.len() as u32).to_le_bytes());
            plain[4..4 + text.len()].copy_from_slice(text);
            assert_eq!(key_of(&view(text), &[]), u128::from_le_bytes(plain));
        }
    }

    #[test]
    fn each_text_has_one_code_in_the_order_of_coming() {
        let words: Vec<Vec<u8>> = (0..5_000u32)
            .map(|n| format!("{}{}", "N".repeat(n as usize % 30), n).into_bytes())
            .collect();
        let mut texts = Texts::empty();
        for _ in 0..2 {
            for (nth, word) in words.iter().enumerate() {
                let key = key_of(&view(word), &[word]);
                let shown: &[u8] = if word.len() > INLINE { word } else { b"" };
                assert_eq!(texts.code(key, shown) as usize, nth + 1);
            }
        }
        assert_eq!(texts.code(0, b""), 0);
    }

    #[test]
    fn texts_of_one_key_are_told_apart() {
        let mut texts = Texts::empty();
        let same = 13;
        assert_eq!(texts.code(same, b"GARCIA LOPEZ1"), 1);
        assert_eq!(texts.code(same, b"GARCIA LOPEZ2"), 2);
        assert_eq!(texts.code(same, b"GARCIA LOPEZ1"), 1);
    }
}
