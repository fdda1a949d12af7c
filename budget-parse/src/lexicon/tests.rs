use budget_model::{Dimensions, Flow, Nature, Phase, Source, Stage, TableKind, ThreePublicItem, YearRef};

use super::*;

mod evidence;
mod invented;

#[test]
fn the_files_have_no_mistakes() {
    assert_eq!(FILES.mistakes, Vec::<String>::new());
}

/// The title of a table of 2026.
fn title(text: &str) -> Title {
    let mut title = Lexicon::title(text).unwrap_or_else(|| panic!("{text} is no title"));
    title.year = Some(2026);
    title
}

/// The id of a column, or what it is.
fn id(title_text: &str, path: &[&str]) -> String {
    describe(&Lexicon::column(path, &title(title_text), None))
}

fn describe(meaning: &ColumnMeaning) -> String {
    match meaning {
        ColumnMeaning::Figure { id, .. } => id.clone(),
        ColumnMeaning::Percent { id, .. } => format!("percent {id}"),
        other => format!("{other:?}"),
    }
}

/// What a path fixes in a table of a title.
fn fixed(title_text: &str, path: &[&str]) -> Dimensions {
    match Lexicon::column(path, &title(title_text), None) {
        ColumnMeaning::Figure { dimensions, .. } | ColumnMeaning::Percent { dimensions, .. } => dimensions,
        other => panic!("{title_text} {path:?}: {other:?}"),
    }
}

fn source(source: Source) -> Dimensions {
    Dimensions { source: Some(source), ..Dimensions::default() }
}

#[test]
fn a_title_says_what_its_table_is_about() {
    for (text, kind, source, nature) in [
        ("收支总表", TableKind::Overview, None, None),
        ("2026年度云溪县文化馆部门收入总体情况表", TableKind::Income, None, None),
        ("三、支出预算总表", TableKind::Expenditure, None, None),
        ("2021年部综合预算收入总表", TableKind::Income, None, None),
        ("预算04表财政拨款收支预算总表", TableKind::Appropriation, Some(Source::Appropriation), None),
        ("一般公共预算支出表（按功能分类）", TableKind::General, Some(Source::GeneralPublicBudget), None),
        ("政府性基金预算财政拨款支出预算表", TableKind::Fund, Some(Source::GovernmentFund), None),
        ("国有资本经营预算支出表", TableKind::StateCapital, Some(Source::StateCapital), None),
        (
            "公开08表：一般公共预算基本支出预算表",
            TableKind::GeneralBasic,
            Some(Source::GeneralPublicBudget),
            Some(Nature::Basic),
        ),
        ("财政拨款上年结转资金支出表", TableKind::Carryover, Some(Source::AppropriationCarryOver), None),
        ("项目支出及其他支出预算表", TableKind::Project, None, Some(Nature::Project)),
        ("2026年政府采购预算明细表", TableKind::Procurement, None, None),
        ("机关运行经费支出预算表", TableKind::AgencyOperation, None, None),
        ("部门预算公开表目录", TableKind::TableIndex, None, None),
    ] {
        let title = title(text);
        assert_eq!(
            (title.kind, title.dimensions.source, title.dimensions.nature, title.stage),
            (kind, source, nature, Stage::Budget),
            "{text}"
        );
    }
}

#[test]
fn final_accounts_are_told_from_budgets() {
    for (text, kind, flow) in [
        ("收入支出决算总表", TableKind::FinalOverview, None),
        ("收入决算表", TableKind::FinalIncome, Some(Flow::Revenue)),
        ("支出决算表", TableKind::FinalExpenditure, Some(Flow::Expenditure)),
        ("财政拨款收入支出决算总表", TableKind::FinalAppropriation, None),
        ("公开05表 一般公共预算财政拨款支出决算表", TableKind::FinalGeneral, Some(Flow::Expenditure)),
        ("一般公共预算财政拨款基本支出决算明细表", TableKind::FinalGeneralBasic, Some(Flow::Expenditure)),
        ("政府性基金预算财政拨款收入支出决算表", TableKind::FinalFund, None),
        ("国有资本经营预算财政拨款支出决算表", TableKind::FinalStateCapital, Some(Flow::Expenditure)),
        ("财政拨款“三公”经费支出决算表", TableKind::FinalThreePublic, Some(Flow::Expenditure)),
    ] {
        let title = title(text);
        assert_eq!((title.kind, title.stage, title.dimensions.flow), (kind, Stage::Final, flow), "{text}");
    }
}

