//! One code, one name.

use std::borrow::Cow;
use std::collections::BTreeMap;

use budget_model::{Classification, Code, Label, Severity, Table};

use crate::book::Book;
use crate::rule::{Description, Rule, Sink};
use crate::text::Text;
use crate::words::{counts, plain};

pub(super) struct CodeName;

static DESCRIPTION: Description = Description {
    id: "code-has-two-names",
    severity: Severity::Warning,
    title: Text::new("同一科目编码有不同名称", "one classification code has two names"),
    message: Text::new("科目 {0} 此处为“{1}”，别处为“{2}”", "{0} is “{1}” here and “{2}” elsewhere"),
    explanation: Text::new(
        "同一功能分类或经济分类编码在各表中的名称应相同；标点不同不计。表式没有版式可据的，名称栏列项目或单位的表（同一编码名称各异）和被截断的名称不计。只印一次的编码不适用。",
        "A function or economic code has the same name in all tables; punctuation does not count. In a form that no layout names, tables whose labels are projects or units (one code, many labels) and names that are cut do not count. Not applicable to codes that \
         are printed once.",
    ),
    example: Text::new(
        "表1 207 文化旅游体育与传媒支出；表4 207 文化旅游体育与传媒支",
        "207 with and without its last character",
    ),
    example_arguments: &[Text::same("207"), Text::same("文化旅游体育与传媒支"), Text::same("文化旅游体育与传媒支出")],
};

/// A name that another code has elsewhere, between the quotation marks of the message.
static OF_ANOTHER: Text = Text::new("{0}”（科目 {1} 的名称）", "{0} (the name of {1})");

impl Rule for CodeName {
    fn describe(&self) -> &'static Description {
        &DESCRIPTION
    }

    fn apply(&self, book: &Book<'_>, sink: &mut Sink) {
        let mut names: Vec<(Classification, Code, u32, &Label)> = Vec::new();
        let is_promised = book.agreement().is_promised();
        for (_, table) in book.tables().filter(|(_, table)| is_promised || names_codes(table)) {
            let of = table.classification;
            let rows = table.rows.iter().filter_map(|row| Some((row.code?, &row.label)));
            names.extend(rows.zip(names.len() as u32..).map(|((code, label), index)| (of, code, index, label)));
        }
        let order = |of: Classification, code: Code, index: u32| {
            (of as u64) << 60 | u64::from(code.number()) << 32 | u64::from(index)
        };
        names.sort_unstable_by_key(|(of, code, index, _)| order(*of, *code, *index));
        let of_another = Owners::new(&names);
        for names in names.chunk_by(|one, other| (one.0, one.1) == (other.0, other.1)) {
            let [(of, code, _, first), others @ ..] = names else { continue };
            if !others.is_empty()
                && others.iter().all(|(.., other)| other.text == first.text)
                && first.text.contains(counts)
            {
                sink.pass();
                continue;
            }
            let mut names: Vec<_> = names.iter().map(|(.., label)| (plain(&label.text), *label)).collect();
            names.retain(|(name, _)| !name.is_empty());
            if names.len() < 2 {
                continue;
            }
            names.sort_by(|one, other| one.0.cmp(&other.0));
            let runs: Vec<_> = names.chunk_by(|one, other| one.0 == other.0).collect();
            // The name that most tables print, and among equals the longest: names are cut more often than lengthened.
            let common = runs
                .iter()
                .max_by_key(|run| (run.len(), run.first().map(|(name, _)| name.len())))
                .and_then(|run| run.first());
            let Some((usual, label)) = common else { continue };
            for (name, other) in runs.iter().filter_map(|run| run.first()) {
                // A cell that is too narrow shows the beginning of a name, or its end.
                let is_cut = !is_promised
                    && (usual.starts_with(&**name) || usual.ends_with(&**name) || name.ends_with(&**usual));
                if name == usual || is_cut {
                    sink.pass();
                } else {
                    let mut here = Text::from(other.text.as_str());
                    if let Some(owner) = of_another.owner(*of, name).filter(|owner| owner != code) {
                        here = OF_ANOTHER.filled(&[&other.text, &owner.to_string()]);
                    }
                    let (code, there) = (code.to_string().into(), label.text.as_str().into());
                    sink.report_words(vec![code, here, there], &[other.place, label.place]);
                }
            }
        }
        if sink.passed == 0 && sink.remarks.is_empty() {
            sink.not_applicable(Text::new("没有印两次的科目", "no code is printed twice"));
        }
    }
}

/// Which code a name is the name of, where the document prints it for one code more often than for any other.
struct Owners<'a>(BTreeMap<(Classification, Cow<'a, str>), BTreeMap<Code, usize>>);

impl<'a> Owners<'a> {
    fn new(names: &[(Classification, Code, u32, &'a Label)]) -> Self {
        let mut owners: BTreeMap<_, BTreeMap<Code, usize>> = BTreeMap::new();
        for (of, code, _, label) in names {
            *owners.entry((*of, plain(&label.text))).or_default().entry(*code).or_default() += 1;
        }
        Self(owners)
    }

    fn owner(&self, of: Classification, name: &str) -> Option<Code> {
        let codes = self.0.get(&(of, Cow::Borrowed(name)))?;
        let (code, most) = codes.iter().max_by_key(|(_, count)| **count)?;
        (codes.values().filter(|count| *count == most).count() == 1 && codes.len() > 1).then_some(*code)
    }
}

/// Whether the labels of a table are the names of its codes: in a table of projects or units, one code has many labels.
pub(super) fn names_codes(table: &Table) -> bool {
    let mut labels: BTreeMap<Code, (&str, bool)> = BTreeMap::new();
    for row in &table.rows {
        let Some(code) = row.code else { continue };
        let (first, is_one) = labels.entry(code).or_insert((&row.label.text, true));
        *is_one &= *first == row.label.text;
    }
    let several = labels.values().filter(|(_, is_one)| !is_one).count();
    5 * several <= labels.len()
}
