//! Diagnostics: what is wrong or unusual in the data. Reading goes on after each of them.

use std::borrow::Cow;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::words::words;
use crate::{HiddenReason, Place};

/// How much a diagnostic matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// Worth knowing.
    Info,
    /// Something may be missing or misread.
    Warning,
    /// Something is missing or could not be read.
    Error,
}

words! {
    /// The word used in CSV and JSON.
    Severity {
        Info = "info",
        Warning = "warning",
        Error = "error",
    }
}

impl Severity {
    /// Its name in a language: 错误, `error`.
    #[must_use]
    pub const fn name(self, language: Language) -> &'static str {
        match (self, language) {
            (Self::Info, Language::Chinese) => "提示",
            (Self::Warning, Language::Chinese) => "警告",
            (Self::Error, Language::Chinese) => "错误",
            (_, Language::English) => self.as_str(),
        }
    }
}

/// A language that messages can be shown in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    /// 中文
    Chinese,
    /// English
    #[default]
    English,
}

macro_rules! diagnostic_codes {
    ($($(#[$doc:meta])* $code:ident = $text:literal, $severity:ident, $zh:literal, $en:literal;)*) => {
        /// What a diagnostic is about. The texts use `{0}`, `{1}` … for the arguments of the diagnostic.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        pub enum DiagnosticCode {
            $($(#[$doc])* #[serde(rename = $text)] $code,)*
        }

        impl DiagnosticCode {
            /// Every code.
            pub const ALL: &[Self] = &[$(Self::$code),*];

            /// The stable name: `figures-beyond-columns`.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$code => $text),* }
            }

            /// How much it matters.
            #[must_use]
            pub fn severity(self) -> Severity {
                match self { $(Self::$code => Severity::$severity),* }
            }

            fn template(self, language: Language) -> &'static str {
                match language {
                    Language::Chinese => match self { $(Self::$code => $zh),* },
                    Language::English => match self { $(Self::$code => $en),* },
                }
            }
        }
    };
}

diagnostic_codes! {
    /// No layout fits well; the nearest was used.
    LayoutUncertain = "layout-uncertain", Warning,
        "没有完全吻合的版式，按最接近的版式“{0}”读取", "no layout fits fully; read with the nearest one, {0}";
    /// A table of the layout was not found.
    TableMissing = "table-missing", Warning,
        "未找到《{0}》", "table not found: {0}";
    /// A table that the layout does not have; it was not read.
    TableUnknown = "table-unknown", Warning,
        "《{0}》不在版式之内，未读入", "the layout has no table {0}; it is not read";
    /// Nothing of the document is a form that a layout knows.
    FormUnknown = "form-unknown", Warning,
        "没有找到任何已知表式的表格，未按表式检查缺表", "no table of any known form was found, so no table is called missing";
    /// A table was found twice; both are kept.
    TableRepeated = "table-repeated", Warning,
        "《{0}》重复出现", "table appears more than once: {0}";
    /// A table has neither figures nor the sentence that declares it empty.
    TableWithoutFigures = "table-without-figures", Warning,
        "《{0}》没有数字，也没有空表说明", "table {0} has no figures and no sentence that declares it empty";
    /// A table without a title may be the second half of the table before it; nothing proves it, and both stay apart.
    TableHalf = "table-half", Warning,
        "“{0}”之后的表没有标题，行数相同而栏目不同，可能是它的另一部分，未合并",
        "the table behind {0} has no title, as many rows and other columns: it may be the rest of it, and is kept apart";
    /// The printed page numbers jump, or end before the count of pages that they name.
    PagesMissing = "pages-missing", Warning,
        "按印出的页码，第 {0} 页之后缺 {1} 页", "by the printed page numbers, {1} page(s) behind page {0} are missing";
    /// The text ends inside a table.
    TableCut = "table-cut", Warning,
        "《{0}》没有合计行，可能不完整", "table {0} has no total row; it may be cut";
    /// There are more diagnostics of a kind, or unread lines, than are listed one by one.
    NotListed = "not-listed", Warning,
        "另有 {1} 处 {0}，未逐一列出", "{1} more of {0} are not listed one by one";
    /// A row has more figures than the table has columns.
    FiguresBeyondColumns = "figures-beyond-columns", Error,
        "“{0}”行有 {1} 个数字，表只有 {2} 栏，未归栏：{3}", "row {0} has {1} figures but the table has {2} columns; not placed: {3}";
    /// The column numbers printed under the header do not match the layout.
    ColumnCountDiffers = "column-count-differs", Warning,
        "《{0}》表头有 {1} 栏，版式为 {2} 栏", "the header of table {0} numbers {1} columns, the layout has {2}";
    /// A column that the form does not have.
    ColumnUnknown = "column-unknown", Warning,
        "“{0}”有 {2} 个栏目的表头文字不明，数字按印出的表头保留，不作勾稽：{1}",
        "table {0} has {2} column(s) whose header words are not understood; the figures are kept under them and nothing is concluded: {1}";
    /// A number stands where no row can take it.
    NumberNotUnderstood = "number-not-understood", Warning,
        "未能归入任何单元格的数字：{0}", "number not understood: {0}";
    /// Figures whose printed form has more than one reading, or that state another unit than their table.
    ValueUncertain = "value-uncertain", Warning,
        "《{0}》有 {1} 个数字的数值不确定：{2}", "the value of {1} figures in table {0} is uncertain: {2}";
    /// Tables print no unit of money, or one that is not known.
    UnitAssumed = "unit-assumed", Warning,
        "{0} 张表没有印出（或未能识别）金额单位，暂按“{2}”，不作确定：{1}", "{0} tables print no unit of money that is known; {2} is assumed and not certain: {1}";
    /// The figures of a table agree with other tables only under another unit than the assumed one.
    UnitContradicted = "unit-contradicted", Warning,
        "《{0}》未印金额单位，暂按“{1}”；其数字只有按“{2}”才与其他表一致", "table {0} prints no unit; {1} is assumed, but its figures agree with other tables only in {2}";
    /// Text inside a table that belongs to no row.
    TextNotUnderstood = "text-not-understood", Info,
        "未能识别的文字：{0}", "text not understood: {0}";
    /// The name and the project of a row could not be told apart with certainty.
    NameSplitUncertain = "name-split-uncertain", Warning,
        "科目名称与项目名称的分界不确定：{0}｜{1}", "where the function name ends and the project name begins is uncertain: {0} | {1}";
    /// The sums of a list divide it into units in several ways; its rows are left without a whole.
    ListDivisionUncertain = "list-division-uncertain", Warning,
        "《{0}》按合计可以有多种分组方式，从“{1}”行起各行属于哪个单位不确定", "the sums of table {0} divide it in several ways; which unit its rows from {1} on belong to is uncertain";
    /// The document names no year.
    YearMissing = "year-missing", Warning,
        "未找到年度", "no year found";
    /// The document names no entity.
    EntityMissing = "entity-missing", Warning,
        "未找到编制部门（单位）", "no compiling department or unit found";
    /// Tables or the cover name an entity that is neither that of the document nor one of its units.
    EntityDiffers = "entity-differs", Warning,
        "有 {2} 处署名“{0}”，不是本文件的“{1}”，也不是其所属单位", "{2} places name {0}, which is neither {1}, the entity of the document, nor one of its units";
    /// Titles of tables name another year than that of the document.
    YearDiffers = "year-differs", Warning,
        "有 {2} 张表的标题不是 {1} 年的，首张为《{0}》", "the titles of {2} tables are not of {1}, the first is {0}";
    /// Tables of a budget and of final accounts stand in one document.
    StageDiffers = "stage-differs", Warning,
        "预算表与决算表同在一个文件，另一类有 {1} 张，首张为《{0}》", "a budget and final accounts are bound together; {1} tables are of the other kind, the first is {0}";
    /// A placement search was stopped at its limit, which costs certainty but never correctness.
    PlacementLimit = "placement-limit", Info,
        "《{0}》的归栏推算达到上限，部分单元格按不确定处理", "the search for columns in table {0} reached its limit; some cells are left ambiguous";
    /// Figures contradict each other, so some columns could not be decided.
    PlacementContradiction = "placement-contradiction", Info,
        "《{0}》“{1}”行的数字互相矛盾，附近的归栏可能不确定", "figures at row {1} of table {0} contradict each other; columns near it may be uncertain";
    /// The text of a table is not in the order of its rows: many of its rows cannot be rows.
    RowsMixed = "rows-mixed", Error,
        "《{0}》的文字没有按行排列（{2} 行中有 {1} 行的科目、名称和数字对不上，如“{3}”），表中数字均不确定；请改读工作簿，或用 pdftotext -layout 提取文本",
        "the text of table {0} is not in the order of its rows ({1} of {2} have codes, names and figures that cannot belong together, such as {3}), so none of its figures is certain; read the workbook, or text extracted with pdftotext -layout";
    /// A document has tables that are not in the order of their rows, and the sums of this one do not confirm it.
    OrderUnconfirmed = "order-unconfirmed", Warning,
        "文档中有表的文字没有按行排列，《{0}》的合计关系又不足以印证，表中数字均不确定；请改读工作簿，或用 pdftotext -layout 提取文本",
        "other tables of the document are not in the order of their rows, and the sums of table {0} do not confirm it, so none of its figures is certain; read the workbook, or text extracted with pdftotext -layout";
    /// The columns of a table are kept by blanks alone.
    ColumnsUnruled = "columns-unruled", Warning,
        "《{0}》的栏目只由空格分开，没有框线印证，表中数字均不确定；请改读工作簿",
        "the columns of table {0} are kept by blanks alone and nothing rules them, so none of its figures is certain; read the workbook";
    /// The sums of a table do not hold throughout.
    SumsContradict = "sums-contradict", Error,
        "《{0}》的合计关系大多不成立，行列可能错位，表中数字均不确定；请改读工作簿，或用 pdftotext -layout 提取文本",
        "most sums of table {0} do not hold, its rows or columns may be mixed, so none of its figures is certain; read the workbook, or text extracted with pdftotext -layout";
    /// Some rows of a table show that their name or code is not theirs.
    RowsDoubtful = "rows-doubtful", Warning,
        "《{0}》有 {1} 行的科目或名称不可靠，如“{2}”",
        "the code or name of {1} row(s) of table {0} is not reliable, such as {2}";
    /// The printed header is not that of the form.
    HeaderDiffers = "header-differs", Warning,
        "《{0}》的表头与版式不同，各栏不确定；缺：{1}；多：{2}",
        "the header of table {0} is not that of the form, so its columns are uncertain; missing: {1}; unknown: {2}";
    /// The title of another table stands among the rows of this one.
    OtherTableInside = "other-table-inside", Warning,
        "《{0}》的各行中出现另一张表的标题“{1}”，其后的数字不确定是否属于本表",
        "the title of another table, {1}, stands among the rows of table {0}; whether the figures behind it belong to the table is uncertain";
    /// Some text was not valid in its encoding and was replaced.
    EncodingReplaced = "encoding-replaced", Warning,
        "{0} 编码中有无法识别的字节，已替换", "bytes that are not valid {0} were replaced";
    /// A label of a performance indicator's block could not be assigned with certainty.
    IndicatorLevelUncertain = "indicator-level-uncertain", Info,
        "指标“{0}”的上级指标不确定", "the block that indicator {0} belongs to is uncertain";
    /// A page break cut a row of a performance table, and its rest could be dealt out to the cells in several ways.
    IndicatorRestUncertain = "indicator-rest-uncertain", Warning,
        "指标“{0}”被分页截断，后半部分属于哪一栏不确定", "indicator {0} is cut by a page break; which cells its rest belongs to is uncertain";
    /// A performance indicator lacks a part.
    IndicatorIncomplete = "indicator-incomplete", Warning,
        "指标不完整：{0}", "performance indicator incomplete: {0}";
    /// A section of the form was not found.
    SectionMissing = "section-missing", Info,
        "未找到章节“{0}”", "section not found: {0}";
    /// A section was found twice; both are kept.
    SectionRepeated = "section-repeated", Warning,
        "章节“{0} {1}”重复出现", "section appears more than once: {0} {1}";
    /// A project lacks a labelled field.
    ProjectFieldMissing = "project-field-missing", Warning,
        "项目“{0}”缺少“{1}”", "project {0} has no field {1}";
    /// A hidden sheet, row or column was read; its figures are in doubt, for what is printed does not have them.
    HiddenRead = "hidden-read", Warning,
        "隐藏的内容已读取，但不作准：{0}", "hidden content was read, but is not certain: {0}";
    /// The format of a cell shows its number in a way that cannot be told exactly; the stored number was read.
    DisplayUnknown = "display-unknown", Warning,
        "单元格的数字格式无法准确还原，按存储的数字读取，不作准：{0}", "what the number format of a cell shows is not known; the stored number was read and is not certain: {0}";
    /// The format of a cell shows nothing of its number.
    NumberNotShown = "number-not-shown", Warning,
        "单元格的数字格式使数字不显示，未读取：{0}", "the number format of a cell hides its number, which was not read: {0}";
    /// A cell holds an error value such as `#REF!`.
    ErrorCell = "error-cell", Warning,
        "单元格为错误值：{0}", "cell holds an error value: {0}";
    /// A page could not be read; what stands on it is missing.
    PageUnread = "page-unread", Error,
        "第 {0} 页未能读取（{1}），本文件的结果不完整", "page {0} could not be read ({1}); what was read of the document is incomplete";
    /// A page is an image without text.
    PageIsImage = "page-is-image", Error,
        "第 {0} 页是没有文字的图像（扫描件），未能读取，本文件的结果不完整", "page {0} is an image without text (a scan) and could not be read; what was read of the document is incomplete";
    /// Text that nobody sees was left out.
    HiddenText = "hidden-text", Info,
        "有看不见的文字 {0} 行（{1}），未读入", "{0} lines of text that nobody sees ({1}) are left out";
    /// Numbers that nobody sees stand nowhere else.
    HiddenNumbers = "hidden-numbers", Error,
        "有 {0} 个看不见、且别处没有印出的数字，未读入：{1}", "{0} numbers that nobody sees are printed nowhere else and are left out: {1}";
    /// The document has changes that nobody accepted or rejected; it was read as if they were accepted.
    TrackedChanges = "tracked-changes", Info,
        "文件中有尚未接受的修订（插入 {0} 处、删除 {1} 处），按全部接受后的文字读取",
        "the document has tracked changes ({0} insertions, {1} deletions), which were read as accepted";
    /// A number is cut off in part by the edge of its cell.
    NumberCut = "number-cut", Warning,
        "第 {0} 页有数字被单元格边缘切去一部分，不作准：{1}", "numbers on page {0} are cut off by the edge of their cell and are not certain: {1}";
    /// Glyphs without characters, written as U+FFFD.
    CharactersUnknown = "characters-unknown", Warning,
        "第 {0} 页有 {1} 个字形没有对应的字符，以 U+FFFD 代替", "{1} glyphs on page {0} stand for no known character and are written as U+FFFD";
    /// A cell holds a formula whose result was not stored.
    FormulaWithoutResult = "formula-without-result", Warning,
        "公式没有保存计算结果：{0}", "the result of a formula is not stored in the file: {0}";
}

/// One diagnostic: a code, its arguments, and the places it speaks of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Diagnostic {
    /// What it is about.
    pub code: DiagnosticCode,
    /// The arguments of the message, in the words of the document.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub arguments: Vec<String>,
    /// The places it speaks of, the most important first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub places: Vec<Place>,
}

