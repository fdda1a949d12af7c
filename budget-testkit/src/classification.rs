//! Function items and economic groups by their official names.
//!
//! Source: 政府收支分类科目 (Government Revenue and Expenditure Classification), Ministry of Finance, editions 2022 to 2025.

use budget_model::{Code, Nature, Source, ThreePublicItem};

/// Which budget pays for a function item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Account {
    /// 一般公共预算, and whatever is no appropriation
    General,
    /// 政府性基金预算
    Fund,
    /// 国有资本经营预算
    StateCapital,
}

impl Account {
    /// The account of a source that is not divided further.
    pub(crate) fn of(source: Source) -> Self {
        match source {
            Source::GovernmentFundOwn | Source::GovernmentFundTransfer | Source::GovernmentFundCarryOver => Self::Fund,
            Source::StateCapitalOwn | Source::StateCapitalTransfer | Source::StateCapitalCarryOver => {
                Self::StateCapital
            }
            _ => Self::General,
        }
    }
}

/// Classes and groups of the function classification (功能分类 类, 款).
const FUNCTION_WHOLES: &[(u32, &str)] = &[
    (201, "一般公共服务支出"),
    (20103, "政府办公厅（室）及相关机构事务"),
    (20106, "财政事务"),
    (20129, "群众团体事务"),
    (20132, "组织事务"),
    (20138, "市场监督管理事务"),
    (204, "公共安全支出"),
    (20402, "公安"),
    (20406, "司法"),
    (205, "教育支出"),
    (20501, "教育管理事务"),
    (20502, "普通教育"),
    (20503, "职业教育"),
    (20508, "进修及培训"),
    (206, "科学技术支出"),
    (20607, "科学技术普及"),
    (207, "文化旅游体育与传媒支出"),
    (20701, "文化和旅游"),
    (20702, "文物"),
    (20707, "国家电影事业发展专项资金安排的支出"),
    (20709, "旅游发展基金支出"),
    (208, "社会保障和就业支出"),
    (20801, "人力资源和社会保障管理事务"),
    (20802, "民政管理事务"),
    (20805, "行政事业单位养老支出"),
    (20808, "抚恤"),
    (20811, "残疾人事业"),
    (20899, "其他社会保障和就业支出"),
    (210, "卫生健康支出"),
    (21001, "卫生健康管理事务"),
    (21002, "公立医院"),
    (21003, "基层医疗卫生机构"),
    (21004, "公共卫生"),
    (21011, "行政事业单位医疗"),
    (211, "节能环保支出"),
    (21103, "污染防治"),
    (212, "城乡社区支出"),
    (21201, "城乡社区管理事务"),
    (21205, "城乡社区环境卫生"),
    (21208, "国有土地使用权出让收入安排的支出"),
    (21213, "城市基础设施配套费安排的支出"),
    (213, "农林水支出"),
    (21301, "农业农村"),
    (21303, "水利"),
    (21305, "巩固拓展脱贫攻坚成果衔接乡村振兴"),
    (214, "交通运输支出"),
    (21401, "公路水路运输"),
    (220, "自然资源海洋气象等支出"),
    (22001, "自然资源事务"),
    (221, "住房保障支出"),
    (22102, "住房改革支出"),
    (223, "国有资本经营预算支出"),
    (22301, "解决历史遗留问题及改革成本支出"),
    (22399, "其他国有资本经营预算支出"),
    (224, "灾害防治及应急管理支出"),
    (22401, "应急管理事务"),
    (229, "其他支出"),
    (22960, "彩票公益金安排的支出"),
];

