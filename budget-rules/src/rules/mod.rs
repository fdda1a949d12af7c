//! The registry: one file a rule. General rules first: of two rules that show the same wrong figure, the earlier speaks.

mod allocation_sum;
mod balance;
mod blank_elsewhere;
mod blank_whole;
mod change_column;
mod change_percent;
mod change_sum;
mod class_name;
mod code_name;
mod code_years;
mod decrease;
mod direction;
mod division_count;
mod empty_table;
mod entity;
mod execution;
mod fractional_count;
mod goal_indicator;
mod head_count;
mod indicator_weight;
mod last_year;
mod levels;
mod malformed_value;
mod missing_section;
mod missing_table;
mod money_unit;
mod name_of_another;
mod overall_target;
mod parts;
mod performance_total;
mod prior_amount;
mod prior_negative;
mod procurement;
mod product;
mod project_amount;
mod project_count;
mod project_name;
mod quota;
mod repeated_row;
mod reserved;
mod rounded_groups;
mod share;
mod sources;
mod stated_sum;
mod statements;
mod table_number;
mod three_public;
mod undeclared_empty;
mod unexplained;
mod vehicles;
mod year;
mod zero_base;

use budget_model::Role;

use crate::agreement::Contradiction;
use crate::book::Book;
use crate::check::{Check, Values};
use crate::figure::{FigureId, Subject};
use crate::key::Key;
use crate::rule::{Rule, Sink};
use crate::text::Text;

/// Every rule of this crate.
pub const RULES: &[&dyn Rule] = &[
    &parts::Parts,
    &blank_whole::BlankWhole,
    &statements::Statements,
    &unexplained::Unexplained,
    &blank_elsewhere::BlankElsewhere,
    &repeated_row::RepeatedRow,
    &balance::Balance,
    &sources::SourceSums,
    &stated_sum::StatedSum,
    &share::Share,
    &change_percent::ChangePercent,
    &execution::Execution,
    &zero_base::ZeroBase,
    &decrease::Decrease,
    &direction::Direction,
    &change_column::ChangeColumn,
    &change_sum::ChangeSum,
    &prior_amount::PriorAmount,
    &prior_negative::PriorNegative,
    &last_year::LastYear,
    &three_public::ThreePublic,
    &head_count::HeadCount,
    &quota::Quota,
    &division_count::DivisionCount,
    &procurement::Procurement,
    &reserved::Reserved,
    &vehicles::Vehicles,
    &project_amount::ProjectAmount,
    &project_name::ProjectName,
    &project_count::ProjectCount,
    &performance_total::PerformanceTotal,
    &overall_target::OverallTarget,
    &indicator_weight::IndicatorWeight,
    &allocation_sum::AllocationSum,
    &product::ProductRule,
    &fractional_count::FractionalCount,
    &malformed_value::MalformedValue,
    &goal_indicator::GoalIndicator,
    &missing_table::MissingTable,
    &missing_section::MissingSection,
    &table_number::TableNumber,
    &empty_table::EmptyTable,
    &undeclared_empty::UndeclaredEmpty,
    &year::Year,
    &entity::Entity,
    &money_unit::MoneyUnit,
    &code_name::CodeName,
    &class_name::ClassName,
    &code_years::CodeYears,
    &name_of_another::NameOfAnother,
    &levels::LowerLevel,
    &levels::UpperLevel,
];

/// The rule of tables in different units.
pub(crate) const MONEY_UNIT: &str = "unit-inconsistent";

/// Reasons that several rules give.
const NOT_STATED: Text = Text::new("正文没有这些数字", "the text does not state these figures");
const NO_TABLE: Text = Text::new("文件没有这些表", "the document does not have these tables");
const NO_PERFORMANCE: Text = Text::new("文件没有绩效表", "the document has no performance tables");

