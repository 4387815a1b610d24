//! The best candidate of a line, beside what the others add up to.

use crate::compare::name::{RELATIVE, SIBLING};
use crate::index::Index;
use crate::lines::Lines;
use crate::pair::{Comparison, NO_LEVEL, Pair};
use crate::probe::{self, Counts, Room};
use crate::weigh::{Weights, total};

/// No voter.
pub const NOBODY: u32 = u32::MAX;

/// A line's best candidate and its surroundings.
#[derive(Clone, Copy)]
pub struct Best {
    pub lead: Pair,
    pub second_row: u32,
    pub second_bits: i32,
    pub rivals: u32,
    pub total: f64,
    pub counts: Counts,
    pub someone_there: u8,
    pub family_there: u8,
    pub candidates: u32,
}

const NONE: Pair = Pair {
    line: 0,
    face: NOBODY,
    row: NOBODY,
    pattern_bits: 0,
    bits: 0,
    name: NO_LEVEL,
    home: NO_LEVEL,
    address: NO_LEVEL,
    old: NO_LEVEL,
    at_old: 0,
    middle: NO_LEVEL,
    suffix: NO_LEVEL,
    unit: NO_LEVEL,
    rarity: 0,
    in_county: 0,
};

/// Lines whose candidates are looked for together, so that memory can keep up.
const TOGETHER: usize = 16;
/// Lines whose first reads are asked for ahead.
const AHEAD: usize = 8;

/// Compares lines with the voters of a roll, some lines after the other.
pub struct Search<'a> {
    index: &'a Index,
    lines: &'a Lines,
    weights: &'a Weights,
    room: Room,
    found: Vec<Vec<u32>>,
    pairs: Vec<Pair>,
}

impl<'a> Search<'a> {
    pub fn new(index: &'a Index, lines: &'a Lines, weights: &'a Weights) -> Self {
        Search {
            index,
            lines,
            weights,
            room: Room::default(),
            found: vec![Vec::new(); TOGETHER],
            pairs: Vec::new(),
        }
    }

    /// Hand every line's compared pairs (in no order) and counts to `each`.
    fn compare(&mut self, range: std::ops::Range<usize>, mut each: impl FnMut(&mut Self, Counts)) {
        let (index, lines, weights) = (self.index, self.lines, self.weights);
        let mut counts = [Counts::default(); TOGETHER];
        let end = range.end;
        for start in range.step_by(TOGETHER) {
            let group = start..end.min(start + TOGETHER);
            for at in group.clone() {
                if at + AHEAD < end {
                    probe::expect(index, &lines.line(at + AHEAD));
                }
                let (line, slot) = (lines.line(at), at - start);
                let found = &mut self.found[slot];
                found.clear();
                counts[slot] = probe::find(index, lines, &line, &mut self.room, found);
                probe::expect_faces(index, found);
            }
            for at in group {
                let (line, slot) = (lines.line(at), at - start);
                probe::voters(index, &mut self.found[slot]);
                let mut comparison = Comparison::new(index, lines, weights, &line, at as u32);
                self.pairs.clear();
                let voters = self.found[slot].iter();
                self.pairs
                    .extend(voters.map(|voter| comparison.with(*voter)));
                each(self, counts[slot]);
            }
        }
    }

    /// Put the best candidate of each line of a range behind `out`.
    pub fn best(&mut self, range: std::ops::Range<usize>, out: &mut Vec<Best>) {
        self.compare(range, |search, counts| out.push(search.choose(counts)));
    }

    /// Put all compared pairs of a range behind `out`, best first within each line.
    pub fn all(&mut self, range: std::ops::Range<usize>, out: &mut Vec<Pair>) {
        let index = self.index;
        self.compare(range, |search, _| {
            search.pairs.sort_unstable_by(|a, b| a.order(b, index));
            out.extend_from_slice(&search.pairs);
        });
    }

    fn choose(&self, counts: Counts) -> Best {
        let (pairs, weights) = (&self.pairs, self.weights);
        let mut lead = NONE;
        let mut second = NONE;
        let goes_before = |a: &Pair, b: &Pair| b.face == NOBODY || a.order(b, self.index).is_lt();
        for pair in pairs {
            if goes_before(pair, &lead) {
                (lead, second) = (*pair, lead);
            } else if goes_before(pair, &second) {
                second = *pair;
            }
        }
        let rival = |pair: &&Pair| pair.is_named(weights) && pair.bits > lead.bits - weights.margin;
        let there = |pair: &&Pair| weights.is_whole(pair.address);
        let family = |pair: &Pair| matches!(pair.name, SIBLING | RELATIVE);
        let odds = pairs.iter().map(|p| u128::from(weights.odds(p.bits)));
        Best {
            lead,
            second_row: second.row,
            second_bits: second.bits,
            rivals: pairs.iter().filter(rival).count() as u32,
            total: total(odds.sum()),
            counts,
            someone_there: u8::from(pairs.iter().any(|p| there(&p))),
            family_there: u8::from(pairs.iter().filter(there).any(family)),
            candidates: pairs.len() as u32,
        }
    }
}
