//! Labels of levels.

use super::*;

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
fn a_label_that_a_page_break_cuts_is_put_together() {
    let rows = read_rows(
        "效益\n\n指标\n\n社会\n\n效益\n群众知晓率\n＞\n\n=90%\n计划标准 - 20\n\n按照完成比例赋\n\n分\n工作资料\n 指标\n\n\
         满意\n\n度指\n\n标\n\n满意\n\n度指\n\n标\n观众满意度 =90% 计划标准 - 10 满意度赋分 工作资料\n\n",
    );
    assert!(rows[0].starts_with("效益指标|社会效益指标|群众知晓率|＞=90%"), "{}", rows[0]);
    assert!(rows[1].starts_with("满意度指标|满意度指标|观众满意度"), "{}", rows[1]);
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
