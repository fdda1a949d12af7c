//! Draws a page with the PDF library and notes what is drawn.
//!
//! Positions come as binary floating point and leave as whole hundredths of a point; no amount passes through here but as text.
#![allow(clippy::float_arithmetic)]

use hayro_interpret::font::{Glyph as DrawnGlyph, GlyphRun};
use hayro_interpret::hayro_cmap::{BfString, WritingMode};
use hayro_interpret::kurbo::{Affine, BezPath, PathEl, Point, Rect, Shape};
use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageData, ImageDrawProps, InterpreterCache,
    InterpreterSettings, Paint, SoftMask, interpret_page,
};
use hayro_syntax::object::Dict;
use hayro_syntax::object::dict::keys::{MASK, SMASK};

use crate::geometry::{Area, POINT};
use crate::letters::{Characters, Placed, place};
use crate::outline::{hundredths, is_curved, pieces, point, rounded};
use crate::page::{Cover, Glyph, Page, Rule};
use crate::programs::is_plain_image;
use crate::stop::{Room, Stop};
use crate::unicode::Unicode;
use budget_model::HiddenReason;

/// A filled box that is not thicker is a ruling line.
const THICKEST_RULE: i32 = 3 * POINT;
/// What is lighter than this cannot be told from paper.
const WHITE: f32 = 0.97;
/// Less than this lets everything shine through.
const OPAQUE: f32 = 0.99;
/// A line may leave its direction by this much over its length.
const SLANT: f64 = 0.6;
/// Images are looked into only if they have at most this many pixels, and only so many on a page.
const LARGEST_IMAGE: u64 = 4_000_000;
const MOST_IMAGES: usize = 16;

/// Draws a page.
pub(crate) fn draw<'a>(
    page: &hayro_syntax::page::Page<'a>,
    cache: &InterpreterCache<'a>,
    room: Room,
    unicode: &mut Unicode,
) -> Page {
    let (width, height) = page.render_dimensions();
    let mut canvas = Canvas::new(width, height, room, unicode);
    let transform = Affine::new(page.initial_transform(true).as_coeffs());
    let paper = Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
    let mut context = Context::new(transform, paper, cache, page.xref(), InterpreterSettings::default());
    interpret_page(page, &mut context, &mut canvas);
    canvas.finish()
}

/// Where a page is drawn.
pub(crate) struct Canvas<'u> {
    page: Page,
    room: Room,
    operations: usize,
    /// The boxes outside of which nothing is drawn; the last one is cut by all before it.
    clips: Vec<Area>,
    groups: Vec<Group>,
    run: u32,
    /// Where the last string began, and how many glyphs it had.
    last_run: Option<((i32, i32), usize)>,
    images_opened: usize,
    unicode: &'u mut Unicode,
}

/// A group that is drawn as a whole.
#[derive(Clone, Copy)]
struct Group {
    opacity: f32,
    /// Whether something else says how much of it is seen, and where.
    is_mixed: bool,
}

/// How something is painted.
#[derive(Clone, Copy)]
struct Ink {
    opacity: f32,
    is_white: bool,
    /// Whether one colour covers all of it.
    is_plain: bool,
}

impl<'u> Canvas<'u> {
    /// An empty page of some size in points.
    pub(crate) fn new(width: f32, height: f32, room: Room, unicode: &'u mut Unicode) -> Self {
        let size = (hundredths(f64::from(width)), hundredths(f64::from(height)));
        Self {
            page: Page { size, ..Page::default() },
            room,
            operations: 0,
            clips: Vec::new(),
            groups: Vec::new(),
            run: 0,
            last_run: None,
            images_opened: 0,
            unicode,
        }
    }

    /// What was drawn.
    pub(crate) fn finish(mut self) -> Page {
        self.page.operations = self.operations;
        self.page
    }

    fn paper(&self) -> Area {
        Area::new(0, 0, self.page.size.0, self.page.size.1)
    }

    fn clip(&self) -> Option<Area> {
        self.clips.last().copied()
    }

    fn push_clip(&mut self, area: Area) {
        let area = self.clip().map_or(area, |clip| clip.cut(&area));
        self.clips.push(area);
    }

    /// One more operation; it gives the order of things drawn.
    fn step(&mut self) -> u32 {
        self.operations += 1;
        if self.operations > self.room.operations || self.page.marks() > self.room.marks {
            Stop::end();
        }
        u32::try_from(self.operations).unwrap_or(u32::MAX)
    }

