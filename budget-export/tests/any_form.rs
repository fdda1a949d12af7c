//! Tables that no form of ours has: columns of words, columns that nobody understands, axes beside the budget of the year.

#![allow(clippy::unwrap_used, reason = "a test helper fails by panicking")]

mod sample;

use std::collections::BTreeMap;
use std::io::Cursor;

use budget_export::{ExportOptions, from_json};
use budget_model::*;
use calamine::{Reader, Xlsx};
use sample::{amount, at, label};

fn column(id: &str, label: &str, header: &[&str]) -> Column {
    let mut column = Column::new(id, label);
    column.header = header.iter().map(ToString::to_string).collect();
    column
}

/// 项目支出 of 云溪县文化馆: two columns of words, a total, and two columns of words that nobody knows.
fn projects() -> Table {
    let mut table = Table::new(TableKind::Project, label("项目支出预算表"));
    table.unit = Unit::TenThousandYuan;
    table.text_columns = ["采购类别", "组织形式"].map(|word| TextColumn::new(vec![word.to_owned()])).into();
    let mut last = column("total-last", "合计(上年)", &["合计", "上年"]);
    last.dimensions.year = Some(YearRef::Last);
    let mut total = column("total", "合计(本年)", &["合计", "本年"]);
    total.dimensions.year = Some(YearRef::This);
    let reserved = Column::unknown("留给小企业", vec!["其中".to_owned(), "留给小企业".to_owned()]);
    let green = Column::unknown("绿色采购", Vec::new());
    table.columns = vec![total, last, reserved, green];
    let mut row = Row::new(Role::Label, Label::new("A02010000 信息化设备", at(31)));
    row.unit = Some(label("云溪县文化馆"));
    row.texts = vec![RowText::new(0, label("货物")), RowText::new(1, label("集中采购"))];
    row.cells = (0..)
        .zip(["12.50", "11.00", "3.00", "0.40"])
        .map(|(column, value)| Cell::new(column, amount(value, 31), Placement::Printed))
        .collect();
    let mut bought = row.clone();
    bought.label = label("C99000000 其他服务");
    bought.project = Some(label("群众文化活动经费"));
    bought.dimensions.government_economic = Code::from_number(50_205);
    bought.cells.truncate(1);
    table.rows = vec![row, bought];
    table
}

fn disclosure() -> Disclosure {
    let mut other = Table::new(TableKind::Other, label("文物征集情况表"));
    other.columns = vec![Column::unknown("件数", Vec::new())];
    other.rows = vec![Row::new(Role::Label, label("书画"))];
    other.rows[0].cells = vec![Cell::new(0, amount("7", 50), Placement::Printed)];
    Disclosure { tables: vec![projects(), other], ..Disclosure::default() }
}

fn records() -> Vec<BTreeMap<String, String>> {
    let (files, _) = sample::export("csv", &disclosure(), ExportOptions::default());
    csv::Reader::from_reader(files["tables.csv"].as_slice()).deserialize().map(Result::unwrap).collect()
}

fn pick<'a>(record: &'a BTreeMap<String, String>, fields: &[&str]) -> Vec<&'a str> {
    fields.iter().map(|field| record[*field].as_str()).collect()
}

#[test]
fn what_columns_of_words_print_is_in_the_records_of_a_row() {
    let records = records();
    let fields = ["table_no", "table", "row_extra", "row_unit", "row_texts", "budget_unit"];
    let expected = ["1", "project", "货物；集中采购", "云溪县文化馆", "货物；集中采购", "云溪县文化馆"];
    assert_eq!(pick(&records[0], &fields), expected);
    assert_eq!(
        pick(&records[4], &["row_extra", "row_texts", "government_economic"]),
        ["群众文化活动经费", "货物；集中采购", "50205"]
    );
}

