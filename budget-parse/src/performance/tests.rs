//! The reader on invented tables, one trap each, and on the hand-read truth where that is at hand.

use std::path::PathBuf;

use budget_document::Line;
use budget_model::{Disclosure, PerformanceKind};

use super::read;
use crate::consumption::Consumption;
use crate::text::squeeze;

/// A text as a reader hands it over: a line that begins with a space right behind another begins a page.
fn lines(text: &str, keep_blanks: bool) -> Vec<Line<'_>> {
    let mut lines = Vec::new();
    let (mut page, mut after_blank) = (1, false);
    for (index, text) in text.lines().enumerate() {
        if text.trim().is_empty() {
            after_blank = keep_blanks;
            continue;
        }
        let page_start = lines.is_empty() || (text.starts_with(' ') && !after_blank);
        page += u32::from(page_start && !lines.is_empty());
        let number = if keep_blanks { index } else { lines.len() } as u32 + 1;
        lines.push(Line::new(text, page, number).after_blank(after_blank).page_start(page_start));
        after_blank = false;
    }
    lines
}

/// Tables from their titles to the next title or to the heading behind the last table.
fn regions(lines: &[&Line<'_>]) -> Vec<std::ops::Range<usize>> {
    let is_title = |line: &str| {
        let line = squeeze(line);
        line.ends_with("绩效目标表") && line.chars().count() <= 12
    };
    let is_heading = |line: &str| line.contains("其他需说明的事项") || line.trim_start().starts_with("第四部分");
    let titles = lines.iter().enumerate().filter(|(_, line)| is_title(&line.text)).map(|(index, _)| index);
    let until = |from: usize| {
        let ends = |line: &&&Line<'_>| is_title(&line.text) || is_heading(&line.text);
        lines.iter().skip(from + 1).position(|line| ends(&line)).map_or(lines.len(), |end| from + 1 + end)
    };
    titles.map(|title| title..until(title)).collect()
}

/// The document, and the share of the characters and numbers of its tables that were not consumed, as text.
fn read_text(text: &str, keep_blanks: bool) -> (Disclosure, Vec<String>) {
    let lines = lines(text, keep_blanks);
    let lines: Vec<&Line<'_>> = lines.iter().collect();
    let regions = regions(&lines);
    let mut disclosure = Disclosure::default();
    let mut consumption = Consumption::new(lines.len());
    for (index, _) in lines.iter().enumerate() {
        if !regions.iter().any(|region| region.contains(&index)) {
            consumption.whole(index);
        }
    }
    read(&lines, &regions, &mut disclosure, &mut consumption);
    let ledger = consumption.ledger(&lines);
    let unread = ledger.unread.iter().map(|label| format!("{}: {}", label.place.line(), label.text)).collect();
    (disclosure, unread)
}

fn path(variable: &str, default: &str) -> PathBuf {
    let default = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../shared").join(default);
    std::env::var_os(variable).map_or(default, PathBuf::from)
}

fn seed(id: &str) -> String {
    let directory = path("BUDGET_SEEDS_DIR", "seeds");
    let files = std::fs::read_dir(&directory).expect("the directory of seeds is readable");
    let file = files.filter_map(Result::ok).find(|file| file.file_name().to_string_lossy().starts_with(id));
    std::fs::read_to_string(file.expect("the seed exists").path()).expect("the seed is text")
}

/// The rows of a CSV file without its header.
fn gold(id: &str, name: &str) -> Vec<Vec<String>> {
    let path = path("BUDGET_GOLD_DIR", "gold").join(id).join(name);
    let text = std::fs::read_to_string(path).expect("the gold file is readable");
    let mut rows = vec![vec![String::new()]];
    let mut quoted = false;
    for character in text.chars().filter(|character| !matches!(character, '\r' | '\u{feff}')) {
        let row = rows.last_mut().expect("there is a row");
        match character {
            '"' => quoted = !quoted,
            ',' if !quoted => row.push(String::new()),
            '\n' if !quoted => rows.push(vec![String::new()]),
            _ => row.last_mut().expect("there is a field").push(character),
        }
    }
    rows.retain(|row| row.len() > 1);
    rows.split_off(1)
}

/// The columns of `performance.csv` behind the document.
fn table_rows(disclosure: &Disclosure) -> Vec<Vec<String>> {
    let amount =
        |amount: &Option<budget_model::Amount>| amount.map_or(String::new(), |amount| amount.value.to_string());
    let label = |label: &Option<budget_model::Label>| label.as_ref().map_or(String::new(), |label| label.text.clone());
    let row = |(number, table): (usize, &budget_model::PerformanceTable)| {
        let other = match table.kind {
            PerformanceKind::Project => amount(&table.other),
            PerformanceKind::Overall => {
                let parts = [("upper", &table.from_above), ("own", &table.own_level), ("other", &table.other)];
                parts.map(|(name, part)| format!("{name}={}", amount(part))).join(";")
            }
        };
        vec![
            (number + 1).to_string(),
            table.kind.as_str().to_owned(),
            label(&table.unit),
            label(&table.name),
            label(&table.responsible),
            amount(&table.total),
            amount(&table.fiscal),
            other,
            label(&table.goal),
        ]
    };
    disclosure.performance.iter().enumerate().map(row).collect()
}

/// The columns of `indicators.csv` behind the document, without the notes.
fn indicator_rows(disclosure: &Disclosure) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    for (number, table) in disclosure.performance.iter().enumerate() {
        for (order, indicator) in table.indicators.iter().enumerate() {
            let text = |text: &Option<String>| text.clone().unwrap_or_default();
            let decimal = |value: Option<budget_model::Decimal>| value.map_or(String::new(), |value| value.to_string());
            rows.push(vec![
                (number + 1).to_string(),
                (order + 1).to_string(),
                indicator.level1.clone(),
                indicator.level2.clone(),
                indicator.name.text.clone(),
                indicator.value.raw.text.clone(),
                indicator.value.operator.map_or("", budget_model::Operator::as_str).to_owned(),
                decimal(indicator.value.number),
                text(&indicator.value.unit),
                text(&indicator.basis),
                text(&indicator.last_year),
                decimal(indicator.weight),
                text(&indicator.scoring),
                text(&indicator.evidence),
            ]);
        }
    }
    rows
}

