//! `figures`: one record for each printed figure of a budget table.

use std::rc::Rc;

use budget_export::{FieldKind, Value};
use budget_model::{Aspect, Doubts, Figure, Place, Placement, Role, Side, YearRef};

use super::shared::{self, Axes, Of, words};
use crate::record::Record;
use crate::sums::Sums;
use crate::table::{Field, OfDocument, Table};

pub(crate) struct Figures;

pub(crate) struct FigureRow<'a> {
    record: &'a Record<'a>,
    of_table: Rc<OfTable>,
    figure: Figure<'a>,
    /// How many figures stand before this one at the same place: none in any proper document.
    repeated: u32,
    doubts: Doubts,
    axes: Option<Axes<'a>>,
}

/// What the figures of one table share.
struct OfTable {
    /// From 0.
    index: u32,
    sums: Sums,
    /// Whether its figures were converted from 万元.
    is_converted: bool,
}

impl<'a> FigureRow<'a> {
    fn key(&self) -> String {
        let key = self.record.cell(self.figure.position().of(self.of_table.index));
        if self.repeated > 0 { format!("{key}~{}", self.repeated + 1) } else { key }
    }

    /// The column, from 1, where it is not in doubt.
    fn column_no(&self) -> Option<u32> {
        let column = self.figure.position().column;
        (!self.doubts.has(Aspect::Column)).then(|| u32::from(column) + 1)
    }

    fn row_no(&self) -> u64 {
        u64::from(self.figure.position().row) + 1
    }

    /// The rows above that print this column: the next and the topmost.
    fn wholes(&self) -> Option<(u32, u32)> {
        self.of_table.sums.wholes(self.figure.position()).filter(|_| !self.doubts.has(Aspect::Column))
    }

    fn candidates(&self) -> Value<'a> {
        let Placement::Ambiguous { candidates } = &self.figure.cell().placement else { return Value::Null };
        let columns = &self.figure.table().columns;
        let labels = candidates.iter().filter_map(|index| columns.get(usize::from(*index)));
        labels.map(|column| column.label.as_str()).collect::<Vec<_>>().join("|").into()
    }
}

impl Of for FigureRow<'_> {
    fn record(&self) -> &Record<'_> {
        self.record
    }

    fn place(&self) -> Option<Place> {
        Some(self.figure.place())
    }

    fn axes(&self) -> Option<Axes<'_>> {
        self.axes
    }
}

/// What a figure is a figure of; `None` if anything is in doubt, or nobody knows what its row or column means.
fn axes<'a>(figure: &Figure<'a>, doubts: Doubts) -> Option<Axes<'a>> {
    let (table, at) = (figure.table(), figure.position());
    let fixed = table.dimensions_at(at.row, at.column).filter(|_| doubts.is_empty())?;
    Some(Axes {
        project: figure.row().project.as_ref().map(|label| label.text.as_str()),
        budget_unit: table.unit_of(at.row),
        ..fixed.into()
    })
}

const SIDES: fn() -> Vec<String> = || words(Side::ALL, Side::as_str);
const ROLES: fn() -> Vec<String> = || words(Role::ALL, Role::as_str);
pub(crate) const CERTAINTIES: fn() -> Vec<String> = || ["certain", "ambiguous", "doubtful"].map(str::to_owned).into();

