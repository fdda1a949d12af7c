use super::*;
use crate::{Amount, Cell, Code, Column, PerformanceKind, PerformanceTable, Placement, Row, Section, TableKind};

fn at(line: u32, column: u32) -> Place {
    Place::Text { page: 1, line, column }
}

/// A row with its name and a figure in one line.
fn row(role: Role, side: Option<Side>, part_of: Option<u32>, line: u32, column: u32) -> Row {
    let mut row = Row::new(role, Label::new("行政运行", at(line, column)));
    (row.side, row.part_of) = (side, part_of);
    let amount = Amount { value: 17.into(), place: at(line, column + 20) };
    row.cells.push(Cell::new(0, amount, Placement::Printed));
    row
}

/// A title in line 10, a total in line 12, a class with two groups in the lines 14, 16 and 18, another class in line 20.
fn table() -> Table {
    let mut table = Table::new(TableKind::Expenditure, Label::new("支出总表", at(10, 1)));
    table.columns = vec![Column::new("total", "合计"), Column::new("project", "项目支出")];
    table.rows = vec![
        row(Role::Total, None, None, 12, 1),
        row(Role::Class, None, Some(0), 14, 1),
        row(Role::Group, None, Some(1), 16, 1),
        row(Role::Group, None, Some(1), 18, 1),
        row(Role::Class, None, Some(0), 20, 1),
    ];
    table.rows[1].code = Code::from_number(208);
    table
}

fn unread(places: &[(&str, Place)]) -> Vec<Diagnostic> {
    let one = |(text, place): &(&str, Place)| Diagnostic::new(DiagnosticCode::NumberNotUnderstood, [*text]).at(*place);
    places.iter().map(one).collect()
}

fn disclosure(table: Table, diagnostics: Vec<Diagnostic>) -> Disclosure {
    Disclosure { tables: vec![table], diagnostics, ..Disclosure::default() }
}

/// The gaps of the first table: text, rows and wholes.
fn listed(gaps: &Gaps<'_>) -> Vec<(String, Vec<u32>, Vec<u32>)> {
    gaps.of_table(0).map(|gap| (gap.label.text.clone(), gap.rows.to_vec(), gap.wholes)).collect()
}

fn text(label: Option<impl std::borrow::Borrow<Label>>) -> Option<String> {
    label.map(|label| label.borrow().text.clone())
}

#[test]
fn what_stands_in_the_line_of_a_row_is_in_that_row_and_in_any_of_its_columns() {
    let disclosure = disclosure(table(), unread(&[("1 7", at(16, 10))]));
    let gaps = disclosure.gaps();
    assert_eq!(listed(&gaps), [("1 7".to_owned(), vec![2], vec![])]);
    assert_eq!(text(gaps.in_row(0, 2)).as_deref(), Some("1 7"));
    assert_eq!(text(gaps.at(0, 2, 0)), text(gaps.at(0, 2, 1)));
    assert_eq!((gaps.in_row(0, 1), gaps.below(0, 1), gaps.below(0, 2)), (None, None, None));
    assert_eq!(text(gaps.in_table(0)).as_deref(), Some("1 7"));
}

#[test]
fn what_stands_between_rows_may_be_part_of_both_of_their_wholes_and_of_the_total() {
    let disclosure = disclosure(table(), unread(&[("1.7.", at(17, 10)), ("2.9.", at(19, 1))]));
    let gaps = disclosure.gaps();
    let expected = [("1.7.".to_owned(), vec![], vec![0, 1, 2, 3]), ("2.9.".to_owned(), vec![], vec![0, 1, 3, 4])];
    assert_eq!(listed(&gaps), expected);
    let below: Vec<_> = (0..5).map(|row| text(gaps.below(0, row))).collect();
    assert_eq!(below.iter().flatten().collect::<Vec<_>>(), ["1.7.", "1.7.", "1.7.", "1.7.", "2.9."]);
    assert!((0..5).all(|row| gaps.in_row(0, row).is_none()));
}

#[test]
fn what_a_row_lists_itself_has_its_column_and_is_not_listed_again() {
    let mut table = table();
    table.rows[2].unread.push(Unread::new(Some(1), "#REF!", at(16, 30)));
    let disclosure = disclosure(table, unread(&[("#REF!", at(16, 30)), ("1 7", at(18, 10)), ("1 7", at(18, 10))]));
    let gaps = disclosure.gaps();
    assert_eq!(listed(&gaps), [("1 7".to_owned(), vec![3], vec![])]);
    assert_eq!(text(gaps.at(0, 2, 1)).as_deref(), Some("#REF!"));
    assert_eq!(text(gaps.in_table(0)).as_deref(), Some("#REF!"));
}

#[test]
fn a_line_of_two_sides_is_one_of_each() {
    let mut table = table();
    let [revenue, expenditure] = [Side::Revenue, Side::Expenditure].map(Some);
    table.rows = vec![
        row(Role::Label, revenue, None, 12, 1),
        row(Role::Label, revenue, None, 14, 1),
        row(Role::Total, revenue, None, 18, 1),
        row(Role::Label, expenditure, None, 14, 40),
        row(Role::Total, expenditure, None, 18, 40),
    ];
    let disclosure = disclosure(table, unread(&[("1 7", at(14, 30)), ("2 9", at(12, 60))]));
    let gaps = disclosure.gaps();
    let expected = [("1 7".to_owned(), vec![1, 3], vec![]), ("2 9".to_owned(), vec![0], vec![3, 4])];
    assert_eq!(listed(&gaps), expected);
    assert_eq!((gaps.below(0, 2), text(gaps.below(0, 4)).as_deref()), (None, Some("2 9")));
}

#[test]
fn a_table_that_is_cut_lost_something_behind_its_last_row() {
    let cut = Diagnostic::new(DiagnosticCode::TableCut, ["支出总表"]).at(at(10, 1));
    let disclosure = disclosure(table(), vec![cut]);
    assert_eq!(listed(&disclosure.gaps()), [("支出总表".to_owned(), vec![], vec![0, 4])]);
}

#[test]
fn other_diagnostics_and_other_places_are_no_gaps_of_a_table() {
    let mut diagnostics = unread(&[("1 7", at(9, 1)), ("2 9", at(31, 1))]);
    diagnostics.push(Diagnostic::new(DiagnosticCode::TextNotUnderstood, ["备注"]).at(at(16, 10)));
    let mut disclosure = disclosure(table(), diagnostics);
    let section = |path: &str, line| Section {
        path: path.to_owned(),
        heading: Label::new("收支情况", at(line, 1)),
        unit: None,
        paragraphs: Vec::new(),
    };
    disclosure.sections = vec![section("3.一", 30), section("3.一.(一)", 32), section("3.二", 34)];
    disclosure.performance = vec![PerformanceTable::new(PerformanceKind::Project, Label::new("绩效目标表", at(40, 1)))];
    let gaps = disclosure.gaps();
    assert!(listed(&gaps).is_empty() && gaps.in_table(0).is_none());
    assert_eq!(text(gaps.in_list(at(33, 1))).as_deref(), Some("2 9"), "a section with all below it");
    assert!(gaps.in_list(at(35, 1)).is_none() && gaps.in_list(at(41, 1)).is_none() && gaps.in_list(at(1, 1)).is_none());
}

#[test]
fn what_does_not_exist_has_no_gaps() {
    let disclosure = Disclosure::default();
    let gaps = disclosure.gaps();
    assert_eq!((gaps.at(0, 0, 0), gaps.in_row(0, 0), gaps.below(0, 0), gaps.in_table(0)), (None, None, None, None));
    assert_eq!(gaps.of_table(0).count(), 0);
}
