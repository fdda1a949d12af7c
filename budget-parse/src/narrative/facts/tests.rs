//! Sentences and the facts they state.

use crate::narrative::testing::read_prose;

/// The facts of a text as `subject measure value unit`.
fn read(text: &str) -> Vec<String> {
    let disclosure = read_prose(text);
    let unit = |fact: &super::Fact| fact.unit.as_ref().map_or(String::new(), |unit| format!(" {unit}"));
    disclosure
        .facts
        .iter()
        .map(|fact| format!("{} {} {}{}", fact.subject.join("/"), fact.measure.as_str(), fact.value, unit(fact)))
        .collect()
}

fn section(text: &str) -> String {
    format!("第三部分 2025年部门预算情况说明\n二、关于云溪县文化馆 2025年收入预算情况说明\n{text}")
}

#[test]
fn amounts_shares_and_signed_changes_belong_to_the_subject_before_them() {
    let text = section(
        "云溪县文化馆2025年收入预算 120.50万元，其中：一般公共预算 100.00万元，占 82.99%，比上年预算减少 0.00万元，下降 0.01%。",
    );
    assert_eq!(
        read(&text),
        [
            "收入预算 amount 120.50 万元",
            "收入预算/一般公共预算 amount 100.00 万元",
            "收入预算/一般公共预算 share 82.99 %",
            "收入预算/一般公共预算 yoy_change -0.00 万元",
            "收入预算/一般公共预算 yoy_percent -0.01 %",
        ]
    );
}

#[test]
fn a_whole_announced_at_the_end_of_a_paragraph_holds_for_the_next_ones() {
    let text = section(
        "2025年收入预算 8.50万元，其中：\n一般公共预算 8.00万元，占 94.12%。\n政府性基金预算未安排。\n单位资金 0.50万元，占 5.88%。",
    );
    let facts = read(&text);
    assert_eq!(facts[1], "收入预算/一般公共预算 amount 8.00 万元");
    assert_eq!(facts[3], "收入预算/单位资金 amount 0.50 万元");
}

#[test]
fn a_reason_is_kept_and_its_figures_are_parts_of_what_it_explains() {
    let text = section(
        "基本支出 80.00万元，比上年预算增加 2.10万元，增长 2.70%，主要原因是增加了培训经费 1.50万元和差旅费 0.40万元；新增在职人员 2人，减少了会议费 0.20万元。",
    );
    let disclosure = read_prose(&text);
    let reason = "增加了培训经费1.50万元和差旅费0.40万元；新增在职人员2人，减少了会议费0.20万元";
    let reasons: Vec<_> = disclosure.facts.iter().map(|fact| fact.reason.as_deref()).collect();
    assert_eq!(reasons, [None, Some(reason), Some(reason), None, None, None, None]);
    assert_eq!(
        read(&text)[3..],
        [
            "基本支出/培训经费 yoy_change 1.50 万元",
            "基本支出/差旅费 yoy_change 0.40 万元",
            "基本支出/新增在职人员 count 2 人",
            "基本支出/会议费 yoy_change -0.20 万元",
        ]
    );
}

#[test]
fn a_reason_ends_where_the_next_item_is_named() {
    let text = section(
        "“三公”经费比上年减少 0.10万元，其中：公务接待费减少 0.10万元，主要原因是厉行节约；公务用车购置费增加 0.00万元，主要原因是未安排购置。",
    );
    let disclosure = read_prose(&text);
    let reasons: Vec<_> = disclosure.facts.iter().map(|fact| fact.reason.as_deref()).collect();
    assert_eq!(reasons, [None, Some("厉行节约"), Some("未安排购置")]);
    assert_eq!(disclosure.facts[2].subject, ["“三公”经费", "公务用车购置费"]);
}

#[test]
fn figures_of_last_year_are_told_from_changes() {
    let text = section(
        "今年没有结转，上年有财政拨款结转 4.70万元（其中：培训经费 3.20万元的上年结转、差旅费上年结转资金 1.50万元）。",
    );
    assert_eq!(
        read(&text),
        [
            "财政拨款结转 prior_amount 4.70 万元",
            "财政拨款结转/培训经费 prior_amount 3.20 万元",
            "财政拨款结转/差旅费上年结转资金 prior_amount 1.50 万元",
        ]
    );
}