impl Table for Figures {
    const NAME: &'static str = "figures";
    const TITLE: &'static str = "数字";
    const DESCRIPTION: &'static str = "One record for each figure printed in a budget table: totals and subtotals among \
        them, so that sums are to be taken over is_leaf, within one column of one table";
    const KEY: &'static [&'static str] = &["cell"];
    const FIELDS: &'static [Field<Self>] = &[
        shared::document(),
        Field::always(
            "cell",
            "单元格",
            "Key of the record: document, table, row and column",
            FieldKind::Key,
            |row| row.key().into(),
        ),
        shared::entity_id(),
        shared::entity(),
        shared::region(),
        shared::region_code(),
        shared::year(),
        shared::stage(),
        Field::always("table_kind", "表种", "What the table is about", FieldKind::Word(shared::TABLE_KINDS), |row| {
            row.figure.table().kind.as_str().into()
        }),
        shared::year_ref(),
        shared::money_year(),
        shared::phase(),
        shared::flow(),
        shared::source(),
        shared::nature(),
        shared::function(),
        shared::economic(),
        shared::economic_gov(),
        shared::project(),
        shared::budget_unit(),
        shared::item(),
        Field::always("table_no", "表序", "Order of the table in the document, from 1", FieldKind::Integer, |row| {
            (u64::from(row.of_table.index) + 1).into()
        }),
        Field::always(
            "row_no",
            "行序",
            "Order of the row in the table, from 1; rows of both sides together",
            FieldKind::Integer,
            |row| row.row_no().into(),
        ),
        Field::new(
            "column_no",
            "栏序",
            "Order of the column in the table, from 1; null if it is in doubt",
            FieldKind::Integer,
            |row| row.column_no().into(),
        ),
        Field::new(
            "side",
            "收支",
            "Side of a table that shows revenue and expenditure",
            FieldKind::Word(SIDES),
            |row| row.figure.row().side.map(Side::as_str).into(),
        ),
        Field::new("row_code", "科目编码", "Printed code of the row, digits joined", FieldKind::Code, |row| {
            shared::code(row.figure.row().code)
        }),
        Field::new("row_label", "科目名称", "Printed name of the row", FieldKind::Text, |row| {
            row.figure.row().label.text.as_str().into()
        }),
        Field::new(
            "column_label",
            "栏目",
            "Name of the column, unique in its table; null if it is in doubt",
            FieldKind::Text,
            |row| {
                let column = row.figure.column().filter(|_| !row.doubts.has(Aspect::Column));
                column.map(|column| column.label.as_str()).into()
            },
        ),
        Field::always("value", "数值", "The figure as printed, in `unit`", FieldKind::Number, |row| {
            row.figure.amount().value.into()
        }),
        Field::always("decimals", "小数位数", "Decimals that are printed", FieldKind::Integer, |row| {
            row.figure.amount().value.scale().into()
        }),
        Field::new("unit", "单位", "Unit of the figure; null if it is not known", FieldKind::Text, |row| {
            let is_percent =
                row.figure.column().is_some_and(|column| column.dimensions.year == Some(YearRef::ChangePercent));
            match row.doubts.has(Aspect::Unit) {
                true => Value::Null,
                false if is_percent => "%".into(),
                false => row.figure.table().unit.as_str().into(),
            }
        }),
        Field::new(
            "value_yuan",
            "金额（元）",
            "The figure in yuan; null if it is no money, or its unit or column is not known",
            FieldKind::Number,
            |row| row.figure.in_yuan().map(|yuan| yuan.normalize()).into(),
        ),
        Field::new(
            "half_unit_yuan",
            "半个末位（元）",
            "Half of its last printed decimal in yuan: how far the amount may be from what is printed. At least 50 where the \
                table was converted from 万元",
            FieldKind::Number,
            |row| row.figure.half_unit_in_yuan(row.of_table.is_converted).map(|half| half.normalize()).into(),
        ),
        Field::always(
            "role",
            "行类型",
            "What the row is in the arithmetic of its table",
            FieldKind::Word(ROLES),
            |row| row.figure.row().role.as_str().into(),
        ),
        Field::always(
            "level",
            "层级",
            "Number of rows that this one is a part of, directly and indirectly",
            FieldKind::Integer,
            |row| row.of_table.sums.level(row.figure.position().row).into(),
        ),
        Field::always(
            "is_leaf",
            "末级",
            "Whether no figure of the same column is printed below it as a part",
            FieldKind::Flag,
            |row| row.of_table.sums.is_leaf(row.figure.position()).into(),
        ),
        Field::new(
            "whole_row",
            "上级行",
            "row_no of the next row above it, as a whole, that prints this column",
            FieldKind::Integer,
            |row| row.wholes().map(|(next, _)| u64::from(next) + 1).into(),
        ),
        Field::always(
            "total_row",
            "合计行",
            "row_no of the topmost row that contains it and prints this column; its own if there is none",
            FieldKind::Integer,
            |row| row.wholes().map_or(row.row_no(), |(_, top)| u64::from(top) + 1).into(),
        ),
        Field::always(
            "certainty",
            "确定性",
            "certain: value, row, column, unit and table all are; ambiguous: several columns are possible; doubtful: \
                something else is in doubt",
            FieldKind::Word(CERTAINTIES),
            |row| match row.doubts {
                doubts if doubts.is_empty() => "certain".into(),
                doubts if doubts.has(Aspect::Column) => "ambiguous".into(),
                _ => "doubtful".into(),
            },
        ),
        Field::new(
            "doubt",
            "存疑之处",
            "What is in doubt, joined by |: value, row, column, unit, table",
            FieldKind::Text,
            |row| if row.doubts.is_empty() { Value::Null } else { row.doubts.to_string().into() },
        ),
        Field::new(
            "candidates",
            "可能的栏目",
            "Every possible column of an ambiguous figure, the most plausible first, joined by |",
            FieldKind::Text,
            |row| row.candidates(),
        ),
        shared::page(),
        shared::line(),
        shared::across(),
        shared::sheet(),
        shared::place(),
    ];
    type Row<'a> = FigureRow<'a>;
}

impl OfDocument for Figures {
    fn rows<'a>(record: &'a Record<'a>, add: &mut dyn FnMut(FigureRow<'a>)) {
        for (index, table) in (0..).zip(&record.disclosure.tables) {
            let of_table = Rc::new(OfTable { index, sums: Sums::of(table), is_converted: table.is_converted() });
            let (mut last, mut repeated) = (None, 0);
            for figure in table.figures() {
                let at = figure.position();
                repeated = if last == Some(at) { repeated + 1 } else { 0 };
                last = Some(at);
                let (of_table, doubts) = (Rc::clone(&of_table), figure.doubts());
                let axes = axes(&figure, doubts);
                add(FigureRow { record, of_table, figure, repeated, doubts, axes });
            }
        }
    }
}
