//! Text whose columns are kept by blanks (`pdftotext -layout`): runs of such lines are grids.
//!
//! Everything here is geometry; what stands in a line matters only in so far as a number is never two cells and two numbers are
//! never one. A run in doubt stays what it was, lines.
//!
//! ```text
//! 科目编码      科目名称          金额        ← pieces: words with a gap of two blanks or more between them
//! 201         一般公共服务支出     13,907.78
//! 20101       人大事务        13,907.78
//!       ↑               ↑                  ← corridors: in every gap between two pieces of a line stands one, and as few as do
//! ```
//!
//! 1. [`pieces`] measures the lines, in the width of a full-width character in which more stands below each other: Poppler counts
//!    one, most others two.
//! 2. [`runs`] finds the lines that can be one table: lines of several pieces, and what stands between them.
//! 3. [`corridors`] finds the columns of a run.
//! 4. [`cells`] makes the cells: what reaches over a corridor is a cell of several columns.

mod cells;
mod corridors;
mod pieces;
mod runs;

use std::collections::VecDeque;

use budget_document::{Block, Limits, Line, ReadError};

use pieces::{Measured, Metric, aligned, keep_columns};

/// The lines as blocks: runs whose columns are kept as grids, everything else as it is.
pub(crate) fn blocks<'t>(lines: Vec<Line<'t>>, limits: &Limits) -> Result<Vec<Block<'t>>, ReadError> {
    let texts = || lines.iter().map(|line| line.text.as_ref());
    // Most texts have no gap anywhere.
    if !texts().any(pieces::has_gap) || !keep_columns(texts(), pieces::is_figure) {
        return Ok(lines.into_iter().map(Block::Line).collect());
    }
    let measured_in = |metric: Metric| texts().map(move |text| Measured::new(text, metric));
    let metric = match aligned(measured_in(Metric::Single)) > aligned(measured_in(Metric::Double)) {
        true => Metric::Single,
        false => Metric::Double,
    };
    let mut measured: Vec<Measured> = Vec::with_capacity(lines.len());
    let mut pieces = 0;
    for line in measured_in(metric) {
        pieces += line.pieces.len();
        // More than may become cells: nothing that is worth the memory.
        if pieces > limits.cells {
            return Ok(lines.into_iter().map(Block::Line).collect());
        }
        measured.push(line);
    }
    let mut grids = VecDeque::new();
    let mut count = 0;
    let clock = limits.clock();
    for run in runs::find(&lines, &measured) {
        clock.check()?;
        let (Some(lines), Some(measured)) = (lines.get(run.clone()), measured.get(run.clone())) else { continue };
        // In one table codes may stand a blank apart.
        if !keep_columns(lines.iter().map(|line| line.text.as_ref()), pieces::is_amount) {
            continue;
        }
        let Some(corridors) = corridors::find(measured) else { continue };
        let Some(grid) = cells::grid(lines, measured, &corridors, metric) else { continue };
        count += grid.cells().len();
        limits.check_cells(count)?;
        grids.push_back((run, grid));
    }
    let mut blocks: Vec<Block<'t>> = Vec::with_capacity(lines.len());
    let mut taken = 0;
    for (index, line) in lines.into_iter().enumerate() {
        if grids.front().is_some_and(|(run, _)| run.start == index)
            && let Some((run, grid)) = grids.pop_front()
        {
            taken = run.end;
            blocks.push(grid.into());
        }
        if index >= taken {
            blocks.push(line.into());
        }
    }
    Ok(blocks)
}

#[cfg(test)]
mod tests;
