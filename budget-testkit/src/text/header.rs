//! The header of a table, in the order in which it is extracted.

use budget_model::{Column, Scope, TableKind};
use budget_parse::text::fold;
use budget_parse::{Shape, TableForm};

use super::columns::Words;
use super::page::{Cell, Pages};
use crate::config::Habits;

/// Characters in a line of a header cell, where cells are wrapped.
const WIDTH: usize = 5;

/// The header of a form.
pub(super) struct Header<'h> {
    pub(super) form: &'h TableForm,
    pub(super) scope: Scope,
    pub(super) habits: &'h Habits,
}

impl Header<'_> {
    /// Writes the header; `again` behind a page break.
    pub(super) fn write(&self, pages: &mut Pages<'_>, again: bool) {
        match self.form.shape {
            Shape::TwoSided => self.two_sided(pages),
            Shape::Classified | Shape::Projects if again && self.habits.merged_labels_move => self.moved(pages),
            Shape::Classified | Shape::Projects => self.classified(pages),
            Shape::Labelled => {
                pages.cells(&self.cells(["“三公”经费支出内容"]));
                self.columns(pages);
            }
            Shape::Listed => {
                pages.cells(&self.cells(["项目"]));
                self.columns(pages);
            }
            Shape::SingleRow => self.columns(pages),
        }
        if self.habits.number_row && self.form.shape != Shape::TwoSided && self.form.shape != Shape::SingleRow {
            self.numbers(pages);
        }
    }

    fn cells<'w>(&self, words: impl IntoIterator<Item = &'w str>) -> Vec<Cell> {
        let width = self.habits.name_width.map(|_| WIDTH);
        words.into_iter().map(|word| Cell::wrapped(word, width)).collect()
    }

    /// The first of these words that the form has in its header.
    fn word(&self, words: &[&'static str]) -> Option<&'static str> {
        words.iter().copied().find(|word| self.form.words.contains(&fold(word)))
    }

    fn leaf(column: &Column) -> &str {
        column.header.last().map_or(&column.label, |word| word)
    }

    /// Labels above several columns, each once.
    fn merged(&self) -> Vec<&str> {
        let mut merged: Vec<&str> = Vec::new();
        let mut before: &[String] = &[];
        for column in &self.form.columns {
            let above = column.header.split_last().map_or(&[][..], |(_, above)| above);
            let same = above.iter().zip(before).take_while(|(one, other)| one == other).count();
            merged.extend(above.iter().skip(same).map(String::as_str));
            before = above;
        }
        merged
    }

    fn columns(&self, pages: &mut Pages<'_>) {
        pages.cells(&self.cells(self.merged()));
        pages.cells(&self.cells(self.form.columns.iter().map(Self::leaf)));
    }

    fn code_levels(&self) -> &'static str {
        if self.form.kind == TableKind::GeneralBasic { "类 款" } else { "类 款 项" }
    }

    /// The words above the codes and above the names.
    fn titles(&self) -> (Vec<&'static str>, Vec<&'static str>) {
        let codes = ["功能分类科目编码", "部门预算经济分类科目编码", "经济分类科目编码", "科目编码"];
        let names = ["功能分类科目名称", "经济分类科目名称", "科目名称", "科目"];
        let mut names: Vec<_> = self.word(&names).into_iter().collect();
        names.extend((self.form.shape == Shape::Projects).then_some("项目名称"));
        (self.word(&codes).into_iter().collect(), names)
    }

    /// The words of the header that are no columns of figures.
    pub(super) fn words(&self) -> Words {
        let (codes, names) = self.titles();
        let name = match self.form.shape {
            Shape::TwoSided => self.word(&["功能分类"]).unwrap_or("项目"),
            Shape::Labelled => "“三公”经费支出内容",
            Shape::Listed => "项目",
            Shape::SingleRow => "",
            _ => names.first().copied().unwrap_or_default(),
        };
        Words { code: codes.first().copied().unwrap_or_default(), name, only: "预算数" }
    }

    fn classified(&self, pages: &mut Pages<'_>) {
        let (codes, names) = self.titles();
        let top =
            self.word(&["科目", "项目"]).filter(|_| self.form.columns.iter().any(|column| column.header.len() > 1));
        pages.cells(&self.cells(top.into_iter().chain(self.merged())));
        pages.cells(&self.cells(codes));
        pages.line(self.code_levels());
        pages.cells(&self.cells(names.into_iter().chain(self.form.columns.iter().map(Self::leaf))));
    }

    /// Cells that span lines come before those that do not, and 类 款 项 behind the last of them.
    fn moved(&self, pages: &mut Pages<'_>) {
        let (codes, names) = self.titles();
        let (tall, low): (Vec<&Column>, Vec<&Column>) =
            self.form.columns.iter().partition(|column| column.header.len() < 2);
        pages.cells(&self.cells(codes));
        let mut cells = self.cells(names.into_iter().chain(self.merged()).chain(tall.into_iter().map(Self::leaf)));
        if let Some(last) = cells.pop() {
            cells.push(last.followed_by(self.code_levels()));
        }
        pages.cells(&cells);
        pages.cells(&self.cells(low.into_iter().map(Self::leaf)));
    }

    fn two_sided(&self, pages: &mut Pages<'_>) {
        let sides = match (self.form.kind, self.word(&["本年收入"])) {
            (TableKind::Appropriation, _) => "财政拨款收入 财政拨款支出",
            (_, Some(_)) => "本年收入 本年支出",
            _ => "收入 支出",
        };
        pages.line(sides);
        let first = match self.form.columns.first() {
            Some(column) if self.scope == Scope::Department || column.header.len() < 2 => Self::leaf(column),
            _ => "预算数",
        };
        let names = self.word(&["功能分类"]).unwrap_or("项目");
        let mut words = vec!["项目", first, names];
        words.extend(self.merged());
        words.extend(self.form.columns.iter().map(Self::leaf));
        pages.cells(&self.cells(words));
    }

    /// `※ ※ ※ ※ 1 2 3`
    fn numbers(&self, pages: &mut Pages<'_>) {
        let stars = match (self.form.shape, self.form.kind) {
            (Shape::Projects, _) => 5,
            (Shape::Classified, TableKind::GeneralBasic) => 3,
            (Shape::Classified, _) => 4,
            _ => 1,
        };
        let numbers = (1..=self.form.columns.len()).map(|number| number.to_string());
        let all: Vec<String> = std::iter::repeat_n("※".to_owned(), stars).chain(numbers).collect();
        pages.line(&all.join(" "));
    }
}
