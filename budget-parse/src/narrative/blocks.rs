//! Headings and paragraphs: where one ends and the next begins.
//!
//! Blank lines say nothing here: some texts have one after every line, others none at all. What does say something is an
//! ordinal, the label of a field, the end of a sentence, and a line that stops well before the margin.

use std::ops::Range;

use super::headings;
use super::ordinal::{Ordinal, OrdinalStyle, is_chinese_numeral, leading_ordinal};
use super::prose::{Prose, Span};
use super::vocabulary::{
    ANNOUNCEMENTS, CONTINUATIONS, FIELD_LABELS, HEADING_ENDS, NATURES, NOT_A_LABEL, SOURCES, name_label,
};

/// What a block is, by its form alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// 第三部分 …
    Part,
    /// A heading with an ordinal.
    Heading,
    /// A heading without one, known by its words.
    Title,
    /// Sentences.
    Paragraph,
}

/// A heading or paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Block<'t> {
    pub(super) form: Form,
    /// The printed ordinal, if there is one.
    pub(super) ordinal: Option<Ordinal<'t>>,
    /// Offset of the text behind the ordinal.
    pub(super) start: usize,
    /// The text behind the ordinal.
    pub(super) text: &'t str,
    /// The lines, as indices of spans.
    pub(super) spans: Range<usize>,
    /// Whether these are lines of a table that nobody recognised.
    pub(super) tabular: bool,
    /// Whether a table, which is no part of the sentence, stands before or behind the paragraph where no sentence ends.
    pub(super) cut: Cut,
}

/// Where a table cuts a sentence.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Cut {
    pub(super) before: bool,
    pub(super) behind: bool,
}

/// Splits the prose into headings and paragraphs. The lines of the list of contents are paragraphs of their own.
pub(super) fn blocks<'t>(prose: &'t Prose<'_>, contents: &Range<usize>) -> Vec<Block<'t>> {
    let splitter = Splitter { prose, margin: margin(prose) };
    let mut blocks: Vec<Block<'t>> = Vec::new();
    let mut at = 0;
    let mut is_open = false;
    while at < prose.spans.len() {
        let tabular = splitter.is_tabular(at);
        let (form, end) = match contents.contains(&at) {
            true => (Form::Paragraph, at + 1),
            false if at < contents.start => {
                let (form, end) = splitter.block(at);
                (form, end.min(contents.start))
            }
            false => splitter.block(at),
        };
        let all = prose.slice(at..end);
        let ordinal = if matches!(form, Form::Part | Form::Title) { None } else { leading_ordinal(all) };
        let skip = ordinal.map_or(0, |ordinal| ordinal.length);
        let start = prose.spans.get(at).map_or(0, |span| span.start) + skip;
        let mut cut = Cut::default();
        if !tabular && form == Form::Paragraph {
            cut.before = is_open && blocks.last().is_some_and(|block| block.tabular);
            is_open = !all.ends_with(SENTENCE_ENDS);
            cut.behind = is_open && splitter.is_tabular(end);
        } else if !tabular {
            is_open = false;
        }
        blocks.push(Block { form, ordinal, start, text: all.get(skip..).unwrap_or(""), spans: at..end, tabular, cut });
        at = end;
    }
    blocks
}

/// The width at which lines are wrapped; `None` if paragraphs are printed as one line each. Tables may be much wider.
fn margin(prose: &Prose<'_>) -> Option<usize> {
    let mut widths: Vec<usize> = prose.spans.iter().filter(|span| !span.tabular).map(|span| span.width).collect();
    widths.sort_unstable();
    let margin = *widths.get(widths.len().saturating_sub(1) * 95 / 100)?;
    // A line that reaches the margin of a wrapped text mostly ends inside a sentence; a whole paragraph ends with one.
    let long = (0..prose.spans.len())
        .filter(|span| prose.spans.get(*span).is_some_and(|span| !span.tabular && span.width * 100 >= margin * 80));
    let (mut all, mut open) = (0, 0);
    for span in long {
        all += 1;
        open += usize::from(!prose.slice(span..span + 1).ends_with(SENTENCE_ENDS));
    }
    (open * 4 >= all).then_some(margin)
}

