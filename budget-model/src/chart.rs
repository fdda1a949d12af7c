//! What adds up to what in one document.
//!
//! The charts themselves ([`Source::TREE`], [`Nature::TREE`](crate::Nature::TREE),
//! [`ThreePublicItem::ALL`](crate::ThreePublicItem::ALL)) are constants and no files: their entries are the values of the enums
//! that coordinates are made of, which the compiler holds against every `match`, against the words of JSON and against the
//! lexicon; what lies in what is asked once for each pair of figures and has to be a table of bits. Each is written as one
//! table, `parts`, a line for each whole with its parts behind it. What differs between forms and years is no part of a
//! chart: which of the parts a document prints, this module reads from its tables, and the names of functions and economic
//! classes, which do change, are data, the older ones beside those in use (`budget-classification/data/classes.toml`).

use std::collections::BTreeMap;

use crate::{Column, Dimensions, Nature, Source, Table, YearRef};

/// The sums along sources and natures that a document promises by what it prints.
///
/// Forms do not agree on them: one prints 使用非财政拨款结余 beside 本年收入 and 上年结转, another has no such line; one counts
/// 事业单位经营支出 in, another shows it as "of which". So a source that only some forms print is a part where the document
/// prints it, and what expenditure is divided into is read from the columns that the document adds up.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Chart {
    /// The sources printed, one bit each in the order of [`Source::TREE`].
    printed: u64,
    /// What expenditure is divided into, for the money of a source; narrow sources first.
    natures: Vec<(Source, Nature, Vec<Nature>)>,
}

impl Chart {
    /// The chart of the tables of a document.
    #[must_use]
    pub fn of(tables: &[Table]) -> Self {
        let mut chart = Self::default();
        for table in tables.iter().filter(|table| table.kind.shows_budget()) {
            let rows = table.rows.iter().map(|row| row.dimensions.source);
            let columns = table.columns.iter().map(|column| column.dimensions.source);
            for source in rows.chain(columns).flatten() {
                chart.printed |= 1 << source as u64;
            }
            chart.add_natures(table);
        }
        // Of the sources that contain another, the narrowest says most about it.
        chart.natures.sort_by_key(|(source, nature, _)| (source.inside().count_ones(), *nature));
        chart
    }

    fn add_natures(&mut self, table: &Table) {
        let fixed = |column: Dimensions| table.dimensions.narrowed(column);
        let mut parts_of: BTreeMap<u16, Vec<&Column>> = BTreeMap::new();
        for column in &table.columns {
            if let Some(whole) = column.part_of {
                parts_of.entry(whole).or_default().push(column);
            }
        }
        for (whole, parts) in parts_of {
            let Some(at) = table.columns.get(usize::from(whole)).map(|column| fixed(column.dimensions)) else {
                continue;
            };
            let (source, whole) = (at.source.unwrap_or_default(), at.nature.unwrap_or_default());
            if !whole.parts().is_empty() || at.year.is_some_and(|year| year != YearRef::This) {
                continue;
            }
            // A column of another source, or of no other nature, divides the money along something else.
            let nature = |part: &Column| {
                let at = fixed(part.dimensions);
                let nature =
                    at.nature.filter(|nature| *nature != whole && whole.contains(*nature) && part.is_known())?;
                (at.source.unwrap_or_default() == source).then_some(nature)
            };
            let Some(mut parts) = parts.into_iter().map(nature).collect::<Option<Vec<_>>>() else { continue };
            // 人员经费 and 公用经费 in place of 基本支出 divide the money the same way.
            if Nature::Basic.parts().iter().all(|part| parts.contains(part)) {
                parts.retain(|part| !Nature::Basic.contains(*part));
                parts.push(Nature::Basic);
            }
            parts.sort_unstable();
            match self.natures.iter_mut().find(|(of, nature, _)| (*of, *nature) == (source, whole)) {
                // Two tables that divide the same money differently promise nothing.
                Some((_, _, known)) if *known != parts => known.clear(),
                Some(_) => {}
                None => self.natures.push((source, whole, parts)),
            }
        }
    }

