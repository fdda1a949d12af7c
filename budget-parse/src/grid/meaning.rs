//! What the words of a table mean: its title, its columns and its rows, by the lexicon.

use std::collections::{HashMap, HashSet};

use budget_model::{Classification, Code, Column, Flow, Label, Meaning, Nature, Role, Row, Side, Source, Table};

use super::code;
use super::header::{Content, Header};
use crate::lexicon::{ColumnMeaning, Lexicon, NameOf, Title};
use crate::text::is_numeral;

/// What a title says of its table. `year` is that of the document, for a title that prints none.
pub(super) fn title(text: &str, year: Option<u16>) -> Option<Title> {
    let mut title = Lexicon::title(text).or_else(|| Lexicon::title_above_grid(text))?;
    title.year = title.year.or(year);
    Some(title)
}

/// A column of figures, by the words above it from the top level to the bottom.
pub(super) fn column(path: &[String], title: Option<&Title>, side: Option<Side>) -> Column {
    let words: Vec<&str> = path.iter().map(String::as_str).collect();
    let label = path.last().cloned().unwrap_or_default();
    match title.map(|title| Lexicon::column(&words, title, side)) {
        Some(ColumnMeaning::Figure { dimensions, id, .. } | ColumnMeaning::Percent { dimensions, id }) => {
            let mut column = Column::new(id, label);
            column.header = path.to_vec();
            column.dimensions = dimensions;
            column
        }
        _ => Column::unknown(label, path.to_vec()),
    }
}

/// Columns that only their neighbours explain: 对个人和家庭的补助 is 303 beside 301, and 509 beside 505.
pub(super) fn beside(columns: &mut [Column], paths: &[Vec<String>], title: Option<&Title>) {
    let Some(title) = title.filter(|_| columns.iter().any(|column| !column.is_known())) else { return };
    let words: Vec<Vec<&str>> = paths.iter().map(|path| path.iter().map(String::as_str).collect()).collect();
    let meanings = Lexicon::columns(&words, title, None);
    for ((column, path), meaning) in columns.iter_mut().zip(paths).zip(meanings) {
        if let (false, ColumnMeaning::Figure { dimensions, id, .. }) = (column.is_known(), meaning) {
            *column = Column::new(id, path.last().cloned().unwrap_or_default());
            column.header.clone_from(path);
            column.dimensions = dimensions;
        }
    }
}

/// What the columns of words of a table hold, by the index of the printed column.
#[derive(Debug, Default)]
pub(super) struct Words {
    of: HashMap<usize, NameOf>,
    /// 单位代码
    unit_codes: HashSet<usize>,
    /// Whether the codes of the table are those of units: 单位编码 201 is no function.
    pub(super) codes_are_of_units: bool,
}

impl Words {
    pub(super) fn read(header: &Header, title: Option<&Title>, sides: &HashMap<u8, Side>) -> Self {
        let Some(title) = title else { return Self::default() };
        let mut read = Self::default();
        let mut codes: Vec<NameOf> = Vec::new();
        let words = header
            .columns
            .iter()
            .enumerate()
            .filter(|(_, column)| matches!(column.content, Content::Text | Content::Code { .. }));
        for (index, column) in words {
            let path: Vec<&str> = column.path.iter().map(|label| label.text.as_str()).collect();
            let side = sides.get(&column.panel).copied();
            let meaning = Lexicon::column(&path, title, side);
            if let ColumnMeaning::Name(name) | ColumnMeaning::Code(name, _) = meaning {
                read.of.insert(index, name);
            }
            if matches!(meaning, ColumnMeaning::Code(NameOf::Unit, _)) {
                read.unit_codes.insert(index);
            }
            if let (ColumnMeaning::Code(name, _), Content::Code { .. }) = (meaning, &column.content) {
                codes.push(name);
            }
        }
        read.codes_are_of_units = !codes.is_empty() && codes.iter().all(|name| *name == NameOf::Unit);
        read
    }

    pub(super) fn are_unit_codes(&self, column: usize) -> bool {
        self.unit_codes.contains(&column)
    }

    pub(super) fn of(&self, column: usize) -> Option<NameOf> {
        self.of.get(&column).copied()
    }

