//! The list of findings on pages of its own, behind the last one.

use budget_export::Annotation;
use budget_model::{Language, Severity};
use miniz_oxide::deflate::compress_to_vec_zlib;

use super::highlight::shares;
use super::syntax::decimal;
use super::text::{DESCRIPTOR, descendant, font, in_font, shown, width, wrapped};
use super::update::Update;
use super::view::Point;
use crate::error::Kind;
use crate::note::{self, Colour};
use crate::options::AnnotateOptions;

// A sheet of A4, in points. The font has ten, so that half an em is five.
const SHEET: (i64, i64) = (595, 842);
const SIZE: i64 = 10;
const HALF: i64 = 5;
const LEADING: i64 = 15;
const TOP: i64 = 792;
const BOTTOM: i64 = 50;
const LEFT: i64 = 50;
const RIGHT: i64 = 545;
/// Where numbers end, and severities and messages begin.
const NUMBERS: i64 = 72;
const SEVERITIES: i64 = 82;
const MESSAGES: i64 = 124;
/// How wide messages are, in halves of an em.
const MESSAGE_WIDTH: usize = 74;

const BLACK: Colour = [0, 0, 0];
const GREY: Colour = [110, 110, 110];
const LINE: Colour = [200, 200, 200];

/// Where a link leads: a page of the file, and the upper left corner of what is to be seen there.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Goal {
    pub(crate) number: u32,
    pub(crate) page: super::syntax::Reference,
    pub(crate) corner: Point,
}

/// A page of the list that is being drawn.
struct Sheet {
    content: String,
    links: Vec<(i64, i64, Goal)>,
    /// The height of the next line.
    y: i64,
}

/// Writes the list below a list of pages; the numbers of its pages.
pub(crate) fn write(
    annotations: &[Annotation],
    goals: &[Option<Goal>],
    omitted: usize,
    options: AnnotateOptions,
    parent: super::syntax::Reference,
    update: &mut Update,
) -> Result<Vec<u32>, Kind> {
    let descriptor = update.add(DESCRIPTOR)?;
    let descendant = update.add(&descendant(descriptor))?;
    let font = update.add(&font(descendant))?;
    let mut numbers = Vec::new();
    for sheet in sheets(annotations, goals, omitted, options.language) {
        let page = update.reserve()?;
        let content = compress_to_vec_zlib(sheet.content.as_bytes(), 6);
        let content = update.add_stream("/Filter /FlateDecode", &content)?;
        let mut links = String::new();
        for (top, bottom, goal) in &sheet.links {
            let (x, y) = goal.corner;
            let link = update.add(&format!(
                "<< /Type /Annot /Subtype /Link /P {page} 0 R /Rect [{LEFT} {bottom} {RIGHT} {top}] /Border [0 0 0] /F 4 /Dest [{} /XYZ {} {} null] >>",
                goal.page,
                decimal(x),
                decimal(y),
            ))?;
            links += &format!("{link} 0 R ");
        }
        update.put_new(
            page,
            &format!(
                "<< /Type /Page /Parent {parent} /MediaBox [0 0 {0} {1}] /CropBox [0 0 {0} {1}] /Rotate 0 /Resources << /Font << /F {font} 0 R >> >> /Contents {content} 0 R /Annots [{2}] >>",
                SHEET.0,
                SHEET.1,
                links.trim_end()
            ),
        )?;
        numbers.push(page);
    }
    Ok(numbers)
}

fn sheets(annotations: &[Annotation], goals: &[Option<Goal>], omitted: usize, language: Language) -> Vec<Sheet> {
    let mut sheets = Vec::new();
    let mut sheet = Sheet::new();
    sheet.title(annotations, omitted, language);
    sheet.header(language);
    for (index, (annotation, goal)) in annotations.iter().zip(goals).enumerate() {
        let message = if annotation.message.is_empty() { &annotation.title } else { &annotation.message };
        let mut lines = wrapped(&in_font(&note::cut(message)), MESSAGE_WIDTH);
        if lines.is_empty() {
            lines.push(String::new());
        }
        // An entry stays whole where it fits on a page of its own.
        let height = i64::try_from(lines.len()).unwrap_or(i64::MAX).saturating_mul(LEADING);
        if sheet.y - height < BOTTOM && height < TOP - BOTTOM - 2 * LEADING {
            sheets.push(sheet);
            sheet = Sheet::new();
            sheet.header(language);
        }
        let mut top = sheet.y;
        for (at, line) in lines.iter().enumerate() {
            if sheet.y - LEADING < BOTTOM {
                sheet.link(top, *goal);
                sheets.push(sheet);
                sheet = Sheet::new();
                sheet.header(language);
                top = sheet.y;
            }
            if at == 0 {
                sheet.right(NUMBERS, &(index + 1).to_string(), BLACK);
                sheet.left(SEVERITIES, note::word(annotation.severity, language), colour(annotation.severity));
                let page = goal.map_or_else(|| "—".to_owned(), |goal| goal.number.to_string());
                sheet.right(RIGHT, &page, BLACK);
            }
            sheet.left(MESSAGES, line, BLACK);
            sheet.y -= LEADING;
        }
        sheet.link(top, *goal);
        sheet.rule();
    }
    sheets.push(sheet);
    sheets
}

