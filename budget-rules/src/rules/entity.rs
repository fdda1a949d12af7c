//! The name of the entity.

use budget_model::{Label, Severity};

use crate::book::Book;
use crate::rule::{Description, Rule, Sink};
use crate::text::Text;

pub(super) struct Entity;

static DESCRIPTION: Description = Description {
    id: "entity-inconsistent",
    severity: Severity::Warning,
    title: Text::new("编制部门（单位）名称前后不一致", "the entity is named differently"),
    message: Text::new("此处为“{0}”，别处为“{1}”", "“{0}” here, “{1}” elsewhere"),
    explanation: Text::new(
        "各表的编制部门（单位）、整体绩效目标表的部门名称应与文件的部门名称相同，或一个含有另一个（全称与简称）。文件没有名称时不适用。",
        "The compilers of the tables and the entity of the overall target are the entity of the document, or one name contains \
         the other. Not applicable where the document names no entity.",
    ),
    example: Text::new(
        "编制部门：云溪县文化馆；另一表 编制部门：云溪县图书馆",
        "compiled by 云溪县文化馆; another table by 云溪县图书馆",
    ),
    example_arguments: &[Text::same("云溪县图书馆"), Text::same("云溪县文化馆")],
};

impl Rule for Entity {
    fn describe(&self) -> &'static Description {
        &DESCRIPTION
    }

    fn apply(&self, book: &Book<'_>, sink: &mut Sink) {
        let disclosure = book.disclosure();
        let Some(entity) = &disclosure.entity else {
            sink.not_applicable(Text::new("文件没有部门名称", "the document names no entity"));
            return;
        };
        let compilers = book.tables().filter_map(|(_, table)| table.compiler.as_ref());
        let overall =
            disclosure.performance.iter().filter(|table| table.kind == budget_model::PerformanceKind::Overall);
        let names: Vec<&Label> = compilers.chain(overall.filter_map(|table| table.unit.as_ref())).collect();
        if names.is_empty() {
            sink.not_applicable(Text::new("表上没有编制部门", "no table names its compiler"));
        }
        for name in names {
            if name.text.contains(&entity.text) || entity.text.contains(&name.text) {
                sink.pass();
            } else {
                sink.report(&[&name.text, &entity.text], &[name.place, entity.place]);
            }
        }
    }
}
