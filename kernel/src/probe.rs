//! Which voters are worth comparing with a line, and how many bear its name or live at
//! its address.
//!
//! A line reaches a voter by the street and ZIP code, by the door (street and house),
//! by the house number and ZIP code beside a shared name, and by the names alone. A key
//! that very many voters share is followed only to those who share a name, or live in
//! the line's county; how many there are is counted all the same.

use std::ops::Range;

use crate::asked::Asked;
use crate::face::{Face, county, house, is_extra};
use crate::index::Index;
use crate::lines::{Line, NO_COUNTY};

/// A key shared by more faces is followed only to those who share a name.
const CROWD: usize = 120;
/// Faces of one posting looked at.
const LOOKED_AT: usize = 4_096;
/// A street in a ZIP code with no more faces has no crowd in any house.
const SHORT_STREET: usize = CROWD;
/// A house number that no face has.
const NOBODYS: u32 = u32::MAX;
/// A street in a ZIP code with more faces is read only at the line's house.
const LONG_STREET: usize = 65_536;
/// What the index holds beside candidates: bearers of the line's name (in its county,
/// anywhere) and residents of its address.
#[derive(Clone, Copy, Default)]
pub struct Counts {
    pub here: u32,
    pub anywhere: u32,
    pub residents: u32,
}

/// Add the faces worth comparing with a line to `found` (some more than once).
pub fn find(index: &Index, line: &Line<'_>, asked: &Asked, found: &mut Vec<u32>) -> Counts {
    let mut probe = Probe {
        index,
        line,
        asked,
        found,
    };
    let mut counts = Counts {
        here: asked.here,
        anywhere: asked.anywhere,
        residents: 0,
    };
    let named = &index.named.faces;
    for run in &asked.followed {
        probe.found.extend_from_slice(&named[run.clone()]);
    }
    for place in &asked.places {
        probe.by_place(place.clone());
    }
    if asked.house != 0 {
        for &core in &asked.cores {
            probe.by_door(core);
        }
        for &zip in &asked.zips {
            probe.by_number(zip);
        }
        counts.residents = probe.residents();
    }
    counts
}

/// One line's search.
struct Probe<'a> {
    index: &'a Index,
    line: &'a Line<'a>,
    asked: &'a Asked,
    found: &'a mut Vec<u32>,
}

impl Probe<'_> {
    #[inline]
    fn shares(&self, face: &Face) -> bool {
        self.asked.shares_name(self.index, face)
    }

    /// Add the faces of a range: all, or those that share a name.
    fn take(&mut self, range: Range<usize>, all: bool) {
        for at in range {
            if all || self.shares(&self.index.faces[at]) {
                self.found.push(at as u32);
            }
        }
    }

    fn by_place(&mut self, place: Range<usize>) {
        if place.len() <= SHORT_STREET {
            self.by_short_place(place);
            return;
        }
        let mut home = place.start..place.start;
        if self.asked.house != 0 {
            home = self.index.house_in(&place, self.asked.house);
        }
        if place.len() <= LONG_STREET {
            self.take(place.start..home.start, false);
            self.take(home.end..place.end, false);
        }
        let few = home.len() <= CROWD;
        self.take(home, few);
    }

    /// Likewise, in one walk: all faces are read anyway, and there is no crowd.
    fn by_short_place(&mut self, place: Range<usize>) {
        let start = place.start;
        let number = match self.asked.house {
            0 => NOBODYS,
            number => number,
        };
        for (at, face) in self.index.faces[place].iter().enumerate() {
            if house(face) == number || self.shares(face) {
                self.found.push((start + at) as u32);
            }
        }
    }

    fn by_door(&mut self, core: u32) {
        let index = self.index;
        let before = self.found.len();
        let doors = index.doors(core, self.asked.house).take(LOOKED_AT);
        self.found.extend(doors);
        if self.found.len() - before > CROWD {
            let crowd = self.found.split_off(before);
            let share = |at: &u32| self.shares(&index.faces[*at as usize]);
            let some: Vec<u32> = crowd.into_iter().filter(share).collect();
            self.found.extend(some);
        }
    }

    fn by_number(&mut self, zip: u32) {
        let index = self.index;
        for at in index.numbers(zip, self.asked.house).take(LOOKED_AT) {
            if self.shares(&index.faces[at as usize]) {
                self.found.push(at);
            }
        }
    }

    /// Count the voters who live at the very address written.
    fn residents(&self) -> u32 {
        let (index, line) = (self.index, self.line);
        if line.street == 0 || line.street >= index.words {
            return 0;
        }
        let plain = |face: &&Face| !is_extra(face);
        let count = if line.zip != 0 {
            let place = index.place(line.street, line.zip);
            let home = index.house_in(&place, line.house);
            let faces = index.faces[home].iter().take(LOOKED_AT);
            faces.filter(plain).count()
        } else {
            let hits = index.doors(line.street, line.house).take(LOOKED_AT);
            let faces = hits.map(|at| &index.faces[at as usize]).filter(plain);
            let there = faces.filter(|face| match line.city {
                0 => county(face) == line.county && line.county < NO_COUNTY,
                city => index.city_of(face) == city,
            });
            there.count()
        };
        count as u32
    }
}

/// Turn faces into the distinct voters behind them: their plain faces, in order.
pub fn voters(index: &Index, found: &mut Vec<u32>) {
    for at in found.iter_mut() {
        *at = index.plain(*at);
    }
    found.sort_unstable();
    found.dedup();
}
