//! Postings: faces found by the hash of two words.
//!
//! An entry keeps a few bits of the hash beside the face, so that most faces of other
//! words are passed over unread; the caller looks at the words of those that remain.

use pyo3::prelude::*;

use crate::door::{Array, Named};
use crate::soon::soon;

/// The hash of two words.
#[inline]
pub fn hash(a: u32, b: u32) -> u64 {
    let mut x = (u64::from(a) + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    x ^= x >> 32;
    x = (x ^ (u64::from(b) + 1)).wrapping_mul(0xC2B2_AE3D_27D4_EB4F);
    x ^= x >> 29;
    x = x.wrapping_mul(0x1656_67B1_9E37_79F9);
    x ^ (x >> 32)
}

/// The number of bits of a number.
pub fn bit_length(number: usize) -> u32 {
    usize::BITS - number.leading_zeros()
}

/// How the bits of a hash and of a face share an entry.
#[derive(Clone, Copy)]
pub struct Shape {
    /// Bits of the hash that choose the bucket.
    pub bucket_bits: u32,
    /// Bits of an entry that hold the face.
    pub row_bits: u32,
    /// Bits of an entry that hold a fingerprint of the hash.
    pub print_bits: u32,
}

impl Shape {
    /// The shape for so many faces in all, and so many buckets.
    pub fn new(faces: usize, bucket_bits: u32) -> Self {
        let row_bits = bit_length(faces).max(1);
        Shape {
            bucket_bits,
            row_bits,
            print_bits: 32u32.saturating_sub(row_bits).min(16),
        }
    }

    /// The buckets for so many entries, as bits.
    pub fn bits_for(entries: usize) -> u32 {
        bit_length(entries / 4).max(1)
    }

    /// The bucket of a hash.
    #[inline]
    pub fn bucket(self, hash: u64) -> usize {
        (hash >> (64 - self.bucket_bits)) as usize
    }

    /// The fingerprint of a hash.
    #[inline]
    pub fn print(self, hash: u64) -> u32 {
        let shifted = hash >> (64 - self.bucket_bits - self.print_bits);
        (shifted & ((1 << self.print_bits) - 1)) as u32
    }

    /// The entry of a face.
    #[inline]
    pub fn entry(self, hash: u64, face: u32) -> u32 {
        // A shift by all 32 bits (an index of no face) must not overflow.
        ((u64::from(self.print(hash)) << self.row_bits) as u32) | face
    }
}

/// The entries of all buckets, and where each bucket begins.
pub struct Postings {
    heads: Array<u32>,
    entries: Array<u32>,
    shape: Shape,
}

impl Postings {
    /// Take the arrays NAME and NAME_heads of an index of so many faces.
    pub fn new(of: &Named<'_, '_>, name: &str, faces: usize) -> PyResult<Self> {
        let entries = of.any::<u32>(name)?;
        let heads_name = format!("{name}_heads");
        let buckets = of.any::<u32>(&heads_name)?.len().saturating_sub(1);
        let bits = bit_length(buckets).saturating_sub(1);
        // A number of buckets that is no power of two is refused as not fitting.
        let heads = of.heads(&heads_name, 1 << bits.clamp(1, 32), entries.len())?;
        Ok(Postings {
            heads,
            entries,
            shape: Shape::new(faces, bits),
        })
    }

    /// Ask the memory for where a hash's bucket begins.
    #[inline]
    pub fn expect_head(&self, hash: u64) {
        soon(&self.heads, self.shape.bucket(hash));
    }

    /// Ask the memory for a hash's bucket.
    #[inline]
    pub fn expect(&self, hash: u64) {
        soon(&self.entries, self.heads[self.shape.bucket(hash)] as usize);
    }

    /// Faces whose entries agree with a hash, as far as its bits go.
    #[inline]
    pub fn hits(&self, hash: u64) -> impl Iterator<Item = u32> {
        let run = crate::index::run(&self.heads, self.shape.bucket(hash) as u32);
        let (print, shape) = (self.shape.print(hash), self.shape);
        let mask = ((1u64 << shape.row_bits) - 1) as u32;
        self.entries[run]
            .iter()
            .filter(move |entry| (u64::from(**entry) >> shape.row_bits) as u32 == print)
            .map(move |entry| entry & mask)
    }
}
