//! How much of the budget was spent.

use budget_model::{Fact, Measure, Severity, Stage, Unit};

use crate::book::Book;
use crate::check::{Check, Expression, Relation, Term};
use crate::rule::{Description, Rule, Sink};
use crate::text::Text;

pub(super) struct Execution;

static DESCRIPTION: Description = Description {
    id: "execution-does-not-follow",
    severity: Severity::Error,
    title: Text::new(
        "预算完成率与预算数、决算数不符",
        "a percentage of execution does not follow from budget and final amount",
    ),
    message: Text::new("{0}为 {1}%，按预算数和决算数计算为 {2}%", "{0} is {1} %, budget and final amount give {2} %"),
    explanation: Text::new(
        "决算正文“年初预算…，支出决算…，完成年初预算的…%”同在一句的，完成率＝决算数÷预算数。预算数为零的无从计算；没有这样的句子，或多数不相符（基数是另一预算数）的不适用。",
        "Where one sentence of final accounts states the budget, the final amount and the percentage of execution, the last is the \
         final amount divided by the budget. Nothing follows from a budget of zero. Not applicable without such sentences, and \
         where most of them differ (the base is another budget).",
    ),
    example: Text::new(
        "年初预算为 620.00 万元，支出决算为 640.00 万元，完成年初预算的 130.23%",
        "budget 620.00, final amount 640.00, 130.23 % of it",
    ),
    example_arguments: &[
        Text::new("正文2.五“群众文化”占比", "text 2.五 “群众文化”, share"),
        Text::same("130.23"),
        Text::same("103.23"),
    ],
};

impl Rule for Execution {
    fn describe(&self) -> &'static Description {
        &DESCRIPTION
    }

    fn apply(&self, book: &Book<'_>, sink: &mut Sink) {
        if book.disclosure().stage != Stage::Final {
            sink.not_applicable(Text::new("预算没有完成率", "budgets state no execution"));
            return;
        }
        let cases: Vec<[Term; 3]> = book.facts().filter_map(|(index, _)| case(book, index)).collect();
        let failed = cases.iter().filter(|case| with(case, |check| super::is_violated(book, check))).count();
        if 2 * failed > cases.len() {
            sink.not_applicable(Text::new(
                "多数完成率与预算数、决算数不符：基数可能是另一预算数，不作判断",
                "most percentages of execution do not follow: they may be of another budget, and nothing is concluded",
            ));
        } else {
            cases.iter().for_each(|case| with(case, |check| sink.check(check)));
        }
        if !sink.has_checks() {
            sink.not_applicable(super::NOT_STATED);
        }
    }
}

/// The percentage that a fact states with the final amount and the budget in front of it: `年初预算为620.00万元，支出决算为640.00万元，完成年初预算的103.23%`.
fn case(book: &Book<'_>, index: usize) -> Option<[Term; 3]> {
    let facts = &book.disclosure().facts;
    let percent = facts.get(index).filter(|fact| fact.unit == Some(Unit::Percent))?;
    let (_, base) = percent.quote.split_once("完成")?;
    let base =
        base.trim_end_matches(|character: char| character.is_ascii_digit() || matches!(character, '.' | '%' | '％'));
    let base = base.trim_end_matches(['为', '的']).trim_end_matches('数');
    let (of_final, of_budget) = (index.checked_sub(1)?, index.checked_sub(2)?);
    let is_money = |fact: &&Fact| {
        fact.measure == Measure::Amount
            && fact.section == percent.section
            && fact.unit.as_ref().is_some_and(|unit| unit.in_yuan().is_some())
    };
    let spent = facts.get(of_final).filter(is_money)?;
    let planned = facts.get(of_budget).filter(is_money)?;
    // 完成预算的 speaks of the one budget before it.
    let is_base = last(planned)?.trim_end_matches('数').ends_with(base) && base.ends_with("预算");
    let is_spent = last(spent)?.contains("决算") && !last(planned)?.contains("决算");
    (is_base && is_spent && book.is_one_clause(of_budget, index))
        .then(|| [index, of_final, of_budget].map(|fact| book.term(book.fact(fact))))
}

fn last(fact: &Fact) -> Option<&str> {
    fact.subject.last().map(String::as_str)
}

/// A percentage, the part and the base, as a check.
fn with<T>([percent, part, base]: &[Term; 3], then: impl FnOnce(Check<'_>) -> T) -> T {
    let (found, part, base) = ([*percent], [*part], [*base]);
    then(Check { found: &found, relation: Relation::Equal, expected: Expression::Percent { part: &part, base: &base } })
}
