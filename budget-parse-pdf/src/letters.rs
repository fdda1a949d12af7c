//! Where a glyph is drawn, and what it stands for.
//!
//! Positions come as binary floating point and leave as whole hundredths of a point.
#![allow(clippy::float_arithmetic)]

use hayro_interpret::font::Glyph as DrawnGlyph;
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::kurbo::{Affine, Point, Vec2};

use crate::geometry::Turn;

/// A glyph and where it is drawn.
pub(crate) struct Placed {
    pub(crate) text: BfString,
    pub(crate) pen: Point,
    pub(crate) advance: Vec2,
    pub(crate) up: Vec2,
    pub(crate) turn: Turn,
}

/// What the text of a glyph has in the way of characters.
pub(crate) trait Characters {
    fn chars(&self) -> impl Iterator<Item = char>;
}

impl Characters for BfString {
    fn chars(&self) -> impl Iterator<Item = char> {
        let (one, more) = match self {
            Self::Char(character) => (Some(*character), ""),
            Self::String(text) => (None, text.as_str()),
        };
        one.into_iter().chain(more.chars())
    }
}

/// Finds out how a glyph takes its room.
pub(crate) fn place(
    glyph: &DrawnGlyph<'_>,
    transform: Affine,
    next: Option<Point>,
    is_vertical: bool,
    text: BfString,
) -> Placed {
    let [a, b, c, d, ..] = transform.as_coeffs();
    let em = 1000.0;
    let (along, up) = (Vec2::new(a, b) * em, Vec2::new(c, d) * em);
    let width = match glyph {
        DrawnGlyph::Outline(outline) => outline.advance_width(),
        DrawnGlyph::Type3(drawn) => drawn.advance_width(),
    };
    let width = match width {
        Some(width) if width > 0.0 && !is_vertical => f64::from(width) / em,
        _ => 0.5,
    };
    let pen = transform * Point::ZERO;
    let mut advance = along * width;
    // A font that is not in the file is drawn with another one, stretched to the widths it should have.
    if advance.hypot() > 1.2 * up.hypot() {
        advance *= up.hypot() / advance.hypot();
    }
    // Where the next glyph begins, this one has ended.
    if let Some(next) = next {
        let reach = (next - pen).dot(advance) / advance.hypot2().max(f64::EPSILON);
        if reach > 0.2 && reach < 1.0 {
            advance *= reach;
        }
    }
    let turn = match (along.x.abs() >= along.y.abs(), along.x >= 0.0, along.y >= 0.0) {
        (true, true, _) => Turn::None,
        (true, false, _) => Turn::Half,
        (false, _, true) => Turn::ThreeQuarters,
        (false, _, false) => Turn::Quarter,
    };
    Placed { text, pen, advance, up, turn }
}
