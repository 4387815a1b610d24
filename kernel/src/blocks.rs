//! Lines shared out among threads in blocks; the answer does not depend on how many.
//!
//! Python goes on while the threads work: its lock is let go of, and Ctrl-C ends the
//! work between two blocks.

use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::Duration;

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;

/// Lines of one block.
const BLOCK: usize = 2_048;
/// How often Python is asked whether somebody pressed Ctrl-C.
const LOOK_UP: Duration = Duration::from_millis(50);

/// The place where a thread found the index torn, for the message.
static TORN_AT: Mutex<String> = Mutex::new(String::new());

/// Keep where a check failed instead of writing it to the terminal.
pub fn keep_quiet() {
    std::panic::set_hook(Box::new(|torn| {
        if let Ok(mut at) = TORN_AT.lock() {
            *at = torn.location().map_or(String::new(), ToString::to_string);
        }
    }));
}

/// Run `work`; a failed check of its bounds becomes an error of Python's.
pub fn guarded<T>(work: impl FnOnce() -> T) -> PyResult<T> {
    catch_unwind(AssertUnwindSafe(work)).map_err(|_| {
        let at = TORN_AT.lock().map(|at| at.clone()).unwrap_or_default();
        PyValueError::new_err(format!(
            "the index does not hold together (seen at {at}); build it again"
        ))
    })
}

/// Run `work` over the blocks of `count` lines and return what it made, in order.
///
/// `worker` is made once per thread.
pub fn in_blocks<W, T: Send>(
    py: Python<'_>,
    count: usize,
    threads: usize,
    worker: impl Fn() -> W + Sync,
    work: impl Fn(&mut W, Range<usize>) -> T + Sync,
) -> PyResult<Vec<T>> {
    let blocks = count.div_ceil(BLOCK);
    let block = |at: usize| at * BLOCK..count.min((at + 1) * BLOCK);
    let next = AtomicUsize::new(0);
    let stop = AtomicBool::new(false);
    let turn = || {
        let mut own = worker();
        let mut made = Vec::new();
        while !stop.load(Ordering::Relaxed) {
            let at = next.fetch_add(1, Ordering::Relaxed);
            if at >= blocks {
                break;
            }
            made.push((at, work(&mut own, block(at))));
        }
        made
    };
    if blocks <= 1 {
        let made = guarded(turn)?;
        return Ok(made.into_iter().map(|(_, each)| each).collect());
    }
    let (stop, turn) = (&stop, &turn);
    py.detach(|| {
        std::thread::scope(|scope| {
            let (done, finished) = channel();
            let workers = threads.clamp(1, blocks);
            for _ in 0..workers {
                let done = done.clone();
                scope.spawn(move || {
                    let made = guarded(turn);
                    if made.is_err() {
                        stop.store(true, Ordering::Relaxed);
                    }
                    // Nobody listens any more once an error has ended the work.
                    let _ = done.send(made);
                });
            }
            let mut all = Vec::with_capacity(blocks);
            let mut left = workers;
            while left > 0 {
                match finished.recv_timeout(LOOK_UP) {
                    Ok(made) => {
                        left -= 1;
                        all.extend(made?);
                    }
                    Err(RecvTimeoutError::Timeout) => {
                        Python::attach(|py| py.check_signals())
                            .inspect_err(|_| stop.store(true, Ordering::Relaxed))?;
                    }
                    Err(RecvTimeoutError::Disconnected) => break,
                }
            }
            all.sort_unstable_by_key(|(at, _)| *at);
            Ok(all.into_iter().map(|(_, each)| each).collect())
        })
    })
}
