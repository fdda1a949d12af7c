//! Tables of an invented department, as grids.

use std::borrow::Cow;

use budget_document::{Block, CellValue, Grid, GridCell, HiddenParts, Line};
use budget_model::{
    Diagnostic, DiagnosticCode, Operator, PerformanceKind, Place, Placement, Role, Side, Source, Table, TableKind, Unit,
};

mod around;
mod groups;
mod hostile;
mod joins;
mod records;
mod targets;

use super::read;
use crate::LayoutSet;

/// A grid of cells separated by `|`. A cell that begins with `=` is a number, with `!` an error value.
fn grid(sheet: u16, text: &'static str) -> Grid<'static> {
    let row = |(row, line): (usize, &'static str)| {
        let cell = move |(column, text): (usize, &'static str)| {
            let text = text.trim_matches(' ');
            let value = match (text.strip_prefix('='), text.strip_prefix('!')) {
                (Some(number), _) => CellValue::Number(number.parse().unwrap()),
                (_, Some(error)) => CellValue::Error(error.into()),
                _ if text.is_empty() => CellValue::Blank,
                _ => CellValue::Text(Cow::Borrowed(text)),
            };
            let (row, column) = (row as u32, column as u32);
            GridCell::new(row, column, value, Place::Cell { sheet, row: row + 1, column: column + 1 })
        };
        line.split('|').enumerate().map(cell)
    };
    Grid::new(text.lines().enumerate().flat_map(row).collect())
}

/// The same grid with merged ranges: first row and column, last row and column, from 0.
fn merged(grid: Grid<'static>, ranges: &[(u32, u32, u32, u32)]) -> Grid<'static> {
    let span = |cell: &GridCell<'static>| {
        let begins = |range: &&(u32, u32, u32, u32)| (range.0, range.1) == (cell.row, cell.column);
        let (top, left, bottom, right) = ranges.iter().find(begins)?;
        Some((bottom - top + 1, right - left + 1))
    };
    let cells = grid.cells().iter().cloned().map(|cell| match span(&cell) {
        Some((height, width)) => cell.spanning(height, width),
        None => cell,
    });
    Grid::new(cells.collect())
}

fn read_grids(grids: impl IntoIterator<Item = Grid<'static>>) -> (Vec<Table>, Vec<Diagnostic>, Vec<String>) {
    let blocks: Vec<Block<'_>> = grids.into_iter().map(Block::from).collect();
    let layouts = LayoutSet::built_in();
    let reading = read(&blocks, &layouts, Some(2025));
    assert_eq!(reading.ledger.unread.is_empty(), reading.ledger.characters == reading.ledger.characters_read);
    (reading.tables, reading.diagnostics, reading.prose.iter().map(|(_, line)| line.text.to_string()).collect())
}

fn one(grid: Grid<'static>) -> (Table, Vec<Diagnostic>) {
    let (mut tables, diagnostics, _) = read_grids([grid]);
    assert_eq!(tables.len(), 1, "{diagnostics:?}");
    (tables.remove(0), diagnostics)
}

/// `code label: column=value …` for each row.
fn shown(table: &Table) -> Vec<String> {
    let row = |row: &budget_model::Row| {
        let cells: Vec<_> = row
            .cells
            .iter()
            .map(|cell| format!("{}={}", table.columns[usize::from(cell.column)].id, cell.amount.value))
            .collect();
        let code = row.code.map(|code| code.to_string()).unwrap_or_default();
        let project = row.project.as_ref().map(|label| format!(" [{}]", label.text)).unwrap_or_default();
        format!("{code} {}{project}: {}", row.label.text, cells.join(" ")).trim().to_owned()
    };
    table.rows.iter().map(row).collect()
}

const EXPENDITURE: &str = "\
表3
部门支出总体情况表
编制部门：云溪县文化馆||||||单位：万元
科目||||支出预算||
功能分类科目编码|||功能分类科目名称|合计|基本支出|项目支出
类|款|项||||
※|※|※|※|1|2|3
总计||||=120.5|=100|=20.50
207|||文化旅游体育与传媒支出|=120.50|=100.00|=20.50
207|01|| 文化和旅游|1,20.50|=100.00|２０．５０
=207|=1|=9|群众文化|120.50|100.00|20.50";

fn expenditure() -> Grid<'static> {
    merged(
        grid(0, EXPENDITURE),
        &[
            (1, 0, 1, 6),
            (3, 0, 3, 3),
            (3, 4, 3, 6),
            (4, 0, 4, 2),
            (4, 3, 5, 3),
            (4, 4, 5, 4),
            (4, 5, 5, 5),
            (4, 6, 5, 6),
            (7, 0, 7, 3),
        ],
    )
}

