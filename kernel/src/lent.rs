//! Columns of texts lent by whoever speaks the Arrow C stream interface, as Polars does.
//!
//! The structures are those of the published interface (Apache Arrow, "The Arrow C data
//! interface" and "The Arrow C stream interface"); texts come as views ("vu"): 16 bytes
//! each, in which a text of up to 12 bytes stands itself.

use std::ffi::{CStr, c_char, c_int, c_void};
use std::ptr::{NonNull, null_mut};

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::PyCapsule;

/// The longest text that stands in its view.
pub const INLINE: usize = 12;
const STREAM: &CStr = c"arrow_array_stream";
const VIEWS: &CStr = c"vu";

#[repr(C)]
struct Schema {
    format: *const c_char,
    _name: *const c_char,
    _metadata: *const c_char,
    _flags: i64,
    _children: i64,
    _child: *mut *mut Schema,
    _dictionary: *mut Schema,
    release: Option<unsafe extern "C" fn(*mut Schema)>,
    _private: *mut c_void,
}

#[repr(C)]
struct Chunk {
    length: i64,
    nulls: i64,
    offset: i64,
    buffers: i64,
    _children: i64,
    buffer: *const *const c_void,
    _child: *mut *mut Chunk,
    _dictionary: *mut Chunk,
    release: Option<unsafe extern "C" fn(*mut Chunk)>,
    _private: *mut c_void,
}

#[repr(C)]
struct Stream {
    schema: Option<unsafe extern "C" fn(*mut Stream, *mut Schema) -> c_int>,
    next: Option<unsafe extern "C" fn(*mut Stream, *mut Chunk) -> c_int>,
    _last_error: Option<unsafe extern "C" fn(*mut Stream) -> *const c_char>,
    _release: Option<unsafe extern "C" fn(*mut Stream)>,
    _private: *mut c_void,
}

/// Some texts that lie together, held for as long as they are looked at.
pub struct Lent {
    chunk: Chunk,
}

// SAFETY: the buffers are only read, and the interface lets any thread release them.
unsafe impl Send for Lent {}
// SAFETY: the buffers are only read.
unsafe impl Sync for Lent {}

impl Drop for Lent {
    fn drop(&mut self) {
        if let Some(release) = self.chunk.release {
            // SAFETY: the chunk was given to us, and is released this once.
            unsafe { release(&raw mut self.chunk) }
        }
    }
}

impl Lent {
    /// How many texts.
    pub fn len(&self) -> usize {
        self.chunk.length as usize
    }

    fn buffer(&self, nth: usize) -> *const c_void {
        // SAFETY: `lent` checked that there are at least three; `data` asks for no more.
        unsafe { *self.chunk.buffer.add(nth) }
    }

    /// The view of each text, little end first.
    pub fn views(&self) -> &[[u8; 16]] {
        let Some(start) = NonNull::new(self.buffer(1).cast::<[u8; 16]>().cast_mut()) else {
            return &[];
        };
        // SAFETY: the interface has as many views as texts behind the offset.
        unsafe {
            std::slice::from_raw_parts(start.as_ptr().add(self.chunk.offset as usize), self.len())
        }
    }

    /// Whether each text is written; None where all are.
    pub fn written(&self) -> Option<impl Fn(usize) -> bool> {
        let bits = self.buffer(0).cast::<u8>();
        let offset = self.chunk.offset as usize;
        (self.chunk.nulls != 0 && !bits.is_null()).then_some(move |at: usize| {
            let at = at + offset;
            // SAFETY: the interface has a bit for each text behind the offset.
            unsafe { *bits.add(at / 8) >> (at % 8) & 1 == 1 }
        })
    }

    /// The buffers in which the longer texts stand.
    pub fn data(&self) -> Vec<&[u8]> {
        let buffers = self.chunk.buffers as usize;
        let sizes = self.buffer(buffers - 1).cast::<i64>();
        (2..buffers - 1)
            .map(|nth| {
                // SAFETY: the last buffer has the size of each of them.
                let size = unsafe { *sizes.add(nth - 2) } as usize;
                let start = self.buffer(nth).cast::<u8>();
                if size == 0 || start.is_null() {
                    return &[][..];
                }
                // SAFETY: the interface says where it is, and its size.
                unsafe { std::slice::from_raw_parts(start, size) }
            })
            .collect()
    }
}

/// The text behind a view that is longer than `INLINE`.
#[inline]
pub fn long<'a>(view: &[u8; 16], data: &[&'a [u8]]) -> &'a [u8] {
    let number =
        |at: usize| u32::from_le_bytes(view[at..at + 4].try_into().expect("four bytes")) as usize;
    &data[number(8)][number(12)..][..number(0)]
}

/// Take the texts of an object that lends a stream of them (`__arrow_c_stream__`).
pub fn lent(object: &Bound<'_, PyAny>) -> PyResult<Vec<Lent>> {
    let foreign = || PyValueError::new_err("the column lends no views of texts");
    let lending = object.call_method0("__arrow_c_stream__")?;
    let capsule = lending.cast::<PyCapsule>()?;
    let stream = capsule
        .pointer_checked(Some(STREAM))?
        .cast::<Stream>()
        .as_ptr();
    // SAFETY: a capsule of this name holds such a stream, and releases it when it goes.
    let (schema, next) = unsafe { ((*stream).schema, (*stream).next) };
    let (Some(schema), Some(next)) = (schema, next) else {
        return Err(foreign());
    };
    // SAFETY: of these structures all zeros are a value: nothing, not to be released.
    let mut kind: Schema = unsafe { std::mem::zeroed() };
    // SAFETY: the stream is alive, and fills the structure.
    if unsafe { schema(stream, &raw mut kind) } != 0 || kind.format.is_null() {
        return Err(foreign());
    }
    // SAFETY: the format is a text that ends in a zero.
    let as_wanted = unsafe { CStr::from_ptr(kind.format) } == VIEWS;
    if let Some(release) = kind.release {
        // SAFETY: it was given to us, and is released this once.
        unsafe { release(&raw mut kind) }
    }
    if !as_wanted {
        return Err(foreign());
    }
    let mut all = Vec::new();
    loop {
        let mut texts = Lent {
            chunk: Chunk {
                length: 0,
                nulls: 0,
                offset: 0,
                buffers: 0,
                _children: 0,
                buffer: null_mut(),
                _child: null_mut(),
                _dictionary: null_mut(),
                release: None,
                _private: null_mut(),
            },
        };
        // SAFETY: the stream is alive, and fills the structure.
        if unsafe { next(stream, &raw mut texts.chunk) } != 0 {
            return Err(foreign());
        }
        let chunk = &texts.chunk;
        if chunk.release.is_none() {
            return Ok(all);
        }
        if chunk.length < 0 || chunk.offset < 0 || chunk.buffers < 3 || chunk.buffer.is_null() {
            return Err(foreign());
        }
        all.push(texts);
    }
}
