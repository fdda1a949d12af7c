//! Paragraphs: what a line is, and what is printed of it.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]

mod common;

use budget_document::{ReadErrorKind, Reader};
use budget_model::{DiagnosticCode, HiddenReason, Language};
use common::{STRICT, TRANSITIONAL, docx, error, lines_with, p, parts, read, said, said_by, zip_of};

#[test]
fn paragraphs_are_lines_and_know_their_number() {
    let body = [p("  一、收入"), p(" "), "<w:p/>".to_owned(), p("支出&#x5408;&amp;计")].concat();
    let content = docx(&body);
    let document = read(&content);
    assert_eq!(said(&document), ["¶1:1   一、收入", "¶4:1 支出合&计"]);
    assert!(document.lines().all(|line| line.after_blank && line.page == 1));
    assert!(document.lines().map(|line| line.number).eq([1, 2]));
}

#[test]
fn a_break_begins_a_line_and_a_tab_is_one_character() {
    let body = r#"<w:p><w:pPr><w:tabs><w:tab w:val="left" w:pos="9"/></w:tabs></w:pPr><w:r><w:t>表1</w:t><w:tab/><w:t>收入</w:t><w:br/><w:t>支出</w:t></w:r>
        <w:r><w:lastRenderedPageBreak/><w:br w:type="page"/><w:t>合计</w:t><w:cr/><w:t>1</w:t><w:noBreakHyphen/><w:softHyphen/><w:t>2</w:t><w:sym w:font="Symbol" w:char="F0B3"/></w:r></w:p>"#;
    assert_eq!(said_by(body), ["¶1:1 表1\t收入", "¶1:7 支出", "¶1:10 合计", "¶1:13 1-2≥"]);
}

#[test]
fn blanks_at_the_ends_of_a_text_count_where_it_says_so() {
    let body = r#"<w:p><w:r><w:t> 收
 入 </w:t><w:t xml:space="preserve"> 支出 </w:t><w:t>17.00</w:t></w:r></w:p>"#;
    assert_eq!(said_by(body), ["¶1:1 收  入 支出 17.00"]);
}

