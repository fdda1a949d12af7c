//! Layouts: the forms as data.
//!
//! A layout describes a form set by a finance bureau: the titles by which its tables are known, their columns, the rows
//! that are printed in every copy, the words of the headers, the unit. It is a TOML file that a reader of the official
//! form can check line by line; see `budget-parse/layouts/`. Adding a layout needs no code.

use std::sync::{Arc, LazyLock};

use budget_model::{
    Code, Column, Dimensions, Flow, Nature, Phase, Required, RequiredTable, Source, TableKind, ThreePublicItem, Unit,
    YearRef,
};
use serde::Deserialize;

use crate::lexicon::Lexicon;
use crate::text::{fold, squeeze};
use crate::{ReadError, ReadErrorKind};

/// The layouts that a document is compared with.
#[derive(Clone, Debug)]
pub struct LayoutSet {
    layouts: Vec<Arc<Layout>>,
}

/// The files of the built-in layouts; one that extends another stands behind it.
const FILES: [&str; 5] = [
    include_str!("../layouts/xinjiang-2025.toml"),
    include_str!("../layouts/xinjiang-2024.toml"),
    include_str!("../layouts/xinjiang-2022.toml"),
    include_str!("../layouts/shanghai-2026.toml"),
    include_str!("../layouts/shanghai-2026-unit.toml"),
];

static BUILT_IN: LazyLock<Vec<Arc<Layout>>> = LazyLock::new(|| {
    let mut set = LayoutSet { layouts: Vec::new() };
    for file in FILES {
        // A file that does not parse is left out here and fails the test `the_built_in_layouts_parse`.
        if let Ok(layout) = set.parse(file) {
            set.layouts.push(Arc::new(layout));
        }
    }
    // The newest form is taken first where nothing else decides.
    set.layouts.reverse();
    set.layouts
});

impl LayoutSet {
    /// The layouts that ship with this crate.
    #[must_use]
    pub fn built_in() -> Self {
        Self { layouts: BUILT_IN.clone() }
    }

    /// The TOML of a built-in layout.
    #[must_use]
    pub fn built_in_file(id: &str) -> Option<&'static str> {
        let line = format!("id = \"{id}\"");
        FILES.into_iter().find(|file| file.lines().any(|other| other == line))
    }

    /// No layouts at all.
    #[must_use]
    pub fn empty() -> Self {
        Self { layouts: Vec::new() }
    }

    /// The layouts; of those that fit a document equally well, the first is taken, so layouts added later come first.
    pub fn layouts(&self) -> impl Iterator<Item = &Layout> {
        self.layouts.iter().rev().map(Arc::as_ref)
    }

    /// Adds a layout from the text of its TOML file. It may extend a layout that is already in the set.
    ///
    /// # Errors
    ///
    /// [`ReadErrorKind::Layout`] if the text is not a valid layout; the message has line and column.
    ///
    /// ```
    /// use budget_parse::LayoutSet;
    ///
    /// let mut layouts = LayoutSet::built_in();
    /// layouts.add("id = \"xinjiang-2030\"\nname = \"2030\"\nextends = \"xinjiang-2025\"\nyears = [2030, 2030]").unwrap();
    /// assert!(layouts.add("id = 3").is_err());
    /// ```
    pub fn add(&mut self, toml: &str) -> Result<(), ReadError> {
        let layout = self.parse(toml)?;
        self.layouts.retain(|other| other.id != layout.id);
        self.layouts.push(Arc::new(layout));
        Ok(())
    }

    fn parse(&self, toml: &str) -> Result<Layout, ReadError> {
        let failed = |why: String| ReadError::new(ReadErrorKind::Layout(why));
        let at = |span: Option<std::ops::Range<usize>>, why: &str| {
            let line = span.and_then(|span| toml.get(..span.start)).map(|before| before.matches('\n').count() + 1);
            // One line, however much of the file the reader of TOML shows.
            let why: String =
                why.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(LONGEST_REASON).collect();
            failed(line.map_or_else(|| why.clone(), |line| format!("line {line}: {why}")))
        };
        let file: LayoutFile = toml::from_str(toml).map_err(|error| at(error.span(), error.message()))?;
        if let Some(why) = file.mistake() {
            return Err(at(None, &why));
        }
        let base = match &file.extends {
            None => None,
            Some(base) => {
                let found = self.layouts.iter().find(|layout| layout.id == *base);
                Some(found.ok_or_else(|| failed(format!("it extends an unknown layout: {base:?}")))?)
            }
        };
        let mut tables = base.map(|base| base.tables.clone()).unwrap_or_default();
        let parts = file.parts.or_else(|| base.map(|base| base.parts.clone())).unwrap_or_default();
        let sections = file.sections.or_else(|| base.map(|base| base.sections.clone())).unwrap_or_default();
        let mut own = Vec::new();
        for table in file.table {
            let span = table.span();
            let form = table.into_inner().into_form().map_err(|why| at(Some(span.clone()), &why))?;
            if own.contains(&form.kind) {
                return Err(at(Some(span), &format!("table {} is described twice", form.kind.as_str())));
            }
            own.push(form.kind);
            tables.retain(|other: &TableForm| other.kind != form.kind);
            tables.push(form);
        }
        if tables.is_empty() {
            return Err(failed("it has no tables".to_owned()));
        }
        let required_tables =
            file.required_tables.or_else(|| base.map(|base| base.required_tables.clone())).unwrap_or_default();
        if let Some(kind) = required_tables.iter().find(|kind| !tables.iter().any(|form| form.kind == **kind)) {
            return Err(failed(format!("it requires a table that it does not describe: {}", kind.as_str())));
        }
        let (id, name) = (file.id, file.name);
        Ok(Layout { id, name, years: file.years, unit: file.unit, parts, sections, required_tables, tables })
    }
}

