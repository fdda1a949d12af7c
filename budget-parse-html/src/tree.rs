//! Which elements are open, and what their ends do. There is no tree: what an element holds is done with when it ends.
//!
//! The tags of real pages are not balanced. What a tag ends is what it ends in a browser, looked for in the last elements that were
//! opened, so that every tag costs the same.

use budget_document::{Limits, ReadError, ReadErrorKind};

use crate::attachment::Link;
use crate::element::{Element, Role};
use crate::flow::{Aside, Flow, Item};
use crate::line::Setting;
use crate::list::List;
use crate::set_page::SetPage;
use crate::style::Style;
use crate::table::Table;
use crate::tags::Attributes;

/// How far up the element of an end tag is looked for.
const REACH: usize = 512;
/// Elements that may be open for each level that the limits allow: pages leave thousands of `<font>` open.
const OPEN_PER_LEVEL: usize = 500;

/// Whether people see what stands in an element.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Sight {
    Seen,
    /// It is text of the document that nobody sees.
    Hidden,
    /// It is no text of the document.
    LeftOut,
}

/// What ends with an element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Holds {
    Nothing,
    Table,
    Cell,
    Caption,
    Link,
    List,
    SetPage,
    Placed,
}

/// An open element.
#[derive(Clone, Copy, Debug)]
struct Open {
    element: Element,
    sight: Sight,
    keeps_blanks: bool,
    holds: Holds,
}

/// The open elements and what they have held so far.
pub(crate) struct Tree<'l> {
    limits: &'l Limits,
    open: Vec<Open>,
    /// What stands on the page, outside tables.
    page: Flow,
    /// What stands in each open cell or caption.
    flows: Vec<Flow>,
    tables: Vec<Table>,
    /// Where in `open` the tables are, those that nobody sees, too.
    tables_at: Vec<usize>,
    links: Vec<Link>,
    lists: Vec<List>,
    set_pages: Vec<SetPage>,
    hidden: Setting,
    fields: usize,
    pages: usize,
}

impl<'l> Tree<'l> {
    pub(crate) fn new(limits: &'l Limits) -> Self {
        Self {
            limits,
            open: Vec::new(),
            page: Flow::default(),
            flows: Vec::new(),
            tables: Vec::new(),
            tables_at: Vec::new(),
            links: Vec::new(),
            lists: Vec::new(),
            set_pages: Vec::new(),
            hidden: Setting::default(),
            fields: 0,
            pages: 0,
        }
    }

    /// Ends all that is open: what stands on the page.
    pub(crate) fn finish(mut self) -> Result<Vec<Item>, ReadError> {
        self.pop_to(0)?;
        self.end_paragraph();
        Ok(self.page.items)
    }
}

