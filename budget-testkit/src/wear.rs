//! What befalls a document on its way from the form to the reader: other wordings of captions, page feet between rows, characters
//! that only look like others, numbers that an extractor broke.
//!
//! The lists here are the generator's own, taken from what printed documents show and not from what a reader knows: a reader
//! that lacks one of them fails.

use crate::chance::Chance;

/// A kind of wear.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WearKind {
    /// Other wordings of the unit: `金额单位：人民币万元`.
    Units,
    /// Page feet between the lines of a text: `第 1 页，共 17 页`.
    Feet,
    /// Other rows of column numbers: `甲 乙 丙 丁 1 2 3`.
    ColumnNumbers,
    /// Radicals in place of the characters that look like them: `⽀出`.
    Radicals,
    /// Full-width digits, points and separators: `２，０３２．２１`.
    FullWidth,
    /// Blanks that do not break, and marks without width.
    Invisible,
    /// Numbers that are broken by a blank: `2, 032.21`, `4 08.04`.
    Spaced,
    /// Marks at numbers, units behind them, letters in place of digits: `197.29①`, `408.04万元`, `1O0.00`.
    Marked,
    /// A text whose columns are kept by blanks, as `pdftotext -layout` writes it.
    Columns,
    /// Hidden copies of the sheets, with other figures, in front of them.
    HiddenCopies,
    /// Numbers that are stored in a smaller unit than the one in which their format shows them.
    Scaled,
}

impl WearKind {
    /// What happens to texts.
    pub const OF_TEXTS: [Self; 9] = [
        Self::Units,
        Self::Feet,
        Self::ColumnNumbers,
        Self::Radicals,
        Self::FullWidth,
        Self::Invisible,
        Self::Spaced,
        Self::Marked,
        Self::Columns,
    ];

    /// What happens to workbooks.
    pub const OF_WORKBOOKS: [Self; 6] =
        [Self::Units, Self::ColumnNumbers, Self::Radicals, Self::Invisible, Self::HiddenCopies, Self::Scaled];
}

/// A kind of wear, and the seed of its choices.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wear {
    /// What happens.
    pub kind: WearKind,
    /// Decides between wordings, and which numbers are hit.
    pub seed: u64,
}

/// `单位：万元` in other words; `{}` is the unit.
const UNIT_PHRASES: [&str; 12] = [
    "金额单位：{}",
    "金额单位：人民币{}",
    "单位：人民币{}",
    "单 位：{}",
    "单位:{}",
    "（单位：{}）",
    "(单位：{})",
    "【单位：{}】",
    "单位：{}（保留两位小数）",
    "单位： {}",
    "计量单位：{}",
    "货币单位：{}",
];

/// Page feet; `{}` is the page, `{n}` the number of pages.
const FEET: [&str; 9] = [
    "第 {} 页，共 {n} 页",
    "第{}页/共{n}页",
    "第{}页 共{n}页",
    "- {} -",
    "— {} —",
    "－{}－",
    "{} / {n}",
    "{}/{n}",
    "Page {} of {n}",
];

/// Lines between two page feet.
const PAGE_LINES: usize = 37;

/// What stands above the columns of codes and names in a row of column numbers.
const MARKS: [[&str; 5]; 4] = [
    ["甲", "乙", "丙", "丁", "戊"],
    ["**", "**", "**", "**", "**"],
    ["-", "-", "-", "-", "-"],
    ["*", "*", "*", "*", "*"],
];

