//! Tables in their official shape.

use std::collections::HashMap;

use budget_export::{FormCell, FormColumn, FormContent, OfficialForm};
use budget_model::{Aspect, Disclosure, Doubts, Figure, FigureRef, Language, Placement, Position, Table};
use serde::Serialize;

use crate::shown::grouped;
use crate::words::Words;

/// Columns of a table that A4 holds upright.
const MOST_UPRIGHT: usize = 9;

/// A cell as it is shown.
#[derive(Clone, Debug, Default, Serialize)]
pub(crate) struct CellView {
    /// `td` or `th`.
    tag: &'static str,
    /// Of a header: what it is the header of.
    scope: &'static str,
    class: String,
    columns: u16,
    rows: u32,
    text: String,
    /// Shown beside the pointer: where it stands and how sure it is.
    title: String,
    /// The name that links lead to.
    id: String,
    /// Where the cell itself leads: to its finding.
    href: String,
}

/// A table as it is shown.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct TableView {
    pub(crate) id: String,
    number: String,
    title: String,
    unit: String,
    compiler: String,
    page: Option<u32>,
    pub(crate) figures: usize,
    pub(crate) doubtful: usize,
    declared_empty: Option<String>,
    notes: Vec<String>,
    /// Whether it is printed across the page.
    is_wide: bool,
    head: Vec<Vec<CellView>>,
    body: Vec<Vec<CellView>>,
}

/// The findings that speak of figures, by number.
pub(crate) type FoundIn = HashMap<FigureRef, usize>;

/// Makes tables for a page.
pub(crate) struct Tables<'a> {
    disclosure: &'a Disclosure,
    words: Words,
    found: &'a FoundIn,
}

impl<'a> Tables<'a> {
    pub(crate) fn new(disclosure: &'a Disclosure, words: Words, found: &'a FoundIn) -> Self {
        Self { disclosure, words, found }
    }

    /// Every table.
    pub(crate) fn views(&self) -> Vec<TableView> {
        let pages = self.disclosure.pages();
        let tables = (0..).zip(&self.disclosure.tables);
        tables
            .map(|(index, table)| {
                let form = OfficialForm::of(table);
                let figures = table.figure_count();
                TableView {
                    id: format!("t{}", index + 1),
                    number: table.number.as_ref().map(|label| label.text.clone()).unwrap_or_default(),
                    title: title(table),
                    unit: table.unit.to_string(),
                    compiler: table.compiler.as_ref().map(|label| label.text.clone()).unwrap_or_default(),
                    page: pages.of(table.title.place),
                    figures,
                    doubtful: figures - table.certain_count(),
                    declared_empty: table.declared_empty.as_ref().map(|label| label.text.clone()),
                    notes: table.notes.iter().map(|label| label.text.clone()).collect(),
                    is_wide: form.columns.len() > MOST_UPRIGHT,
                    head: self.head(&form),
                    body: form.rows.iter().map(|row| self.row(index, row, true)).collect(),
                }
            })
            .collect()
    }