/// Most characters of the reason why a layout cannot be used.
const LONGEST_REASON: usize = 300;

/// Most characters of the heading of a part, which may begin with the name of an entity or a project.
const LONGEST_HEADING: usize = 60;

/// A form: its tables and their unit.
#[derive(Clone, Debug)]
pub struct Layout {
    /// Stable id: `xinjiang-2025`.
    pub id: String,
    /// Name for people.
    pub name: String,
    /// First and last year the form is used in; decides between layouts that fit equally.
    pub years: (u16, u16),
    /// The unit of the tables, where a table prints none.
    pub unit: Unit,
    /// The last words of the headings of its parts (封面 aside), in the order of the list of contents, where each part begins
    /// a sheet or page under a heading without a number; empty for forms whose parts are numbered.
    pub parts: Vec<String>,
    /// The headings that its text must have, as a message names them; empty if nothing is known of its text.
    pub sections: Vec<String>,
    /// The tables that every document of the form must have, empty ones too; none if nothing is known of that.
    pub required_tables: Vec<TableKind>,
    /// The tables, in the order of the form.
    pub tables: Vec<TableForm>,
}

impl Layout {
    /// Whether both layouts read every document in the same way.
    pub(crate) fn reads_like(&self, other: &Self) -> bool {
        let forms = |layout: &Self| layout.tables.iter().map(|form| (form.kind, form.shape)).collect::<Vec<_>>();
        let columns = || self.tables.iter().zip(&other.tables).all(|(form, other)| form.columns == other.columns);
        forms(self) == forms(other) && columns()
    }

    /// The number of the part that a folded text is the heading of: 云溪县文化馆主要职能.
    pub(crate) fn part(&self, folded: &str) -> Option<usize> {
        if self.parts.is_empty() || folded.chars().count() > LONGEST_HEADING {
            return None;
        }
        self.parts.iter().position(|part| folded.ends_with(&fold(part))).map(|index| index + 1)
    }

    /// What a document of this form must have.
    pub(crate) fn required(&self) -> Required {
        let title = |form: &TableForm| form.titles.first().map_or_else(|| form.kind.as_str().to_owned(), Clone::clone);
        let tables = self.tables.iter().filter(|form| self.required_tables.contains(&form.kind));
        let tables = tables.map(|form| RequiredTable { kind: form.kind, title: title(form) }).collect();
        // A form whose tables are not known to be prescribed has no text that is.
        let sections = if self.required_tables.is_empty() { Vec::new() } else { self.sections.clone() };
        Required { tables, sections }
    }

