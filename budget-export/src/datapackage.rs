//! `datapackage.json`: the description of the CSV files, Data Package 2.0.

use std::io::{self, Write};

use serde::Serialize;

use crate::records::{Field, Kind, Resource};

#[derive(Serialize)]
struct Package {
    #[serde(rename = "$schema")]
    profile: &'static str,
    name: &'static str,
    title: &'static str,
    description: &'static str,
    resources: Vec<ResourceSchema>,
}

/// The entry of one file.
#[derive(Serialize)]
pub(crate) struct ResourceSchema {
    name: &'static str,
    #[serde(rename = "type")]
    kind: &'static str,
    path: String,
    title: &'static str,
    description: &'static str,
    format: &'static str,
    mediatype: &'static str,
    encoding: &'static str,
    schema: TableSchema,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct TableSchema {
    fields: Vec<FieldSchema>,
    missing_values: [&'static str; 1],
    primary_key: [&'static str; 1],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    foreign_keys: Vec<ForeignKey>,
}

#[derive(Serialize)]
struct FieldSchema {
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
    fields: [&'static str; 1],
    reference: Reference,
}

#[derive(Serialize)]
struct Reference {
    resource: &'static str,
    fields: [&'static str; 1],
}

const PARENT: &str = "documents";
const PARENT_KEY: &str = "doc";

/// The entry of a resource, from its fields.
pub(crate) fn resource<R: Resource>() -> ResourceSchema {
    let key = R::FIELDS.first().map_or("", |field| field.name);
    let parent = ForeignKey { fields: [PARENT_KEY], reference: Reference { resource: PARENT, fields: [PARENT_KEY] } };
    ResourceSchema {
        name: R::NAME,
        kind: "table",
        path: format!("{}.csv", R::NAME),
        title: R::SHEET,
        description: R::DESCRIPTION,
        format: "csv",
        mediatype: "text/csv",
        encoding: "utf-8",
        schema: TableSchema {
            fields: R::FIELDS.iter().map(|field| describe(field, key)).collect(),
            missing_values: [""],
            primary_key: [key],
            foreign_keys: if R::NAME == PARENT { Vec::new() } else { vec![parent] },
        },
    }
}

fn describe<R: Resource>(field: &Field<R>, key: &str) -> FieldSchema {
    let mut constraints = Constraints::default();
    let kind = match field.kind {
        Kind::Key => {
            constraints.required = Some(true);
            constraints.unique = (field.name == key).then_some(true);
            "string"
        }
        Kind::Text => "string",
        Kind::Word(words) => {
            constraints.words = words();
            "string"
        }
        Kind::Code => {
            constraints.pattern = Some("[1-9][0-9]{2}([0-9]{2}([0-9]{2})?)?");
            "string"
        }
        Kind::Integer => "integer",
        Kind::Number => "number",
        Kind::Year => "year",
        Kind::Flag => "boolean",
    };
    FieldSchema { name: field.name, kind, title: field.title, description: field.description, constraints }
}

/// Writes the description of a set.
pub(crate) fn write(resources: Vec<ResourceSchema>, mut out: impl Write) -> io::Result<()> {
    let package = Package {
        profile: "https://datapackage.org/profiles/2.0/datapackage.json",
        name: "budget-disclosures",
        title: "部门预算公开",
        description: "Figures of Chinese government budget disclosures: tables, text, projects, performance targets",
        resources,
    };
    serde_json::to_writer_pretty(&mut out, &package).map_err(io::Error::from)?;
    out.write_all(b"\n")
}

#[cfg(test)]
#[cfg(feature = "json")]
mod tests {
    use std::collections::BTreeSet;

    use serde_json::Value;

    use super::*;
    use crate::records::{
        Cells, Diagnostics, Documents, Facts, Indicators, Passages, PerformanceFunds, PerformanceTables,
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
            let Kind::Word(words) = field.kind else { continue };
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
