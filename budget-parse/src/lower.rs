//! From a document of lines and grids to a disclosure.

use budget_document::{Document, Line};
use budget_model::{Aspect, Diagnostic, DiagnosticCode, Disclosure, Role, Scope, Stage};

use crate::consumption::Consumption;
use crate::layout::LayoutSet;
use crate::lexicon::around::{ACCOUNTS, BUDGETS, CONTENTS, CONTENTS_HEADS, DOCUMENTS, OF_A_UNIT, OF_WHOM, OWN_UNITS};
use crate::lexicon::{Lexicon, table_number};
use crate::outline::{self, RegionKind};
use crate::reading_order::ReadingOrder;
use crate::table;
use crate::text::{fold, squeeze, trim_start};
use crate::words::Words;
use crate::work::Work;
use crate::years::Years;
use crate::{
    ReadError, ReadErrorKind, assumed, belonging, characters, consumption, furniture, grid, identity, missing_pages,
    narrative, performance, placement, region, trust,
};

/// Most files that a message names.
const NAMED_ATTACHMENTS: usize = 3;

/// Lowers a document into the model.
///
/// # Errors
///
/// [`ReadErrorKind::NothingFound`] if there is no table and no section of a disclosure, and
/// [`ReadErrorKind::OnlyAttachments`] if it then leads to files.
pub(crate) fn disclosure(source: &Document<'_>, layouts: &LayoutSet) -> Result<Disclosure, ReadError> {
    let blocks = characters::normalise(source);
    let has_grids = blocks.iter().any(|block| block.grid().is_some());
    let text: Vec<&Line<'_>> = blocks.iter().filter_map(|block| block.line()).collect();
    let mut year = year(&text);
    let mut grids = if has_grids { grid::read(&blocks, layouts, year) } else { Default::default() };
    year = year.or(grids.year);
    let of_grids = std::mem::take(&mut grids.tables);
    let targets_of_grids = std::mem::take(&mut grids.performance);
    let order = ReadingOrder::new(&text, &grids);
    let all = &order.lines;
    let furniture = furniture::find(all);
    let missing_pages = missing_pages::report(all);
    let kept = furniture::without(all, &furniture);
    let lines: Vec<&Line<'_>> = kept.iter().map(AsRef::as_ref).collect();

    let nothing = || {
        let names = source.attachments.iter().map(|attachment| attachment.name.clone());
        ReadError::new(match source.attachments.len() {
            0 => ReadErrorKind::NothingFound,
            count => ReadErrorKind::OnlyAttachments { count, first: names.take(NAMED_ATTACHMENTS).collect() },
        })
    };
    let mut outline = outline::outline(&lines, layouts, year).ok_or_else(nothing)?;
    if !of_grids.is_empty() && !grids.is_set_by_blanks {
        // Where the tables are grids, a line that reads like a title is an entry of a list of contents, or a sentence.
        outline.regions = order.prose((0..all.len()).filter(|index| !furniture.contains(index)));
    }
    let (layout, uncertain) = match grids.layout {
        Some(layout) => (layout, grids.uncertain),
        None => (outline.layout, outline.uncertain),
    };
    let mut consumption = Consumption::new(lines.len());
    let mut document = Disclosure {
        year,
        stage: stage(&lines),
        unit: layout.unit.clone(),
        layout: layout.id.clone(),
        sheets: source.sheets.clone(),
        hidden_text: source.hidden_text.clone(),
        unread_pages: source.unread_pages.clone(),
        attachments: source.attachments.clone(),
        diagnostics: source.diagnostics.iter().chain(&missing_pages).chain(&grids.diagnostics).cloned().collect(),
        ..Disclosure::default()
    };
    let mut work = Work::of(lines.iter().map(|line| line.text.len()).sum());
    let mut unplaced =
        table::read(&lines, outline.layout, &outline.regions, &mut work, &mut document.diagnostics, &mut consumption);
    let trust = trust::examine(&lines, &outline.regions, &mut unplaced);
    let (placed, mut placing) = placement::place(unplaced, &mut work, &mut document.diagnostics);
    let of_text = placed.len();
    document.tables = placed;
    document.tables.extend(of_grids);
    document.entity = identity::entity(&document.tables, &targets_of_grids, &lines);
    document.scope = scope(&document, &lines);
    document.region = region::region(&document, &lines);

    let ranges = |kind: fn(&RegionKind) -> bool| -> Vec<_> {
        outline.regions.iter().filter(|region| kind(&region.kind)).map(|region| region.lines.clone()).collect()
    };
    let prose = ranges(|kind| matches!(kind, RegionKind::Prose));
    // What another form prescribes is not missing here, and a form of budgets prescribes nothing to final accounts (决算).
    let is_named = |table: usize| match table.checked_sub(of_text) {
        Some(grid) => grids.named.get(grid) == Some(&true),
        None => true,
    };
    let named =
        (0..document.tables.len()).filter(|table| is_named(*table)).filter_map(|table| document.tables.get(table));
    let named = layout.tables.iter().filter(|form| named.clone().any(|table| table.kind == form.kind)).count();
    let sections = if named > 0 { layout.sections.as_slice() } else { &[] };
    let form = narrative::Form { sections, parts: &outline.parts };
    narrative::read(&lines, &prose, form, &mut document, &mut consumption);
    if let Some(tables) = document.tables.get_mut(..of_text) {
        placing.with_text(tables, &document.facts, &mut work);
        placing.report(tables, &mut document.diagnostics);
        trust.conclude(tables, &mut document.diagnostics);
    }
    assumed::settle(&mut document);
    report_doubtful(&mut document);
    for region in outline.regions.iter().filter(|region| region.kind == RegionKind::OtherTable) {
        if let Some(title) = lines.get(region.lines.start) {
            let unknown = Diagnostic::new(DiagnosticCode::TableUnknown, [squeeze(&title.text)]);
            document.diagnostics.push(unknown.at(title.place(0)));
        }
    }
    let targets = ranges(|kind| matches!(kind, RegionKind::Performance));
    performance::read(&lines, &targets, &mut document, &mut consumption);
    document.performance.extend(targets_of_grids);

    // Tables of a form that no layout knows are a disclosure, if one that is not read.
    let has_tables = outline.regions.iter().any(|region| region.kind == RegionKind::OtherTable);
    let is_text_alone = document.tables.is_empty() && document.performance.is_empty() && !has_tables;
    // Figures in sentences are a disclosure if something says whose or of which year; any other document has such figures, too.
    let is_of_somebody = document.entity.is_some() || document.year.is_some();
    if is_text_alone && (document.facts.is_empty() || !is_of_somebody) {
        return Err(nothing());
    }
    // A document whose tables were read from their words, or that has none, is of a form that no layout has.
    let is_without_form = named == 0 && of_text == 0;
    if is_without_form {
        document.layout.clear();
    }
    let is_of_words = is_without_form && !document.tables.is_empty();
    // Tables that nothing rules are no ground for what the text means.
    let is_other = document.stage == Stage::Final || is_of_words || grids.is_set_by_blanks;
    let fit = if is_other { Fit::Other } else { Fit::of(&document, layout) };
    if fit == Fit::Whole && !uncertain && 2 * named >= layout.tables.len() {
        document.required = layout.required();
    }
    if grids.is_set_by_blanks || (fit == Fit::Other && of_text > 0) {
        // Nothing is certain that the text is compared with.
        document.facts.iter_mut().for_each(|fact| fact.coordinates = None);
    } else if document.required.is_empty() {
        narrative::settle(&mut document);
    }
    // What a form prescribes is not missing from a document that has little of it, and no page of it may be unread.
    let has_form = of_text > 0 || (fit != Fit::Other && 2 * named >= layout.tables.len() && document.is_complete());
    report_missing(&mut document, layout, has_form, uncertain);
    let found = belonging::report(&document, identity::cover(&lines).as_ref());
    document.diagnostics.extend(found);
    document.ledger = consumption.ledger(&lines);
    report_unread(&mut document, &lines, &outline.regions);
    document.ledger.add(consumption::furniture(furniture.iter().filter_map(|index| all.get(*index).copied())));
    document.ledger.add(grids.ledger);
    let titles: Vec<String> = document.tables.iter().map(|table| fold(&table.title.text)).collect();
    consumption::held(&mut document.ledger, |text| is_identified(text, &titles));
    Ok(document)
}

