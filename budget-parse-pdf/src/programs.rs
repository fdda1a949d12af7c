//! What the programs that draw a page would do, found out before they run: the library under this crate cannot be interrupted
//! where it draws nothing.

use std::collections::{HashMap, HashSet};

use hayro_syntax::Filter;
use hayro_syntax::content::TypedIter;
use hayro_syntax::content::ops::TypedInstruction;
use hayro_syntax::object::dict::keys::{
    ANNOTS, AP, COLORSPACE, COLUMNS, CONTENTS, DECODE_PARMS, DESCENDANT_FONTS, DP, ENCODING, FONT_DESC, FONT_FILE,
    FONT_FILE2, FONT_FILE3, N, RESOURCES, SUBTYPE, TO_UNICODE,
};
use hayro_syntax::object::{Array, Dict, Name, ObjRef, Object, ObjectIdentifier, Stream};
use hayro_syntax::page::{Page, Resources};
use memchr::memmem;

use crate::packing::{self, Method};
use crate::screen::MOST_COLUMNS;
use crate::stop::Stop;

/// Longest program of a page, and most that a stream inside it may unpack to.
const LONGEST: u64 = 8 << 20;
const LONGEST_STREAM: u64 = 64 << 20;
/// A program that is shorter can do no harm by itself; one whose letters are programs takes more for each of them.
const SHORT: usize = 256 << 10;
const SHORT_WITH_DRAWN_LETTERS: usize = 16 << 10;
/// Most forms that are looked at for one page; a form that is called often counts once for each place it is called from.
const MOST_FORMS: usize = 10_000;
/// Deeper forms are not drawn by the library.
const DEEPEST: usize = 50;
/// Most bytes of text in one operation, parts of one path, and states that are saved at a time.
const MOST_TEXT: usize = 50_000;
const MOST_PARTS: usize = 1_000_000;
const MOST_STATES: usize = 20_000;
/// Most bytes of text in a program that clips by letters.
const MOST_CLIPPING: usize = 20_000;
/// The library looks for the end of an image within a program again and again: most bytes it may look at.
const MOST_SOUGHT: usize = 1 << 32;

/// The programs of a document.
pub(crate) struct Programs {
    /// How many bytes of them may still be kept, and may still run.
    kept: u64,
    run: u64,
    /// What the forms call.
    forms: HashMap<ObjectIdentifier, Program>,
    /// Fonts that were looked at, and those of them whose letters are programs.
    fonts: HashMap<ObjRef, bool>,
    /// Streams of fonts. What all streams of a file unpack to was counted, so that each may be unpacked once.
    streams: HashSet<ObjectIdentifier>,
    /// Whether nothing is known of what the streams unpack to.
    is_encrypted: bool,
    /// How many forms may still be looked at for the page.
    forms_left: usize,
}

/// A program, and the forms it calls by name.
#[derive(Clone, Default)]
struct Program {
    length: u64,
    calls: Vec<(Vec<u8>, u64)>,
}

impl Programs {
    /// The programs of a file that may take so many bytes.
    pub(crate) fn of_file(content: &[u8], most: u64) -> Self {
        // Memory is made for up to twice as much as is kept.
        Self {
            kept: most / 2,
            run: most,
            forms: HashMap::new(),
            fonts: HashMap::new(),
            streams: HashSet::new(),
            is_encrypted: memmem::find(content, b"/Encrypt").is_some(),
            forms_left: 0,
        }
    }

