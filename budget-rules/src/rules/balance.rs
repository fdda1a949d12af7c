//! What was there and what came in is what was spent and what is left.

use budget_model::{self as printed, Column, Flow, Role, Severity, Side, Source, Stage, Table};

use crate::book::Book;
use crate::check::{Check, Term};
use crate::figure::FigureId;
use crate::key::Key;
use crate::rule::{Description, Rule, Sink};
use crate::text::Text;

pub(super) struct Balance;

static DESCRIPTION: Description = Description {
    id: "balances-do-not-close",
    severity: Severity::Error,
    title: Text::new(
        "年初结转结余、收入与支出、年末结转结余不相符",
        "opening balance and revenue are not expenditure and closing balance",
    ),
    message: Text::new(
        "{0}一侧为 {1}，另一侧之和为 {2}，相差 {3}（年初结转结余＋收入＝支出＋分配＋年末结转结余；总计＝本年合计＋结转结余等）",
        "the side of {0} is {1}, the other side {2}: a difference of {3} (opening balance and revenue are expenditure, distribution and closing balance; a grand total is the total of the year and the balance)",
    ),
    explanation: Text::new(
        "决算表逐行并列年初结转和结余、本年收入、本年支出、年末结转和结余的，年初结转和结余＋本年收入＝本年支出（＋结余分配）＋年末结转和结余；空白按零计。不印全这四栏的表不适用。一张表中不符的多于相符的一半，是另有未列的栏，不作检查。收支总表、财政拨款总表：收入总计＝本年收入合计＋使用非财政拨款结余＋年初结转和结余，支出总计＝本年支出合计＋结余分配＋年末结转和结余；其间有不认识的行的不检查。",
        "In a table of final accounts that shows the opening balance, revenue, expenditure and the closing balance of each row, the \
         first two are the last two together (and what was distributed). A blank counts as zero. Not applicable to tables without \
         all four. Where it fails in more than half as many rows as it holds, the table leaves something out and nothing is said. \
         In the overview and the table of appropriations the grand total is the total of the year, what was used of balances, and the balance of its side; nothing is said where a row between them is not known.",
    ),
    example: Text::new(
        "229 年初结转和结余 2.00，本年收入 30.00，本年支出 31.00，年末结转和结余 2.00",
        "229: opening 2.00, revenue 30.00, expenditure 31.00, closing 2.00",
    ),
    example_arguments: &[
        Text::same("国有资本经营预算支出决算表·229其他支出·年初结转和结余"),
        Text::same("32"),
        Text::same("33"),
        Text::same("-1"),
    ],
};

impl Rule for Balance {
    fn describe(&self) -> &'static Description {
        &DESCRIPTION
    }

    fn apply(&self, book: &Book<'_>, sink: &mut Sink) {
        if book.disclosure().stage != Stage::Final {
            sink.not_applicable(Text::new(
                "预算表不列年初、年末结转结余",
                "budgets have no balances at both ends of the year",
            ));
            return;
        }
        for (index, table) in book.tables() {
            let Some(columns) = Balances::of(table) else { continue };
            let rows: Vec<Row> = (0..table.rows.len() as u32).filter_map(|row| columns.row(book, index, row)).collect();
            let failed = rows.iter().filter(|row| super::is_violated(book, row.check())).count();
            let held = rows.len() - failed;
            if 2 * failed > held {
                let why = Text::new(
                    "“{0}”多数行的年初结转结余加收入不等于支出加年末结转结余，可能另有未列的栏，不作检查",
                    "in most rows of {0} opening balance and revenue are not expenditure and closing balance: something is not listed, and nothing is checked",
                );
                sink.not_applicable(why.filled(&[&table.title.text]));
                continue;
            }
            for row in &rows {
                match book.unread_in_row(index, row.number) {
                    Some(unread) => sink.unread(book, index, &unread),
                    None => sink.check(row.check()),
                }
            }
        }
        for (index, table) in book.tables().filter(|(_, table)| table.kind.is_final()) {
            let sides = sides(book, index, table);
            let failed = sides.iter().filter(|side| super::is_violated(book, side.check())).count();
            if 2 * failed <= sides.len() && book.unread_in_table(index).is_none() {
                sides.iter().for_each(|side| sink.check(side.check()));
            }
        }
        if !sink.has_checks() {
            sink.not_applicable(Text::new(
                "没有并列年初结转结余、收入、支出、年末结转结余的表",
                "no table shows balances, revenue and expenditure side by side",
            ));
        }
    }
}

/// The columns of a table that show all of a flow.
struct Balances {
    before: Vec<u16>,
    after: Vec<u16>,
}

