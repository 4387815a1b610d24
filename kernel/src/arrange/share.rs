//! Work on groups that lie one after the other, shared out among threads.

use std::ops::Range;

/// Where each group begins, from the number of its members; and the end of the last.
pub fn heads(mut counts: Vec<u32>) -> Vec<u32> {
    let mut before = 0;
    for count in &mut counts {
        (*count, before) = (before, before + *count);
    }
    counts.push(before);
    counts
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
}