#[test]
fn the_items_that_stand_beside_the_three_are_no_part_of_them() {
    let alone = title("财政拨款“三公”经费支出表");
    assert_eq!((alone.kind, alone.dimensions.three_public), (TableKind::ThreePublic, Some(ThreePublicItem::All)));
    let beside = title("一般公共预算“三公”经费、会议费、培训费支出表");
    assert_eq!(
        (beside.kind, beside.dimensions.three_public),
        (TableKind::ThreePublic, Some(ThreePublicItem::AllWithMeetings))
    );
    let operating = title("“三公”经费和机关运行经费预算表");
    assert_eq!((operating.kind, operating.dimensions.three_public), (TableKind::ThreePublic, None));
}

#[test]
fn a_title_may_say_the_rows_the_year_and_that_it_goes_on() {
    let title = Lexicon::title("2025年一般公共预算支出明细表（按支出经济分类科目-不含上年结转）").unwrap();
    assert_eq!((title.rows, title.year), (Some(NameOf::Economic), Some(2025)));
    assert_eq!((title.kind, title.dimensions.source), (TableKind::GeneralEconomic, Some(Source::GeneralPublicBudget)));
    let title = Lexicon::title("政府性基金预算支出表（含上年结转）").unwrap();
    assert_eq!(title.dimensions.source, Some(Source::GovernmentFundWithCarryOver));
    assert!(Lexicon::title("支出总表（续表）").unwrap().is_continued);
    assert!(!Lexicon::title("支出总表").unwrap().is_continued);
}

#[test]
fn performance_tables_have_any_name_in_front() {
    for (text, performance) in [
        ("部门整体支出绩效目标表", Performance::Overall),
        ("单位整体绩效目标表（2026年度）", Performance::Overall),
        ("文化馆改造提升项目支出绩效目标表", Performance::Project),
        ("乡村振兴衔接资金专项转移支付绩效目标表", Performance::Transfer),
        ("免费开放补助项目绩效自评表", Performance::Evaluation),
    ] {
        assert_eq!(title(text).performance, Some(performance), "{text}");
    }
    assert_eq!(title("项目支出绩效表").kind, TableKind::ProjectGoals);
}

#[test]
fn a_title_that_no_rule_knows_is_still_one_and_a_sentence_is_none() {
    for text in ["云溪县文化馆非税收入征收情况表", "国有资产占用情况表", "专项资金分配方案明细表"]
    {
        assert_eq!(title(text).kind, TableKind::Other, "{text}");
    }
    for text in [
        "本表反映部门本年度收入总体情况表。",
        "见支出总表",
        "注：本表无数据",
        "收支预算总体情况",
        "二、收入预算情况说明",
        "表",
        "合计",
        "",
        "国家机关工作人员登记表",
        "预算01表",
        "公开07表",
        "目录",
        "第二部分 2026年部门预算公开表",
        "云溪县文化馆2026年部门预算表",
        "附表",
    ] {
        assert_eq!(Lexicon::title(text), None, "{text}");
    }
    assert_eq!(Lexicon::title_above_grid("收支预算总体情况").unwrap().kind, TableKind::Overview);
}

