//! What kind of file some content is, where it is none that a reader takes: for messages that say what to do.

use budget_model::Language;
use memchr::memmem;

/// A kind of file that is known by its content and is no plain text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum FileKind {
    /// PDF
    Pdf,
    /// Excel 97 to 2003, or a WPS `.et` of that form.
    Xls,
    /// Excel since 2007, or a WPS `.et` of that form.
    Xlsx,
    /// OpenDocument spreadsheet
    Ods,
    /// An Office file that was saved with a password.
    EncryptedOffice,
    /// Word 97 to 2003, or a WPS `.wps` of that form.
    Doc,
    /// Word since 2007
    Docx,
    /// OpenDocument text or presentation
    OpenDocument,
    /// Slides of any version
    Slides,
    /// Another file of the old Office container.
    OldOffice,
    /// OFD (GB/T 33190), the Chinese form of a PDF
    Ofd,
    /// A web page, also one that is called `.xls` or `.pdf`
    Html,
    /// A web page with its pictures in one file
    Mht,
    /// XML Spreadsheet 2003
    SpreadsheetMl,
    /// XML of another kind
    Xml,
    /// JSON
    Json,
    /// Rich text
    Rtf,
    /// Lines of fields between commas or tabs
    Csv,
    /// An archive with a workbook or document in it
    ZipOfDocuments,
    /// Another archive
    Archive,
    /// A picture, perhaps a scan
    Image,
    /// What macOS keeps beside a file on a foreign disk: `._name`
    AppleDouble,
    /// A program, a database, or another file for programs
    Program,
}

impl FileKind {
    /// Every kind.
    pub const ALL: [Self; 23] = [
        Self::Pdf,
        Self::Xls,
        Self::Xlsx,
        Self::Ods,
        Self::EncryptedOffice,
        Self::Doc,
        Self::Docx,
        Self::OpenDocument,
        Self::Slides,
        Self::OldOffice,
        Self::Ofd,
        Self::Html,
        Self::Mht,
        Self::SpreadsheetMl,
        Self::Xml,
        Self::Json,
        Self::Rtf,
        Self::Csv,
        Self::ZipOfDocuments,
        Self::Archive,
        Self::Image,
        Self::AppleDouble,
        Self::Program,
    ];

    /// The kind of some content; `None` for plain text and what is not known.
    ///
    /// ```
    /// use budget_document::FileKind;
    ///
    /// assert_eq!(FileKind::of(b"%PDF-1.7"), Some(FileKind::Pdf));
    /// assert_eq!(FileKind::of("收入 17.00".as_bytes()), None);
    /// ```
    #[must_use]
    pub fn of(content: &[u8]) -> Option<Self> {
        let at = |offset: usize, mark: &[u8]| content.get(offset..).is_some_and(|rest| rest.starts_with(mark));
        if at(0, b"PK\x03\x04") || at(0, b"PK\x05\x06") {
            return Some(zip(content));
        }
        if at(0, b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1") {
            return Some(compound(content));
        }
        if let Some((_, _, kind)) = MARKS.iter().find(|(offset, mark, _)| at(*offset, mark)) {
            return Some(*kind);
        }
        markup(content)
    }

    /// The name of the first document in a ZIP archive, for a message that names it.
    #[must_use]
    pub fn document_inside(content: &[u8]) -> Option<String> {
        content.starts_with(b"PK").then(|| entries(content).into_iter().find(|name| is_document(name))).flatten()
    }

    /// The kind of a text that may be a table of fields: the same number of commas or tabs in almost every line.
    #[must_use]
    pub fn of_fields(text: &[u8]) -> Option<Self> {
        let lines: Vec<&[u8]> =
            text.split(|byte| *byte == b'\n').filter(|line| !line.trim_ascii().is_empty()).take(FIELD_LINES).collect();
        let has_fields = |separator: u8, least: usize| {
            let count = |line: &[u8]| {
                let mut quoted = false;
                line.iter()
                    .filter(|byte| {
                        quoted ^= **byte == b'"';
                        !quoted && **byte == separator
                    })
                    .count()
            };
            let first = lines.first().map_or(0, |line| count(line));
            first >= least && lines.iter().filter(|line| count(line) == first).count() * 10 >= lines.len() * 9
        };
        (lines.len() >= 3 && (has_fields(b',', 2) || has_fields(b'\t', 1))).then_some(Self::Csv)
    }

