//! What stands on a page: glyphs, ruling lines and what covers them, as they are drawn.

use budget_model::HiddenReason;

use crate::geometry::{Area, Turn};

/// A page as it is drawn.
#[derive(Clone, Debug, Default)]
pub(crate) struct Page {
    /// Width and height as it is seen.
    pub(crate) size: (i32, i32),
    pub(crate) glyphs: Vec<Glyph>,
    pub(crate) rules: Vec<Rule>,
    pub(crate) covers: Vec<Cover>,
    /// How much of the page images take, in hundredths of the page.
    pub(crate) image_share: i32,
    /// How many operations drew it.
    pub(crate) operations: usize,
    /// How many glyphs have no character.
    pub(crate) unmapped: usize,
    /// By how much it was turned so that its text stands upright.
    pub(crate) turn: Turn,
}

/// A character that is drawn.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Glyph {
    pub(crate) character: char,
    /// From pen to pen, and from three quarters of an em above the pen to [`FOOT`](Self::FOOT) below.
    pub(crate) area: Area,
    /// Height of an em.
    pub(crate) size: i32,
    /// Number of the string it was drawn with.
    pub(crate) run: u32,
    /// When it was drawn.
    pub(crate) order: u32,
    /// The turn that sets it upright.
    pub(crate) turn: Turn,
    pub(crate) is_white: bool,
    /// Whether part of it is cut off at its left or right, or what it is one number with.
    pub(crate) is_cut: bool,
    /// Why nobody sees it.
    pub(crate) hidden: Option<HiddenReason>,
}

/// A straight line that is drawn, level or upright.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Rule {
    pub(crate) is_level: bool,
    /// Where it stands: its height if level, its distance from the left if upright.
    pub(crate) position: i32,
    pub(crate) from: i32,
    pub(crate) to: i32,
    pub(crate) thickness: i32,
    /// When it was drawn.
    pub(crate) order: u32,
}

/// An opaque box: what was drawn before it cannot be seen.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cover {
    pub(crate) area: Area,
    pub(crate) order: u32,
    pub(crate) is_white: bool,
}

impl Glyph {
    /// How far a glyph's box reaches above the pen, in hundredths of an em.
    pub(crate) const HEAD: i32 = 75;
    /// How far it reaches below.
    pub(crate) const FOOT: i32 = 15;

    /// The height of the pen. Fonts have boxes of their own, but what is printed in one line stands on one height: digits in one
    /// font, their commas in another.
    pub(crate) const fn baseline(&self) -> i32 {
        self.area.bottom - self.size * Self::FOOT / 100
    }

    /// The point that says which line and cell it stands in.
    pub(crate) fn center(&self) -> (i32, i32) {
        self.area.center()
    }
}

impl Rule {
    /// The box that its ink takes.
    pub(crate) fn area(&self) -> Area {
        let half = self.thickness / 2;
        match self.is_level {
            true => Area::new(self.from, self.position - half, self.to, self.position + half),
            false => Area::new(self.position - half, self.from, self.position + half, self.to),
        }
    }
}

impl Page {
    /// How many things are drawn on it.
    pub(crate) fn marks(&self) -> usize {
        self.glyphs.len() + self.rules.len() + self.covers.len()
    }

    /// Sets the page upright: a landscape table is often drawn turned on a page that is not.
    pub(crate) fn set_upright(&mut self) {
        let mut counts = [0_usize; 4];
        for glyph in self.glyphs.iter().filter(|glyph| glyph.hidden.is_none()) {
            counts[glyph.turn as usize] += 1;
        }
        let best = Turn::ALL.into_iter().rev().max_by_key(|turn| counts[*turn as usize]).unwrap_or_default();
        if best == Turn::None {
            return;
        }
        let size = self.size;
        for glyph in &mut self.glyphs {
            glyph.area = best.area(&glyph.area, size);
        }
        for rule in &mut self.rules {
            let area = best.area(&rule.area(), size);
            if matches!(best, Turn::Quarter | Turn::ThreeQuarters) {
                rule.is_level = !rule.is_level;
            }
            (rule.position, rule.from, rule.to) = match rule.is_level {
                true => (area.center().1, area.left, area.right),
                false => (area.center().0, area.top, area.bottom),
            };
        }
        for cover in &mut self.covers {
            cover.area = best.area(&cover.area, size);
        }
        self.size = best.size(size);
        self.turn = best;
    }
}
