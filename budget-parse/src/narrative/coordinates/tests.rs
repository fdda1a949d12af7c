//! What subjects are figures of.

use budget_model::{Label, Place, Row};

use super::*;
use crate::narrative::vocabulary::TOPICS;

fn table(kind: TableKind, rows: &[(u32, &str)]) -> Table {
    let place = Place::Text { page: 1, line: 1, column: 1 };
    let label = |text: &str| Label::new(text, place);
    let row = |(code, name): &(u32, &str)| {
        let mut row = Row::new(Role::Item, label(name));
        row.code = Code::from_number(*code);
        row
    };
    let mut own = Column::new("own", "一般公共预算");
    own.dimensions.source = Some(Source::GeneralPublicBudgetOwn);
    let mut table = Table::new(kind, label("表"));
    table.columns.push(own);
    table.rows.extend(rows.iter().map(row));
    table
}

fn scope(topic: Topic) -> Scope<'static> {
    let entry = TOPICS.iter().find(|entry| entry.topic == topic);
    Scope { topic, entry, unit: None, year: Some(2025), is_final: false }
}

fn subject(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

#[test]
fn a_function_is_found_under_its_class_and_group() {
    let rows = [
        (207, "文化旅游体育与传媒支出"),
        (20701, "文化和旅游"),
        (2_070_101, "行政运行"),
        (20702, "文物"),
        (2_070_201, "行政运行"),
    ];
    let disclosure = Disclosure { tables: vec![table(TableKind::General, &rows)], ..Disclosure::default() };
    let resolver = Resolver::new(&disclosure);
    let found = resolver
        .coordinates(scope(Topic::GeneralUse), &subject(&["文化旅游体育与传媒支出", "文物", "行政运行"]))
        .unwrap();
    assert_eq!(found.function, Code::from_number(2_070_201));
    assert_eq!(found.source, Source::GeneralPublicBudget);
    let deeper = subject(&["文化旅游体育与传媒支出", "文物", "行政运行", "退休人员"]);
    assert_eq!(resolver.coordinates(scope(Topic::GeneralUse), &deeper), None);
    // The official code, where the tables do not print the item.
    let official = subject(&["文化旅游体育与传媒支出", "文物", "文物保护"]);
    let official = resolver.coordinates(scope(Topic::GeneralUse), &official).and_then(|at| at.function);
    assert_eq!(official, Code::from_number(2_070_204));
    let unknown = subject(&["文化旅游体育与传媒支出", "文物", "文物讲座"]);
    assert_eq!(resolver.coordinates(scope(Topic::GeneralUse), &unknown), None);
}

#[test]
fn the_source_of_a_three_public_item_is_a_part_of_what_pays_for_all() {
    let found = |names: &[&str]| {
        let disclosure = Disclosure::default();
        Resolver::new(&disclosure).coordinates(scope(Topic::ThreePublic), &subject(names))
    };
    let reception = found(&["“三公”经费", "公务接待费", "政府性基金"]).unwrap();
    assert_eq!((reception.three_public, reception.source), (Some(ThreePublicItem::Reception), Source::GovernmentFund));
    // Business income is no appropriation.
    assert_eq!(found(&["“三公”经费", "事业收入"]), None);
}

#[test]
fn a_list_of_classes_explains_appropriations() {
    let disclosure =
        Disclosure { tables: vec![table(TableKind::Expenditure, &[(205, "教育支出")])], ..Disclosure::default() };
    let found = |names: &[&str]| Resolver::new(&disclosure).coordinates(scope(Topic::Compilation), &subject(names));
    let of = |names: &[&str]| found(names).map(|at| (at.source, at.function.map(Code::number)));
    assert_eq!(of(&["教育支出"]), Some((Source::Appropriation, Some(205))));
    assert_eq!(of(&["收入预算", "事业收入"]), Some((Source::BusinessIncome, None)));
    assert_eq!(of(&["收入预算", "讲座收入"]), None);
}

#[test]
fn a_source_beside_transfers_is_own_means() {
    let income = Disclosure { tables: vec![table(TableKind::Income, &[])], ..Disclosure::default() };
    let names = subject(&["收入预算", "一般公共预算"]);
    let source = |disclosure: &Disclosure| {
        Resolver::new(disclosure).coordinates(scope(Topic::Income), &names).map(|at| at.source)
    };
    assert_eq!(source(&income), Some(Source::GeneralPublicBudgetOwn));
    assert_eq!(source(&Disclosure::default()), Some(Source::GeneralPublicBudget));
}

#[test]
fn kinds_and_items_have_coordinates_and_reasons_have_none() {
    let disclosure = Disclosure::default();
    let resolver = Resolver::new(&disclosure);
    let at = |topic, names: &[&str]| resolver.coordinates(scope(topic), &subject(names));
    assert_eq!(at(Topic::Expenditure, &["支出预算", "基本支出"]).map(|at| at.nature), Some(Nature::Basic));
    assert_eq!(at(Topic::Basic, &["一般公共预算基本支出", "公用经费"]).map(|at| at.nature), Some(Nature::Operating));
    assert_eq!(
        at(Topic::ThreePublic, &["财政拨款“三公”经费", "公务接待费"]).and_then(|at| at.three_public),
        Some(ThreePublicItem::Reception)
    );
    let fund = at(Topic::Fund, &["政府性基金预算拨款", "项目支出"]).unwrap();
    assert_eq!((fund.source, fund.nature), (Source::GovernmentFund, Nature::Project));
    assert_eq!(at(Topic::Expenditure, &["支出预算", "基本支出", "在职人员"]), None);
}
