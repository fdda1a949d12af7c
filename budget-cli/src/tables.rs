//! The rows of a table, lined up.

use std::collections::BTreeMap;
use std::io::{self, Write};

use budget_model::{Decimal, Language, Placement, Row, Side, Table};

use crate::columns::{Align, Columns, Field};
use crate::messages;
use crate::screen::{BOLD, FAINT, YELLOW, printable};
use crate::wrap::indented;

/// Figures of one choice that are listed.
const LISTED: usize = 8;

/// Writes a table: the columns that have figures, a `?` before each figure whose column is not certain, and where else
/// such a figure may belong.
pub(crate) fn write(table: &Table, language: Language, width: Option<usize>, out: &mut dyn Write) -> io::Result<()> {
    let number = table.number.as_ref().map(|number| format!("{} ", number.text)).unwrap_or_default();
    let unit = messages::UNIT_OF_TABLE.fill(language, &[&table.unit]);
    writeln!(
        out,
        "{BOLD}{}{}{BOLD:#}  {FAINT}[{}]  {}{FAINT:#}",
        printable(&number),
        printable(&table.title.text),
        table.kind.as_str(),
        printable(&unit)
    )?;
    let (used, blank): (Vec<u16>, Vec<u16>) =
        (0..table.columns.len() as u16).partition(|column| has_figure(table, *column));
    let sides: &[Option<Side>] = match table.rows.iter().any(|row| row.side.is_some()) {
        true => &[Some(Side::Revenue), Some(Side::Expenditure), None],
        false => &[None],
    };
    for side in sides {
        let rows: Vec<(u32, &Row)> = (0..).zip(&table.rows).filter(|(_, row)| row.side == *side).collect();
        if rows.is_empty() {
            continue;
        }
        match side {
            Some(Side::Revenue) => writeln!(out, "  {FAINT}{}{FAINT:#}", messages::REVENUE.text(language))?,
            Some(Side::Expenditure) => writeln!(out, "  {FAINT}{}{FAINT:#}", messages::EXPENDITURE.text(language))?,
            None => {}
        }
        lined_up(table, &rows, &used, language).write(2, out)?;
    }
    // A declared-empty table has nothing in any column; its sentence says so better.
    if let Some(sentence) = &table.declared_empty {
        writeln!(out, "  {}", printable(&sentence.text))?;
    } else if !blank.is_empty() {
        let names: Vec<_> = blank.iter().map(|column| label(table, *column)).collect();
        let message = messages::BLANK_COLUMNS.fill(language, &[&names.join(messages::COMMA.text(language))]);
        writeln!(out, "  {FAINT}{}{FAINT:#}", printable(&message))?;
    }
    for note in &table.notes {
        writeln!(out, "  {FAINT}{}{FAINT:#}", printable(&note.text))?;
    }
    candidates(table, language, width, out)
}

fn lined_up(table: &Table, rows: &[(u32, &Row)], used: &[u16], language: Language) -> Columns {
    let has_codes = rows.iter().any(|(_, row)| row.code.is_some());
    let has_projects = rows.iter().any(|(_, row)| row.project.is_some());
    let mut header = Vec::new();
    if has_codes {
        header.push((messages::CODE.text(language).to_owned(), Align::Left));
    }
    header.push((messages::LABEL.text(language).to_owned(), Align::Left));
    if has_projects {
        header.push((messages::PROJECT.text(language).to_owned(), Align::Left));
    }
    for column in used {
        header.push((printable(&label(table, *column)).into_owned(), Align::Right));
    }
    let mut columns = Columns::with_header(header);
    for (index, row) in rows {
        let mut fields = Vec::new();
        if has_codes {
            fields.push(row.code.map(|code| code.to_string()).unwrap_or_default().into());
        }
        let indent = "  ".repeat(table.level(*index).min(9) as usize);
        fields.push(format!("{indent}{}", printable(&row.label.text)).into());
        if has_projects {
            fields.push(row.project.as_ref().map(|project| printable(&project.text)).unwrap_or_default().into());
        }
        fields.extend(used.iter().map(|column| match row.cell(*column) {
            // The mark stands in front, so that the figures still line up.
            Some(cell) if !table.doubts_of(row, cell).is_empty() => {
                Field::styled(format!("?{}", cell.amount.value), YELLOW)
            }
            Some(cell) => cell.amount.value.to_string().into(),
            None => Field::default(),
        }));
        columns.row(fields);
    }
    columns
}

/// What figures with more than one possible column may be, one line for those that have the same choice. The same figure in
/// several rows is listed once, and of many figures only the first.
fn candidates(table: &Table, language: Language, width: Option<usize>, out: &mut dyn Write) -> io::Result<()> {
    let mut choices: Vec<(&[u16], BTreeMap<&Decimal, usize>)> = Vec::new();
    for cell in table.rows.iter().flat_map(|row| &row.cells) {
        let Placement::Ambiguous { candidates } = &cell.placement else { continue };
        let at = choices.iter().position(|(choice, _)| choice == candidates).unwrap_or_else(|| {
            choices.push((candidates, BTreeMap::new()));
            choices.len() - 1
        });
        if let Some((_, figures)) = choices.get_mut(at) {
            *figures.entry(&cell.amount.value).or_default() += 1;
        }
    }
    let comma = messages::COMMA.text(language);
    for (candidates, figures) in choices {
        let listed = figures.iter().take(LISTED).map(|(value, count)| match count {
            1 => format!("?{value}"),
            _ => messages::FIGURE_OF_ROWS.fill(language, &[value, count]),
        });
        let mut listed = listed.collect::<Vec<_>>().join(comma);
        if let Some(more) = figures.len().checked_sub(LISTED).filter(|more| *more > 0) {
            listed = messages::AND_FIGURES.fill(language, &[&listed, &more]);
        }
        let names: Vec<_> = candidates.iter().map(|column| label(table, *column)).collect();
        let message = messages::CANDIDATES.fill(language, &[&listed, &names.join(comma)]);
        for line in indented(&format!("  {}", printable(&message)), width) {
            writeln!(out, "{YELLOW}{line}{YELLOW:#}")?;
        }
    }
    Ok(())
}

fn label(table: &Table, column: u16) -> String {
    table.columns.get(usize::from(column)).map(|column| column.label.clone()).unwrap_or_default()
}

fn has_figure(table: &Table, column: u16) -> bool {
    table.rows.iter().any(|row| row.cell(column).is_some())
}
