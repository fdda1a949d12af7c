//! Administrative divisions (行政区划): the provinces, prefectures and counties of GB/T 2260, and how texts name them.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// Code, name, and whether the name is no longer in use.
#[derive(Clone, Copy, Debug)]
struct Division {
    code: u32,
    name: &'static str,
    is_retired: bool,
}

/// The names of divisions, and their codes.
struct Divisions {
    all: Vec<Division>,
    /// Indices of `all` by full name, those in use first.
    by_name: HashMap<&'static str, Vec<usize>>,
    /// The same by the name without its last word: 昆山, of 昆山市.
    by_short: HashMap<&'static str, Vec<usize>>,
    /// The first two characters of every name: where a text has others, no name begins.
    starts: Starts,
}

/// A set of pairs of characters. At nearly every place of a text stands none of them, which some bits tell at one look.
struct Starts {
    bits: [u64; 1024],
    pairs: HashSet<[char; 2]>,
}

impl Starts {
    fn pair(text: &str) -> Option<[char; 2]> {
        let mut characters = text.chars();
        Some([characters.next()?, characters.next()?])
    }

    fn bit([first, second]: [char; 2]) -> (usize, u64) {
        let bit = (u32::from(first).wrapping_mul(0x9e37_79b1) ^ u32::from(second).wrapping_mul(0x85eb_ca77)) >> 16;
        (bit as usize / 64, 1 << (bit % 64))
    }

    /// The first two characters of these texts.
    fn of(texts: impl Iterator<Item = &'static str>) -> Self {
        let pairs: HashSet<_> = texts.filter_map(Self::pair).collect();
        let mut bits = [0; 1024];
        for (at, bit) in pairs.iter().copied().map(Self::bit) {
            if let Some(word) = bits.get_mut(at) {
                *word |= bit;
            }
        }
        Self { bits, pairs }
    }

    /// Whether one of these texts begins with these characters.
    fn has(&self, pair: [char; 2]) -> bool {
        let (at, bit) = Self::bit(pair);
        matches!(pair, ['\u{4e00}'..='\u{9fff}', _])
            && self.bits.get(at).is_some_and(|word| word & bit != 0)
            && self.pairs.contains(&pair)
    }
}

static DIVISIONS: LazyLock<Divisions> = LazyLock::new(|| Divisions::load(include_str!("../../lexicon/divisions.csv")));

/// What a division is called at the end, the longer words first.
const KINDS: [&str; 11] =
    ["维吾尔自治区", "壮族自治区", "回族自治区", "特别行政区", "自治区", "地区", "市", "省", "县", "区", "旗"];
/// Characters of the longest name.
const LONGEST: usize = 16;
/// Short names of counties are words of other names too often.
const COUNTY: u32 = 100;
/// What goes on behind 市 and makes another word of it: 云溪市场监督管理局.
const OTHER_WORDS: [&str; 3] = ["市场", "市容", "市政"];

/// A place that a text names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Named {
    /// From the province down.
    pub(crate) name: String,
    /// `None` if several divisions have the name.
    pub(crate) code: Option<u32>,
    /// Whether its name is cut short.
    pub(crate) is_short: bool,
}

impl Divisions {
    fn load(csv: &'static str) -> Self {
        let mut all: Vec<Division> = csv
            .lines()
            .filter(|line| !line.starts_with('#'))
            .filter_map(|line| {
                let mut fields = line.split(',');
                let (code, name) = (fields.next()?.parse().ok()?, fields.next()?);
                Some(Division { code, name, is_retired: fields.next().is_some() })
            })
            .collect();
        all.sort_by_key(|division| (division.is_retired, division.code));
        let (mut by_name, mut by_short): (HashMap<_, Vec<_>>, HashMap<_, Vec<_>>) = Default::default();
        for (index, division) in all.iter().enumerate() {
            by_name.entry(division.name).or_default().push(index);
            let short = KINDS.iter().find_map(|kind| division.name.strip_suffix(kind));
            if let Some(short) = short.filter(|short| short.chars().count() > 1 && !division.is_retired) {
                by_short.entry(short).or_default().push(index);
            }
        }
        let starts = Starts::of(all.iter().map(|division| division.name));
        Self { all, by_name, by_short, starts }
    }