/// Whether a text that nothing was made of says what it is: an entry of a list of tables (`表5 … 明细表 否`), a title or its
/// number, unit or compiler that a page repeats, the title of the document (`2021年部门综合预算公开报表`).
fn is_identified(text: &str, titles: &[String]) -> bool {
    /// Fewer characters are a part of any title.
    const FEWEST: usize = 4;
    let folded = fold(text);
    if Lexicon::is_caption(text) || CONTENTS.contains(folded.as_str()) || table_number::is_annex(&folded) {
        return true;
    }
    // 备注：1、年度绩效指标可选择填写。 below a form that has no place for notes
    if Lexicon::begins_note(&folded) && !folded.contains("万元") {
        return true;
    }
    if text.split_whitespace().all(|word| CONTENTS_HEADS.contains(fold(word).as_str())) {
        return true;
    }
    let (_, entry) = table_number::in_front(&folded);
    let ends = entry.match_indices(['表', ')']).map(|(at, end)| at + end.len()).collect::<Vec<_>>();
    // Behind it stands whether the table is empty, and why; a figure is none of a list.
    let says_why =
        |rest: &str| rest.chars().count() <= LONGEST_TITLE && !rest.contains(|next: char| next.is_ascii_digit());
    let is_entry = ends.into_iter().rev().any(|end| {
        let parts = entry.split_at_checked(end);
        parts.is_some_and(|(title, rest)| says_why(rest) && Lexicon::title(title).is_some())
    });
    let is_repeated = || entry.chars().count() >= FEWEST && titles.iter().any(|title| title.contains(entry));
    let is_document = || {
        title_words(&folded).is_some_and(|title| {
            let stages = BUDGETS.entries().iter().chain(ACCOUNTS.entries());
            let behind =
                stages.filter_map(|word| title.rsplit_once(word).map(|(_, rest)| rest.trim_matches(['(', ')'])));
            behind.into_iter().any(|rest| {
                DOCUMENTS.contains(rest)
                    || DOCUMENTS
                        .entries()
                        .iter()
                        .any(|first| rest.strip_prefix(first).is_some_and(|rest| DOCUMENTS.contains(rest)))
            })
        })
    };
    is_entry || is_repeated() || is_document()
}