/// Why nothing is concluded from a difference between what the text states.
const NOT_PROMISED: Text = Text::new(
    "版式未知，正文所列各项不一定是全部，不能断定",
    "the form is not known, and what the text lists need not be everything, so nothing can be said",
);

/// Hands in a check of what a known form promises of the text. Of any other form it is kept where it holds, and nothing is
/// concluded where it does not: a list (其中：) need not be complete, and its whole may be another one.
fn check_if_promised(book: &Book<'_>, sink: &mut Sink, check: Check<'_>) {
    if book.agreement().is_promised() || !is_violated(book, check) {
        sink.check_list(book, check);
    } else {
        sink.blocked(NOT_PROMISED);
    }
}

/// Whether a check fails: what may only be concluded from a list that is complete is asked first.
fn is_violated(book: &Book<'_>, check: Check<'_>) -> bool {
    check.evaluate(Values { figures: book.figures(), changed: None }).verdict.is_violation()
}

/// Whether two figures are 收入总计 and 支出总计 of one table, which are equal in every form.
fn are_grand_totals(book: &Book<'_>, one: FigureId, other: FigureId) -> bool {
    let cell = |id: FigureId| match book.figure(id)?.subject {
        Subject::Cell(cell) => Some(cell),
        _ => None,
    };
    let Some((one, other)) = cell(one).zip(cell(other)).filter(|(one, other)| one.table == other.table) else {
        return false;
    };
    let Some(table) = book.disclosure().tables.get(one.table as usize) else { return false };
    let side = |row: u32| {
        let side = table.rows.get(row as usize)?.side?;
        let mut of_side = table.rows.iter().enumerate().filter(|(_, row)| row.side == Some(side));
        let is_last = of_side.rfind(|(_, row)| !row.cells.is_empty()).is_some_and(|(last, _)| last == row as usize);
        (is_last && table.rows.get(row as usize)?.role == Role::Total).then_some(side)
    };
    side(one.row).zip(side(other.row)).is_some_and(|(one, other)| one != other)
}

/// Hands in that all figures of a group are equal: each is compared with the value that most of them state. Where the form
/// does not promise it, a difference is one only between parts of the document that speak of the same money; `of` says how sure
/// that is, and only firm checks that hold are handed in.
fn all_equal(book: &Book<'_>, sink: &mut Sink, key: Key, group: &[FigureId], of: Contradiction) {
    let worth = |id: FigureId| book.worth(id);
    let Some((first, others)) = group.split_first().filter(|(_, others)| !others.is_empty()) else { return };
    let is_firm = of == Contradiction::Firm;
    if others.iter().all(|id| worth(*id) == worth(*first)) {
        for id in others.iter().filter(|_| is_firm) {
            sink.check(Check::sum(&[book.term(*id)], &[book.term(*first)]));
        }
        return;
    }
    // A group is small; sorting it by value brings equal statements together.
    let mut sorted: Vec<_> = group.iter().map(|id| (worth(*id), *id)).collect();
    sorted.sort_unstable();
    let Some(most) = sorted
        .chunk_by(|a, b| a.0 == b.0)
        .max_by_key(|run| (run.len(), std::cmp::Reverse(run.first().map(|(_, id)| *id))))
    else {
        return;
    };
    let Some((_, reference)) = most.first() else { return };
    let origin = |id: &FigureId| book.figure(*id).map(|figure| figure.subject.origin());
    for id in group.iter().filter(|id| *id != reference) {
        let (found, expected) = ([book.term(*id)], [book.term(*reference)]);
        let check = Check::sum(&found, &expected);
        let concludes = || {
            let sides = origin(id).zip(origin(reference));
            sides.and_then(|(one, other)| book.agreement().contradiction(key, one, other)) == Some(of)
                || is_firm && are_grand_totals(book, *id, *reference)
        };
        let is_plain = || book.agreement().is_promised() || !is_violated(book, check);
        if is_firm && is_plain() || concludes() {
            sink.check(check);
        }
    }
}