    fn of(&self, code: u32) -> Option<&Division> {
        self.all.iter().find(|division| division.code == code)
    }

    /// The names from the province down.
    fn full_name(&self, code: u32) -> String {
        let mut codes = vec![code / 10_000 * 10_000, code / 100 * 100, code];
        codes.dedup();
        let names = codes.into_iter().filter_map(|code| self.of(code)).map(|division| division.name);
        names.collect()
    }
}

/// Whether a division lies in another one.
fn is_within(code: u32, whole: u32) -> bool {
    match whole {
        whole if whole % 10_000 == 0 => code / 10_000 == whole / 10_000,
        whole if whole % 100 == 0 => code / 100 == whole / 100,
        whole => code == whole,
    }
}

/// A name at the start of a text: the indices of its divisions, its bytes, and whether it is short.
fn in_front(text: &str, may_be_short: bool) -> Option<(&'static [usize], usize, bool)> {
    Starts::pair(text).filter(|pair| DIVISIONS.starts.has(*pair))?;
    let ends: Vec<usize> = text.char_indices().skip(2).map(|(at, _)| at).chain([text.len()]).take(LONGEST).collect();
    let find = |names: &'static HashMap<&'static str, Vec<usize>>| {
        ends.iter().rev().find_map(|end| Some((names.get(text.get(..*end)?)?.as_slice(), *end)))
    };
    let is_other = |end: usize| {
        OTHER_WORDS.iter().any(|word| {
            let at = end.saturating_sub('市'.len_utf8());
            text.get(at..).is_some_and(|rest| rest.starts_with(word))
        })
    };
    let divisions: &'static Divisions = &DIVISIONS;
    if let Some((found, end)) = find(&divisions.by_name).filter(|(_, end)| !is_other(*end)) {
        return Some((found, end, false));
    }
    let (found, end) = find(&divisions.by_short).filter(|_| may_be_short)?;
    Some((found, end, true))
}

/// The place that a name begins with or has in it: 云溪省云溪市人民医院, 中共云溪市委. The lowest division of the first chain counts.
pub(crate) fn in_name(text: &str) -> Option<Named> {
    let starts = text.char_indices().map(|(at, _)| at);
    starts.into_iter().find_map(|start| chain(text.get(start..)?, start == 0)).map(|(named, _)| named)
}

/// The places that a text names in full, one after the other.
pub(crate) fn in_text(text: &str) -> Vec<Named> {
    let mut found = Vec::new();
    let mut end = 0;
    let seconds = text.char_indices().skip(1);
    for ((at, first), (_, second)) in text.char_indices().zip(seconds) {
        if at < end || !DIVISIONS.starts.has([first, second]) {
            continue;
        }
        if let Some((named, length)) = text.get(at..).and_then(|rest| chain(rest, false)) {
            found.push(named);
            end = at + length;
        }
    }
    found
}

