//! Which characters a glyph stands for, whatever the font says.

#![allow(clippy::unwrap_used, clippy::float_arithmetic, reason = "a test that cannot go on fails")]

mod common;

use common::seen::Seen;
use common::{File, Sheet, hexadecimal, shown};

/// A page with this text in a font of one's own, and what is read of it.
fn read(font: impl Fn(&mut File) -> usize, text: &str) -> Seen {
    let mut file = File::new();
    let font = font(&mut file);
    let mut sheet = Sheet { fonts: format!("/X {font} 0 R"), ..Sheet::default() };
    sheet.raw(format!("BT /X 12 Tf 50 800 Td {text} Tj ET"));
    file.page(&sheet);
    Seen::of(&file.bytes())
}

/// A font of Chinese characters that is not in the file, with codes of a national set.
fn national(file: &mut File, encoding: &str) -> usize {
    let font = file.add("<< /Type /Font /Subtype /CIDFontType2 /BaseFont /SimSun /DW 1000 /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> >>");
    file.add(format!(
        "<< /Type /Font /Subtype /Type0 /BaseFont /SimSun /Encoding /{encoding} /DescendantFonts [{font} 0 R] >>"
    ))
}

#[test]
fn a_font_outside_of_the_file_with_unicode_codes_is_read() {
    let text: Vec<char> = "收入合计１７．００17.00".chars().collect();
    let seen = read(|file| national(file, "UniGB-UCS2-H"), &format!("<{}>", hexadecimal(&text)));
    assert_eq!(seen.lines, ["收入合计１７．００17.00"]);
}

#[test]
fn a_font_outside_of_the_file_with_national_codes_is_read() {
    // 收入 in the national code, then digits of one byte.
    let seen = read(|file| national(file, "GBK-EUC-H"), "<CAD5C8EB 31372E3030>");
    assert_eq!(seen.lines, ["收入17.00"]);
    assert!(!seen.says("characters-unknown"), "{seen:#?}");
}

#[test]
fn a_font_with_the_codes_of_windows_is_read_without_a_map() {
    let font =
        |file: &mut File| file.add("<< /Type /Font /Subtype /TrueType /BaseFont /Arial /Encoding /WinAnsiEncoding >>");
    assert_eq!(read(font, "(1,234.50 \\(a\\))").lines, ["1,234.50 (a)"]);
}

#[test]
fn digits_and_their_commas_may_be_of_different_fonts() {
    // Each sits on the same height, in boxes of other heights, and the gaps between them are not those of one font.
    let mut sheet = Sheet::new();
    sheet.text(50.0, 800.0, "合计");
    let parts = [("F1", 12.0, "1"), ("F2", 9.0, ","), ("F1", 12.0, "234"), ("F3", 8.0, "."), ("F1", 12.0, "50")];
    sheet.raw("BT 1 0 0 1 100 800 Tm");
    for (font, size, text) in parts {
        sheet.raw(shown(text, size, font));
    }
    sheet.raw("ET");
    let words = Seen::of(&File::of(&[sheet])).lines;
    assert!(words[0].starts_with("合计 ") && words[0].ends_with(" 1,234.50"), "{words:?}");
}

#[test]
fn digits_and_their_commas_may_stand_a_little_higher_or_lower() {
    let mut sheet = Sheet::new();
    for (x, y, text) in
        [(50.0, 800.0, "1"), (55.56, 798.8, ","), (58.34, 800.0, "234"), (75.02, 801.0, "."), (77.8, 800.0, "50")]
    {
        sheet.text(x, y, text);
    }
    assert_eq!(Seen::of(&File::of(&[sheet])).lines, ["1,234.50"]);
}

#[test]
fn digits_of_one_number_that_are_drawn_one_by_one_are_one_number() {
    let mut sheet = Sheet::new();
    for (index, digit) in "1234".chars().enumerate() {
        sheet.text(50.0 + 5.56 * index as f32, 800.0, &digit.to_string());
    }
    sheet.raw("BT /F1 10 Tf 1 0 0 1 50 780 Tm [(12) -100 (34) -2000 (56)] TJ ET");
    let lines = Seen::of(&File::of(&[sheet])).lines;
    assert_eq!(lines[0], "1234");
    assert!(lines[1].starts_with("1234 ") && lines[1].ends_with(" 56"), "{lines:?}");
}

#[test]
fn letters_drawn_by_programs_are_read() {
    let font = |file: &mut File| {
        let letter = file.stream("", b"1000 0 0 0 750 750 d1 0 0 750 750 re f");
        let map = file.stream("", b"/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <00> <FF> endcodespacerange 2 beginbfchar <61> <6536> <62> <0037> endbfchar endcmap end");
        file.add(format!("<< /Type /Font /Subtype /Type3 /FontBBox [0 0 750 750] /FontMatrix [0.001 0 0 0.001 0 0] /CharProcs << /a {letter} 0 R /b {letter} 0 R >> /Encoding << /Type /Encoding /Differences [97 /a /b] >> /FirstChar 97 /LastChar 98 /Widths [1000 1000] /ToUnicode {map} 0 R >>"))
    };
    assert_eq!(read(font, "(ab)").lines, ["收7"]);
}

