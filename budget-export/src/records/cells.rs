//! `tables.csv`: one record per printed figure of a budget table.

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use budget_model::{
    Aspect, Cell, Column, Coordinates, Doubts, Evidence, Flow, Nature, Phase, Place, Placement, Role, Row, Side,
    Source, Table, TableKind, ThreePublicItem, YearRef,
};

use super::{Field, FieldKind, Located, Resource, Value, Word, joined, label, shared, words};
use crate::document::Entry;

/// The key of a figure in `tables.csv`, for records that refer to it.
///
/// `table` and `row` are indices into the disclosure, from 0; `column` is a [`Column::id`], or `#` and the index of a column
/// that has no id of its own; empty for a row without figures. The key counts from 1, rows of both sides together.
///
/// ```
/// assert_eq!(budget_export::cell_key("d1", 2, 11, "project"), "d1:3:12:project");
/// ```
#[must_use]
pub fn cell_key(doc: &str, table: usize, row: usize, column: &str) -> String {
    format!("{doc}:{}:{}:{column}", table.saturating_add(1), row.saturating_add(1))
}

pub(crate) struct Cells;

pub(crate) struct CellRow<'a> {
    document: Entry<'a>,
    table_index: usize,
    table: &'a Table,
    row_index: usize,
    row: &'a Row,
    /// Order within the side, from 1.
    row_no: usize,
    level: u32,
    is_leaf: bool,
    cell: Option<&'a Cell>,
    /// How many figures before this one in the row have the same column: 0 in any proper document.
    repeated: usize,
    /// Whether the id of its column names no column before it.
    has_own_id: bool,
    /// What is in doubt of the figure; of the row, where it prints none.
    doubts: Doubts,
    /// What it is a figure of: what is known if nothing is in doubt, a guess otherwise.
    coordinates: Option<Coordinates>,
}

impl CellRow<'_> {
    /// The column of a figure, where the column is not in doubt.
    fn known_column(&self) -> Option<&Column> {
        self.column().filter(|_| !self.doubts.has(Aspect::Column))
    }

    /// What a figure is a figure of if the guess is right; `None` if it is certain.
    fn guess(&self) -> Option<&Coordinates> {
        self.coordinates.as_ref().filter(|_| !self.doubts.is_empty())
    }

    fn column(&self) -> Option<&Column> {
        self.table.columns.get(usize::from(self.cell?.column))
    }

    fn key(&self) -> String {
        let doc = self.document.info.id();
        let key = match (self.cell, self.column().filter(|_| self.has_own_id)) {
            (None, _) => cell_key(doc, self.table_index, self.row_index, ""),
            (_, Some(column)) => cell_key(doc, self.table_index, self.row_index, &column.id),
            (Some(cell), None) => cell_key(doc, self.table_index, self.row_index, &format!("#{}", cell.column)),
        };
        if self.repeated > 0 { format!("{key}~{}", self.repeated + 1) } else { key }
    }

    fn texts(&self) -> Value<'_> {
        let texts = self.row.texts.iter().map(|text| text.text.text.as_str()).filter(|text| !text.is_empty());
        joined(&texts.collect::<Vec<_>>(), "；")
    }

    fn candidates(&self) -> Value<'_> {
        let Some(Placement::Ambiguous { candidates }) = self.cell.map(|cell| &cell.placement) else {
            return Value::Null;
        };
        let columns = candidates.iter().filter_map(|index| self.table.columns.get(usize::from(*index)));
        joined(&columns.map(|column| column.label.as_str()).collect::<Vec<_>>(), "|")
    }
}

impl Located for CellRow<'_> {
    fn document(&self) -> Entry<'_> {
        self.document
    }

    fn place(&self) -> Option<Place> {
        Some(self.cell.map_or(self.row.label.place, |cell| cell.amount.place))
    }

    fn coordinates(&self) -> Option<&Coordinates> {
        self.coordinates.as_ref().filter(|_| self.doubts.is_empty())
    }
}

