//! The unit line of the tables.

use std::collections::BTreeMap;

use budget_model::{Aspect, Place, Severity, TableKind, Unit};

use crate::book::Book;
use crate::rule::{Description, Rule, Sink};
use crate::text::Text;

pub(super) struct MoneyUnit;

static DESCRIPTION: Description = Description {
    id: super::MONEY_UNIT,
    severity: Severity::Warning,
    title: Text::new("各表的金额单位不一致", "the tables are in different units"),
    message: Text::new("“{0}”的单位为{1}，其他表为{2}", "“{0}” is in {1}, other tables are in {2}"),
    explanation: Text::new(
        "一份公开文件的各表使用同一金额单位；以元为单位的表式中，“三公”经费表可以万元为单位；采购、培训、绩效目标等清单不在此列。只有一张表印出单位时不适用。",
        "All tables of a disclosure are in one unit; in forms in 元, the three-public table may be in 万元, and lists \
         beside the budget (procurement, courses, goals) in any. Not applicable \
         where only one table prints it.",
    ),
    example: Text::new("表1 单位：万元；表2 单位：元", "table 1 in 万元, table 2 in 元"),
    example_arguments: &[Text::same("收入总体情况表"), Text::same("元"), Text::same("万元")],
};

impl Rule for MoneyUnit {
    fn describe(&self) -> &'static Description {
        &DESCRIPTION
    }

    fn apply(&self, book: &Book<'_>, sink: &mut Sink) {
        let disclosure = book.disclosure();
        let printed: Vec<_> = book
            .tables()
            .filter(|(_, table)| table.kind.shows_budget())
            .filter_map(|(_, table)| Some((table, table.unit_place.filter(|_| !table.doubts.has(Aspect::Unit))?)))
            .collect();
        if printed.len() < 2 {
            sink.not_applicable(Text::new("不足两张表印出单位", "fewer than two tables print their unit"));
            return;
        }
        // Tables in one unit are one finding.
        let mut others: BTreeMap<&str, (Vec<&str>, Vec<Place>)> = BTreeMap::new();
        for (table, place) in printed {
            // Forms in 元 have this one table in 万元.
            let by_form = table.kind == TableKind::ThreePublic
                && (&table.unit, &disclosure.unit) == (&Unit::TenThousandYuan, &Unit::Yuan);
            if table.unit == disclosure.unit || by_form {
                sink.pass();
            } else {
                let (names, places) = others.entry(table.unit.as_str()).or_default();
                names.push(table.kind.chinese());
                places.push(place);
            }
        }
        for (unit, (names, places)) in others {
            let names = Text { zh: names.join("”、“").into(), en: names.join("”, “").into() };
            sink.report_words(vec![names, unit.into(), disclosure.unit.as_str().into()], &places);
        }
    }
}