/// Counts and prints the fields that differ.
fn differences(name: &str, read: &[Vec<String>], gold: &[Vec<String>]) -> usize {
    let (mut fields, mut wrong) = (0, 0);
    for (index, gold) in gold.iter().enumerate() {
        let gold = gold.get(1..).unwrap_or_default();
        let empty = Vec::new();
        let read = read.get(index).unwrap_or(&empty);
        // The gold of indicators ends with a column of notes.
        let compared = if name.contains("indicators") { gold.len() - 1 } else { gold.len() };
        for (column, gold) in gold.iter().take(compared).enumerate() {
            fields += 1;
            let read = read.get(column).map_or("", String::as_str);
            if read != gold {
                wrong += 1;
                println!("{name} row {} field {}: read {read:?}, gold {gold:?}", index + 1, column + 1);
            }
        }
    }
    let extra = read.len().abs_diff(gold.len());
    println!("{name}: {} rows read, {} in the gold, {fields} fields compared, {wrong} differ", read.len(), gold.len());
    wrong + extra
}

#[test]
#[ignore = "needs ../shared"]
fn every_field_of_the_gold_is_read_with_and_without_blank_lines() {
    let mut wrong = 0;
    for id in ["000", "003"] {
        let text = seed(id);
        for keep_blanks in [true, false] {
            let (disclosure, unread) = read_text(&text, keep_blanks);
            println!("{id}, blank lines {keep_blanks}: unread {unread:?}");
            wrong += unread.len();
            wrong += differences(&format!("{id} performance"), &table_rows(&disclosure), &gold(id, "performance.csv"));
            wrong +=
                differences(&format!("{id} indicators"), &indicator_rows(&disclosure), &gold(id, "indicators.csv"));
        }
    }
    assert_eq!(wrong, 0, "fields differ from the gold or text is unread");
}

#[test]
#[ignore = "needs ../shared"]
fn every_seed_reads_the_same_with_and_without_blank_lines_and_leaves_nothing_unread() {
    for id in ["000", "001", "002", "003", "004"] {
        let text = seed(id);
        let (with, unread) = read_text(&text, true);
        assert!(unread.is_empty(), "{id}: {unread:?}");
        let (without, unread) = read_text(&text, false);
        assert!(unread.is_empty(), "{id} without blank lines: {unread:?}");
        assert!(!with.performance.is_empty());
        assert_eq!(table_rows(&with), table_rows(&without), "{id}");
        assert_eq!(indicator_rows(&with), indicator_rows(&without), "{id}");
    }
}

/// The head of an invented project table of the full form.
const HEAD: &str = " 项目支出绩效目标表\n\n（2025年）\n\n预算单位 云溪县文化馆\n\n项目名称 2025 年免费开放补助经费 项目负责人\n白露·江\n\n\
    河\n\n项目资金(万\n\n元)\n年度预算总额 1,020.50\n\n其中：财政拨\n\n款\n1,000.00 其他资金 20.50\n\n项目总体目标\n\n\
    全年开放 300 天以上，服务群众 2 万人\n\n次。\n\n";

/// Its header.
const HEADER: &str = "一级\n\n指标\n\n二级\n\n指标\n三级指标\n\n指标\n\n值\n\n指标值设置依\n\n据\n\n上年\n\n完成\n\n值\n\n指标\n\n\
    分值\n\n权重\n\n指标赋分规则 佐证资料\n\n";

