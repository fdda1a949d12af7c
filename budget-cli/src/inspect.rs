//! `budget inspect`: what was found in disclosures, and how sure it is.

use std::io::{self, Write};

#[cfg(feature = "pdf")]
use budget_document::{Confidence, Limits, Reader as _};
use budget_model::{Diagnostic, Disclosure, Place, Scope, Severity, Stage, Table};

use crate::args::Inspect;
use crate::columns::{Align, Columns, Field};
use crate::exit::Exit;
#[cfg(feature = "pdf")]
use crate::failure::Failure;
use crate::input::{Document, Inputs};
use crate::messages::{self, Message};
use crate::screen::{BOLD, CYAN, FAINT, GREEN, RED, Screen, YELLOW, printable};
#[cfg(feature = "pdf")]
use crate::screen::{RawForm, raw};
use crate::tables;
use crate::wrap::wrapped;

/// Diagnostics of one severity that are listed without `--all`, and files that a page leads to.
const LISTED: usize = 20;

/// Runs the command. Errors are those of the standard output; everything else is shown and counted in the exit code.
pub(crate) fn run(arguments: &Inspect, screen: &mut Screen) -> io::Result<()> {
    let Some(mut inputs) = Inputs::new(&arguments.input, screen) else { return Ok(()) };
    let mut is_first = true;
    while let Some(document) = inputs.next(screen) {
        #[cfg(feature = "pdf")]
        if let Some(page) = arguments.picture {
            picture(&document, page, inputs.readers().limits(), screen)?;
            continue;
        }
        if arguments.unread {
            unread(&document, screen)?;
            continue;
        }
        if !std::mem::take(&mut is_first) {
            writeln!(screen.out)?;
        }
        if arguments.tables || !arguments.table.is_empty() {
            rows(&document, arguments, screen)?;
        } else {
            let layout = inputs.readers().layout_name(&document.disclosure.layout);
            overview(&document, layout, arguments.all, screen)?;
        }
    }
    Ok(())
}

/// A page of a PDF with what was found on it, as SVG on the standard output.
#[cfg(feature = "pdf")]
fn picture(document: &Document, page: u32, limits: &Limits, screen: &mut Screen) -> io::Result<()> {
    use budget_parse_pdf::{Outline, PdfReader, picture};
    if PdfReader.probe(&document.content, None) == Confidence::No {
        let message = screen.say(messages::NO_PICTURE, &[&document.name]);
        screen.error(Exit::Failed, &message);
        return Ok(());
    }
    let figures = document.disclosure.tables.iter().flat_map(|table| {
        let cells = table.rows.iter().flat_map(|row| row.cells.iter().map(move |cell| (row, cell)));
        cells.map(|(row, cell)| {
            let is_certain = table.doubts_of(row, cell).is_empty();
            (cell.amount.place, if is_certain { Outline::Certain } else { Outline::Doubtful })
        })
    });
    match picture(&document.content, page, figures, limits) {
        Ok(svg) => raw(&svg, RawForm::Lines),
        Err(error) => {
            let failure = Failure::of_content(&error, &document.path, screen.language);
            screen.error(failure.exit, &failure.message);
            Ok(())
        }
    }
}

/// Everything that was not read, as `FILE:LINE:COLUMN: text`.
fn unread(document: &Document, screen: &mut Screen) -> io::Result<()> {
    let disclosure = &document.disclosure;
    if disclosure.ledger.unread.is_empty() {
        let message = screen.say(messages::NOTHING_UNREAD, &[&document.name]);
        screen.remark(&message);
    }
    for label in &disclosure.ledger.unread {
        let place = label.place.describe(&disclosure.sheets);
        let start = format!("{}:{}:", document.name, printable(&place));
        let mut lines = unread_lines(&start, &printable(&label.text), screen.width).into_iter();
        writeln!(screen.out, "{FAINT}{start}{FAINT:#}{}", lines.next().unwrap_or_default())?;
        for line in lines {
            writeln!(screen.out, "{line}")?;
        }
    }
    Ok(())
}

/// A text behind its place, and what continues it, indented.
fn unread_lines(start: &str, text: &str, width: Option<usize>) -> Vec<String> {
    const INDENT: usize = 4;
    let Some(width) = width else { return vec![format!(" {text}")] };
    // As if the place were the first word of the text, so that it takes its cells.
    let lines = wrapped(&format!("{start} {text}"), Some(width.saturating_sub(INDENT)));
    match lines.first().and_then(|line| line.strip_prefix(start)) {
        Some(first) => {
            let rest = lines.iter().skip(1).map(|line| format!("{:INDENT$}{line}", ""));
            std::iter::once(first.to_owned()).chain(rest).collect()
        }
        // The place alone fills the line, and is left whole.
        None => vec![format!(" {text}")],
    }
}