#[test]
fn a_column_of_unknown_meaning_is_certain_as_printed_and_has_no_coordinates() {
    let records = records();
    let fields = ["cell", "column", "column_id", "header", "value", "certainty", "source", "nature", "guess_source"];
    assert_eq!(
        pick(&records[2], &fields),
        ["d000:1:1:#2", "留给小企业", "", "其中/留给小企业", "3.00", "certain", "", "", ""]
    );
    assert_eq!(pick(&records[3], &fields), ["d000:1:1:#3", "绿色采购", "", "绿色采购", "0.40", "certain", "", "", ""]);
    assert_eq!(pick(&records[5], &["table_no", "table", "column", "value"]), ["2", "other", "件数", "7"]);
}

#[test]
fn last_year_is_told_from_this_year() {
    let records = records();
    let fields = ["column", "value", "year", "phase", "flow"];
    assert_eq!(pick(&records[0], &fields), ["合计(本年)", "12.50", "this", "", ""]);
    assert_eq!(pick(&records[1], &fields), ["合计(上年)", "11.00", "last", "", ""]);
}

#[test]
fn figures_in_doubt_have_their_axes_among_the_guesses() {
    let mut disclosure = disclosure();
    disclosure.tables[0].doubts = Doubts::of(Aspect::Unit);
    let (files, _) = sample::export("csv", &disclosure, ExportOptions::default());
    let mut reader = csv::Reader::from_reader(files["tables.csv"].as_slice());
    let records: Vec<BTreeMap<String, String>> = reader.deserialize().map(Result::unwrap).collect();
    assert_eq!(pick(&records[1], &["year", "guess_year", "guess_column_id"]), ["", "last", "total-last"]);
    assert_eq!(
        pick(&records[4], &["government_economic", "guess_government_economic", "guess_budget_unit"]),
        ["", "50205", "云溪县文化馆"]
    );
    assert_eq!(pick(&records[2], &["certainty", "guess_column_id", "guess_source"]), ["doubtful", "", ""]);
}

#[test]
fn the_page_of_sheets_that_are_named_as_pages_is_in_their_names() {
    let mut disclosure = disclosure();
    disclosure.sheets = vec!["p4".to_owned(), "p6".to_owned()];
    disclosure.tables[1].rows[0].cells[0].amount.place = Place::Cell { sheet: 1, row: 3, column: 2 };
    let (files, _) = sample::export("csv", &disclosure, ExportOptions::default());
    let mut reader = csv::Reader::from_reader(files["tables.csv"].as_slice());
    let record: BTreeMap<String, String> = reader.deserialize().last().unwrap().unwrap();
    assert_eq!(pick(&record, &["page", "line", "sheet"]), ["6", "3", "p6"]);
}

#[test]
fn a_workbook_shows_every_column_under_its_printed_header() {
    let (mut files, _) = sample::export("xlsx", &disclosure(), ExportOptions::default());
    let mut book = Xlsx::new(Cursor::new(files.remove("d000.xlsx").unwrap())).unwrap();
    assert_eq!(book.sheet_names()[..2], ["表1 项目支出预算表", "表2 其他表"]);
    let shown = |book: &mut Xlsx<_>, name: &str, rows: std::ops::Range<usize>| -> Vec<Vec<String>> {
        let sheet = book.worksheet_range(name).unwrap();
        let line = |row: &[calamine::Data]| row.iter().map(ToString::to_string).collect();
        sheet.rows().skip(rows.start).take(rows.len()).map(line).collect()
    };
    assert_eq!(
        shown(&mut book, "表1 项目支出预算表", 2..6),
        [
            vec!["项目", "单位名称", "项目名称", "采购类别", "组织形式", "合计", "", "其中", "绿色采购"],
            vec!["", "", "", "", "", "本年", "上年", "留给小企业", ""],
            vec!["※", "※", "※", "※", "※", "1", "2", "3", "4"],
            vec!["A02010000 信息化设备", "云溪县文化馆", "", "货物", "集中采购", "12.5", "11", "3", "0.4"],
        ]
    );
    let words = shown(&mut book, "表2 其他表", 2..5);
    assert_eq!(words, [vec!["项目", "件数"], vec!["※", "1"], vec!["书画", "7"]]);
}

#[test]
fn json_brings_everything_back() {
    let disclosure = disclosure();
    let (files, _) = sample::export("json", &disclosure, ExportOptions::default());
    assert_eq!(from_json(&files["d000.json"]).unwrap().1, disclosure);
}
