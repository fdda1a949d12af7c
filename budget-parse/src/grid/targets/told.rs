//! Indicators that are told in the words of one cell, in lists of projects that have no columns for them:
//! `1、1-产出指标；11-数量指标；会议保障次数；实施周期指标值:≥20场；年度指标值:≥20场。2、…`

use budget_model::{Indicator, Label};

use super::rows::composed;
use crate::performance::vocabulary::{LEVELS, Level, level_suffix};
use crate::text::{fold, squeeze};

/// The indicators of a cell; none if its words are not in this form.
pub(super) fn indicators(cell: &Label) -> Vec<Indicator> {
    items(&squeeze(&cell.text)).into_iter().filter_map(|item| indicator(item, cell)).collect()
}

/// The numbered items of a text: each begins with the next number and `、`.
fn items(text: &str) -> Vec<&str> {
    let mut items = Vec::new();
    let mut rest = text;
    for number in 1..=MOST {
        let Some(item) = rest.strip_prefix(&format!("{number}、")) else { break };
        let next = format!("。{}、", number + 1);
        match item.split_once(next.as_str()) {
            Some((item, _)) => {
                items.push(item);
                rest =
                    rest.get(rest.find(next.as_str()).map_or(rest.len(), |at| at + "。".len())..).unwrap_or_default();
            }
            None => {
                items.push(item);
                break;
            }
        }
    }
    items
}

/// No project has more indicators.
const MOST: usize = 500;

fn indicator(item: &str, cell: &Label) -> Option<Indicator> {
    let mut parts = item.trim_end_matches('。').split(['；', ';']).peekable();
    let mut level = |wanted: Level| {
        let part = parts.peek()?;
        let bare = part.trim_start_matches(|character: char| character.is_ascii_digit() || character == '-');
        let word = bare.strip_suffix(level_suffix()).unwrap_or(bare);
        let (_, known) = LEVELS.find(&fold(word))?;
        (*known == wanted || *known == Level::Either).then(|| {
            parts.next();
            bare.to_owned()
        })
    };
    let (first, second) = (level(Level::First)?, level(Level::Second));
    let name = parts.next()?;
    // The value of the year, where that of the whole period is told as well.
    let values: Vec<(&str, &str)> = parts.filter_map(|part| part.split_once([':', '：'])).collect();
    let is_of_year = |(key, _): &&(&str, &str)| key.contains("年度");
    let (_, value) = values.iter().find(is_of_year).or_else(|| values.first())?;
    let label = |text: &str| Label::new(text, cell.place);
    let mut indicator = Indicator::new(label(name), composed(label(value), None, None));
    indicator.level1 = first;
    indicator.levels_certain = second.is_some();
    indicator.level2 = second.unwrap_or_default();
    Some(indicator)
}

#[cfg(test)]
mod tests {
    use budget_model::{Operator, Place};

    use super::*;

    #[test]
    fn indicators_are_told_one_after_the_other() {
        let text = "1、1-产出指标；11-数量指标；会议保障次数；实施周期指标值:每年≥20场；年度指标值:≥20场。\
                    2、2-效益指标；22-社会效益；目录更新；实施周期指标值:≥1套；年度指标值:≥1套。3、4-成本指标；41-经济成本指标；单价\
                    ；年度指标值:≤29.91元/件。";
        let place = Place::Text { page: 1, line: 1, column: 1 };
        let found = indicators(&Label::new(text, place));
        let seen: Vec<_> = found
            .iter()
            .map(|one| (one.level1.as_str(), one.level2.as_str(), one.name.text.as_str(), one.value.raw.text.as_str()))
            .collect();
        assert_eq!(
            seen,
            [
                ("产出指标", "数量指标", "会议保障次数", "≥20场"),
                ("效益指标", "社会效益", "目录更新", "≥1套"),
                ("成本指标", "经济成本指标", "单价", "≤29.91元/件"),
            ]
        );
        assert_eq!(found.first().and_then(|one| one.value.operator), Some(Operator::AtLeast));
    }

    #[test]
    fn other_words_are_no_indicators() {
        let place = Place::Text { page: 1, line: 1, column: 1 };
        assert!(indicators(&Label::new("1、保障馆舍开放；2、更新展品。", place)).is_empty());
    }
}
