//! From a draft to a table of the model: its columns under their names, its rows in their roles.

use std::collections::{HashMap, HashSet};

use budget_model::{
    Amount, Aspect, Cell, Code, Column, Doubts, Label, Place, Placement, Role, Row, RowText, Side, Source, Table,
    TableKind, TextColumn, Unit, Unread,
};

use super::body::PrintedRow;
use super::caption::{self, Caption};
use super::code;
use super::draft::Draft;
use super::fragments;
use super::header::{Content, Header};
use super::meaning::{self, Words};
use super::naming::{self, Naming};
use crate::layout::{Shape, TableForm};
use crate::lexicon::{Lexicon, NameOf, Title, units};
use crate::text::fold;

/// A table, and what only all tables together settle.
pub(super) struct Made<'l> {
    pub(super) table: Table,
    pub(super) form: Option<&'l TableForm>,
    /// Whether the reader of the format knew how its numbers are shown.
    pub(super) shows_decimals: bool,
    /// What the first column of names names.
    pub(super) names: Option<NameOf>,
    /// The part of the table that each column, and each row, belongs to: sums never reach over two of them.
    pub(super) panels: (Vec<u8>, Vec<u8>),
    /// Whether blanks keep its columns; what its title says.
    pub(super) is_set_by_blanks: bool,
    pub(super) words: Option<Title>,
}

/// Makes the table of a draft. `usual` is the unit of the layout, for a table that prints none.
pub(super) fn make<'l>(draft: Draft, naming: Option<&Naming<'l>>, usual: &Unit, year: Option<u16>) -> Made<'l> {
    let Draft { title, mut caption, header, rows, declared_empty, notes, joins, shows_decimals, is_hidden, .. } = draft;
    let is_set_by_blanks = draft.is_set_by_blanks;
    if let Some(title) = &title {
        caption.complete(caption::of_title(title));
    }
    caption.unit = caption.unit.or_else(|| unit_of(&header));
    let form = naming.map(|naming| naming.form);
    let place = first_place(&header, &rows);
    let title = title.unwrap_or_else(|| {
        let name = form.and_then(|form| form.titles.first().cloned()).unwrap_or_default();
        Label::new(name, place)
    });
    let words = meaning::title(&title.text, year);
    let rows = if is_set_by_blanks { fragments::join(rows, words.as_ref()) } else { rows };
    let sides = match (naming, figure_panels(&header)) {
        (Some(naming), _) => naming.sides.clone(),
        (None, panels) if panels.len() > 1 => naming::sides(&header),
        _ => HashMap::new(),
    };
    let named = match naming {
        Some(naming) => {
            Columns { columns: naming.form.columns.clone(), of: naming.columns.clone(), panels: Vec::new() }
        }
        None => printed_columns(&header, &sides, words.as_ref()),
    };
    let project = project_column(&header, form);
    let (text_columns, texts) = text_columns(&header, project);
    let assumed = form.and_then(|form| form.unit.clone()).unwrap_or_else(|| usual.clone());
    let Caption { number, compiler, unit } = caption;
    let (unit, unit_place) = unit.map_or((assumed, None), |(unit, place)| (unit, Some(place)));
    let mut table = Table::new(kind(form, words.as_ref()), title);
    table.number = number;
    table.compiler = compiler;
    table.unit = unit;
    table.unit_place = unit_place;
    table.dimensions = match (form, &words) {
        (Some(form), _) => form.dimensions,
        (None, Some(words)) => words.dimensions,
        (None, None) => table.dimensions,
    };
    table.columns = named.columns;
    table.text_columns = text_columns;
    table.declared_empty = declared_empty;
    table.notes = notes;
    table.joins = joins;
    if is_hidden {
        table.doubts.add(Aspect::Table);
    }
    let of_words = Words::read(&header, words.as_ref(), &sides);
    let has_codes = rows.iter().any(|row| row.code.is_some());
    let named_by = naming_columns(&rows);
    let mut made: Vec<(u8, Row)> = Vec::with_capacity(rows.len());
    for row in rows {
        let side = sides.get(&row.panel).copied();
        let panel = row.panel;
        let maker = RowMaker {
            form,
            side,
            has_codes,
            columns: &named.of,
            texts: &texts,
            project,
            words: &of_words,
            table: &table,
        };
        made.push((panel, maker.make(row)));
    }
    // The rows of the revenue side first.
    made.sort_by_key(|(panel, row)| (row.side == Some(Side::Expenditure), *panel));
    let (panels, rows): (Vec<u8>, Vec<Row>) = made.into_iter().unzip();
    table.rows = rows;
    if form.is_none() {
        table.classification = meaning::classification(&table);
        let names = |panel: u8| {
            let of_panel = || header.columns.iter().enumerate().filter(|(_, column)| column.panel == panel);
            // 单位代码 stands beside 单位名称（科目）, whose names may be those of classes.
            let named = |is_code: bool| {
                let columns =
                    of_panel().filter(|(_, column)| matches!(column.content, Content::Code { .. }) == is_code);
                columns.filter_map(|(index, _)| of_words.of(index)).next()
            };
            named_by
                .get(&panel)
                .and_then(|column| of_words.of(*column))
                .or_else(|| named(false))
                .or_else(|| named(true))
                .unwrap_or(NameOf::Any)
        };
        let unit_codes: Vec<u16> =
            texts.iter().filter(|(index, _)| of_words.are_unit_codes(**index)).map(|(_, text)| *text).collect();
        let is_of_unit = |row: &Row| row.texts.iter().any(|text| unit_codes.contains(&text.column));
        meaning::rows(&mut table, words.as_ref(), &panels, names, is_of_unit);
    }
    if words.is_none() && form.is_none() {
        table.kind = TableKind::Other;
    }
    let names = (0..header.columns.len()).find_map(|index| of_words.of(index));
    Made { table, form, shows_decimals, names, panels: (named.panels, panels), is_set_by_blanks, words }
}

