//! Rows, pages and tables that are printed twice.

use budget_model::Severity;

use crate::book::Book;
use crate::rule::{Description, Rule, Sink};
use crate::text::Text;

pub(super) struct RepeatedRow;

static DESCRIPTION: Description = Description {
    id: "row-printed-twice",
    severity: Severity::Warning,
    title: Text::new("同一表中科目重复印出", "rows of a table are printed twice"),
    message: Text::new(
        "“{0}”中从“{1}”起有 {2} 行在前面已经印出",
        "{2} row(s) of table {0}, from {1} on, are printed before as well",
    ),
    explanation: Text::new(
        "一张表中每个科目编码只应有一行；整页或整表重复印出的，作为一处问题列出。表式没有版式可据的，只有编码很少重复的表中数字也相同的行才算。重复的行不参与合计的判断。表中没有编码时不适用。",
        "A table has one row for each code. A page or a table that is printed twice is one finding. In a form that no layout names, only rows with the same figures in a table that repeats few codes count. Nothing is said of sums over \
         rows that are printed twice. Not applicable where no row has a code.",
    ),
    example: Text::new("2070109 群众文化 86.20 在表3中印了两次", "table 3 has two rows 2070109"),
    example_arguments: &[Text::same("支出总体情况表"), Text::same("2070109群众文化"), Text::same("1")],
};

impl Rule for RepeatedRow {
    fn describe(&self) -> &'static Description {
        &DESCRIPTION
    }

    fn apply(&self, book: &Book<'_>, sink: &mut Sink) {
        let mut any = false;
        for (index, table) in book.tables() {
            let name = table.kind.chinese();
            let of_table = book.apart().copy_of(index).and_then(|first| book.disclosure().tables.get(first));
            if let Some(first) = of_table {
                any = true;
                let rows = table.rows.len().to_string();
                sink.report(&[name, &table.title.text, &rows], &[table.title.place, first.title.place]);
                continue;
            }
            if table.rows.iter().any(|row| row.code.is_some()) {
                any = true;
                sink.pass();
            }
            // Rows that follow each other, here and where they are printed first, are one page.
            let follows = |one: &(usize, usize), next: &(usize, usize)| next.0 == one.0 + 1 && next.1 == one.1 + 1;
            // A code under two names is a slip of the code, which code-has-two-names shows, or a second classification.
            let label = |row: usize| table.rows.get(row).map(|row| &row.label.text);
            let repeated = book.apart().repeated(index).iter().copied();
            let repeated: Vec<_> = repeated.filter(|(again, first)| label(*again) == label(*first)).collect();
            // That a code has one row is seen from the others; what differs in its figures is another row.
            let values = |row: usize| {
                let row = table.rows.get(row)?;
                Some(row.cells.iter().map(|cell| (cell.column, cell.amount.value)).collect::<Vec<_>>())
            };
            let is_rare = 5 * repeated.len() <= table.rows.iter().filter(|row| row.code.is_some()).count();
            let is_same = |run: &[(usize, usize)]| {
                run.iter().all(|(again, first)| values(*again) == values(*first))
                    && run.iter().any(|(again, _)| table.rows.get(*again).is_some_and(|row| !row.cells.is_empty()))
            };
            let concludes = |run: &[(usize, usize)]| book.agreement().is_promised() || (is_rare && is_same(run));
            for run in repeated.chunk_by(follows).filter(|run| concludes(run)) {
                let rows =
                    run.first().and_then(|(again, first)| Some((table.rows.get(*again)?, table.rows.get(*first)?)));
                let Some((again, first)) = rows else { continue };
                let code = again.code.map(|code| code.to_string()).unwrap_or_default();
                let label = format!("{code}{}", again.label.text);
                sink.report(&[name, &label, &run.len().to_string()], &[again.label.place, first.label.place]);
            }
        }
        if !any {
            sink.not_applicable(Text::new("表中没有科目编码", "no table has codes"));
        }
    }
}
