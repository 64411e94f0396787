//! Number formats of spreadsheets (ECMA-376, 18.8.31), as far as they say more than a number.

/// What a format makes of a number.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) enum Format {
    /// The number, a day or a sum of money.
    #[default]
    Plain,
    /// The number, with words behind it.
    Unit(String),
    /// Another number, or words that change it.
    Odd(String),
}

/// The format of a number, and of its code where it is none of those built in.
pub(super) fn of(number: &str, code: Option<&str>) -> Format {
    let Some(code) = code else {
        // 9 and 10 are percentages.
        return match number {
            "9" | "10" => Format::Unit("%".to_owned()),
            _ => Format::Plain,
        };
    };
    let code = code.split(';').next().unwrap_or_default();
    let (bare, words) = parted(code);
    let day = bare.contains(['y', 'Y', 'd', 'h', 'H', 'm', 's']);
    if day && !bare.contains(['0', '#']) {
        return Format::Plain;
    }
    let scaled =
        bare.trim_end_matches(|c: char| !matches!(c, '0' | '#' | '?' | ',')).ends_with(',')
            || bare.contains(",.");
    let before = bare.starts_with('\u{1}');
    let said = words.trim();
    match () {
        () if scaled => Format::Odd(code.to_owned()),
        () if bare.contains('%') => Format::Unit("%".to_owned()),
        () if !said.contains(char::is_alphanumeric) || is_money(said) => Format::Plain,
        () if before => Format::Odd(code.to_owned()),
        () => Format::Unit(said.to_owned()),
    }
}

/// A format's signs, a mark where words stand, and its words.
fn parted(code: &str) -> (String, String) {
    let (mut bare, mut words) = (String::new(), String::new());
    let mut chars = code.chars();
    let mut say = |bare: &mut String, c: char| {
        if !c.is_whitespace() && !bare.ends_with('\u{1}') {
            bare.push('\u{1}');
        }
        words.push(c);
    };
    while let Some(c) = chars.next() {
        match c {
            '"' => {
                for c in chars.by_ref().take_while(|c| *c != '"') {
                    say(&mut bare, c);
                }
            }
            '\\' => {
                if let Some(c) = chars.next() {
                    say(&mut bare, c);
                }
            }
            // A colour, a country's money, a condition.
            '[' => chars.by_ref().take_while(|c| *c != ']').for_each(drop),
            '_' | '*' => {
                chars.next();
            }
            c => bare.push(c),
        }
    }
    (bare, words)
}

fn is_money(words: &str) -> bool {
    matches!(
        words.to_uppercase().trim_matches(|c: char| !c.is_alphabetic()),
        "CHF" | "EUR" | "USD" | "GBP" | "FR" | "SFR" | "EURO"
    )
}

/// A header or footer without the signs of its parts and fonts: '&LOrder&RPage &P'.
pub(super) fn without_codes(text: &str) -> String {
    let mut words = String::new();
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if c != '&' {
            words.push(c);
            continue;
        }
        match chars.next() {
            Some('"') => chars.by_ref().take_while(|c| *c != '"').for_each(drop),
            Some(digit) if digit.is_ascii_digit() => {
                while chars.next_if(char::is_ascii_digit).is_some() {}
            }
            Some('L' | 'C' | 'R') => words.push_str(". "),
            _ => {}
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_that_say_more_than_a_number() {
        let unit = |word: &str| Format::Unit(word.to_owned());
        for (code, want) in [
            ("0", Format::Plain),
            ("#,##0.00", Format::Plain),
            ("yyyy-mm-dd", Format::Plain),
            ("[$CHF-807] #,##0.00", Format::Plain),
            ("0\" box\"", unit("box")),
            ("#,##0\\ \"Stk\"", unit("Stk")),
            ("0.00\" EUR\"", Format::Plain),
            ("0%", unit("%")),
            ("0,", Format::Odd("0,".to_owned())),
            ("\"not \"0", Format::Odd("\"not \"0".to_owned())),
        ] {
            assert_eq!(of("164", Some(code)), want, "{code}");
        }
        assert_eq!(of("9", None), unit("%"));
    }

    #[test]
    fn footers_without_signs() {
        assert_eq!(without_codes("&L&\"Arial\"&8on hold&RPage &P").trim(), ". on hold. Page");
    }
}
