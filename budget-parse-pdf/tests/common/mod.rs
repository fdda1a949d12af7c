//! PDF files written by the tests themselves, and what is read of them.
//!
//! The writer knows nothing but objects: broken files are made as easily as sound ones.
#![allow(dead_code)]

pub(crate) mod seal;
pub(crate) mod seen;

/// The names under which every page finds its fonts: Latin letters in three of the standard fonts, and Chinese characters in one
/// that is not in the file.
const FONTS: &str = "/F1 3 0 R /F2 4 0 R /F3 5 0 R /H 6 0 R";
/// Objects that every file has: the catalog, the list of pages, four fonts, the font of the Chinese characters and their map.
const CATALOG: usize = 1;
const PAGES: usize = 2;
const HAN: usize = 7;
const MAP: usize = 8;

/// A file that is being written.
pub(crate) struct File {
    /// By number, from 1.
    objects: Vec<Vec<u8>>,
    pages: Vec<usize>,
    /// What else the trailer says.
    pub(crate) trailer: String,
    encryption: Option<seal::Seal>,
}

/// A page that is being written. Places are in points from its lower left corner.
#[derive(Clone, Default)]
pub(crate) struct Sheet {
    pub(crate) content: Vec<u8>,
    /// Entries of the page, such as `/Rotate 90`; a page is a sheet of A4 unless they say something else.
    pub(crate) entries: String,
    /// Fonts beside those that every page has.
    pub(crate) fonts: String,
    /// Other resources.
    pub(crate) resources: String,
}

impl File {
    pub(crate) fn new() -> Self {
        let standard = |name: &str| {
            format!("<< /Type /Font /Subtype /Type1 /BaseFont /{name} /Encoding /WinAnsiEncoding >>").into_bytes()
        };
        let mut file =
            Self { objects: vec![Vec::new(); HAN], pages: Vec::new(), trailer: String::new(), encryption: None };
        file.set(CATALOG, format!("<< /Type /Catalog /Pages {PAGES} 0 R >>"));
        for (number, name) in (3..).zip(["Helvetica", "Times-Roman", "Courier"]) {
            file.set(number, standard(name));
        }
        file.set(6, format!("<< /Type /Font /Subtype /Type0 /BaseFont /SimSun /Encoding /Identity-H /DescendantFonts [{HAN} 0 R] /ToUnicode {MAP} 0 R >>"));
        file.set(HAN, "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /SimSun /DW 1000 /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>");
        assert_eq!(file.stream("", &unicode_map()), MAP);
        file
    }

    /// A file of these pages.
    pub(crate) fn of(sheets: &[Sheet]) -> Vec<u8> {
        let mut file = Self::new();
        for sheet in sheets {
            file.page(sheet);
        }
        file.bytes()
    }

    /// Says what an object is.
    pub(crate) fn set(&mut self, number: usize, body: impl Into<Vec<u8>>) {
        self.objects[number - 1] = body.into();
    }

    /// One more object; its number.
    pub(crate) fn add(&mut self, body: impl Into<Vec<u8>>) -> usize {
        self.objects.push(body.into());
        self.objects.len()
    }

    /// One more stream with these entries beside its length; its number.
    pub(crate) fn stream(&mut self, entries: &str, data: &[u8]) -> usize {
        let number = self.objects.len() + 1;
        let data = self.encryption.as_ref().map_or_else(|| data.to_vec(), |seal| seal.close(number, data));
        self.add(
            [format!("<< /Length {} {entries} >>\nstream\n", data.len()).as_bytes(), &data, b"\nendstream"].concat(),
        )
    }

    /// One more stream, deflated.
    pub(crate) fn deflated(&mut self, entries: &str, data: &[u8]) -> usize {
        self.stream(&format!("/Filter /FlateDecode {entries}"), &miniz_oxide::deflate::compress_to_vec_zlib(data, 6))
    }

    /// One more page; its number.
    pub(crate) fn page(&mut self, sheet: &Sheet) -> usize {
        let content = self.stream("", &sheet.content);
        self.page_of(sheet, &format!("{content} 0 R"))
    }

    /// One more page that is drawn by these streams; its number.
    pub(crate) fn page_of(&mut self, sheet: &Sheet, contents: &str) -> usize {
        let Sheet { entries, fonts, resources, .. } = sheet;
        let size = if entries.contains("/MediaBox") { "" } else { "/MediaBox [0 0 595 842]" };
        let page = self.add(format!(
            "<< /Type /Page /Parent {PAGES} 0 R {size} {entries} /Contents {contents} /Resources << /Font << {FONTS} {fonts} >> {resources} >> >>"
        ));
        self.pages.push(page);
        page
    }

    /// Whatever is written from now on can be read by those who know the password.
    pub(crate) fn encrypt(&mut self, seal: seal::Seal) {
        self.trailer += &seal.entry();
        let map = unicode_map();
        let data = seal.close(MAP, &map);
        self.set(MAP, [format!("<< /Length {} >>\nstream\n", data.len()).as_bytes(), &data, b"\nendstream"].concat());
        self.encryption = Some(seal);
    }