/// An indicator as `level1/level2/name/value/basis/last year/weight/scoring/evidence`, with `?` behind unsure levels.
fn shown(disclosure: &Disclosure) -> Vec<String> {
    let indicators = disclosure.performance.iter().flat_map(|table| &table.indicators);
    let certain = indicators.map(|indicator| if indicator.levels_certain { "" } else { "?" });
    let rows = indicator_rows(disclosure).into_iter().zip(certain);
    rows.map(|(row, sure)| [&row[2..6], &row[9..14]].concat().join("|") + sure).collect()
}

/// Reads a full-form table with these rows, with and without blank lines, and expects both to leave nothing unread.
fn read_rows(rows: &str) -> Vec<String> {
    let text = [HEAD, HEADER, rows].concat();
    let (with, unread) = read_text(&text, true);
    assert!(unread.is_empty(), "{unread:?}");
    let (without, unread) = read_text(&text, false);
    assert!(unread.is_empty(), "{unread:?}");
    assert_eq!(shown(&with), shown(&without), "blank lines make a difference");
    shown(&with)
}

#[test]
fn the_head_is_read_although_its_captions_are_wrapped() {
    let (disclosure, unread) = read_text(&[HEAD, HEADER].concat(), true);
    assert!(unread.is_empty(), "{unread:?}");
    let rows = table_rows(&disclosure);
    let fields = ["1", "project", "云溪县文化馆", "2025年免费开放补助经费", "白露·江河", "1020.50", "1000.00", "20.50"];
    assert_eq!(rows[0][..8], fields);
    assert_eq!(rows[0][8], "全年开放300天以上，服务群众2万人次。");
}

#[test]
fn an_operator_and_a_number_are_put_together_over_lines() {
    let rows = read_rows(
        "产出\n\n指标\n\n数量\n\n指标\n\n印制宣传册数量\n=2500\n\n0册\n计划标准 - 8\n\n按照完成比例赋\n\n分\n工作资料\n\n\
         设备购置费用\n\n＜\n\n=14.3\n\n6 万元\n\n计划标准\n9.8\n\n万元\n12\n\n按照完成比例赋\n\n分\n原始凭证\n\n",
    );
    assert_eq!(rows[0], "产出指标|数量指标|印制宣传册数量|=25000册|计划标准|-|8|按照完成比例赋分|工作资料");
    assert_eq!(rows[1], "产出指标|数量指标|设备购置费用|＜=14.36万元|计划标准|9.8万元|12|按照完成比例赋分|原始凭证");
}

#[test]
fn labels_before_the_first_row_of_their_block_hold_for_the_rows_below() {
    let rows = read_rows(
        "产出\n\n指标\n\n数量\n\n指标\n举办展览场次 =4场 计划标准 - 10 直接赋分 工作资料\n\n\
         举办讲座场次 =6场 计划标准 - 10 直接赋分 工作资料\n\n\
         质量\n\n指标\n展览合格率 =100% 计划标准 - 10 直接赋分 工作资料\n\n\
         讲座合格率 =100% 计划标准 - 10 直接赋分 工作资料\n\n\
         效益\n\n指标\n\n社会\n\n效益\n\n指标\n群众知晓率 =90% 计划标准 - 30 直接赋分 工作资料\n\n\
         满意\n\n度指\n\n标\n\n满意\n\n度指\n\n标\n观众满意度 =90% 计划标准 - 5 满意度赋分 工作资料\n\n\
         读者满意度 =90% 计划标准 - 5 满意度赋分 工作资料\n\n",
    );
    let levels: Vec<_> = rows.iter().map(|row| row.splitn(3, '|').take(2).collect::<Vec<_>>().join("|")).collect();
    assert_eq!(levels[..4], ["产出指标|数量指标", "产出指标|数量指标", "产出指标|质量指标", "产出指标|质量指标"]);
    assert_eq!(levels[4..], ["效益指标|社会效益指标", "满意度指标|满意度指标", "满意度指标|满意度指标"]);
    assert!(rows.iter().all(|row| !row.ends_with('?')), "{rows:?}");
}

#[test]
fn labels_before_the_last_row_of_their_block_hold_for_the_rows_above() {
    let rows = read_rows(
        "举办展览场次 =4场 计划标准 - 10 直接赋分 工作资料\n\n\
         数量\n\n指标\n举办讲座场次 =6场 计划标准 - 10 直接赋分 工作资料\n\n\
         展览合格率 =100% 计划标准 - 10 直接赋分 工作资料\n\n\
         产出\n\n指标\n\n质量\n\n指标\n讲座合格率 =100% 计划标准 - 10 直接赋分 工作资料\n\n\
         展览费用 ＜=3万元 计划标准 - 7 直接赋分 原始凭证\n\n\
         成本\n\n指标\n\n经济\n\n成本\n\n指标\n讲座费用 ＜=2万元 计划标准 - 13 直接赋分 原始凭证\n\n",
    );
    let levels: Vec<_> = rows.iter().map(|row| row.splitn(3, '|').take(2).collect::<Vec<_>>().join("|")).collect();
    assert_eq!(levels[..4], ["产出指标|数量指标", "产出指标|数量指标", "产出指标|质量指标", "产出指标|质量指标"]);
    assert_eq!(levels[4..], ["成本指标|经济成本指标", "成本指标|经济成本指标"]);
    // Where one output ends only the habit shows; that costs begin behind 40 points the weights show as well.
    let unsure: Vec<_> = rows.iter().map(|row| row.ends_with('?')).collect();
    assert_eq!(unsure, [false, false, true, false, false, false]);
}

