//! The styles of a workbook with more fills: every style of a marked cell is there once more, with a colour behind it.

use std::collections::HashMap;

use super::markup::{Edits, Tag, TagKind, tags};
use super::package::broken;
use crate::error::Kind;
use crate::note::Colour;

/// More cell formats than a spreadsheet program takes.
const MOST: usize = 64_000;

/// The styles of a workbook.
pub(crate) struct Styles<'m> {
    markup: &'m str,
    fills: List<'m>,
    formats: List<'m>,
    /// Each cell format as it stands.
    elements: Vec<&'m str>,
    colours: Vec<Colour>,
    /// By the format that a cell had and its new colour: the new one.
    made: HashMap<(usize, Colour), usize>,
    added: String,
}

/// A list of the styles, and how many it has.
#[derive(Default)]
struct List<'m> {
    open: Option<Tag<'m>>,
    close: Option<Tag<'m>>,
    count: usize,
}

impl<'m> Styles<'m> {
    /// The styles that some markup describes; none where it has no fills or formats of cells.
    pub(crate) fn read(markup: &'m str, part: &str) -> Result<Option<Self>, Kind> {
        let (mut fills, mut formats) = (List::default(), List::default());
        let (mut elements, mut begun) = (Vec::new(), 0);
        let mut list = "";
        for tag in tags(markup) {
            let tag = tag.ok_or_else(|| broken(part))?;
            if tag.depth == 2 && tag.is_open() {
                list = tag.local();
            }
            let known = match list {
                "fills" => &mut fills,
                "cellXfs" => &mut formats,
                _ => continue,
            };
            match (tag.depth, tag.kind) {
                (2, TagKind::Open) => known.open = Some(tag),
                (2, TagKind::Close) => known.close = Some(tag),
                (3, TagKind::Open) => begun = tag.span.start,
                (3, kind) => {
                    known.count += 1;
                    if list == "cellXfs" {
                        let start = if kind == TagKind::Empty { tag.span.start } else { begun };
                        elements.extend(markup.get(start..tag.span.end));
                    }
                }
                _ => {}
            }
        }
        let is_whole = fills.close.is_some() && formats.close.is_some();
        let (colours, made, added) = (Vec::new(), HashMap::new(), String::new());
        Ok(is_whole.then_some(Self { markup, fills, formats, elements, colours, made, added }))
    }

    /// The number of the format that is like another one but for its colour.
    pub(crate) fn coloured(&mut self, format: usize, colour: Colour) -> Option<usize> {
        if let Some(made) = self.made.get(&(format, colour)) {
            return Some(*made);
        }
        let number = self.elements.len() + self.made.len();
        let fill = self.colours.iter().position(|known| *known == colour).unwrap_or_else(|| {
            self.colours.push(colour);
            self.colours.len() - 1
        });
        let element = *self.elements.get(format).filter(|_| number < MOST)?;
        let open = tags(element).next()??;
        let fill = (self.fills.count + fill).to_string();
        let coloured = open.with_attribute("fillId", &fill);
        let coloured = tags(&coloured).next()??.with_attribute("applyFill", "1");
        self.added += &coloured;
        self.added += element.get(open.span.end..).unwrap_or_default();
        self.made.insert((format, colour), number);
        Some(number)
    }

    /// The markup with what was made, if anything was.
    pub(crate) fn finish(self) -> Option<String> {
        if self.made.is_empty() {
            return None;
        }
        let mut edits = Edits::default();
        let fills: String = self
            .colours
            .iter()
            .map(|[red, green, blue]| {
                let prefix = self.fills.open.as_ref().map(Tag::prefix).unwrap_or_default();
                format!(
                    "<{prefix}fill><{prefix}patternFill patternType=\"solid\"><{prefix}fgColor rgb=\"FF{red:02X}{green:02X}{blue:02X}\"/><{prefix}bgColor indexed=\"64\"/></{prefix}patternFill></{prefix}fill>"
                )
            })
            .collect();
        let lists = [(self.fills, self.colours.len(), fills), (self.formats, self.made.len(), self.added)];
        for (list, more, written) in lists {
            if let (Some(open), Some(close)) = (list.open, list.close) {
                edits.replace(open.span.clone(), open.with_attribute("count", &(list.count + more).to_string()));
                edits.append(&close, &written);
            }
        }
        Some(edits.apply(self.markup))
    }
}
