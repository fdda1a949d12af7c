//! The command line.

use std::ffi::OsString;
use std::path::PathBuf;

use budget_model::{Language, Severity, TableKind};
use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Arg, Args, CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};

use crate::help;

/// Read budget disclosures of Chinese government departments (部门预算公开)
#[derive(Debug, Parser)]
#[command(name = "budget", version, disable_help_subcommand = true, after_help = help::EXIT_CODES_EN)]
pub(crate) struct Cli {
    #[command(subcommand)]
    command: Command,
    /// Language of messages and help [default: that of the locale]
    #[arg(long, global = true, value_name = "LANGUAGE")]
    lang: Option<Lang>,
}

// The values have no comments of their own: they would become part of the help, which then takes a page.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Lang {
    Zh,
    En,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Extract(Extract),
    Inspect(Inspect),
    Check(Check),
    Diff(Diff),
    #[cfg(feature = "report")]
    Report(Report),
    #[cfg(feature = "serve")]
    Serve(Serve),
    Rules(Rules),
    Explain(Explain),
    Layout(Layout),
    Layouts(Layouts),
}

/// Write what is in disclosures as JSON, CSV or a workbook
#[derive(Debug, Args)]
#[command(after_help = help::EXTRACT_EN, mut_arg("files", or_a_list_or_a_set))]
pub(crate) struct Extract {
    #[command(flatten)]
    pub(crate) input: Input,
    #[command(flatten)]
    pub(crate) many: Many,
    /// Format to write [default: what the ending of --out says, else json]
    #[arg(long, value_name = "FORMAT")]
    pub(crate) to: Option<Format>,
    /// Where to write, see below [default: the standard output, JSON only]
    #[arg(long, short, value_name = "PATH")]
    pub(crate) out: Option<PathBuf>,
    /// Replace files that exist
    #[arg(long)]
    pub(crate) force: bool,
    /// Leave out documents whose output exists: goes on with a run that was interrupted
    #[arg(long, conflicts_with = "force")]
    pub(crate) skip_existing: bool,
    /// Write one set of tables for all documents to the folder DIR, see below
    #[arg(long, value_name = "DIR", conflicts_with_all = ["skip_existing", "out"])]
    pub(crate) dataset: Option<PathBuf>,
    /// Add to the set in DIR; what is in it already stays, and is not read again
    #[arg(long, requires = "dataset", conflicts_with = "force")]
    pub(crate) append: bool,
    /// Take a document out of the set in DIR, by its key or its path; may be repeated
    #[arg(long, value_name = "DOCUMENT", requires = "dataset", conflicts_with = "force")]
    pub(crate) remove: Vec<String>,
    /// Give each year of the set files of its own, in folders in_year=2025
    #[arg(long, value_name = "WHAT", requires = "dataset", conflicts_with_all = ["append", "remove"])]
    pub(crate) partition_by: Option<PartitionBy>,
    /// Leave out names and telephone numbers of contact persons
    #[arg(long)]
    pub(crate) redact_contacts: bool,
    /// CSV: put an apostrophe before text that a spreadsheet would take for a formula
    #[arg(long)]
    pub(crate) guard_formulas: bool,
    /// CSV: begin each file with a byte order mark, for spreadsheets that need it to see UTF-8
    #[arg(long)]
    pub(crate) bom: bool,
    /// JSON: one line, without indentation
    #[arg(long)]
    pub(crate) compact: bool,
    /// Print nothing but errors
    #[arg(long, short)]
    pub(crate) quiet: bool,
}

/// Show what was found in disclosures, and how sure it is
#[derive(Debug, Args)]
#[command(after_help = help::EXIT_CODES_EN)]
pub(crate) struct Inspect {
    #[command(flatten)]
    pub(crate) input: Input,
    /// List what was not read, with places
    #[arg(long, conflicts_with_all = ["table", "tables"])]
    pub(crate) unread: bool,
    /// Print the rows of one kind of table; may be repeated
    #[arg(long, value_name = "KIND", value_parser = table_kind())]
    pub(crate) table: Vec<TableKind>,
    /// Print the rows of every table
    #[arg(long, conflicts_with = "table")]
    pub(crate) tables: bool,
    /// List every diagnostic, however many there are
    #[arg(long)]
    pub(crate) all: bool,
    /// Draw a page of a PDF as SVG, with the lines, cells and figures that were found
    #[cfg(feature = "pdf")]
    #[arg(long, value_name = "PAGE", conflicts_with_all = ["table", "tables", "unread"])]
    pub(crate) picture: Option<u32>,
}