#[test]
fn a_table_of_codes_is_read_with_its_caption_codes_and_columns() {
    let (table, diagnostics) = one(expenditure());
    assert_eq!(table.kind, TableKind::Expenditure);
    assert_eq!(table.number.as_ref().map(|label| label.text.as_str()), Some("表3"));
    assert_eq!(table.title.text, "部门支出总体情况表");
    assert_eq!(table.compiler.as_ref().map(|label| label.text.as_str()), Some("云溪县文化馆"));
    assert_eq!(table.unit, Unit::TenThousandYuan);
    assert_eq!(table.unit_place, Some(Place::Cell { sheet: 0, row: 3, column: 7 }));
    assert_eq!(
        shown(&table),
        [
            "总计: total=120.5 basic=100 project=20.50",
            "207 文化旅游体育与传媒支出: total=120.50 basic=100.00 project=20.50",
            "20701 文化和旅游: basic=100.00 project=20.50",
            "2070109 群众文化: total=120.50 basic=100.00 project=20.50",
        ]
    );
    assert_eq!(table.rows.iter().map(|row| row.part_of).collect::<Vec<_>>(), [None, Some(0), Some(1), Some(2)]);
    // 1,20.50 is no number: said so, with its place, and not read as another one.
    let [diagnostic] = diagnostics.as_slice() else { panic!("{diagnostics:?}") };
    assert_eq!(diagnostic.code, DiagnosticCode::NumberNotUnderstood);
    assert_eq!(diagnostic.arguments, ["1,20.50"]);
    assert_eq!(diagnostic.places, [Place::Cell { sheet: 0, row: 10, column: 5 }]);
}

#[test]
fn columns_are_found_by_their_words_in_any_order() {
    let (table, diagnostics) = one(grid(
        0,
        "支出总体情况表
功能分类科目名称|项目支出|基本支出|合计|科目编码
群众文化|=20.50|=100.00|=120.50|=2070109",
    ));
    assert_eq!(shown(&table), ["2070109 群众文化: project=20.50 basic=100.00 total=120.50"]);
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
}

#[test]
fn a_column_that_no_layout_has_is_read_from_its_words() {
    let (table, diagnostics) = one(grid(
        0,
        "支出总体情况表
科目编码|科目名称|合计|基本支出|项目支出|其他资金
2070109|群众文化|=12.00|=10.00|=2.00|=3.00",
    ));
    assert_eq!(shown(&table), ["2070109 群众文化: total=12.00 basic=10.00 project=2.00 other-funds=3.00"]);
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
}

#[test]
fn a_column_of_words_that_nobody_knows_is_kept_without_a_meaning_and_reported_once() {
    let (table, diagnostics) = one(grid(
        0,
        "支出总体情况表
科目编码|科目名称|合计|基本支出|项目支出|云溪统筹甲类
2070109|群众文化|=12.00|=10.00|=2.00|=3.00
2070199|其他文化和旅游支出|=1.00||=1.00|=0.50",
    ));
    let [.., unknown] = table.columns.as_slice() else { panic!("{:?}", table.columns) };
    assert_eq!((unknown.label.as_str(), unknown.is_known()), ("云溪统筹甲类", false));
    let [diagnostic] = diagnostics.as_slice() else { panic!("{diagnostics:?}") };
    assert_eq!(diagnostic.code, DiagnosticCode::ColumnUnknown);
    assert_eq!(diagnostic.arguments, ["支出总体情况表", "云溪统筹甲类", "1"]);
    // The figures are as certain as the others; what they are figures of is not said.
    assert_eq!(table.certain_count(), 7);
    let (row, cell) = (0, &table.rows[0].cells[3]);
    assert_eq!((cell.amount.value.to_string().as_str(), table.coordinates(row, cell)), ("3.00", None));
}