/// The rows of the tables that were asked for.
fn rows(document: &Document, arguments: &Inspect, screen: &mut Screen) -> io::Result<()> {
    let disclosure = &document.disclosure;
    for kind in &arguments.table {
        if disclosure.table(*kind).is_none() {
            let mut present: Vec<_> = disclosure.tables.iter().map(|table| table.kind.as_str()).collect();
            present.dedup();
            let present = present.join(messages::COMMA.text(screen.language));
            let message = screen.say(messages::NO_SUCH_TABLE, &[&document.name, &kind.as_str(), &present]);
            screen.error(Exit::Failed, &message);
        }
    }
    let is_asked = |table: &&Table| arguments.tables || arguments.table.contains(&table.kind);
    for (index, table) in disclosure.tables.iter().filter(is_asked).enumerate() {
        if index > 0 {
            writeln!(screen.out)?;
        }
        tables::write(table, screen.language, screen.width, &mut screen.out)?;
    }
    Ok(())
}

fn overview(document: &Document, layout: Option<&str>, all: bool, screen: &mut Screen) -> io::Result<()> {
    head(document, layout, screen)?;
    list_of_tables(&document.disclosure, screen)?;
    text(&document.disclosure, screen)?;
    attachments(&document.disclosure, screen)?;
    ledger(&document.disclosure, screen)?;
    diagnostics(&document.disclosure, all, screen)
}

fn head(document: &Document, layout: Option<&str>, screen: &mut Screen) -> io::Result<()> {
    let disclosure = &document.disclosure;
    let say = |message: Message| message.text(screen.language);
    let known = |text: Option<&str>| match text {
        Some(text) => Field::new(printable(text)),
        None => Field::styled(say(messages::MISSING), YELLOW),
    };
    let stage = match disclosure.stage {
        Stage::Budget => say(messages::BUDGET),
        Stage::Final => say(messages::FINAL),
    };
    let scope = match disclosure.scope {
        Scope::Department => say(messages::DEPARTMENT),
        Scope::Unit => say(messages::SINGLE_UNIT),
        Scope::Own => say(messages::OWN_UNIT),
    };
    let year = disclosure.year.map(|year| format!("{year} {stage}"));
    let layout = match layout {
        Some(name) => format!("{name} [{}]", disclosure.layout),
        None if disclosure.layout.is_empty() => say(messages::OF_WORDS).to_owned(),
        None => disclosure.layout.clone(),
    };
    let mut columns = Columns::new([Align::Left, Align::Left]);
    let mut row = |name: Message, value: Field| columns.row([Field::styled(say(name), FAINT), value]);
    row(messages::FILE, Field::styled(document.name.as_str(), BOLD));
    let region = disclosure.region.as_ref().map(|region| {
        let code = region.code.map(|code| format!(" {code}")).unwrap_or_default();
        let guess = if region.is_guess { say(messages::GUESSED) } else { "" };
        format!("{}{code}{guess}", region.name)
    });
    row(messages::ENTITY, known(disclosure.entity.as_ref().map(|entity| entity.text.as_str())));
    row(messages::REGION, known(region.as_deref()));
    row(messages::YEAR, known(year.as_deref()));
    row(messages::SCOPE, scope.into());
    row(messages::LAYOUT, printable(&layout).into());
    row(messages::UNIT, printable(disclosure.unit.as_str()).into());
    if let Some(sign_off) = &disclosure.sign_off {
        let words: Vec<_> =
            [&sign_off.name, &sign_off.date].into_iter().flatten().map(|label| label.text.as_str()).collect();
        row(messages::SIGNED, printable(&words.join(" ")).into());
    }
    columns.write(0, &mut screen.out)
}

