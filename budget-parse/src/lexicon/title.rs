//! What the title of a table says.

use budget_model::{Dimensions, Flow, Nature, Phase, Source, Stage, TableKind, ThreePublicItem};
use serde::Deserialize;

use super::around::{ACCOUNTS, BUDGETS, CONTINUED, OF_WHOM, PERFORMANCE, TARGET_FRONTS, target_title};
use super::column::NameOf;
use super::cut::{Piece, cut};
use super::files::{Files, Kind, Sides, TitleActs};
use super::meaning::{Meaning, carried_over};
use super::normal::{behind_ordinal, plain};
use super::note::is_note;
use super::{table_number, units};
use crate::text::{behind_year, fold};

/// What a title says of its table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Title {
    /// What the table is about.
    pub(crate) kind: TableKind,
    /// Set for tables of performance targets.
    pub(crate) performance: Option<Performance>,
    /// What the title fixes of every figure.
    pub(crate) dimensions: Dimensions,
    /// Budget or final accounts.
    pub(crate) stage: Stage,
    /// 续表
    pub(crate) is_continued: bool,
    /// The classification of the rows, where the title says so: 按经济分类.
    pub(crate) rows: Option<NameOf>,
    /// The year that the title prints; whoever knows the year of the document sets it.
    pub(crate) year: Option<u16>,
}

/// What a table of performance targets is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Performance {
    /// 部门整体支出绩效目标表
    Overall,
    /// 项目支出绩效目标表
    Project,
    /// 专项资金绩效目标表, 转移支付绩效目标表
    Transfer,
    /// 项目绩效自评表
    Evaluation,
}

impl Title {
    /// A table without a title, or whose title says nothing.
    pub(crate) fn unknown(kind: TableKind) -> Self {
        Self {
            kind,
            performance: None,
            dimensions: Dimensions::default(),
            stage: Stage::Budget,
            is_continued: false,
            rows: None,
            year: None,
        }
    }

    /// The phase of a figure whose header says none.
    pub(super) fn phase(&self) -> Phase {
        match self.stage {
            Stage::Budget => Phase::Budget,
            Stage::Final => Phase::Final,
        }
    }
}

/// What the words of a title fix together.
#[derive(Clone, Debug, Default)]
struct Words {
    meaning: Meaning,
    has_revenue: bool,
    has_expenditure: bool,
    items: Vec<ThreePublicItem>,
    subjects: Vec<String>,
    rows: Option<NameOf>,
    stage: Option<Stage>,
    has_form: bool,
    has_carry_over: bool,
    is_part: bool,
    years: Vec<u16>,
}

pub(super) fn read(files: &Files, text: &str) -> Option<Title> {
    // 基本支出预算明细表—工资福利支出
    let whole = plain(text).replace(['—', '–', '－', '─'], "-");
    let (bare, is_continued) = without_continuation(&whole);
    let bare = without_number(bare);
    if bare.is_empty() || is_note(bare) || table_number::is_number(bare) || table_number::is_annex(bare) {
        return None;
    }
    let mut title = match known(files, bare) {
        Some((words, kind)) => title(&words, kind, is_continued),
        None => other(files, bare, is_continued)?,
    };
    title.year = title.year.or_else(|| year_in(bare));
    Some(title)
}

/// Whether a folded line is a title and no part of a sentence or of a list: `以上数据见收入预算总表`, `(注:详见附表)`.
pub(super) fn is_title(files: &Files, folded: &str) -> bool {
    without_bracket(folded).ends_with('表')
        && !folded.contains(['。', ',', ';', ':', '《', '、'])
        && read(files, folded).is_some()
}

/// Whether a text says of itself that it is the title of a table.
pub(super) fn ends_like_a_table(files: &Files, text: &str) -> bool {
    let plain = plain(text);
    let (bare, _) = without_continuation(&plain);
    let bare = without_bracket(bare);
    files.other.table_ends.iter().any(|end| bare.ends_with(end.as_str()))
}

/// A title without 表, right above its table: 2025年机关运行经费, 部门专项资金管理清单目录. Headings with an ordinal are of the text.
pub(super) fn above(files: &Files, text: &str) -> Option<Title> {
    let whole = plain(text);
    let other = &files.other;
    let is_heading = behind_ordinal(&whole).len() < whole.len();
    if let Some(title) = read(files, text).filter(|_| !is_heading) {
        return Some(title);
    }
    let is_title = !is_heading
        && whole.chars().count() <= LONGEST_OTHER
        && other.above_ends.iter().any(|end| whole.ends_with(end.as_str()))
        && other.words.iter().any(|word| whole.contains(word.as_str()))
        && !other.refused.iter().any(|word| whole.contains(word.as_str()))
        && !whole.contains([':', '、', '(', '.']);
    is_title.then(|| read(files, &format!("{whole}表"))).flatten()
}

