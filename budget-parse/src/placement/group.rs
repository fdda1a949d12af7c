//! One whole and its parts, column by column: which ways of placing their figures are possible together.

use super::options::{MOST_COLUMNS, Mask, RowFigures, RowOption, columns};
use super::positions;
use super::search::search;
use super::steps::Steps;
use crate::work::Work;

/// What a search over a group gave.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// Every column adds up. Which options of the whole, and of each part, are possible.
    Possible(Supports),
    /// No choice makes every column add up, so a figure is wrong; with `broken` columns left out, these are possible.
    Broken { broken: u32, supports: Supports },
    /// The search was given up; nothing can be excluded.
    TooLarge,
    /// Even without any column nothing is excluded: the group says nothing.
    Silent,
}

/// Which options are possible.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Supports {
    pub(super) whole: Vec<bool>,
    pub(super) parts: Vec<Vec<bool>>,
}

impl Supports {
    /// Nothing is possible yet.
    pub(super) fn none(whole: &Member<'_>, parts: &[Member<'_>]) -> Self {
        let flags = |member: &Member<'_>| vec![false; member.options.len()];
        Self { whole: flags(whole), parts: parts.iter().map(flags).collect() }
    }
}

/// A row and the ways it can be placed.
pub(super) struct Member<'m> {
    pub(super) figures: &'m RowFigures,
    pub(super) options: &'m [RowOption],
}

/// Which options of the members can occur together, with every column of `used` adding up within rounding.
pub(super) fn consistent(whole: &Member<'_>, parts: &[Member<'_>], used: Mask, work: &mut Work) -> Outcome {
    if work.take(MEMBER * (1 + parts.len())).is_none() || !fits(std::iter::once(whole).chain(parts)) {
        return Outcome::TooLarge;
    }
    let all: Vec<usize> = columns(used).collect();
    let mut steps = Steps::new(work);
    let found = match is_plain(whole, parts) {
        true => positions::search(whole, parts, &mut steps),
        false => search(whole, parts, &all, &mut steps),
    };
    match found {
        None => return Outcome::TooLarge,
        Some(Some(supports)) => return Outcome::Possible(supports),
        Some(None) => {}
    }
    // A wrong figure breaks its own column; leave out as few columns as it takes.
    for broken in 1..=2usize.min(all.len().saturating_sub(1)) {
        let mut union: Option<Supports> = None;
        for left_out in subsets(all.len(), broken) {
            let kept: Vec<usize> = all
                .iter()
                .enumerate()
                .filter(|(index, _)| left_out & (1 << index) == 0)
                .map(|(_, column)| *column)
                .collect();
            match search(whole, parts, &kept, &mut steps) {
                None => return Outcome::TooLarge,
                Some(None) => {}
                Some(Some(supports)) => merge(&mut union, supports),
            }
        }
        if let Some(supports) = union {
            return Outcome::Broken { broken: broken as u32, supports };
        }
    }
    Outcome::Silent
}

/// What it costs to look at a member, its figures and whether they add up.
const MEMBER: usize = 8;

/// Whether no sum of figures of the members, with their rounding, comes near the limits of the arithmetic.
fn fits<'m>(members: impl Iterator<Item = &'m Member<'m>>) -> bool {
    let mut figures = members.flat_map(|member| &member.figures.figures);
    let sum =
        figures.try_fold(0i64, |sum, figure| sum.checked_add(figure.value.checked_abs()?)?.checked_add(figure.slack));
    // Bounds are sums of sums.
    sum.is_some_and(|sum| sum <= i64::MAX / 8)
}

/// Whether every figure of the members is more than their rounding together can hide: then the parts stand in the columns
/// of the whole, and in no other.
fn is_plain(whole: &Member<'_>, parts: &[Member<'_>]) -> bool {
    let figures = || std::iter::once(whole).chain(parts).flat_map(|member| &member.figures.figures);
    let room: i64 = figures().map(|figure| figure.slack).sum();
    figures().all(|figure| figure.value > room)
}

/// Sets a flag.
pub(super) fn set(flags: &mut [bool], at: usize) {
    if let Some(flag) = flags.get_mut(at) {
        *flag = true;
    }
}

/// Bit sets of one or two indices below `n`.
fn subsets(n: usize, size: usize) -> impl Iterator<Item = u32> {
    let n = n.min(MOST_COLUMNS);
    let behind = move |one: usize| if size == 1 { one..one + 1 } else { one + 1..n };
    (0..n).flat_map(move |one| behind(one).map(move |other| 1 << one | 1 << other))
}

