//! The best candidate of a line, beside what the others add up to.

use std::ops::Range;

use crate::ahead;
use crate::asked::Asked;
use crate::compare::Texts;
use crate::compare::name::{RELATIVE, SIBLING};
use crate::ease::Ease;
use crate::index::Index;
use crate::lines::Lines;
use crate::pair::{Comparison, NO_LEVEL, Pair};
use crate::prepared::Prepared;
use crate::probe::{self, Counts};
use crate::weigh::{Rarity, Weights, total};

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
    whole: false,
};

/// Lines whose candidates are looked for together, so that memory can keep up.
const TOGETHER: usize = 16;

/// How far ahead a voter's words are asked for.
const AHEAD: usize = 3;

/// One of the lines taken together.
#[derive(Default)]
struct Place {
    asked: Asked,
    /// Faces found, then the voters behind them.
    found: Vec<u32>,
    counts: Counts,
}

/// Compares lines with the voters of a roll, some lines after the other.
pub struct Search<'a> {
    index: &'a Index,
    lines: &'a Lines,
    weights: &'a Weights,
    rarity: Rarity,
    texts: Texts<'a>,
    ease: &'a Ease,
    /// The lines in the order in which they are looked for.
    order: &'a [u32],
    places: Vec<Place>,
    pairs: Vec<Pair>,
}

impl<'a> Search<'a> {
    pub fn new(
        index: &'a Index,
        lines: &'a Lines,
        weights: &'a Weights,
        prepared: &'a Prepared,
        ease: &'a Ease,
        order: &'a [u32],
    ) -> Self {
        let texts = Texts {
            index,
            lines,
            prepared,
        };
        Search {
            index,
            lines,
            weights,
            rarity: Rarity::new(index.voters),
            texts,
            ease,
            order,
            places: std::iter::repeat_with(Place::default)
                .take(TOGETHER)
                .collect(),
            pairs: Vec::new(),
        }
    }

    /// Hand every line's compared pairs (in no order) and counts to `each`.
    fn compare(&mut self, range: Range<usize>, mut each: impl FnMut(&mut Self, Counts)) {
        let (lines, texts) = (self.lines, self.texts);
        for group in self.order[range].chunks(TOGETHER) {
            self.find(group);
            for (nth, &at) in group.iter().enumerate() {
                let (line, place) = (lines.line(at as usize), &self.places[nth]);
                let law = (self.weights, &self.rarity);
                let mut comparison = Comparison::new(texts, law, &line, at);
                self.pairs.clear();
                for (after, &voter) in place.found.iter().enumerate() {
                    if let Some(&next) = place.found.get(after + AHEAD) {
                        ahead::voter(texts.index, texts.prepared, next);
                    }
                    self.pairs.push(comparison.with(voter));
                }
                each(self, self.places[nth].counts);
            }
            self.ease.look();
        }
    }

    /// Find the candidates of some lines, step by step for all of them.
    fn find(&mut self, group: &[u32]) {
        let (index, lines, prepared) = (self.index, self.lines, self.texts.prepared);
        let places = &mut self.places[..group.len()];
        let line = |at: &u32| lines.line(*at as usize);
        for at in group {
            ahead::words(index, prepared, &line(at));
        }
        for (at, place) in group.iter().zip(places.iter_mut()) {
            let line = line(at);
            place.asked.read(index, prepared, lines, &line);
            ahead::heads(index, &line, &place.asked);
        }
        for place in places.iter_mut() {
            place.asked.locate(index, prepared);
            ahead::entries(index, &place.asked);
        }
        for (at, place) in group.iter().zip(places.iter_mut()) {
            place.asked.follow(index, &line(at));
            ahead::namesakes(index, &place.asked);
        }
        for place in places.iter() {
            ahead::faces(index, &place.asked);
        }
        for (at, place) in group.iter().zip(places.iter_mut()) {
            place.found.clear();
            place.counts = probe::find(index, &line(at), &place.asked, &mut place.found);
        }
        for place in places {
            probe::voters(index, &mut place.found);
            ahead::readings(index, prepared, &place.found);
        }
    }

    /// Put the best candidate of each line of a range behind `out`.
    pub fn best(&mut self, range: Range<usize>, out: &mut Vec<Best>) {
        self.compare(range, |search, counts| out.push(search.choose(counts)));
    }

    /// Put all compared pairs of a range behind `out`, best first within each line.
    pub fn all(&mut self, range: Range<usize>, out: &mut Vec<Pair>) {
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
        // Where somebody agrees whole, those who agree in part are out of account.
        let counts_beside = |pair: &&Pair| pair.whole || !lead.whole;
        let rival = |pair: &&Pair| pair.is_named(weights) && pair.bits > lead.bits - weights.margin;
        let there = |pair: &&Pair| weights.is_whole(pair.address);
        let family = |pair: &Pair| matches!(pair.name, SIBLING | RELATIVE);
        let pool = pairs.iter().filter(counts_beside);
        let odds = pool.clone().map(|p| u128::from(weights.odds(p.bits)));
        Best {
            lead,
            second_row: second.row,
            second_bits: second.bits,
            rivals: pool.filter(rival).count() as u32,
            total: total(odds.sum()),
            counts,
            someone_there: u8::from(pairs.iter().any(|p| there(&p))),
            family_there: u8::from(pairs.iter().filter(there).any(family)),
            candidates: pairs.len() as u32,
        }
    }
}

/// Put the best of each line, found block by block in `order`, where the line stands.
pub fn in_line_order(found: &[Vec<Best>], order: &[u32]) -> Vec<Best> {
    let found = || order.iter().zip(found.iter().flatten());
    let mut whole: Vec<Best> = found().map(|(_, best)| *best).collect();
    for (at, best) in found() {
        whole[*at as usize] = *best;
    }
    whole
}
