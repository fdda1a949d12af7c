//! The text around and between the grids of a document, in the order of reading.

use std::ops::Range;

use budget_document::Line;

use crate::grid::GridReading;
use crate::outline::{Region, RegionKind};

/// The lines that belong to no table, in the order of reading.
pub(crate) struct ReadingOrder<'l> {
    pub(crate) lines: Vec<&'l Line<'l>>,
    /// Indices of the lines before which a grid stands, in order.
    cuts: Vec<usize>,
}

impl<'l> ReadingOrder<'l> {
    /// Puts the text of cells outside tables where its grid stands; lines that became the title, caption or note of a grid are
    /// taken.
    pub(crate) fn new(text: &[&'l Line<'l>], grids: &'l GridReading<'_>) -> Self {
        let mut order = Self { lines: Vec::with_capacity(text.len() + grids.prose.len()), cuts: Vec::new() };
        let mut used = grids.used_lines.iter().copied().peekable();
        let mut before = grids.before.iter().copied().peekable();
        let mut prose = grids.prose.iter().peekable();
        for index in 0..=text.len() {
            // A workbook is grids from end to end, and nothing is cut.
            if before.next_if(|at| *at <= index).is_some() && !text.is_empty() {
                order.cuts.push(order.lines.len());
            }
            while before.next_if(|at| *at <= index).is_some() {}
            while let Some((_, line)) = prose.next_if(|(at, _)| *at <= index) {
                order.lines.push(line);
            }
            let is_used = used.next_if_eq(&index).is_some();
            order.lines.extend(text.get(index).filter(|_| !is_used));
        }
        order
    }

    /// The pieces of prose between the grids, where `kept` says which of the lines are left.
    pub(crate) fn prose(&self, kept: impl Iterator<Item = usize>) -> Vec<Region> {
        let mut regions: Vec<Region> = Vec::new();
        let mut cuts = self.cuts.iter().copied().peekable();
        for (index, line) in kept.enumerate() {
            let is_cut = cuts.next_if(|cut| *cut <= line).is_some();
            while cuts.next_if(|cut| *cut <= line).is_some() {}
            match regions.last_mut().filter(|_| !is_cut) {
                Some(region) => region.lines.end = index + 1,
                None => regions.push(Region { kind: RegionKind::Prose, lines: Range { start: index, end: index + 1 } }),
            }
        }
        regions
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_of_a_grid_stands_between_the_lines_around_it() {
        let text: Vec<Line<'_>> = (1..=4).map(|number| Line::new(format!("{number}"), 1, number)).collect();
        let text: Vec<&Line<'_>> = text.iter().collect();
        let mut grids = GridReading::default();
        grids.prose = vec![(2, Line::new("框", 1, 0))];
        grids.before = vec![2];
        grids.used_lines = vec![1];
        let order = ReadingOrder::new(&text, &grids);
        assert_eq!(order.lines.iter().map(|line| line.text.as_ref()).collect::<Vec<_>>(), ["1", "框", "3", "4"]);
        let pieces: Vec<_> = order.prose([0, 2, 3].into_iter()).into_iter().map(|region| region.lines).collect();
        assert_eq!(pieces, [0..1, 1..3]);
    }
}
