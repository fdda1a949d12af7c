//! The words these texts are made of: tables, not code.

use budget_model::{Nature, Source, ThreePublicItem};

use crate::words::Words;

/// What a section is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Topic {
    /// 主要职能
    Functions,
    /// 机构设置及人员情况
    Structure,
    /// 预算编制说明: all of the budget in one section
    Compilation,
    /// 收支预算情况的总体说明
    Overview,
    /// 收入预算情况说明
    Income,
    /// 支出预算情况说明
    Expenditure,
    /// 财政拨款收支预算情况的总体说明
    Appropriation,
    /// 一般公共预算当年拨款情况说明
    General,
    /// 一般公共预算当年拨款规模变化情况
    GeneralChange,
    /// 一般公共预算当年拨款结构情况
    GeneralShares,
    /// 一般公共预算当年拨款具体使用情况
    GeneralUse,
    /// 一般公共预算基本支出情况说明
    Basic,
    /// 一般公共预算项目支出情况说明
    Projects,
    /// 政府性基金预算拨款情况说明
    Fund,
    /// 国有资本经营预算拨款情况说明
    StateCapital,
    /// “三公”经费预算情况说明
    ThreePublic,
    /// 上年结转结余预算情况说明
    CarryOver,
    /// 其他重要事项的情况说明
    OtherMatters,
    /// 机关运行经费情况
    OperatingCosts,
    /// 政府采购情况
    Procurement,
    /// 国有资产占用使用情况
    Assets,
    /// 预算绩效情况
    Performance,
    /// 其他需说明的事项
    Remarks,
    /// 名词解释
    Glossary,
    /// Anything else.
    Other,
}

/// Topics by words of the heading; the first line all of whose words occur decides.
pub(super) const TOPICS: &[(&[&str], Topic)] = &[
    (&["名词解释"], Topic::Glossary),
    (&["职能"], Topic::Functions),
    (&["职责"], Topic::Functions),
    (&["机构设置"], Topic::Structure),
    (&["编制说明"], Topic::Compilation),
    (&["机构", "人员"], Topic::Structure),
    (&["其他重要事项"], Topic::OtherMatters),
    (&["其他", "说明", "事项"], Topic::Remarks),
    (&["运行经费"], Topic::OperatingCosts),
    (&["政府采购"], Topic::Procurement),
    (&["国有资产"], Topic::Assets),
    (&["绩效"], Topic::Performance),
    (&["三公"], Topic::ThreePublic),
    (&["结转"], Topic::CarryOver),
    (&["国有资本"], Topic::StateCapital),
    (&["政府性基金"], Topic::Fund),
    (&["规模变化"], Topic::GeneralChange),
    (&["拨款结构"], Topic::GeneralShares),
    (&["具体使用"], Topic::GeneralUse),
    (&["当年拨款"], Topic::General),
    (&["基本支出"], Topic::Basic),
    (&["项目支出"], Topic::Projects),
    (&["财政拨款", "收支"], Topic::Appropriation),
    (&["收支"], Topic::Overview),
    (&["收入预算"], Topic::Income),
    (&["支出预算"], Topic::Expenditure),
];

/// The words of [`TOPICS`].
pub(super) static TOPIC_WORDS: Words<&str> = Words::new(&[
    "名词解释",
    "职能",
    "职责",
    "机构设置",
    "编制说明",
    "机构",
    "人员",
    "其他重要事项",
    "其他",
    "说明",
    "事项",
    "运行经费",
    "政府采购",
    "国有资产",
    "绩效",
    "三公",
    "结转",
    "国有资本",
    "政府性基金",
    "规模变化",
    "拨款结构",
    "具体使用",
    "当年拨款",
    "基本支出",
    "项目支出",
    "财政拨款",
    "收支",
    "收入预算",
    "支出预算",
]);

/// How headings end.
pub(super) static HEADING_ENDS: Words<&str> =
    Words::new(&["说明", "情况", "职能", "职责", "事项", "设置", "概况", "解释", "构成", "公开表", "总表"]);

/// What continues a paragraph, even after a full stop at the end of a line.
pub(super) static CONTINUATIONS: Words<&str> = Words::new(&[
    "主要原因",
    "原因是",
    "其中",
    "所以",
    "因此",
    "，",
    "。",
    "、",
    "；",
    "）",
    ")",
    "（",
    "”",
    "》",
    "％",
    "%",
]);

/// Words before a colon at the end of a line that announce paragraphs of their own.
pub(super) static ANNOUNCEMENTS: Words<&str> =
    Words::new(&["其中", "包括", "如下", "情况为", "是", "分别为", "解释", "说明", "情况"]);