#[test]
fn factors_of_a_formula_are_amounts_and_counts() {
    let text = section("补贴 9.00万元（50人*1800元/人），每人每年 1800元的补贴标准，劳务费 200元*12月=0.24万元。");
    assert_eq!(
        read(&text),
        [
            "补贴 amount 9.00 万元",
            "补贴 count 50 人",
            "补贴 other 1800 元/人",
            "补贴标准 other 1800 元",
            "劳务费 amount 200 元",
            "劳务费 count 12 月",
            "劳务费 amount 0.24 万元",
        ]
    );
}

#[test]
fn thresholds_inside_names_are_no_figures() {
    let text = section("单位价值 50万元以上大型设备 0台（套），大型场馆（300人及以上）2.00万元。");
    assert_eq!(
        read(&text),
        [
            "单位价值50万元以上大型设备 count 0 台（套）",
            "大型场馆 other 300 人",
            "大型场馆（300人及以上） amount 2.00 万元",
        ]
    );
}

#[test]
fn items_divided_by_source_are_told_from_their_whole_divided_by_item() {
    let text = section(
        "“三公”经费 5.00万元，其中：公务接待费 2.00万元（其中：一般公共预算安排 1.50万元，政府性基金预算安排 0.50万元），公务用车运行费 3.00万元。",
    );
    assert_eq!(
        read(&text)[1..],
        [
            "“三公”经费/公务接待费 amount 2.00 万元",
            "“三公”经费/公务接待费/一般公共预算 amount 1.50 万元",
            "“三公”经费/公务接待费/政府性基金预算 amount 0.50 万元",
            "“三公”经费/公务用车运行费 amount 3.00 万元",
        ]
    );
}

#[test]
fn a_list_between_commas_ends_at_the_semicolon() {
    let text = section(
        "2025年部门预算安排购置车辆 3辆，其中：机要通信用车 1辆、其他用车 2辆；部门预算安排购置单价100万元（含）以上设备 1台（套）。\n共有车辆 5辆，其中：执法执勤用车 4辆、其他用车 1辆；单价100万元（含）以上设备 2台（套）。",
    );
    assert_eq!(
        read(&text),
        [
            "安排购置/车辆 count 3 辆",
            "安排购置/车辆/机要通信用车 count 1 辆",
            "安排购置/车辆/其他用车 count 2 辆",
            "安排购置/单价100万元（含）以上设备 count 1 台（套）",
            "共有车辆 count 5 辆",
            "共有车辆/执法执勤用车 count 4 辆",
            "共有车辆/其他用车 count 1 辆",
            "单价100万元（含）以上设备 count 2 台（套）",
        ]
    );
}

#[test]
fn a_reason_of_something_else_explains_no_figure_before_it() {
    let text = section("基本支出 80.00万元，比上年预算增加 2.10万元。项目支出增加的主要原因是新增任务。");
    assert!(read_prose(&text).facts.iter().all(|fact| fact.reason.is_none()));
    let text = section("基本支出 80.00万元，比上年预算增加 2.10万元。增加的主要原因是新增任务。");
    assert_eq!(read_prose(&text).facts[1].reason.as_deref(), Some("新增任务"));
}

#[test]
fn values_of_things_are_attributes() {
    let text =
        section("1.车辆 2辆，价值 30.00万元；其中：一般公务用车 2辆，价值 30.00万元。\n2.办公家具价值 5.00万元。");
    assert_eq!(
        read(&text),
        [
            "车辆 count 2 辆",
            "车辆/价值 amount 30.00 万元",
            "车辆/一般公务用车 count 2 辆",
            "车辆/一般公务用车/价值 amount 30.00 万元",
            "办公家具/价值 amount 5.00 万元",
        ]
    );
    let disclosure = read_prose(&text);
    assert_eq!(disclosure.facts[4].section, "3.二.2");
}