struct Splitter<'p, 'a> {
    prose: &'p Prose<'a>,
    margin: Option<usize>,
}

impl<'p> Splitter<'p, '_> {
    fn line(&self, span: usize) -> &'p str {
        self.prose.slice(span..span + 1)
    }

    fn is_tabular(&self, span: usize) -> bool {
        self.prose.spans.get(span).is_some_and(|span| span.tabular)
    }

    /// Whether a line stops before `percent` of the width, so that the next word would have fitted.
    fn stops_before(&self, span: usize, percent: usize) -> bool {
        let width = self.prose.spans.get(span).map_or(0, |span| span.width);
        self.margin.is_none_or(|margin| width * 100 < margin * percent)
    }

    /// Whether a paragraph can end with this line.
    fn may_end(&self, span: usize) -> bool {
        let line = self.line(span);
        let announces =
            line.ends_with(['：', ':']) && ANNOUNCEMENTS.strip_end_of(line.trim_end_matches(['：', ':'])).is_none();
        let is_open = line.rfind(['（', '(']) > line.rfind(['）', ')']);
        self.stops_before(span, 70)
            || (line.ends_with(SENTENCE_ENDS) && !announces && !is_open && self.stops_before(span, 93))
    }

    /// Whether a line that nearly reaches the margin announces items (其中：) of the same sentence, which share lines, and no
    /// paragraphs.
    fn announces_inside(&self, span: usize) -> bool {
        const REACH: usize = 8;
        if !self.line(span).ends_with(['：', ':']) || self.stops_before(span, 70) {
            return false;
        }
        let shares = |line: &str| {
            let mut behind = line.split(['；', ';']).skip(1);
            behind.any(|item| !item.is_empty()) || line.split('，').skip(1).any(opens_paragraph)
        };
        let lines = (span + 1..self.prose.spans.len()).take(REACH).map(|span| self.line(span));
        // Up to the end of the sentence.
        let mut is_over = false;
        let mut lines = lines.take_while(|line| !std::mem::replace(&mut is_over, line.contains('。')));
        lines.any(shares)
    }

    /// Whether a line that nearly reaches the margin ends between two items of one sentence: `包括：…；` / `…。`
    fn goes_on_listing(&self, span: usize, sentence: &mut Sentence) -> bool {
        if !self.line(span).ends_with(['；', ';']) || self.stops_before(span, 70) {
            return false;
        }
        for line in (sentence.next..=span).map(|span| self.line(span)) {
            let inside = line.trim_end_matches(['：', ':']);
            let (stop, colon) = (inside.rfind('。'), inside.rfind(['：', ':']));
            sentence.lists = if stop.is_some() || colon.is_some() { colon > stop } else { sentence.lists };
            sentence.lists |= has_several_items(inside);
        }
        sentence.next = span + 1;
        sentence.lists || has_several_items(self.line(span + 1))
    }

    /// Whether a list breaks off inside an item before a span, however short its last line is, and the span goes on with it:
    /// `包括：教育支出 3万元，…；文化支出 5万元，用于文博和非` / `遗传承；农林水支出 1万元…。` A page of the source may have ended there.
    fn is_inside_list(&self, span: usize, sentence: &Sentence) -> bool {
        let (line, before) = (self.line(span), self.prose.slice(sentence.start..span));
        if before.ends_with(SENTENCE_ENDS) || !line.contains(['；', '。']) || leading_ordinal(line).is_some() {
            return false;
        }
        let last = before.rfind('。').and_then(|stop| before.get(stop..)).unwrap_or(before);
        let items = last.find('：').and_then(|colon| last.get(colon..)).unwrap_or_default();
        let has_figure = |item: &str| item.bytes().any(|byte| byte.is_ascii_digit());
        // An item is whole, another one has begun with its figure.
        items.rsplit_once('；').is_some_and(|(whole, begun)| has_figure(whole) && has_figure(begun))
    }

    /// The form and end of the block that starts at a span.
    fn block(&self, start: usize) -> (Form, usize) {
        if self.is_tabular(start) {
            let goes_on =
                |span: &usize| self.is_tabular(*span) && !self.prose.spans.get(*span).is_some_and(|s| s.after_gap);
            return (Form::Paragraph, (start + 1..).find(|span| !goes_on(span)).unwrap_or(start + 1));
        }
        if let Some(end) = self.part_heading(start) {
            return (Form::Part, end);
        }
        if let Some(end) = self.heading(start) {
            return (Form::Heading, end);
        }
        if let Some(end) = self.title(start) {
            return (Form::Title, end);
        }
        let mut sentence = Sentence { start, next: start, lists: false };
        let end = (start + 1..self.prose.spans.len()).find(|span| self.starts_block(*span, &mut sentence));
        (Form::Paragraph, end.unwrap_or(self.prose.spans.len()))
    }

    /// Whether a new block begins at a span that is not the first. `sentence` is what is known of the sentence before it.
    fn starts_block(&self, span: usize, sentence: &mut Sentence) -> bool {
        let line = self.line(span);
        let Some(this) = self.prose.spans.get(span) else { return true };
        if this.tabular || this.part.is_some() || is_part_heading(line) || is_date(line) || starts_with_field(line) {
            return true;
        }
        if self.is_inside_list(span, sentence) {
            return false;
        }
        if this.after_gap {
            return true;
        }
        let before = span - 1;
        if self.title(span).is_some() {
            return true;
        }
        let goes_on = self.goes_on_listing(before, sentence) || self.announces_inside(before);
        let ended = self.may_end(before) && !goes_on;
        if let Some(ordinal) = leading_ordinal(line) {
            let text = line.get(ordinal.length..).unwrap_or("");
            if ended
                || self.line(before).ends_with(SENTENCE_ENDS)
                || starts_with_field(text)
                || self.heading(span).is_some()
            {
                return true;
            }
        }
        if CONTINUATIONS.strip_from(line).is_some() {
            return false;
        }
        if self.line(before).ends_with(SENTENCE_ENDS) && !goes_on && opens_paragraph(line) {
            return true;
        }
        // The sentence about a function follows its name.
        let name = self.line(before).trim_end_matches(['：', ':']);
        if name.ends_with("（项）") || name.ends_with("(项)") {
            return false;
        }
        ended
            || is_date(self.line(before))
            || (this.indented && self.prose.spans.get(before).is_some_and(|span| !span.indented))
    }

    /// The end of the heading of a part (第三部分) that starts at a span.
    fn part_heading(&self, span: usize) -> Option<usize> {
        let heads_part = is_part_heading(self.line(span)) || self.prose.spans.get(span)?.part.is_some();
        heads_part.then(|| self.continued(span, |line| !line.contains(SENTENCE_MARKS)))
    }

    /// The end of the heading with an ordinal that starts at a span.
    fn heading(&self, span: usize) -> Option<usize> {
        let line = self.line(span);
        let ordinal = leading_ordinal(line)?;
        let text = line.get(ordinal.length..)?.trim_end_matches(['：', ':']);
        // （一）机关运行经费支出情况。
        let stopped = text.strip_suffix('。').filter(|text| headings::names_topic(text) || headings::is_topic(text));
        if stopped.is_some_and(|text| !text.contains(SENTENCE_MARKS)) {
            return Some(span + 1);
        }
        let open = ordinal.style == OrdinalStyle::Section && text.starts_with("关于");
        if text.is_empty() || text.contains(SENTENCE_MARKS) {
            return None;
        }
        // 1、机关运行经费情况说明; any other short line with a number is an item of a list.
        if ordinal.style > OrdinalStyle::Subsection && !headings::names_topic(text) {
            return None;
        }
        let end = self.continued(span, |line| !line.contains(SENTENCE_MARKS));
        let is_whole = HEADING_ENDS.strip_end_of(self.prose.slice(span..end).trim_end_matches(['：', ':'])).is_some();
        // Without a closing word only a short line that nothing continues is a heading, not the start of a sentence.
        (is_whole || open || self.stops_before(span, 70) || self.stands_alone(span)).then_some(end)
    }

    /// Whether the line below begins a paragraph, being indented or apart, so that nothing goes on behind this one.
    fn stands_alone(&self, span: usize) -> bool {
        let begins = |next: &Span| next.after_gap || next.indented;
        let begins = self.prose.spans.get(span + 1).is_none_or(begins) || self.prose.begins_page(span + 1);
        begins && self.stops_before(span, 95)
    }

    /// The end of the heading without an ordinal that starts at a span: 名词解释, 2026年单位预算编制说明.
    fn title(&self, span: usize) -> Option<usize> {
        let line = self.line(span);
        if leading_ordinal(line).is_some() || line.contains(SENTENCE_MARKS) || !self.stops_before(span, TITLE_WIDTH) {
            return None;
        }
        let is_open = span.checked_sub(1).is_some_and(|before| {
            let is_apart =
                self.prose.spans.get(span).is_some_and(|span| span.after_gap) || self.prose.begins_page(span);
            !is_apart && !self.may_end(before) && self.heading(before).is_none()
        });
        (!is_open && headings::names_topic(line)).then_some(span + 1)
    }

    /// The end of a heading: its own line and those that finish it, as long as they look like it.
    fn continued(&self, span: usize, fits: impl Fn(&str) -> bool) -> usize {
        let is_complete = |end: usize| {
            let text = self.prose.slice(span..end).trim_end_matches(['：', ':']);
            text.ends_with("说明") || (HEADING_ENDS.strip_end_of(text).is_some() && !text.contains("关于"))
        };
        for end in span + 1..=span + LONGEST_HEADING {
            let next = self.line(end);
            // …情况 / 说明
            if is_complete(end) && next != "说明" {
                return end;
            }
            let is_other = self.prose.spans.get(end).is_none_or(|span| span.after_gap || span.tabular)
                || is_part_heading(next)
                || leading_ordinal(next).is_some();
            if is_other || !fits(next) {
                break;
            }
        }
        span + 1
    }
}

