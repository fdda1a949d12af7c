//! What the header path of a column means.

use budget_model::{Dimensions, Side};
use serde::Deserialize;

use super::cell;
use super::files::Files;
use super::meaning::{Acts, Form, Meaning, carried_over};
use super::title::Title;
use super::{Flow, Phase, YearRef};

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
        /// 年度
        year: Option<YearRef>,
        /// 阶段
        phase: Option<Phase>,
        /// 收支流向
        flow: Option<Flow>,
        /// The word for the column: `total`, `appropriation`, `prior-reception`.
        id: String,
        /// 小计, 合计: the total of the group above, or of the table.
        is_total_of_group: bool,
        /// 其中: a part of its neighbours.
        is_of_which: bool,
    },
    /// Percentages; of a change where `year` says so.
    Percent {
        /// 年度
        year: Option<YearRef>,
        /// The word for the column.
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
    let Some(leaf) = lowest.and_then(|at| cells.get(at)) else {
        return ColumnMeaning::Unknown(String::new());
    };
    // What stands above a column of codes, names or text need not be known.
    let above = lowest.and_then(|at| cells.get(..at)).unwrap_or_default();
    if let Some(other) = other_column(leaf, above, title) {
        return other;
    }
    if let Some(why) = not_understood {
        return ColumnMeaning::Unknown(why.into_text());
    }
    let mut whole = Meaning::default();
    for (at, next) in cells.iter().enumerate() {
        if let Err(conflict) = whole.add(next) {
            let text = path.get(at).copied().unwrap_or_default().trim();
            return ColumnMeaning::Unknown(format!("{text} ({})", conflict.0));
        }
    }
    whole.total = leaf.total;
    figure(&whole, title, side)
}

/// The meaning of a column that holds no money.
fn other_column(leaf: &Meaning, above: &[Meaning], title: &Title) -> Option<ColumnMeaning> {
    let class_above = || {
        let named = above.iter().rev().filter_map(|cell| cell.class).find(|class| *class != NameOf::Label);
        named.filter(|class| *class != NameOf::Any).or(title.rows).or(named)
    };
    if leaf.is_money() {
        return None;
    }
    let class = leaf.class.filter(|class| *class != NameOf::Any).or_else(class_above).unwrap_or(NameOf::Any);
    if leaf.part.is_some() {
        return Some(ColumnMeaning::Code(class, leaf.part));
    }
    match (leaf.form, leaf.class) {
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
    if let Some(word) = &whole.unnamed {
        return ColumnMeaning::Unknown(word.clone());
    }
    let of_title = title.dimensions;
    let source = match whole.whole_source() {
        // 上年结转 of a table of the general public budget
        Some(source) if whole.carries && whole.source.is_none() => {
            Some(of_title.source.and_then(carried_over).unwrap_or(source))
        }
        other => other,
    };
    let dimensions = Dimensions {
        source: source.filter(|source| Some(*source) != of_title.source),
        nature: whole.nature.filter(|nature| Some(*nature) != of_title.nature),
        three_public: whole.item.filter(|item| Some(*item) != of_title.three_public),
        ..Dimensions::default()
    };
    let year = whole.year.filter(|year| *year != YearRef::This);
    let phase = whole.phase.filter(|phase| *phase != title.phase());
    // A budget is balanced: revenue and expenditure are the same money there.
    let is_side = matches!(whole.flow, Some(Flow::Revenue | Flow::Expenditure));
    let flow = whole.flow.filter(|_| !is_side || (title.stage == budget_model::Stage::Final && side.is_none()));
    let id = id(&dimensions, year, phase, flow, whole.total);
    if whole.percent {
        return ColumnMeaning::Percent { year, id };
    }
    ColumnMeaning::Figure {
        dimensions,
        year,
        phase,
        flow,
        id,
        is_total_of_group: whole.total,
        is_of_which: whole.of_which,
    }
}

/// The word for what is fixed: `prior-vehicle-purchase`, `appropriation-personnel`.
pub(super) fn id(
    dimensions: &Dimensions,
    year: Option<YearRef>,
    phase: Option<Phase>,
    flow: Option<Flow>,
    is_total: bool,
) -> String {
    let mut words: Vec<String> = Vec::new();
    words.extend(year.map(|year| match year {
        YearRef::This => "this".to_owned(),
        YearRef::Last => "prior".to_owned(),
        YearRef::Change => "change".to_owned(),
        YearRef::ChangePercent => "change-percent".to_owned(),
    }));
    words.extend(phase.map(|phase| match phase {
        Phase::Budget => "budget".to_owned(),
        Phase::AdjustedBudget => "adjusted-budget".to_owned(),
        Phase::Executed => "executed".to_owned(),
        Phase::Final => "final".to_owned(),
    }));
    let fixed = words.len();
    words.extend(flow.map(|flow| match flow {
        Flow::Revenue => "revenue".to_owned(),
        Flow::Expenditure => "expenditure".to_owned(),
        Flow::Opening => "opening".to_owned(),
        Flow::Closing => "closing".to_owned(),
        Flow::Distribution => "distribution".to_owned(),
    }));
    words.extend(dimensions.three_public.map(|item| match item {
        budget_model::ThreePublicItem::All => "total".to_owned(),
        item => item.as_str().to_owned(),
    }));
    words.extend(dimensions.source.and_then(word));
    words.extend(dimensions.nature.and_then(word));
    if words.len() == fixed {
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
