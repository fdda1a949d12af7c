//! The `budget` command: reads budget disclosures (部门预算公开), shows what was found and writes it in other formats.

mod args;
mod columns;
mod exit;
mod extract;
mod help;
mod input;
mod inspect;
mod language;
mod messages;
mod screen;
mod tables;
mod target;

use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<_> = std::env::args_os().collect();
    let language = language::choose(&arguments);
    let exit = match args::parse(&arguments, language) {
        Ok(command) => {
            let mut screen = screen::Screen::new(language);
            let result = match &command {
                args::Command::Extract(arguments) => extract::run(arguments, &mut screen),
                args::Command::Inspect(arguments) => inspect::run(arguments, &mut screen),
            };
            screen.finish(result)
        }
        // Help and the version are what was asked for; anything else is a mistake in the command line.
        Err(error) => {
            let exit = if error.use_stderr() { exit::Exit::Failed } else { exit::Exit::Done };
            // There is nobody left to tell when even this cannot be printed.
            let _ = error.print();
            exit
        }
    };
    exit.into()
}
