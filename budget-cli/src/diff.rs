//! `budget diff`: what differs between two years or two versions of one disclosure.

use std::io::{self, Write};

use budget_model::{Decimal, Language, Role, Scope, Stage, Unit};
use budget_rules::{Comparison, FigureChange, Head, Presence, Printed, RowChange, TableChange};
use serde_json::json;

use crate::args::{Diff, DiffForm};
use crate::columns::{Align, Columns, Field};
use crate::exit::Exit;
use crate::input::{Document, Inputs};
use crate::messages::{self, Message};
use crate::screen::{BOLD, CYAN, FAINT, RawForm, Screen, YELLOW, printable, raw};

/// Runs the command. Errors are those of the standard output; everything else is shown and counted in the exit code.
pub(crate) fn run(arguments: &Diff, screen: &mut Screen) -> io::Result<()> {
    let Some(inputs) = Inputs::new(&arguments.input, screen) else { return Ok(()) };
    let documents = inputs.all(screen);
    // What could not be read has been said.
    let [before, after] = documents.as_slice() else { return Ok(()) };
    let comparison = Comparison::new(&before.disclosure, &after.disclosure);
    if !comparison.is_equal() {
        screen.raise(Exit::Findings);
    }
    match arguments.to {
        DiffForm::Json => {
            let json = json!({
                "before": before.info,
                "after": after.info,
                "is_equal": comparison.is_equal(),
                "comparison": comparison,
            });
            raw(&format!("{json:#}\n"), RawForm::Json)
        }
        DiffForm::Csv => raw(&comparison.to_csv(&before.disclosure.sheets, &after.disclosure.sheets), RawForm::Lines),
        DiffForm::Text => {
            Text { comparison: &comparison, language: screen.language }.write(before, after, &mut screen.out)
        }
    }
}

/// A comparison for people.
struct Text<'a> {
    comparison: &'a Comparison,
    language: Language,
}

