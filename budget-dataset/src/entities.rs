//! The entities of a set, and which of them are likely the same under another name.

use std::collections::BTreeMap;

use budget_model::entity_name_key;

use crate::manifest::Document;

/// The entities of a set by key.
#[derive(Default)]
pub(crate) struct Entities {
    by_id: BTreeMap<String, Entity>,
}

/// An entity.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Entity {
    /// The names that documents print, the first one first.
    pub(crate) spellings: Vec<String>,
    pub(crate) region: Option<String>,
    pub(crate) region_code: Option<String>,
    pub(crate) first_year: Option<u16>,
    pub(crate) last_year: Option<u16>,
    pub(crate) documents: u64,
    /// The key of the entity that it is likely the same as, which then counts for both.
    pub(crate) may_be: Option<String>,
}

/// Spellings that are kept of one entity.
const MOST_SPELLINGS: usize = 16;

/// Characters of a name behind those of its region, at least: `局` alone names nobody.
const SHORTEST: usize = 2;

impl Entities {
    /// Adds the entity of a document, if it says whose it is.
    pub(crate) fn add(&mut self, document: &Document) {
        let (Some(id), Some(name)) = (&document.entity_id, &document.entity) else { return };
        let entity = self.by_id.entry(id.clone()).or_default();
        if !entity.spellings.contains(name) && entity.spellings.len() < MOST_SPELLINGS {
            entity.spellings.push(name.clone());
        }
        entity.region = entity.region.take().or_else(|| document.region.clone());
        entity.region_code = entity.region_code.take().or_else(|| document.region_code.clone());
        if let Some(year) = document.year {
            entity.first_year = Some(entity.first_year.map_or(year, |first| first.min(year)));
            entity.last_year = Some(entity.last_year.map_or(year, |last| last.max(year)));
        }
        entity.documents += 1;
    }

    /// Finds the entities of one region whose names differ by nothing but words of that region: 烟台市审计局, 山东省烟台市审计局,
    /// 市审计局. A wrong match would set money aside, so nothing else is taken for the same.
    pub(crate) fn find_same(&mut self) {
        let mut by_rest: BTreeMap<(String, String), Vec<String>> = BTreeMap::new();
        for (id, entity) in &self.by_id {
            let (Some(code), Some(region), Some(name)) =
                (&entity.region_code, &entity.region, entity.spellings.first())
            else {
                continue;
            };
            let (name, region) = (entity_name_key(name), entity_name_key(region));
            let rest = without_region(&name, &region);
            if rest.chars().count() >= SHORTEST {
                by_rest.entry((code.clone(), rest.to_owned())).or_default().push(id.clone());
            }
        }
        for ids in by_rest.into_values().filter(|ids| ids.len() > 1) {
            // The one that most documents print counts for all, of equals the first.
            let documents = |id: &String| self.by_id.get(id).map_or(0, |entity| entity.documents);
            let Some(chosen) = ids.iter().rev().max_by_key(|id| documents(id)).cloned() else { continue };
            for id in ids.iter().filter(|id| **id != chosen) {
                if let Some(entity) = self.by_id.get_mut(id) {
                    entity.may_be = Some(chosen.clone());
                }
            }
        }
    }

    /// The entity that another one counts for: itself, or what it is likely the same as.
    pub(crate) fn counted_as<'a>(&'a self, id: &'a str) -> &'a str {
        self.by_id.get(id).and_then(|entity| entity.may_be.as_deref()).unwrap_or(id)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (&String, &Entity)> {
        self.by_id.iter()
    }
}

/// A name without the words of its region in front of it: the longest end of the region's full name that the name begins with.
fn without_region<'a>(name: &'a str, region: &str) -> &'a str {
    let ends = region.char_indices().map(|(at, _)| region.get(at..).unwrap_or_default());
    ends.filter(|end| !end.is_empty()).find_map(|end| name.strip_prefix(end)).unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entities(names: &[(&str, &str, Option<&str>)]) -> Entities {
        let mut entities = Entities::default();
        for (name, region, code) in names {
            entities.add(&Document {
                entity_id: Some(format!("{}/{}", code.unwrap_or("-"), entity_name_key(name))),
                entity: Some((*name).to_owned()),
                region: Some((*region).to_owned()),
                region_code: code.map(str::to_owned),
                ..Document::default()
            });
        }
        entities.find_same();
        entities
    }

    const COUNTY: (&str, Option<&str>) = ("甲省乙市丙县", Some("990101"));

    #[test]
    fn names_that_differ_by_words_of_their_region_count_as_one() {
        let (region, code) = COUNTY;
        let found = entities(&[
            ("丙县审计局", region, code),
            ("甲省乙市丙县审计局", region, code),
            ("县审计局", region, code),
            ("丙县 审计局", region, code),
        ]);
        let of = |id: &str| found.counted_as(id).to_owned();
        assert_eq!(of("990101/甲省乙市丙县审计局"), "990101/丙县审计局");
        assert_eq!(of("990101/县审计局"), "990101/丙县审计局");
        let spellings = &found.iter().find(|(id, _)| *id == "990101/丙县审计局").unwrap().1.spellings;
        assert_eq!(spellings, &["丙县审计局", "丙县 审计局"], "white space makes no other entity");
    }

    #[test]
    fn nothing_fuzzier_is_taken_for_the_same() {
        let (region, code) = COUNTY;
        let found = entities(&[
            ("丙县审计局", region, code),
            ("审计局", "", None),
            ("丙县审计局", "甲省丁市丙县", Some("990202")),
            ("丙县审计中心", region, code),
            ("县县域经济局", region, code),
            ("县域经济局", region, code),
        ]);
        let ids = found.iter().filter(|(_, entity)| entity.may_be.is_some()).map(|(id, _)| id.as_str());
        assert_eq!(ids.collect::<Vec<_>>(), [""; 0]);
    }
}
