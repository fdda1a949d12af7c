//! The target in words and the indicator.

use budget_model::{Severity, Stage};

use crate::book::Book;
use crate::rule::{Description, Rule, Sink};
use crate::text::Text;

pub(super) struct GoalIndicator;

static DESCRIPTION: Description = Description {
    id: "goal-differs-from-indicator",
    severity: Severity::Warning,
    title: Text::new("总体目标与指标的数字不一致", "the goal and an indicator state different numbers"),
    message: Text::new("总体目标中“{0}”，指标“{1}”为 {2}", "the goal says “{0}”, indicator “{1}” says {2}"),
    explanation: Text::new(
        "总体目标的一个数字，紧接在与某指标名称相同的词语之后、单位也相同时，应与该指标的值相等。词语取数字之前与指标名称末尾相同的部分，至少四个字；一个指标对应多个数字时不比较。",
        "A number of the goal that stands right behind the words with which an indicator's name ends, and has its unit, is the \
         value of the indicator. The words are at least four characters; an indicator to which several numbers fit is not compared.",
    ),
    example: Text::new(
        "目标“观众满意度达到95%”，指标“观众满意度 >=90%”",
        "goal: satisfaction of 95 %; indicator: >=90 %",
    ),
    example_arguments: &[Text::same("观众满意度达到95%"), Text::same("观众满意度"), Text::same(">=90%")],
};

/// Characters of a name that must stand before the number: fewer are too often a common word (数量, 满意度).
const FEWEST: usize = 4;

impl Rule for GoalIndicator {
    fn describe(&self) -> &'static Description {
        &DESCRIPTION
    }

    fn holds_in(&self, stage: Stage) -> bool {
        stage == Stage::Budget
    }

    fn apply(&self, book: &Book<'_>, sink: &mut Sink) {
        let mut any = false;
        for (index, table) in book.disclosure().performance.iter().enumerate() {
            let Some(goal) = &table.goal else { continue };
            for (position, indicator) in table.indicators.iter().enumerate() {
                let (Some(value), Some(unit)) = (indicator.value.number, &indicator.value.unit) else { continue };
                let mut same = book.goal(index).iter().filter(|(number, _)| {
                    number.unit == *unit
                        && names(goal.text.get(..number.start).unwrap_or_default(), &indicator.name.text)
                });
                let (Some((number, in_goal)), None) = (same.next(), same.next()) else { continue };
                any = true;
                if number.value == value {
                    sink.pass();
                    continue;
                }
                let passage = crate::prose::around(goal, number.start as u32);
                let raw = &indicator.value.raw;
                let both: Vec<_> = book.indicator(index, position).into_iter().chain([*in_goal]).collect();
                sink.blame(&[&passage, &indicator.name.text, &raw.text], &both);
            }
        }
        if !any {
            sink.not_applicable(Text::new(
                "总体目标没有与指标对应的数字",
                "no number of a goal corresponds to an indicator",
            ));
        }
    }
}

/// Whether the words before a number end like the name of an indicator.
fn names(before: &str, name: &str) -> bool {
    const LINKS: &[&str] = &["不低于", "不少于", "不超过", "达到", "稳定在", "保持在", "为", "达", "在", "至"];
    let mut words = before;
    while let Some(rest) = LINKS.iter().find_map(|link| words.strip_suffix(link)) {
        words = rest;
    }
    words.chars().rev().zip(name.chars().rev()).take_while(|(one, other)| one == other).count() >= FEWEST
}
