//! Things that cannot be halved.

use budget_model::{Measure, Place, Severity};

use crate::book::Book;
use crate::rule::{Description, Rule, Sink};
use crate::text::Text;

pub(super) struct FractionalCount;

const DESCRIPTION: Description = Description {
    id: "fractional-count",
    severity: Severity::Warning,
    title: Text::new("人数、件数带小数，单位可能写错", "a count with decimals: its unit is probably wrong"),
    message: Text::new("“{0}”：{1} 的数量带小数，单位可能有误", "“{0}”: a number of {1} with decimals, its unit is probably wrong"),
    explanation: Text::new(
        "以人、名、辆、个、家、户等计的数量应为整数；带小数的多为“万人”等单位漏写。",
        "People, vehicles, units and the like are counted in whole numbers; decimals mostly mean that 万 is missing in the unit.",
    ),
    example: Text::new("参加培训 3.15 人", "3.15 people"),
};

/// Units in which things are counted.
const WHOLE: &[&str] = &["人", "名", "位", "人次", "辆", "台", "套", "个", "家", "户", "场", "场次", "次", "件", "份", "张", "条"];

impl Rule for FractionalCount {
    fn describe(&self) -> &'static Description {
        &DESCRIPTION
    }

    fn apply(&self, book: &Book<'_>, sink: &mut Sink) {
        let disclosure = book.disclosure();
        let mut any = false;
        let mut seen: Vec<(String, String)> = Vec::new();
        let mut judge = |text: &str, unit: &str, whole: bool, place: Place, sink: &mut Sink| {
            if !WHOLE.contains(&unit) {
                return;
            }
            any = true;
            let passage = (text.to_owned(), unit.to_owned());
            if whole {
                sink.pass();
            } else if !seen.contains(&passage) {
                sink.report(&[text, unit], &[place]);
                seen.push(passage);
            }
        };
        for (_, fact) in book.facts().filter(|(_, fact)| fact.measure == Measure::Count) {
            let unit = fact.unit.as_ref().map_or("", |unit| unit.as_str());
            judge(&format!("{}{unit}", fact.value), unit, fact.value.fract().is_zero(), fact.place, sink);
        }
        let allocations = disclosure.projects.iter().enumerate().filter_map(|(i, p)| Some((p.allocation.as_ref()?, book.allocation(i))));
        let goals = disclosure.performance.iter().enumerate().filter_map(|(i, p)| Some((p.goal.as_ref()?, book.goal(i))));
        for (text, numbers) in allocations.chain(goals) {
            for (number, _) in numbers {
                judge(&format!("{}{}", number.value, number.unit), &number.unit, number.value.fract().is_zero(), text.place, sink);
            }
        }
        for indicator in disclosure.performance.iter().flat_map(|table| &table.indicators) {
            if let (Some(number), Some(unit)) = (indicator.value.number, &indicator.value.unit) {
                judge(&format!("{number}{unit}"), unit, number.fract().is_zero(), indicator.value.raw.place, sink);
            }
        }
        if !any {
            sink.not_applicable(Text::new("没有以人、件等计的数量", "nothing is counted"));
        }
    }
}