fn merge(union: &mut Option<Supports>, other: Supports) {
    match union {
        None => *union = Some(other),
        Some(union) => {
            let or = |to: &mut Vec<bool>, from: Vec<bool>| to.iter_mut().zip(from).for_each(|(to, from)| *to |= from);
            or(&mut union.whole, other.whole);
            union.parts.iter_mut().zip(other.parts).for_each(|(to, from)| or(to, from));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::placement::fixed::Fixed;

    fn figures(values: &[i64]) -> RowFigures {
        let figures: Vec<_> = values.iter().map(|value| Fixed { value: value * 2, slack: 1 }).collect();
        RowFigures { marks: vec![true; figures.len()], figures }
    }

    fn options(masks: &[Mask]) -> Vec<RowOption> {
        masks.iter().map(|mask| RowOption { mask: *mask, cost: 0 }).collect()
    }

    fn solve(whole: (&[i64], &[Mask]), parts: &[(&[i64], &[Mask])], used: Mask) -> Outcome {
        let rows: Vec<_> =
            std::iter::once(&whole).chain(parts).map(|(values, masks)| (figures(values), options(masks))).collect();
        let members: Vec<_> = rows.iter().map(|(figures, options)| Member { figures, options }).collect();
        consistent(&members[0], &members[1..], used, &mut Work::units(10_000_000))
    }

    #[test]
    fn a_subset_that_adds_up_decides_the_columns_of_all_parts() {
        // Columns 1 and 2 hold 6,787.02 and 345.48; only one part and the rest of another make up the second.
        let outcome = solve(
            (&[678_702, 34_548], &[0b110]),
            &[
                (&[4_876], &[0b010, 0b100]),
                (&[600_006], &[0b010, 0b100]),
                (&[33_948], &[0b010, 0b100]),
                (&[73_820, 600], &[0b110]),
            ],
            0b110,
        );
        let Outcome::Possible(supports) = outcome else { panic!("{outcome:?}") };
        assert_eq!(supports.parts[..3], [[true, false], [true, false], [false, true]]);
    }

    #[test]
    fn an_only_part_stands_where_its_whole_does() {
        let outcome = solve((&[500, 300], &[0b011, 0b101]), &[(&[500, 300], &[0b101, 0b110])], 0b111);
        let Outcome::Possible(supports) = outcome else { panic!("{outcome:?}") };
        assert_eq!((supports.whole, supports.parts), (vec![false, true], vec![vec![true, false]]));
        let outcome = solve((&[500], &[0b001]), &[(&[500], &[0b010])], 0b011);
        assert!(!matches!(outcome, Outcome::Possible(_)), "{outcome:?}");
    }

    #[test]
    fn equal_parts_in_two_columns_stay_open() {
        let outcome = solve((&[100, 100], &[0b110]), &[(&[100], &[0b010, 0b100]), (&[100], &[0b010, 0b100])], 0b110);
        let Outcome::Possible(supports) = outcome else { panic!("{outcome:?}") };
        assert_eq!(supports.parts, [[true, true], [true, true]]);
    }

    #[test]
    fn a_wrong_figure_does_not_move_its_neighbours() {
        // The second part should be 40, printed as 70; the first still has to be in column 1.
        let outcome = solve((&[60, 40], &[0b110]), &[(&[60], &[0b010, 0b100]), (&[70], &[0b010, 0b100])], 0b110);
        let Outcome::Broken { broken, supports } = outcome else { panic!("{outcome:?}") };
        assert_eq!(broken, 1);
        assert_eq!(supports.parts, [[true, false], [false, true]]);
    }

    #[test]
    fn a_search_that_cannot_end_in_time_excludes_nothing() {
        let part: (&[i64], &[Mask]) = (&[1_000_003], &[0b010, 0b100]);
        let mut values: Vec<Vec<i64>> = (0..40).map(|index| vec![1_000_003 + index * index * 7_919]).collect();
        values[0][0] += 1;
        let parts: Vec<(&[i64], &[Mask])> = values.iter().map(|value| (value.as_slice(), part.1)).collect();
        let total: i64 = values.iter().map(|value| value[0]).sum();
        let outcome = solve((&[total / 2 + 11, total - total / 2 - 11], &[0b110]), &parts, 0b110);
        assert!(matches!(outcome, Outcome::TooLarge | Outcome::Possible(_)), "{outcome:?}");
    }

    #[test]
    fn subsets_are_all_of_their_size() {
        assert_eq!(subsets(3, 1).collect::<Vec<_>>(), [0b001, 0b010, 0b100]);
        assert_eq!(subsets(3, 2).collect::<Vec<_>>(), [0b011, 0b101, 0b110]);
    }

    #[test]
    fn a_contradiction_between_rows_that_could_stand_anywhere_is_given_up_soon() {
        let anywhere: Vec<Mask> = (0..1 << 14).filter(|mask: &Mask| mask.count_ones() == 5).collect();
        let part: (&[i64], &[Mask]) = (&[7, 11, 13, 17, 19], &anywhere);
        let outcome = solve((&[901, 911, 919, 929, 937], &anywhere), &[part, part, part], (1 << 14) - 1);
        assert_eq!(outcome, Outcome::TooLarge);
    }
}
