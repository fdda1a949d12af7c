//! What was there and what came in is what was spent and what is left.

use budget_model::{Column, Flow, Severity, Stage, Table};

use crate::book::Book;
use crate::check::{Check, Term};
use crate::figure::FigureId;
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
        "{0}（连同本年收入）为 {1}，本年支出、结余分配与年末结转和结余之和为 {2}，相差 {3}",
        "{0} and revenue are {1}, expenditure, distribution and the closing balance are {2}: a difference of {3}",
    ),
    explanation: Text::new(
        "决算表逐行并列年初结转和结余、本年收入、本年支出、年末结转和结余的，年初结转和结余＋本年收入＝本年支出（＋结余分配）＋年末结转和结余；空白按零计。不印全这四栏的表不适用。一张表中不符的多于相符的一半，是另有未列的栏，不作检查。收支总表的这一关系由其总计的分项检查，见 parts-do-not-add-up。",
        "In a table of final accounts that shows the opening balance, revenue, expenditure and the closing balance of each row, the \
         first two are the last two together (and what was distributed). A blank counts as zero. Not applicable to tables without \
         all four. Where it fails in more than half as many rows as it holds, the table leaves something out and nothing is said. \
         The overview is left to parts-do-not-add-up.",
    ),
    example: Text::new(
        "229 年初结转和结余 2.00，本年收入 30.00，本年支出 31.00，年末结转和结余 2.00",
        "229: opening 2.00, revenue 30.00, expenditure 31.00, closing 2.00",
    ),
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