/// Check that disclosures agree with themselves, with the arithmetic shown
#[derive(Debug, Args)]
#[command(after_help = help::CHECK_EN, mut_arg("files", or_a_list))]
pub(crate) struct Check {
    #[command(flatten)]
    pub(crate) input: Input,
    #[command(flatten)]
    pub(crate) many: Many,
    /// The disclosure of the year before [default: that of the same entity among the FILEs]
    #[arg(long, value_name = "FILE")]
    pub(crate) last_year: Option<PathBuf>,
    /// Form of the report; csv takes one FILE, xlsx is the workbook of `extract` with the findings, pdf the FILE itself with them
    #[arg(long, value_name = "FORM", default_value = "text")]
    pub(crate) to: ReportForm,
    /// With --to xlsx: write the FILE itself, a workbook, with a comment and a colour on each cell of a finding
    #[cfg(feature = "annotate")]
    #[arg(long)]
    pub(crate) in_place_copy: bool,
    /// Where to write the workbook or the PDF; for several FILEs, a folder. For folders and lists, where to write any report
    #[arg(long, short, value_name = "PATH")]
    pub(crate) out: Option<PathBuf>,
    /// Replace files that exist
    #[arg(long)]
    pub(crate) force: bool,
    /// Leave out a rule; may be repeated
    #[arg(long, value_name = "RULE")]
    pub(crate) without: Vec<String>,
    /// Least serious finding that makes the exit code 1
    #[arg(long, value_name = "SEVERITY", default_value = "warning")]
    pub(crate) fail_on: Threshold,
    /// Do not count the findings that this file silences with a reason, see below
    #[arg(long, value_name = "FILE.toml")]
    pub(crate) baseline: Option<PathBuf>,
    /// Write all findings to a new baseline, with reasons to be filled in; those of --baseline are kept
    #[arg(long, value_name = "FILE.toml")]
    pub(crate) write_baseline: Option<PathBuf>,
    /// Text: show the differences that rounding explains as well
    #[arg(long)]
    pub(crate) rounding: bool,
    /// Text: show what each rule checked, and why a rule did not apply
    #[arg(long)]
    pub(crate) coverage: bool,
}

/// Write a report to read and print: findings on their pages, where the money goes, every table, what was checked
#[cfg(feature = "report")]
#[derive(Debug, Args)]
#[command(after_help = help::REPORT_EN)]
#[command(mut_arg("files", |files| files.help("Files and folders to read; `-` is the standard input")))]
pub(crate) struct Report {
    #[command(flatten)]
    pub(crate) input: Input,
    /// Where to write: an HTML file; for several FILEs and for folders, a folder
    #[arg(long, short, value_name = "PATH", required = true)]
    pub(crate) out: PathBuf,
    /// Replace files that exist
    #[arg(long)]
    pub(crate) force: bool,
    /// The disclosure of the year before [default: that of the same entity among the FILEs]
    #[arg(long, value_name = "FILE")]
    pub(crate) last_year: Option<PathBuf>,
    /// Leave out a rule; may be repeated
    #[arg(long, value_name = "RULE")]
    pub(crate) without: Vec<String>,
    /// Do not count the findings that this file silences with a reason, see `budget check --help`
    #[arg(long, value_name = "FILE.toml")]
    pub(crate) baseline: Option<PathBuf>,
}

/// Show reports as a page on this machine where one drops a file; nothing leaves the machine
#[cfg(feature = "serve")]
#[derive(Debug, Args)]
#[command(after_help = help::SERVE_EN)]
pub(crate) struct Serve {
    /// Port to listen on [default: any that is free]
    #[arg(long, value_name = "PORT", default_value_t = 0, hide_default_value = true)]
    pub(crate) port: u16,
    /// Add a layout, the description of a form as TOML; may be repeated
    #[arg(long, value_name = "FILE.toml")]
    pub(crate) layout: Vec<PathBuf>,
    /// Leave out a rule; may be repeated
    #[arg(long, value_name = "RULE")]
    pub(crate) without: Vec<String>,
}

/// Compare two years or two versions of one disclosure, row by row and in sum
#[derive(Debug, Args)]
#[command(after_help = help::DIFF_EN, override_usage = "budget diff [OPTIONS] <A> <B>")]
#[command(mut_arg("files", |files| files.num_args(2).value_names(["A", "B"])))]
pub(crate) struct Diff {
    #[command(flatten)]
    pub(crate) input: Input,
    /// Form of the comparison
    #[arg(long, value_name = "FORM", default_value = "text")]
    pub(crate) to: DiffForm,
}

/// List the rules that `check` applies
#[derive(Debug, Args)]
pub(crate) struct Rules {
    /// Print the reference of all rules as Markdown
    #[arg(long)]
    pub(crate) markdown: bool,
}

/// Explain a rule: what it compares, when it does not apply, an example
#[derive(Debug, Args)]
pub(crate) struct Explain {
    /// Ids of rules, as `budget rules` lists them
    #[arg(required = true, value_name = "RULE")]
    pub(crate) rules: Vec<String>,
}

/// Print a layout, the description of a form as TOML, derived from a disclosure whose columns are there
#[derive(Debug, Args)]
#[command(after_help = help::EXIT_CODES_EN, mut_arg("files", |files| files.num_args(1)))]
pub(crate) struct Layout {
    #[command(flatten)]
    pub(crate) input: Input,
}

