//! What a generated disclosure looks like.

use budget_model::{Scope, TableKind};
use budget_parse::{Layout, LayoutSet};

use crate::chance::Chance;
use crate::wear::Wear;

/// Form, size and habits of print of a generated disclosure.
///
/// The defaults are plain: the newest form, a middling department, no wrapped cells and no pages.
///
/// ```
/// use budget_testkit::Config;
///
/// let plain = Config { layout: "xinjiang-2022".to_owned(), ..Config::default() };
/// assert_ne!(Config::random(7), plain);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    /// Id of one of the layouts of [`LayoutSet::built_in`].
    pub layout: String,
    /// A whole department (部门) or a single unit (单位), which has no units below it.
    pub scope: Scope,
    /// How many function items (功能分类 项) money of the general public budget stands under, at most.
    pub functions: usize,
    /// How many units (预算单位) the department has, itself included.
    pub units: usize,
    /// How many projects (项目) there are, money carried over by name included.
    pub projects: usize,
    /// Whether a text explains the tables; in the forms of 新疆 performance tables stand in it.
    pub prose: bool,
    /// How it is printed as text.
    pub habits: Habits,
    /// How it is laid out as a workbook; what is printed for a blank, separators and the row of column numbers are habits of
    /// both.
    pub sheets: Sheets,
    /// What befalls it on its way to the reader; nothing if it comes as it was printed.
    pub wear: Option<Wear>,
}

/// How the sheets of a workbook are laid out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheets {
    /// How classification codes stand in columns.
    pub codes: Codes,
    /// Whether amounts are text and not numbers.
    pub numbers_are_text: bool,
    /// Whether the name of a total is merged across the columns of codes.
    pub totals_span_codes: bool,
    /// Whether all performance tables stand below each other on one sheet.
    pub targets_share_a_sheet: bool,
    /// Whether the level of an indicator is merged down the rows of its block; else the cells below the first are blank.
    pub levels_are_merged: bool,
}

/// How classification codes stand in columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Codes {
    /// 类, 款 and 项 in columns of their own: `205`, `03`, `02`
    Levels,
    /// One column: `2050302`
    Joined,
}

/// How the text of a PDF comes out: what is lost, wrapped and repeated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Habits {
    /// What is printed for a cell without money.
    pub blank: Blank,
    /// Thousands separators in amounts.
    pub separators: bool,
    /// Characters in a line of a name's cell; longer names are wrapped. `None` wraps nothing.
    pub name_width: Option<usize>,
    /// Digits, separators and points in a line of a narrow money cell (that of an economic class of the project table);
    /// longer numbers are wrapped. `None` wraps nothing.
    pub figure_width: Option<usize>,
    /// Rows on a page; the header is repeated behind the break. `None` puts every table on one page.
    pub page_rows: Option<usize>,
    /// How pages are numbered.
    pub page_numbers: PageNumbers,
    /// Whether cells of the header that span several columns or lines come out of order behind a page break.
    pub merged_labels_move: bool,
    /// Whether the form prints the row of column numbers (※ ※ ※ 1 2 3).
    pub number_row: bool,
    /// Whether the total of a table stands below its rows.
    pub total_last: bool,
    /// Whether amounts in 元 are printed with two decimals.
    pub cents: bool,
    /// Characters in a line of a paragraph. `None` wraps nothing.
    pub text_width: Option<usize>,
    /// How a page ends in the text.
    pub page_break: PageBreak,
    /// Where empty lines stand.
    pub spacing: Spacing,
}

/// What is printed for a cell without money.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Blank {
    /// Nothing: the figures behind it move up.
    Dropped,
    /// A dash, so that the columns stay known.
    Dash,
}

/// How pages are numbered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PageNumbers {
    /// Not at all.
    None,
    /// `- 5 -`
    Dashed,
    /// `5`
    Plain,
}

/// How a page ends in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PageBreak {
    /// With a form feed.
    FormFeed,
    /// With what some extractors leave of it: a space in front of the first line of the next page.
    Space,
}

/// Where empty lines stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spacing {
    /// Between rows and between the lines of a wrapped cell, not between a cell and its neighbours of another height.
    Lines,
    /// Nowhere.
    None,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            layout: "xinjiang-2025".to_owned(),
            scope: Scope::Department,
            functions: 12,
            units: 3,
            projects: 10,
            prose: true,
            habits: Habits::default(),
            sheets: Sheets {
                codes: Codes::Levels,
                numbers_are_text: false,
                totals_span_codes: false,
                targets_share_a_sheet: false,
                levels_are_merged: true,
            },
            wear: None,
        }
    }
}

