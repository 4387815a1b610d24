//! Voters a person types for: ways of reading a query, one after another, and the best.
//!
//! The same as `plebiscite.match.look.finder` does without a kernel. A face is held to
//! the words once for each way that finds it.

use std::ops::{ControlFlow, Range};

use crate::beginnings::{at_door, at_number, bearing, bearing_alone, borne, in_streets, lived_in};
use crate::face::{is_confidential, is_extra, owner, surname};
use crate::fits::Fits;
use crate::index::Index;
use crate::listed::{Fit, listed};
use crate::query::{Query, WHOLE, Word};
use crate::soon::soon;

/// Faces after which no further way of reading the query is tried.
const ENOUGH: usize = 20_000;
/// Words from which on a query in which all but one fit a door is one of that door.
const TELLING: usize = 4;
/// Faces taken together.
const TOGETHER: usize = 64;

/// One of the best: its row of the roll, its points, and why (see `Fits::why`).
pub type Listed = (u32, u8, Vec<(u8, u8)>);

/// List up to `limit` voters that fit a query, best first: by whole words if all fit,
/// else by beginnings.
pub fn found(index: &Index, query: &Query, limit: usize) -> Vec<Listed> {
    let words = query.words();
    let ways = Ways {
        index,
        query,
        words: &words,
    };
    let told = |fits: &Fits<'_>, best: &[Fit]| -> Vec<Listed> {
        let why = |fit: &Fit| fits.why(&index.faces[fit.face as usize]);
        listed(index, best, limit)
            .iter()
            .map(|fit| (fit.row, fit.points, why(fit)))
            .collect()
    };
    let all = WHOLE * words.len() as u8;
    let mut whole = Held::new(index, &words, false);
    // Where some word stands nowhere as it is, nobody fits whole.
    let may = words.iter().all(Word::may_be_whole);
    let mut faces = Vec::new();
    let mut hold = |found: Vec<u32>, _: usize| {
        if may {
            whole.hold(&found);
        }
        faces.extend(found);
        match whole.best == all {
            true => ControlFlow::Break(()),
            false => ControlFlow::Continue(()),
        }
    };
    let perfect =
        ways.doors(false, &mut hold).is_break() || ways.names(false, &mut hold).is_break();
    if perfect {
        return told(&whole.fits, &whole.found);
    }
    let mut begun = Held::new(index, &words, true);
    let mut hold = |found: Vec<u32>, _: usize| {
        faces.extend(found);
        ControlFlow::<()>::Continue(())
    };
    let _ = ways.doors(true, &mut hold);
    begun.hold(&faces);
    let but_one = all.saturating_sub(WHOLE);
    // Whoever is at no such door lacks the number or the street: one word more.
    if words.len() < TELLING || begun.best < but_one {
        let mut enough = Enough::new(index, faces);
        let _ = ways.names(true, &mut |found: Vec<u32>, again: usize| {
            begun.hold(&found);
            enough.with(found.len() + again)
        });
    }
    told(&begun.fits, &begun.found)
}

/// Faces held to a query.
struct Held<'a> {
    index: &'a Index,
    fits: Fits<'a>,
    found: Vec<Fit>,
    /// The most points of a face that may be listed.
    best: u8,
}

impl<'a> Held<'a> {
    fn new(index: &'a Index, words: &'a [Word<'a>], begun: bool) -> Self {
        Held {
            index,
            fits: Fits::new(index, words, begun),
            found: Vec::new(),
            best: 0,
        }
    }

    /// Hold faces to the words, some at a time, so that memory can keep up: first all
    /// are fetched, then what their surnames are read from.
    ///
    /// Those of the next turn are asked for one right behind the other: the processor
    /// then looks up many of their pages at once.
    fn hold(&mut self, faces: &[u32]) {
        let index = self.index;
        self.found.reserve(faces.len());
        let all = &index.faces[..];
        let fetch = |some: &[u32]| some.iter().for_each(|each| soon(all, *each as usize));
        let mut turns = faces.chunks(TOGETHER).peekable();
        fetch(turns.peek().unwrap_or(&&[][..]));
        while let Some(some) = turns.next() {
            for &each in some {
                index.expect_reading(surname(&all[each as usize]));
            }
            fetch(turns.peek().unwrap_or(&&[][..]));
            for &each in some {
                index.expect_parts(surname(&all[each as usize]));
            }
            for &each in some {
                self.hold_one(each);
            }
        }
    }

    #[inline(always)]
    fn hold_one(&mut self, at: u32) {
        let face = &self.index.faces[at as usize];
        if is_confidential(face) {
            return;
        }
        if let Some(points) = self.fits.points(face) {
            self.best = self.best.max(points);
            self.found.push(Fit {
                points,
                extra: is_extra(face),
                face: at,
                row: owner(face),
            });
        }
    }
}

/// Tells when enough faces have been looked at; doubles among the first do not count,
/// nor do confidential voters.
struct Enough<'a> {
    index: &'a Index,
    first: Vec<u32>,
    counted: bool,
    more: usize,
}

impl<'a> Enough<'a> {
    fn new(index: &'a Index, first: Vec<u32>) -> Self {
        Enough {
            index,
            first,
            counted: false,
            more: 0,
        }
    }