/// What the lines of a paragraph say about its last sentence, as far as anybody has asked.
struct Sentence {
    /// The first line of the paragraph.
    start: usize,
    /// The first line that nobody has looked at.
    next: usize,
    /// Whether it lists something behind a colon inside a line; behind one at a line end, each item is a paragraph.
    lists: bool,
}

/// How much of the width, in percent, a heading without an ordinal takes; it stands in the middle of its line.
const TITLE_WIDTH: usize = 85;

/// Most lines of a heading.
const LONGEST_HEADING: usize = 3;

/// What a sentence, an item of a list or an announcement ends with.
const SENTENCE_ENDS: [char; 7] = ['。', '；', ';', '：', ':', '！', '？'];

/// Marks that a heading does not have.
const SENTENCE_MARKS: [char; 7] = ['。', '，', '；', '：', ':', ';', ','];

/// `第三部分…`
pub(super) fn is_part_heading(text: &str) -> bool {
    let Some(rest) = text.strip_prefix('第') else { return false };
    let number = rest.trim_start_matches(|character: char| is_chinese_numeral(character) || character.is_ascii_digit());
    number.len() < rest.len() && number.starts_with("部分") && !number.contains(SENTENCE_MARKS)
}

/// `2025年2月1日`, `二〇二五年二月一日`: a line that is a date and nothing else.
pub(super) fn is_date(text: &str) -> bool {
    let is_digit = |character: char| {
        character.is_ascii_digit() || is_chinese_numeral(character) || matches!(character, '〇' | '○' | '零' | 'Ｏ')
    };
    let mut rest = text;
    for (index, unit) in ['年', '月', '日'].into_iter().enumerate() {
        let after = rest.trim_start_matches(is_digit);
        let digits = rest.len() - after.len();
        match after.strip_prefix(unit) {
            Some(after) if digits > 0 => rest = after,
            // The day may be missing.
            None if index == 2 && rest.is_empty() => return true,
            _ => return false,
        }
    }
    rest.is_empty()
}

