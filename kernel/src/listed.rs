//! The best of the faces that fit: of each voter one, of equal points the lower ids.

use std::collections::{BTreeMap, BTreeSet};

use crate::face::owner;
use crate::index::Index;

/// How far ahead a face or an id is asked for.
const AHEAD: usize = 16;

/// A face that may be listed. A face may come several times.
#[derive(Clone, Copy)]
pub struct Fit {
    pub points: u8,
    pub extra: bool,
    pub face: u32,
    /// The voter's row; until the voter is listed, of an extra face its plain face.
    pub row: u32,
}

/// Return up to `limit` voters, best first.
///
/// Only whoever has points enough to be listed is asked for an id.
pub fn listed(index: &Index, fits: &[Fit], limit: usize) -> Vec<Fit> {
    let mut met = [false; 256];
    for fit in fits {
        met[usize::from(fit.points)] = true;
    }
    let mut chosen: Vec<Fit> = Vec::new();
    let mut known: BTreeSet<&[u8]> = BTreeSet::new();
    for points in (0..=u8::MAX).rev().filter(|each| met[usize::from(*each)]) {
        if chosen.len() >= limit {
            break;
        }
        let level = fits.iter().filter(|fit| fit.points == points);
        let level = lowest(index, of_voters(index, level), limit - chosen.len(), &known);
        known.extend(level.keys());
        chosen.extend(level.values());
    }
    chosen
}

/// Give each fit its voter's row.
fn of_voters<'a>(index: &Index, fits: impl Iterator<Item = &'a Fit>) -> Vec<Fit> {
    let row = |fit: &Fit| match fit.extra {
        true => owner(&index.faces[fit.row as usize]),
        false => fit.row,
    };
    fits.map(|fit| Fit {
        row: row(fit),
        ..*fit
    })
    .collect()
}

/// The voters with the lowest ids, without those that are known, each with its first
/// face.
fn lowest<'a>(
    index: &'a Index,
    fits: Vec<Fit>,
    most: usize,
    known: &BTreeSet<&[u8]>,
) -> BTreeMap<&'a [u8], Fit> {
    let mut lowest: BTreeMap<&[u8], Fit> = BTreeMap::new();
    let mut worst: Option<&[u8]> = None;
    for (at, fit) in fits.iter().enumerate() {
        if let Some(next) = fits.get(at + AHEAD) {
            index.expect_id(next.row);
        }
        let id = index.id(fit.row);
        if worst.is_some_and(|worst| id > worst) || known.contains(id) {
            continue;
        }
        let kept = lowest.entry(id).or_insert(*fit);
        if fit.face < kept.face {
            *kept = *fit;
        }
        if lowest.len() > most {
            lowest.pop_last();
        }
        if lowest.len() == most {
            worst = lowest.last_key_value().map(|(id, _)| *id);
        }
    }
    lowest
}
