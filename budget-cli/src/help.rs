//! The help texts that are not in the definition of the command line: exit codes, and all of it in Chinese.

use budget_model::Language;
use clap::{Arg, Command};

/// What the exit codes mean.
pub(crate) const EXIT_CODES_EN: &str = "\
Exit codes (of several, the largest applies):
  0  everything was done; `check` found nothing, `diff` no difference
  1  `check` found something, or the documents of `diff` differ
  2  a file could not be read; the other files were
  3  the command line is wrong, or something could not be written";

/// Where the output goes, then the exit codes.
pub(crate) const EXTRACT_EN: &str = "\
Where --out writes:
  json, xlsx   one FILE: PATH is the file; if PATH is a folder or ends with `/`, the file PATH/ID.json is made
               several FILEs: PATH is a folder that gets one file for each, ID.json
  csv          one FILE: PATH is a folder
               several FILEs: PATH is a folder that gets one folder for each, ID
  ID is the file name without its extension; it begins with a letter and is unique.
  Without --out, JSON goes to the standard output; several FILEs make one line each (JSON Lines).
  Nothing that exists is replaced without --force. Files appear under their names only when they are complete.

Many files (a folder among the FILEs, --files-from, --jobs, --skip-existing):
  PATH is a folder. It mirrors the folder that was read, or the paths as given: 2025/a.txt makes
  PATH/2025/a.txt.json, for csv the folder PATH/2025/a.txt.csv.
  PATH/failures.csv lists what failed, was skipped or not done; it appears when the run is over, whatever ended it.
  What is no disclosure (source code, images, notes) is skipped in folders, and an error where it is named.
  Documents are in the order of their paths. Links in folders are not followed without --follow.

One set for all documents (--dataset DIR, with --to csv, parquet or json):
  Tables of figures, columns, statements of the text, projects, funds, indicators, findings and what was not read, one
  row for each with its document, entity, region and year; of documents, entities, codes and failures. datapackage.json
  describes them, views.sql has the questions people ask, for DuckDB; manifest.jsonl says how the set was made.
  The set appears at once when the run is over; a run that ends before leaves the old one whole. A set that is there is
  added to with --append and made anew with --force.
  Of two documents of one entity and year one counts, the other is set aside; the table documents says why.
  With --to json DIR gets documents.jsonl, one line for each document.

Exit codes (of several, the largest applies):
  0  everything was done; `check` found nothing, `diff` no difference
  1  `check` found something, or the documents of `diff` differ
  2  a file could not be read; the other files were
  3  the command line is wrong, or something could not be written";

/// What is made of originals, how folders are checked, then the exit codes.
pub(crate) const CHECK_EN: &str = "\
The original annotated (--out is a new file, the FILE stays as it is):
  --to pdf                     a highlight and a note where each figure stands, and a list behind the last page
  --to xlsx --in-place-copy    a comment and a colour on each cell; nothing else of the workbook changes
  The places that take part in a finding besides the first are lighter. Findings of --baseline are left out.

Many files (a folder among the FILEs, --files-from or --jobs):
  The report goes to --out, or to the standard output, in the order of the paths: text, json (one line for each
  document) or csv (with the file in front). xlsx, pdf: --out is a folder that mirrors the one that was read.
  Every document is compared with that of the same entity for the year before, wherever it lies among them.

A baseline lists findings that are known, as TOML:
  [[finding]]
  document = \"云溪县文化馆 2025\"    # entity and year, or the name of the file
  rule = \"parts-do-not-add-up\"     # need not be given
  finding = \"00c0ffee00c0ffee\"     # its fingerprint, as json, csv and sarif have it
  reason = \"...\"                   # must be given; by = \"...\" and date = \"...\" may be
  Findings in it do not count for the exit code and are listed with their reasons. Entries that match nothing are said.

Exit codes (of several, the largest applies):
  0  everything was done; `check` found nothing, `diff` no difference
  1  `check` found something, or the documents of `diff` differ
  2  a file could not be read; the other files were
  3  the command line is wrong, or something could not be written";

/// Where reports go, then the exit codes.
pub(crate) const REPORT_EN: &str = "\
One FILE makes one HTML file, which needs nothing else: it opens from disk and prints on A4. Several FILEs, and folders,
make a folder with index.html and one file for each document. A document is compared with that of the same entity for the
year before, if it is among them. In folders, what is no disclosure is passed over. --lang chooses the language.

