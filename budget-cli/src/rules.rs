//! `budget rules` and `budget explain`: what the rules say about themselves.

use std::io::{self, Write};

use budget_model::Severity;
use budget_rules::{Checker, Description};

use crate::args::{Explain, Rules};
use crate::columns::{Align, Columns, Field};
use crate::exit::Exit;
use crate::messages::{self, Message};
use crate::screen::{BOLD, CYAN, FAINT, RED, Screen, YELLOW};

/// `budget rules`: one line for each rule.
pub(crate) fn list(arguments: &Rules, screen: &mut Screen) -> io::Result<()> {
    if arguments.markdown {
        return screen.out.write_all(budget_rules::reference().as_bytes());
    }
    let say = |message: Message| message.text(screen.language);
    let header = [messages::RULE, messages::SEVERITY, messages::DEFECT].map(|message| (say(message), Align::Left));
    let mut columns = Columns::with_header(header);
    for rule in Checker::new().descriptions() {
        let (name, style) = severity(rule.severity);
        columns.row([rule.id.into(), Field::styled(say(name), style), rule.title.in_language(screen.language).into()]);
    }
    columns.write(0, &mut screen.out)
}

/// `budget explain`: everything about some rules.
pub(crate) fn explain(arguments: &Explain, screen: &mut Screen) -> io::Result<()> {
    let mut is_first = true;
    for id in &arguments.rules {
        let Some(rule) = find(id, screen) else { continue };
        if !std::mem::take(&mut is_first) {
            writeln!(screen.out)?;
        }
        let language = screen.language;
        let (name, style) = severity(rule.severity);
        let (name, title) = (name.text(language), rule.title.in_language(language));
        writeln!(screen.out, "{BOLD}{}{BOLD:#}  {style}{name}{style:#}  {title}\n", rule.id)?;
        writeln!(screen.out, "{}\n", rule.explanation.in_language(language))?;
        let example = screen.say(messages::EXAMPLE, &[&rule.example.in_language(language)]);
        let message = screen.say(messages::MESSAGE, &[&rule.example_message().in_language(language)]);
        writeln!(screen.out, "{example}\n{FAINT}{message}{FAINT:#}")?;
    }
    Ok(())
}

/// The rule with an id. If there is none, that is said, with the rules that have it in their names.
pub(crate) fn find(id: &str, screen: &mut Screen) -> Option<&'static Description> {
    let checker = Checker::new();
    if let Some(rule) = checker.descriptions().find(|rule| rule.id == id) {
        return Some(rule);
    }
    let is_like =
        |rule: &&Description| !id.is_empty() && id.split('-').any(|word| rule.id.split('-').any(|other| other == word));
    let like: Vec<_> = checker.descriptions().filter(is_like).map(|rule| rule.id).take(3).collect();
    let comma = messages::COMMA.text(screen.language);
    let perhaps = if like.is_empty() { String::new() } else { screen.say(messages::PERHAPS, &[&like.join(comma)]) };
    let message = screen.say(messages::NO_SUCH_RULE, &[&crate::screen::printable(id), &perhaps]);
    screen.error(Exit::Failed, &message);
    None
}

fn severity(severity: Severity) -> (Message, anstyle::Style) {
    match severity {
        Severity::Error => (messages::ERROR_FINDING, RED),
        Severity::Warning => (messages::WARNING_FINDING, YELLOW),
        Severity::Info => (messages::INFO_FINDING, CYAN),
    }
}
