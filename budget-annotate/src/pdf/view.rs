//! From the page as it is seen to the space in which it is written.
//!
//! A place is in tenths of a unit from the upper left corner of the page that is seen: cut to its crop box and turned by its
//! `Rotate`. `UserUnit` says how large a unit is on paper. The reader does not ask for it, and neither does this.

use super::syntax::decimal;

/// Thousandths of a unit in a tenth of it.
const TENTH: i64 = 100;
/// Page sizes beyond this are no pages, and sums of them would not fit.
const LARGEST: i64 = 1_000_000_000;
/// A page that says nothing of its size.
const A4: Rect = Rect { left: 0, bottom: 0, right: 595_276, top: 841_890 };

/// A box in user space, in thousandths of a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Rect {
    pub(crate) left: i64,
    pub(crate) bottom: i64,
    pub(crate) right: i64,
    pub(crate) top: i64,
}

/// A box on the page as it is seen, in tenths of a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Seen {
    pub(crate) left: u16,
    pub(crate) top: u16,
    pub(crate) right: u16,
    pub(crate) bottom: u16,
}

/// How much of a page is seen, and from which side.
#[derive(Clone, Copy, Debug)]
pub(crate) struct View {
    crop: Rect,
    quarters: i64,
}

/// A point in user space.
pub(crate) type Point = (i64, i64);

impl Rect {
    /// The box of two corners in any order.
    pub(crate) fn of_corners(one: Point, other: Point) -> Self {
        let inside = |number: i64| number.clamp(-LARGEST, LARGEST);
        let (one, other) = ((inside(one.0), inside(one.1)), (inside(other.0), inside(other.1)));
        Self {
            left: one.0.min(other.0),
            bottom: one.1.min(other.1),
            right: one.0.max(other.0),
            top: one.1.max(other.1),
        }
    }

    fn cut(self, other: Self) -> Self {
        let (left, bottom) = (self.left.max(other.left), self.bottom.max(other.bottom));
        Self { left, bottom, right: self.right.min(other.right), top: self.top.min(other.top) }
    }

    const fn is_empty(&self) -> bool {
        self.right <= self.left || self.top <= self.bottom
    }
}

impl std::fmt::Display for Rect {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let [left, bottom, right, top] = [self.left, self.bottom, self.right, self.top].map(decimal);
        write!(f, "{left} {bottom} {right} {top}")
    }
}

impl View {
    /// What is seen of a page with these boxes, turned clockwise by so many degrees.
    pub(crate) fn new(media: Option<Rect>, crop: Option<Rect>, degrees: i64) -> Self {
        let media = media.unwrap_or(A4);
        let crop = crop.unwrap_or(media).cut(media);
        let quarters = if degrees % 90 == 0 { degrees.rem_euclid(360) / 90 } else { 0 };
        match crop.is_empty() {
            false => Self { crop, quarters },
            // Readers take such a page for a sheet of A4 that begins where its box does.
            true => {
                let (right, top) = (crop.left + A4.right, crop.bottom + A4.top);
                Self { crop: Rect { right, top, ..crop }, quarters }
            }
        }
    }

    /// A point that is seen, in tenths from the upper left.
    fn point(&self, x: u16, y: u16) -> Point {
        let (x, y) = (i64::from(x) * TENTH, i64::from(y) * TENTH);
        let Rect { left, bottom, right, top } = self.crop;
        match self.quarters {
            0 => (left + x, top - y),
            1 => (left + y, bottom + x),
            2 => (right - x, bottom + y),
            _ => (right - y, top - x),
        }
    }

    /// The corners of a box that is seen: upper left, upper right, lower left, lower right.
    pub(crate) fn corners(&self, seen: &Seen) -> [Point; 4] {
        let Seen { left, top, right, bottom } = *seen;
        [(left, top), (right, top), (left, bottom), (right, bottom)].map(|(x, y)| self.point(x, y))
    }
}

impl Seen {
    /// The box with a margin around it, so that the highlight of a narrow figure can be seen and hit.
    pub(crate) const fn widened(self, margin: u16) -> Self {
        Self {
            left: self.left.saturating_sub(margin),
            top: self.top.saturating_sub(margin),
            right: self.right.saturating_add(margin),
            bottom: self.bottom.saturating_add(margin),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A box near the upper left corner of what is seen, on a page whose crop box begins at (10, 20).
    fn corners(degrees: i64) -> [Point; 4] {
        let media = Rect::of_corners((0, 0), (300_000, 400_000));
        let crop = Rect::of_corners((210_000, 320_000), (10_000, 20_000));
        let seen = Seen { left: 50, top: 70, right: 250, bottom: 170 };
        View::new(Some(media), Some(crop), degrees).corners(&seen)
    }

    #[test]
    fn the_upper_left_of_what_is_seen_is_another_corner_for_each_turn() {
        assert_eq!(corners(0), [(15_000, 313_000), (35_000, 313_000), (15_000, 303_000), (35_000, 303_000)]);
        assert_eq!(corners(90), [(17_000, 25_000), (17_000, 45_000), (27_000, 25_000), (27_000, 45_000)]);
        assert_eq!(corners(180), [(205_000, 27_000), (185_000, 27_000), (205_000, 37_000), (185_000, 37_000)]);
        assert_eq!(corners(-90), [(203_000, 315_000), (203_000, 295_000), (193_000, 315_000), (193_000, 295_000)]);
        assert_eq!(corners(360), corners(0));
        assert_eq!(corners(45), corners(0));
    }

    #[test]
    fn a_page_without_a_size_is_a_sheet_of_a4() {
        let seen = Seen { left: 0, top: 0, right: 10, bottom: 10 };
        assert_eq!(View::new(None, None, 0).corners(&seen)[0], (0, 841_890));
        let nothing = Rect::of_corners((5000, 5000), (5000, 5000));
        assert_eq!(View::new(Some(nothing), None, 0).corners(&seen)[0], (5000, 846_890));
    }
}
