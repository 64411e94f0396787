//! A delivery address on one line, taken apart where it is clear and never losing a word.

use sha2::{Digest, Sha256};
use unicode_normalization::UnicodeNormalization;

/// An address as Odoo's contacts hold it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Parts {
    /// All that is not clearly something else.
    pub(super) street: String,
    pub(super) zip: String,
    pub(super) city: String,
    /// ISO code, where the address names a country.
    pub(super) country: Option<&'static str>,
}

/// Countries by their names, in the languages that we read.
const COUNTRIES: [(&str, &[&str]); 10] = [
    ("CH", &["switzerland", "schweiz", "suisse", "svizzera", "svizra"]),
    ("LI", &["liechtenstein"]),
    ("DE", &["germany", "deutschland", "allemagne", "germania"]),
    ("AT", &["austria", "österreich", "autriche"]),
    ("FR", &["france", "frankreich", "francia"]),
    ("IT", &["italy", "italia", "italien", "italie"]),
    ("BE", &["belgium", "belgique", "belgien", "belgio"]),
    ("LU", &["luxembourg", "luxemburg", "lussemburgo"]),
    ("NL", &["netherlands", "niederlande", "pays-bas", "paesi bassi", "nederland"]),
    ("ES", &["spain", "españa", "espagne", "spanien", "spagna"]),
];

/// Letters before a postal code that name a country: `CH-1700`.
const PREFIXES: [(&str, &str); 10] = [
    ("CH", "CH"),
    ("FL", "LI"),
    ("LI", "LI"),
    ("D", "DE"),
    ("DE", "DE"),
    ("A", "AT"),
    ("AT", "AT"),
    ("F", "FR"),
    ("I", "IT"),
    ("L", "LU"),
];

/// Takes an address apart: postal code and city where they end it (`…, 1700 Fribourg`, with or
/// without the country after them); the rest is the street.
pub(super) fn parse(line: &str) -> Parts {
    let mut pieces: Vec<&str> =
        line.split(',').map(str::trim).filter(|piece| !piece.is_empty()).collect();
    let mut parts = Parts::default();
    if let Some(country) = pieces.last().and_then(|piece| country_of(piece))
        && pieces.len() > 1
    {
        pieces.pop();
        parts.country = Some(country);
    }
    if pieces.len() > 1
        && let Some((zip, city, country)) = pieces.last().and_then(|piece| town(piece))
        && (country.is_none() || parts.country.is_none() || country == parts.country)
    {
        pieces.pop();
        parts.zip = zip.into();
        parts.city = city.into();
        parts.country = parts.country.or(country);
    }
    parts.street = pieces.join(", ");
    parts
}

fn country_of(piece: &str) -> Option<&'static str> {
    let name = piece.to_lowercase();
    COUNTRIES.iter().find(|(_, names)| names.contains(&name.as_str())).map(|(code, _)| *code)
}

/// `1700 Fribourg`, `CH-1700 Fribourg`, `D-80331 München`: code, city, country.
fn town(piece: &str) -> Option<(&str, &str, Option<&'static str>)> {
    let (code, city) = piece.split_once(char::is_whitespace)?;
    let city = city.trim();
    let (country, code) = match code.split_once('-') {
        Some((prefix, code)) => {
            let upper = prefix.to_uppercase();
            let (_, country) = PREFIXES.iter().find(|(letters, _)| *letters == upper)?;
            (Some(*country), code)
        }
        None => (None, code),
    };
    let digits = code.bytes().all(|byte| byte.is_ascii_digit());
    let is_city = city.chars().next().is_some_and(char::is_alphabetic)
        && !city.chars().any(|c| c.is_ascii_digit());
    (digits && matches!(code.len(), 4 | 5) && is_city).then_some((code, city, country))
}

/// A form in which equal addresses are equal, whatever their case, commas and abbreviations.
pub(super) fn canonical(parts: &Parts) -> String {
    plain(&[&parts.street, &parts.zip, &parts.city])
}

/// Words in lower case, without punctuation, joined by one space.
pub(super) fn plain(texts: &[&str]) -> String {
    let joined = texts.join(" ").nfkc().collect::<String>().to_lowercase().replace('ß', "ss");
    let words = joined.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let words = words.map(|word| match word.strip_suffix("strasse") {
        Some(stem) => format!("{stem}str"),
        None => word.to_owned(),
    });
    words.collect::<Vec<_>>().join(" ")
}

/// 32 hexadecimal digits that stand for a text, in external ids.
pub(super) fn digest(texts: &[&str]) -> String {
    use std::fmt::Write as _;
    let mut hash = Sha256::new();
    for text in texts {
        hash.update(text.as_bytes());
        hash.update([0]);
    }
    let mut hex = String::with_capacity(32);
    for byte in hash.finalize().iter().take(16) {
        let _ = write!(hex, "{byte:02x}");
    }
    hex
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(line: &str, street: &str, zip: &str, city: &str, country: Option<&'static str>) {
        let expected = Parts { street: street.into(), zip: zip.into(), city: city.into(), country };
        assert_eq!(parse(line), expected, "{line}");
    }

    #[test]
    fn clear_addresses_are_taken_apart() {
        check("Rue de Lausanne 12, 1700 Fribourg", "Rue de Lausanne 12", "1700", "Fribourg", None);
        check(
            "Lager 3, Hofstr. 1, CH-8000 Zürich",
            "Lager 3, Hofstr. 1",
            "8000",
            "Zürich",
            Some("CH"),
        );
        check("Am Tor 4, 80331 München, Deutschland", "Am Tor 4", "80331", "München", Some("DE"));
        check("Via Nassa 1, 6900 Lugano, Svizzera", "Via Nassa 1", "6900", "Lugano", Some("CH"));
    }

    #[test]
    fn unclear_addresses_stay_whole() {
        for line in [
            "10 Downing Street, London SW1A 2AA",
            "Rue de Lausanne 12 1700 Fribourg",
            "1700 Fribourg",
            "Hall 4, 1700 2nd gate",
            "Dock 5, X-1700 Fribourg",
            "Hof 1, D-8000 Zürich, Schweiz",
        ] {
            let parts = parse(line);
            assert_eq!(parts.zip, "", "{line}");
            assert!(line.starts_with(&parts.street), "{line}");
        }
    }

    #[test]
    fn equal_addresses_have_one_form() {
        let form = |line: &str| canonical(&parse(line));
        assert_eq!(form("Bahnhofstrasse 1, 8000 Zürich"), form("BAHNHOFSTR. 1 , CH-8000 zürich"));
        assert_eq!(form("Am Weg 1, 8000 Zürich"), form("Am Weg 1, 8000 Zürich, Schweiz"));
        assert_ne!(form("Am Weg 1, 8000 Zürich"), form("Am Weg 11, 8000 Zürich"));
        assert_eq!(digest(&["a", "b"]).len(), 32);
        assert_ne!(digest(&["a", "b"]), digest(&["ab", ""]));
    }

    proptest! {
        #[test]
        fn no_word_is_lost(line in "\\PC{0,60}(, [0-9]{4} \\PC{0,20})?") {
            let parts = parse(&line);
            let kept = plain(&[&parts.street, &parts.zip, &parts.city]);
            for word in plain(&[&line]).split(' ') {
                let named = parts.country.is_some();
                prop_assert!(kept.contains(word) || named, "{word:?} of {line:?}");
            }
        }
    }
}