#[test]
fn a_table_has_the_columns_that_it_prints() {
    let (table, diagnostics) = one(grid(0, "支出总体情况表\n科目编码|科目名称|合计|项目支出\n207|文化|=12.00|=2.00"));
    assert_eq!(shown(&table), ["207 文化: total=12.00 project=2.00"]);
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
}

#[test]
fn two_sides_next_to_each_other_are_two_lists() {
    let (table, diagnostics) = one(merged(
        grid(
            0,
            "部门收支总体情况表
单位：万元
收入||支出|
项目|预算数|功能分类|预算数
一、本年收入|=15.00|201 一般公共服务支出|
1.一般公共预算拨款|=15.00|207 文化旅游体育与传媒支出|=15.00
收 入 总 计|=15.00|支 出 总 计|=15.00",
        ),
        &[(2, 0, 2, 1), (2, 2, 2, 3)],
    ));
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    let side = |side| table.rows.iter().filter(move |row| row.side == Some(side));
    assert_eq!(side(Side::Revenue).count(), 3);
    assert_eq!(side(Side::Expenditure).count(), 3);
    assert_eq!(
        shown(&table),
        [
            "一、本年收入: amount=15.00",
            "1.一般公共预算拨款: amount=15.00",
            "收入总计: amount=15.00",
            "201 一般公共服务支出:",
            "207 文化旅游体育与传媒支出: amount=15.00",
            "支出总计: amount=15.00",
        ]
    );
    assert_eq!(table.rows[1].dimensions.source, Some(Source::GeneralPublicBudget));
    assert_eq!(table.rows.iter().filter(|row| row.role == Role::Total).count(), 2);
}

#[test]
fn words_of_a_lower_level_are_told_apart_by_the_words_above() {
    let header = "上年结转结余情况明细表
项目|合计|财政拨款||||非财政拨款|||
||小计|基本支出||项目支出|小计|基本支出||项目支出
|||人员经费|公用经费|||人员经费|公用经费|
合计|=10.00|=6.00|=1.00|=2.00|=3.00|=4.00|=0.50|=1.50|=2.00";
    let ranges = [
        (1, 0, 3, 0),
        (1, 1, 3, 1),
        (1, 2, 1, 5),
        (1, 6, 1, 9),
        (2, 2, 3, 2),
        (2, 3, 2, 4),
        (2, 5, 3, 5),
        (2, 6, 3, 6),
        (2, 7, 2, 8),
        (2, 9, 3, 9),
    ];
    let expected = ["合计: total=10.00 appropriation=6.00 appropriation-personnel=1.00 appropriation-operating=2.00 \
                     appropriation-project=3.00 other=4.00 other-personnel=0.50 other-operating=1.50 other-project=2.00"];
    let (table, diagnostics) = one(merged(grid(0, header), &ranges));
    assert_eq!(shown(&table), expected);
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    // The same without merged cells, as in a Markdown table.
    let (table, diagnostics) = one(grid(0, header));
    assert_eq!(shown(&table), expected);
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
}

#[test]
fn a_level_of_the_header_may_have_words_that_the_form_does_not_have() {
    let text = "支出总体情况表
科目||||支出预算||
功能分类||||当年安排数||
功能分类科目编码|||功能分类科目名称|合计|基本支出|项目支出
类|款|项||||
207|01|09|群众文化|=12.00|=10.00|=2.00";
    let ranges = [(1, 0, 1, 3), (1, 4, 1, 6), (2, 0, 2, 3), (2, 4, 2, 6), (3, 0, 3, 2)];
    let down = [(3, 3, 4, 3), (3, 4, 4, 4), (3, 5, 4, 5), (3, 6, 4, 6)];
    let (table, diagnostics) = one(merged(grid(0, text), &[&ranges[..], &down].concat()));
    assert_eq!(shown(&table), ["2070109 群众文化: total=12.00 basic=10.00 project=2.00"]);
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
}

#[test]
fn words_that_could_be_several_columns_are_none() {
    let (table, diagnostics) = one(grid(0, "上年结转结余情况明细表\n项目|合计|小计|小计\n合计|=10.00|=6.00|=4.00"));
    assert_eq!(shown(&table), ["合计: total=10.00 =6.00 =4.00"]);
    let [diagnostic] = diagnostics.as_slice() else { panic!("{diagnostics:?}") };
    assert_eq!((diagnostic.code, diagnostic.arguments[2].as_str()), (DiagnosticCode::ColumnUnknown, "2"));
}

