//! The amounts of a performance table, and of all of them.

use budget_model::{Decimal, Measure, Nature, PerformanceKind, Severity, Source, Stage};

use crate::book::Book;
use crate::check::{Check, Term, Values};
use crate::figure::PerformanceAmount;
use crate::key::Key;
use crate::rule::{Description, Rule, Sink};
use crate::text::Text;
use crate::topic::Topic;
use crate::words;

pub(super) struct PerformanceTotal;

static DESCRIPTION: Description = Description {
    id: "performance-amounts-do-not-add-up",
    severity: Severity::Error,
    title: Text::new("绩效表金额与合计不符", "the amounts of performance tables do not add up"),
    message: Text::new("{0}为 {1}，按分项为 {2}，相差 {3}", "{0} is {1}, its parts add up to {2}: a difference of {3}"),
    explanation: Text::new(
        "项目绩效表的年度预算总额＝财政拨款＋其他资金；正文所述财政拨款项目金额＝财政拨款项目支出；正文所述整体绩效目标金额＝预算总额；项目绩效表的张数（加未公开的）与所述个数相同时，其总额之和（加未公开的金额）＝所述财政拨款与非财政拨款项目金额之和。没有绩效表时不适用。",
        "The total of a performance table is its fiscal and other money. The amount that the text gives for projects with \
         appropriations is project expenditure from appropriations, that of the overall target is the whole budget. Where there \
         are as many performance tables as projects stated (with those not published), their totals are the stated amounts. \
         Not applicable without performance tables.",
    ),
    example: Text::new(
        "年度预算总额 12.80，其中：财政拨款 12.00，其他资金 0.00",
        "total 12.80: fiscal 12.00, other 0.00",
    ),
    example_arguments: &[
        Text::new("绩效表1“流动演出”年度预算总额", "performance table 1 “流动演出” 年度预算总额"),
        Text::same("12.8"),
        Text::same("12"),
        Text::same("0.8"),
    ],
};

const ONE_PART: Text =
    Text::new("绩效表只读出财政拨款、其他资金之一", "of a performance table only fiscal or only other money was read");

impl Rule for PerformanceTotal {
    fn describe(&self) -> &'static Description {
        &DESCRIPTION
    }

    fn holds_in(&self, stage: Stage) -> bool {
        stage == Stage::Budget
    }

    fn apply(&self, book: &Book<'_>, sink: &mut Sink) {
        for (index, table) in book.disclosure().performance.iter().enumerate() {
            if table.kind != PerformanceKind::Project {
                continue;
            }
            let amount = |amount| book.performance(index, amount).map(|id| book.term(id));
            let parts: Vec<Term> =
                [amount(PerformanceAmount::Fiscal), amount(PerformanceAmount::Other)].into_iter().flatten().collect();
            let Some(total) = amount(PerformanceAmount::Total).filter(|_| !parts.is_empty()) else { continue };
            let found = [total];
            let check = Check::sum(&found, &parts);
            // 财政拨款 45.00* 其他资金 0.00: what is no number may be blank as well as a part that was not read. Money that the
            // table divides further may be a part as well: 上年结转资金.
            let values = Values { figures: book.figures(), changed: None };
            if (parts.len() == 1 || !table.funds.is_empty()) && check.evaluate(values).verdict.is_violation() {
                sink.blocked(ONE_PART);
            } else {
                sink.check_list(book, check);
            }
        }
        let appropriation = Key { source: Source::Appropriation, nature: Nature::Project, ..Key::TOTAL };
        for (index, _, subject) in words::facts(book, Topic::Performance, Measure::Amount) {
            let path = subject.concat();
            let key = if path.contains("整体") {
                Key::TOTAL
            } else if path.contains("财政拨款") && !path.contains("非财政拨款") {
                appropriation
            } else {
                continue;
            };
            if let Some(whole) = book.statement(key) {
                let (found, expected) = ([words::term(book, index)], [book.term(whole)]);
                let check = Check::sum(&found, &expected);
                // 其中财政拨款 may be that of some of the projects.
                if book.agreement().is_promised() || !super::is_violated(book, check) {
                    sink.check_list(book, check);
                }
            }
        }
        all_projects(book, sink);
        if !sink.has_checks() {
            sink.not_applicable(super::NO_PERFORMANCE);
        }
    }
}

/// The totals of all performance tables are the amounts that the text gives for all projects.
fn all_projects(book: &Book<'_>, sink: &mut Sink) {
    let (mut counts, mut amounts) = (Vec::new(), Vec::new());
    for (_, fact, subject) in words::facts(book, Topic::Performance, Measure::Count) {
        let path = subject.concat();
        if path.contains("项目") && !path.contains("整体") && !words::is_undisclosed(subject) {
            counts.push(fact.value);
        }
    }
    for (index, _, subject) in words::facts(book, Topic::Performance, Measure::Amount) {
        let path = subject.concat();
        if path.contains("财政拨款") && !path.contains("整体") && !words::is_undisclosed(subject) {
            amounts.push(words::term(book, index));
        }
    }
    let tables = book.disclosure().performance.iter().enumerate();
    let projects: Vec<_> = tables.filter(|(_, table)| table.kind == PerformanceKind::Project).collect();
    let totals: Vec<Term> = projects
        .iter()
        .filter_map(|(index, _)| Some(book.term(book.performance(*index, PerformanceAmount::Total)?)))
        .collect();
    if projects.is_empty() || amounts.is_empty() {
        return;
    }
    let hidden_amount = words::undisclosed(book, Measure::Amount);
    let hidden_count =
        words::undisclosed(book, Measure::Count).map_or(Decimal::ZERO, |fact| book.value(book.fact(fact)));
    let shown = Decimal::from(projects.len()).saturating_add(hidden_count);
    let stated = counts.iter().fold(Decimal::ZERO, |sum, count| sum.saturating_add(*count));
    let complete = totals.len() == projects.len() && hidden_count.is_zero() == hidden_amount.is_none();
    if stated == shown && complete {
        let mut all = totals;
        all.extend(hidden_amount.map(|fact| words::term(book, fact)));
        super::check_if_promised(book, sink, Check::sum(&amounts, &all));
    }
}
