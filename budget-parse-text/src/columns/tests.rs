//! Texts of invented departments whose columns are kept by blanks.

use budget_document::{Block, CellValue, Grid, Limits, Mark, Track};
use budget_model::Place;
use proptest::prelude::*;

use super::blocks;
use crate::lines::lines;

fn read(text: &str) -> Vec<Block<'_>> {
    blocks(lines(text, 10_000).unwrap(), &Limits::default()).unwrap()
}

/// Lines as they are, rows of grids as `column:text`, with the columns that a cell reaches over as `first-last`, and `?` where
/// that is not known.
fn shown(text: &str) -> Vec<String> {
    let mut shown = Vec::new();
    for block in read(text) {
        match block {
            Block::Line(line) => shown.push(line.text.trim().to_owned()),
            Block::Grid(grid) => shown.extend((0..grid.rows()).map(|row| self::row(&grid, row))),
        }
    }
    shown
}

fn row(grid: &Grid<'_>, row: u32) -> String {
    let cell = |cell: &budget_document::GridCell<'_>| {
        let CellValue::Text(text) = &cell.value else { panic!("{cell:?}") };
        let reach = match (cell.width, cell.mark) {
            (1, Some(Mark::MayReachFurther)) => "?".to_owned(),
            (1, _) => String::new(),
            (width, _) => format!("-{}", cell.column + width - 1),
        };
        format!("{}{reach}:{text}", cell.column)
    };
    grid.row(row).iter().map(cell).collect::<Vec<_>>().join(" | ")
}

#[test]
fn a_table_of_pdftotext_is_a_grid_and_its_title_and_caption_are_lines() {
    let text = "\u{20}           支出预算总表\n\
        公开表3\n\
        部门：云溪县文化馆                               单位：万元\n\
        \n\
        \u{20} 科目编码        科目名称         合计            基本支出          项目支出\n\
        \n\
        \u{20}               合计            120.50        100.00         20.50\n\
        \n\
        207         文化旅游体育与传媒支出       108.50         88.00         20.50\n\
        \n\
        20701        文化和旅游            108.50         88.00         20.50\n\
        \n\
        208         社会保障和就业支出          12.00         12.00\n\
        \n\
        \u{20}                           - 3 -\n";
    assert_eq!(
        shown(text),
        [
            "支出预算总表",
            "公开表3",
            "部门：云溪县文化馆                               单位：万元",
            "0:科目编码 | 1:科目名称 | 2:合计 | 3:基本支出 | 4:项目支出",
            "1:合计 | 2:120.50 | 3:100.00 | 4:20.50",
            "0:207 | 1:文化旅游体育与传媒支出 | 2:108.50 | 3:88.00 | 4:20.50",
            "0:20701 | 1:文化和旅游 | 2:108.50 | 3:88.00 | 4:20.50",
            "0:208 | 1:社会保障和就业支出 | 2:12.00 | 3:12.00",
            "- 3 -",
        ]
    );
    let blocks = read(text);
    let grid = blocks.iter().find_map(Block::grid).unwrap();
    assert_eq!(grid.page(), Some(1));
    assert_eq!(grid.at(3, 0).unwrap().place, Place::Text { page: 1, line: 11, column: 1 });
    assert_eq!(grid.at(2, 2).unwrap().place, Place::Text { page: 1, line: 9, column: 31 });
    let tracks = grid.column_tracks();
    assert_eq!(tracks.len(), 5);
    assert!(tracks.windows(2).all(|two| two[0].to < two[1].from && two[0].from < two[0].to), "{tracks:?}");
    assert_eq!(tracks[0].from % Track::CHARACTER, 0);
}