Exit codes (of several, the largest applies):
  0  everything was done; `check` found nothing, `diff` no difference
  1  `check` found something, or the documents of `diff` differ
  2  a file could not be read; the other files were
  3  the command line is wrong, or something could not be written";

/// Who can see the page.
pub(crate) const SERVE_EN: &str = "\
The address is printed; open it in a browser of this machine. It holds a random word and is answered on 127.0.0.1 alone.
Files are read in memory, the last eight reports are kept until the program ends (Ctrl-C), and nothing is written.";

/// What is compared, then the exit codes.
pub(crate) const DIFF_EN: &str = "\
Tables are paired by what they are about and who compiled them, rows by code, else by name, columns by what they mean.
What is equal is not shown; totals come first. Amounts of different units are compared in yuan, within the precision in
which they are printed. A blank beside a zero is no difference. Figures in doubt are marked with ? and decide nothing.

Exit codes (of several, the largest applies):
  0  everything was done; `check` found nothing, `diff` no difference
  1  `check` found something, or the documents of `diff` differ
  2  a file could not be read; the other files were
  3  the command line is wrong, or something could not be written";

const EXIT_CODES_ZH: &str = "\
退出码（同时出现时取最大值）：
  0  全部完成；check 未发现问题，diff 未发现不同
  1  check 发现问题，或 diff 的两个文件不同
  2  有文件不能读取，其余文件已处理
  3  命令行有误，或结果不能写出";

const EXTRACT_ZH: &str = "\
--out 的含义：
  json、xlsx   一个文件：PATH 就是输出文件；PATH 是文件夹或以 / 结尾时，写入 PATH/ID.json
               多个文件：PATH 是文件夹，每个文件各写一个 ID.json
  csv          一个文件：PATH 是文件夹
               多个文件：PATH 是文件夹，每个文件各写一个子文件夹 ID
  ID 是去掉扩展名的文件名，以字母开头，不重复。
  不给 --out 时，JSON 写到标准输出；多个文件时每个文件一行（JSON Lines）。
  没有 --force 时不覆盖任何已有文件。文件写完之后才以正式名称出现。

批量处理（FILE 中有文件夹，或使用 --files-from、--jobs、--skip-existing）：
  PATH 是文件夹，其结构与所读文件夹（或所给路径）相同：2025/a.txt 写成 PATH/2025/a.txt.json，
  csv 则写成文件夹 PATH/2025/a.txt.csv。
  PATH/failures.csv 列出失败、跳过和未处理的文件；无论运行怎样结束都会写出。
  文件夹中不是预算公开的文件（源代码、图片、笔记）被跳过；直接指定的则算错误。
  结果按路径排序。没有 --follow 时不跟随文件夹中的符号链接。

一套数据（--dataset DIR，配合 --to csv、parquet 或 json）：
  各表为：数字、栏目、文字中的数字、项目、绩效资金、绩效指标、问题和未读内容，每行都带文件、单位、区划和年度；另有文件、
  单位、代码和失败文件各一表。datapackage.json 说明各表，views.sql 是 DuckDB 的常用查询，manifest.jsonl 记录数据如何得来。
  运行结束时整套同时出现；中途结束则旧的一套原样保留。已有的一套用 --append 追加，用 --force 重做。
  同一单位、同一年度的两份文件只计入一份，另一份搁置，原因见 documents 表。
  用 --to json 时，DIR 中为 documents.jsonl，每个文件一行。

退出码（同时出现时取最大值）：
  0  全部完成；check 未发现问题，diff 未发现不同
  1  check 发现问题，或 diff 的两个文件不同
  2  有文件不能读取，其余文件已处理
  3  命令行有误，或结果不能写出";

const CHECK_ZH: &str = "\
在原文件的副本上加批注（--out 是新文件，原文件不变）：
  --to pdf                     在有问题的数字处加高亮和批注，并在最后一页之后列出全部问题
  --to xlsx --in-place-copy    在有问题的单元格上加批注和底色，工作簿的其他内容不变
  同一问题涉及的其他数字颜色较浅。排除清单中的问题不标注。