/// Whether a line starts with a source or kind of money and its amount, as the paragraphs of a section do one by one.
fn opens_paragraph(line: &str) -> bool {
    let states = |rest: &str| rest.starts_with(|next: char| next.is_ascii_digit()) || rest.starts_with("未安排");
    let mut rests = SOURCES.behind(line).chain(NATURES.behind(line));
    rests.any(states)
}

/// Whether a line goes on with another source or kind of money behind a semicolon: items that share a line are no paragraphs.
fn has_several_items(line: &str) -> bool {
    line.split(['；', ';']).skip(1).any(opens_paragraph)
}

/// Whether a text starts with the label of a project's field.
fn starts_with_field(text: &str) -> bool {
    let known = FIELD_LABELS.strip_from(text).map(|(_, behind)| behind);
    known.or_else(|| text.strip_prefix(name_label())).is_some_and(|behind| behind.starts_with(['：', ':']))
}

/// Splits `预算安排规模：3.50万元` into label and value; the label is a short word that is not part of a sentence.
pub(super) fn field(text: &str) -> Option<(&str, &str)> {
    let (at, colon) =
        text.char_indices().take(LONGEST_LABEL + 1).find(|(_, character)| matches!(character, '：' | ':'))?;
    let label = text.get(..at)?;
    let is_word = !label.is_empty()
        && label.chars().all(|character| match character {
            '\u{4e00}'..='\u{9fff}' | '（' | '）' | '(' | ')' | '、' => true,
            other => other.is_alphanumeric() && !other.is_ascii_digit(),
        });
    let is_label = is_word && NOT_A_LABEL.strip_end_of(label).is_none();
    is_label.then(|| (label, text.get(at + colon.len_utf8()..).unwrap_or("")))
}

