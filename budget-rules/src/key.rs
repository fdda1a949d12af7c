//! Keys: what a figure is a figure of, small enough to be compared in one step.

use std::cmp::Ordering;

use budget_model::{
    Code, Coordinates, Dimensions, Flow, Nature, Phase, Source, Stage, Table, ThreePublicItem, YearRef,
};

/// What a figure of the budget of the year, or of the final accounts (决算) of it, is a figure of: [`Coordinates`] without project
/// and unit.
///
/// A figure of last year, a change, an amount of another phase than the document's or, in a budget, a balance has no key: it
/// states nothing of the document's year, and is compared with nothing that does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Key {
    /// 资金来源
    pub source: Source,
    /// 支出性质
    pub nature: Nature,
    /// 功能分类
    pub function: Option<Code>,
    /// 部门预算支出经济分类
    pub economic: Option<Code>,
    /// 政府预算支出经济分类
    pub government_economic: Option<Code>,
    /// “三公”经费 item
    pub three_public: Option<ThreePublicItem>,
    /// 收入, 支出, 年初 or 年末结转和结余 in final accounts; `None` in their grand totals (总计), and in budgets, where revenue and
    /// expenditure are the same money
    pub flow: Option<Flow>,
}

impl Key {
    /// Everything: the total of the budget.
    pub const TOTAL: Self = Self {
        source: Source::All,
        nature: Nature::All,
        function: None,
        economic: None,
        government_economic: None,
        three_public: None,
        flow: None,
    };

    /// The key of coordinates; `None` if they name a project or a unit, which are compared by name, or are no figure of the
    /// budget of the year.
    #[must_use]
    pub fn of(stage: Stage, coordinates: &Coordinates) -> Option<Self> {
        let is_named = coordinates.project.is_some() || coordinates.unit.is_some();
        let fixed = Dimensions {
            source: Some(coordinates.source),
            nature: Some(coordinates.nature),
            function: coordinates.function,
            economic: coordinates.economic,
            government_economic: coordinates.government_economic,
            three_public: coordinates.three_public,
            phase: coordinates.phase,
            year: coordinates.year,
            flow: coordinates.flow,
        };
        (!is_named).then(|| Self::in_stage(stage, fixed))?
    }

    /// The key of a cell of a document of a stage; `None` if the cell does not exist or nobody knows what it is, if its row names
    /// a project or belongs to a unit, if its table is one of the other stage, or if it is no figure of the document's year.
    #[must_use]
    pub fn at(stage: Stage, table: &Table, row: u32, column: u16) -> Option<Self> {
        let is_named = table.rows.get(row as usize)?.project.is_some() || table.unit_of(row).is_some();
        let is_of_stage = table.kind.is_final() == (stage == Stage::Final);
        let fixed = table.dimensions_at(row, column).filter(|_| !is_named && is_of_stage)?;
        Self::in_stage(stage, fixed)
    }

    /// The key of what is fixed; `None` if it is no figure of the budget of the year.
    #[must_use]
    pub fn fixed(fixed: Dimensions) -> Option<Self> {
        is_budget(fixed.phase, fixed.year, fixed.flow).then_some(Self {
            source: fixed.source.unwrap_or_default(),
            nature: fixed.nature.unwrap_or_default(),
            function: fixed.function,
            economic: fixed.economic,
            government_economic: fixed.government_economic,
            three_public: fixed.three_public,
            flow: None,
        })
    }

    /// The key of what is fixed in final accounts; `None` if it is an amount of another phase or year. Revenue and expenditure
    /// differ there by what is carried over at both ends of the year.
    #[must_use]
    pub fn of_accounts(fixed: Dimensions) -> Option<Self> {
        let is_final = matches!(fixed.phase, None | Some(Phase::Final));
        let is_of_year = matches!(fixed.year, None | Some(YearRef::This));
        let plain = Dimensions { phase: None, flow: None, ..fixed };
        // 本年收入合计 of one table is 收入合计 of another one: what was carried over is no revenue.
        let source = |key: Self| match (key.source, fixed.flow) {
            (Source::CurrentYear, Some(Flow::Revenue)) => Source::All,
            (source, _) => source,
        };
        let key = Self::fixed(plain).filter(|_| is_final && is_of_year)?;
        Some(Self { source: source(key), flow: fixed.flow, ..key })
    }

    /// The key of what is fixed in a document of a stage.
    #[must_use]
    pub fn in_stage(stage: Stage, fixed: Dimensions) -> Option<Self> {
        match stage {
            Stage::Budget => Self::fixed(fixed),
            Stage::Final => Self::of_accounts(fixed),
        }
    }

    /// Whether all money of another key lies in that of this one (every key contains itself).
    pub(crate) fn contains(self, part: Self) -> bool {
        let code = |whole: Option<Code>, part: Option<Code>| match whole {
            None => true,
            Some(_) => std::iter::successors(part, |code| code.parent()).any(|code| Some(code) == whole),
        };
        let item = match (self.three_public, part.three_public) {
            (None, _) => true,
            (Some(whole), Some(part)) => whole == part || whole.parts().contains(&part),
            (Some(_), None) => false,
        };
        item && self.flow == part.flow
            && self.source.contains(part.source)
            && self.nature.contains(part.nature)
            && code(self.function, part.function)
            && code(self.economic, part.economic)
            && code(self.government_economic, part.government_economic)
    }

    /// The fields one after the other, each in the bits that it needs: a code has at most seven digits, which are 24 bits.
    pub(crate) fn packed(self) -> u128 {
        let code = |code: Option<Code>| code.map_or(0, |code| u128::from(code.number()));
        let item = self.three_public.map_or(0, |item| item as u128 + 1);
        let flow = self.flow.map_or(0, |flow| flow as u128 + 1);
        let money = (self.source as u128) << 8 | self.nature as u128;
        (((money << 24 | code(self.function)) << 24 | code(self.economic)) << 24 | code(self.government_economic)) << 16
            | item << 8
            | flow
    }
}

/// Whether a figure is of the budget of the year: revenue or expenditure as planned.
fn is_budget(phase: Option<Phase>, year: Option<YearRef>, flow: Option<Flow>) -> bool {
    matches!(phase, None | Some(Phase::Budget))
        && matches!(year, None | Some(YearRef::This))
        && matches!(flow, None | Some(Flow::Revenue | Flow::Expenditure))
}

impl Ord for Key {
    fn cmp(&self, other: &Self) -> Ordering {
        self.packed().cmp(&other.packed())
    }
}

impl PartialOrd for Key {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_ordered_field_by_field() {
        let code = |number| Code::from_number(number);
        let mut keys = Vec::new();
        for source in [Source::All, Source::CurrentYear, Source::StateCapitalWithCarryOver] {
            for nature in Nature::TREE {
                for function in [None, code(100), code(9_999_999)] {
                    for economic in [None, code(301), code(9_999_999)] {
                        for government_economic in [None, code(501), code(9_999_999)] {
                            for three_public in
                                [None, Some(ThreePublicItem::All), Some(ThreePublicItem::AllWithMeetings)]
                            {
                                keys.push(Key {
                                    source,
                                    nature,
                                    function,
                                    economic,
                                    government_economic,
                                    three_public,
                                    flow: Some(Flow::Closing),
                                });
                            }
                        }
                    }
                }
            }
        }
        assert!(keys.is_sorted_by(|one, other| one < other));
    }
}
