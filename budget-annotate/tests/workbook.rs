//! Comments and colours in workbooks of every kind.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod common;

use std::collections::BTreeMap;
use std::io::{Cursor, Read, Write};

use budget_annotate::{AnnotateErrorKind, AnnotateOptions, Annotated, annotate_workbook};
use budget_document::{Limits, Reader as _};
use budget_export::Annotation;
use budget_model::{Place, Severity};
use budget_parse_xlsx::WorkbookReader;
use common::finding;
use rust_xlsxwriter::{Color, Format, FormatBorder, Note, Workbook};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

const SHEETS: [&str; 3] = ["收支总表", "支出 & 项目", "隐藏"];

fn sheets() -> Vec<String> {
    SHEETS.map(str::to_owned).to_vec()
}

/// A workbook with figures in formats of their own, a comment in B2 of its second sheet, and a hidden sheet.
fn workbook() -> Vec<u8> {
    let mut workbook = Workbook::new();
    let money = Format::new().set_num_format("#,##0.00").set_bold().set_border(FormatBorder::Thin);
    for (index, name) in SHEETS.iter().enumerate() {
        let sheet = workbook.add_worksheet();
        sheet.set_name(*name).unwrap();
        sheet.write(0, 0, "支出总计").unwrap();
        sheet.write_with_format(1, 1, 1234.5, &money).unwrap();
        sheet.write_with_format(2, 1, 17, &money.clone().set_background_color(Color::Yellow)).unwrap();
        sheet.write(2, 2, 18).unwrap();
        sheet.set_landscape();
        if index == 1 {
            sheet.insert_note(1, 1, &Note::new("原有的批注").set_author("某人")).unwrap();
        }
        if index == 2 {
            sheet.set_hidden(true);
        }
    }
    workbook.save_to_buffer().unwrap()
}

fn cell(sheet: u16, row: u32, column: u32) -> Place {
    Place::Cell { sheet, row, column }
}

fn findings() -> Vec<Annotation> {
    vec![
        finding(Severity::Error, "支出总计应为 <18.00> & 不是 17.00", &[cell(0, 3, 2), cell(0, 3, 3), cell(1, 2, 2)]),
        finding(Severity::Warning, "与隐藏表不符", &[cell(2, 3, 2), cell(0, 3, 2)]),
        finding(Severity::Info, "没有这个表", &[cell(7, 1, 1)]),
    ]
}

fn annotate(content: &[u8], findings: &[Annotation]) -> Annotated {
    annotate_workbook(content, &sheets(), findings, AnnotateOptions::default()).unwrap()
}

/// The parts of an archive, as they are packed.
fn packed(content: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let mut archive = ZipArchive::new(Cursor::new(content)).unwrap();
    let mut parts = BTreeMap::new();
    for index in 0..archive.len() {
        let mut entry = archive.by_index_raw(index).unwrap();
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).unwrap();
        assert!(parts.insert(entry.name().unwrap().into_owned(), bytes).is_none());
    }
    parts
}

/// A part of an archive.
fn part(content: &[u8], name: &str) -> String {
    let mut archive = ZipArchive::new(Cursor::new(content)).unwrap();
    let mut text = String::new();
    archive.by_name(name).unwrap_or_else(|error| panic!("{name}: {error}")).read_to_string(&mut text).unwrap();
    text
}

