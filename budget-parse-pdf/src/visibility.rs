//! What of a page can be seen: glyphs under boxes, white on white, and drawn twice are there and are not read.

use crate::geometry::POINT;
use crate::page::{Cover, Glyph, Page, Rule};
use crate::stop::Effort;
use crate::text::is_gap;
use budget_model::HiddenReason;

/// Glyphs are looked up in bands of this height.
const BAND: i32 = 12 * POINT;
/// How far apart the two prints of one bold glyph are, in hundredths of an em.
const BOLD_SHIFT: i32 = 12;

/// Marks the glyphs that nobody sees, and drops the rules that nobody sees.
pub(crate) fn judge(page: &mut Page, effort: &mut Effort) {
    let bands = Bands::of(page);
    for cover in &page.covers {
        for band in bands.under(cover) {
            effort.spend(band.len());
            for index in band {
                let Some(glyph) = page.glyphs.get_mut(*index as usize) else { continue };
                if cover.order > glyph.order && cover.area.holds(glyph.center()) {
                    glyph.hidden = glyph.hidden.or(Some(HiddenReason::Covered));
                }
            }
        }
    }
    white_on_white(page, effort);
    doubled(&mut page.glyphs);
    cut(&mut page.glyphs);
    let Page { rules, covers, .. } = page;
    rules.retain(|rule| {
        // Covers stand in the order they were drawn in; backgrounds come before rules.
        let later = covers.partition_point(|cover| cover.order <= rule.order);
        let later = covers.get(later..).unwrap_or_default();
        effort.spend(later.len());
        !later.iter().any(|cover| covers_rule(cover, rule))
    });
}

/// A cover beside a rule touches it; one that hides it is larger on all sides.
fn covers_rule(cover: &Cover, rule: &Rule) -> bool {
    let area = rule.area();
    let (across, along) = if rule.is_level { (area.height(), area.width()) } else { (area.width(), area.height()) };
    along > across && cover.area.contains(&area, -POINT / 2)
}

/// Marks numbers of which some characters are seen and others are not: `1234567` in a cell that ends behind the 6.
fn cut(glyphs: &mut [Glyph]) {
    let is_part = |glyph: &Glyph| glyph.character.is_ascii_digit() || matches!(glyph.character, '.' | ',');
    let is_lost = |glyph: &Glyph| {
        matches!(glyph.hidden, Some(HiddenReason::Clipped | HiddenReason::OffPage | HiddenReason::Covered))
    };
    for at in 1..glyphs.len() {
        let Some([left, right]) = glyphs.get_mut(at - 1..=at) else { continue };
        let is_one = left.run == right.run && left.turn == right.turn && is_part(left) && is_part(right);
        if !is_one || is_gap(left, right) {
            continue;
        }
        match (is_lost(left), is_lost(right)) {
            (true, false) if right.hidden.is_none() => right.is_cut = true,
            (false, true) if left.hidden.is_none() => left.is_cut = true,
            _ => {}
        }
    }
}

/// White glyphs are seen only on something dark that was drawn before.
fn white_on_white(page: &mut Page, effort: &mut Effort) {
    let Page { glyphs, covers, .. } = page;
    for glyph in glyphs.iter_mut().filter(|glyph| glyph.is_white && glyph.hidden.is_none()) {
        let center = glyph.center();
        let earlier = covers.partition_point(|cover| cover.order < glyph.order);
        let mut below = covers.iter().take(earlier).rev();
        let below = below.find(|cover| {
            effort.spend(1);
            cover.area.holds(center)
        });
        if below.is_none_or(|cover| cover.is_white) {
            glyph.hidden = Some(HiddenReason::White);
        }
    }
}

