//! Wholes and parts inside a table.

use budget_model::{Aspect, Decimal, Interval, Role, Severity, Table};

use super::rounded_groups::RoundedGroups;
use crate::book::Book;
use crate::check::Check;
use crate::grid::{Grid, Undecided, candidates};
use crate::rule::{Description, Rule, Sink};
use crate::text::Text;

pub(super) struct Parts;

static DESCRIPTION: Description = Description {
    id: "parts-do-not-add-up",
    severity: Severity::Error,
    title: Text::new("表内分项之和不等于合计", "the parts of a table do not add up to the whole"),
    message: Text::new(
        "{0}为 {1}，各分项之和为 {2}，相差 {3}",
        "{0} is {1}, its parts add up to {2}: a difference of {3}",
    ),
    explanation: Text::new(
        "表中每个合计数应等于其分项之和：横向（总计＝财政拨款小计＋…，合计＝基本支出＋项目支出），纵向（合计＝Σ类，类＝Σ款，款＝Σ项）。整行已读出的，空白按零计；有未读出或存疑的数字参与的，不作判断。上年数等另一年度的栏，多数不相符的（只列本年有的行），不检查。整栏错行、合计漏计一行、缺一行，各作一个问题；合计多出而别处也没有的，是有未列出的行，只作提示。一张表有多处四舍五入之差的，类、款与其下级之差在其下各项四舍五入范围之内的，不作判断。合计空白的见 whole-left-blank。合计有数而分项全部空白的，视为未分列，不检查。归栏不确定的数字，只有其全部可能的栏都属同一合计时才参加横向检查；一行数字无论归入哪些可能的栏都不能相加的，也是问题。",
        "Every whole of a table is the sum of its parts, along columns and along rows. A blank counts as zero \
         where the row was read completely; with a figure that was not read or is in doubt nothing is said. Columns of another year that mostly do not add up list this \
         year's rows only and are not checked. A column off by a row, a row that the total does not contain and a missing row are \
         one finding each; what a total has more and no table shows is a note that rows are not listed. In a table whose sums are off by roundings, a class that its groups miss by no more than \
         the roundings of the items below them is left alone. A blank whole is left to whole-left-blank. A whole whose parts are all blank is not broken down and not checked. A figure whose column is not certain takes part only where \
         every possible column belongs to the same whole; a row that adds up in none of its possible columns is wrong as well.",
    ),
    example: Text::new("合计 17.50，基本支出 12.00，项目支出 5.00", "total 17.50, basic 12.00, project 5.00"),
    example_arguments: &[
        Text::same("表3支出总体情况表·2070109群众文化·合计"),
        Text::same("17.5"),
        Text::same("17"),
        Text::same("0.5"),
    ],
};

impl Rule for Parts {
    fn describe(&self) -> &'static Description {
        &DESCRIPTION
    }

    fn apply(&self, book: &Book<'_>, sink: &mut Sink) {
        if book.tables().next().is_none() {
            sink.not_applicable(super::NO_TABLE);
        }
        if !book.agreement().is_promised() {
            say_open(book, sink);
        }
        let mut parts = Vec::new();
        let tables = &book.disclosure().tables;
        let mut left = MOST_PLACEMENTS * 16 + PER_CELL * tables.iter().map(Table::ambiguous_count).sum::<usize>();
        for (index, table) in book.tables() {
            let grid = Grid::new(book, index, table);
            if grid.is_ambiguous() {
                impossible_rows(book, sink, index, table, &mut left);
            }
            let of_other_years = unlisted(book, table, &grid);
            let mut rounded = RoundedGroups::of(book, table, &grid);
            let mut by_rounding = 0_usize;
            table.each_identity(|identity| match grid.whole_and_parts(identity, &mut parts) {
                Ok(Some(whole)) if !parts.is_empty() => {
                    let check = Check::sum(std::slice::from_ref(&whole), &parts);
                    let is_of_column = identity.parts.iter().any(|part| part.row != identity.whole.row);
                    if is_of_column && of_other_years.contains(&identity.whole.column) {
                        return;
                    }
                    if is_of_column
                        && super::is_violated(book, check)
                        && rounded.explain(book, identity, check, parts.len())
                    {
                        by_rounding += 1;
                        return;
                    }
                    match grid.lost_part(identity).filter(|_| super::is_violated(book, check)) {
                        Some(lost) => sink.unread(book, index, &lost),
                        None => sink.check(check),
                    }
                }
                // A whole that is not printed is left to whole-left-blank.
                Ok(_) => {}
                Err(Undecided::Column(figure)) => sink.doubtful(book, figure),
                Err(Undecided::Unread(label)) => sink.unread(book, index, &label),
            });
            if by_rounding > 0 {
                let why = Text::new(
                    "“{0}”有 {1} 处合计与分项之差在其下各项四舍五入的范围之内，不作判断",
                    "{1} wholes of {0} differ from their parts by no more than the roundings of the items below them; nothing is concluded",
                );
                sink.not_applicable(why.filled(&[&table.title.text, &by_rounding.to_string()]));
            }
        }
    }
}

