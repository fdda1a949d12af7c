//! A search over the options of the parts of a whole.

use super::fixed::Fixed;
use super::group::{Member, Supports, set};
use super::options::{MOST_COLUMNS, RowOption, columns};
use super::steps::Steps;
use super::sweep::Sweep;

/// Most parts with several options that are searched together; the search goes one call deeper for each.
const MOST_OPEN: usize = 200;

/// Most options of the parts of one search, which are all held at once.
const MOST_OPTIONS: usize = 40_000;

/// What it costs to lay out the figures of an option by column.
const LAID_OUT: usize = 8;

/// An amount for each column.
pub(super) type Sums = [i64; MOST_COLUMNS];

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

/// A search that decides one part after the other.
struct Search<'o> {
    columns: usize,
    open: &'o [OpenPart],
    /// Least and most that the open parts from an index on can add, by column.
    least: Vec<Sums>,
    most: Vec<Sums>,
    most_slack: Vec<Sums>,
}

/// Which options of the members can occur together, with every column of `checked` adding up within rounding.
///
/// `None`: given up. `Some(None)`: nothing is possible.
#[expect(clippy::option_option, reason = "two different kinds of nothing, named in the line above")]
pub(super) fn search(
    whole: &Member<'_>,
    parts: &[Member<'_>],
    checked: &[usize],
    steps: &mut Steps<'_>,
) -> Option<Option<Supports>> {
    let of_parts: usize = parts.iter().map(|part| part.options.len()).sum();
    if of_parts > MOST_OPTIONS {
        return None;
    }
    steps.work(LAID_OUT * (of_parts + whole.options.len()))?;
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
    let options: usize = open.iter().map(|part| part.options.len()).sum();
    steps.look(options)?;
    // Options are put in order, and bounded column by column.
    steps.work(options * options.max(1).ilog2() as usize + options * width)?;
    let mut sweep = Sweep::new(width, &open);
    let mut by_option = None;
    let mut possible = false;
    for (at, option) in whole.options.iter().enumerate() {
        steps.take(1)?;
        let (value, slack) = values(whole, option);
        let (mut rest, mut room) = ([0; MOST_COLUMNS], [0; MOST_COLUMNS]);
        for column in 0..width {
            rest[column] = value[column] - base[column];
            room[column] = slack[column] + base_slack[column];
        }
        let swept = sweep.as_mut().and_then(|sweep| sweep.run((&rest, &room), &mut supports, steps));
        if let Some(found) = swept {
            if found {
                possible = true;
                set(&mut supports.whole, at);
            }
            continue;
        }
        let state = by_option.get_or_insert_with(|| Search::new(width, &open));
        // One search for each option that nothing has supported yet; every solution supports one option of each part.
        let mut chosen = vec![0; open.len()];
        if !(0..width).all(|column| state.reaches(0, column, rest[column], room[column]))
            || !state.descend(0, (&rest, &room), None, &mut chosen, steps)?
        {
            continue;
        }
        possible = true;
        set(&mut supports.whole, at);
        state.mark(&chosen, &mut supports);
        for (fixed, part) in open.iter().enumerate() {
            for option in 0..part.options.len() {
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
    steps: &mut Steps<'_>,
) -> Option<bool> {
    loop {
        steps.take(1)?;
        steps.work(open.iter().map(|part| part.options.len()).sum::<usize>() * width)?;
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

impl<'o> Search<'o> {
    fn new(columns: usize, open: &'o [OpenPart]) -> Self {
        let (mut least, mut most, mut slack) = ([0i64; MOST_COLUMNS], [0i64; MOST_COLUMNS], [0i64; MOST_COLUMNS]);
        let mut search = Self { columns, open, least: vec![least], most: vec![most], most_slack: vec![slack] };
        for part in open.iter().rev() {
            for column in 0..columns {
                let (low, high, room) = part.bounds(column);
                least[column] += low;
                most[column] += high;
                slack[column] += room;
            }
            search.least.push(least);
            search.most.push(most);
            search.most_slack.push(slack);
        }
        search.least.reverse();
        search.most.reverse();
        search.most_slack.reverse();
        search
    }

    /// Whether the open parts from `depth` on can make up `rest`; their choices are left in `chosen`. `None` if the steps
    /// are used up.
    fn descend(
        &self,
        depth: usize,
        (rest, room): (&Sums, &Sums),
        fixed: Option<(usize, usize)>,
        chosen: &mut [usize],
        steps: &mut Steps<'_>,
    ) -> Option<bool> {
        let Some(part) = self.open.get(depth) else { return Some(true) };
        let (mut next, mut next_room) = ([0; MOST_COLUMNS], [0; MOST_COLUMNS]);
        for (at, PartOption { value, slack, .. }) in part.options.iter().enumerate() {
            if fixed.is_some_and(|(part, option)| part == depth && option != at) {
                continue;
            }
            steps.take(1)?;
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