    pub(crate) fn bytes(mut self) -> Vec<u8> {
        if self.objects[PAGES - 1].is_empty() {
            let kids: String = self.pages.iter().map(|page| format!("{page} 0 R ")).collect();
            self.set(PAGES, format!("<< /Type /Pages /Kids [{kids}] /Count {} >>", self.pages.len()));
        }
        let mut bytes = b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n".to_vec();
        let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", self.objects.len() + 1);
        for (number, object) in (1..).zip(&self.objects) {
            table += &format!("{:010} 00000 n \n", bytes.len());
            bytes.extend([format!("{number} 0 obj\n").as_bytes(), object, b"\nendobj\n"].concat());
        }
        let (start, count) = (bytes.len(), self.objects.len() + 1);
        let trailer = &self.trailer;
        bytes.extend(
            format!("{table}trailer\n<< /Size {count} /Root {CATALOG} 0 R {trailer} >>\nstartxref\n{start}\n%%EOF\n")
                .bytes(),
        );
        bytes
    }
}

impl Sheet {
    pub(crate) fn new() -> Self {
        Self::default()
    }

    /// Operators as they are.
    pub(crate) fn raw(&mut self, operators: impl AsRef<[u8]>) -> &mut Self {
        self.content.extend(operators.as_ref());
        self.content.push(b'\n');
        self
    }

    /// Text of 10 points that begins here.
    pub(crate) fn text(&mut self, x: f32, y: f32, text: &str) -> &mut Self {
        self.set_text(&format!("1 0 0 1 {x} {y}"), 10.0, text)
    }

    /// Text whose coordinates are changed like this.
    pub(crate) fn set_text(&mut self, matrix: &str, size: f32, text: &str) -> &mut Self {
        let shown = shown(text, size, "F1");
        self.raw(format!("BT {matrix} Tm {shown} ET"))
    }

    /// Text of 10 points that ends here, if it is of digits: they take 5.56 points, points and commas 2.78.
    pub(crate) fn number(&mut self, right: f32, y: f32, text: &str) -> &mut Self {
        self.text(right - width(text), y, text)
    }

    pub(crate) fn level(&mut self, y: f32, from: f32, to: f32) -> &mut Self {
        self.raw(format!("0.5 w {from} {y} m {to} {y} l S"))
    }

    pub(crate) fn upright(&mut self, x: f32, from: f32, to: f32) -> &mut Self {
        self.raw(format!("0.5 w {x} {from} m {x} {to} l S"))
    }

    /// All rules of a table without merged cells. Rows are named by their edges from above.
    pub(crate) fn grid(&mut self, xs: &[f32], ys: &[f32]) -> &mut Self {
        let (left, right) = (xs[0], xs[xs.len() - 1]);
        let (top, bottom) = (ys[0], ys[ys.len() - 1]);
        for y in ys {
            self.level(*y, left, right);
        }
        for x in xs {
            self.upright(*x, bottom, top);
        }
        self
    }

    /// A box filled with a colour, such as `1 g`.
    pub(crate) fn fill(&mut self, colour: &str, x: f32, y: f32, width: f32, height: f32) -> &mut Self {
        self.raw(format!("q {colour} {x} {y} {width} {height} re f Q"))
    }

    /// Texts in the cells of a grid, a row after the other, 3 points from the left and above the lower rule.
    pub(crate) fn cells(&mut self, xs: &[f32], ys: &[f32], rows: &[&[&str]]) -> &mut Self {
        for (row, y) in rows.iter().zip(&ys[1..]) {
            for (text, x) in row.iter().zip(xs).filter(|(text, _)| !text.is_empty()) {
                self.text(x + 3.0, y + 4.0, text);
            }
        }
        self
    }
}

/// How wide a number is in the font it is written with.
pub(crate) fn width(text: &str) -> f32 {
    text.chars().map(|character| if matches!(character, '.' | ',') { 2.78 } else { 5.56 }).sum()
}

/// The operators that show a text: Latin letters in one font, all others in the one of the Chinese characters.
pub(crate) fn shown(text: &str, size: f32, latin: &str) -> String {
    let characters: Vec<char> = text.chars().collect();
    let shown = characters.chunk_by(|left, right| left.is_ascii() == right.is_ascii()).map(|part| {
        if part[0].is_ascii() {
            let part: String = part.iter().collect();
            format!("/{latin} {size} Tf ({}) Tj", part.replace('(', "\\(").replace(')', "\\)"))
        } else {
            format!("/H {size} Tf <{}> Tj", hexadecimal(part))
        }
    });
    shown.collect::<Vec<_>>().join(" ")
}

/// Characters as codes of two bytes.
pub(crate) fn hexadecimal(characters: &[char]) -> String {
    characters.iter().map(|character| format!("{:04X}", u32::from(*character))).collect()
}

/// A map from each code of two bytes to itself.
fn unicode_map() -> Vec<u8> {
    let mut map = String::from(
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Own def /CMapType 2 def\n1 begincodespacerange <0000> <FFFF> endcodespacerange\n",
    );
    for high in [0x20_u8, 0x30].into_iter().chain(0x4E..=0x9F).chain([0xFF]) {
        map += &format!("1 beginbfrange <{high:02X}00> <{high:02X}FF> <{high:02X}00> endbfrange\n");
    }
    map += "endcmap CMapName currentdict /CMap defineresource pop end end";
    map.into_bytes()
}
