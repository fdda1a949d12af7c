//! Any text at all.

use super::forms::{OLD, OVERALL};
use super::*;

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