#[test]
fn a_word_in_the_middle_above_several_columns_reaches_over_them() {
    // Full-width characters take two cells here.
    let text = "\u{20}                                     其中\n\
        \u{20} 科目名称        合计       基本支出    项目支出\n\
        文化馆            120.50      100.00       20.50\n\
        图书馆             12.00       12.00\n";
    assert_eq!(shown(text)[0], "其中", "what stands above the first row without a caption may be a title");
    let text = ["单位：万元                              单位：万元\n", text].concat();
    assert_eq!(
        shown(&text)[1..],
        [
            "2-3:其中",
            "0:科目名称 | 1:合计 | 2:基本支出 | 3:项目支出",
            "0:文化馆 | 1:120.50 | 2:100.00 | 3:20.50",
            "0:图书馆 | 1:12.00 | 2:12.00",
        ]
    );
}

#[test]
fn where_a_word_of_the_header_ends_is_not_known_unless_it_stands_in_the_middle() {
    let text = "部门：云溪县文化馆                         单位：万元\n\
        项目                  其中                              备注\n\
        \u{20}       合计        人员经费      公用经费\n\
        文化馆   120.50      100.00       20.50      无\n\
        图书馆    12.00       10.00        2.00      无\n";
    let rows = shown(text);
    assert!(rows[1].contains("?:其中"), "{rows:?}");
}

#[test]
fn a_text_that_keeps_no_columns_stays_as_it_is() {
    let text = "支出总体情况表\n编制部门：云溪县文化馆 单位：万元\n科目编码 功能分类科目名称 合计 基本支出 项目支出\n\
        总计   120.00 100.00 20.00\n207   文化旅游体育与传媒支出 120.00 100.00 20.00\n207 01   文化和旅游 120.00 100.00 20.00\n";
    let blocks = read(text);
    let seen: Vec<&str> = blocks.iter().map(|block| block.line().unwrap().text.as_ref()).collect();
    assert_eq!(seen, text.lines().collect::<Vec<_>>());
}

#[test]
fn numbers_of_any_characters_tell_whether_columns_are_kept() {
    for text in [
        "２０７   文化旅游体育与传媒支出 １３０．８５ ３５．２８ ６６．１７\n２０７ ０１   文化和旅游 １３０．８５ ３５．２８ ６６．１７\n",
        "207   文化旅游体育与传媒支出 13085 3528 6617\n207 01   文化和旅游 13085 3528 6617\n",
    ] {
        assert!(read(text).iter().all(|block| block.grid().is_none()), "{text}");
    }
}

#[test]
fn an_amount_is_a_cell_even_if_the_next_one_is_a_blank_away() {
    let text = "项目                  预算数            项目                    预算数\n\
        一、一般公共预算资金       98,098.87 一、一般公共服务支出           68,654.28\n\
        二、政府性基金预算资金                 二、外交支出\n\
        三、国有资本经营预算资金          1.00 三、文化支出               29,445.59\n\
        收入总计             98,099.87 支出总计                  98,099.87\n";
    let rows = shown(text);
    assert_eq!(rows[1], "0:一、一般公共预算资金 | 1:98,098.87 | 2:一、一般公共服务支出 | 3:68,654.28");
    assert_eq!(rows[2], "0:二、政府性基金预算资金 | 2:二、外交支出");
    assert_eq!(rows[4], "0:收入总计 | 1:98,099.87 | 2:支出总计 | 3:98,099.87");
}

#[test]
fn a_title_between_two_tables_parts_them() {
    let text = "项目          金额\n收入合计     33.15\n财政拨款     30.15\n其他收入      3.00\n\n\
        二、2025年度云溪县文化馆支出预算总表\n\n\
        项目          金额\n支出合计     33.15\n基本支出     30.15\n项目支出      3.00\n";
    let blocks = read(text);
    let kinds: Vec<bool> = blocks.iter().map(|block| block.grid().is_some()).collect();
    assert_eq!(kinds, [true, false, true]);
}