    /// Ends the work if drawing a page would be too much.
    pub(crate) fn check(&mut self, page: &Page<'_>) {
        if is_too_long(page.raw(), self.is_encrypted) || self.kept == 0 {
            Stop::end();
        }
        let content = page.page_stream().unwrap_or_default();
        let length = content.len() as u64;
        self.kept = self.kept.saturating_sub(length);
        if length > LONGEST {
            Stop::end();
        }
        self.forms_left = MOST_FORMS;
        let short = self.fonts(page.resources());
        let short = if has_forms(page.resources()) { 0 } else { short };
        self.run(&Program::of(content, short), page.resources(), 1, 0);
        if let Some(annotations) = page.raw().get::<Array<'_>>(ANNOTS) {
            for annotation in annotations.iter::<Dict<'_>>() {
                for form in appearances(&annotation) {
                    self.form(&form, page.resources(), 1, 0);
                }
            }
        }
    }

    /// Looks at the fonts of a page or form, each of them once; how long a program with them may be and do no harm.
    fn fonts(&mut self, resources: &Resources<'_>) -> usize {
        let mut short = SHORT;
        for name in resources.fonts.keys() {
            let number = resources.fonts.get_ref(name.as_ref());
            let known = number.and_then(|number| self.fonts.get(&number).copied());
            let has_drawn_letters = known.unwrap_or_else(|| {
                let font = resources.fonts.get::<Dict<'_>>(name.as_ref()).unwrap_or_default();
                self.font(&font);
                font.get::<Name<'_>>(SUBTYPE).is_some_and(|kind| kind.as_ref() == b"Type3")
            });
            self.fonts.extend(number.map(|number| (number, has_drawn_letters)));
            if has_drawn_letters {
                short = SHORT_WITH_DRAWN_LETTERS;
            }
        }
        short
    }

    fn font(&mut self, font: &Dict<'_>) {
        let below = font.get::<Array<'_>>(DESCENDANT_FONTS).and_then(|fonts| fonts.flex_iter().next::<Dict<'_>>());
        for font in [Some(font), below.as_ref()].into_iter().flatten() {
            let descriptor = font.get::<Dict<'_>>(FONT_DESC).unwrap_or_default();
            let programs = [FONT_FILE, FONT_FILE2, FONT_FILE3].map(|key| descriptor.get::<Stream<'_>>(key));
            let maps = [TO_UNICODE, ENCODING].map(|key| font.get::<Stream<'_>>(key));
            for stream in programs.into_iter().chain(maps).flatten() {
                let is_counted = self.streams.insert(stream.obj_id()) && !self.is_encrypted;
                let length = if is_counted { 0 } else { unpacked_length(&stream) };
                let length = if has_sane_rows(&stream) { length } else { u64::MAX };
                self.kept = self.kept.checked_sub(length).unwrap_or_else(|| Stop::end());
            }
        }
    }

    /// Counts what a program does so many times.
    fn run(&mut self, program: &Program, resources: &Resources<'_>, times: u64, depth: usize) {
        let length = program.length.saturating_mul(times);
        if length > self.run {
            Stop::end();
        }
        self.run -= length;
        if depth >= DEEPEST {
            return;
        }
        for (name, count) in &program.calls {
            let Some(form) = resources.x_objects.get::<Stream<'_>>(name) else { continue };
            if form.dict().get::<Name<'_>>(SUBTYPE).is_some_and(|kind| kind.as_ref() == b"Form") {
                self.form(&form, resources, times.saturating_mul(*count), depth);
            }
        }
    }

    fn form(&mut self, form: &Stream<'_>, resources: &Resources<'_>, times: u64, depth: usize) {
        self.forms_left = self.forms_left.checked_sub(1).unwrap_or_else(|| Stop::end());
        let number = form.obj_id();
        let program = self.forms.entry(number).or_insert_with(|| {
            if unpacked_length(form) > LONGEST || !has_sane_rows(form) {
                Stop::end();
            }
            Program::of(&form.decoded_data().unwrap_or_default(), 0)
        });
        let program = program.clone();
        let own = form.dict().get::<Dict<'_>>(RESOURCES).map(Resources::new);
        if let Some(own) = &own {
            self.fonts(own);
        }
        self.run(&program, own.as_ref().unwrap_or(resources), times, depth + 1);
    }
}

