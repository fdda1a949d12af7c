//! Where the bands of a Sankey diagram go: whole tenths of a pixel, the same on every machine.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::flow::{MoneyFlow, Stop};

/// Width of the drawing.
const WIDTH: i64 = 9600;
/// Room for labels behind the last layer.
const MARGIN: i64 = 2300;
/// Width of a node.
const NODE: i64 = 140;
/// Height of all money.
const FULL: i64 = 2800;
/// Between two nodes of a layer: a line of text, so that labels of thin nodes do not meet.
const GAP: i64 = 200;
/// Above the first node.
const TOP: i64 = 100;
/// The least height of a node that is seen.
const THINNEST: i64 = 10;

/// A node, as a box.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Node {
    pub(crate) stop: Stop,
    pub(crate) left: i64,
    pub(crate) top: i64,
    pub(crate) width: i64,
    pub(crate) height: i64,
}

/// A band between two nodes: its height, and where it begins and ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Band {
    pub(crate) from: Stop,
    pub(crate) to: Stop,
    pub(crate) height: i64,
    pub(crate) start: (i64, i64),
    pub(crate) end: (i64, i64),
}

/// A drawing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Sankey {
    pub(crate) width: i64,
    pub(crate) height: i64,
    pub(crate) nodes: Vec<Node>,
    pub(crate) bands: Vec<Band>,
}

impl Sankey {
    /// The drawing of a flow, from left to right.
    pub(crate) fn of(flow: &MoneyFlow) -> Self {
        let whole = flow.layers.iter().map(|layer| layer.iter().map(|(_, money)| money.yuan).sum()).max();
        let whole: Decimal = whole.unwrap_or_default();
        let scaled = |yuan: Decimal| scaled(yuan, whole, FULL).max(THINNEST);
        let between = (flow.layers.len() as i64 - 1).max(1);
        let mut nodes = Vec::new();
        let mut bottom = 0;
        for (index, layer) in (0..).zip(&flow.layers) {
            let left = index * (WIDTH - MARGIN - NODE) / between;
            let mut top = TOP;
            for (stop, money) in layer {
                let height = scaled(money.yuan);
                nodes.push(Node { stop: *stop, left, top, width: NODE, height });
                top += height + GAP;
            }
            bottom = bottom.max(top);
        }
        let mut drawing = Self { width: WIDTH, height: bottom, nodes, bands: Vec::new() };
        drawing.add_bands(flow, scaled);
        drawing
    }

    /// The bands of a node lie below each other, at both ends in the order of the nodes they lead to, so that few cross.
    fn add_bands(&mut self, flow: &MoneyFlow, scaled: impl Fn(Decimal) -> i64) {
        let place = |stop: Stop| self.nodes.iter().position(|node| node.stop == stop);
        let known = flow.links.iter().filter_map(|link| Some((place(link.from)?, place(link.to)?, link)));
        let mut links: Vec<_> = known.collect();
        links.sort_by_key(|(from, to, _)| (*from, *to));
        let mut used_right = vec![0; self.nodes.len()];
        for (from, to, link) in &links {
            let (Some(node), Some(end)) = (self.nodes.get(*from), self.nodes.get(*to)) else { continue };
            let Some(used) = used_right.get_mut(*from) else { continue };
            // Rounding must not push a band out of its node.
            let height = scaled(link.money.yuan).min(node.height - *used).min(end.height).max(1);
            let start = (node.left + node.width, node.top + *used);
            *used += height;
            self.bands.push(Band { from: link.from, to: link.to, height, start, end: (end.left, end.top) });
        }
        // The ends on the right follow in the order of the nodes on the left, in which the bands already are.
        for node in &self.nodes {
            let mut used = 0;
            for band in self.bands.iter_mut().filter(|band| band.to == node.stop) {
                let top = (node.top + used).min(node.top + (node.height - band.height).max(0));
                band.end = (node.left, top);
                used += band.height;
            }
        }
    }
}

/// What an amount is of a whole, in parts of `full`, rounded.
pub(crate) fn scaled(amount: Decimal, whole: Decimal, full: i64) -> i64 {
    let parts = amount.checked_mul(Decimal::from(full)).and_then(|parts| parts.checked_div(whole));
    parts.and_then(|parts| parts.round().to_i64()).unwrap_or(0).clamp(0, full)
}