#[test]
fn numbers_that_stand_below_nothing_of_each_other_are_columns_of_their_own() {
    let text = "\u{20} 类      款     项           科目名称          合计          基本支出        项目支出\n\
        \u{20} 207               文化旅游体育与传媒支出             12.00       12.00\n\
        \u{20}        01          文化和旅游                  12.00       12.00\n\
        \u{20}              09     群众文化                  12.00       12.00\n\
        \u{20} 229               其他支出                     3.00                    3.00\n";
    let rows = shown(text);
    assert_eq!(rows[0], "0:类 | 1:款 | 2:项 | 3:科目名称 | 4:合计 | 5:基本支出 | 6:项目支出");
    assert_eq!(rows[2], "1:01 | 3:文化和旅游 | 4:12.00 | 5:12.00");
    assert_eq!(rows[3], "2:09 | 3:群众文化 | 4:12.00 | 5:12.00");
    assert_eq!(rows[4], "0:229 | 3:其他支出 | 4:3.00 | 6:3.00");
}

#[test]
fn figures_in_two_lines_are_no_grid() {
    let text = "科目名称      总计        人员经费\n工资福利支出   5,293     5,293\n            .75       .75\n\
        基本工资      110.24    110.24\n津贴补贴      4,890.66  4,890.66\n";
    assert!(read(text).iter().all(|block| block.grid().is_none()));
}

#[test]
fn lists_without_figures_are_no_grids() {
    for text in [
        "目录\n第一部分   部门概况      1\n第二部分   部门预算表     3\n第三部分   情况说明      12\n",
        "1      云溪县文化馆\n2      云溪县图书馆\n3      云溪县博物馆\n",
        "第一部分   部门概况\n第二部分   部门预算表\n第三部分   情况说明\n",
        "云溪县文化馆   2025年预算120.50万元\n其中：   基本支出100万元\n",
    ] {
        assert!(read(text).iter().all(|block| block.grid().is_none()), "{text}");
    }
}

#[test]
fn lines_of_a_page_are_no_rows_of_the_next() {
    let table = "项目          金额\n收入合计     33.15\n财政拨款     30.15\n其他收入      3.00\n";
    let text = [table, "\x0c", table].concat();
    let blocks = read(&text);
    let pages: Vec<_> = blocks.iter().map(|block| block.grid().and_then(Grid::page)).collect();
    assert_eq!(pages, [Some(1), Some(2)]);
}

#[test]
fn a_hundred_thousand_rows_and_very_wide_lines_are_read_in_parts() {
    let text = "文化馆     12.00      11.00\n".repeat(100_000);
    let lines = lines(&text, 200_000).unwrap();
    let blocks = blocks(lines, &Limits::default()).unwrap();
    assert!(blocks.len() <= 101 && blocks.iter().all(|block| block.grid().is_some()));
    let wide = "文化馆     12.00  ".repeat(100_000);
    assert_eq!(read(&wide).len(), 1);
    let few = Limits::default().with_cells(1_000);
    assert_eq!(super::blocks(self::lines(&text, 200_000).unwrap(), &few).unwrap().len(), 100_000);
}

/// The characters of blocks other than white space, in order.
fn characters(blocks: &[Block<'_>]) -> String {
    let mut text = String::new();
    for block in blocks {
        match block {
            Block::Line(line) => text.push_str(&line.text),
            Block::Grid(grid) => {
                for cell in grid.cells() {
                    if let CellValue::Text(words) = &cell.value {
                        text.push_str(words);
                    }
                }
            }
        }
    }
    text.retain(|character| !character.is_whitespace());
    text
}

proptest! {
    #[test]
    fn nothing_is_lost_and_everything_keeps_its_order(
        rows in proptest::collection::vec(
            proptest::collection::vec("(科目|文化馆|类|合|12\\.00|1,234\\.5|208|[0-9]{1,3}|：|\\PC{0,4})( {1,9}|\t|\u{3000}{1,3})", 0..8), 0..24),
    ) {
        let text: String = rows.into_iter().map(|row| row.concat() + "\n").collect();
        if let Some(lines) = lines(&text, 1_000) {
            let before: Vec<Block<'_>> = lines.iter().cloned().map(Block::Line).collect();
            let after = blocks(lines, &Limits::default()).unwrap();
            prop_assert_eq!(characters(&before), characters(&after));
        }
    }
}
