//! JSON: everything, losslessly.

use std::io::{BufWriter, Write};

use budget_model::Disclosure;
use serde::{Deserialize, Serialize};

use crate::error::Kind as Error;
use crate::{Descriptor, Document, DocumentInfo, ExportError, ExportOptions, Exporter, Output, Report, Sink};

/// The version of the JSON format that this crate writes and reads.
pub const JSON_VERSION: u64 = 1;

const FORMAT: &str = "budget-disclosure";

/// The JSON Schema (2020-12) of the exported JSON.
#[must_use]
pub fn json_schema() -> &'static str {
    include_str!("../schema/disclosure.schema.json")
}

#[derive(Serialize)]
struct Written<'a> {
    format: &'static str,
    version: u64,
    document: &'a DocumentInfo,
    disclosure: &'a Disclosure,
}

/// The two fields that are read first, so that another version gives a clear error and not one about some field.
#[derive(Deserialize)]
struct Header {
    format: String,
    version: u64,
}

/// A disclosure as JSON: an object with `format`, `version`, `document` and `disclosure`.
#[derive(Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(title = "Budget disclosure"))]
struct Read {
    /// Always `budget-disclosure`.
    #[cfg_attr(test, schemars(extend("const" = FORMAT)))]
    #[serde(rename = "format")]
    _format: String,
    /// The version of the format.
    #[cfg_attr(test, schemars(extend("const" = JSON_VERSION)))]
    #[serde(rename = "version")]
    _version: u64,
    /// The name of the document.
    document: DocumentInfo,
    /// Its content.
    disclosure: Disclosure,
}

/// Writes a document as JSON to a writer, such as the standard output.
///
/// # Errors
///
/// The writer fails.
pub fn to_json(document: Document<'_>, options: ExportOptions, mut out: impl Write) -> Result<Report, ExportError> {
    let name = format!("{}.json", document.info.id());
    let mut report = Report::default();
    let disclosure = options.apply(document.disclosure, &mut report);
    let written = Written { format: FORMAT, version: JSON_VERSION, document: document.info, disclosure: &disclosure };
    let result = match options.compact {
        true => serde_json::to_writer(&mut out, &written),
        false => serde_json::to_writer_pretty(&mut out, &written),
    };
    result.map_err(|error| match error.io_error_kind() {
        Some(_) => ExportError::write(&name)(error.into()),
        None => ExportError::encode(&name)(error),
    })?;
    out.write_all(b"\n").map_err(ExportError::write(&name))?;
    Ok(report)
}

/// Reads exported JSON back.
///
/// ```
/// use budget_export::{from_json, to_json, Document, DocumentInfo, ExportOptions};
/// use budget_model::Disclosure;
///
/// let (info, disclosure) = (DocumentInfo::new("a", "a.txt"), Disclosure::default());
/// let mut json = Vec::new();
/// to_json(Document { info: &info, disclosure: &disclosure }, ExportOptions::default(), &mut json)?;
/// assert_eq!(from_json(&json)?, (info, disclosure));
/// # Ok::<(), budget_export::ExportError>(())
/// ```
///
/// # Errors
///
/// The bytes are not JSON of this format, or of a version this crate does not know.
pub fn from_json(bytes: &[u8]) -> Result<(DocumentInfo, Disclosure), ExportError> {
    let not_a_disclosure = |source: serde_json::Error| Error::NotADisclosure { source: source.into() };
    let header: Header = serde_json::from_slice(bytes).map_err(not_a_disclosure)?;
    if header.format != FORMAT {
        return Err(Error::OtherFormat { format: header.format }.into());
    }
    if header.version != JSON_VERSION {
        return Err(Error::UnknownVersion { found: header.version, known: JSON_VERSION }.into());
    }
    let read: Read = serde_json::from_slice(bytes).map_err(not_a_disclosure)?;
    Ok((read.document, read.disclosure))
}

/// Writes JSON: one file with everything in it, which [`from_json`] reads back.
#[derive(Clone, Copy, Debug, Default)]
pub struct JsonExporter {
    options: ExportOptions,
}

impl JsonExporter {
    /// An exporter with these options.
    #[must_use]
    pub fn new(options: ExportOptions) -> Self {
        Self { options }
    }
}

impl Exporter for JsonExporter {
    fn descriptor(&self) -> Descriptor {
        Descriptor { id: "json", title: "JSON with everything in it", output: Output::File("json") }
    }

    fn write(&self, document: Document<'_>, sink: &mut dyn Sink) -> Result<Report, ExportError> {
        let name = format!("{}.json", document.info.id());
        let mut file = sink.create(&name).map_err(ExportError::write(&name))?;
        // JSON is made of very many small pieces: they are put together before they go through the trait object.
        let mut buffer = BufWriter::with_capacity(1 << 16, &mut file);
        let mut report = to_json(document, self.options, &mut buffer)?;
        buffer.flush().map_err(ExportError::write(&name))?;
        drop(buffer);
        file.commit().map_err(ExportError::write(&name))?;
        report.files.push(name);
        Ok(report)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_published_schema_is_the_one_of_the_types() {
        let schema = schemars::generate::SchemaSettings::draft2020_12().into_generator().into_root_schema_for::<Read>();
        let mut text = serde_json::to_string_pretty(&schema).unwrap();
        text.push('\n');
        if std::env::var_os("BUDGET_UPDATE_SCHEMA").is_some() {
            let path = concat!(env!("CARGO_MANIFEST_DIR"), "/schema/disclosure.schema.json");
            std::fs::write(path, &text).unwrap();
        } else {
            assert_eq!(text, json_schema(), "run the test with BUDGET_UPDATE_SCHEMA=1 to write the schema anew");
        }
    }

    #[test]
    fn other_json_gives_an_error_that_says_what_it_is() {
        let message = |json: &str| from_json(json.as_bytes()).unwrap_err().to_string();
        assert!(message("[]").contains("not the JSON of a disclosure"));
        assert!(message(r#"{"format":"x","version":1}"#).contains("\"x\""));
        assert!(message(r#"{"format":"budget-disclosure","version":2}"#).contains("version 2"));
        assert!(message(r#"{"format":"budget-disclosure","version":1}"#).contains("not the JSON of a disclosure"));
        assert!(message(&"[".repeat(100_000)).contains("not the JSON of a disclosure"));
    }
}
