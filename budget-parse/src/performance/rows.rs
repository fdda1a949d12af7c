//! Cuts the indicators of a table into rows.
//!
//! A row is found from its end: in the full form by weight and scoring rule, which are known words; in the form for a whole
//! department by the weight that ends a line; in the form of 2022 by the value that ends a line.

use std::ops::Range;

use super::cells::{self, Widths};
use super::head::Columns;
use super::levels::{self, LevelLabel};
use super::remainder;
use super::stream::{Gap, Stream};
use super::value::is_operator;
use super::vocabulary::{BASES, Column, EFFECTS, EVIDENCE, EVIDENCE_ENDS, QUALITIES, SCORING, SCORING_ENDS, UNITS};

/// A cell, which a page break may have cut in two.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Span {
    pub(super) head: Range<usize>,
    pub(super) tail: Range<usize>,
}

impl Span {
    pub(super) fn is_empty(&self) -> bool {
        self.head.is_empty() && self.tail.is_empty()
    }

    pub(super) fn text(&self, stream: &Stream<'_, '_>) -> String {
        let mut text = stream.text(self.head.clone());
        if !self.tail.is_empty() {
            text.push_str(&stream.text(self.tail.clone()));
        }
        text
    }
}

impl From<Range<usize>> for Span {
    fn from(head: Range<usize>) -> Self {
        Self { head, tail: 0..0 }
    }
}

/// A row before its cells are known.
#[derive(Clone, Debug, Default)]
struct Frame {
    labels: Vec<LevelLabel>,
    /// The cells of [`cells::CUT`].
    body: Range<usize>,
    weight: Range<usize>,
    scoring: Span,
    evidence: Span,
    /// What stands behind a page break that cuts the row: the rest of the cells of [`cells::CUT`].
    tail: Range<usize>,
    /// Numbers of pages printed inside the row.
    page_numbers: u32,
    page: u32,
}

/// A row of the table.
#[derive(Clone, Debug)]
pub(super) struct Row {
    pub(super) labels: Vec<LevelLabel>,
    pub(super) page: u32,
    /// Everything in front of the weight.
    pub(super) body: Range<usize>,
    /// The cells of [`cells::CUT`]; all empty if the row is too long to be cut.
    pub(super) cells: [Span; 4],
    pub(super) weight: Range<usize>,
    pub(super) scoring: Span,
    pub(super) evidence: Span,
    /// Whether what stands behind a page break could be dealt out to the cells in one way only.
    pub(super) rest_is_certain: bool,
}

/// Reads the rows from a position to the end.
pub(super) fn read(stream: &mut Stream<'_, '_>, from: usize, columns: Columns) -> Vec<Row> {
    let mut frames = Vec::new();
    // The number of a page shows a page break that nothing else shows.
    let mut page_numbers = 0;
    let mut at = from;
    while at < stream.len() {
        let start = at;
        if stream.is_lone_number(at) {
            // No row begins with a number on a line of its own: this is the number of a page.
            at = stream.fragment_end(at);
            stream.claim(start..at);
            page_numbers += 1;
            continue;
        }
        if let Some(end) = label_rest(stream, at, &mut frames) {
            at = end;
            continue;
        }
        let (frame, end) = if columns.has(Column::Scoring) {
            scored(stream, at)
        } else if columns.has(Column::Weight) {
            weighted(stream, at)
        } else {
            valued(stream, at)
        };
        let Some(mut frame) = frame.or_else(|| cut_off(stream, at)) else { break };
        frame.page = stream.page(at) + page_numbers;
        page_numbers += frame.page_numbers;
        frames.push(frame);
        at = end.max(start + 1);
    }
    cut(stream, frames, |column| columns.has(column) || matches!(column, Column::Name | Column::Value))
}

