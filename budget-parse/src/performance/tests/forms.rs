//! Heads, headers and other forms.

use super::gold::table_rows;
use super::*;

#[test]
fn the_head_is_read_although_its_captions_are_wrapped() {
    let (disclosure, unread) = read_text(&[HEAD, HEADER].concat(), true);
    assert!(unread.is_empty(), "{unread:?}");
    let rows = table_rows(&disclosure);
    let fields = ["1", "project", "云溪县文化馆", "2025年免费开放补助经费", "白露·江河", "1020.50", "1000.00", "20.50"];
    assert_eq!(rows[0][..8], fields);
    assert_eq!(rows[0][8], "全年开放300天以上，服务群众2万人次。");
}

/// An invented table for a whole unit.
pub(super) const OVERALL: &str = " 单位整体绩效目标表\n\n(2024 年)\n\n单位名称（盖章） 云溪县文化馆\n\n单位联系人 白露 联系电话： 0123-4567890\n\n\
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
pub(super) const OLD: &str = " 项 目 支 出 绩 效 目 标 表\n\n(2022 年)\n\n预算单位\n云溪县文化馆\n项目名称\n\n2022年公共文化服\n\n务项目\n\n\
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
