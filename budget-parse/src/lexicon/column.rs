//! What the header path of a column means.

use budget_model::{Code, Dimensions, Flow, Side, Source, Stage, ThreePublicItem, YearRef};
use serde::Deserialize;

use super::cell;
use super::classes::highest;
use super::files::Files;
use super::meaning::{Acts, Form, Meaning, carried_over};
use super::title::Title;

/// What a column holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum ColumnMeaning {
    /// Codes of a classification, units or projects; with the part where 类, 款 and 项 have columns of their own (0 to 2).
    Code(CodeOf, Option<u8>),
    /// Names.
    Name(NameOf),
    /// Amounts.
    Figure {
        /// What the path fixes; what the title fixes stands in [`Title::dimensions`].
        dimensions: Dimensions,
        /// The word for the column: `total`, `appropriation`, `prior-reception`.
        id: String,
        /// 小计, 合计: the total of the group above, or of the table.
        is_total_of_group: bool,
        /// 其中: a part of its neighbours.
        is_of_which: bool,
    },
    /// Percentages, of a change where the year says so.
    Percent {
        /// What the path fixes.
        dimensions: Dimensions,
        /// The word for the column: `change-percent`.
        id: String,
    },
    /// 序号, 行次: numbers of rows.
    Counter,
    /// 人数, 数量: numbers that are no money.
    Quantity,
    /// Text.
    Text,
    /// Not understood; says which words.
    Unknown(String),
}

/// What codes are codes of.
pub(crate) type CodeOf = NameOf;

/// What names are names of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum NameOf {
    /// 功能分类科目
    Function,
    /// 部门预算支出经济分类科目
    Economic,
    /// 政府预算支出经济分类科目
    GovernmentEconomic,
    /// 预算单位
    Unit,
    /// 项目名称
    Project,
    /// 单位（项目）名称, 支出项目类别: levels of both in one column
    UnitOrProject,
    /// 项目: the labels of the rows
    Label,
    /// 科目: of which classification is told by its contents
    Any,
}

/// What all header paths of a table mean. Classes that have the same name in both economic classifications
/// (对个人和家庭的补助) are those of the classification that the other columns are of.
pub(super) fn read_all(files: &Files, paths: &[Vec<&str>], title: &Title, side: Option<Side>) -> Vec<ColumnMeaning> {
    let all: Vec<ColumnMeaning> = paths.iter().map(|path| read(files, path, title, side)).collect();
    let of = |at: fn(&Dimensions) -> Option<Code>| {
        all.iter().any(|column| matches!(column, ColumnMeaning::Figure { dimensions, .. } if at(dimensions).is_some()))
    };
    let rows = match (of(|at| at.economic), of(|at| at.government_economic)) {
        (true, false) => NameOf::Economic,
        (false, true) => NameOf::GovernmentEconomic,
        _ => return all,
    };
    let title = Title { rows: Some(rows), ..title.clone() };
    let again = |(path, column): (&Vec<&str>, ColumnMeaning)| match column {
        ColumnMeaning::Unknown(_) => read(files, path, &title, side),
        known => known,
    };
    paths.iter().zip(all).map(again).collect()
}

pub(super) fn read(files: &Files, path: &[&str], title: &Title, side: Option<Side>) -> ColumnMeaning {
    let mut cells = Vec::with_capacity(path.len());
    let mut not_understood = None;
    for text in path {
        match cell::read(files, text, title.year) {
            Ok(meaning) => cells.push(meaning),
            Err(why) => {
                cells.push(Meaning::default());
                not_understood = Some(why);
            }
        }
    }
    let lowest = path.iter().rposition(|text| !text.trim().is_empty());
    let Some((leaf, above)) = lowest.and_then(|at| Some((cells.get(at)?, cells.get(..at)?))) else {
        return ColumnMeaning::Unknown(String::new());
    };
    // What stands above a column of codes, names or text need not be known.
    if let Some(other) = other_column(leaf, above, title, side) {
        return other;
    }
    if let Some(why) = not_understood {
        return ColumnMeaning::Unknown(why.into_text());
    }
    let mut whole = Meaning::default();
    for (next, text) in cells.iter().zip(path) {
        if let Err(conflict) = whole.add(next) {
            return ColumnMeaning::Unknown(format!("{} ({})", text.trim(), conflict.0));
        }
        if next.unnamed {
            return ColumnMeaning::Unknown(text.trim().to_owned());
        }
    }
    whole.total = leaf.total;
    figure(&whole, title, side)
}

/// The meaning of a column that holds no money.
fn other_column(leaf: &Meaning, above: &[Meaning], title: &Title, side: Option<Side>) -> Option<ColumnMeaning> {
    if leaf.is_money() {
        return None;
    }
    let class_above = || {
        let named = above.iter().rev().filter_map(|cell| cell.class).find(|class| *class != NameOf::Label);
        named.filter(|class| *class != NameOf::Any).or(title.rows).or(named)
    };
    let class = leaf.class.filter(|class| *class != NameOf::Any).or_else(class_above).unwrap_or(NameOf::Any);
    if leaf.part.is_some() {
        return Some(ColumnMeaning::Code(class, leaf.part));
    }
    // 收入 / 项目名称
    let is_label = side.is_some() && class == NameOf::Project && leaf.form == Some(Form::Name);
    match (leaf.form, leaf.class) {
        _ if is_label => return Some(ColumnMeaning::Name(NameOf::Label)),
        (Some(Form::Code), _) => return Some(ColumnMeaning::Code(class, None)),
        (Some(Form::Name), _) | (None, Some(_)) => return Some(ColumnMeaning::Name(class)),
        (None, None) => {}
    }
    Some(match leaf.column? {
        Acts::Counter => ColumnMeaning::Counter,
        Acts::Quantity => ColumnMeaning::Quantity,
        _ => ColumnMeaning::Text,
    })
}