#[test]
fn any_prefix_and_the_strict_edition_are_read() {
    for (space, prefix) in [(TRANSITIONAL, "x:"), (STRICT, "w:"), (STRICT, "")] {
        let mut all = parts("", &[]);
        let xmlns =
            if prefix.is_empty() { "xmlns".to_owned() } else { format!("xmlns:{}", prefix.trim_end_matches(':')) };
        all[2].1 = format!(
            "<{prefix}document {xmlns}=\"{space}\"><{prefix}body><{prefix}p><{prefix}r><{prefix}t>收入</{prefix}t></{prefix}r></{prefix}p></{prefix}body></{prefix}document>"
        );
        assert_eq!(said(&read(&zip_of(&all))), ["¶1:1 收入"], "{space} {prefix}");
    }
    let foreign = docx(r#"<a:p xmlns:a="urn:a"><a:r><a:t>他</a:t></a:r></a:p>"#);
    assert!(read(&foreign).blocks.is_empty());
}

#[test]
fn the_main_part_is_where_the_package_says() {
    let mut all = parts(&p("收入"), &[]);
    all[2].0 = "word/Document2.xml".to_owned();
    all[3].0 = "word/_rels/document2.xml.rels".to_owned();
    all[1].1 = all[1].1.replace("word/document.xml", "/word/document2.xml");
    let content = zip_of(&all);
    assert_eq!(said(&read(&content)), ["¶1:1 收入"]);
    assert_eq!(budget_parse_docx::WordReader.probe(&content, None), budget_document::Confidence::Certain);
}

#[test]
fn content_controls_links_tags_and_ruby_hide_nothing() {
    let body = format!(
        r#"<w:sdt><w:sdtPr><w:alias w:val="a"/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>
        <w:customXml w:element="e"><w:p><w:hyperlink><w:r><w:t>支出</w:t></w:r></w:hyperlink><w:smartTag><w:r><w:t>合计</w:t></w:r></w:smartTag>
        <w:r><w:ruby><w:rubyPr/><w:rt><w:r><w:t>zi</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>字</w:t></w:r></w:rubyBase></w:ruby></w:r>
        <m:oMath><m:r><m:t>17%</m:t></m:r></m:oMath></w:p></w:customXml>"#,
        p("收入")
    );
    assert_eq!(said_by(&body), ["¶1:1 收入", "¶2:1 支出合计字17%"]);
}

#[test]
fn the_result_of_a_field_is_shown_and_not_its_instruction() {
    let char = |kind: &str| format!(r#"<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>"#);
    let (begin, separate, end) = (char("begin"), char("separate"), char("end"));
    let text = |text: &str| format!("<w:r><w:t>{text}</w:t></w:r>");
    let inner = [&begin, &text("a"), &separate, &text("b"), &end].map(String::as_str).concat();
    let body = format!(
        r#"<w:p>{}{begin}<w:r><w:instrText>SEQ 表</w:instrText></w:r>{inner}{separate}{}{end}{}<w:fldSimple w:instr="PAGE">{}</w:fldSimple></w:p>"#,
        text("表"),
        text("3"),
        text("号"),
        text("7"),
    );
    // A field that nobody ends takes nothing from the next paragraph.
    let open = format!("<w:p>{begin}{}</w:p>{}", text("失"), p("收入"));
    assert_eq!(said_by(&(body + &open)), ["¶1:1 表3号7", "¶3:1 收入"]);
}

#[test]
fn a_list_of_contents_is_lines_though_one_field_spans_them() {
    let body = r#"<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>TOC</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>第一部分</w:t><w:tab/><w:t>1</w:t></w:r></w:p>
        <w:p><w:r><w:t>第二部分</w:t><w:tab/><w:t>3</w:t></w:r></w:p><w:p><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>"#;
    assert_eq!(said_by(body), ["¶1:1 第一部分\t1", "¶2:1 第二部分\t3"]);
}

#[test]
fn one_of_several_alternatives_is_read_and_text_boxes_stand_behind_their_paragraph() {
    let shape = |text: &str| format!("<w:txbxContent>{}</w:txbxContent>", p(text));
    let body = format!(
        r#"<w:p><w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx>{}</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>{}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>
        <w:r><w:t>收入</w:t></w:r></w:p><w:p><w:r><w:pict><v:textbox>{}</v:textbox></w:pict></w:r></w:p>
        <w:p><w:r><mc:AlternateContent><mc:Choice Requires="w16se"><w:t>a</w:t></mc:Choice><mc:Fallback><w:t>b</w:t></mc:Fallback></mc:AlternateContent></w:r></w:p>"#,
        shape("框中"),
        shape("框中"),
        shape("旧框")
    );
    assert_eq!(said_by(&body), ["¶1:1 收入", "¶2:1 框中", "¶4:1 旧框", "¶5:1 b"]);
}

#[test]
fn notes_stand_at_the_end_in_the_order_of_their_marks() {
    let body = r#"<w:p><w:r><w:t>收入17.00</w:t><w:footnoteReference w:id="3"/></w:r><w:r><w:t>万元</w:t><w:endnoteReference w:id="2"/></w:r><w:r><w:footnoteReference w:id="2"/><w:commentReference w:id="1"/></w:r></w:p>"#;
    let notes = r#"<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>
        <w:footnote w:id="2"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t xml:space="preserve"> 第二</w:t></w:r></w:p></w:footnote><w:footnote w:id="3"><w:p><w:r><w:t>第一</w:t></w:r></w:p></w:footnote><w:footnote w:id="4"><w:p><w:r><w:t>无人引用</w:t></w:r></w:p></w:footnote>"#;
    let ends = r#"<w:endnote w:id="2"><w:p><w:r><w:t>尾注</w:t></w:r></w:p></w:endnote>"#;
    let comments = r#"<w:comment w:id="1"><w:p><w:r><w:t>批注</w:t></w:r></w:p></w:comment>"#;
    let lines = lines_with(body, &[("footnotes", notes), ("endnotes", ends), ("comments", comments)]);
    assert_eq!(lines, ["收入17.00万元", "[1] 第一", "[i] 尾注", "[2] 第二"]);
}

#[test]
fn headers_and_footers_are_left_out() {
    let others =
        [("header", "<w:p><w:r><w:t>页眉</w:t></w:r></w:p>"), ("footer", "<w:p><w:r><w:t>1</w:t></w:r></w:p>")];
    let body = p("收入") + r#"<w:sectPr><w:headerReference w:type="default"/></w:sectPr>"#;
    assert_eq!(lines_with(&body, &others), ["收入"]);
}

#[test]
fn hidden_text_is_kept_apart_with_its_place() {
    let styles = r#"<w:style w:type="paragraph" w:default="1" w:styleId="a"/>
        <w:style w:type="paragraph" w:styleId="b"><w:basedOn w:val="a"/><w:rPr><w:vanish/></w:rPr></w:style>
        <w:style w:type="character" w:styleId="c"><w:rPr><w:vanish w:val="1"/></w:rPr></w:style>"#;
    let body = r#"<w:p><w:r><w:t>收入</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>密</w:t></w:r><w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>17.00</w:t></w:r></w:p>
        <w:p><w:pPr><w:pStyle w:val="b"/></w:pPr><w:r><w:t>全藏</w:t></w:r><w:r><w:rPr><w:vanish w:val="false"/></w:rPr><w:t>不藏</w:t></w:r></w:p>
        <w:p><w:r><w:rPr><w:rStyle w:val="c"/></w:rPr><w:t>字藏</w:t></w:r></w:p>"#;
    let content = zip_of(&parts(body, &[("styles", styles)]));
    let document = read(&content);
    assert_eq!(said(&document), ["¶1:1 收入17.00", "¶2:1 不藏"]);
    let hidden: Vec<_> = document.hidden_text.iter().map(|text| (text.text.as_str(), text.reason)).collect();
    assert_eq!(hidden, ["密", "全藏", "字藏"].map(|text| (text, HiddenReason::Invisible)));
    assert_eq!(document.diagnostics.len(), 1);
    assert_eq!(document.diagnostics[0].code, DiagnosticCode::HiddenText);
    assert_eq!(document.diagnostics[0].arguments, ["3", "invisible"]);
}

#[test]
fn tracked_changes_are_read_as_accepted_and_said() {
    let mark = |change: &str| format!("<w:pPr><w:rPr>{change}</w:rPr></w:pPr>");
    let run = |text: &str| format!("<w:r><w:t>{text}</w:t></w:r>");
    let body = format!(
        r#"<w:p><w:pPr><w:pPrChange><w:pPr><w:pStyle w:val="x"/></w:pPr></w:pPrChange></w:pPr>{}<w:del><w:r><w:delText>16.00</w:delText></w:r></w:del><w:ins>{}</w:ins></w:p>
        <w:p><w:moveFrom>{}</w:moveFrom></w:p><w:p><w:moveTo>{}</w:moveTo></w:p><w:p>{}{}</w:p><w:p>{}</w:p>"#,
        run("收入"),
        run("17.00"),
        run("移走"),
        run("移来"),
        mark("<w:del/>"),
        run("前半"),
        run("后半"),
    );
    let content = docx(&body);
    let document = read(&content);
    assert_eq!(said(&document), ["¶1:1 收入17.00", "¶3:1 移来", "¶4:1 前半后半"]);
    let [diagnostic] = document.diagnostics.as_slice() else { panic!("{:?}", document.diagnostics) };
    assert_eq!(diagnostic.code, DiagnosticCode::TrackedChanges);
    assert_eq!(diagnostic.arguments, ["2", "3"]);
    assert_eq!(diagnostic.places[0].describe(&[]), "¶1:1");
    assert!(diagnostic.message(Language::Chinese).contains("插入 2 处"));
}

#[test]
fn pictures_without_text_are_a_scan() {
    let scan = docx("<w:p><w:r><w:drawing><pic:pic/></w:drawing></w:r></w:p>");
    assert!(matches!(error(&scan, &Default::default()).kind(), ReadErrorKind::NoText(_)));
    assert!(read(&docx("<w:p/>")).blocks.is_empty());
}
