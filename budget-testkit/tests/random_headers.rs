//! Tables under random headers: official words in any order, merged or not, with columns that nobody knows, independent of any
//! layout and of the lexicon. A figure that is certain is that of its row and column, and its coordinates are right or none.

#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout, missing_docs)]

use std::collections::HashMap;

use budget_model::{Code, Nature, Place, Severity, Source};
use budget_parse::{LayoutSet, read_document};
use budget_rules::Checker;
use budget_testkit::fixture;

/// What a column fixes; `None` for words that nobody knows.
type Meaning = Option<(Option<Source>, Option<Nature>)>;

/// A word of a header, with what it says and the words that may stand below it.
struct Word(&'static str, Meaning, &'static [Word]);

const fn source(word: &'static str, source: Source) -> Word {
    Word(word, Some((Some(source), None)), &[])
}

const fn nature(word: &'static str, nature: Nature) -> Word {
    Word(word, Some((None, Some(nature))), &[])
}

const SOURCES: &[Word] = &[
    Word(
        "财政拨款",
        Some((Some(Source::Appropriation), None)),
        &[
            source("一般公共预算拨款", Source::GeneralPublicBudget),
            source("政府性基金预算拨款", Source::GovernmentFund),
            source("国有资本经营预算拨款", Source::StateCapital),
        ],
    ),
    source("财政专户管理资金", Source::SpecialAccount),
    source("事业收入", Source::BusinessIncome),
    source("上级补助收入", Source::SuperiorSubsidy),
    source("附属单位上缴收入", Source::AffiliatePayment),
    source("事业单位经营收入", Source::OperatingIncome),
    source("其他收入", Source::OtherIncome),
    source("上年结转结余", Source::CarryOver),
];

const NATURES: &[Word] = &[
    Word(
        "基本支出",
        Some((None, Some(Nature::Basic))),
        &[nature("人员经费", Nature::Personnel), nature("公用经费", Nature::Operating)],
    ),
    nature("项目支出", Nature::Project),
    nature("事业单位经营支出", Nature::OperatingBusiness),
    nature("上缴上级支出", Nature::ToSuperior),
    nature("对附属单位补助支出", Nature::ToAffiliate),
    nature("结转下年", Nature::CarryForward),
];

const NOBODY_KNOWS: [&str; 4] = ["甲级调剂额度", "应急统筹份额", "折算星级", "云溪专用口径"];

const ROWS: [(&str, &str); 6] = [
    ("207", "文化旅游体育与传媒支出"),
    ("20701", "文化和旅游"),
    ("2070109", "群众文化"),
    ("208", "社会保障和就业支出"),
    ("20805", "行政事业单位养老支出"),
    ("2080505", "机关事业单位基本养老保险缴费支出"),
];

/// Numbers that are the same in every run.
struct Chance(u64);

impl Chance {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % bound
    }

    fn is(&mut self, of: usize) -> bool {
        self.below(of) == 0
    }
}

struct Column {
    path: [String; 2],
    meaning: Meaning,
    /// The columns it is the sum of.
    parts: Vec<usize>,
}

struct Case {
    text: String,
    /// By row and column of the place: value, code and meaning.
    figures: HashMap<(u32, u32), (String, Option<Code>, Meaning)>,
}