impl Sheet {
    fn new() -> Self {
        Self { content: String::new(), links: Vec::new(), y: TOP }
    }

    fn title(&mut self, annotations: &[Annotation], omitted: usize, language: Language) {
        let count = |severity| annotations.iter().filter(|annotation| annotation.severity == severity).count();
        let (errors, warnings, infos) = (count(Severity::Error), count(Severity::Warning), count(Severity::Info));
        let (title, counts, more) = match language {
            Language::Chinese => (
                "检查结果",
                format!(
                    "错误 {errors}，警告 {warnings}，提示 {infos}。单击一行可转到原处，浅色处为同一问题涉及的其他数字。"
                ),
                format!("另有 {omitted} 个问题未列出，也未标注。"),
            ),
            Language::English => (
                "Findings",
                format!(
                    "{errors} errors, {warnings} warnings, {infos} infos. Click a line to go to its place; lighter marks take part in the same finding."
                ),
                format!("{omitted} more findings are neither listed nor marked."),
            ),
        };
        let counts = if annotations.is_empty() { nothing(language).to_owned() } else { counts };
        self.y -= LEADING / 2;
        self.text(LEFT, 16, title, BLACK);
        self.y -= 2 * LEADING;
        let whole = usize::try_from((RIGHT - LEFT) / HALF).unwrap_or(0);
        let more = Some(more).filter(|_| omitted > 0);
        for line in std::iter::once(counts).chain(more).flat_map(|text| wrapped(&text, whole)) {
            self.left(LEFT, &line, GREY);
            self.y -= LEADING;
        }
        self.y -= LEADING / 2;
    }

    fn header(&mut self, language: Language) {
        let [number, severity, message, page] = match language {
            Language::Chinese => ["序号", "程度", "问题", "页"],
            Language::English => ["No.", "Severity", "Finding", "Page"],
        };
        self.right(NUMBERS, number, GREY);
        self.left(SEVERITIES, severity, GREY);
        self.left(MESSAGES, message, GREY);
        self.right(RIGHT, page, GREY);
        self.y -= LEADING;
        self.rule();
    }

    /// Text on the current line, `y` being the upper edge of the line.
    fn text(&mut self, x: i64, size: i64, text: &str, colour: Colour) {
        let baseline = self.y - size;
        self.content +=
            &format!("BT {} rg /F {size} Tf 1 0 0 1 {x} {baseline} Tm {} Tj ET\n", shares(colour), shown(text));
    }

    fn left(&mut self, x: i64, text: &str, colour: Colour) {
        self.text(x, SIZE, text, colour);
    }

    /// Text that ends at some place.
    fn right(&mut self, x: i64, text: &str, colour: Colour) {
        let width = i64::try_from(width(text)).unwrap_or(0) * HALF;
        self.text(x - width, SIZE, text, colour);
    }

    /// A line below what stands above.
    fn rule(&mut self) {
        let y = self.y - 1;
        self.content += &format!("{} RG 0.5 w {LEFT} {y} m {RIGHT} {y} l S\n", shares(LINE));
        self.y -= LEADING / 3;
    }

    /// What was drawn from some height on leads somewhere.
    fn link(&mut self, top: i64, goal: Option<Goal>) {
        if let Some(goal) = goal
            && top > self.y
        {
            self.links.push((top, self.y, goal));
        }
    }
}

const fn nothing(language: Language) -> &'static str {
    match language {
        Language::Chinese => "未发现问题。",
        Language::English => "No findings.",
    }
}

/// The colour of a severity in words.
const fn colour(severity: Severity) -> Colour {
    match severity {
        Severity::Error => [190, 30, 30],
        Severity::Warning => [160, 100, 0],
        Severity::Info => [30, 90, 170],
    }
}