/// The column that names the rows without a code, by panel: that of most of them.
fn naming_columns(rows: &[PrintedRow]) -> HashMap<u8, usize> {
    let mut counts: HashMap<(u8, usize), usize> = HashMap::new();
    for row in rows.iter().filter(|row| row.code.is_none()) {
        let Some(column) = row.label_column else { continue };
        let is_total = row.label.as_ref().is_some_and(|label| Lexicon::is_total(&label.text));
        if !is_total {
            *counts.entry((row.panel, column)).or_default() += 1;
        }
    }
    let mut most: HashMap<u8, (usize, usize)> = HashMap::new();
    for ((panel, column), count) in counts {
        let best = most.entry(panel).or_insert((column, count));
        if (count, std::cmp::Reverse(column)) > (best.1, std::cmp::Reverse(best.0)) {
            *best = (column, count);
        }
    }
    most.into_iter().map(|(panel, (column, _))| (panel, column)).collect()
}

fn kind(form: Option<&TableForm>, words: Option<&Title>) -> TableKind {
    form.map(|form| form.kind).or(words.map(|words| words.kind)).unwrap_or(TableKind::Other)
}

fn first_place(header: &Header, rows: &[PrintedRow]) -> Place {
    let of_header = header.columns.iter().flat_map(|column| &column.path).map(|label| label.place).next();
    of_header.or(rows.first().map(|row| row.place)).unwrap_or(Place::Cell { sheet: 0, row: 1, column: 1 })
}

/// A unit in the header words: 预算数（万元）
fn unit_of(header: &Header) -> Option<(Unit, Place)> {
    header.columns.iter().flat_map(|column| &column.path).find_map(|label| {
        let at = label.text.find(['(', '（'])?;
        let phrase = units::find(label.text.get(at..)?)?;
        Some((phrase.unit, label.place))
    })
}

fn figure_panels(header: &Header) -> Vec<u8> {
    (0..header.panels())
        .filter(|panel| header.of_panel(*panel).any(|column| column.content == Content::Figures))
        .collect()
}

/// The columns of a table, and which of them each printed column is.
struct Columns {
    columns: Vec<Column>,
    of: HashMap<usize, u16>,
    /// The part of the table that each column belongs to.
    panels: Vec<u8>,
}

