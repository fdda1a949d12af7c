//! What a page says, as lines and grids.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]

mod common;

use budget_document::{Confidence, Reader};
use budget_model::Place;
use budget_parse_html::HtmlReader;
use common::{of, read, seen};

#[test]
fn a_cell_that_spans_rows_stands_in_all_of_them() {
    let table = "<table><tr><td rowspan=2>科目<td colspan=2>支出</tr><tr><td>基本<td>项目</tr><tr><td>总计<td>1.00<td>2.00</tr></table>";
    assert_eq!(of(table), ["0,0 科目 2x1 | 0,1 支出 1x2 | 1,1 基本 | 1,2 项目 | 2,0 总计 | 2,1 1.00 | 2,2 2.00"]);
}

#[test]
fn spans_end_with_their_table() {
    let table = "<table><tr><td rowspan=99>甲<td colspan=7>乙<tr><td>1<td rowspan=0>2<tr><td>3</table>";
    assert_eq!(of(table), ["0,0 甲 3x1 | 0,1 乙 1x2 | 1,1 1 | 1,2 2 2x1 | 2,1 3"]);
    let wide = "<table><tr><td colspan=10000>一般公共预算<td>2<tr><td>3<td>4</table>";
    assert_eq!(of(wide), ["0,0 一般公共预算 1x1000 | 0,1000 2 | 1,0 3 | 1,1 4"]);
}

#[test]
fn numbers_stay_as_they_are_printed() {
    assert_eq!(
        of("<table><tr><td>a<td>1,234.50<tr><td>b<td>&nbsp;<tr><td>c<td>12.5%</table>"),
        ["0,0 a | 0,1 1,234.50 | 1,0 b | 2,0 c | 2,1 12.5%"]
    );
}

#[test]
fn breaks_and_paragraphs_of_a_cell_are_its_lines() {
    let table =
        "<table><tr><td>一般<br>公共\n预算<td><p>政府性\n<p>基金<td><div>国有</div>资本<tr><td>1<td>2<td>3</table>";
    assert_eq!(of(table), ["0,0 一般\n公共预算 | 0,1 政府性\n基金 | 0,2 国有\n资本 | 1,0 1 | 1,1 2 | 1,2 3"]);
}

#[test]
fn a_table_that_holds_a_page_together_is_what_it_holds() {
    let data = "<table><tr><td>收入<td>1<tr><td>支出<td>1</table>";
    let page = format!("<table><tr><td>菜单<td><h2>表1</h2>{data}<p>注</table>");
    assert_eq!(of(&page), ["菜单", "表1", "0,0 收入 | 0,1 1 | 1,0 支出 | 1,1 1", "注"]);
    // Rows around the one that holds a table are data all the same.
    let page =
        format!("<table><tr><td>甲<td>1<tr><td>乙<td>2<tr><td colspan=2>{data}<tr><td>丙<td>3<tr><td>丁<td>4</table>");
    assert_eq!(
        of(&page),
        ["0,0 甲 | 0,1 1 | 1,0 乙 | 1,1 2", "0,0 收入 | 0,1 1 | 1,0 支出 | 1,1 1", "0,0 丙 | 0,1 3 | 1,0 丁 | 1,1 4"]
    );
    assert_eq!(of("<table><tr><td><p>一、概况<p>二、收支</table>"), ["一、概况", "二、收支"]);
    assert_eq!(of("<table><tr><td>首页<td><h2>预算</h2>说明</table>"), ["首页", "预算", "说明"]);
}

#[test]
fn tables_ten_deep_are_read() {
    let mut page = "<table><tr><td>收入<td>1<tr><td>支出<td>1</table>".to_owned();
    for level in (1..=10).rev() {
        page = format!("<table><tr><td>前{level}<td>{page}<tr><td colspan=2>后{level}</table>");
    }
    let lines = of(&page);
    assert_eq!(lines.len(), 21);
    assert_eq!((lines[0].as_str(), lines[9].as_str()), ("前1", "前10"));
    assert_eq!(lines[10], "0,0 收入 | 0,1 1 | 1,0 支出 | 1,1 1");
    assert_eq!((lines[11].as_str(), lines[20].as_str()), ("后10", "后1"));
}