/// Tenths as SVG wants them: `12.3`.
pub(crate) fn tenths(number: i64) -> String {
    let sign = if number < 0 { "-" } else { "" };
    match (number.abs() / 10, number.abs() % 10) {
        (whole, 0) => format!("{sign}{whole}"),
        (whole, rest) => format!("{sign}{whole}.{rest}"),
    }
}

impl Band {
    /// The outline of the band, as the data of an SVG path: two curves that leave and arrive level.
    pub(crate) fn path(&self) -> String {
        let ((x0, y0), (x1, y1), h) = (self.start, self.end, self.height);
        let middle = (x0 + x1) / 2;
        let [x0, y0, x1, y1, m, b0, b1] = [x0, y0, x1, y1, middle, y0 + h, y1 + h].map(tenths);
        format!("M{x0} {y0}C{m} {y0} {m} {y1} {x1} {y1}V{b1}C{m} {b1} {m} {b0} {x0} {b0}Z")
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use budget_model::{Code, Nature, Source};

    use super::*;
    use crate::flow::Link;
    use crate::money::Money;

    fn money(yuan: i64) -> Money {
        Money { yuan: yuan.into(), half_unit: Decimal::ZERO }
    }

    /// Sources, the total, two natures, and what they spend on some classes.
    fn flow(sources: &[i64], classes: &[(i64, i64)]) -> MoneyFlow {
        let total: i64 = sources.iter().sum();
        let named: Vec<_> =
            Source::TREE.into_iter().skip(1).zip(sources).map(|(of, yuan)| (Stop::Source(of), money(*yuan))).collect();
        let class = |index: usize| Stop::Class(Code::from_number(201 + index as u32).unwrap());
        let natures = [Nature::Basic, Nature::Project].map(Stop::Nature);
        let spent = |nature: usize| classes.iter().map(|pair| [pair.0, pair.1][nature]).sum::<i64>();
        let layers = vec![
            named.clone(),
            vec![(Stop::Total, money(total))],
            vec![(natures[0], money(spent(0))), (natures[1], money(spent(1)))],
            classes.iter().enumerate().map(|(at, pair)| (class(at), money(pair.0 + pair.1))).collect(),
        ];
        let mut links: Vec<_> = named.into_iter().map(|(from, money)| Link { from, to: Stop::Total, money }).collect();
        for nature in [0, 1] {
            links.push(Link { from: Stop::Total, to: natures[nature], money: money(spent(nature)) });
            for (at, pair) in classes.iter().enumerate() {
                let money = money([pair.0, pair.1][nature]);
                links.push(Link { from: natures[nature], to: class(at), money });
            }
        }
        MoneyFlow { layers, links }
    }

    #[test]
    fn a_half_takes_half_of_the_height() {
        let drawing = Sankey::of(&flow(&[50, 50], &[(25, 50), (25, 0)]));
        let height = |stop| drawing.nodes.iter().find(|node| node.stop == stop).unwrap().height;
        assert_eq!(height(Stop::Total), FULL);
        assert_eq!(height(Stop::Nature(Nature::Basic)), FULL / 2);
        assert_eq!(height(Stop::Class(Code::from_number(201).unwrap())), FULL * 3 / 4);
        let into_total: i64 = drawing.bands.iter().filter(|band| band.to == Stop::Total).map(|band| band.height).sum();
        assert_eq!(into_total, FULL);
    }

    #[test]
    fn tenths_have_one_decimal_or_none() {
        assert_eq!([0, 5, 120, -123].map(tenths), ["0", "0.5", "12", "-12.3"]);
    }

    proptest! {
        #[test]
        fn nodes_of_a_layer_never_meet_and_bands_stay_on_the_drawing(
            sources in prop::collection::vec(1_i64..1_000_000_000, 1..8),
            classes in prop::collection::vec((0_i64..1_000_000_000, 1_i64..1_000_000), 1..20),
        ) {
            let drawing = Sankey::of(&flow(&sources, &classes));
            for (at, node) in drawing.nodes.iter().enumerate() {
                prop_assert!(node.height >= THINNEST && node.top + node.height <= drawing.height);
                for other in &drawing.nodes[at + 1..] {
                    let apart = other.left != node.left || other.top >= node.top + node.height + GAP;
                    prop_assert!(apart, "{node:?} {other:?}");
                }
            }
            for band in &drawing.bands {
                for (x, y) in [band.start, band.end] {
                    prop_assert!((0..=WIDTH - MARGIN).contains(&x), "{band:?}");
                    prop_assert!(y >= TOP && y + band.height <= drawing.height, "{band:?}");
                }
            }
        }
    }
}