    /// Whether it may hold a disclosure that is read once it is saved in another form.
    #[must_use]
    pub fn may_hold_a_disclosure(self) -> bool {
        !matches!(
            self,
            Self::Slides
                | Self::Xml
                | Self::Json
                | Self::Csv
                | Self::Archive
                | Self::Image
                | Self::AppleDouble
                | Self::Program
        )
    }

    /// The name, as it follows “this is”.
    #[must_use]
    pub fn name(self, language: Language) -> &'static str {
        let (zh, en) = match self {
            Self::Pdf => ("PDF 文件", "a PDF"),
            Self::Xls => ("旧版 Excel 工作簿（.xls 或 WPS 的 .et）", "an old Excel workbook (.xls, or .et of WPS)"),
            Self::Xlsx => ("Excel 工作簿", "an Excel workbook"),
            Self::Ods => ("OpenDocument 工作簿", "an OpenDocument workbook"),
            Self::EncryptedOffice => ("加密的 Office 文件", "an Office file with a password"),
            Self::Doc => ("旧版 Word 文档（.doc 或 WPS 的 .wps）", "an old Word document (.doc, or .wps of WPS)"),
            Self::Docx => ("Word 文档（.docx）", "a Word document (.docx)"),
            Self::OpenDocument => ("OpenDocument 文档", "an OpenDocument text"),
            Self::Slides => ("演示文稿（.ppt、.pptx）", "a presentation (.ppt, .pptx)"),
            Self::OldOffice => ("旧版 Office 文件", "an old Office file"),
            Self::Ofd => ("OFD 版式文件", "an OFD document"),
            Self::Html => ("网页（HTML）", "a web page (HTML)"),
            Self::Mht => ("单个文件网页（MHT）", "a web page in one file (MHT)"),
            Self::SpreadsheetMl => ("XML 表格 2003（SpreadsheetML）", "an XML Spreadsheet 2003 (SpreadsheetML)"),
            Self::Xml => ("XML 文件", "an XML file"),
            Self::Json => ("JSON 文件", "a JSON file"),
            Self::Rtf => ("RTF 文档", "an RTF document"),
            Self::Csv => ("CSV 或 TSV 文件", "a CSV or TSV file"),
            Self::ZipOfDocuments => ("内有文档的 ZIP 压缩包", "a ZIP archive with a document in it"),
            Self::Archive => ("压缩包", "an archive"),
            Self::Image => ("图片（可能是扫描件）", "an image (perhaps a scan)"),
            Self::AppleDouble => ("macOS 的附属文件（._ 开头）", "a file that macOS keeps beside another (`._name`)"),
            Self::Program => ("程序或数据库文件", "a program, a database or another file for programs"),
        };
        match language {
            Language::Chinese => zh,
            Language::English => en,
        }
    }

    /// What to do with it.
    #[must_use]
    pub fn advice(self, language: Language) -> &'static str {
        let (zh, en) = match self {
            Self::Pdf => (
                "请用带有 PDF 读取功能的版本；或先提取文本：pdftotext -layout",
                "use a build that reads PDF, or extract its text first with: pdftotext -layout",
            ),
            Self::EncryptedOffice => {
                ("请用密码打开，另存为不加密的文件", "open it with its password and save it without one")
            }
            Self::Xls | Self::Xlsx | Self::Ods | Self::OldOffice => {
                ("请用 Excel 或 WPS 打开，另存为 .xlsx", "open it in Excel, WPS or LibreOffice and save it as .xlsx")
            }
            Self::Doc | Self::OpenDocument | Self::Rtf => (
                "请用 Word 或 WPS 打开，另存为 .docx 或 PDF",
                "open it in Word, WPS or LibreOffice and save it as .docx or PDF",
            ),
            Self::Docx | Self::Slides => {
                ("请用 Word 或 WPS 另存为 PDF；表格也可复制到 .xlsx", "save it as PDF in Word, WPS or LibreOffice")
            }
            Self::Ofd => ("请用 OFD 阅读器导出为 PDF", "export it as PDF from an OFD reader"),
            Self::Html | Self::Mht | Self::SpreadsheetMl => (
                "请用带有网页读取功能的版本；或用 Excel、WPS 打开，另存为 .xlsx",
                "use a build that reads web pages, or open it in Excel, WPS or LibreOffice and save it as .xlsx",
            ),
            Self::Csv => {
                ("请用 Excel 或 WPS 打开，另存为 .xlsx", "open it in Excel, WPS or LibreOffice and save it as .xlsx")
            }
            Self::ZipOfDocuments => ("请先解压，再读取其中的文件", "unpack it and give the file inside"),
            Self::Archive => ("请先解压", "unpack it first"),
            Self::Image => ("请索取文本或工作簿", "ask for the text or the workbook"),
            Self::Xml | Self::Json | Self::AppleDouble | Self::Program => {
                ("请给出预算公开的文本或工作簿", "give the text or workbook of a disclosure")
            }
        };
        match language {
            Language::Chinese => zh,
            Language::English => en,
        }
    }
}