fn list_of_tables(disclosure: &Disclosure, screen: &mut Screen) -> io::Result<()> {
    heading(messages::TABLES, screen)?;
    if disclosure.tables.is_empty() {
        return writeln!(screen.out, "  {YELLOW}{}{YELLOW:#}", messages::NO_TABLES.text(screen.language));
    }
    let say = |message: Message| message.text(screen.language);
    let (left, right) = (Align::Left, Align::Right);
    let mut columns = Columns::with_header([
        (say(messages::NUMBER), left),
        (say(messages::TITLE), left),
        (say(messages::KIND), left),
        (say(messages::ROWS), right),
        (say(messages::FIGURES), right),
        (say(messages::CERTAIN), right),
        (say(messages::IN_DOUBT), right),
        (say(messages::NOT_UNDERSTOOD), right),
        ("", left),
    ]);
    let lost = not_understood(disclosure);
    let mut sums = [0; 5];
    for (table, lost) in disclosure.tables.iter().zip(lost) {
        let (figures, certain) = (table.figure_count(), table.certain_count());
        let counts = [table.rows.len(), figures, certain, figures - certain, lost];
        sums.iter_mut().zip(counts).for_each(|(sum, count)| *sum += count);
        let number = table.number.as_ref().map(|number| number.text.as_str()).unwrap_or_default();
        let remark = table.declared_empty.as_ref().map(|_| say(messages::DECLARED_EMPTY)).unwrap_or_default();
        let names = [
            printable(number).into(),
            printable(&table.title.text).into(),
            format!("[{}]", table.kind.as_str()).into(),
        ];
        columns.row(names.into_iter().chain(count_fields(counts)).chain([Field::styled(remark, FAINT)]));
    }
    let names = ["".into(), Field::styled(say(messages::TOTAL), BOLD), "".into()];
    columns.row(names.into_iter().chain(count_fields(sums)));
    columns.write(2, &mut screen.out)
}

/// Rows, figures, certain, in doubt, not understood: the last two stand out unless they are zero.
fn count_fields(counts: [usize; 5]) -> impl Iterator<Item = Field> {
    let alert = [None, None, None, Some(YELLOW), Some(RED)];
    counts.into_iter().zip(alert).map(|(count, alert)| match (count, alert) {
        (0, _) => Field::styled("-", FAINT),
        (count, Some(style)) => Field::styled(count.to_string(), style),
        (count, None) => Field::new(count.to_string()),
    })
}

/// For each table, the places where a figure was printed that is in no cell.
fn not_understood(disclosure: &Disclosure) -> Vec<usize> {
    use budget_model::DiagnosticCode::{FiguresBeyondColumns, NumberNotUnderstood};
    let mut starts: Vec<(Place, usize)> =
        disclosure.tables.iter().enumerate().map(|(index, table)| (table.title.place, index)).collect();
    starts.sort_unstable();
    let mut counts = vec![0; disclosure.tables.len()];
    let lost = |one: &&Diagnostic| matches!(one.code, FiguresBeyondColumns | NumberNotUnderstood);
    for place in disclosure.diagnostics.iter().filter(lost).filter_map(|one| one.places.first()) {
        // Such a diagnostic stands inside a table: the last one that begins before it.
        let behind = starts.partition_point(|(start, _)| start <= place);
        if let Some(count) =
            behind.checked_sub(1).and_then(|at| starts.get(at)).and_then(|(_, table)| counts.get_mut(*table))
        {
            *count += 1;
        }
    }
    counts
}

fn text(disclosure: &Disclosure, screen: &mut Screen) -> io::Result<()> {
    heading(messages::TEXT, screen)?;
    let organisation = &disclosure.organisation;
    let counts = [
        (disclosure.sections.len(), messages::SECTIONS),
        (disclosure.facts.len(), messages::FACTS),
        (disclosure.projects.len(), messages::PROJECTS),
        (disclosure.performance.len(), messages::PERFORMANCE),
        (disclosure.performance.iter().map(|table| table.indicators.len()).sum(), messages::INDICATORS),
        (organisation.functions.len(), messages::FUNCTIONS),
        (organisation.subordinate_units.len(), messages::SUBORDINATES),
        (organisation.divisions.len(), messages::DIVISIONS),
        (disclosure.glossary.len(), messages::TERMS),
    ];
    let mut columns = Columns::new([Align::Right, Align::Left].repeat(3));
    for line in counts.chunks(3) {
        columns.row(line.iter().flat_map(|(count, name)| {
            let style = if *count == 0 { FAINT } else { anstyle::Style::new() };
            [Field::styled(count.to_string(), style), Field::styled(name.text(screen.language), style)]
        }));
    }
    columns.write(2, &mut screen.out)
}

