//! `datapackage.json`: the description of a set of files, Data Package 2.0.

use std::io::{self, Write};

use serde::Serialize;

use crate::schema::{FieldKind, FieldSchema, Reference, TableSchema};

/// The files of one table, to be described.
#[derive(Clone, Debug)]
pub struct DataResource {
    /// The table.
    pub schema: TableSchema,
    /// Its files, relative to the description, with `/`.
    pub paths: Vec<String>,
    /// What its files are.
    pub format: DataFormat,
}

/// What the files of a table are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum DataFormat {
    /// Text with commas.
    Csv,
    /// Apache Parquet.
    Parquet,
}

#[derive(Serialize)]
struct Package {
    #[serde(rename = "$schema")]
    profile: &'static str,
    name: &'static str,
    title: &'static str,
    description: &'static str,
    resources: Vec<ResourceEntry>,
}

/// The entry of one table.
#[derive(Serialize)]
struct ResourceEntry {
    name: &'static str,
    #[serde(rename = "type")]
    kind: &'static str,
    path: Paths,
    title: &'static str,
    description: &'static str,
    format: &'static str,
    mediatype: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    encoding: Option<&'static str>,
    schema: SchemaEntry,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Paths {
    One(String),
    Several(Vec<String>),
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct SchemaEntry {
    fields: Vec<FieldEntry>,
    missing_values: [&'static str; 1],
    primary_key: &'static [&'static str],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    foreign_keys: Vec<ForeignKey>,
}

#[derive(Serialize)]
struct FieldEntry {
    name: &'static str,
    #[serde(rename = "type")]
    kind: &'static str,
    title: &'static str,
    description: &'static str,
    #[serde(skip_serializing_if = "Constraints::is_empty")]
    constraints: Constraints,
}

#[derive(Default, Serialize)]
struct Constraints {
    #[serde(skip_serializing_if = "Option::is_none")]
    required: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    unique: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pattern: Option<&'static str>,
    #[serde(rename = "enum", skip_serializing_if = "Vec::is_empty")]
    words: Vec<String>,
}

impl Constraints {
    fn is_empty(&self) -> bool {
        self.required.is_none() && self.unique.is_none() && self.pattern.is_none() && self.words.is_empty()
    }
}

#[derive(Serialize)]
struct ForeignKey {
    fields: &'static [&'static str],
    reference: ReferenceEntry,
}

#[derive(Serialize)]
struct ReferenceEntry {
    resource: &'static str,
    fields: &'static [&'static str],
}

fn entry(resource: &DataResource) -> ResourceEntry {
    let table = &resource.schema;
    let (format, mediatype, encoding) = match resource.format {
        DataFormat::Csv => ("csv", "text/csv", Some("utf-8")),
        DataFormat::Parquet => ("parquet", "application/vnd.apache.parquet", None),
    };
    let reference = |reference: &Reference| ForeignKey {
        fields: reference.fields,
        reference: ReferenceEntry { resource: reference.table, fields: reference.to },
    };
    ResourceEntry {
        name: table.name,
        kind: "table",
        path: match resource.paths.as_slice() {
            [one] => Paths::One(one.clone()),
            several => Paths::Several(several.to_vec()),
        },
        title: table.title,
        description: table.description,
        format,
        mediatype,
        encoding,
        schema: SchemaEntry {
            fields: table.fields.iter().map(|field| describe(field, table.key)).collect(),
            missing_values: [""],
            primary_key: table.key,
            foreign_keys: table.references.iter().map(reference).collect(),
        },
    }
}

fn describe(field: &FieldSchema, key: &[&str]) -> FieldEntry {
    let mut constraints = Constraints { required: field.is_required.then_some(true), ..Constraints::default() };
    constraints.unique = (key == [field.name]).then_some(true);
    let kind = match field.kind {
        FieldKind::Key => {
            constraints.required = Some(true);
            "string"
        }
        FieldKind::Text => "string",
        FieldKind::Word(words) => {
            constraints.words = words();
            "string"
        }
        FieldKind::Code => {
            constraints.pattern = Some("[1-9][0-9]{2}([0-9]{2}([0-9]{2})?)?");
            "string"
        }
        FieldKind::Integer => "integer",
        FieldKind::Number => "number",
        FieldKind::Year => "year",
        FieldKind::Flag => "boolean",
    };
    FieldEntry { name: field.name, kind, title: field.title, description: field.description, constraints }
}

