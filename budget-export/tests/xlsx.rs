//! The workbook, opened again.

#![allow(clippy::unwrap_used, reason = "a test helper fails by panicking")]

mod sample;

use std::io::Cursor;

use budget_export::{Document, DocumentInfo, ExportOptions, Exporter, MemorySink, OmissionKind, Report, XlsxExporter};
use budget_model::{Aspect, Cell, Disclosure, Doubts, Placement};
use calamine::{Data, Range, Reader, Xlsx};

fn workbook(disclosure: &Disclosure) -> (Xlsx<Cursor<Vec<u8>>>, Report) {
    let (mut files, report) = sample::export("xlsx", disclosure, ExportOptions::default());
    (Xlsx::new(Cursor::new(files.remove("d000.xlsx").unwrap())).unwrap(), report)
}

fn sheet(name: &str) -> Range<Data> {
    workbook(&sample::disclosure()).0.worksheet_range(name).unwrap()
}

fn text(range: &Range<Data>, at: &str) -> String {
    let (letter, row) = at.split_at(1);
    let column = u32::from(letter.as_bytes()[0] - b'A');
    range.get_value((row.parse::<u32>().unwrap() - 1, column)).map(ToString::to_string).unwrap_or_default()
}

fn texts(range: &Range<Data>, cells: &[&str]) -> Vec<String> {
    cells.iter().map(|at| text(range, at)).collect()
}

#[test]
fn every_table_and_every_list_has_its_sheet() {
    assert_eq!(
        workbook(&sample::disclosure()).0.sheet_names(),
        [
            "表1 收支总体",
            "表2 收入总体",
            "表6 基本支出",
            "表7 项目支出",
            "表8 政府性基金",
            "表10 三公经费",
            "正文数字",
            "项目",
            "绩效目标",
            "绩效指标",
            "绩效资金",
            "提示",
            "文字",
            "说明"
        ]
    );
    assert_eq!(workbook(&Disclosure::default()).0.sheet_names(), ["说明"]);
}

#[test]
fn a_table_looks_like_the_form() {
    let income = sheet("表2 收入总体");
    assert_eq!(texts(&income, &["A1", "A2", "A3"]), ["表2", "部门收入总体情况表", "编制部门：云溪县文化馆"]);
    assert_eq!(text(&income, "M3"), "单位：万元");
    // Header: codes over 类 款 项; 财政拨款（补助） over four columns, 上年结转结余 over two.
    assert_eq!(
        texts(&income, &["A4", "A5", "B5", "C5", "D4"]),
        ["功能分类科目编码", "类", "款", "项", "功能分类科目名称"]
    );
    assert_eq!(
        texts(&income, &["E4", "F4", "F5", "I5", "J4", "L4", "L5"]),
        ["总计", "财政拨款（补助）", "财政拨款小计", "政府性基金预算", "财政专户", "上年结转结余", "财政拨款结转"]
    );
    assert_eq!(texts(&income, &["A6", "D6", "E6", "M6"]), ["※", "※", "1", "9"]);
    assert_eq!(texts(&income, &["A10", "B10", "C10", "D10"]), ["207", "01", "09", "群众文化"]);
}

#[test]
fn header_cells_are_merged_as_on_the_form() {
    let (mut book, _) = workbook(&sample::disclosure());
    let merged = book.merge_cells_by_sheet_name("表2 收入总体").unwrap();
    let has = |start, end| merged.iter().any(|area| area.start == start && area.end == end);
    assert!(has((1, 0), (1, 12)), "title over the width");
    assert!(has((3, 0), (3, 2)), "code title over three columns");
    assert!(has((3, 5), (3, 8)), "four columns share their first word");
    assert!(has((3, 11), (3, 12)), "two columns share their first word");
    assert!(has((3, 4), (4, 4)), "a single word reaches down");
}