/// Characters and the radicals that look like them.
const RADICALS: [(char, char); 56] = [
    ('一', '⼀'),
    ('二', '⼆'),
    ('人', '⼈'),
    ('入', '⼊'),
    ('八', '⼋'),
    ('力', '⼒'),
    ('十', '⼗'),
    ('口', '⼝'),
    ('土', '⼟'),
    ('大', '⼤'),
    ('女', '⼥'),
    ('子', '⼦'),
    ('小', '⼩'),
    ('山', '⼭'),
    ('工', '⼯'),
    ('干', '⼲'),
    ('心', '⼼'),
    ('手', '⼿'),
    ('支', '⽀'),
    ('文', '⽂'),
    ('方', '⽅'),
    ('日', '⽇'),
    ('月', '⽉'),
    ('木', '⽊'),
    ('水', '⽔'),
    ('牛', '⽜'),
    ('生', '⽣'),
    ('用', '⽤'),
    ('田', '⽥'),
    ('白', '⽩'),
    ('目', '⽬'),
    ('石', '⽯'),
    ('示', '⽰'),
    ('立', '⽴'),
    ('米', '⽶'),
    ('老', '⽼'),
    ('而', '⽽'),
    ('自', '⾃'),
    ('至', '⾄'),
    ('行', '⾏'),
    ('衣', '⾐'),
    ('见', '⻅'),
    ('言', '⾔'),
    ('车', '⻋'),
    ('里', '⾥'),
    ('金', '⾦'),
    ('长', '⻓'),
    ('门', '⻔'),
    ('青', '⻘'),
    ('非', '⾮'),
    ('面', '⾯'),
    ('页', '⻚'),
    ('风', '⻛'),
    ('食', '⻝'),
    ('高', '⾼'),
    ('黑', '⿊'),
];

/// What is appended to a figure.
const FIGURE_MARKS: [&str; 4] = ["①", "*", "万元", "元"];

impl Wear {
    fn chance(self) -> Chance {
        Chance::new(self.seed, "wear")
    }

    /// A whole text, worn.
    pub(crate) fn of_text(self, text: &str) -> String {
        if self.kind == WearKind::Feet {
            return self.feet(text);
        }
        let mut chance = self.chance();
        let mut worn = String::with_capacity(text.len() * 2);
        for line in text.split_inclusive('\n') {
            match self.kind {
                WearKind::Spaced => worn.push_str(&each_figure(line, |figure| broken(figure, &mut chance))),
                WearKind::Marked => worn.push_str(&each_figure(line, |figure| marked(figure, &mut chance))),
                _ => worn.push_str(&self.of_words(line)),
            }
        }
        worn
    }

    /// A line or the text of a cell, worn in the ways that need no more of the document.
    pub(crate) fn of_words(self, text: &str) -> String {
        match self.kind {
            WearKind::Units => self.unit(text),
            WearKind::ColumnNumbers => self.column_numbers(text),
            WearKind::Radicals => text.chars().map(radical).collect(),
            WearKind::FullWidth => text.chars().map(full_width).collect(),
            WearKind::Invisible => invisible(text),
            _ => text.to_owned(),
        }
    }

    fn unit(self, text: &str) -> String {
        let (line, end) = text.split_at(text.trim_end().len());
        let Some((before, unit)) = line.rsplit_once("单位：") else { return text.to_owned() };
        if !matches!(unit, "元" | "千元" | "万元") {
            return text.to_owned();
        }
        let phrase = self.chance().word(&UNIT_PHRASES).replace("{}", unit);
        format!("{before}{phrase}{end}")
    }

    fn feet(self, text: &str) -> String {
        let foot = self.chance().word(&FEET);
        let lines: Vec<&str> = text.split_inclusive('\n').collect();
        let pages = lines.len().div_ceil(PAGE_LINES);
        let page = |(number, lines): (usize, &[&str])| {
            let foot = foot.replace("{}", &number.to_string()).replace("{n}", &pages.to_string());
            format!("{}{foot}\n", lines.concat())
        };
        (1..).zip(lines.chunks(PAGE_LINES)).map(page).collect()
    }

    fn column_numbers(self, text: &str) -> String {
        let marks = self.chance().one(&MARKS).copied().unwrap_or(MARKS[0]);
        let mut marks = marks.iter();
        text.chars()
            .map(|c| if c == '※' { marks.next().copied().unwrap_or("丁").to_owned() } else { c.into() })
            .collect()
    }
}

