//! Columns of small tables whose answer is known.

use super::*;

/// A total of `columns - 1` figures over rows of as many, none of which adds up.
fn problem(rows: usize, weights: &[u32]) -> Problem<'_> {
    let row = |number: usize| {
        let figures: Vec<_> =
            (1..weights.len() as i64).map(|at| Fixed { value: at * 200 + number as i64, slack: 1 }).collect();
        ProblemRow {
            figures: RowFigures { marks: vec![true; figures.len()], figures },
            part_of: (number > 0).then_some(0),
            is_total: number == 0,
            known: Vec::new(),
        }
    };
    Problem { columns: weights.len(), scale: 2, weights, sums: Vec::new(), rows: (0..rows).map(row).collect() }
}

#[test]
fn a_table_that_costs_more_than_there_is_left_is_given_up_and_nothing_is_excluded() {
    let problem = problem(40, &[1; 8]);
    let mut work = Work::units(500);
    assert!(solve(&problem, &mut Patterns::default(), &mut work).is_none());
    assert_eq!(work.left(), 0);
    let solution = given_up(&problem);
    assert!(solution.limited);
    for (figure, (_, placement)) in solution.rows.iter().flat_map(|row| row.iter().enumerate()) {
        // Seven figures in eight columns: each can stand in two.
        let candidates = vec![figure as u16, figure as u16 + 1];
        assert_eq!(*placement, Placement::Ambiguous { candidates });
    }
}

#[test]
fn the_same_table_takes_the_same_work_and_no_more_than_in_proportion_to_its_rows() {
    let used = |rows: usize| {
        let mut work = Work::units(1 << 40);
        solve(&problem(rows, &[1; 8]), &mut Patterns::default(), &mut work).unwrap();
        (1 << 40) - work.left()
    };
    assert_eq!(used(50), used(50));
    assert!(used(400) < 12 * used(50), "{} {}", used(50), used(400));
}

#[test]
fn what_was_not_searched_to_the_end_excludes_no_column() {
    let problem = problem(12, &[1; 8]);
    let mut plenty = Work::units(1 << 40);
    let all = solve(&problem, &mut Patterns::default(), &mut plenty).unwrap();
    let possible = |placement: &Placement, column: u16| match placement {
        Placement::Ambiguous { candidates } => candidates.clone(),
        _ => vec![column],
    };
    for units in (0..20).map(|power| 1 << power) {
        let mut work = Work::units(units);
        let some = solve(&problem, &mut Patterns::default(), &mut work).unwrap_or_else(|| given_up(&problem));
        for (some, all) in some.rows.iter().flatten().zip(all.rows.iter().flatten()) {
            let (some, all) = (possible(&some.1, some.0), possible(&all.1, all.0));
            assert!(all.iter().all(|column| some.contains(column)), "{units}: {all:?} not in {some:?}");
        }
    }
}