#[test]
fn no_change_has_no_figure_and_years_are_none() {
    assert_eq!(read(&section("2025年与2024年持平，无变化，依据〔2024〕31号文件第3条。")), Vec::<String>::new());
}

#[test]
fn the_place_of_a_figure_is_its_first_digit() {
    let text = section("云溪县文化馆 2025年的全部收入预算合计为 12\n0.50万元。");
    let fact = &read_prose(&text).facts[0];
    assert_eq!((fact.value.to_string().as_str(), fact.place.line(), fact.place.column()), ("120.50", 3, 24));
}

fn of(text: &str) -> Vec<String> {
    let text = section(text);
    read(&text)
}

#[test]
fn a_change_of_nothing_belongs_to_the_item_that_the_clause_names() {
    for flat in [
        "因公出国（境）费与上年持平，增长 0.00%",
        "因公出国（境）费与去年一致，增长 0.00%",
        "因公出国（境）费较上年无变化，增长 0.00%",
        "因公出国（境）费未安排，与上年持平，增长 0.00%",
        "因公出国（境）费比上年预算没有变化，增长 0.00%",
    ] {
        let facts = of(&format!("“三公”经费 2.00万元，比上年增加 0.50万元，其中：{flat}；公务接待费增加 0.50万元。"));
        assert_eq!(
            facts[2..],
            ["“三公”经费/因公出国（境）费 yoy_percent 0.00 %", "“三公”经费/公务接待费 yoy_change 0.50 万元"],
            "{flat}"
        );
    }
    assert_eq!(of("公务接待费较上年增加 0万元，与上年相比无变化。"), ["公务接待费 yoy_change 0 万元"]);
}

#[test]
fn brackets_and_signs_of_a_change_are_read_or_left_alone() {
    for (text, expected) in [
        ("减少（0.73）万元", "-0.73 万元"),
        ("减少（0.73万元）", "-0.73 万元"),
        ("减少-0.73万元", "-0.73 万元"),
        ("增加（减少）-0.73万元", "-0.73 万元"),
        ("增加（减少）0.73万元", "0.73 万元"),
        ("增加/减少-0.73万元", "-0.73 万元"),
        ("增减额为-0.73万元", "-0.73 万元"),
        ("（减少）0.73万元", "-0.73 万元"),
        ("增加-3.50万元", "-3.50 万元"),
    ] {
        let facts = of(&format!("公务接待费 5.00万元，较上年{text}。"));
        assert_eq!(facts[1..], [format!("公务接待费 yoy_change {expected}")], "{text}");
    }
    assert_eq!(of("公务接待费比上年下降（2.10）%。"), ["公务接待费 yoy_percent -2.10 %"]);
    for text in ["增加（0.73）万元", "△3.50万元", "负3.50万元", "增加△0.73万元"] {
        let text = section(&format!("公务接待费 5.00万元，较上年{text}。"));
        let disclosure = read_prose(&text);
        assert_eq!(disclosure.facts.len(), 1, "{text}");
        let code = budget_model::DiagnosticCode::NumberNotUnderstood;
        assert!(disclosure.diagnostics.iter().any(|diagnostic| diagnostic.code == code), "{text}");
    }
}

#[test]
fn numbers_are_read_whole_or_not_at_all() {
    for number in ["2,032．21", "2，032.21", "２，０３２．２１", "2, 032.21", "2,032 .21", "2 032.21", "2,032.21"]
    {
        assert_eq!(of(&format!("收入预算 {number}万元，其中基本支出 5.00万元。"))[0], "收入预算 amount 2032.21 万元");
    }
    for number in ["10-20", "1.2.3", "12,34", "1'000.00", "1O0.00", "12.50 34.00", "2，032", "5至8"] {
        let facts = of(&format!("收入预算 {number}万元，占 100%。"));
        assert_eq!(facts, ["收入预算 share 100 %"], "{number}");
    }
    assert_eq!(of("共有车辆约1.2亿元，占比提高 12.5 个百分点。")[0], "共有车辆 amount 1.2 亿元");
    let codes = "功能科目编码为2080505，电话0991-1234567，邮编830000，文号〔2024〕131号，5万平方米，政府性基金为0，40*0.19+32*1.22。";
    assert_eq!(of(codes), Vec::<String>::new());
}

