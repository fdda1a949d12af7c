//! The form of a table, where a layout has it: the same columns under another name.
//!
//! A layout names the columns of a table only if it has all of them and no other. A table that has one column more may be
//! that of another form, in which the same words mean other money (合计 and 基本支出 above last year's figures); then its
//! words are read for themselves.

use std::collections::HashMap;

use budget_model::{Column, Side};

use super::caption;
use super::draft::Draft;
use super::header::{Content, Header};
use crate::layout::{Layout, LayoutSet, Shape, TableForm};
use crate::lexicon::{Lexicon, units};
use crate::text::fold;

/// The form of a table, and which of its columns each printed column is.
#[derive(Clone, Debug)]
pub(super) struct Naming<'l> {
    pub(super) layout: &'l Layout,
    pub(super) form: &'l TableForm,
    /// Index in the form, by the index of a printed column.
    pub(super) columns: HashMap<usize, u16>,
    /// Revenue or expenditure, by panel.
    pub(super) sides: HashMap<u8, Side>,
    /// How well the words fit.
    fit: i64,
}

/// The layout of a document, and the forms of its tables.
#[derive(Debug)]
pub(super) struct Choice<'l> {
    pub(super) layout: Option<&'l Layout>,
    /// Whether another layout would have fitted as well.
    pub(super) is_uncertain: bool,
    pub(super) namings: Vec<Option<Naming<'l>>>,
}

/// Finds the layout that names most tables; the right year decides between equals. Tables that it does not have may be
/// those of another layout: the form is chosen table by table.
pub(super) fn choose<'l>(drafts: &[Draft], layouts: &'l LayoutSet, year: Option<u16>) -> Choice<'l> {
    let mut found: Vec<(i64, &'l Layout, Vec<Option<Naming<'l>>>)> = Vec::new();
    for layout in layouts.layouts() {
        let namings: Vec<_> = drafts.iter().map(|draft| of_layout(draft, layout)).collect();
        let named: i64 = namings.iter().zip(drafts).flatten_named().sum();
        let fits_year = year.is_some_and(|year| (layout.years.0..=layout.years.1).contains(&year));
        found.push((2 * named + i64::from(named > 0 && fits_year), layout, namings));
    }
    let best = found.iter().map(|(score, ..)| *score).max().unwrap_or(0);
    if best == 0 {
        return Choice { layout: None, is_uncertain: false, namings: drafts.iter().map(|_| None).collect() };
    }
    let mut tied = found.iter().filter(|(score, ..)| *score == best).map(|(_, layout, _)| *layout);
    let layout = tied.next();
    let is_uncertain = layout.is_some_and(|first| tied.any(|other| !first.reads_like(other)));
    let mut namings: Vec<Option<Naming<'l>>> = drafts.iter().map(|_| None).collect();
    // That of the document first, then the others by what they name.
    found.sort_by_key(|(score, found, _)| {
        (!layout.is_some_and(|layout| std::ptr::eq(layout, *found)), std::cmp::Reverse(*score))
    });
    for (_, _, of_layout) in found {
        for (slot, naming) in namings.iter_mut().zip(of_layout) {
            if slot.is_none() {
                *slot = naming;
            }
        }
    }
    Choice { layout, is_uncertain, namings }
}

/// How much each named table counts: its columns, and its title.
trait Named {
    fn flatten_named(self) -> impl Iterator<Item = i64>;
}

impl<'a, 'l: 'a, I: Iterator<Item = (&'a Option<Naming<'l>>, &'a Draft)>> Named for I {
    fn flatten_named(self) -> impl Iterator<Item = i64> {
        const TITLE: i64 = 100_000;
        self.filter_map(|(naming, _)| naming.as_ref()).map(|naming| TITLE + naming.fit.min(TITLE / 10))
    }
}