/// Lines that are looked at for separators.
const FIELD_LINES: usize = 50;

/// Bytes at an offset that no text has there.
const MARKS: &[(usize, &[u8], FileKind)] = &[
    (0, b"%PDF-", FileKind::Pdf),
    (0, b"\xEF\xBB\xBF%PDF-", FileKind::Pdf),
    (0, b"\r\n%PDF-", FileKind::Pdf),
    (0, b"\n%PDF-", FileKind::Pdf),
    (0, b"\x89PNG\r\n\x1A\n", FileKind::Image),
    (0, b"\xFF\xD8\xFF", FileKind::Image),
    (0, b"GIF8", FileKind::Image),
    (0, b"II*\0", FileKind::Image),
    (0, b"MM\0*", FileKind::Image),
    (8, b"WEBPVP8", FileKind::Image),
    (4, b"ftyphei", FileKind::Image),
    (4, b"ftypmif1", FileKind::Image),
    (4, b"ftypavif", FileKind::Image),
    (4, b"jP  \r\n\x87\n", FileKind::Image),
    // BM, the size, four reserved zero bytes.
    (6, b"\0\0\0\0\x36\0\0\0\x28\0\0\0", FileKind::Image),
    (0, b"\x1F\x8B", FileKind::Archive),
    (0, b"BZh91AY&SY", FileKind::Archive),
    (0, b"\xFD7zXZ\0", FileKind::Archive),
    (0, b"\x28\xB5\x2F\xFD", FileKind::Archive),
    (0, b"Rar!", FileKind::Archive),
    (0, b"7z\xBC\xAF\x27\x1C", FileKind::Archive),
    (257, b"ustar", FileKind::Archive),
    (0, b"{\\rtf", FileKind::Rtf),
    (0, b"\0\x05\x16\x07", FileKind::AppleDouble),
    (0, b"\0\x05\x16\0", FileKind::AppleDouble),
    (0, b"\0\0\0\x01Bud1", FileKind::Program),
    (0, b"\x7FELF", FileKind::Program),
    (0, b"MZ\x90\0", FileKind::Program),
    (0, b"\xCA\xFE\xBA\xBE", FileKind::Program),
    (0, b"\xCF\xFA\xED\xFE", FileKind::Program),
    (0, b"\0asm", FileKind::Program),
    (0, b"SQLite format 3\0", FileKind::Program),
];