/// Writes `datapackage.json`, the description of a set of files (Data Package 2.0).
///
/// # Errors
///
/// `out` cannot be written.
pub fn write_data_package(resources: &[DataResource], mut out: impl Write) -> io::Result<()> {
    let package = Package {
        profile: "https://datapackage.org/profiles/2.0/datapackage.json",
        name: "budget-disclosures",
        title: "部门预算公开",
        description: "Figures of Chinese government budget disclosures: tables, text, projects, performance targets",
        resources: resources.iter().map(entry).collect(),
    };
    serde_json::to_writer_pretty(&mut out, &package).map_err(io::Error::from)?;
    out.write_all(b"\n")
}

#[cfg(test)]
#[cfg(feature = "json")]
mod tests {
    use std::collections::BTreeSet;

    use serde_json::Value;

    use super::FieldKind;
    use crate::records::{
        Cells, Diagnostics, Documents, Facts, Indicators, Passages, PerformanceFunds, PerformanceTables, Resource,
    };

    /// Fields whose words are those of an enum of the model, and the name of the enum in the schema of the JSON.
    const ENUMS: &[(&str, &str)] = &[
        ("tables.table", "TableKind"),
        ("tables.side", "Side"),
        ("tables.role", "Role"),
        ("tables.evidence", "Evidence"),
        ("tables.source", "Source"),
        ("tables.nature", "Nature"),
        ("tables.three_public", "ThreePublicItem"),
        ("facts.measure", "Measure"),
        ("facts.source", "Source"),
        ("facts.nature", "Nature"),
        ("facts.three_public", "ThreePublicItem"),
        ("tables.phase", "Phase"),
        ("tables.year", "YearRef"),
        ("tables.flow", "Flow"),
        ("facts.phase", "Phase"),
        ("facts.year", "YearRef"),
        ("facts.flow", "Flow"),
        ("performance.kind", "PerformanceKind"),
        ("performance.purpose", "PerformancePurpose"),
        ("indicators.operator", "Operator"),
        ("indicators.nature", "IndicatorNature"),
        ("performance_funds.phase", "Phase"),
        ("documents.stage", "Stage"),
        ("documents.scope", "Scope"),
        ("diagnostics.code", "DiagnosticCode"),
    ];
    /// Fields whose words are made for these files and are no enum that the JSON has.
    const OWN: &[&str] = &["tables.certainty", "tables.known", "texts.kind", "diagnostics.severity"];

    /// Every value that the schema of the JSON, which is made of the types, allows for an enum.
    fn values(name: &str) -> BTreeSet<String> {
        let schema: Value = serde_json::from_str(crate::json_schema()).unwrap();
        let definition = &schema["$defs"][name];
        let one_of = definition["oneOf"].as_array().into_iter().flatten();
        let words = std::iter::once(definition).chain(one_of).flat_map(|part| {
            part["enum"].as_array().into_iter().flatten().chain(part.get("const")).filter_map(Value::as_str)
        });
        words.map(str::to_owned).collect()
    }

    fn check<R: Resource>(seen: &mut usize) {
        for field in R::FIELDS {
            let FieldKind::Word(words) = field.kind else { continue };
            let name = format!("{}.{}", R::NAME, field.name.strip_prefix("guess_").unwrap_or(field.name));
            let words: BTreeSet<String> = words().into_iter().collect();
            match ENUMS.iter().find(|(field, _)| *field == name) {
                Some((_, of)) => {
                    *seen += 1;
                    assert!(!words.is_empty());
                    assert_eq!(words, values(of), "{name}");
                }
                None => assert!(OWN.contains(&name.as_str()), "{name} has words of an enum that no test knows"),
            }
        }
    }

    #[test]
    fn the_schema_knows_every_value_of_every_enum() {
        let mut seen = 0;
        check::<Cells>(&mut seen);
        check::<Diagnostics>(&mut seen);
        check::<Documents>(&mut seen);
        check::<Facts>(&mut seen);
        check::<Indicators>(&mut seen);
        check::<Passages>(&mut seen);
        check::<PerformanceTables>(&mut seen);
        check::<PerformanceFunds>(&mut seen);
        assert!(seen >= ENUMS.len());
    }
}