/// The columns of other years that mostly do not add up: rows that only that year had are not listed.
fn unlisted(book: &Book<'_>, table: &Table, grid: &Grid<'_, '_>) -> Vec<u16> {
    /// Sums that hold for each that does not, in a column whose rows are all there.
    const EACH: usize = 4;
    let is_other =
        |column: u16| table.columns.get(usize::from(column)).is_some_and(budget_model::Column::is_of_other_year);
    let others: Vec<u16> = (0..table.columns.len() as u16).filter(|column| is_other(*column)).collect();
    if others.is_empty() || book.agreement().is_promised() {
        return Vec::new();
    }
    let mut counts = vec![(0_usize, 0_usize); table.columns.len()];
    let mut parts = Vec::new();
    table.each_identity(|identity| {
        let column = identity.whole.column;
        let is_of_column = identity.parts.iter().any(|part| part.row != identity.whole.row);
        if !is_of_column || !is_other(column) {
            return;
        }
        if let (Ok(Some(whole)), Some((held, failed))) =
            (grid.whole_and_parts(identity, &mut parts), counts.get_mut(usize::from(column)))
        {
            let check = Check::sum(std::slice::from_ref(&whole), &parts);
            *(if super::is_violated(book, check) { failed } else { held }) += 1;
        }
    });
    let is_unlisted =
        |column: &u16| counts.get(usize::from(*column)).is_some_and(|(held, failed)| EACH * failed > *held);
    others.into_iter().filter(is_unlisted).collect()
}

/// Says which totals the parts beside or below them do not confirm: this form does not promise the sum, or shows it too seldom.
fn say_open(book: &Book<'_>, sink: &mut Sink) {
    const MOST_NAMED: usize = 5;
    let (mut columns, mut rows, mut titles) = (0_usize, 0_usize, Vec::new());
    let tables = book.tables().filter(|(_, table)| table.kind.shows_budget() && table.figure_count() > 0);
    for (_, table) in tables {
        let of_year = table.columns.iter().filter(|column| column.adds_up()).count();
        let whole = crate::grid::whole_column(table).filter(|_| of_year > 2);
        let is_open = whole.is_some_and(|whole| table.columns.iter().all(|column| column.part_of != Some(whole)));
        let totals = (0..).zip(&table.rows).filter(|(_, row)| row.role == Role::Total && !row.cells.is_empty());
        let alone = totals.filter(|(total, row)| {
            let side = table.rows.iter().filter(|other| other.side == row.side);
            side.clone().count() > 2 && side.clone().all(|other| other.part_of != Some(*total))
        });
        let alone = alone.count();
        columns += usize::from(is_open);
        rows += alone;
        if is_open || alone > 0 {
            titles.push(table.title.text.as_str());
        }
    }
    if titles.is_empty() {
        return;
    }
    let named = Text::list(titles.iter().take(MOST_NAMED).map(|title| Text::from(*title)));
    let why = Text::new(
        "{0} 张表的合计栏、{1} 个合计行没有被其分项印证（不成立，或能看出的行太少），不作检查：{2}",
        "the total column of {0} table(s) and {1} total row(s) are not confirmed by their parts (the sum does not hold, or too few rows show it) and are not checked: {2}",
    );
    sink.not_applicable(why.filled_with(&[columns.to_string().into(), rows.to_string().into(), named]));
}