/// The columns as they are printed. Both sides of a table share those of the same words.
fn printed_columns(header: &Header, sides: &HashMap<u8, Side>, words: Option<&Title>) -> Columns {
    let mut columns: Vec<Column> = Vec::new();
    let mut of = HashMap::new();
    // The sides that have a column already.
    let mut used: HashSet<(usize, Option<Side>)> = HashSet::new();
    let mut own: Vec<Vec<String>> = Vec::new();
    let mut panels: Vec<u8> = Vec::new();
    for (index, column) in header.columns.iter().enumerate().filter(|(_, column)| column.content == Content::Figures) {
        let side = sides.get(&column.panel).copied();
        let mut path: Vec<String> = column.path.iter().map(|label| label.text.clone()).collect();
        // 收入 / 预算数 and 支出 / 预算数 are one column of two sides.
        let is_side = |word: &String| side.is_some() && Lexicon::leaf(&fold(word)).is_side();
        if path.len() > 1 && path.first().is_some_and(is_side) {
            path.remove(0);
        }
        // Words that may be those of a neighbour mean nothing here.
        let mut made = meaning::column(&path, words.filter(|_| !column.is_mixed), side);
        // 财政拨款收入 / 合计 and 财政拨款支出 / 合计 are one column as well: nothing but the side tells them apart. 收入 / 金额
        // and 支出 / 功能分类 / 金额 are two.
        let is_same = |(other, words): (&Column, &Vec<String>)| {
            !made.id.is_empty()
                && (&other.id, &other.dimensions) == (&made.id, &made.dimensions)
                && words.len() == path.len()
        };
        let is_free = |at: &usize| side.is_some() && !used.contains(&(*at, side));
        let shared = own.iter().position(|other| *other == path).filter(is_free);
        let shared = shared.or_else(|| columns.iter().zip(&own).position(is_same).filter(is_free));
        let at = match shared {
            Some(at) => {
                // The side that divides it has its parts.
                if let (Some(panel), Some(shared), Some(own)) =
                    (panels.get_mut(at), columns.get_mut(at), own.get_mut(at))
                {
                    *panel = column.panel;
                    if side == Some(Side::Expenditure) {
                        made.id = std::mem::take(&mut shared.id);
                        *shared = made;
                        *own = path;
                    }
                }
                at
            }
            None => {
                columns.push(made);
                own.push(path);
                panels.push(column.panel);
                columns.len() - 1
            }
        };
        used.insert((at, side));
        of.insert(index, at as u16);
    }
    if sides.is_empty() {
        meaning::beside(&mut columns, &own, words);
    }
    beside_transfers(&mut columns, &own);
    label_uniquely(&mut columns, &own);
    id_uniquely(&mut columns, &panels);
    Columns { columns, of, panels }
}

/// 一般公共预算 beside 上级一般公共预算安排的转移支付 is the part of it that is no transfer.
fn beside_transfers(columns: &mut [Column], paths: &[Vec<String>]) {
    const OWN: [(Source, Source, Source); 3] = [
        (Source::GeneralPublicBudget, Source::GeneralPublicBudgetTransfer, Source::GeneralPublicBudgetOwn),
        (Source::GovernmentFund, Source::GovernmentFundTransfer, Source::GovernmentFundOwn),
        (Source::StateCapital, Source::StateCapitalTransfer, Source::StateCapitalOwn),
    ];
    let above = |path: &Vec<String>| path.get(..path.len().saturating_sub(1)).map(<[String]>::to_vec);
    let transfers: Vec<(Option<Vec<String>>, budget_model::Dimensions)> =
        paths.iter().zip(columns.iter()).map(|(path, column)| (above(path), column.dimensions)).collect();
    for (column, path) in columns.iter_mut().zip(paths) {
        let Some((whole, transfer, own)) = OWN.into_iter().find(|(whole, ..)| column.dimensions.source == Some(*whole))
        else {
            continue;
        };
        let beside = budget_model::Dimensions { source: Some(transfer), ..column.dimensions };
        let is_of_which = path.last().is_some_and(|word| Lexicon::is_of_which(word));
        if !is_of_which && transfers.contains(&(above(path), beside)) {
            column.dimensions.source = Some(own);
            column.id = column.id.replacen(whole_word(whole), whole_word(own), 1);
        }
    }
}

/// The word that ids have for a source with transfers.
fn whole_word(source: Source) -> &'static str {
    match source {
        Source::GeneralPublicBudgetOwn => "general-public-budget-own",
        Source::GovernmentFund => "government-fund",
        Source::GovernmentFundOwn => "government-fund-own",
        Source::StateCapital => "state-capital",
        Source::StateCapitalOwn => "state-capital-own",
        _ => "general-public-budget",
    }
}

