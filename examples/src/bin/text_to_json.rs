//! Reads the text of a disclosure and writes it as JSON, which loses nothing:
//!
//! ```sh
//! cargo run -p budget-examples --bin text_to_json -- examples/disclosure.txt > disclosure.json
//! ```

use std::error::Error;
use std::path::PathBuf;

use budget_export::{Document, DocumentInfo, ExportOptions, to_json};
use budget_parse_text::read_text;

fn main() -> Result<(), Box<dyn Error>> {
    let path = PathBuf::from(std::env::args_os().nth(1).ok_or("give the text file of a disclosure")?);

    // An error means that this is no disclosure at all. Whatever is wrong inside one is a diagnostic, and reading goes on.
    let disclosure = read_text(&std::fs::read(&path)?)?;
    for diagnostic in &disclosure.diagnostics {
        eprintln!("{}: {diagnostic}", diagnostic.code.as_str());
    }

    // The ledger says how much of the source is in the model. Nothing is dropped: what was not read is listed in it.
    let ledger = &disclosure.ledger;
    eprintln!("read {} of {} numbers in the text", ledger.numbers_read, ledger.numbers);

    // A document goes by an id, here its file name; the id stays with it in every format.
    let name = path.file_stem().unwrap_or_default().to_string_lossy();
    let info = DocumentInfo::new(&name, path.display().to_string());
    let document = Document { info: &info, disclosure: &disclosure };
    to_json(document, ExportOptions::default(), std::io::stdout().lock())?;
    Ok(())
}
