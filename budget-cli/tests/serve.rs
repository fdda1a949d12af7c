//! `budget serve`: a page on this machine.

#![cfg(feature = "serve")]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod common;

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Stdio};

use common::{TEXT, budget, file, folder, in_browser};

/// The program while it serves; it ends with the test.
struct Served {
    child: Child,
    address: String,
}

impl Served {
    fn start(here: &Path) -> Self {
        let mut child = budget(here).arg("serve").stdout(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let address = line.split_whitespace().find(|word| word.starts_with("http://")).unwrap().to_owned();
        Self { child, address }
    }

    fn host(&self) -> &str {
        self.address.strip_prefix("http://").unwrap().split('/').next().unwrap()
    }

    fn path(&self) -> &str {
        self.address.strip_prefix("http://").unwrap().split_once('/').unwrap().1
    }

    /// Sends a request as it stands and gives the answer.
    fn ask(&self, request: &[u8]) -> String {
        let mut stream = TcpStream::connect(self.host()).unwrap();
        // The program may answer and close before it has read all of it.
        let _ = stream.write_all(request);
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        String::from_utf8_lossy(&answer).into_owned()
    }

    fn get(&self, path: &str, host: &str) -> String {
        self.ask(format!("GET /{path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n").as_bytes())
    }

    fn post(&self, name: &str, origin: &str, body: &[u8]) -> String {
        let (path, host, length) = (self.path(), self.host(), body.len());
        let head = format!(
            "POST /{path}check?name={name} HTTP/1.1\r\nHost: {host}\r\nOrigin: {origin}\r\nContent-Length: {length}\r\n\
             Connection: close\r\n\r\n"
        );
        self.ask(&[head.as_bytes(), body].concat())
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn a_file_that_is_sent_has_a_report() {
    let served = Served::start(&folder("serve-report"));
    let origin = format!("http://{}", served.host());
    let front = served.get(served.path(), served.host());
    assert!(front.starts_with("HTTP/1.1 200") && front.contains("id=\"drop\""), "{front}");
    let answer = served.post("%E9%A6%86.txt", &origin, TEXT.as_bytes());
    assert!(answer.starts_with("HTTP/1.1 200") && answer.ends_with("./report/0"), "{answer}");
    let report = served.get(&format!("{}report/0", served.path()), served.host());
    assert!(report.starts_with("HTTP/1.1 200") && report.contains("馆.txt"), "{report}");
    for header in ["cache-control: no-store", "x-content-type-options: nosniff", "x-frame-options: DENY"] {
        assert!(report.contains(header), "{header}");
    }
}

#[test]
fn nobody_else_is_answered() {
    let served = Served::start(&folder("serve-others"));
    let origin = format!("http://{}", served.host());
    let is_refused = |answer: String| assert!(answer.starts_with("HTTP/1.1 404"), "{answer}");
    is_refused(served.get("", served.host()));
    is_refused(served.get(&"0".repeat(32), served.host()));
    // Another name that leads here, as a page elsewhere could use it.
    is_refused(served.get(served.path(), "example.org"));
    is_refused(served.post("a.txt", "http://example.org", TEXT.as_bytes()));
    is_refused(served.get(&format!("{}report/0", served.path()), served.host()));
    assert!(served.post("a.txt", &origin, b"%PDF-1.7 nothing").starts_with("HTTP/1.1 422"));
}

#[test]
fn a_file_beyond_the_limit_is_refused_before_it_is_taken_in() {
    let served = Served::start(&folder("serve-large"));
    let origin = format!("http://{}", served.host());
    let (path, host) = (served.path(), served.host());
    let head = format!(
        "POST /{path}check HTTP/1.1\r\nHost: {host}\r\nOrigin: {origin}\r\nContent-Length: 9999999999\r\nConnection: close\r\n\r\n"
    );
    let mut request = head.into_bytes();
    request.resize(request.len() + (65 << 20), b'1');
    let answer = served.ask(&request);
    assert!(answer.is_empty() || answer.contains("422"), "{}", &answer[..answer.len().min(200)]);
    assert!(served.get(served.path(), served.host()).starts_with("HTTP/1.1 200"), "it goes on");
}

/// Without the packages and the browser it fails: CI installs them.
#[test]
#[ignore = "needs node, Chromium, and playwright-core in target/browser"]
fn a_browser_drops_files_on_the_page() {
    let here = folder("serve-browser");
    let good = file(&here, "2025.txt", TEXT.replacen("120.00 100.00 20.00", "120.00 100.00 30.00", 1));
    let bad = file(&here, "bad.pdf", "%PDF-1.7 nothing");
    let served = Served::start(&here);
    in_browser("serve.mjs", [served.address.as_ref(), good.as_os_str(), bad.as_os_str()]);
}