impl Diagnostic {
    /// A diagnostic without places.
    #[must_use]
    pub fn new<A: Into<String>>(code: DiagnosticCode, arguments: impl IntoIterator<Item = A>) -> Self {
        Self { code, arguments: arguments.into_iter().map(Into::into).collect(), places: Vec::new() }
    }

    /// The same diagnostic, speaking of one more place.
    #[must_use]
    pub fn at(mut self, place: Place) -> Self {
        self.places.push(place);
        self
    }

    /// The message in a language, arguments filled in.
    ///
    /// ```
    /// use budget_model::{Diagnostic, DiagnosticCode, Language};
    ///
    /// let missing = Diagnostic::new(DiagnosticCode::TableMissing, ["收入总体情况表"]);
    /// assert_eq!(missing.message(Language::English), "table not found: 收入总体情况表");
    /// assert_eq!(missing.message(Language::Chinese), "未找到《收入总体情况表》");
    /// ```
    #[must_use]
    pub fn message(&self, language: Language) -> String {
        let mut message = self.code.template(language).to_owned();
        for (index, argument) in self.arguments.iter().enumerate() {
            message = message.replace(&format!("{{{index}}}"), &self.argument(argument, language));
        }
        message
    }

    /// An argument with what is not of the document in a language: reasons, and the commas between numbers.
    fn argument<'a>(&self, argument: &'a str, language: Language) -> Cow<'a, str> {
        match (self.code, language) {
            (DiagnosticCode::HiddenText, Language::Chinese) => {
                let name = |word| HiddenReason::ALL.into_iter().find(|reason| reason.as_str() == word);
                let names = argument.split(", ").map(|word| match name(word) {
                    Some(reason) => reason.chinese(),
                    None => word,
                });
                names.collect::<Vec<&str>>().join("、").into()
            }
            (_, Language::English) if argument.chars().all(|c| c.is_ascii() || c == '、') => {
                argument.replace('、', ", ").into()
            }
            _ => argument.into(),
        }
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message(Language::English))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_languages_use_the_same_arguments() {
        for code in DiagnosticCode::ALL {
            for index in 0..5 {
                let mark = format!("{{{index}}}");
                assert_eq!(
                    code.template(Language::Chinese).contains(&mark),
                    code.template(Language::English).contains(&mark),
                    "{}",
                    code.as_str()
                );
            }
        }
    }

    #[test]
    fn codes_have_distinct_names() {
        let mut names: Vec<_> = DiagnosticCode::ALL.iter().map(|code| code.as_str()).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), DiagnosticCode::ALL.len());
    }
}
