//! Files made to keep a reader busy or to fill its memory: an error with a type, or a document that names its gaps.
//!
//! Tests run in threads with 2 MiB of stack, so nesting that would take more ends them.

#![allow(clippy::unwrap_used, clippy::float_arithmetic, reason = "a test that cannot go on fails")]

mod common;

use budget_document::{Limits, ReadErrorKind, Reader};
use budget_parse_pdf::PdfReader;
use common::seen::Seen;
use common::{File, Sheet};
use miniz_oxide::deflate::compress_to_vec_zlib;

fn read(content: &[u8]) -> Result<Seen, ReadErrorKind> {
    let document = PdfReader.read(content, &Limits::default());
    document.map(|document| Seen::of_document(&document)).map_err(|error| error.kind().clone())
}

/// A file of two pages: one drawn by this program, and one with text.
fn drawn_by(program: impl AsRef<[u8]>) -> Vec<u8> {
    let mut file = File::new();
    let content = file.deflated("", program.as_ref());
    file.page_of(&Sheet::new(), &format!("{content} 0 R"));
    file.page(Sheet::new().text(50.0, 800.0, "部门预算 17.00"));
    file.bytes()
}

/// The first page is named as too large, the other one is read.
fn is_a_gap(content: &[u8]) {
    let seen = read(content).unwrap();
    assert_eq!(
        (seen.unread.as_slice(), seen.lines.as_slice()),
        (&["1: too-large".to_owned()][..], &["部门预算 17.00".to_owned()][..])
    );
    assert!(seen.says("page-unread: 1"));
}

fn is_refused(content: &[u8]) {
    let kind = read(content).unwrap_err();
    assert!(matches!(&kind, ReadErrorKind::TooLarge(limit) if limit.contains("after decompression")), "{kind:?}");
}

/// A gigabyte of zeros.
fn bomb() -> Vec<u8> {
    // A block of a match repeated, as an honest packer would write it.
    let part = compress_to_vec_zlib(&vec![0; 1 << 20], 1);
    let whole = compress_to_vec_zlib(&vec![0; 128 << 20], 1);
    assert!(part.len() < whole.len());
    whole
}

#[test]
fn a_stream_that_inflates_to_too_much_is_refused() {
    let bomb = bomb();
    let mut file = File::new();
    let content = file.stream("/Filter /FlateDecode", &bomb);
    file.page_of(&Sheet::new(), &format!("{content} 0 R"));
    is_refused(&file.bytes());
}

#[test]
fn a_stream_that_inflates_to_one_that_inflates_is_refused() {
    let twice = compress_to_vec_zlib(&bomb(), 9);
    let mut file = File::new();
    let content = file.stream("/Filter [/FlateDecode /FlateDecode]", &twice);
    file.page_of(&Sheet::new(), &format!("{content} 0 R"));
    is_refused(&file.bytes());
}

#[test]
fn an_image_that_inflates_to_too_much_is_not_looked_into() {
    let bomb = bomb();
    let mut file = File::new();
    let image = file.stream("/Type /XObject /Subtype /Image /Width 8000 /Height 8000 /BitsPerComponent 8 /ColorSpace /DeviceRGB /Filter /FlateDecode", &bomb);
    let mut sheet = Sheet { resources: format!("/XObject << /Im1 {image} 0 R >>"), ..Sheet::default() };
    sheet.text(50.0, 800.0, "部门预算 17.00").raw("q 300 0 0 30 40 790 cm /Im1 Do Q");
    file.page(&sheet);
    assert_eq!(read(&file.bytes()).unwrap().lines, ["部门预算 17.00"]);
}

#[test]
fn a_stream_said_to_be_an_image_draws_no_page_either() {
    let bomb = bomb();
    let mut file = File::new();
    let content = file.stream("/Subtype /Image /Filter /FlateDecode", &bomb);
    file.page_of(&Sheet::new(), &format!("{content} 0 R"));
    assert_eq!(read(&file.bytes()).unwrap_err(), ReadErrorKind::NoText(String::new()));
}

#[test]
fn an_image_within_a_page_that_inflates_to_too_much_is_not_looked_into() {
    let bomb = bomb();
    let mut sheet = Sheet::new();
    sheet
        .text(50.0, 800.0, "部门预算 17.00")
        .raw("q 300 0 0 30 40 790 cm BI /W 2000 /H 2000 /BPC 8 /CS /RGB /F /Fl ID ");
    sheet.raw(&bomb).raw("EI Q");
    let seen = read(&File::of(&[sheet])).unwrap();
    assert!(seen.lines == ["部门预算 17.00"] || seen.unread == ["1: too-large"], "{seen:#?}");
}

