//! What a name in a sentence means: 本年一般公共预算拨款收入, 公务用车运行维护费预算支出.

use budget_model::{Dimensions, Flow, Nature, Phase, YearRef};

use super::cell;
use super::files::Files;

/// What a name in a sentence fixes of its figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Stated {
    /// Source, nature and item; a figure of revenue or expenditure as planned for the year, which fix nothing. What was left of
    /// last year, is left or distributed (年初结转和结余) is a flow of final accounts.
    pub(crate) dimensions: Dimensions,
    /// Whether it names money at all, and is not only `预算数` or `资金`.
    pub(crate) names_money: bool,
    /// Whether it says that the figure is planned: 年初预算数.
    pub(crate) is_planned: bool,
}

/// Reads a name, all of which must be understood; `None` as well for what is no figure of the budget of the year, and for a name
/// that two classes have.
pub(super) fn read(files: &Files, name: &str, year: Option<u16>) -> Option<Stated> {
    let meaning = cell::read(files, name, year).ok()?;
    let is_other = meaning.unnamed
        || meaning.percent
        || meaning.of_which
        || meaning.column.is_some()
        || meaning.class.is_some()
        || meaning.form.is_some()
        || meaning.part.is_some();
    let is_of_year =
        matches!(meaning.year, None | Some(YearRef::This)) && matches!(meaning.phase, None | Some(Phase::Budget));
    if is_other || !is_of_year || !meaning.economic.is_empty() {
        return None;
    }
    let of_year = meaning.of_year && meaning.nature.is_none();
    let dimensions = Dimensions {
        source: meaning.whole_source(),
        // 本年支出, where 结转下年 may stand beside it
        nature: if of_year { Some(Nature::CurrentYear) } else { meaning.nature },
        three_public: meaning.item,
        flow: meaning.flow.filter(|flow| !matches!(flow, Flow::Revenue | Flow::Expenditure)),
        ..Dimensions::default()
    };
    let names_money = dimensions != Dimensions::default() || meaning.flow.is_some() || meaning.total;
    Some(Stated { dimensions, names_money, is_planned: meaning.phase == Some(Phase::Budget) })
}