#[test]
fn tags_that_are_not_closed_end_where_they_do_in_a_browser() {
    assert_eq!(
        of("<p>一<p>二<ul><li>三<li>四</ul><dl><dt>五<dd>六</dl><div>七<span>八</div>九"),
        ["一", "二", "三", "四", "五", "六", "七八", "九"]
    );
    let table = "<table><thead><th>甲<th>乙<tbody><tr><td><b>1<td><font>2<tr><td>3<td></div></p>4</tbody>尾";
    assert_eq!(of(table), ["尾", "0,0 甲 | 0,1 乙 | 1,0 1 | 1,1 2 | 2,0 3 | 2,1 4"]);
    assert_eq!(of("<td>甲</td><tr>乙</table>丙</div></p></span>"), ["甲乙丙"]);
}

#[test]
fn items_have_the_number_that_is_printed_before_them() {
    let list = "<ol start=3><li>甲<li value=7>乙<ol type=a><li>丙</ol><li><p>丁</p><p>戊</ol><ul><li>己</ul>";
    assert_eq!(of(list), ["3. 甲", "7. 乙", "a. 丙", "8. 丁", "戊", "己"]);
}

#[test]
fn a_list_of_word_keeps_the_number_that_stands_in_it() {
    let word = "<html xmlns:o=\"urn:schemas-microsoft-com:office:office\"><head><!--[if gte mso 9]><xml><w:X>9</w:X></xml><![endif]-->\
        <style>p {mso-style-parent:\"\"}</style></head><body lang=ZH-CN><div class=WordSection1>\
        <p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><![if !supportLists]><span lang=EN-US><span style='mso-list:Ignore'>1.\
        <span style='font:7.0pt \"Times New Roman\"'>&nbsp;&nbsp; </span></span></span><![endif]><span>收入\n预算<o:p></o:p></span></p>\
        <p class=MsoNormal><span lang=EN-US><o:p>&nbsp;</o:p></span></p><p class=MsoNormal>尾<o:p></o:p></p></div></body></html>";
    assert_eq!(of(word), ["1.   收入预算", "尾"]);
}

#[test]
fn what_is_no_text_of_the_page_is_left_out() {
    let page = "<head><title>题</title><style>p{}</style></head><header><h1>网站</h1></header><nav>首页</nav><script>document.write('<p>17</p>')</script>\
        <form><article><header><h1>预算</h1></header><p>文<!-- 注 --><select><option>一<option>二</select><button>查</button><input value=3></article></form>\
        <template><p>模</template><aside>侧</aside><svg><text>1</text></svg><footer>版权</footer>";
    assert_eq!(of(page), ["预算", "文"]);
}

#[test]
fn what_nobody_sees_is_kept_apart() {
    let page = "<p>甲<span style='display:none'>17.00</span>乙<div hidden><p>18.00</p><table><tr><td>19.00</table></div>\
        <table><tr><td>收入<td>1<tr style='DISPLAY: none'><td>旧<td>2<tr><td aria-hidden=true>支出<td><span style='font-size:0'>3</span>1</table>";
    let document = read(page.as_bytes());
    assert_eq!(seen(&document), ["甲乙", "0,0 收入 | 0,1 1 | 1,0 支出 | 1,1 1"]);
    let hidden: Vec<_> = document.hidden_text.iter().map(|hidden| hidden.text.as_str()).collect();
    assert_eq!(hidden, ["17.00", "18.00", "19.00", "旧", "2", "3"]);
    assert_eq!(document.hidden_text[5].place, Place::Block { block: 2, row: 2, column: 2 });
}

#[test]
fn links_to_files_are_listed_with_their_name_and_address() {
    let page = "<nav><a href=a.pdf>导航</a></nav><p>见<a href='./P1.xlsx'><b>附件1</b></a>、<a href='/x.html'>首页</a><table><tr><td>1<td><a href=b.doc>乙</a><tr><td>2<td>丙</table>";
    let document = read(page.as_bytes());
    assert_eq!(seen(&document), ["见附件1、首页", "0,0 1 | 0,1 乙 | 1,0 2 | 1,1 丙"]);
    let files: Vec<_> = document
        .attachments
        .iter()
        .map(|file| (file.name.as_str(), file.address.as_str(), file.place.describe(&[])))
        .collect();
    assert_eq!(files, [("附件1", "./P1.xlsx", "¶1:1".to_owned()), ("乙", "b.doc", "¶2!B1".to_owned())]);
}

