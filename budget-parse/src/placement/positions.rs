//! Groups without figures that rounding could hide: their parts stand in the columns of the whole, and in no other.
//!
//! What goes together then depends only on which of the whole's figures a part stands below; so options of the whole that
//! leave the parts the same positions are searched once.

use std::collections::HashSet;

use super::group::{Member, Supports, set};
use super::options::{Mask, RowOption, columns, rank};
use super::search;
use super::steps::Steps;

/// Whether a whole and its only part have the same figures, as most of such pairs have.
fn are_alike(whole: &Member<'_>, part: &Member<'_>) -> bool {
    let (whole, part) = (&whole.figures.figures, &part.figures.figures);
    whole.len() == part.len() && whole.iter().zip(part).all(|(whole, part)| whole.meets(*part))
}

/// A whole and a part with the same figures stand in the same columns. `None` if they cannot.
fn side_by_side(whole: &Member<'_>, part: &Member<'_>) -> Option<Supports> {
    if whole.options == part.options {
        let all = vec![true; whole.options.len()];
        return Some(Supports { whole: all.clone(), parts: vec![all] });
    }
    let in_both = |member: &Member<'_>, other: &Member<'_>| -> Vec<bool> {
        let masks: HashSet<Mask> = other.options.iter().map(|option| option.mask).collect();
        member.options.iter().map(|option| masks.contains(&option.mask)).collect()
    };
    let supports = Supports { whole: in_both(whole, part), parts: vec![in_both(part, whole)] };
    supports.whole.contains(&true).then_some(supports)
}

/// [`search::search`] for such groups.
#[expect(clippy::option_option, reason = "two different kinds of nothing, see `search::search`")]
pub(super) fn search(whole: &Member<'_>, parts: &[Member<'_>], steps: &mut Steps<'_>) -> Option<Option<Supports>> {
    if let [part] = parts
        && are_alike(whole, part)
    {
        steps.work(whole.options.len() + part.options.len())?;
        return Some(side_by_side(whole, part));
    }
    let mut supports = Supports::none(whole, parts);
    let mut searched: Vec<(Positions, Option<Supports>)> = Vec::new();
    let mut positions = Positions::default();
    let options: usize = parts.iter().map(|part| part.options.len()).sum();
    for (at, whole_option) in whole.options.iter().enumerate() {
        steps.look(options)?;
        if !positions.fill(parts, whole_option.mask) {
            continue;
        }
        steps.work(searched.len() + options)?;
        let seen = searched.iter().position(|(seen, _)| *seen == positions);
        let found = match seen {
            Some(seen) => searched.get(seen),
            None => {
                let all: Vec<usize> = (0..whole_option.mask.count_ones() as usize).collect();
                let options = [RowOption { mask: (1 << all.len()) - 1, cost: whole_option.cost }];
                let whole = Member { figures: whole.figures, options: &options };
                let found = search::search(&whole, &positions.members(parts), &all, steps)?;
                searched.push((std::mem::take(&mut positions), found));
                searched.last()
            }
        };
        let Some((_, Some(found))) = found else { continue };
        set(&mut supports.whole, at);
        for ((part, flags), found) in parts.iter().zip(&mut supports.parts).zip(&found.parts) {
            let mut found = found.iter();
            for (flag, option) in flags.iter_mut().zip(part.options) {
                if option.mask & !whole_option.mask == 0 {
                    *flag |= found.next().copied().unwrap_or(false);
                }
            }
        }
    }
    Some(supports.whole.contains(&true).then_some(supports))
}

/// The options of the parts inside the columns of their whole, by position among those columns.
#[derive(Default, PartialEq, Eq)]
struct Positions {
    options: Vec<RowOption>,
    /// For each part, where its options end.
    ends: Vec<usize>,
}

impl Positions {
    /// Takes in the options inside of `whole`; `false` if a part has none.
    fn fill(&mut self, parts: &[Member<'_>], whole: Mask) -> bool {
        self.options.clear();
        self.ends.clear();
        for part in parts {
            let inside = part.options.iter().filter(|option| option.mask & !whole == 0);
            self.options.extend(inside.map(|option| {
                let mask = columns(option.mask).fold(0, |mask, column| mask | 1 << rank(whole, column));
                RowOption { mask, cost: option.cost }
            }));
            if self.options.len() == self.ends.last().copied().unwrap_or(0) {
                return false;
            }
            self.ends.push(self.options.len());
        }
        true
    }

    fn members<'m>(&'m self, parts: &[Member<'m>]) -> Vec<Member<'m>> {
        let starts = std::iter::once(&0).chain(&self.ends);
        let ranges = starts.zip(&self.ends).map(|(start, end)| self.options.get(*start..*end).unwrap_or_default());
        parts.iter().zip(ranges).map(|(part, options)| Member { figures: part.figures, options }).collect()
    }
}
