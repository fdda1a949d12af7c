//! A disclosure as the text of a PDF: columns gone, long cells and lines wrapped, headers repeated.

mod columns;
mod header;
mod page;
mod performance;

use budget_model::{Code, CodeLevel, Decimal, Disclosure, Role, Row, Section, Side, Table};
use budget_parse::{Layout, Shape, TableForm};

use crate::config::{Blank, Habits};
use crate::style::Style;
use crate::tables::scope_word;
use crate::wear::WearKind;
use crate::{Books, Config};
use header::Header;
use page::{Cell, Pages};
pub(crate) use performance::{OVERALL_HEADER, PROJECT_HEADER};

/// A disclosure as the text of a PDF.
///
/// `expected` is what [`disclosure`](crate::disclosure) makes of the same books and configuration; tables that are not in
/// the layout of the configuration are left out.
///
/// ```
/// use budget_testkit::{Books, Config, disclosure, text};
///
/// let config = Config::default();
/// let books = Books::random(7, &config);
/// let text = text(&disclosure(&books, &config), &books, &config);
/// assert!(text.contains("部门支出总体情况表"));
/// ```
#[must_use]
pub fn text(expected: &Disclosure, books: &Books, config: &Config) -> String {
    let mut pages = Pages::new(&config.habits);
    if expected.sections.is_empty() {
        pages.line(&format!("{}{}年{}预算", books.department, books.year, scope_word(config.scope)));
        write_tables(&mut pages, expected, config);
    }
    let style = Style::of(config);
    let contents = style.contents();
    if !expected.sections.is_empty() && !contents.is_empty() {
        for line in std::iter::once("目 录").chain(contents.iter().map(String::as_str)) {
            pages.line(line);
        }
    }
    for section in &expected.sections {
        write_section(&mut pages, section, config);
        if section.path == style.part_before_tables() {
            write_tables(&mut pages, expected, config);
        } else if section.heading.text == TARGETS {
            performance::write(&mut pages, &expected.performance, books, config);
        }
    }
    if let Some(sign_off) = &expected.sign_off {
        for label in sign_off.name.iter().chain(&sign_off.date) {
            pages.line(&airy(&label.text));
        }
    }
    let text = pages.finish();
    config.wear.map_or_else(|| text.clone(), |wear| wear.of_text(&text))
}

/// The section that the performance tables stand in.
const TARGETS: &str = "预算绩效情况";

/// A heading and what stands below it. A part begins a page.
fn write_section(pages: &mut Pages<'_>, section: &Section, config: &Config) {
    if !section.path.contains('.') && !pages.is_empty() {
        pages.end_page();
    }
    pages.paragraph(&airy(&Style::of(config).heading(section)), config.habits.text_width);
    for paragraph in &section.paragraphs {
        pages.paragraph(&airy(&paragraph.text), config.habits.text_width);
    }
}

/// `预算10.00万元` → `预算 10.00万元`, as digits are set among characters.
fn airy(text: &str) -> String {
    let mut airy = String::with_capacity(text.len() + 16);
    let mut last = ' ';
    for character in text.chars() {
        if character.is_ascii_digit() && ('\u{4e00}'..='\u{9fff}').contains(&last) {
            airy.push(' ');
        }
        airy.push(character);
        last = character;
    }
    airy
}

fn write_tables(pages: &mut Pages<'_>, expected: &Disclosure, config: &Config) {
    let Some(layout) = config.form() else { return };
    for table in &expected.tables {
        write_table(pages, table, &layout, config);
    }
}

fn write_table(pages: &mut Pages<'_>, table: &Table, layout: &Layout, config: &Config) {
    let Some(form) = layout.table(table.kind) else { return };
    let style = Style::of(config);
    let keeps_columns = config.wear.is_some_and(|wear| wear.kind == WearKind::Columns);
    let compiler = table.compiler.as_ref().map_or("", |compiler| &compiler.text);
    let gap = if keeps_columns { "                                                  " } else { " " };
    let caption = format!("{}：{compiler}{gap}单位：{}", style.compiler(), table.unit);
    pages.end_page();
    if let Some(number) = &table.number {
        pages.line(&number.text.replace('表', "表 "));
    }
    pages.line(&table.title.text);
    pages.line(&caption);
    let header = Header { form, scope: config.scope, habits: &config.habits };
    if keeps_columns {
        for line in columns::lines(table, &header.words(), &config.habits) {
            pages.line(&line);
        }
        return end_table(pages, table);
    }
    header.write(pages, false);
    let body = Body { table, form, habits: &config.habits };
    let rows = if form.shape == Shape::TwoSided { body.two_sided() } else { body.rows() };
    for cells in rows {
        if pages.is_full() {
            pages.end_page();
            pages.line(&caption);
            header.write(pages, true);
        }
        pages.row(&cells);
    }
    end_table(pages, table);
}

/// The sentences below a table.
fn end_table(pages: &mut Pages<'_>, table: &Table) {
    for sentence in table.declared_empty.iter().chain(&table.notes) {
        pages.paragraph(&sentence.text, Some(40));
    }
}

