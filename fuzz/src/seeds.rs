//! The inputs that fuzzing begins with, made of the sample document, or for PDFs by the writer of their tests.

use std::fs;
use std::path::Path;

use budget_export::{Document, DocumentInfo, ExportOptions, Exporter, MemorySink, XlsxExporter};
use budget_model::Disclosure;
use budget_parse_text::read_text;

use crate::common::xlsb::{self, Sheet, Stored};
use crate::common::{self, Merge};
use crate::packed::{ARCHIVES, COMPOUND, SEPARATOR};

const SAMPLE: &str = include_str!("../../examples/disclosure.txt");
/// Small inputs are changed and run faster: the document in pieces of so many lines, which overlap.
const LINES: usize = 150;

/// Names and contents of files.
type Seeds = Vec<(String, Vec<u8>)>;

/// Writes what fuzzing a target begins with into its corpus, unless something is there: the sample document in pieces, or small PDFs.
///
/// # Panics
///
/// The corpus cannot be written.
pub fn sow(target: &str) {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus").join(target);
    if fs::read_dir(&corpus).is_ok_and(|mut files| files.next().is_some()) {
        return;
    }
    fs::create_dir_all(&corpus).expect("the corpus can be made");
    let seeds = match target {
        "text" => texts(),
        "docx" => documents(),
        "pdf" => crate::drawn::seeds(),
        "html" => pages(),
        "json" => {
            parts().into_iter().map(|(name, part)| (name, serde_json::to_vec(&part).unwrap_or_default())).collect()
        }
        _ => workbooks(),
    };
    for (name, seed) in seeds {
        fs::write(corpus.join(name), seed).expect("a seed can be written");
    }
}

fn texts() -> Seeds {
    let lines: Vec<&str> = SAMPLE.split_inclusive('\n').collect();
    let piece = |start: usize| lines[start..lines.len().min(start + LINES)].concat().into_bytes();
    (0..lines.len()).step_by(LINES / 2).map(|start| (format!("lines-{start}"), piece(start))).collect()
}

/// One page of each kind: a table, a layout table and lists, a page that is set, MHT, an XML workbook.
fn pages() -> Seeds {
    let table = "<p>表1 部门收支总体情况表<p>单位：万元<table><tr><td colspan=2>收入<td colspan=2>支出<tr><td>项目<td>预算数\
                 <td>项目<td>预算数<tr><td>总计<td>17.00<td>总计<td>17.00</table>";
    let seeds = [
        ("table", format!("<!doctype html><html><meta charset=utf-8>{table}")),
        ("layout", format!("<table><tr><td><ol start=3><li>一<li>二</ol><td>{table}</table><a href=1.pdf>附件</a>")),
        (
            "set",
            "<div style='position:relative;width:595pt;height:842pt'><div style='position:absolute;left:50pt;top:90pt'>表1</div>\
             <div style='position:absolute;left:50pt;top:100pt;width:0pt;height:40pt'></div>\
             <div style='position:absolute;left:50pt;top:100pt;width:90pt;height:0pt'></div></div>"
                .to_owned(),
        ),
        (
            "mht",
            format!("MIME-Version: 1.0\nContent-Type: multipart/related; boundary=a\n\n--a\nContent-Type: text/html\n\n{table}\n--a--\n"),
        ),
        (
            "workbook",
            "<?xml version=\"1.0\"?><?mso-application progid=\"Excel.Sheet\"?><Workbook><Worksheet ss:Name=\"表1\"><Table>\
             <Row ss:Index=\"2\"><Cell ss:MergeAcross=\"1\"><Data ss:Type=\"Number\">17</Data></Cell></Row></Table></Worksheet></Workbook>"
                .to_owned(),
        ),
    ];
    seeds.map(|(name, page)| (name.to_owned(), page.into_bytes())).into()
}

fn workbooks() -> Seeds {
    let mut seeds = Seeds::new();
    for (name, part) in parts() {
        let workbook = workbook(&part);
        seeds.push((format!("{name}-loose"), loose(b'X', &workbook)));
        seeds.push((name, workbook));
    }
    let cell = r#"<table:table-cell office:value-type="float" office:value="17.5"/>"#;
    let text =
        r#"<table:table-cell table:number-columns-repeated="2"><text:p>支出总体情况表</text:p></table:table-cell>"#;
    let ods = common::ods("", &format!("<table:table><table:table-row>{text}{cell}</table:table-row></table:table>"));
    seeds.push(("ods".to_owned(), loose(b'O', &ods)));
    let money = |row, stored| (row, 1, stored, "#,##0.00");
    let sheet = Sheet {
        name: "表1".to_owned(),
        cells: vec![
            money(0, Stored::Shared("收入".to_owned())),
            money(1, Stored::Real(17.5)),
            money(2, Stored::Error(42)),
        ],
        hidden_rows: vec![1],
        merges: vec![Merge { first: (0, 0), last: (0, 1) }],
        ..Sheet::default()
    };
    seeds.push(("xlsb".to_owned(), loose(b'B', &xlsb::write(&[sheet]))));
    seeds.push(("xls-loose".to_owned(), [&[COMPOUND], common::xls_stream().as_slice()].concat()));
    seeds.push(("xls".to_owned(), common::compound("/Workbook", &common::xls_stream())));
    seeds
}

