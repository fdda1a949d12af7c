//! One whole and its parts, column by column: which ways of placing their figures are possible together.

use super::fixed::Fixed;
use super::options::{MOST_COLUMNS, Mask, RowFigures, RowOption, columns, rank};
use super::sweep::sweep;

/// Most steps of one search; beyond it, nothing is excluded.
const MOST_STEPS: usize = 20_000;
/// Most parts with several options that are searched together; the search goes one call deeper for each.
const MOST_OPEN: usize = 200;
/// An amount for each column.
pub(super) type Sums = [i64; MOST_COLUMNS];

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
    fn none(whole: &Member<'_>, parts: &[Member<'_>]) -> Self {
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
pub(super) fn consistent(whole: &Member<'_>, parts: &[Member<'_>], used: Mask) -> Outcome {
    if !fits(std::iter::once(whole).chain(parts)) {
        return Outcome::TooLarge;
    }
    let all: Vec<usize> = columns(used).collect();
    let mut steps = MOST_STEPS;
    let found = match parts {
        _ if !is_plain(whole, parts) => search(whole, parts, &all, &mut steps),
        [part] if are_alike(whole, part) => Some(side_by_side(whole, part)),
        _ => search_by_position(whole, parts, &mut steps),
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

/// Whether a whole and its only part have the same figures, as most of such pairs have.
fn are_alike(whole: &Member<'_>, part: &Member<'_>) -> bool {
    let (whole, part) = (&whole.figures.figures, &part.figures.figures);
    whole.len() == part.len() && whole.iter().zip(part).all(|(whole, part)| whole.meets(*part))
}

/// A whole and a part with the same figures stand in the same columns. `None` if they cannot.
fn side_by_side(whole: &Member<'_>, part: &Member<'_>) -> Option<Supports> {
    let in_both = |member: &Member<'_>, other: &Member<'_>| -> Vec<bool> {
        let is_in = |mask| other.options.iter().any(|other| other.mask == mask);
        match member.options == other.options {
            true => vec![true; member.options.len()],
            false => member.options.iter().map(|option| is_in(option.mask)).collect(),
        }
    };
    let supports = Supports { whole: in_both(whole, part), parts: vec![in_both(part, whole)] };
    supports.whole.contains(&true).then_some(supports)
}

/// [`search`] for plain groups. What goes together depends only on which of the whole's
/// figures a part stands below; so options of the whole that leave the parts the same positions are searched once.
#[expect(clippy::option_option, reason = "two different kinds of nothing, see `search`")]
fn search_by_position(whole: &Member<'_>, parts: &[Member<'_>], steps: &mut usize) -> Option<Option<Supports>> {
    let mut supports = Supports::none(whole, parts);
    let mut searched: Vec<(Positions, Option<Supports>)> = Vec::new();
    let mut positions = Positions::default();
    for (at, whole_option) in whole.options.iter().enumerate() {
        if !positions.fill(parts, whole_option.mask) {
            continue;
        }
        let seen = searched.iter().position(|(seen, _)| *seen == positions);
        let found = match seen {
            Some(seen) => searched.get(seen),
            None => {
                let all: Vec<usize> = (0..whole_option.mask.count_ones() as usize).collect();
                let options = [RowOption { mask: (1 << all.len()) - 1, cost: whole_option.cost }];
                let whole = Member { figures: whole.figures, options: &options };
                let found = search(&whole, &positions.members(parts), &all, steps)?;
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

fn set(flags: &mut [bool], at: usize) {
    if let Some(flag) = flags.get_mut(at) {
        *flag = true;
    }
}

/// Bit sets of `size` indices below `n`.
fn subsets(n: usize, size: usize) -> impl Iterator<Item = u32> {
    (0u32..1 << n.min(MOST_COLUMNS)).filter(move |set| set.count_ones() as usize == size)
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

/// A part that is still open.
pub(super) struct OpenPart {
    /// Its place among the parts.
    pub(super) index: usize,
    pub(super) options: Vec<PartOption>,
}

/// An option of a part, with its figures by checked column.
pub(super) struct PartOption {
    /// Its place among the options of the part.
    pub(super) index: usize,
    pub(super) value: Sums,
    pub(super) slack: Sums,
}

impl PartOption {
    /// The figure in a column: value and slack.
    pub(super) fn at(&self, column: usize) -> (i64, i64) {
        (self.value[column], self.slack[column])
    }

    /// The figures, column by column.
    pub(super) fn by_column(&self) -> impl Iterator<Item = (i64, i64)> {
        self.value.into_iter().zip(self.slack)
    }
}

impl OpenPart {
    /// Least, most and slack that the part can add in a column.
    fn bounds(&self, column: usize) -> (i64, i64, i64) {
        self.options.iter().fold((i64::MAX, i64::MIN, 0), |(low, high, room), option| {
            let (value, slack) = option.at(column);
            (low.min(value), high.max(value), room.max(slack))
        })
    }
}

struct Search {
    columns: usize,
    open: Vec<OpenPart>,
    /// Least and most that the open parts from an index on can add, by column.
    least: Vec<Sums>,
    most: Vec<Sums>,
    most_slack: Vec<Sums>,
}

/// `None`: given up. `Some(None)`: nothing is possible.
#[expect(clippy::option_option, reason = "two different kinds of nothing, named in the line above")]
fn search(whole: &Member<'_>, parts: &[Member<'_>], checked: &[usize], steps: &mut usize) -> Option<Option<Supports>> {
    let width = checked.len();
    let values = |member: &Member<'_>, option: &RowOption| -> (Sums, Sums) {
        let (mut value, mut slack) = ([0; MOST_COLUMNS], [0; MOST_COLUMNS]);
        let mut figures = member.figures.figures.iter();
        for column in columns(option.mask) {
            let figure = figures.next().copied().unwrap_or(Fixed::ZERO);
            if let Some(at) = checked.iter().position(|checked| *checked == column) {
                value[at] = figure.value;
                slack[at] = figure.slack;
            }
        }
        (value, slack)
    };
    let mut supports = Supports::none(whole, parts);
    let (mut base, mut base_slack) = ([0i64; MOST_COLUMNS], [0i64; MOST_COLUMNS]);
    let mut open = Vec::new();
    // Parts with one option left: index and option.
    let mut settled: Vec<(usize, usize)> = Vec::new();
    for (index, part) in parts.iter().enumerate() {
        let options: Vec<_> = part
            .options
            .iter()
            .enumerate()
            .map(|(at, option)| {
                let (value, slack) = values(part, option);
                PartOption { index: at, value, slack }
            })
            .collect();
        match options.as_slice() {
            [] => {}
            [PartOption { index: at, value, slack }] => {
                settled.push((index, *at));
                add(&mut base, value, &mut base_slack, slack);
            }
            _ => open.push(OpenPart { index, options }),
        }
    }
    if let [option] = whole.options {
        let (value, slack) = values(whole, option);
        if !narrow(width, &mut open, &mut settled, (&mut base, &mut base_slack), (&value, &slack), steps)? {
            return Some(None);
        }
    }
    if open.len() > MOST_OPEN {
        return None;
    }
    // Large figures first: they are decided soonest.
    open.sort_by_cached_key(|part| {
        let largest = part.options.iter().flat_map(|option| option.value).map(i64::unsigned_abs).max();
        std::cmp::Reverse(largest)
    });
    let mut state = Search { columns: width, least: Vec::new(), most: Vec::new(), most_slack: Vec::new(), open };
    let mut possible = false;
    for (at, option) in whole.options.iter().enumerate() {
        let (value, slack) = values(whole, option);
        let (mut rest, mut room) = ([0; MOST_COLUMNS], [0; MOST_COLUMNS]);
        for column in 0..width {
            rest[column] = value[column] - base[column];
            room[column] = slack[column] + base_slack[column];
        }
        if let Some(found) = sweep(width, &state.open, (&rest, &room), &mut supports) {
            if found {
                possible = true;
                set(&mut supports.whole, at);
            }
            continue;
        }
        if state.least.is_empty() {
            state.bounds();
        }
        // One search for each option that nothing has supported yet; every solution supports one option of each part.
        let mut chosen = vec![0; state.open.len()];
        *steps = steps.checked_sub(1)?;
        if !(0..width).all(|column| state.reaches(0, column, rest[column], room[column]))
            || !state.descend(0, (&rest, &room), None, &mut chosen, steps)?
        {
            continue;
        }
        possible = true;
        set(&mut supports.whole, at);
        state.mark(&chosen, &mut supports);
        for fixed in 0..state.open.len() {
            for option in 0..state.open[fixed].options.len() {
                let part = &state.open[fixed];
                if supports.parts[part.index][part.options[option].index] {
                    continue;
                }
                if state.descend(0, (&rest, &room), Some((fixed, option)), &mut chosen, steps)? {
                    state.mark(&chosen, &mut supports);
                }
            }
        }
    }
    if !possible {
        return Some(None);
    }
    for (index, at) in settled {
        supports.parts[index][at] = true;
    }
    Some(Some(supports))
}

/// Removes options that cannot fit whatever the other parts do, until nothing changes; parts with one option left move
/// into the base. `Some(false)` if nothing fits.
fn narrow(
    width: usize,
    open: &mut Vec<OpenPart>,
    settled: &mut Vec<(usize, usize)>,
    (base, base_slack): (&mut Sums, &mut Sums),
    (whole, whole_slack): (&Sums, &Sums),
    steps: &mut usize,
) -> Option<bool> {
    loop {
        *steps = steps.checked_sub(1)?;
        let (mut least, mut most, mut room) = ([0i64; MOST_COLUMNS], [0i64; MOST_COLUMNS], [0i64; MOST_COLUMNS]);
        for column in 0..width {
            room[column] = whole_slack[column] + base_slack[column];
            for part in open.iter() {
                let (low, high, slack) = part.bounds(column);
                least[column] += low;
                most[column] += high;
                room[column] += slack;
            }
        }
        let before: usize = open.iter().map(|part| part.options.len()).sum();
        for part in open.iter_mut() {
            let bounds: Vec<_> = (0..width).map(|column| part.bounds(column)).collect();
            part.options.retain(|option| {
                bounds.iter().enumerate().all(|(column, (low, high, _))| {
                    let rest = whole[column] - base[column] - option.value[column];
                    rest >= least[column] - low - room[column] && rest <= most[column] - high + room[column]
                })
            });
        }
        if open.iter().any(|part| part.options.is_empty()) {
            return Some(false);
        }
        if open.iter().map(|part| part.options.len()).sum::<usize>() == before {
            return Some(true);
        }
        open.retain(|part| match part.options.as_slice() {
            [PartOption { index: at, value, slack }] => {
                settled.push((part.index, *at));
                add(base, value, base_slack, slack);
                false
            }
            _ => true,
        });
    }
}

fn add(sum: &mut Sums, value: &Sums, sum_slack: &mut Sums, slack: &Sums) {
    for column in 0..MOST_COLUMNS {
        sum[column] += value[column];
        sum_slack[column] += slack[column];
    }
}

impl Search {
    fn bounds(&mut self) {
        let (mut least, mut most, mut slack) = ([0i64; MOST_COLUMNS], [0i64; MOST_COLUMNS], [0i64; MOST_COLUMNS]);
        self.least = vec![least];
        self.most = vec![most];
        self.most_slack = vec![slack];
        for part in self.open.iter().rev() {
            for column in 0..self.columns {
                let (low, high, room) = part.bounds(column);
                least[column] += low;
                most[column] += high;
                slack[column] += room;
            }
            self.least.push(least);
            self.most.push(most);
            self.most_slack.push(slack);
        }
        self.least.reverse();
        self.most.reverse();
        self.most_slack.reverse();
    }

    /// Whether the open parts from `depth` on can make up `rest`; their choices are left in `chosen`. `None` if the steps
    /// are used up.
    fn descend(
        &self,
        depth: usize,
        (rest, room): (&Sums, &Sums),
        fixed: Option<(usize, usize)>,
        chosen: &mut [usize],
        steps: &mut usize,
    ) -> Option<bool> {
        let Some(part) = self.open.get(depth) else { return Some(true) };
        let (mut next, mut next_room) = ([0; MOST_COLUMNS], [0; MOST_COLUMNS]);
        for (at, PartOption { value, slack, .. }) in part.options.iter().enumerate() {
            if fixed.is_some_and(|(part, option)| part == depth && option != at) {
                continue;
            }
            *steps = steps.checked_sub(1)?;
            let fits = (0..self.columns).all(|column| {
                next[column] = rest[column] - value[column];
                next_room[column] = room[column] + slack[column];
                self.reaches(depth + 1, column, next[column], next_room[column])
            });
            if fits {
                chosen[depth] = at;
                if self.descend(depth + 1, (&next, &next_room), fixed, chosen, steps)? {
                    return Some(true);
                }
            }
        }
        Some(false)
    }

    /// Whether the open parts from `depth` on can add `rest` in a column, give or take `room`.
    fn reaches(&self, depth: usize, column: usize, rest: i64, room: i64) -> bool {
        let room = room + self.most_slack[depth][column];
        rest >= self.least[depth][column] - room && rest <= self.most[depth][column] + room
    }

    fn mark(&self, chosen: &[usize], supports: &mut Supports) {
        for (part, option) in self.open.iter().zip(chosen) {
            supports.parts[part.index][part.options[*option].index] = true;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
        consistent(&members[0], &members[1..], used)
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
}