impl Program {
    /// Reads a program without running it, unless it is short and can do no harm.
    fn of(content: &[u8], short: usize) -> Self {
        // Calling costs something, too.
        let mut program = Self { length: content.len() as u64 + 100, calls: Vec::new() };
        if memmem::find(content, b"BI").is_some()
            && memmem::find_iter(content, b"EI").count().saturating_mul(content.len()) > MOST_SOUGHT
        {
            Stop::end();
        }
        if content.len() < short && !clips_by_letters(content) {
            return program;
        }
        let mut calls: HashMap<Vec<u8>, u64> = HashMap::new();
        let (mut parts, mut states, mut text, mut clips) = (0_usize, 0_usize, 0_usize, false);
        let mut operations = TypedIter::new(content);
        while let Some(operation) = operations.next() {
            let shown = match operation {
                TypedInstruction::XObject(name) => {
                    *calls.entry(name.0.as_ref().to_vec()).or_default() += 1;
                    0
                }
                TypedInstruction::SaveState(_) => {
                    states += 1;
                    0
                }
                TypedInstruction::RestoreState(_) => {
                    states = states.saturating_sub(1);
                    0
                }
                TypedInstruction::RectPath(_)
                | TypedInstruction::MoveTo(_)
                | TypedInstruction::LineTo(_)
                | TypedInstruction::CubicTo(_)
                | TypedInstruction::CubicStartTo(_)
                | TypedInstruction::CubicEndTo(_)
                | TypedInstruction::ClosePath(_) => {
                    parts += 1;
                    0
                }
                TypedInstruction::EndPath(_)
                | TypedInstruction::StrokePath(_)
                | TypedInstruction::CloseAndStrokePath(_)
                | TypedInstruction::FillPathNonZero(_)
                | TypedInstruction::FillPathNonZeroCompatibility(_)
                | TypedInstruction::FillPathEvenOdd(_)
                | TypedInstruction::FillAndStrokeNonZero(_)
                | TypedInstruction::FillAndStrokeEvenOdd(_)
                | TypedInstruction::CloseFillAndStrokeNonZero(_)
                | TypedInstruction::CloseFillAndStrokeEvenOdd(_) => {
                    parts = 0;
                    0
                }
                TypedInstruction::TextRenderingMode(mode) => {
                    clips |= mode.0.as_i64() >= 4;
                    0
                }
                TypedInstruction::ShowText(shown) => shown.0.as_bytes().len(),
                TypedInstruction::NextLineAndShowText(shown) => shown.0.as_bytes().len(),
                TypedInstruction::ShowTextWithParameters(shown) => shown.2.as_bytes().len(),
                TypedInstruction::ShowTexts(shown) => shown.0.data().len(),
                _ => 0,
            };
            text += shown;
            let is_too_much = shown > MOST_TEXT || parts > MOST_PARTS || states > MOST_STATES;
            if is_too_much || (clips && text > MOST_CLIPPING) {
                Stop::end();
            }
        }
        program.calls.extend(calls);
        program
    }
}

/// Whether a page may draw forms. Few pages have objects, and most of those are images.
fn has_forms(resources: &Resources<'_>) -> bool {
    let objects = &resources.x_objects;
    objects.len() > 100
        || objects
            .keys()
            .filter_map(|name| objects.get::<Stream<'_>>(name.as_ref()))
            .any(|object| object.dict().get::<Name<'_>>(SUBTYPE).is_some_and(|kind| kind.as_ref() == b"Form"))
}

/// Whether a program clips by letters (`7 Tr`), or may do so.
fn clips_by_letters(content: &[u8]) -> bool {
    memmem::find_iter(content, b"Tr").any(|at| {
        let before = content.get(..at).unwrap_or_default().trim_ascii_end();
        !matches!(before, [.., b'\t' | b'\n' | b'\r' | b' ', b'0'..=b'3'] | [b'0'..=b'3'])
    })
}

/// Whether the content of a page is too long, before it is unpacked.
fn is_too_long(page: &Dict<'_>, is_encrypted: bool) -> bool {
    match page.get::<Object<'_>>(CONTENTS) {
        Some(Object::Stream(stream)) => {
            !has_sane_rows(&stream) || (is_encrypted && unpacked_length(&stream) > LONGEST_STREAM)
        }
        Some(Object::Array(streams)) => {
            // Most pages have little, and a few streams of it.
            let most = streams.iter::<Stream<'_>>().map(|stream| most_unpacked(&stream)).fold(0, u64::saturating_add);
            if most <= LONGEST_STREAM && streams.iter::<Stream<'_>>().all(|stream| has_sane_rows(&stream)) {
                return false;
            }
            let mut left = LONGEST;
            for stream in streams.iter::<Stream<'_>>() {
                match left.checked_sub(unpacked_length(&stream)) {
                    Some(rest) if has_sane_rows(&stream) => left = rest,
                    _ => return true,
                }
            }
            false
        }
        _ => false,
    }
}

