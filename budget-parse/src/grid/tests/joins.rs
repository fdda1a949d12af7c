//! Tables over several pages: what their pieces are joined by, and what stays apart.

use budget_model::{DiagnosticCode, JoinBy, Place};

use super::{grid, read_grids, shown};

const FIRST: &str = "支出总体情况表\n科目编码|科目名称|合计|基本支出|项目支出\n总计||=7.10|=5.10|=2.00\n207|文化旅游体育与传媒支出|=4.10|=3.10|=1.00";

/// What the second of two pages is joined by, and whether that is certain.
fn joined(first: &'static str, second: &'static str) -> Vec<(JoinBy, bool)> {
    let (tables, diagnostics, _) = read_grids([grid(0, first), grid(1, second)]);
    assert_eq!(tables.len(), 1, "{diagnostics:?}");
    tables[0].joins.iter().map(|join| (join.by, join.is_certain)).collect()
}

#[test]
fn each_piece_says_what_it_was_joined_by() {
    let header = "科目编码|科目名称|合计|基本支出|项目支出\n208|社会保障和就业支出|=3.00|=2.00|=1.00";
    assert_eq!(joined(FIRST, header), [(JoinBy::Header, true)]);
    let bare = "208|社会保障和就业支出|=3.00|=2.00|=1.00";
    assert_eq!(joined(FIRST, bare), [(JoinBy::Tracks, true)]);
    let few = "208|社会保障和就业支出|=3.00|=2.00";
    assert_eq!(joined(FIRST, few), [(JoinBy::Tracks, true)]);
}

#[test]
fn a_join_has_the_place_where_its_piece_begins() {
    let (tables, ..) = read_grids([grid(0, FIRST), grid(1, "208|社会保障和就业支出|=3.00|=2.00|=1.00")]);
    let places: Vec<_> = tables[0].joins.iter().map(|join| join.place).collect();
    assert_eq!(places, [Place::Cell { sheet: 1, row: 1, column: 1 }]);
}

const LEFT: &str = "项目支出预算表\n科目编码|科目名称|合计|一般公共预算\n207|文化旅游体育与传媒支出|=6.00|=4.00\n20701|文化和旅游|=6.00|=4.00\n2070109|群众文化|=6.00|=4.00";

#[test]
fn two_halves_of_a_wide_table_are_one_where_their_rows_are_the_same() {
    let right = "科目编码|科目名称|政府性基金预算|事业收入\n207|文化旅游体育与传媒支出|=1.50|=0.50\n20701|文化和旅游|=1.50|=0.50\n2070109|群众文化|=1.50|=0.50";
    let (tables, diagnostics, _) = read_grids([grid(0, LEFT), grid(1, right)]);
    assert_eq!(tables.len(), 1, "{diagnostics:?}");
    assert_eq!(tables[0].joins.iter().map(|join| join.by).collect::<Vec<_>>(), [JoinBy::RowLabels]);
    assert_eq!(tables[0].columns.len(), 4);
    assert_eq!(tables[0].rows.len(), 3);
    assert!(
        shown(&tables[0])[2].ends_with("=4.00 government-fund=1.50 business-income=0.50"),
        "{:?}",
        shown(&tables[0])
    );
    assert_eq!(tables[0].certain_count(), 12);
}

#[test]
fn halves_over_several_pages_are_put_together_page_by_page() {
    let more = "科目编码|科目名称|合计|一般公共预算\n208|社会保障和就业支出|=3.00|=2.00\n20805|行政事业单位养老支出|=3.00|=2.00\n2080505|机关事业单位基本养老保险缴费支出|=3.00|=2.00";
    let right = "科目编码|科目名称|政府性基金预算|事业收入\n207|文化旅游体育与传媒支出|=1.50|=0.50\n20701|文化和旅游|=1.50|=0.50\n2070109|群众文化|=1.50|=0.50";
    let rest = "科目编码|科目名称|政府性基金预算|事业收入\n208|社会保障和就业支出|=1.00|=0.00\n20805|行政事业单位养老支出|=1.00|=0.00\n2080505|机关事业单位基本养老保险缴费支出|=1.00|=0.00";
    for order in [[LEFT, more, right, rest], [LEFT, right, more, rest]] {
        let (tables, diagnostics, _) = read_grids((0..).zip(order).map(|(sheet, text)| grid(sheet, text)));
        assert_eq!(tables.len(), 1, "{diagnostics:?}");
        assert_eq!((tables[0].rows.len(), tables[0].columns.len(), tables[0].joins.len()), (6, 4, 3));
        assert_eq!(tables[0].certain_count(), 24);
    }
}

#[test]
fn a_table_with_as_many_other_rows_stays_apart_and_that_is_said() {
    let other = "科目编码|科目名称|政府性基金预算|事业收入\n208|社会保障和就业支出|=1.50|=0.50\n20805|行政事业单位养老支出|=1.50|=0.50\n2080505|机关事业单位基本养老保险缴费支出|=1.50|=0.50";
    let (tables, diagnostics, _) = read_grids([grid(0, LEFT), grid(1, other)]);
    assert_eq!(tables.len(), 2);
    assert!(tables.iter().all(|table| table.joins.is_empty()));
    assert!(diagnostics.iter().any(|found| found.code == DiagnosticCode::TableHalf), "{diagnostics:?}");
}
