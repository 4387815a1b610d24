//! Files written by several threads, each the stretches that it has.

use std::collections::HashMap;
use std::fs::{File, OpenOptions};
use std::io::{Result, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// Bytes written together, as many as a touch brings into memory. Some systems keep what
/// is written together in one large page, and map all of it at a touch: with 2 MB a
/// matcher that must hold little held 973 MB of 700, and took three times as long.
const BLOCK: usize = 1 << 16;

/// A file whose stretches come in about their order; whole blocks of it are written.
pub struct Blocks {
    path: PathBuf,
    size: usize,
    /// By block: its bytes, and how many of them are there.
    begun: Mutex<HashMap<usize, (Vec<u8>, usize)>>,
}

impl Blocks {
    /// Make a file of so many bytes.
    pub fn create(path: PathBuf, size: usize) -> Result<Self> {
        File::create(&path)?;
        Ok(Blocks {
            path,
            size,
            begun: Mutex::default(),
        })
    }

    /// Make the file NAME.u32 in a folder, of so many numbers.
    pub fn of_numbers(folder: &Path, name: &str, numbers: usize) -> Result<Self> {
        Self::create(folder.join(format!("{name}.u32")), numbers * 4)
    }

    /// Write a stretch, which begins at `at`.
    pub fn write(&self, mut at: usize, mut bytes: &[u8]) -> Result<()> {
        while !bytes.is_empty() {
            let (block, within) = (at / BLOCK, at % BLOCK);
            let whole = BLOCK.min(self.size - block * BLOCK);
            let (now, later) = bytes.split_at(bytes.len().min(whole - within));
            let mut begun = self.begun.lock().unwrap_or_else(PoisonError::into_inner);
            let (room, filled) = begun.entry(block).or_insert_with(|| (vec![0; whole], 0));
            room[within..within + now.len()].copy_from_slice(now);
            *filled += now.len();
            let done = if *filled == whole {
                begun.remove(&block)
            } else {
                None
            };
            drop(begun);
            if let Some((room, _)) = done {
                let mut file = OpenOptions::new().write(true).open(&self.path)?;
                file.seek(SeekFrom::Start((block * BLOCK) as u64))?;
                file.write_all(&room)?;
            }
            (at, bytes) = (at + now.len(), later);
        }
        Ok(())
    }

    /// Write numbers, of which the first is at place `at`; `bytes` is room for them.
    pub fn write_numbers(
        &self,
        at: usize,
        numbers: impl Iterator<Item = u32>,
        bytes: &mut Vec<u8>,
    ) -> Result<()> {
        bytes.clear();
        bytes.extend(numbers.flat_map(u32::to_le_bytes));
        self.write(at * 4, bytes)
    }
}

/// Write a whole file of numbers.
pub fn numbers(folder: &Path, name: &str, values: impl Iterator<Item = u32>) -> Result<()> {
    let mut file = File::create(folder.join(format!("{name}.u32")))?;
    let mut bytes = Vec::with_capacity(BLOCK);
    for number in values {
        bytes.extend_from_slice(&number.to_le_bytes());
        if bytes.len() == BLOCK {
            file.write_all(&bytes)?;
            bytes.clear();
        }
    }
    file.write_all(&bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stretches_in_any_order_make_the_file() {
        let size = 2 * BLOCK + 4_321;
        let bytes: Vec<u8> = (0..size).map(|at| ((at * 31) >> 7) as u8).collect();
        let path = std::env::temp_dir().join(format!("blocks-{}", std::process::id()));
        let file = Blocks::create(path.clone(), size).expect("a folder for passing files");
        let stretch = 700_001;
        for nth in (0..size.div_ceil(stretch)).rev() {
            let at = nth * stretch;
            let end = size.min(at + stretch);
            file.write(at, &bytes[at..end])
                .expect("a disk that is not full");
        }
        let written = std::fs::read(&path).expect("it was written");
        std::fs::remove_file(&path).expect("it is there");
        assert!(written == bytes);
    }
}