    /// The rows of a table that hold some figures, below its head.
    pub(crate) fn excerpt(&self, figures: &[FigureRef]) -> Option<ExcerptView> {
        const MOST_ROWS: usize = 8;
        let number = figures.first()?.table;
        let table = self.disclosure.tables.get(number as usize)?;
        let form = OfficialForm::of(table);
        let is_asked_for = |cell: &FormCell<'_>| match &cell.content {
            FormContent::Figure(figure) => figures.contains(&figure.position().of(number)),
            _ => false,
        };
        let rows = form.rows.iter().filter(|row| row.iter().any(is_asked_for)).take(MOST_ROWS);
        let body: Vec<_> = rows.map(|row| self.row(number, row, false)).collect();
        let title = title(table);
        (!body.is_empty()).then(|| ExcerptView {
            title,
            table: format!("t{}", number + 1),
            head: self.head(&form),
            body,
        })
    }

    fn head(&self, form: &OfficialForm<'_>) -> Vec<Vec<CellView>> {
        let mut rows: Vec<Vec<CellView>> = vec![Vec::new(); form.head_rows as usize];
        for cell in &form.head {
            let Some(row) = rows.get_mut(cell.area.top as usize) else { continue };
            let (columns, height) = (cell.area.right - cell.area.left + 1, cell.area.bottom - cell.area.top + 1);
            let heading = |text: &str| CellView {
                tag: "th",
                scope: if columns > 1 { "colgroup" } else { "col" },
                columns,
                rows: height,
                text: text.to_owned(),
                ..CellView::default()
            };
            let plain = |class: &str, text: &str| CellView { tag: "td", class: class.to_owned(), ..heading(text) };
            row.push(match &cell.content {
                FormContent::Heading(words) if !words.is_empty() => {
                    let kind = form.columns.get(usize::from(cell.area.left));
                    let is_code = columns == 1 && kind == Some(&FormColumn::Code);
                    CellView { class: if is_code { "code" } else { "" }.to_owned(), ..heading(words) }
                }
                FormContent::ColumnNumber(number) => CellView { scope: "", ..plain("number", number) },
                FormContent::Gap => CellView { scope: "", ..plain("gap", "") },
                _ => CellView { scope: "", ..plain("", "") },
            });
        }
        rows
    }

    /// A row; `has_names` says whether links may lead to its figures.
    fn row(&self, table: u32, row: &[FormCell<'_>], has_names: bool) -> Vec<CellView> {
        row.iter().map(|cell| self.cell(table, cell, has_names)).collect()
    }

    fn cell(&self, table: u32, cell: &FormCell<'_>, has_names: bool) -> CellView {
        let plain = |class: &str, text: &str| CellView {
            tag: "td",
            class: class.to_owned(),
            columns: 1,
            rows: 1,
            text: text.to_owned(),
            ..CellView::default()
        };
        match &cell.content {
            FormContent::Name { text, level, is_total, label } => {
                let class = format!("l{level}{}", if *is_total { " total" } else { "" });
                let title = label.place.describe(&self.disclosure.sheets);
                let named = CellView { title, ..plain(&class, text) };
                // A header without words is none.
                if text.is_empty() { named } else { CellView { tag: "th", scope: "row", ..named } }
            }
            FormContent::Code(part) => plain("code", part),
            FormContent::Words(label) => {
                CellView { title: label.place.describe(&self.disclosure.sheets), ..plain("words", &label.text) }
            }
            FormContent::Figure(figure) => self.figure(table, figure, has_names),
            FormContent::Unread(unread) => {
                let place = unread.place.describe(&self.disclosure.sheets);
                let title = format!("{place} · {}", self.words.of("not_read"));
                CellView { title, ..plain("figure unread", &unread.text) }
            }
            FormContent::Gap => plain("gap", ""),
            _ => plain("", ""),
        }
    }

    fn figure(&self, table: u32, figure: &Figure<'_>, has_names: bool) -> CellView {
        let at = figure.position().of(table);
        let finding = self.found.get(&at);
        let doubts = figure.doubts();
        let mut class = String::from("figure");
        for (is_so, name) in [(!doubts.is_empty(), " doubtful"), (finding.is_some(), " found")] {
            class += if is_so { name } else { "" };
        }
        CellView {
            tag: "td",
            class,
            columns: 1,
            rows: 1,
            text: grouped(&figure.amount().value.to_string()),
            title: format!("{} · {}", figure.place().describe(&self.disclosure.sheets), self.certainty(figure, doubts)),
            id: if has_names && finding.is_some() { cell_id(at) } else { String::new() },
            href: finding.map(|number| format!("#f{number}")).unwrap_or_default(),
            ..CellView::default()
        }
    }

    /// How sure a figure is, in words.
    fn certainty(&self, figure: &Figure<'_>, doubts: Doubts) -> String {
        let words = self.words;
        if doubts.is_empty() {
            return match figure.cell().placement {
                Placement::Inferred { .. } => words.of("certain_inferred"),
                _ => words.of("certain"),
            }
            .to_owned();
        }
        let name = |aspect: Aspect| match words.language {
            Language::Chinese => aspect.chinese(),
            Language::English => aspect.as_str(),
        };
        let names: Vec<_> = doubts.iter().map(name).collect();
        let mut text = format!("{}{}", words.of("in_doubt_of"), names.join(words.of("comma")));
        if let Placement::Ambiguous { candidates } = &figure.cell().placement {
            let labels: Vec<_> = candidates.iter().filter_map(|column| label(figure.table(), *column)).collect();
            text += &format!("{}{}", words.of("candidates"), labels.join(words.of("comma")));
        }
        text
    }
}

/// Some rows of a table, below its head.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct ExcerptView {
    title: String,
    /// The table that they are of.
    table: String,
    head: Vec<Vec<CellView>>,
    body: Vec<Vec<CellView>>,
}

/// The name of a figure that links lead to.
pub(crate) fn cell_id(at: FigureRef) -> String {
    let Position { row, column } = at.position();
    format!("t{}r{}c{}", at.table + 1, row + 1, column + 1)
}

/// The printed title, or what the table is about where none is printed.
fn title(table: &Table) -> String {
    let printed = table.title.text.as_str();
    if printed.is_empty() { table.kind.chinese() } else { printed }.to_owned()
}

fn label(table: &Table, column: u16) -> Option<&str> {
    table.columns.get(usize::from(column)).map(|column| column.label.as_str())
}