/// A Word document with a list, a table and a note.
fn documents() -> Seeds {
    const WORD: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
    const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let part = |root: &str, content: &str| format!(r#"<w:{root} xmlns:w="{WORD}">{content}</w:{root}>"#).into_bytes();
    let relations = |of: &[(&str, &str)]| {
        let each = |(kind, target): &(&str, &str)| {
            format!(r#"<Relationship Id="{kind}" Type="{OFFICE}/{kind}" Target="{target}"/>"#)
        };
        let all: String = of.iter().map(each).collect();
        format!(r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{all}</Relationships>"#)
            .into_bytes()
    };
    let body = r#"<w:body><w:p><w:r><w:t>部门支出总体情况表</w:t></w:r></w:p><w:p><w:pPr><w:pStyle w:val="h"/></w:pPr><w:r><w:t>收入</w:t><w:footnoteReference w:id="1"/></w:r></w:p>
        <w:tbl><w:tr><w:tc><w:tcPr><w:vMerge w:val="restart"/></w:tcPr><w:p><w:r><w:t>科目</w:t></w:r></w:p></w:tc><w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr><w:p><w:r><w:t>合计</w:t></w:r></w:p></w:tc></w:tr>
        <w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc><w:tc><w:p><w:r><w:t>17.00</w:t></w:r></w:p></w:tc><w:tc><w:p/></w:tc></w:tr></w:tbl></w:body>"#;
    let styles = r#"<w:style w:type="paragraph" w:styleId="h"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>"#;
    let numbering = r#"<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>"#;
    let notes = r#"<w:footnote w:id="1"><w:p><w:r><w:t>注</w:t></w:r></w:p></w:footnote>"#;
    let of_document = [("styles", "styles.xml"), ("numbering", "numbering.xml"), ("footnotes", "footnotes.xml")];
    let document = common::zip(&[
        ("_rels/.rels", &relations(&[("officeDocument", "word/document.xml")])),
        ("word/document.xml", &part("document", body)),
        ("word/_rels/document.xml.rels", &relations(&of_document)),
        ("word/styles.xml", &part("styles", styles)),
        ("word/numbering.xml", &part("numbering", numbering)),
        ("word/footnotes.xml", &part("footnotes", notes)),
    ]);
    vec![("docx-loose".to_owned(), loose(b'W', &document)), ("docx".to_owned(), document)]
}

/// One document for each table, one for each performance table, and one for the text.
fn parts() -> Vec<(String, Disclosure)> {
    let disclosure = &read_text(SAMPLE.as_bytes()).expect("the sample is a disclosure");
    let rest = Disclosure { tables: Vec::new(), performance: Vec::new(), ..disclosure.clone() };
    let head = Disclosure { sections: Vec::new(), facts: Vec::new(), projects: Vec::new(), ..rest.clone() };
    let tables = disclosure.tables.iter().map(|table| Disclosure { tables: vec![table.clone()], ..head.clone() });
    let targets = disclosure.performance.iter().take(3);
    let targets = targets.map(|table| Disclosure { performance: vec![table.clone()], ..head.clone() });
    tables.chain(targets).chain([rest]).enumerate().map(|(number, part)| (format!("part-{number}"), part)).collect()
}

fn workbook(disclosure: &Disclosure) -> Vec<u8> {
    let info = DocumentInfo::new("sample", "sample.txt");
    let mut sink = MemorySink::default();
    let document = Document { info: &info, disclosure };
    XlsxExporter::new(ExportOptions::default()).write(document, &mut sink).expect("memory takes everything");
    sink.files().into_values().next().expect("an export is one file")
}

/// The parts of an archive as [`packed`](crate::packed) expects them; parts that are missing are empty.
fn loose(kind: u8, archive: &[u8]) -> Vec<u8> {
    let parts = common::unzip(archive);
    let (_, names) = ARCHIVES.iter().find(|(known, _)| *known == kind).expect("the kind is one of them");
    let part = |name: &&str| parts.iter().find(|(part, _)| part == name).map_or(&[][..], |(_, content)| content);
    [&[kind], names.iter().map(part).collect::<Vec<_>>().join(SEPARATOR).as_slice()].concat()
}