#[test]
fn the_same_long_content_named_many_times_is_a_gap() {
    let mut file = File::new();
    let content = file.deflated("", &vec![b' '; 4 << 20]);
    file.page_of(&Sheet::new(), &format!("[{}]", format!("{content} 0 R ").repeat(1000)));
    file.page(Sheet::new().text(50.0, 800.0, "部门预算 17.00"));
    is_a_gap(&file.bytes());
}

#[test]
fn the_same_long_content_of_many_pages_ends_in_gaps() {
    let mut file = File::new();
    let content = file.deflated("", &vec![b' '; 8 << 20]);
    file.page(Sheet::new().text(50.0, 800.0, "部门预算 17.00"));
    for _ in 0..300 {
        file.page_of(&Sheet::new(), &format!("{content} 0 R"));
    }
    let seen = read(&file.bytes()).unwrap();
    assert!(seen.unread.len() > 200 && seen.lines.len() == 1);
}

#[test]
fn a_table_of_objects_that_points_to_itself_is_followed_once() {
    let content = File::of(&[{
        let mut sheet = Sheet::new();
        sheet.text(50.0, 800.0, "部门预算 17.00");
        sheet
    }]);
    let at = memchr::memmem::rfind(&content, b"\nxref").unwrap() + 1;
    let looped = String::from_utf8_lossy(&content[at..]).replace("/Root", &format!("/Prev {at} /Root"));
    let content = [&content[..at], looped.as_bytes()].concat();
    assert_eq!(read(&content).unwrap().lines, ["部门预算 17.00"]);
}

#[test]
fn pages_that_hold_themselves_are_met_once() {
    let mut file = File::new();
    let page = file.page(Sheet::new().text(50.0, 800.0, "部门预算 17.00"));
    file.set(2, format!("<< /Type /Pages /Kids [2 0 R {page} 0 R 2 0 R {page} 0 R] /Count 4 >>"));
    let seen = read(&file.bytes()).unwrap();
    assert!((1..=2).contains(&seen.lines.len()), "{seen:#?}");
}

#[test]
fn pages_in_pages_a_hundred_thousand_deep_end() {
    let mut file = File::new();
    let page = file.page(Sheet::new().text(50.0, 800.0, "部门预算 17.00"));
    let mut kid = page;
    for _ in 0..100_000 {
        kid = file.add(format!("<< /Type /Pages /Kids [{kid} 0 R] /Count 1 >>"));
    }
    file.set(2, format!("<< /Type /Pages /Kids [{kid} 0 R] /Count 1 >>"));
    let _ = read(&file.bytes());
}

#[test]
fn a_hundred_thousand_pages_are_too_many() {
    let mut file = File::new();
    let content = file.stream("", b" ");
    for _ in 0..100_000 {
        file.page_of(&Sheet::new(), &format!("{content} 0 R"));
    }
    let kind = read(&file.bytes()).unwrap_err();
    assert!(matches!(&kind, ReadErrorKind::TooLarge(limit) if limit.contains("20000 pages")), "{kind:?}");
}

/// A file whose first page calls the first of some forms; each holds this program, in which `@` is the number of the next form.
fn forms(count: usize, program: &str) -> Vec<u8> {
    let mut file = File::new();
    let first = 9;
    for index in 0..count {
        let next = first + (index + 1) % count;
        file.stream(
            &format!("/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << /XObject << /N {next} 0 R /M {next} 0 R >> >>"),
            program.as_bytes(),
        );
    }
    let mut sheet = Sheet { resources: format!("/XObject << /N {first} 0 R >>"), ..Sheet::default() };
    sheet.raw("/N Do");
    file.page(&sheet);
    file.page(Sheet::new().text(50.0, 800.0, "部门预算 17.00"));
    file.bytes()
}

#[test]
fn a_form_that_calls_itself_ends() {
    let seen = read(&forms(1, "/N Do")).unwrap();
    assert_eq!(seen.lines, ["部门预算 17.00"]);
}

