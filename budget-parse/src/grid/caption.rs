//! What stands around a table: its number, its title, 编制部门 and 单位.

use budget_model::{Label, Place, Unit};

use super::sheet::Field;
use crate::layout::Layout;
use crate::lexicon::{Lexicon, table_number, units};
use crate::text::squeeze;

/// What the cells around a table say about it.
#[derive(Clone, Debug, Default)]
pub(super) struct Caption {
    /// 表1
    pub(super) number: Option<Label>,
    /// 编制部门, 编制单位
    pub(super) compiler: Option<Label>,
    /// 单位：万元
    pub(super) unit: Option<(Unit, Place)>,
}

impl Caption {
    /// Takes what this caption does not have yet from another one.
    pub(super) fn complete(&mut self, other: Self) {
        self.number = self.number.take().or(other.number);
        self.compiler = self.compiler.take().or(other.compiler);
        self.unit = self.unit.take().or(other.unit);
    }
}

/// Reads a row that belongs to the caption of a table and nothing else. `None` if any cell of it is something else.
pub(super) fn read(fields: &[Field<'_>]) -> Option<Caption> {
    let mut caption = Caption::default();
    let mut fields = fields.iter().peekable();
    fields.peek()?;
    while let Some(field) = fields.next() {
        let text = squeeze(&field.text());
        if table_number::is_number(&text) {
            caption.number.get_or_insert(Label::new(text, field.place()));
            continue;
        }
        // （元）, 【单位：万元】
        if item(&text).is_none()
            && let Some(phrase) = units::find(&text).filter(|phrase| phrase.start == 0)
        {
            caption.unit.get_or_insert((phrase.unit, field.place()));
            continue;
        }
        let mut rest = text.as_str();
        while let Some(item) = item(rest) {
            rest = item.rest;
            // The value may stand in the next cell.
            let mut value = Label::new(item.value, field.place());
            if value.text.is_empty()
                && let Some(next) =
                    fields.next_if(|next| !next.is_number() && self::item(&squeeze(&next.text())).is_none())
            {
                value = next.label();
            }
            match (units::money(&value.text), item.is_unit) {
                (Some(unit), true) => caption.unit.get_or_insert((unit, value.place)).1 = value.place,
                // 单位：万, of which 元 stands in another cell
                _ if item.is_unit && units::is_cut(&value.text) => continue,
                _ if item.is_compiler && !value.text.is_empty() => {
                    caption.compiler.get_or_insert(value);
                    continue;
                }
                // A form that was not filled in.
                _ if value.text.is_empty() => continue,
                _ => return None,
            };
        }
        if !rest.is_empty() {
            return None;
        }
    }
    Some(caption)
}

/// The word of a caption that a text begins with, in brackets or not.
fn item(text: &str) -> Option<units::CaptionWord<'_>> {
    units::caption_word(text.trim_matches(['(', ')', '（', '）', '【', '】', '[', ']']))
}

/// What a title says behind itself, in brackets: `部门支出总体情况表（单位：元）`, `…表（万元）`.
pub(super) fn of_title(title: &Label) -> Caption {
    let unit = units::behind_title(&title.text).map(|(_, unit)| (unit, title.place));
    Caption { unit, ..Caption::default() }
}

/// Which table of the layout a text is the title of, if it is one: its index in [`Layout::tables`] and the printed number
/// in front of it.
pub(super) fn title(folded: &str, layout: &Layout) -> Option<usize> {
    // (续), (单位:万元)
    let text = match folded.rsplit_once('(') {
        Some((text, inside)) if inside.ends_with(')') && text.ends_with('表') => text,
        _ => folded,
    };
    if !text.ends_with('表') {
        return None;
    }
    let titles = layout.tables.iter().enumerate();
    titles
        .flat_map(|(form, table)| table.folded_titles.iter().map(move |title| (form, title)))
        .filter(|(_, title)| Lexicon::is_title_of(text, title))
        .max_by_key(|(_, title)| title.len())
        .map(|(form, _)| form)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::fold;
    use budget_document::{CellValue, GridCell};

    fn read_row(texts: &[&'static str]) -> Option<Caption> {
        let place = Place::Cell { sheet: 0, row: 1, column: 1 };
        let cells: Vec<_> =
            texts.iter().map(|text| GridCell::new(0, 0, CellValue::Text((*text).into()), place)).collect();
        let fields: Vec<_> = cells
            .iter()
            .enumerate()
            .map(|(column, cell)| Field {
                column,
                cell,
                folded: texts.get(column).map(|text| fold(text)).unwrap_or_default(),
                used: false,
            })
            .collect();
        read(&fields)
    }

    #[test]
    fn the_compiler_and_the_unit_are_read_from_one_cell_or_several() {
        for row in [
            &["编制部门：云溪县文化馆 单位：万元"][..],
            &["编制部门：云溪县文化馆", "单位：万元"],
            &["编制部门：", "云溪县文化馆", "单位：", "万元"],
            &["单位：云溪县文化馆", "（单位：万元）"],
            &["填报单位:云溪县文化馆", "金额单位:人民币万元"],
        ] {
            let caption = read_row(row).unwrap();
            assert_eq!(caption.compiler.map(|label| label.text).as_deref(), Some("云溪县文化馆"), "{row:?}");
            assert_eq!(caption.unit.map(|(unit, _)| unit), Some(Unit::TenThousandYuan), "{row:?}");
        }
    }

    #[test]
    fn a_form_that_is_not_filled_in_names_no_compiler() {
        let caption = read_row(&["编制部门：", "单位：元"]).unwrap();
        assert!(caption.compiler.is_none());
        assert_eq!(caption.unit.map(|(unit, _)| unit), Some(Unit::Yuan));
    }

    #[test]
    fn a_row_with_anything_else_is_no_caption() {
        assert!(read_row(&["编制部门：云溪县文化馆", "合计"]).is_none());
        assert!(read_row(&["合计"]).is_none());
        assert!(read_row(&[]).is_none());
    }

    #[test]
    fn a_title_may_name_the_unit_and_say_that_it_goes_on() {
        let label = |text: &str| Label::new(text, Place::Cell { sheet: 0, row: 1, column: 1 });
        let unit = |text: &str| of_title(&label(text)).unit.map(|(unit, _)| unit);
        assert_eq!(unit("部门支出总体情况表（单位：元）"), Some(Unit::Yuan));
        assert_eq!(unit("部门支出总体情况表(金额单位:人民币万元)"), Some(Unit::TenThousandYuan));
        for text in ["部门支出总体情况表", "部门支出总体情况表（续）", "部门(单位)支出总体情况表", "情况表（单位：个）"]
        {
            assert_eq!(unit(text), None, "{text}");
        }
        for (text, goes_on) in
            [("支出总体情况表（续）", true), ("支出总体情况表(续表)", true), ("支出总体情况表", false)]
        {
            assert_eq!(Lexicon::without_continuation(&fold(text)).1, goes_on, "{text}");
        }
    }

    #[test]
    fn a_title_may_have_number_entity_year_and_scope_in_front() {
        for front in [
            "",
            "部门",
            "2025年部门",
            "云溪县文化馆2025年部门",
            "表1",
            "表一部门",
            "附表3:2025年度单位",
            "1.2026年预算单位",
        ] {
            assert!(Lexicon::is_title_of(front, ""), "{front}");
        }
        for front in ["财政拨款", "见", "2025年财政拨款"] {
            assert!(!Lexicon::is_title_of(front, ""), "{front}");
        }
    }
}
