//! What the page answers, apart from how it is asked.

use std::collections::VecDeque;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use budget_export::DocumentInfo;
use budget_model::Language;
use budget_report::{Checked, ReportOptions, upload_page};
use budget_rules::{Checker, Description};

use crate::extract::exported;
use crate::failure::with_causes;
use crate::messages::{self, Message};
use crate::readers::{Readers, sha256};
use crate::report::with_original;

/// Reports that are kept.
const MOST_REPORTS: usize = 8;
/// Characters of a file name that are shown.
const LONGEST_NAME: usize = 200;

/// The pages, and what they are made with.
pub(super) struct Site {
    readers: Readers,
    checker: Checker<'static>,
    token: String,
    port: u16,
    language: Language,
    reports: Mutex<Reports>,
}

/// The last reports, each with its number.
#[derive(Default)]
struct Reports {
    kept: VecDeque<(u64, String)>,
    next: u64,
}

/// An answer.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Answer {
    /// A page.
    Page(String),
    /// The address of a report that was made.
    Made(String),
    /// Why there is none.
    Refused(String),
    /// Nothing is there, or the one who asks must not see it.
    Nothing(String),
}

impl Site {
    pub(super) fn new(
        readers: Readers,
        checker: Checker<'static>,
        token: String,
        port: u16,
        language: Language,
    ) -> Self {
        Self { readers, checker, token, port, language, reports: Mutex::default() }
    }

    /// The address to open.
    pub(super) fn address(&self) -> String {
        format!("http://127.0.0.1:{}/{}/", self.port, self.token)
    }

    /// What a file may have, in bytes.
    pub(super) fn most_bytes(&self) -> usize {
        self.readers.limits().input_bytes
    }

    /// Whether a request was made to this page and not, by a name that leads here, from another one.
    pub(super) fn is_host(&self, host: &str) -> bool {
        [format!("127.0.0.1:{}", self.port), format!("localhost:{}", self.port)].iter().any(|own| own == host)
    }

    /// Whether a page of this address may send files.
    pub(super) fn is_origin(&self, origin: &str) -> bool {
        origin.strip_prefix("http://").is_some_and(|host| self.is_host(host))
    }

    /// The part of a path behind the token; `None` if it does not begin with it.
    pub(super) fn below<'p>(&self, path: &'p str) -> Option<&'p str> {
        path.strip_prefix('/')?.strip_prefix(self.token.as_str())?.strip_prefix('/')
    }

    /// The page at a path below the token.
    pub(super) fn page(&self, path: &str) -> Answer {
        if path.is_empty() {
            return match upload_page(self.language, "./check", self.most_bytes(), None) {
                Ok(page) => Answer::Page(page),
                Err(_) => Answer::Refused(self.say(messages::REPORT_FAILED)),
            };
        }
        let number = path.strip_prefix("report/").and_then(|number| number.parse::<u64>().ok());
        let reports = self.reports.lock().unwrap_or_else(PoisonError::into_inner);
        match number.and_then(|number| reports.kept.iter().find(|(kept, _)| *kept == number)) {
            Some((_, page)) => Answer::Page(page.clone()),
            None => Answer::Nothing(self.say(messages::NO_SUCH_PAGE)),
        }
    }

    /// Reads and checks a file, and keeps its report.
    pub(super) fn check(&self, name: &str, content: Vec<u8>) -> Answer {
        // A name, and no path.
        let name = name.rsplit(['/', '\\']).next().unwrap_or_default();
        let name: String = name.chars().take(LONGEST_NAME).collect();
        let path = Path::new(&name);
        let stem = path.file_stem().unwrap_or_default().to_string_lossy();
        let info = DocumentInfo::new(&stem, name.as_str()).with_sha256(sha256(&content));
        let document = match self.readers.document_of(path, info, content) {
            Ok(document) => document,
            Err(failure) => return Answer::Refused(failure.text(self.language)),
        };
        let report = self.checker.check(&document.disclosure);
        let rules: Vec<&'static Description> = self.checker.descriptions().collect();
        let mut options = ReportOptions::default();
        options.language = self.language;
        options.checked = Some(Checked { report: &report, rules: &rules, last_year: None });
        options.upload = Some("../".to_owned());
        let sheets = &document.disclosure.sheets;
        let page =
            with_original(&document.content, sheets, &self.readers, options, |report| report.page(exported(&document)));
        match page {
            Ok(page) => Answer::Made(self.keep(page)),
            Err(error) => Answer::Refused(with_causes(&error)),
        }
    }

    /// Keeps a report in place of the oldest, and says where it is.
    fn keep(&self, page: String) -> String {
        let mut reports = self.reports.lock().unwrap_or_else(PoisonError::into_inner);
        let number = reports.next;
        reports.next += 1;
        if reports.kept.len() >= MOST_REPORTS {
            reports.kept.pop_front();
        }
        reports.kept.push_back((number, page));
        format!("./report/{number}")
    }

    pub(super) fn say(&self, message: Message) -> String {
        message.text(self.language).to_owned()
    }

    /// Why a file that is too large is not read.
    pub(super) fn too_large(&self) -> String {
        messages::UPLOAD_TOO_LARGE.fill(self.language, &[&(self.most_bytes() >> 20)])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::screen::Screen;

    fn site() -> Site {
        let readers = Readers::new(&[], &mut Screen::new(Language::English)).unwrap();
        Site::new(readers, Checker::new(), "abc".to_owned(), 8000, Language::English)
    }

    #[test]
    fn only_who_knows_the_word_and_comes_from_here_is_answered() {
        let site = site();
        assert_eq!(site.below("/abc/report/1"), Some("report/1"));
        assert_eq!([site.below("/abd/"), site.below("/abc"), site.below("abc/"), site.below("/")], [None; 4]);
        assert!(site.is_host("127.0.0.1:8000") && site.is_host("localhost:8000"));
        assert!(!site.is_host("example.org:8000") && !site.is_host("127.0.0.1"));
        assert!(site.is_origin("http://127.0.0.1:8000") && !site.is_origin("http://example.org"));
        assert!(!site.is_origin("null") && !site.is_origin("https://127.0.0.1:8000"));
    }

    #[test]
    fn a_file_makes_a_report_and_the_oldest_goes() {
        let site = site();
        let text = std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/../examples/disclosure.txt")).unwrap();
        for number in 0..=MOST_REPORTS {
            assert_eq!(site.check("../../a.txt", text.clone()), Answer::Made(format!("./report/{number}")));
        }
        assert!(matches!(site.page("report/0"), Answer::Nothing(_)));
        assert!(matches!(site.page("report/1"), Answer::Page(page) if page.contains("Check another file")));
        assert!(matches!(site.page("report/x"), Answer::Nothing(_)));
        assert!(matches!(site.page(""), Answer::Page(_)));
    }

    #[test]
    fn what_is_no_disclosure_is_refused_with_the_reason() {
        let site = site();
        for content in [b"".to_vec(), b"%PDF-1.7 nothing".to_vec(), vec![0; 1000]] {
            assert!(matches!(site.check("a.pdf", content), Answer::Refused(why) if !why.is_empty()));
        }
    }
}
