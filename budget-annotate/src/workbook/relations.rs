//! What a part refers to, and of what kind each part is.

use super::markup::{Edits, Tag, tags, text};
use super::package::{Package, broken};
use crate::error::Kind;

/// The list of the kinds of parts.
pub(crate) const CONTENT_TYPES: &str = "[Content_Types].xml";

/// A relation of a part.
#[derive(Clone, Debug)]
pub(crate) struct Relation {
    pub(crate) id: String,
    /// The last part of its type: `comments`.
    pub(crate) kind: String,
    /// The part, from the root of the package.
    pub(crate) part: String,
}

/// The relations of a part.
pub(crate) struct Relations {
    name: String,
    markup: Option<String>,
    pub(crate) list: Vec<Relation>,
}

impl Relations {
    /// Those of a part; of the package as a whole for the empty name.
    pub(crate) fn of(package: &mut Package<'_>, part: &str) -> Result<Self, Kind> {
        let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
        let name = format!("{folder}/_rels/{file}.rels").trim_start_matches('/').to_owned();
        let markup = package.text(&name)?;
        let mut list = Vec::new();
        for tag in tags(markup.as_deref().unwrap_or_default()) {
            let tag = tag.ok_or_else(|| broken(&name))?;
            if tag.is_open()
                && tag.local() == "Relationship"
                && tag.attribute("TargetMode").as_deref() != Some("External")
            {
                let get = |name| tag.attribute(name).unwrap_or_default();
                let kind = get("Type").rsplit('/').next().unwrap_or_default().to_owned();
                list.push(Relation { id: get("Id"), kind, part: absolute(folder, &get("Target")) });
            }
        }
        Ok(Self { name, markup, list })
    }

    /// The part that is of some kind.
    pub(crate) fn part(&self, kind: &str) -> Option<&str> {
        self.list.iter().find(|relation| relation.kind == kind).map(|relation| relation.part.as_str())
    }

    /// Adds relations of some kinds to parts, with ids as they are given.
    pub(crate) fn add(self, more: &[Relation], types: &str, package: &mut Package<'_>) -> Result<(), Kind> {
        if more.is_empty() {
            return Ok(());
        }
        let markup = self.markup.unwrap_or_else(|| {
            "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"/>".to_owned()
        });
        let root = last(&markup, "Relationships").ok_or_else(|| broken(&self.name))?;
        let written: String = more
            .iter()
            .map(|Relation { id, kind, part }| {
                format!("<{}Relationship Id=\"{id}\" Type=\"{types}/{kind}\" Target=\"/{part}\"/>", root.prefix())
            })
            .collect();
        let mut edits = Edits::default();
        edits.append(&root, &written);
        package.set(&self.name, edits.apply(&markup));
        Ok(())
    }

    /// An id that none of the relations has.
    pub(crate) fn free_id(&self, stem: &str) -> String {
        let ids = std::iter::once(stem.to_owned()).chain((2_u32..).map(|number| format!("{stem}{number}")));
        ids.into_iter().find(|id| self.list.iter().all(|known| known.id != *id)).unwrap_or_default()
    }
}

/// The last tag of a name: the end of an element, or all of it.
pub(crate) fn last<'m>(markup: &'m str, local: &str) -> Option<Tag<'m>> {
    tags(markup).map_while(|tag| tag).filter(|tag| tag.local() == local).last()
}

/// A target from the root of the package.
fn absolute(folder: &str, target: &str) -> String {
    if let Some(target) = target.strip_prefix('/') {
        return target.to_owned();
    }
    let (mut folder, mut target) = (folder, target);
    loop {
        if let Some(above) = target.strip_prefix("../") {
            folder = folder.rsplit_once('/').map_or("", |(above, _)| above);
            target = above;
        } else if let Some(here) = target.strip_prefix("./") {
            target = here;
        } else {
            return format!("{folder}/{target}").trim_start_matches('/').to_owned();
        }
    }
}

/// Says of what kind new parts are: comments each by its name, drawings by their extension.
pub(crate) fn declare(comments: &[String], has_drawings: bool, package: &mut Package<'_>) -> Result<(), Kind> {
    const COMMENTS: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml";
    const DRAWING: &str = "application/vnd.openxmlformats-officedocument.vmlDrawing";
    let markup = package.text(CONTENT_TYPES)?.ok_or_else(|| broken(CONTENT_TYPES))?;
    let root = last(&markup, "Types").ok_or_else(|| broken(CONTENT_TYPES))?;
    let is_known = tags(&markup).flatten().any(|tag| {
        tag.local() == "Default"
            && tag.attribute("Extension").is_some_and(|extension| extension.eq_ignore_ascii_case("vml"))
    });
    let mut written = String::new();
    if has_drawings && !is_known {
        written += &format!("<{}Default Extension=\"vml\" ContentType=\"{DRAWING}\"/>", root.prefix());
    }
    for part in comments {
        written += &format!("<{}Override PartName=\"/{}\" ContentType=\"{COMMENTS}\"/>", root.prefix(), text(part));
    }
    if !written.is_empty() {
        let mut edits = Edits::default();
        edits.append(&root, &written);
        package.set(CONTENT_TYPES, edits.apply(&markup));
    }
    Ok(())
}
