//! What the label of a row means.

use budget_model::{Dimensions, Side};

use super::cell;
use super::column::{NameOf, id};
use super::files::Files;
use super::meaning::{Meaning, carried_over};
use super::title::Title;
use super::{Flow, Phase, YearRef};

/// What a row is a row of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct RowMeaning {
    /// What label and groups fix.
    pub(crate) dimensions: Dimensions,
    /// 年度, in tables whose rows are years.
    pub(crate) year: Option<YearRef>,
    /// 阶段
    pub(crate) phase: Option<Phase>,
    /// 收支流向
    pub(crate) flow: Option<Flow>,
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
    _side: Option<Side>,
    _names: NameOf,
) -> Option<RowMeaning> {
    let own = cell::read(files, label, title.year).ok()?;
    if own.is_empty() || own.unnamed.is_some() || own.column.is_some() {
        return None;
    }
    let mut whole = Meaning::default();
    for text in above {
        // A group that contradicts the label does not contain it.
        let Ok(group) = cell::read(files, text, title.year) else { continue };
        let mut tried = whole.clone();
        if tried.add(&group).is_ok() && tried.clone().add(&own).is_ok() {
            whole = tried;
        }
    }
    whole.add(&own).ok()?;
    let source = match whole.whole_source() {
        Some(source) if whole.carries && whole.source.is_none() => {
            Some(title.dimensions.source.and_then(carried_over).unwrap_or(source))
        }
        other => other,
    };
    let dimensions = Dimensions { source, nature: whole.nature, three_public: whole.item, ..Dimensions::default() };
    let year = whole.year.filter(|year| *year != YearRef::This);
    let phase = whole.phase.filter(|phase| *phase != title.phase());
    let flow = whole.flow.filter(|flow| !matches!(flow, Flow::Revenue | Flow::Expenditure));
    Some(RowMeaning {
        id: id(&dimensions, year, phase, flow, own.total),
        dimensions,
        year,
        phase,
        flow,
        is_total: own.total,
        is_group: own.group,
        is_of_which: own.of_which,
    })
}
