//! Words: how far two lie apart, and what their letters are.
//!
//! A word is UTF-8 bytes. Two words are at most two slips of the pen apart (insert,
//! delete, replace, transpose neighbours: optimal string alignment), or far apart:
//! no level asks for more.

/// The distance of words that are not compared, or are more than two slips apart.
pub const FAR: u8 = 9;
const SLIPS: u8 = 2;
const BAND: usize = 2 * SLIPS as usize + 1;

/// The number of letters (characters, not bytes) of a word.
#[inline]
pub fn letters(word: &[u8]) -> usize {
    word.iter().filter(|byte| (**byte & 0xC0) != 0x80).count()
}

/// The first letter of a word, or nothing.
#[inline]
pub fn first_letter(word: &[u8]) -> &[u8] {
    let rest = word.iter().skip(1).take_while(|b| (**b & 0xC0) == 0x80);
    &word[..word.len().min(1 + rest.count())]
}

/// Whether `whole` is `front` and `back` run together.
#[inline]
pub fn joined(whole: &[u8], front: &[u8], back: &[u8]) -> bool {
    whole.len() == front.len() + back.len() && whole.starts_with(front) && whole.ends_with(back)
}

/// Whether a word is figures throughout.
pub fn figures(word: &[u8]) -> bool {
    !word.is_empty() && word.iter().all(u8::is_ascii_digit)
}

/// Particles run together with the surname they belong to, in the order tried.
const PARTICLES: [&str; 15] = [
    "DELAS", "DELOS", "DELA", "DEL", "DE", "VANDER", "VANDEN", "VAN", "VON", "DOS", "DA", "DI",
    "LA", "LE", "",
];

/// A surname without its particle (DELACRUZ: CRUZ), where three letters are left.
pub fn bare(surname: &[u8]) -> &[u8] {
    if !matches!(surname.first(), Some(b'D' | b'V' | b'L')) {
        return surname;
    }
    PARTICLES
        .iter()
        .filter_map(|particle| surname.strip_prefix(particle.as_bytes()))
        .find(|rest| rest.len() == surname.len() || letters(rest) >= 3)
        .unwrap_or(surname)
}

/// The distance of two different words: 1, 2 or `FAR`; `FAR` if one has fewer than
/// `shortest` letters.
pub fn distance(one: &[u8], other: &[u8], shortest: usize) -> u8 {
    if !one.is_ascii() || !other.is_ascii() {
        return of_any_script(one, other, shortest);
    }
    if one.len().min(other.len()) < shortest {
        return FAR;
    }
    alignment(one, other)
}

#[cold]
fn of_any_script(one: &[u8], other: &[u8], shortest: usize) -> u8 {
    let one: Vec<char> = String::from_utf8_lossy(one).chars().collect();
    let other: Vec<char> = String::from_utf8_lossy(other).chars().collect();
    if one.len().min(other.len()) < shortest {
        return FAR;
    }
    alignment(&one, &other)
}

/// Optimal string alignment, within a band of two slips.
fn alignment<T: Copy + Eq>(one: &[T], other: &[T]) -> u8 {
    let (mut short, mut long) = if one.len() <= other.len() {
        (one, other)
    } else {
        (other, one)
    };
    if long.len() - short.len() > SLIPS as usize {
        return FAR;
    }
    let same = short.iter().zip(long).take_while(|(a, b)| a == b).count();
    (short, long) = (&short[same..], &long[same..]);
    let mut tails = short.iter().rev().zip(long.iter().rev());
    let same = tails.by_ref().take_while(|(a, b)| a == b).count();
    (short, long) = (&short[..short.len() - same], &long[..long.len() - same]);
    let longer = long.len() - short.len();
    // What is left differs at both ends, so short remains need no table.
    match (short, long) {
        ([], _) => return longer as u8,
        ([_], [_]) => return 1,
        ([_], [_, _]) => return 2,
        ([a, b], [c, d]) => return if (a, b) == (d, c) { 1 } else { 2 },
        _ => {}
    }
    // Cell k of row i is the distance of the first i letters and the first i + k - 2.
    let mut before = [FAR; BAND];
    let mut above = [FAR, FAR, 0, 1, 2];
    for i in 1..=short.len() {
        let mut row = [FAR; BAND];
        for k in 0..BAND {
            let Some(j) = (i + k).checked_sub(SLIPS as usize) else {
                continue;
            };
            if j > long.len() {
                break;
            }
            if j == 0 {
                row[k] = i as u8;
                continue;
            }
            let mut least = above[k] + u8::from(short[i - 1] != long[j - 1]);
            if k > 0 {
                least = least.min(row[k - 1] + 1);
            }
            if k + 1 < BAND {
                least = least.min(above[k + 1] + 1);
            }
            if i > 1 && j > 1 && short[i - 1] == long[j - 2] && short[i - 2] == long[j - 1] {
                least = least.min(before[k] + 1);
            }
            row[k] = least.min(FAR);
        }
        let reached = row.iter().min() <= Some(&SLIPS);
        if !reached && above.iter().min() >= Some(&SLIPS) {
            return FAR;
        }
        (before, above) = (above, row);
    }
    match above[longer + SLIPS as usize] {
        near if near <= SLIPS => near,
        _ => FAR,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The textbook recurrence over the whole table: the oracle.
    fn textbook(one: &str, other: &str) -> usize {
        let a: Vec<char> = one.chars().collect();
        let b: Vec<char> = other.chars().collect();
        let mut d = vec![vec![0; b.len() + 1]; a.len() + 1];
        for i in 0..=a.len() {
            for j in 0..=b.len() {
                if i == 0 || j == 0 {
                    d[i][j] = i + j;
                    continue;
                }
                let cost = usize::from(a[i - 1] != b[j - 1]);
                d[i][j] = (d[i - 1][j] + 1)
                    .min(d[i][j - 1] + 1)
                    .min(d[i - 1][j - 1] + cost);
                if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                    d[i][j] = d[i][j].min(d[i - 2][j - 2] + 1);
                }
            }
        }
        d[a.len()][b.len()]
    }

    #[test]
    fn every_pair_of_short_words_is_as_far_apart_as_the_textbook_says() {
        let mut words = vec![String::new()];
        let mut last = words.clone();
        for _ in 0..5 {
            last = last
                .iter()
                .flat_map(|w| ["A", "B", "é"].map(|c| format!("{w}{c}")))
                .collect();
            words.extend(last.clone());
        }
        for one in &words {
            for other in words.iter().filter(|other| *other != one) {
                let wanted = match textbook(one, other) {
                    near @ 0..=2 => near as u8,
                    _ => FAR,
                };
                let found = distance(one.as_bytes(), other.as_bytes(), 0);
                assert_eq!(found, wanted, "{one} {other}");
            }
        }
    }

    #[test]
    fn particles_go_where_a_name_is_left() {
        let cases = [
            ("DELACRUZ", "CRUZ"),
            ("DELAM", "LAM"),
            ("DELA", "DELA"),
            ("VANDERBERG", "BERG"),
            ("LEE", "LEE"),
            ("SMITH", "SMITH"),
            ("", ""),
        ];
        for (surname, left) in cases {
            assert_eq!(bare(surname.as_bytes()), left.as_bytes(), "{surname}");
        }
    }

    #[test]
    fn letters_are_characters() {
        assert_eq!(letters("ÉA".as_bytes()), 2);
        assert_eq!(first_letter("ÉA".as_bytes()), "É".as_bytes());
        assert_eq!(first_letter(b""), b"");
        assert!(joined(b"MARYANN", b"MARY", b"ANN") && !joined(b"ANA", b"AN", b"NA"));
    }
}
