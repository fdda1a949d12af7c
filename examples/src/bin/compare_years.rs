//! Compares the disclosures of one entity for two consecutive years, with single crates and no command line tool: what
//! the later one calls last year's budget (amount minus change) is what the earlier one printed.
//!
//! ```sh
//! cargo run -p budget-examples --bin compare_years -- 2024.txt 2025.txt
//! ```

use std::error::Error;

use budget_model::{Disclosure, Language};
use budget_parse_text::read_text;
use budget_rules::Checker;

/// The rule that compares the years. `Checker::new()` would check everything else as well.
const RULE: &str = "last-year-differs";

fn main() -> Result<(), Box<dyn Error>> {
    let mut paths = std::env::args_os().skip(1);
    let mut read = || -> Result<Disclosure, Box<dyn Error>> {
        let path = paths.next().ok_or("give the text files of two years")?;
        Ok(read_text(&std::fs::read(path)?)?)
    };
    let (mut earlier, mut later) = (read()?, read()?);
    if earlier.year > later.year {
        std::mem::swap(&mut earlier, &mut later);
    }

    let name = |disclosure: &Disclosure| disclosure.entity.as_ref().map(|entity| entity.text.clone());
    if name(&earlier) != name(&later) {
        return Err("these are disclosures of different entities".into());
    }
    let (Some(before), Some(year)) = (earlier.year, later.year) else {
        return Err("a document does not say which year it is for".into());
    };
    if before.checked_add(1) != Some(year) {
        return Err(format!("{before} is not the year before {year}").into());
    }

    let others = Checker::new();
    let others = others.descriptions().map(|rule| rule.id).filter(|id| *id != RULE);
    let checker = others.fold(Checker::new(), Checker::without);
    let report = checker.check_after(&earlier, &later);

    println!("{}: {before} and {year}", name(&later).unwrap_or_default());
    println!("{} figures compared", report.checked());
    for finding in &report.findings {
        // The places are those of the later document.
        let place = finding.places.first().map(|place| place.describe(&later.sheets)).unwrap_or_default();
        println!("{place}  {}", finding.message(Language::English));
    }
    Ok(())
}
