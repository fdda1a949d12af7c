//! The pages that findings speak of, and the boxes on them.

use std::collections::{BTreeMap, BTreeSet};

use budget_model::Place;
use serde::Serialize;

use crate::original::{Original, PageImage};
use crate::sankey::tenths;

/// Pages of one finding, at most: its figures stand on two as a rule.
const MOST_OF_FINDING: usize = 4;
/// Pages of a report, at most.
const MOST: usize = 60;
/// Around the boxes that a cut-out shows, in tenths of a point.
const AROUND: u32 = 450;
/// The highest cut-out: what is further apart is seen on the page.
const HIGHEST: u32 = 3600;

/// A figure that a finding speaks of, on its page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Mark {
    /// The number of the finding, from 1.
    pub(crate) finding: usize,
    /// Whether it is the figure that the finding is about, and not one that it is compared with.
    pub(crate) is_subject: bool,
    pub(crate) place: Place,
}

/// A box in tenths of a point.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
struct Rectangle {
    left: u32,
    top: u32,
    width: u32,
    height: u32,
}

/// A box as it is drawn.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct BoxView {
    #[serde(flatten)]
    area: Rectangle,
    finding: usize,
    is_subject: bool,
    /// The first box of its finding on the page has a name that links lead to.
    id: Option<String>,
}

/// A page as it is shown.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct PageView {
    pub(crate) page: u32,
    width: u32,
    height: u32,
    /// The numbers of the findings on it.
    findings: Vec<usize>,
    boxes: Vec<BoxView>,
}

/// The part of a page around the boxes of one finding.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct CropView {
    page: u32,
    width: u32,
    top: u32,
    height: u32,
    /// The height of the page, in percent of the part that is shown.
    size: String,
    /// Where the part stands, as CSS wants it: 0 is the top of the page, 100 its bottom.
    position: String,
    boxes: Vec<BoxView>,
    /// The name of the box on the page as a whole.
    target: String,
}

/// The pages of a report.
#[derive(Debug, Default)]
pub(crate) struct Pages {
    images: BTreeMap<u32, PageImage>,
    marks: Vec<Mark>,
    /// Pages that findings need and the report does not show.
    pub(crate) left_out: Vec<u32>,
    /// What the drawings take.
    pub(crate) bytes: usize,
}

impl Pages {
    /// The pages that marks stand on, as long as their drawings take no more than so many bytes. The marks come in the order of the
    /// findings, the most serious first.
    pub(crate) fn of(original: Original<'_>, marks: Vec<Mark>, most_bytes: usize) -> Self {
        let Original::Pages(draw) = original else { return Self::default() };
        let mut wanted: Vec<u32> = Vec::new();
        let mut of_finding: BTreeMap<usize, BTreeSet<u32>> = BTreeMap::new();
        let mut left_out = BTreeSet::new();
        for mark in &marks {
            let Place::Page { page, .. } = mark.place else { continue };
            let own = of_finding.entry(mark.finding).or_default();
            if wanted.contains(&page) {
                own.insert(page);
            } else if (own.len() < MOST_OF_FINDING || own.contains(&page)) && wanted.len() < MOST {
                own.insert(page);
                wanted.push(page);
            } else {
                left_out.insert(page);
            }
        }
        let mut pages = Self { marks, ..Self::default() };
        for mut image in draw(&wanted) {
            image.svg = thin(&image.svg);
            let bytes = pages.bytes.saturating_add(image.svg.len());
            if bytes <= most_bytes && image.width > 0 && image.height > 0 {
                pages.bytes = bytes;
                pages.images.insert(image.page, image);
            }
        }
        left_out.extend(wanted.into_iter().filter(|page| !pages.images.contains_key(page)));
        pages.left_out = left_out.into_iter().collect();
        pages
    }

    /// The pages in full.
    pub(crate) fn views(&self) -> Vec<PageView> {
        let view = |image: &PageImage| {
            let boxes = self.boxes(image, |_| true);
            let mut findings: Vec<usize> = boxes.iter().map(|one| one.finding).collect();
            findings.sort_unstable();
            findings.dedup();
            PageView { page: image.page, width: image.width, height: image.height, findings, boxes }
        };
        self.images.values().map(view).collect()
    }

    /// The style sheet that holds the drawings: each once, wherever it is shown.
    pub(crate) fn style(&self) -> String {
        let rules = self.images.values().map(|image| {
            format!(".p{}{{background-image:url(\"data:image/svg+xml,{}\")}}\n", image.page, in_url(&image.svg))
        });
        rules.collect()
    }

    /// Where a finding is shown on a page in full.
    pub(crate) fn link(&self, finding: usize, page: u32) -> Option<String> {
        let is_marked = |mark: &Mark| mark.finding == finding && mark.place.page() == Some(page);
        let is_shown = self.images.contains_key(&page) && self.marks.iter().any(is_marked);
        is_shown.then(|| format!("#{}", target(finding, page)))
    }

    /// The parts of pages that show a finding.
    pub(crate) fn crops(&self, finding: usize) -> Vec<CropView> {
        self.images.values().filter_map(|image| self.crop(image, finding)).collect()
    }