/// A division and those within it that follow: 云溪省云溪市云溪区. Returns where it ends.
fn chain(text: &str, may_be_short: bool) -> Option<(Named, usize)> {
    let (first, mut end, mut is_short) = in_front(text, may_be_short)?;
    let codes = |indices: &[usize]| -> Vec<u32> {
        indices.iter().filter_map(|index| DIVISIONS.all.get(*index)).map(|division| division.code).collect()
    };
    let mut open = codes(first);
    // 城区, 郊区 are words as well; a county is named by two characters only behind its city.
    let is_word = text.get(..end).is_some_and(|name| name.chars().count() < 3);
    if is_word && open.iter().all(|code| code % COUNTY != 0) {
        return None;
    }
    for _ in 0..2 {
        let Some(behind) = text.get(end..) else { break };
        let Some((next, length, short)) = in_front(behind, false) else { break };
        let within: Vec<u32> =
            codes(next).into_iter().filter(|code| open.iter().any(|whole| is_within(*code, *whole))).collect();
        if within.is_empty() {
            break;
        }
        open.retain(|whole| within.iter().any(|code| is_within(*code, *whole)));
        // What the name below tells of the one above is no guess: 江苏 in 江苏昆山市.
        is_short = short;
        open = within;
        end += length;
    }
    let name = text.get(..end)?;
    Some((named(&open, name, is_short)?, end))
}

fn named(codes: &[u32], name: &str, is_short: bool) -> Option<Named> {
    // Of equal names that in use counts: those come first.
    let is_used =
        |code: &&u32| DIVISIONS.all.iter().any(|one| one.code == **code && !one.is_retired && name.ends_with(one.name));
    let used: Vec<&u32> = codes.iter().filter(is_used).collect();
    let only = match (used.as_slice(), codes) {
        ([only], _) => Some(**only),
        ([], [only]) => Some(*only),
        // A short name of a city and of a county: the city. 吉林 of the province and of its city is either.
        _ if is_short => {
            let cities: Vec<u32> = codes.iter().copied().filter(|code| code % COUNTY == 0).collect();
            let [city] = cities.as_slice() else { return None };
            Some(*city)
        }
        _ => None,
    };
    let full = only.map_or_else(|| name.to_owned(), |code| DIVISIONS.full_name(code));
    Some(Named { name: full, code: only, is_short })
}

/// The divisions that have a name: 鼓楼区 has four.
pub(crate) fn of_name(name: &str) -> Vec<u32> {
    let indices = DIVISIONS.by_name.get(name).map(Vec::as_slice).unwrap_or_default();
    let divisions = indices.iter().filter_map(|index| DIVISIONS.all.get(*index));
    divisions.filter(|division| !division.is_retired).map(|division| division.code).collect()
}

/// Whether one of two divisions lies in the other.
pub(crate) fn contains(whole: u32, part: u32) -> bool {
    is_within(part, whole)
}

/// The names of a division from the province down.
pub(crate) fn full_name(code: u32) -> String {
    DIVISIONS.full_name(code)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Option<(String, Option<u32>, bool)> {
        in_name(text).map(|named| (named.name, named.code, named.is_short))
    }

    #[test]
    fn the_lowest_place_of_a_name_is_its_region() {
        for (text, name, code) in [
            ("昆山市文化馆", "江苏省苏州市昆山市", Some(320583)),
            ("江苏省苏州市吴江区审计局", "江苏省苏州市吴江区", Some(320509)),
            ("中共大理白族自治州委员会", "云南省大理白族自治州", Some(532900)),
            ("北京市朝阳区图书馆", "北京市朝阳区", Some(110105)),
            ("内蒙古自治区水利厅", "内蒙古自治区", Some(150000)),
            ("鼓楼区教育局", "鼓楼区", None),
        ] {
            assert_eq!(of(text), Some((name.to_owned(), code, false)), "{text}");
        }
    }

    #[test]
    fn a_short_name_in_front_is_a_guess_and_other_words_are_no_place() {
        assert_eq!(of("昆明学院"), Some(("云南省昆明市".to_owned(), Some(530100), true)));
        for text in ["云溪县市场监督管理局", "自治区地震局", "城区管理处", "单位预算"] {
            assert_eq!(of(text), None, "{text}");
        }
    }

    #[test]
    fn a_text_names_places_in_full() {
        let names: Vec<_> =
            in_text("位于云南省昆明市，与曲靖市相邻，昆明").into_iter().filter_map(|named| named.code).collect();
        assert_eq!(names, [530100, 530300]);
    }
}