#[test]
fn forms_that_call_the_next_one_twice_or_often_are_a_gap() {
    is_a_gap(&forms(60, "/N Do /M Do"));
    is_a_gap(&forms(60, "/N Do /N Do"));
    // The library does not look up in a form what that form is.
    assert_eq!(read(&forms(1, &"/N Do ".repeat(1000))).unwrap().lines, ["部门预算 17.00"]);
    is_a_gap(&forms(4, &format!("{}{}", "/N Do ".repeat(100), " ".repeat(100_000))));
}

#[test]
fn nesting_without_end_ends() {
    for (open, close) in [("[", "]"), ("<< /A ", " >>"), ("q ", "Q "), ("/A BMC ", "EMC "), ("BT ", "ET ")] {
        let nested = format!("{} {}", open.repeat(200_000), close.repeat(200_000));
        let seen = read(&drawn_by(&nested)).unwrap();
        assert_eq!(seen.lines, ["部门预算 17.00"], "{open}");
    }
    for (open, close) in [("[", "]"), ("<< /A ", " >>")] {
        let nested = format!("{} {}", open.repeat(200_000), close.repeat(200_000));
        let mut file = File::new();
        file.trailer = format!("/Deep {nested}");
        let mut sheet = Sheet { entries: format!("/Deep {nested}"), ..Sheet::default() };
        sheet.text(50.0, 800.0, "部门预算 17.00");
        file.page(&sheet);
        let kind = read(&file.bytes()).unwrap_err();
        assert!(matches!(&kind, ReadErrorKind::TooLarge(limit) if limit.contains("200 deep")), "{kind:?}");
    }
}

#[test]
fn millions_of_rules_are_a_gap() {
    let same = read(&drawn_by("0 0 m 9 9 l S\n".repeat(590_000))).unwrap();
    assert!(same.lines.contains(&"部门预算 17.00".to_owned()));
    is_a_gap(&drawn_by("1 1 500 700 re S 2 2 9 9 re S\n".repeat(270_000)));
    // A path of many parts that is never drawn, and one that is.
    is_a_gap(&drawn_by("1 1 m 2 1 l\n".repeat(690_000)));
    is_refused(&drawn_by("0 0 m 9 9 l S\n".repeat(10_000_000)));
}

#[test]
fn grids_without_end_are_a_gap_or_no_table() {
    for count in [500, 9_000, 18_000] {
        let mut crossed = String::new();
        for line in 0..count {
            let at = f64::from(line) * 2.0;
            crossed += &format!("0 {at} m 36000 {at} l S {at} 0 m {at} 36000 l S\n");
        }
        let mut file = File::new();
        let content = file.deflated("", crossed.as_bytes());
        file.page_of(
            &Sheet { entries: "/MediaBox [0 0 36000 36000]".to_owned(), ..Sheet::default() },
            &format!("{content} 0 R"),
        );
        file.page(Sheet::new().text(50.0, 800.0, "部门预算 17.00"));
        let seen = read(&file.bytes()).unwrap();
        assert_eq!(seen.lines, ["部门预算 17.00"]);
        assert_eq!(seen.unread.len(), usize::from(count > 9_000), "{count}");
    }
    let mut small = String::new();
    for box_ in 0..60_000 {
        let (x, y) = (f64::from(box_ % 250) * 2.3, f64::from(box_ / 250) * 3.4);
        small += &format!("{x} {y} m {} {y} l S {x} {y} m {x} {} l S\n", x + 3.1, y + 3.1);
    }
    let seen = read(&drawn_by(&small)).unwrap();
    assert!(seen.lines.contains(&"部门预算 17.00".to_owned()));
}

#[test]
fn boxes_over_text_are_compared_within_limits() {
    let text = "BT /F1 4 Tf 1 0 0 1 10 10 Tm (1234567890) Tj ET\n".repeat(2_000);
    let boxes = "1 g 0 0 595 842 re f\n".repeat(20_000);
    let seen = read(&drawn_by(format!("{text}{boxes}"))).unwrap();
    assert!(seen.lines.contains(&"部门预算 17.00".to_owned()));
    // White letters over a hundred thousand boxes, and rules under them.
    let boxes = "0 g 1 1 2 2 re f\n".repeat(100_000);
    is_a_gap(&drawn_by(format!("{boxes} 1 g {}", "BT /F1 4 Tf 1 0 0 1 10 10 Tm (1234567890) Tj ET\n".repeat(20_000))));
    is_a_gap(&drawn_by(format!("{} {boxes}", "9 9 m 300 9 l S\n".repeat(60_000))));
}

