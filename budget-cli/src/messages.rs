//! Every message of the tool, in Chinese and English.

use std::fmt;

use budget_model::Language;

/// The same words in two languages, with `{0}`, `{1}` … for arguments.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Message {
    zh: &'static str,
    en: &'static str,
}

impl Message {
    /// The words as they are.
    pub(crate) fn text(self, language: Language) -> &'static str {
        match language {
            Language::Chinese => self.zh,
            Language::English => self.en,
        }
    }

    /// The words with the arguments filled in.
    pub(crate) fn fill(self, language: Language, arguments: &[&dyn fmt::Display]) -> String {
        let mut filled = String::new();
        // One pass, so that an argument that contains `{1}` stays as it is.
        for (index, piece) in self.text(language).split('{').enumerate() {
            let argument = piece.split_once('}').and_then(|(number, rest)| {
                let argument = arguments.get(number.parse::<usize>().ok()?)?;
                Some((argument, rest))
            });
            match argument {
                Some((argument, rest)) if index > 0 => {
                    filled.push_str(&argument.to_string());
                    filled.push_str(rest);
                }
                _ => filled.push_str(piece),
            }
        }
        filled
    }
}

macro_rules! messages {
    ($($(#[$doc:meta])* $name:ident = $zh:literal, $en:literal;)*) => {
        $($(#[$doc])*
        // Some are of what a build without all features does not do.
        #[cfg_attr(not(all(feature = "annotate", feature = "parquet")), allow(dead_code))]
        pub(crate) const $name: Message = Message { zh: $zh, en: $en };)*

        #[cfg(test)]
        const ALL: &[(&str, Message)] = &[$((stringify!($name), $name)),*];
    };
}

messages! {
    // Errors. They say which file, what is wrong, and what to do.

    /// Before every error.
    ERROR = "错误：", "error: ";
    /// {0} file, {1} problem
    ABOUT_FILE = "{0}：{1}", "{0}: {1}";
    /// The name of the standard input.
    STANDARD_INPUT = "（标准输入）", "(standard input)";
    NOT_FOUND = "文件不存在；请检查文件名", "there is no such file; check the name";
    NO_PERMISSION = "没有权限；请检查文件的权限", "permission denied; check the permissions of the file";
    IS_FOLDER = "这是文件夹；请给出其中的文件，例如 {0}", "this is a folder; give the files in it, for example {0}";
    CANNOT_READ = "无法读取：{0}", "cannot be read: {0}";
    EMPTY = "文件是空的；请给出预算公开的文本或工作簿", "the file is empty; give the text or workbook of a disclosure";
    TOO_LARGE = "超过上限（{0}）", "it exceeds a limit ({0})";
    /// {0} readers
    FORMAT_UNKNOWN = "无法识别的格式；已尝试：{0}", "the format is not known; tried: {0}";
    /// {0} what it is, {1} what to do
    NO_READER = "这是{0}，不能读取；{1}", "this is {0}, which cannot be read; {1}";
    /// {0} an archive, {1} the document in it
    WITH_INSIDE = "{0}（{1}）", "{0} ({1})";
    FEATURE_OFF = "本程序编译时未启用“{0}”功能，不能读取工作簿", "this build cannot read workbooks: it was compiled without the feature `{0}`";
    DAMAGED = "文件已损坏：{0}", "the file is damaged: {0}";
    ENCRYPTED = "文件有打开密码；请用密码打开，另存为不加密的文件",
        "the file is protected with a password; open it with its password and save it without one";
    NO_PICTURE = "{0} 不是 PDF，没有页面可画", "{0} is no PDF, so it has no pages to draw";
    NO_TEXT = "文件有页面，但没有文字", "the file has pages, but no text on them";
    NO_TEXT_BUT_IMAGES = "文件没有文字，以下各页是图像（扫描件）：{0}；请改用原始文件（不是扫描件），或先做文字识别（OCR），并逐一对照图像核对数字",
        "the file has no text; these pages are images (a scan): {0}; take the file as it was made, not as it was scanned, or have its text recognised (OCR) and compare every figure with the image";
    NOTHING_FOUND = "没有找到预算表或预算公开的章节；请确认文件是否正确",
        "no budget table and no section of a budget disclosure found; is this the right document?";
    /// {0} number, {1} names of the first files
    ONLY_ATTACHMENTS = "网页本身没有预算表，也没有预算公开的章节；它链接到 {0} 个文件：{1}；请下载这些文件后读取",
        "the page itself holds no budget table and no section of a disclosure; it leads to {0} files: {1}; fetch them and give them instead";
    LAYOUT_UNUSABLE = "版式文件不能使用：{0}", "the layout cannot be used: {0}";
    /// The output.
    STANDARD_OUTPUT_FAILED = "无法写入标准输出：{0}", "cannot write to the standard output: {0}";
    OUT_NEEDED = "{0} 格式不能写到标准输出；请用 --out 指定输出位置",
        "{0} cannot go to the standard output; say where to write it with --out";
    FORMAT_OFF = "本程序编译时未启用“{0}”格式", "this build cannot write {0}: it was compiled without the feature `{0}`";
    EXISTS = "{0}：已存在；加 --force 可覆盖，或另选输出位置",
        "{0}: it exists already; replace it with --force, or choose another place with --out";
    IS_INPUT = "{0}：这是输入文件，不会覆盖；请另选输出位置",
        "{0}: this is an input file and will not be replaced; choose another place with --out";
    NEEDS_FOLDER = "{0}：这是文件，而这里需要文件夹；请用 --out 另选文件夹",
        "{0}: this is a file, but a folder is needed here; choose a folder with --out";
    NEEDS_FILE = "{0}：这是文件夹，不能作为文件写入；请用 --out 另选文件名",
        "{0}: this is a folder and cannot be written as a file; choose a file name with --out";
    CANNOT_WRITE = "{0}：无法写入：{1}；请检查文件夹、权限和磁盘空间",
        "{0}: cannot be written: {1}; check the folder, its permissions and the free space";
    EXPORT_FAILED = "{0}：无法导出：{1}", "{0}: cannot be exported: {1}";

    // Runs over many files.

    /// {0} the folder that the link leads back to
    LINK_LOOP = "链接指回上级文件夹 {0}，不再进入", "the link leads back to a folder above it, {0}; it is not followed again";
    NO_STANDARD_INPUT = "处理文件夹或列表时不能读取标准输入；请先存成文件",
        "the standard input cannot be one of many files; save it as a file first";
    OUT_IS_INPUT = "输出文件夹就是要读取的文件夹，下次会把结果当作输入；请用 --out 另选文件夹",
        "the folder of the output is the one that is read, and results would be read the next time; choose another with --out";
    OUT_IS_FOLDER_NEEDED = "请用 --out 指定输出文件夹", "say with --out which folder to write to";
    NO_THREADS = "无法并行处理：{0}；请减小 --jobs", "cannot work in parallel: {0}; use a smaller number for --jobs";
    NO_FILES = "没有文件可读；请检查文件夹或列表", "there is no file to read; check the folder or the list";
    NO_WORKBOOK_FOR_DATASET = "--dataset 只能用 csv、parquet 或 json；工作簿是一个文件一个",
        "--dataset is for csv, parquet and json; workbooks are made one for each document";
    NO_TABLES_IN_LINES = "json 的数据集不是表，不能追加、删除或分区；请用 csv 或 parquet",
        "a set in json has no tables to add to, to take from or to divide; use csv or parquet";
    /// {0} format
    ONLY_FOR_DATASET = "{0} 格式只用于数据集；请加 --dataset DIR", "{0} is for data sets; write one with --dataset DIR";
    /// {0} folder
    NO_SET = "{0}：没有数据集；首次写入请不要用 --append 或 --remove", "{0}: there is no data set; make one first, without --append and --remove";
    /// {0} folder
    SET_EXISTS = "{0}：已有数据集；加 --append 可追加，加 --force 可重做",
        "{0}: there is a data set already; add to it with --append, or make it anew with --force";
    /// {0} folder, {1} format
    SET_OF_OTHER_FORMAT = "{0}：数据集的格式是 {1}；请用 --to {1}", "{0}: the set is in the format {1}; use --to {1}";
    /// {0} folder
    SET_IS_BUSY = "{0}：另一个运行正在写入；请等它结束", "{0}: another run is writing it; wait until it has ended";
    /// {0} folder, {1} document
    NOT_IN_SET = "{0}：数据集中没有文件 {1}；请用 documents 表中的 document 或 path",
        "{0}: the set has no document {1}; give its key or its path as the table documents has it";
    /// {0} folder, {1} problem
    SET_FAILED = "{0}：数据集不能写入：{1}", "{0}: the data set cannot be written: {1}";
    DEFECT_OF_TOOL = "程序出错，此文件未能处理；请报告这一问题",
        "this tool failed on the file, which is a defect of the tool; please report it";
    INTERRUPTED = "运行被中断；已写出的文件是完整的，可用 --skip-existing 继续",
        "the run was interrupted; what was written is complete, go on with --skip-existing";
    INTERRUPTED_SET = "运行被中断，结果不完整；请重新运行", "the run was interrupted and has no complete result; run it again";
    /// Counts of the summary.
    WRITTEN = "已写出的文件", "documents written";
    TAKEN_OUT = "已移出的文件", "documents taken out";
    SET_ASIDE = "未计入的文件（见 documents 表的 set_aside）", "set aside (see set_aside in the table documents)";
    THERE_ALREADY = "已存在而跳过的文件", "there already";
    CHECKED_FILES = "已检查的文件", "documents checked";
    WITH_FINDINGS = "有问题的文件", "with findings";
    FAILED = "失败的文件", "failed";
    SKIPPED = "跳过的非公开文件", "skipped as no disclosures";
    /// {0} file, {1} reason
    SKIPPED_FILE = "{0}：跳过：{1}", "{0}: skipped: {1}";
    NOT_DONE = "未处理的文件", "not done";
    NOT_TRIED = "运行提前结束，此文件尚未处理", "the run ended before this file was done";
    NO_FILE_TO_WRITE = "{0}：这是设备或管道，不会被替换；写到标准输出请用 -",
        "{0}: this is a device or a pipe and will not be replaced; `-` is the standard output";
    LINKS = "未跟随的链接", "links not followed";
    NOT_FILES = "管道或设备", "pipes or devices";
    /// {0} files, {1} entity, {2} year
    PARTS_OF_ONE = "{0}：分别是 {1} {2} 年公开的表格和文字说明；各自单独处理，未合并",
        "{0}: the tables and the text of one disclosure, {1} {2}; each is a document of its own, they are not merged";
    FORMS_OF_ONE = "{0}：都是 {1} {2} 年的公开文件；各自单独处理，未合并，加总时会重复计算",
        "{0}: of one entity and year, {1} {2}; each is a document of its own, they are not merged, and what adds them up counts twice";
    MORE_OF_ONE = "还有 {0} 份公开分在多个文件中", "{0} more disclosures stand in several files";
    SEE_FAILURES = "未能处理的文件列在 {0}", "what was not read or written is listed in {0}";

    NO_SUCH_TABLE = "{0}：没有 {1} 表；文件中有：{2}", "{0}: it has no table {1}; it has: {2}";

    // Mistakes in the command line. In English, clap describes them.

    ARGUMENT_MISSING = "缺少参数：{0}", "missing: {0}";
    ARGUMENT_UNKNOWN = "没有选项 {0}", "there is no option {0}";
    ARGUMENTS_CONFLICT = "{0} 与 {1} 不能同时使用", "{0} cannot be used with {1}";
    VALUE_INVALID = "{0} 不接受“{1}”，可用：{2}", "{0} does not take {1}; it takes: {2}";
    VALUES_NUMBER = "{0} 的个数不对：需要 {1} 个，给出 {2} 个", "{0}: {1} are needed, {2} were given";
    VALUE_MISSING = "{0} 需要一个值", "{0} needs a value";
    COMMAND_MISSING = "需要一个命令：{0}", "give a command: {0}";
    COMMAND_UNKNOWN = "没有命令 {0}", "there is no command {0}";
    SEE_HELP = "；用 --help 查看帮助", "; see --help";

    // What `check`, `rules` and `explain` say.

    ONE_FILE_FOR_CSV = "csv 报告只能用于一个文件；请逐个检查，或用 json", "a csv report is of one file; check them one by one, or use json";
    OUT_FOR_WORKBOOK = "--out 只用于 --to xlsx 和 --to pdf；其他形式的报告写到标准输出",
        "--out is for --to xlsx and --to pdf; other reports go to the standard output";
    COPY_FOR_WORKBOOK = "--in-place-copy 只用于 --to xlsx；PDF 用 --to pdf 就是写在原文件的副本上",
        "--in-place-copy is for --to xlsx; --to pdf always writes into a copy of the file";
    /// {0} file, {1} error
    ORIGINAL_ENCRYPTED = "{0}：文件有保护（包括只限制打印或修改的权限密码），不能加批注；请先去除保护，再处理去除后的文件",
        "{0}: the file is protected (a password that only restricts printing or changes is enough) and cannot be annotated; remove the protection and annotate the copy";
    ORIGINAL_NO_PDF = "{0}：不是 PDF，不能写成带批注的 PDF；工作簿请用 --to xlsx --in-place-copy，其他文件请用 --to xlsx",
        "{0}: this is no PDF, so there is none to annotate; use --to xlsx --in-place-copy for a workbook, --to xlsx for anything else";
    ORIGINAL_NO_WORKBOOK = "{0}：不是 .xlsx 或 .xlsm 工作簿，不能在副本上加批注；.xls、.xlsb、.ods 请先另存为 .xlsx，PDF 请用 --to pdf，其他文件请去掉 --in-place-copy",
        "{0}: this is no .xlsx or .xlsm workbook, so there is no copy to annotate; save .xls, .xlsb and .ods as .xlsx, use --to pdf for a PDF, and leave --in-place-copy out for anything else";
    ORIGINAL_TOO_LARGE = "{0}：文件过大，不能加批注：{1}", "{0}: cannot be annotated: {1}";
    ORIGINAL_DAMAGED = "{0}：文件结构有损坏，不能加批注（{1}）；请重新导出或另存一份", "{0}: cannot be annotated: {1}";
    /// {0} number of findings
    NOT_MARKED = "{0} 个问题在文件中没有可标注的位置", "{0} findings have no place in the file that could be marked";
    NOT_ANNOTATED = "问题过多，后 {0} 个未标注", "there are too many findings; the last {0} are not in it";
    SIGNED_BEFORE = "原文件有数字签名；签名会显示文件在签署后有改动", "the original is signed, and its signature will show that the file was changed after it";
    /// {0} file, {1} output, {2} to {4} numbers of findings
    CHECKED = "{0} → {1}：错误 {2}，警告 {3}，提示 {4}", "{0} → {1}: {2} errors, {3} warnings, {4} infos";
    /// {0} line, {1} problem
    AT_LINE = "第 {0} 行：{1}", "line {0}: {1}";
    NO_REASON = "没有写明理由（reason）；请填写为何排除这个问题", "the entry gives no `reason`; say why the finding is left alone";
    NO_DOCUMENT = "没有写明文件（document）", "the entry names no `document`";
    NO_FINGERPRINT = "finding 应为 16 位十六进制数字", "`finding` has 16 hexadecimal digits";
    /// {0} baseline, {1} line, {2} document, {3} fingerprint
    STALE_ENTRY = "{0}：第 {1} 行：{2} 已没有问题 {3}；此条目可以删除", "{0}: line {1}: {2} does not have the finding {3} any more; remove the entry";
    /// {0} baseline, {1} number of entries
    UNCHECKED_ENTRIES = "{0}：有 {1} 个条目的文件不在本次检查之列", "{0}: {1} entries are of documents that were not checked";
    /// {0} path, {1} number of entries, {2} how many have no reason
    BASELINE_WRITTEN = "{0}：写出 {1} 个条目，其中 {2} 个的理由（reason）待填写", "{0}: {1} entries written, {2} of them with a `reason` to be filled in";
    COMPARED = "上年文件：{0}", "last year's document: {0}";
    /// {0} what was asked for, {1} what is like it
    NO_SUCH_RULE = "没有规则 {0}{1}；用 budget rules 列出全部规则", "there is no rule {0}{1}; budget rules lists them all";
    NO_SUCH_LAYOUT = "没有内置版式 {0}；用 budget layouts 列出全部内置版式", "there is no built-in layout {0}; budget layouts lists them all";
    NO_LAYOUT = "{0}：没有可以写成版式的表", "{0}: there is no table that a layout could describe";
    PERHAPS = "（是否指 {0}？）", " (perhaps {0}?)";
    ERROR_FINDING = "错误", "error";
    WARNING_FINDING = "警告", "warning";
    INFO_FINDING = "提示", "info";
    RULE = "规则", "Rule";
    SEVERITY = "程度", "Severity";
    DEFECT = "问题", "Defect";
    EXAMPLE = "例如：{0}", "Example: {0}";
    MESSAGE = "报告：{0}", "Message: {0}";

    // What `report` says.
    /// {0} file, {1} output, {2} to {4} numbers of findings, {5} size
    REPORTED = "{0} → {1}：错误 {2}，警告 {3}，提示 {4}（{5}）", "{0} → {1}: {2} errors, {3} warnings, {4} infos ({5})";
    /// {0} number of documents, {1} path
    INDEXED = "{0} 个文件 → {1}", "{0} documents → {1}";
    NOTHING_TO_REPORT = "没有可以写成报告的文件", "there is no document to report on";

    // What `serve` says.
    /// {0} address
    SERVING = "用浏览器打开 {0} ；按 Ctrl-C 结束", "open {0} in a browser; Ctrl-C ends it";
    /// {0} port, {1} error
    CANNOT_LISTEN = "不能监听端口 {0}：{1}；用 --port 换一个端口", "cannot listen on port {0}: {1}; choose another with --port";
    NO_RANDOM = "系统没有给出随机数：{0}", "the system gives no random numbers: {0}";
    UPLOAD_TOO_LARGE = "文件太大，不能超过 {0} MB", "the file is too large; it may have at most {0} MB";
    UPLOAD_BROKEN = "文件没有完整传到", "the file did not arrive as a whole";
    NO_SUCH_PAGE = "没有这一页；报告只保留最近几份", "there is no such page; only the last reports are kept";
    NOT_FOR_YOU = "网址不对；请使用程序显示的网址", "this is not the address; use the one that the program printed";
    REPORT_FAILED = "不能写出报告", "the report could not be made";

    // What `diff` says.

    /// {0} and {1}: the documents
    FROM_TO = "{0} → {1}", "{0} → {1}";
    OTHER_ENTITY = "不是同一部门或单位：{0} → {1}", "not of one entity: {0} → {1}";
    OTHER_YEAR = "年度或阶段不同：{0} → {1}", "of different years or stages: {0} → {1}";
    /// {0} document
    INCOMPLETE = "{0} 有未能读取的页；那里可能有对方才有的内容", "{0} has pages that could not be read; what only the other has may stand there";
    NO_DIFFERENCE = "没有不同", "no differences";
    /// {0} title
    TABLE_ADDED = "新增的表：{0}", "table added: {0}";
    TABLE_DROPPED = "删去的表：{0}", "table dropped: {0}";
    TABLE_UNCLEAR = "无法对应的表：{0}", "table that cannot be paired: {0}";
    COLUMN_ADDED = "新增的栏：{0}", "column added: {0}";
    COLUMN_DROPPED = "删去的栏：{0}", "column dropped: {0}";
    COLUMN_UNCLEAR = "无法对应的栏：{0}", "column that cannot be paired: {0}";
    /// {0} and {1} units of money
    UNITS_DIFFER = "单位：{0} → {1}，折合成元比较", "unit: {0} → {1}, compared in yuan";
    UNITS_UNKNOWN = "金额单位有一方不明或存疑，不作结论", "the unit of one of them is not known for certain: nothing is concluded";
    /// {0} old name, {1} new name
    RENAMED_FROM = "{1}（原名 {0}）", "{1} (was {0})";
    TOTALS = "合计", "Totals";
    ROW = "行", "Row";
    COLUMN = "栏", "Column";
    BEFORE = "原", "Before";
    AFTER = "现", "After";
    DIFFERENCE = "差额", "Difference";
    ROW_CHANGED = "变动", "changed";
    ROW_ADDED = "新增", "added";
    ROW_DROPPED = "删去", "dropped";
    ROW_RENAMED = "改名", "renamed";
    ROW_UNCLEAR = "存疑", "in doubt";
    /// {0} figures compared, {1} figures, {2} rows added, {3} dropped, {4} renamed
    DIFF_SUMMARY = "比较 {0} 个数字：不同 {1}；行：新增 {2}，删去 {3}，改名 {4}",
        "{0} figures compared: {1} differ; rows: {2} added, {3} dropped, {4} renamed";
    DIFF_UNDECIDED = "其中 {0} 个存疑，不作结论", "{0} of them are in doubt, and nothing is concluded from them";

    // What `extract` says.
    /// {0} file, {1} output, {2} what was found
    EXTRACTED = "{0} → {1}：{2}", "{0} → {1}: {2}";
    FOUND = "{0} 张表，{1} 个数字（存疑 {2}），已读数字 {3}", "{0} tables, {1} figures ({2} in doubt), {3} of the numbers read";
    AND_DIAGNOSTICS = "；{0}；用 budget inspect 查看", "; {0}; see budget inspect";
    NOT_CARRIED = "{0} 未保留：{1}", "not carried by {0}: {1}";
    /// Between items of a list.
    SEPARATOR = "；", "; ";
    COMMA = "、", ", ";

    // What `inspect` says.
    FILE = "文件", "File";
    ENTITY = "名称", "Entity";
    YEAR = "年度", "Year";
    SCOPE = "口径", "Scope";
    LAYOUT = "版式", "Layout";
    OF_WORDS = "无（按表中文字读取）", "none (read from its words)";
    NAME = "名称", "Name";
    UNIT = "金额单位", "Unit";
    SIGNED = "落款", "Signed";
    MISSING = "未找到", "not found";
    BUDGET = "预算", "budget";
    FINAL = "决算", "final accounts";
    DEPARTMENT = "部门", "department";
    SINGLE_UNIT = "单位", "single unit";
    OWN_UNIT = "本级", "the department itself";
    REGION = "行政区划", "Region";
    GUESSED = "（推断）", " (inferred)";
    TABLES = "预算表", "Tables";
    NUMBER = "编号", "No.";
    KIND = "种类", "Kind";
    TITLE = "表名", "Title";
    ROWS = "行", "Rows";
    FIGURES = "数字", "Figures";
    CERTAIN = "确定", "Certain";
    IN_DOUBT = "存疑", "In doubt";
    NOT_UNDERSTOOD = "未懂", "Not understood";
    TOTAL = "合计", "Total";
    DECLARED_EMPTY = "空表", "declared empty";
    NO_TABLES = "没有找到预算表", "no budget table found";
    TEXT = "正文", "Text";
    SECTIONS = "章节", "sections";
    FACTS = "数字", "figures";
    PROJECTS = "项目", "projects";
    PERFORMANCE = "绩效表", "performance tables";
    INDICATORS = "绩效指标", "indicators";
    TERMS = "名词解释", "glossary terms";
    FUNCTIONS = "主要职能", "functions";
    SUBORDINATES = "下属单位", "subordinate units";
    DIVISIONS = "内设机构", "divisions";
    LEDGER = "读取", "Read";
    CHARACTERS = "字符", "characters";
    NUMBERS = "数字", "numbers";
    SEE_UNREAD = "{0} 处未读，用 --unread 查看", "not read: {0} places; --unread lists them";
    NOTHING_UNREAD = "{0}：全部内容均已读取", "{0}: everything was read";
    DIAGNOSTICS = "诊断", "Diagnostics";
    NO_DIAGNOSTICS = "无", "none";
    ERRORS = "错误", "errors";
    WARNINGS = "警告", "warnings";
    NOTES = "提示", "notes";
    /// {0} number, {1} what
    COUNT = "{0} 个{1}", "{0} {1}";
    MORE = "…… 另有 {0} 条，用 --all 全部列出", "… and {0} more; --all lists them";

    /// {0} number
    ATTACHMENTS = "网页链接到的文件（{0} 个，未读取）", "Files the page leads to ({0}, not read)";

    // What `inspect --table` says.
    CODE = "编码", "Code";
    LABEL = "名称", "Name";
    PROJECT = "项目", "Project";
    REVENUE = "收入", "Revenue";
    EXPENDITURE = "支出", "Expenditure";
    UNIT_OF_TABLE = "单位：{0}", "unit: {0}";
    BLANK_COLUMNS = "无数字的栏：{0}", "columns without figures: {0}";
    /// {0} figure, {1} in how many rows
    FIGURE_OF_ROWS = "?{0}（{1} 处）", "?{0} (×{1})";
    /// {0} figures, {1} number of others
    AND_FIGURES = "{0} 以及另外 {1} 个数字", "{0} and {1} more figures";
    /// {0} figures, {1} columns
    CANDIDATES = "{0} 可能属于：{1}", "{0} may belong to: {1}";
}

/// Chinese names of the formats that readers name in English.
const FORMATS: &[(&str, &str)] = &[
    ("plain text of a PDF", "PDF 的纯文本"),
    ("PDF document", "PDF 文件"),
    ("Word document", "Word 文件"),
    ("web page", "网页"),
    ("Excel or OpenDocument workbook", "Excel 或 OpenDocument 工作簿"),
];

/// The name of a format in a language; a format without a Chinese name keeps its own.
pub(crate) fn format_name(name: &'static str, language: Language) -> &'static str {
    let chinese = FORMATS.iter().find(|(english, _)| *english == name && language == Language::Chinese);
    chinese.map_or(name, |(_, chinese)| chinese)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_languages_use_the_same_arguments() {
        for (name, message) in ALL {
            for index in 0..5 {
                let mark = format!("{{{index}}}");
                assert_eq!(message.zh.contains(&mark), message.en.contains(&mark), "{name}");
            }
        }
    }

    #[test]
    fn an_argument_with_braces_is_not_filled_again() {
        assert_eq!(ABOUT_FILE.fill(Language::English, &[&"{1}{", &"x"]), "{1}{: x");
    }
}