    fn with(&mut self, more: usize) -> ControlFlow<()> {
        self.more += more;
        if self.first.len() + self.more < ENOUGH {
            return ControlFlow::Continue(());
        }
        if !self.counted {
            self.counted = true;
            self.first.sort_unstable();
            self.first.dedup();
            let open = |at: &u32| !is_confidential(&self.index.faces[*at as usize]);
            self.first.retain(open);
        }
        match self.first.len() + self.more < ENOUGH {
            true => ControlFlow::Continue(()),
            false => ControlFlow::Break(()),
        }
    }
}

/// Ways of reading a query; each finds faces.
struct Ways<'a> {
    index: &'a Index,
    query: &'a Query,
    words: &'a [Word<'a>],
}

/// Takes faces that a way found, and how many it found again.
type Hold<'h> = &'h mut dyn FnMut(Vec<u32>, usize) -> ControlFlow<()>;

impl Ways<'_> {
    /// Words that may be names or streets.
    fn texts(&self) -> impl Iterator<Item = &Word<'_>> {
        self.words.iter().filter(|word| !word.figures)
    }

    /// House numbers of the roll.
    fn numbers(&self) -> impl Iterator<Item = u32> {
        let numbers = self.words.iter().filter(|word| word.figures);
        numbers.map(|word| word.whole).filter(|word| *word != 0)
    }

    /// At each house number of the query, in each street of it.
    fn doors(&self, begun: bool, hold: Hold<'_>) -> ControlFlow<()> {
        for word in self.texts() {
            let mut streets: Option<Vec<u32>> = None;
            for number in self.numbers() {
                let streets = streets.get_or_insert_with(|| {
                    let lived = lived_in(self.index, of(word, begun));
                    lived.chain(word.beside.iter().copied()).collect()
                });
                hold(at_door(self.index, streets, number), 0)?;
            }
        }
        ControlFlow::Continue(())
    }

    /// By a first name and a surname; with the beginnings of words, and where no such
    /// pair is borne, by a surname, a street or a first name alone.
    fn names(&self, begun: bool, hold: Hold<'_>) -> ControlFlow<()> {
        let index = self.index;
        let surnames: Vec<Vec<u32>> = self.texts().map(|word| self.borne(word, begun)).collect();
        let mut named = false;
        let borne = surnames.iter().enumerate();
        for (at, surnames) in borne.filter(|(_, surnames)| !surnames.is_empty()) {
            let firsts = self.texts().enumerate().filter(|(other, _)| *other != at);
            for (_, first) in firsts {
                let given = if begun {
                    first.started.clone()
                } else {
                    first.only()
                };
                let nicknames = first.called.iter().map(|each| *each..each + 1);
                let given: Vec<Range<u32>> = std::iter::once(given)
                    .chain(nicknames)
                    .filter(|given| self.is_called(given))
                    .collect();
                for faces in bearing(index, surnames, &given) {
                    named |= !faces.is_empty();
                    hold(faces, 0)?;
                }
            }
        }
        if begun && !named {
            self.alone(&surnames, hold)?;
        }
        ControlFlow::Continue(())
    }

    /// By one word, and a number if there is one.
    fn alone(&self, surnames: &[Vec<u32>], hold: Hold<'_>) -> ControlFlow<()> {
        let (index, query) = (self.index, self.query);
        let mut known: Vec<Option<usize>> = vec![None; self.words.len()];
        for (word, surnames) in self.texts().zip(surnames) {
            for (at, number) in self.numbers().enumerate() {
                if !surnames.is_empty() {
                    // The same faces for each word: looked at once, counted each time.
                    match known[at] {
                        Some(many) => hold(Vec::new(), many)?,
                        None => {
                            let faces = at_number(index, &query.zips, number);
                            known[at] = Some(faces.len());
                            hold(faces, 0)?;
                        }
                    }
                }
                let streets = lived_in(index, word.begun.clone());
                hold(in_streets(index, streets, &(number..number + 1)), 0)?;
            }
        }
        for (word, surnames) in self.texts().zip(surnames) {
            hold(bearing_alone(index, surnames), 0)?;
            if surnames.is_empty() && self.is_called(&word.started) {
                // A first name alone: the commonest surnames are looked through.
                let given = std::slice::from_ref(&word.started);
                for faces in bearing(index, &query.commonest, given) {
                    hold(faces, 0)?;
                }
            }
        }
        ControlFlow::Continue(())
    }

    /// Whether anybody has a first name of a range.
    fn is_called(&self, given: &Range<u32>) -> bool {
        let some = given.start as usize..given.end.max(given.start) as usize;
        self.index.bears_first[some].iter().any(|each| *each > 0)
    }

    /// The surnames a word may be.
    fn borne(&self, word: &Word<'_>, begun: bool) -> Vec<u32> {
        let mut found = borne(self.index, of(word, begun));
        let beside = word.beside.iter().copied();
        found.extend(beside.filter(|word| self.index.has_surname(*word)));
        found
    }
}

/// The words of the roll that a word stands for.
fn of(word: &Word<'_>, begun: bool) -> Range<u32> {
    if begun {
        word.begun.clone()
    } else {
        word.only()
    }
}
