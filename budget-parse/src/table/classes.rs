//! Function classes (功能分类 类) by their official names.
//!
//! Source: 政府收支分类科目 (Government Revenue and Expenditure Classification), Ministry of Finance, editions 2022 to 2025.

use budget_model::{Code, Role, Row, Side};

/// Code and official names of each class; a class that was renamed has a line for each name.
pub(crate) const NAMES: &[(u32, &str)] = &[
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
    (215, "资源勘探信息等支出"),
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
    (234, "抗疫特别国债安排的支出"),
    (234, "抗疫特别国债还本支出"),
];

/// Groups (款) of the economic classes that every unit has, by their official names, folded.
///
/// Source: 部门预算支出经济分类科目 (economic classification of departments), Ministry of Finance, editions since 2018.
pub(crate) const ECONOMIC: &[(u32, &str)] = &[
    (30101, "基本工资"),
    (30102, "津贴补贴"),
    (30103, "奖金"),
    (30106, "伙食补助费"),
    (30107, "绩效工资"),
    (30108, "机关事业单位基本养老保险缴费"),
    (30109, "职业年金缴费"),
    (30110, "职工基本医疗保险缴费"),
    (30111, "公务员医疗补助缴费"),
    (30112, "其他社会保障缴费"),
    (30113, "住房公积金"),
    (30114, "医疗费"),
    (30199, "其他工资福利支出"),
    (30201, "办公费"),
    (30202, "印刷费"),
    (30203, "咨询费"),
    (30204, "手续费"),
    (30205, "水费"),
    (30206, "电费"),
    (30207, "邮电费"),
    (30208, "取暖费"),
    (30209, "物业管理费"),
    (30211, "差旅费"),
    (30212, "因公出国(境)费用"),
    (30213, "维修(护)费"),
    (30214, "租赁费"),
    (30215, "会议费"),
    (30216, "培训费"),
    (30217, "公务接待费"),
    (30218, "专用材料费"),
    (30224, "被装购置费"),
    (30225, "专用燃料费"),
    (30226, "劳务费"),
    (30227, "委托业务费"),
    (30228, "工会经费"),
    (30229, "福利费"),
    (30231, "公务用车运行维护费"),
    (30239, "其他交通费用"),
    (30240, "税金及附加费用"),
    (30299, "其他商品和服务支出"),
    (30301, "离休费"),
    (30302, "退休费"),
    (30303, "退职(役)费"),
    (30304, "抚恤金"),
    (30305, "生活补助"),
    (30306, "救济费"),
    (30307, "医疗费补助"),
    (30308, "助学金"),
    (30309, "奖励金"),
    (30310, "个人农业生产补贴"),
    (30311, "代缴社会保险费"),
    (30399, "其他对个人和家庭的补助"),
];

/// The class that a row is about which some forms number instead of printing the code: 一、一般公共服务支出.
pub(crate) fn numbered(text: &str) -> Option<Code> {
    let name = numbered_name(text)?;
    let (class, _) = NAMES.iter().find(|(_, official)| *official == name)?;
    Code::from_number(*class)
}

/// Whether more words can make it the numbered name of a class.
pub(crate) fn begins_numbered(text: &str) -> bool {
    numbered_name(text).is_some_and(|name| NAMES.iter().any(|(_, official)| official.starts_with(name)))
}

/// Whether a label is numbered as in the forms that print no codes: `一、…`, `1、…`.
pub(crate) fn is_numbered(text: &str) -> bool {
    let behind =
        text.trim_start_matches(|digit: char| digit.is_ascii_digit() || "一二三四五六七八九十".contains(digit));
    behind.len() < text.len() && behind.starts_with('、')
}

fn numbered_name(text: &str) -> Option<&str> {
    // 二十四 is the longest; words of any length pass here again and again.
    const LONGEST: usize = 4;
    let (at, _) = text.char_indices().take(LONGEST + 1).find(|(_, digit)| !"一二三四五六七八九十".contains(*digit))?;
    text.get(at..)?.strip_prefix('、')
}

/// Gives the expenditure rows that are known by number and name their class.
///
/// Such a row is a part of the total of its side, which its form shows by numbering it.
pub(crate) fn name_rows(rows: &mut [Row]) {
    let total = rows.iter().position(|row| row.side == Some(Side::Expenditure) && row.role == Role::Total);
    for row in rows {
        if row.side != Some(Side::Expenditure) || row.role != Role::Label || row.part_of.is_some() {
            continue;
        }
        if numbered_name(&row.label.text).is_some() {
            row.part_of = total.map(|total| total as u32);
            row.dimensions.function = row.dimensions.function.or(numbered(&row.label.text));
        }
    }
}