/// Items of the function classification (功能分类 项).
const FUNCTION_ITEMS: &[(u32, &str)] = &[
    (2010301, "行政运行"),
    (2010302, "一般行政管理事务"),
    (2010350, "事业运行"),
    (2010601, "行政运行"),
    (2010607, "信息化建设"),
    (2012901, "行政运行"),
    (2012999, "其他群众团体事务支出"),
    (2013201, "行政运行"),
    (2013299, "其他组织事务支出"),
    (2013801, "行政运行"),
    (2040220, "执法办案"),
    (2040601, "行政运行"),
    (2040604, "基层司法业务"),
    (2050101, "行政运行"),
    (2050201, "学前教育"),
    (2050202, "小学教育"),
    (2050203, "初中教育"),
    (2050204, "高中教育"),
    (2050299, "其他普通教育支出"),
    (2050302, "中等职业教育"),
    (2050803, "培训支出"),
    (2060702, "科普活动"),
    (2070101, "行政运行"),
    (2070104, "图书馆"),
    (2070109, "群众文化"),
    (2070111, "文化创作与保护"),
    (2070113, "旅游宣传"),
    (2070199, "其他文化和旅游支出"),
    (2070204, "文物保护"),
    (2070205, "博物馆"),
    (2080101, "行政运行"),
    (2080208, "基层政权建设和社区治理"),
    (2080501, "行政单位离退休"),
    (2080502, "事业单位离退休"),
    (2080505, "机关事业单位基本养老保险缴费支出"),
    (2080506, "机关事业单位职业年金缴费支出"),
    (2080801, "死亡抚恤"),
    (2081104, "残疾人康复"),
    (2089999, "其他社会保障和就业支出"),
    (2100101, "行政运行"),
    (2100201, "综合医院"),
    (2100302, "乡镇卫生院"),
    (2100408, "基本公共卫生服务"),
    (2101101, "行政单位医疗"),
    (2101102, "事业单位医疗"),
    (2101103, "公务员医疗补助"),
    (2110302, "水体"),
    (2120101, "行政运行"),
    (2120104, "城管执法"),
    (2120501, "城乡社区环境卫生"),
    (2130101, "行政运行"),
    (2130104, "事业运行"),
    (2130108, "病虫害控制"),
    (2130306, "水利工程运行与维护"),
    (2130599, "其他巩固拓展脱贫攻坚成果衔接乡村振兴支出"),
    (2140106, "公路养护"),
    (2200101, "行政运行"),
    (2210201, "住房公积金"),
    (2210203, "购房补贴"),
    (2240101, "行政运行"),
    (2240106, "安全监管"),
];

const FUND_ITEMS: &[(u32, &str)] = &[
    (2070701, "资助国产影片放映"),
    (2070904, "地方旅游开发项目补助"),
    (2120801, "征地和拆迁补偿支出"),
    (2120804, "农村基础设施建设支出"),
    (2121301, "城市公共设施"),
    (2296002, "用于社会福利的彩票公益金支出"),
    (2296003, "用于体育事业的彩票公益金支出"),
    (2296010, "用于文化事业的彩票公益金支出"),
];

const STATE_CAPITAL_ITEMS: &[(u32, &str)] = &[
    (2230105, "国有企业退休人员社会化管理补助支出"),
    (2230107, "国有企业改革成本支出"),
    (2239999, "其他国有资本经营预算支出"),
];

/// Classes of the economic classification (部门预算支出经济分类 类).
const ECONOMIC_CLASSES: &[(u32, &str)] = &[
    (301, "工资福利支出"),
    (302, "商品和服务支出"),
    (303, "对个人和家庭的补助"),
    (307, "债务利息及费用支出"),
    (309, "资本性支出（基本建设）"),
    (310, "资本性支出"),
    (311, "对企业补助（基本建设）"),
    (312, "对企业补助"),
    (313, "对社会保障基金补助"),
    (399, "其他支出"),
];

/// Groups of the economic classification (款).
const ECONOMIC_GROUPS: &[(u32, &str)] = &[
    (30101, "基本工资"),
    (30102, "津贴补贴"),
    (30103, "奖金"),
    (30107, "绩效工资"),
    (30108, "机关事业单位基本养老保险缴费"),
    (30109, "职业年金缴费"),
    (30110, "职工基本医疗保险缴费"),
    (30111, "公务员医疗补助缴费"),
    (30112, "其他社会保障缴费"),
    (30113, "住房公积金"),
    (30199, "其他工资福利支出"),
    (30201, "办公费"),
    (30202, "印刷费"),
    (30205, "水费"),
    (30206, "电费"),
    (30207, "邮电费"),
    (30208, "取暖费"),
    (30209, "物业管理费"),
    (30211, "差旅费"),
    (30212, "因公出国（境）费用"),
    (30213, "维修（护）费"),
    (30215, "会议费"),
    (30216, "培训费"),
    (30217, "公务接待费"),
    (30226, "劳务费"),
    (30227, "委托业务费"),
    (30228, "工会经费"),
    (30229, "福利费"),
    (30231, "公务用车运行维护费"),
    (30239, "其他交通费用"),
    (30299, "其他商品和服务支出"),
    (30301, "离休费"),
    (30302, "退休费"),
    (30304, "抚恤金"),
    (30305, "生活补助"),
    (30308, "助学金"),
    (30309, "奖励金"),
    (30399, "其他对个人和家庭的补助"),
    (30701, "国内债务付息"),
    (30901, "房屋建筑物购建"),
    (31002, "办公设备购置"),
    (31003, "专用设备购置"),
    (31013, "公务用车购置"),
    (31101, "资本金注入"),
    (31204, "费用补贴"),
    (31302, "对社会保险基金补助"),
    (39999, "其他支出"),
];

