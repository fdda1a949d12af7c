//! PDF files: as they are, or pages that are drawn by any bytes.

use std::borrow::Cow;

use crate::pdf::{File, Sheet};

/// What is a PDF as it is; anything else as the program that draws its only page, between two texts.
#[must_use]
pub fn drawn(content: &[u8]) -> Cow<'_, [u8]> {
    if content.starts_with(b"%PDF-") {
        return Cow::Borrowed(content);
    }
    let mut sheet = Sheet::new();
    sheet.text(50.0, 810.0, "支出总体情况表").raw("q").raw(content).raw("Q").text(50.0, 20.0, "单位：万元");
    Cow::Owned(File::of(&[sheet]))
}

/// Tables with merged cells and without rules, hidden text and a turned page: each as a file, and as the program that draws it.
pub(crate) fn seeds() -> Vec<(String, Vec<u8>)> {
    let (xs, ys) = ([50.0, 200.0, 300.0, 400.0], [780.0, 760.0, 740.0, 720.0]);
    let mut table = Sheet::new();
    table.text(180.0, 810.0, "云溪县文化馆2026年支出总体情况表").text(480.0, 790.0, "单位：万元").grid(&xs, &ys);
    table.cells(&xs, &ys, &[&["科目", "合计", "项目"], &["合计", "17.00", "3.00"], &["文化", "17.00", "3.00"]]);
    let mut hidden = Sheet::new();
    hidden.text(50.0, 800.0, "2019").fill("1 g", 40.0, 790.0, 300.0, 24.0).text(50.0, 800.0, "2026");
    hidden.raw("q 50 700 60 20 re W n").text(80.0, 704.0, "1234567").raw("Q 3 Tr").text(50.0, 600.0, "904.00");
    hidden.raw("0 Tr 1 g").text(50.0, 560.0, "77.00").raw("0 g").text(50.0, -40.0, "31.00");
    let mut turned = Sheet::new();
    turned
        .raw("0 1 -1 0 595 0 cm")
        .grid(&xs, &[500.0, 480.0, 460.0])
        .text(53.0, 484.0, "文化")
        .text(203.0, 484.0, "17.00");
    let mut merged = Sheet::new();
    merged.raw("1 w 50 700 300 60 re S 50 720 m 350 720 l S 150 700 m 150 740 l S").text(55.0, 745.0, "支出");
    merged.fill("0 g", 250.0, 700.0, 0.5, 60.0).text(155.0, 705.0, "1.00").text(255.0, 705.0, "2.00");
    let mut unruled = Sheet::new();
    unruled.text(50.0, 780.0, "科目编码").text(150.0, 780.0, "科目名称").text(290.0, 780.0, "合计").text(
        380.0,
        780.0,
        "项目支出",
    );
    for (y, code, name) in [(760.0, "207", "文化旅游"), (740.0, "20701", "文化"), (720.0, "2070109", "群众文化")]
    {
        unruled.text(50.0, y, code).text(150.0, y, name).number(320.0, y, "1,017.00").number(420.0, y, "3.00");
    }
    let sheets = [("table", table), ("hidden", hidden), ("turned", turned), ("merged", merged), ("unruled", unruled)];
    let mut seeds = Vec::new();
    for (name, sheet) in sheets {
        seeds.push((format!("{name}-program"), sheet.content.clone()));
        seeds.push((name.to_owned(), File::of(std::slice::from_ref(&sheet))));
        let mut file = File::new();
        let content = file.deflated("", &sheet.content);
        file.page_of(
            &Sheet { entries: "/Rotate 90 /CropBox [20 20 500 800]".to_owned(), ..sheet },
            &format!("{content} 0 R"),
        );
        seeds.push((format!("{name}-deflated"), file.bytes()));
    }
    seeds
}
