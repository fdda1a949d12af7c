//! The three public expenses are not less than their part of basic expenditure.

use budget_model::{Cell, Code, Nature, Severity, Source, Stage, TableKind, ThreePublicItem};

use crate::book::Book;
use crate::check::{Check, Expression, Relation};
use crate::key::Key;
use crate::rule::{Description, Rule, Sink};
use crate::text::Text;

pub(super) struct ThreePublic;

static DESCRIPTION: Description = Description {
    id: "three-public-below-basic",
    severity: Severity::Warning,
    title: Text::new(
        "“三公”经费小于基本支出中的同名款项",
        "a three public expense is less than its item in basic expenditure",
    ),
    message: Text::new(
        "{0}为 {1}，小于基本支出表中的 {2}",
        "{0} is {1}, less than {2} in the table of basic expenditure",
    ),
    explanation: Text::new(
        "“三公”经费含基本支出和项目支出，不应小于一般公共预算基本支出表中的 30212 因公出国（境）费用、30217 公务接待费、30231 公务用车运行维护费。只比较不小于，不要求相等。",
        "The three public expenses come from basic and project expenditure, so each is at least its economic item in the table \
         of basic expenditure (30212, 30217, 30231). Equality is not promised.",
    ),
    example: Text::new(
        "“三公”表 公务接待费 0.20；基本支出表 30217 公务接待费 0.50",
        "receptions 0.20; basic expenditure 30217: 0.50",
    ),
    example_arguments: &[Text::same("表10“三公”经费支出情况表·公务接待费·合计"), Text::same("0.2"), Text::same("0.5")],
};

const ITEMS: &[(ThreePublicItem, u32)] = &[
    (ThreePublicItem::TravelAbroad, 30_212),
    (ThreePublicItem::Reception, 30_217),
    (ThreePublicItem::VehicleRunning, 30_231),
];

impl Rule for ThreePublic {
    fn describe(&self) -> &'static Description {
        &DESCRIPTION
    }

    fn apply(&self, book: &Book<'_>, sink: &mut Sink) {
        let tables = &book.disclosure().tables;
        let find = |kind| book.table(kind).map(|(index, _)| index);
        let stage = book.disclosure().stage;
        let (public, basic) = match stage {
            Stage::Budget => (TableKind::ThreePublic, TableKind::GeneralBasic),
            Stage::Final => (TableKind::FinalThreePublic, TableKind::FinalGeneralBasic),
        };
        let (Some(public), Some(basic)) = (find(public), find(basic)) else {
            sink.not_applicable(super::NO_TABLE);
            return;
        };
        for (item, code) in ITEMS {
            let stated = figure(book, public, |row, column| {
                // What one budget pays of an item is less than what all of it costs.
                let key = Key::at(stage, tables.get(public)?, row, column)?;
                let pays = key.source.contains(Source::GeneralPublicBudget);
                (key.three_public == Some(*item) && pays).then_some(())
            });
            let part = figure(book, basic, |row, column| {
                let key = Key::at(stage, tables.get(basic)?, row, column)?;
                let is_whole = key.nature == Nature::Basic && key.economic == Code::from_number(*code);
                is_whole.then_some(())
            });
            if let (Some(stated), Some(part)) = (stated, part) {
                let expected = Expression::Sum(&[book.term(part)]);
                sink.check(Check { found: &[book.term(stated)], relation: Relation::AtLeast, expected });
            }
        }
        if !sink.has_checks() {
            sink.not_applicable(Text::new("基本支出中没有“三公”款项", "basic expenditure has none of these items"));
        }
    }
}

/// The first figure of a table that is wanted.
fn figure(book: &Book<'_>, table: usize, wanted: impl Fn(u32, u16) -> Option<()>) -> Option<crate::figure::FigureId> {
    let rows = &book.disclosure().tables.get(table)?.rows;
    rows.iter().enumerate().find_map(|(row, entry)| {
        // A figure that may stand in another column says nothing here.
        let certain = |cell: &&Cell| cell.placement.is_certain();
        let cell = entry.cells.iter().filter(certain).find(|cell| wanted(row as u32, cell.column).is_some())?;
        book.cell(table, row as u32, cell.column)
    })
}