#[test]
fn paragraphs_and_tables_are_numbered_in_the_order_of_the_page() {
    let document = read("<p>一<br>二<p>三<table><tr><td>a<td>1<tr><td>b<td>2</table><pre>\n 四\n五</pre>".as_bytes());
    let places: Vec<_> = document.lines().map(|line| line.place(0).describe(&[])).collect();
    assert_eq!(places, ["¶1:1", "¶1:2", "¶2:1", "¶4:1", "¶4:3"]);
    let cells: Vec<_> = document.grids().flat_map(|grid| grid.cells()).map(|cell| cell.place.describe(&[])).collect();
    assert_eq!(cells, ["¶3!A1", "¶3!B1", "¶3!A2", "¶3!B2"]);
    assert_eq!(document.lines().last().unwrap().text, "五");
}

#[test]
fn a_page_that_is_set_has_the_tables_its_rules_make() {
    let placed = |left: u32, top: u32, text: &str| {
        format!("<div style='position:absolute;left:{left}pt;top:{top}pt;font-size:10pt'>{text}</div>")
    };
    let rule = |left: u32, top: u32, width: u32, height: u32| {
        format!(
            "<div style='position:absolute;left:{left}pt;top:{top}pt;width:{width}.0pt;height:{height}.0pt;border-bottom:0.5pt solid'> </div>"
        )
    };
    let mut page = String::from("<div style='position:relative;width:595pt;height:842pt'>");
    // Two columns and three rows; the first row is one cell.
    for top in [100, 120, 140, 160] {
        page += &rule(50, top, 200, 0);
    }
    page += &(rule(50, 100, 0, 60) + &rule(250, 100, 0, 60) + &rule(150, 120, 0, 40));
    page += &(placed(100, 104, "收") + &placed(120, 104, "支") + &placed(60, 124, "收入") + &placed(200, 124, "1.00"));
    page += &(placed(60, 144, "支出") + &placed(200, 144, "2.00") + &placed(60, 80, "表1") + &placed(280, 800, "—7—"));
    let document_of = |page: String| format!("<h1>预算</h1>{page}</div>{page}</div><p>尾");
    let page = document_of(page);
    let document = read(page.as_bytes());
    let grid = "0,0 收 支 1x2 | 1,0 收入 | 1,1 1.00 | 2,0 支出 | 2,1 2.00";
    assert_eq!(seen(&document), ["预算", "表1", grid, "—7—", "表1", grid, "—7—", "尾"]);
    assert_eq!(document.lines().map(|line| line.page).collect::<Vec<_>>(), [1, 1, 1, 2, 2, 2]);
    let grids: Vec<_> = document.grids().collect();
    assert_eq!((grids[1].page(), grids[1].column_tracks().len(), grids[1].row_tracks().len()), (Some(2), 2, 3));
    assert_eq!(
        grids[1].at(1, 1).unwrap().place,
        Place::Page { page: 2, top: 1240, left: 2000, bottom: 1340, right: 2200 }
    );
}

#[test]
fn content_decides_whatever_a_page_is_called() {
    for (content, extension, confidence) in [
        ("<!doctype html>", Some("pdf"), Confidence::Certain),
        ("\u{feff}\n<HTML>", Some("xls"), Confidence::Certain),
        ("<table><tr><td>1", Some("html"), Confidence::Certain),
        ("<table><tr><td>1", Some("xls"), Confidence::Possible),
        ("<div>1", None, Confidence::Possible),
        ("MIME-Version: 1.0\nContent-Type: multipart/related; boundary=a\n", None, Confidence::Certain),
        (
            "<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\">",
            Some("xls"),
            Confidence::Certain,
        ),
        ("<?xml version=\"1.0\"?><root/>", Some("xml"), Confidence::No),
        ("收入 17.00", Some("txt"), Confidence::No),
        ("PK\u{3}\u{4}", Some("html"), Confidence::No),
    ] {
        assert_eq!(HtmlReader.probe(content.as_bytes(), extension), confidence, "{content} {extension:?}");
    }
}