/// The files that a page leads to, where it leads to any.
fn attachments(disclosure: &Disclosure, screen: &mut Screen) -> io::Result<()> {
    if disclosure.attachments.is_empty() {
        return Ok(());
    }
    let title = screen.say(messages::ATTACHMENTS, &[&disclosure.attachments.len()]);
    writeln!(screen.out, "\n{BOLD}{title}{BOLD:#}")?;
    let mut columns = Columns::new([Align::Left, Align::Left]);
    for file in disclosure.attachments.iter().take(LISTED) {
        columns.row([Field::new(printable(&file.name)), Field::styled(printable(&file.address), FAINT)]);
    }
    columns.write(2, &mut screen.out)?;
    match disclosure.attachments.len().saturating_sub(LISTED) {
        0 => Ok(()),
        more => writeln!(screen.out, "  {}", screen.say(messages::MORE, &[&more])),
    }
}

fn ledger(disclosure: &Disclosure, screen: &mut Screen) -> io::Result<()> {
    heading(messages::LEDGER, screen)?;
    let ledger = &disclosure.ledger;
    let mut columns = Columns::new([Align::Right, Align::Right, Align::Left]);
    for (read, all, name) in [
        (ledger.characters_read, ledger.characters, messages::CHARACTERS),
        (ledger.numbers_read, ledger.numbers, messages::NUMBERS),
    ] {
        let style = if read == all { GREEN } else { YELLOW };
        columns.row([
            Field::styled(share(read, all), style),
            format!("{} / {}", grouped(read), grouped(all)).into(),
            name.text(screen.language).into(),
        ]);
    }
    columns.write(2, &mut screen.out)?;
    if !ledger.unread.is_empty() {
        let message = screen.say(messages::SEE_UNREAD, &[&ledger.unread.len()]);
        writeln!(screen.out, "  {message}")?;
    }
    Ok(())
}

fn diagnostics(disclosure: &Disclosure, all: bool, screen: &mut Screen) -> io::Result<()> {
    heading(messages::DIAGNOSTICS, screen)?;
    if disclosure.diagnostics.is_empty() {
        return writeln!(screen.out, "  {}", messages::NO_DIAGNOSTICS.text(screen.language));
    }
    let groups = [
        (Severity::Error, messages::ERRORS, RED),
        (Severity::Warning, messages::WARNINGS, YELLOW),
        (Severity::Info, messages::NOTES, CYAN),
    ];
    for (severity, name, style) in groups {
        let group: Vec<_> = disclosure.diagnostics.iter().filter(|one| one.code.severity() == severity).collect();
        if group.is_empty() {
            continue;
        }
        let title = screen.say(messages::COUNT, &[&group.len(), &name.text(screen.language)]);
        writeln!(screen.out, "  {style}{title}{style:#}")?;
        // Line numbers line up on the right, names of sheets on the left.
        let places = if disclosure.sheets.is_empty() { Align::Right } else { Align::Left };
        let mut columns = Columns::new([places, Align::Left]);
        let listed = if all { group.len() } else { LISTED.min(group.len()) };
        for one in group.iter().take(listed) {
            let place =
                one.places.first().map(|place| place.describe(&disclosure.sheets)).unwrap_or_else(|| "-".to_owned());
            let message = format!("{} [{}]", one.message(screen.language), one.code.as_str());
            columns.row([Field::styled(printable(&place), FAINT), printable(&message).into()]);
        }
        columns.within(screen.width).write(4, &mut screen.out)?;
        if listed < group.len() {
            let message = screen.say(messages::MORE, &[&(group.len() - listed)]);
            writeln!(screen.out, "    {message}")?;
        }
    }
    Ok(())
}

fn heading(message: Message, screen: &mut Screen) -> io::Result<()> {
    writeln!(screen.out, "\n{BOLD}{}{BOLD:#}", message.text(screen.language))
}

/// A part of a whole in percent, rounded down, so that only a whole is `100 %`.
pub(crate) fn share(part: u64, whole: u64) -> String {
    let hundredths = match whole {
        0 => 10_000,
        _ => u128::from(part) * 10_000 / u128::from(whole),
    };
    match (hundredths / 100, hundredths % 100) {
        (100, 0) => "100 %".to_owned(),
        (percent, hundredths) => format!("{percent}.{hundredths:02} %"),
    }
}

/// `1234567` as `1,234,567`.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_everything_is_a_hundred_percent() {
        assert_eq!(share(0, 0), "100 %");
        assert_eq!(share(7, 7), "100 %");
        assert_eq!(share(99_999, 100_000), "99.99 %");
        assert_eq!(share(1, 16), "6.25 %");
    }

    #[test]
    fn digits_are_grouped_from_the_right() {
        for (number, text) in [(0, "0"), (999, "999"), (1000, "1,000"), (1_234_567, "1,234,567")] {
            assert_eq!(grouped(number), text);
        }
    }
}
