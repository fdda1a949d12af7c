//! All choices for the parts of a whole that add up, found column by column.
//!
//! Figures are seldom equal, so few sets of them make up a column: closing one column after the other leaves little to try
//! in the next. Where figures are equal and many choices add up, the sweep gives up.

use super::group::Supports;
use super::options::MOST_COLUMNS;
use super::search::{OpenPart, PartOption, Sums};
use super::steps::Steps;

/// Most choices for one part in one column.
const MOST_STEPS: usize = 2_000;
/// How many of its steps cost what one step of a search does.
const CHEAP: usize = 8;
/// Most columns times parts: the sweep goes one call deeper for each.
const MOST_DEPTH: usize = 400;

/// A sweep over the columns of a group.
pub(super) struct Sweep<'o> {
    columns: usize,
    parts: Vec<Part<'o>>,
    /// The most that rounding of the parts can hide in each column.
    slack: Sums,
    steps: usize,
    found: bool,
}

struct Part<'o> {
    index: usize,
    /// The options ordered by their figures, column by column.
    options: Vec<&'o PartOption>,
    /// The options that are possible after the choices made so far.
    from: usize,
    to: usize,
}

impl<'o> Sweep<'o> {
    /// A sweep over the parts that are still open; `None` if they are too many.
    pub(super) fn new(columns: usize, open: &'o [OpenPart]) -> Option<Self> {
        if columns * open.len() > MOST_DEPTH {
            return None;
        }
        let mut slack = [0; MOST_COLUMNS];
        let part = |part: &'o OpenPart| {
            let mut options: Vec<&'o PartOption> = part.options.iter().collect();
            options.sort_unstable_by(|one, other| one.by_column().cmp(other.by_column()));
            for (column, slack) in slack.iter_mut().enumerate() {
                *slack += options.iter().map(|option| option.slack[column]).max().unwrap_or(0);
            }
            Part { index: part.index, from: 0, to: options.len(), options }
        };
        let parts = open.iter().map(part).collect();
        Some(Self { columns, parts, slack, steps: 0, found: false })
    }

    /// Marks the options that are in some choice which makes up `rest`, give or take `room`, and says whether there are any.
    /// `None` if there is too much to try; what is marked by then is possible. `steps` is what a search has left, of which a
    /// sweep takes little.
    pub(super) fn run(
        &mut self,
        (rest, room): (&Sums, &Sums),
        supports: &mut Supports,
        steps: &mut Steps<'_>,
    ) -> Option<bool> {
        (self.steps, self.found) = (MOST_STEPS, false);
        let complete = self.column(0, (rest, room), supports, steps);
        steps.count((MOST_STEPS - self.steps) / CHEAP);
        if complete.is_none() {
            for part in &mut self.parts {
                (part.from, part.to) = (0, part.options.len());
            }
        }
        complete.map(|()| self.found)
    }

    /// Makes up the columns from `column` on.
    fn column(
        &mut self,
        column: usize,
        sums: (&Sums, &Sums),
        supports: &mut Supports,
        steps: &mut Steps<'_>,
    ) -> Option<()> {
        if column < self.columns {
            return self.part(column, 0, (sums.0[column], sums.1[column]), sums, supports, steps);
        }
        self.found = true;
        for part in &self.parts {
            steps.work(part.to - part.from)?;
            for option in &part.options[part.from..part.to] {
                supports.parts[part.index][option.index] = true;
            }
        }
        Some(())
    }

    /// Chooses the figures in a column of the parts from `index` on, which are to make up `rest`.
    fn part(
        &mut self,
        column: usize,
        index: usize,
        (rest, room): (i64, i64),
        sums: (&Sums, &Sums),
        supports: &mut Supports,
        steps: &mut Steps<'_>,
    ) -> Option<()> {
        self.steps = self.steps.checked_sub(1)?;
        steps.work(1 + self.parts.len() - index)?;
        if index == self.parts.len() {
            return if rest.abs() <= room { self.column(column + 1, sums, supports, steps) } else { Some(()) };
        }
        // Options that are possible still are ordered by this column.
        let most_room = sums.1[column] + self.slack[column];
        let (mut least, mut most) = (-most_room, most_room);
        for part in &self.parts[index..] {
            least += part.options[part.from].value[column];
            most += part.options[part.to - 1].value[column];
        }
        if rest < least || rest > most {
            return Some(());
        }
        let Part { from, to, .. } = self.parts[index];
        steps.work(to - from)?;
        let mut start = from;
        while start < to {
            let part = &mut self.parts[index];
            let figure = part.options[start].at(column);
            let end = start + part.options[start..to].iter().take_while(|option| option.at(column) == figure).count();
            (part.from, part.to) = (start, end);
            self.part(column, index + 1, (rest - figure.0, room + figure.1), sums, supports, steps)?;
            start = end;
        }
        let part = &mut self.parts[index];
        (part.from, part.to) = (from, to);
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every choice of one option for each part, by trying all.
    fn tried(columns: usize, open: &[OpenPart], (rest, room): (&Sums, &Sums), supports: &mut Supports) {
        let mut chosen = vec![0; open.len()];
        loop {
            let options = || open.iter().zip(&chosen).map(|(part, at): (&OpenPart, &usize)| &part.options[*at]);
            let adds_up = (0..columns).all(|column| {
                let (sum, slack) = options().fold((0, room[column]), |(sum, slack), option| {
                    (sum + option.value[column], slack + option.slack[column])
                });
                (rest[column] - sum).abs() <= slack
            });
            if adds_up {
                open.iter().zip(options()).for_each(|(part, option)| supports.parts[part.index][option.index] = true);
            }
            let Some(next) = (0..open.len()).find(|part| chosen[*part] + 1 < open[*part].options.len()) else { return };
            chosen[next] += 1;
            chosen[..next].fill(0);
        }
    }

    fn sums(values: &[i64]) -> Sums {
        let mut sums = [0; MOST_COLUMNS];
        sums[..values.len()].copy_from_slice(values);
        sums
    }

    proptest::proptest! {
        #[test]
        fn a_sweep_finds_what_trying_all_finds(
            parts in proptest::collection::vec(
                proptest::collection::vec(proptest::array::uniform3((-2i64..7, 0i64..2)), 1..5),
                1..5,
            ),
            rest in proptest::array::uniform3((-2i64..15, 0i64..3)),
        ) {
            let open: Vec<OpenPart> = parts
                .iter()
                .enumerate()
                .map(|(index, options)| {
                    let option = |(index, figures): (usize, &[(i64, i64); 3])| PartOption {
                        index,
                        value: sums(&figures.map(|(value, _)| value)),
                        slack: sums(&figures.map(|(_, slack)| slack)),
                    };
                    OpenPart { index, options: options.iter().enumerate().map(option).collect() }
                })
                .collect();
            let none = Supports {
                whole: Vec::new(),
                parts: parts.iter().map(|options| vec![false; options.len()]).collect(),
            };
            let (rest, room) = (sums(&rest.map(|(value, _)| value)), sums(&rest.map(|(_, slack)| slack)));
            let (mut swept, mut expected) = (none.clone(), none);
            let mut work = crate::work::Work::units(1_000_000);
            let found = Sweep::new(3, &open).and_then(|mut sweep| sweep.run((&rest, &room), &mut swept, &mut Steps::new(&mut work)));
            tried(3, &open, (&rest, &room), &mut expected);
            if let Some(found) = found {
                assert_eq!(found, expected.parts.concat().contains(&true));
                assert_eq!(swept, expected);
            } else {
                let both = swept.parts.concat().into_iter().zip(expected.parts.concat());
                assert!(both.into_iter().all(|(swept, expected)| expected || !swept));
            }
        }
    }
}