/// Cuts the frames into cells: first those that leave no doubt, then with what was learnt from them the others.
fn cut(stream: &Stream<'_, '_>, frames: Vec<Frame>, has: impl Fn(Column) -> bool) -> Vec<Row> {
    let mut widths = Widths::default();
    let plain = |frame: &Frame| cells::cut_plain(stream, frame.body.clone(), &has, &mut widths);
    let plain: Vec<_> = frames.iter().map(plain).collect();
    let mut rows = Vec::with_capacity(frames.len());
    for (frame, cut) in frames.into_iter().zip(plain) {
        let Frame { labels, body, page, weight, scoring, evidence, tail, .. } = frame;
        let cut = cut.or_else(|| cells::cut(stream, body.clone(), &has, &widths));
        // A row that is too long to be cut has no cells; its labels still hold for the rows around it.
        let mut cells = cut.unwrap_or_default().map(Span::from);
        let rest_is_certain = remainder::deal(stream, &mut cells, tail);
        rows.push(Row { labels, page, body, cells, weight, scoring, evidence, rest_is_certain });
    }
    rows
}

/// The suffix of a label that a page break has cut off.
fn label_rest(stream: &mut Stream<'_, '_>, at: usize, frames: &mut [Frame]) -> Option<usize> {
    let end = stream.word(at, super::vocabulary::level_suffix()).filter(|end| stream.is_boundary(*end))?;
    let label = frames.last_mut()?.labels.last_mut()?;
    let done = label.complete(&stream.text(at..end));
    done.then(|| {
        stream.claim(at..end);
        end
    })
}

// ---- the full form ----

/// A scoring rule: its end, and what of it must stand behind the next page break.
struct Scoring {
    end: usize,
    rest: String,
}

/// A row of the full form, and where the next begins.
fn scored(stream: &mut Stream<'_, '_>, start: usize) -> (Option<Frame>, usize) {
    let mut before = start;
    let mut at = start;
    let mut operator = false;
    let mut basis: Option<usize> = None;
    while at < stream.len() {
        let has_weight = is_number(stream, before..at);
        if let Some(scoring) = scoring(stream, at, has_weight) {
            return finish_scored(stream, start, if has_weight { before..at } else { at..at }, at, scoring);
        }
        operator |= is_operator(stream.folded(at));
        if operator && let Some(end) = stream.longest(at, &BASES) {
            match basis {
                // A second value with a second basis: the rule of the first row is missing.
                Some(end) => return unscored(stream, start, end),
                None => (basis, operator) = (Some(end), false),
            }
        }
        before = at;
        at = stream.fragment_end(at);
    }
    (None, start)
}

/// A row of the full form that lacks its scoring rule, from the end of its basis on.
fn unscored(stream: &mut Stream<'_, '_>, start: usize, basis: usize) -> (Option<Frame>, usize) {
    const REACH: usize = 6;
    let mut weight = basis..basis;
    let mut at = basis;
    for _ in 0..REACH {
        let end = stream.fragment_end(at);
        if is_weight(stream, at..end) {
            weight = at..end;
            break;
        }
        at = end;
    }
    let (end, _) = evidence(stream, weight.end, weight.start).unwrap_or((weight.end, String::new()));
    let evidence = Span::from(weight.end..end);
    let mut frame = Frame { body: start..weight.start, weight, evidence, ..Frame::default() };
    frame.labels = levels::labels(stream, &mut frame.body, None);
    (Some(frame), end)
}

