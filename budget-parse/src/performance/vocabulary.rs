//! The words that the performance tables of the official forms use. Compared as folded text.

use super::cells::Column;
use crate::words::Words;

/// A level of the indicator tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Level {
    First,
    Second,
    /// Printed on both levels (`满意度指标`); the neighbours tell.
    Either,
}

/// Labels of the first and second level. Every one may also be printed with 指标 behind it.
pub(super) static LEVELS: Words<(&str, Level)> = Words::table(&[
    ("产出", Level::First),
    ("效益", Level::First),
    ("成本", Level::Either),
    ("满意度", Level::Either),
    ("数量", Level::Second),
    ("质量", Level::Second),
    ("时效", Level::Second),
    ("经济成本", Level::Second),
    ("社会成本", Level::Second),
    ("生态环境成本", Level::Second),
    ("生态成本", Level::Second),
    ("经济效益", Level::Second),
    ("社会效益", Level::Either),
    ("生态效益", Level::Either),
    ("可持续影响", Level::Second),
    ("可持续发展", Level::Second),
    ("服务对象满意度", Level::Either),
    ("社会公众满意度", Level::Second),
    ("受益对象满意度", Level::Second),
    // Tables for a whole department or unit.
    ("运行成本", Level::First),
    ("管理效率", Level::First),
    ("履职效能", Level::First),
    ("履职效果", Level::First),
    ("社会效应", Level::First),
    ("可持续发展能力", Level::First),
    ("可持续性", Level::Either),
]);

/// What may follow a label of a level.
pub(super) const LEVEL_SUFFIX: &str = "指标";

/// Which second level belongs to which first level in a project table.
pub(super) const PARENTS: &[(&str, &str)] = &[
    ("数量", "产出"),
    ("质量", "产出"),
    ("时效", "产出"),
    // The form of 2022 has costs among the outputs; later forms have them as a first level of its own.
    ("成本", "产出"),
    ("经济成本", "成本"),
    ("社会成本", "成本"),
    ("生态环境成本", "成本"),
    ("生态成本", "成本"),
    ("经济效益", "效益"),
    ("社会效益", "效益"),
    ("生态效益", "效益"),
    ("可持续影响", "效益"),
    ("可持续发展", "效益"),
    ("满意度", "满意度"),
    ("服务对象满意度", "满意度"),
    ("社会公众满意度", "满意度"),
    ("受益对象满意度", "满意度"),
];

/// Words of an indicator's name and value that speak for a second level, the strongest first.
pub(super) const TOPICS: &[(&str, &[&str])] = &[
    ("满意度", &["满意"]),
    ("时效", &["及时", "按时", "时间", "时限", "日内", "期限", "月份", "年内"]),
    ("成本", &["成本", "费", "标准", "支出", "金额", "价格"]),
    ("质量", &["率", "合格", "达标", "合规", "质量"]),
    ("效益", &["提升", "提高", "减轻", "改善", "促进", "保障", "知晓"]),
    ("数量", &["数", "面积", "频次", "场次"]),
];

/// 指标赋分规则
pub(super) static SCORING: Words<&str> =
    Words::new(&["按照完成比例赋分", "按完成比例赋分", "直接赋分", "按评判等级赋分", "按照评判等级赋分", "满意度赋分"]);

/// How any other scoring rule ends.
pub(super) static SCORING_ENDS: Words<&str> = Words::new(&["赋分", "计分", "得分", "评分", "扣分", "打分"]);

/// 佐证资料
pub(super) static EVIDENCE: Words<&str> =
    Words::new(&["工作资料", "原始凭证", "说明材料", "正式材料", "其他资料", "其他材料", "正式文件"]);

/// How any other evidence ends.
pub(super) static EVIDENCE_ENDS: Words<&str> =
    Words::new(&["资料", "材料", "凭证", "文件", "报告", "记录", "台账", "证明", "清单", "发票", "报表", "问卷"]);

/// 指标值设定依据
pub(super) static BASES: Words<&str> = Words::new(&[
    "计划标准",
    "历史标准",
    "行业标准",
    "国家标准",
    "行业或国家标准",
    "预算支出标准",
    "预算标准",
    "其他标准",
    "自定义",
    "年度工作计划",
    "工作计划",
    "政策制度",
    "政策依据",
    "政策文件",
    "中央要求",
    "单位会议纪要",
    "会议纪要",
]);

/// How any other basis ends.
pub(super) static BASIS_ENDS: Words<&str> = Words::new(&[
    "标准", "要求", "依据", "制度", "计划", "文件", "纪要", "报告", "规定", "政策", "方案", "项目", "通知", "办法",
    "规划", "合同",
]);

/// Values of last year that are words.
pub(super) static LAST_YEAR: Words<&str> =
    Words::new(&["无", "-", "/", "无上年完成值", "上年该项目未实施", "完全达到预期", "基本达成目标", "达成预期目标"]);

/// How a value in words begins.
pub(super) static QUALITIES: Words<&str> = Words::new(&[
    "有效",
    "逐步",
    "持续",
    "明显",
    "显著",
    "不断",
    "基本",
    "完全",
    "大幅",
    "稳步",
    "长期",
    "成效",
    "有所",
    "较好",
    "较高",
    "良好",
    "优良",
    "优秀",
    "好",
    "优",
    "良",
    "不低于",
    "不少于",
    "不高于",
    "不超过",
    "每季度",
    "每年度",
    "每月",
    "全年",
]);

/// Words that are a value, but begin an indicator's name as often.
pub(super) static EFFECTS: Words<&str> = Words::new(&[
    "减轻", "提升", "提高", "改善", "增强", "促进", "保障", "保证", "达到", "达标", "合格", "缓解", "是", "高", "大于",
    "小于",
]);

