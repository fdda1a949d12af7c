//! How much of the counted vocabulary of real forms is understood. Prints; asserts floors.

use std::path::Path;

use super::*;

fn lines(name: &str) -> Vec<Vec<String>> {
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/real/forms").join(name);
    let text = std::fs::read_to_string(shared).unwrap_or_default();
    text.lines().skip(1).map(|line| line.split('\t').map(str::to_owned).collect()).collect()
}

fn field(line: &[String], at: usize) -> &str {
    line.get(at).map_or("", String::as_str)
}

/// Years of a table of 2026 in the place of those that the counting left open.
fn with_years(text: &str) -> String {
    text.replace("{Y-1}", "2025").replace("{Y}", "2026")
}

#[test]
#[ignore = "needs ../shared"]
fn titles_of_real_forms_have_the_right_kind() {
    let mut right = 0;
    let mut all = 0;
    for line in lines("titles.tsv") {
        let kind = field(&line, 1);
        for text in std::iter::once(field(&line, 0)).chain(field(&line, 3).split(" ; ")).filter(|text| !text.is_empty())
        {
            let text = text.trim_start_matches('…');
            all += 1;
            let title = Lexicon::title(&with_years(text));
            let found = match &title {
                None => "none".to_owned(),
                Some(Title { performance: Some(performance), .. }) => {
                    format!("performance_{}", format!("{performance:?}").to_lowercase())
                }
                Some(title) => title.kind.as_str().to_owned(),
            };
            if found == kind {
                right += 1;
            } else {
                println!("{kind}\t{found}\t{text}");
            }
        }
    }
    println!("titles: {right} of {all}");
    assert!(all == 0 || right * 100 >= all * 90);
}

/// The title of a table of a kind in one of the regions that print a line.
fn typical_title(titles: &[Vec<String>], kind: &str, regions: &str) -> Title {
    let of_kind = || titles.iter().filter(|title| field(title, 1) == kind);
    let in_region =
        |title: &&Vec<String>| field(title, 2).split(',').any(|region| regions.split(',').any(|of| of == region));
    let typical = of_kind().find(in_region).or_else(|| of_kind().next());
    let kind = TableKind::ALL.into_iter().find(|of| of.as_str() == kind).unwrap_or(TableKind::Other);
    let mut title = typical.and_then(|title| Lexicon::title(field(title, 0))).unwrap_or(Title::unknown(kind));
    title.year = Some(2026);
    title
}

/// Words of the counted vocabulary for what the model calls otherwise.
fn same(expected: &str, found: &str) -> bool {
    expected == found
        || matches!(
            (expected, found),
            ("total-of-year", "current-year" | "total" | "appropriation")
                | ("balance-distribution", "distribution")
                | ("carry-over" | "appropriation-carry-over", "opening")
                | ("carry-forward", "closing")
                | ("all", "total")
                | ("prior-total", "prior")
        )
        || expected.replace("-with-events", "-with-meetings") == found
        || expected == "total" && found == "total-with-meetings"
        || expected.starts_with("administrative") && found == "administrative"
}

#[test]
#[ignore = "needs ../shared"]
fn header_paths_of_real_forms_have_the_right_meaning() {
    let titles = lines("titles.tsv");
    let (mut right, mut unknown, mut all) = (0, 0, 0);
    for line in lines("columns.tsv").iter().filter(|line| field(line, 10) == "yes") {
        let kind = field(line, 0);
        let title = typical_title(&titles, kind, line.last().map_or("", String::as_str));
        let side = match field(line, 1) {
            "revenue" => Some(budget_model::Side::Revenue),
            "" => None,
            _ => Some(budget_model::Side::Expenditure),
        };
        let path = with_years(field(line, 2));
        let path: Vec<&str> = path.split('/').collect();
        let meaning = Lexicon::column(&path, &title, side);
        let expected = field(line, 3);
        let found = describe(&meaning);
        let agrees = match &meaning {
            ColumnMeaning::Code(of, _) => {
                expected.ends_with("code") && (*of == NameOf::Any || expected.starts_with(&class(*of)))
            }
            ColumnMeaning::Name(of) => {
                expected.ends_with("name") && (*of == NameOf::Any || expected.starts_with(&class(*of)))
                    || *of == NameOf::Label && expected.ends_with("label")
            }
            ColumnMeaning::Counter => expected == "row-number",
            ColumnMeaning::Quantity => matches!(expected, "quantity" | "people"),
            ColumnMeaning::Text => matches!(field(line, 4), "text" | "note" | "extra-name" | "year"),
            _ => same(expected, &found),
        };
        all += 1;
        if agrees {
            right += 1;
        } else {
            unknown += usize::from(matches!(meaning, ColumnMeaning::Unknown(_)));
            println!("{kind}\t{}\t{expected}\t{found}", field(line, 2));
        }
    }
    println!("paths: {right} of {all}, {unknown} of the others unknown");
    assert!(all == 0 || right * 100 >= all * 80);
}

fn class(of: NameOf) -> String {
    match of {
        NameOf::GovernmentEconomic => "government-economic".to_owned(),
        NameOf::UnitOrProject => "unit-or-project".to_owned(),
        other => format!("{other:?}").to_lowercase(),
    }
}

#[test]
#[ignore = "needs ../shared"]
fn row_labels_of_real_forms_have_the_right_meaning() {
    let titles = lines("titles.tsv");
    let (mut right, mut all) = (0, 0);
    for line in lines("rows.tsv").iter().filter(|line| field(line, 3) != "?") {
        let kind = field(line, 0);
        let title = typical_title(&titles, kind, line.last().map_or("", String::as_str));
        let (side, names) = match field(line, 1) {
            "revenue" => (Some(budget_model::Side::Revenue), NameOf::Label),
            "expenditure-block2" => (Some(budget_model::Side::Expenditure), NameOf::Economic),
            "expenditure-block3" => (Some(budget_model::Side::Expenditure), NameOf::GovernmentEconomic),
            "expenditure" => (Some(budget_model::Side::Expenditure), NameOf::Function),
            _ => (None, NameOf::Label),
        };
        let expected = field(line, 3);
        for text in std::iter::once(field(line, 2)).chain(field(line, 4).split("; ")) {
            let meaning = Lexicon::row(text, &[], &title, side, names);
            let found = meaning.map_or("none".to_owned(), |row| row.id);
            let digits = expected.rsplit(' ').next().unwrap_or_default();
            all += 1;
            if same(expected, &found) || digits.split('|').any(|code| code == found) {
                right += 1;
            } else {
                println!("{kind}\t{}\t{text}\t{expected}\t{found}", field(line, 1));
            }
        }
    }
    println!("rows: {right} of {all}");
}

#[test]
#[ignore = "needs ../shared"]
fn words_of_one_region_alone_are_counted() {
    let (mut known, mut all) = (Vec::new(), Vec::new());
    for line in lines("words.tsv") {
        let word = with_years(field(&line, 0));
        if field(&line, 3).contains(',') || field(&line, 1) == "?" || word.contains("202") {
            continue;
        }
        if Lexicon::is_header_word(&word) {
            known.push(word.clone());
        }
        all.push(word);
    }
    println!("words of one region: {} of {} known", known.len(), all.len());
    println!("unknown: {:?}", all.iter().filter(|word| !known.contains(word)).collect::<Vec<_>>());
    println!("known: {known:?}");
    let several = lines("words.tsv").into_iter().filter(|line| field(line, 3).contains(','));
    for line in several.filter(|line| !field(line, 0).contains('{')) {
        assert!(Lexicon::is_header_word(field(&line, 0)), "{}", field(&line, 0));
    }
}