/// The kind of a ZIP archive, by the names of its parts.
fn zip(content: &[u8]) -> FileKind {
    // What is inside of what is inside does not count: only names that are entries of this archive.
    let names = entries(content);
    let has = |name: &str| names.iter().any(|entry| entry.replace('\\', "/") == name);
    let is_of = |kind: &str| memmem::find(content.get(..128).unwrap_or(content), kind.as_bytes()).is_some();
    if has("xl/workbook.xml") || has("xl/workbook.bin") {
        FileKind::Xlsx
    } else if has("word/document.xml") {
        FileKind::Docx
    } else if has("ppt/presentation.xml") {
        FileKind::Slides
    } else if has("OFD.xml") {
        FileKind::Ofd
    } else if is_of("application/vnd.oasis.opendocument.spreadsheet") {
        FileKind::Ods
    } else if is_of("application/vnd.oasis.opendocument.") {
        FileKind::OpenDocument
    } else if names.iter().any(|name| is_document(name)) {
        FileKind::ZipOfDocuments
    } else {
        FileKind::Archive
    }
}

fn is_document(name: &str) -> bool {
    const ENDINGS: [&str; 14] =
        ["xlsx", "xls", "xlsm", "xlsb", "ods", "et", "pdf", "docx", "doc", "wps", "ofd", "txt", "html", "mht"];
    let file = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let ending = file.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    !file.starts_with('.') && ending.is_some_and(|ending| ENDINGS.contains(&ending.as_str()))
}

/// Most entries of an archive that are looked at.
const ENTRIES: usize = 10_000;
/// Most bytes at the end of an archive in which its directory is looked for: a comment may follow it.
const END: usize = 66_000;

/// The names of the entries: those of the directory at the end, or of an archive that was cut off the headers of its
/// parts.
fn entries(content: &[u8]) -> Vec<String> {
    let tail = content.len().saturating_sub(END);
    let end = content.get(tail..).and_then(|bytes| memmem::rfind(bytes, b"PK\x05\x06")).map(|at| tail + at);
    let directory = end.and_then(|end| number(content, end + 16, 4));
    match directory.filter(|at| content.get(*at..).is_some_and(|rest| rest.starts_with(b"PK\x01\x02"))) {
        Some(at) => listed(content, at),
        None => headers(content),
    }
}

/// The entries of the directory that begins at an offset.
fn listed(content: &[u8], mut at: usize) -> Vec<String> {
    let mut names = Vec::new();
    while names.len() < ENTRIES && content.get(at..).is_some_and(|rest| rest.starts_with(b"PK\x01\x02")) {
        let length = |offset| number(content, at + offset, 2).unwrap_or(0);
        let (name, extra, comment) = (length(28), length(30), length(32));
        names.extend(name_at(content, at + 46, name));
        at += 46 + name + extra + comment;
    }
    names
}

/// The entries by the headers of their parts, where there is no directory.
fn headers(content: &[u8]) -> Vec<String> {
    memmem::find_iter(content, b"PK\x03\x04")
        .take(ENTRIES)
        .filter_map(|at| name_at(content, at + 30, number(content, at + 26, 2)?))
        .collect()
}

fn name_at(content: &[u8], at: usize, length: usize) -> Option<String> {
    let bytes = content.get(at..at.checked_add(length)?)?;
    // Archives made on Chinese Windows have names in GBK, of which the ending is all that matters.
    Some(String::from_utf8_lossy(bytes).into_owned())
}

/// A number of some bytes, the least first.
fn number(content: &[u8], at: usize, bytes: usize) -> Option<usize> {
    let bytes = content.get(at..at.checked_add(bytes)?)?;
    Some(bytes.iter().rev().fold(0, |number, byte| number << 8 | usize::from(*byte)))
}

/// The kind of a file of the old Office container, by the names of its streams, which are UTF-16.
fn compound(content: &[u8]) -> FileKind {
    let has = |name: &str| {
        let wide: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        memmem::find(content, &wide).is_some()
    };
    if has("EncryptedPackage") {
        FileKind::EncryptedOffice
    } else if has("WordDocument") {
        FileKind::Doc
    } else if has("PowerPoint Document") {
        FileKind::Slides
    } else if has("Workbook") || has("WORKBOOK") || has("Book") {
        FileKind::Xls
    } else {
        FileKind::OldOffice
    }
}

