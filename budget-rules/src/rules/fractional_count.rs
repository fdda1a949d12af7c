//! Things that cannot be halved.

use budget_model::{Decimal, Measure, Severity};

use crate::book::Book;
use crate::figure::FigureId;
use crate::prose;
use crate::rule::{Description, Rule, Sink};
use crate::text::Text;

pub(super) struct FractionalCount;

static DESCRIPTION: Description = Description {
    id: "fractional-count",
    severity: Severity::Warning,
    title: Text::new("人数、件数带小数，单位可能写错", "a count with decimals: its unit is probably wrong"),
    message: Text::new(
        "“{0}”：{1} 的数量带小数，单位可能有误",
        "“{0}”: a number of {1} with decimals, its unit is probably wrong",
    ),
    explanation: Text::new(
        "以人、名、辆、个、家、户等计的数量应为整数；带小数的多为“万人”等单位漏写。",
        "People, vehicles, units and the like are counted in whole numbers; decimals mostly mean that 万 is missing in the unit.",
    ),
    example: Text::new("参加培训 3.15 人", "3.15 people"),
    example_arguments: &[Text::same("3.15人"), Text::same("人")],
};

impl Rule for FractionalCount {
    fn describe(&self) -> &'static Description {
        &DESCRIPTION
    }

    fn apply(&self, book: &Book<'_>, sink: &mut Sink) {
        let disclosure = book.disclosure();
        let mut any = false;
        let mut seen: Vec<(Decimal, String)> = Vec::new();
        let mut judge = |id: FigureId, unit: &str, sink: &mut Sink| {
            if !prose::is_counted(unit) {
                return;
            }
            any = true;
            let value = book.value(id);
            // The same number may be read as a fact and in the description of a project.
            let number = (value, unit.to_owned());
            if value.fract().is_zero() {
                sink.pass();
            } else if !seen.contains(&number) {
                sink.blame(&[&format!("{value}{unit}"), unit], &[id]);
                seen.push(number);
            }
        };
        for (index, fact) in book.facts().filter(|(_, fact)| fact.measure == Measure::Count) {
            judge(book.fact(index), fact.unit.as_ref().map_or("", |unit| unit.as_str()), sink);
        }
        let allocations = (0..disclosure.projects.len()).flat_map(|project| book.allocation(project));
        let goals = (0..disclosure.performance.len()).flat_map(|table| book.goal(table));
        for (number, id) in allocations.chain(goals) {
            judge(*id, number.unit, sink);
        }
        for (table, entry) in disclosure.performance.iter().enumerate() {
            for (index, indicator) in entry.indicators.iter().enumerate() {
                if let (Some(id), Some(unit)) = (book.indicator(table, index), &indicator.value.unit) {
                    judge(id, unit, sink);
                }
            }
        }
        if !any {
            sink.not_applicable(Text::new("没有以人、件等计的数量", "nothing is counted"));
        }
    }
}