/// Gives every column a label that no other one has: its lowest words, with as many of those above as it takes.
fn label_uniquely(columns: &mut [Column], paths: &[Vec<String>]) {
    let shown =
        |path: &[String], levels: usize| path.get(path.len().saturating_sub(levels)..).unwrap_or_default().join("/");
    for levels in 1..=8 {
        let labels: Vec<String> = columns.iter().map(|column| column.label.clone()).collect();
        let mut counts: HashMap<&str, usize> = HashMap::new();
        labels.iter().for_each(|label| *counts.entry(label).or_default() += 1);
        for ((column, path), label) in columns.iter_mut().zip(paths).zip(&labels) {
            if label.is_empty() || (counts.get(label.as_str()).is_some_and(|count| *count > 1) && levels > 1) {
                column.label = shown(path, levels);
            }
        }
    }
    let mut seen: HashSet<String> = HashSet::new();
    for (index, column) in columns.iter_mut().enumerate() {
        if column.label.is_empty() {
            column.label = format!("第{}栏", index + 1);
        }
        let mut label = column.label.clone();
        let mut number = 2;
        while !seen.insert(label.clone()) {
            label = format!("{}（{number}）", column.label);
            number += 1;
        }
        column.label = label;
    }
}

/// Gives every column an id that no other one has. The same words in two panels (功能分类 / 金额, 支出用途 / 金额) head the same
/// money, divided in two ways; in one panel they say too little of both columns.
fn id_uniquely(columns: &mut [Column], panels: &[u8]) {
    let mut ids: HashMap<String, (u8, usize)> = HashMap::new();
    for (column, panel) in columns.iter_mut().zip(panels).filter(|(column, _)| !column.id.is_empty()) {
        let Some((first, count)) = ids.get_mut(&column.id) else {
            ids.insert(column.id.clone(), (*panel, 1));
            continue;
        };
        if first == panel {
            *column = Column::unknown(column.label.clone(), column.header.clone());
        } else {
            *first = *panel;
            *count += 1;
            column.id = format!("{}-{count}", column.id);
        }
    }
}

/// The column of project names beside codes and names of functions.
fn project_column(header: &Header, form: Option<&TableForm>) -> Option<usize> {
    let is_projects = form.is_some_and(|form| form.shape == Shape::Projects);
    let has_names = header.columns.iter().any(|column| matches!(column.content, Content::Code { .. }));
    if form.is_some() && !is_projects {
        return None;
    }
    header.columns.iter().position(|column| {
        column.content == Content::Text && has_names && Lexicon::leaf(&column.leaf()).heads_projects(is_projects)
    })
}

/// The columns of words beside codes, names and projects, and their index by that of the printed column.
fn text_columns(header: &Header, project: Option<usize>) -> (Vec<TextColumn>, HashMap<usize, u16>) {
    let mut columns = Vec::new();
    let mut of = HashMap::new();
    for (index, column) in header.columns.iter().enumerate() {
        if matches!(column.content, Content::Text | Content::Code { .. }) && Some(index) != project {
            of.insert(index, columns.len() as u16);
            columns.push(TextColumn::new(column.path.iter().map(|label| label.text.clone()).collect()));
        }
    }
    (columns, of)
}

struct RowMaker<'a> {
    form: Option<&'a TableForm>,
    side: Option<Side>,
    has_codes: bool,
    columns: &'a HashMap<usize, u16>,
    texts: &'a HashMap<usize, u16>,
    project: Option<usize>,
    words: &'a Words,
    table: &'a Table,
}

