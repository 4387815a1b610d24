//! Faces by whole name: surname and first name, plain before extra, county by county.

use std::io::Result;
use std::path::Path;

use super::Coming;
use super::share::{by_groups, heads};
use super::write::{Numbers, numbers};
use crate::face::{Face, county, given, is_extra, surname};
use crate::roomy::roomy;

/// A face within its surname: first name, extra or not, county; and where it went.
type Bearer = (u64, u32);

/// Write name_at, pair_first, pair_at and named.
pub fn write(coming: &Coming, went: &[u32], folder: &Path) -> Result<()> {
    let name = |face: &Face| {
        let form = coming.surname_form[surname(face) as usize];
        let forename = coming.given_forename[given(face) as usize];
        (form as usize, forename)
    };
    let both = |(form, forename): (usize, u32)| form != 0 && forename != 0;
    let mut counts = vec![0u32; coming.words];
    for face in coming.faces.iter() {
        let (form, forename) = name(face);
        counts[form] += u32::from(both((form, forename)));
    }
    let form_at = heads(counts);
    let mut next = form_at.clone();
    let mut bearers: Vec<Bearer> = roomy((0, 0), form_at[coming.words] as usize);
    for (face, &at) in coming.faces.iter().zip(went) {
        let (form, forename) = name(face);
        if both((form, forename)) {
            let key = u64::from(forename) << 17
                | u64::from(is_extra(face)) << 16
                | u64::from(county(face));
            bearers[next[form] as usize] = (key, at);
            next[form] += 1;
        }
    }
    drop(next);
    by_groups(&form_at, &mut bearers, coming.threads, |groups, mine| {
        let first = form_at[groups.start];
        for group in groups {
            let (start, end) = (form_at[group] - first, form_at[group + 1] - first);
            mine[start as usize..end as usize].sort_unstable();
        }
    });
    let mut named = Numbers::create(folder, "named")?;
    bearers.iter().try_for_each(|(_, at)| named.push(*at))?;
    named.finish()?;
    write_pairs(&form_at, &bearers, folder)
}

/// Write which first names each surname goes with, and where their bearers begin.
fn write_pairs(form_at: &[u32], bearers: &[Bearer], folder: &Path) -> Result<()> {
    let mut first = Numbers::create(folder, "pair_first")?;
    let mut pair_at = Numbers::create(folder, "pair_at")?;
    let mut name_at = Vec::with_capacity(form_at.len());
    let (mut pairs, mut start) = (0u32, 0u32);
    let forename = |bearer: &Bearer| (bearer.0 >> 17) as u32;
    for form in form_at.windows(2) {
        name_at.push(pairs);
        let mine = &bearers[form[0] as usize..form[1] as usize];
        for pair in mine.chunk_by(|a, b| forename(a) == forename(b)) {
            first.push(forename(&pair[0]))?;
            pair_at.push(start)?;
            pairs += 1;
            start += pair.len() as u32;
        }
    }
    name_at.push(pairs);
    pair_at.push(start)?;
    numbers(folder, "name_at", &name_at)?;
    first.finish()?;
    pair_at.finish()
}