#[test]
fn a_subtotal_of_the_year_is_no_money_of_the_source_above_it() {
    let text = "收支预算总表
收入||支出|
项目|预算数|项目|预算数
一、财政拨款|=18.00|一、基本支出|=12.00
二、财政专户管理资金||二、项目支出|=8.00
三、其他资金|=2.00||
当年收入小计|=20.00|当年支出小计|=20.00
上年结转资金|=1.00|结转下年资金|=1.00
收入合计|=21.00|支出合计|=21.00";
    let (table, _) = one(merged(grid(0, text), &[(1, 0, 1, 1), (1, 2, 1, 3)]));
    let source =
        |label: &str| table.rows.iter().find(|row| row.label.text == label).and_then(|row| row.dimensions.source);
    assert_eq!(source("三、其他资金"), Some(Source::OtherFunds));
    assert_eq!(source("当年收入小计"), Some(Source::CurrentYear));
    assert_eq!(source("上年结转资金"), Some(Source::CarryOver));
}

#[test]
fn projects_stand_below_units_and_codes() {
    let (table, diagnostics) = one(merged(
        grid(
            0,
            "一般公共预算项目支出情况表
编制部门：云溪县文化馆|单位：万元
科目编码|||功能分类科目名称|项目名称|项目支出合计|商品和服务支出|资本性支出（基本建设）
类|款|项|||||
总计|||||=30.00|=20.00|=10.00
云溪县文化馆|||||=30.00|=20.00|=10.00
207|||文化旅游体育与传媒支出||=30.00|=20.00|=10.00
207|01|09|群众文化|送戏下乡|=20.00|=20.00|—
||||文化馆维修|=10.00||=10.00",
        ),
        &[
            (2, 0, 2, 2),
            (2, 3, 3, 3),
            (2, 4, 3, 4),
            (2, 5, 3, 5),
            (2, 6, 3, 6),
            (2, 7, 3, 7),
            (7, 0, 8, 0),
            (7, 1, 8, 1),
            (7, 2, 8, 2),
            (7, 3, 8, 3),
        ],
    ));
    assert_eq!(
        shown(&table),
        [
            "总计: total=30.00 economic-302=20.00 economic-309=10.00",
            "云溪县文化馆: total=30.00 economic-302=20.00 economic-309=10.00",
            "207 文化旅游体育与传媒支出: total=30.00 economic-302=20.00 economic-309=10.00",
            "2070109 群众文化 [送戏下乡]: total=20.00 economic-302=20.00",
            "2070109 群众文化 [文化馆维修]: total=10.00 economic-309=10.00",
        ]
    );
    assert_eq!(
        table.rows.iter().map(|row| row.part_of).collect::<Vec<_>>(),
        [None, Some(0), Some(1), Some(2), Some(2)]
    );
    // Eight economic classes of the form have no column here.
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
}

#[test]
fn a_comment_that_names_possible_columns_makes_a_figure_ambiguous() {
    let text = "支出总体情况表\n科目编码|科目名称|合计|基本支出|项目支出\n207|文化旅游体育与传媒支出|=4.10|=4.10";
    let noted = |note: &'static str| {
        let cells = grid(0, text).cells().to_vec().into_iter().map(|cell| match (cell.row, cell.column) {
            (2, 3) => cell.with_note(note),
            _ => cell,
        });
        Grid::new(cells.collect())
    };
    let placement = |note| one(noted(note)).0.rows[0].cells[1].placement.clone();
    assert_eq!(
        placement("此数归栏不确定，可能的栏目：基本支出、项目支出\nor so"),
        Placement::Ambiguous { candidates: vec![1, 2] }
    );
    assert_eq!(
        placement("此数归栏不确定，可能的栏目：基本支出、项目支出\nor so\n检查结果\n错误：4.10 与他处不符"),
        Placement::Ambiguous { candidates: vec![1, 2] }
    );
    let others = [
        "已核对",
        "此数归栏不确定，可能的栏目：项目支出",
        "此数归栏不确定，可能的栏目：基本支出、其他",
        "检查结果\n警告：此数归栏不确定，可能的栏目：基本支出、项目支出",
    ];
    for other in others {
        assert_eq!(placement(other), Placement::Printed, "{other}");
    }
}

