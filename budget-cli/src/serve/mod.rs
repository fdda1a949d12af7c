//! `budget serve`: reports as a page on this machine where one drops a file.

mod http;
mod site;

use std::io::{self, Write};
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;

use crate::args::Serve;
use crate::check::checker_without;
use crate::exit::Exit;
use crate::messages;
use crate::readers::Readers;
use crate::screen::Screen;
use site::Site;

/// Runs the command until somebody ends it.
pub(crate) fn run(arguments: &Serve, screen: &mut Screen) -> io::Result<()> {
    let Some(checker) = checker_without(&arguments.without, screen) else { return Ok(()) };
    let Some(readers) = Readers::new(&arguments.layout, screen) else { return Ok(()) };
    let token = match token() {
        Ok(token) => token,
        Err(error) => {
            let message = screen.say(messages::NO_RANDOM, &[&error]);
            screen.error(Exit::Failed, &message);
            return Ok(());
        }
    };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_io().enable_time().build()?;
    runtime.block_on(async {
        // No other machine reaches this address.
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, arguments.port));
        let listener = match tokio::net::TcpListener::bind(address).await {
            Ok(listener) => listener,
            Err(error) => {
                let message = screen.say(messages::CANNOT_LISTEN, &[&arguments.port, &error]);
                screen.error(Exit::Failed, &message);
                return Ok(());
            }
        };
        let port = listener.local_addr()?.port();
        let site = Arc::new(Site::new(readers, checker, token, port, screen.language));
        let message = screen.say(messages::SERVING, &[&site.address()]);
        writeln!(screen.out, "{message}")?;
        screen.out.flush()?;
        http::serve(listener, site).await
    })
}

/// A word that nobody guesses: 128 random bits.
fn token() -> Result<String, getrandom::Error> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes)?;
    Ok(crate::readers::hexadecimal(&bytes))
}
