//! Styles, as far as they hide text or number paragraphs.

use std::collections::HashMap;

use budget_document::ReadError;

use crate::markup::{Element, Space, Step, Visitor};

/// The styles of a document, by their id.
#[derive(Debug, Default)]
pub(crate) struct Styles {
    styles: HashMap<String, Style>,
    /// The style of paragraphs that name none.
    default: Option<String>,
    open: Vec<Open>,
}

/// The number of a paragraph as its properties or a style say it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct NumberProperties {
    /// The list; `0` for none.
    pub(crate) list: Option<String>,
    /// The level in it, from 0.
    pub(crate) level: Option<u32>,
}

#[derive(Debug, Default)]
struct Style {
    based_on: Option<String>,
    number: NumberProperties,
    is_hidden: Option<bool>,
}

#[derive(Debug, PartialEq, Eq)]
enum Open {
    Other,
    Style(String),
    ParagraphProperties,
    NumberProperties,
    RunProperties,
}

impl Styles {
    /// A style and those it is based on, nearest first; a circle ends.
    fn chain<'s>(&'s self, id: Option<&'s str>) -> impl Iterator<Item = (&'s str, &'s Style)> {
        const LONGEST: usize = 32;
        let find = |id: &'s str| self.styles.get(id).map(|style| (id, style));
        let first = id.or(self.default.as_deref()).and_then(find);
        std::iter::successors(first, move |(_, style)| style.based_on.as_deref().and_then(find)).take(LONGEST)
    }

    /// The number that a paragraph has by its own properties and its style, and the style that says it, if one does.
    pub(crate) fn number<'s>(
        &'s self,
        style: Option<&'s str>,
        own: &NumberProperties,
    ) -> (NumberProperties, Option<&'s str>) {
        let mut number = own.clone();
        let mut of_style = None;
        for (id, style) in self.chain(style) {
            if number.list.is_some() && number.level.is_some() {
                break;
            }
            if number.list.is_none() && style.number.list.is_some() {
                number.list.clone_from(&style.number.list);
                of_style = Some(id);
            }
            number.level = number.level.or(style.number.level);
        }
        (number, of_style)
    }

    /// The list of a style of lists.
    pub(crate) fn list(&self, style: &str) -> Option<&str> {
        self.styles.get(style)?.number.list.as_deref()
    }

    /// Whether the text of a style is hidden, if it or one that it is based on says so; `None` stands for the style of
    /// paragraphs that name none.
    pub(crate) fn is_hidden(&self, style: Option<&str>) -> Option<bool> {
        self.chain(style).find_map(|(_, style)| style.is_hidden)
    }

    fn style(&mut self) -> Option<&mut Style> {
        let id = self.open.iter().rev().find_map(|open| match open {
            Open::Style(id) => Some(id.as_str()),
            _ => None,
        })?;
        self.styles.get_mut(id)
    }
}

impl Visitor for Styles {
    fn begin(&mut self, element: &Element<'_>) -> Result<Step, ReadError> {
        if element.space != Space::Word {
            return Ok(Step::Over);
        }
        let open = match (self.open.last(), element.name) {
            (Some(Open::Other), "style") => {
                let Some(id) = element.attribute("styleId") else { return Ok(Step::Over) };
                let is_default = matches!(element.attribute("default").as_deref(), Some("1" | "true" | "on"));
                if is_default && element.attribute("type").as_deref() == Some("paragraph") {
                    self.default = Some(id.clone());
                }
                self.styles.insert(id.clone(), Style::default());
                Open::Style(id)
            }
            (None, _) => Open::Other,
            (Some(Open::Style(_)), "pPr") => Open::ParagraphProperties,
            (Some(Open::Style(_)), "rPr") => Open::RunProperties,
            (Some(Open::ParagraphProperties), "numPr") => Open::NumberProperties,
            (parent, name) => {
                match (parent, name) {
                    (Some(Open::Style(_)), "basedOn") => {
                        let based_on = element.value();
                        self.style().into_iter().for_each(|style| style.based_on.clone_from(&based_on));
                    }
                    (Some(Open::NumberProperties), "numId") => {
                        let list = element.value();
                        self.style().into_iter().for_each(|style| style.number.list.clone_from(&list));
                    }
                    (Some(Open::NumberProperties), "ilvl") => {
                        let level = element.number();
                        self.style().into_iter().for_each(|style| style.number.level = level);
                    }
                    (Some(Open::RunProperties), "vanish") => {
                        let is_hidden = element.is_on();
                        self.style().into_iter().for_each(|style| style.is_hidden = Some(is_hidden));
                    }
                    _ => {}
                }
                return Ok(Step::Over);
            }
        };
        self.open.push(open);
        Ok(Step::Into)
    }

    fn end(&mut self) -> Result<(), ReadError> {
        self.open.pop();
        Ok(())
    }
}
