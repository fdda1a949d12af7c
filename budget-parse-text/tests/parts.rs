//! Forms whose parts have headings without numbers, and whose text is in another unit than their tables.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]

use budget_model::{Decimal, DiagnosticCode, Disclosure, Source, TableKind, ThreePublicItem};
use budget_parse_text::read_text;

/// Pages of an invented unit; each begins with a form feed.
const PAGES: &[&str] = &[
    "目 录
一、单位主要职能
二、单位机构设置
三、名词解释
四、单位预算编制说明",
    "云溪县文化馆（单位）主要职能
主要职能包括：
1.组织群众文化活动。",
    "云溪县文化馆（单位）机构设置
云溪县文化馆设 2个内设机构，包括：办公室、活动部。",
    "名词解释
（一）基本支出：指保障机构运转的支出。",
    "2026年单位预算编制说明
2026年，云溪县文化馆收入预算 121.51万元，其中：财政拨款收入 120.51万元，比 2025年预算增加 3.20万元；事业收入 0.00万元；其他收入 1.00万元。
财政拨款支出主要内容如下：
1.“文化旅游体育与传媒支出”科目 120.51万元，主要用于开展活动。",
    "2026年预算单位收入预算总表
编制单位：云溪县文化馆 单位：元
项目 收入预算
功能分类科目编码
类 款 项
功能分类科目名称 合计 财政拨款收入 事业收入 事业单位经营收入 其他收入
合计 1215087.00 1205058.00 29.00 10000.00
207 文化旅游体育与传媒支出 1205087.00 1205058.00 29.00
207 01 文化和旅游 1205087.00 1205058.00 29.00
207 01 09 群众文化 1205087.00 1205058.00 29.00
229 其他支出 10000.00 10000.00
229 99 其他支出 10000.00 10000.00
229 99 99 其他支出 10000.00 10000.00",
    "2026年单位“三公”经费和机关运行经费预算表
编制单位：云溪县文化馆 单位：万元
“三公”经费预算数 机关运行经费预算数
合计 因公出国(境)费 公务接待费 公务用车购置及运行费
小计 购置费 运行费
0.50 0.00 0.50 0.00 0.00 0.00 10.30",
    "其他相关情况说明
一、2026年“三公”经费预算情况说明
2026年“三公”经费预算数为 0.50万元，与 2025年预算持平。其中：
（一）公务接待费 0.50万元，主要原因是厉行节约。
二、机关运行经费预算
2026年云溪县文化馆财政拨款的机关运行经费预算为 10.30万元。",
];

fn read() -> Disclosure {
    read_text(PAGES.join("\n\x0c").as_bytes()).unwrap()
}

#[test]
fn a_page_that_begins_with_the_name_of_a_part_begins_the_part() {
    let read = read();
    let sections: Vec<(&str, &str)> =
        read.sections.iter().map(|section| (section.path.as_str(), section.heading.text.as_str())).collect();
    assert_eq!(
        sections,
        [
            ("0", "目录"),
            ("1", "云溪县文化馆（单位）主要职能"),
            ("2", "云溪县文化馆（单位）机构设置"),
            ("3", "名词解释"),
            ("4", "2026年单位预算编制说明"),
            ("6", "其他相关情况说明"),
            ("6.一", "2026年“三公”经费预算情况说明"),
            ("6.二", "机关运行经费预算"),
        ]
    );
    assert_eq!((read.organisation.functions.len(), read.organisation.divisions.len()), (1, 2));
    assert_eq!(read.glossary.len(), 1);
    assert_eq!(read.ledger.unread, []);
    assert!(!read.diagnostics.iter().any(|diagnostic| diagnostic.code == DiagnosticCode::SectionRepeated));
}

#[test]
fn the_text_in_another_unit_says_the_same_as_the_tables_and_never_the_contrary() {
    let read = read();
    let stated = |subject: &str| {
        let fact = read.facts.iter().find(|fact| fact.subject.last().is_some_and(|last| last == subject)).unwrap();
        (fact.value.to_string(), fact.coordinates.clone().unwrap())
    };
    let (value, at) = stated("财政拨款收入");
    assert_eq!((value.as_str(), at.source), ("120.51", Source::Appropriation));
    let (value, at) = stated("财政拨款的机关运行经费");
    assert_eq!((value.as_str(), at.three_public), ("10.30", Some(ThreePublicItem::AgencyOperation)));

    // 0.00万元 is up to 50元: it does not keep 29.00元 out of its column.
    let income = read.table(TableKind::Income).unwrap();
    let business = income.columns.iter().position(|column| column.id == "business-income").unwrap() as u16;
    for row in &income.rows {
        for cell in row.cells.iter().filter(|cell| cell.amount.value == Decimal::new(2900, 2)) {
            assert!(!cell.placement.is_certain() || cell.column == business, "{row:?}");
        }
    }
}
