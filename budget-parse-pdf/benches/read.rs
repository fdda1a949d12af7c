//! Reading pages with ruled tables, next to what the library alone needs to draw them, and up to the finished model.
//!
//! The library draws. The reader adds what hides what, lines, grids and cells, and bounds on all of it.

#![allow(clippy::unwrap_used, clippy::float_arithmetic, missing_docs, reason = "a benchmark that cannot go on fails")]

#[path = "../tests/common/mod.rs"]
mod common;

use std::hint::black_box;
use std::time::Duration;

use budget_parse::{Limits, Reader, Registry};
use budget_parse_pdf::PdfReader;
use common::{File, Sheet};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use hayro_interpret::font::GlyphRun;
use hayro_interpret::kurbo::{Affine, BezPath, Rect};
use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps, InterpreterCache,
    InterpreterSettings, SoftMask, interpret_page,
};
use hayro_syntax::Pdf;

/// Pages of a table of expenditure by item: a code, a name and three figures in each of forty rows.
fn file(pages: u32) -> Vec<u8> {
    let xs = [50.0, 110.0, 260.0, 350.0, 440.0, 530.0];
    let ys: Vec<f32> = (0..42).map(|row| 780.0 - 17.0 * row as f32).collect();
    let mut file = File::new();
    for page in 0..pages {
        let mut sheet = Sheet::new();
        sheet.text(240.0, 810.0, "支出总体情况表").text(480.0, 790.0, "单位：万元").grid(&xs, &ys);
        sheet.cells(&xs, &ys, &[&["科目编码", "科目名称", "合计", "基本支出", "项目支出"]]);
        for (row, y) in (1..).zip(&ys[2..]) {
            let (part, rest) = (page * 7 + row, row * 3);
            sheet.text(53.0, y + 4.0, &format!("207{:02}{:02}", row % 9 + 1, row)).text(113.0, y + 4.0, "群众文化");
            for (x, amount) in [(350.0, part + rest), (440.0, part), (530.0, rest)] {
                sheet.number(x - 3.0, y + 4.0, &format!("{amount}.50"));
            }
        }
        let content = file.deflated("", &sheet.content);
        file.page_of(&sheet, &format!("{content} 0 R"));
    }
    file.bytes()
}

/// Counts what is drawn.
#[derive(Default)]
struct Counter(usize);

impl<'a> Device<'a> for Counter {
    fn draw_path(&mut self, _: &BezPath, _: DrawProps<'a>, _: &DrawMode) {
        self.0 += 1;
    }

    fn push_clip_path(&mut self, _: &ClipPath) {}

    fn push_clip_rect(&mut self, _: &Rect) {}

    fn pop_clip(&mut self) {}

    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}

    fn pop_transparency_group(&mut self) {}

    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, _: DrawProps<'a>, _: &DrawMode) {
        self.0 += run.glyphs().iter().filter(|glyph| glyph.as_unicode().is_some()).count();
    }

    fn draw_image(&mut self, _: Image<'a, '_>, _: ImageDrawProps<'a>) {}
}

/// What the library needs to draw all pages and to say what its glyphs are.
fn library_alone(content: &[u8]) -> usize {
    let pdf = Pdf::new(content.to_vec()).unwrap();
    let (mut counter, cache) = (Counter::default(), InterpreterCache::new());
    for page in pdf.pages().iter() {
        let (width, height) = page.render_dimensions();
        let paper = Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
        let transform = Affine::new(page.initial_transform(true).as_coeffs());
        let mut context = Context::new(transform, paper, &cache, page.xref(), InterpreterSettings::default());
        interpret_page(page, &mut context, &mut counter);
    }
    counter.0
}

fn read(criterion: &mut Criterion) {
    let registry = Registry::new().with_reader(PdfReader);
    for pages in [1, 50] {
        let content = file(pages);
        assert_eq!(PdfReader.read(&content, &Limits::default()).unwrap().grids().count(), pages as usize);
        let mut group = criterion.benchmark_group(format!("read {pages} pages"));
        group.throughput(Throughput::Elements(u64::from(pages))).sample_size(10);
        group.warm_up_time(Duration::from_millis(500)).measurement_time(Duration::from_secs(3));
        group.bench_function("lines and grids", |bench| {
            bench.iter(|| PdfReader.read(black_box(&content), &Limits::default()).unwrap());
        });
        group.bench_function("glyphs, library alone", |bench| bench.iter(|| library_alone(black_box(&content))));
        group.bench_function("document", |bench| bench.iter(|| registry.read(black_box(&content), None).unwrap()));
        group.finish();
    }
}

criterion_group!(benches, read);
criterion_main!(benches);
