//! Hidden sheets, rows and columns in words: `表3`, `表3!5:7`, `表3!C:D`.

use std::collections::BTreeSet;

use budget_document::GridCell;

/// What of a sheet is hidden.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Hidden {
    pub(crate) sheet: bool,
    /// Rows, from 0.
    pub(crate) rows: BTreeSet<u32>,
    /// First and last column of each run, from 0.
    pub(crate) columns: Vec<(u32, u32)>,
}

/// More ranges than a person wants to read.
const MOST_RANGES: usize = 20;

impl Hidden {
    /// The hidden ranges that hold something, with the row and column of their first cell. `numbers` are those of the rows that
    /// hold something.
    pub(crate) fn ranges(&self, name: &str, numbers: &[u32], cells: &[GridCell<'_>]) -> Vec<(String, u32, u32)> {
        let mut ranges = Vec::new();
        if self.sheet {
            ranges.push((name.to_owned(), 0, 0));
        }
        let mut runs: Vec<(u32, u32)> = Vec::new();
        for row in numbers.iter().filter(|row| self.rows.contains(row)) {
            match runs.last_mut() {
                Some((_, last)) if last.checked_add(1) == Some(*row) => *last = *row,
                _ => runs.push((*row, *row)),
            }
        }
        for (first, last) in runs {
            ranges.push((format!("{name}!{}:{}", first + 1, last + 1), first, 0));
        }
        let used: BTreeSet<u32> = match self.columns.is_empty() {
            true => BTreeSet::new(),
            false => cells.iter().map(|cell| cell.column).collect(),
        };
        for (first, last) in &self.columns {
            if first <= last && used.range(first..=last).next().is_some() {
                ranges.push((format!("{name}!{}:{}", letters(*first), letters(*last)), 0, *first));
            }
        }
        let more = ranges.len().saturating_sub(MOST_RANGES);
        ranges.truncate(MOST_RANGES);
        if more > 0
            && let Some((last, ..)) = ranges.last_mut()
        {
            last.push_str(&format!(" … +{more}"));
        }
        ranges
    }
}

/// 0 as `A`, 26 as `AA`.
pub(crate) fn letters(column: u32) -> String {
    let mut letters = Vec::new();
    let mut rest = column + 1;
    while rest > 0 {
        rest -= 1;
        letters.push(char::from(b'A' + (rest % 26) as u8));
        rest /= 26;
    }
    letters.iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use budget_document::CellValue;
    use budget_model::Place;

    use super::*;

    #[test]
    fn hidden_ranges_are_named_where_they_hold_something() {
        let place = Place::Cell { sheet: 0, row: 1, column: 1 };
        let cell = |row, column| GridCell::new(row, column, CellValue::text("a"), place);
        let cells = [cell(0, 0), cell(1, 0), cell(2, 1)];
        let hidden = Hidden { sheet: true, rows: [3, 4, 5, 9].into(), columns: vec![(1, 2), (5, 16_383)] };
        let ranges: Vec<_> = hidden.ranges("表3", &[3, 4, 8], &cells).into_iter().map(|(range, ..)| range).collect();
        assert_eq!(ranges, ["表3", "表3!4:5", "表3!B:C"]);
        assert_eq!(
            (letters(0), letters(25), letters(26), letters(16_383)),
            ("A".into(), "Z".into(), "AA".into(), "XFD".into())
        );
    }
}
