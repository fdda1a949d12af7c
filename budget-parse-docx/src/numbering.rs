//! The numbers that Word makes: lists, their levels, and how far each has counted.

use std::collections::{HashMap, HashSet};

use budget_document::ReadError;

use crate::markup::{Element, Space, Step, Visitor};
use crate::numeral::Numeral;
use crate::styles::{NumberProperties, Styles};

/// Levels of a list.
const LEVELS: usize = 9;

/// The lists of a document.
#[derive(Debug, Default)]
pub(crate) struct Numbering {
    /// What lists look like, by their id.
    forms: HashMap<String, Form>,
    lists: HashMap<String, List>,
    open: Vec<Open>,
}

/// What a list looks like; lists of one form count on together.
#[derive(Debug, Default)]
struct Form {
    levels: Levels,
    /// The style of lists that says it instead.
    style: Option<String>,
}

type Levels = [Option<Level>; LEVELS];

/// A list: a form, or a form with some levels of its own.
#[derive(Debug, Default)]
struct List {
    form: String,
    levels: Levels,
    /// Where a level begins again in this list.
    starts: [Option<u32>; LEVELS],
}

/// `%1、` with 一 for 1.
#[derive(Clone, Debug)]
struct Level {
    start: u32,
    numeral: Numeral,
    text: String,
    /// Whether all numbers of it are 1, 2, 3.
    is_legal: bool,
    /// Whether a gap stands behind the number.
    has_gap: bool,
    /// The level, from 1, that makes it begin again; 0 for none.
    restart: Option<u32>,
    style: Option<String>,
}

impl Default for Level {
    fn default() -> Self {
        Self {
            start: 0,
            numeral: Numeral::Decimal,
            text: String::new(),
            is_legal: false,
            has_gap: true,
            restart: None,
            style: None,
        }
    }
}

#[derive(Debug)]
enum Open {
    Root,
    Form(String),
    List(String),
    Override(usize),
    Level(usize),
    Other,
}

/// How far the lists of a document have counted.
pub(crate) struct Counters<'d> {
    numbering: &'d Numbering,
    styles: &'d Styles,
    /// By form.
    counts: HashMap<&'d str, [Option<u32>; LEVELS]>,
    /// Lists and levels that have begun again where they say.
    begun: HashSet<(&'d str, usize)>,
}

impl Numbering {
    fn form_of<'d>(&'d self, list: &'d List, styles: &'d Styles) -> Option<(&'d str, &'d Form)> {
        let form = self.forms.get(&list.form)?;
        let linked = form.style.as_deref().and_then(|style| styles.list(style)).and_then(|list| self.lists.get(list));
        match linked.and_then(|list| self.forms.get_key_value(&list.form)) {
            Some((id, form)) => Some((id, form)),
            None => Some((&list.form, form)),
        }
    }

    /// The levels that are being described.
    fn levels(&mut self) -> Option<&mut Levels> {
        match self.open.iter().rev().find(|open| matches!(open, Open::Form(_) | Open::List(_)))? {
            Open::Form(id) => self.forms.get_mut(id).map(|form| &mut form.levels),
            Open::List(id) => self.lists.get_mut(id).map(|list| &mut list.levels),
            _ => None,
        }
    }

    /// The list that is being described.
    fn list(&mut self) -> Option<&mut List> {
        match self.open.iter().rev().find(|open| matches!(open, Open::List(_)))? {
            Open::List(id) => self.lists.get_mut(id),
            _ => None,
        }
    }

    fn level(&mut self) -> Option<&mut Level> {
        let at = self.open.iter().rev().find_map(|open| match open {
            Open::Level(at) => Some(*at),
            _ => None,
        })?;
        self.levels()?.get_mut(at)?.as_mut()
    }
}

impl<'d> Counters<'d> {
    pub(crate) fn new(numbering: &'d Numbering, styles: &'d Styles) -> Self {
        Self { numbering, styles, counts: HashMap::new(), begun: HashSet::new() }
    }

