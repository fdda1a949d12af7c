//! A table as a text whose columns are kept by blanks: every word and figure stands where it stands on the page.

use budget_model::{Role, Row, Side, Table};

use super::{code_columns, figure, spaced};
use crate::config::{Blank, Habits};

/// Width of a column of figures, in half-width characters.
const FIGURE: usize = 18;

/// Width of a column of codes.
const CODE: usize = 6;

/// The gap behind a name.
const GAP: usize = 3;

/// A line that is being set.
#[derive(Default)]
struct Set {
    text: String,
    width: usize,
}

impl Set {
    /// A text from a position on; at least one blank behind what stands there already.
    fn at(&mut self, position: usize, text: &str) {
        if text.is_empty() {
            return;
        }
        let blanks = position.saturating_sub(self.width).max(usize::from(self.width > 0));
        self.text.extend(std::iter::repeat_n(' ', blanks));
        self.text.push_str(text);
        self.width += blanks + width(text);
    }

    /// A text that ends at a position.
    fn until(&mut self, position: usize, text: &str) {
        self.at(position.saturating_sub(width(text)), text);
    }
}

/// Width in half-width characters.
fn width(text: &str) -> usize {
    text.chars().map(|character| if character.is_ascii() { 1 } else { 2 }).sum()
}

/// One block of columns: codes, names, projects and figures; a table with two sides has two.
struct Block<'t> {
    rows: Vec<&'t Row>,
    left: usize,
    codes: usize,
    name: usize,
    project: usize,
    columns: usize,
}

impl<'t> Block<'t> {
    fn of(table: &'t Table, side: Option<Side>, left: usize) -> Self {
        let rows: Vec<&Row> = table.rows.iter().filter(|row| row.side == side).collect();
        let widest = |text: fn(&Row) -> &str| rows.iter().map(|row| width(text(row))).max().unwrap_or(0);
        let has_codes = rows.iter().any(|row| row.code.is_some());
        // Room for the indentation and for the words of the header.
        let name = widest(|row| &row.label.text).max(12) + 6 + GAP;
        let project = widest(|row| row.project.as_ref().map_or("", |label| &label.text));
        let columns = if side == Some(Side::Revenue) { 1 } else { table.columns.len() };
        let project = if project > 0 { project + GAP } else { 0 };
        Self { left, codes: if has_codes { 3 } else { 0 }, name, project, columns, rows }
    }

    fn first_figure(&self) -> usize {
        self.left + self.codes * CODE + self.name + self.project
    }

    /// The right edge of a column of figures.
    fn edge(&self, column: usize) -> usize {
        self.first_figure() + (column + 1) * FIGURE
    }

    /// The row in a line of the table; the total, which is last, stands in the last line.
    fn row(&self, line: usize, lines: usize) -> Option<&'t Row> {
        let last = self.rows.len().checked_sub(1)?;
        let index = if line + 1 == lines { last } else { line };
        self.rows.get(index).copied().filter(|_| line + 1 == lines || index < last || self.rows.len() == lines)
    }

    fn put(&self, set: &mut Set, row: &Row, table: &Table, habits: &Habits) {
        let mut indent = "";
        if let Some(code) = row.code {
            for (column, part) in code_columns(code).split(' ').enumerate() {
                set.at(self.left + column * CODE, part);
                indent = ["", "  ", "    "].get(column).copied().unwrap_or_default();
            }
        }
        let name = self.left + self.codes * CODE;
        let label = match row.side {
            Some(_) if row.role == Role::Total => spaced(&row.label.text),
            _ => row.label.text.clone(),
        };
        set.at(name + indent.len(), &label);
        set.at(name + self.name, row.project.as_ref().map_or("", |project| &project.text));
        let dashes = habits.blank == Blank::Dash && table.declared_empty.is_none();
        for column in 0..self.columns {
            match row.cell(column as u16) {
                Some(cell) => set.until(self.edge(column), &figure(cell.amount.value, habits.separators)),
                None if dashes => set.until(self.edge(column), "-"),
                None => {}
            }
        }
    }

    /// One level of the header, counted from the bottom; a word above several columns stands over their middle.
    fn header(&self, set: &mut Set, level: usize, depth: usize, words: &Words, table: &Table) {
        if level == 0 {
            let name = self.left + self.codes * CODE;
            if self.codes > 0 {
                for (column, word) in ["类", "款", "项"].into_iter().enumerate() {
                    set.at(self.left + column * CODE, word);
                }
            }
            set.at(name + 2, words.name);
            set.at(name + self.name + 2, if self.project > 0 { "项目名称" } else { "" });
        } else if level + 1 == depth && self.codes > 0 {
            set.at(self.left, words.code);
        }
        if self.columns == 1 && level == 0 {
            return set.until(self.edge(0), words.only);
        }
        let word = |column: usize| -> Option<&str> {
            let column = table.columns.get(column)?;
            match column.header.len().max(1).checked_sub(level + 1)? {
                0 if column.header.is_empty() => Some(&column.label),
                at => column.header.get(at).map(String::as_str),
            }
        };
        let mut column = 0;
        while column < self.columns {
            let same =
                (column..self.columns).take_while(|other| level > 0 && word(*other) == word(column)).count().max(1);
            if let Some(word) = word(column) {
                let (left, right) = (self.edge(column) - FIGURE, self.edge(column + same - 1));
                match same {
                    1 => set.until(right, word),
                    _ => set.at((left + right).saturating_sub(width(word)) / 2, word),
                }
            }
            column += same;
        }
    }
}

/// The words of a header that are no columns of figures.
pub(super) struct Words {
    /// Above the codes.
    pub(super) code: &'static str,
    /// Above the names.
    pub(super) name: &'static str,
    /// Above the only column of a side.
    pub(super) only: &'static str,
}

/// The lines of a table, its header first.
pub(super) fn lines(table: &Table, words: &Words, habits: &Habits) -> Vec<String> {
    let is_two_sided = table.rows.iter().any(|row| row.side.is_some());
    let mut blocks = Vec::new();
    if is_two_sided {
        let revenue = Block::of(table, Some(Side::Revenue), 0);
        let left = revenue.edge(0) + GAP;
        blocks = vec![revenue, Block::of(table, Some(Side::Expenditure), left)];
    } else {
        blocks.push(Block::of(table, None, 0));
    }
    let depth = table.columns.iter().map(|column| column.header.len().max(1)).max().unwrap_or(1);
    let depth = depth.max(if blocks.iter().any(|block| block.codes > 0) { 2 } else { 1 });
    let mut lines = Vec::new();
    let mut line = |put: &mut dyn FnMut(&mut Set)| {
        let mut set = Set::default();
        put(&mut set);
        if !set.text.is_empty() {
            lines.push(set.text);
        }
    };
    if let [revenue, expenditure] = blocks.as_slice() {
        line(&mut |set| {
            set.at(revenue.left + 16, "收  入");
            set.at(expenditure.left + 16, "支  出");
        });
    }
    for level in (0..depth).rev() {
        line(&mut |set| blocks.iter().for_each(|block| block.header(set, level, depth, words, table)));
    }
    let height = blocks.iter().map(|block| block.rows.len()).max().unwrap_or(0);
    for index in 0..height {
        line(&mut |set| {
            for block in &blocks {
                if let Some(row) = block.row(index, height) {
                    block.put(set, row, table, habits);
                }
            }
        });
    }
    lines
}