/// The form of a layout that a table is, by its title; without a title that the layout knows, by its columns.
fn of_layout<'l>(draft: &Draft, layout: &'l Layout) -> Option<Naming<'l>> {
    let named = draft.title.as_ref().and_then(|title| caption::title(&fold(&title.text), layout));
    if let Some(form) = named.and_then(|form| layout.tables.get(form)) {
        return naming(draft, layout, form);
    }
    if draft.title.is_some() {
        return None;
    }
    let mut fitting: Vec<Naming<'l>> = layout
        .tables
        .iter()
        .filter(|form| form.columns.len() > 2)
        .filter_map(|form| naming(draft, layout, form))
        .collect();
    fitting.sort_by_key(|naming| std::cmp::Reverse(naming.fit));
    if let [first, second, ..] = fitting.as_slice()
        && first.fit == second.fit
    {
        return None;
    }
    fitting.into_iter().next()
}

/// Whether the rows that a form prints are those of a table. 财政拨款收入 above 一般公共预算收入 is another form than 一般公共预算
/// above 上级转移支付, whatever their columns.
fn has_rows(draft: &Draft, form: &TableForm, is_of_form: impl Fn(u8) -> bool) -> bool {
    if form.rows.is_empty() || !matches!(form.shape, Shape::TwoSided | Shape::Labelled) {
        return true;
    }
    let (mut known, mut all) = (0_usize, 0_usize);
    for row in draft.rows.iter().filter(|row| is_of_form(row.panel) && !row.figures.is_empty()) {
        let Some(label) = row.label.as_ref().map(|label| fold(&label.text)) else { continue };
        if !Lexicon::is_total(&label) {
            all += 1;
            known += usize::from(form.rows.iter().any(|row| row.labels.contains(&label)));
        }
    }
    4 * known >= 3 * all
}

/// Gives the printed columns those of the form, if both have the same.
fn naming<'l>(draft: &Draft, layout: &'l Layout, form: &'l TableForm) -> Option<Naming<'l>> {
    let header = &draft.header;
    let is_two_sided = form.shape == Shape::TwoSided;
    if !header.has_figures() {
        // An empty table whose header another program lost, or that has none.
        let is_empty = draft.rows.is_empty() && (draft.declared_empty.is_some() || header.columns.is_empty());
        return (is_empty && draft.title.is_some() && draft.declared_empty.is_some()).then(|| Naming {
            layout,
            form,
            columns: HashMap::new(),
            sides: HashMap::new(),
            fit: 0,
        });
    }
    let sides = if is_two_sided { sides(header) } else { HashMap::new() };
    let figure_panels: Vec<u8> = (0..header.panels())
        .filter(|panel| header.of_panel(*panel).any(|column| column.content == Content::Figures))
        .collect();
    if figure_panels.len() != if is_two_sided { 2 } else { 1 } {
        return None;
    }
    let targets: Vec<Target> = form.columns.iter().map(Target::new).collect();
    let shared =
        |word: &str| targets.iter().filter(|target| target.words.last().is_some_and(|last| last == word)).count() > 1;
    let mut pairs: Vec<(i64, usize, usize)> = Vec::new();
    let figures = || header.columns.iter().enumerate().filter(|(_, column)| column.content == Content::Figures);
    for (at, column) in figures() {
        let path = column.folded_path().iter().map(|word| without_unit(word)).collect::<Vec<_>>();
        for (index, target) in targets.iter().enumerate() {
            if let Some(score) = target.fit(&path, shared) {
                pairs.push((score, at, index));
            }
        }
    }
    pairs.sort_unstable_by_key(|(score, at, index)| (std::cmp::Reverse(*score), *at, *index));
    let side = |at: usize| header.columns.get(at).and_then(|column| sides.get(&column.panel)).copied();
    let mut fit = 0;
    let mut columns: HashMap<usize, u16> = HashMap::new();
    let mut taken: Vec<(Option<Side>, usize)> = Vec::new();
    for (score, at, index) in pairs {
        let target = (side(at), index);
        if !columns.contains_key(&at) && !taken.contains(&target) {
            taken.push(target);
            columns.insert(at, index as u16);
            fit += score;
        }
    }
    // The revenue side has one column of figures, which is the total whatever it is called.
    if is_two_sided && !taken.contains(&(Some(Side::Revenue), 0)) {
        let open = figures().find(|(at, column)| {
            let is_total = || Lexicon::is_bare_amount(&column.leaf());
            side(*at) == Some(Side::Revenue) && !columns.contains_key(at) && is_total()
        });
        if let Some((at, _)) = open {
            columns.insert(at, 0);
            taken.push((Some(Side::Revenue), 0));
        }
    }
    let wanted = |side: Option<Side>| taken.iter().filter(|(other, _)| *other == side).count();
    let has_all = if is_two_sided {
        wanted(Some(Side::Expenditure)) == form.columns.len()
    } else {
        wanted(None) == form.columns.len()
    };
    let has_no_other = figures().all(|(at, _)| columns.contains_key(&at));
    let is_revenue = |panel: u8| !is_two_sided || sides.get(&panel) == Some(&Side::Revenue);
    (has_all && has_no_other && fit > 0 && has_rows(draft, form, is_revenue)).then_some(Naming {
        layout,
        form,
        columns,
        sides,
        fit,
    })
}

