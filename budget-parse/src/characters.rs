//! One character for what is printed as one: the step before anything is recognised.
//!
//! Fonts of PDFs map a glyph to a radical (`⼈` U+2F08) instead of the ideograph `人`, forms are filled in with full-width digits,
//! and cells carry marks that nobody sees. After this step a text has ideographs, plain digits and letters, and plain spaces.
//! Chinese punctuation stays as printed. A text keeps its number of characters, so that places stay those of the source.

use std::borrow::Cow;

use budget_document::{Block, CellValue, Document};
use unicode_normalization::UnicodeNormalization;

/// Radicals of U+2E80–2EF3 and the ideographs that they look like: compatibility normalisation leaves these alone.
const RADICALS: &str = "⺁厂 ⺅亻 ⺆冂 ⺈刀 ⺉刂 ⺊卜 ⺌小 ⺍小 ⺒巳 ⺓幺 ⺖忄 ⺘扌 ⺙攵 ⺛旡 ⺜日 ⺝月 ⺞歹 ⺟母 ⺠民 ⺡氵 \
     ⺢水 ⺣灬 ⺤爪 ⺥爪 ⺦丬 ⺧牛 ⺨犭 ⺩王 ⺪疋 ⺫目 ⺬示 ⺭礻 ⺮竹 ⺯糹 ⺰纟 ⺱网 ⺲罒 ⺳网 ⺴网 ⺵网 \
     ⺶羊 ⺷羊 ⺸羊 ⺹耂 ⺻聿 ⺼月 ⺽臼 ⺾艹 ⺿艹 ⻀艹 ⻁虎 ⻂衤 ⻃覀 ⻄西 ⻅见 ⻆角 ⻇角 ⻈讠 ⻉贝 ⻊足 \
     ⻋车 ⻌辶 ⻍辶 ⻎辶 ⻏阝 ⻐钅 ⻑長 ⻒镸 ⻓长 ⻔门 ⻕阜 ⻖阝 ⻗雨 ⻘青 ⻙韦 ⻚页 ⻛风 ⻜飞 ⻝食 ⻞食 \
     ⻟飠 ⻠饣 ⻡首 ⻢马 ⻣骨 ⻤鬼 ⻥鱼 ⻦鸟 ⻧卤 ⻨麦 ⻩黄 ⻪黾 ⻫斉 ⻬齐 ⻭歯 ⻮齿 ⻯竜 ⻰龙 ⻱龜 ⻲亀 \
     ⻳龟";

/// Radicals whose ideograph is another one in simplified writing than compatibility normalisation says: `住⼾` is 住户.
const SIMPLIFIED: &[(char, char)] = &[('\u{2f3e}', '户'), ('\u{2fad}', '青'), ('\u{2fc8}', '黄')];

/// Normalises all texts of a document, each only if something in it changes.
pub(crate) fn normalise<'r>(source: &'r Document<'_>) -> Cow<'r, [Block<'r>]> {
    if !source.blocks.iter().any(changes) {
        return Cow::Borrowed(&source.blocks);
    }
    Cow::Owned(source.blocks.iter().map(block).collect())
}

fn changes(block: &Block<'_>) -> bool {
    let text_changes = |value: &CellValue<'_>| matches!(value, CellValue::Text(text) if !is_plain(text));
    block.line().is_some_and(|line| !is_plain(&line.text))
        || block.grid().is_some_and(|grid| grid.cells().iter().any(|cell| text_changes(&cell.value)))
}

fn block<'r>(block: &'r Block<'_>) -> Block<'r> {
    let mut block: Block<'r> = block.clone();
    match &mut block {
        Block::Line(line) => rewrite(&mut line.text),
        Block::Grid(grid) => {
            for value in grid.values_mut() {
                if let CellValue::Text(text) = value {
                    rewrite(text);
                }
            }
        }
    }
    block
}

fn rewrite(text: &mut Cow<'_, str>) {
    if let Cow::Owned(normalised) = normalised(text) {
        *text = Cow::Owned(normalised);
    }
}

/// The text with one character for what is printed as one.
pub(crate) fn normalised(text: &str) -> Cow<'_, str> {
    if is_plain(text) {
        return Cow::Borrowed(text);
    }
    let mut output = String::with_capacity(text.len());
    // Characters of no width, which are left out; spaces for them follow where the word ends.
    let mut left_out = 0;
    let mut before = None;
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        let next = characters.peek().copied();
        let written = match plain(character) {
            // In front of a word, too: two blanks would look like the gap between two cells.
            None => {
                left_out += 1;
                continue;
            }
            // `2，032.21`; elsewhere this comma parts sentences.
            Some('，') if before.is_some_and(is_digit) && next.and_then(plain).is_some_and(is_digit) => ',',
            Some(plain) => plain,
        };
        if left_out > 0 && ends_word(written, next) {
            output.extend(std::iter::repeat_n(' ', std::mem::take(&mut left_out)));
        }
        output.push(written);
        before = Some(written);
    }
    output.extend(std::iter::repeat_n(' ', left_out));
    Cow::Owned(output)
}