批量处理（FILE 中有文件夹，或使用 --files-from、--jobs）：
  报告按路径排序，写到 --out 或标准输出：text、json（每个文件一行）或 csv（第一列是文件名）。
  xlsx、pdf：--out 是文件夹，其结构与所读文件夹相同。
  每个文件都与其中同一部门或单位的上年文件比较，不论后者在哪里。

排除清单（--baseline）用 TOML 列出已知的问题：
  [[finding]]
  document = \"云溪县文化馆 2025\"    # 名称和年度，或文件名
  rule = \"parts-do-not-add-up\"     # 可以不写
  finding = \"00c0ffee00c0ffee\"     # 问题的指纹，见 json、csv、sarif 报告
  reason = \"……\"                    # 理由，必须填写；另可写 by（何人）和 date（日期）
  清单中的问题不影响退出码，连同理由列在报告末尾；不再对应任何问题的条目会指出。

退出码（同时出现时取最大值）：
  0  全部完成；check 未发现问题，diff 未发现不同
  1  check 发现问题，或 diff 的两个文件不同
  2  有文件不能读取，其余文件已处理
  3  命令行有误，或结果不能写出";

const REPORT_ZH: &str = "\
一个文件写成一个 HTML 文件，不依赖任何其他文件：直接打开，可打印成 A4。多个文件或文件夹写成一个文件夹，其中有 index.html 和
每个文件各一页。所给文件中有同一部门或单位的上年文件时与之比较。文件夹中不是预算公开的文件被跳过。--lang 选择报告的语言。

退出码（同时出现时取最大值）：
  0  全部完成；check 未发现问题，diff 未发现不同
  1  check 发现问题，或 diff 的两个文件不同
  2  有文件不能读取，其余文件已处理
  3  命令行有误，或结果不能写出";

const SERVE_ZH: &str = "\
启动后显示网址，用本机的浏览器打开。网址中有一段随机字符，只在 127.0.0.1 上应答。
文件只在内存中读取；最近八份报告保留到程序结束（Ctrl-C），不写任何文件。";

const DIFF_ZH: &str = "\
表按内容和编制单位对应，行按编码、无编码时按名称对应，栏按含义对应。相同的不显示，合计在前。
金额单位不同时折合成元，在印出的精度内比较。空白与零不算不同。存疑的数字标 ?，不据以作出任何结论。

退出码（同时出现时取最大值）：
  0  全部完成；check 未发现问题，diff 未发现不同
  1  check 发现问题，或 diff 的两个文件不同
  2  有文件不能读取，其余文件已处理
  3  命令行有误，或结果不能写出";

const TEMPLATE: &str = "{before-help}{about-with-newline}\n用法：{usage}\n\n{all-args}{after-help}";

