//! What the rows around a table say: its number, its title, who compiled it, in which unit; page numbers and notes.

use budget_model::{Label, Place};

use super::caption::{self, Caption};
use super::sheet::{Field, Sheet};
use crate::lexicon::{Lexicon, around, table_number, units};
use crate::page_number::page_number;
use crate::text::{fold, squeeze};

/// What a row is in the frame of a table.
#[derive(Clone, Debug)]
pub(super) enum RowKind {
    /// Nothing stands in it.
    Blank,
    /// A page number, a year alone, dots: it says nothing of a table.
    Filler,
    /// The title of a table, perhaps with its number and caption.
    Title(Title),
    /// The number of a table, who compiled it, the unit.
    Caption(Caption),
    /// 栏次 1 2 3
    ColumnNumbers,
    /// A note or sentence alone in the row.
    Prose,
    /// A row of the header or body of a table, or anything else.
    Cells,
}

/// A title and what stands in its row.
#[derive(Clone, Debug)]
pub(super) struct Title {
    pub(super) label: Label,
    pub(super) caption: Caption,
    /// Words behind the caption in the same cell: header words of a table whose frame another program lost.
    pub(super) tail: Vec<String>,
}

/// Longest cell that is read as title and caption together, in bytes.
const LONGEST_FRONT: usize = 900;
/// Most characters of a title.
const LONGEST_TITLE: usize = 60;
/// Most characters of a row label; a longer text alone in its row is a sentence.
const LONGEST_LABEL: usize = 60;

/// What a row is. `is_edge` says that it is the first or last row of its page.
pub(super) fn row(sheet: &Sheet<'_>, row: usize, is_edge: bool) -> RowKind {
    let fields = sheet.row(row);
    if fields.is_empty() {
        return RowKind::Blank;
    }
    if super::header::is_column_numbers(fields) {
        return RowKind::ColumnNumbers;
    }
    if let Some(title) = title_row(fields) {
        return RowKind::Title(title);
    }
    if let Some(caption) = caption::read(fields) {
        return RowKind::Caption(caption);
    }
    let [field] = fields else { return RowKind::Cells };
    let text = squeeze(&field.text());
    if is_filler(&text, is_edge) {
        RowKind::Filler
    } else if let Some((compiler, unit)) = bare_caption(&text) {
        let compiler = compiler.map(|name| Label::new(name, field.place()));
        RowKind::Caption(Caption { compiler, unit: Some((unit, field.place())), ..Caption::default() })
    } else if !field.is_number() && is_prose(&text) {
        RowKind::Prose
    } else {
        RowKind::Cells
    }
}

/// A row of one title, beside which only captions stand.
fn title_row(fields: &[Field<'_>]) -> Option<Title> {
    const MOST_BESIDE: usize = 4;
    if fields.len() > 1 + MOST_BESIDE {
        return None;
    }
    let mut found: Option<Title> = None;
    let mut beside = Caption::default();
    for field in fields {
        if let Some(title) = title(field) {
            // A title that is repeated in one row is one title.
            if found.as_ref().is_some_and(|other| other.label.text != title.label.text) {
                return None;
            }
            found = found.or(Some(title));
        } else if let Some(caption) = caption::read(std::slice::from_ref(field)) {
            beside.complete(caption);
        } else if !is_filler(&field.folded, false) {
            return None;
        }
    }
    let mut title = found?;
    title.caption.complete(beside);
    Some(title)
}

/// Reads a cell or line that holds a title: `预算01表 收支总表`, `收支预算总表部门：云溪县文化馆 单位：万元`.
pub(super) fn title(field: &Field<'_>) -> Option<Title> {
    let raw = field.text();
    title_of(&raw, field.place())
}

/// The same of a text.
pub(super) fn title_of(raw: &str, place: Place) -> Option<Title> {
    if raw.len() > LONGEST_FRONT || !raw.contains('表') {
        return None;
    }
    let text = squeeze(raw);
    let (number, rest) = table_number::in_front(&text);
    let mut caption = Caption { number: number.map(|text| Label::new(text, place)), ..Caption::default() };
    for (at, _) in rest.match_indices('表').take(8) {
        let mut end = at + '表'.len_utf8();
        let mut behind = rest.get(end..)?;
        // 一般公共预算支出表（按功能分类）, but not （单位：万元） and （预算表1）
        if let Some((bracket, after)) = bracket_in_front(behind)
            && units::find(bracket).is_none()
            && table_number::in_front(bracket.trim_matches(['(', ')', '（', '）'])).1.len()
                == bracket.trim_matches(['(', ')', '（', '）']).len()
        {
            end += bracket.len();
            behind = after;
        }
        let title = rest.get(..end)?;
        if title.chars().count() > LONGEST_TITLE {
            return None;
        }
        let Some((more, tail)) = behind_title(behind, place) else { continue };
        if Lexicon::title(title).is_none() {
            continue;
        }
        caption.complete(more);
        // The words behind the caption as they are divided in the cell.
        let tail = if tail.is_empty() { Vec::new() } else { last_words(raw, tail) };
        return Some(Title { label: Label::new(title, place), caption, tail });
    }
    None
}

/// The words that make up the end of a text, by white space.
fn last_words(raw: &str, tail: &str) -> Vec<String> {
    let mut wanted = tail.len();
    let mut words = Vec::new();
    for word in raw.split_whitespace().rev() {
        if wanted == 0 {
            break;
        }
        let word = if word.len() > wanted { word.get(word.len() - wanted..).unwrap_or_default() } else { word };
        wanted -= word.len();
        words.push(word.to_owned());
    }
    words.reverse();
    words
}

/// A text in brackets in front, and what follows.
fn bracket_in_front(text: &str) -> Option<(&str, &str)> {
    if !text.starts_with(['(', '（']) {
        return None;
    }
    let (at, close) = text.char_indices().find(|(_, character)| matches!(character, ')' | '）'))?;
    text.split_at_checked(at + close.len_utf8())
}

/// What may stand behind a title in its cell: its number, who compiled it, the unit. Returns what stands behind all that.
fn behind_title(mut text: &str, place: Place) -> Option<(Caption, &str)> {
    let mut caption = Caption::default();
    for _ in 0..6 {
        if text.is_empty() {
            break;
        }
        let (number, rest) = table_number::in_front(text.trim_start_matches(['(', '（', ':', '：']));
        if let Some(number) = number {
            caption.number.get_or_insert(Label::new(number, place));
            text = rest.trim_start_matches([')', '）']);
            continue;
        }
        let Some(piece) = caption_in_front(text) else {
            // Without a caption in between, whatever follows makes it no title.
            return (caption.unit.is_some() || caption.compiler.is_some()).then_some((caption, text));
        };
        match piece.unit {
            Some(unit) => caption.unit = caption.unit.or(Some((unit, place))),
            None if !piece.name.is_empty() => {
                caption.compiler.get_or_insert(Label::new(piece.name, place));
            }
            None => {}
        }
        text = piece.rest;
    }
    Some((caption, text))
}

/// What a word of a caption says.
struct CaptionPiece<'t> {
    name: &'t str,
    unit: Option<budget_model::Unit>,
    rest: &'t str,
}

