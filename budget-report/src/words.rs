//! The words of a report that are not of the document, in two languages.

use std::collections::BTreeMap;

use budget_model::Language;

/// The words in one language.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Words {
    pub(crate) language: Language,
}

impl Words {
    /// The word of a name; the name itself if it has none, which a test does not allow.
    pub(crate) fn of(self, name: &str) -> &'static str {
        let found = ALL.iter().find(|(known, ..)| *known == name);
        found.map_or("", |(_, zh, en)| match self.language {
            Language::Chinese => zh,
            Language::English => en,
        })
    }

    /// All words, for templates.
    pub(crate) fn all(self) -> BTreeMap<&'static str, &'static str> {
        ALL.iter().map(|(name, ..)| (*name, self.of(name))).collect()
    }
}

/// Name, Chinese, English.
const ALL: &[(&str, &str, &str)] = &[
    ("lang", "zh-CN", "en"),
    ("comma", "、", ", "),
    ("colon", "：", ": "),
    // The parts of a report.
    ("contents", "目录", "Contents"),
    ("skip", "跳到正文", "Skip to the content"),
    ("findings", "检查发现", "Findings"),
    ("money", "资金去向", "Where the money goes"),
    ("tables", "预算表格", "Tables"),
    ("text", "文字说明", "Text"),
    ("targets", "绩效目标", "Performance targets"),
    ("checks", "检查范围", "What was checked"),
    ("reading", "读取情况", "What was read"),
    ("pages", "原文页面", "Pages of the original"),
    ("to_top", "回到顶部", "Back to the top"),
    ("search", "搜索", "Search"),
    ("search_hint", "科目、项目、数字……", "a class, a project, a number …"),
    ("hits", "处", "hits"),
    ("no_hits", "没有找到", "nothing found"),
    // The head.
    ("report", "预算公开检查报告", "Report on a budget disclosure"),
    ("budget", "部门预算", "budget"),
    ("final_accounts", "部门决算", "final accounts"),
    ("department", "部门", "department"),
    ("single_unit", "单位", "single unit"),
    ("own_unit", "本级", "the department itself"),
    ("entity", "部门（单位）", "Entity"),
    ("year", "年度", "Year"),
    ("stage", "阶段", "Stage"),
    ("scope", "口径", "Scope"),
    ("region", "行政区划", "Region"),
    ("guessed", "（推断）", " (inferred)"),
    ("file", "文件", "File"),
    ("unit_of_money", "万元", "10,000 yuan"),
    ("total_revenue", "收入总计", "Total revenue"),
    ("total_expenditure", "支出总计", "Total expenditure"),
    ("spent", "本年支出合计", "Expenditure of the year"),
    ("basic_expenditure", "基本支出", "Basic expenditure"),
    ("project_expenditure", "项目支出", "Project expenditure"),
    ("three_public", "“三公”经费", "“Three public” expenses"),
    ("no_totals", "没有确定的总数", "no total is known for certain"),
    ("only_certain", "只用确定的数字", "from certain figures only"),
    // Findings.
    ("no_findings", "未发现问题", "No findings"),
    ("not_checked", "没有检查", "Not checked"),
    (
        "no_findings_note",
        "检查了 {0} 项。未发现问题不等于没有问题：见“检查范围”。",
        "{0} cases were checked. That nothing was found does not mean that nothing is wrong: see what was checked.",
    ),
    (
        "more_findings",
        "另有 {0} 个问题没有显示，用 budget check --to json 或 csv 全部列出。",
        "{0} more findings are not shown; budget check --to json or csv lists them all.",
    ),
    ("looks_like", "疑为", "Looks like"),
    ("suspect", "最可能有误", "Most likely wrong"),
    ("suspect_or", "也可能有误", "or else"),
    ("suspects", "其中之一有误，无从断定是哪一个", "One of these is wrong, and nothing says which"),
    ("would_fit", "改为下值则相符", "would fit as"),
    ("other_checks", "由此不符的其他检查", "Other checks that fail for it"),
    ("and_more", "另有 {0} 项", "and {0} more"),
    ("arithmetic", "算式", "Arithmetic"),
    ("role", "作用", "Part"),
    ("value", "数值", "Value"),
    ("name", "名称", "Name"),
    ("place", "位置", "Place"),
    ("about_rule", "规则说明", "About the rule"),
    ("cut_out", "第 {0} 页局部", "Part of page {0}"),
    ("whole_page", "看整页", "the whole page"),
    ("page", "第 {0} 页", "page {0}"),
    ("lines", "原文", "In the original"),
    ("cells", "所在单元格", "In the table"),
    ("in_table", "看表格", "the whole table"),
    ("last_years", "上年文件", "last year's document"),
    ("finding", "问题 {0}", "finding {0}"),
    // Drawings.
    ("flow", "从来源到去向", "From sources to classes"),
    (
        "flow_alt",
        "资金从来源经总计到支出性质和功能分类的流向图；数字见下表",
        "Diagram of the money from its sources over the total to natures and classes of expenditure; the numbers are in the table below",
    ),
    (
        "no_flow",
        "没有足够的确定数字可以画出资金去向。",
        "There are not enough certain figures to draw where the money goes.",
    ),
    ("numbers", "数据", "Numbers"),
    ("from", "从", "From"),
    ("to", "到", "To"),
    ("amount", "金额（万元）", "Amount (10,000 yuan)"),
    ("share", "占比", "Share"),
    ("by_class", "按功能分类", "By function"),
    ("by_project", "按项目", "By project"),
    ("over_years", "“三公”经费", "“Three public” expenses"),
    ("others", "其他 {0} 项", "{0} others"),
    ("total", "总计", "Total"),
    ("rest_of_all", "未列明来源", "source not stated"),
    ("rest_of", "（未细分）", " (not divided)"),
    ("opening", "年初结转和结余", "balance at the beginning"),
    ("closing", "年末结转和结余", "balance at the end"),
    ("distribution", "结余分配", "surplus distributed"),
    ("other_nature", "未列明性质", "nature not stated"),
    ("other_class", "未列明功能", "function not stated"),
    // Tables.
    ("no_tables", "文件中没有找到预算表格。", "No budget table was found in the document."),
    ("figures", "个数字", "figures"),
    ("doubtful", "个存疑", "in doubt"),
    ("unit", "单位：", "Unit: "),
    ("compiler", "编制：", "Compiled by: "),
    (
        "legend",
        "把指针放在数字上可以看到出处和确定程度。",
        "Point at a figure to see where it stands and how sure it is.",
    ),
    ("legend_doubtful", "存疑", "in doubt"),
    ("legend_found", "检查发现涉及", "in a finding"),
    ("legend_unread", "未能读出", "not read"),
    ("certain", "确定", "certain"),
    ("certain_inferred", "确定（栏目由合计关系推出）", "certain (its column follows from sums)"),
    ("in_doubt_of", "存疑：", "in doubt: "),
    ("candidates", "；可能的栏目：", "; possible columns: "),
    ("not_read", "未能读出", "not read"),
    // Text and targets.
    ("no_text", "没有文字说明。", "There is no explanatory text."),
    ("no_targets", "没有绩效目标表。", "There are no performance targets."),
    ("goal", "目标", "Goal"),
    ("achievement", "完成情况", "Achieved"),
    ("evaluation", "自评", "Self-evaluation"),
    ("indicator", "指标", "Indicator"),
    ("target", "指标值", "Target"),
    ("weight", "分值", "Weight"),
    ("achieved", "实际完成值", "Reached"),
    ("score", "得分", "Score"),
    ("level1", "一级指标", "Level 1"),
    ("level2", "二级指标", "Level 2"),
    ("fund_total", "年度预算总额", "total"),
    ("fund_fiscal", "财政拨款", "fiscal appropriation"),
    ("fund_other", "其他资金", "other funds"),
    ("fund_from_above", "上级安排", "from above"),
    ("fund_own_level", "本级安排", "own level"),
    ("no_persons", "联系人姓名和电话不列入报告。", "Names and telephone numbers of persons are left out."),
    // What was checked.
    ("rule", "规则", "Rule"),
    ("cases", "检查项", "Cases"),
    ("violated", "不符", "Violated"),
    ("undecided", "无法判断", "Undecided"),
    ("why_not", "为何未检查", "Why not"),
    ("not_applicable", "不适用：", "not applicable: "),
    ("blocked", "无法判断：", "blocked: "),
    (
        "sums",
        "表内加总关系：成立 {0}，不成立（表式未作此约定，不检查）{1}，未定 {2}。",
        "Sums of tables: {0} established, {1} contradicted (not promised, not checked), {2} open.",
    ),
    ("silenced", "已排除的问题", "Silenced findings"),
    ("reason", "理由", "Reason"),
    ("compared_with", "上年文件：", "Last year's document: "),
    ("numbers_read", "读出数字", "Numbers read"),
    ("remarks", "读取时的提示", "Remarks of reading"),
    ("unread", "未读内容", "Not read"),
    ("unread_pages", "未能读取的页", "Pages that could not be read"),
    ("hidden", "看不见的文字", "Text that nobody sees"),
    ("nothing_unread", "全部内容均已读取。", "Everything was read."),
    // Pages.
    ("pages_note", "只列出检查发现涉及的页，共 {0}。", "Only pages that findings speak of, {0} in all."),
    ("left_out", "未列出的页（超出报告大小）：", "Pages left out for the size of the report: "),
    // The index.
    ("index_title", "预算公开检查汇总", "Disclosures and their findings"),
    ("documents", "文件", "Documents"),
    ("severity", "程度", "Severity"),
    ("message", "说明", "Message"),
    ("error", "错误", "Errors"),
    ("warning", "警告", "Warnings"),
    ("info", "提示", "Notes"),
    ("checked", "检查项", "Cases checked"),
    ("sort_hint", "点击表头排序", "Click a heading to sort"),
    ("not_read_files", "未能读取的文件", "Files that could not be read"),
    ("more_in_index", "另有 {0} 个问题，见各文件的报告。", "{0} more findings are in the reports of the documents."),
    ("all_documents", "全部文件", "All documents"),
    // The page where one drops a file.
    ("another_file", "检查另一个文件", "Check another file"),
    ("drop_title", "检查预算公开文件", "Check a budget disclosure"),
    (
        "drop_note",
        "文件只在这台电脑上读取和检查，不会发送到任何地方。",
        "The file is read and checked on this machine; nothing leaves it.",
    ),
    ("drop_here", "把文件拖到这里，或者选择文件", "Drop a file here, or choose one"),
    ("drop_limit", "PDF、Excel 工作簿或文本，不超过 {0}。", "A PDF, an Excel workbook or text, of at most {0}."),
    ("too_large", "文件太大，不能超过 {0}。", "The file is too large; it may have at most {0}."),
    ("busy", "正在读取和检查……", "Reading and checking …"),
    ("upload_failed", "程序没有回应；它可能已经停止。", "The program does not answer; it may have been stopped."),
    (
        "needs_script",
        "拖放文件需要脚本；也可以用 budget report 命令。",
        "Dropping a file needs scripts; the command budget report does not.",
    ),
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::engine::TEMPLATES;

    #[test]
    fn every_word_is_there_once_in_both_languages_with_the_same_arguments() {
        let names: BTreeSet<_> = ALL.iter().map(|(name, ..)| name).collect();
        assert_eq!(names.len(), ALL.len());
        for (name, zh, en) in ALL {
            assert!(!zh.is_empty() && !en.is_empty(), "{name}");
            for index in 0..3 {
                let mark = format!("{{{index}}}");
                assert_eq!(zh.contains(&mark), en.contains(&mark), "{name}");
            }
        }
    }

    #[test]
    fn templates_ask_only_for_words_that_exist() {
        let mut asked = 0;
        for (file, template) in TEMPLATES {
            for rest in template.split("words.").skip(1) {
                let name: String = rest.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect();
                assert!(ALL.iter().any(|(known, ..)| *known == name), "{file}: {name}");
                asked += 1;
            }
        }
        assert!(asked > 50);
    }
}
