//! What one header cell or label means.

use std::borrow::Cow;

use budget_model::{CodeLevel, Nature, Source, ThreePublicItem, YearRef};

use super::column::NameOf;
use super::cut::{Piece, cut};
use super::files::Files;
use super::meaning::{Conflict, Meaning};
use super::normal::{behind_bare_numeral, behind_ordinal, plain};

/// Why a cell is not understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum NotUnderstood {
    /// A word that is not in the lexicon.
    Words(String),
    /// Words that contradict each other.
    Conflict(String, &'static str),
    /// A year that is none of the table's.
    Year(u16),
}

impl NotUnderstood {
    pub(super) fn into_text(self) -> String {
        match self {
            Self::Words(text) => text,
            Self::Conflict(text, axis) => format!("{text} ({axis})"),
            Self::Year(year) => year.to_string(),
        }
    }
}

/// What a header cell or label means, in a table of a year.
pub(super) fn read(files: &Files, text: &str, year: Option<u16>) -> Result<Meaning, NotUnderstood> {
    let plain = plain(text);
    let bare = behind_ordinal(&plain);
    if bare.is_empty() {
        return if plain.is_empty() && !text.trim().is_empty() {
            Err(NotUnderstood::Words(text.trim().chars().take(24).collect()))
        } else {
            Ok(Meaning::default())
        };
    }
    let first = read_plain(files, bare, year);
    if !matches!(first, Err(NotUnderstood::Words(_))) {
        return first;
    }
    // 一一般公共预算资金、
    if let Some(rest) = behind_bare_numeral(bare).filter(|rest| !rest.is_empty())
        && let Ok(meaning) = read_plain(files, rest, year)
    {
        return Ok(meaning);
    }
    let economic = files.classes.economic(bare);
    if economic.is_empty() { first } else { Ok(Meaning { economic, ..Meaning::default() }) }
}

fn read_plain(files: &Files, text: &str, year: Option<u16>) -> Result<Meaning, NotUnderstood> {
    let of_which = files.columns.of_which.as_str();
    let text = text.strip_prefix(of_which).map_or(Cow::Borrowed(text), |rest| {
        Cow::Owned(format!("{of_which}{}", behind_ordinal(rest.trim_start_matches([':', '、', ',']))))
    });
    let unknown = || NotUnderstood::Words(text.chars().take(24).collect());
    let cuts = cut(&files.header, &text, |entry, behind| {
        files.words.get(entry).is_none_or(|word| !word.not_before.iter().any(|ending| behind.starts_with(ending)))
    });
    let pieces = cuts.from(0).ok_or_else(unknown)?;
    compose(files, &text, &pieces, year)
}

