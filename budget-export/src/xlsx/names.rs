//! Names of sheets: unique, at most 31 characters, without the signs that Excel forbids.

use std::collections::HashSet;

use budget_model::{Table, TableKind};

const MOST: usize = 31;

#[derive(Default)]
pub(super) struct Names {
    /// In lower case: Excel does not tell `a` from `A`.
    used: HashSet<String>,
}

impl Names {
    /// `表3 支出总体`: the printed number, or else the order in the document, and what the table is about.
    pub(super) fn of_table(&mut self, table: &Table, order: usize) -> String {
        let printed: String = table
            .number
            .iter()
            .flat_map(|label| label.text.chars())
            .filter(|c| c.is_alphanumeric() || matches!(c, '-' | '－' | '（' | '）' | '.'))
            .take(12)
            .collect();
        let number = if printed.is_empty() { format!("表{order}") } else { printed };
        self.unique(&format!("{number} {}", short_title(table.kind)))
    }

    /// The name, or one made of it that is not used yet.
    pub(super) fn unique(&mut self, wanted: &str) -> String {
        let mut name = cut(wanted, MOST).to_owned();
        let mut count = 1;
        while !self.used.insert(name.to_lowercase()) {
            count += 1;
            let suffix = format!(" ({count})");
            name = format!("{}{suffix}", cut(wanted, MOST - suffix.len()));
        }
        name
    }
}

/// The beginning of a text that is at most so many UTF-16 units long, as Excel counts.
pub(super) fn cut(text: &str, most: usize) -> &str {
    if text.len() <= most {
        return text;
    }
    let mut units = 0;
    let end = text.char_indices().find(|(_, c)| {
        units += c.len_utf16();
        units > most
    });
    end.and_then(|(end, _)| text.get(..end)).unwrap_or(text)
}

fn short_title(kind: TableKind) -> &'static str {
    match kind {
        TableKind::Overview => "收支总体",
        TableKind::Income => "收入总体",
        TableKind::Expenditure => "支出总体",
        TableKind::Appropriation => "财政拨款收支",
        TableKind::General => "一般公共预算支出",
        TableKind::GeneralBasic => "基本支出",
        TableKind::GeneralProject => "项目支出",
        TableKind::Fund => "政府性基金",
        TableKind::StateCapital => "国有资本经营",
        TableKind::ThreePublic => "三公经费",
        TableKind::Carryover => "上年结转结余",
        other => other.chinese(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_short_and_unique() {
        let mut names = Names::default();
        assert_eq!(names.unique("提示"), "提示");
        assert_eq!(names.unique("提示"), "提示 (2)");
        assert_eq!(names.unique("提示"), "提示 (3)");
        let long = "长".repeat(40);
        assert_eq!(names.unique(&long).chars().count(), 31);
        let second = names.unique(&long);
        assert_eq!(second.chars().count(), 31);
        assert!(second.ends_with("长 (2)"));
    }

    #[test]
    fn a_cut_never_splits_a_character() {
        assert_eq!(cut("𠮷𠮷", 3), "𠮷");
        assert_eq!(cut("𠮷𠮷", 4), "𠮷𠮷");
        assert_eq!(cut("ab", 1), "a");
    }
}
