//! Numbers written to files, little end first.

use std::fs::File;
use std::io::{Result, Write};
use std::path::Path;

/// Numbers written together, 4 MB of them: where whole large pages are written at once,
/// some systems keep them so, and map them so; all that matching reads is then found with
/// far fewer looks at the page table.
const ROOM: usize = 1 << 20;

/// A file of numbers of four bytes.
pub struct Numbers {
    file: File,
    waiting: Vec<u32>,
    bytes: Vec<u8>,
}

impl Numbers {
    /// Make the file NAME.u32 in a folder.
    pub fn create(folder: &Path, name: &str) -> Result<Self> {
        Ok(Numbers {
            file: File::create(folder.join(format!("{name}.u32")))?,
            waiting: Vec::with_capacity(ROOM),
            bytes: vec![0; ROOM * 4],
        })
    }

    /// Write one number, sooner or later.
    #[inline]
    pub fn push(&mut self, number: u32) -> Result<()> {
        self.waiting.push(number);
        if self.waiting.len() == ROOM {
            self.flush()?;
        }
        Ok(())
    }

    fn flush(&mut self) -> Result<()> {
        let bytes = &mut self.bytes[..self.waiting.len() * 4];
        for (four, number) in bytes.chunks_exact_mut(4).zip(&self.waiting) {
            four.copy_from_slice(&number.to_le_bytes());
        }
        self.waiting.clear();
        self.file.write_all(bytes)
    }

    /// Write what is left.
    pub fn finish(mut self) -> Result<()> {
        self.flush()
    }
}

/// Write a whole file of numbers.
pub fn numbers(folder: &Path, name: &str, values: &[u32]) -> Result<()> {
    let mut out = Numbers::create(folder, name)?;
    values.iter().try_for_each(|value| out.push(*value))?;
    out.finish()
}
