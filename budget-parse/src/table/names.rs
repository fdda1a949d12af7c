//! Telling the name of a function from the name of a project where nothing stands between them.

use std::collections::HashMap;

use budget_model::{Code, Label};

use crate::text::fold;

/// A piece of text and its place.
pub(crate) type Piece = Label;

/// What the words of a row are.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Names {
    pub(crate) label: Label,
    pub(crate) project: Option<Label>,
    /// Whether the border is sure.
    pub(crate) certain: bool,
}

/// Joins the pieces of one name.
pub(crate) fn join(pieces: &[Piece]) -> Option<Label> {
    let first = pieces.first()?;
    Some(Label { text: pieces.iter().map(|piece| piece.text.as_str()).collect(), place: first.place })
}

/// Most names of one code that are kept. An honest code has one or two.
const MOST_NAMES: usize = 8;

/// Most pieces that a name is put together from where those of another stand between them.
const MOST_PIECES: usize = 64;

/// The names that codes carry in other tables of the document. A code has more than one where a table abbreviates its name or
/// prints it damaged.
#[derive(Default)]
pub(crate) struct KnownNames(HashMap<Code, Vec<String>>);

impl KnownNames {
    /// Adds a name as it is printed.
    pub(crate) fn add(&mut self, code: Code, name: &str) {
        let name = fold(name);
        let names = self.0.entry(code).or_default();
        if !name.is_empty() && !names.contains(&name) {
            // The longest first: a name that lost a part loses against the full one.
            names.insert(names.partition_point(|other| other.len() >= name.len()), name);
            names.truncate(MOST_NAMES);
        }
    }

    /// The names of a code, folded, the longest first.
    pub(crate) fn of(&self, code: Option<Code>) -> &[String] {
        code.and_then(|code| self.0.get(&code)).map_or(&[], Vec::as_slice)
    }
}

/// Splits the words of a project row into function name and project name.
///
/// `known` are the names that the same code carries in other tables of the document, folded, the longest first. They settle
/// the border even where both names are wrapped two characters at a time and a page break falls between them. Without them,
/// the first word is taken and the border is not certain. `on_first_line` is the number of pieces that stand on the line of
/// the code.
pub(crate) fn split(pieces: &[Piece], known: &[String], on_first_line: usize) -> Option<Names> {
    let all = join(pieces)?;
    if let Some(names) = known.iter().find_map(|name| split_known(pieces, name)) {
        return Some(names);
    }
    if pieces.len() == 1 {
        return Some(Names { label: all, project: None, certain: known.is_empty() });
    }
    // Without the name, a border inside the first line is the most telling one, then the first line end.
    let border = if on_first_line > 1 { 1 } else { on_first_line.max(1) };
    let (label, project) = pieces.split_at(border.min(pieces.len()));
    Some(Names { label: join(label)?, project: join(project), certain: false })
}

fn split_known(pieces: &[Piece], known: &str) -> Option<Names> {
    let folded: Vec<String> = pieces.iter().map(|piece| fold(&piece.text)).collect();
    // The name in front, ending at the end of a piece or inside one.
    let mut rest = known;
    for (index, piece) in folded.iter().enumerate() {
        if let Some(after) = rest.strip_prefix(piece.as_str()) {
            rest = after;
            if rest.is_empty() {
                let (label, project) = pieces.split_at(index + 1);
                return Some(Names { label: join(label)?, project: join(project), certain: true });
            }
        } else if piece.starts_with(rest) {
            let (before, after) = pieces.split_at(index);
            let (head, behind) = after.split_first()?;
            let at = head.text.char_indices().nth(rest.chars().count()).map(|(at, _)| at)?;
            let label = [before, &[Label::new(head.text.get(..at)?, head.place)]].concat();
            let project = [&[Label::new(head.text.get(at..)?, head.place)], behind].concat();
            return Some(Names { label: join(&label)?, project: join(&project), certain: true });
        } else {
            break;
        }
    }
    // The pieces of the name with those of the project between them.
    let chosen = interleaved(&folded, known)?;
    let (label, project): (Vec<_>, Vec<_>) = pieces.iter().cloned().zip(&chosen).partition(|(_, is_name)| **is_name);
    let only = |pieces: Vec<(Piece, &bool)>| join(&pieces.into_iter().map(|(piece, _)| piece).collect::<Vec<_>>());
    Some(Names { label: only(label)?, project: only(project), certain: true })
}