/// Words before a colon that belong to a sentence, not to a field.
pub(super) static NOT_A_LABEL: Words<&str> = Words::new(&[
    "其中",
    "包括",
    "包含",
    "原因是",
    "原因",
    "分别是",
    "分别为",
    "用于",
    "如下",
    "情况为",
    "是",
    "为",
    "职责是",
]);

/// The label of a project's name.
pub(super) const NAME_LABEL: &str = "项目名称";

/// A field of a project that has a place of its own in the model.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ProjectField {
    PolicyBasis,
    Amount,
    UnitInCharge,
    Allocation,
    Period,
    Further,
}

/// Labels of a project's fields, longer ones before those they start with.
pub(super) static FIELD_LABELS: Words<(&str, ProjectField)> = Words::table(&[
    ("设立的政策依据", ProjectField::PolicyBasis),
    ("设立政策依据", ProjectField::PolicyBasis),
    ("政策依据", ProjectField::PolicyBasis),
    ("立项依据", ProjectField::PolicyBasis),
    ("预算安排规模", ProjectField::Amount),
    ("预算规模", ProjectField::Amount),
    ("项目承担单位", ProjectField::UnitInCharge),
    ("承担单位", ProjectField::UnitInCharge),
    ("资金分配情况", ProjectField::Allocation),
    ("资金分配", ProjectField::Allocation),
    ("资金执行时间", ProjectField::Period),
    ("执行时间", ProjectField::Period),
    ("资金来源", ProjectField::Further),
    ("补贴人数", ProjectField::Further),
    ("补贴标准", ProjectField::Further),
    ("补贴范围", ProjectField::Further),
    ("补贴方式", ProjectField::Further),
    ("补助人数", ProjectField::Further),
    ("补助标准", ProjectField::Further),
    ("补助范围", ProjectField::Further),
    ("补助方式", ProjectField::Further),
    ("发放程序", ProjectField::Further),
    ("发放方式", ProjectField::Further),
    ("受益人群和社会效益", ProjectField::Further),
]);

/// Fields that every project has, with the words a message names them by.
pub(super) const EXPECTED_FIELDS: &[(ProjectField, &str)] = &[
    (ProjectField::PolicyBasis, "设立的政策依据"),
    (ProjectField::Amount, "预算安排规模"),
    (ProjectField::UnitInCharge, "项目承担单位"),
    (ProjectField::Allocation, "资金分配情况"),
    (ProjectField::Period, "资金执行时间"),
];

/// Words that say in which direction a figure changed.
pub(super) static DIRECTIONS: Words<(&str, Direction)> = Words::table(&[
    ("增加", Direction::Up),
    ("增长", Direction::Up),
    ("上升", Direction::Up),
    ("上涨", Direction::Up),
    ("调增", Direction::Up),
    ("减少", Direction::Down),
    ("下降", Direction::Down),
    ("降低", Direction::Down),
    ("缩减", Direction::Down),
    ("压减", Direction::Down),
    ("调减", Direction::Down),
    ("核减", Direction::Down),
    ("下调", Direction::Down),
    ("上调", Direction::Up),
    ("核增", Direction::Up),
    ("增减", Direction::Either),
]);

/// More or less than last year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Direction {
    Up,
    Down,
    /// 增减, 增加（减少）: the sign of the figure says.
    Either,
}

/// Words between 增减 and its figure.
pub(super) static OF_CHANGE: Words<&str> =
    Words::new(&["额", "率", "数", "值", "变化", "变动", "情况", "幅度", "比例", "为", "是", "：", ":"]);

/// What makes a level of what follows a direction: 增加到120万元, 下降为5%.
pub(super) const UP_TO: [char; 4] = ['到', '至', '为', '成'];

/// Words that say that nothing changed.
pub(super) const UNCHANGED: &[&str] =
    &["持平", "无变化", "没有变化", "未变化", "无增减", "无增减变化", "一致", "相同", "不变", "未发生变化", "未增减"];

/// Words behind the name of an item that has no money: 公务接待费未安排.
pub(super) static NOTHING_PLANNED: Words<&str> =
    Words::new(&["未安排", "无", "没有", "未", "不安排", "不涉及", "为零", "零"]);

/// What a figure is compared with that is no figure of last year: 比年初预算减少.
pub(super) const OTHER_BASES: &[&str] = &[
    "比年初预算",
    "较年初预算",
    "比预算",
    "较预算",
    "与预算",
    "与年初预算",
    "比全年预算",
    "较全年预算",
    "比调整预算",
    "较调整预算",
    "比年初",
    "较年初",
    "同年初",
];

/// Names of the year before.
pub(super) static LAST_YEAR: Words<&str> =
    Words::new(&["上年度", "上年", "上一年度", "上一年", "去年度", "去年", "往年"]);

