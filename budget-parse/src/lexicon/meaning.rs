//! What words fix, and how two of them compose.

use budget_model::{Code, Flow, Nature, Phase, Source, ThreePublicItem, YearRef};
use serde::Deserialize;

use super::column::NameOf;

/// What a word, a cell or a path fixes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Meaning {
    pub(super) source: Option<Source>,
    /// The source that the word names below its own.
    pub(super) inside: Option<Source>,
    pub(super) nature: Option<Nature>,
    pub(super) item: Option<ThreePublicItem>,
    pub(super) phase: Option<Phase>,
    pub(super) year: Option<YearRef>,
    pub(super) flow: Option<Flow>,
    /// The economic classes that have the name: 工资福利支出 over a column.
    pub(super) economic: Vec<Code>,
    /// A classification, unit or project.
    pub(super) class: Option<NameOf>,
    /// Code or name.
    pub(super) form: Option<Form>,
    /// Which part of a code.
    pub(super) part: Option<u8>,
    /// 上年结转: the source beside or below it is the carry-over of that source.
    pub(super) carries: bool,
    /// 合计, or 小计
    pub(super) total: bool,
    /// 小计, the total of a group.
    pub(super) subtotal: bool,
    /// 其中
    pub(super) of_which: bool,
    /// 金额
    pub(super) amount: bool,
    /// 增减%
    pub(super) percent: bool,
    /// Another column than one of money.
    pub(super) column: Option<Acts>,
    /// Other rows stand below a row of this label.
    pub(super) group: bool,
    /// Between two words: what they fix may be joined.
    pub(super) joint: bool,
    /// What follows is what something is compared with.
    pub(super) compared: bool,
    /// 本年支出: the money of the year, without what is carried forward.
    pub(super) of_year: bool,
    /// The word fixes something that the model has no name for: 专项资金列入部门预算的项目.
    pub(super) unnamed: bool,
}

/// The column of a classification.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Form {
    Code,
    Name,
}

/// What a word does besides fixing an axis.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Acts {
    Total,
    Subtotal,
    OfWhich,
    Amount,
    Percent,
    Counter,
    Quantity,
    Text,
    Carries,
    Joint,
    Filler,
    Compared,
    OfYear,
    Unnamed,
}

/// Two words fix the same axis and neither contains the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Conflict(pub(super) &'static str);

impl Meaning {
    pub(super) fn act(&mut self, acts: Acts) {
        match acts {
            Acts::Total => self.total = true,
            Acts::Subtotal => (self.total, self.subtotal) = (true, true),
            Acts::OfWhich => self.of_which = true,
            Acts::Amount => self.amount = true,
            Acts::Percent => self.percent = true,
            Acts::Counter | Acts::Quantity | Acts::Text => self.column = Some(acts),
            Acts::Carries => self.carries = true,
            Acts::Joint => self.joint = true,
            Acts::Compared => self.compared = true,
            Acts::OfYear => self.of_year = true,
            Acts::Unnamed => self.unnamed = true,
            Acts::Filler => {}
        }
    }

    /// Whether it fixes an axis of a figure.
    pub(super) fn has_axis(&self) -> bool {
        self.source.is_some()
            || self.nature.is_some()
            || self.item.is_some()
            || self.phase.is_some()
            || self.year.is_some()
            || self.flow.is_some()
            || self.carries
            || self.unnamed
            || !self.economic.is_empty()
    }

    /// Whether it fixes nothing and does nothing.
    pub(super) fn is_empty(&self) -> bool {
        !self.has_axis()
            && self.class.is_none()
            && self.form.is_none()
            && self.part.is_none()
            && self.column.is_none()
            && !(self.total || self.of_which || self.amount || self.percent)
    }