#[test]
fn every_figure_is_a_number_in_its_cell() {
    let disclosure = sample::disclosure();
    let (mut book, _) = workbook(&disclosure);
    // Name of the sheet, index of the table, first row and first figure column.
    for (name, index, top, left) in
        [("表2 收入总体", 1, 6, 4), ("表6 基本支出", 2, 6, 3), ("表7 项目支出", 3, 6, 5), ("表10 三公经费", 5, 6, 1)]
    {
        let range = book.worksheet_range(name).unwrap();
        let table = &disclosure.tables[index];
        let mut figures = 0;
        for (row, line) in table.rows.iter().zip(top..) {
            for column in 0..table.columns.len() as u16 {
                let found = range.get_value((line, left + u32::from(column)));
                match (row.cell(column), found) {
                    (None, None | Some(Data::Empty)) => {}
                    (Some(cell), Some(Data::Float(number))) => {
                        let printed: f64 = cell.amount.value.to_string().parse().unwrap();
                        assert_eq!(*number, printed, "{name} {} {column}", row.label.text);
                        figures += 1;
                    }
                    other => panic!("{name} {} {column}: {other:?}", row.label.text),
                }
            }
        }
        assert_eq!(figures, table.figure_count());
    }
}

#[test]
fn both_sides_stand_next_to_each_other_and_end_in_their_totals() {
    let overview = sheet("表1 收支总体");
    assert_eq!(
        texts(&overview, &["A4", "D4", "A5", "B5", "D5", "E5"]),
        ["收入", "支出", "项目", "预算数", "功能分类", "预算数"]
    );
    assert_eq!(
        texts(&overview, &["A6", "B6", "D6", "E6"]),
        ["一、本年收入", "1268.4", "207 文化旅游体育与传媒支出", "1101.25"]
    );
    assert_eq!(texts(&overview, &["A9", "B9", "D9", "E9"]), ["2.政府性基金预算拨款", "", "", ""]);
    assert_eq!(texts(&overview, &["A11", "B11", "D11", "E11"]), ["收入总计", "1285.4", "支出总计", "1285.4"]);
}

#[test]
fn an_empty_table_says_so_and_notes_stand_below() {
    let fund = sheet("表8 政府性基金");
    assert_eq!(
        texts(&fund, &["E4", "F5", "F6", "G6", "H5"]),
        ["政府性基金预算支出", "基本支出", "人员经费", "公用经费", "项目支出"]
    );
    assert!(text(&fund, "A8").ends_with("为空表。"));
    assert_eq!(text(&sheet("表7 项目支出"), "A11"), "注：本表金额不含上年结转。");
}

#[test]
fn text_that_looks_like_a_formula_is_text() {
    let indicators = sheet("绩效指标");
    let column = indicators.rows().next().unwrap().iter().position(|title| *title == "指标值").unwrap();
    let values: Vec<_> = indicators.rows().skip(1).map(|row| row[column].clone()).collect();
    assert_eq!(values, ["=50%", "＞=48万人", "-", "<=15.00万元"].map(|text| Data::String(text.to_owned())));
    let (mut book, _) = workbook(&sample::disclosure());
    for name in book.sheet_names() {
        let formulas = book.worksheet_formula(&name).unwrap();
        assert!(formulas.used_cells().next().is_none(), "{name}");
    }
}

#[test]
fn a_figure_that_a_spreadsheet_would_change_is_text() {
    let facts = sheet("正文数字");
    let column = facts.rows().next().unwrap().iter().position(|title| *title == "数值").unwrap();
    let values: Vec<_> = facts.rows().skip(1).map(|row| row[column].clone()).collect();
    let text = |text: &str| Data::String(text.to_owned());
    assert_eq!(values, [Data::Float(1268.4), text("-0.00"), text("12345678901234567.89")]);
}

#[test]
fn the_notes_of_ambiguous_figures_list_the_candidates() {
    let (files, _) = sample::export("xlsx", &sample::disclosure(), ExportOptions::default());
    let part = part(&files["d000.xlsx"], "xl/comments1.xml");
    assert_eq!(part.matches("<comment ").count(), 4);
    assert!(part.contains("商品和服务支出、工资福利支出、对个人和家庭的补助、资本性支出(基本建设)"));
    assert!(part.contains("ref=\"H7\""));
}