/// How long a stream is when it is unpacked, at most.
pub(crate) fn unpacked_length(stream: &Stream<'_>) -> u64 {
    let most = most_unpacked(stream);
    if most <= LONGEST {
        return most;
    }
    let (data, mut letters) = (stream.raw_data(), LONGEST_STREAM);
    packing::unpacked_length(&data, &methods(stream), LONGEST_STREAM, &mut letters)
}

/// The same by the length of its data alone.
fn most_unpacked(stream: &Stream<'_>) -> u64 {
    packing::bound(stream.raw_data().len() as u64, &methods(stream))
}

fn methods(stream: &Stream<'_>) -> Vec<Method> {
    let method = |filter: &Filter| match filter {
        Filter::FlateDecode => Method::Deflate,
        Filter::LzwDecode => Method::Lzw,
        Filter::RunLengthDecode => Method::Runs,
        Filter::Ascii85Decode => Method::Base85,
        Filter::AsciiHexDecode => Method::Hexadecimal,
        _ => Method::Other,
    };
    stream.filters().iter().map(method).collect()
}

/// Whether a stream has rows of a length that can be: the library makes room for one before it looks at the data.
fn has_sane_rows(stream: &Stream<'_>) -> bool {
    let is_sane = |parameters: &Dict<'_>| {
        parameters
            .get::<Object<'_>>(COLUMNS)
            .is_none_or(|_| parameters.get::<u32>(COLUMNS).is_some_and(|columns| columns <= MOST_COLUMNS))
    };
    [DP, DECODE_PARMS].iter().all(|key| match stream.dict().get::<Object<'_>>(key) {
        Some(Object::Dict(parameters)) => is_sane(&parameters),
        Some(Object::Array(list)) => list.iter::<Object<'_>>().filter_map(Object::into_dict).all(|one| is_sane(&one)),
        _ => true,
    })
}

/// Whether an image can be unpacked and its colours be found in a time and room that its size bounds.
pub(crate) fn is_plain_image(image: &Stream<'_>) -> bool {
    let is_bounded =
        |filter: &Filter| !matches!(filter, Filter::JpxDecode | Filter::Jbig2Decode | Filter::CcittFaxDecode);
    let is_plain = match image.dict().get::<Object<'_>>(COLORSPACE) {
        Some(Object::Name(_)) | None => true,
        Some(Object::Array(parts)) => parts
            .flex_iter()
            .next::<Name<'_>>()
            .is_some_and(|name| [&b"ICCBased"[..], b"CalGray", b"CalRGB", b"Indexed"].contains(&name.as_ref())),
        _ => false,
    };
    is_plain && image.filters().iter().all(is_bounded) && unpacked_length(image) <= LONGEST_STREAM
}

/// What an annotation may look like.
fn appearances<'a>(annotation: &Dict<'a>) -> Vec<Stream<'a>> {
    match annotation.get::<Dict<'_>>(AP).and_then(|appearance| appearance.get::<Object<'_>>(N)) {
        Some(Object::Stream(stream)) => vec![stream],
        Some(Object::Dict(states)) => {
            states.keys().filter_map(|name| states.get::<Stream<'_>>(name.as_ref())).collect()
        }
        _ => Vec::new(),
    }
}