/// Which panels show revenue and which expenditure: a word of an upper level says it, else the first is revenue.
pub(super) fn sides(header: &Header) -> HashMap<u8, Side> {
    let mut sides = HashMap::new();
    for panel in 0..header.panels() {
        let mut said = None;
        for column in header.of_panel(panel) {
            let path = column.folded_path();
            for word in path.iter().take(path.len().saturating_sub(1)) {
                said = said.or_else(|| Lexicon::side(word));
            }
        }
        let by_order = if panel == 0 { Side::Revenue } else { Side::Expenditure };
        sides.insert(panel, said.unwrap_or(by_order));
    }
    sides
}

/// The words by which a column of the form is known.
struct Target {
    /// From the top level to the bottom, folded.
    words: Vec<String>,
    label: String,
}

impl Target {
    fn new(column: &Column) -> Self {
        let words = if column.header.is_empty() {
            vec![fold(&column.label)]
        } else {
            column.header.iter().map(|word| fold(word)).collect()
        };
        Self { words, label: fold(&column.label) }
    }

    /// How well the words above a printed column fit; `None` if they do not.
    fn fit(&self, path: &[String], shared: impl Fn(&str) -> bool) -> Option<i64> {
        let (lowest, above) = path.split_last()?;
        let (last, uppers) = self.words.split_last()?;
        // 301工资福利支出
        let lowest = lowest.trim_start_matches(|character: char| character.is_ascii_digit());
        let joined = above.last().map(|upper| format!("{upper}{lowest}"));
        let base = if lowest == last {
            100
        } else if lowest == self.label {
            90
        } else if joined.is_some_and(|joined| joined == *last || joined == self.label) {
            80
        } else {
            return None;
        };
        let hits = uppers.iter().filter(|upper| above.contains(upper)).count() as i64;
        let missing = uppers.len() as i64 - hits;
        // 小计 below 财政拨款 and 小计 below 非财政拨款 are told apart by what stands above, or not at all.
        if missing > 0 && (shared(last) || shared(lowest)) {
            return None;
        }
        Some(base + 20 * hits - 5 * missing - (above.len() as i64 - hits))
    }
}

/// 预算数(万元) as 预算数.
fn without_unit(word: &str) -> String {
    let plain = word.strip_suffix(')').and_then(|rest| rest.rsplit_once('(')).and_then(|(plain, inside)| {
        let inside = inside.rsplit_once(':').map_or(inside, |(_, unit)| unit);
        units::money(inside).map(|_| plain)
    });
    plain.filter(|plain| !plain.is_empty()).unwrap_or(word).to_owned()
}
