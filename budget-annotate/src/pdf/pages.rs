//! The pages of a file, in the order in which readers count them.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use super::file::File;
use super::syntax::{Dict, Reference, Scanner, Value, items, thousandths};
use super::view::{Rect, View};
use crate::error::Kind;

/// Pages stand in lists, and lists in lists. Deeper ones are not followed.
const DEEPEST: usize = 200;
/// More than any disclosure has.
const MOST_PAGES: u32 = 200_000;

/// A page that is annotated.
#[derive(Debug)]
pub(crate) struct Page {
    pub(crate) reference: Reference,
    /// Its dictionary as it stands.
    pub(crate) body: Vec<u8>,
    pub(crate) view: View,
}

/// What a file is entered by.
#[derive(Debug)]
pub(crate) struct Tree {
    /// The list of all pages.
    pub(crate) root: Reference,
    pub(crate) body: Vec<u8>,
    /// The pages that were asked for, by number; one that is no object of its own is left out.
    pub(crate) pages: BTreeMap<u32, Page>,
}

/// What pages get from the lists that they stand in, if they do not say it themselves.
#[derive(Clone, Copy, Default)]
struct Inherited {
    media: Option<Rect>,
    crop: Option<Rect>,
    degrees: Option<i64>,
}

const DAMAGED: Kind = Kind::Damaged("its pages cannot be found");

impl Tree {
    /// Finds pages by their numbers, from 1.
    pub(crate) fn read(file: &mut File<'_>, wanted: &BTreeSet<u32>) -> Result<Self, Kind> {
        let trailer = file.sections.trailer.clone();
        let trailer = Dict::read(&trailer).ok_or(DAMAGED)?;
        let catalog = file.entry(&trailer, "Root")?.ok_or(DAMAGED)?;
        let catalog = Dict::read(&catalog).ok_or(DAMAGED)?;
        let Some(Value::Reference(root)) = catalog.get("Pages") else { return Err(DAMAGED) };
        let body = file.object(root)?;
        let mut tree = Self { root, body: body.clone(), pages: BTreeMap::new() };
        tree.walk(file, wanted, &body)?;
        Ok(tree)
    }

    fn walk(&mut self, file: &mut File<'_>, wanted: &BTreeSet<u32>, root: &[u8]) -> Result<(), Kind> {
        let root = Dict::read(root).ok_or(DAMAGED)?;
        let inherited = Inherited::default().or_of(file, &root)?;
        let kids = kids(file, &root)?.ok_or(DAMAGED)?;
        let (mut visited, mut number) = (HashSet::from([self.root.number]), 0);
        let mut stack = vec![(kids.into_iter(), inherited)];
        while let Some((kids, inherited)) = stack.last_mut() {
            let inherited = *inherited;
            let Some(kid) = kids.next() else {
                stack.pop();
                continue;
            };
            let reference = match Scanner::new(&kid, 0).value() {
                Some(Value::Reference(reference)) if !visited.insert(reference.number) => continue,
                Some(Value::Reference(reference)) => Some(reference),
                _ => None,
            };
            let body = file.resolve(&kid)?;
            let Some(dict) = Dict::read(&body) else { continue };
            if dict.is("Type", "Pages") {
                let inherited = inherited.or_of(file, &dict)?;
                if let Some(kids) = self::kids(file, &dict)? {
                    stack.push((kids.into_iter(), inherited));
                }
                if stack.len() > DEEPEST {
                    return Err(DAMAGED);
                }
                continue;
            }
            number += 1;
            if number > MOST_PAGES {
                return Err(Kind::TooLarge("it has more pages than any disclosure"));
            }
            if wanted.contains(&number)
                && let Some(reference) = reference
            {
                let own = inherited.or_of(file, &dict)?;
                let view = View::new(own.media, own.crop, own.degrees.unwrap_or(0));
                self.pages.insert(number, Page { reference, body, view });
            }
        }
        Ok(())
    }
}

impl Inherited {
    /// With what a dictionary says itself.
    fn or_of(self, file: &mut File<'_>, dict: &Dict<'_>) -> Result<Self, Kind> {
        let degrees = file.entry(dict, "Rotate")?.as_deref().and_then(thousandths).map(|degrees| degrees / 1000);
        Ok(Self {
            media: rect(file, dict, "MediaBox")?.or(self.media),
            crop: rect(file, dict, "CropBox")?.or(self.crop),
            degrees: degrees.or(self.degrees),
        })
    }
}

/// The values of a list of pages.
fn kids(file: &mut File<'_>, dict: &Dict<'_>) -> Result<Option<Vec<Vec<u8>>>, Kind> {
    let Some(kids) = file.entry(dict, "Kids")? else { return Ok(None) };
    let Some(Value::List(list)) = Scanner::new(&kids, 0).value() else { return Ok(None) };
    Ok(Some(items(list).ok_or(DAMAGED)?.into_iter().map(<[u8]>::to_vec).collect()))
}

fn rect(file: &mut File<'_>, dict: &Dict<'_>, name: &str) -> Result<Option<Rect>, Kind> {
    let Some(found) = file.entry(dict, name)? else { return Ok(None) };
    let Some(Value::List(list)) = Scanner::new(&found, 0).value() else { return Ok(None) };
    let mut numbers = Vec::new();
    for item in items(list).unwrap_or_default().into_iter().take(4) {
        numbers.extend(thousandths(&file.resolve(item)?));
    }
    Ok(match numbers.as_slice() {
        [left, bottom, right, top] => Some(Rect::of_corners((*left, *bottom), (*right, *top))),
        _ => None,
    })
}