    fn ink(&self, paint: &Paint<'_>, soft_mask: bool, blend_mode: BlendMode) -> Ink {
        let mut opacity: f32 = self.groups.iter().map(|group| group.opacity).product();
        let is_mixed = soft_mask || blend_mode != BlendMode::Normal || self.groups.iter().any(|group| group.is_mixed);
        match paint {
            Paint::Color(color) => {
                let [red, green, blue, alpha] = color.to_rgba().components();
                opacity *= alpha;
                let is_white = red >= WHITE && green >= WHITE && blue >= WHITE;
                Ink { opacity, is_white, is_plain: !is_mixed }
            }
            Paint::Pattern(_) => Ink { opacity, is_white: false, is_plain: false },
        }
    }

    /// A level or upright line from point to point.
    fn line(&mut self, one: Point, other: Point, thickness: i32, order: u32) {
        let (width, height) = ((one.x - other.x).abs(), (one.y - other.y).abs());
        let is_level = width >= height;
        if width.min(height) > SLANT || width.max(height) < 0.1 {
            return;
        }
        let area = Area::of_corners(point(one), point(other));
        let (position, from, to) = match is_level {
            true => (area.center().1, area.left, area.right),
            false => (area.center().0, area.top, area.bottom),
        };
        self.rule(Rule { is_level, position, from, to, thickness, order });
    }

    /// A ruling line, cut to what is seen of it.
    fn rule(&mut self, mut rule: Rule) {
        let clip = self.clip().map_or(self.paper(), |clip| clip.cut(&self.paper()));
        let (across, along) = match rule.is_level {
            true => ((clip.top, clip.bottom), (clip.left, clip.right)),
            false => ((clip.left, clip.right), (clip.top, clip.bottom)),
        };
        let half = rule.thickness / 2 + POINT / 2;
        (rule.from, rule.to) = (rule.from.max(along.0), rule.to.min(along.1));
        if rule.to > rule.from && rule.position + half >= across.0 && rule.position - half <= across.1 {
            self.page.rules.push(rule);
        }
    }

    fn stroke(&mut self, path: &BezPath, transform: Affine, width: f32, order: u32) {
        let scale = transform.determinant().abs().sqrt();
        let thickness = hundredths(f64::from(width) * scale);
        if thickness > 2 * THICKEST_RULE {
            return;
        }
        let (mut start, mut pen) = (Point::ZERO, Point::ZERO);
        for element in path.elements() {
            match *element {
                PathEl::MoveTo(to) => (start, pen) = (transform * to, transform * to),
                PathEl::LineTo(to) => {
                    let to = transform * to;
                    self.line(pen, to, thickness, order);
                    pen = to;
                }
                PathEl::QuadTo(_, to) | PathEl::CurveTo(_, _, to) => pen = transform * to,
                PathEl::ClosePath => {
                    self.line(pen, start, thickness, order);
                    pen = start;
                }
            }
        }
    }

    fn fill(&mut self, path: &BezPath, transform: Affine, ink: Ink, order: u32) {
        let pieces = pieces(path, transform);
        // The outline of a frame: a box in a box, with the ink between them.
        if let [(outer, true), (inner, true)] = pieces.as_slice() {
            let sides = [
                inner.left - outer.left,
                inner.top - outer.top,
                outer.right - inner.right,
                outer.bottom - inner.bottom,
            ];
            if sides.iter().all(|side| (0..=THICKEST_RULE).contains(side)) && !ink.is_white {
                let (middle, thickness) = (|one: i32, other: i32| one + (other - one) / 2, sides[0].max(sides[1]));
                let level =
                    |position| Rule { is_level: true, position, from: outer.left, to: outer.right, thickness, order };
                let upright =
                    |position| Rule { is_level: false, position, from: outer.top, to: outer.bottom, thickness, order };
                self.rule(level(middle(outer.top, inner.top)));
                self.rule(level(middle(inner.bottom, outer.bottom)));
                self.rule(upright(middle(outer.left, inner.left)));
                self.rule(upright(middle(inner.right, outer.right)));
                return;
            }
        }
        for (area, is_box) in pieces {
            self.fill_box(area, is_box, ink, order);
        }
    }