/// 部门：云溪县文化馆, 单位：万元, （单位：元）
fn caption_in_front(text: &str) -> Option<CaptionPiece<'_>> {
    let word = units::caption_word(text.trim_start_matches(['(', '（']))?;
    let value = text.get(text.len() - word.value.len() - word.rest.len()..)?;
    // 万元, 元, 人民币万元, with words of the header behind it
    for length in (1..=6).rev() {
        let Some((end, last)) = value.char_indices().nth(length - 1) else { continue };
        let (front, rest) = value.split_at_checked(end + last.len_utf8())?;
        if let Some(unit) = units::money(front) {
            return Some(CaptionPiece { name: "", unit: Some(unit), rest: rest.trim_start_matches([')', '）']) });
        }
    }
    let name = word.value.trim_matches(['(', ')', '（', '）']);
    (name.chars().count() <= 40).then_some(CaptionPiece { name, unit: None, rest: word.rest })
}

/// 单位名称 云溪县文化馆 单位 万元: a caption whose colons were lost.
fn bare_caption(text: &str) -> Option<(Option<&str>, budget_model::Unit)> {
    let at = text.rfind(around::either())?;
    let unit = units::money(text.get(at + around::either().len()..)?)?;
    let name = units::behind_compiler(text.get(..at)?);
    Some((name.filter(|name| name.chars().count() > 2), unit))
}

/// A page number, a year alone, or nothing but punctuation.
fn is_filler(text: &str, is_edge: bool) -> bool {
    let folded = fold(text);
    let bare = folded.trim_matches(|character: char| !character.is_alphanumeric());
    if bare.is_empty() {
        return true;
    }
    // 2026, (2022年度)
    let year = bare.trim_end_matches(['年', '度']);
    if year.len() == 4 && crate::years::before_year(year).is_some() {
        return true;
    }
    page_number(&folded).is_some_and(|number| number.is_marked || is_edge)
}

/// A note, or a sentence, which no row of a table is.
fn is_prose(text: &str) -> bool {
    Lexicon::is_note(text) || text.contains(['。', '；']) || text.chars().count() > LONGEST_LABEL
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Number, title, compiler and unit.
    type Read = (Option<String>, String, Option<String>, Option<&'static str>);

    fn read(text: &str) -> Option<Read> {
        let title = title_of(text, Place::Cell { sheet: 0, row: 1, column: 1 })?;
        let unit =
            title.caption.unit.map(|(unit, _)| if unit == budget_model::Unit::TenThousandYuan { "万元" } else { "?" });
        Some((title.caption.number.map(|l| l.text), title.label.text, title.caption.compiler.map(|l| l.text), unit))
    }

    #[test]
    fn a_title_may_have_its_number_in_front_and_its_caption_behind() {
        assert_eq!(read("预算01表 收支总表"), Some((Some("预算01表".into()), "收支总表".into(), None, None)));
        assert_eq!(
            read("收支预算总表公开表一部门： 云溪县文化馆 单位：万元"),
            Some((Some("公开表一".into()), "收支预算总表".into(), Some("云溪县文化馆".into()), Some("万元")))
        );
        assert_eq!(read("公开03表：支出总表（单位：万元）").unwrap().3, Some("万元"));
        assert_eq!(read("一般公共预算支出表（按功能分类）").unwrap().1, "一般公共预算支出表（按功能分类）");
        assert_eq!(read("2026年部门收支总表").unwrap().1, "2026年部门收支总表");
    }

    #[test]
    fn words_behind_the_caption_are_header_words() {
        let text = "财政拨款支出预算表（功能科目）部门：云溪县文化馆 单位：万元功能科目编码 功能科目名称 金额";
        let title = title_of(text, Place::Cell { sheet: 0, row: 1, column: 1 }).unwrap();
        assert_eq!(title.tail, ["功能科目编码", "功能科目名称", "金额"]);
    }

    #[test]
    fn a_sentence_that_names_a_table_is_no_title() {
        for text in ["本表反映部门收支总表的情况", "见表1", "公开表1", "详见收支总表，其中基本支出"]
        {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
