//! Budget tables in the columns of a form, filled by hand.

use std::path::Path;

use budget_model::{
    Amount, Cell, Code, Column, Decimal, Dimensions, Label, Nature, Place, Placement, Role, Row, Side, Source, Table,
    TableKind, ThreePublicItem, Unit,
};
use serde::Deserialize;

/// The forms, as the layouts of the workspace describe them.
#[derive(Deserialize)]
pub(crate) struct Form {
    table: Vec<TableForm>,
}

#[derive(Deserialize)]
struct TableForm {
    kind: TableKind,
    source: Option<Source>,
    nature: Option<Nature>,
    column: Vec<ColumnForm>,
    revenue: Option<Rows>,
    labels: Option<Rows>,
}

#[derive(Deserialize)]
struct ColumnForm {
    id: String,
    label: String,
    part_of: Option<String>,
    source: Option<Source>,
    nature: Option<Nature>,
    economic: Option<Code>,
    three_public: Option<ThreePublicItem>,
}

#[derive(Deserialize)]
struct Rows {
    rows: Vec<RowForm>,
}

#[derive(Deserialize)]
struct RowForm {
    level: u8,
    label: String,
    #[serde(default)]
    also: Vec<String>,
    source: Option<Source>,
    three_public: Option<ThreePublicItem>,
}

/// A row before it is in its table.
pub(crate) struct Line<'a> {
    pub(crate) side: Option<Side>,
    pub(crate) code: &'a str,
    pub(crate) label: &'a str,
    pub(crate) project: &'a str,
    /// Column label, printed figure, possible columns if there are several.
    pub(crate) cells: Vec<(&'a str, &'a str, Vec<&'a str>)>,
}

/// Hands out places, one line each.
#[derive(Default)]
pub(crate) struct Places(u32);

impl Places {
    pub(crate) fn next(&mut self) -> Place {
        self.0 += 1;
        Place::Text { page: 1, line: self.0, column: 1 }
    }

    pub(crate) fn label(&mut self, text: &str) -> Label {
        Label::new(text, self.next())
    }
}

impl Form {
    pub(crate) fn read(id: &str) -> Self {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("../budget-parse/layouts/{id}.toml"));
        toml::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
    }

    pub(crate) fn kinds(&self) -> impl Iterator<Item = TableKind> + '_ {
        self.table.iter().map(|table| table.kind)
    }

    /// A table of this form with these rows; what is a part of what follows from codes and labels.
    pub(crate) fn table(&self, kind: TableKind, number: &str, lines: &[Line<'_>], places: &mut Places) -> Table {
        let form = self.table.iter().find(|table| table.kind == kind).unwrap();
        let columns: Vec<Column> = form.column.iter().map(|column| form.column(column)).collect();
        let index = |label: &str| {
            columns.iter().position(|column| column.label == label).unwrap_or_else(|| panic!("no column {label}")) as u16
        };
        let title = places.label(&format!("部门{number}"));
        let mut rows: Vec<Row> = Vec::new();
        for line in lines {
            let code: Option<Code> = (!line.code.is_empty()).then(|| line.code.parse().unwrap());
            let fixed = form.revenue.iter().chain(&form.labels).flat_map(|rows| &rows.rows);
            let fixed = fixed.filter(|_| code.is_none() && line.side != Some(Side::Expenditure));
            let mut fixed = fixed.filter(|row| row.label == line.label || row.also.iter().any(|also| also == line.label));
            let dimensions = fixed.next().map_or_else(Dimensions::default, |row| Dimensions {
                source: row.source,
                three_public: row.three_public,
                ..Dimensions::default()
            });
            let role = match code {
                Some(code) => code.level().into(),
                None if line.label.ends_with("总计") || line.label == "合计" => Role::Total,
                None if kind == TableKind::GeneralProject => Role::Unit,
                None => Role::Label,
            };
            let cells = line.cells.iter().map(|(column, value, candidates)| Cell {
                column: index(column),
                amount: Amount { value: value.parse::<Decimal>().unwrap(), place: places.next() },
                placement: match candidates.as_slice() {
                    [] => Placement::Printed,
                    several => Placement::Ambiguous { candidates: several.iter().map(|label| index(label)).collect() },
                },
            });
            rows.push(Row {
                side: line.side,
                code,
                cells: cells.collect(),
                label: places.label(line.label),
                project: (!line.project.is_empty()).then(|| places.label(line.project)),
                role,
                part_of: None,
                dimensions,
            });
        }
        form.connect(&mut rows);
        Table {
            kind,
            number: Some(places.label(number)),
            title,
            compiler: None,
            unit: Unit::TenThousandYuan,
            unit_place: Some(places.next()),
            dimensions: Dimensions { source: form.source, nature: form.nature, ..Dimensions::default() },
            columns,
            rows,
            declared_empty: None,
            notes: Vec::new(),
        }
    }
}

impl TableForm {
    fn column(&self, column: &ColumnForm) -> Column {
        let whole = |id: &String| self.column.iter().position(|other| other.id == *id).map(|index| index as u16);
        Column {
            id: column.id.clone(),
            label: column.label.clone(),
            header: Vec::new(),
            part_of: column.part_of.as_ref().and_then(whole),
            dimensions: Dimensions {
                source: column.source,
                nature: column.nature,
                function: None,
                economic: column.economic,
                three_public: column.three_public,
            },
        }
    }

    fn connect(&self, rows: &mut [Row]) {
        let total = |side| rows.iter().position(|row| row.role == Role::Total && row.side == side).map(|row| row as u32);
        let mut above: Vec<(u8, u32)> = Vec::new();
        let mut links = Vec::new();
        let mut unit = None;
        let mut side = None;
        for (index, row) in rows.iter().enumerate() {
            if row.side != side {
                above.clear();
                side = row.side;
            }
            let total = total(row.side);
            let level = match (row.code, row.role) {
                (Some(code), _) => code.to_string().len() as u8 + u8::from(row.project.is_some()),
                (None, Role::Unit) => {
                    unit = Some(index as u32);
                    above.clear();
                    links.push(total);
                    continue;
                }
                (None, Role::Total) => {
                    links.push(None);
                    continue;
                }
                (None, _) => {
                    let forms = self.revenue.iter().chain(&self.labels).flat_map(|rows| &rows.rows);
                    let known = |form: &&RowForm| form.label == row.label.text || form.also.contains(&row.label.text);
                    forms.into_iter().find(known).unwrap_or_else(|| panic!("no row {}", row.label.text)).level
                }
            };
            above.retain(|(other, _)| *other < level);
            links.push(above.last().map(|(_, index)| *index).or(unit).or(total));
            above.push((level, index as u32));
        }
        for (row, link) in rows.iter_mut().zip(links) {
            row.part_of = link;
        }
    }
}
