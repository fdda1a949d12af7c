//! Rows of which every figure is wrong in the same way: printed in another unit, copied from the row above, those of last year.

use std::collections::BTreeMap;

use budget_model::Decimal;

use crate::book::Book;
use crate::cause::Cause;
use crate::defect::Defect;
use crate::figure::{FigureId, Subject};
use crate::pattern::{Pattern, row_name};
use crate::slip;
use crate::text::Text;

static OTHER_UNIT: Text = Text::new(
    "{0}“{1}”一行的 {2} 个数都与应有的数相差 {3} 倍：该行的单位或小数点有误",
    "{2} figures of the row {1} of {0} all differ by a factor of {3} from what they would have to be: its unit or decimal point is wrong",
);

static COPIED: Text = Text::new(
    "{0}“{1}”一行的 {2} 个数都与相邻行相同，疑为误抄",
    "{2} figures of the row {1} of {0} are those of a neighbouring row, probably copied from it",
);

static LAST_YEARS: Text = Text::new(
    "{0}“{1}”一行的 {2} 个数都与上年数相同，疑为误填上年数",
    "{2} figures of the row {1} of {0} are those of last year",
);

/// What the figures of a row have in common: where they stand, what happened to them, by which power of ten and which way.
type Common = (u32, u32, Defect, u32, bool);

/// Divides causes into rows that are wrong as a whole and others.
pub(crate) fn divide(book: &Book<'_>, causes: Vec<Cause>) -> (Vec<Pattern>, Vec<Cause>) {
    let mut rows: BTreeMap<Common, Vec<usize>> = BTreeMap::new();
    for (index, cause) in causes.iter().enumerate() {
        if let Some(common) = common(book, cause) {
            rows.entry(common).or_default().push(index);
        }
    }
    rows.retain(|_, causes| causes.len() > 1);
    let taken = |index: usize| rows.values().any(|causes| causes.contains(&index));
    let patterns = rows.iter().filter_map(|(common, of_row)| pattern(book, *common, of_row, &causes)).collect();
    let others = causes.iter().enumerate().filter(|(index, _)| !taken(*index)).map(|(_, cause)| cause.clone());
    (patterns, others.collect())
}

fn common(book: &Book<'_>, cause: &Cause) -> Option<Common> {
    let (id, fitting) = *cause.suspects.first()?;
    let figure = book.figure(id)?;
    let Subject::Cell(cell) = figure.subject else { return None };
    let fitting = fitting?;
    let defect = Defect::of(figure.value, fitting).or_else(|| Defect::of_copy(book, figure.subject))?;
    let power = match defect {
        Defect::PowerOfTen => slip::power(figure.value, fitting)?,
        Defect::CopiedFigure | Defect::LastYearsFigure => 0,
        _ => return None,
    };
    Some((cell.table, cell.row, defect, power, figure.value.abs() > fitting.abs() && power > 0))
}

fn pattern(book: &Book<'_>, common: Common, of_row: &[usize], causes: &[Cause]) -> Option<Pattern> {
    let (table, row, defect, power, _) = common;
    let table = book.disclosure().tables.get(table as usize)?;
    let row = table.rows.get(row as usize).map(row_name)?;
    let causes = || of_row.iter().filter_map(|index| causes.get(*index));
    let suspects: Vec<(FigureId, Option<Decimal>)> =
        causes().filter_map(|cause| cause.suspects.first().copied()).collect();
    let message = match defect {
        Defect::CopiedFigure => &COPIED,
        Defect::LastYearsFigure => &LAST_YEARS,
        _ => &OTHER_UNIT,
    };
    let factor = 10_u64.saturating_pow(power).to_string();
    Some(Pattern {
        checks: causes().flat_map(|cause| cause.checks.iter().copied()).collect(),
        defect,
        severity: None,
        message,
        arguments: vec![table.title.text.as_str().into(), row.into(), suspects.len().to_string().into(), factor.into()],
        suspects,
    })
}