fn radical(character: char) -> char {
    RADICALS.iter().find(|(plain, _)| *plain == character).map_or(character, |(_, radical)| *radical)
}

fn full_width(character: char) -> char {
    match character {
        '0'..='9' | '.' | ',' => char::from_u32(character as u32 + 0xfee0).unwrap_or(character),
        other => other,
    }
}

/// Blanks that do not break, and a mark without width in front of each number.
fn invisible(text: &str) -> String {
    let mut worn = String::with_capacity(text.len() * 2);
    let mut last = ' ';
    for character in text.chars() {
        if character.is_ascii_digit() && !last.is_ascii_digit() && !matches!(last, '.' | ',') {
            worn.push('\u{200b}');
        }
        worn.push(if character == ' ' { '\u{a0}' } else { character });
        last = character;
    }
    worn
}

/// A line with each number that has decimals rewritten.
fn each_figure(line: &str, mut rewrite: impl FnMut(&str) -> String) -> String {
    let is_part = |character: char| character.is_ascii_digit() || matches!(character, '.' | ',');
    let mut worn = String::with_capacity(line.len() * 2);
    let mut rest = line;
    while let Some(start) = rest.find(|character: char| character.is_ascii_digit()) {
        let (before, number) = rest.split_at(start);
        let (number, behind) = number.split_at(number.find(|character| !is_part(character)).unwrap_or(number.len()));
        worn.push_str(before);
        let is_figure = number.rsplit_once('.').is_some_and(|(_, decimals)| decimals.len() == 2);
        worn.push_str(&if is_figure { rewrite(number) } else { number.to_owned() });
        rest = behind;
    }
    worn.push_str(rest);
    worn
}

/// `2,032.21` → `2, 032.21` or `2,032 .21`, `408.04` → `4 08.04`
fn broken(figure: &str, chance: &mut Chance) -> String {
    let at = match (figure.find(','), chance.percent(50)) {
        (Some(comma), true) => comma + 1,
        (Some(_), false) => figure.len() - 3,
        (None, _) if figure.len() > 4 => 1,
        (None, _) => return figure.to_owned(),
    };
    let (head, tail) = figure.split_at(at);
    format!("{head} {tail}")
}

/// One figure of eight gets a mark or a letter for a digit.
fn marked(figure: &str, chance: &mut Chance) -> String {
    if !chance.percent(12) {
        return figure.to_owned();
    }
    if chance.percent(40) {
        return figure.replacen('0', "O", 1).replacen('1', "l", 1);
    }
    format!("{figure}{}", chance.word(&FIGURE_MARKS))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn worn(kind: WearKind, text: &str) -> String {
        Wear { kind, seed: 7 }.of_text(text)
    }

    #[test]
    fn every_kind_of_wear_changes_what_it_is_about() {
        let text = "编制部门：云溪县文化馆 单位：万元\n※ ※ 1 2\n201 支出 2,032.21 408.04\n";
        for kind in WearKind::OF_TEXTS.into_iter().filter(|kind| !matches!(kind, WearKind::Columns | WearKind::Marked))
        {
            assert_ne!(worn(kind, text), text, "{kind:?}");
        }
        assert_eq!(worn(WearKind::FullWidth, "408.04"), "４０８．０４");
        assert_eq!(worn(WearKind::Radicals, "支出"), "⽀出");
        assert!(worn(WearKind::Spaced, "支出 408.04").ends_with("4 08.04"));
        assert!(worn(WearKind::Marked, &"408.04 ".repeat(40)).contains(['O', '①', '*', '元']));
    }

    #[test]
    fn a_radical_is_no_character_of_its_own() {
        assert!(RADICALS.iter().all(|(plain, radical)| {
            ('\u{4e00}'..='\u{9fff}').contains(plain) && ('\u{2e80}'..='\u{2fdf}').contains(radical)
        }));
    }
}
