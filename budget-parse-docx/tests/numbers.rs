//! Numbers that Word makes.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod common;

use common::lines_with;

fn level(at: u32, format: &str, text: &str, more: &str) -> String {
    format!(
        r#"<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{format}"/>{more}<w:lvlText w:val="{text}"/></w:lvl>"#
    )
}

fn form(id: u32, levels: &[String]) -> String {
    format!(r#"<w:abstractNum w:abstractNumId="{id}">{}</w:abstractNum>"#, levels.concat())
}

fn list(id: u32, form: u32, overrides: &str) -> String {
    format!(r#"<w:num w:numId="{id}"><w:abstractNumId w:val="{form}"/>{overrides}</w:num>"#)
}

fn item(list: u32, level: u32, text: &str) -> String {
    format!(
        r#"<w:p><w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list}"/></w:numPr></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"#
    )
}

fn styled(style: &str, text: &str) -> String {
    format!(r#"<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"#)
}

const NOTHING: &str = r#"<w:suff w:val="nothing"/>"#;

#[test]
fn a_number_that_word_makes_stands_before_its_paragraph() {
    let numbering = form(
        0,
        &[
            level(0, "chineseCountingThousand", "%1、", NOTHING),
            level(1, "japaneseCounting", "（%2）", NOTHING),
            level(2, "decimal", "%3.", r#"<w:suff w:val="space"/>"#),
            level(3, "decimalEnclosedCircle", "%4", ""),
        ],
    ) + &list(1, 0, "");
    let body = [
        item(1, 0, "收入"),
        item(1, 1, "拨款"),
        item(1, 2, "基本"),
        item(1, 3, "工资"),
        item(1, 3, "津贴"),
        item(1, 2, "项目"),
        item(1, 1, "其他"),
        item(1, 2, "利息"),
        item(1, 0, "支出"),
        item(0, 0, "没有"),
    ]
    .concat();
    assert_eq!(
        lines_with(&body, &[("numbering", &numbering)]),
        [
            "一、收入",
            "（一）拨款",
            "1. 基本",
            "① 工资",
            "② 津贴",
            "2. 项目",
            "（二）其他",
            "1. 利息",
            "二、支出",
            "没有"
        ]
    );
}

#[test]
fn levels_name_those_above_them_and_may_be_all_digits() {
    let numbering = form(
        0,
        &[
            level(0, "upperRoman", "第%1章", ""),
            level(1, "lowerLetter", "%1.%2", ""),
            level(2, "decimal", "%1.%2.%3", "<w:isLgl/>"),
        ],
    ) + &list(1, 0, "");
    let body = [item(1, 1, "先"), item(1, 0, "章"), item(1, 1, "节"), item(1, 2, "条")].concat();
    assert_eq!(lines_with(&body, &[("numbering", &numbering)]), ["I.a 先", "第II章 章", "II.a 节", "2.1.1 条"]);
}

#[test]
fn styles_number_their_paragraphs_and_hand_it_down() {
    let numbering = form(
        0,
        &[
            level(0, "chineseCounting", "%1、", &format!(r#"{NOTHING}<w:pStyle w:val="h1"/>"#)),
            level(1, "chineseCounting", "（%2）", &format!(r#"{NOTHING}<w:pStyle w:val="h2"/>"#)),
        ],
    ) + &list(5, 0, "");
    let number = |inner: &str| format!("<w:pPr><w:numPr>{inner}</w:numPr></w:pPr>");
    let styles = [
        format!(r#"<w:style w:type="paragraph" w:styleId="h1">{}</w:style>"#, number(r#"<w:numId w:val="5"/>"#)),
        format!(
            r#"<w:style w:type="paragraph" w:styleId="h2"><w:basedOn w:val="h1"/>{}</w:style>"#,
            number(r#"<w:ilvl w:val="1"/><w:numId w:val="5"/>"#)
        ),
        r#"<w:style w:type="paragraph" w:styleId="h3"><w:basedOn w:val="h2"/></w:style>"#.to_owned(),
        format!(
            r#"<w:style w:type="paragraph" w:styleId="h4"><w:basedOn w:val="h1"/>{}</w:style>"#,
            number(r#"<w:numId w:val="0"/>"#)
        ),
    ]
    .concat();
    let body =
        [styled("h1", "收入"), styled("h2", "拨款"), styled("h3", "其他"), styled("h4", "无号"), styled("h1", "支出")]
            .concat();
    assert_eq!(
        lines_with(&body, &[("numbering", &numbering), ("styles", &styles)]),
        ["一、收入", "（一）拨款", "（二）其他", "无号", "二、支出"]
    );
}

#[test]
fn lists_of_one_form_count_on_unless_one_begins_again() {
    let numbering = form(0, &[level(0, "decimal", "%1)", "")])
        + &list(1, 0, "")
        + &list(2, 0, "")
        + &list(3, 0, r#"<w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/></w:lvlOverride>"#)
        + &list(4, 0, &format!(r#"<w:lvlOverride w:ilvl="0">{}</w:lvlOverride>"#, level(0, "upperLetter", "%1.", "")));
    let body =
        [item(1, 0, "a"), item(2, 0, "b"), item(3, 0, "c"), item(3, 0, "d"), item(1, 0, "e"), item(4, 0, "f")].concat();
    assert_eq!(lines_with(&body, &[("numbering", &numbering)]), ["1) a", "2) b", "7) c", "8) d", "9) e", "J. f"]);
}

#[test]
fn a_level_begins_again_where_it_says() {
    let numbering =
        form(0, &[level(0, "decimal", "%1", ""), level(1, "decimal", "%2", r#"<w:lvlRestart w:val="0"/>"#)])
            + &list(1, 0, "");
    let body = [item(1, 0, "a"), item(1, 1, "b"), item(1, 0, "c"), item(1, 1, "d")].concat();
    assert_eq!(lines_with(&body, &[("numbering", &numbering)]), ["1 a", "1 b", "2 c", "2 d"]);
}

#[test]
fn bullets_are_left_out_and_words_without_a_number_are_not() {
    let numbering =
        form(0, &[level(0, "bullet", "\u{f0b7}", ""), level(1, "none", "附：", NOTHING), level(2, "bullet", "%1", "")])
            + &list(1, 0, "");
    let body = [item(1, 0, "甲"), item(1, 1, "乙"), item(1, 2, "丙"), item(1, 8, "丁"), item(9, 0, "戊")].concat();
    assert_eq!(lines_with(&body, &[("numbering", &numbering)]), ["甲", "附：乙", "丙", "丁", "戊"]);
}

#[test]
fn a_list_may_take_its_form_from_a_style_and_a_format_that_only_new_programs_know_has_another() {
    let format = r#"<mc:AlternateContent><mc:Choice Requires="w14"><w:numFmt w:val="custom" w:format="001"/></mc:Choice><mc:Fallback><w:numFmt w:val="decimalZero"/></mc:Fallback></mc:AlternateContent>"#;
    let numbering = [
        format!(r#"<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/>{format}<w:lvlText w:val="%1"/></w:lvl></w:abstractNum>"#),
        r#"<w:abstractNum w:abstractNumId="1"><w:numStyleLink w:val="s"/></w:abstractNum>"#.to_owned(),
        list(1, 0, ""),
        list(2, 1, ""),
    ]
    .concat();
    let styles =
        r#"<w:style w:type="numbering" w:styleId="s"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>"#;
    let lines =
        lines_with(&[item(2, 0, "甲"), item(1, 0, "乙")].concat(), &[("numbering", &numbering), ("styles", styles)]);
    assert_eq!(lines, ["01 甲", "02 乙"]);
}

#[test]
fn a_deleted_or_hidden_paragraph_takes_no_number() {
    let numbering = form(0, &[level(0, "decimal", "%1.", "")]) + &list(1, 0, "");
    let gone = |mark: &str| {
        format!(
            r#"<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr><w:rPr>{mark}</w:rPr></w:pPr></w:p>"#
        )
    };
    let body = [item(1, 0, "甲"), gone("<w:del/>"), gone("<w:vanish/>"), item(1, 0, "乙")].concat();
    assert_eq!(lines_with(&body, &[("numbering", &numbering)]), ["1. 甲", "2. 乙"]);
}