#[test]
fn a_block_goes_on_behind_a_page_break_where_the_weights_say_so() {
    let rows = read_rows(
        "举办展览场次 =4场 计划标准 - 10 直接赋分 工作资料\n\n\
         产出\n\n指标\n\n数量\n\n指标\n举办讲座场次 =6场 计划标准 - 15 直接赋分 工作资料\n \
         举办培训场次 =2场 计划标准 - 15 直接赋分 工作资料\n\n\
         展览费用 ＜=3万元 计划标准 - 7 直接赋分 原始凭证\n\n\
         成本\n\n指标\n\n经济\n\n成本\n\n指标\n讲座费用 ＜=2万元 计划标准 - 13 直接赋分 原始凭证\n\n",
    );
    assert!(rows[2].starts_with("产出指标|数量指标|举办培训场次"), "{}", rows[2]);
    assert!(rows[3].starts_with("成本指标|经济成本指标|展览费用"), "{}", rows[3]);
    assert!(rows.iter().all(|row| !row.ends_with('?')), "{rows:?}");
}

#[test]
fn a_row_that_a_page_break_cuts_through_every_cell_is_put_together() {
    let rows = read_rows(
        "产出\n\n指标\n\n数量\n\n指标\n举办展览场次 =4场 计划标准 - 10 直接赋分 工作资料\n\n\
         满意 满意 观众满意度 ＞ 计划标准 - 10 按照完成比例赋 工作资料\n\n\n\n21\n\n度指\n\n标\n\n度指\n\n标\n\n=90% 分\n\n",
    );
    assert_eq!(rows.len(), 2);
    assert_eq!(rows[1], "满意度指标|满意度指标|观众满意度|＞=90%|计划标准|-|10|按照完成比例赋分|工作资料");
    let rows = read_rows(
        "成本\n\n指标\n\n经济\n\n成本\n\n指标\n展览费用 ＜ 计划标准 - 7 按照完成比例赋 原始凭证\n =2.46\n\n万元\n\n分\n\n\
         讲座费用\n\n＜\n\n=11.5\n\n7万元\n\n计划标准 - 6\n按照完成比例赋\n\n分\n原始凭证\n\n",
    );
    assert_eq!(rows[0], "成本指标|经济成本指标|展览费用|＜=2.46万元|计划标准|-|7|按照完成比例赋分|原始凭证");
    assert_eq!(rows[1], "成本指标|经济成本指标|讲座费用|＜=11.57万元|计划标准|-|6|按照完成比例赋分|原始凭证");
}

#[test]
fn a_label_that_a_page_break_cuts_is_put_together() {
    let rows = read_rows(
        "效益\n\n指标\n\n社会\n\n效益\n群众知晓率\n＞\n\n=90%\n计划标准 - 20\n\n按照完成比例赋\n\n分\n工作资料\n 指标\n\n\
         满意\n\n度指\n\n标\n\n满意\n\n度指\n\n标\n观众满意度 =90% 计划标准 - 10 满意度赋分 工作资料\n\n",
    );
    assert!(rows[0].starts_with("效益指标|社会效益指标|群众知晓率|＞=90%"), "{}", rows[0]);
    assert!(rows[1].starts_with("满意度指标|满意度指标|观众满意度"), "{}", rows[1]);
}

#[test]
fn page_numbers_and_repeated_headers_inside_the_table_belong_to_no_row() {
    let rows = read_rows(&format!(
        "产出\n\n指标\n\n数量\n\n指标\n举办展览场次 =4场 计划标准 - 10 直接赋分 工作资料\n\n\n\n27\n\n\
         举办讲座场次 =6场 计划标准 - 10 直接赋分 工作资料\n {HEADER}举办培训场次 =2场 计划标准 - 10 直接赋分 工作资料\n\n"
    ));
    assert_eq!(rows[1], "产出指标|数量指标|举办讲座场次|=6场|计划标准|-|10|直接赋分|工作资料");
    assert_eq!(rows[2], "产出指标|数量指标|举办培训场次|=2场|计划标准|-|10|直接赋分|工作资料");
}

