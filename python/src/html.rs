//! What a notebook shows. Everything that a file says is escaped.

use std::fmt::{Display, Write};

use budget_dataset::DocumentTable;
use budget_export::{FieldKind, Value};
use budget_model::{Cell, Placement, Row, Stage, Table};

use crate::document::Document;
use crate::printed::words;

/// Rows of a table that are shown.
const SHOWN: usize = 10;

/// Rows of a budget table that are shown: most have no more.
const SHOWN_AS_PRINTED: usize = 60;

/// Characters of a text that are shown; one points at it for the others.
const LONGEST: usize = 60;

/// A figure of which something is in doubt, in colours that stand out on white and on black.
const IN_DOUBT: &str = "background:rgba(209,36,47,.2)";

/// A document: what it is, how much of it is certain, and its budget tables.
pub(crate) fn document(document: &Document) -> String {
    let model = document.model();
    let mut html = Html::new();
    let entity = model.entity.as_ref().map_or("—", |entity| &entity.text);
    let stage = match model.stage {
        Stage::Budget => "预算",
        Stage::Final => "决算",
    };
    let year = model.year.map_or_else(|| "—".to_owned(), |year| year.to_string());
    html.put(format_args!("<strong>{} {year} {stage}</strong>", Escaped(entity)));
    let (figures, certain) = (document.count(Table::figure_count), document.count(Table::certain_count));
    let region = model.region.as_ref().map_or("—", |region| &region.name);
    let facts = [
        ("地区", region.to_owned()),
        ("单位", model.unit.as_str().to_owned()),
        ("数字", figures.to_string()),
        ("其中确定", certain.to_string()),
        ("问题", document.report().open().count().to_string()),
        ("未读页", model.unread_pages.len().to_string()),
        ("文件", document.path().unwrap_or("—").to_owned()),
    ];
    html.table(facts.iter().map(|(name, _)| (*name, "")), |html| {
        html.put("<tr>");
        facts.iter().for_each(|(_, value)| html.cell(false, "", value));
        html.put("</tr>");
    });
    let heads = ["表序", "表名", "表种", "单位", "行", "栏", "数字", "其中确定"];
    html.table(heads.into_iter().map(|head| (head, "")), |html| {
        for (number, table) in (1_usize..).zip(&model.tables) {
            html.put("<tr>");
            html.cell(true, "", &number);
            html.cell(false, "", &table.title.text);
            html.cell(false, table.kind.as_str(), &table.kind.chinese());
            html.cell(false, "", &table.unit.as_str());
            let counts = [table.rows.len(), table.columns.len(), table.figure_count(), table.certain_count()];
            counts.iter().for_each(|count| html.cell(true, "", count));
            html.put("</tr>");
        }
    });
    html.finish()
}

/// The first records of a table.
pub(crate) fn records(document: &Document, table: DocumentTable) -> String {
    let (record, schema) = (document.record(), table.schema());
    let rows = table.rows(&record);
    let mut html = Html::new();
    html.put(format_args!("<strong>{} {}</strong>: {}", Escaped(schema.name), Escaped(schema.title), rows.len()));
    html.table(schema.fields.iter().map(|field| (field.name, field.title)), |html| {
        for row in 0..rows.len().min(SHOWN) {
            html.put("<tr>");
            for (column, field) in schema.fields.iter().enumerate() {
                let is_number = matches!(field.kind, FieldKind::Number | FieldKind::Integer);
                match rows.value(row, column) {
                    Value::Null => html.cell(false, "", &""),
                    Value::Text(text) => match text.char_indices().nth(LONGEST) {
                        Some((end, _)) => {
                            html.cell(false, &text, &format_args!("{}…", text.get(..end).unwrap_or_default()));
                        }
                        None => html.cell(false, "", &text),
                    },
                    Value::Integer(number) => html.cell(is_number, "", &number),
                    Value::Number(number) => html.cell(is_number, "", &number),
                    Value::Flag(flag) => html.cell(is_number, "", &flag),
                }
            }
            html.put("</tr>");
        }
    });
    html.more(rows.len(), SHOWN);
    html.finish()
}

