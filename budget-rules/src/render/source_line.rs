//! A line of the source with a figure marked, cut to a width.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// What stands for the part of a line that is cut off.
const CUT: char = '…';

/// A line and the marks that stand below its figure.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct SourceLine {
    pub(super) text: String,
    /// Cells before the marks, and their number; none where the place is no column of a text.
    pub(super) marks: Option<(usize, usize)>,
}

impl SourceLine {
    /// The line with the figure that begins at a column (from 1) marked. Where it is wider than `width` cells, it is cut around
    /// the figure, so that the marks stay below it.
    pub(super) fn new(line: &str, column: Option<u32>, width: Option<usize>) -> Self {
        let line: Vec<char> = line.chars().map(|c| if c == '\t' { ' ' } else { c }).collect();
        let from = column.map_or(0, |column| (column as usize).saturating_sub(1)).min(line.len());
        let is_of_figure = |c: &&char| c.is_ascii_digit() || matches!(c, '.' | ',' | '-');
        let length = line.iter().skip(from).take_while(is_of_figure).count();
        let (start, end) = match width {
            Some(width) => window(&line, from, from + length, width),
            None => (0, line.len()),
        };
        let mut text = String::new();
        text.extend((start > 0).then_some(CUT));
        text.extend(line.iter().take(from).skip(start));
        let before = text.width();
        text.extend(line.iter().take(end).skip(from.max(start)));
        text.extend((end < line.len()).then_some(CUT));
        Self { text, marks: column.map(|_| (before, length.max(1))) }
    }
}

/// The characters around a figure that fit into a width, as much behind it as before it.
fn window(line: &[char], from: usize, to: usize, width: usize) -> (usize, usize) {
    let cells = |at: usize| line.get(at).and_then(|c| c.width()).unwrap_or(0);
    if (0..line.len()).map(cells).sum::<usize>() <= width {
        return (0, line.len());
    }
    // Both signs that something is cut off.
    let mut left = width.saturating_sub(2).saturating_sub((from..to).map(cells).sum());
    let (mut start, mut end) = (from, to);
    loop {
        let before = start.checked_sub(1).filter(|at| cells(*at) <= left);
        if let Some(at) = before {
            left -= cells(at);
            start = at;
        }
        let behind = Some(end).filter(|at| *at < line.len() && cells(*at) <= left);
        if let Some(at) = behind {
            left -= cells(at);
            end = at + 1;
        }
        if before.or(behind).is_none() {
            return (start, end);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_marks_stay_below_the_figure_wherever_the_line_is_cut() {
        let line = "支出预算一百万元之中，基本支出 12.00 万元，项目支出 5.00 万元，其余各项合计若干万元";
        let column = line.chars().position(|c| c == '1').map(|at| at as u32 + 1);
        for width in 10..100 {
            let shown = SourceLine::new(line, column, Some(width));
            assert!(shown.text.width() <= width, "{width}: {shown:?}");
            let (before, marks) = shown.marks.unwrap();
            let (mut cells, mut marked) = (0, String::new());
            for c in shown.text.chars() {
                if (before..before + marks).contains(&cells) {
                    marked.push(c);
                }
                cells += c.width().unwrap();
            }
            assert_eq!(marked, "12.00", "{width}: {shown:?}");
        }
    }

    #[test]
    fn a_line_that_fits_is_whole() {
        let shown = SourceLine::new("合计\t12.00", Some(4), Some(20));
        assert_eq!(shown, SourceLine { text: "合计 12.00".to_owned(), marks: Some((5, 5)) });
        assert_eq!(SourceLine::new("合计 12.00", None, None).marks, None);
    }
}