fn finish_scored(
    stream: &mut Stream<'_, '_>,
    start: usize,
    weight: Range<usize>,
    at: usize,
    scoring: Scoring,
) -> (Option<Frame>, usize) {
    let (mut end, evidence_rest) = evidence(stream, scoring.end, at).unwrap_or((scoring.end, String::new()));
    let evidence = scoring.end..end;
    let mut frame = Frame {
        body: start..weight.start,
        weight,
        scoring: Span::from(at..scoring.end),
        evidence: Span::from(evidence),
        ..Frame::default()
    };
    let is_cut = !scoring.rest.is_empty();
    let breaks = is_cut || !evidence_rest.is_empty() || stream.gap(end) == Gap::Page || stream.is_lone_number(end);
    let mut page = end;
    if breaks && stream.is_lone_number(page) {
        page = stream.fragment_end(page);
    }
    let number = end..page;
    frame.labels = levels::labels(stream, &mut frame.body, breaks.then_some(&mut page));
    if page > number.end {
        stream.claim(number.clone());
        frame.page_numbers = u32::from(!number.is_empty());
        end = page;
    }
    if is_cut || !evidence_rest.is_empty() {
        // The rest of the cells stands behind the page break, up to the rest of the scoring rule or of the evidence.
        let last = if is_cut { &scoring.rest } else { &evidence_rest };
        if let Some((at, behind)) = find_rest(stream, page, last) {
            stream.claim(number.clone());
            frame.page_numbers = u32::from(!number.is_empty());
            frame.tail = page..at;
            end = behind;
            if !is_cut {
                frame.evidence.tail = at..behind;
            } else {
                frame.scoring.tail = at..behind;
                if let Some(behind) = stream.word(behind, &evidence_rest).filter(|_| !evidence_rest.is_empty()) {
                    frame.evidence.tail = end..behind;
                    end = behind;
                }
            }
        }
    } else if breaks && is_open_value(stream, &frame.body) {
        // Only the value was cut: its rest begins the next page.
        let behind = value_rest(stream, page);
        if behind > page {
            frame.tail = page..behind;
            end = behind;
        }
    }
    (Some(frame), end)
}

/// The scoring rule at a position. A rule that is in no list must stand behind a weight.
fn scoring(stream: &Stream<'_, '_>, at: usize, has_weight: bool) -> Option<Scoring> {
    let follows = |end: usize| stream.is_boundary(end) || stream.words(end, &EVIDENCE).next().is_some();
    let known = stream.words(at, &SCORING).map(|(_, end)| end).find(|end| follows(*end));
    if let Some(end) = known {
        return Some(Scoring { end, rest: String::new() });
    }
    if !has_weight {
        return None;
    }
    other_scoring(stream, at).or_else(|| cut_scoring(stream, at))
}

/// A rule that ends as rules do: words without any figure, and not such that a known rule follows.
fn other_scoring(stream: &Stream<'_, '_>, at: usize) -> Option<Scoring> {
    const LONGEST: usize = 16;
    let mut end = at;
    while end < stream.len() && end - at < LONGEST {
        let start = end;
        end = stream.fragment_end(start);
        let is_known = start > at && stream.words(start, &SCORING).next().is_some();
        if is_known || (start..end).any(|at| stream.folded(at).is_ascii_digit() || stream.folded(at) == '-') {
            return None;
        }
        if stream.ends_with(at..end, &SCORING_ENDS) {
            return Some(Scoring { end, rest: String::new() });
        }
    }
    None
}

/// A rule whose rest is printed behind the next page break.
fn cut_scoring(stream: &Stream<'_, '_>, at: usize) -> Option<Scoring> {
    const SHORTEST: usize = 2;
    SCORING.beginning_with(stream.folded(at)).find_map(|word| {
        let (end, _) = stream.prefix(at, word);
        if end - at < SHORTEST || !stream.is_boundary(end) {
            return None;
        }
        let rest: String = word.chars().skip(end - at).collect();
        find_rest(stream, end, &rest).map(|_| Scoring { end, rest })
    })
}

/// Where `rest` stands as a cell or the beginning of one, within the reach of one row: its start and end.
fn find_rest(stream: &Stream<'_, '_>, from: usize, rest: &str) -> Option<(usize, usize)> {
    const REACH: usize = 24;
    let mut at = from;
    for _ in 0..REACH {
        if at >= stream.len() {
            break;
        }
        if let Some(end) = stream.word(at, rest).filter(|end| stream.is_boundary(*end)) {
            return Some((at, end));
        }
        at = stream.fragment_end(at);
    }
    None
}

