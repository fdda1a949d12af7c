//! Pages on which every text and every rule is placed, as converters of PDF write them:
//! `<div style="position:relative;width:595pt;height:842pt"><div style="position:absolute;top:80pt;left:89pt">收入</div>…`
//!
//! All lengths are tenths of a point.

use crate::line::Setting;
use crate::style::Style;

/// A page with what is placed on it.
#[derive(Debug, Default)]
pub(crate) struct SetPage {
    pub(crate) texts: Vec<Placed>,
    pub(crate) rules: Vec<Rule>,
    open: Option<(Placed, Setting)>,
}

/// A text and where it stands.
#[derive(Clone, Debug, Default)]
pub(crate) struct Placed {
    pub(crate) left: i32,
    pub(crate) top: i32,
    /// The size of its characters.
    pub(crate) size: i32,
    pub(crate) text: String,
}

/// A ruling line.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Rule {
    pub(crate) is_vertical: bool,
    /// Where it stands across its direction.
    pub(crate) at: i32,
    pub(crate) from: i32,
    pub(crate) to: i32,
}

/// A smaller box is no page.
const SMALLEST: i32 = 2_000;
/// What is thicker is no rule.
const THICKEST: i32 = 15;
/// The size of characters where nothing is said.
const SIZE: i32 = 105;

impl SetPage {
    /// A page, if the style is that of one.
    pub(crate) fn of(style: Style<'_>) -> Option<Self> {
        let is_page =
            style.holds_placed() && ["width", "height"].iter().all(|side| style.length(side) >= Some(SMALLEST));
        is_page.then(Self::default)
    }

    /// Begins what is placed by a style: a text, or a rule, which is there at once. `false` if the style does not say where.
    pub(crate) fn place(&mut self, style: Style<'_>) -> bool {
        let (Some(left), Some(top)) = (style.length("left"), style.length("top")) else { return false };
        let (width, height) = (style.length("width"), style.length("height"));
        match (width, height) {
            (Some(width), Some(height)) if width <= THICKEST || height <= THICKEST => {
                let is_vertical = height > width;
                let (at, from, length) = if is_vertical { (left, top, height) } else { (top, left, width) };
                self.rules.push(Rule { is_vertical, at, from, to: from.saturating_add(length) });
            }
            _ => {
                let size = style.length("font-size").filter(|size| *size > 0).unwrap_or(SIZE);
                self.open = Some((Placed { left, top, size, text: String::new() }, Setting::default()));
            }
        }
        true
    }

    /// Whether a text is being placed.
    pub(crate) fn is_placing(&self) -> bool {
        self.open.is_some()
    }

    /// Adds to the text that is being placed.
    pub(crate) fn push(&mut self, text: &str) {
        if let Some((_, line)) = &mut self.open {
            line.push(text);
        }
    }

    /// Ends what was placed.
    pub(crate) fn end_placed(&mut self) {
        if let Some((mut placed, mut line)) = self.open.take() {
            placed.text = line.take();
            if !budget_document::text::trim(&placed.text).is_empty() {
                self.texts.push(placed);
            }
        }
    }

    /// Whether nothing is printed on it.
    pub(crate) fn is_empty(&self) -> bool {
        self.texts.is_empty()
    }
}

impl Placed {
    /// Where it ends: a half-width character takes half its height.
    pub(crate) fn right(&self) -> i32 {
        let halves = self.text.chars().map(|character| if character.is_ascii() { 1 } else { 2 }).sum::<i32>();
        self.left.saturating_add(halves.saturating_mul(self.size) / 2)
    }

    pub(crate) fn bottom(&self) -> i32 {
        self.top.saturating_add(self.size)
    }

    /// The point that decides in which field it stands.
    pub(crate) fn middle(&self) -> (i32, i32) {
        (self.left.midpoint(self.right()), self.top.midpoint(self.bottom()))
    }
}

/// The lines of texts, from above and from the left.
pub(crate) fn lines(mut texts: Vec<Placed>) -> Vec<Placed> {
    texts.sort_by_key(|text| (text.top, text.left));
    let mut lines: Vec<Vec<Placed>> = Vec::new();
    for text in texts {
        match lines.last_mut().and_then(|line| Some((line.first()?.top, line))) {
            // Smaller characters stand lower on the line: 2026年 beside 部门预算
            Some((top, line)) if text.top - top <= text.size / 2 => line.push(text),
            _ => lines.push(vec![text]),
        }
    }
    lines.into_iter().filter_map(join).collect()
}

/// The texts of a line as one; where more than half a character is left free stands a blank.
fn join(mut line: Vec<Placed>) -> Option<Placed> {
    line.sort_by_key(|text| text.left);
    line.into_iter().reduce(|mut line, next| {
        if next.left - line.right() > next.size / 2 {
            line.text.push(' ');
        }
        line.text.push_str(&next.text);
        line.top = line.top.min(next.top);
        line.size = line.size.max(next.size);
        line
    })
}
