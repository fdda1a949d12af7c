//! The templates, and how values get into them.

use budget_model::is_deceptive;
use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Value, ValueKind};
use minijinja::{AutoEscape, Environment, Error, Output, State, escape_formatter};

/// The templates by name.
pub(crate) const TEMPLATES: &[(&str, &str)] = &[
    ("base.html", include_str!("templates/base.html")),
    ("document.html", include_str!("templates/document.html")),
    ("finding.html", include_str!("templates/finding.html")),
    ("money.html", include_str!("templates/money.html")),
    ("grid.html", include_str!("templates/grid.html")),
    ("search.html", include_str!("templates/search.html")),
    ("checks.html", include_str!("templates/checks.html")),
    ("index.html", include_str!("templates/index.html")),
    ("upload.html", include_str!("templates/upload.html")),
    ("style.css", include_str!("templates/style.css")),
    ("script.js", include_str!("templates/script.js")),
];

/// The only script that a page lets run, by its SHA-256: nothing that got in otherwise does.
const SCRIPT_HASH: &str = "'sha256-+MvmLaYZRznXN4cRjW5E+T+Xq+BN/yhRiLQve7e69N8='";

/// The environment that templates are rendered in.
///
/// # Errors
///
/// A template is malformed, which a test does not allow.
pub(crate) fn environment() -> Result<Environment<'static>, Error> {
    let mut environment = Environment::new();
    environment.set_syntax(SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build()?);
    environment.set_auto_escape_callback(|name| match name {
        // Both are part of the program and hold no words of a document.
        "style.css" | "script.js" => AutoEscape::None,
        _ => AutoEscape::Html,
    });
    environment.set_formatter(clean);
    environment.add_filter("fill", fill);
    environment.add_global("script_hash", Value::from_safe_string(SCRIPT_HASH.to_owned()));
    for (name, source) in TEMPLATES {
        environment.add_template(name, source)?;
    }
    Ok(environment)
}

/// Everything that a document says goes through here: besides what HTML escapes, characters that nobody sees or that turn the
/// direction of writing become U+FFFD, so that a text looks like what it is.
fn clean(out: &mut Output<'_>, state: &mut State<'_, '_>, value: &Value) -> Result<(), Error> {
    if value.kind() == ValueKind::String
        && !value.is_safe()
        && let Some(text) = value.as_str()
        && text.contains(is_unsafe)
    {
        return escape_formatter(out, state, &Value::from(text.replace(is_unsafe, "\u{fffd}")));
    }
    escape_formatter(out, state, value)
}

/// Whether a character is a control, turns the direction of writing, is not seen, or is none.
fn is_unsafe(character: char) -> bool {
    let is_control = character.is_control() && !matches!(character, '\n' | '\t');
    is_control || is_deceptive(character) || matches!(character, '\u{fdd0}'..='\u{fdef}' | '\u{fffe}' | '\u{ffff}')
}

/// Puts arguments into the `{0}`, `{1}` … of words, in one pass.
fn fill(words: &str, arguments: minijinja::value::Rest<Value>) -> String {
    let mut filled = String::with_capacity(words.len());
    let mut rest = words;
    while let Some(at) = rest.find('{') {
        let (before, from) = rest.split_at(at);
        filled.push_str(before);
        let index =
            from.get(1..2).and_then(|digit| digit.parse::<usize>().ok()).filter(|_| from.get(2..3) == Some("}"));
        match index.and_then(|index| arguments.get(index)) {
            Some(argument) => {
                filled.push_str(&argument.to_string());
                rest = from.get(3..).unwrap_or_default();
            }
            None => {
                filled.push('{');
                rest = from.get(1..).unwrap_or_default();
            }
        }
    }
    filled + rest
}

#[cfg(test)]
mod tests {
    use minijinja::context;

    use super::*;

    fn render(text: &str) -> String {
        let mut environment = environment().unwrap();
        environment.add_template_owned("t.html", "{{ text }}").unwrap();
        environment.get_template("t.html").unwrap().render(context!(text)).unwrap()
    }

    #[test]
    fn a_document_cannot_write_into_the_page() {
        let shown = render("<script>alert(1)</script>]]>\"'&");
        assert!(!shown.contains(['<', '>', '"', '\'']), "{shown}");
        assert_eq!(render("合计\u{202e}100\u{0}\u{7f}"), "合计\u{fffd}100\u{fffd}\u{fffd}");
    }

    #[test]
    fn the_script_is_the_one_that_pages_let_run() {
        use base64::Engine as _;
        use sha2::Digest as _;
        let environment = environment().unwrap();
        let script = environment.get_template("script.js").unwrap().render(()).unwrap();
        let digest = base64::engine::general_purpose::STANDARD.encode(sha2::Sha256::digest(script));
        assert_eq!(SCRIPT_HASH, format!("'sha256-{digest}'"));
    }

    #[test]
    fn arguments_are_filled_in_once() {
        let rest = |values: &[&str]| minijinja::value::Rest(values.iter().map(|value| Value::from(*value)).collect());
        assert_eq!(fill("第 {0} 页 {1} {x", rest(&["{1}", "b"])), "第 {1} 页 b {x");
    }
}