/// The evidence at a position: words joined by commas. Gives its end, and what must stand behind the next page break.
fn evidence(stream: &Stream<'_, '_>, start: usize, scoring: usize) -> Option<(usize, String)> {
    let is_comma = |at: usize| matches!(stream.folded(at), ',' | '、' | ';');
    let mut end = start;
    loop {
        let at = if end > start && is_comma(end) { end + 1 } else { end };
        if end > start && at == end {
            return Some((end, String::new()));
        }
        match stream.words(at, &EVIDENCE).map(|(_, end)| end).max() {
            Some(behind) => end = behind,
            None if end > start => {
                // A comma with only half a word behind it: the other half is on the next page.
                let cut = EVIDENCE.beginning_with(stream.folded(at)).find_map(|word| {
                    let (behind, _) = stream.prefix(at, word);
                    (behind > at && stream.is_boundary(behind))
                        .then(|| (behind, word.chars().skip(behind - at).collect()))
                });
                return Some(cut.unwrap_or((end, String::new())));
            }
            None => return other_evidence(stream, start, scoring),
        }
    }
}

/// Evidence in words of its own: beside the scoring rule, or up to a word that evidence ends with.
fn other_evidence(stream: &Stream<'_, '_>, start: usize, scoring: usize) -> Option<(usize, String)> {
    const LONGEST: usize = 20;
    // A row in which the rule was wrapped has its evidence on the next line, but not behind a blank line.
    let wrapped = stream.fragment_end(scoring) < start;
    let beside = stream.gap(start) == Gap::Space || (wrapped && stream.has_blanks && stream.gap(start) == Gap::Line);
    if !beside || levels::label(stream, start).is_some() {
        return None;
    }
    let mut end = start;
    while end < stream.len() && end - start < LONGEST {
        end = stream.fragment_end(end);
        if stream.ends_with(start..end, &EVIDENCE_ENDS) && !matches!(stream.folded(end), ',' | '、') {
            return Some((end, String::new()));
        }
    }
    Some((stream.fragment_end(start), String::new()))
}

/// Whether the value of a row is an operator without a number.
fn is_open_value(stream: &Stream<'_, '_>, body: &Range<usize>) -> bool {
    let mut at = body.start;
    while at < body.end {
        let end = stream.fragment_end(at);
        if (at..end).all(|at| is_operator(stream.folded(at))) {
            return !(is_operator(stream.folded(end)) || stream.folded(end).is_ascii_digit());
        }
        at = end;
    }
    false
}

/// The end of a number, with its operator and unit, that begins a page.
fn value_rest(stream: &Stream<'_, '_>, from: usize) -> usize {
    if !is_operator(stream.folded(from)) && !stream.folded(from).is_ascii_digit() {
        return from;
    }
    let end = stream.fragment_end(from);
    stream.longest(end, &UNITS).unwrap_or(end)
}

// ---- the form for a whole department ----

/// A row that ends with its weight, which is the last number of a line; and where the next row begins.
fn weighted(stream: &mut Stream<'_, '_>, start: usize) -> (Option<Frame>, usize) {
    let mut fragments = 0;
    let mut value: Option<usize> = None;
    let mut before = start;
    let mut at = start;
    while at < stream.len() {
        let end = stream.fragment_end(at);
        if value.is_none() && has_operator(stream, at..end) {
            value = Some(fragments);
        }
        // Before the weight stand a name, a value and a basis.
        let enough = value.map_or(fragments >= 3, |value| fragments > value);
        let dated = matches!(stream.folded(at.saturating_sub(1)), '年' | '月' | '第') && stream.gap(at) <= Gap::Space;
        let of_value = (before..at).all(|at| is_operator(stream.folded(at))) && before < at;
        if enough && !dated && !of_value && stream.is_line_start(end) && is_weight(stream, at..end) {
            let mut frame = Frame { body: start..at, weight: at..end, ..Frame::default() };
            frame.labels = levels::labels(stream, &mut frame.body, None);
            return (Some(frame), end);
        }
        fragments += 1;
        before = at;
        at = end;
    }
    (None, start)
}

fn has_operator(stream: &Stream<'_, '_>, range: Range<usize>) -> bool {
    range.into_iter().any(|at| is_operator(stream.folded(at)))
}

// ---- the form of 2022 ----