const TABLES: fn() -> Vec<String> = || words(TableKind::ALL);
const SIDES: fn() -> Vec<String> = || words(Side::ALL);
const CERTAINTIES: fn() -> Vec<String> = || ["certain", "ambiguous", "doubtful"].map(str::to_owned).into();
const ROLES: fn() -> Vec<String> = || words(Role::ALL);
const KNOWN: fn() -> Vec<String> = || ["printed", "inferred", "ambiguous"].map(str::to_owned).into();
const EVIDENCE: fn() -> Vec<String> = || words(Evidence::ALL);

impl Resource for Cells {
    const NAME: &'static str = "tables";
    const SHEET: &'static str = "预算表";
    const DESCRIPTION: &'static str = "One record per figure printed in a budget table; a row that prints no figure has \
        one record without column and value. Rows include totals and subtotals: add up rows with is_leaf only.";
    const FIELDS: &'static [Field<Self>] = &[
        Field::new("cell", "单元格", "Key of the record", FieldKind::Key, |at| at.key().into()),
        shared::doc(),
        Field::new("table", "表", "What the table is about", FieldKind::Word(TABLES), |at| {
            Value::from(at.table.kind.as_str())
        }),
        Field::new(
            "side",
            "收支",
            "Side of a table that shows revenue and expenditure",
            FieldKind::Word(SIDES),
            |at| Value::from(at.row.side.map(Side::as_str)),
        ),
        Field::new("row_no", "行次", "Printed order within table and side, from 1", FieldKind::Integer, |at| {
            Value::from(at.row_no)
        }),
        Field::new("row_code", "科目编码", "Classification code, digits joined", FieldKind::Code, |at| {
            Value::from(at.row.code)
        }),
        Field::new("row_label", "科目名称", "Printed name of the row", FieldKind::Text, |at| {
            Value::from(&at.row.label.text)
        }),
        Field::new(
            "row_extra",
            "项目名称",
            "Project name; in rows without one, what other columns of words print, joined by ；",
            FieldKind::Text,
            |at| match &at.row.project {
                None => at.texts(),
                project => label(project.as_ref()),
            },
        ),
        Field::new(
            "column",
            "栏目",
            "Label of the column, unique in its table; empty where it is ambiguous",
            FieldKind::Text,
            |at| Value::from(at.known_column().map(|column| column.label.as_str())),
        ),
        Field::new("value", "数值", "The figure, as a plain decimal", FieldKind::Number, |at| {
            Value::from(at.cell.map(|cell| cell.amount.value))
        }),
        Field::new(
            "certainty",
            "确定性",
            "certain: value, row, column, unit and table all are; ambiguous: several columns are possible; doubtful: \
                something else is in doubt",
            FieldKind::Word(CERTAINTIES),
            |at| {
                Value::from(match at.doubts {
                    doubts if doubts.is_empty() => "certain",
                    doubts if doubts.has(Aspect::Column) => "ambiguous",
                    _ => "doubtful",
                })
            },
        ),
        Field::new(
            "doubt",
            "存疑之处",
            "What is in doubt, joined by |: value, row, column, unit, table",
            FieldKind::Text,
            |at| Value::from(at.doubts.to_string()),
        ),
        Field::new(
            "candidates",
            "可能的栏目",
            "Every possible column of an ambiguous figure, the most plausible first, joined by |",
            FieldKind::Text,
            |at| at.candidates(),
        ),
        Field::new("unit", "单位", "Unit of the figure; empty where it is not known", FieldKind::Text, |at| {
            Value::from(Some(at.table.unit.as_str()).filter(|_| !at.doubts.has(Aspect::Unit)))
        }),
        shared::page(),
        shared::line(),
        shared::position(),
        shared::sheet(),
        Field::new("table_no", "表序", "Order of the table in the document, from 1", FieldKind::Integer, |at| {
            Value::from(at.table_index + 1)
        }),
        Field::new(
            "column_id",
            "栏目标识",
            "Id of the column, the same in every form; empty where anything is in doubt, or nobody knows what it means",
            FieldKind::Text,
            |at| {
                let known = at.column().filter(|column| column.is_known() && at.doubts.is_empty());
                Value::from(known.map(|column| column.id.as_str()))
            },
        ),
        Field::new(
            "header",
            "栏目表头",
            "Printed header words above the column, from the top, joined by /; empty where it is ambiguous",
            FieldKind::Text,
            |at| joined(at.known_column().map_or(&[], Column::path), "/"),
        ),
        Field::new(
            "row_texts",
            "行内文字",
            "What columns of words print in the row besides code and name, joined by ；",
            FieldKind::Text,
            |at| at.texts(),
        ),
        Field::new("row_unit", "单位名称", "Unit that the row names", FieldKind::Text, |at| {
            label(at.row.unit.as_ref())
        }),
        Field::new("level", "层级", "Number of rows this one is a part of; 0 for a total", FieldKind::Integer, |at| {
            Value::from(at.level)
        }),
        Field::new(
            "role",
            "行类型",
            "What the row is in the arithmetic of its table",
            FieldKind::Word(ROLES),
            |at| Value::from(at.row.role.as_str()),
        ),
        Field::new("is_leaf", "末级", "Whether no other row is a part of this one", FieldKind::Flag, |at| {
            Value::from(at.is_leaf)
        }),
        Field::new("known", "归栏方式", "How the column of the figure is known", FieldKind::Word(KNOWN), |at| {
            Value::from(at.cell.map(|cell| match cell.placement {
                Placement::Printed => "printed",
                Placement::Inferred { .. } => "inferred",
                Placement::Ambiguous { .. } => "ambiguous",
            }))
        }),
        Field::new(
            "evidence",
            "归栏依据",
            "What an inferred column was inferred from",
            FieldKind::Word(EVIDENCE),
            |at| match at.cell.map(|cell| &cell.placement) {
                Some(Placement::Inferred { by }) => by.as_str().into(),
                _ => Value::Null,
            },
        ),
        shared::source(),
        shared::nature(),
        shared::function(),
        shared::economic(),
        shared::government_economic(),
        shared::three_public(),
        shared::budget_unit(),
        shared::phase(),
        shared::year(),
        shared::flow(),
        // What is only a guess has columns of its own, so that nobody adds it up unawares.
        Field::new(
            "guess_column",
            "推测栏目",
            "Guess: the most plausible of several columns",
            FieldKind::Text,
            |at| {
                let guessed = at.column().filter(|_| at.doubts.has(Aspect::Column));
                Value::from(guessed.map(|column| column.label.as_str()))
            },
        ),
        Field::new("guess_column_id", "推测栏目标识", "Guess: id of the column", FieldKind::Text, |at| {
            let guessed = at.column().filter(|column| column.is_known() && !at.doubts.is_empty());
            Value::from(guessed.map(|column| column.id.as_str()))
        }),
        Field::new(
            "guess_unit",
            "推测单位",
            "Guess: the unit that the form has by default",
            FieldKind::Text,
            |at| Value::from(Some(at.table.unit.as_str()).filter(|_| at.doubts.has(Aspect::Unit))),
        ),
        Field::new(
            "guess_source",
            "推测资金来源",
            "Guess: source of the money",
            FieldKind::Word(|| words(Source::TREE)),
            |at| Value::from(at.guess().map(|at| Word(at.source))),
        ),
        Field::new(
            "guess_nature",
            "推测支出性质",
            "Guess: kind of spending",
            FieldKind::Word(|| words(Nature::TREE)),
            |at| Value::from(at.guess().map(|at| Word(at.nature))),
        ),
        Field::new(
            "guess_function",
            "推测功能分类",
            "Guess: function classification code",
            FieldKind::Code,
            |at| Value::from(at.guess().and_then(|at| at.function)),
        ),
        Field::new(
            "guess_economic",
            "推测经济分类",
            "Guess: economic classification code",
            FieldKind::Code,
            |at| Value::from(at.guess().and_then(|at| at.economic)),
        ),
        Field::new(
            "guess_government_economic",
            "推测政府经济分类",
            "Guess: economic classification code of the government",
            FieldKind::Code,
            |at| Value::from(at.guess().and_then(|at| at.government_economic)),
        ),
        Field::new(
            "guess_three_public",
            "推测“三公”经费",
            "Guess: item of the three public expenses",
            FieldKind::Word(|| words(ThreePublicItem::ALL)),
            |at| Value::from(at.guess().and_then(|at| at.three_public).map(Word)),
        ),
        Field::new("guess_budget_unit", "推测预算单位", "Guess: subordinate unit", FieldKind::Text, |at| {
            Value::from(at.guess().and_then(|at| at.unit.as_deref()))
        }),
        Field::new("guess_phase", "推测阶段", "Guess: phase", FieldKind::Word(|| words(Phase::ALL)), |at| {
            Value::from(at.guess().and_then(|at| at.phase).map(Word))
        }),
        Field::new("guess_year", "推测年度", "Guess: year", FieldKind::Word(|| words(YearRef::ALL)), |at| {
            Value::from(at.guess().and_then(|at| at.year).map(Word))
        }),
        Field::new("guess_flow", "推测流向", "Guess: flow", FieldKind::Word(|| words(Flow::ALL)), |at| {
            Value::from(at.guess().and_then(|at| at.flow).map(Word))
        }),
    ];
    type Row<'a> = CellRow<'a>;

    fn rows<'a>(document: Entry<'a>) -> Box<dyn Iterator<Item = CellRow<'a>> + 'a> {
        Box::new(document.disclosure.tables.iter().enumerate().flat_map(move |(index, table)| {
            let mut ids = HashSet::new();
            let own_ids: Rc<[bool]> =
                table.columns.iter().map(|column| !column.id.is_empty() && ids.insert(column.id.as_str())).collect();
            let wholes: HashSet<u32> = table.rows.iter().filter_map(|row| row.part_of).collect();
            let mut printed = [0_usize; 3];
            table.rows.iter().enumerate().flat_map(move |(row_index, row)| {
                let [none, revenue, expenditure] = &mut printed;
                let row_no = match row.side {
                    None => none,
                    Some(Side::Revenue) => revenue,
                    Some(Side::Expenditure) => expenditure,
                };
                *row_no += 1;
                // An index beyond u32 is beyond what `part_of` can name, too.
                let number = u32::try_from(row_index).unwrap_or(u32::MAX);
                let own_ids = Rc::clone(&own_ids);
                let at = move |cell: Option<&'a Cell>, repeated: usize, row_no: usize, is_leaf: bool| CellRow {
                    document,
                    table_index: index,
                    table,
                    row_index,
                    row,
                    row_no,
                    level: table.level(number),
                    is_leaf,
                    cell,
                    repeated,
                    has_own_id: cell
                        .and_then(|cell| own_ids.get(usize::from(cell.column)))
                        .is_some_and(|has_own_id| *has_own_id),
                    doubts: cell.map_or(Doubts::NONE, |cell| table.doubts_of(row, cell)),
                    coordinates: cell.and_then(|cell| table.coordinates_at(number, cell.column)),
                };
                let is_leaf = !wholes.contains(&number);
                if row.cells.is_empty() {
                    return vec![at(None, 0, *row_no, is_leaf)];
                }
                let mut seen = HashMap::new();
                row.cells
                    .iter()
                    .map(|cell| {
                        let repeated = seen.entry(cell.column).or_insert(0_usize);
                        *repeated += 1;
                        at(Some(cell), *repeated - 1, *row_no, is_leaf)
                    })
                    .collect::<Vec<_>>()
            })
        }))
    }
}