/// The title without a bracket behind it.
fn without_bracket(title: &str) -> &str {
    match (title.rfind('('), title.ends_with(')')) {
        (Some(open), true) if open > 0 => title.get(..open).unwrap_or(title),
        _ => title,
    }
}

/// A title that no rule knows, if it reads like one: 云溪县文化馆非税收入征收情况表.
fn other(files: &Files, bare: &str, is_continued: bool) -> Option<Title> {
    let other = &files.other;
    // 部门预算公开表 is the heading of a part, 部门经费安排汇总表 the title of a table.
    if is_form_alone(files, bare) && !other.with_form.iter().any(|word| bare.contains(word.as_str())) {
        return None;
    }
    // （按政府预算支出经济分类） behind the title
    let title = without_bracket(bare);
    let is_title = bare.chars().count() <= LONGEST_OTHER
        && other
            .ends
            .iter()
            .any(|end| title.trim_end_matches(|next| "()0123456789年度".contains(next)).ends_with(end.as_str()))
        && other.words.iter().any(|word| bare.contains(word.as_str()))
        && !other.refused.iter().any(|word| bare.contains(word.as_str()));
    is_title.then(|| Title {
        is_continued,
        stage: if ACCOUNTS.is_in(bare) { Stage::Final } else { Stage::Budget },
        ..Title::unknown(TableKind::Other)
    })
}

/// Most characters of a title that no rule knows.
const LONGEST_OTHER: usize = 48;

/// The title without 续表, and whether that was there.
pub(super) fn without_continuation(text: &str) -> (&str, bool) {
    let behind = CONTINUED.strip_end_of(text).map(|(_, rest)| rest);
    // 续建项目支出表 begins with a word of its own.
    let begins = || CONTINUED.strip_from(text).filter(|(mark, _)| mark.chars().count() > 1);
    let rest = behind.or_else(|| begins().map(|(_, rest)| rest)).filter(|rest| !rest.is_empty());
    rest.map_or((text, false), |rest| (rest, true))
}

/// The title behind and before the number of its table: 预算01表收支总表, 八、…, …(预算表4).
fn without_number(text: &str) -> &str {
    let mut rest = behind_ordinal(text);
    if let Some(open) = rest.rfind('(').filter(|_| rest.ends_with(')'))
        && rest.get(open..).is_some_and(table_number::is_number)
    {
        rest = rest.get(..open).unwrap_or(rest);
    }
    let (number, behind) = table_number::in_front(rest);
    if number.is_none() || behind.is_empty() {
        return rest;
    }
    // 预算14表-1促进…
    let behind = behind_ordinal(behind.trim_start_matches([':', '-', '.', '、', ' ']));
    if behind.is_empty() { rest } else { behind }
}

fn year_in(text: &str) -> Option<u16> {
    let at = text.find("20")?;
    let digits = text.get(at..)?.bytes().take_while(u8::is_ascii_digit).count();
    let behind = text.get(at + 4..)?;
    if digits != 4 || !behind.starts_with('年') {
        return None;
    }
    text.get(at..at + 4)?.parse().ok()
}

/// The words of a title, and the rule that knows them.
fn known<'f>(files: &'f Files, text: &str) -> Option<(Words, &'f Kind)> {
    let cuts = cut(&files.title, text, |_, _| true);
    // The longest run of words up to the end, behind a front that may stand there.
    for start in cuts.starts() {
        let front = text.get(..start)?;
        let is_front = is_front(files, front);
        let Some(words) = cuts.from(start).and_then(|pieces| compose(files, &pieces)) else { continue };
        if !words.has_form {
            continue;
        }
        if let Some(kind) = files.kinds.iter().find(|kind| words.fits(kind) && (is_front || kind.any_front)) {
            return Some((words, kind));
        }
    }
    None
}

/// Whether a title has no words but those of its form.
fn is_form_alone(files: &Files, text: &str) -> bool {
    let cuts = cut(&files.title, text, |_, _| true);
    cuts.starts().any(|start| {
        let words = cuts.from(start).and_then(|pieces| compose(files, &pieces));
        words.is_some_and(|words| words.has_form && words.is_bare())
            && text.get(..start).is_some_and(|front| is_front(files, front))
    })
}