#[test]
fn the_note_of_a_doubtful_figure_says_what_is_in_doubt() {
    let mut disclosure = sample::disclosure();
    disclosure.tables[0].rows[0].doubts = Doubts::of(Aspect::Row) | Doubts::of(Aspect::Value);
    let (files, _) = sample::export("xlsx", &disclosure, ExportOptions::default());
    assert!(part(&files["d000.xlsx"], "xl/comments1.xml").contains("此数存疑：数值、行\nIn doubt: value, row"));
}

#[test]
fn a_sheet_is_set_up_for_print_and_for_the_screen() {
    let (files, _) = sample::export("xlsx", &sample::disclosure(), ExportOptions::default());
    let sheet = part(&files["d000.xlsx"], "xl/worksheets/sheet2.xml");
    assert!(sheet.contains("<pageSetUpPr fitToPage=\"1\"/>") && sheet.contains("fitToHeight=\"0\""));
    assert!(sheet.contains("orientation=\"landscape\"") && sheet.contains("state=\"frozen\""));
    let book = part(&files["d000.xlsx"], "xl/workbook.xml");
    assert!(book.contains("'表2 收入总体'!$1:$6"), "header rows repeat");
    let styles = part(&files["d000.xlsx"], "xl/styles.xml");
    assert!(styles.contains("#,##0.0\""), "one decimal was printed in table 6");
}

/// One file of the archive.
fn part(bytes: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    std::io::Read::read_to_string(&mut archive.by_name(name).unwrap(), &mut text).unwrap();
    text
}

#[test]
fn what_a_sheet_cannot_show_is_reported() {
    let mut disclosure = sample::disclosure();
    let amount = sample::amount("5", 9);
    let cell = |column| Cell::new(column, amount, Placement::Printed);
    disclosure.tables[1].rows[0].cells.extend([cell(0), cell(99)]);
    disclosure.tables[0].rows[1].side = None;
    disclosure.tables[4].notes.push(sample::label(&"长".repeat(40_000)));
    disclosure.tables[4].notes.push(sample::label("\u{1}_x0041_\u{b}"));
    let (mut book, report) = workbook(&disclosure);
    let count = |kind| report.omissions.iter().find(|omission| omission.kind == kind).map(|omission| omission.count);
    assert_eq!(count(OmissionKind::CellRepeated), Some(1));
    assert_eq!(count(OmissionKind::CellWithoutColumn), Some(1));
    assert_eq!(count(OmissionKind::RowWithoutSide), Some(1));
    // The note is cut on its table and on the sheet of texts.
    assert_eq!(count(OmissionKind::LongText), Some(2));
    assert!(book.worksheet_range("表8 政府性基金").is_ok());
}

/// The files stay behind for a look: `target/tmp/workbook`.
#[test]
#[ignore = "needs soffice"]
fn a_spreadsheet_program_opens_and_prints_the_workbook() {
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("workbook");
    std::fs::create_dir_all(&folder).unwrap();
    let (files, _) = sample::export("xlsx", &sample::disclosure(), ExportOptions::default());
    std::fs::write(folder.join("sample.xlsx"), &files["d000.xlsx"]).unwrap();
    let _ = std::fs::remove_file(folder.join("sample.pdf"));
    let status = std::process::Command::new("soffice")
        .args(["--headless", "--convert-to", "pdf", "sample.xlsx"])
        .current_dir(&folder)
        .status()
        .expect("soffice is on the path: install LibreOffice");
    assert!(status.success() && std::fs::metadata(folder.join("sample.pdf")).unwrap().len() > 10_000);
}

#[test]
fn a_table_wider_than_a_sheet_is_an_error_that_names_it() {
    let mut disclosure = sample::disclosure();
    for columns in [20_000, 70_000] {
        let column = disclosure.tables[1].columns[0].clone();
        disclosure.tables[1].columns = vec![column; columns];
        let info = DocumentInfo::new("a", "a.txt");
        let mut sink = MemorySink::default();
        let result = XlsxExporter::default().write(Document { info: &info, disclosure: &disclosure }, &mut sink);
        assert!(result.unwrap_err().to_string().contains("表2 收入总体"));
        assert!(sink.files().is_empty());
    }
}