#[test]
fn a_path_means_what_its_words_compose_to() {
    for (title, path, expected) in [
        ("收入总表", &["本年收入", "财政拨款", "一般公共预算拨款"][..], "general-public-budget"),
        ("收入总表", &["上年结余、结转"], "carry-over"),
        ("收入总体情况表", &["事业收入（不含教育收费）"], "business-income"),
        ("收入总表", &["上年结转结余", "一般公共预算资金"], "general-public-budget-carry-over"),
        ("收入总表", &["本年收入", "小计"], "current-year"),
        ("收入总表", &["其他资金收入", "事业收入"], "business-income"),
        ("支出总表", &["部门预算", "一般公共预算拨款"], "general-public-budget"),
        ("支出总表", &["其中", "事业单位经营支出"], "operating-business"),
        ("财政拨款收支总表", &["财政拨款", "小计"], "total"),
        ("基本支出预算情况表", &["财政拨款", "小计"], "appropriation"),
        ("一般公共预算支出表", &["基本支出", "小计"], "basic"),
        ("一般公共预算支出表", &["2025年执行数"], "prior-executed"),
        ("一般公共预算支出表", &["2026年预算数", "小计"], "total"),
        ("一般公共预算支出表", &["2026年预算数比2025年执行数", "增减%"], "percent change-percent"),
        ("一般公共预算支出表", &["比上年执行数增减(%)"], "percent change-percent"),
        ("“三公”经费支出表", &["公务用车购置及运行维护费", "小计", "政府性基金预算"], "vehicles-government-fund"),
        ("“三公”经费支出表", &["增减变化情况", "公务接待费"], "change-reception"),
        ("“三公”经费、会议费、培训费支出表", &["上年", "合计"], "prior-total-with-meetings"),
        ("“三公”经费、会议费、培训费支出表", &["上年", "“三公”经费", "小计"], "prior-total"),
        ("“三公”经费、会议费、培训费支出表", &["会议费"], "conference"),
        ("支出总表", &["人员经费和公用经费支出"], "basic"),
        ("收入总表", &["政府性基金预算拨款", "其中：政府性基金收入"], "government-fund-own"),
        ("收入总表", &["政府性基金收入"], "government-fund"),
        ("收入总表", &["纳入专户管理的非税收入拨款"], "special-account"),
        ("支出总表", &["基本支出", "人员类项目"], "personnel"),
        ("政府采购支出表", &["资金来源", "政府性基金"], "government-fund"),
        ("收入支出决算总表", &["调整预算数"], "adjusted-budget"),
        ("政府性基金预算财政拨款收入支出决算表", &["年初结转和结余"], "opening"),
        ("政府性基金预算财政拨款收入支出决算表", &["本年支出", "基本支出"], "expenditure-basic"),
    ] {
        assert_eq!(id(title, path), expected, "{title} {path:?}");
    }
}

#[test]
fn the_title_fixes_what_the_header_does_not_and_never_against_it() {
    let carried = Dimensions { source: Some(Source::GovernmentFundCarryOver), ..Dimensions::default() };
    assert_eq!(fixed("政府性基金预算支出表", &["上年结转"]), carried);
    assert_eq!(fixed("一般公共预算支出表", &["一般公共预算支出", "合计"]), Dimensions::default());
    assert_eq!(
        fixed("一般公共预算“三公”经费支出表", &["公务接待费", "政府性基金预算"]),
        Dimensions { three_public: Some(ThreePublicItem::Reception), ..source(Source::GovernmentFund) }
    );
    assert_eq!(fixed("财政拨款收支总表", &["本年收入", "小计"]), Dimensions::default());
    assert_eq!(fixed("收入总表", &["上年结转", "一般公共预算"]), source(Source::GeneralPublicBudgetCarryOver));
    assert_eq!(fixed("收入总表", &["财政拨款结转"]), source(Source::AppropriationCarryOver));
    assert_eq!(fixed("收入总表", &["非财政拨款结余、结转"]), source(Source::OtherCarryOver));
}

#[test]
fn phases_and_years_are_seen_from_the_table() {
    let last = Dimensions { year: Some(YearRef::Last), ..Dimensions::default() };
    assert_eq!(fixed("支出总表", &["上年预算数"]), last);
    assert_eq!(fixed("支出总表", &["2025年", "预算数"]), last);
    assert_eq!(fixed("支出总表", &["2026年", "预算数"]), Dimensions::default());
    assert_eq!(fixed("支出总表", &["上年", "执行数"]), Dimensions { phase: Some(Phase::Executed), ..last });
    let budget = Dimensions { phase: Some(Phase::Budget), ..Dimensions::default() };
    assert_eq!(fixed("“三公”经费支出决算表", &["预算数"]), budget);
    assert_eq!(fixed("“三公”经费支出决算表", &["决算数"]), Dimensions::default());
    let mut unknown = title("支出总表");
    unknown.year = None;
    assert!(matches!(Lexicon::column(&["2025年预算数"], &unknown, None), ColumnMeaning::Unknown(_)));
    assert!(matches!(Lexicon::column(&["2019年预算数"], &title("支出总表"), None), ColumnMeaning::Unknown(_)));
}