/// The official name of a function code; empty if it is not listed here.
pub(crate) fn function_name(code: Code) -> &'static str {
    let items = [FUNCTION_ITEMS, FUND_ITEMS, STATE_CAPITAL_ITEMS];
    let mut all = items.iter().chain([&FUNCTION_WHOLES]).flat_map(|list| list.iter());
    all.find(|(number, _)| *number == code.number()).map(|(_, name)| *name).unwrap_or_default()
}

/// The official name of an economic code; empty if it is not listed here.
pub(crate) fn economic_name(code: Code) -> &'static str {
    let mut all = ECONOMIC_CLASSES.iter().chain(ECONOMIC_GROUPS);
    all.find(|(number, _)| *number == code.number()).map(|(_, name)| *name).unwrap_or_default()
}

/// The function items that an account pays for.
pub(crate) fn function_items(account: Account) -> Vec<Code> {
    let list = match account {
        Account::General => FUNCTION_ITEMS,
        Account::Fund => FUND_ITEMS,
        Account::StateCapital => STATE_CAPITAL_ITEMS,
    };
    list.iter().filter_map(|(number, _)| Code::from_number(*number)).collect()
}

/// The economic groups that money of a nature is spent on.
///
/// Basic expenditure is personnel in classes 301 and 303, operating in 302 and 310, and nothing else.
pub(crate) fn economic_groups(nature: Nature) -> Vec<Code> {
    let belongs = |class: u32| match nature {
        Nature::Personnel => matches!(class, 301 | 303),
        Nature::Operating => matches!(class, 302 | 310),
        _ => true,
    };
    let all = ECONOMIC_GROUPS.iter().filter_map(|(number, _)| Code::from_number(*number));
    all.filter(|code| belongs(code.class().number())).collect()
}

/// The three-public item that an economic group is, if it is one.
pub(crate) fn three_public(economic: Code) -> Option<ThreePublicItem> {
    match economic.number() {
        30212 => Some(ThreePublicItem::TravelAbroad),
        30217 => Some(ThreePublicItem::Reception),
        30231 => Some(ThreePublicItem::VehicleRunning),
        31013 => Some(ThreePublicItem::VehiclePurchase),
        _ => None,
    }
}

/// The classes that a form prints in a table with two sides, whether there is money in them or not.
pub(crate) fn printed_classes() -> impl Iterator<Item = (Code, &'static str)> {
    PRINTED_CLASSES.iter().filter_map(|(number, name)| Some((Code::from_number(*number)?, *name)))
}

const PRINTED_CLASSES: &[(u32, &str)] = &[
    (201, "一般公共服务支出"),
    (202, "外交支出"),
    (203, "国防支出"),
    (204, "公共安全支出"),
    (205, "教育支出"),
    (206, "科学技术支出"),
    (207, "文化旅游体育与传媒支出"),
    (208, "社会保障和就业支出"),
    (209, "社会保险基金支出"),
    (210, "卫生健康支出"),
    (211, "节能环保支出"),
    (212, "城乡社区支出"),
    (213, "农林水支出"),
    (214, "交通运输支出"),
    (215, "资源勘探工业信息等支出"),
    (216, "商业服务业等支出"),
    (217, "金融支出"),
    (219, "援助其他地区支出"),
    (220, "自然资源海洋气象等支出"),
    (221, "住房保障支出"),
    (222, "粮油物资储备支出"),
    (223, "国有资本经营预算支出"),
    (224, "灾害防治及应急管理支出"),
    (227, "预备费"),
    (229, "其他支出"),
    (230, "转移性支出"),
    (231, "债务还本支出"),
    (232, "债务付息支出"),
    (233, "债务发行费用支出"),
];

#[cfg(test)]
mod tests {
    use budget_model::CodeLevel;

    use super::*;

    #[test]
    fn every_code_and_every_whole_of_it_has_a_name() {
        for account in [Account::General, Account::Fund, Account::StateCapital] {
            for item in function_items(account) {
                assert_eq!(item.level(), CodeLevel::Item);
                for code in std::iter::successors(Some(item), |code| code.parent()) {
                    assert!(!function_name(code).is_empty(), "{code}");
                }
            }
        }
        for group in economic_groups(Nature::Project) {
            assert!(!economic_name(group).is_empty() && !economic_name(group.class()).is_empty(), "{group}");
        }
    }

    #[test]
    fn a_class_has_the_same_name_wherever_it_is_listed() {
        for (code, name) in printed_classes() {
            assert!(matches!(function_name(code), found if found.is_empty() || found == name), "{code}");
        }
    }
}