#[test]
fn a_glyph_without_a_character_is_marked_and_said() {
    let seen = read(|file| national_identity(file, None), "<00010002>");
    assert_eq!(seen.lines, ["\u{FFFD}\u{FFFD}"]);
    assert!(seen.says("characters-unknown: 1 | 2"), "{seen:#?}");
}

/// A font with codes of its own, without a map; its program is in the file or not.
fn national_identity(file: &mut File, program: Option<&[u8]>) -> usize {
    let program = program.map(|program| file.deflated(&format!("/Length1 {}", program.len()), program));
    let program = program.map_or(String::new(), |program| format!("/FontFile2 {program} 0 R"));
    let descriptor = file.add(format!("<< /Type /FontDescriptor /FontName /AAAAAA+Own /Flags 4 /FontBBox [0 0 1000 1000] /ItalicAngle 0 /Ascent 800 /Descent -200 /CapHeight 700 /StemV 80 {program} >>"));
    let font = file.add(format!("<< /Type /Font /Subtype /CIDFontType2 /BaseFont /AAAAAA+Own /DW 1000 /CIDToGIDMap /Identity /FontDescriptor {descriptor} 0 R /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>"));
    file.add(format!(
        "<< /Type /Font /Subtype /Type0 /BaseFont /AAAAAA+Own /Encoding /Identity-H /DescendantFonts [{font} 0 R] >>"
    ))
}

#[test]
fn a_subset_font_without_a_map_says_by_its_own_table_what_its_glyphs_are() {
    let program = program(&['支', '出', '7']);
    let seen = read(|file| national_identity(file, Some(&program)), "<000100020003>");
    assert_eq!(seen.lines, ["支出7"]);
    assert!(!seen.says("characters-unknown"), "{seen:#?}");
}

/// A font program with an empty glyph for each of these characters, after one for all others.
fn program(characters: &[char]) -> Vec<u8> {
    let count = characters.len() as u16 + 1;
    let words = |words: &[u16]| words.iter().flat_map(|word| word.to_be_bytes()).collect::<Vec<u8>>();
    let head =
        words(&[1, 0, 1, 0, 0, 0, 0x5F0F, 0x3CF5, 0, 1000, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1000, 1000, 0, 8, 2, 0, 0]);
    let hhea = words(&[1, 0, 800, 65336, 0, 1000, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, count]);
    let maxp = words(&[[1, 0, count].as_slice(), &[0; 13]].concat());
    let hmtx = words(&vec![[1000_u16, 0]; usize::from(count)].concat());
    let loca = words(&vec![0; usize::from(count) + 1]);
    // Segments of one character each, in the order of characters.
    let mut pairs: Vec<(u16, u16)> =
        characters.iter().zip(1..).map(|(character, glyph)| (u32::from(*character) as u16, glyph)).collect();
    pairs.sort_unstable();
    pairs.push((0xFFFF, 0));
    let segments = pairs.len() as u16;
    let ends: Vec<u16> = pairs.iter().map(|pair| pair.0).collect();
    let shifts: Vec<u16> = pairs.iter().map(|(character, glyph)| glyph.wrapping_sub(*character)).collect();
    let length = 16 + 8 * segments;
    let cmap = [
        words(&[0, 1, 3, 1, 0, 12, 4, length, 0, segments * 2, 0, 0, 0]),
        words(&ends),
        words(&[0]),
        words(&ends),
        words(&shifts),
        words(&vec![0; pairs.len()]),
    ]
    .concat();
    let tables: [(&[u8; 4], Vec<u8>); 7] = [
        (b"cmap", cmap),
        (b"glyf", vec![0; 4]),
        (b"head", head),
        (b"hhea", hhea),
        (b"hmtx", hmtx),
        (b"loca", loca),
        (b"maxp", maxp),
    ];
    let mut font = words(&[0x0001, 0, tables.len() as u16, 64, 2, 48]);
    let mut offset = 12 + 16 * tables.len();
    let mut bodies = Vec::new();
    for (name, table) in &tables {
        font.extend(*name);
        for number in [0, offset as u32, table.len() as u32] {
            font.extend(number.to_be_bytes());
        }
        bodies.extend(table);
        bodies.resize(bodies.len().next_multiple_of(4), 0);
        offset = 12 + 16 * tables.len() + bodies.len();
    }
    font.extend(bodies);
    font
}