    /// The number of the next paragraph with these properties, with the gap behind it; `None` if it has none.
    pub(crate) fn next(&mut self, style: Option<&str>, own: &NumberProperties) -> Option<String> {
        let (number, of_style) = self.styles.number(style, own);
        let (id, list) = self.numbering.lists.get_key_value(number.list?.as_str())?;
        let (form_id, form) = self.numbering.form_of(list, self.styles)?;
        let level_of = |at: usize| {
            let own = list.levels.get(at).and_then(Option::as_ref);
            own.or_else(|| form.levels.get(at).and_then(Option::as_ref))
        };
        // A style says its list, and the list which of its levels is of that style.
        let is_of_style = |at: &usize| {
            let style_of = level_of(*at).and_then(|level| level.style.as_deref());
            of_style.is_some() && style_of == of_style
        };
        let at = own.level.map(|level| level as usize).or_else(|| (0..LEVELS).find(is_of_style));
        let at = at.unwrap_or(number.level.unwrap_or(0) as usize);
        let level = level_of(at)?;

        let counts = self.counts.entry(form_id).or_default();
        let start = list.starts.get(at).copied().flatten();
        let begins = start.filter(|_| self.begun.insert((id, at)));
        let count = counts.get_mut(at)?;
        let next = count.map_or(start.unwrap_or(level.start), |count| count.saturating_add(1));
        *count = Some(begins.unwrap_or(next));
        for below in at + 1..LEVELS {
            let restart = level_of(below).and_then(|level| level.restart);
            if restart.is_none_or(|restart| at < restart as usize) {
                counts.get_mut(below).into_iter().for_each(|count| *count = None);
            }
        }
        for above in 0..at {
            let start = level_of(above).map_or(1, |level| level.start);
            counts.get_mut(above).into_iter().for_each(|count| *count = count.or(Some(start)));
        }
        if level.numeral == Numeral::Bullet {
            return None;
        }
        let mut printed = String::new();
        let mut characters = level.text.chars().take(LONGEST_TEXT).peekable();
        while let Some(character) = characters.next() {
            let named = (character == '%').then(|| characters.peek().and_then(|digit| digit.to_digit(10))).flatten();
            let Some(named) = named.and_then(|named| (named as usize).checked_sub(1)) else {
                printed.push(character);
                continue;
            };
            characters.next();
            let (Some(Some(count)), Some(of)) = (counts.get(named), level_of(named)) else { continue };
            let numeral = if level.is_legal { Numeral::Decimal } else { of.numeral };
            printed.push_str(&numeral.write(*count));
        }
        // A tab moves to a stop that is about a character away.
        if level.has_gap && !printed.is_empty() {
            printed.push(' ');
        }
        Some(printed).filter(|printed| !printed.is_empty())
    }
}

/// More characters of a text of a level are not printed by any program.
const LONGEST_TEXT: usize = 64;

impl Visitor for Numbering {
    fn begin(&mut self, element: &Element<'_>) -> Result<Step, ReadError> {
        let level_number = || {
            let level = element.attribute("ilvl").and_then(|level| level.trim().parse::<usize>().ok());
            level.filter(|level| *level < LEVELS)
        };
        let open = match (self.open.last(), element.name) {
            // Formats of later editions stand beside one that all programs know; both are told, and the later counts.
            _ if element.space == Space::Compatibility => Open::Other,
            _ if element.space != Space::Word => return Ok(Step::Over),
            (None, _) => Open::Root,
            (Some(Open::Root), "abstractNum") => {
                let Some(id) = element.attribute("abstractNumId") else { return Ok(Step::Over) };
                self.forms.insert(id.clone(), Form::default());
                Open::Form(id)
            }
            (Some(Open::Root), "num") => {
                let Some(id) = element.attribute("numId") else { return Ok(Step::Over) };
                self.lists.insert(id.clone(), List::default());
                Open::List(id)
            }
            (Some(Open::Form(id)), "numStyleLink") => {
                let style = element.value();
                self.forms.get_mut(id).into_iter().for_each(|form| form.style.clone_from(&style));
                return Ok(Step::Over);
            }
            (Some(Open::List(_)), "abstractNumId") => {
                let form = element.value().unwrap_or_default();
                self.list().into_iter().for_each(|list| list.form.clone_from(&form));
                return Ok(Step::Over);
            }
            (Some(Open::List(_)), "lvlOverride") => match level_number() {
                Some(at) => Open::Override(at),
                None => return Ok(Step::Over),
            },
            (Some(Open::Override(at)), "startOverride") => {
                let (at, start) = (*at, element.number());
                let starts = self.list().and_then(|list| list.starts.get_mut(at));
                starts.into_iter().for_each(|known| *known = start);
                return Ok(Step::Over);
            }
            (Some(Open::Form(_) | Open::Override(_)), "lvl") => {
                let Some(at) = level_number() else { return Ok(Step::Over) };
                let level = self.levels().and_then(|levels| levels.get_mut(at));
                level.into_iter().for_each(|level| *level = Some(Level::default()));
                Open::Level(at)
            }
            (Some(Open::Level(_) | Open::Other), name) => {
                let Some(level) = self.level() else { return Ok(Step::Over) };
                match name {
                    "start" => level.start = element.number().unwrap_or(0),
                    "numFmt" => {
                        let format = element.value().filter(|format| format != "custom");
                        level.numeral = format.map_or(level.numeral, |format| Numeral::of(&format));
                    }
                    "lvlText" => level.text = element.value().unwrap_or_default(),
                    "isLgl" => level.is_legal = element.is_on(),
                    "suff" => level.has_gap = element.value().as_deref() != Some("nothing"),
                    "lvlRestart" => level.restart = element.number(),
                    "pStyle" => level.style = element.value(),
                    _ => {}
                }
                return Ok(Step::Over);
            }
            _ => return Ok(Step::Over),
        };
        self.open.push(open);
        Ok(Step::Into)
    }

    fn end(&mut self) -> Result<(), ReadError> {
        self.open.pop();
        Ok(())
    }
}
