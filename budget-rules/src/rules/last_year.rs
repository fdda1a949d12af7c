//! What this year calls last year's budget, and what last year's document printed.

use std::collections::HashMap;

use budget_model::{Measure, Severity, Stage};

use crate::book::Book;
use crate::check::Check;
use crate::figure::FigureId;
use crate::key::Key;
use crate::rule::{Description, Rule, Sink};
use crate::text::Text;

pub(super) struct LastYear;

static DESCRIPTION: Description = Description {
    id: "last-year-differs",
    severity: Severity::Warning,
    title: Text::new(
        "推算的上年预算与上年公开数不符",
        "last year's budget as derived is not what last year's document printed",
    ),
    message: Text::new(
        "{0}：由本文件得出的上年数为 {1}，上年公开文件为 {2}，相差 {3}",
        "{0}: last year's amount as told here is {1}, last year's document says {2}: a difference of {3}",
    ),
    explanation: Text::new(
        "本年数减增减额是上年预算，正文写明的上年预算数亦同，应与上年公开的同一口径数字相等。没有给出上年文件时不适用。口径调整也会造成差额，故为警告。",
        "Amount minus change is last year's budget, and so is what the text calls it; last year's document printed it. Not \
         applicable without that document. \
         A reclassification makes a difference as well, so this is a warning.",
    ),
    example: Text::new(
        "2025 年 12.00 万元，比上年增加 2.00 万元；2024 年公开 9.50 万元",
        "2025: 12.00, up by 2.00; 2024: 9.50",
    ),
    example_arguments: &[
        Text::new("正文3.三“项目支出”", "text 3.三 “项目支出”"),
        Text::same("10"),
        Text::same("9.5"),
        Text::same("0.5"),
    ],
};

impl Rule for LastYear {
    fn describe(&self) -> &'static Description {
        &DESCRIPTION
    }

    fn holds_in(&self, stage: Stage) -> bool {
        stage == Stage::Budget
    }

    fn apply(&self, book: &Book<'_>, sink: &mut Sink) {
        let Some(last) = book.last_year() else {
            sink.not_applicable(Text::new("没有上年文件", "last year's document was not given"));
            return;
        };
        let mut printed: HashMap<Key, FigureId> = HashMap::new();
        if last.stage != Stage::Budget {
            sink.not_applicable(Text::new("上年文件不是预算", "last year's document is no budget"));
            return;
        }
        for (index, table) in last.tables.iter().enumerate() {
            for (row, entry) in table.rows.iter().enumerate() {
                for cell in entry.cells.iter().filter(|cell| cell.placement.is_certain()) {
                    let key = Key::at(last.stage, table, row as u32, cell.column);
                    if let Some((key, id)) = key.zip(book.last_year_cell(index, row as u32, cell.column)) {
                        printed.entry(key).or_insert(id);
                    }
                }
            }
        }
        for (index, _, key) in book.keyed(Measure::YoyChange) {
            let amount = book.related(index, Measure::Amount);
            let (Some(amount), Some(printed)) = (amount, printed.get(&key)) else { continue };
            let derived = [book.term(book.fact(amount)), book.minus(book.fact(index))];
            sink.check(Check::sum(&derived, &[book.term(*printed)]));
        }
        for (index, _, key) in book.keyed(Measure::PriorAmount) {
            let Some(printed) = printed.get(&key) else { continue };
            sink.check(Check::sum(&[book.term(book.fact(index))], &[book.term(*printed)]));
        }
        if !sink.has_checks() {
            sink.not_applicable(super::NOT_STATED);
        }
    }
}