/// What stands before last year in a comparison.
pub(super) const COMPARED: [char; 6] = ['比', '较', '与', '和', '同', '于'];

/// What makes of a year, or of last year, one that amounts are stated for: 2024年预算数, 上年执行数.
pub(super) static OF_A_YEAR: Words<&str> = Words::new(&[
    "年初预算数",
    "年初预算",
    "部门预算",
    "单位预算",
    "调整预算数",
    "调整预算",
    "预算数",
    "预算",
    "执行数",
    "决算数",
    "决算",
    "批复数",
    "完成数",
    "实际支出",
    "支出",
    "收入",
    "总额",
    "数",
    "的",
    "度",
    "为",
]);

/// What is carried over from last year is money of this year: 上年结转12万元.
pub(super) const CARRIED_OVER: &[&str] = &["结转", "结余", "末", "执行情况"];

/// Words of a number of people or things that has no unit: 编制数12.
pub(super) const COUNTED: &[&str] = &["编制", "人数", "实有", "在职", "退休", "离休", "在编", "车辆", "户数", "职数"];

/// Words of money, of which a number without a unit says nothing.
pub(super) const OF_MONEY: &[&str] = &["预算", "决算", "支出", "收入", "经费", "金额", "资金", "拨款", "合计", "总计"];

/// The class of a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum UnitClass {
    Money,
    Percent,
    Area,
    Count,
}

/// Units, the frequent ones first, but longer ones before those they start with.
pub(super) static UNITS: Words<(&str, UnitClass)> = Words::table(&[
    ("万元", UnitClass::Money),
    ("%", UnitClass::Percent),
    ("元", UnitClass::Money),
    ("人次", UnitClass::Count),
    ("人", UnitClass::Count),
    ("辆", UnitClass::Count),
    ("个月", UnitClass::Count),
    ("个百分点", UnitClass::Percent),
    ("个", UnitClass::Count),
    ("名", UnitClass::Count),
    ("平方米", UnitClass::Area),
    ("台（套）", UnitClass::Count),
    ("台(套)", UnitClass::Count),
    ("台套", UnitClass::Count),
    ("台", UnitClass::Count),
    ("亿元", UnitClass::Money),
    ("千万元", UnitClass::Money),
    ("百万元", UnitClass::Money),
    ("百元", UnitClass::Money),
    ("千元", UnitClass::Money),
    ("％", UnitClass::Percent),
    ("平方公里", UnitClass::Area),
    ("㎡", UnitClass::Area),
    ("公顷", UnitClass::Area),
    ("亩", UnitClass::Area),
    ("万人次", UnitClass::Count),
    ("万人", UnitClass::Count),
    ("万户", UnitClass::Count),
    ("万份", UnitClass::Count),
    ("万亩", UnitClass::Area),
    ("位", UnitClass::Count),
    ("家", UnitClass::Count),
    ("户", UnitClass::Count),
    ("套", UnitClass::Count),
    ("件", UnitClass::Count),
    ("项", UnitClass::Count),
    ("场次", UnitClass::Count),
    ("场", UnitClass::Count),
    ("次", UnitClass::Count),
    ("份", UnitClass::Count),
    ("批", UnitClass::Count),
    ("期", UnitClass::Count),
    ("所", UnitClass::Count),
    ("处", UnitClass::Count),
    ("座", UnitClass::Count),
    ("栋", UnitClass::Count),
    ("间", UnitClass::Count),
    ("张", UnitClass::Count),
    ("本", UnitClass::Count),
    ("册", UnitClass::Count),
    ("条", UnitClass::Count),
    ("部", UnitClass::Count),
    ("天", UnitClass::Count),
    ("月", UnitClass::Count),
    ("年", UnitClass::Count),
    ("小时", UnitClass::Count),
    ("公里", UnitClass::Count),
    ("吨", UnitClass::Count),
    // 万 alone is money: nobody counts in tens of thousands without saying of what.
    ("万", UnitClass::Money),
]);

/// Words that look like units but are not before these characters: 12本年收入, 3家具, 5部门.
pub(super) const NOT_A_UNIT: &[(&str, &str)] = &[
    ("本", "年级部单次院期月"),
    ("家", "具庭属"),
    ("年", "初末底度"),
    ("部", "门分长级"),
    ("所", "属有在"),
    ("次", "年"),
    ("期", "初末"),
    ("项", "目"),
    ("月", "份底初"),
];

/// What a price can be per: 元/人/年.
pub(super) static PER: Words<&str> = Words::new(&[
    "人次",
    "人",
    "年",
    "月",
    "天",
    "日",
    "户",
    "次",
    "个",
    "台",
    "套",
    "辆",
    "平方米",
    "亩",
    "名",
    "家",
    "学期",
    "学年",
    "生",
    "件",
    "份",
    "场",
    "期",
    "小时",
    "公里",
    "吨",
    "床",
    "村",
    "位",
    "册",
    "间",
    "所",
    "站",
]);

