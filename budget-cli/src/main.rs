//! The `budget` command: reads budget disclosures (部门预算公开), shows what was found, writes it in other formats, and
//! checks that a disclosure agrees with itself.

mod annotations;
mod args;
mod baseline;
mod check;
mod columns;
mod corpus;
mod diff;
mod exit;
mod extract;
mod failure;
mod help;
mod input;
mod inspect;
mod language;
mod layouts;
mod messages;
#[cfg(feature = "annotate")]
mod original;
mod readers;
#[cfg(feature = "report")]
mod report;
mod rules;
mod screen;
#[cfg(feature = "serve")]
mod serve;
mod source;
mod tables;
mod target;
mod usage;
mod wrap;
mod years;

use std::process::ExitCode;

/// A disclosure is thousands of small strings, which the usual allocators of some systems are slow with.
#[cfg(feature = "fast-alloc")]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let arguments: Vec<_> = std::env::args_os().collect();
    let language = language::choose(&arguments);
    let exit = match args::parse(&arguments, language) {
        Ok(command) => {
            let mut screen = screen::Screen::new(language);
            let result = match &command {
                args::Command::Extract(arguments) => extract::run(arguments, &mut screen),
                args::Command::Inspect(arguments) => inspect::run(arguments, &mut screen),
                args::Command::Check(arguments) => check::run(arguments, &mut screen),
                args::Command::Diff(arguments) => diff::run(arguments, &mut screen),
                #[cfg(feature = "report")]
                args::Command::Report(arguments) => report::run(arguments, &mut screen),
                #[cfg(feature = "serve")]
                args::Command::Serve(arguments) => serve::run(arguments, &mut screen),
                args::Command::Rules(arguments) => rules::list(arguments, &mut screen),
                args::Command::Explain(arguments) => rules::explain(arguments, &mut screen),
                args::Command::Layout(arguments) => layouts::derive(arguments, &mut screen),
                args::Command::Layouts(arguments) => layouts::list(arguments, &mut screen),
            };
            screen.finish(result)
        }
        Err(error) => usage::show(&error, language),
    };
    exit.into()
}