/// The same archive with parts changed, and one added.
fn changed(content: &[u8], change: impl Fn(&str, String) -> String, more: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for name in packed(content).keys() {
        writer.start_file(name.as_str(), SimpleFileOptions::default()).unwrap();
        writer.write_all(change(name, part(content, name)).as_bytes()).unwrap();
    }
    for (name, text) in more {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// What is read of the cells, as their formats show it.
fn read(content: &[u8]) -> Vec<String> {
    let document = WorkbookReader.read(content, &Limits::default()).unwrap();
    let cells = document.grids().flat_map(|grid| grid.cells());
    cells.map(|cell| format!("{:?} {:?}", cell.place, cell.value)).collect()
}

/// The texts of the comments of all sheets.
fn comments(content: &[u8]) -> Vec<String> {
    let parts = packed(content).into_keys().filter(|name| name.starts_with("xl/comments"));
    let markup: Vec<String> = parts.map(|name| part(content, &name)).collect();
    let comments = markup.iter().flat_map(|markup| markup.split("<comment ").skip(1));
    // What stands behind each tag.
    let texts = comments.map(|comment| comment.split('<').filter_map(|piece| Some(piece.split_once('>')?.1)).collect());
    texts.map(|text: String| text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")).collect()
}

#[test]
fn all_that_need_not_change_is_copied_byte_for_byte() {
    let content = workbook();
    let annotated = annotate(&content, &findings());
    assert_eq!((annotated.marked, annotated.unmarked, annotated.omitted), (2, 1, 0));
    let (before, after) = (packed(&content), packed(&annotated.bytes));
    let is_changed = |name: &&String| before.get(*name) != after.get(*name);
    let changed: Vec<_> = after.keys().filter(is_changed).map(String::as_str).collect();
    assert_eq!(
        changed,
        [
            "[Content_Types].xml",
            "xl/comments1.xml",
            "xl/comments2.xml",
            "xl/comments3.xml",
            "xl/drawings/vmlDrawing2.vml",
            "xl/drawings/vmlDrawing3.vml",
            "xl/styles.xml",
            "xl/worksheets/_rels/sheet1.xml.rels",
            "xl/worksheets/_rels/sheet3.xml.rels",
            "xl/worksheets/sheet1.xml",
            "xl/worksheets/sheet2.xml",
            "xl/worksheets/sheet3.xml",
        ]
    );
    assert!(before.keys().all(|name| after.contains_key(name)));
    assert_eq!(annotated, annotate(&content, &findings()), "equal input makes equal bytes");
    assert_eq!(read(&annotated.bytes), read(&content), "figures are shown as before");
}

#[test]
fn a_cell_keeps_its_format_and_gets_a_colour() {
    let annotated = annotate(&workbook(), &findings());
    let styles = part(&annotated.bytes, "xl/styles.xml");
    let formats = styles.split("<cellXfs").nth(1).unwrap().split("</cellXfs>").next().unwrap();
    let formats: Vec<_> = formats.split("<xf ").skip(1).collect();
    let sheet = part(&annotated.bytes, "xl/worksheets/sheet1.xml");
    let style = |name: &str| {
        let cell =
            sheet.split("<c ").find(|cell| cell.contains(&format!("r=\"{name}\""))).unwrap().split('>').next().unwrap();
        cell.split("s=\"").nth(1).map_or(0, |style| style.split('"').next().unwrap().parse::<usize>().unwrap())
    };
    let attribute = |format: &str, name: &str| {
        format.split(&format!("{name}=\"")).nth(1).unwrap().split('"').next().unwrap().to_owned()
    };
    let (plain, error) = (formats[style("B2")], formats[style("B3")]);
    for name in ["numFmtId", "fontId", "borderId"] {
        assert_eq!(attribute(plain, name), attribute(error, name), "{name}");
    }
    let fills: Vec<_> = styles.split("<fills").nth(1).unwrap().split("<fill>").skip(1).collect();
    assert!(fills[attribute(error, "fillId").parse::<usize>().unwrap()].contains("FFFF9E96"));
    assert!(fills[attribute(formats[style("C3")], "fillId").parse::<usize>().unwrap()].contains("FFFFDBD6"));
    assert_eq!(attribute(error, "applyFill"), "1");
    assert!(styles.contains(&format!("<cellXfs count=\"{}\"", formats.len())));
}

#[test]
fn comments_say_what_is_wrong_and_those_that_are_there_are_kept() {
    let content = workbook();
    let notes = comments(&annotate(&content, &findings()).bytes);
    let of = |what: &str| notes.iter().filter(|note| note.contains(what)).count();
    assert_eq!(of("原有的批注"), 1, "{notes:#?}");
    assert_eq!(of("1. 错误：各部分之和不等于合计"), 1, "{notes:#?}");
    assert_eq!(of("支出总计应为 <18.00> & 不是 17.00"), 1, "{notes:#?}");
    assert_eq!(of("见问题 1（错误）"), 2, "{notes:#?}");
    assert!(notes.iter().any(|note| note.contains("原有的批注") && note.contains("见问题 1")), "{notes:#?}");
    assert!(notes.iter().any(|note| note.contains("1. 错误") && note.contains("见问题 2（警告）")), "{notes:#?}");
}

#[test]
fn a_workbook_is_annotated_on_top_of_comments() {
    let once = annotate(&workbook(), &findings()).bytes;
    let more = [finding(Severity::Info, "又一处", &[cell(0, 2, 2), cell(0, 3, 2)])];
    let twice = annotate(&once, &more).bytes;
    let (before, after) = (packed(&once), packed(&twice));
    assert_eq!(before.len(), after.len(), "no part is added");
    let markup = part(&twice, "xl/comments2.xml");
    assert_eq!(markup.matches("<comment ").count(), 3, "{markup}");
    let drawing = part(&twice, "xl/drawings/vmlDrawing2.vml");
    assert_eq!((drawing.matches("<v:shape ").count(), drawing.matches("<v:shapetype").count()), (3, 1), "{drawing}");
    assert!(drawing.contains("_x0000_s1027"), "{drawing}");
    assert_eq!(part(&twice, "xl/worksheets/sheet1.xml").matches("legacyDrawing").count(), 1);
    assert!(comments(&twice).iter().any(|note| note.contains("1. 错误") && note.contains("见问题 1（提示）")));
}

#[test]
fn names_with_prefixes_and_the_strict_form_are_followed() {
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let strict = |text: String| {
        let text = text.replace(
            "http://schemas.openxmlformats.org/officeDocument/2006/",
            "http://purl.oclc.org/ooxml/officeDocument/",
        );
        text.replace(main, "http://purl.oclc.org/ooxml/spreadsheetml/main")
    };
    let prefixed = |name: &str, text: String| {
        if !name.starts_with("xl/worksheets/sheet") && name != "xl/styles.xml" {
            return text;
        }
        let text = text.replace("</", "\u{1}").replace("<?", "\u{2}").replace('<', "<x:");
        text.replace('\u{1}', "</x:").replace('\u{2}', "<?").replace("xmlns=", "xmlns:x=")
    };
    let content = changed(&workbook(), |name, text| strict(prefixed(name, text)), &[]);
    let annotated = annotate(&content, &findings()).bytes;
    assert_eq!(read(&annotated), read(&content));
    assert!(part(&annotated, "xl/styles.xml").contains("</x:fill></x:fills>"));
    let sheet = part(&annotated, "xl/worksheets/sheet1.xml");
    assert!(sheet.contains("<x:legacyDrawing xmlns:r=\"http://purl.oclc.org/ooxml/officeDocument/relationships\" r:id=\"budgetDrawing\"/>"), "{sheet}");
    assert!(
        sheet.contains("/><x:legacyDrawing")
            && part(&annotated, "xl/comments2.xml").contains("http://purl.oclc.org/ooxml/spreadsheetml/main")
    );
    let relations = part(&annotated, "xl/worksheets/_rels/sheet1.xml.rels");
    assert_eq!(relations.matches("http://purl.oclc.org/ooxml/officeDocument/relationships/").count(), 2, "{relations}");
}

#[test]
fn the_drawing_stands_where_the_form_wants_it_and_cells_need_not_say_where_they_are() {
    let content = changed(
        &workbook(),
        |name, text| match name {
            "xl/worksheets/sheet1.xml" => text
                .replace("</worksheet>", "<tableParts count=\"0\"/><extLst/></worksheet>")
                .replace(" r=\"3\"", "")
                .replace(" r=\"B3\"", " r='B3'")
                .replace("<c r=\"C3\"><v>18</v></c>", "<c/>"),
            _ => text,
        },
        &[],
    );
    let sheet = part(&annotate(&content, &findings()).bytes, "xl/worksheets/sheet1.xml");
    assert!(sheet.contains("r:id=\"budgetDrawing\"/><tableParts"), "{sheet}");
    assert_eq!(sheet.matches(" s=\"").count(), 3, "{sheet}");
    let tag = sheet.split("<c s=").nth(1).unwrap();
    assert!(tag.split('>').next().unwrap().ends_with('/'), "{sheet}");
}

#[test]
fn macros_and_unknown_parts_are_kept_and_signatures_are_said() {
    let content =
        changed(&workbook(), |_, text| text, &[("xl/vbaProject.bin", "macros"), ("_xmlsignatures/sig1.xml", "<a/>")]);
    let annotated = annotate(&content, &findings());
    assert!(annotated.is_signed && !annotate(&workbook(), &[]).is_signed);
    assert_eq!(packed(&annotated.bytes).get("xl/vbaProject.bin"), packed(&content).get("xl/vbaProject.bin"));
}

#[test]
fn without_findings_a_workbook_stays_as_it_is() {
    let content = workbook();
    assert_eq!(packed(&annotate(&content, &[]).bytes), packed(&content));
}

#[test]
fn a_workbook_without_styles_gets_comments_alone() {
    let content =
        changed(&workbook(), |name, text| if name == "xl/styles.xml" { "<styleSheet/>".to_owned() } else { text }, &[]);
    let annotated = annotate(&content, &findings());
    assert_eq!((annotated.marked, part(&annotated.bytes, "xl/styles.xml").as_str()), (2, "<styleSheet/>"));
}

#[test]
fn other_formats_say_what_to_do() {
    let refused = |content: &[u8]| annotate_workbook(content, &[], &[], AnnotateOptions::default()).unwrap_err();
    let compound = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".as_slice();
    let wide: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(refused(&[compound, &wide].concat()).kind(), AnnotateErrorKind::Encrypted);
    for content in
        [compound, b"PK\x03\x04 xl/workbook.bin", b"PK\x03\x04 application/vnd.oasis.opendocument.spreadsheet"]
    {
        let error = refused(content);
        assert_eq!(error.kind(), AnnotateErrorKind::OtherFormat);
        assert!(error.to_string().contains("save it as .xlsx"), "{error}");
    }
    assert_eq!(refused(b"%PDF-1.7").kind(), AnnotateErrorKind::OtherFormat);
    assert_eq!(refused(b"PK\x03\x04").kind(), AnnotateErrorKind::Damaged);
}

mod hostile {
    use proptest::prelude::*;

    use super::*;

    fn annotate_any(content: &[u8]) {
        if let Err(error) = annotate_workbook(content, &sheets(), &findings(), AnnotateOptions::default()) {
            assert_ne!(error.kind(), AnnotateErrorKind::OtherFormat);
        }
    }

    const PARTS: [&str; 7] = [
        "xl/styles.xml",
        "xl/workbook.xml",
        "xl/worksheets/sheet1.xml",
        "xl/worksheets/sheet2.xml",
        "xl/worksheets/_rels/sheet2.xml.rels",
        "xl/comments1.xml",
        "[Content_Types].xml",
    ];

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(
            std::env::var("BUDGET_FUZZ_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(96)
        ))]

        #[test]
        fn any_bytes_of_an_archive_may_be_changed(
            changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
        ) {
            let mut content = workbook();
            for (at, byte) in changes {
                let at = 4 + at.index(content.len() - 4);
                content[at] = byte;
            }
            annotate_any(&content);
        }

        #[test]
        fn any_characters_of_a_part_may_be_changed(
            at_part in 0..PARTS.len(),
            changes in prop::collection::vec((any::<prop::sample::Index>(), "[<>/=\"' a-zA-Z0-9&;:]{0,3}"), 1..6),
        ) {
            let content = super::changed(&workbook(), |name, text| {
                let mut characters: Vec<char> = text.chars().collect();
                if name == PARTS[at_part] {
                    for (at, written) in &changes {
                        let at = at.index(characters.len());
                        characters.splice(at..(at + 1).min(characters.len()), written.chars());
                    }
                }
                characters.into_iter().collect()
            }, &[]);
            annotate_any(&content);
        }
    }

    #[test]
    fn markup_that_grows_or_is_nested_takes_no_time() {
        let begun = std::time::Instant::now();
        for text in [
            format!(
                "<!DOCTYPE a [<!ENTITY b \"{}\">]><worksheet><sheetData/>{}</worksheet>",
                "c".repeat(1000),
                "&b;".repeat(100_000)
            ),
            format!("<worksheet>{}", "<a>".repeat(1_000_000)),
            format!("<worksheet><sheetData><row>{}</row></sheetData></worksheet>", "<c/>".repeat(1_000_000)),
            format!("<worksheet {}/>", "a='b' ".repeat(500_000)),
        ] {
            let content =
                super::changed(&workbook(), |name, kept| if name == PARTS[2] { text.clone() } else { kept }, &[]);
            annotate_any(&content);
        }
        assert!(begun.elapsed().as_secs() < 30, "{:?}", begun.elapsed());
    }
}

#[test]
#[ignore = "needs soffice"]
fn a_spreadsheet_program_shows_the_comments_and_the_colours() {
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("annotated");
    let out = folder.join("out");
    std::fs::create_dir_all(&out).unwrap();
    std::fs::write(folder.join("annotated.xlsx"), annotate(&workbook(), &findings()).bytes).unwrap();
    let status = std::process::Command::new("soffice")
        .arg(format!("-env:UserInstallation=file://{}", folder.join("profile").display()))
        .args(["--headless", "--convert-to", "xlsx", "--outdir"])
        .args([&out, &folder.join("annotated.xlsx")])
        .status()
        .expect("soffice is on the path: install LibreOffice");
    assert!(status.success());
    let saved = std::fs::read(out.join("annotated.xlsx")).unwrap();
    assert_eq!(read(&saved), read(&workbook()));
    let comments = comments(&saved);
    assert_eq!(comments.len(), 4, "{comments:#?}");
    assert!(comments.iter().any(|comment| comment.contains("原有的批注") && comment.contains("见问题 1")));
    let styles = part(&saved, "xl/styles.xml");
    assert!(["FFFF9E96", "FFFFDBD6", "FFFFD966"].iter().all(|colour| styles.contains(colour)), "{styles}");
}
