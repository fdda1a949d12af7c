//! Writes generated disclosures: as text, as workbooks, and as the JSON of what should be read in them.
//!
//! ```text
//! cargo run -p budget-testkit --example budget-gen -- --seed 7 --count 100 --out generated
//! cargo run -p budget-testkit --example budget-gen -- --layout shanghai-2026 --format xlsx,json --out generated
//! ```

use std::error::Error;
use std::path::{Path, PathBuf};
use std::{fs, io};

use budget_export::{Document, DocumentInfo, ExportOptions, to_json};
use budget_parse::LayoutSet;
use budget_testkit::{Books, Config, disclosure, text, workbook};
use clap::{Parser, ValueEnum};

/// Writes random, internally consistent budget disclosures. Equal arguments write equal files.
#[derive(Parser)]
struct Args {
    /// The seed of the first document; each next one has the next seed
    #[arg(long, default_value_t = 0)]
    seed: u64,
    /// How many documents
    #[arg(long, default_value_t = 1)]
    count: u64,
    /// The form: a layout id such as xinjiang-2025; any of them if not given
    #[arg(long)]
    layout: Option<String>,
    /// The folder to write to; it is made if it does not exist, and files of the same names are replaced
    #[arg(long)]
    out: PathBuf,
    /// What to write of each document
    #[arg(long, value_delimiter = ',', default_values = ["text", "xlsx", "json"])]
    format: Vec<Format>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// The text of a PDF
    Text,
    /// A workbook
    Xlsx,
    /// What a reader should find
    Json,
}

fn main() -> Result<(), Box<dyn Error>> {
    let args = Args::parse();
    let known: Vec<String> = LayoutSet::built_in().layouts().map(|layout| layout.id.clone()).collect();
    if let Some(layout) = args.layout.as_ref().filter(|layout| !known.contains(layout)) {
        return Err(format!("there is no layout {layout}; use one of {}", known.join(", ")).into());
    }
    fs::create_dir_all(&args.out)?;
    for seed in args.seed..args.seed.saturating_add(args.count) {
        let config = match &args.layout {
            Some(layout) => Config::random_of(layout, seed),
            None => Config::random(seed),
        };
        let books = Books::random(seed, &config);
        let expected = disclosure(&books, &config);
        let name = format!("{}-{seed:06}", config.layout);
        for format in &args.format {
            let (extension, bytes) = match format {
                Format::Text => ("txt", text(&expected, &books, &config).into_bytes()),
                Format::Xlsx => ("xlsx", workbook(&expected, &books, &config)?),
                Format::Json => {
                    let info = DocumentInfo::new(&name, format!("{name}.txt"));
                    let mut bytes = Vec::new();
                    to_json(Document { info: &info, disclosure: &expected }, ExportOptions::default(), &mut bytes)?;
                    ("json", bytes)
                }
            };
            write(&args.out.join(format!("{name}.{extension}")), &bytes)?;
        }
    }
    Ok(())
}

/// Writes to a name beside the file and renames, so that nobody ever sees half a file.
fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut name = path.as_os_str().to_owned();
    name.push(".part");
    let part = PathBuf::from(name);
    fs::write(&part, bytes).and_then(|()| fs::rename(&part, path)).inspect_err(|_| {
        // The first error is the one that matters.
        let _ = fs::remove_file(&part);
    })
}
