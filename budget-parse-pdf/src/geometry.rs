//! Points, boxes and lengths of a page, in whole hundredths of a point: exact, and the same on every machine.

/// Hundredths of a point in a point.
pub(crate) const POINT: i32 = 100;

/// A box on a page; `top` is above `bottom`, and both grow downwards.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Area {
    pub(crate) left: i32,
    pub(crate) top: i32,
    pub(crate) right: i32,
    pub(crate) bottom: i32,
}

impl Area {
    pub(crate) const fn new(left: i32, top: i32, right: i32, bottom: i32) -> Self {
        Self { left, top, right, bottom }
    }

    /// The box of two corners in any order.
    pub(crate) fn of_corners(one: (i32, i32), other: (i32, i32)) -> Self {
        Self::new(one.0.min(other.0), one.1.min(other.1), one.0.max(other.0), one.1.max(other.1))
    }

    pub(crate) const fn width(&self) -> i32 {
        self.right - self.left
    }

    pub(crate) const fn height(&self) -> i32 {
        self.bottom - self.top
    }

    pub(crate) const fn center(&self) -> (i32, i32) {
        (self.left + self.width() / 2, self.top + self.height() / 2)
    }

    pub(crate) const fn holds(&self, (x, y): (i32, i32)) -> bool {
        self.left <= x && x < self.right && self.top <= y && y < self.bottom
    }

    /// Whether all of another box lies inside, but for a margin.
    pub(crate) const fn contains(&self, other: &Self, margin: i32) -> bool {
        self.left <= other.left + margin
            && self.top <= other.top + margin
            && self.right >= other.right - margin
            && self.bottom >= other.bottom - margin
    }

    /// What two boxes share; without width or height if they do not meet.
    pub(crate) fn cut(&self, other: &Self) -> Self {
        let (left, top) = (self.left.max(other.left), self.top.max(other.top));
        Self::new(left, top, self.right.min(other.right).max(left), self.bottom.min(other.bottom).max(top))
    }

    /// The smallest box around both.
    pub(crate) fn around(&self, other: &Self) -> Self {
        Self::new(
            self.left.min(other.left),
            self.top.min(other.top),
            self.right.max(other.right),
            self.bottom.max(other.bottom),
        )
    }

    pub(crate) const fn is_empty(&self) -> bool {
        self.width() <= 0 || self.height() <= 0
    }
}

/// A turn of a page by quarters, clockwise, and back.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Turn {
    #[default]
    None,
    Quarter,
    Half,
    ThreeQuarters,
}

impl Turn {
    pub(crate) const ALL: [Self; 4] = [Self::None, Self::Quarter, Self::Half, Self::ThreeQuarters];

    /// Where a point of a page of some size comes to lie when the page is turned.
    const fn point(self, (x, y): (i32, i32), (width, height): (i32, i32)) -> (i32, i32) {
        match self {
            Self::None => (x, y),
            Self::Quarter => (height - y, x),
            Self::Half => (width - x, height - y),
            Self::ThreeQuarters => (y, width - x),
        }
    }

    /// Where a box of a page of some size comes to lie.
    pub(crate) fn area(self, area: &Area, size: (i32, i32)) -> Area {
        Area::of_corners(self.point((area.left, area.top), size), self.point((area.right, area.bottom), size))
    }

    /// The size of the turned page.
    pub(crate) const fn size(self, (width, height): (i32, i32)) -> (i32, i32) {
        match self {
            Self::None | Self::Half => (width, height),
            Self::Quarter | Self::ThreeQuarters => (height, width),
        }
    }

    /// The turn that undoes it.
    pub(crate) const fn back(self) -> Self {
        match self {
            Self::None => Self::None,
            Self::Quarter => Self::ThreeQuarters,
            Self::Half => Self::Half,
            Self::ThreeQuarters => Self::Quarter,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_turn_and_its_way_back_leave_a_box_where_it_was() {
        let (area, size) = (Area::new(100, 200, 350, 260), (1000, 2000));
        for turn in Turn::ALL {
            let turned = turn.area(&area, size);
            assert_eq!(turn.back().area(&turned, turn.size(size)), area, "{turn:?}");
        }
        assert_eq!(Turn::Quarter.area(&area, size), Area::new(1740, 100, 1800, 350));
    }

    #[test]
    fn what_two_boxes_that_do_not_meet_share_is_empty() {
        let (one, other) = (Area::new(0, 0, 10, 10), Area::new(20, 0, 30, 10));
        assert!(one.cut(&other).is_empty());
        assert_eq!(one.around(&other), Area::new(0, 0, 30, 10));
    }
}
