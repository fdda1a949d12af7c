//! The parts of a path as boxes.
//!
//! Positions come as binary floating point and leave as whole hundredths of a point.
#![allow(clippy::float_arithmetic)]

use hayro_interpret::kurbo::{Affine, BezPath, PathEl, Point, Rect};

use crate::geometry::{Area, POINT};

/// Whether a path has a curve in it.
pub(crate) fn is_curved(path: &BezPath) -> bool {
    path.elements().iter().any(|element| matches!(element, PathEl::QuadTo(..) | PathEl::CurveTo(..)))
}

/// The boxes of the parts of a path, and whether the part is that box.
pub(crate) fn pieces(path: &BezPath, transform: Affine) -> Vec<(Area, bool)> {
    let mut pieces = Vec::new();
    let mut points: Vec<(i32, i32)> = Vec::new();
    let mut close = |points: &mut Vec<(i32, i32)>| {
        if let Some(first) = points.first() {
            let area = points
                .iter()
                .fold(Area::of_corners(*first, *first), |area, at| area.around(&Area::of_corners(*at, *at)));
            let near = |one: i32, other: i32| (one - other).abs() <= POINT / 5;
            let is_corner = |(x, y): &(i32, i32)| {
                (near(*x, area.left) || near(*x, area.right)) && (near(*y, area.top) || near(*y, area.bottom))
            };
            let is_box = (4..=6).contains(&points.len()) && points.iter().all(is_corner);
            pieces.push((area, is_box));
        }
        points.clear();
    };
    for element in path.elements() {
        match *element {
            PathEl::MoveTo(to) => {
                close(&mut points);
                points.push(point(transform * to));
            }
            PathEl::LineTo(to) | PathEl::QuadTo(_, to) | PathEl::CurveTo(_, _, to) => {
                points.push(point(transform * to))
            }
            PathEl::ClosePath => {}
        }
    }
    close(&mut points);
    pieces
}

/// Points as whole hundredths; what lies far away or is no number comes to lie at the edge of what can be said.
pub(crate) fn hundredths(points: f64) -> i32 {
    // Far enough for any page, and near enough for sums and products of such lengths.
    const FAR: f64 = 4_000_000.0;
    let rounded = (points * f64::from(POINT)).round();
    if rounded.is_nan() { 0 } else { rounded.clamp(-FAR, FAR) as i32 }
}

pub(crate) fn point(at: Point) -> (i32, i32) {
    (hundredths(at.x), hundredths(at.y))
}

pub(crate) fn rounded(rect: Rect) -> Area {
    Area::of_corners(point(Point::new(rect.x0, rect.y0)), point(Point::new(rect.x1, rect.y1)))
}
