//! The door: Python's buffers in, looked at where they lie; bytes out.
//!
//! Sizes are checked here, in time that does not grow with the roll. What cannot be
//! checked so cheaply (a number that points outside its table) is caught where it is
//! used: every access is bounds-checked, and what fails there becomes an error.

use std::ops::Deref;
use std::ptr::NonNull;

use pyo3::buffer::PyUntypedBuffer;
use pyo3::exceptions::{PyKeyError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::PyDict;

/// Numbers that may be read from any bytes of the right length.
///
/// # Safety
/// Every pattern of bytes must be a value of the type.
pub unsafe trait Plain: Copy {
    /// Whether the buffer's items must be as large as the type (records need not be).
    const ITEMS: bool = true;
}

// SAFETY: every pattern of bytes is a number.
unsafe impl Plain for u8 {}
// SAFETY: every pattern of bytes is a number.
unsafe impl Plain for u16 {}
// SAFETY: every pattern of bytes is a number.
unsafe impl Plain for u32 {}
// SAFETY: every pattern of bytes is a number.
unsafe impl Plain for i32 {}
// SAFETY: every pattern of bytes is a number.
unsafe impl Plain for u64 {}
// SAFETY: every pattern of bytes is an array of bytes.
unsafe impl<const N: usize> Plain for [u8; N] {
    const ITEMS: bool = false;
}

/// A buffer of Python's, held for as long as it is looked at.
pub struct Array<T> {
    at: NonNull<T>,
    len: usize,
    _held: PyUntypedBuffer,
}

// SAFETY: the array is only read, and the buffer behind it is held.
unsafe impl<T: Plain> Send for Array<T> {}
// SAFETY: the array is only read, and the buffer behind it is held.
unsafe impl<T: Plain> Sync for Array<T> {}

impl<T: Plain> Deref for Array<T> {
    type Target = [T];

    #[inline(always)]
    fn deref(&self) -> &[T] {
        // SAFETY: `array` checked address and length, and the buffer is held.
        unsafe { std::slice::from_raw_parts(self.at.as_ptr(), self.len) }
    }
}

/// Look at a Python object that lends its memory.
pub fn array<T: Plain>(object: &Bound<'_, PyAny>, name: &str) -> PyResult<Array<T>> {
    let held = PyUntypedBuffer::get(object)
        .map_err(|_| PyValueError::new_err(format!("{name} lends no memory")))?;
    let (size, bytes) = (size_of::<T>(), held.len_bytes());
    let start = held.buf_ptr().cast::<T>();
    let whole = bytes % size == 0 && (!T::ITEMS || held.item_size() == size || bytes == 0);
    if !whole || !held.is_c_contiguous() {
        return Err(PyValueError::new_err(format!(
            "{name} is not an array of items of {size} bytes in a row"
        )));
    }
    let at = match NonNull::new(start) {
        Some(at) if bytes > 0 && at.as_ptr().is_aligned() => at,
        _ if bytes == 0 => NonNull::dangling(),
        _ => {
            return Err(PyValueError::new_err(format!(
                "{name} lies askew in memory"
            )));
        }
    };
    Ok(Array {
        at,
        len: bytes / size,
        _held: held,
    })
}

/// A dictionary whose entries are asked for by name.
pub struct Named<'a, 'py> {
    what: &'a str,
    entries: &'a Bound<'py, PyDict>,
}

impl<'a, 'py> Named<'a, 'py> {
    /// `what` names the dictionary in errors.
    pub fn new(what: &'a str, entries: &'a Bound<'py, PyDict>) -> Self {
        Named { what, entries }
    }

    fn entry(&self, name: &str) -> PyResult<Bound<'py, PyAny>> {
        self.entries
            .get_item(name)?
            .ok_or_else(|| PyKeyError::new_err(format!("the {} has no {name}", self.what)))
    }

    /// An array of any length.
    pub fn any<T: Plain>(&self, name: &str) -> PyResult<Array<T>> {
        array(
            &self.entry(name)?,
            &format!("{} of the {}", name, self.what),
        )
    }

    /// An array of exactly `length` items.
    pub fn of<T: Plain>(&self, name: &str, length: usize) -> PyResult<Array<T>> {
        let found = self.any(name)?;
        self.check(name, found.len() == length, length)?;
        Ok(found)
    }

    /// Where the items of each of `count` things begin among `items`, and the last end.
    pub fn heads(&self, name: &str, count: usize, items: usize) -> PyResult<Array<u32>> {
        let found = self.of::<u32>(name, count + 1)?;
        self.check(name, found[count] as usize == items, items)?;
        Ok(found)
    }

    fn check(&self, name: &str, holds: bool, wanted: usize) -> PyResult<()> {
        if holds {
            return Ok(());
        }
        Err(PyValueError::new_err(format!(
            "{} of the {} does not fit the rest ({wanted} expected)",
            name, self.what
        )))
    }

    /// A number.
    pub fn number<'a2, T>(&'a2 self, name: &str) -> PyResult<T>
    where
        T: for<'x> FromPyObject<'x, 'py, Error = PyErr>,
    {
        self.entry(name)?.extract::<T>()
    }
}
