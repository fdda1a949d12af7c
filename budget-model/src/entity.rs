//! Names of entities as they are compared.

/// Signs that one document prints in a name and another does not: brackets, quotation marks and the dot of 玉素甫·阿吉.
const SIGNS: &str = "()[]{}<>〈〉《》「」『』【】〔〕\"'“”‘’`·•・･‧∙";

/// The name of an entity (部门名称, 单位名称) as it is compared: two documents are of one entity if the keys of its names are equal.
/// It is no name to be shown.
///
/// Full-width letters, digits and signs count as the usual ones; white space, brackets, quotation marks and middle dots do not
/// count at all. What stands in brackets does: 文化局（本级） is not 文化局.
///
/// ```
/// use budget_model::entity_name_key;
///
/// assert_eq!(entity_name_key("云溪县 文化局（本级）"), entity_name_key("云溪县文化局(本级)"));
/// assert_ne!(entity_name_key("云溪县文化局（本级）"), entity_name_key("云溪县文化局"));
/// ```
#[must_use]
pub fn entity_name_key(name: &str) -> String {
    name.chars().map(half_width).filter(|c| !c.is_whitespace() && !SIGNS.contains(*c)).collect()
}

/// `（` → `(`, `Ａ` → `A`.
fn half_width(c: char) -> char {
    match c {
        // The full-width forms stand in the order of ASCII, from `!` to `~`.
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brackets_quotes_dots_and_blanks_make_no_other_entity() {
        for name in ["云溪县“红旗”学校（小学部）", "云溪县\"红旗\"学校(小学部)", "云溪县　红旗 学校\n【小学部】"]
        {
            assert_eq!(entity_name_key(name), "云溪县红旗学校小学部");
        }
        assert_eq!(entity_name_key("玉素甫·阿吉纪念馆"), entity_name_key("玉素甫•阿吉纪念馆"));
        assert_eq!(entity_name_key("第１２中学Ａ区"), "第12中学A区");
    }

    #[test]
    fn what_stands_in_brackets_is_part_of_the_name() {
        assert_ne!(entity_name_key("云溪县文化局（本级）"), entity_name_key("云溪县文化局"));
        assert_eq!(entity_name_key("（）"), "");
    }
}