/// List the built-in layouts, or print one
#[derive(Debug, Args)]
pub(crate) struct Layouts {
    /// The layout to print
    #[arg(value_name = "LAYOUT")]
    pub(crate) id: Option<String>,
}

/// What the files of a set are divided by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum PartitionBy {
    Year,
}

/// The form of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ReportForm {
    Text,
    Json,
    Csv,
    Sarif,
    Xlsx,
    #[cfg(feature = "annotate")]
    Pdf,
}

impl Check {
    /// Whether a workbook is to be written as it is, with its findings.
    pub(crate) fn has_copy(&self) -> bool {
        #[cfg(feature = "annotate")]
        return self.in_place_copy;
        #[cfg(not(feature = "annotate"))]
        return false;
    }

    /// Whether what is written is the FILE itself, with its findings.
    pub(crate) fn is_of_original(&self) -> bool {
        self.has_copy() || self.to.made_of_each() == Some("pdf")
    }
}

impl ReportForm {
    /// Whether it is a file of its own for each document, and what kind of file.
    pub(crate) fn made_of_each(self) -> Option<&'static str> {
        match self {
            Self::Text | Self::Json | Self::Csv | Self::Sarif => None,
            Self::Xlsx => Some("xlsx"),
            #[cfg(feature = "annotate")]
            Self::Pdf => Some("pdf"),
        }
    }
}

/// The form of a comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum DiffForm {
    Text,
    Json,
    Csv,
}

/// How serious a finding has to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Threshold {
    Info,
    Warning,
    Error,
}

impl From<Threshold> for Severity {
    fn from(threshold: Threshold) -> Self {
        match threshold {
            Threshold::Info => Self::Info,
            Threshold::Warning => Self::Warning,
            Threshold::Error => Self::Error,
        }
    }
}

#[derive(Debug, Args)]
pub(crate) struct Input {
    /// Files to read; `-` is the standard input
    #[arg(required = true, value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,
    /// Add a layout, the description of a form as TOML; may be repeated
    #[arg(long, value_name = "FILE.toml")]
    pub(crate) layout: Vec<PathBuf>,
}

/// Many files at once.
#[derive(Debug, Args)]
pub(crate) struct Many {
    /// Read what is listed in LIST as well, one path a line; `-` is the standard input
    #[arg(long, value_name = "LIST")]
    pub(crate) files_from: Option<PathBuf>,
    /// Read so many files at the same time [default: one for each processor]
    #[arg(long, short, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub(crate) jobs: Option<u16>,
    /// Follow symbolic links in folders
    #[arg(long)]
    pub(crate) follow: bool,
    /// Say which files in folders are passed over as no disclosures, and why
    #[arg(long)]
    pub(crate) skipped: bool,
}

/// Folders are taken as well, and a list makes the files unnecessary.
fn or_a_list(files: Arg) -> Arg {
    files
        .required(false)
        .required_unless_present_any(["files_from"])
        .help("Files and folders to read; `-` is the standard input")
}

/// To take documents out of a set, no file is needed.
fn or_a_list_or_a_set(files: Arg) -> Arg {
    or_a_list(files).required_unless_present_any(["files_from", "remove"])
}

/// A format to write: JSON with everything in it, a folder of CSV files that is a Data Package, or a workbook that looks
/// like the official form. Parquet is for sets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    Json,
    Csv,
    Xlsx,
    #[cfg(feature = "parquet")]
    Parquet,
}

impl Format {
    /// The id of its exporter, which is also the file name extension.
    pub(crate) fn id(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
            #[cfg(feature = "parquet")]
            Self::Parquet => "parquet",
        }
    }
}

fn table_kind() -> impl TypedValueParser<Value = TableKind> {
    // The parser takes nothing but these words, so that the last resort is never used.
    PossibleValuesParser::new(TableKind::ALL.map(TableKind::as_str))
        .map(|word| TableKind::ALL.into_iter().find(|kind| kind.as_str() == word).unwrap_or(TableKind::Overview))
}

/// Parses the command line; the error prints itself, and may be the help that was asked for.
pub(crate) fn parse(arguments: &[OsString], language: Language) -> Result<Command, clap::Error> {
    let mut command = help::localised(Cli::command(), language);
    let matches = command.try_get_matches_from_mut(arguments)?;
    let cli = Cli::from_arg_matches(&matches).map_err(|error| error.format(&mut command))?;
    // Read from the arguments before, by `language::choose`.
    let _ = cli.lang;
    Ok(cli.command)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_consistent() {
        Cli::command().debug_assert();
        help::localised(Cli::command(), Language::Chinese).debug_assert();
    }

    #[test]
    fn every_kind_of_table_can_be_asked_for() {
        for kind in TableKind::ALL {
            let words = ["budget", "inspect", "a.txt", "--table", kind.as_str()].map(OsString::from);
            match parse(&words, Language::English).unwrap() {
                Command::Inspect(inspect) => assert_eq!(inspect.table, [kind]),
                other => unreachable!("{other:?}"),
            }
        }
    }
}
