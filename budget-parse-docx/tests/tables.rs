//! Tables: merged cells, tables in tables, and places.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod common;

use common::{docx, p, read, said, said_by};

fn tc(properties: &str, text: &str) -> String {
    format!("<w:tc><w:tcPr>{properties}</w:tcPr>{}</w:tc>", p(text))
}

fn tr(cells: &[String]) -> String {
    format!("<w:tr>{}</w:tr>", cells.concat())
}

fn table(rows: &[String]) -> String {
    format!("<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/></w:tblGrid>{}</w:tbl>", rows.concat())
}

/// A table of one row with two cells.
fn small(left: &str, right: &str) -> String {
    table(&[tr(&[tc("", left), tc("", right)])])
}

const SPAN_2: &str = r#"<w:gridSpan w:val="2"/>"#;
const RESTART: &str = r#"<w:vMerge w:val="restart"/>"#;
const CONTINUE: &str = "<w:vMerge/>";

#[test]
fn merged_cells_are_one_cell_over_rows_and_columns() {
    let body = p("表1")
        + &table(&[
            tr(&[tc(RESTART, "项目"), tc(&format!("{SPAN_2}{RESTART}"), "支出"), tc("", "合计")]),
            tr(&[tc(r#"<w:vMerge w:val="continue"/>"#, ""), tc(&format!("{SPAN_2}{CONTINUE}"), ""), tc("", "17.00")]),
            tr(&[tc(CONTINUE, ""), tc(RESTART, "基本"), tc("", "项目"), tc("", "")]),
            tr(&[tc(RESTART, "别的"), tc("", "a"), tc(CONTINUE, "b")]),
        ]);
    assert_eq!(
        said_by(&body),
        [
            "¶1:1 表1",
            "grid of 4×4",
            "¶2!A1 3×1 项目",
            "¶2!B1 2×2 支出",
            "¶2!D1 合计",
            "¶2!D2 17.00",
            "¶2!B3 基本",
            "¶2!C3 项目",
            "¶2!A4 别的",
            "¶2!B4 a",
            "¶2!C4 b",
        ]
    );
}

#[test]
fn a_range_goes_on_only_between_the_same_edges() {
    let body = table(&[tr(&[tc(&format!("{SPAN_2}{RESTART}"), "宽")]), tr(&[tc(CONTINUE, "窄"), tc("", "邻")])]);
    assert_eq!(said_by(&body), ["grid of 2×2", "¶1!A1 1×2 宽", "¶1!A2 窄", "¶1!B2 邻"]);
}

#[test]
fn rows_may_begin_later_and_cells_may_be_merged_the_old_way() {
    let old = |value: &str| format!(r#"<w:hMerge w:val="{value}"/>"#);
    let body = table(&[
        format!(r#"<w:tr><w:trPr><w:gridBefore w:val="2"/><w:gridAfter w:val="1"/></w:trPr>{}</w:tr>"#, tc("", "右")),
        tr(&[tc(&old("restart"), "合并"), tc(&old("continue"), ""), tc("", "后")]),
    ]);
    assert_eq!(said_by(&body), ["grid of 2×3", "¶1!C1 右", "¶1!A2 1×2 合并", "¶1!C2 后"]);
}

#[test]
fn paragraphs_of_a_cell_are_its_lines_and_have_no_number_of_their_own() {
    let cell = format!("<w:tc>{}<w:p/>{}</w:tc>", p("一行"), p("两行"));
    let body = table(&[tr(&[cell, tc("", "x")])]) + &p("后");
    assert_eq!(said_by(&body), ["grid of 1×2", "¶1!A1 一行|两行", "¶1!B1 x", "¶2:1 后"]);
}

#[test]
fn rows_and_cells_in_content_controls_belong_to_their_table() {
    let row = format!("<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>", tr(&[tc("", "甲"), tc("", "乙")]));
    let cell = format!("<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>", tc("", "丙"));
    let body = table(&[row, tr(&[cell, tc("", "丁")])]);
    assert_eq!(said_by(&body), ["grid of 2×2", "¶1!A1 甲", "¶1!B1 乙", "¶1!A2 丙", "¶1!B2 丁"]);
}

#[test]
fn a_table_that_only_sets_others_is_read_cell_by_cell() {
    let holds = |inner: &str| format!("<w:tc>{}{inner}<w:p/></w:tc>", p("标题"));
    let body = table(&[tr(&[tc("", "总题")]), tr(&[holds(&small("a", "b")), holds(&small("c", "d"))])]);
    assert_eq!(
        said_by(&body),
        [
            "¶1!A1 总题",
            "¶1!A2 标题",
            "grid of 1×2",
            "¶2!A1 a",
            "¶2!B1 b",
            "¶1!B2 标题",
            "grid of 1×2",
            "¶3!A1 c",
            "¶3!B1 d"
        ]
    );
}

#[test]
fn a_table_in_a_cell_of_another_is_a_grid_of_its_own() {
    let cell = format!("<w:tc>{}{}<w:p/></w:tc>", p("明细"), small("a", "b"));
    let body = table(&[tr(&[tc("", "项目"), tc("", "说明")]), tr(&[tc("", "甲"), cell])]);
    assert_eq!(
        said_by(&body),
        ["grid of 2×2", "¶1!A1 项目", "¶1!B1 说明", "¶1!A2 甲", "¶1!B2 明细", "grid of 1×2", "¶2!A1 a", "¶2!B1 b"]
    );
}

#[test]
fn deleted_rows_are_gone_and_what_a_merged_cell_covers_is_hidden() {
    let deleted = format!("<w:tr><w:trPr><w:del/></w:trPr>{}</w:tr>", tc("", "删"));
    let body = table(&[tr(&[tc(RESTART, "甲")]), deleted, tr(&[tc(CONTINUE, "盖住")])]);
    let content = docx(&body);
    let document = read(&content);
    assert_eq!(said(&document), ["grid of 2×1", "¶1!A1 2×1 甲"]);
    assert_eq!(document.hidden_text.len(), 1);
    assert_eq!(document.hidden_text[0].text, "盖住");
    let codes: Vec<&str> = document.diagnostics.iter().map(|diagnostic| diagnostic.code.as_str()).collect();
    assert_eq!(codes, ["tracked-changes", "hidden-text"]);
}

#[test]
fn a_text_box_in_a_cell_is_a_line_of_the_cell() {
    let cell = format!(
        "<w:tc><w:p><w:r><w:pict><v:textbox><w:txbxContent>{}</w:txbxContent></v:textbox></w:pict><w:t>外</w:t></w:r></w:p></w:tc>",
        p("内")
    );
    assert_eq!(said_by(&table(&[tr(&[cell])])), ["grid of 1×1", "¶1!A1 外|内"]);
}