impl Tree<'_> {
    fn sight(&self) -> Sight {
        self.open.last().map_or(Sight::Seen, |open| open.sight)
    }

    /// What is being filled.
    fn flow(&mut self) -> &mut Flow {
        self.flows.last_mut().unwrap_or(&mut self.page)
    }

    /// Adds text of the source.
    pub(crate) fn text(&mut self, text: &str) {
        let keeps_blanks = self.open.last().is_some_and(|open| open.keeps_blanks);
        match self.sight() {
            Sight::LeftOut => {}
            Sight::Hidden => self.hidden.push(text),
            Sight::Seen => {
                if let Some(link) = self.links.last_mut() {
                    link.text.push_str(text);
                }
                match self.set_pages.last_mut().filter(|page| page.is_placing()) {
                    Some(page) => page.push(text),
                    None => self.flow().push(text, keeps_blanks),
                }
            }
        }
    }

    /// What a start tag begins, and what ends by it.
    pub(crate) fn start(&mut self, name: &[u8], attributes: &Attributes) -> Result<(), ReadError> {
        match name {
            b"br" => {
                self.flush_hidden();
                self.flow().end_line();
                return Ok(());
            }
            b"hr" => {
                self.end_paragraph();
                return Ok(());
            }
            _ => {}
        }
        let Some(element) = Element::of(name) else { return Ok(()) };
        if !self.make_room(element)? {
            return Ok(());
        }
        if self.open.len() >= self.limits.depth.saturating_mul(OPEN_PER_LEVEL) {
            let deepest = self.limits.depth.saturating_mul(OPEN_PER_LEVEL);
            return Err(ReadError::new(ReadErrorKind::TooLarge(format!("more than {deepest} elements in each other"))));
        }
        let style = Style::new(attributes.get("style").unwrap_or_default());
        let is_article = |open: &Open| matches!(open.element.name, "article" | "main");
        let own = match element.role {
            Role::LeftOut => Sight::LeftOut,
            // The head of an article has its title; the head of a page says whose page it is.
            Role::PageEdge if !self.open.iter().rev().take(REACH).any(is_article) => Sight::LeftOut,
            _ if attributes.has("hidden") || style.hides() => Sight::Hidden,
            _ => Sight::Seen,
        };
        let sight = self.sight().max(own);
        if sight != Sight::LeftOut && element.role != Role::Inline {
            self.end_paragraph();
        }
        let holds = self.begin(element, sight, attributes, style)?;
        if element.role == Role::Table {
            self.tables_at.push(self.open.len());
            self.limits.check_depth(self.tables_at.len())?;
        }
        let is_inside = self.open.last().is_some_and(|open| open.keeps_blanks) && element.role != Role::Table;
        let keeps_blanks = is_inside || element.role == Role::Preformatted || style.keeps_blanks();
        // A rule of a page has a blank in it and no text.
        let sight = if holds == Holds::Placed && !self.set_pages.last().is_some_and(SetPage::is_placing) {
            Sight::LeftOut
        } else {
            sight
        };
        self.open.push(Open { element, sight, keeps_blanks, holds });
        Ok(())
    }

    /// Ends what an element ends by beginning. Parts of tables that stand in none are passed over.
    fn make_room(&mut self, element: Element) -> Result<bool, ReadError> {
        let table = self.tables_at.last().copied();
        match (element.role, table) {
            (Role::Row | Role::Rows | Role::Caption | Role::Cell, None) => return Ok(false),
            (Role::Row, Some(at)) => {
                let rows = self.part_of_table(at, |open| open.element.role == Role::Rows).unwrap_or(at);
                self.pop_to(rows + 1)?;
            }
            (Role::Rows | Role::Caption, Some(at)) => self.pop_to(at + 1)?,
            (Role::Cell, Some(at)) => match self.part_of_table(at, |open| open.element.role == Role::Row) {
                Some(row) => self.pop_to(row + 1)?,
                None => {
                    let rows = self.part_of_table(at, |open| open.element.role == Role::Rows).unwrap_or(at);
                    self.pop_to(rows + 1)?;
                    self.start(b"tr", &Attributes::none())?;
                }
            },
            (Role::Table, Some(at)) => {
                // A table that stands in no cell of another ends it.
                let is_in_cell = |open: &Open| matches!(open.element.role, Role::Cell | Role::Caption);
                if self.part_of_table(at, is_in_cell).is_none() {
                    self.pop_to(at)?;
                }
            }
            _ => {}
        }
        if element.ends_a_paragraph() {
            self.close(|open| open.element.role == Role::Paragraph, Element::is_wall)?;
        }
        if element.role == Role::Item {
            let is_term = element.name != "li";
            let is_item = |open: &Open| open.element.role == Role::Item && (open.element.name != "li") == is_term;
            self.close(is_item, |element| element.is_wall() || element.role == Role::List)?;
        }
        match element.name {
            "a" => self.end_link()?,
            "option" if self.open.last().is_some_and(|open| open.element.name == "option") => self.pop()?,
            _ => {}
        }
        Ok(true)
    }

    /// Begins what an element holds.
    fn begin(
        &mut self,
        element: Element,
        sight: Sight,
        attributes: &Attributes,
        style: Style<'_>,
    ) -> Result<Holds, ReadError> {
        if sight != Sight::Seen {
            return Ok(Holds::Nothing);
        }
        if element.role == Role::List || matches!(element.name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6") {
            self.flow().is_structured = true;
        }
        Ok(match element.role {
            Role::Table => {
                self.tables.push(Table::default());
                Holds::Table
            }
            Role::Row => {
                self.tables.last_mut().into_iter().for_each(Table::begin_row);
                Holds::Nothing
            }
            Role::Cell => {
                let (rowspan, colspan) = (attributes.get("rowspan"), attributes.get("colspan"));
                if let Some(table) = self.tables.last_mut() {
                    table.begin_cell(rowspan, colspan, &mut self.fields, self.limits)?;
                }
                self.flows.push(Flow::default());
                Holds::Cell
            }
            Role::Caption => {
                self.flows.push(Flow::default());
                Holds::Caption
            }
            Role::List => {
                let (kind, start) = (attributes.get("type"), attributes.get("start"));
                self.lists.push(List::new(element.name, kind, start, attributes.has("reversed"), style));
                Holds::List
            }
            Role::Item if element.name == "li" => {
                let marker = self.lists.last_mut().and_then(|list| list.number(attributes.get("value")));
                self.flow().mark(marker);
                Holds::Nothing
            }
            Role::Inline if element.name == "a" && attributes.has("href") => {
                let get = |name| attributes.get(name).unwrap_or_default().to_owned();
                self.links.push(Link { address: get("href"), title: get("title"), text: String::new() });
                Holds::Link
            }
            Role::Block => match self.set_pages.last_mut() {
                Some(page) => {
                    let is_placed = !page.is_placing() && style.is_placed() && page.place(style);
                    if is_placed { Holds::Placed } else { Holds::Nothing }
                }
                None => match SetPage::of(style) {
                    Some(page) => {
                        self.set_pages.push(page);
                        Holds::SetPage
                    }
                    None => Holds::Nothing,
                },
            },
            _ => Holds::Nothing,
        })
    }

    /// What an end tag ends.
    pub(crate) fn end(&mut self, name: &[u8]) -> Result<(), ReadError> {
        if name == b"br" {
            return self.start(b"br", &Attributes::none());
        }
        let Some(element) = Element::of(name) else { return Ok(()) };
        match (element.role, self.tables_at.last().copied()) {
            (Role::Table, Some(at)) => self.pop_to(at),
            (Role::Row | Role::Rows | Role::Cell | Role::Caption, Some(at)) => {
                match self.part_of_table(at, |open| open.element.name == element.name) {
                    Some(part) => self.pop_to(part),
                    None => Ok(()),
                }
            }
            (Role::Table | Role::Row | Role::Rows | Role::Cell | Role::Caption, None) => Ok(()),
            (Role::Inline, _) if element.name == "a" => self.end_link(),
            (Role::Inline, _) => self.close(|open| open.element == element, Element::is_wall_of_lines),
            (Role::Paragraph, _) => {
                self.close(|open| open.element == element, Element::is_wall)?;
                self.end_paragraph();
                Ok(())
            }
            _ => self.close(|open| open.element == element, Element::is_wall),
        }
    }

    /// The part of the table that began at a position: its parts stand in each other directly behind it.
    fn part_of_table(&self, at: usize, is_it: impl Fn(&Open) -> bool) -> Option<usize> {
        /// Parts of rows, a row and a cell, and what else stands between them where it should not.
        const PARTS: usize = 16;
        let behind = self.open.get(at + 1..).unwrap_or_default();
        behind.iter().take(PARTS).position(is_it).map(|part| at + 1 + part)
    }

    /// Ends an open element, if it is one of the last and nothing it is not looked for beyond stands in between.
    fn close(&mut self, is_it: impl Fn(&Open) -> bool, is_wall: impl Fn(Element) -> bool) -> Result<(), ReadError> {
        let begin = self.open.len().saturating_sub(REACH);
        let last = self.open.get(begin..).unwrap_or_default();
        for (index, open) in last.iter().enumerate().rev() {
            if is_it(open) {
                return self.pop_to(begin + index);
            }
            if is_wall(open.element) {
                break;
            }
        }
        Ok(())
    }

    /// Ends a link. Other elements that began in it go on.
    fn end_link(&mut self) -> Result<(), ReadError> {
        let begin = self.open.len().saturating_sub(REACH);
        let last = self.open.get_mut(begin..).unwrap_or_default();
        let mut from_end = last.iter_mut().rev().take_while(|open| !open.element.is_wall());
        let Some(open) = from_end.find(|open| open.element.name == "a" && open.holds == Holds::Link) else {
            return self.close(|open| open.element.name == "a", Element::is_wall_of_lines);
        };
        open.holds = Holds::Nothing;
        self.finish_link();
        self.close(|open| open.element.name == "a", Element::is_wall_of_lines)
    }

    fn finish_link(&mut self) {
        if let Some((name, address)) = self.links.pop().and_then(Link::attachment) {
            self.flow().set_aside(Aside::Attachment { name, address });
        }
    }

    /// Ends elements until so many are open.
    fn pop_to(&mut self, length: usize) -> Result<(), ReadError> {
        while self.open.len() > length {
            self.pop()?;
        }
        Ok(())
    }

    /// Ends the last element.
    fn pop(&mut self) -> Result<(), ReadError> {
        let Some(open) = self.open.pop() else { return Ok(()) };
        if open.element.role == Role::Table {
            self.tables_at.pop();
        }
        if open.sight == Sight::Hidden {
            self.flush_hidden();
        }
        if open.element.role != Role::Inline && open.sight != Sight::LeftOut && open.holds != Holds::Placed {
            self.end_paragraph();
        }
        match open.holds {
            Holds::Nothing => {}
            Holds::Table => {
                let items = self.tables.pop().map(Table::finish).unwrap_or_default();
                self.flow().add(items);
            }
            Holds::Cell => {
                if let (Some(flow), Some(table)) = (self.flows.pop(), self.tables.last_mut()) {
                    table.end_cell(flow);
                }
            }
            Holds::Caption => {
                let items = self.flows.pop().map(|flow| flow.items).unwrap_or_default();
                self.flow().add(items);
            }
            Holds::Link => self.finish_link(),
            Holds::List => {
                self.lists.pop();
                self.flow().mark(None);
            }
            Holds::Placed => self.set_pages.last_mut().into_iter().for_each(SetPage::end_placed),
            Holds::SetPage => {
                if let Some(page) = self.set_pages.pop().filter(|page| !page.is_empty()) {
                    self.pages += 1;
                    self.limits.check_pages(self.pages)?;
                    self.flow().add(vec![Item::Set(Box::new(page))]);
                }
            }
        }
        Ok(())
    }

    fn end_paragraph(&mut self) {
        self.flush_hidden();
        self.flow().end_paragraph();
    }

    /// Keeps what nobody sees, at the place where it would stand.
    fn flush_hidden(&mut self) {
        if self.hidden.is_empty() {
            return;
        }
        let text = self.hidden.take();
        if !budget_document::text::trim(&text).is_empty() {
            self.flow().set_aside(Aside::Hidden(text));
        }
    }
}