/// A row that ends with its value, which ends a line; and where the next row begins.
fn valued(stream: &mut Stream<'_, '_>, start: usize) -> (Option<Frame>, usize) {
    // The name begins behind the labels, which may stand on its line.
    let name = levels::behind_labels(stream, start);
    let mut line = name;
    while line < stream.len() {
        let end = stream.line_end(line);
        if let Some(end) = value_end(stream, name, line..end) {
            let mut frame = Frame { body: start..end, ..Frame::default() };
            frame.labels = levels::labels(stream, &mut frame.body, None);
            return (Some(frame), end);
        }
        line = end;
    }
    (None, start)
}

/// Whether a line ends a row that begins at `start`, and where.
fn value_end(stream: &Stream<'_, '_>, start: usize, line: Range<usize>) -> Option<usize> {
    let is_quality = |at: usize| stream.words(at, &QUALITIES).chain(stream.words(at, &EFFECTS)).next().is_some();
    let is_date =
        |at: usize| (at..at + 4).all(|at| stream.folded(at).is_ascii_digit()) && stream.folded(at + 4) == '年';
    if has_operator(stream, line.clone()) {
        let has_digit = line.clone().any(|at| stream.folded(at).is_ascii_digit());
        let ends_bare = line.end.checked_sub(1).is_some_and(|last| stream.folded(last).is_ascii_digit());
        return if !has_digit {
            // The number has slipped to the next line.
            Some(stream.line_end(line.end))
        } else if ends_bare {
            Some(stream.longest(line.end, &UNITS).unwrap_or(line.end))
        } else {
            Some(line.end)
        };
    }
    // A value in words or a date: behind white space on the line, or alone on the line behind a name.
    const LONGEST: usize = 6;
    let mut at = line.start;
    let mut fragments = 0;
    while at < line.end {
        let end = stream.fragment_end(at);
        let behind_name = at > start;
        let is_value = is_date(at) || (is_quality(at) && (fragments > 0 || line.end - at <= LONGEST));
        if behind_name && is_value {
            return Some(line.end);
        }
        let han = !stream.folded(at).is_ascii() && at.checked_sub(1).is_some_and(|at| !stream.folded(at).is_ascii());
        if fragments > 0 && han {
            return Some(line.end);
        }
        fragments += 1;
        at = end;
    }
    None
}

// ---- all forms ----

/// What is left when a table ends inside a row: a row if it has a value.
fn cut_off(stream: &mut Stream<'_, '_>, start: usize) -> Option<Frame> {
    const LONGEST: usize = 200;
    let rest = start..stream.len();
    if rest.len() > LONGEST || !has_operator(stream, rest.clone()) {
        return None;
    }
    let mut frame = Frame { body: rest, ..Frame::default() };
    frame.labels = levels::labels(stream, &mut frame.body, None);
    let last = (frame.body.clone()).rev().find(|at| stream.is_boundary(*at)).unwrap_or(frame.body.start);
    if is_weight(stream, last..frame.body.end) && last > frame.body.start {
        frame.weight = last..frame.body.end;
        frame.body.end = last;
    }
    Some(frame)
}

/// Whether a range is a plain number.
fn is_number(stream: &Stream<'_, '_>, range: Range<usize>) -> bool {
    const LONGEST: usize = 6;
    !range.is_empty()
        && range.len() <= LONGEST
        && stream.folded(range.start).is_ascii_digit()
        && range.into_iter().all(|at| matches!(stream.folded(at), '0'..='9' | '.'))
}

/// Whether a range is a number that a weight can be: at most 100.
fn is_weight(stream: &Stream<'_, '_>, range: Range<usize>) -> bool {
    let whole = range.clone().take_while(|at| stream.folded(*at) != '.').count();
    is_number(stream, range.clone()) && (whole < 3 || (whole == 3 && stream.text(range).starts_with("100")))
}

/// The columns of [`cells::CUT`], to name what is missing.
pub(super) fn caption(column: Column) -> &'static str {
    match column {
        Column::Name => "三级指标",
        Column::Value => "指标值",
        Column::Basis => "指标值设定依据",
        Column::LastYear => "上年完成值",
        Column::Weight => "分值权重",
        Column::Scoring => "指标赋分规则",
        Column::Evidence => "佐证资料",
        _ => "",
    }
}
