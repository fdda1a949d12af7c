//! Signs of disorder in a row: what is read as its code, its name and its figures cannot be those of one row.

use std::collections::HashMap;

use budget_model::{Classification, Code, Role, Row, Side};

use super::{columns_of, folded};
use crate::layout::{Shape, TableForm};
use crate::lexicon::{Lexicon, around};
use crate::table::{UnplacedTable, classes};

/// Why a row cannot be one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sign {
    /// Far more figures than columns: a column of the table, read downwards.
    FarBeyond,
    /// More figures than columns.
    Beyond,
    /// Figures or a code without a name.
    Nameless,
    /// One of several codes in a run without figures.
    Figureless,
    /// Words of the header, the title or the unit line in the name.
    Header,
    /// Digits where a name has none: a piece of a code or figure, or the code of another row.
    Digits,
    /// A bracket that is not closed, or not opened.
    Broken,
    /// The name of another code.
    OtherCode,
    /// The code has another name in another row or table.
    OtherName,
    /// A label that the form does not have.
    Unknown,
}

/// The names that each code carries in the tables of a document, and in how many rows.
pub(super) struct Names(HashMap<(bool, Code), HashMap<String, usize>>);

impl Names {
    /// Those of all rows with codes.
    pub(super) fn of(tables: &[UnplacedTable<'_>]) -> Self {
        let mut names: HashMap<_, HashMap<String, usize>> = HashMap::new();
        for table in tables {
            let is_economic = table.table.classification != Classification::Function;
            for row in &table.table.rows {
                if let Some(code) = row.code.filter(|_| !row.label.text.is_empty()) {
                    *names.entry((is_economic, code)).or_default().entry(folded(&row.label)).or_default() += 1;
                }
            }
        }
        Self(names)
    }

    /// Whether a code carries another name elsewhere, and this one not more often.
    fn contradict(&self, is_economic: bool, code: Code, name: &str) -> bool {
        let Some(names) = self.0.get(&(is_economic, code)) else { return false };
        let own = names.get(name).copied().unwrap_or(0);
        names.iter().any(|(other, count)| other != name && *count >= own)
    }
}

/// The first sign of each row of a table.
pub(super) fn of_rows(table: &UnplacedTable<'_>, names: &Names) -> Vec<Option<Sign>> {
    let rows = &table.table.rows;
    let figures = |index: usize| table.figures.get(index).map_or(0, Vec::len);
    let is_bare = |index: usize| rows.get(index).is_some_and(|row| row.code.is_some()) && figures(index) == 0;
    let sign = |(index, row): (usize, &Row)| {
        let columns = columns_of(table.form, row.side);
        if figures(index) > 2 * columns + 1 {
            return Some(Sign::FarBeyond);
        }
        if figures(index) > columns {
            return Some(Sign::Beyond);
        }
        let in_run = matches!(table.form.shape, Shape::Classified | Shape::Projects)
            && is_bare(index)
            && (is_bare(index + 1) || index.checked_sub(1).is_some_and(is_bare));
        if in_run {
            return Some(Sign::Figureless);
        }
        of_name(row, table, names)
    };
    rows.iter().enumerate().map(sign).collect()
}

/// What the name of a row says against it.
fn of_name(row: &Row, table: &UnplacedTable<'_>, names: &Names) -> Option<Sign> {
    let name = folded(&row.label);
    let form = table.form;
    if name.is_empty() {
        return (form.shape != Shape::SingleRow && row.project.is_none()).then_some(Sign::Nameless);
    }
    if has_furniture(&name) || row.role != Role::Total && has_header(&name, form) {
        return Some(Sign::Header);
    }
    if has_broken_bracket(&name) {
        return Some(Sign::Broken);
    }
    if has_pieces_of_codes(&name, row) {
        return Some(Sign::Digits);
    }
    if let Some(code) = row.code {
        let is_economic = table.table.classification != Classification::Function;
        let mut classes = Lexicon::functions().iter().filter(|(_, official)| name == *official).peekable();
        if !is_economic && classes.peek().is_some() && !classes.any(|(class, _)| *class == code.class().number()) {
            return Some(Sign::OtherCode);
        }
        let mut codes = Lexicon::economic_groups().iter().filter(|(_, official)| name == *official).peekable();
        let is_named = (30101..=30399).contains(&code.number()) && is_economic;
        if is_named && codes.peek().is_some() && !codes.any(|(official, _)| *official == code.number()) {
            return Some(Sign::OtherCode);
        }
        // `207 文化旅游体育与传媒支`: a narrow cell cuts the name, and the classification says which it is.
        let is_cut = |(class, official): &(u32, String)| *class == code.number() && official.starts_with(&name);
        let is_official = !is_economic && Lexicon::functions().iter().any(is_cut);
        return (!is_official && names.contradict(is_economic, code, &name)).then_some(Sign::OtherName);
    }
    let is_printed = matches!(form.shape, Shape::TwoSided | Shape::Labelled);
    (is_printed && !is_known(row, &name, form)).then_some(Sign::Unknown)
}

/// Whether a label is one that the form prints, or one that any form may have there.
fn is_known(row: &Row, name: &str, form: &TableForm) -> bool {
    row.role == Role::Total
        || form.rows.iter().any(|printed| printed.labels.iter().any(|label| label == name))
        || (row.side == Some(Side::Expenditure) && classes::numbered(name).is_some())
}

fn has_furniture(name: &str) -> bool {
    around::AROUND.is_in(name)
}

/// Shorter header words may be a part of a name.
const SHORTEST_WORD: usize = 4;

/// Whether the name holds a total that other words stand around (`商品和服务支出合计`), or ends or begins with words of the
/// header (`行政运行基本支出项目支出`).
fn has_header(name: &str, form: &TableForm) -> bool {
    if Lexicon::has_sum(name) || (Lexicon::is_grand_total(name) && name.chars().count() > 4) {
        return !form.rows.iter().any(|row| row.labels.iter().any(|label| label == name));
    }
    let is_label = form.rows.iter().any(|row| row.labels.iter().any(|label| label == name));
    let words = form.column_words().filter(|word| word.chars().count() >= SHORTEST_WORD);
    !is_label && words.filter(|word| *word != name && (name.starts_with(word) || name.ends_with(word))).count() > 1
}

/// Whether the brackets of a name do not match: `云溪县文化馆(云溪县文`.
fn has_broken_bracket(name: &str) -> bool {
    let mut open = 0usize;
    for character in name.chars() {
        match character {
            '(' => open += 1,
            ')' => match open.checked_sub(1) {
                Some(left) => open = left,
                None => return true,
            },
            _ => {}
        }
    }
    open > 0
}

/// Digits of a code that goes on below a class.
const CODE_DIGITS: [usize; 2] = [5, 7];

/// Whether a name holds what is left of a code or a figure: `05进修及培训`, `301工资福利支出501机关工资福利支出`, `.36五、事业收入`.
fn has_pieces_of_codes(name: &str, row: &Row) -> bool {
    if row.code.is_some() && row.project.is_none() && name.bytes().any(|byte| byte.is_ascii_digit()) {
        return true;
    }
    if name.starts_with('.') {
        return true;
    }
    let mut runs = name.split(|character: char| !character.is_ascii_digit()).filter(|run| !run.is_empty());
    if runs.clone().any(|run| CODE_DIGITS.contains(&run.len())) {
        return true;
    }
    // `1、一般公共预算` and `2025年…` are names; `01行政运行` and `301工资福利支出` are not.
    let first = runs.next().filter(|run| name.starts_with(*run) && matches!(run.len(), 2 | 3));
    let behind = first.and_then(|run| name.get(run.len()..)).and_then(|rest| rest.chars().next());
    behind.is_some_and(|next| !matches!(next, '、' | '.' | ',' | '%' | '年' | '号'))
}
