//! What a number format shows of a number, for the formats that tables of money have: `General`, `0.00`, `#,##0.00;-#,##0.00`.

use budget_model::Decimal;

/// A number format.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum NumberFormat {
    /// The number as it is stored.
    #[default]
    General,
    /// So many decimals, of which the last ones are left out if they are zero.
    Decimals { most: u32, least: u32 },
    /// Anything else.
    Other,
}

/// What is shown of a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shown {
    /// The number, with its decimals.
    Exact(Decimal),
    /// Fewer digits than the number has.
    Rounded(Decimal),
    /// It cannot be told.
    Unknown,
}

impl NumberFormat {
    /// The format by its code.
    pub(crate) fn of(code: &str) -> Self {
        match code {
            "" | "General" | "General Number" | "@" => return Self::General,
            "Fixed" | "Standard" => return Self::Decimals { most: 2, least: 2 },
            _ => {}
        }
        // What negative numbers look like does not change what they are: `0.00_);(0.00)`
        let positive = code.split(';').next().unwrap_or_default();
        let mut digits = String::new();
        let mut characters = positive.chars();
        while let Some(character) = characters.next() {
            match character {
                // Room as wide as the next character, and filling with it.
                '_' | '*' | '\\' => _ = characters.next(),
                ' ' => {}
                other => digits.push(other),
            }
        }
        let (whole, fraction) = digits.split_once('.').unwrap_or((&digits, ""));
        let is_whole =
            !whole.is_empty() && whole.chars().all(|digit| matches!(digit, '#' | '0' | ',')) && !whole.ends_with(',');
        if !is_whole || !fraction.chars().all(|digit| matches!(digit, '#' | '0')) {
            return Self::Other;
        }
        Self::Decimals { most: fraction.len() as u32, least: fraction.matches('0').count() as u32 }
    }

    /// What it shows of a number.
    pub(crate) fn show(self, number: Decimal) -> Shown {
        match self {
            Self::General => Shown::Exact(number),
            Self::Other => Shown::Unknown,
            Self::Decimals { most, least } => {
                let Some(mut shown) = rounded(number, most) else { return Shown::Unknown };
                if shown.scale() < least {
                    shown.rescale(least);
                }
                if shown == number { Shown::Exact(shown) } else { Shown::Rounded(shown) }
            }
        }
    }
}

/// The number with so many decimals; a half is rounded away from zero, as spreadsheets do.
fn rounded(number: Decimal, decimals: u32) -> Option<Decimal> {
    if number.scale() <= decimals {
        return Some(number);
    }
    let mut half = Decimal::try_new(5, decimals + 1).ok()?;
    half.set_sign_negative(number.is_sign_negative());
    Some(number.checked_add(half)?.trunc_with_scale(decimals).normalize())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_format_of_money_shows_its_decimals_and_any_other_is_not_guessed() {
        let show = |code: &str, number: &str| match NumberFormat::of(code).show(number.parse().unwrap()) {
            Shown::Exact(shown) => shown.to_string(),
            Shown::Rounded(shown) => format!("~{shown}"),
            Shown::Unknown => "?".to_owned(),
        };
        assert_eq!(show("General", "17.5"), "17.5");
        assert_eq!(show("#,##0.00", "1734.5"), "1734.50");
        assert_eq!(show("0.00_ ;[Red]\\-0.00\\ ", "17"), "17.00");
        assert_eq!(show("#,##0.##", "17"), "17");
        assert_eq!(show("0", "17.5"), "~18");
        assert_eq!(show("Standard", "0.125"), "~0.13");
        for other in ["0.00%", "0!.0000", "#,##0,", "yyyy-mm-dd", "0.00E+00", "\"约\"0"] {
            assert_eq!(show(other, "17.5"), "?", "{other}");
        }
    }
}