impl RowMaker<'_> {
    fn make(&self, printed: PrintedRow) -> Row {
        let mut texts = printed.texts;
        let project = self.project.and_then(|project| texts.iter().position(|(index, _)| *index == project));
        let project = project.map(|at| texts.remove(at).1);
        let label = printed.label.unwrap_or_else(|| Label::new("", printed.place));
        let is_listed = self.form.is_some_and(|form| matches!(form.shape, Shape::Listed | Shape::Labelled));
        // 2013801-行政运行, [2013801]行政运行
        let (code, label) = match code::leading(&label.text).filter(|_| printed.code.is_none() && !is_listed) {
            Some((code, name)) if self.may_be_code(code) => (Some(code), Label::new(name, label.place)),
            _ => (printed.code, label),
        };
        let code = code.filter(|_| !self.words.codes_are_of_units);
        let role = self.role(code, &label);
        let mut row = Row::new(role, label);
        row.side = self.side;
        row.code = code;
        row.project = project;
        for (index, text) in &texts {
            self.words.fix(&mut row, *index, text);
        }
        row.texts = texts
            .into_iter()
            .filter_map(|(index, label)| Some(RowText::new(*self.texts.get(&index)?, label)))
            .collect();
        row.doubts = printed.doubts;
        for figure in printed.figures {
            let Some(column) = self.columns.get(&figure.column).copied() else { continue };
            let mut doubts = figure.doubts;
            let named = figure.note.as_deref().map(|note| self.noted(note, column));
            let (candidates, noted) = named.unwrap_or_default();
            doubts |= noted;
            // 408.04元 in a table in 万元 is not what it should be, whichever of both is.
            if figure.unit.as_ref().is_some_and(|unit| *unit != self.table.unit && *unit != Unit::Percent) {
                doubts.add(Aspect::Value);
            }
            let placement = candidates.map_or(Placement::Printed, |candidates| Placement::Ambiguous { candidates });
            let amount: Amount = figure.amount;
            let mut cell = Cell::new(column, amount, placement);
            cell.doubts = doubts;
            row.cells.push(cell);
        }
        for (index, label) in printed.unread {
            let column = self.columns.get(&index).copied();
            row.unread.push(Unread::new(column, label.text, label.place));
        }
        row
    }

    /// Whether a number in front of a name is a code of a classification: 2025年 and 125001 are none.
    fn may_be_code(&self, code: Code) -> bool {
        matches!(code.class().number(), 201..=239 | 301..=399 | 501..=599)
            && self.form.is_none_or(|form| form.shape != Shape::SingleRow)
    }

    fn role(&self, code: Option<Code>, label: &Label) -> Role {
        let folded = fold(&label.text);
        let is_form_total = self.form.is_some_and(|form| {
            let (total, other) = match self.side {
                Some(Side::Expenditure) => (&form.expenditure_total, &form.revenue_total),
                _ => (&form.revenue_total, &form.expenditure_total),
            };
            let is = |total: &Option<String>| total.as_ref() == Some(&folded);
            is(total)
                || (total.is_none() && Lexicon::is_total_of_table(&folded))
                || (is(other) && Lexicon::is_total_of_table(&folded))
        });
        let total = match self.form.map(|form| form.shape) {
            Some(Shape::TwoSided) => is_form_total,
            Some(Shape::SingleRow) => code.is_none(),
            _ => code.is_none() && Lexicon::is_total_of_table(&folded),
        };
        match (code, self.form.map(|form| form.shape)) {
            _ if total => Role::Total,
            (Some(code), _) => Role::from(code.level()),
            (None, Some(Shape::Classified | Shape::Projects)) => Role::Unit,
            (None, None) if self.has_codes && self.side.is_none() => Role::Unit,
            (None, _) => Role::Label,
        }
    }

    /// What the comment on a figure says, as the workbook export of this project writes it: the columns that are possible,
    /// and what else is in doubt.
    fn noted(&self, note: &str, column: u16) -> (Option<Vec<u16>>, Doubts) {
        // On a line of its own; results of a check, which may follow, quote anything.
        let line = |front: &str| note.lines().find_map(|line| line.trim().strip_prefix(front));
        let index = |label: &str| {
            let columns = &self.table.columns;
            columns.iter().position(|column| fold(&column.label) == fold(label)).map(|index| index as u16)
        };
        let candidates: Option<Vec<u16>> =
            line("此数归栏不确定，可能的栏目：").and_then(|labels| labels.split('、').map(index).collect());
        let names = line("此数存疑：");
        let is_named = |aspect: &Aspect| {
            names.into_iter().flat_map(|names| names.split('、')).any(|name| name == aspect.chinese())
        };
        let doubts =
            Aspect::ALL.into_iter().filter(is_named).fold(Doubts::NONE, |doubts, aspect| doubts | Doubts::of(aspect));
        (candidates.filter(|candidates| candidates.contains(&column)), doubts)
    }
}
