//! `budget layout` and `budget layouts`: descriptions of forms.

use std::io::{self, Write};

use budget_parse::{LayoutSet, derived_layout};

use crate::args::{Layout, Layouts};
use crate::columns::{Align, Columns};
use crate::exit::Exit;
use crate::input::Inputs;
use crate::messages;
use crate::screen::{Screen, printable};

/// The id of a layout that nobody has named yet.
const ID: &str = "derived";

/// `budget layout`: the layout of a document.
pub(crate) fn derive(arguments: &Layout, screen: &mut Screen) -> io::Result<()> {
    let Some(mut inputs) = Inputs::new(&arguments.input, screen) else { return Ok(()) };
    while let Some(document) = inputs.next(screen) {
        match derived_layout(&document.disclosure, ID, &document.name) {
            Some(layout) => screen.out.write_all(layout.as_bytes())?,
            None => {
                let message = screen.say(messages::NO_LAYOUT, &[&printable(&document.name)]);
                screen.error(Exit::Failed, &message);
            }
        }
    }
    Ok(())
}

/// `budget layouts`: one line for each built-in layout, or the file of one.
pub(crate) fn list(arguments: &Layouts, screen: &mut Screen) -> io::Result<()> {
    let Some(id) = &arguments.id else {
        let mut columns = Columns::with_header(
            [messages::LAYOUT, messages::NAME].map(|message| (message.text(screen.language), Align::Left)),
        );
        for layout in LayoutSet::built_in().layouts() {
            columns.row([layout.id.clone().into(), layout.name.clone().into()]);
        }
        return columns.write(0, &mut screen.out);
    };
    match LayoutSet::built_in_file(id) {
        Some(file) => screen.out.write_all(file.as_bytes()),
        None => {
            let message = screen.say(messages::NO_SUCH_LAYOUT, &[&printable(id)]);
            screen.error(Exit::Failed, &message);
            Ok(())
        }
    }
}