/// Units that a number may stand with, to tell a unit from the next cell.
pub(super) static UNITS: Words<&str> = Words::new(&[
    "%",
    "人",
    "万人",
    "人次",
    "人/次",
    "万人次",
    "名",
    "户",
    "万户",
    "个",
    "万个",
    "家",
    "项",
    "次",
    "场",
    "场次",
    "期",
    "批",
    "批次",
    "件",
    "套",
    "台",
    "辆",
    "部",
    "张",
    "份",
    "本",
    "册",
    "条",
    "起",
    "种",
    "类",
    "篇",
    "处",
    "座",
    "所",
    "间",
    "亩",
    "万亩",
    "公里",
    "千米",
    "米",
    "平方米",
    "万平方米",
    "立方米",
    "吨",
    "公斤",
    "千克",
    "元",
    "万元",
    "亿元",
    "元/人",
    "元/人/年",
    "元/年",
    "元/月",
    "万元/月",
    "万元/年",
    "元/天",
    "小时",
    "天",
    "日",
    "周",
    "月",
    "个月",
    "年",
    "个工作日",
    "工作日",
    "分",
    "只",
    "头",
    "棵",
    "株",
    "块",
    "幅",
    "面",
    "村",
    "县",
    "镇",
    "个村",
    "个县",
    "个市",
    "课时",
    "学时",
    "度",
    "组",
    "支",
    "团队",
    "人天",
    "万份",
    "万张",
]);

/// Labels of the header, and the column that each announces.
pub(crate) static HEADER: Words<(&str, Option<Column>)> = Words::table(&[
    ("一级指标", None),
    ("二级指标", None),
    ("三级指标", Some(Column::Name)),
    ("指标值(包含数字及文字描述)", Some(Column::Value)),
    ("指标值", Some(Column::Value)),
    ("年度指标值", Some(Column::Value)),
    ("目标值", Some(Column::Value)),
    ("指标值设置依据", Some(Column::Basis)),
    ("指标值设定依据", Some(Column::Basis)),
    ("指标设定依据", Some(Column::Basis)),
    ("指标设置依据", Some(Column::Basis)),
    ("设定依据", Some(Column::Basis)),
    ("上年完成值", Some(Column::LastYear)),
    ("上年度完成值", Some(Column::LastYear)),
    ("指标分值权重", Some(Column::Weight)),
    ("分值权重", Some(Column::Weight)),
    ("指标权重", Some(Column::Weight)),
    ("指标分值", Some(Column::Weight)),
    ("分值", Some(Column::Weight)),
    ("权重", Some(Column::Weight)),
    ("指标赋分规则", Some(Column::Scoring)),
    ("赋分规则", Some(Column::Scoring)),
    ("评分标准", Some(Column::Scoring)),
    ("佐证资料", Some(Column::Evidence)),
    ("佐证材料", Some(Column::Evidence)),
]);

/// A field of the head of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Field {
    Unit,
    Name,
    Responsible,
    Telephone,
    Total,
    Fiscal,
    Other,
    FromAbove,
    OwnLevel,
    Goal,
    /// A caption without a value of its own.
    Caption,
    /// A field that the model has no place for; its value stays unread.
    Unmodelled,
}

/// Fields that both kinds of table have.
pub(crate) static SHARED_FIELDS: Words<(&str, Field)> = Words::table(&[
    ("主管部门", Field::Unmodelled),
    ("主管部门及代码", Field::Unmodelled),
    ("实施单位", Field::Unmodelled),
    ("项目编码", Field::Unmodelled),
    ("项目代码", Field::Unmodelled),
    ("项目类别", Field::Unmodelled),
    ("项目类型", Field::Unmodelled),
    ("项目属性", Field::Unmodelled),
    ("项目期限", Field::Unmodelled),
    ("项目周期", Field::Unmodelled),
    ("实施期限", Field::Unmodelled),
    ("填报日期", Field::Unmodelled),
    ("联系电话", Field::Telephone),
]);

/// Fields of a project table.
pub(crate) static PROJECT_FIELDS: Words<(&str, Field)> = Words::table(&[
    ("预算单位", Field::Unit),
    ("项目单位", Field::Unit),
    ("项目名称", Field::Name),
    ("项目负责人", Field::Responsible),
    ("项目资金", Field::Caption),
    ("年度预算总额", Field::Total),
    ("年度资金总额", Field::Total),
    ("其中:财政拨款", Field::Fiscal),
    ("财政拨款", Field::Fiscal),
    ("其他资金", Field::Other),
    ("项目总体目标", Field::Goal),
    ("年度绩效目标", Field::Goal),
    ("年度总体目标", Field::Goal),
    ("总体目标", Field::Goal),
]);

/// Fields of a table for a whole department or unit.
pub(crate) static OVERALL_FIELDS: Words<(&str, Field)> = Words::table(&[
    ("部门名称", Field::Unit),
    ("单位名称", Field::Unit),
    ("部门(单位)名称", Field::Unit),
    ("部门联系人", Field::Responsible),
    ("单位联系人", Field::Responsible),
    ("联系人", Field::Responsible),
    ("年度绩效目标", Field::Goal),
    ("年度总体目标", Field::Goal),
    ("整体绩效目标", Field::Goal),
    ("年度预算", Field::Caption),
    ("资金来源", Field::Caption),
    ("资金总额", Field::Caption),
    ("财政资金", Field::Caption),
    ("其他资金", Field::Caption),
    ("上级安排", Field::FromAbove),
    ("本级安排", Field::OwnLevel),
    ("其他", Field::Other),
]);
