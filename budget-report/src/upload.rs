//! The page where one drops a file.

use std::collections::BTreeMap;

use budget_export::ExportError;
use budget_model::Language;
use serde::Serialize;

use crate::report::render;
use crate::words::Words;

/// The page where one drops a file to see its report: a form that posts the file, as it is, to `action`.
///
/// `message` says why the last file has no report; `most_bytes` is what a file may have.
///
/// # Errors
///
/// None that a message could cause; that a template fails is an error of this crate.
pub fn upload_page(
    language: Language,
    action: &str,
    most_bytes: usize,
    message: Option<&str>,
) -> Result<String, ExportError> {
    let limit = crate::shown::bytes(most_bytes);
    let view = View { words: Words { language }.all(), action, most_bytes, limit, message, page_style: "" };
    render("upload.html", &view, "upload.html")
}

/// Everything that the template shows.
#[derive(Serialize)]
struct View<'a> {
    words: BTreeMap<&'static str, &'static str>,
    action: &'a str,
    most_bytes: usize,
    limit: String,
    message: Option<&'a str>,
    page_style: &'static str,
}