    /// What a text beside code and name of a row fixes: its unit, its project, a second classification.
    pub(super) fn fix(&self, row: &mut Row, column: usize, text: &Label) {
        let code = || text.text.parse().ok().or_else(|| code::leading(&text.text).map(|(code, _)| code));
        let is_code = |code: &Code, first: u32| code.class().number() / 100 == first;
        match self.of(column) {
            Some(NameOf::Unit) if !text.text.bytes().all(|byte| byte.is_ascii_digit()) => {
                row.unit.get_or_insert(text.clone());
            }
            Some(NameOf::GovernmentEconomic | NameOf::Any) if code().is_some_and(|code| is_code(&code, 5)) => {
                row.dimensions.government_economic = code();
            }
            Some(NameOf::Economic | NameOf::Any) if code().is_some_and(|code| is_code(&code, 3)) => {
                row.dimensions.economic = code();
            }
            Some(NameOf::Function | NameOf::Any) if code().is_some_and(|code| is_code(&code, 2)) => {
                row.dimensions.function = code();
            }
            _ => {}
        }
    }
}

/// What the codes of a table classify: their first digit says it.
pub(super) fn classification(table: &Table) -> Classification {
    let mut counts = [0usize; 3];
    for code in table.rows.iter().filter_map(|row| row.code) {
        let at = match code.class().number() / 100 {
            2 => 0,
            3 => 1,
            5 => 2,
            _ => continue,
        };
        if let Some(count) = counts.get_mut(at) {
            *count += 1;
        }
    }
    match counts {
        [0, 0, 0] => table.classification,
        [function, economic, government] if function >= economic && function >= government => Classification::Function,
        [_, economic, government] if economic >= government => Classification::Economic,
        _ => Classification::GovernmentEconomic,
    }
}

/// A label that may contain the rows below it.
struct Group {
    rank: u8,
    text: String,
}

/// What the rows of a table fix, by their labels and the groups above them: 一般公共预算拨款 stands below 本年收入 and below
/// 上年结转. `panels` says which list each row belongs to; lists side by side may name functions in one and economic classes in
/// another.
pub(super) fn rows(
    table: &mut Table,
    title: Option<&Title>,
    panels: &[u8],
    names: impl Fn(u8) -> NameOf,
    is_of_unit: impl Fn(&Row) -> bool,
) {
    let Some(title) = title else { return };
    let is_only = table.rows.iter().filter(|row| !row.cells.is_empty()).count() == 1;
    let shows_budget = table.kind.shows_budget();
    let names_projects =
        title.dimensions.nature == Some(Nature::Project) && table.rows.iter().any(|row| row.code.is_some());
    let mut list = None;
    let mut groups: Vec<Group> = Vec::new();
    let ranks = ranks(&table.rows);
    let classes = table.rows.iter().any(|row| row.code.is_some()).then_some(match table.classification {
        Classification::Economic => NameOf::Economic,
        Classification::GovernmentEconomic => NameOf::GovernmentEconomic,
        _ => NameOf::Function,
    });
    for ((row, rank), panel) in table.rows.iter_mut().zip(ranks).zip(panels.iter().copied()) {
        if list != Some((row.side, panel)) {
            groups.clear();
            list = Some((row.side, panel));
        }
        if let Some(code) = row.code {
            // 213 03 06 山洪灾害监测预警系统运行维护: a project with the code of what it is for.
            let names = Lexicon::class_names(code);
            let is_other =
                !names.is_empty() && !names.iter().any(|name| plain_name(name.text()) == plain_name(&row.label.text));
            if names_projects && is_other && row.project.is_none() {
                row.project = Some(row.label.clone());
            }
            continue;
        }
        if row.label.text.is_empty() {
            // One row without a name is the table's total; among others it is any.
            if is_only {
                row.role = Role::Total;
            } else {
                row.meaning = Meaning::Unknown;
            }
            continue;
        }
        groups.retain(|group| group.rank < rank);
        // 收入总计 at the end is no part of 二、上年结转结余 above it; 小计 is the total of its group.
        let is_of_group =
            !groups.is_empty() && Lexicon::is_total(&row.label.text) && !Lexicon::is_total_of_table(&row.label.text);
        if Lexicon::is_total(&row.label.text) && !is_of_group {
            groups.clear();
        }
        let above: Vec<&str> = groups.iter().map(|group| group.text.as_str()).collect();
        // 工资福利支出 in a column of units and classes, where the codes below it are of economic classes
        let column = names(panel);
        let names = match (column, classes) {
            (NameOf::Any, Some(classes)) if row.side.is_none() => classes,
            (names, _) => names,
        };
        let Some(meaning) = Lexicon::row(&row.label.text, &above, title, row.side, names) else {
            if row.role == Role::Total {
                continue;
            }
            if column == NameOf::Unit || column == NameOf::Any && is_of_unit(row) {
                row.role = Role::Unit;
            } else if column == NameOf::Project && row.project.is_none() && shows_budget {
                // 全民科学素质提升行动专项经费, above what it is spent on
                row.role = Role::Label;
                row.project = Some(row.label.clone());
            } else if row.project.is_none() {
                // A project, a purchase, a word nobody knows.
                row.meaning = Meaning::Unknown;
            }
            continue;
        };
        row.dimensions = row.dimensions.narrowed(meaning.dimensions);
        if is_of_group {
            row.role = Role::Label;
        } else if meaning.is_total {
            row.role = Role::Total;
            // 本年收入合计 ends what stands above it.
            groups.clear();
        } else if row.role != Role::Total {
            if row.role == Role::Unit {
                row.role = Role::Label;
            }
            groups.push(Group { rank, text: row.label.text.clone() });
        }
    }
    class_of_state_capital(table, title);
    of_opening_balance(table);
    one_total(table);
}