#[test]
fn columns_of_codes_and_names_say_of_what() {
    let economic = Title { rows: Some(NameOf::Economic), ..title("一般公共预算基本支出表") };
    for (path, title, expected) in [
        (&["科目编码"][..], &title("支出总表"), ColumnMeaning::Code(NameOf::Any, None)),
        (&["科目编码"], &economic, ColumnMeaning::Code(NameOf::Economic, None)),
        (&["部门预算支出经济分类科目", "类"], &title("支出总表"), ColumnMeaning::Code(NameOf::Economic, Some(0))),
        (
            &["政府预算支出经济分类科目", "款"],
            &title("支出总表"),
            ColumnMeaning::Code(NameOf::GovernmentEconomic, Some(1)),
        ),
        (&["项目", "功能分类科目编码", "项"], &title("支出总表"), ColumnMeaning::Code(NameOf::Function, Some(2))),
        (&["功能分类科目", "科目名称"], &title("支出总表"), ColumnMeaning::Name(NameOf::Function)),
        (&["部门支出经济分类科目"], &title("支出总表"), ColumnMeaning::Name(NameOf::Economic)),
        (&["预算单位"], &title("支出总表"), ColumnMeaning::Name(NameOf::Unit)),
        (&["单位代码"], &title("支出总表"), ColumnMeaning::Code(NameOf::Unit, None)),
        (&["单位（项目）名称"], &title("项目支出总表"), ColumnMeaning::Name(NameOf::UnitOrProject)),
        (&["单位（科目）名称"], &title("支出总表"), ColumnMeaning::Name(NameOf::Any)),
        (&["项目名称"], &title("项目支出总表"), ColumnMeaning::Name(NameOf::Project)),
        (&["支出", "项目"], &title("收支总表"), ColumnMeaning::Name(NameOf::Label)),
        (&["序号"], &title("收支总表"), ColumnMeaning::Counter),
        (&["人数"], &title("培训费明细表"), ColumnMeaning::Quantity),
        (&["规格型号"], &title("政府采购预算表"), ColumnMeaning::Text),
    ] {
        assert_eq!(Lexicon::column(path, title, None), expected, "{path:?}");
    }
    let side = Some(Side::Revenue);
    let label = Lexicon::column(&["收入", "项目名称"], &title("收支总表"), side);
    assert_eq!(label, ColumnMeaning::Name(NameOf::Label));
}

#[test]
fn a_word_that_nobody_knows_or_a_contradiction_makes_a_column_of_unknown_meaning() {
    for path in [
        &["农民工工资保证金"][..],
        &["本年收入", "甲乙丙"],
        &["一般公共预算政府性基金"],
        &["基本支出", "项目支出"],
        &["政府采购", "小计"],
        &["一般公共预算拨款", "其中：专项资金列入部门预算的项目"],
        &["非财政拨款收入"],
        &["特定目标类项目"],
        &[],
        &[""],
    ] {
        let meaning = Lexicon::column(path, &title("支出总表"), None);
        assert!(matches!(meaning, ColumnMeaning::Unknown(_)), "{path:?}: {meaning:?}");
    }
}

#[test]
fn a_class_over_a_column_is_the_one_that_the_other_columns_tell() {
    let titled = title("一般公共预算项目支出情况表");
    let ids = |paths: &[&str]| {
        let paths: Vec<Vec<&str>> = paths.iter().map(|path| vec![*path]).collect();
        Lexicon::columns(&paths, &titled, None).iter().map(describe).collect::<Vec<_>>()
    };
    assert_eq!(ids(&["工资福利支出", "对个人和家庭的补助"]), ["economic-301", "economic-303"]);
    assert_eq!(
        ids(&["机关工资福利支出", "对个人和家庭的补助"]),
        ["government-economic-501", "government-economic-509"]
    );
    assert!(ids(&["对个人和家庭的补助"])[0].starts_with("Unknown"));
}