/// Names of sources of money.
pub(super) static SOURCES: Words<(&str, Source)> = Words::table(&[
    ("一般公共预算", Source::GeneralPublicBudget),
    ("一般公共预算拨款", Source::GeneralPublicBudget),
    ("一般公共预算财政拨款", Source::GeneralPublicBudget),
    ("一般公共预算收入", Source::GeneralPublicBudget),
    ("政府性基金预算收入", Source::GovernmentFund),
    ("国有资本经营预算收入", Source::StateCapital),
    ("上级一般公共预算安排的转移支付", Source::GeneralPublicBudgetTransfer),
    ("上级一般公共预算安排的转移支付资金", Source::GeneralPublicBudgetTransfer),
    ("上级一般公共预算转移支付", Source::GeneralPublicBudgetTransfer),
    ("政府性基金", Source::GovernmentFund),
    ("政府性基金预算", Source::GovernmentFund),
    ("政府性基金预算拨款", Source::GovernmentFund),
    ("上级政府性基金安排的转移支付", Source::GovernmentFundTransfer),
    ("上级政府性基金安排的转移支付资金", Source::GovernmentFundTransfer),
    ("国有资本经营预算", Source::StateCapital),
    ("国有资本经营预算拨款", Source::StateCapital),
    ("上级国有资本经营预算安排的转移支付", Source::StateCapitalTransfer),
    ("上级国有资本经营预算安排的转移支付资金", Source::StateCapitalTransfer),
    ("财政专户", Source::SpecialAccount),
    ("财政专户管理资金", Source::SpecialAccount),
    ("财政专户（教育收费）", Source::SpecialAccount),
    ("单位资金", Source::UnitFunds),
    ("事业收入", Source::BusinessIncome),
    ("上级补助收入", Source::SuperiorSubsidy),
    ("附属单位上缴收入", Source::AffiliatePayment),
    ("事业单位经营收入", Source::OperatingIncome),
    ("经营收入", Source::OperatingIncome),
    ("其他收入", Source::OtherIncome),
    ("单位其他资金收入", Source::OtherIncome),
    ("上年结转结余", Source::CarryOver),
    ("财政拨款结转", Source::AppropriationCarryOver),
    ("财政拨款结转结余", Source::AppropriationCarryOver),
    ("非财政拨款结转结余", Source::OtherCarryOver),
    ("非财政拨款结余", Source::OtherCarryOver),
]);

/// What the explanation of the whole budget (预算编制说明) speaks of; other sources by their own names.
pub(super) static COMPILED: Words<(&str, Source)> = Words::table(&[
    ("收入预算", Source::All),
    ("支出预算", Source::All),
    ("财政拨款收入", Source::Appropriation),
    ("财政拨款支出预算", Source::Appropriation),
    ("一般公共预算拨款支出预算", Source::GeneralPublicBudget),
    ("政府性基金拨款支出预算", Source::GovernmentFund),
    ("政府性基金预算拨款支出预算", Source::GovernmentFund),
    ("国有资本经营预算拨款支出预算", Source::StateCapital),
]);

/// Names of kinds of expenditure.
pub(super) static NATURES: Words<(&str, Nature)> = Words::table(&[
    ("基本支出", Nature::Basic),
    ("人员经费", Nature::Personnel),
    ("公用经费", Nature::Operating),
    ("项目支出", Nature::Project),
]);

/// Names of the “三公” items.
pub(super) static THREE_PUBLIC: Words<(&str, ThreePublicItem)> = Words::table(&[
    ("“三公”经费", ThreePublicItem::All),
    ("因公出国（境）费", ThreePublicItem::TravelAbroad),
    ("因公出国（境）费用", ThreePublicItem::TravelAbroad),
    ("公务接待费", ThreePublicItem::Reception),
    ("公务用车购置及运行费", ThreePublicItem::Vehicles),
    ("公务用车购置及运行维护费", ThreePublicItem::Vehicles),
    ("公务用车购置费", ThreePublicItem::VehiclePurchase),
    ("公务用车购置", ThreePublicItem::VehiclePurchase),
    ("公务用车运行费", ThreePublicItem::VehicleRunning),
    ("公务用车运行维护费", ThreePublicItem::VehicleRunning),
]);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_the_topics_are_listed() {
        let words: Vec<&str> = TOPICS.iter().flat_map(|(words, _)| *words).copied().collect();
        assert!(words.iter().all(|word| TOPIC_WORDS.contains(word)));
        assert!(TOPIC_WORDS.entries().iter().all(|word| words.contains(word)));
    }
}