/// Rows whose figures add up in none of their possible columns; `left` is how many placements the whole document may try.
fn impossible_rows(book: &Book<'_>, sink: &mut Sink, index: usize, table: &Table, left: &mut usize) {
    let sums = Sums::new(table);
    for (number, row) in table.rows.iter().enumerate() {
        if row.cells.iter().all(|cell| cell.placement.is_certain()) {
            continue;
        }
        // What is in doubt besides the columns, or was not read, may be why.
        let only_columns = |cell| table.doubts_but_placement(row, cell).without(Aspect::Unit).is_empty();
        if book.unread_in_row(index, number as u32).is_some() || !row.cells.iter().all(only_columns) {
            continue;
        }
        let cells: Vec<_> = row.cells.iter().map(|cell| (candidates(cell), cell.amount.interval())).collect();
        let mut columns = Vec::with_capacity(cells.len());
        let most = MOST_PLACEMENTS.min(*left);
        let mut budget = most;
        let hold = sums.hold_somewhere(&cells, &mut columns, &mut budget);
        *left -= most - budget;
        if hold {
            continue;
        }
        let figures: Vec<_> = (0..row.cells.len()).filter_map(|cell| book.nth_cell(index, number, cell)).collect();
        let Some((first, rest)) = figures.split_first() else { continue };
        let rest = rest.iter().fold(Decimal::ZERO, |sum, id| sum.saturating_add(book.value(*id)));
        let printed = book.value(*first);
        let difference = printed.saturating_sub(rest);
        let numbers = [printed, rest, difference].map(|number| Text::from(number.to_string()));
        sink.blame_words([book.name(*first)].into_iter().chain(numbers).collect(), &figures);
    }
}

/// Figures of a row that are placed to see whether it adds up: beyond that, nothing is said about it.
const MOST_PLACEMENTS: usize = 4096;
/// How many of these each figure adds to what a document may try; most rows add up in the first of their placements.
const PER_CELL: usize = 64;

/// The sums over the columns of a table: of each column its parts.
struct Sums(Vec<Vec<u16>>);

impl Sums {
    fn new(table: &Table) -> Self {
        Self(table.parts_of_columns())
    }

    /// Whether some placement of the figures, left to right, satisfies every sum.
    fn hold_somewhere(&self, cells: &[(&[u16], Interval)], columns: &mut Vec<u16>, budget: &mut usize) -> bool {
        *budget = budget.saturating_sub(1);
        if *budget == 0 {
            return true;
        }
        let Some((candidates, _)) = cells.get(columns.len()) else { return self.hold(cells, columns) };
        let after = columns.last().copied();
        candidates.iter().filter(|column| after.is_none_or(|last| **column > last)).any(|column| {
            columns.push(*column);
            let holds = self.hold_somewhere(cells, columns, budget);
            columns.pop();
            holds
        })
    }

    fn hold(&self, cells: &[(&[u16], Interval)], columns: &[u16]) -> bool {
        let placed = || cells.iter().map(|(_, interval)| *interval).zip(columns.iter().copied());
        (0..).zip(&self.0).filter(|(_, parts)| !parts.is_empty()).all(|(whole, parts)| {
            let stated = placed().find(|(_, column)| *column == whole).map_or(Interval::ZERO, |(interval, _)| interval);
            let parts = placed().filter(|(_, column)| parts.contains(column)).map(|(interval, _)| interval);
            parts.reduce(|sum, part| sum + part).is_none_or(|sum| stated.meets(sum))
        })
    }
}
