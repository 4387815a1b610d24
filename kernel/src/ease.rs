//! Keeping within the memory asked for.
//!
//! A page of the index, once read, stays mapped until the system wants it back. Where a
//! limit was asked for, every thread looks at what the program holds after every few
//! lines; if that is too much, Python gives the pages back, and they are read again.

use pyo3::prelude::*;

/// How many pages of memory the program may hold, and what to do when it holds more.
pub struct Ease {
    asked: Option<(u64, Py<PyAny>)>,
}

impl Ease {
    /// Without a number of pages, or nothing to do, memory is never looked at.
    pub fn new(pages: Option<u64>, let_go: Option<Py<PyAny>>) -> Self {
        Ease {
            asked: pages.zip(let_go),
        }
    }

    /// Let pages go if the program holds more than it may.
    pub fn look(&self) {
        let Some((pages, let_go)) = &self.asked else {
            return;
        };
        if held() > *pages {
            Python::attach(|py| {
                // To let go is a service; the answers do not depend on it.
                if let Err(problem) = let_go.call0(py) {
                    problem.write_unraisable(py, None);
                }
            });
        }
    }
}

/// The pages this program holds, mapped ones among them; 0 where the system does not say.
fn held() -> u64 {
    let told = std::fs::read_to_string("/proc/self/statm").unwrap_or_default();
    let second = told.split(' ').nth(1);
    second.and_then(|pages| pages.parse().ok()).unwrap_or(0)
}
