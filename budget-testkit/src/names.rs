//! Invented names of regions, departments, units, divisions and projects.

use crate::chance::Chance;

const REGIONS: &[&str] = &["云溪县", "青岚市", "松川区", "白鹭县", "临泉湾市", "望岭县", "石桥河区", "霞浦岭县"];

/// A department and the word that its units' names begin with.
const DEPARTMENTS: &[(&str, &str)] = &[
    ("文化和旅游局", "文化"),
    ("农业农村局", "农业"),
    ("教育局", "教育"),
    ("卫生健康委员会", "卫生"),
    ("民政局", "民政"),
    ("交通运输局", "交通"),
    ("水利局", "水利"),
    ("市场监督管理局", "市场监管"),
    ("应急管理局", "应急"),
    ("自然资源局", "自然资源"),
    ("人民政府办公室", "机关"),
    ("残疾人联合会", "残疾人"),
];

const UNITS: &[&str] = &[
    "综合服务中心",
    "信息中心",
    "综合行政执法大队",
    "技术推广站",
    "干部培训学校",
    "监测站",
    "档案馆",
    "后勤保障中心",
    "宣传教育中心",
    "科学研究所",
    "资金结算中心",
];

const OFFICES: &[&str] = &["社", "教", "农", "建", "行", "综"];

/// What a project is about.
const SUBJECTS: &[&str] = &[
    "基层服务能力提升",
    "信息系统运行维护",
    "办公用房维修改造",
    "公共设施免费开放",
    "职工技能培训",
    "乡村振兴驻点帮扶",
    "设备购置及更新",
    "安全隐患排查治理",
    "困难群众生活补助",
    "志愿服务活动",
    "档案数字化",
    "村级组织工作",
    "小型水利设施维修养护",
    "学生营养改善",
    "重点人群健康管理",
    "农村公路日常养护",
    "残疾人辅助器具适配",
    "文艺演出进基层",
];

const BRANDS: &[&str] = &["溪上云乡", "暖冬", "三零", "1+3+N", "百日攻坚", "双提升", "十四五"];

const DIVISIONS: &[&str] = &["办公室", "人事科", "财务科", "综合业务科", "规划发展科", "政策法规科", "信访督查科"];

/// An invented region.
pub(crate) fn region(chance: &mut Chance) -> String {
    chance.word(REGIONS).to_owned()
}

/// A department, or a single unit, and the units that budget with it: itself first.
pub(crate) fn entity(chance: &mut Chance, region: &str, single: bool, units: usize) -> (String, Vec<String>) {
    let (department, word) = chance.one(DEPARTMENTS).copied().unwrap_or_default();
    if single {
        let name = format!("{region}{word}{}", chance.word(UNITS));
        return (name.clone(), vec![name]);
    }
    let name = format!("{region}{department}");
    let start = chance.index(UNITS.len());
    let below = (0..units.saturating_sub(1)).map(|index| {
        let unit = UNITS.get((start + index) % UNITS.len()).copied().unwrap_or_default();
        // More units than there are words for: the second round is numbered.
        let number = index / UNITS.len();
        if number == 0 { format!("{region}{word}{unit}") } else { format!("{region}{word}第{}{unit}", number + 1) }
    });
    let all = std::iter::once(name.clone()).chain(below).collect();
    (name, all)
}

/// Some internal divisions (内设机构).
pub(crate) fn divisions(chance: &mut Chance) -> Vec<String> {
    let count = chance.between(1, DIVISIONS.len() as u64) as usize;
    chance.some(DIVISIONS, count).into_iter().map(|name| (*name).to_owned()).collect()
}

/// The name of a project: with years, document numbers, brackets and numbers inside, as they come.
pub(crate) fn project(chance: &mut Chance, region: &str, year: u16) -> String {
    let subject = chance.word(SUBJECTS);
    let (last, number) = (year - 1, chance.between(1, 199));
    let office = format!("{}财{}", region.chars().nth(1).unwrap_or('溪'), chance.word(OFFICES));
    match chance.below(10) {
        0 => format!("{office}〔{last}〕{number}号{subject}补助资金"),
        1 => format!("{office}〔{last}〕{number}号{year}年{subject}专项资金（第{}批）", chance.between(1, 3)),
        2 => format!("{year}年{subject}经费"),
        3 => format!("“{}”{subject}经费", chance.word(BRANDS)),
        4 => format!("{subject}项目（二期）"),
        5 => format!("部门专项-{subject}经费"),
        6 => format!("{subject}（{}个点位）补助", chance.between(2, 40)),
        7 => format!("提前下达{year}年中央及自治区{subject}补助资金预算（直达资金）"),
        8 => format!("{subject}及12345热线运行经费"),
        _ => format!("{subject}经费"),
    }
}

/// The name under which basic money that was not spent is carried over.
pub(crate) fn basic_carry_over(chance: &mut Chance) -> String {
    format!("{}上年结余安排的日常支出", chance.word(SUBJECTS))
}