/// Bytes at the beginning in which the marks of markup are looked for.
const HEAD: usize = 4096;

/// The kind of a text that is written for programs: markup and data.
fn markup(content: &[u8]) -> Option<FileKind> {
    // The marks are ASCII; in UTF-16 a zero byte stands beside each.
    let is_wide = content.starts_with(b"\xFF\xFE") || content.starts_with(b"\xFE\xFF");
    let head = content.get(..HEAD.min(content.len()))?;
    let head: Vec<u8> = match is_wide {
        true => head.iter().skip(2).copied().filter(|byte| *byte != 0).collect(),
        false => head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head).to_vec(),
    };
    let head = head.trim_ascii_start().to_ascii_lowercase();
    let has = |mark: &str| memmem::find(&head, mark.as_bytes()).is_some();
    let begins = |marks: &[&str]| marks.iter().any(|mark| head.starts_with(mark.as_bytes()));
    if begins(&["<"]) {
        const OF_A_PAGE: [&str; 9] =
            ["<!doctype html", "<html", "<head", "<body", "<table", "<meta", "<script", "<style", "<div"];
        return if has("urn:schemas-microsoft-com:office:spreadsheet") && !has("<html") || has("progid=\"excel.sheet\"")
        {
            Some(FileKind::SpreadsheetMl)
        } else if has("schemas.microsoft.com/office/word/2003") || has("http://schemas.microsoft.com/office/2006/xml") {
            Some(FileKind::Docx)
        } else if begins(&OF_A_PAGE) || begins(&["<!--", "<?xml", "<p", "<span", "<!doctype"]) && has("<html") {
            Some(FileKind::Html)
        } else {
            begins(&["<?xml", "<!doctype", "<svg"]).then_some(FileKind::Xml)
        };
    }
    if has("mime-version:")
        && has("content-type:")
        && begins(&["mime-version:", "from:", "content-", "subject:", "date:"])
    {
        return Some(FileKind::Mht);
    }
    let ends = |mark: u8| {
        content.iter().rev().find(|byte| !byte.is_ascii_whitespace() && **byte != 0).is_some_and(|byte| *byte == mark)
    };
    let inside = head.get(1..).unwrap_or_default().trim_ascii_start().first().copied();
    let is_json = match head.first() {
        Some(b'{') => matches!(inside, Some(b'"' | b'}')) && ends(b'}'),
        Some(b'[') => matches!(inside, Some(b'"' | b'{' | b'[' | b']')) && ends(b']'),
        _ => false,
    };
    is_json.then_some(FileKind::Json)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A ZIP archive of empty parts, made by hand: headers, directory, end.
    fn archive(names: &[&str]) -> Vec<u8> {
        let (mut file, mut directory) = (Vec::<u8>::new(), Vec::<u8>::new());
        for name in names {
            let length = u16::try_from(name.len()).unwrap().to_le_bytes();
            directory
                .extend(b"PK\x01\x02".iter().chain(&[0; 24]).chain(&length).chain(&[0; 16]).chain(name.as_bytes()));
            file.extend(b"PK\x03\x04".iter().chain(&[0; 22]).chain(&length).chain(&[0; 2]).chain(name.as_bytes()));
        }
        let at = u32::try_from(file.len()).unwrap().to_le_bytes();
        file.extend(directory);
        file.extend(b"PK\x05\x06".iter().chain(&[0; 12]).chain(&at).chain(&[0; 2]));
        file
    }

    fn container(stream: &str) -> Vec<u8> {
        let name = stream.encode_utf16().flat_map(u16::to_le_bytes);
        b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".iter().copied().chain([0; 504]).chain(name).collect()
    }

    #[test]
    fn every_kind_is_known_by_its_content_whatever_it_is_called() {
        for (content, kind) in [
            (b"%PDF-1.7".to_vec(), FileKind::Pdf),
            (archive(&["[Content_Types].xml", "xl/workbook.xml"]), FileKind::Xlsx),
            (archive(&["word/document.xml"]), FileKind::Docx),
            (archive(&["ppt/presentation.xml"]), FileKind::Slides),
            (archive(&["OFD.xml", "Doc_0/Document.xml"]), FileKind::Ofd),
            (archive(&["公开/预算公开表.xlsx"]), FileKind::ZipOfDocuments),
            (archive(&["a.rs"]), FileKind::Archive),
            (container("EncryptedPackage"), FileKind::EncryptedOffice),
            (container("WordDocument"), FileKind::Doc),
            (container("Workbook"), FileKind::Xls),
            (container("Something"), FileKind::OldOffice),
            (b"<html xmlns:x=\"urn:schemas-microsoft-com:office:excel\"><table>".to_vec(), FileKind::Html),
            (b"\xEF\xBB\xBF\r\n<!DOCTYPE html>".to_vec(), FileKind::Html),
            (b"\xFF\xFE<\0h\0t\0m\0l\0>\0".to_vec(), FileKind::Html),
            (b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x".to_vec(), FileKind::Mht),
            (
                b"<?xml version=\"1.0\"?>\n<?mso-application progid=\"Excel.Sheet\"?>\n<Workbook>".to_vec(),
                FileKind::SpreadsheetMl,
            ),
            (b"<?xml version=\"1.0\"?><a/>".to_vec(), FileKind::Xml),
            (b"{ \"a\": [1] }\n".to_vec(), FileKind::Json),
            (b"[{\"a\": 1}]".to_vec(), FileKind::Json),
            (b"{\\rtf1\\ansi".to_vec(), FileKind::Rtf),
            (b"\x89PNG\r\n\x1A\n".to_vec(), FileKind::Image),
            (b"\x1F\x8B\x08".to_vec(), FileKind::Archive),
            (b"Rar!\x1A\x07\x01\0".to_vec(), FileKind::Archive),
            (b"\0\x05\x16\x07\0\x02\0\0Mac OS X".to_vec(), FileKind::AppleDouble),
            (b"\0\0\0\x01Bud1".to_vec(), FileKind::Program),
        ] {
            assert_eq!(FileKind::of(&content), Some(kind), "{}", String::from_utf8_lossy(&content));
        }
    }

    #[test]
    fn a_text_is_no_other_kind() {
        for text in
            ["表 1\n收入 17.00", "[2025年] 部门预算", "{一} 收入", "<云溪县文化馆> 2025年部门预算", "From: 17.00"]
        {
            assert_eq!(FileKind::of(text.as_bytes()), None, "{text}");
        }
        assert_eq!(
            FileKind::of_fields("科目,合计,项目\n总计,3,2\n\"文化,体育\",3,2\n".as_bytes()),
            Some(FileKind::Csv)
        );
        assert_eq!(FileKind::of_fields("科目\t合计\n总计\t3\n教育\t3\n".as_bytes()), Some(FileKind::Csv));
        assert_eq!(FileKind::of_fields("总计 1,234.00\n教育 1,234.00\n行政 1,234.00\n".as_bytes()), None);
    }

    #[test]
    fn the_document_in_an_archive_is_named_and_broken_archives_end() {
        let zip = archive(&["readme.md", "公开/预算公开表.xlsx"]);
        assert_eq!(FileKind::document_inside(&zip).as_deref(), Some("公开/预算公开表.xlsx"));
        for length in 0..zip.len() {
            let _ = FileKind::of(zip.get(..length).unwrap());
        }
    }

    #[test]
    fn every_kind_has_a_name_and_advice_in_both_languages() {
        for kind in FileKind::ALL {
            for words in [FileKind::name, FileKind::advice] {
                let (zh, en) = (words(kind, Language::Chinese), words(kind, Language::English));
                assert!(!zh.is_ascii() && en.is_ascii(), "{zh} {en}");
            }
        }
    }
}