/// Sources below 年初财政拨款结转和结余 are parts of the balance, not of this year's revenue.
fn of_opening_balance(table: &mut Table) {
    let mut is_below = false;
    for row in table.rows.iter_mut().filter(|row| row.side == Some(Side::Revenue)) {
        let is_appropriation = row.dimensions.source.is_some_and(|source| Source::Appropriation.contains(source));
        match row.dimensions.flow {
            Some(Flow::Opening) => is_below = true,
            Some(Flow::Revenue) if is_below && is_appropriation && row.role != Role::Total => {
                row.dimensions.flow = Some(Flow::Opening);
            }
            _ => is_below = false,
        }
    }
}

/// 国有资本经营预算支出 is a source beside 一般公共预算支出, and class 223 among the other classes.
fn class_of_state_capital(table: &mut Table, title: &Title) {
    let is_class = |row: &Row| row.side == Some(Side::Expenditure) && row.dimensions.function.is_some();
    let is_source = |row: &Row| {
        row.side == Some(Side::Expenditure)
            && matches!(row.dimensions.source, Some(Source::GeneralPublicBudget | Source::GovernmentFund))
    };
    if !table.rows.iter().any(is_class) || table.rows.iter().any(is_source) {
        return;
    }
    for row in table.rows.iter_mut().filter(|row| row.side == Some(Side::Expenditure)) {
        if row.dimensions.source != Some(Source::StateCapital) {
            continue;
        }
        let class = Lexicon::row(&row.label.text, &[], title, row.side, NameOf::Function);
        if let Some(class) = class.filter(|class| class.code.is_some()) {
            row.dimensions = class.dimensions;
        }
    }
}

/// Codes below the name of a unit are of that unit, or of the whole department, if no sum says which: then of what a row is
/// is not said.
pub(super) fn below_units(table: &mut Table) {
    let first = |row: &Row| row.cells.first().map(|cell| cell.amount.value);
    let units: Vec<&Row> = table.rows.iter().filter(|row| row.role == Role::Unit).collect();
    let total = table.rows.iter().find(|row| row.role == Role::Total).and_then(first);
    // One unit that has all the money is the department itself.
    if let [only] = units.as_slice()
        && first(only) == total
    {
        return;
    }
    let mut unit: Option<u32> = None;
    let mut open: Vec<usize> = Vec::new();
    for (index, row) in (0..).zip(&table.rows) {
        match row.role {
            Role::Total => unit = None,
            Role::Unit => unit = Some(index),
            _ if row.code.is_some() && row.unit.is_none() => {
                let Some(unit) = unit else { continue };
                // Bounded, so that a cycle of rows ends as well.
                let up = |row: &u32| table.rows.get(*row as usize).and_then(|row| row.part_of);
                let mut chain = std::iter::successors(Some(index), up).take(table.rows.len() + 1);
                open.extend((!chain.any(|row| row == unit)).then_some(index as usize));
            }
            _ => {}
        }
    }
    for index in open {
        if let Some(row) = table.rows.get_mut(index) {
            row.meaning = Meaning::Unknown;
        }
    }
}