/// Longest label of a field in characters.
const LONGEST_LABEL: usize = 14;

#[cfg(test)]
mod tests {
    use super::super::testing::lines_of;
    use super::*;
    use budget_document::Line;

    fn split(text: &str) -> Vec<(Form, String)> {
        let lines = lines_of(text);
        let lines: Vec<&Line<'_>> = lines.iter().collect();
        let prose = Prose::new(&lines, std::slice::from_ref(&(0..lines.len())));
        blocks(&prose, &(0..0)).iter().map(|block| (block.form, block.text.to_owned())).collect()
    }

    const WRAPPED: &str = "第三部分 2025年部门预算情况说明
一、关于云溪县文化馆 2025年收支预算情况
的总体说明
云溪县文化馆 2025年所有收入和支出均纳入部门
预算管理。收支总预算 120.50万元。
收入预算包括：一般公共预算。
（一）一般公共预算当年拨款规模变化情况
基本支出 80.10万元，比上年预算增加 2.10万元，
增长 2.69%。主要原因是：新增在职人员 2人，工资提
高。
1.房屋 0.00平方米，价值 0.00万元。
2.车辆 1辆，价值 9.80万元。
云溪县文化馆
2025年 2月 6日";

    #[test]
    fn wrapped_lines_are_joined_and_headings_kept_whole() {
        let expected = [
            (Form::Part, "第三部分2025年部门预算情况说明"),
            (Form::Heading, "关于云溪县文化馆2025年收支预算情况的总体说明"),
            (Form::Paragraph, "云溪县文化馆2025年所有收入和支出均纳入部门预算管理。收支总预算120.50万元。"),
            (Form::Paragraph, "收入预算包括：一般公共预算。"),
            (Form::Heading, "一般公共预算当年拨款规模变化情况"),
            (
                Form::Paragraph,
                "基本支出80.10万元，比上年预算增加2.10万元，增长2.69%。主要原因是：新增在职人员2人，工资提高。",
            ),
            (Form::Paragraph, "房屋0.00平方米，价值0.00万元。"),
            (Form::Paragraph, "车辆1辆，价值9.80万元。"),
            (Form::Paragraph, "云溪县文化馆"),
            (Form::Paragraph, "2025年2月6日"),
        ];
        let expected: Vec<_> = expected.into_iter().map(|(form, text)| (form, text.to_owned())).collect();
        assert_eq!(split(WRAPPED), expected);
    }