#[test]
fn amounts_of_last_year_are_named_as_such() {
    for text in
        ["上年预算数 100万元", "2024年预算为 100万元", "去年 100万元", "上年执行数 100万元", "2024年度决算数 100万元"]
    {
        assert_eq!(
            of(&format!("公务接待费{text}。")).first().map(|fact| fact.contains("prior_amount 100")),
            Some(true),
            "{text}"
        );
    }
    assert_eq!(
        of("公务接待费 100万元，比上年的 120万元减少 20万元。"),
        ["公务接待费 amount 100 万元", "公务接待费 prior_amount 120 万元", "公务接待费 yoy_change -20 万元"]
    );
    assert_eq!(of("上年结转 12万元。"), ["上年结转 amount 12 万元"]);
    assert_eq!(of("公务接待费比年初预算减少 5万元，下降 2%。"), ["公务接待费 other 5 万元", "公务接待费 other 2 %"]);
    assert_eq!(of("公务接待费 12万元，增加到 15万元。")[1], "公务接待费 amount 15 万元");
}

#[test]
fn posts_have_the_unit_that_their_sentence_gives() {
    assert_eq!(of("编制数 12，实有人数 14人。"), ["编制数 count 12 人", "实有人数 count 14 人"]);
    assert_eq!(of("行政编制 12名，实有 10人。"), ["行政编制 count 12 名", "实有 count 10 人"]);
    assert_eq!(of("筹资标准 670元，其中：中央 536元。"), ["筹资标准 amount 670 元", "筹资标准/中央 amount 536 元"]);
}

