//! The budget year that titles and headings name: `第二部分 2025 年部门预算公开表`, `2026年部门收入预算总表`.

use std::collections::HashMap;

use crate::lexicon::Lexicon;
use crate::text::{behind_year, fold};

/// The years that the titles of a document name, counted.
#[derive(Debug, Default)]
pub(crate) struct Years {
    named: HashMap<u16, usize>,
    /// Years alone in their line, on a cover or in a row that a page put below the title: `2025年度`.
    alone: HashMap<u16, usize>,
}

/// Years of one line that are looked at.
const MOST: usize = 4;
/// Bytes of a line; longer ones are sentences.
const LONGEST: usize = 200;

impl Years {
    /// Takes a line or cell, which may be `alone` in its row, or the heading of a part.
    pub(crate) fn add(&mut self, text: &str, is_part: bool, is_alone: bool) {
        if text.len() > LONGEST {
            return;
        }
        let folded = fold(text);
        for (at, _) in folded.match_indices('年').take(MOST) {
            let Some((before, behind)) = folded.split_at_checked(at) else { continue };
            let (Some(year), Some(behind)) = (before_year(before), behind_year(behind)) else { continue };
            if is_part || Lexicon::is_of_year(&folded, behind) {
                *self.named.entry(year).or_default() += 1;
                return;
            }
        }
        let bare = folded.trim_matches(['(', ')']).trim_end_matches(['年', '度']);
        if is_alone
            && bare.chars().count() == DIGITS
            && let Some(year) = before_year(bare)
        {
            *self.alone.entry(year).or_default() += 1;
        }
    }

    /// The year that most of them name.
    pub(crate) fn most(self) -> Option<u16> {
        let most = |counts: HashMap<u16, usize>| {
            counts.into_iter().max_by_key(|(year, count)| (*count, *year)).map(|(year, _)| year)
        };
        most(self.named).or_else(|| most(self.alone))
    }
}

const DIGITS: usize = 4;

/// The year at the end of a folded text: 2025, 二〇二五.
pub(crate) fn before_year(text: &str) -> Option<u16> {
    let mut year = 0;
    let mut characters = text.chars().rev();
    for place in [1, 10, 100, 1000] {
        year += digit(characters.next()?)? * place;
    }
    u16::try_from(year).ok().filter(|year| (2000..=2099).contains(year))
}

fn digit(character: char) -> Option<u32> {
    match character {
        '〇' | '○' | '零' | 'O' => Some(0),
        other => other
            .to_digit(10)
            .or_else(|| "一二三四五六七八九".chars().position(|digit| digit == other).map(|at| at as u32 + 1)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(texts: &[&str]) -> Option<u16> {
        let mut years = Years::default();
        texts.iter().for_each(|text| years.add(text, false, true));
        years.most()
    }

    #[test]
    fn titles_say_the_year_of_their_document() {
        for text in [
            "2026年部门预算",
            "云溪县文化馆2026年单位预算公开",
            "二〇二六年部门预算公开表",
            "2026年部门收入总体情况表（单位：万元）",
            "2026年度部门决算",
            "（2026年）",
            "2026",
        ] {
            assert_eq!(of(&[text]), Some(2026), "{text}");
        }
    }

    #[test]
    fn what_was_done_in_a_year_does_not_say_it() {
        for text in
            ["2024年完成演出12场。", "2024年度项目支出绩效自评表", "比2024年预算增加12万元，主要原因是人员增加", "12年"]
        {
            assert_eq!(of(&[text]), None, "{text}");
        }
        assert_eq!(of(&["2025年", "2026年部门预算"]), Some(2026));
    }
}
