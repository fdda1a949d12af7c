//! Pages in other clothes: encodings, MHT, XML workbooks, pages named like other files, and pages that only lead to files.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]

mod common;

use budget_document::{Limits, ReadErrorKind, Reader};
use budget_model::{DiagnosticCode, Place};
use budget_parse::Registry;
use budget_parse_html::HtmlReader;
use common::{read, seen};

const TABLE: &str = "<table><tr><td>收入<td>17.00<tr><td>支出<td>17.00</table>";
const GRID: &str = "0,0 收入 | 0,1 17.00 | 1,0 支出 | 1,1 17.00";

#[test]
fn a_page_reads_the_same_in_every_encoding() {
    let page =
        |charset: &str| format!("<html><meta http-equiv=Content-Type content='text/html; charset={charset}'>{TABLE}");
    let gb = |text: &str| encoding_rs::GB18030.encode(text).0.into_owned();
    let pages = [
        page("utf-8").into_bytes(),
        page("gb2312").into_bytes(),
        gb(&page("gb2312")),
        gb(&page("utf-8")),
        gb(&page("nonsense")),
        format!("\u{feff}{}", page("gbk")).into_bytes(),
        format!("\u{feff}{}", page("x")).encode_utf16().flat_map(u16::to_be_bytes).collect(),
    ];
    for page in pages {
        let document = read(&page);
        assert_eq!(seen(&document), [GRID]);
        assert!(document.diagnostics.is_empty());
    }
    let mut mixed = (page("utf-8") + &"<p>云溪县文化馆".repeat(9)).into_bytes();
    mixed.extend(gb("<p>预算执行情况"));
    let document = read(&mixed);
    assert_eq!(seen(&document)[0], GRID);
    assert_eq!(document.diagnostics[0].code, DiagnosticCode::EncodingReplaced);
}

#[test]
fn a_page_in_one_file_is_read_part_by_part() {
    let mut quoted = String::new();
    for byte in format!("<html>{TABLE}").bytes() {
        quoted += &if byte.is_ascii_alphanumeric() { char::from(byte).to_string() } else { format!("={byte:02X}") };
        if quoted.len() % 70 > 65 {
            quoted += "=\r\n";
        }
    }
    let file = format!(
        "From: <Saved by a browser>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype=\"text/html\";\r\n\tboundary=\"----=_Next\"\r\n\r\n\
         ------=_Next\r\nContent-Type: text/html; charset=\"utf-8\"\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n{quoted}\r\n\
         ------=_Next\r\nContent-Type: image/png\r\n\r\n<p>no text\r\n------=_Next\r\nContent-Type: text/html\r\n\r\n<p>尾\r\n------=_Next--\r\n"
    );
    assert_eq!(seen(&read(file.as_bytes())), [GRID, "尾"]);
}

#[test]
fn an_xml_workbook_has_sheets_spans_types_and_hidden_parts() {
    let workbook = r##"<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
<Styles><Style ss:ID="Default"/><Style ss:ID="m"><NumberFormat ss:Format="#,##0.00"/></Style></Styles>
<Worksheet ss:Name="表1"><Table><Column ss:Index="4" ss:Hidden="1"/>
<Row ss:Index="3"><Cell ss:MergeAcross="1" ss:MergeDown="1"><Data ss:Type="String">科目 &amp; 名称</Data></Cell><Cell><Data ss:Type="Number">17.5</Data></Cell></Row>
<Row><Cell ss:Index="3" ss:StyleID="m"><Data ss:Type="Number">1.2E3</Data></Cell><Cell><Data ss:Type="Number">9</Data></Cell></Row>
<Row ss:Index="9"><Cell><Data ss:Type="DateTime">2026-01-31T00:00:00.000</Data></Cell><Cell ss:Formula="=R1C1"/></Row>
</Table></Worksheet>
<Worksheet ss:Name="旧"><Table><Row><Cell><ss:Data ss:Type="String"><B>合</B>计</ss:Data></Cell></Row></Table><WorksheetOptions><Visible>SheetHidden</Visible></WorksheetOptions></Worksheet>
</Workbook>"##;
    let document = read(workbook.as_bytes());
    assert_eq!(
        seen(&document),
        ["0,0 科目 & 名称 2x2 | 0,2 =17.5 | 1,2 =1200.00 | 1,3 =9 | 2,0 2026-01-31 | 2,1 Error(\"\")", "0,0 合计"]
    );
    assert_eq!(document.sheets, ["表1", "旧"]);
    let grids: Vec<_> = document.grids().collect();
    assert_eq!(grids[0].at(1, 2).unwrap().place, Place::Cell { sheet: 0, row: 4, column: 3 });
    assert!(grids[1].hidden().all && grids[0].hidden().has_column(3) && !grids[0].hidden().has_column(2));
    let codes: Vec<_> = document.diagnostics.iter().map(|found| (found.code, found.arguments[0].as_str())).collect();
    assert_eq!(
        codes,
        [
            (DiagnosticCode::FormulaWithoutResult, "表1!B9"),
            (DiagnosticCode::HiddenRead, "表1!D4"),
            (DiagnosticCode::HiddenRead, "旧!A1")
        ]
    );
}

#[test]
fn a_page_of_excel_is_read_whatever_its_ending() {
    let page = "<html xmlns:x=\"urn:schemas-microsoft-com:office:excel\"><head><!--[if gte mso 9]><xml><x:Name>表1</x:Name></xml><![endif]-->\
        <style>td{mso-number-format:General}</style></head><body><table x:str><col width=72><tr height=19><td class=xl24 colspan=2>收支总表</td></tr>\
        <tr><td>收入</td><td x:num=\"17\">17.00</td></tr><![if supportMisalignedColumns]><tr height=0 style='display:none'><td width=72></td></tr><![endif]></table>";
    assert_eq!(seen(&read(page.as_bytes())), ["0,0 收支总表 1x2 | 1,0 收入 | 1,1 17.00"]);
}

#[test]
fn a_page_that_only_leads_to_files_says_so_and_names_them() {
    let page = "<html><h1>云溪县文化馆2026年部门预算公开</h1><p><a href=1.pdf>附件1</a><p><a href=2.pdf>附件2</a><p><a href=3.xls>附件3</a><p><a href=4.xls>附件4</a>";
    let error = Registry::new().with_reader(HtmlReader).read(page.as_bytes(), Some("a.html")).unwrap_err();
    let ReadErrorKind::OnlyAttachments { count, first } = error.kind() else { panic!("{error}") };
    assert_eq!((*count, first.as_slice()), (4, ["附件1", "附件2", "附件3"].map(str::to_owned).as_slice()));
    assert!(error.to_string().contains("leads to 4 files: 附件1; 附件2; 附件3 …"), "{error}");
}

#[test]
fn pages_without_anything_are_empty() {
    for page in ["<html>", "<!doctype html><script>1</script><nav>2</nav>", "<html><table><tr><td></table>"] {
        let error = HtmlReader.read(page.as_bytes(), &Limits::default()).unwrap_err();
        assert_eq!(*error.kind(), ReadErrorKind::Empty, "{page}");
    }
}