#[test]
fn a_number_at_the_edge_of_a_page_is_a_weight_where_the_scoring_rule_follows() {
    let rows = read_rows(
        "产出\n\n指标\n\n数量\n\n指标\n举办展览场次 =4场 计划标准 -\n 10\n按照完成比例赋\n\n分\n工作资料\n\n\
         举办讲座场次 =6场 计划标准 无上\n\n年完\n 53\n\n成值\n\n10 直接赋分 工作资料\n\n",
    );
    assert_eq!(rows[0], "产出指标|数量指标|举办展览场次|=4场|计划标准|-|10|按照完成比例赋分|工作资料");
    assert_eq!(rows[1], "产出指标|数量指标|举办讲座场次|=6场|计划标准|无上年完成值|10|直接赋分|工作资料");
    let text = OVERALL.replace("程计划\n\n35\n", "程计划\n 35\n");
    let (disclosure, unread) = read_text(&text, true);
    assert!(unread.is_empty() && text != OVERALL, "{unread:?}");
    assert!(shown(&disclosure)[2].ends_with("|云溪县2025年惠民工程计划||35||"), "{:?}", shown(&disclosure));
}

#[test]
fn the_value_of_last_year_may_be_missing_or_look_like_a_weight() {
    let rows = read_rows(
        "产出\n\n指标\n\n质量\n\n指标\n展览合格率 =100% 计划标准 100% 7\n按照完成比例赋\n\n分\n工作资料\n\n\
         讲座合格率 =100% 计划标准 1 10\n按照完成比例赋\n\n分\n工作资料\n\n\
         培训合格率 =100% 计划标准 5\n按照完成比例赋\n\n分\n工作资料\n\n\
         活动到场率\n＞\n\n=80%\n行业或国家标\n\n准\n\n无上\n\n年完\n\n成值\n\n18 按评判等级赋分\n\n正式材料,工作\n\n资料\n\n",
    );
    assert_eq!(rows[0], "产出指标|质量指标|展览合格率|=100%|计划标准|100%|7|按照完成比例赋分|工作资料");
    assert_eq!(rows[1], "产出指标|质量指标|讲座合格率|=100%|计划标准|1|10|按照完成比例赋分|工作资料");
    assert_eq!(rows[2], "产出指标|质量指标|培训合格率|=100%|计划标准||5|按照完成比例赋分|工作资料");
    assert_eq!(
        rows[3],
        "产出指标|质量指标|活动到场率|＞=80%|行业或国家标准|无上年完成值|18|按评判等级赋分|正式材料,工作资料"
    );
}

#[test]
fn a_value_in_words_or_a_date_is_told_from_the_name_before_it() {
    let rows = read_rows(
        "产出\n\n指标\n\n时效\n\n指标\n\n按期提交各季度馆藏文物安\n\n全检查报告\n\n每季\n\n度结\n\n束后\n\n的 10\n\n日内\n\n\
         计划标准 - 8 直接赋分 工作资料\n\n\
         馆舍修缮完成时间\n\n2025\n\n年 11\n\n月 30\n\n日\n\n计划标准 - 8 直接赋分 工作资料\n\n\
         参加公益培训的群众文艺骨\n\n干人数\n\n=120\n\n人\n计划标准 - 8 直接赋分 工作资料\n\n\
         效益\n\n指标\n\n社会\n\n效益\n\n指标\n\n丰富城乡群众文化生活保\n\n障基本文化权益\n有效\n\n保障\n自定义 - 20 按评判等级赋分 说明材料\n\n",
    );
    assert_eq!(
        rows[0],
        "产出指标|时效指标|按期提交各季度馆藏文物安全检查报告|每季度结束后的10日内|计划标准|-|8|直接赋分|工作资料"
    );
    assert_eq!(rows[1], "产出指标|时效指标|馆舍修缮完成时间|2025年11月30日|计划标准|-|8|直接赋分|工作资料?");
    assert_eq!(
        rows[3],
        "效益指标|社会效益指标|丰富城乡群众文化生活保障基本文化权益|有效保障|自定义|-|20|按评判等级赋分|说明材料"
    );
}

#[test]
fn a_label_glued_to_the_evidence_before_it_is_still_a_label() {
    let rows = read_rows(
        "举办展览场次 =4场 计划标准 - 10 直接赋分 工作资料产出\n\n指标\n\n数量\n\n指标\n举办讲座场次 =6场 计划标准 - 10 直接赋分 工作资料质量\n\n\
         指标\n展览合格率 =100% 计划标准 - 10 直接赋分 工作资料\n\n",
    );
    assert!(rows[1].starts_with("产出指标|数量指标|举办讲座场次"), "{}", rows[1]);
    assert!(rows[2].starts_with("产出指标|质量指标|展览合格率"), "{}", rows[2]);
}