    #[test]
    fn a_sentence_that_lists_its_items_goes_on_behind_a_semicolon_near_the_margin() {
        let listing = "一般公共预算支出包括：教育支出 20.50万元，主
要用于讲座；文化支出 30.10万元，用于送戏；
住房保障支出 12.40万元，主要用于缴纳住房公积金
和购房补贴。
政府性基金预算支出包括：其他支出 10.00万元，主";
        let joined = |text: &str| split(text).into_iter().map(|(_, text)| text).collect::<Vec<_>>();
        let paragraphs = joined(listing);
        assert_eq!(paragraphs.len(), 2, "{paragraphs:?}");
        assert!(paragraphs[1].starts_with("政府性基金"), "{paragraphs:?}");
        // Behind a colon at a line end, each item is a paragraph.
        let items = joined(&listing.replace("包括：教育支出", "包括：\n群众文化讲座和培训教育支出"));
        assert_eq!(items.len(), 4, "{items:?}");
    }

    #[test]
    fn a_list_that_breaks_off_inside_an_item_goes_on_below() {
        let listing = "一般公共预算支出包括：教育支出 20.50万元，主
要用于讲座；文化支出 30.10万元，用
于非
遗传承；农林 12.40万元。
支出预算 63.00万元。";
        let whole = split(listing);
        assert_eq!(whole.len(), 2, "{whole:?}");
        assert!(whole[0].1.contains("用于非遗传承；农林"), "{whole:?}");
        // Where no item of a list has begun, nothing breaks off.
        for (begun, other) in [("于非\n", "于送戏。\n一般公共预算支出\n"), ("文化支出 30.10万元，", "文化支出，")]
        {
            let paragraphs = split(&listing.replace(begun, other));
            assert!(paragraphs.iter().any(|(_, text)| text.starts_with("遗传承")), "{paragraphs:?}");
        }
    }

    #[test]
    fn items_that_share_lines_belong_to_the_sentence_that_announces_them_at_the_margin() {
        let listing = "云溪县文化馆收入预算 120.50万元，其中：
财政拨款收入 100.50万元，比上年增加 2.00万元；事
业收入 10.00万元；其他收入 10.00万元。
支出预算 120.50万元，其中财政拨款 100.50万元。";
        assert_eq!(split(listing).len(), 2, "{:?}", split(listing));
        // Items on lines of their own are paragraphs.
        let items = listing.replace("；事\n业收入", "；\n事业收入").replace("；其他", "；\n其他");
        assert_eq!(split(&items).len(), 5, "{:?}", split(&items));
    }

    #[test]
    fn no_paragraph_ends_near_the_margin_inside_brackets() {
        let text = "三公经费 5.00万元，接待费 2.00万元（其中：
一般公共预算安排 1.50万元，政府性基金预算安排 0.50
万元），公务用车购置费 1.00万元，主要是按规定更新
购置，公务用车运行费 2.00万元。";
        assert_eq!(split(text).len(), 1, "{:?}", split(text));
    }

    #[test]
    fn blank_lines_between_all_lines_change_nothing() {
        assert_eq!(split(&WRAPPED.replace('\n', "\n\n")), split(WRAPPED));
    }

    #[test]
    fn a_text_that_is_not_wrapped_has_a_paragraph_a_line() {
        let text = "一、主要职能\n承办文化活动，开展群众文化培训，组织非物质文化遗产的调查、整理和展示，指导乡镇文化站开展工作。\n完成交办的任务。\n二、机构设置\n无下属预算单位。";
        assert_eq!(split(text).len(), 5);
    }

    #[test]
    fn a_label_is_a_short_word_before_a_colon() {
        assert_eq!(field("预算安排规模：3.50万元"), Some(("预算安排规模", "3.50万元")));
        assert_eq!(field("补贴人数:≥12万人"), Some(("补贴人数", "≥12万人")));
        for text in ["其中：基本支出", "收入预算包括：一般", "主要原因是：工资", "2025年：一", "预算3.50万元", "：一"]
        {
            assert_eq!(field(text), None, "{text}");
        }
    }

    #[test]
    fn a_date_may_be_written_in_chinese_numerals() {
        assert!(is_date("2025年2月1日") && is_date("二〇二五年二月十六日") && is_date("2025年2月"));
        assert!(!is_date("2025年") && !is_date("2025年2月1日起") && !is_date("年月日"));
    }
}
