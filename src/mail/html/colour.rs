//! Colours, as far as they tell whether text can be seen: white on white, and ink without colour.

/// The colour that text is written in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Ink {
    #[default]
    Dark,
    /// Seen only on a ground of another colour.
    White,
    /// Seen nowhere.
    Clear,
}

/// From here on each of red, green and blue is as good as white.
const WHITE: u8 = 0xF5;
/// From here on white is not seen on it.
const PALE: u8 = 0xE0;

/// What `color` says; nothing where the text keeps the colour of what it stands in.
pub(super) fn ink(value: &str) -> Option<Ink> {
    match value {
        "" | "inherit" | "unset" => None,
        _ => Some(match colour(value) {
            Some(Colour::Clear) => Ink::Clear,
            Some(Colour::Shade(shade)) if shade >= WHITE => Ink::White,
            _ => Ink::Dark,
        }),
    }
}

/// Whether a background is one that white is seen on; nothing where it shows what is behind.
pub(super) fn ground(value: &str) -> Option<bool> {
    if value.contains("url(") || value.contains("gradient") {
        return Some(true);
    }
    // The first of 'white none repeat'; blanks within brackets part nothing.
    let end = value.find(')').map(|at| at + 1).or_else(|| value.find(' '));
    match value {
        "" | "none" | "inherit" | "unset" | "initial" => None,
        _ => match colour(value.get(..end.unwrap_or(value.len()))?)? {
            Colour::Clear => None,
            Colour::Shade(shade) => Some(shade < PALE),
        },
    }
}

enum Colour {
    Clear,
    /// Its darkest of red, green and blue.
    Shade(u8),
}

fn colour(value: &str) -> Option<Colour> {
    if value == "transparent" {
        return Some(Colour::Clear);
    }
    if ["white", "snow", "ivory", "ghostwhite", "floralwhite"].contains(&value) {
        return Some(Colour::Shade(u8::MAX));
    }
    let six = value.len() == 6 && value.bytes().all(|b| b.is_ascii_hexdigit());
    if let Some(digits) = value.strip_prefix('#').or(six.then_some(value)) {
        return of_digits(digits);
    }
    if value.starts_with("rgb") {
        return of_numbers(value);
    }
    (!value.is_empty() && value != "none").then_some(Colour::Shade(0))
}

/// `fff`, `ffffff`, and with a fourth part for how much of it is there.
fn of_digits(digits: &str) -> Option<Colour> {
    let size = if digits.len() <= 4 { 1 } else { 2 };
    let part = |at: usize| {
        let digits = digits.get(at * size..at * size + size)?;
        let number = u8::from_str_radix(digits, 16).ok()?;
        Some(if size == 1 { number * 17 } else { number })
    };
    if part(3) == Some(0) {
        return Some(Colour::Clear);
    }
    Some(Colour::Shade(part(0)?.min(part(1)?).min(part(2)?)))
}

/// `rgb(255, 255, 255)`, `rgba(0 0 0 / 0)`.
fn of_numbers(value: &str) -> Option<Colour> {
    let inner = value.split_once('(')?.1.trim_end_matches(')');
    let parts = inner.split([',', ' ', '/']).filter(|part| !part.is_empty());
    let number = |part: &str| {
        let percent = part.strip_suffix('%');
        let number: f32 = percent.unwrap_or(part).parse().ok()?;
        Some(if percent.is_some() { number * 2.55 } else { number })
    };
    let parts: Vec<f32> = parts.take(4).map_while(number).collect();
    match parts.as_slice() {
        [_, _, _, alpha] if *alpha <= 0.0 => Some(Colour::Clear),
        [red, green, blue, ..] => {
            let darkest = red.min(*green).min(*blue);
            let shade = [PALE, WHITE].into_iter().rev().find(|at| darkest >= f32::from(*at));
            Some(Colour::Shade(shade.unwrap_or(0)))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_and_clear_ink_is_told_from_ink_that_is_seen() {
        for white in [
            "white",
            "#fff",
            "#FFFFFF",
            "#fefefe",
            "rgb(255, 255, 255)",
            "rgb(100%,100%,100%)",
            "ffffff",
        ] {
            assert_eq!(ink(&white.to_lowercase()), Some(Ink::White), "{white}");
        }
        for clear in ["transparent", "rgba(0,0,0,0)", "rgb(0 0 0 / 0)", "#0000", "#ff000000"] {
            assert_eq!(ink(clear), Some(Ink::Clear), "{clear}");
        }
        for dark in ["black", "#eee", "red", "rgb(250, 240, 255)", "rgba(0,0,0,.5)", "windowtext"] {
            assert_eq!(ink(dark), Some(Ink::Dark), "{dark}");
        }
        assert_eq!(ink("inherit"), None);
    }

    #[test]
    fn a_ground_is_one_for_white_or_none() {
        for dark in ["#333", "navy", "rgb(0, 51, 102)", "url(x.png)", "#06c none repeat", "4472c4"]
        {
            assert_eq!(ground(dark), Some(true), "{dark}");
        }
        for pale in ["#fff", "white", "#f0f0f0", "rgb(255, 255, 255) none", "white none repeat"] {
            assert_eq!(ground(pale), Some(false), "{pale}");
        }
        for none in ["none", "transparent", "inherit", "", "rgba(0,0,0,0)"] {
            assert_eq!(ground(none), None, "{none}");
        }
    }
}
