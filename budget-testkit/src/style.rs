//! What the forms of a region print around their tables, where layouts only say what a reader accepts.

use budget_model::{Scope, Section, Table, TableKind};
use budget_parse::{Shape, TableForm};

use crate::books::Books;
use crate::config::Config;
use crate::tables::scope_word;

/// The print of a form.
#[derive(Clone, Debug)]
pub(crate) struct Style {
    region: Region,
    scope: Scope,
    number_row: bool,
    total_last: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Region {
    /// 新疆: numbered tables, function classes with their codes.
    Xinjiang {
        /// 表一 in place of 表1
        chinese_numbers: bool,
    },
    /// 上海: titles with the year, function classes with ordinals.
    Shanghai,
}

/// The ordinals of rows and tables.
const ORDINALS: &[&str] = &[
    "一",
    "二",
    "三",
    "四",
    "五",
    "六",
    "七",
    "八",
    "九",
    "十",
    "十一",
    "十二",
    "十三",
    "十四",
    "十五",
    "十六",
    "十七",
    "十八",
    "十九",
    "二十",
    "二十一",
    "二十二",
    "二十三",
    "二十四",
    "二十五",
    "二十六",
    "二十七",
    "二十八",
    "二十九",
];

/// The ordinal of a row, table or section in words; empty above 29.
pub(crate) fn ordinal(number: usize) -> &'static str {
    number.checked_sub(1).and_then(|index| ORDINALS.get(index)).copied().unwrap_or_default()
}

impl Style {
    pub(crate) fn of(config: &Config) -> Self {
        let region = match config.layout.starts_with("shanghai") {
            true => Region::Shanghai,
            false => Region::Xinjiang { chinese_numbers: config.layout == "xinjiang-2022" },
        };
        Self { region, scope: config.scope, number_row: config.habits.number_row, total_last: config.habits.total_last }
    }

    /// The number above the title.
    pub(crate) fn number(&self, number: usize) -> Option<String> {
        match self.region {
            Region::Xinjiang { chinese_numbers: true } => Some(format!("表{}", ordinal(number))),
            Region::Xinjiang { chinese_numbers: false } => Some(format!("表{number}")),
            Region::Shanghai => None,
        }
    }

    pub(crate) fn title(&self, form: &TableForm, year: u16) -> String {
        let title = form.titles.first().map_or("", String::as_str);
        let scope = scope_word(self.scope);
        match self.region {
            Region::Shanghai if self.scope == Scope::Unit && form.kind != TableKind::ThreePublic => {
                format!("{year}年预算单位{title}")
            }
            Region::Shanghai => format!("{year}年{scope}{title}"),
            Region::Xinjiang { .. } => match form.kind {
                TableKind::Overview | TableKind::Income | TableKind::Expenditure => format!("{scope}{title}"),
                _ => title.to_owned(),
            },
        }
    }

    /// A heading as it is printed, with its ordinal: the last step of the path.
    pub(crate) fn heading(&self, section: &Section) -> String {
        let heading = &section.heading.text;
        match (section.path.parse(), section.path.rsplit('.').next().unwrap_or_default()) {
            // Only the list of contents numbers the parts.
            (Ok(_), _) if self.region == Region::Shanghai => heading.clone(),
            (Ok(part), _) => format!("第{}部分 {heading}", ordinal(part)),
            (Err(_), step) if step.starts_with('(') => format!("{step}{heading}"),
            (Err(_), step) => format!("{step}、{heading}"),
        }
    }

    /// The part behind whose heading, and what stands below it, the tables follow.
    pub(crate) fn part_before_tables(&self) -> &'static str {
        match self.region {
            Region::Xinjiang { .. } => "2",
            Region::Shanghai => "4",
        }
    }

    /// The list of contents, if the form prints one.
    pub(crate) fn contents(&self) -> Vec<String> {
        let scope = scope_word(self.scope);
        let parts = match self.region {
            Region::Xinjiang { .. } => &[][..],
            Region::Shanghai => &["主要职能", "机构设置", "名词解释", "预算编制说明", "预算表", "其他相关情况说明"],
        };
        let entry = |(number, part): (usize, &&str)| {
            let front = if ["名词解释", "其他相关情况说明"].contains(part) { "" } else { scope };
            format!("{}、{front}{part}", ordinal(number + 1))
        };
        parts.iter().enumerate().map(entry).collect()
    }

    /// 编制部门, 编制单位
    pub(crate) fn compiler(&self) -> String {
        format!("编制{}", scope_word(self.scope))
    }

    /// The words of the total of a table with one row a code, project or name.
    pub(crate) fn total(&self) -> &'static str {
        if self.total_last { "合计" } else { "总计" }
    }

    /// Whether a table with two sides prints the classes that have no money, too.
    pub(crate) fn prints_all_classes(&self) -> bool {
        self.region != Region::Shanghai
    }

    /// Whether a table with two sides prints the codes of function classes in front of their names.
    pub(crate) fn prints_codes_of_classes(&self) -> bool {
        self.region != Region::Shanghai
    }

    /// The label of a class in a table with two sides.
    pub(crate) fn class(&self, number: usize, name: &str) -> String {
        if self.prints_codes_of_classes() { name.to_owned() } else { format!("{}、{name}", ordinal(number)) }
    }

    /// Whether a table without money prints the word 合计 above the sentence that says so.
    pub(crate) fn prints_total_of_empty_table(&self, form: &TableForm) -> bool {
        !self.number_row && form.shape != Shape::Listed
    }

    /// The sentence below a table without money.
    pub(crate) fn declared_empty(&self, form: &TableForm, table: &Table, books: &Books) -> String {
        let (name, year) = (&books.department, books.year);
        let what = match form.kind {
            TableKind::Fund => "政府性基金预算拨款安排的支出",
            TableKind::StateCapital => "国有资本经营预算拨款安排的支出",
            TableKind::ThreePublic => "“三公”经费支出",
            TableKind::Carryover => "上年结转结余预算安排的支出",
            TableKind::GeneralProject => "一般公共预算安排的项目支出",
            TableKind::Appropriation => "财政拨款安排的支出",
            TableKind::General => "一般公共预算安排的支出",
            TableKind::GeneralBasic => "一般公共预算安排的基本支出",
            _ => "相关预算安排的支出",
        };
        let title = form.titles.first().map_or("", String::as_str);
        match (&table.number, self.number_row) {
            (Some(number), false) => format!("备注：{name}{year}年未安排{what}，因此{}为空表。", number.text),
            _ => format!("{name}{year}年没有使用{what}，{title}为空表。"),
        }
    }
}