#[test]
fn strings_and_states_without_end_are_a_gap() {
    is_a_gap(&drawn_by(format!("BT /F1 9 Tf ({}) Tj ET", "1".repeat(2_000_000))));
    is_a_gap(&drawn_by(format!("BT /F1 9 Tf [{}] TJ ET", "(1) ".repeat(1_000_000))));
    is_a_gap(&drawn_by(format!("7 Tr BT /F1 9 Tf {} ET", "(1234567) Tj ".repeat(100_000))));
    is_a_gap(&drawn_by("q ".repeat(4_000_000)));
    is_a_gap(&drawn_by("BI ID EI EI x ".repeat(500_000)));
}

#[test]
fn text_without_end_is_a_gap() {
    is_a_gap(&drawn_by("BT /F1 9 Tf (12345678901234567890123456789012345678901234567890) Tj ET\n".repeat(100_000)));
}

#[test]
fn coordinates_beyond_all_measure_do_no_harm() {
    let mut program = String::new();
    for number in [
        "1e308",
        "99999999999999999999999999999999999999999",
        "-340282346638528859811704183484516925440",
        "0.0000000000000000000000001",
        "--5",
        "1.2.3",
        "nan",
        "inf",
    ] {
        program += &format!(
            "q {number} 0 0 {number} {number} {number} cm 0 0 m {number} {number} l S {number} 0 {number} 9 re f "
        );
        program += &format!(
            "BT /F1 {number} Tf {number} Tc {number} Tw {number} Tz {number} TL {number} Ts 1 0 0 1 {number} {number} Tm (17.00) Tj [(1) {number} (2)] TJ ET Q\n"
        );
        program += &format!("q 0 0 {number} {number} re W n BT /F1 9 Tf 1 0 0 1 50 50 Tm (3) Tj ET Q\n");
    }
    assert!(read(&drawn_by(&program)).unwrap().lines.contains(&"部门预算 17.00".to_owned()));
    for size in
        ["[0 0 0 0]", "[0 0 1e30 1e30]", "[5 5 -5 -5]", "[0 0 99999999 99999999]", "[nan 0 1 1]", "[0 0 0.001 5]"]
    {
        let mut sheet =
            Sheet { entries: format!("/MediaBox {size} /CropBox {size} /Rotate 99999999999"), ..Sheet::default() };
        sheet.text(1.0, 1.0, "17.00").grid(&[0.0, 9.0, 20.0], &[20.0, 9.0, 0.0]);
        let _ = read(&File::of(&[sheet]));
    }
}

#[test]
fn maps_of_characters_without_end_are_bounded_by_their_length() {
    let many: String =
        (0..300_000_u32).map(|code| format!("<{:04X}> <{:04X}>\n", code % 65_536, (code * 7) % 65_536)).collect();
    let maps = [
        format!("1 begincodespacerange <0000> <FFFF> endcodespacerange 300000 beginbfchar {many} endbfchar"),
        "1 begincodespacerange <00000000> <FFFFFFFF> endcodespacerange 1 beginbfrange <00000000> <FFFFFFFF> <0000> endbfrange 1 begincidrange <00000000> <FFFFFFFF> 0 endcidrange".to_owned(),
        "9999999999 begincodespacerange <00> ".repeat(100_000),
    ];
    for map in maps {
        let mut file = File::new();
        let map = file.deflated("/Type /CMap /CMapName /Own", format!("/CIDInit begincmap {map} endcmap").as_bytes());
        let font = file.add(format!("<< /Type /Font /Subtype /Type0 /BaseFont /SimSun /Encoding {map} 0 R /DescendantFonts [7 0 R] /ToUnicode {map} 0 R >>"));
        let mut sheet = Sheet { fonts: format!("/X {font} 0 R"), ..Sheet::default() };
        sheet.raw("BT /X 12 Tf 50 700 Td <0001000200030004> Tj ET").text(50.0, 800.0, "部门预算 17.00");
        file.page(&sheet);
        assert!(read(&file.bytes()).unwrap().lines.contains(&"部门预算 17.00".to_owned()));
    }
}

#[test]
fn rows_of_a_stream_that_are_said_to_be_longer_than_memory_are_not_believed() {
    for parameters in [
        "/Predictor 12 /Columns 999999999999 /Colors 5 /BitsPerComponent 4",
        "/Predictor 2 /Columns 999999999999 /BitsPerComponent 16",
        "/Predictor 15 /Columns 9223372036854775807 /Colors 255 /BitsPerComponent 255",
    ] {
        let mut file = File::new();
        let content = file.deflated(&format!("/DecodeParms << {parameters} >>"), b"BT ET");
        file.page_of(&Sheet::new(), &format!("{content} 0 R"));
        file.page(Sheet::new().text(50.0, 800.0, "部门预算 17.00"));
        assert!(read(&file.bytes()).unwrap().lines.contains(&"部门预算 17.00".to_owned()));
    }
}