impl Balances {
    /// `None` unless each of the four flows has exactly one column that is no part of another one.
    fn of(table: &Table) -> Option<Self> {
        let is_whole = |column: &Column| column.is_known() && column.adds_up() && column.part_of.is_none();
        let of_flow = |flow: Flow| -> Vec<u16> {
            let columns = (0..).zip(&table.columns).filter(|(_, column)| is_whole(column));
            columns.filter(|(_, column)| column.dimensions.flow == Some(flow)).map(|(index, _)| index).collect()
        };
        let [opening, revenue, expenditure, closing] =
            [Flow::Opening, Flow::Revenue, Flow::Expenditure, Flow::Closing].map(of_flow);
        let each_is_one = [&opening, &revenue, &expenditure, &closing].iter().all(|columns| columns.len() == 1);
        let distribution = of_flow(Flow::Distribution);
        each_is_one
            .then(|| Self { before: [opening, revenue].concat(), after: [expenditure, distribution, closing].concat() })
    }

    fn row(&self, book: &Book<'_>, table: usize, row: u32) -> Option<Row> {
        let terms = |columns: &[u16]| -> Vec<Term> {
            let cells = columns.iter().filter_map(|column| certain_cell(book, table, row, *column));
            cells.map(|id| book.term(id)).collect()
        };
        let (before, after) = (terms(&self.before), terms(&self.after));
        (!before.is_empty() && !after.is_empty()).then_some(Row { number: row, before, after })
    }
}

fn certain_cell(book: &Book<'_>, table: usize, row: u32, column: u16) -> Option<FigureId> {
    let printed = book.disclosure().tables.get(table)?.rows.get(row as usize)?.cell(column)?;
    book.cell(table, row, column).filter(|_| printed.placement.is_certain())
}

/// Of each side of a table of revenue and expenditure, and of each of its columns, the grand total (总计) and what it is the sum
/// of: 本年收入合计, 使用非财政拨款结余 and 年初结转和结余, or 本年支出合计, 结余分配 and 年末结转和结余.
fn sides(book: &Book<'_>, index: usize, table: &Table) -> Vec<Row> {
    let mut found = Vec::new();
    for side in [Side::Revenue, Side::Expenditure] {
        let mut rows = (0..).zip(&table.rows).filter(|(_, row)| row.side == Some(side));
        let is_grand = |row: &printed::Row| row.role == Role::Total && row.dimensions.flow.is_none();
        let Some((total, _)) = rows.clone().find(|(_, row)| is_grand(row)) else { continue };
        let flows = [Flow::Opening, Flow::Distribution, Flow::Closing];
        let Some((first, _)) =
            rows.clone().find(|(_, row)| row.dimensions.flow.is_some_and(|flow| flows.contains(&flow)))
        else {
            continue;
        };
        // What stands between the total of the year and the grand total.
        let is_used = |row: &printed::Row| row.dimensions.source == Some(Source::BalanceUsed);
        let is_year =
            |row: &printed::Row| row.part_of.is_none_or(|of| of == total) && !is_used(row) && row.code.is_none();
        let of_year = rows.clone().filter(|(at, row)| *at < first && is_year(row) && is_flow_of(side, row)).last();
        let Some((year, _)) = of_year else { continue };
        let is_whole = |row: &printed::Row| {
            let is_balance = row.dimensions.flow.is_some_and(|flow| flows.contains(&flow));
            (is_balance && row.dimensions.source.is_none() && row.dimensions.nature.is_none()) || is_used(row)
        };
        let is_between = |at: u32| at > year && at < total;
        // Something that nobody knows may be a part as well.
        let is_known = |row: &printed::Row| {
            is_whole(row) || row.cells.is_empty() || row.dimensions.flow.is_some_and(|flow| flows.contains(&flow))
        };
        if !rows.all(|(at, row)| !is_between(at) || is_known(row)) {
            continue;
        }
        for column in 0..table.columns.len() as u16 {
            let of_year = table.columns.get(usize::from(column)).is_some_and(|column| {
                column.is_known() && Key::of_accounts(column.dimensions).is_some() && column.dimensions.flow.is_none()
            });
            let term = |row: u32| certain_cell(book, index, row, column).map(|id| book.term(id));
            let Some((whole, of_year)) = term(total).filter(|_| of_year).zip(term(year)) else { continue };
            let rows =
                (0..).zip(&table.rows).filter(|(at, row)| is_between(*at) && row.side == Some(side) && is_whole(row));
            let after = std::iter::once(of_year).chain(rows.filter_map(|(at, _)| term(at))).collect();
            found.push(Row { number: total, before: vec![whole], after });
        }
    }
    found
}

/// Whether a row is one of what came in or was spent in the year.
fn is_flow_of(side: Side, row: &printed::Row) -> bool {
    let flow = if side == Side::Revenue { Flow::Revenue } else { Flow::Expenditure };
    row.dimensions.flow == Some(flow) && row.dimensions.function.is_none()
}

/// A row of which both sides are printed.
struct Row {
    number: u32,
    before: Vec<Term>,
    after: Vec<Term>,
}

impl Row {
    fn check(&self) -> Check<'_> {
        Check::sum(&self.before, &self.after)
    }
}