/// Whether a text may stand in front of a title that is known: the number of its table, an entity, a year, 部门.
pub(super) fn stands_in_front(files: &Files, front: &str) -> bool {
    let (_, front) = table_number::in_front(front);
    // 年部门, of a title whose year was lost, is doubtful.
    if behind_year(front).is_some() {
        return false;
    }
    // 以上见部门, 详见
    let is_sentence = || files.other.refused.iter().any(|word| front.contains(word.as_str()));
    front.is_empty() || front.chars().count() <= LONGEST_OTHER && !is_sentence() && is_front(files, &plain(front))
}

/// Whether a folded text is the title of a table of performance targets: 2025年项目支出绩效目标表,
/// 单位整体支出绩效目标表(2024年). `本次未公开项目支出绩效目标表` is a sentence.
pub(super) fn is_of_targets(files: &Files, folded: &str) -> bool {
    let Some((front, rest)) = folded.split_once(target_title()) else { return false };
    let in_brackets = rest.is_empty() || (rest.starts_with('(') && rest.ends_with(')'));
    let fronts = || TARGET_FRONTS.entries().iter().filter_map(|word| front.strip_suffix(word));
    in_brackets && fronts().any(|front| stands_in_front(files, front))
}

/// Whether a folded title that names a year, and goes on so behind it, is one of the document: of its budget, or of one of
/// its tables. Tables of performance targets are of the years of their projects.
pub(super) fn is_of_year(folded: &str, behind: &str) -> bool {
    let is_document = |words: &str| BUDGETS.is_in(words) || ACCOUNTS.is_in(words);
    let begins = OF_WHOM
        .strip_from(behind)
        .is_some_and(|(_, rest)| BUDGETS.strip_from(rest).is_some() || ACCOUNTS.strip_from(rest).is_some());
    // 表3: in front, 公开表三, 部门：… and （单位：万元） behind
    let (_, text) = table_number::in_front(folded);
    let end = behind.find('表').map(|at| at + '表'.len_utf8()).filter(|end| {
        let rest = behind.get(*end..).unwrap_or_default();
        let is_number = table_number::in_front(rest).0.is_some();
        rest.is_empty() || rest.starts_with('(') || is_number || units::caption_word(rest).is_some()
    });
    let after = end.map_or(0, |end| behind.len() - end);
    let title = text.get(..text.len().saturating_sub(after)).unwrap_or(text);
    let is_short = title.chars().count() <= LONGEST_OTHER && !title.contains(['。', ',', ';', ':', '、']);
    begins || is_short && (is_document(behind) || end.is_some() && !PERFORMANCE.is_in(title))
}

/// Whether a text may stand in front of the words of a title: 2026年度, 云溪县文化馆2026年部门.
fn is_front(files: &Files, front: &str) -> bool {
    let cuts = cut(&files.front, front, |_, _| true);
    // 云溪县本级部门: the name may end with what a front may begin with.
    cuts.starts().chain(std::iter::once(front.len())).any(|known_from| {
        let name = front.get(..known_from).unwrap_or(front).trim_end_matches(['(', ')', '-', ':']);
        let name = name.trim_start_matches(|character: char| character.is_ascii_digit() || "年度".contains(character));
        name.is_empty()
            || (name.chars().count() >= MIN_NAME && files.entity.iter().any(|ending| name.ends_with(ending.as_str())))
    })
}

/// Fewest characters of the name of an entity.
const MIN_NAME: usize = 1;