/// How much of a form a document has.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fit {
    /// At least half of its tables, as the form has them.
    Whole,
    /// A few of them, most of these as the form has them: a piece of a disclosure, or a text of which much is not understood.
    /// What it lacks is listed, and held against nobody.
    Piece,
    /// It is of another form.
    Other,
}

impl Fit {
    fn of(document: &Disclosure, layout: &crate::Layout) -> Self {
        let tables: Vec<_> = layout.tables.iter().filter_map(|form| document.table(form.kind)).collect();
        let sound = tables.iter().filter(|table| !table.doubts.has(Aspect::Column)).count();
        match sound {
            sound if 2 * sound >= layout.tables.len() => Self::Whole,
            sound if 2 * sound >= tables.len() && sound > 0 => Self::Piece,
            _ => Self::Other,
        }
    }
}

/// The budget year: the one most titles and headings name (`第二部分 2025 年部门预算公开表`).
fn year(lines: &[&Line<'_>]) -> Option<u16> {
    let mut years = Years::default();
    for line in lines.iter().filter(|line| line.text.contains('年')) {
        years.add(&line.text, part_heading(line).is_some(), true);
    }
    years.most()
}

/// Most characters of the title of a document.
const LONGEST_TITLE: usize = 45;

/// A folded line that may be a title: short, and no part of a sentence.
fn title_words(folded: &str) -> Option<&str> {
    let is_title = folded.chars().count() <= LONGEST_TITLE && !folded.contains(['。', ',', ';', ':', '、']);
    Some(folded).filter(|_| is_title)
}

/// 决算 in the part headings, or in more of the titles than 预算, makes it final accounts.
fn stage(lines: &[&Line<'_>]) -> Stage {
    let (mut budget, mut accounts) = (0usize, 0usize);
    for line in lines.iter().filter(|line| line.text.len() < 200 && line.text.contains('算')) {
        if part_heading(line).is_some_and(|heading| ACCOUNTS.is_in(&heading)) {
            return Stage::Final;
        }
        let folded = fold(&line.text);
        let Some(title) = title_words(&folded) else { continue };
        // 部门决算, 决算公开表
        let is_of = |words: &Words<&'static str>| {
            words.entries().iter().any(|word| {
                let behind = title.split(*word).skip(1);
                let before = title.match_indices(*word).filter_map(|(at, _)| title.get(..at));
                behind.last().is_some_and(|rest| DOCUMENTS.contains(rest))
                    || before.into_iter().any(|before| OF_WHOM.strip_end_of(before).is_some())
            })
        };
        accounts += usize::from(is_of(&ACCOUNTS));
        budget += usize::from(is_of(&BUDGETS));
    }
    if accounts > budget { Stage::Final } else { Stage::Budget }
}

/// The heading of a part, without white space: `第二部分2025年部门预算公开表`.
fn part_heading(line: &Line<'_>) -> Option<String> {
    let may_be = line.text.len() < 200 && trim_start(&line.text).starts_with('第');
    may_be.then(|| squeeze(&line.text)).filter(|text| text.contains("部分"))
}

/// Unit, if the tables or most titles of the document call themselves 单位…; 本级, if the entity does: 云溪县教育局（本级）.
fn scope(document: &Disclosure, lines: &[&Line<'_>]) -> Scope {
    let entity = document.entity.as_ref().map(|entity| fold(&entity.text)).unwrap_or_default();
    if OWN_UNITS.strip_end_of(&entity).is_some() {
        return Scope::Own;
    }
    let units = document.tables.iter().filter(|table| OF_A_UNIT.is_in(&fold(&table.title.text))).count();
    if units > 0 {
        return Scope::Unit;
    }
    // 云溪县文化馆2025年单位预算, 2025年部门预算公开
    let (mut of_unit, mut of_department) = (0usize, 0usize);
    for line in lines.iter().filter(|line| line.text.len() < 200 && line.text.contains('算')) {
        let folded = fold(&line.text);
        let Some(title) = title_words(&folded) else { continue };
        let names = |whom: &str| {
            BUDGETS.entries().iter().chain(ACCOUNTS.entries()).any(|word| title.contains(&format!("{whom}{word}")))
        };
        of_unit += usize::from(names("单位"));
        of_department += usize::from(names("部门"));
    }
    if of_unit > of_department { Scope::Unit } else { Scope::Department }
}

fn report_missing(document: &mut Disclosure, layout: &crate::Layout, has_form: bool, uncertain: bool) {
    // Every layout is a form of a budget.
    let has_form = has_form && document.stage != Stage::Final;
    if !has_form {
        document.diagnostics.push(Diagnostic::new::<String>(DiagnosticCode::FormUnknown, []));
    } else if uncertain {
        document.diagnostics.push(Diagnostic::new(DiagnosticCode::LayoutUncertain, [layout.name.as_str()]));
    }
    if document.year.is_none() {
        document.diagnostics.push(Diagnostic::new::<String>(DiagnosticCode::YearMissing, []));
    }
    if document.entity.is_none() {
        document.diagnostics.push(Diagnostic::new::<String>(DiagnosticCode::EntityMissing, []));
    }
    if !has_form {
        return;
    }
    let mut found = Vec::new();
    for form in &layout.tables {
        let title = form.titles.first().map_or(form.kind.as_str(), String::as_str);
        let mut tables: Vec<_> = document.tables.iter().filter(|table| table.kind == form.kind).collect();
        // A copy in a hidden sheet is none beside the table itself.
        if tables.iter().any(|table| !table.doubts.has(Aspect::Table)) {
            tables.retain(|table| !table.doubts.has(Aspect::Table));
        }
        match tables.as_slice() {
            // A form that no layout names requires nothing.
            [] if has_form => found.push(crate::registry::missing_table(title)),
            [] => {}
            [table] => {
                let is_cut = !table.rows.is_empty()
                    && !matches!(form.shape, crate::Shape::SingleRow | crate::Shape::Listed)
                    && !table.rows.iter().any(|row| row.role == Role::Total);
                if is_cut {
                    found.push(Diagnostic::new(DiagnosticCode::TableCut, [title]).at(table.title.place));
                } else if table.figure_count() == 0 && table.declared_empty.is_none() {
                    found.push(Diagnostic::new(DiagnosticCode::TableWithoutFigures, [title]).at(table.title.place));
                }
            }
            [_, second, ..] => {
                found.push(Diagnostic::new(DiagnosticCode::TableRepeated, [title]).at(second.title.place));
            }
        }
    }
    document.diagnostics.extend(found);
}

/// Most diagnostics of one kind that are listed one by one.
const MOST_ALIKE: usize = 1_000;

/// Most figures that a message names.
const NAMED_FIGURES: usize = 5;

/// The figures of each table whose value is in doubt, and the rows where nothing else has said so.
fn report_doubtful(document: &mut Disclosure) {
    use DiagnosticCode::{OrderUnconfirmed, RowsDoubtful, RowsMixed, SumsContradict};
    for table in &document.tables {
        let is_said = |diagnostic: &Diagnostic| {
            matches!(diagnostic.code, OrderUnconfirmed | RowsDoubtful | RowsMixed | SumsContradict)
                && diagnostic.places.contains(&table.title.place)
        };
        let mut rows = table.rows.iter().filter(|row| !row.doubts.is_empty() && !row.cells.is_empty());
        let count = rows.clone().count();
        if let Some(row) = rows.next()
            && !document.diagnostics.iter().any(is_said)
        {
            let arguments = [table.title.text.clone(), count.to_string(), row.label.text.clone()];
            document.diagnostics.push(Diagnostic::new(RowsDoubtful, arguments).at(row.label.place));
        }
        let cells = table.rows.iter().flat_map(|row| &row.cells);
        let doubtful: Vec<_> = cells.filter(|cell| cell.doubts.has(Aspect::Value)).map(|cell| cell.amount).collect();
        if doubtful.is_empty() {
            continue;
        }
        let named: Vec<_> = doubtful.iter().take(NAMED_FIGURES).map(|amount| amount.value.to_string()).collect();
        let arguments = [table.title.text.clone(), doubtful.len().to_string(), named.join("、")];
        let mut diagnostic = Diagnostic::new(DiagnosticCode::ValueUncertain, arguments);
        diagnostic.places = doubtful.iter().take(NAMED_FIGURES).map(|amount| amount.place).collect();
        document.diagnostics.push(diagnostic);
    }
}

/// Every line of the table part with something unread becomes a diagnostic, figures being more serious than words.
fn report_unread(document: &mut Disclosure, lines: &[&Line<'_>], regions: &[outline::Region]) {
    let number = |line: usize| lines.get(line).map(|line| line.number);
    let is_table = |region: &&outline::Region| matches!(region.kind, RegionKind::Table { .. });
    let in_tables: Vec<(u32, u32)> = regions
        .iter()
        .filter(is_table)
        .filter_map(|region| Some((number(region.lines.start)?, number(region.lines.end.checked_sub(1)?)?)))
        .collect();
    let mut alike = [0_usize; 2];
    for label in &document.ledger.unread {
        // Regions are in order.
        let line = label.place.line();
        let table = in_tables.partition_point(|(_, last)| *last < line);
        if in_tables.get(table).is_none_or(|(first, _)| *first > line) {
            continue;
        }
        let has_number = label.text.bytes().any(|byte| byte.is_ascii_digit());
        let code = if has_number { DiagnosticCode::NumberNotUnderstood } else { DiagnosticCode::TextNotUnderstood };
        let [words, numbers] = &mut alike;
        let count = if has_number { numbers } else { words };
        *count += 1;
        if *count <= MOST_ALIKE {
            document.diagnostics.push(Diagnostic::new(code, [label.text.as_str()]).at(label.place));
        }
    }
    if document.ledger.unlisted > 0 {
        let arguments = ["unread".to_owned(), document.ledger.unlisted.to_string()];
        document.diagnostics.push(Diagnostic::new(DiagnosticCode::NotListed, arguments));
    }
    let codes = [DiagnosticCode::TextNotUnderstood, DiagnosticCode::NumberNotUnderstood];
    for (code, count) in codes.into_iter().zip(alike).filter(|(_, count)| *count > MOST_ALIKE) {
        let arguments = [code.as_str().to_owned(), (count - MOST_ALIKE).to_string()];
        document.diagnostics.push(Diagnostic::new(DiagnosticCode::NotListed, arguments));
    }
}
