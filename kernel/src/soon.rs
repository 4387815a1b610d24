//! Asking the memory for what will be read soon.

/// Start to fetch an item of an array; does nothing beyond its end.
#[inline(always)]
pub fn soon<T>(array: &[T], at: usize) {
    #[cfg(target_arch = "x86_64")]
    if at < array.len() {
        use std::arch::x86_64::{_MM_HINT_T0, _mm_prefetch};
        // SAFETY: the address is within the array, and fetching changes no value.
        unsafe { _mm_prefetch(array.as_ptr().add(at).cast::<i8>(), _MM_HINT_T0) }
    }
    #[cfg(not(target_arch = "x86_64"))]
    let _ = (array, at);
}
