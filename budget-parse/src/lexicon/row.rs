//! What the label of a row means.

use budget_model::{Code, Dimensions, Flow, Nature, Side, Stage};

use super::cell;
use super::column::{NameOf, fixed, id};
use super::files::Files;
use super::meaning::Meaning;
use super::title::Title;

/// What a row is a row of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct RowMeaning {
    /// What the label fixes with the labels above it.
    pub(crate) dimensions: Dimensions,
    /// The class that the label is the name of.
    pub(crate) code: Option<Code>,
    /// The word for the row: `total`, `current-year`, `carry-over`.
    pub(crate) id: String,
    /// 合计, 收入总计, 本年支出合计
    pub(crate) is_total: bool,
    /// Other rows may stand below it.
    pub(crate) is_group: bool,
    /// 其中
    pub(crate) is_of_which: bool,
}

pub(super) fn read(
    files: &Files,
    label: &str,
    above: &[&str],
    title: &Title,
    side: Option<Side>,
    names: NameOf,
) -> Option<RowMeaning> {
    // 会议费 is an item of a column of labels, and a class of one of classes.
    if let NameOf::Function | NameOf::Economic | NameOf::GovernmentEconomic = names
        && let Some(class) = class(files, label, title, side, names)
    {
        return Some(of_groups(files, class, above, title));
    }
    let own = cell::read(files, label, title.year)
        .ok()
        .filter(|own| (own.has_axis() || own.total) && !own.unnamed && own.economic.is_empty());
    let Some(own) = own.filter(|own| own.column.is_none() && own.class.is_none() && own.form.is_none()) else {
        return class(files, label, title, side, names).map(|class| of_groups(files, class, above, title));
    };
    let mut whole = Meaning::default();
    for text in above {
        // A group that contradicts the label does not contain it.
        let Ok(group) = cell::read(files, text, title.year) else { continue };
        let mut tried = whole.clone();
        if tried.add(&group).is_ok() && tried.clone().add(&own).is_ok() {
            whole = tried;
        }
    }
    let group = (own.of_which && whole.has_axis()).then(|| fixed(&whole, title));
    whole.add(&own).ok()?;
    // 其中：财政拨款 below 一般公共预算 is a part of it that no axis tells.
    if group.is_some_and(|group| group == fixed(&whole, title)) {
        return None;
    }
    let mut dimensions = fixed(&whole, title);
    // 本年支出合计, where 结转下年 stands beside it
    if own.of_year && dimensions.nature.is_none() && title.stage == Stage::Budget {
        dimensions.nature = Some(Nature::CurrentYear);
    }
    dimensions.flow = flow(dimensions.flow, title, side, own.total && !own.of_year && whole.source.is_none());
    let word = Dimensions { flow: dimensions.flow.filter(|flow| is_balance(*flow)), ..dimensions };
    // 本年收入 of a table of appropriations is current-year.
    let word = Dimensions { source: whole.whole_source().filter(|_| !whole.carries).or(word.source), ..word };
    Some(RowMeaning {
        id: id(&word, own.total),
        dimensions,
        code: None,
        is_total: own.total,
        is_group: own.group,
        is_of_which: own.of_which,
    })
}

/// A class is of the money of the groups that it stands below: 工资福利支出 below 人员经费和公用经费支出 and below 项目支出.
fn of_groups(files: &Files, class: RowMeaning, above: &[&str], title: &Title) -> RowMeaning {
    let mut whole = Meaning::default();
    for group in above.iter().filter_map(|text| cell::read(files, text, title.year).ok()) {
        let mut tried = whole.clone();
        if tried.add(&group).is_ok() {
            whole = tried;
        }
    }
    let group = fixed(&whole, title);
    let dimensions = Dimensions {
        nature: class.dimensions.nature.or(group.nature),
        source: class.dimensions.source.or(group.source),
        ..class.dimensions
    };
    RowMeaning { dimensions, ..class }
}

/// A row that is named after a class.
fn class(files: &Files, label: &str, title: &Title, side: Option<Side>, names: NameOf) -> Option<RowMeaning> {
    let code = files.classes.row(label, side, names)?;
    let mut dimensions = Dimensions { flow: flow(None, title, side, false), ..Dimensions::default() };
    let of = match code.number().to_string().as_bytes().first() {
        Some(b'3') => &mut dimensions.economic,
        Some(b'5') => &mut dimensions.government_economic,
        _ => &mut dimensions.function,
    };
    *of = Some(code);
    Some(RowMeaning {
        id: code.to_string(),
        dimensions,
        code: Some(code),
        is_total: false,
        is_group: false,
        is_of_which: files.is_of_which(label),
    })
}

/// The flow of a row: in final accounts that of its side, which both totals (总计) join.
fn flow(printed: Option<Flow>, title: &Title, side: Option<Side>, is_grand_total: bool) -> Option<Flow> {
    if let Some(balance) = printed.filter(|flow| is_balance(*flow)) {
        return Some(balance);
    }
    if title.stage != Stage::Final || is_grand_total {
        return None;
    }
    side.map(|side| if side == Side::Revenue { Flow::Revenue } else { Flow::Expenditure }).or(printed)
}

fn is_balance(flow: Flow) -> bool {
    !matches!(flow, Flow::Revenue | Flow::Expenditure)
}