#[test]
fn a_row_without_scoring_rule_is_reported_and_does_not_swallow_the_next() {
    let text = [
        HEAD,
        HEADER,
        "产出\n\n指标\n\n数量\n\n指标\n举办展览场次 =4场 计划标准 - 10\n\n举办讲座场次 =6场 计划标准 - 10 直接赋分 工作资料\n\n",
    ];
    let (disclosure, unread) = read_text(&text.concat(), true);
    assert!(unread.is_empty(), "{unread:?}");
    assert_eq!(shown(&disclosure)[0], "产出指标|数量指标|举办展览场次|=4场|计划标准|-|10||");
    assert!(shown(&disclosure)[1].contains("|举办讲座场次|=6场|计划标准|-|10|直接赋分|工作资料"));
    let incomplete = |code| code == budget_model::DiagnosticCode::IndicatorIncomplete;
    assert_eq!(disclosure.diagnostics.iter().filter(|found| incomplete(found.code)).count(), 1);
}

/// A row that a page break cuts: what stands before it and what stands behind it.
fn read_cut_row(before: &str, behind: &str) -> (Vec<String>, Vec<budget_model::DiagnosticCode>) {
    let text =
        [HEAD, HEADER, "产出\n\n指标\n\n数量\n\n指标\n", before, " 按照完成比例赋 工作资料\n ", behind, "\n\n分\n\n"];
    let (disclosure, unread) = read_text(&text.concat(), true);
    assert!(unread.is_empty(), "{unread:?}");
    (shown(&disclosure), disclosure.diagnostics.iter().map(|found| found.code).collect())
}

#[test]
fn what_a_page_break_cuts_off_goes_to_the_cells_that_were_cut() {
    for (before, behind, row) in [
        ("巡展场次 ＞ 计划标准 850 10", "=900\n\n场次\n\n场次", "巡展场次|＞=900场次|计划标准|850场次|10"),
        ("巡展场次 =9场 计划标准 850 10", "场次", "巡展场次|=9场|计划标准|850场次|10"),
        ("乡镇和村巡展 ＞ 预算支出 8场 10", "场次\n\n=9场\n\n标准", "乡镇和村巡展场次|＞=9场|预算支出标准|8场|10"),
        ("乡镇和村巡展 =9场 计划标准 8场 10", "场次", "乡镇和村巡展场次|=9场|计划标准|8场|10"),
    ] {
        let (rows, codes) = read_cut_row(before, behind);
        assert!(rows[0].contains(row), "{} is not {row}", rows[0]);
        assert_eq!(codes, [], "{row}");
    }
}

#[test]
fn a_rest_that_may_belong_to_several_cells_is_reported() {
    // 群众素养提升 或 有效提升?
    let (rows, codes) = read_cut_row("群众素养 有效 自定义 - 10", "提升");
    assert!(rows[0].contains("群众素养") && rows[0].contains("提升"), "{}", rows[0]);
    assert_eq!(codes, [budget_model::DiagnosticCode::IndicatorRestUncertain]);
}

#[test]
fn a_row_that_is_too_long_to_be_cut_is_reported_and_stays_unread() {
    let rest = "，展品齐备".repeat(1000);
    let rows = format!(
        "产出\n指标\n数量\n指标\n举办展览{rest} 有效 10 直接赋分 工作资料\n举办讲座场次 =6场 计划标准 - 10 直接赋分 工作资料\n"
    );
    let (disclosure, unread) = read_text(&[HEAD, HEADER, &rows].concat(), true);
    assert_eq!(unread.len(), 1);
    assert!(unread[0].contains("举办展览，展品齐备"));
    assert_eq!(shown(&disclosure)[0], "产出指标|数量指标|||||10|直接赋分|工作资料");
    assert!(shown(&disclosure)[1].starts_with("产出指标|数量指标|举办讲座场次|=6场"));
    assert_eq!(disclosure.diagnostics[0].code, budget_model::DiagnosticCode::IndicatorIncomplete);
}

#[test]
fn fields_that_the_model_has_no_place_for_stay_unread() {
    let head = HEAD.replacen("项目负责人", "项目编码 A-17\n\n主管部门 云溪县文化局\n\n项目负责人", 1);
    let (disclosure, unread) = read_text(&[&head, HEADER].concat(), true);
    for value in ["A-17", "云溪县文化局"] {
        assert!(unread.iter().any(|text| text.contains(value)), "{value}: {unread:?}");
    }
    assert_eq!(table_rows(&disclosure)[0][3..5], ["2025年免费开放补助经费", "白露·江河"]);
}

#[test]
fn a_table_that_ends_inside_a_row_keeps_what_is_there() {
    let rows = "产出\n\n指标\n\n数量\n\n指标\n举办展览场次 =4场 计划标准 - 10 直接赋分 工作资料\n\n举办讲座场次 =6场 计划标准\n";
    let (disclosure, unread) = read_text(&[HEAD, HEADER, rows].concat(), true);
    assert!(unread.is_empty(), "{unread:?}");
    assert!(shown(&disclosure)[1].contains("|举办讲座场次|=6场|计划标准||||"), "{:?}", shown(&disclosure));
    assert!(disclosure.diagnostics.iter().any(|found| found.code == budget_model::DiagnosticCode::IndicatorIncomplete));
}

