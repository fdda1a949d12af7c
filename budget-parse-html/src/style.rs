//! What the style of an element says that matters here: whether it is seen, and where it stands.

/// The declarations of a `style` attribute.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Style<'s>(&'s str);

impl<'s> Style<'s> {
    pub(crate) fn new(attribute: &'s str) -> Self {
        Self(attribute)
    }

    /// The value of a property; of several the last counts.
    pub(crate) fn value(self, property: &str) -> Option<&'s str> {
        self.0.rsplit(';').find_map(|declaration| {
            let (name, value) = declaration.split_once(':')?;
            name.trim().eq_ignore_ascii_case(property).then(|| value.trim().trim_end_matches("!important").trim_end())
        })
    }

    fn is(self, property: &str, value: &str) -> bool {
        self.value(property).is_some_and(|found| found.eq_ignore_ascii_case(value))
    }

    /// Whether nobody sees the element: `display:none`, `visibility:hidden`, `font-size:0`, and `mso-hide:all` of Word.
    pub(crate) fn hides(self) -> bool {
        // Most elements have no style that hides, and most styles are long.
        self.is("display", "none")
            || self.is("visibility", "hidden")
            || self.is("mso-hide", "all")
            || self.is("opacity", "0")
            || self.value("font-size").is_some_and(is_zero)
    }

    /// Whether white space is printed as it stands: `white-space:pre-wrap`
    pub(crate) fn keeps_blanks(self) -> bool {
        self.value("white-space").is_some_and(|value| value.starts_with("pre") && value != "pre-line")
    }

    /// How the items of a list are counted: `list-style-type:upper-roman`
    pub(crate) fn counter(self) -> Option<&'s str> {
        self.value("list-style-type").or_else(|| self.value("list-style"))
    }

    /// Whether it stands where its style says: `position:absolute`
    pub(crate) fn is_placed(self) -> bool {
        self.is("position", "absolute")
    }

    /// Whether other elements are placed in it: `position:relative`
    pub(crate) fn holds_placed(self) -> bool {
        self.is("position", "relative")
    }

    /// A length in tenths of a point: `width:595.0pt` is 5950.
    pub(crate) fn length(self, property: &str) -> Option<i32> {
        self.value(property).and_then(tenths)
    }
}

/// `0`, `0pt`, `0.0em`
fn is_zero(value: &str) -> bool {
    let digits = value.trim_end_matches(|unit: char| unit.is_ascii_alphabetic() || unit == '%');
    !digits.is_empty() && digits.contains('0') && digits.chars().all(|digit| matches!(digit, '0' | '.'))
}

/// Points or pixels in tenths of a point, of which a pixel has seven and a half.
fn tenths(value: &str) -> Option<i32> {
    /// No page is longer.
    const LONGEST: i32 = 100_000;
    let number = value.trim_end_matches(|unit: char| unit.is_ascii_alphabetic());
    let unit = value.get(number.len()..)?;
    let (sign, number) = number.strip_prefix('-').map_or((1, number), |number| (-1, number));
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    let whole: i32 = if whole.is_empty() { 0 } else { whole.parse().ok()? };
    let mut digits = fraction.bytes().map(|digit| i32::from(digit.wrapping_sub(b'0')));
    let (first, second) = (digits.next().unwrap_or(0), digits.next().unwrap_or(0));
    if !(0..=LONGEST).contains(&whole) || !(0..=9).contains(&first) || !(0..=9).contains(&second) {
        return None;
    }
    let hundredths = whole * 100 + first * 10 + second;
    let hundredths = match unit.to_ascii_lowercase().as_str() {
        "pt" => hundredths,
        "px" | "" => hundredths * 3 / 4,
        _ => return None,
    };
    Some(sign * ((hundredths + 5) / 10))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_nobody_sees_is_told_by_its_style() {
        for hidden in [
            "display:none",
            "color:red; DISPLAY : None !important",
            "visibility:hidden;",
            "font-size:0",
            "font-size:0.0pt",
            "mso-hide:all",
        ] {
            assert!(Style::new(hidden).hides(), "{hidden}");
        }
        for seen in
            ["", "display:block", "font-size:10pt", "font-size:0.5em", "display:none;display:block", "font-size:"]
        {
            assert!(!Style::new(seen).hides(), "{seen}");
        }
    }

    #[test]
    fn lengths_are_tenths_of_a_point() {
        let length = |value: &str| Style::new(&format!("left:{value}")).length("left");
        assert_eq!(length("595.0pt"), Some(5950));
        assert_eq!(length("279.87198pt"), Some(2799));
        assert_eq!(length("-28px"), Some(-210));
        assert_eq!(length(".5pt"), Some(5));
        for other in ["auto", "50%", "99999999999pt", "1e9pt", ""] {
            assert!(length(other).is_none_or(|length| length == 0), "{other}");
        }
    }
}