/// The Chinese help of each argument, by its id; where two commands share one, by the command and the id.
const ARGUMENTS_ZH: &[(&str, &str)] = &[
    ("help", "显示帮助"),
    ("version", "显示版本"),
    ("lang", "信息和帮助的语言：zh 或 en（默认随系统语言）"),
    ("inspect files", "要读取的文件；- 表示标准输入"),
    ("diff files", "要比较的两个文件，较早的在前；- 表示标准输入"),
    ("layout files", "要读取的文件；- 表示标准输入"),
    ("id", "要显示的版式"),
    ("files", "要读取的文件和文件夹；- 表示标准输入"),
    ("files_from", "另外读取列表 LIST 中的文件，每行一个路径；- 表示标准输入"),
    ("jobs", "同时读取的文件数（默认为处理器个数）"),
    ("follow", "跟随文件夹中的符号链接"),
    ("skipped", "列出文件夹中不是预算公开而被跳过的文件及原因"),
    ("skip_existing", "跳过已有输出的文件，用于继续中断的运行"),
    ("dataset", "所有文件写成一套表，存入文件夹 DIR，见下"),
    ("append", "加入 DIR 中的一套；已有的保留，不再读取"),
    ("remove", "从 DIR 中的一套删除文件，按 document 或 path；可多次使用"),
    ("partition_by", "按年度分文件夹存放：in_year=2025"),
    ("layout", "添加一个版式（用 TOML 描述的表式），可重复"),
    (
        "check to",
        "报告的形式：text、json、csv、sarif、xlsx 或 pdf（默认 text；csv 只能用于一个文件；xlsx 是 extract 的工作簿加检查结果，pdf 是原 PDF 加批注）",
    ),
    ("port", "监听的端口（默认任选一个空闲端口）"),
    ("report out", "输出位置：一个 HTML 文件；多个文件或文件夹时为文件夹"),
    #[cfg(feature = "annotate")]
    ("in_place_copy", "配合 --to xlsx：写出原工作簿的副本，在有问题的单元格上加批注和底色"),
    ("check out", "工作簿或 PDF 的输出位置，多个文件时为文件夹；处理文件夹或列表时，为任何报告的输出位置"),
    ("diff to", "比较结果的形式：text、json 或 csv（默认 text）"),
    ("extract to", "输出格式：json、csv 或 xlsx（默认看 --out 的扩展名，否则为 json）"),
    ("out", "输出位置，见下文（默认写到标准输出，仅限 JSON）"),
    ("force", "覆盖已有文件"),
    ("redact_contacts", "略去联系人的姓名和电话"),
    ("guard_formulas", "CSV：在会被电子表格当作公式的文字前加撇号"),
    ("bom", "CSV：文件以字节顺序标记开头，供需要它识别 UTF-8 的电子表格使用"),
    ("compact", "JSON：写成一行，不缩进"),
    ("quiet", "除错误外不显示任何信息"),
    ("unread", "列出未读的内容及位置"),
    ("table", "显示一种表的各行，可重复"),
    ("tables", "显示所有表的各行"),
    ("all", "列出全部诊断"),
    #[cfg(feature = "pdf")]
    ("picture", "把 PDF 的一页画成 SVG，标出找到的文字行、单元格和数字"),
    ("last_year", "上一年度的公开文件，用于核对文中关于上年的数字（默认用所给文件中同一部门或单位的上年文件）"),
    ("without", "不使用某条规则，可重复"),
    ("fail_on", "使退出码为 1 的最低严重程度：info、warning 或 error（默认 warning）"),
    ("baseline", "不计此文件已排除的问题，每个都有理由，见下文"),
    ("write_baseline", "把全部问题写成新的排除清单，理由留待填写；--baseline 中已有的理由保留"),
    ("rounding", "文本：同时显示舍入可以解释的差异"),
    ("coverage", "文本：显示每条规则检查了多少项，以及不适用的原因"),
    ("markdown", "以 Markdown 输出全部规则的说明"),
    ("rules", "规则名称，见 budget rules"),
];

/// The Chinese help of a command.
struct CommandHelp {
    name: &'static str,
    about: &'static str,
    usage: &'static str,
    after: &'static str,
}

const COMMANDS_ZH: &[CommandHelp] = &[
    CommandHelp {
        name: "budget", about: "读取部门预算公开文件", usage: "budget [选项] <命令>", after: EXIT_CODES_ZH
    },
    CommandHelp {
        name: "extract",
        about: "将公开文件的内容写成 JSON、CSV 或工作簿",
        usage: "budget extract [选项] <FILE>...",
        after: EXTRACT_ZH,
    },
    CommandHelp {
        name: "inspect",
        about: "显示文件中读到了什么，以及有多确定",
        usage: "budget inspect [选项] <FILE>...",
        after: EXIT_CODES_ZH,
    },
    CommandHelp {
        name: "check",
        about: "检查文件自身是否一致，并列出算式",
        usage: "budget check [选项] <FILE>...",
        after: CHECK_ZH,
    },
    CommandHelp {
        name: "diff",
        about: "逐行并按合计比较同一公开文件的两个年度或两个版本",
        usage: "budget diff [选项] <A> <B>",
        after: DIFF_ZH,
    },
    CommandHelp {
        name: "report",
        about: "写出可阅读、可打印的报告：问题及其所在页面、资金去向、全部表格、检查范围",
        usage: "budget report [选项] --out <PATH> <FILE>...",
        after: REPORT_ZH,
    },
    CommandHelp {
        name: "serve",
        about: "在本机打开一个网页，拖入文件即可看到报告；任何内容都不会离开这台电脑",
        usage: "budget serve [选项]",
        after: SERVE_ZH,
    },
    CommandHelp { name: "rules", about: "列出 check 使用的规则", usage: "budget rules [选项]", after: "" },
    CommandHelp {
        name: "explain",
        about: "解释规则：比较什么、何时不适用、举例",
        usage: "budget explain [选项] <RULE>...",
        after: "",
    },
    CommandHelp {
        name: "layout",
        about: "从有栏目的公开文件推得版式（用 TOML 描述的表式）",
        usage: "budget layout [选项] <FILE>",
        after: EXIT_CODES_ZH,
    },
    CommandHelp {
        name: "layouts",
        about: "列出内置版式，或显示其中一个",
        usage: "budget layouts [选项] [LAYOUT]",
        after: "",
    },
];