#[test]
fn what_belongs_to_no_row_stays_unread() {
    let rows =
        "产出\n\n指标\n\n数量\n\n指标\n举办展览场次 =4场 计划标准 - 10 直接赋分 工作资料\n\n填表说明 2025 年适用\n";
    let (disclosure, unread) = read_text(&[HEAD, HEADER, rows].concat(), true);
    assert_eq!(disclosure.performance[0].indicators.len(), 1);
    assert_eq!(unread.len(), 1);
    assert!(unread[0].ends_with("填表说明 2025 年适用"), "{unread:?}");
}

/// An invented table for a whole unit.
const OVERALL: &str = " 单位整体绩效目标表\n\n(2024 年)\n\n单位名称（盖章） 云溪县文化馆\n\n单位联系人 白露 联系电话： 0123-4567890\n\n\
    年度绩效目标\n\n目标 1：全年开放 300 天以上。年度预算执行率达到 95%以上，做好各项\n\n年度预算编制工作。\n\n年度预算（万元）\n\n\
    资金来源 资金总额（万元）\n\n财政资金（万元）\n\n上级安排 21.35\n\n本级安排 1406.72\n\n其他资金（万元） 其他 3.18\n\n\
    一级指标 二级指标 三级指标 指标值\n指标值设定依\n\n据\n分值权重\n\n\
    运行成本 成本指标\n\n预算支出进度达标率 =98% 内控制度 10\n\n公用经费控制率 =97% 县级要求 10\n\n\
    履职效能\n\n数量指标\n\n乡镇、村文化站辅导和\n\n业务培训\n>=40 个\n\n云溪县\n\n2025 年惠民工\n\n程计划\n\n35\n\n\
    质量指标\n\n辅导合格率\n>=95%\n省级评估定级要\n\n求、县级考核要求\n15\n \
    社会效益 社会效益指标 群众文化活动参与率 >=75% 政策依据 10\n\n服务对象满意度 满意度指标 观众满意度 >=80% 工作计划 10\n";

#[test]
fn a_table_for_a_whole_unit_has_other_fields_and_a_free_basis() {
    for keep_blanks in [true, false] {
        let (disclosure, unread) = read_text(OVERALL, keep_blanks);
        assert!(unread.is_empty(), "{unread:?}");
        let table = &disclosure.performance[0];
        assert_eq!(table.telephone.as_ref().map(|label| label.text.as_str()), Some("0123-4567890"));
        let goal = table.goal.as_ref().map(|goal| goal.text.as_str()).unwrap_or_default();
        assert!(goal.ends_with("做好各项年度预算编制工作。"), "{goal}");
        assert_eq!(table_rows(&disclosure)[0][7], "upper=21.35;own=1406.72;other=3.18");
        assert_eq!(
            shown(&disclosure),
            [
                "运行成本|成本指标|预算支出进度达标率|=98%|内控制度||10||",
                "运行成本|成本指标|公用经费控制率|=97%|县级要求||10||",
                "履职效能|数量指标|乡镇、村文化站辅导和业务培训|>=40个|云溪县2025年惠民工程计划||35||",
                "履职效能|质量指标|辅导合格率|>=95%|省级评估定级要求、县级考核要求||15||",
                "社会效益|社会效益指标|群众文化活动参与率|>=75%|政策依据||10||",
                "服务对象满意度|满意度指标|观众满意度|>=80%|工作计划||10||",
            ]
        );
    }
}

/// An invented table of the form of 2022.
const OLD: &str = " 项 目 支 出 绩 效 目 标 表\n\n(2022 年)\n\n预算单位\n云溪县文化馆\n项目名称\n\n2022年公共文化服\n\n务项目\n\n\
    项目资金（万\n\n元）\n\n年度资金总\n\n额：\n5.16\n\n其中：财政拨\n\n款\n5.16 其他资金 0.00\n\n项目总体目\n\n标\n\n\
    本项目计划购置 10套设备。\n\n一级指标 二级指标 三级指标\n指标值（包含数字及文字描\n\n述）\n\n\
    产出指标\n\n数量指标\n购置图书数量 >=3200册\n\n举办展览场次 =4场\n质量指标\n设备验收合格率 =100%\n\n\
    时效指标 设备采购完成时间 2022年 9月前\n\n成本指标\n设备采购支出 <=2.84万元\n\n图书采购支出 <=0.92万元\n\n\
    效益指标\n\n社会效益指\n\n标\n\n群众文化生活丰富程度 好\n\n基层文化站辅导能力增强程度 好\n\n\
    可持续影响\n\n指标\n持续丰富群众文化生活 好\n\n满意度指标 满意度指标\n\n观众满意度 >=95%\n读者满意度 >=95%\n";

