//! Piles: items sorted out by where they belong, in memory that is used again and again.
//!
//! Millions of items that go to a thousand places are put into a pile for each place. A
//! pile grows by chunks, and whoever is through with a chunk gives it back: so what is
//! made of the faces later takes no memory besides theirs.

use std::ptr::{NonNull, null_mut};
use std::sync::{Arc, Mutex, PoisonError};

use crate::face::Face;
use crate::roomy::zeros;

/// Numbers of 16 bytes in a chunk.
const CHUNK: usize = 1 << 9;
/// Chunks that are fetched from the system together.
const TOGETHER: usize = 1 << 12;

/// What may lie in a pile.
///
/// # Safety
/// Every pattern of bytes must be a value of the type, which must fill a number of 16
/// bytes some whole times, and lie at any of them.
pub unsafe trait Item: Copy {}
// SAFETY: every pattern of bytes is a number.
unsafe impl Item for u128 {}
// SAFETY: every pattern of bytes is an array of bytes; two numbers are one face.
unsafe impl Item for Face {}
// SAFETY: likewise.
unsafe impl Item for [u64; 4] {}

/// Memory for many chunks, freed with the last of them.
struct Slab(NonNull<[u128]>);

// SAFETY: a slab only frees its memory, which any thread may do.
unsafe impl Send for Slab {}
// SAFETY: nothing can be done with a shared slab.
unsafe impl Sync for Slab {}

impl Drop for Slab {
    fn drop(&mut self) {
        // SAFETY: it came out of a box, and no chunk of it is left.
        drop(unsafe { Box::from_raw(self.0.as_ptr()) });
    }
}

/// Room for `CHUNK` numbers, nobody else's.
pub struct Chunk {
    start: NonNull<[u128; CHUNK]>,
    _slab: Arc<Slab>,
}

// SAFETY: a chunk is memory of its own.
unsafe impl Send for Chunk {}
// SAFETY: whoever shares a chunk can only read it.
unsafe impl Sync for Chunk {}

impl Chunk {
    /// How many items there is room for.
    const fn room<T: Item>() -> usize {
        CHUNK * size_of::<u128>() / size_of::<T>()
    }

    fn items<T: Item>(&self) -> &[T] {
        // SAFETY: the memory is ours and written, and see `Item`.
        unsafe { std::slice::from_raw_parts(self.start.as_ptr().cast(), Self::room::<T>()) }
    }

    fn items_mut<T: Item>(&mut self) -> &mut [T] {
        // SAFETY: the memory is ours alone and written, and see `Item`.
        unsafe { std::slice::from_raw_parts_mut(self.start.as_ptr().cast(), Self::room::<T>()) }
    }
}

/// Chunks that nobody uses.
#[derive(Default)]
pub struct Pool(Mutex<Vec<Chunk>>);

impl Pool {
    fn take(&self) -> Chunk {
        let mut free = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(chunk) = free.pop() {
            return chunk;
        }
        let memory = Box::into_raw(zeros(CHUNK * TOGETHER).into_boxed_slice());
        let memory = NonNull::new(memory).expect("a box is somewhere");
        let slab = Arc::new(Slab(memory));
        free.extend((0..TOGETHER).rev().map(|nth| {
            let first = memory.cast::<[u128; CHUNK]>();
            Chunk {
                // SAFETY: the slab has so many chunks.
                start: unsafe { first.add(nth) },
                _slab: Arc::clone(&slab),
            }
        }));
        free.pop().expect("a slab has chunks")
    }

    /// Take chunks back.
    pub fn give(&self, chunks: impl IntoIterator<Item = Chunk>) {
        let mut free = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        free.extend(chunks);
    }
}

/// Items of one place.
pub struct Pile<T> {
    /// Where the next item goes, and how many have room from there on.
    next: *mut T,
    left: usize,
    chunks: Vec<Chunk>,
}

// SAFETY: the chunks are the pile's own, and `next` lies in the last of them.
unsafe impl<T: Item> Send for Pile<T> {}

impl<T: Item> Pile<T> {
    const ROOM: usize = Chunk::room::<T>();

    /// So many piles of none.
    pub fn none(piles: usize) -> Vec<Self> {
        (0..piles).map(|_| Self::new()).collect()
    }

    fn new() -> Self {
        Pile {
            next: null_mut(),
            left: 0,
            chunks: Vec::new(),
        }
    }

    #[inline(always)]
    pub fn push(&mut self, item: T, pool: &Pool) {
        if self.left == 0 {
            self.grow(pool);
        }
        // SAFETY: there is room for `left` items in the last chunk, and nobody looks at it.
        unsafe {
            self.next.write(item);
            self.next = self.next.add(1);
        }
        self.left -= 1;
    }

    #[cold]
    fn grow(&mut self, pool: &Pool) {
        let chunk = pool.take();
        self.next = chunk.start.as_ptr().cast();
        self.left = Self::ROOM;
        self.chunks.push(chunk);
    }

    pub fn len(&self) -> usize {
        self.chunks.len() * Self::ROOM - self.left
    }