/// The command line with its help in a language.
pub(crate) fn localised(command: Command, language: Language) -> Command {
    match language {
        Language::English => command,
        Language::Chinese => chinese(command),
    }
}

fn chinese(mut command: Command) -> Command {
    // Help and version become ordinary arguments only when the command is built; made here, they can be described.
    let flag = |id: &'static str, short| Arg::new(id).long(id).short(short);
    command =
        command.disable_help_flag(true).disable_version_flag(true).arg(flag("help", 'h').action(clap::ArgAction::Help));
    if command.get_version().is_some() {
        command = command.arg(flag("version", 'V').action(clap::ArgAction::Version));
    }
    if let Some(help) = COMMANDS_ZH.iter().find(|help| help.name == command.get_name()) {
        command = command.about(help.about).override_usage(help.usage).after_help(help.after);
    }
    let name = command.get_name().to_owned();
    command
        .help_template(TEMPLATE)
        .subcommand_help_heading("命令")
        .subcommand_value_name("命令")
        .mut_args(|arg| {
            let heading = if arg.is_positional() { "参数" } else { "选项" };
            let is_told = arg.get_action().takes_values();
            // The kinds of tables are words that one cannot guess; the other values are in the help.
            let values = arg.get_possible_values().iter().map(|value| value.get_name().to_owned()).collect::<Vec<_>>();
            let help = argument(&name, arg.get_id().as_str()).map(|help| match arg.get_id() == "table" {
                true => format!("{help}，可用：{}", values.join("、")),
                false => help.to_owned(),
            });
            let arg = arg.help_heading(heading).hide_possible_values(is_told).hide_default_value(is_told);
            match help {
                Some(help) => arg.help(help),
                None => arg,
            }
        })
        .mut_subcommands(chinese)
}

fn argument(command: &str, id: &str) -> Option<&'static str> {
    let own = |key: &str| key.split_once(' ') == Some((command, id));
    ARGUMENTS_ZH.iter().find(|(key, _)| *key == id || own(key)).map(|(_, help)| *help)
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;
    use crate::args::Cli;

    #[test]
    fn every_argument_and_command_has_chinese_help_and_none_is_left_over() {
        let command = Cli::command();
        let mut used = Vec::new();
        for command in std::iter::once(&command).chain(command.get_subcommands()) {
            let name = command.get_name();
            assert!(COMMANDS_ZH.iter().any(|help| help.name == name), "{name} has no Chinese description");
            for id in command.get_arguments().map(|arg| arg.get_id().as_str()).chain(["help", "version"]) {
                let help = argument(name, id);
                assert!(help.is_some(), "{name} {id} has no Chinese help");
                used.extend(help);
            }
        }
        for (id, help) in ARGUMENTS_ZH {
            assert!(used.contains(help), "{id} is no argument");
        }
    }

    #[test]
    fn the_exit_codes_are_the_same_everywhere() {
        assert!(EXTRACT_EN.ends_with(EXIT_CODES_EN) && CHECK_EN.ends_with(EXIT_CODES_EN));
        assert!(DIFF_EN.ends_with(EXIT_CODES_EN) && DIFF_ZH.ends_with(EXIT_CODES_ZH));
        assert!(REPORT_EN.ends_with(EXIT_CODES_EN) && REPORT_ZH.ends_with(EXIT_CODES_ZH));
        assert!(EXTRACT_ZH.ends_with(EXIT_CODES_ZH) && CHECK_ZH.ends_with(EXIT_CODES_ZH));
    }
}
