use budget_model::{Nature, Source, Stage, TableKind, ThreePublicItem};

use super::*;

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

#[test]
fn a_title_says_what_its_table_is_about() {
    for (text, kind, source, nature) in [
        ("收支总表", TableKind::Overview, None, None),
        ("2026年度云溪县文化馆部门收入总体情况表", TableKind::Income, None, None),
        ("三、支出预算总表", TableKind::Expenditure, None, None),
        ("预算04表财政拨款收支预算总表", TableKind::Appropriation, Some(Source::Appropriation), None),
        ("一般公共预算支出表（按功能分类）", TableKind::General, Some(Source::GeneralPublicBudget), None),
        (
            "公开08表：一般公共预算基本支出预算表",
            TableKind::GeneralBasic,
            Some(Source::GeneralPublicBudget),
            Some(Nature::Basic),
        ),
        ("政府性基金预算财政拨款支出预算表", TableKind::Fund, Some(Source::GovernmentFund), None),
        ("国有资本经营预算支出表", TableKind::StateCapital, Some(Source::StateCapital), None),
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
fn the_items_that_stand_beside_the_three_are_no_part_of_them() {
    let alone = title("财政拨款“三公”经费支出表");
    assert_eq!((alone.kind, alone.dimensions.three_public), (TableKind::ThreePublic, Some(ThreePublicItem::All)));
    let beside = title("一般公共预算“三公”经费、会议费、培训费支出表");
    assert_eq!((beside.kind, beside.dimensions.three_public), (TableKind::ThreePublic, None));
}

#[test]
fn a_path_means_what_its_words_compose_to() {
    for (title, path, expected) in [
        ("收入总表", &["本年收入", "财政拨款", "一般公共预算拨款"][..], "general-public-budget"),
        ("收入总表", &["上年结余、结转"], "carry-over"),
        ("收入总体情况表", &["事业收入（不含教育收费）"], "business-income"),
        ("收入总表", &["上年结转结余", "一般公共预算资金"], "general-public-budget-carry-over"),
        ("收入总表", &["本年收入", "小计"], "current-year"),
        ("支出总表", &["部门预算", "一般公共预算拨款"], "general-public-budget"),
        ("财政拨款收支总表", &["财政拨款", "小计"], "total"),
        ("收入总表", &["财政拨款", "小计"], "appropriation"),
        ("一般公共预算支出表", &["基本支出", "小计"], "basic"),
        ("一般公共预算支出表", &["2025年执行数"], "prior-executed"),
        ("一般公共预算支出表", &["2026年预算数", "小计"], "total"),
        ("一般公共预算支出表", &["2026年预算数比2025年执行数", "增减%"], "percent change-percent"),
        ("“三公”经费支出表", &["公务用车购置及运行维护费", "小计", "政府性基金预算"], "vehicles-government-fund"),
        ("“三公”经费支出表", &["增减变化情况", "公务接待费"], "change-reception"),
        ("支出总表", &["人员经费和公用经费支出"], "basic"),
    ] {
        assert_eq!(id(title, path), expected, "{title} {path:?}");
    }
}

mod evidence;
