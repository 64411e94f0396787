//! Quantities as people write them in digits, with separators.

use std::str::FromStr as _;

use rust_decimal::Decimal;

use super::{Kind, Scan};
use crate::reading::types::Lang;

/// A number as it stands in a text, before its language and unit decide what it means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Number {
    /// Means one thing.
    Plain(Decimal),
    /// `1.200`, `1,200` or `1 200`: grouped thousands, or (point and comma) a decimal fraction.
    Grouped {
        /// As thousands.
        thousands: Decimal,
        /// As a decimal fraction; equal to `thousands` where the separator is a space.
        fraction: Decimal,
        /// The separator.
        separator: char,
    },
    /// Digits that make no number.
    Bad,
}

/// A number cannot be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Unsure;

impl Number {
    /// What the number means in a language, for something that comes whole or divided.
    pub(crate) fn settle(self, lang: Option<Lang>, divisible: bool) -> Result<Decimal, Unsure> {
        match self {
            Self::Plain(value) => Ok(value),
            Self::Bad => Err(Unsure),
            Self::Grouped { thousands, separator: ' ', .. } => match lang {
                // 'Pos 1 200 bolts' is a danger where spaces do not group by custom.
                Some(Lang::Fr) => Ok(thousands),
                // No list counts '000 bolts'.
                _ if (thousands % Decimal::ONE_THOUSAND).is_zero() => Ok(thousands),
                _ => Err(Unsure),
            },
            Self::Grouped { thousands, separator, .. } => {
                let custom = match lang {
                    Some(Lang::En) => separator == ',',
                    Some(_) => separator == '.',
                    None => false,
                };
                if custom && !divisible { Ok(thousands) } else { Err(Unsure) }
            }
        }
    }

    /// The value where it is sure without any context.
    pub(crate) fn plain(self) -> Option<Decimal> {
        match self {
            Self::Plain(value) => Some(value),
            _ => None,
        }
    }
}

/// The number in digits that begins at a token, and the token after it.
pub(crate) fn digits_at(scan: &Scan<'_>, at: usize) -> Option<(Number, usize)> {
    let first = scan.token(at)?;
    if first.kind != Kind::Digits {
        return None;
    }
    // The groups of digits and the separators between them.
    let mut groups = vec![scan.words(first.span)];
    let mut marks: Vec<char> = Vec::new();
    let mut next = at + 1;
    while groups.len() < 6 {
        let Some((mark, group_at)) = separator_at(scan, next, &groups, &marks) else { break };
        let Some(group) = scan.token(group_at) else { break };
        groups.push(scan.words(group.span));
        marks.push(mark);
        next = group_at + 1;
    }
    Some((number_of(&groups, &marks), next))
}

/// The separator at a token, if the digits go on behind it.
fn separator_at(
    scan: &Scan<'_>,
    at: usize,
    groups: &[&str],
    marks: &[char],
) -> Option<(char, usize)> {
    let token = scan.token(at)?;
    if token.glued && token.is_any(".,'’‘`´") {
        let group = scan.token(at + 1)?;
        if group.kind != Kind::Digits || !group.glued {
            return None;
        }
        let mark = match scan.words(token.span) {
            "." => '.',
            "," => ',',
            _ => '\'',
        };
        return Some((mark, at + 1));
    }
    // A space groups only exact groups of three behind a short first one, on one line, and the
    // group must not run on into letters ('2 500mm').
    let first = groups.first()?;
    let so_far = marks.iter().all(|mark| *mark == ' ');
    let group =
        token.kind == Kind::Digits && !token.glued && token.span.end - token.span.start == 3;
    let before = scan.token(at.checked_sub(1)?)?;
    let blank = scan.text.get(before.span.end..token.span.start)?;
    let one = blank.chars().count() == 1 && !blank.contains(['\n', '\t']);
    if !(group && one && so_far && first.len() <= 3 && !first.starts_with('0')) {
        return None;
    }
    let runs_on = scan
        .token(at + 1)
        .is_some_and(|next| next.glued && (next.kind == Kind::Word || next.is_any("-/:%")));
    if runs_on {
        return None;
    }
    // Only a plain space leaves a doubt.
    Some((if blank == " " { ' ' } else { '\'' }, at))
}

