//! Searching numbers that lie about evenly: where one stands can nearly be reckoned.

/// Where a number stands in a sorted list, or would stand.
///
/// `share` of `whole` is how far along the list it is to be expected.
pub fn place<T: Ord>(sorted: &[T], wanted: &T, share: u64, whole: u64) -> usize {
    let length = sorted.len() as u64;
    let guess = u128::from(share) * u128::from(length) / u128::from(whole.max(1));
    let about = 32 + length.isqrt() as usize;
    let guess = (guess as usize).min(sorted.len());
    let (low, high) = (guess.saturating_sub(about), guess + about);
    let begins = low == 0 || sorted[low - 1] < *wanted;
    if begins && high < sorted.len() && *wanted <= sorted[high] {
        return low + sorted[low..high].partition_point(|each| each < wanted);
    }
    sorted.partition_point(|each| each < wanted)
}

#[cfg(test)]
mod tests {
    use super::place;

    #[test]
    fn it_finds_what_a_search_of_the_whole_finds() {
        let lists: [Vec<u64>; 4] = [
            vec![],
            vec![7; 500],
            (0..3_000).map(|n| n * n).collect(),
            (0..3_000).map(|n| n * 3 + n % 2).collect(),
        ];
        for list in lists {
            let whole = list.last().copied().unwrap_or(0);
            for wanted in (0..=whole + 2).step_by(1 + whole as usize / 5_000) {
                let found = place(&list, &wanted, wanted, whole);
                assert_eq!(found, list.partition_point(|each| *each < wanted));
            }
        }
    }
}