    /// The form of a kind of table.
    #[must_use]
    pub fn table(&self, kind: TableKind) -> Option<&TableForm> {
        self.tables.iter().find(|table| table.kind == kind)
    }
}

/// How the rows of a table are made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Shape {
    /// Revenue and expenditure side by side.
    TwoSided,
    /// One row a classification code.
    Classified,
    /// One row a classification code and project.
    Projects,
    /// The rows are printed in the form.
    Labelled,
    /// Rows by name (projects, units), none printed in the form.
    Listed,
    /// One row without a name.
    SingleRow,
}

/// A table of a form.
#[derive(Clone, Debug)]
pub struct TableForm {
    /// What the table is about.
    pub kind: TableKind,
    /// The titles it is known by, without white space and without 部门 or 单位 in front.
    pub titles: Vec<String>,
    /// The titles in the spelling of [`fold`](crate::text::fold).
    pub folded_titles: Vec<String>,
    /// How its rows are made.
    pub shape: Shape,
    /// The columns, left to right (of the expenditure side, in a table with two sides).
    pub columns: Vec<Column>,
    /// How often money stands in a column, in relation to the other columns: decides what is most plausible where several
    /// columns are possible, never what is certain.
    pub weights: Vec<u32>,
    /// The unit of this table, where it differs from that of the form.
    pub unit: Option<Unit>,
    /// Header words without white space, in the spelling of [`fold`](crate::text::fold): those of the columns and others.
    pub words: Vec<String>,
    /// All header words, one a line.
    header_words: String,
    /// The lowest header word of each column, folded.
    column_words: Vec<String>,
    /// What the table as a whole fixes in the cube.
    pub dimensions: Dimensions,
    /// Rows that every copy of the form prints: those of the revenue side, or of the table.
    pub rows: Vec<RowForm>,
    /// The label of the total of the revenue side, folded.
    pub revenue_total: Option<String>,
    /// The label of the total of the expenditure side, folded.
    pub expenditure_total: Option<String>,
}

impl TableForm {
    /// The lowest header word of each column, folded.
    pub(crate) fn column_words(&self) -> impl Iterator<Item = &str> + Clone {
        self.column_words.iter().map(String::as_str)
    }

    /// Whether a folded word is a piece of the header: inside a header word, or across the border of two of them (header
    /// cells that stand next to each other are sometimes printed without a space: `余类`).
    pub(crate) fn is_header_piece(&self, piece: &str) -> bool {
        if self.words.iter().any(|word| word == piece) || self.header_words.contains(piece) {
            return true;
        }
        if piece.chars().count() > 16 {
            return false;
        }
        let words = &self.words;
        piece.char_indices().skip(1).any(|(at, _)| {
            let (Some(left), Some(right)) = (piece.get(..at), piece.get(at..)) else { return false };
            words.iter().any(|word| word.ends_with(left))
                && words.iter().any(|word| word.starts_with(right) || word.contains(right) && right.chars().count() > 1)
        })
    }
}

/// A row that is printed in the form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowForm {
    /// 0 for the total, then one deeper for each level.
    pub level: u8,
    /// The label as the form prints it.
    pub label: String,
    /// The labels it is known by, in the spelling of [`fold`](crate::text::fold).
    pub labels: Vec<String>,
    /// What the row fixes in the cube.
    pub dimensions: Dimensions,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LayoutFile {
    id: String,
    name: String,
    #[serde(default)]
    extends: Option<String>,
    years: (u16, u16),
    #[serde(default)]
    unit: Unit,
    #[serde(default)]
    parts: Option<Vec<String>>,
    #[serde(default)]
    sections: Option<Vec<String>>,
    #[serde(default)]
    required_tables: Option<Vec<TableKind>>,
    #[serde(default)]
    table: Vec<toml::Spanned<TableEntry>>,
}

