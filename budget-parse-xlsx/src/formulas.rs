//! Formulas of an `.xlsx` sheet whose result is not stored.
//!
//! Programs that write formulas without calculating them leave the value out, or write an empty text in its place; cells that
//! share a formula, or belong to an array, may say nothing of it themselves.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use quick_xml::Reader as XmlReader;
use quick_xml::events::Event;

use crate::xlsx::{attribute, cell_position, entity_text};

/// Cells without a value, with row and column, and whether an empty text is stored in each.
pub(crate) type Blanks = BTreeMap<(u32, u32), bool>;

/// More ranges of array formulas are not looked into.
const MOST_RANGES: usize = 1_000;

/// The cells among `blanks` that hold a formula or a part of one.
///
/// An empty text may be what a formula says, as `IF(A1=0,"",A1)` does; if it is all calculated again on opening, it is not.
pub(crate) fn without_result(markup: &str, blanks: &Blanks, calculates_on_load: bool) -> Vec<(u32, u32)> {
    let mut found = BTreeSet::new();
    // Whether the formula that several cells share can say an empty text, by its number.
    let mut shared: HashMap<String, bool> = HashMap::new();
    let mut ranges = 0;
    let (mut row, mut column) = (0_u32, 0_u32);
    let mut formula: Option<Formula> = None;
    let mut reader = XmlReader::from_str(markup);
    loop {
        let event = reader.read_event();
        match &event {
            Ok(Event::Start(element) | Event::Empty(element)) => match element.local_name().as_ref() {
                "row" => {
                    row = attribute(element, "r").and_then(|row| row.parse::<u32>().ok()).unwrap_or(row + 1);
                    column = 0;
                }
                "c" => {
                    let position = attribute(element, "r").and_then(|cell| cell_position(&cell));
                    let (at_row, at_column) = position.unwrap_or((row.saturating_sub(1), column));
                    (row, column) = (at_row.saturating_add(1), at_column.saturating_add(1));
                }
                "f" => {
                    let cell = (row.saturating_sub(1), column.saturating_sub(1));
                    let kind = attribute(element, "t").unwrap_or_default();
                    if matches!(kind.as_str(), "array" | "dataTable") && ranges < MOST_RANGES {
                        ranges += 1;
                        found.extend(attribute(element, "ref").iter().flat_map(|range| inside(range, blanks)));
                    }
                    let number = attribute(element, "si").filter(|_| kind == "shared");
                    formula = Some(Formula { cell, number, text: String::new() });
                    if matches!(event, Ok(Event::Empty(_))) {
                        found.extend(
                            formula.take().and_then(|formula| formula.end(&mut shared, blanks, calculates_on_load)),
                        );
                    }
                }
                _ => {}
            },
            Ok(Event::Text(text)) => {
                if let Some(formula) = &mut formula {
                    formula.text.push_str(&text.xml10_content());
                }
            }
            Ok(Event::GeneralRef(entity)) => {
                if let Some(formula) = &mut formula {
                    formula.text.push_str(&entity_text(entity));
                }
            }
            Ok(Event::End(element)) if element.local_name().as_ref() == "f" => {
                found.extend(formula.take().and_then(|formula| formula.end(&mut shared, blanks, calculates_on_load)));
            }
            Ok(Event::Eof) | Err(_) => return found.into_iter().collect(),
            Ok(_) => {}
        }
    }
}

struct Formula {
    cell: (u32, u32),
    /// The number of a formula that several cells share.
    number: Option<String>,
    text: String,
}

impl Formula {
    /// The cell, if its result is missing.
    fn end(self, shared: &mut HashMap<String, bool>, blanks: &Blanks, calculates_on_load: bool) -> Option<(u32, u32)> {
        let mut says_nothing = self.text.contains("\"\"");
        if let Some(number) = self.number {
            // The first cell has the text, the others only its number.
            says_nothing |= *shared.entry(number).or_insert(says_nothing);
        }
        let is_empty_text = *blanks.get(&self.cell)?;
        let is_result = is_empty_text && says_nothing && !calculates_on_load;
        (!is_result).then_some(self.cell)
    }
}

/// The blank cells of a range like `A1:C3`.
fn inside(range: &str, blanks: &Blanks) -> Vec<(u32, u32)> {
    let (first, last) = range.split_once(':').unwrap_or((range, range));
    let (Some((top, left)), Some((bottom, right))) = (cell_position(first), cell_position(last)) else {
        return Vec::new();
    };
    if top > bottom {
        return Vec::new();
    }
    let rows = blanks.range((top, 0)..=(bottom, u32::MAX));
    rows.map(|(cell, _)| *cell).filter(|(_, column)| (left..=right).contains(column)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(markup: &str, blanks: &[(u32, u32, bool)], on_load: bool) -> Vec<(u32, u32)> {
        let blanks = blanks.iter().map(|(row, column, is_text)| ((*row, *column), *is_text)).collect();
        without_result(markup, &blanks, on_load)
    }

    #[test]
    fn cells_that_share_a_formula_and_parts_of_an_array_have_no_result_either() {
        let markup = r#"<row r="1"><c r="A1"><f t="shared" ref="A1:A3" si="0">SUM(B1:C1)</f><v>3</v></c></row>
            <row r="2"><c r="A2" t="str"><f t="shared" si="0"/><v></v></c><c r="B2"/></row>
            <row><c t="str"><f t="shared" si="0"></f><v/></c></row>
            <row r="4"><c r="A4"><f t="array" ref="A4:A5">B4:B5*2</f></c><c r="B4"/></row><row r="5"><c r="A5"/></row>
            <row r="6"><c><f>1+1</f></c></row>"#;
        let blanks =
            [(1, 0, true), (1, 1, false), (2, 0, true), (3, 0, false), (3, 1, false), (4, 0, false), (5, 0, false)];
        assert_eq!(of(markup, &blanks, false), [(1, 0), (2, 0), (3, 0), (4, 0), (5, 0)]);
    }

    #[test]
    fn an_empty_text_is_a_result_where_the_formula_says_so() {
        let markup = r#"<row r="1"><c r="A1" t="str"><f>IF(B1=0,"",B1)</f><v></v></c></row>
            <row r="2"><c r="A2" t="str"><f t="shared" si="1" ref="A2:A3">IF(B2=0,&quot;&quot;,B2)</f><v></v></c></row>
            <row r="3"><c r="A3" t="str"><f t="shared" si="1"/><v></v></c></row>"#;
        let blanks = [(0, 0, true), (1, 0, true), (2, 0, true)];
        assert_eq!(of(markup, &blanks, false), []);
        assert_eq!(of(markup, &blanks, true).len(), 3);
    }
}