#[test]
fn a_row_is_told_by_its_label_and_the_labels_that_contain_it() {
    let row = |title_text: &str, above: &[&str], label: &str| {
        Lexicon::row(label, above, &title(title_text), Some(Side::Revenue), NameOf::Label).unwrap()
    };
    let this_year = row("收支总表", &["一、本年收入"], "1.一般公共预算拨款");
    assert_eq!(
        (this_year.dimensions, this_year.id.as_str()),
        (source(Source::GeneralPublicBudget), "general-public-budget")
    );
    let carried = row("收支总表", &["二、上年结转"], "（一）一般公共预算拨款");
    assert_eq!(carried.dimensions, source(Source::GeneralPublicBudgetCarryOver));
    let group = row("财政拨款收支总表", &[], "二、上年结转");
    assert!(group.is_group && group.dimensions == source(Source::AppropriationCarryOver));
    let group = row("财政拨款收支总表", &[], "一、本年收入");
    assert_eq!((group.dimensions, group.id.as_str()), (source(Source::Appropriation), "current-year"));
    let total = row("收支总表", &[], "收入总计");
    assert!(total.is_total && total.dimensions == Dimensions::default());
    assert_eq!(row("收支总表", &[], "本年收入合计").dimensions, source(Source::CurrentYear));
    assert!(row("收支总表", &["单位资金"], "其中：1. 事业收入").is_of_which);
    // Another source does not contain it, whatever stands above.
    assert_eq!(row("收支总表", &["一、财政拨款收入"], "四、事业收入").dimensions, source(Source::BusinessIncome));
    // Punctuation out of order.
    assert_eq!(row("收支总表", &[], "一一般公共预算资金、").dimensions, source(Source::GeneralPublicBudget));
    assert_eq!(row("收支总表", &[], "1(一)一般公共预算资金").dimensions, source(Source::GeneralPublicBudget));
}

#[test]
fn rows_of_expenditure_are_classes_natures_and_totals() {
    let row = |title_text: &str, label: &str, names: NameOf| {
        Lexicon::row(label, &[], &title(title_text), Some(Side::Expenditure), names)
    };
    let code = |row: Option<RowMeaning>| row.and_then(|row| row.code).map(|code| code.number());
    assert_eq!(code(row("收支总表", "一、一般公共服务支出", NameOf::Label)), Some(201));
    assert_eq!(code(row("收支总表", "（十）医疗卫生与计划生育支出", NameOf::Label)), Some(210));
    assert_eq!(code(row("收支总表", "人大会议", NameOf::Function)), Some(2_010_104));
    assert_eq!(code(row("收支总表", "行政运行", NameOf::Function)), None);
    assert_eq!(code(row("收支总表", "会议费", NameOf::Economic)), Some(30215));
    assert_eq!(code(row("收支总表", "（三）对个人和家庭的补助", NameOf::Economic)), Some(303));
    assert_eq!(code(row("收支总表", "对个人和家庭的补助", NameOf::GovernmentEconomic)), Some(509));
    assert_eq!(code(row("收支总表", "机关资本性支出（二）", NameOf::GovernmentEconomic)), Some(504));
    let of_year = row("收支总表", "本年支出合计", NameOf::Label).unwrap();
    assert_eq!((of_year.dimensions.nature, of_year.is_total), (Some(Nature::CurrentYear), true));
    let forward = row("收支总表", "二、结转下年", NameOf::Label).unwrap();
    assert_eq!(forward.dimensions.nature, Some(Nature::CarryForward));
    let of_year = row("收入支出决算总表", "本年支出合计", NameOf::Label).unwrap();
    assert_eq!((of_year.dimensions.nature, of_year.dimensions.flow), (None, Some(Flow::Expenditure)));
    let closing = row("收入支出决算总表", "年末结转和结余", NameOf::Label).unwrap();
    assert_eq!(closing.dimensions.flow, Some(Flow::Closing));
    assert_eq!(row("收入支出决算总表", "总计", NameOf::Label).unwrap().dimensions.flow, None);
    assert_eq!(row("收支总表", "购置甲乙丙", NameOf::Label), None);
}

