//! One code, one name.

use std::collections::BTreeMap;

use budget_model::{Code, Label, Severity, TableKind};

use crate::book::Book;
use crate::rule::{Description, Rule, Sink};
use crate::text::Text;

pub(super) struct CodeName;

static DESCRIPTION: Description = Description {
    id: "code-has-two-names",
    severity: Severity::Warning,
    title: Text::new("同一科目编码有不同名称", "one classification code has two names"),
    message: Text::new("科目 {0} 此处为“{1}”，别处为“{2}”", "{0} is “{1}” here and “{2}” elsewhere"),
    explanation: Text::new(
        "同一功能分类或经济分类编码在各表中的名称应相同；标点不同不计。只印一次的编码不适用。",
        "A function or economic code has the same name in all tables; punctuation does not count. Not applicable to codes that \
         are printed once.",
    ),
    example: Text::new(
        "表1 207 文化旅游体育与传媒支出；表4 207 文化旅游体育与传媒支",
        "207 with and without its last character",
    ),
};

impl Rule for CodeName {
    fn describe(&self) -> &'static Description {
        &DESCRIPTION
    }

    fn apply(&self, book: &Book<'_>, sink: &mut Sink) {
        let mut names: BTreeMap<(bool, Code), Vec<(String, &Label)>> = BTreeMap::new();
        for table in &book.disclosure().tables {
            let economic = table.kind == TableKind::GeneralBasic;
            for row in &table.rows {
                if let Some(code) = row.code {
                    let name: String = row.label.text.chars().filter(|c| c.is_alphanumeric()).collect();
                    if !name.is_empty() {
                        names.entry((economic, code)).or_default().push((name, &row.label));
                    }
                }
            }
        }
        for ((_, code), mut names) in names.into_iter().filter(|(_, names)| names.len() > 1) {
            names.sort_by(|one, other| one.0.cmp(&other.0));
            let runs: Vec<_> = names.chunk_by(|one, other| one.0 == other.0).collect();
            // The name that most tables print, and among equals the longest: names are cut more often than lengthened.
            let common = runs
                .iter()
                .max_by_key(|run| (run.len(), run.first().map(|(name, _)| name.len())))
                .and_then(|run| run.first());
            let Some((usual, label)) = common else { continue };
            for (name, other) in runs.iter().filter_map(|run| run.first()) {
                if name == usual {
                    sink.pass();
                } else {
                    sink.report(&[&code.to_string(), &other.text, &label.text], &[other.place, label.place]);
                }
            }
        }
        if sink.passed == 0 && sink.remarks.is_empty() {
            sink.not_applicable(Text::new("没有印两次的科目", "no code is printed twice"));
        }
    }
}