fn number_of(groups: &[&str], marks: &[char]) -> Number {
    let all: String = groups.concat();
    if all.len() > 18 {
        return Number::Bad;
    }
    let decimal = |text: &str| Decimal::from_str(text).ok();
    let Some(joined) = decimal(&all) else { return Number::Bad };
    let (Some(last), Some((tail, heads))) = (marks.last(), groups.split_last()) else {
        return Number::Plain(joined);
    };
    let inner = heads.get(1..).unwrap_or_default();
    let grouped = heads.first().is_some_and(|g| (1..=3).contains(&g.len()))
        && inner.iter().all(|g| g.len() == 3);
    let before_last = marks.get(..marks.len() - 1).unwrap_or_default();
    let same = before_last.iter().all(|mark| mark == last);
    if *last == '\'' || *last == ' ' {
        if !(same && grouped && tail.len() == 3) {
            return Number::Bad;
        }
        return match last {
            ' ' if groups.len() == 2 => {
                Number::Grouped { thousands: joined, fraction: joined, separator: ' ' }
            }
            _ => Number::Plain(joined),
        };
    }
    let fraction = decimal(&format!("{}.{tail}", heads.concat()));
    let Some(fraction) = fraction else { return Number::Bad };
    if before_last.is_empty() {
        let whole = heads.concat();
        let doubtful = tail.len() == 3 && whole.len() <= 3 && !whole.starts_with('0');
        return if doubtful {
            Number::Grouped { thousands: joined, fraction, separator: *last }
        } else {
            Number::Plain(fraction.normalize())
        };
    }
    if same {
        // 1.200.000: two of the same kind can only group.
        return if grouped && tail.len() == 3 { Number::Plain(joined) } else { Number::Bad };
    }
    // 1.200,50 or 1'200.50: the last one is the decimal mark.
    let uniform = before_last.first().is_some_and(|m| before_last.iter().all(|n| n == m));
    if grouped && uniform && heads.len() > 1 {
        Number::Plain(fraction.normalize())
    } else {
        Number::Bad
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::types::Part;

    fn read(text: &str) -> Number {
        let scan = Scan::whole(Part::Text, text);
        digits_at(&scan, 0).map_or(Number::Bad, |(number, _)| number)
    }

    fn dec(text: &str) -> Decimal {
        text.parse().expect("a decimal")
    }

    #[test]
    fn plain_numbers() {
        for (text, want) in [
            ("12", "12"),
            ("1'200", "1200"),
            ("1’200", "1200"),
            ("1\u{a0}200", "1200"),
            ("1\u{202f}500", "1500"),
            ("2,5", "2.5"),
            ("250,50", "250.5"),
            ("1.200,50", "1200.5"),
            ("1,200.50", "1200.5"),
            ("1'200.5", "1200.5"),
            ("1.200.000", "1200000"),
            ("12.00", "12"),
            ("0.125", "0.125"),
            ("1200.500", "1200.5"),
        ] {
            assert_eq!(read(text), Number::Plain(dec(want)), "{text}");
        }
    }

    #[test]
    fn a_number_that_can_mean_two_things_is_asked_unless_language_and_unit_tell() {
        for (text, lang, divisible, want) in [
            ("1.200", Some(Lang::It), false, Ok("1200")),
            ("1.200", Some(Lang::De), false, Ok("1200")),
            ("1.200", Some(Lang::De), true, Err(Unsure)),
            ("1.200", Some(Lang::En), false, Err(Unsure)),
            ("1,200", Some(Lang::En), false, Ok("1200")),
            ("1,200", Some(Lang::En), true, Err(Unsure)),
            ("1,200", Some(Lang::De), false, Err(Unsure)),
            ("1.200", None, false, Err(Unsure)),
            ("1 200", Some(Lang::Fr), true, Ok("1200")),
            ("1 200", Some(Lang::En), false, Err(Unsure)),
        ] {
            assert_eq!(read(text).settle(lang, divisible), want.map(dec), "{text} {lang:?}");
        }
    }
}
