//! Levels of a classification that a table lists everywhere but in one place.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use budget_classification::Dictionary;
use budget_model::{Classification, Code, CodeLevel, Role, Row, Severity, Table};

use super::code_name::names_codes;
use crate::book::Book;
use crate::defect::Defect;
use crate::pattern::row_name;
use crate::rule::{Description, Rule, Sink};
use crate::text::Text;

/// 20701 without any item below it.
pub(super) struct LowerLevel;

/// 2070104 without 20701 above it.
pub(super) struct UpperLevel;

static LOWER: Description = Description {
    id: "lower-level-not-listed",
    severity: Severity::Warning,
    title: Text::new("科目之下缺下一级科目", "a class has no parts where the others have"),
    message: Text::new(
        "{0}：科目 {1} 之下没有列出下一级科目，同表其他 {2} 个同级科目都列了，疑缺一行",
        "{0}: nothing is listed below {1}, as it is below the other {2} of its level: a row is probably missing",
    ),
    explanation: Text::new(
        "按支出功能分类列到款、项的表，每个有金额的类、款之下都应有下一级科目（经济分类只看类、款）；同表多数科目如此而个别没有的，是缺行。字典中没有下级的科目（如预备费）、没有编码的行、有未读出内容的表不判断。",
        "In a table that lists functions down to groups or items, every class with money has parts (of economic classes only the \
         groups of a class are looked at). Where most have and few have not, a row is missing. Classes without parts in the \
         dictionary, rows without codes and tables in which something was not read are left out.",
    ),
    example: Text::new("20701 文化和旅游 120.00 之下没有 2070101 等", "20701 with 120.00 and no item below it"),
    example_arguments: &[Text::same("一般公共预算支出情况表"), Text::same("20701文化和旅游"), Text::same("3")],
};

static UPPER: Description = Description {
    id: "upper-level-not-listed",
    severity: Severity::Warning,
    title: Text::new("科目之上缺上一级科目", "a class stands without the one above it"),
    message: Text::new(
        "{0}：科目 {1} 的上一级科目没有列出，同表其他 {2} 个同级科目都列了，疑缺一行或编码有误",
        "{0}: the class above {1} is not listed, as it is for the other {2} of its level: a row is missing, or the code is wrong",
    ),
    explanation: Text::new(
        "列有类、款的表，每个款、项之上都应有它的类、款；同表多数科目如此而个别没有的，是缺行，或这一行的编码印错。没有编码的行、有未读出内容的表不判断。",
        "In a table that lists the levels above, every group and item has them. Where most have and few have not, a row is missing or \
         the code of this one is wrong. Rows without codes and tables in which something was not read are left out.",
    ),
    example: Text::new("2070104 图书馆 12.00 之上没有 20701", "2070104 without 20701"),
    example_arguments: &[Text::same("一般公共预算支出情况表"), Text::same("2070104图书馆"), Text::same("3")],
};

impl Rule for LowerLevel {
    fn describe(&self) -> &'static Description {
        &LOWER
    }

    fn apply(&self, book: &Book<'_>, sink: &mut Sink) {
        apply(book, sink, |codes, code| {
            // 227 预备费 has no groups.
            Dictionary::official().is_divided(code).then(|| (code, codes.range(below(code)).next().is_some()))
        });
    }
}

impl Rule for UpperLevel {
    fn describe(&self) -> &'static Description {
        &UPPER
    }

    fn apply(&self, book: &Book<'_>, sink: &mut Sink) {
        apply(book, sink, |codes, code| {
            let above = code.parent()?;
            Some((above, codes.contains(&above)))
        });
    }
}

/// The codes right below a code.
fn below(code: Code) -> RangeInclusive<Code> {
    let number = |number: u32| Code::from_number(number).unwrap_or(code);
    number(code.number() * 100)..=number(code.number() * 100 + 99)
}

/// Looks at every code with money of every table that can be looked at. `has` says which code is wanted for it and whether it is
/// there among the codes of a unit; `None` if none is to be expected.
fn apply(book: &Book<'_>, sink: &mut Sink, has: impl Fn(&BTreeSet<Code>, Code) -> Option<(Code, bool)>) {
    let tables: Vec<(&Table, Vec<Block>)> = book
        .tables()
        .filter(|(index, table)| {
            book.unread_in_table(*index).is_none() && table.doubts.is_empty() && names_codes(table)
        })
        .filter_map(|(_, table)| Some((table, blocks(table)?)))
        .collect();
    for (at, (table, blocks)) in tables.iter().enumerate() {
        for level in [CodeLevel::Class, CodeLevel::Group, CodeLevel::Item] {
            // Items of economic classes are a matter of a region, and only some groups have them.
            if table.classification != Classification::Function && level == CodeLevel::Item {
                continue;
            }
            let (mut with, mut without) = (0_usize, Vec::new());
            for block in blocks {
                let mut wanted = BTreeSet::new();
                for (code, row) in block.rows.iter().filter(|(code, _)| code.level() == level) {
                    match has(&block.codes, *code) {
                        Some((other, is_there)) if wanted.insert(other) => match is_there {
                            true => with += 1,
                            false => without.push((*code, *row)),
                        },
                        _ => {}
                    }
                }
            }
            // What most have not is not listed in this form; of few codes another table has to say so as well.
            let is_listed = |code: Code| {
                let others = tables.iter().enumerate().filter(|(other, _)| *other != at);
                let alike = others.filter(|(_, (other, _))| other.classification == table.classification);
                let mut blocks = alike.flat_map(|(_, (_, blocks))| blocks);
                blocks.any(|block| block.codes.contains(&code) && has(&block.codes, code).is_some_and(|(_, is)| is))
            };
            if 2 * without.len() > with {
                without.retain(|(code, _)| with > 0 && is_listed(*code));
            }
            if without.len() > with {
                continue;
            }
            (0..with).for_each(|_| sink.pass());
            for row in without.into_iter().filter_map(|(_, row)| table.rows.get(row)) {
                let arguments = [&*table.title.text, &row_name(row), &with.to_string()];
                sink.report_as(Defect::RowMissing, &arguments, &[row.label.place]);
            }
        }
    }
    if sink.passed == 0 && sink.remarks.is_empty() {
        sink.not_applicable(Text::new("没有按级次列科目的表", "no table lists the levels of a classification"));
    }
}

/// The codes of one unit of a table, and the rows with money of them.
#[derive(Default)]
struct Block {
    codes: BTreeSet<Code>,
    rows: Vec<(Code, usize)>,
}

/// What each unit of a table lists; `None` if a row has money and no code.
fn blocks(table: &Table) -> Option<Vec<Block>> {
    let mut blocks = vec![Block::default()];
    for (index, row) in table.rows.iter().enumerate() {
        match (row.code, row.role) {
            (_, Role::Unit) => blocks.push(Block::default()),
            (Some(code), _) if row.project.is_none() => {
                let block = blocks.last_mut()?;
                block.codes.insert(code);
                block.rows.extend(has_money(row).then_some((code, index)));
            }
            (_, Role::Total) => {}
            _ if has_money(row) || row.project.is_some() => return None,
            _ => {}
        }
    }
    Some(blocks)
}

fn has_money(row: &Row) -> bool {
    row.cells.iter().any(|cell| !cell.amount.value.is_zero())
}