/// The rows of a table as cells in the order of print.
struct Body<'t> {
    table: &'t Table,
    form: &'t TableForm,
    habits: &'t Habits,
}

impl Body<'_> {
    fn rows(&self) -> Vec<Vec<Cell>> {
        self.table.rows.iter().map(|row| self.row(row)).filter(|cells| !cells.is_empty()).collect()
    }

    fn row(&self, row: &Row) -> Vec<Cell> {
        let width = self.habits.name_width;
        let mut cells = Vec::new();
        cells.extend(row.code.map(|code| Cell::whole(code_columns(code))));
        if !row.label.text.is_empty() {
            let indent = match (row.code.map(Code::level), row.role) {
                (Some(CodeLevel::Group), _) => "  ",
                (Some(CodeLevel::Item), _) => "    ",
                _ => "",
            };
            cells.push(Cell::wrapped(&row.label.text, width).indented(indent));
        }
        cells.extend(row.project.as_ref().map(|project| Cell::wrapped(&project.text, width)));
        let width = self.habits.figure_width.filter(|_| self.form.shape == Shape::Projects);
        cells.extend(self.figures(row, self.table.columns.len()).map(|figure| Cell::wrapped(&figure, width)));
        cells
    }

    /// Revenue and expenditure row by row next to each other, the totals in the last row.
    fn two_sided(&self) -> Vec<Vec<Cell>> {
        let side = |side| self.table.rows.iter().filter(move |row| row.side == Some(side));
        let (totals, revenue): (Vec<_>, Vec<_>) = side(Side::Revenue).partition(|row| row.role == Role::Total);
        let (more, expenditure): (Vec<_>, Vec<_>) = side(Side::Expenditure).partition(|row| row.role == Role::Total);
        let lines = revenue.len().max(expenditure.len());
        let pairs = (0..lines).map(|line| (revenue.get(line).copied(), expenditure.get(line).copied()));
        pairs
            .chain([(totals.first().copied(), more.first().copied())])
            .map(|(revenue, expenditure)| {
                let mut cells = Vec::new();
                for (row, columns) in [(revenue, 1), (expenditure, self.table.columns.len())] {
                    let Some(row) = row else { continue };
                    cells.extend(row.code.map(|code| Cell::whole(code.to_string())));
                    cells.push(Cell::whole(match row.role {
                        Role::Total => spaced(&row.label.text),
                        _ => row.label.text.clone(),
                    }));
                    cells.extend(self.figures(row, columns).map(Cell::whole));
                }
                cells
            })
            .collect()
    }

    /// The printed figures of a row, blanks as the habits have them.
    fn figures<'r>(&'r self, row: &'r Row, columns: usize) -> impl Iterator<Item = String> + 'r {
        // A table without any money has no dashes either: it says in words that it is empty.
        let dashes = self.habits.blank == Blank::Dash && self.table.declared_empty.is_none();
        (0..columns as u16).filter_map(move |column| match row.cell(column) {
            Some(cell) => Some(figure(cell.amount.value, self.habits.separators)),
            None => dashes.then(|| "-".to_owned()),
        })
    }
}

/// `收入总计` → `收 入 总 计`, as totals are often set.
fn spaced(text: &str) -> String {
    text.chars().map(String::from).collect::<Vec<_>>().join(" ")
}

/// `2050302` → `205 03 02`: 类, 款 and 项 stand in columns of their own.
pub(crate) fn code_columns(code: Code) -> String {
    let digits = code.to_string();
    let split = |at: usize| digits.get(at..at + 2).unwrap_or_default().to_owned();
    let class = digits.get(..3).unwrap_or_default().to_owned();
    match code.level() {
        CodeLevel::Class => class,
        CodeLevel::Group => [class, split(3)].join(" "),
        CodeLevel::Item => [class, split(3), split(5)].join(" "),
    }
}

/// `1234.50` → `1,234.50`
pub(crate) fn figure(value: Decimal, separators: bool) -> String {
    let plain = value.to_string();
    if !separators {
        return plain;
    }
    let (whole, decimals) = plain.split_once('.').map_or((plain.as_str(), None), |(whole, rest)| (whole, Some(rest)));
    let mut text = String::new();
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index) % 3 == 0 {
            text.push(',');
        }
        text.push(digit);
    }
    decimals.map_or(text.clone(), |decimals| format!("{text}.{decimals}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn separators_stand_between_groups_of_three_digits() {
        let show = |text: &str| figure(text.parse().unwrap(), true);
        assert_eq!(show("0.00"), "0.00");
        assert_eq!(show("999.10"), "999.10");
        assert_eq!(show("1234567.89"), "1,234,567.89");
        assert_eq!(show("100000"), "100,000");
    }

    #[test]
    fn a_code_is_printed_in_columns() {
        let show = |number| code_columns(Code::from_number(number).unwrap());
        assert_eq!([205, 20503, 2050302].map(show), ["205", "205 03", "205 03 02"]);
    }
}