#[test]
fn a_table_inside_a_sentence_leaves_it_unread() {
    let facts = of("收入预算 8.50万元，其中：公务接待费 1
201      一般公共服务支出      12.50      3.00
2.00万元，增长 5%。基本支出 6.00万元。");
    assert_eq!(facts, ["收入预算 amount 8.50 万元", "收入预算/基本支出 amount 6.00 万元"]);
}

proptest::proptest! {
    #[test]
    fn any_paragraph_is_read(text in "[0-9.,，。；：、（）《》其中包括比上年增加减少主要原因是占万元%人\\*=\\n]{0,120}") {
        let disclosure = read_prose(&section(&text));
        for fact in &disclosure.facts {
            assert!(!fact.quote.is_empty());
        }
    }
}

#[test]
fn of_two_directions_that_a_form_offers_the_change_before_says_which_is_meant() {
    let text = section("公务接待费支出 0.39万元，比上年减少 0.15万元，下降（增长）27.78%。");
    assert_eq!(read(&text)[1..], ["公务接待费支出 yoy_change -0.15 万元", "公务接待费支出 yoy_percent -27.78 %"]);
    let text = section("公务接待费支出 0.69万元，比上年增加 0.15万元，下降（增长）27.78%。");
    assert_eq!(read(&text)[1..], ["公务接待费支出 yoy_change 0.15 万元", "公务接待费支出 yoy_percent 27.78 %"]);
}

/// The amounts of final accounts as `subject value`, and what phase and flow they are of.
fn accounts(text: &str) -> Vec<String> {
    let text = format!("云溪县文化馆2025年度部门决算\n第三部分 2025年度部门决算情况说明\n{text}");
    let disclosure = crate::narrative::testing::read_accounts(&text);
    let amounts = disclosure.facts.iter().filter(|fact| fact.measure == budget_model::Measure::Amount);
    let shown = |fact: &super::Fact| {
        let at = fact.coordinates.as_ref();
        let phase = at.map_or("-", |at| at.phase.map_or("final", budget_model::Phase::as_str));
        let flow = at.and_then(|at| at.flow).map_or(String::new(), |flow| format!(" {}", flow.as_str()));
        format!("{} {} {phase}{flow}", fact.subject.join("/"), fact.value)
    };
    amounts.map(shown).collect()
}

#[test]
fn planned_and_final_amounts_are_told_by_their_words() {
    assert_eq!(
        accounts(
            "七、财政拨款“三公”经费支出决算情况说明
2025年度“三公”经费财政拨款支出预算为5.00万元，支出决算为4.00万元，完成预算的80%。其中：公务接待费支出决算为1.00万元，完成预算2.00万元的50%；公务用车运行维护费支出决算为3.00万元。"
        ),
        [
            "“三公”经费财政拨款支出预算 5.00 budget expenditure",
            "“三公”经费财政拨款/支出决算 4.00 final expenditure",
            "“三公”经费财政拨款/公务接待费支出决算 1.00 final expenditure",
            "“三公”经费财政拨款/公务接待费/预算 2.00 budget expenditure",
            "“三公”经费财政拨款/公务用车运行维护费支出决算 3.00 final expenditure",
        ]
    );
}

#[test]
fn what_is_left_at_the_ends_of_the_year_is_a_flow_and_has_no_phase() {
    assert_eq!(
        accounts(
            "八、政府性基金预算财政拨款收入支出决算情况说明
年初结转和结余2.00万元，本年收入3.00万元，本年支出4.00万元，年末结转和结余1.00万元。年初预算为6.00万元。
九、国有资本经营预算财政拨款支出决算情况说明
年初结转和结余2.00万元，支出决算4.00万元。"
        ),
        [
            "年初结转和结余 2.00 final opening",
            "收入 3.00 final revenue",
            "本年支出 4.00 final expenditure",
            "年末结转和结余 1.00 final closing",
            "年初预算 6.00 -",
            "年初结转和结余 2.00 final opening",
            "支出决算 4.00 final expenditure",
        ]
    );
}

#[test]
fn all_of_a_side_has_a_name_of_its_own() {
    assert_eq!(
        accounts("一、收入支出决算总体情况说明\n收入总计9.00万元、支出总计9.00万元。本年支出合计 8.00 万元。"),
        ["收入总计 9.00 final", "支出总计 9.00 final", "本年支出合计 8.00 final expenditure"]
    );
    // Expenditure is no part of the revenue explained before it.
    assert_eq!(
        accounts(
            "一、收入支出决算总体情况说明\n（一）收入总计9.00万元，包括：\n1.事业收入9.00万元。\n（二）支出总计9.00万元，包括：\n1.基本支出8.00万元。"
        ),
        [
            "收入总计 9.00 final",
            "收入总计/事业收入 9.00 final revenue",
            "支出总计 9.00 final",
            "支出总计/基本支出 8.00 final expenditure"
        ]
    );
}

#[test]
fn a_heading_names_figures_that_nothing_else_names() {
    let text = "第三部分 2025年部门预算情况说明\n六、一般公共预算“三公”经费支出预算情况\n（一）因公出国（境）经费\n2025年度预算安排2.00万元，比上年增加1.00万元。";
    assert_eq!(read(text), ["因公出国（境）经费 amount 2.00 万元", "因公出国（境）经费 yoy_change 1.00 万元"]);
}

#[test]
fn items_announced_by_a_numbered_paragraph_are_parts_of_it() {
    let text = section(
        "1.基本支出5.00万元，其中：\n工资福利支出4.00万元。\n商品和服务支出1.00万元。\n2.项目支出3.00万元，其中：\n资本性支出3.00万元。",
    );
    assert_eq!(
        read(&text),
        [
            "基本支出 amount 5.00 万元",
            "基本支出/工资福利支出 amount 4.00 万元",
            "基本支出/商品和服务支出 amount 1.00 万元",
            "项目支出 amount 3.00 万元",
            "项目支出/资本性支出 amount 3.00 万元",
        ]
    );
}

#[test]
fn ways_of_dividing_money_name_none_of_it() {
    let text =
        section("支出预算9.00万元。按支出功能分类划分：教育支出5.00万元，占支出预算的55.56%；农林水支出4.00万元。");
    let found = read(&text);
    assert_eq!(found[1], "教育支出 amount 5.00 万元", "{found:?}");
}