fn case(seed: u64) -> Case {
    let mut chance = Chance(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15));
    let (titles, words, of_table): (&[&str], &[Word], Option<Source>) = match chance.below(3) {
        0 => (&["收入总表", "部门收入预算总表", "2026年单位收入总体情况表"], SOURCES, None),
        1 => (&["支出总表", "部门支出预算总表", "2026年支出总体情况表"], NATURES, None),
        _ => (&["一般公共预算支出表", "2026年一般公共预算支出预算表"], NATURES, Some(Source::GeneralPublicBudget)),
    };
    let mut columns: Vec<Column> = Vec::new();
    let mut order: Vec<usize> = (0..words.len()).filter(|_| !chance.is(3)).collect();
    for at in (1..order.len()).rev() {
        order.swap(at, chance.below(at + 1));
    }
    let mut whole = Vec::new();
    for word in order.iter().map(|at| &words[*at]) {
        let Word(name, meaning, below) = word;
        whole.push(columns.len());
        if below.is_empty() || chance.is(3) {
            columns.push(Column {
                path: [(*name).to_owned(), (*name).to_owned()],
                meaning: *meaning,
                parts: Vec::new(),
            });
            continue;
        }
        let first = columns.len();
        let parts: Vec<usize> = (first + 1..=first + below.len()).collect();
        columns.push(Column { path: [(*name).to_owned(), "小计".to_owned()], meaning: *meaning, parts });
        for Word(leaf, meaning, _) in *below {
            columns.push(Column {
                path: [(*name).to_owned(), (*leaf).to_owned()],
                meaning: *meaning,
                parts: Vec::new(),
            });
        }
    }
    let total = columns.len();
    columns.push(Column { path: ["合计".into(), "合计".into()], meaning: Some((None, None)), parts: whole });
    for _ in 0..chance.below(3) {
        let word = NOBODY_KNOWS[chance.below(NOBODY_KNOWS.len())];
        if columns.iter().all(|column| column.path[0] != word) {
            columns.push(Column { path: [word.into(), word.into()], meaning: None, parts: Vec::new() });
        }
    }
    // 合计 stands first or behind its parts.
    let mut printed: Vec<usize> = (0..columns.len()).collect();
    if !chance.is(3) {
        printed.retain(|at| *at != total);
        printed.insert(0, total);
    }

    let items: Vec<Vec<u64>> =
        (0..2).map(|_| (0..columns.len()).map(|_| chance.below(900_000) as u64).collect()).collect();
    let value = |item: usize, column: usize| -> u64 {
        fn of(columns: &[Column], item: &[u64], column: usize) -> u64 {
            let parts = &columns[column].parts;
            if parts.is_empty() { item[column] } else { parts.iter().map(|part| of(columns, item, *part)).sum() }
        }
        of(&columns, &items[item], column)
    };

    let is_divided = chance.is(2);
    let mut lines = Vec::new();
    let unit = ["元", "万元", "千元"][chance.below(3)];
    lines.push(titles[chance.below(titles.len())].to_owned());
    lines.push(format!("编制部门：云溪县文化馆 单位：{unit}"));
    let front: [&str; 2] = if is_divided {
        ["科目编码 | < | < | 科目名称", "类 | 款 | 项 | ^"]
    } else {
        ["科目编码 | 科目名称", "^ | ^"]
    };
    let mut rows = [format!("| {}", front[0]), format!("| {}", front[1])];
    let mut before: Option<&str> = None;
    for column in printed.iter().map(|at| &columns[*at]) {
        let [upper, lower] = &column.path;
        rows[0] += if before == Some(upper) { " | <".to_owned() } else { format!(" | {upper}") }.as_str();
        rows[1] += if upper == lower { " | ^".to_owned() } else { format!(" | {lower}") }.as_str();
        before = Some(upper);
    }
    lines.extend(rows);
    let mut figures = HashMap::new();
    let mut body: Vec<(Option<Code>, &str, &str, Vec<usize>)> = vec![(None, "", "合计", vec![0, 1])];
    body.extend(ROWS.iter().enumerate().map(|(at, (code, name))| (code.parse().ok(), *code, *name, vec![at / 3])));
    if chance.is(3) {
        body.rotate_left(1);
    }
    for (code, digits, name, of) in body {
        let mut line = match is_divided {
            true => {
                let part = |range: std::ops::Range<usize>| digits.get(range).unwrap_or_default();
                format!("| {} | {} | {} | {name}", part(0..3), part(3..5), part(5..7))
            }
            false => format!("| {digits} | {name}"),
        };
        let (row, front) = (lines.len() as u32 + 1, if is_divided { 5 } else { 3 });
        for (at, column) in (0u32..).zip(&printed) {
            let cents: u64 = of.iter().map(|item| value(*item, *column)).sum();
            let value = format!("{}.{:02}", cents / 100, cents % 100);
            line += &format!(" | {value}");
            let meaning = columns[*column].meaning.map(|(source, nature)| (source.or(of_table), nature));
            figures.insert((row, front + at), (value, code, meaning));
        }
        lines.push(line);
    }
    Case { text: lines.join("\n"), figures }
}

#[test]
fn a_certain_figure_under_a_random_header_has_the_right_coordinates_or_none() {
    let layouts = LayoutSet::built_in();
    let (mut with, mut without) = (0, 0);
    for seed in 0..400 {
        let Case { text, figures } = case(seed);
        let read = read_document(&fixture(&text).unwrap(), &layouts).unwrap();
        let mut found = 0;
        for table in &read.tables {
            for (index, row) in (0..).zip(&table.rows) {
                for cell in row.cells.iter().filter(|cell| table.doubts_of(row, cell).is_empty()) {
                    let Place::Cell { row: line, column, .. } = cell.amount.place else { panic!("{seed}") };
                    let (value, code, meaning) = &figures[&(line, column)];
                    let at = format!("seed {seed}, line {line}, column {column}\n{text}");
                    assert_eq!(cell.amount.value.to_string(), *value, "{at}");
                    assert_eq!(row.code, *code, "{at}");
                    found += 1;
                    let Some(coordinates) = table.coordinates(index, cell) else {
                        without += usize::from(meaning.is_some());
                        continue;
                    };
                    let Some((source, nature)) = meaning else { panic!("nobody knows {at}") };
                    let expected = (source.unwrap_or_default(), nature.unwrap_or_default(), *code);
                    assert_eq!((coordinates.source, coordinates.nature, coordinates.function), expected, "{at}");
                    assert_eq!((coordinates.year, coordinates.phase, coordinates.unit), (None, None, None), "{at}");
                    with += 1;
                }
            }
        }
        assert_eq!(found, figures.len(), "seed {seed}: not all figures are certain\n{text}");
    }
    println!("{with} figures have coordinates, {without} that words say have none");
    assert!(with > 20 * without);
}

#[test]
fn a_consistent_table_under_a_random_header_has_no_finding() {
    let layouts = LayoutSet::built_in();
    let cases = std::env::var("BUDGET_RANDOM_HEADERS").ok().and_then(|cases| cases.parse().ok()).unwrap_or(400);
    let (mut checked, mut established) = (0, 0);
    for seed in 0..cases {
        let Case { text, .. } = case(seed);
        let read = read_document(&fixture(&text).unwrap(), &layouts).unwrap();
        let report = Checker::new().check(&read);
        let found: Vec<_> = report.findings.iter().filter(|found| found.severity >= Severity::Warning).collect();
        assert!(found.is_empty(), "seed {seed}\n{text}\n{found:#?}");
        checked += report.rules.iter().map(|rule| rule.checked).sum::<u32>();
        established += usize::from(report.sums.established > 0);
    }
    println!("{cases} tables, {established} with an established sum, {checked} checks");
    assert!(2 * established > cases as usize);
}