    fn fill_box(&mut self, area: Area, is_box: bool, ink: Ink, order: u32) {
        let (width, height) = (area.width(), area.height());
        let is_thin = width.min(height) <= THICKEST_RULE && width.max(height) >= 2 * width.min(height);
        if is_thin && !ink.is_white {
            let is_level = width >= height;
            let (x, y) = area.center();
            let (position, from, to) = if is_level { (y, area.left, area.right) } else { (x, area.top, area.bottom) };
            self.rule(Rule { is_level, position, from, to, thickness: width.min(height), order });
        } else if is_box && ink.is_plain && ink.opacity >= OPAQUE {
            let area = self.clip().map_or(area, |clip| clip.cut(&area));
            if !area.is_empty() {
                self.page.covers.push(Cover { area, order, is_white: ink.is_white });
            }
        }
    }

    fn path(&mut self, path: &BezPath, props: &DrawProps<'_>, mode: &DrawMode) {
        let order = self.step();
        let ink = self.ink(&props.paint, props.soft_mask.is_some(), props.blend_mode);
        if ink.opacity <= 0.01 {
            return;
        }
        let stroke = match mode {
            DrawMode::Fill(_) => None,
            DrawMode::Stroke(stroke) | DrawMode::FillAndStroke(_, stroke) => Some(stroke),
            DrawMode::Invisible => return,
        };
        if is_curved(path) {
            // Letters and seals that are drawn as lines, not ruling lines.
            return;
        }
        if !matches!(mode, DrawMode::Stroke(_)) {
            self.fill(path, props.transform, ink, order);
        }
        if let Some(stroke) = stroke.filter(|_| !ink.is_white) {
            self.stroke(path, props.transform, stroke.line_width, order);
        }
    }

    /// Notes a glyph; `letter` is the box of its ink, which is worth finding only where something cuts it.
    fn glyph(&mut self, glyph: &Placed, letter: &dyn Fn() -> Option<Area>, ink: Ink, is_invisible: bool, order: u32) {
        let hiding = (is_invisible || ink.opacity <= 0.01).then_some(HiddenReason::Invisible);
        let paper = self.paper();
        let seen = self.clip();
        // A glyph that stands for several characters is divided among them.
        let count = i32::try_from(glyph.text.chars().count()).unwrap_or(1).max(1);
        for (index, character) in (0..).zip(glyph.text.chars()) {
            let from = glyph.advance * (f64::from(index) / f64::from(count));
            let to = glyph.advance * (f64::from(index + 1) / f64::from(count));
            let (head, foot) = (f64::from(Glyph::HEAD) / 100.0, f64::from(Glyph::FOOT) / 100.0);
            let area =
                Area::of_corners(point(glyph.pen + from + glyph.up * head), point(glyph.pen + to - glyph.up * foot));
            let mut made = Glyph {
                character,
                area,
                size: hundredths(glyph.up.hypot()),
                run: self.run,
                order,
                turn: glyph.turn,
                is_white: ink.is_white,
                is_cut: false,
                hidden: hiding,
            };
            if let Some(clip) = seen.filter(|clip| !clip.contains(&area, 0)) {
                // A point stands below the middle of its line, and a clip may be as narrow as the letters.
                let letter = if count == 1 { letter().unwrap_or(area) } else { area };
                if !clip.holds(letter.center()) {
                    made.hidden = made.hidden.or(Some(HiddenReason::Clipped));
                } else {
                    let room = letter.width() / 4;
                    made.is_cut = clip.left > letter.left + room || clip.right < letter.right - room;
                }
            }
            if !paper.holds(made.center()) {
                made.hidden = Some(HiddenReason::OffPage);
            }
            self.page.glyphs.push(made);
        }
    }