fn compose(files: &Files, pieces: &[(usize, Piece<'_>)]) -> Option<Words> {
    let mut words = Words::default();
    for (_, piece) in pieces {
        match piece {
            Piece::Year(year) => words.years.push(*year),
            Piece::Bracket(inside) => {
                // (按经济分类科目), (一般公共预算)
                let cuts = cut(&files.title, inside, |_, _| true);
                if let Some(inner) = cuts.from(0).and_then(|pieces| plain_pieces(files, &pieces)) {
                    words.join(inner);
                }
            }
            Piece::Word(entry) => words.add(files, *entry)?,
        }
    }
    Some(words)
}

/// The words of a bracket, which has no brackets in it.
fn plain_pieces(files: &Files, pieces: &[(usize, Piece<'_>)]) -> Option<Words> {
    let mut words = Words::default();
    for (_, piece) in pieces {
        match piece {
            Piece::Word(entry) => words.add(files, *entry)?,
            Piece::Year(year) => words.years.push(*year),
            Piece::Bracket(_) => {}
        }
    }
    Some(words)
}

impl Words {
    fn add(&mut self, files: &Files, entry: usize) -> Option<()> {
        if let Some(word) = files.words.get(entry) {
            let mut meaning = word.meaning.clone();
            match meaning.flow.take() {
                Some(Flow::Revenue) => self.has_revenue = true,
                Some(Flow::Expenditure) => self.has_expenditure = true,
                _ => {}
            }
            self.items.extend(meaning.item.take());
            return self.meaning.add(&meaning).ok();
        }
        let word = files.title_word(entry)?;
        self.subjects.extend(word.subject.clone());
        self.rows = word.rows.or(self.rows);
        self.stage = word.stage.or(self.stage);
        self.has_carry_over |= word.acts == Some(TitleActs::WithCarryOver);
        self.has_form |= word.acts == Some(TitleActs::Form);
        self.is_part |= word.acts == Some(TitleActs::Part);
        if word.both {
            (self.has_revenue, self.has_expenditure) = (true, true);
        }
        Some(())
    }

    fn join(&mut self, inner: Self) {
        let mut meaning = self.meaning.clone();
        if meaning.add(&inner.meaning).is_ok() {
            self.meaning = meaning;
        }
        self.rows = self.rows.or(inner.rows);
        self.subjects.extend(inner.subjects);
        self.items.extend(inner.items);
        self.years.extend(inner.years);
        self.has_carry_over |= inner.has_carry_over;
        self.is_part |= inner.is_part;
    }

    /// Whether they say nothing of what the table is about.
    fn is_bare(&self) -> bool {
        self.subjects.is_empty() && self.items.is_empty() && self.sides().is_none() && !self.meaning.has_axis()
    }

    fn source(&self) -> Option<Source> {
        self.meaning.source
    }

    fn sides(&self) -> Option<Sides> {
        match (self.has_revenue, self.has_expenditure) {
            (true, true) => Some(Sides::Both),
            (true, false) => Some(Sides::Revenue),
            (false, true) => Some(Sides::Expenditure),
            // 功能分类 and 基本支出 are of expenditure.
            (false, false) => (self.rows.is_some() || self.meaning.nature.is_some()).then_some(Sides::Expenditure),
        }
    }

    fn fits(&self, kind: &Kind) -> bool {
        let has = |subject: &String| self.subjects.contains(subject);
        let whole_source = |source: Source| self.source() == Some(source);
        // 政府采购支出表 is no table of all expenditure.
        let may_have_subjects = kind.item || !kind.subject.is_empty();
        (may_have_subjects || self.subjects.is_empty())
            && kind.subject.iter().all(has)
            && !kind.without.iter().any(has)
            && kind.source.is_none_or(whole_source)
            && kind.nature.is_none_or(|nature| self.meaning.nature.is_some_and(|own| nature.contains(own)))
            && kind.rows.is_none_or(|rows| self.rows == Some(rows))
            && kind.flow.is_none_or(|flow| self.sides() == Some(flow))
            && kind.stage.is_none_or(|stage| self.stage == Some(stage))
            && (!kind.item || self.items.iter().any(|item| *item != ThreePublicItem::AgencyOperation))
            && (!kind.carries || self.meaning.carries)
    }
}

fn title(words: &Words, kind: &Kind, is_continued: bool) -> Title {
    let has = |subject: &str| words.subjects.iter().any(|word| word == subject);
    // 会议费 and 培训费 stand beside 三公 and are no part of it.
    let item = match (words.items.as_slice(), has("conference"), has("training"), has("operation")) {
        ([item], false, false, false) => Some(*item),
        ([ThreePublicItem::All], true, true, false) => Some(ThreePublicItem::AllWithMeetings),
        ([], false, false, true) => Some(ThreePublicItem::AgencyOperation),
        _ => None,
    };
    let source = match words.meaning.source {
        Some(source) if words.meaning.carries => carried_over(source).or(Some(source)),
        None if words.meaning.carries => Some(Source::CarryOver),
        Some(source) if words.has_carry_over => source.with_carry_over().or(Some(source)),
        // “三公”经费 are by definition what appropriations pay of them.
        None if kind.item => Some(Source::Appropriation),
        other => other,
    };
    // Final accounts are not balanced.
    let stage = words.stage.unwrap_or_default();
    let flow = match words.sides().filter(|_| stage == Stage::Final) {
        Some(Sides::Revenue) => Some(Flow::Revenue),
        Some(Sides::Expenditure) => Some(Flow::Expenditure),
        _ => None,
    };
    Title {
        kind: if words.is_part { TableKind::Other } else { kind.is },
        performance: kind.performance,
        dimensions: Dimensions {
            source,
            nature: words.meaning.nature.filter(|nature| *nature != Nature::All),
            three_public: item,
            flow,
            ..Dimensions::default()
        },
        stage,
        is_continued,
        rows: words.rows,
        year: words.years.first().copied(),
    }
}