fn is_digit(character: char) -> bool {
    character.is_ascii_digit()
}

/// Whether a word cannot go on with this character.
fn ends_word(character: char, next: Option<char>) -> bool {
    match character {
        '。' | '；' | '：' | '、' => true,
        '，' => !next.is_some_and(|next| plain(next).is_some_and(is_digit)),
        other => other.is_whitespace(),
    }
}

/// Whether nothing of a text changes: most texts have only such characters, so this looks at bytes.
fn is_plain(text: &str) -> bool {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        match byte {
            0..=0x7f => at += 1,
            // Common ideographs, and the punctuation between them.
            0xe3..=0xe9 => at += 3,
            _ => {
                let Some(character) = text.get(at..).and_then(|rest| rest.chars().next()) else { return true };
                let behind = at + character.len_utf8();
                let in_number = character == '，'
                    && at.checked_sub(1).and_then(|before| bytes.get(before)).is_some_and(u8::is_ascii_digit)
                    && bytes.get(behind).is_some_and(u8::is_ascii_digit);
                if in_number || plain(character) != Some(character) {
                    return false;
                }
                at = behind;
            }
        }
    }
    true
}

/// What a character is written as; `None` for one that is not seen.
fn plain(character: char) -> Option<char> {
    Some(match character {
        '\u{ad}'
        | '\u{180e}'
        | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{fe00}'..='\u{fe0f}'
        | '\u{feff}' => return None,
        '\u{a0}' | '\u{1680}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' => ' ',
        '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' | '．' => {
            char::from_u32(character as u32 - 0xfee0).unwrap_or(character)
        }
        '\u{2e80}'..='\u{2eff}' => radical(character),
        '\u{2f00}'..='\u{2fdf}' | '\u{f900}'..='\u{faff}' | '\u{2f800}'..='\u{2fa1f}' => ideograph(character),
        other => other,
    })
}

fn radical(character: char) -> char {
    let mut pairs = RADICALS.split(' ').map(|pair| (pair.chars().next(), pair.chars().nth(1)));
    pairs.find(|(radical, _)| *radical == Some(character)).and_then(|(_, ideograph)| ideograph).unwrap_or(character)
}

fn ideograph(character: char) -> char {
    if let Some((_, simplified)) = SIMPLIFIED.iter().find(|(radical, _)| *radical == character) {
        return *simplified;
    }
    // Every one of these characters has a single ideograph.
    std::iter::once(character).nfkc().next().unwrap_or(character)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn radicals_and_compatibility_forms_become_ideographs() {
        assert_eq!(normalised("部⻔⽀出总体情况表"), "部门支出总体情况表");
        assert_eq!(normalised("⻓江⼯程、⺠政、\u{f98e}度、住⼾"), "长江工程、民政、年度、住户");
    }

    #[test]
    fn every_radical_of_the_table_has_an_ideograph() {
        for pair in RADICALS.split(' ') {
            assert!(
                pair.chars().count() == 2 && normalised(pair).chars().all(|c| ('\u{4e00}'..='\u{9fff}').contains(&c)),
                "{pair}"
            );
        }
        for character in '\u{2f00}'..='\u{2fd5}' {
            assert!(('\u{4e00}'..='\u{9fff}').contains(&ideograph(character)), "{character}");
        }
    }

    #[test]
    fn full_width_digits_and_letters_become_plain_and_punctuation_stays() {
        assert_eq!(normalised("２０１３２９９ 行政，２，０３２．２１（Ａ）"), "2013299 行政，2,032.21（A）");
        assert_eq!(normalised("2，032.21 增加，减少；2，再"), "2,032.21 增加，减少；2，再");
    }

    #[test]
    fn what_is_not_seen_is_left_out_and_places_stay() {
        assert_eq!(normalised("\u{feff}408\u{200b}.04\u{ad} 3.00"), "408.04    3.00");
        assert_eq!(normalised("收入\u{a0}17.00"), "收入 17.00");
        assert!(matches!(normalised("编制部门：云溪县文化馆 2,032.21，其中"), Cow::Borrowed(_)));
    }

    proptest::proptest! {
        #[test]
        fn a_text_keeps_its_number_of_characters_and_needs_no_second_turn(text in "[\\PC\u{200b}\u{ad}\u{feff}０-９，．0-9 ⼈⻔]*") {
            let once = normalised(&text).into_owned();
            proptest::prop_assert_eq!(once.chars().count(), text.chars().count());
            let twice = normalised(&once).into_owned();
            proptest::prop_assert_eq!(twice, once);
        }
    }
}
