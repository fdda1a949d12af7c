//! Runs the tool, in English unless a test says otherwise.

#![allow(dead_code, reason = "every test uses a part of it")]
#![allow(clippy::expect_used, reason = "a test fails by panicking")]

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// A small disclosure: two tables, in one of which the column of a figure is not certain, and a line that is not read.
pub(crate) const TEXT: &str = "\
第二部分 2025年部门预算公开表
表 3
部门支出总体情况表
编制部门：云溪县文化馆 单位：万元
科目 支出预算
类 款 项
功能分类科目名称 合计 基本支出 项目支出
※ ※ ※ ※ 1 2 3
总计 120.00 100.00 20.00
207 文化旅游体育与传媒支出 120.00 100.00 20.00
207 01 文化和旅游 120.00 100.00 20.00
207 01 09 群众文化 120.00 100.00 20.00
表 7
一般公共预算项目支出情况表
编制部门：云溪县文化馆 单位：万元
科目编码
科目名称 项目名称 项目支出合计 工资福利支出 商品和服务支出 对个人和家庭的补助
类 款 项
总计 20.00 20.00
207 文化旅游体育与传媒支出 20.00 20.00
207 01 文化和旅游 20.00 20.00
207 01 09 群众文化 非遗传承活动经费 20.00 20.00
";

/// A folder of its own for a test, empty.
pub(crate) fn folder(test: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(test);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

/// Writes a file into a folder.
pub(crate) fn file(folder: &Path, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
    let path = folder.join(name);
    std::fs::write(&path, content).unwrap();
    path
}

/// Every file below a folder with its content.
pub(crate) fn content(folder: &Path) -> std::collections::BTreeMap<String, Vec<u8>> {
    let mut content = std::collections::BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in std::fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(folder).unwrap().to_str().unwrap().to_owned();
                content.insert(name, std::fs::read(path).unwrap());
            }
        }
    }
    content
}

/// The names in a folder, in order; none if it does not exist.
pub(crate) fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).into_iter().flatten();
    let mut names: Vec<_> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

/// The invented disclosure that ships with the workspace.
pub(crate) fn sample() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/disclosure.txt")
}

/// The folder of the real files and of the yardstick, kept outside of this repository.
pub(crate) fn real() -> PathBuf {
    std::env::var_os("BUDGET_REAL_DIR")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/real"), PathBuf::from)
}

/// The tool, in a folder, with a locale that is not Chinese.
pub(crate) fn budget(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_budget"));
    command.current_dir(folder).env("LC_ALL", "C.UTF-8").env_remove("CLICOLOR_FORCE").env_remove("COLUMNS");
    command
}

/// Runs a script of `tests/browser` in a browser; what it says is wrong.
pub(crate) fn in_browser(script: &str, arguments: impl IntoIterator<Item = impl AsRef<std::ffi::OsStr>>) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folders: Vec<PathBuf> = std::env::split_paths(&std::env::var_os("PATH").unwrap()).collect();
    let names = ["chromium", "chromium-browser", "google-chrome"];
    let programs = names.iter().flat_map(|name| folders.iter().map(move |folder| folder.join(name)));
    let browser = programs.into_iter().find(|program| program.is_file()).expect("no Chromium");
    let mut node = Command::new("node");
    node.arg(root.join("tests/browser").join(script)).arg(root.join("../target/browser")).arg(browser);
    let output = node.args(arguments).output().unwrap();
    let said = [output.stdout, output.stderr].concat();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&said));
}

/// What a run came to.
pub(crate) struct Ran {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl From<Output> for Ran {
    fn from(output: Output) -> Self {
        Self {
            code: output.status.code().unwrap(),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

/// Runs the tool with arguments.
pub(crate) fn run(folder: &Path, arguments: &[&str]) -> Ran {
    budget(folder).args(arguments).stdin(Stdio::null()).output().unwrap().into()
}

/// Runs the tool with arguments and a standard input.
pub(crate) fn run_with_input(folder: &Path, arguments: &[&str], input: &[u8]) -> Ran {
    let mut command = budget(folder);
    command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    child.stdin.take().unwrap().write_all(input).unwrap();
    child.wait_with_output().unwrap().into()
}