#[test]
fn figures_without_end_and_without_rules_are_read_within_limits() {
    // Many figures in many lines: those of a table, those that stand below nothing of each other, and a line of them all.
    let page = |place: &dyn Fn(usize, usize) -> (f64, f64), rows: usize, columns: usize| {
        let mut program = String::from("BT /F1 3 Tf\n");
        for (row, column) in (0..rows).flat_map(|row| (0..columns).map(move |column| (row, column))) {
            let (x, y) = place(row, column);
            program += &format!("1 0 0 1 {x} {y} Tm (1.{column}) Tj\n");
        }
        let mut file = File::new();
        let content = file.deflated("", format!("{program} ET").as_bytes());
        let entries = "/MediaBox [0 0 14000 14000]".to_owned();
        file.page_of(&Sheet { entries, ..Sheet::default() }, &format!("{content} 0 R"));
        file.page(Sheet::new().text(50.0, 800.0, "部门预算 17.00"));
        file.bytes()
    };
    let at = |row: usize, column: usize| (column as f64 * 20.0, 13_000.0 - row as f64 * 6.0);
    let slanted = |row: usize, column: usize| (column as f64 * 20.0 + row as f64 * 1.7 % 13.0, at(row, column).1);
    for (place, rows, columns) in [
        (&at as &dyn Fn(usize, usize) -> (f64, f64), 2_000, 50),
        (&at, 300, 600),
        (&slanted, 300, 300),
        (&slanted, 2_000, 3),
        (&|_, column| (column as f64 * 0.7, 9_000.0), 1, 20_000),
        (&|row, column| (column as f64 * 15.0 + row as f64, 13_000.0 - row as f64 * 1.5), 8, 900),
    ] {
        let seen = read(&page(place, rows, columns)).unwrap();
        assert_eq!(seen.lines.last().map(String::as_str), Some("部门预算 17.00"), "{rows} {columns}");
        assert!(seen.unread.is_empty(), "{rows} {columns}: {:?}", seen.unread);
    }
}

#[test]
fn content_packed_by_older_methods_or_as_letters_is_read_and_its_bombs_are_refused() {
    let text: String = (0..6_000_u32)
        .map(|row| {
            format!("BT /F1 2 Tf 1 0 0 1 {} {} Tm ({}.50) Tj ET\n", row % 97 * 6, row / 97 * 13, row * row % 90_001)
        })
        .collect();
    let hexadecimal = |data: &[u8]| data.iter().map(|byte| format!("{byte:02X}")).collect::<String>() + ">";
    let letters = hexadecimal(&compress_to_vec_zlib(text.as_bytes(), 9));
    // Codes of 9 bits, cleared before they grow.
    let mut bits: Vec<bool> = Vec::new();
    for part in text.as_bytes().chunks(200) {
        let codes = std::iter::once(256).chain(part.iter().map(|byte| u32::from(*byte)));
        codes.for_each(|code| bits.extend((0..9).rev().map(|bit| code >> bit & 1 == 1)));
    }
    let codes: Vec<u8> = bits.chunks(8).map(|byte| byte.iter().fold(0, |sum, bit| sum << 1 | u8::from(*bit))).collect();
    for (entries, data) in
        [("/Filter [/ASCIIHexDecode /FlateDecode]", letters.as_bytes()), ("/Filter /LZWDecode", codes.as_slice())]
    {
        assert!(data.len() > 60_000, "{entries}");
        let mut file = File::new();
        let content = file.stream(entries, data);
        file.page_of(&Sheet::new(), &format!("{content} 0 R"));
        let seen = read(&file.bytes()).unwrap();
        assert!(seen.unread.is_empty() && seen.lines.len() > 60, "{entries}: {:?}", seen.unread);
    }
    // A bomb as letters.
    let mut file = File::new();
    let content = file.stream("/Filter [/ASCIIHexDecode /FlateDecode]", hexadecimal(&bomb()).as_bytes());
    file.page_of(&Sheet::new(), &format!("{content} 0 R"));
    is_refused(&file.bytes());
}
