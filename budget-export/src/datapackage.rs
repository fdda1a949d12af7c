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
