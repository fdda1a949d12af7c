//! The money of a document by its coordinates: what the drawings are made of.

use std::collections::HashMap;

use budget_model::{Code, Decimal, Disclosure, Flow, Nature, Phase, Source, Stage, ThreePublicItem, YearRef};

/// An amount in 元, and how far rounding may have moved it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Money {
    pub(crate) yuan: Decimal,
    pub(crate) half_unit: Decimal,
}

impl Money {
    pub(crate) const ZERO: Self = Self { yuan: Decimal::ZERO, half_unit: Decimal::ZERO };

    pub(crate) fn plus(self, other: Self) -> Self {
        Self { yuan: self.yuan.saturating_add(other.yuan), half_unit: self.half_unit.saturating_add(other.half_unit) }
    }

    /// What is left of it without another amount; nothing, where the two are equal but for rounding. `None` where the other is
    /// larger.
    pub(crate) fn without(self, part: Self) -> Option<Self> {
        let rest = self.yuan.saturating_sub(part.yuan);
        let half_unit = self.half_unit.saturating_add(part.half_unit);
        match rest {
            rest if rest.abs() <= half_unit => Some(Self::ZERO),
            rest if rest.is_sign_negative() => None,
            rest => Some(Self { yuan: rest, half_unit }),
        }
    }
}

/// Revenue or expenditure; forms that print one total for both tell neither.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Side {
    Revenue,
    Expenditure,
    Either,
    /// What is there at the beginning or the end of the year, in final accounts.
    Balance(Flow),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Key {
    side: Side,
    source: Source,
    nature: Nature,
    function: Option<Code>,
    item: Option<ThreePublicItem>,
    is_last_year: bool,
}

/// The certain amounts of the entity as a whole, for its year and the one before. Of several under equal coordinates the first
/// counts: that they differ is for the checks to say.
#[derive(Debug, Default)]
pub(crate) struct Amounts {
    by_key: HashMap<Key, Money>,
}

impl Amounts {
    pub(crate) fn of(disclosure: &Disclosure) -> Self {
        let mut amounts = Self::default();
        let own_phase = match disclosure.stage {
            Stage::Budget => Phase::Budget,
            Stage::Final => Phase::Final,
        };
        for table in &disclosure.tables {
            let is_converted = table.is_converted();
            for figure in table.figures() {
                let Some(at) = figure.coordinates() else { continue };
                let is_divided = at.economic.is_some() || at.government_economic.is_some();
                if is_divided
                    || at.project.is_some()
                    || at.unit.is_some()
                    || at.phase.is_some_and(|phase| phase != own_phase)
                {
                    continue;
                }
                let side = match at.flow {
                    None => Side::Either,
                    Some(Flow::Revenue) => Side::Revenue,
                    Some(Flow::Expenditure) => Side::Expenditure,
                    Some(balance) => Side::Balance(balance),
                };
                let is_last_year = match at.year {
                    None | Some(YearRef::This) => false,
                    Some(YearRef::Last) => true,
                    Some(_) => continue,
                };
                let (Some(yuan), Some(half_unit)) = (figure.in_yuan(), figure.half_unit_in_yuan(is_converted)) else {
                    continue;
                };
                let (source, nature, function, item) = (at.source, at.nature, at.function, at.three_public);
                let key = Key { side, source, nature, function, item, is_last_year };
                amounts.by_key.entry(key).or_insert(Money { yuan, half_unit });
            }
        }
        amounts
    }

    /// 年初结转和结余, 年末结转和结余 or 结余分配, in final accounts.
    pub(crate) fn balance(&self, flow: Flow) -> Option<Money> {
        self.by_key.get(&Key { side: Side::Balance(flow), ..TOTAL }).copied()
    }

    fn get(&self, key: Key) -> Option<Money> {
        let either = Key { side: Side::Either, ..key };
        self.by_key.get(&key).or_else(|| self.by_key.get(&either)).copied()
    }

    /// Revenue from a source.
    pub(crate) fn revenue(&self, source: Source) -> Option<Money> {
        self.get(Key { source, ..TOTAL })
    }

    /// Expenditure of a nature, in all or for a function.
    pub(crate) fn expenditure(&self, nature: Nature, function: Option<Code>) -> Option<Money> {
        self.get(Key { side: Side::Expenditure, nature, function, ..TOTAL })
    }

    /// The functions that expenditure of a nature is given for, each once in the order of codes.
    pub(crate) fn functions(&self, nature: Nature) -> Vec<Code> {
        let is_asked_for = |key: &&Key| {
            let of_all = key.source == Source::All && key.item.is_none() && !key.is_last_year;
            of_all && key.nature == nature && matches!(key.side, Side::Expenditure | Side::Either)
        };
        let mut codes: Vec<Code> = self.by_key.keys().filter(is_asked_for).filter_map(|key| key.function).collect();
        codes.sort_unstable();
        codes.dedup();
        codes
    }

    /// What is spent on one of the “三公” items, this year or the year before; from all sources if the document says it, else from
    /// the widest that it tells.
    pub(crate) fn three_public(&self, item: ThreePublicItem, is_last_year: bool) -> Option<Money> {
        let mut sources = Source::TREE;
        sources.sort_by_key(|source| std::cmp::Reverse(source.inside().count_ones()));
        let at = |source| Key { side: Side::Expenditure, source, item: Some(item), is_last_year, ..TOTAL };
        sources.into_iter().find_map(|source| self.get(at(source)))
    }
}

const TOTAL: Key = Key {
    side: Side::Revenue,
    source: Source::All,
    nature: Nature::All,
    function: None,
    item: None,
    is_last_year: false,
};
