//! The budget year that sheets name.

use std::collections::HashMap;

use super::sheet::Sheet;

/// The year most titles and headings name: `2026年部门收入预算总表`, `云溪县2026年单位预算`.
pub(super) fn read<'s, 'g: 's>(sheets: impl Iterator<Item = &'s Sheet<'g>>) -> Option<u16> {
    let mut counts: HashMap<u16, usize> = HashMap::new();
    let mut alone: HashMap<u16, usize> = HashMap::new();
    for fields in sheets.flat_map(|sheet| &sheet.rows) {
        if let [field] = fields.as_slice()
            && let Ok(year @ 2000..=2099) = field.folded.trim_end_matches(['年', '度']).parse::<u16>()
        {
            *alone.entry(year).or_default() += 1;
        }
        for field in fields {
            let Some((before, behind)) = field.folded.split_once('年') else { continue };
            let is_heading = behind.split('(').next().is_some_and(|title| title.ends_with('表'))
                || (field.folded.chars().count() < 40 && behind.contains("预算"));
            let digits = before.get(before.len().saturating_sub(4)..).unwrap_or_default();
            if is_heading && let Ok(year @ 2000..=2099) = digits.parse::<u16>() {
                *counts.entry(year).or_default() += 1;
            }
        }
    }
    let most = |counts: HashMap<u16, usize>| {
        counts.into_iter().max_by_key(|(year, count)| (*count, *year)).map(|(year, _)| year)
    };
    // 2026 alone in its row, which a page put below the title
    most(counts).or_else(|| most(alone))
}