impl LayoutFile {
    /// What is written correctly and cannot be meant.
    fn mistake(&self) -> Option<String> {
        let (first, last) = self.years;
        if first > last {
            return Some(format!("years = [{first}, {last}] ends before it begins; write [{last}, {first}]"));
        }
        let is_blank = |text: &String| squeeze(text).is_empty();
        [("id", &self.id), ("name", &self.name)]
            .into_iter()
            .find(|(_, value)| is_blank(value))
            .map(|(key, _)| format!("{key} is empty"))
            .or_else(|| {
                let headings = self.parts.iter().chain(&self.sections).flatten();
                headings.into_iter().any(is_blank).then(|| "a heading in parts or sections is empty".to_owned())
            })
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TableEntry {
    kind: TableKind,
    titles: Vec<String>,
    shape: Shape,
    #[serde(default)]
    unit: Option<Unit>,
    #[serde(default)]
    words: Vec<String>,
    #[serde(default)]
    source: Option<Source>,
    #[serde(default)]
    nature: Option<Nature>,
    column: Vec<ColumnEntry>,
    #[serde(default)]
    revenue: Option<SideEntry>,
    #[serde(default)]
    expenditure: Option<SideEntry>,
    #[serde(default)]
    labels: Option<SideEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ColumnEntry {
    id: String,
    label: String,
    #[serde(default)]
    header: Vec<String>,
    #[serde(default)]
    part_of: Option<String>,
    #[serde(default)]
    source: Option<Source>,
    #[serde(default)]
    nature: Option<Nature>,
    #[serde(default)]
    economic: Option<Code>,
    #[serde(default)]
    government_economic: Option<Code>,
    #[serde(default)]
    three_public: Option<ThreePublicItem>,
    #[serde(default)]
    phase: Option<Phase>,
    #[serde(default)]
    year: Option<YearRef>,
    #[serde(default)]
    flow: Option<Flow>,
    #[serde(default = "one")]
    weight: u32,
}

fn one() -> u32 {
    1
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SideEntry {
    #[serde(default)]
    total: Option<String>,
    #[serde(default)]
    rows: Vec<RowEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RowEntry {
    level: u8,
    label: String,
    #[serde(default)]
    also: Vec<String>,
    #[serde(default)]
    source: Option<Source>,
    #[serde(default)]
    three_public: Option<ThreePublicItem>,
}

impl TableEntry {
    fn into_form(self) -> Result<TableForm, String> {
        if self.titles.is_empty() || self.titles.iter().any(|title| squeeze(title).is_empty()) {
            return Err(format!("table {} has an empty title, or none", self.kind.as_str()));
        }
        let mut words: Vec<String> = Lexicon::code_columns().to_vec();
        words.extend(self.words);
        let mut columns: Vec<Column> = Vec::with_capacity(self.column.len());
        let mut weights = Vec::with_capacity(self.column.len());
        for entry in self.column {
            if entry.id.trim().is_empty() || columns.iter().any(|column| column.id == entry.id) {
                return Err(format!(
                    "table {} has two columns of the id {:?}, or an empty id",
                    self.kind.as_str(),
                    entry.id
                ));
            }
            let part_of =
                match entry.part_of {
                    None => None,
                    Some(whole) => Some(columns.iter().position(|column| column.id == whole).ok_or_else(|| {
                        format!("column {} is part of {whole}, which does not stand before it", entry.id)
                    })? as u16),
                };
            let header = if entry.header.is_empty() { vec![entry.label.clone()] } else { entry.header };
            words.extend(header.iter().cloned());
            weights.push(entry.weight.max(1));
            let mut column = Column::new(entry.id, entry.label);
            column.header = header;
            column.part_of = part_of;
            column.dimensions = Dimensions {
                source: entry.source,
                nature: entry.nature,
                economic: entry.economic,
                government_economic: entry.government_economic,
                three_public: entry.three_public,
                phase: entry.phase,
                year: entry.year,
                flow: entry.flow,
                ..Dimensions::default()
            };
            columns.push(column);
        }
        if columns.is_empty() || columns.len() > crate::placement::MOST_COLUMNS {
            return Err(format!("table {} has {} columns", self.kind.as_str(), columns.len()));
        }
        let words: Vec<String> = words.iter().map(|word| fold(word)).collect();
        let column_words = columns.iter().filter_map(|column| column.header.last()).map(|word| fold(word)).collect();
        let revenue = self.revenue.unwrap_or(SideEntry { total: None, rows: Vec::new() });
        let rows =
            if revenue.rows.is_empty() { self.labels.map(|side| side.rows).unwrap_or_default() } else { revenue.rows };
        Ok(TableForm {
            kind: self.kind,
            titles: self.titles.iter().map(|title| squeeze(title)).collect(),
            folded_titles: self.titles.iter().map(|title| fold(title)).collect(),
            shape: self.shape,
            columns,
            weights,
            column_words,
            unit: self.unit,
            header_words: words.join("\n"),
            words,
            dimensions: Dimensions { source: self.source, nature: self.nature, ..Dimensions::default() },
            rows: rows
                .into_iter()
                .map(|row| RowForm {
                    level: row.level,
                    label: row.label.clone(),
                    labels: std::iter::once(row.label).chain(row.also).map(|label| fold(&label)).collect(),
                    dimensions: Dimensions {
                        source: row.source,
                        three_public: row.three_public,
                        ..Dimensions::default()
                    },
                })
                .collect(),
            revenue_total: revenue.total.map(|total| fold(&total)),
            expenditure_total: self.expenditure.and_then(|side| side.total).map(|total| fold(&total)),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_layouts_parse() {
        let set = LayoutSet::built_in();
        let ids: Vec<_> = set.layouts().map(|layout| layout.id.as_str()).collect();
        assert_eq!(ids, ["xinjiang-2025", "xinjiang-2024", "xinjiang-2022", "shanghai-2026", "shanghai-2026-unit"]);
    }

    #[test]
    fn a_mistake_in_a_layout_is_named_with_its_line() {
        let error = LayoutSet::empty().add("id = \"x\"\nname = \"x\"\nyears = [1, 2]\nunits = \"元\"").unwrap_err();
        assert!(error.to_string().contains("line 4"), "{error}");
    }

    #[test]
    fn a_layout_that_cannot_be_meant_is_refused_in_one_line() {
        let table = |titles: &str, columns: &str| {
            format!(
                "id = \"x\"\nname = \"x\"\nyears = [2000, 2099]\n[[table]]\nkind = \"income\"\ntitles = {titles}\n\
                 shape = \"classified\"\ncolumn = [{columns}]"
            )
        };
        let total = "{ id = \"total\", label = \"合计\" }";
        let own = "{ id = \"a\", label = \"甲\", part_of = \"a\" }";
        let circle = "{ id = \"a\", label = \"甲\", part_of = \"b\" }, { id = \"b\", label = \"乙\", part_of = \"a\" }";
        let titles = "[\"收入总表\"]";
        assert!(LayoutSet::empty().add(&table(titles, total)).is_ok());
        let twice = table(titles, total) + "\n" + table(titles, total).split_once("2099]\n").unwrap().1;
        for (toml, words) in [
            (table(titles, total).replace("[2000, 2099]", "[2099, 2000]"), "ends before it begins"),
            (table(titles, total).replace("name = \"x\"", "name = \" \""), "name is empty"),
            (table(titles, total).replace("name =", "nane ="), "line 2: unknown field"),
            (table("[\" \"]", total), "line 4: table income has an empty title"),
            (table("[]", total), "empty title"),
            (table(titles, &format!("{total}, {total}")), "two columns of the id"),
            (table(titles, own), "does not stand before it"),
            (table(titles, circle), "does not stand before it"),
            (table(titles, ""), "has 0 columns"),
            (twice, "described twice"),
            ("id = [".to_owned(), "line 1"),
        ] {
            let text = LayoutSet::empty().add(&toml).unwrap_err().to_string();
            assert!(text.contains(words), "{words}: {text}");
            assert!(!text.contains('\n') && text.chars().count() < 400, "{text}");
        }
    }
}
