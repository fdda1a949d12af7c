//! Changes of the parts add up to the change of the whole.

use std::collections::BTreeMap;

use budget_model::{Measure, Severity, Source, Stage};

use crate::book::Book;
use crate::check::{Check, Term};
use crate::family::{Axis, families};
use crate::key::Key;
use crate::rule::{Description, Rule, Sink};
use crate::text::Text;

pub(super) struct ChangeSum;

static DESCRIPTION: Description = Description {
    id: "changes-do-not-add-up",
    severity: Severity::Warning,
    title: Text::new(
        "各项增减额之和不等于总增减额",
        "the changes of the parts do not add up to the change of the whole",
    ),
    message: Text::new(
        "{0}等增减额合计 {1}，另一口径各项增减额合计 {2}，相差 {3}",
        "the changes of {0} and others are {1}, the same change in another breakdown is {2}: a difference of {3}",
    ),
    explanation: Text::new(
        "同一笔预算的增减额，按来源、按基本支出和项目支出、按功能分类逐项合计应相等，也等于所述的总增减额。只写一种时不适用。上年有而本年正文未列的项目会造成差额，故为警告。",
        "The change of a budget is the same by source, by nature and by function, and equals the stated change of the total. \
         Not applicable where it is given only once. A function that had money last year and is not listed any more makes a \
         difference, so this is a warning.",
    ),
    example: Text::new(
        "基本支出增加 2.00 万元、项目支出减少 1.00 万元；各项增减额合计增加 3.00 万元",
        "basic up by 2.00, project down by 1.00; the items are up by 3.00 together",
    ),
    example_arguments: &[
        Text::new("正文3.三“基本支出”增减额", "text 3.三 “基本支出”, change"),
        Text::same("1"),
        Text::same("3"),
        Text::same("-2"),
    ],
};

impl Rule for ChangeSum {
    fn describe(&self) -> &'static Description {
        &DESCRIPTION
    }

    fn holds_in(&self, stage: Stage) -> bool {
        stage == Stage::Budget
    }

    fn apply(&self, book: &Book<'_>, sink: &mut Sink) {
        let mut versions: BTreeMap<Key, Vec<Vec<Term>>> = BTreeMap::new();
        for (index, _, key) in book.keyed(Measure::YoyChange) {
            // A total that is stated as such; equal statements of it are compared elsewhere.
            let stated = versions.entry(key).or_default();
            if stated.is_empty() {
                stated.push(vec![book.term(book.fact(index))]);
            }
        }
        let families = families(book, Measure::YoyChange);
        for family in &families {
            let listed = match family.axis {
                Axis::Function(budget_model::CodeLevel::Item) | Axis::ThreePublic | Axis::Source | Axis::Paragraph => {
                    true
                }
                Axis::Nature | Axis::BasicNature => family.members.len() == 2,
                Axis::Function(_) => false,
            };
            if listed {
                versions.entry(family.base).or_default().push(family.terms(book));
            }
            if family.axis == Axis::Source {
                let (own, transfer) = (Source::GeneralPublicBudgetOwn, Source::GeneralPublicBudgetTransfer);
                let both = family.members.iter().filter(|(_, key)| key.source == own || key.source == transfer);
                let both: Vec<_> = both.map(|(index, _)| book.term(book.fact(*index))).collect();
                if both.len() == 2 {
                    let base = Key { source: Source::GeneralPublicBudget, ..Key::TOTAL };
                    versions.entry(base).or_default().push(both);
                }
            }
        }
        for version in versions.into_values() {
            for pair in version.windows(2) {
                if let [one, other] = pair {
                    super::check_if_promised(book, sink, Check::sum(one, other));
                }
            }
        }
        if !sink.has_checks() {
            sink.not_applicable(super::NOT_STATED);
        }
    }
}