    /// The items, those of a chunk together.
    pub fn runs(&self) -> impl Iterator<Item = &[T]> {
        let last = self.chunks.len().wrapping_sub(1);
        self.chunks.iter().enumerate().map(move |(nth, chunk)| {
            let left = if nth == last { self.left } else { 0 };
            &chunk.items::<T>()[..Self::ROOM - left]
        })
    }

    /// The items, likewise, to be changed.
    pub fn runs_mut(&mut self) -> impl Iterator<Item = &mut [T]> {
        let (last, left) = (self.chunks.len().wrapping_sub(1), self.left);
        self.chunks.iter_mut().enumerate().map(move |(nth, chunk)| {
            let left = if nth == last { left } else { 0 };
            &mut chunk.items_mut::<T>()[..Self::ROOM - left]
        })
    }

    /// Put all items of some piles into `out`; return their chunks.
    pub fn poured(piles: Vec<Self>, out: &mut Vec<T>) -> Vec<Chunk> {
        out.clear();
        out.reserve(piles.iter().map(Self::len).sum());
        for pile in &piles {
            pile.runs().for_each(|run| out.extend_from_slice(run));
        }
        piles.into_iter().flat_map(|pile| pile.chunks).collect()
    }

    /// Pile up items in chunks, of which there must be enough; the others go back.
    pub fn stacked(
        mut chunks: Vec<Chunk>,
        mut items: impl ExactSizeIterator<Item = T>,
        pool: &Pool,
    ) -> Self {
        let size = items.len();
        let needed = size.div_ceil(Self::ROOM);
        pool.give(chunks.drain(needed..));
        for chunk in &mut chunks {
            let places = chunk.items_mut().iter_mut();
            places
                .zip(&mut items)
                .for_each(|(place, item)| *place = item);
        }
        let left = needed * Self::ROOM - size;
        let last = |chunk: &Chunk| chunk.start.as_ptr().cast::<T>();
        Pile {
            next: chunks
                .last()
                .map_or(null_mut(), last)
                .wrapping_add(Self::ROOM - left),
            left,
            chunks,
        }
    }

    /// Give all chunks back.
    pub fn gone(self, pool: &Pool) {
        pool.give(self.chunks);
    }
}

impl Pile<[u64; 4]> {
    /// The same memory, seen as faces.
    pub fn faces(self) -> Pile<Face> {
        Pile {
            next: self.next.cast(),
            left: self.left,
            chunks: self.chunks,
        }
    }
}

/// The piles of each place, of several who piled up: to be taken once.
pub struct Heaps<T>(Vec<Mutex<Vec<Pile<T>>>>);

impl<T: Item> Heaps<T> {
    /// Put together what each of some piled up.
    pub fn new(piled: Vec<Vec<Pile<T>>>) -> Self {
        let places = piled.first().map_or(0, Vec::len);
        let mut heaps: Vec<Vec<Pile<T>>> = (0..places).map(|_| Vec::new()).collect();
        for piles in piled {
            for (heap, pile) in heaps.iter_mut().zip(piles) {
                heap.push(pile);
            }
        }
        Heaps(heaps.into_iter().map(Mutex::new).collect())
    }

    /// How many places.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Take the piles of a place.
    pub fn take(&self, place: usize) -> Vec<Pile<T>> {
        let mut heap = self.0[place].lock().unwrap_or_else(PoisonError::into_inner);
        std::mem::take(&mut *heap)
    }

    /// Where the items of each place begin, all of them in a row; and the end of the last.
    pub fn starts(&self) -> Vec<usize> {
        self.begun(Pile::len)
    }

    /// Likewise, where each item stands for as many as `count` says.
    pub fn summed(&self, count: impl Fn(&T) -> usize) -> Vec<usize> {
        self.begun(|pile| pile.runs().flatten().map(&count).sum())
    }

    fn begun(&self, size: impl Fn(&Pile<T>) -> usize) -> Vec<usize> {
        let mut starts = vec![0];
        for heap in &self.0 {
            let heap = heap.lock().unwrap_or_else(PoisonError::into_inner);
            let here: usize = heap.iter().map(&size).sum();
            starts.push(starts[starts.len() - 1] + here);
        }
        starts
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_piled_up_is_poured_out_whoever_piled_it() {
        let pool = Pool::default();
        for size in [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK + 7] {
            let mut mine = Pile::<u128>::none(2);
            let mut other = Pile::<u128>::none(2);
            for item in 0..size as u128 {
                mine[item as usize % 2].push(item, &pool);
                other[1].push(item + 1_000_000, &pool);
            }
            let heaps = Heaps::new(vec![mine, other]);
            assert_eq!(heaps.starts(), [0, size.div_ceil(2), 2 * size]);
            let mut out = vec![7];
            pool.give(Pile::poured(heaps.take(0), &mut out));
            assert!(out.iter().copied().eq((0..size as u128).step_by(2)));
            let chunks = Pile::poured(heaps.take(1), &mut out);
            out.reverse();
            let pile = Pile::stacked(chunks, out.iter().copied(), &pool);
            assert_eq!(pile.len(), out.len());
            let again: Vec<u128> = pile.runs().flatten().copied().collect();
            assert_eq!(again, out);
            pile.gone(&pool);
            assert!(heaps.take(1).is_empty());
        }
    }
}