    fn crop(&self, image: &PageImage, finding: usize) -> Option<CropView> {
        let all = self.boxes(image, |mark| mark.finding == finding);
        let first = all.iter().find(|one| one.is_subject).or_else(|| all.first())?.area;
        let top = all.iter().map(|one| one.area.top).min()?;
        let bottom = all.iter().map(|one| one.area.top + one.area.height).max()?;
        let (top, bottom) = match bottom - top <= HIGHEST {
            true => (top, bottom),
            false => (first.top, first.top + first.height),
        };
        let top = top.saturating_sub(AROUND);
        let bottom = bottom.saturating_add(AROUND).min(image.height);
        let height = bottom.saturating_sub(top).max(1);
        let is_inside = |one: &BoxView| one.area.top >= top && one.area.top < bottom;
        let boxes = all.into_iter().filter(is_inside).map(|one| BoxView { id: None, ..one }).collect();
        // Of what does not fit, this share stands above.
        let hidden = image.height.saturating_sub(height);
        let position = i64::from(top) * 1000 / i64::from(hidden.max(1));
        let size = i64::from(image.height) * 1000 / i64::from(height);
        let target = target(finding, image.page);
        let (size, position) = (tenths(size), tenths(position.min(1000)));
        Some(CropView { page: image.page, width: image.width, top, height, size, position, boxes, target })
    }

    fn boxes(&self, image: &PageImage, is_wanted: impl Fn(&Mark) -> bool) -> Vec<BoxView> {
        let mut named = BTreeSet::new();
        let mut boxes: Vec<BoxView> = Vec::new();
        for mark in self.marks.iter().filter(|mark| is_wanted(mark)) {
            let Place::Page { page, top, left, bottom, right } = mark.place else { continue };
            let [top, left, bottom, right] = [top, left, bottom, right].map(u32::from);
            if page != image.page || top >= image.height || left >= image.width {
                continue;
            }
            let area = Rectangle {
                left,
                top,
                width: right.min(image.width).saturating_sub(left).max(20),
                height: bottom.min(image.height).saturating_sub(top).max(20),
            };
            if boxes.iter().any(|one| one.finding == mark.finding && one.area == area) {
                continue;
            }
            let id = named.insert(mark.finding).then(|| target(mark.finding, page));
            boxes.push(BoxView { area, finding: mark.finding, is_subject: mark.is_subject, id });
        }
        boxes
    }
}

/// The name of the box of a finding on a page.
fn target(finding: usize, page: u32) -> String {
    format!("f{finding}p{page}")
}

/// A drawing without the blanks that its lines begin with.
fn thin(svg: &str) -> String {
    svg.lines().flat_map(|line| [line.trim_start(), "\n"]).collect()
}

/// A drawing as the data of a URL between double quotes in a style sheet: what would end the text or the address is encoded.
fn in_url(svg: &str) -> String {
    let mut url = String::with_capacity(svg.len() + svg.len() / 8);
    for character in svg.chars() {
        match character {
            '"' => url.push('\''),
            '\'' => url.push_str("%27"),
            '<' => url.push_str("%3C"),
            '>' => url.push_str("%3E"),
            '#' => url.push_str("%23"),
            '%' => url.push_str("%25"),
            '\\' => url.push_str("%5C"),
            '\n' | '\r' | '\t' => url.push(' '),
            other => url.push(other),
        }
    }
    url
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(page: u32, top: u16) -> Place {
        Place::Page { page, top, left: 100, bottom: top + 100, right: 400 }
    }

    fn mark(finding: usize, place: Place) -> Mark {
        Mark { finding, is_subject: true, place }
    }

    fn draw(pages: &[u32]) -> Vec<PageImage> {
        let image =
            |page: &u32| PageImage { page: *page, width: 5950, height: 8420, svg: "<svg>\n  <a/></svg>".into() };
        pages.iter().map(image).collect()
    }

    fn pages(marks: Vec<Mark>, most_bytes: usize) -> Pages {
        Pages::of(Original::Pages(&draw), marks, most_bytes)
    }

    #[test]
    fn only_pages_that_findings_need_are_drawn_and_each_once() {
        let pages = pages(vec![mark(1, at(3, 100)), mark(1, at(7, 100)), mark(2, at(3, 900))], 1000);
        assert_eq!(pages.images.keys().copied().collect::<Vec<_>>(), [3, 7]);
        assert_eq!(pages.style().matches("data:").count(), 2);
        let views = pages.views();
        assert_eq!((&views[0].findings[..], views[0].boxes.len()), (&[1, 2][..], 2));
        assert!(pages.left_out.is_empty());
    }

    #[test]
    fn pages_beyond_the_bytes_of_a_report_are_named() {
        let pages = pages((1..=30).map(|page| mark(page as usize, at(page, 100))).collect(), 40);
        assert_eq!(pages.images.len() + pages.left_out.len(), 30);
        assert!(pages.bytes <= 40 && !pages.left_out.is_empty());
    }

    #[test]
    fn a_part_of_a_page_holds_its_boxes() {
        let near = pages(vec![mark(1, at(3, 4000)), mark(1, at(3, 4500))], 1000);
        let [crop] = near.crops(1).try_into().unwrap();
        assert_eq!((crop.top, crop.height, crop.boxes.len()), (3550, 1500, 2));
        assert_eq!(crop.position, tenths(3550 * 1000 / (8420 - 1500)));
        // Too far apart to be shown together.
        let far = pages(vec![mark(1, at(3, 200)), mark(1, at(3, 7000))], 1000);
        let [crop] = far.crops(1).try_into().unwrap();
        assert_eq!((crop.top, crop.boxes.len()), (0, 1));
        assert!(far.crops(2).is_empty());
    }

    #[test]
    fn a_drawing_cannot_leave_its_address() {
        let url = in_url("<a b=\"x\" c='y'>#%\\</a>\n");
        assert!(!url.contains(['"', '#', '<', '>', '\\', '\n']), "{url}");
    }

    #[test]
    fn a_box_beyond_its_page_is_not_drawn() {
        let pages = pages(vec![mark(1, at(3, 60000))], 1000);
        assert!(pages.views()[0].boxes.is_empty() && pages.crops(1).is_empty());
    }
}