#[test]
fn axes_can_stand_in_rows() {
    let row = |title_text: &str, label: &str| {
        Lexicon::row(label, &[], &title(title_text), None, NameOf::Label).unwrap().dimensions
    };
    assert_eq!(row("“三公”经费支出表", "2025年").year, Some(YearRef::Last));
    assert_eq!(row("“三公”经费支出表", "2026年").year, None);
    assert_eq!(row("“三公”经费支出表", "增减变化金额").year, Some(YearRef::Change));
    assert_eq!(row("“三公”经费支出决算表", "预算数").phase, Some(Phase::Budget));
    assert_eq!(row("“三公”经费支出决算表", "决算数").phase, None);
    assert_eq!(row("“三公”经费支出表", "1.因公出国（境）费用").three_public, Some(ThreePublicItem::TravelAbroad));
    assert_eq!(row("“三公”经费支出表", "（2）公务用车运行维护费").three_public, Some(ThreePublicItem::VehicleRunning));
}

#[test]
fn totals_notes_captions_and_header_words_are_told() {
    for text in ["合计", "总 计", "收入总计", "支 出 总 计", "本年支出合计", "小计", "合计："] {
        assert!(Lexicon::is_total(text), "{text}");
    }
    for text in ["基本支出合计", "财政拨款小计", "项目", "一、本年收入", "", "统计"] {
        assert!(!Lexicon::is_total(text), "{text}");
    }
    assert!(!Lexicon::is_note("未安排支出的实户资金"));
    for text in [
        "注：本表反映……",
        "本单位未安排“三公”经费支出，金额为零。",
        "此表无数据",
        "本部门无政府性基金预算，故此表为空表。",
    ] {
        assert!(Lexicon::is_note(text), "{text}");
    }
    for text in ["编制部门：云溪县文化馆", "单位：万元", "预算01表", "公开07表", "附件2", "部门名称：云溪县文化馆"]
    {
        assert!(Lexicon::is_caption(text), "{text}");
    }
    for text in ["支出总表", "表决", "云溪县文化馆", "201"] {
        assert!(!Lexicon::is_caption(text), "{text}");
    }
    for text in
        ["科目编码", "基本支出", "工资福利支出", "2026年预算数", "项目（按功能分类）", "单位：", "备注", "资金来源"]
    {
        assert!(Lexicon::is_header_word(text), "{text}");
    }
    for text in ["云溪县文化馆", "办公费", "2010101", "12.50", "", "、", "的"] {
        assert!(!Lexicon::is_header_word(text), "{text}");
    }
}

#[test]
fn a_code_may_have_several_names_and_a_name_several_codes() {
    let code = Code::from_number(210).unwrap();
    assert_eq!(Lexicon::class_names(code).first().map(Name::text), Some("卫生健康支出"));
    assert!(Lexicon::class_names(code).iter().any(|name| name.text() == "医疗卫生与计划生育支出"));
    assert!(Lexicon::class_codes("行政运行", NameOf::Function).len() > 20);
    assert_eq!(Lexicon::class_codes("维修（护）费", NameOf::Economic), [Code::from_number(30213).unwrap()]);
    assert!(Lexicon::class_codes("云溪县文化馆", NameOf::Function).is_empty());
}

proptest::proptest! {
    #[test]
    fn any_text_is_read_or_refused(text in "[\\PC一二支出收入预算表（）()年0-9、：其中]*") {
        let title = Lexicon::title(&text).unwrap_or_else(|| Title::unknown(TableKind::Other));
        let _ = Lexicon::column(&[&text, &text], &title, None);
        let _ = Lexicon::row(&text, &[&text], &title, Some(Side::Expenditure), NameOf::Label);
        let _ = (Lexicon::is_total(&text), Lexicon::is_note(&text), Lexicon::is_caption(&text));
    }
}

#[test]
fn a_title_that_no_rule_knows_may_have_a_classification_in_brackets() {
    for text in ["部门经费安排汇总表", "2026年基本支出经费比较表（按政府预算支出经济分类）"]
    {
        assert_eq!(title(text).kind, TableKind::Other, "{text}");
    }
    assert!(Lexicon::title("部门预算公开表").is_none());
}
