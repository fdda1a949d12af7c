//! The overall performance target and the budget.

use budget_model::{PerformanceKind, Placement, Role, Severity, Source, Stage, TableKind};

use crate::book::Book;
use crate::check::{Check, Term};
use crate::figure::PerformanceAmount;
use crate::key::Key;
use crate::rule::{Description, Rule, Sink};
use crate::text::Text;

pub(super) struct OverallTarget;

static DESCRIPTION: Description = Description {
    id: "overall-target-differs-from-budget",
    severity: Severity::Error,
    title: Text::new("整体绩效目标表资金与预算不符", "the money of the overall target is not that of the budget"),
    message: Text::new(
        "{0}等为 {1}，预算为 {2}，相差 {3}",
        "{0} and others are {1}, the budget is {2}: a difference of {3}",
    ),
    explanation: Text::new(
        "整体绩效目标表的上级安排＋本级安排＋其他资金＝收支总预算；收入总表分列本级财力和上级转移支付时，上级安排、本级安排分别与之相等。没有整体绩效目标表时不适用。",
        "Money from above, of the own level and other money of the overall target is the whole budget; where the table of \
         revenue shows transfers, money from above is that of the transfers. Not applicable without an overall target.",
    ),
    example: Text::new("上级安排 6.20、本级安排 92.00、其他 0.00；预算 98.80", "6.20 + 92.00 + 0.00; budget 98.80"),
    example_arguments: &[
        Text::new("绩效表3（整体）上级安排", "performance table 3 (overall) 上级安排"),
        Text::same("98.2"),
        Text::same("98.8"),
        Text::same("-0.6"),
    ],
};

impl Rule for OverallTarget {
    fn describe(&self) -> &'static Description {
        &DESCRIPTION
    }

    fn holds_in(&self, stage: Stage) -> bool {
        stage == Stage::Budget
    }

    fn apply(&self, book: &Book<'_>, sink: &mut Sink) {
        for (index, table) in book.disclosure().performance.iter().enumerate() {
            if table.kind != PerformanceKind::Overall {
                continue;
            }
            let amount = |amount| book.performance(index, amount).map(|id| book.term(id));
            let above = amount(PerformanceAmount::FromAbove);
            let own = amount(PerformanceAmount::OwnLevel);
            let all: Vec<Term> = [own, above, amount(PerformanceAmount::Other)].into_iter().flatten().collect();
            if let (Some(total), Some(_)) = (book.statement(Key::TOTAL), own) {
                sink.check_list(book, Check::sum(&all, &[book.term(total)]));
            }
            for (stated, sources) in [(above, TRANSFERS), (own, OWN)] {
                let budget = revenue(book, sources);
                if let (Some(stated), false) = (stated, budget.is_empty()) {
                    sink.check_list(book, Check::sum(&[stated], &budget));
                }
            }
        }
        if !sink.has_checks() {
            sink.not_applicable(Text::new("没有整体绩效目标表或没有资金", "there is no overall target with money"));
        }
    }
}

const TRANSFERS: &[Source] =
    &[Source::GeneralPublicBudgetTransfer, Source::GovernmentFundTransfer, Source::StateCapitalTransfer];
const OWN: &[Source] = &[Source::GeneralPublicBudgetOwn, Source::GovernmentFundOwn, Source::StateCapitalOwn];

/// The figures of the total row of the table of revenue under these sources; none if one of them may stand elsewhere.
fn revenue(book: &Book<'_>, sources: &[Source]) -> Vec<Term> {
    let Some((index, table)) = book.table(TableKind::Income) else { return Vec::new() };
    let Some((number, row)) = table.rows.iter().enumerate().find(|(_, row)| row.role == Role::Total) else {
        return Vec::new();
    };
    let wanted = |column: u16| {
        table
            .columns
            .get(usize::from(column))
            .and_then(|column| column.dimensions.source)
            .is_some_and(|s| sources.contains(&s))
    };
    let undecided = row.cells.iter().any(|cell| match &cell.placement {
        Placement::Ambiguous { candidates } => candidates.iter().any(|column| wanted(*column)),
        _ => false,
    });
    if undecided || book.unread_in_row(index, number as u32).is_some() {
        return Vec::new();
    }
    let cells = row.cells.iter().enumerate().filter(|(_, cell)| cell.placement.is_certain() && wanted(cell.column));
    cells.filter_map(|(position, _)| Some(book.term(book.nth_cell(index, number, position)?))).collect()
}