    /// Adds what a word behind it, or a cell below it, fixes.
    pub(super) fn add(&mut self, next: &Self) -> Result<(), Conflict> {
        self.add_source(next)?;
        self.nature = narrower(self.nature, next.nature, Nature::contains).ok_or(Conflict("nature"))?;
        self.item = narrower(self.item, next.item, item_contains).ok_or(Conflict("item"))?;
        self.phase = same(self.phase, next.phase).ok_or(Conflict("phase"))?;
        self.year = narrower(self.year, next.year, year_contains).ok_or(Conflict("year"))?;
        self.flow = narrower(self.flow, next.flow, |_, part| {
            matches!(part, Flow::Opening | Flow::Closing | Flow::Distribution)
        })
        .ok_or(Conflict("flow"))?;
        if !next.economic.is_empty() {
            self.economic.clone_from(&next.economic);
        }
        self.class = match (self.class, next.class) {
            (Some(own), Some(NameOf::Any | NameOf::Label)) if own != NameOf::Label => Some(own),
            (own, next) => next.or(own),
        };
        self.form = next.form.or(self.form);
        self.part = next.part.or(self.part);
        self.total |= next.total;
        self.subtotal |= next.subtotal;
        self.of_which |= next.of_which;
        self.amount |= next.amount;
        self.percent |= next.percent;
        self.column = next.column.or(self.column);
        self.group |= next.group;
        self.of_year |= next.of_year;
        self.unnamed |= next.unnamed;
        Ok(())
    }

    fn add_source(&mut self, next: &Self) -> Result<(), Conflict> {
        let carries = self.carries || next.carries;
        let turned = |source: Option<Source>| match source {
            Some(source) if carries => carried_over(source).map(Some).ok_or(Conflict("carry-over")),
            other => Ok(other),
        };
        // 政府性基金收入 twice is one header printed over two rows.
        if let (Some(inside), None, true, false) = (next.inside, self.inside, self.source == next.source, carries) {
            self.source = Some(inside);
            return Ok(());
        }
        if self.source.is_none() {
            self.inside = next.inside;
        }
        let (own, other) = (turned(self.source)?, turned(next.source)?);
        self.source = narrower(own, other, source_contains).ok_or(Conflict("source"))?;
        self.carries = carries;
        Ok(())
    }

    /// The source, 上年结转 alone among them.
    pub(super) fn whole_source(&self) -> Option<Source> {
        self.source.or(self.carries.then_some(Source::CarryOver))
    }
}

fn narrower<T: Copy + PartialEq>(
    own: Option<T>,
    next: Option<T>,
    contains: impl Fn(T, T) -> bool,
) -> Option<Option<T>> {
    match (own, next) {
        (Some(own), Some(next)) if own == next || contains(own, next) => Some(Some(next)),
        (Some(own), Some(next)) if contains(next, own) => Some(Some(own)),
        (Some(_), Some(_)) => None,
        (own, next) => Some(next.or(own)),
    }
}

/// 其他资金收入 over 事业收入 is the money of the unit.
fn source_contains(whole: Source, part: Source) -> bool {
    whole.contains(part) || (whole == Source::OtherFunds && Source::UnitFunds.contains(part))
}

fn same<T: Copy + PartialEq>(own: Option<T>, next: Option<T>) -> Option<Option<T>> {
    narrower(own, next, |_, _| false)
}

fn item_contains(whole: ThreePublicItem, part: ThreePublicItem) -> bool {
    whole == part || whole.parts().iter().any(|child| item_contains(*child, part))
}

/// 2026年预算数 / 比上年增减: the change of this year; 增减 / %.
fn year_contains(whole: YearRef, part: YearRef) -> bool {
    match part {
        YearRef::ChangePercent => matches!(whole, YearRef::This | YearRef::Change),
        YearRef::Change => whole == YearRef::This,
        _ => false,
    }
}

/// The source that is this one, carried over from last year; `None` if there is none of that name.
pub(super) fn carried_over(source: Source) -> Option<Source> {
    let is_carry_over = Source::CarryOver.contains(source);
    source.carried_over().or(is_carry_over.then_some(source)).or((source == Source::All).then_some(Source::CarryOver))
}
