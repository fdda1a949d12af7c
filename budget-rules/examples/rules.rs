//! Prints the reference of all rules: `cargo run -p budget-rules --example rules > budget-rules/docs/rules.md`.

fn main() {
    print!("{}", budget_rules::reference());
}
