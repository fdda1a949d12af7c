//! Walks the function tree (功能分类) of table 3, 支出总体情况表: code, name, amount, and how the amount is known.
//!
//! ```sh
//! cargo run -p budget-examples --bin function_tree -- examples/disclosure.txt
//! ```
//!
//! Another kind of table can be named behind the file: `general_project` shows figures whose column is uncertain.

use std::error::Error;

use budget_model::{Figure, Placement, TableKind};
use budget_parse_text::read_text;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let path = arguments.next().ok_or("give the text file of a disclosure")?;
    let kind = arguments.next().unwrap_or_else(|| TableKind::Expenditure.as_str().to_owned());
    let kind = TableKind::ALL.into_iter().find(|known| known.as_str() == kind).ok_or("no such kind of table")?;

    let disclosure = read_text(&std::fs::read(path)?)?;
    // Tables are known by what they are about. Their numbers differ from form to form.
    let table = disclosure.table(kind).ok_or("the document has no such table")?;
    println!("{} ({})", table.title.text, table.unit);

    for (index, row) in (0u32..).zip(&table.rows) {
        // The level is the number of rows this one is a part of: 0 for the total, then 类, 款, 项.
        let indent = "  ".repeat(table.level(index) as usize);
        let code = row.code.map(|code| code.to_string()).unwrap_or_default();
        println!("{indent}{code} {}", row.label.text);
        for figure in table.figures_in(index) {
            println!("{indent}    {}", describe(&figure));
        }
    }
    Ok(())
}

/// `基本支出 294.67 [by row-sum]`, with all candidates where more than one column is possible.
fn describe(figure: &Figure<'_>) -> String {
    let columns = &figure.table().columns;
    let label = |column: u16| columns.get(usize::from(column)).map_or("?", |column| column.label.as_str());
    let known = match &figure.cell().placement {
        Placement::Printed => "printed there".to_owned(),
        // The text of a PDF has no columns any more; this column is the only one that adds up.
        Placement::Inferred { by } => format!("by {}", by.as_str()),
        // Never take the first candidate for granted.
        Placement::Ambiguous { candidates } => {
            format!("uncertain: {}", candidates.iter().map(|column| label(*column)).collect::<Vec<_>>().join(" or "))
        }
    };
    format!("{} {} [{known}]", label(figure.position().column), figure.amount().value)
}