#[test]
fn the_form_of_2022_has_names_and_values_only() {
    for keep_blanks in [true, false] {
        let (disclosure, unread) = read_text(OLD, keep_blanks);
        assert!(unread.is_empty(), "{unread:?}");
        assert_eq!(
            table_rows(&disclosure)[0][2..8],
            ["云溪县文化馆", "2022年公共文化服务项目", "", "5.16", "5.16", "0.00"]
        );
        let rows: Vec<_> = shown(&disclosure).iter().map(|row| row.trim_end_matches(['|', '?']).to_owned()).collect();
        assert_eq!(
            rows,
            [
                "产出指标|数量指标|购置图书数量|>=3200册",
                "产出指标|数量指标|举办展览场次|=4场",
                "产出指标|质量指标|设备验收合格率|=100%",
                "产出指标|时效指标|设备采购完成时间|2022年9月前",
                "产出指标|成本指标|设备采购支出|<=2.84万元",
                "产出指标|成本指标|图书采购支出|<=0.92万元",
                "效益指标|社会效益指标|群众文化生活丰富程度|好",
                "效益指标|社会效益指标|基层文化站辅导能力增强程度|好",
                "效益指标|可持续影响指标|持续丰富群众文化生活|好",
                "满意度指标|满意度指标|观众满意度|>=95%",
                "满意度指标|满意度指标|读者满意度|>=95%",
            ]
        );
    }
}

#[test]
fn a_header_whose_cells_run_together_ends_and_leaves_an_empty_table() {
    let (disclosure, unread) = read_text("部门整体支出绩效目标表\n一级指标二级指标\n", true);
    assert!(unread.is_empty(), "{unread:?}");
    assert!(disclosure.performance.iter().all(|table| table.indicators.is_empty()));
    let codes: Vec<_> = disclosure.diagnostics.iter().map(|diagnostic| diagnostic.code).collect();
    assert_eq!(codes, [budget_model::DiagnosticCode::IndicatorIncomplete]);
}

#[test]
fn a_header_whose_cells_run_together_is_read_like_one_with_gaps() {
    let apart = "一级指标 二级指标 三级指标\n";
    assert!(OLD.contains(apart));
    let (expected, _) = read_text(OLD, true);
    for header in ["一级指标二级指标 三级指标\n", "一级指标二级指标三级指标\n", "一级指标二级指标三级指标"]
    {
        let (disclosure, unread) = read_text(&OLD.replace(apart, header), true);
        assert!(unread.is_empty(), "{unread:?}");
        assert_eq!(shown(&disclosure), shown(&expected), "{header}");
    }
}

#[test]
fn any_cut_of_a_table_is_read_without_panic() {
    let rows = "产出\n\n指标\n\n数量\n\n指标\n举办展览场次 =4场 计划标准 - 10 直接赋分 工作资料\n\n满意 满意 观众满意度 ＞ 计划标准 - 10 \
                按照完成比例赋 工作资料\n\n\n\n21\n\n度指\n\n标\n\n度指\n\n标\n\n=90% 分\n\n";
    for text in [[HEAD, HEADER, rows].concat(), OVERALL.to_owned(), OLD.to_owned()] {
        for (at, _) in text.char_indices() {
            let (disclosure, _) = read_text(&text[..at], true);
            assert!(disclosure.performance.len() <= 1);
            let (disclosure, _) = read_text(&[" 项目支出绩效目标表\n", &text[at..]].concat(), false);
            assert!(!disclosure.performance.is_empty());
        }
    }
}

proptest::proptest! {
    #![proptest_config(proptest::test_runner::Config::with_cases(96))]

    #[test]
    fn any_words_in_any_order_are_read_without_panic(
        pieces in proptest::collection::vec(proptest::sample::select(vec![
            "产出", "指标", "满意", "度指标", "计划标准", "-", "10", "直接赋分", "按照完成比例赋", "分", "工作资料,", "＞", "=90%",
            "年 12", "举办展览场次", "有效", "一级指标 二级指标", "一级指标二级指标", "三级指标", "分值权重", "36", "（", "\u{feff}", "Ａ",
        ]), 0..80),
        gaps in proptest::collection::vec(proptest::sample::select(vec![" ", "\n", "\n\n", "\n ", "", "\n\n\n\n"]), 80),
    ) {
        let body: String = pieces.iter().zip(&gaps).flat_map(|(piece, gap)| [*piece, *gap]).collect();
        for head in [[HEAD, HEADER].concat(), OVERALL.to_owned(), OLD.to_owned()] {
            let (disclosure, _) = read_text(&[head.as_str(), &body].concat(), true);
            assert!(!disclosure.performance.is_empty());
        }
    }
}