impl Default for Habits {
    fn default() -> Self {
        Self {
            blank: Blank::Dropped,
            separators: false,
            name_width: None,
            figure_width: None,
            page_rows: None,
            page_numbers: PageNumbers::None,
            merged_labels_move: false,
            number_row: true,
            total_last: false,
            cents: true,
            text_width: None,
            page_break: PageBreak::FormFeed,
            spacing: Spacing::Lines,
        }
    }
}

impl Config {
    /// A configuration in which everything varies with the seed, the layout included.
    #[must_use]
    pub fn random(seed: u64) -> Self {
        let mut chance = Chance::new(seed, "config");
        let set = LayoutSet::built_in();
        let layouts: Vec<&Layout> = set.layouts().collect();
        let layout = chance.one(&layouts).map(|layout| layout.id.clone()).unwrap_or_default();
        Self::random_of(&layout, seed)
    }

    /// The same for a given layout.
    #[must_use]
    pub fn random_of(layout: &str, seed: u64) -> Self {
        let mut chance = Chance::new(seed, "config of a layout");
        let mut targets = Chance::new(seed, "sheets of performance targets");
        // The unit form is for single units, and its department form for departments; the others are for both.
        let unit = if layout.starts_with("shanghai") { layout.ends_with("unit") } else { chance.percent(25) };
        Self {
            layout: layout.to_owned(),
            scope: if unit { Scope::Unit } else { Scope::Department },
            functions: chance.between(1, 30) as usize,
            units: if unit { 1 } else { chance.between(1, 6) as usize },
            projects: if chance.percent(15) { 0 } else { chance.between(1, 24) as usize },
            habits: Habits::draw(&mut chance),
            sheets: Sheets {
                codes: if chance.percent(60) { Codes::Levels } else { Codes::Joined },
                numbers_are_text: chance.percent(30),
                totals_span_codes: chance.percent(40),
                targets_share_a_sheet: targets.percent(50),
                levels_are_merged: targets.percent(70),
            },
            prose: chance.percent(70),
            wear: None,
        }
    }

    /// The layout; `None` if there is no built-in layout of this id.
    #[must_use]
    pub fn form(&self) -> Option<Layout> {
        LayoutSet::built_in().layouts().find(|layout| layout.id == self.layout).cloned()
    }

    /// Whether the form lists money carried over from last year by name.
    pub(crate) fn lists_carry_over(&self) -> bool {
        self.form().is_some_and(|form| form.table(TableKind::Carryover).is_some())
    }
}

impl Habits {
    /// Habits in which everything varies with the seed.
    #[must_use]
    pub fn random(seed: u64) -> Self {
        Self::draw(&mut Chance::new(seed, "habits"))
    }

    fn draw(chance: &mut Chance) -> Self {
        Self {
            blank: if chance.percent(90) { Blank::Dropped } else { Blank::Dash },
            separators: chance.percent(50),
            name_width: chance.percent(70).then(|| chance.between(8, 18) as usize),
            figure_width: chance.percent(40).then(|| chance.between(5, 9) as usize),
            page_rows: chance.percent(60).then(|| chance.between(4, 40) as usize),
            page_numbers: *chance
                .one(&[PageNumbers::None, PageNumbers::Dashed, PageNumbers::Plain])
                .unwrap_or(&PageNumbers::None),
            merged_labels_move: chance.percent(50),
            number_row: chance.percent(60),
            total_last: chance.percent(40),
            cents: chance.percent(70),
            page_break: if chance.percent(40) { PageBreak::FormFeed } else { PageBreak::Space },
            spacing: if chance.percent(70) { Spacing::Lines } else { Spacing::None },
            text_width: chance.percent(80).then(|| chance.between(28, 44) as usize),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn random_configurations_use_every_layout_and_every_habit() {
        let all: Vec<Config> = (0..300).map(Config::random).collect();
        for layout in LayoutSet::built_in().layouts() {
            assert!(all.iter().any(|config| config.layout == layout.id), "{}", layout.id);
        }
        for habit in [
            |habits: &Habits| habits.blank == Blank::Dash,
            |habits: &Habits| habits.separators,
            |habits: &Habits| habits.name_width.is_some(),
            |habits: &Habits| habits.figure_width.is_some(),
            |habits: &Habits| habits.page_rows.is_some(),
            |habits: &Habits| habits.page_numbers == PageNumbers::Dashed,
            |habits: &Habits| habits.page_numbers == PageNumbers::Plain,
            |habits: &Habits| habits.merged_labels_move,
            |habits: &Habits| habits.number_row,
            |habits: &Habits| habits.total_last,
            |habits: &Habits| habits.cents,
            |habits: &Habits| habits.text_width.is_some(),
            |habits: &Habits| habits.page_break == PageBreak::Space,
            |habits: &Habits| habits.spacing == Spacing::None,
        ] {
            let users = all.iter().filter(|config| habit(&config.habits)).count();
            assert!((1..all.len()).contains(&users));
        }
    }
}