fn compose(
    files: &Files,
    text: &str,
    pieces: &[(usize, Piece<'_>)],
    year: Option<u16>,
) -> Result<Meaning, NotUnderstood> {
    let conflict = |conflict: Conflict| NotUnderstood::Conflict(text.chars().take(24).collect(), conflict.0);
    let mut whole = Meaning::default();
    // 人员经费和公用经费: parts of one whole, joined.
    let mut joined = Joined::default();
    let mut is_compared = false;
    // 2026年预算数比2025年执行数增减: the change counts, not what it is the change of.
    let is_change = pieces.iter().any(|(_, piece)| match piece {
        Piece::Word(entry) => files.words.get(*entry).is_some_and(|word| {
            word.meaning.compared || matches!(word.meaning.year, Some(YearRef::Change | YearRef::ChangePercent))
        }),
        _ => false,
    });
    for (_, piece) in pieces {
        // 项目(按部门预算经济分类): the labels below are classes.
        if let (Piece::Bracket(inside), Some(NameOf::Label)) = (piece, whole.class)
            && let Some(class) = class_in_bracket(files, inside)
        {
            whole.class = Some(class);
            continue;
        }
        let next = match piece {
            Piece::Word(entry) => files.words.get(*entry).map(|word| Cow::Borrowed(&word.meaning)),
            Piece::Year(printed) if is_change => {
                Some(Cow::Owned(Meaning { amount: *printed > 0, ..Meaning::default() }))
            }
            Piece::Year(printed) => Some(Cow::Owned(relative_year(*printed, year)?)),
            Piece::Bracket(inside) => bracket(files, inside, year).map(Cow::Owned),
        };
        let Some(next) = next else { continue };
        if next.compared {
            is_compared = true;
            continue;
        }
        if next.joint {
            joined.is_open = true;
            continue;
        }
        let mut next = next.into_owned();
        if is_change && !matches!(next.year, Some(YearRef::Change | YearRef::ChangePercent)) {
            (next.year, next.phase) = (None, None);
        }
        if joined.take(&whole, &mut next) {
            joined.is_open = false;
            continue;
        }
        joined.is_open = false;
        whole.add(&next).map_err(conflict)?;
    }
    // 2026年预算数比2025年执行数: over 增减额 and 增减%
    if is_compared {
        whole.year = whole.year.or(Some(YearRef::Change));
    }
    joined.finish(&mut whole).map_err(conflict)?;
    // 上年财政拨款结转 is money of this year.
    if whole.carries && whole.year == Some(YearRef::Last) {
        whole.year = None;
    }
    // 增减(%)
    if whole.percent && whole.year == Some(YearRef::Change) {
        whole.year = Some(YearRef::ChangePercent);
    }
    // 非财政拨款收入 is special accounts and the unit's own funds, which have no name together.
    whole.unnamed |= whole.source == Some(Source::OtherCarryOver) && !whole.carries;
    Ok(whole)
}

/// Parts of one whole that a cell names together.
#[derive(Default)]
struct Joined {
    is_open: bool,
    natures: Vec<Nature>,
    items: Vec<ThreePublicItem>,
}

impl Joined {
    /// Takes a word that is joined to one before it which it would contradict.
    fn take(&mut self, whole: &Meaning, next: &mut Meaning) -> bool {
        if !self.is_open {
            return false;
        }
        match (whole.nature, next.nature, whole.item, next.item) {
            (Some(own), Some(other), _, _) if !own.contains(other) && !other.contains(own) => {
                self.natures.push(other);
                true
            }
            (_, _, Some(own), Some(other)) if own != other && !own.parts().contains(&other) => {
                self.items.push(other);
                true
            }
            _ => false,
        }
    }

    /// Puts the whole that all of them are the parts of in the place of the first.
    fn finish(self, whole: &mut Meaning) -> Result<(), Conflict> {
        if !self.natures.is_empty() {
            let named: Vec<Nature> = whole.nature.into_iter().chain(self.natures).collect();
            let parent = Nature::TREE.iter().copied().find(|nature| all_parts(nature.parts(), &named));
            whole.nature = Some(parent.filter(|nature| *nature != Nature::All).ok_or(Conflict("nature"))?);
        }
        if !self.items.is_empty() {
            let named: Vec<ThreePublicItem> = whole.item.into_iter().chain(self.items).collect();
            let parent = ThreePublicItem::ALL.iter().copied().find(|item| all_parts(item.parts(), &named));
            whole.item = Some(parent.ok_or(Conflict("item"))?);
        }
        Ok(())
    }
}

fn all_parts<T: PartialEq>(parts: &[T], named: &[T]) -> bool {
    !parts.is_empty() && parts.len() == named.len() && parts.iter().all(|part| named.contains(part))
}

/// A year in digits as the year of the table or the one before.
fn relative_year(printed: u16, year: Option<u16>) -> Result<Meaning, NotUnderstood> {
    let relative = match year {
        Some(this) if printed == this => YearRef::This,
        Some(this) if printed.checked_add(1) == Some(this) => YearRef::Last,
        _ => return Err(NotUnderstood::Year(printed)),
    };
    Ok(Meaning { year: Some(relative), ..Meaning::default() })
}

/// The classification that a bracket names: 按功能分类.
fn class_in_bracket(files: &Files, inside: &str) -> Option<NameOf> {
    let class = read_plain(files, inside.strip_prefix('按')?, None).ok()?.class?;
    matches!(class, NameOf::Function | NameOf::Economic | NameOf::GovernmentEconomic).then_some(class)
}

/// What a bracket adds: (一般公共预算) fixes a source, (按大类) and (不含教育收费) qualify only.
fn bracket(files: &Files, inside: &str, year: Option<u16>) -> Option<Meaning> {
    if files.columns.qualifiers.iter().any(|word| inside.starts_with(word.as_str())) {
        return None;
    }
    read_plain(files, inside, year).ok().filter(|meaning| meaning.has_axis() || meaning.percent)
}

/// Whether all words of a cell are known and one of them says something.
pub(super) fn is_known(files: &Files, text: &str) -> bool {
    match read(files, text, None) {
        // 办公费 is the name of a row, 工资福利支出 may head a column.
        Ok(meaning) if !meaning.economic.is_empty() => {
            meaning.economic.iter().any(|code| code.level() == CodeLevel::Class)
        }
        Ok(meaning) => !meaning.is_empty(),
        Err(NotUnderstood::Year(_) | NotUnderstood::Conflict(..)) => true,
        Err(NotUnderstood::Words(_)) => false,
    }
}

/// Whether a label is that of a total and of nothing narrower than a side or a year; 小计 is the total of a `group`, and 当年收入小计
/// that of all money of the year, whatever stands above it.
pub(super) fn is_total(files: &Files, text: &str, of_group: bool) -> bool {
    read(files, text, None).is_ok_and(|meaning| {
        meaning.total
            && (of_group || !meaning.subtotal || meaning.source == Some(Source::CurrentYear))
            && meaning.source.is_none_or(|source| source == Source::CurrentYear)
            && meaning.nature.is_none()
            && meaning.item.is_none()
            && !meaning.carries
            && meaning.column.is_none()
            && meaning.class.is_none()
    })
}