#[test]
fn a_header_that_is_printed_again_is_no_row() {
    let (table, diagnostics) = one(grid(
        0,
        "支出总体情况表
科目编码|科目名称|合计|基本支出|项目支出
※|※|1|2|3
207|文化旅游体育与传媒支出|=4.10|=3.10|=1.00
科目编码|科目名称|合计|基本支出|项目支出
※|※|1|2|3
208|社会保障和就业支出|=3.00|=2.00|=1.00",
    ));
    assert_eq!(table.rows.len(), 2);
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
}

#[test]
fn a_table_that_is_declared_empty_keeps_the_sentence() {
    let sentence = "云溪县文化馆2025年没有使用政府性基金预算拨款安排的支出，政府性基金预算支出情况表为空表。";
    let (table, diagnostics) = one(grid(
        0,
        "政府性基金预算支出情况表
科目编码|科目名称|合计|人员经费|公用经费|项目支出
云溪县文化馆2025年没有使用政府性基金预算拨款安排的支出，政府性基金预算支出情况表为空表。",
    ));
    assert_eq!(table.declared_empty.map(|label| label.text).as_deref(), Some(sentence));
    assert!(table.rows.is_empty());
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
}

#[test]
fn an_error_value_is_reported_with_its_cell() {
    let (table, diagnostics) =
        one(grid(0, "支出总体情况表\n科目编码|科目名称|合计|基本支出|项目支出\n207|文化|!#REF!|=3.10|=1.00"));
    assert_eq!(shown(&table), ["207 文化: basic=3.10 project=1.00"]);
    let [diagnostic] = diagnostics.as_slice() else { panic!("{diagnostics:?}") };
    assert_eq!(
        (diagnostic.code, diagnostic.places.as_slice()),
        (DiagnosticCode::ErrorCell, &[Place::Cell { sheet: 0, row: 3, column: 3 }][..])
    );
}

#[test]
fn a_table_without_a_title_is_known_by_its_header_or_is_any() {
    let text =
        "科目||支出预算||\n科目编码|科目名称|合计|基本支出|项目支出\n207|文化旅游体育与传媒支出|=4.10|=3.10|=1.00";
    let (tables, ..) = read_grids([merged(grid(0, text), &[(0, 0, 0, 1), (0, 2, 0, 4)])]);
    assert_eq!(tables.iter().map(|table| table.kind).collect::<Vec<_>>(), [TableKind::Expenditure]);
    let (tables, ..) = read_grids([grid(0, "科目编码|科目名称|合计|基本支出|人员经费\n207|文化|=4.10|=3.10|=1.00")]);
    assert_eq!(tables.iter().map(|table| table.kind).collect::<Vec<_>>(), [TableKind::Other]);
    let (tables, _, prose) = read_grids([grid(0, "甲|乙|丙\n一|=4.10|=3.10")]);
    assert!(tables.is_empty());
    assert_eq!(prose, ["甲 乙 丙", "一 4.10 3.10"]);
}

proptest::proptest! {
    #[test]
    fn any_cells_are_read_without_panic(
        cells in proptest::collection::vec(
            proptest::collection::vec("(表1|支出总体情况表|部门收支总体情况表|科目编码|科目名称|类|款|项|合计|项目|预算数|收入|支出|基本支出|小计|※|[0-9]{1,8}|单位：万元|编制部门：|为空表。|…|\\PC{0,6})", 0..7), 0..14),
        merges in proptest::collection::vec((0u32..16, 0u32..9, 0u32..16, 0u32..9), 0..6),
    ) {
        let place = Place::Cell { sheet: 0, row: 1, column: 1 };
        let mut made: Vec<GridCell<'_>> = merges.into_iter()
            .map(|(row, column, height, width)| GridCell::new(row, column, CellValue::Blank, place).spanning(height, width))
            .collect();
        for (row, texts) in (0..).zip(cells) {
            for (column, text) in (0..).zip(texts) {
                match made.iter_mut().find(|cell| (cell.row, cell.column) == (row, column)) {
                    Some(cell) => cell.value = CellValue::text(text),
                    None => made.push(GridCell::new(row, column, CellValue::text(text), place)),
                }
            }
        }
        let blocks = [Block::from(Grid::new(made))];
        let layouts = LayoutSet::built_in();
        let reading = read(&blocks, &layouts, None);
        assert!(reading.ledger.characters_read <= reading.ledger.characters);
    }
}
