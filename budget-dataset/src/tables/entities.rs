//! `entities`: one record for each entity that discloses.

use budget_export::{FieldKind, Reference};

use crate::entities::Entity;
use crate::table::{Field, Table};

pub(crate) struct Entities;

pub(crate) struct EntityRow<'a> {
    pub(crate) id: &'a str,
    pub(crate) entity: &'a Entity,
}

impl Table for Entities {
    const NAME: &'static str = "entities";
    const TITLE: &'static str = "部门（单位）";
    const DESCRIPTION: &'static str = "One record for each entity that discloses, by its region and its name without white \
        space and brackets";
    const KEY: &'static [&'static str] = &["entity_id"];
    const REFERENCES: &'static [Reference] = &[];
    const FIELDS: &'static [Field<Self>] = &[
        Field::always(
            "entity_id",
            "标识",
            "Code of the region, or -, a slash and the name without white space and brackets",
            FieldKind::Key,
            |row| row.id.into(),
        ),
        Field::new("entity", "名称", "Name as the first document prints it", FieldKind::Text, |row| {
            row.entity.spellings.first().into()
        }),
        Field::new("region", "行政区划", "Names of the region from the province down", FieldKind::Text, |row| {
            row.entity.region.as_deref().into()
        }),
        Field::new("region_code", "行政区划代码", "Its code in GB/T 2260, six digits", FieldKind::Text, |row| {
            row.entity.region_code.as_deref().into()
        }),
        Field::new(
            "spellings",
            "各种写法",
            "Every name that documents print, joined by |",
            FieldKind::Text,
            |row| row.entity.spellings.join("|").into(),
        ),
        Field::new("first_year", "最早年度", "First year of its documents", FieldKind::Year, |row| {
            row.entity.first_year.into()
        }),
        Field::new("last_year", "最晚年度", "Last year of its documents", FieldKind::Year, |row| {
            row.entity.last_year.into()
        }),
        Field::always("documents", "文档数", "Documents that name it", FieldKind::Integer, |row| {
            row.entity.documents.into()
        }),
        Field::new(
            "may_be",
            "疑为同一单位",
            "Key of the entity of the same region whose name differs by words of the region alone; its documents count as of that \
                one",
            FieldKind::Text,
            |row| row.entity.may_be.as_deref().into(),
        ),
    ];
    type Row<'a> = EntityRow<'a>;
}
