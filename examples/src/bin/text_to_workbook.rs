//! Reads the text of a disclosure and writes a workbook that looks like the official form:
//!
//! ```sh
//! cargo run -p budget-examples --bin text_to_workbook -- examples/disclosure.txt out
//! ```

use std::error::Error;
use std::path::PathBuf;

use budget_export::{DirectorySink, Document, DocumentInfo, ExportOptions, exporter};
use budget_parse_text::read_text;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args_os().skip(1).map(PathBuf::from);
    let path = arguments.next().ok_or("give the text file of a disclosure, and a folder for the workbook")?;
    let folder = arguments.next().unwrap_or_else(|| PathBuf::from("."));

    let disclosure = read_text(&std::fs::read(&path)?)?;
    let name = path.file_stem().unwrap_or_default().to_string_lossy();
    let info = DocumentInfo::new(&name, path.display().to_string());

    // Every format is an exporter, found by its id: `csv` and `json` work in the same way.
    let exporter = exporter("xlsx", ExportOptions::default()).ok_or("built without the xlsx feature")?;
    // A folder shows a file only when it is complete; `MemorySink` keeps files in memory instead.
    let mut sink = DirectorySink::new(&folder)?;
    let report = exporter.write(Document { info: &info, disclosure: &disclosure }, &mut sink)?;

    for file in &report.files {
        println!("{}", folder.join(file).display());
    }
    // What a format cannot carry is said, so that nobody takes the workbook for the whole document.
    for omission in &report.omissions {
        eprintln!("not in the workbook: {omission}");
    }
    Ok(())
}