    /// The sources that a source is the sum of; none if the document does not divide it.
    pub fn sources(&self, whole: Source) -> impl Iterator<Item = Source> + Clone + use<> {
        let printed = self.printed;
        let is_part = move |part: &Source| !part.is_optional() || printed & 1 << *part as u64 != 0;
        let parts = whole.parts();
        // Where every part is printed by some forms only, one of them alone is not the whole.
        let is_whole = parts.iter().any(|part| !part.is_optional()) || parts.iter().all(is_part);
        parts.iter().copied().filter(move |part| is_whole && is_part(part))
    }

    /// The natures that expenditure from a source is the sum of; none if the document does not divide it.
    #[must_use]
    pub fn natures(&self, source: Source, whole: Nature) -> &[Nature] {
        if !whole.parts().is_empty() {
            return whole.parts();
        }
        let of = |(wide, nature, _): &&(Source, Nature, Vec<Nature>)| *nature == whole && wide.contains(source);
        self.natures.iter().find(of).map_or(&[], |(_, _, parts)| parts)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Label, Place, Row, TableKind};

    fn table(natures: &[(Option<Nature>, Option<u16>)]) -> Table {
        let mut table =
            Table::new(TableKind::Expenditure, Label::new("支出总表", Place::Text { page: 1, line: 1, column: 1 }));
        for (index, (nature, part_of)) in natures.iter().enumerate() {
            let mut column = Column::new(format!("c{index}"), format!("栏{index}"));
            column.dimensions.nature = *nature;
            column.part_of = *part_of;
            table.columns.push(column);
        }
        table
    }

    #[test]
    fn all_expenditure_is_what_the_columns_of_the_document_add_up() {
        let two = table(&[(None, None), (Some(Nature::Basic), Some(0)), (Some(Nature::Project), Some(0))]);
        let three = table(&[
            (None, None),
            (Some(Nature::Basic), Some(0)),
            (Some(Nature::Project), Some(0)),
            (Some(Nature::OperatingBusiness), Some(0)),
        ]);
        let of_which = table(&[
            (None, None),
            (Some(Nature::Basic), Some(0)),
            (Some(Nature::Project), Some(0)),
            (Some(Nature::OperatingBusiness), None),
        ]);
        let natures = |tables: &[Table]| Chart::of(tables).natures(Source::GeneralPublicBudget, Nature::All).to_vec();
        assert_eq!(natures(&[]), []);
        assert_eq!(natures(std::slice::from_ref(&two)), [Nature::Basic, Nature::Project]);
        assert_eq!(natures(&[of_which]), [Nature::Basic, Nature::Project]);
        assert_eq!(natures(std::slice::from_ref(&three)), [Nature::Basic, Nature::Project, Nature::OperatingBusiness]);
        assert_eq!(natures(&[two, three]), []);
        assert_eq!(Chart::default().natures(Source::All, Nature::Basic), [Nature::Personnel, Nature::Operating]);
    }

    #[test]
    fn a_source_of_some_forms_is_a_part_where_it_is_printed() {
        let mut overview = table(&[(None, None)]);
        let parts = |table: &Table, whole| Chart::of(std::slice::from_ref(table)).sources(whole).collect::<Vec<_>>();
        assert_eq!(parts(&overview, Source::All), [Source::CurrentYear, Source::CarryOver]);
        assert_eq!(parts(&overview, Source::SpecialAccount), []);
        for source in [Source::BalanceUsed, Source::SpecialAccountEducation] {
            let mut row = Row::new(crate::Role::Label, overview.title.clone());
            row.dimensions.source = Some(source);
            overview.rows.push(row);
        }
        assert_eq!(parts(&overview, Source::All), [Source::CurrentYear, Source::BalanceUsed, Source::CarryOver]);
        assert_eq!(parts(&overview, Source::SpecialAccount), []);
    }
}