/// A budget table as it is printed. What is in doubt is shaded, and says of what.
pub(crate) fn printed(document: &Document, index: usize) -> String {
    let mut html = Html::new();
    let Some(table) = document.model().tables.get(index) else { return html.finish() };
    html.put(format_args!("<strong>{}</strong> ({})", Escaped(&table.title.text), Escaped(table.unit.as_str())));
    let heads_of_words = words(table).map(|(_, column)| column.header.last().map_or("", String::as_str));
    let labels = table.columns.iter().map(|column| column.label.as_str());
    let heads: Vec<_> =
        ["编码", "名称"].into_iter().chain(heads_of_words).chain(labels).map(|head| (head, "")).collect();
    html.table(heads, |html| {
        for row in table.rows.iter().take(SHOWN_AS_PRINTED) {
            html.put("<tr>");
            html.cell(false, "", &row.code.map(|code| code.to_string()).unwrap_or_default());
            html.cell(false, "", &row.label.text);
            for (index, _) in words(table) {
                let text = row.texts.iter().find(|text| text.column == index);
                html.cell(false, "", &text.map_or("", |text| &text.text.text));
            }
            for (index, _) in (0_u16..).zip(&table.columns) {
                match row.cell(index) {
                    Some(cell) => figure(html, table, row, cell),
                    None => html.cell(true, "", &""),
                }
            }
            html.put("</tr>");
        }
    });
    html.more(table.rows.len(), SHOWN_AS_PRINTED);
    html.finish()
}

fn figure(html: &mut Html, table: &Table, row: &Row, cell: &Cell) {
    let doubts = table.doubts_of(row, cell);
    if doubts.is_empty() {
        return html.cell(true, "", &cell.amount.value);
    }
    let mut says = format!("存疑: {doubts}");
    if let Placement::Ambiguous { candidates } = &cell.placement {
        let columns = candidates.iter().filter_map(|index| table.columns.get(usize::from(*index)));
        let labels: Vec<_> = columns.map(|column| column.label.as_str()).collect();
        says = format!("{says} ({})", labels.join(" | "));
    }
    html.put(format_args!(
        "<td style=\"text-align:right;{IN_DOUBT}\" title=\"{}\">{}</td>",
        Escaped(&says),
        cell.amount.value
    ));
}

/// HTML that is being written.
struct Html(String);

impl Html {
    fn new() -> Self {
        // Tables of disclosures are wide: they scroll by themselves and not the page.
        Self("<div style=\"overflow-x:auto;white-space:nowrap\">".to_owned())
    }

    fn put(&mut self, text: impl Display) {
        // Writing to a string cannot fail.
        let _ = write!(self.0, "{text}");
    }

    /// A table with a head of names and what they mean; `body` writes its rows.
    fn table<'a>(&mut self, heads: impl IntoIterator<Item = (&'a str, &'a str)>, body: impl FnOnce(&mut Self)) {
        self.put("<table><thead><tr>");
        for (name, meaning) in heads {
            self.put(format_args!("<th title=\"{}\">{}</th>", Escaped(meaning), Escaped(name)));
        }
        self.put("</tr></thead><tbody>");
        body(self);
        self.put("</tbody></table>");
    }

    fn cell(&mut self, is_number: bool, says: &str, text: &dyn Display) {
        let side = if is_number { "right" } else { "left" };
        let text = text.to_string();
        match says {
            "" => self.put(format_args!("<td style=\"text-align:{side}\">{}</td>", Escaped(&text))),
            says => self.put(format_args!(
                "<td style=\"text-align:{side}\" title=\"{}\">{}</td>",
                Escaped(says),
                Escaped(&text)
            )),
        }
    }

    fn more(&mut self, rows: usize, shown: usize) {
        if rows > shown {
            self.put(format_args!("… {}", rows.saturating_sub(shown)));
        }
    }

    fn finish(mut self) -> String {
        self.put("</div>");
        self.0
    }
}

/// Text as HTML shows it, in elements and in attributes.
struct Escaped<'a>(&'a str);

impl Display for Escaped<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for character in self.0.chars() {
            match character {
                '<' => f.write_str("&lt;")?,
                '>' => f.write_str("&gt;")?,
                '&' => f.write_str("&amp;")?,
                '"' => f.write_str("&quot;")?,
                '\'' => f.write_str("&#39;")?,
                // They turn the text around them.
                '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {}
                other => f.write_char(other)?,
            }
        }
        Ok(())
    }
}