/// Bold print is often the same glyph drawn twice, a little to the right.
fn doubled(glyphs: &mut [Glyph]) {
    let mut order: Vec<u32> =
        (0..).zip(glyphs.iter()).filter(|(_, glyph)| glyph.hidden.is_none()).map(|(index, _)| index).collect();
    let key = |index: &u32| glyphs.get(*index as usize).map(|glyph| (glyph.character, glyph.area.left, glyph.area.top));
    order.sort_by_key(key);
    let mut doubles = Vec::new();
    for (at, index) in order.iter().enumerate() {
        let Some(glyph) = glyphs.get(*index as usize) else { continue };
        let shift = glyph.size * BOLD_SHIFT / 100;
        // Those that follow are the same character further to the right, at any height.
        for other in order.iter().skip(at + 1).take(64) {
            let Some(next) = glyphs.get(*other as usize) else { break };
            if next.character != glyph.character || next.area.left - glyph.area.left > shift {
                break;
            }
            if (next.area.top - glyph.area.top).abs() <= shift && (next.size - glyph.size).abs() <= shift {
                doubles.push((*index).max(*other));
            }
        }
    }
    for index in doubles {
        if let Some(glyph) = glyphs.get_mut(index as usize) {
            glyph.hidden = Some(HiddenReason::Doubled);
        }
    }
}

/// The glyphs of a page by height.
struct Bands {
    top: i32,
    bands: Vec<Vec<u32>>,
}

impl Bands {
    fn of(page: &Page) -> Self {
        let top = 0;
        let count = usize::try_from(page.size.1 / BAND + 1).unwrap_or(1).min(10_000);
        let mut bands = vec![Vec::new(); count];
        if !page.covers.is_empty() {
            for (index, glyph) in (0..).zip(&page.glyphs) {
                if glyph.hidden.is_none()
                    && let Some(band) = Self::band(glyph.center().1, top).and_then(|band| bands.get_mut(band))
                {
                    band.push(index);
                }
            }
        }
        Self { top, bands }
    }

    fn band(height: i32, top: i32) -> Option<usize> {
        usize::try_from((height - top) / BAND).ok()
    }

    /// The bands of glyphs at the height of a cover.
    fn under(&self, cover: &Cover) -> &[Vec<u32>] {
        let first = Self::band(cover.area.top.max(self.top), self.top).unwrap_or(0);
        let last = Self::band(cover.area.bottom.max(self.top), self.top).unwrap_or(0);
        let first = first.min(self.bands.len());
        let last = (last + 1).clamp(first, self.bands.len());
        self.bands.get(first..last).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::{Area, Turn};

    fn glyph(character: char, left: i32, top: i32, order: u32) -> Glyph {
        Glyph {
            character,
            area: Area::new(left, top, left + 500, top + 900),
            size: 1000,
            run: order,
            order,
            turn: Turn::None,
            is_white: false,
            is_cut: false,
            hidden: None,
        }
    }

    fn page(glyphs: Vec<Glyph>, covers: Vec<Cover>) -> Page {
        let mut page = Page { size: (60_000, 80_000), glyphs, covers, ..Page::default() };
        judge(&mut page, &mut Effort::for_file(0));
        page
    }

    fn hidden(page: &Page) -> Vec<Option<HiddenReason>> {
        page.glyphs.iter().map(|glyph| glyph.hidden).collect()
    }

    #[test]
    fn a_glyph_drawn_twice_is_read_once() {
        let page =
            page(vec![glyph('1', 1000, 1000, 1), glyph('1', 1060, 1000, 2), glyph('1', 1500, 1000, 3)], Vec::new());
        assert_eq!(hidden(&page), [None, Some(HiddenReason::Doubled), None]);
    }

    #[test]
    fn what_a_box_was_drawn_over_is_not_seen_and_what_came_later_is() {
        let cover = Cover { area: Area::new(0, 0, 9000, 9000), order: 2, is_white: true };
        let page = page(vec![glyph('旧', 1000, 1000, 1), glyph('新', 1000, 1000, 3)], vec![cover]);
        assert_eq!(hidden(&page), [Some(HiddenReason::Covered), None]);
    }

    #[test]
    fn white_text_is_seen_on_a_dark_box_alone() {
        let cover = Cover { area: Area::new(0, 0, 9000, 3000), order: 1, is_white: false };
        let mut glyphs = vec![glyph('表', 1000, 1000, 2), glyph('头', 1000, 5000, 3)];
        glyphs.iter_mut().for_each(|glyph| glyph.is_white = true);
        assert_eq!(hidden(&page(glyphs, vec![cover])), [None, Some(HiddenReason::White)]);
    }
}