/// Which pieces make up the name, in order; the first choice where several exist. `None` as well if they are too many.
fn interleaved(pieces: &[String], name: &str) -> Option<Vec<bool>> {
    if pieces.len() > MOST_PIECES {
        return None;
    }
    // reach[i] holds, for the first i pieces, how many bytes of the name they can have made, and from where.
    let mut reach: Vec<Vec<(usize, bool, usize)>> = vec![vec![(0, false, 0)]];
    for piece in pieces {
        let before = reach.last()?;
        let mut now: Vec<(usize, bool, usize)> = Vec::new();
        for (index, (made, ..)) in before.iter().enumerate() {
            if name.get(*made..).is_some_and(|rest| rest.starts_with(piece.as_str())) {
                now.push((made + piece.len(), true, index));
            }
            if !now.iter().any(|(other, ..)| other == made) {
                now.push((*made, false, index));
            }
        }
        reach.push(now);
    }
    let mut index = reach.last()?.iter().position(|(made, ..)| *made == name.len())?;
    let mut chosen = Vec::with_capacity(pieces.len());
    for step in reach.iter().skip(1).rev() {
        let (_, taken, from) = step.get(index)?;
        chosen.push(*taken);
        index = *from;
    }
    chosen.reverse();
    Some(chosen)
}

#[cfg(test)]
mod tests {
    use budget_model::Place;

    use super::*;

    fn pieces(texts: &[&str]) -> Vec<Piece> {
        texts.iter().map(|text| Label::new(*text, Place::Text { page: 1, line: 1, column: 1 })).collect()
    }

    fn split_texts(texts: &[&str], known: Option<&str>) -> (String, Option<String>, bool) {
        let known: Vec<String> = known.into_iter().map(str::to_owned).collect();
        let names = split(&pieces(texts), &known, 1).unwrap();
        (names.label.text, names.project.map(|label| label.text), names.certain)
    }

    #[test]
    fn a_known_name_in_front_settles_the_border() {
        let known = Some("其他文化和旅游支出");
        let project = Some("送戏下乡补助".to_owned());
        let label = "其他文化和旅游支出".to_owned();
        assert_eq!(
            split_texts(&["其他文化", "和旅游支出", "送戏下乡", "补助"], known),
            (label.clone(), project.clone(), true)
        );
        assert_eq!(split_texts(&["其他文化和旅游支出送戏下乡补助"], known), (label.clone(), project, true));
        assert_eq!(split_texts(&["其他文化和旅游支出"], known), (label, None, true));
    }

    #[test]
    fn names_wrapped_beside_each_other_and_cut_by_a_page_are_told_apart() {
        let texts = ["其他", "文化", "下乡", "演出", "和旅", "游支", "出", "项目"];
        let (label, project, certain) = split_texts(&texts, Some("其他文化和旅游支出"));
        assert_eq!((label.as_str(), project.as_deref(), certain), ("其他文化和旅游支出", Some("下乡演出项目"), true));
    }

    #[test]
    fn a_name_that_lost_a_part_in_one_table_loses_against_the_full_one() {
        let mut known = KnownNames::default();
        let code = "2070199".parse().unwrap();
        for name in ["其他文化", "其他文化和旅游 支出", "其他文化"] {
            known.add(code, name);
        }
        assert_eq!(known.of(Some(code)), ["其他文化和旅游支出", "其他文化"]);
        let names = split(&pieces(&["其他文化和旅游支出", "送戏下乡"]), known.of(Some(code)), 1).unwrap();
        assert_eq!(names.label.text, "其他文化和旅游支出");
    }

    #[test]
    fn a_code_with_many_names_keeps_the_longest_of_them() {
        let mut known = KnownNames::default();
        let code = "2070199".parse().unwrap();
        for length in 1..=100 {
            known.add(code, &"文".repeat(length));
        }
        let lengths: Vec<_> = known.of(Some(code)).iter().map(|name| name.chars().count()).collect();
        assert_eq!(lengths, [100, 99, 98, 97, 96, 95, 94, 93]);
    }

    #[test]
    fn a_name_in_too_many_pieces_is_not_put_together() {
        let texts = ["其他", "甲", "文化"].map(str::to_owned);
        assert!(interleaved(&texts, "其他文化").is_some());
        let many = [&texts[..], &vec!["甲".to_owned(); MOST_PIECES]].concat();
        assert_eq!(interleaved(&many, "其他文化"), None);
    }

    #[test]
    fn without_the_name_the_border_is_not_certain() {
        assert_eq!(split_texts(&["文化活动", "送戏下乡"], None), ("文化活动".into(), Some("送戏下乡".into()), false));
    }
}