fn figure(whole: &Meaning, title: &Title, side: Option<Side>) -> ColumnMeaning {
    let mut dimensions = fixed(whole, title);
    if !whole.economic.is_empty() {
        let Some(code) = economic(whole, title) else {
            return ColumnMeaning::Unknown("the name of several classes".to_owned());
        };
        let is_of_government = code.number().to_string().starts_with('5');
        let of = if is_of_government { &mut dimensions.government_economic } else { &mut dimensions.economic };
        *of = Some(code);
    }
    // A budget is balanced: revenue and expenditure are the same money there. A side says its flow row by row.
    if matches!(dimensions.flow, Some(Flow::Revenue | Flow::Expenditure)) {
        dimensions.flow = dimensions.flow.filter(|_| title.stage == Stage::Final && side.is_none());
    }
    let mut dimensions = besides(dimensions, &title.dimensions);
    // Where a table lists the five, 合计 beside the total of the three says which it is.
    if title.dimensions.three_public == Some(ThreePublicItem::AllWithMeetings) {
        dimensions.three_public = dimensions.three_public.or(title.dimensions.three_public);
    }
    // 财政拨款 in a table of 上年结转结余 is appropriation, as the header says it.
    let said = dimensions.source.filter(|_| !is_of_carry_over(title)).or(dimensions.source.and(whole.source));
    let id = id(&Dimensions { source: said, ..dimensions }, whole.total);
    if whole.percent {
        return ColumnMeaning::Percent { dimensions, id };
    }
    ColumnMeaning::Figure { dimensions, id, is_total_of_group: whole.total, is_of_which: whole.of_which }
}

/// The one class that a column is of: 对个人和家庭的补助 is 303 or 509.
fn economic(whole: &Meaning, title: &Title) -> Option<Code> {
    let digit = match whole.class.or(title.rows) {
        Some(NameOf::Economic) => Some('3'),
        Some(NameOf::GovernmentEconomic) => Some('5'),
        _ => None,
    };
    let fits = |code: &&Code| digit.is_none_or(|digit| code.to_string().starts_with(digit));
    let codes: Vec<Code> = whole.economic.iter().filter(fits).copied().collect();
    highest(&codes)
}

/// What words fix in a table of a title.
pub(super) fn fixed(whole: &Meaning, title: &Title) -> Dimensions {
    let of_title = title.dimensions.source;
    let source = if whole.carries && whole.source.is_none() {
        // 上年结转 of a table of the general public budget
        of_title.and_then(carried_over).or(whole.whole_source())
    } else if is_of_carry_over(title) {
        whole.source.map(|source| carried_over(source).unwrap_or(source))
    } else {
        // 本年收入 of a table of appropriations
        whole.source.map(|source| of_title.filter(|own| source.contains(*own)).unwrap_or(source))
    };
    Dimensions {
        source,
        nature: whole.nature,
        three_public: whole.item,
        // What the header does not say is of this year, and of the budget or the final accounts.
        phase: whole.phase.filter(|phase| *phase != title.phase()),
        year: whole.year.filter(|year| *year != YearRef::This),
        flow: whole.flow,
        ..Dimensions::default()
    }
}

/// Whether a table lists what was carried over from last year: 上年结转结余情况明细表.
fn is_of_carry_over(title: &Title) -> bool {
    title.dimensions.source == Some(Source::CarryOver)
}

/// What is fixed besides what the title fixes.
fn besides(fixed: Dimensions, of_title: &Dimensions) -> Dimensions {
    Dimensions {
        source: fixed.source.filter(|source| Some(*source) != of_title.source),
        nature: fixed.nature.filter(|nature| Some(*nature) != of_title.nature),
        three_public: fixed.three_public.filter(|item| Some(*item) != of_title.three_public),
        flow: fixed.flow.filter(|flow| Some(*flow) != of_title.flow),
        ..fixed
    }
}

/// The word for what is fixed: `prior-vehicle-purchase`, `appropriation-personnel`.
pub(super) fn id(fixed: &Dimensions, is_total: bool) -> String {
    let mut words: Vec<String> = Vec::new();
    words.extend(fixed.year.map(|year| if year == YearRef::Last { "prior" } else { year.as_str() }.to_owned()));
    words.extend(fixed.phase.map(|phase| phase.as_str().to_owned()));
    let front = words.len();
    words.extend(fixed.flow.map(|flow| flow.as_str().to_owned()));
    words.extend(fixed.three_public.map(|item| match item {
        ThreePublicItem::All => "total".to_owned(),
        ThreePublicItem::AllWithMeetings => "total-with-meetings".to_owned(),
        item => item.as_str().to_owned(),
    }));
    words.extend(fixed.source.and_then(word));
    words.extend(fixed.nature.and_then(word));
    words.extend(fixed.economic.map(|code| format!("economic-{code}")));
    words.extend(fixed.government_economic.map(|code| format!("government-economic-{code}")));
    if words.len() == front && (front == 0 || is_total) {
        words.push(if is_total { "total" } else { "amount" }.to_owned());
    }
    words.join("-")
}

/// The word that a value is written with.
fn word<T: serde::Serialize>(value: T) -> Option<String> {
    toml::Value::try_from(value).ok()?.as_str().map(str::to_owned)
}

impl Meaning {
    /// Whether a cell of it stands over money, whatever stands above it.
    fn is_money(&self) -> bool {
        self.total || self.amount || self.percent || (self.has_axis() && self.form.is_none() && self.column.is_none())
    }
}
