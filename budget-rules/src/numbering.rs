//! Numbering: every printed number of a disclosure becomes a figure.

use budget_model::{
    Amount, Aspect, Decimal, Disclosure, Doubts, Label, PerformanceTable, Place, Position, Table, Unit,
};

use crate::figure::{Figure, FigureId, PerformanceAmount, Rounding, Subject};
use crate::prose::{self, Number};

/// The figures of a performance table.
#[derive(Debug, Default)]
pub(crate) struct PerformanceFigures {
    /// In the order of [`PerformanceAmount`].
    pub(crate) amounts: [Option<FigureId>; PerformanceAmount::OwnLevel as usize + 1],
    /// The value and the weight of each indicator.
    pub(crate) indicators: Vec<[Option<FigureId>; 2]>,
}

fn performance_amounts(table: &PerformanceTable) -> impl Iterator<Item = (PerformanceAmount, &Amount)> {
    let amounts = [
        (PerformanceAmount::Total, &table.total),
        (PerformanceAmount::Fiscal, &table.fiscal),
        (PerformanceAmount::FromAbove, &table.from_above),
        (PerformanceAmount::OwnLevel, &table.own_level),
        (PerformanceAmount::Other, &table.other),
    ];
    amounts.into_iter().filter_map(|(kind, amount)| Some((kind, amount.as_ref()?)))
}

/// The unit that amounts of different units are compared in: that of the tables, or any where none is known.
pub(crate) fn base(disclosure: &Disclosure) -> &Unit {
    let mut units = std::iter::once(&disclosure.unit).chain(disclosure.tables.iter().map(|table| &table.unit));
    units.find(|unit| unit.in_yuan().is_some()).unwrap_or(&Unit::TenThousandYuan)
}

/// The amounts that the text, the list of projects and the performance tables state, with their units.
pub(crate) fn stated(disclosure: &Disclosure) -> impl Iterator<Item = (&Unit, Decimal)> {
    let facts = disclosure.facts.iter().filter_map(|fact| Some((fact.unit.as_ref()?, fact.value)));
    let projects = disclosure
        .projects
        .iter()
        .filter_map(|project| project.amount.as_ref())
        .map(|amount| (&amount.unit, amount.value));
    let performance = disclosure
        .performance
        .iter()
        .flat_map(|table| performance_amounts(table).map(|(_, amount)| (&table.money_unit, amount.value)));
    facts.chain(projects).chain(performance)
}

/// The figures so far.
pub(crate) struct Numbering<'a> {
    pub(crate) figures: Vec<Figure<'a>>,
    pub(crate) base: &'a Unit,
    /// Whether the amounts outside of the tables were converted from 万元.
    pub(crate) is_converted: bool,
    /// How money is printed.
    pub(crate) rounding: Rounding,
}

impl<'a> Numbering<'a> {
    pub(crate) fn add(&mut self, subject: Subject, value: Decimal, unit: &'a str, place: Place) -> FigureId {
        let factor = self.factor(unit);
        let counted = match subject {
            Subject::Weight { .. } => true,
            // 万人 is rounded, 人 is not; a number without a unit is a count only where the text says so.
            Subject::Fact { .. } if unit.is_empty() => value.fract().is_zero(),
            _ => factor.is_none() && prose::is_counted(unit),
        };
        self.push(Figure {
            subject,
            value,
            unit,
            place,
            factor: factor.unwrap_or(Decimal::ONE),
            zeros: Unit::known(unit).filter(|_| self.is_converted).map_or(0, |unit| unit.digits_below_hundred(value)),
            doubts: Doubts::NONE,
            rounding: self.rounding_of(counted, factor.is_some() && unit != "%"),
        })
    }

    /// How a figure is printed: what is no money is rounded like everywhere.
    fn rounding_of(&self, is_counted: bool, is_money: bool) -> Rounding {
        match (is_counted, is_money) {
            (true, _) => Rounding::Counted,
            (false, true) => self.rounding,
            (false, false) => Rounding::Nearest,
        }
    }

    pub(crate) fn doubt(&mut self, id: FigureId, aspect: Aspect) {
        if let Some(figure) = self.figures.get_mut(id.index()) {
            figure.doubts.add(aspect);
        }
    }

    fn push(&mut self, figure: Figure<'a>) -> FigureId {
        self.figures.push(figure);
        FigureId(self.figures.len() as u32 - 1)
    }

    /// What one of a unit is in the unit of the tables; `None` if it is neither money nor %.
    fn factor(&self, unit: &str) -> Option<Decimal> {
        let unit = Unit::known(unit)?;
        if unit == *self.base {
            return Some(Decimal::ONE);
        }
        let factor = unit.in_yuan().zip(self.base.in_yuan()).and_then(|(unit, base)| unit.checked_div(base));
        Some(factor.unwrap_or(Decimal::ONE))
    }

    /// The cells of a table; gives the number of the first figure of each row.
    pub(crate) fn rows(&mut self, table: &'a Table, subject: impl Fn(Position) -> Subject) -> Vec<u32> {
        let unit = table.unit.as_str();
        let factor = self.factor(unit);
        let rounding = self.rounding_of(factor.is_none() && prose::is_counted(unit), true);
        let factor = factor.unwrap_or(Decimal::ONE);
        let of_unit = if table.unit == Unit::Unknown { Doubts::of(Aspect::Unit) } else { Doubts::NONE };
        let is_converted = table.is_converted();
        let mut starts = Vec::with_capacity(table.rows.len());
        for (row, entry) in (0..).zip(&table.rows) {
            starts.push(self.figures.len() as u32);
            for cell in &entry.cells {
                let (subject, Amount { value, place }) = (subject(Position::new(row, cell.column)), cell.amount);
                let doubts = table.doubts_but_placement(entry, cell) | of_unit;
                let zeros = if is_converted { table.finest_unit().digits_below_hundred(value) } else { 0 };
                self.push(Figure { subject, value, unit, place, factor, zeros, doubts, rounding });
            }
        }
        starts
    }

    pub(crate) fn performance(&mut self, table: &'a PerformanceTable, index: u32) -> PerformanceFigures {
        let mut figures =
            PerformanceFigures { indicators: Vec::with_capacity(table.indicators.len()), ..Default::default() };
        for (amount, printed) in performance_amounts(table) {
            let subject = Subject::Performance { table: index, amount };
            let id = self.add(subject, printed.value, table.money_unit.as_str(), printed.place);
            if table.money_unit == Unit::Unknown {
                self.doubt(id, Aspect::Unit);
            }
            if let Some(known) = figures.amounts.get_mut(amount as usize) {
                *known = Some(id);
            }
        }
        for (number, indicator) in (0..).zip(&table.indicators) {
            let unit = indicator.value.unit.as_deref().unwrap_or_default();
            let value = indicator.value.number.map(|value| {
                self.add(Subject::Indicator { table: index, indicator: number }, value, unit, indicator.value.raw.place)
            });
            let weight = indicator.weight.map(|weight| {
                self.add(Subject::Weight { table: index, indicator: number }, weight, "", indicator.name.place)
            });
            figures.indicators.push([value, weight]);
        }
        figures
    }

    pub(crate) fn prose(&mut self, text: &'a Label, of: impl Fn(u32) -> Subject) -> Vec<(Number<'a>, FigureId)> {
        let numbers = prose::numbers(&text.text).into_iter();
        numbers
            .map(|number| (number, self.add(of(number.start as u32), number.value, number.unit, text.place)))
            .collect()
    }
}