/// Where 收入总计 stands below 本年收入合计, it is the total, and the other is a sum like any.
fn one_total(table: &mut Table) {
    for side in [None, Some(Side::Revenue), Some(Side::Expenditure)] {
        let totals = |row: &Row| row.side == side && row.role == Role::Total;
        let is_grand = |row: &Row| Lexicon::is_grand_total(&row.label.text);
        if table.rows.iter().filter(|row| totals(row)).count() > 1
            && table.rows.iter().any(|row| totals(row) && is_grand(row))
        {
            let others =
                table.rows.iter_mut().filter(|row| row.side == side && row.role == Role::Total && !is_grand(row));
            others.for_each(|row| row.role = Role::Label);
        }
    }
}

/// A name without what a page may set into it.
fn plain_name(name: &str) -> String {
    crate::text::fold(name).chars().filter(|character| character.is_alphanumeric()).collect()
}

/// How deep each row stands. A label without an ordinal is the group of a list that begins below it: 上年结转结余 above
/// 一、一般公共预算拨款.
pub(crate) fn ranks(rows: &[Row]) -> Vec<u8> {
    let own = |row: &Row| rank(&row.label.text);
    let is_first = |row: &Row| {
        let bare = row.label.text.trim_start_matches(['(', '（']);
        let behind = bare.strip_prefix(['一', '1']);
        behind.is_some_and(|rest| rest.starts_with(['、', '.', '．', ')', '）', ',']))
    };
    // 年初财政拨款结转和结余, and below it 一般公共预算财政拨款 without an ordinal
    let fixed = |row: &Row| Lexicon::stated(&row.label.text, None).map(|stated| stated.dimensions).unwrap_or_default();
    let is_source = |row: &Row| fixed(row).source.is_some() && fixed(row).flow.is_none();
    let is_opening = |row: &Row| fixed(row).flow == Some(Flow::Opening);
    let below = rows.iter().skip(1).map(Some).chain([None]);
    rows.iter()
        .zip(below)
        .map(|(row, below)| match below.filter(|below| below.side == row.side) {
            Some(below) if own(row) == 8 && is_first(below) => own(below).saturating_sub(1),
            Some(below) if row.code.is_none() && own(row) == 8 && own(below) == 8 && is_opening(row) => {
                8 - u8::from(is_source(below))
            }
            _ => own(row),
        })
        .collect()
}

/// Whether a label begins with an ordinal: 一、, （一）, 1.
pub(crate) fn has_ordinal(label: &str) -> bool {
    rank(label) < 5
}

/// How deep an ordinal stands: 一、 above （一） above 1. above (1); a label without one stands below all, and 其中 below that.
fn rank(label: &str) -> u8 {
    // 其中：（一）因公出国（境）费 is the first of the list that （二） goes on.
    let behind = label.strip_prefix("其中").map(|rest| rest.trim_start_matches([':', '：']));
    let label = behind.filter(|rest| rank_of_ordinal(rest).is_some()).unwrap_or(label);
    match rank_of_ordinal(label) {
        _ if Lexicon::is_of_which(label) => 9,
        Some(rank) => rank,
        None => 8,
    }
}

fn rank_of_ordinal(label: &str) -> Option<u8> {
    let bare = label.trim_start_matches(['(', '（']);
    let is_bracket = bare.len() < label.len();
    let numeral = bare.trim_start_matches(is_numeral);
    let digits = bare.trim_start_matches(|character: char| character.is_ascii_digit());
    let ends = |rest: &str| rest.starts_with(['、', '.', '．', ')', '）', ',']);
    match () {
        () if numeral.len() < bare.len() && (ends(numeral) || is_bracket) => Some(1 + u8::from(is_bracket)),
        () if digits.len() < bare.len() && ends(digits) => Some(3 + u8::from(is_bracket)),
        () => None,
    }
}
