//! Large tables in large pages, where the system has them.
//!
//! A table of hundreds of megabytes that is written all over costs a fault for each page
//! of 4 KB, and a look at the page table for each number; with pages of 2 MB neither.

#[cfg(target_os = "linux")]
mod linux {
    use std::ffi::{c_int, c_void};

    pub const HUGE: usize = 1 << 21;
    /// `MADV_HUGEPAGE` of madvise(2).
    pub const ADVICE: c_int = 14;

    unsafe extern "C" {
        pub fn madvise(start: *mut c_void, size: usize, advice: c_int) -> c_int;
    }
}

/// Return a table of some items.
pub fn gathered<T>(items: impl ExactSizeIterator<Item = T>) -> Vec<T> {
    let mut table = Vec::with_capacity(items.len());
    advise(&table);
    table.extend(items);
    table
}

/// Return so many zeros, which take memory once they are written over.
pub fn zeros(count: usize) -> Vec<u128> {
    let table = vec![0; count];
    advise(&table);
    table
}

#[cfg(target_os = "linux")]
fn advise<T>(table: &Vec<T>) {
    use linux::{ADVICE, HUGE, madvise};
    let start = table.as_ptr() as usize;
    let (first, end) = (
        start.next_multiple_of(HUGE),
        (start + table.capacity() * size_of::<T>()) / HUGE * HUGE,
    );
    if first < end {
        // SAFETY: whole pages within the table's own memory; advice changes no value, and
        // whether it is taken does not matter.
        let _ = unsafe { madvise(first as *mut _, end - first, ADVICE) };
    }
}

#[cfg(not(target_os = "linux"))]
fn advise<T>(_: &Vec<T>) {}
