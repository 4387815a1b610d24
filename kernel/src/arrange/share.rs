//! Work shared out among threads: parts one after the other, or groups that lie together.

use std::ops::Range;
use std::sync::atomic::{AtomicUsize, Ordering};

use pyo3::PyResult;

use crate::blocks::guarded;

/// Where each group begins, from the number of its members; and the end of the last.
pub fn heads(mut counts: Vec<u32>) -> Vec<u32> {
    let mut before = 0;
    for count in &mut counts {
        (*count, before) = (before, before + *count);
    }
    counts.push(before);
    counts
}

/// Words shared out to parts that have about as many faces each, in order.
pub struct Parts {
    /// By word: its part.
    of: Vec<u16>,
    /// By part: its first word; and the number of words.
    first: Vec<u32>,
}

impl Parts {
    /// Share out words, of which each weighs as much as it says.
    pub fn even(weights: &[u32], parts: usize) -> Self {
        let total: u64 = weights.iter().map(|each| u64::from(*each)).sum();
        let mut before = 0;
        let mut of = Vec::with_capacity(weights.len());
        let mut first = vec![0];
        for (word, weight) in weights.iter().enumerate() {
            let part = before * parts as u64 / (total + 1);
            while first.len() <= part as usize {
                first.push(word as u32);
            }
            of.push(part as u16);
            before += u64::from(*weight);
        }
        first.resize(parts, weights.len() as u32);
        first.push(weights.len() as u32);
        Parts { of, first }
    }

    /// How many parts.
    pub fn count(&self) -> usize {
        self.first.len() - 1
    }

    /// The part of a word.
    #[inline]
    pub fn of(&self, word: u32) -> usize {
        self.of[word as usize] as usize
    }

    /// The words of a part.
    pub fn words(&self, part: usize) -> Range<u32> {
        self.first[part]..self.first[part + 1]
    }
}

/// Put items together by group, in the order they come; return where each group begins.
///
/// `group` says an item's group, from 0, of which there are `groups`.
pub fn grouped<T: Copy + Default>(
    items: impl Iterator<Item = T> + Clone,
    groups: usize,
    group: impl Fn(&T) -> usize,
    out: &mut Vec<T>,
) -> Vec<u32> {
    let mut counts = vec![0; groups];
    items.clone().for_each(|item| counts[group(&item)] += 1);
    let at = heads(counts);
    let mut next = at.clone();
    out.resize(at[groups] as usize, T::default());
    for item in items {
        let place = &mut next[group(&item)];
        out[*place as usize] = item;
        *place += 1;
    }
    at
}

/// Let threads work on some parts, each on the next that nobody has; return the workers,
/// and what came of each part.
pub fn parts<W: Send, T: Send>(
    count: usize,
    threads: usize,
    worker: impl Fn() -> PyResult<W> + Sync,
    work: impl Fn(&mut W, usize) -> PyResult<T> + Sync,
) -> PyResult<(Vec<W>, Vec<T>)> {
    let next = AtomicUsize::new(0);
    let turn = || {
        let mut own = worker()?;
        let mut made = Vec::new();
        loop {
            let part = next.fetch_add(1, Ordering::Relaxed);
            if part >= count {
                return PyResult::Ok((own, made));
            }
            // Where one fails, the others need not go on.
            let done = guarded(|| work(&mut own, part)).and_then(|done| done);
            made.push((
                part,
                done.inspect_err(|_| next.store(count, Ordering::Relaxed))?,
            ));
        }
    };
    let ended: Vec<_> = std::thread::scope(|scope| {
        let running: Vec<_> = (0..threads).map(|_| scope.spawn(turn)).collect();
        let end = |thread: std::thread::ScopedJoinHandle<'_, _>| {
            thread
                .join()
                .expect("a failed check is an error, and no panic")
        };
        running.into_iter().map(end).collect()
    });
    let (mut workers, mut all) = (Vec::new(), Vec::with_capacity(count));
    for each in ended {
        let (own, made) = each?;
        workers.push(own);
        all.extend(made);
    }
    all.sort_unstable_by_key(|(part, _)| *part);
    Ok((workers, all.into_iter().map(|(_, done)| done).collect()))
}

/// Let `threads` threads work on the members of groups; no group is torn apart.
///
/// `work` is given the groups and their members, which `heads` tells apart.
pub fn by_groups<T: Send>(
    heads: &[u32],
    members: &mut [T],
    threads: usize,
    work: impl Fn(Range<usize>, &mut [T]) + Sync,
) {
    let (groups, total) = (heads.len() - 1, members.len());
    std::thread::scope(|scope| {
        let (mut group, mut start, work) = (0, 0, &work);
        let mut members = members;
        for thread in 1..=threads {
            let wanted = total * thread / threads;
            let end = match thread == threads {
                true => groups,
                false => heads
                    .partition_point(|head| (*head as usize) < wanted)
                    .max(group),
            };
            let (mine, rest) = members.split_at_mut(heads[end] as usize - start);
            let range = group..end;
            (group, start, members) = (end, heads[end] as usize, rest);
            scope.spawn(move || work(range, mine));
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_member_is_worked_on_once_by_whoever_has_its_group() {
        let at = heads(vec![3, 0, 5, 1, 0]);
        assert_eq!(at, [0, 3, 3, 8, 9, 9]);
        for threads in 1..12 {
            let mut members = vec![0; 9];
            by_groups(&at, &mut members, threads, |groups, mine| {
                let first = at[groups.start];
                for group in groups {
                    let (start, end) = (at[group] - first, at[group + 1] - first);
                    for member in &mut mine[start as usize..end as usize] {
                        *member += 1 + group;
                    }
                }
            });
            assert_eq!(members, [1, 1, 1, 3, 3, 3, 3, 3, 4]);
        }
    }

    #[test]
    fn each_word_is_of_the_part_that_has_it() {
        for weights in [vec![], vec![0], vec![0, 9, 0, 0, 1, 40, 0], vec![1; 100]] {
            for parts in [1, 2, 16] {
                let shared = Parts::even(&weights, parts);
                assert_eq!(shared.count(), parts);
                let words: Vec<u32> = (0..parts).flat_map(|part| shared.words(part)).collect();
                assert!(words.into_iter().eq(0..weights.len() as u32));
                for word in 0..weights.len() as u32 {
                    assert!(shared.words(shared.of(word)).contains(&word));
                }
            }
        }
    }

    #[test]
    fn items_of_a_group_stay_in_the_order_they_came() {
        let mut out = vec![(9, 9)];
        let items = [(2, 0), (0, 1), (2, 2), (1, 3), (0, 4)];
        let at = grouped(items.into_iter(), 4, |item| item.0, &mut out);
        assert_eq!(out, [(0, 1), (0, 4), (1, 3), (2, 0), (2, 2)]);
        assert_eq!(at, [0, 2, 3, 5, 5]);
    }
}
