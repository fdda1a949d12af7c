//! Lines of text from glyphs: what stands on one height, with blanks where the page has gaps.

use crate::geometry::{Area, POINT};
use crate::page::Glyph;

/// A gap wider than this is a blank, in hundredths of an em.
const GAP: i32 = 25;
/// How far the heights of the pen may differ in one line, in hundredths of an em.
const UNEVEN: i32 = 35;
/// What a blank counts for in a wide gap.
const BLANK: i32 = 5 * POINT;
/// Most blanks of a gap.
const MOST_BLANKS: i32 = 200;

/// A line of text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct TextLine {
    pub(crate) text: String,
    pub(crate) area: Area,
    pub(crate) baseline: i32,
    /// Height of an em, of its largest glyph.
    pub(crate) size: i32,
}

/// Glyphs that stand on one height, from left to right.
pub(crate) type Level<'g> = Vec<&'g Glyph>;

/// Parts glyphs by the height they stand on, from above.
pub(crate) fn levels<'g>(glyphs: impl IntoIterator<Item = &'g Glyph>) -> Vec<Level<'g>> {
    let mut sorted: Vec<&Glyph> = glyphs.into_iter().filter(|glyph| !is_blank(glyph.character)).collect();
    sorted.sort_by_key(|glyph| (glyph.baseline(), glyph.area.left));
    let mut levels: Vec<Level<'g>> = Vec::new();
    // A level goes on while its glyphs stand near enough to the pen of its largest glyph.
    let (mut pen, mut size) = (0, 0);
    for glyph in sorted {
        let room = size.min(glyph.size).max(POINT) * UNEVEN / 100;
        match levels.last_mut() {
            Some(level) if glyph.baseline() - pen <= room => {
                if glyph.size > size {
                    (pen, size) = (glyph.baseline(), glyph.size);
                }
                level.push(glyph);
            }
            _ => {
                (pen, size) = (glyph.baseline(), glyph.size);
                levels.push(vec![glyph]);
            }
        }
    }
    for level in &mut levels {
        level.sort_by_key(|glyph| (glyph.area.left, glyph.order));
    }
    levels
}

/// Whether there is a gap between two neighbours of a level.
pub(crate) fn is_gap(left: &Glyph, right: &Glyph) -> bool {
    (right.area.left - left.area.right) * 100 > GAP * left.size.min(right.size)
}

impl TextLine {
    /// The line of the glyphs of one level; wide gaps are as many blanks as would take their room if `with_gaps`, else one.
    pub(crate) fn of(level: &[&Glyph], with_gaps: bool) -> Option<Self> {
        let first = level.first()?;
        let mut text = String::with_capacity(level.len() * 3);
        let mut area = first.area;
        let mut size = 0;
        let mut last: Option<&Glyph> = None;
        for glyph in level {
            if let Some(last) = last.filter(|last| is_gap(last, glyph)) {
                let room = glyph.area.left - last.area.right;
                let blanks = if with_gaps { (room / BLANK).clamp(1, MOST_BLANKS) } else { 1 };
                text.extend((0..blanks).map(|_| ' '));
            }
            text.push(glyph.character);
            area = area.around(&glyph.area);
            size = size.max(glyph.size);
            last = Some(glyph);
        }
        Some(Self { text, area, baseline: first.baseline(), size })
    }

    /// The text with blanks before it for the room at its left.
    pub(crate) fn indented(&self) -> String {
        let blanks = (self.area.left / BLANK).clamp(0, MOST_BLANKS);
        let mut text: String = (0..blanks).map(|_| ' ').collect();
        text.push_str(&self.text);
        text
    }
}

fn is_blank(character: char) -> bool {
    budget_document::text::is_space(character)
}