    fn image(&mut self, image: &Image<'_, '_>, props: &ImageDrawProps<'_>) {
        let order = self.step();
        let (width, height) = (image.width(), image.height());
        let corners = props.transform * Rect::new(0.0, 0.0, f64::from(width), f64::from(height)).to_path(0.1);
        let area = rounded(corners.bounding_box()).cut(&self.paper());
        let area = self.clip().map_or(area, |clip| clip.cut(&area));
        if area.is_empty() {
            return;
        }
        let paper = self.paper();
        let share = |area: &Area| i64::from(area.width()) * i64::from(area.height());
        let hundredth = (share(&paper) / 100).max(1);
        self.page.image_share += i32::try_from(share(&area) / hundredth).unwrap_or(100);
        let ink = Ink {
            opacity: self.groups.iter().map(|group| group.opacity).product(),
            is_white: true,
            is_plain: !self.groups.iter().any(|group| group.is_mixed) && props.blend_mode == BlendMode::Normal,
        };
        let Image::Raster(raster) = image else { return };
        let dict = raster.stream().dict();
        if !ink.is_plain || ink.opacity < OPAQUE || dict.contains_key(SMASK) || dict.contains_key(MASK) {
            return;
        }
        // Only an image over text is of interest: an old heading under white paper, the new one typed on it.
        let covers_text = self.page.glyphs.iter().any(|glyph| glyph.hidden.is_none() && area.holds(glyph.center()));
        let is_small = u64::from(width) * u64::from(height) <= LARGEST_IMAGE && is_plain_image(raster.stream());
        if !covers_text || !is_small || self.images_opened >= MOST_IMAGES {
            return;
        }
        self.images_opened += 1;
        let mut is_white = false;
        raster.with_rgba(
            |data, alpha| {
                let bytes = match &data {
                    ImageData::Rgb(data) => &data.data,
                    ImageData::Luma(data) => &data.data,
                };
                let dark = bytes.iter().filter(|byte| **byte < 240).count();
                is_white = alpha.is_none() && !bytes.is_empty() && dark * 200 <= bytes.len();
            },
            Some((200, 200)),
        );
        if is_white {
            self.page.covers.push(Cover { area, order, is_white: true });
        }
    }
}

impl<'a> Device<'a> for Canvas<'_> {
    fn draw_path(&mut self, path: &BezPath, props: DrawProps<'a>, mode: &DrawMode) {
        self.path(path, &props, mode);
    }

    fn push_clip_path(&mut self, clip_path: &ClipPath) {
        self.step();
        self.push_clip(rounded(clip_path.path.bounding_box()));
    }

    fn push_clip_rect(&mut self, rect: &Rect) {
        self.step();
        self.push_clip(rounded(*rect));
    }

    fn pop_clip(&mut self) {
        self.clips.pop();
    }

    fn push_transparency_group(&mut self, opacity: f32, mask: Option<SoftMask<'a>>, blend_mode: BlendMode) {
        self.step();
        self.groups.push(Group { opacity, is_mixed: mask.is_some() || blend_mode != BlendMode::Normal });
    }

    fn pop_transparency_group(&mut self) {
        self.groups.pop();
    }

    fn draw_glyph_run(&mut self, glyph_run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, mode: &DrawMode) {
        let order = self.step();
        // Letters that are filled and outlined come as two strings.
        let run = glyph_run.glyphs();
        let begin = run.first().map(|glyph| (point(props.transform * glyph.transform() * Point::ZERO), run.len()));
        if matches!(mode, DrawMode::Stroke(_)) && self.last_run == begin {
            return;
        }
        self.last_run = begin;
        self.run += 1;
        let ink = self.ink(&props.paint, props.soft_mask.is_some(), props.blend_mode);
        let is_invisible = matches!(mode, DrawMode::Invisible);
        let is_vertical = glyph_run.writing_mode() == WritingMode::Vertical;
        let mut glyphs = glyph_run.glyphs().iter().peekable();
        while let Some(glyph) = glyphs.next() {
            let transform = props.transform * glyph.transform();
            let next = glyphs.peek().map(|next| (props.transform * next.transform()) * Point::ZERO);
            let text = match self.unicode.text(glyph) {
                Some(text) => text,
                None => {
                    self.page.unmapped += 1;
                    BfString::Char(char::REPLACEMENT_CHARACTER)
                }
            };
            let placed = place(glyph, transform, next, is_vertical, text);
            let letter = || match &**glyph {
                DrawnGlyph::Outline(outline) => {
                    let path = transform * outline.outline();
                    (!path.elements().is_empty()).then(|| rounded(path.bounding_box()))
                }
                DrawnGlyph::Type3(_) => None,
            };
            self.glyph(&placed, &letter, ink, is_invisible, order);
        }
    }

    fn draw_image(&mut self, image: Image<'a, '_>, props: ImageDrawProps<'a>) {
        self.image(&image, &props);
    }

    fn begin_marked_content(&mut self, _tag: &[u8], _properties: Option<&Dict<'_>>) {
        self.step();
    }
}