impl Text<'_> {
    fn say(&self, message: Message) -> &'static str {
        message.text(self.language)
    }

    fn fill(&self, message: Message, arguments: &[&str]) -> String {
        let shown: Vec<_> = arguments.iter().map(|argument| printable(argument)).collect();
        let arguments: Vec<&dyn std::fmt::Display> = shown.iter().map(|one| one as _).collect();
        message.fill(self.language, &arguments)
    }

    fn write(&self, before: &Document, after: &Document, out: &mut dyn Write) -> io::Result<()> {
        let comparison = self.comparison;
        writeln!(out, "{BOLD}{}{BOLD:#}", self.fill(messages::FROM_TO, &[&before.name, &after.name]))?;
        self.heads(before, after, out)?;
        self.totals(out)?;
        for table in &comparison.tables {
            self.table(table, out)?;
        }
        let totals = comparison.totals();
        if comparison.is_equal() {
            writeln!(out, "{}", self.say(messages::NO_DIFFERENCE))?;
        }
        let counts: [&dyn std::fmt::Display; 5] =
            [&comparison.compared, &totals.figures, &totals.rows_added, &totals.rows_dropped, &totals.rows_renamed];
        writeln!(out, "{}", messages::DIFF_SUMMARY.fill(self.language, &counts))?;
        if comparison.undecided > 0 {
            let undecided = messages::DIFF_UNDECIDED.fill(self.language, &[&comparison.undecided]);
            writeln!(out, "{YELLOW}{undecided}{YELLOW:#}")?;
        }
        Ok(())
    }

    /// Whose the documents are and of which years, where that differs.
    fn heads(&self, before: &Document, after: &Document, out: &mut dyn Write) -> io::Result<()> {
        let comparison = self.comparison;
        let [one, other] = [&comparison.before, &comparison.after];
        if !comparison.is_of_one_entity() {
            let [one, other] = [one, other].map(|head| self.entity(head));
            writeln!(out, "{YELLOW}{}{YELLOW:#}", self.fill(messages::OTHER_ENTITY, &[&one, &other]))?;
        }
        if !comparison.is_of_one_year() {
            let [one, other] = [one, other].map(|head| self.volume(head));
            writeln!(out, "{FAINT}{}{FAINT:#}", self.fill(messages::OTHER_YEAR, &[&one, &other]))?;
        }
        for (head, document) in [(one, before), (other, after)] {
            if !head.is_complete {
                writeln!(out, "{YELLOW}{}{YELLOW:#}", self.fill(messages::INCOMPLETE, &[&document.name]))?;
            }
        }
        Ok(())
    }

    fn entity(&self, head: &Head) -> String {
        let scope = match head.scope {
            Scope::Department => messages::DEPARTMENT,
            Scope::Unit => messages::SINGLE_UNIT,
            Scope::Own => messages::OWN_UNIT,
        };
        let name = head.entity.as_deref().unwrap_or_else(|| self.say(messages::MISSING));
        self.fill(messages::WITH_INSIDE, &[name, self.say(scope)])
    }

    fn volume(&self, head: &Head) -> String {
        let stage = match head.stage {
            Stage::Budget => messages::BUDGET,
            Stage::Final => messages::FINAL,
        };
        let year = head.year.map_or_else(|| self.say(messages::MISSING).to_owned(), |year| year.to_string());
        self.fill(messages::WITH_INSIDE, &[&year, self.say(stage)])
    }

    /// The totals of all tables.
    fn totals(&self, out: &mut dyn Write) -> io::Result<()> {
        let tables = self.comparison.tables.iter();
        let rows = tables.flat_map(|table| table.rows.iter().map(move |row| (table, row)));
        let totals: Vec<_> = rows.filter(|(_, row)| row.role == Role::Total).collect();
        if totals.is_empty() {
            return Ok(());
        }
        writeln!(out, "\n{BOLD}{}{BOLD:#}", self.say(messages::TOTALS))?;
        let mut columns = self.columns(messages::TITLE);
        for (table, row) in totals {
            self.row(row, &table.title, &mut columns);
        }
        columns.write(2, out)
    }

    fn table(&self, table: &TableChange, out: &mut dyn Write) -> io::Result<()> {
        let alone = match table.presence {
            Presence::Both => None,
            Presence::Added => Some(messages::TABLE_ADDED),
            Presence::Dropped => Some(messages::TABLE_DROPPED),
            Presence::Unclear => Some(messages::TABLE_UNCLEAR),
        };
        if let Some(message) = alone {
            return writeln!(out, "\n{BOLD}{}{BOLD:#}", self.fill(message, &[&table.title]));
        }
        let rows: Vec<_> = table.rows.iter().filter(|row| row.role != Role::Total).collect();
        let (one, other) = &table.units;
        if rows.is_empty() && table.columns.is_empty() && one == other {
            return Ok(());
        }
        writeln!(out, "\n{BOLD}{}{BOLD:#}", printable(&table.title))?;
        if one != other {
            let units = match (one.in_yuan(), other.in_yuan()) {
                (Some(_), Some(_)) => self.fill(messages::UNITS_DIFFER, &[one.as_str(), other.as_str()]),
                _ => self.say(messages::UNITS_UNKNOWN).to_owned(),
            };
            writeln!(out, "  {YELLOW}{units}{YELLOW:#}")?;
        }
        for column in &table.columns {
            let message = match column.presence {
                Presence::Added => messages::COLUMN_ADDED,
                Presence::Dropped => messages::COLUMN_DROPPED,
                Presence::Both | Presence::Unclear => messages::COLUMN_UNCLEAR,
            };
            writeln!(out, "  {}", self.fill(message, &[&column.label]))?;
        }
        if rows.is_empty() {
            return Ok(());
        }
        let mut columns = self.columns(messages::ROW);
        for row in rows {
            let code = row.code.map(|code| format!("{code} ")).unwrap_or_default();
            let name = match &row.renamed_from {
                Some(old) => self.fill(messages::RENAMED_FROM, &[old, &row.name]),
                None => printable(&row.name).into_owned(),
            };
            let beside: String = [&row.project, &row.unit].into_iter().flatten().map(|one| format!(" {one}")).collect();
            self.row(row, &format!("{code}{name}{beside}"), &mut columns);
        }
        columns.write(2, out)
    }

    fn columns(&self, first: Message) -> Columns {
        let header = [
            (messages::KIND, Align::Left),
            (first, Align::Left),
            (messages::COLUMN, Align::Left),
            (messages::BEFORE, Align::Right),
            (messages::AFTER, Align::Right),
            (messages::DIFFERENCE, Align::Right),
        ];
        let header = header.map(|(message, align)| (self.say(message), align));
        Columns::with_header(header.into_iter().chain([("%", Align::Right)]))
    }

    /// A line for each figure, the first with the name of the row.
    fn row(&self, row: &RowChange, name: &str, columns: &mut Columns) {
        let (kind, style) = match row.presence {
            _ if !row.is_certain() => (messages::ROW_UNCLEAR, YELLOW),
            Presence::Both if row.is_renamed() => (messages::ROW_RENAMED, CYAN),
            Presence::Added => (messages::ROW_ADDED, CYAN),
            Presence::Dropped => (messages::ROW_DROPPED, CYAN),
            Presence::Both | Presence::Unclear => (messages::ROW_CHANGED, BOLD),
        };
        let head = [Field::styled(self.say(kind), style), Field::new(printable(name))];
        if row.figures.is_empty() {
            columns.row(head.clone());
        }
        for (index, figure) in row.figures.iter().enumerate() {
            let head = if index == 0 { head.clone() } else { <[Field; 2]>::default() };
            columns.row(head.into_iter().chain(figure_fields(figure)));
        }
    }
}

fn figure_fields(figure: &FigureChange) -> [Field; 5] {
    let unit = if figure.unit == Unit::Yuan { figure.unit.as_str() } else { "" };
    let difference = figure.difference.map(|value| format!("{}{unit}", signed(value))).unwrap_or_default();
    let percent = figure.percent.map(signed).unwrap_or_default();
    [
        Field::new(printable(&figure.label)),
        printed(figure.before.as_ref(), figure.after.as_ref(), figure.is_certain),
        printed(figure.after.as_ref(), figure.before.as_ref(), figure.is_certain),
        Field::new(difference),
        Field::new(percent),
    ]
}

/// A figure as printed, marked where it is in doubt.
fn printed(printed: Option<&Printed>, beside: Option<&Printed>, is_certain: bool) -> Field {
    match printed {
        // Blank perhaps, if it is not the other one that is in doubt.
        None if !is_certain && beside.is_some_and(|beside| beside.doubts.is_empty()) => Field::styled("?", YELLOW),
        None => Field::default(),
        Some(one) if is_certain || one.doubts.is_empty() => Field::new(one.value.to_string()),
        Some(one) => Field::styled(format!("?{}", one.value), YELLOW),
    }
}

fn signed(value: Decimal) -> String {
    if value.is_sign_negative() || value.is_zero() { value.to_string() } else { format!("+{value}") }
}
