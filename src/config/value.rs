//! From what was written to what is meant: one function per kind of value, each with the words
//! for what it expects.

use std::borrow::Cow;
use std::ops::RangeInclusive;
use std::path::PathBuf;
use std::time::Duration;

use toml::de::DeValue;

use crate::mail::Address;
use crate::reading::Lang;

/// What would have been right, to follow the word 'expected'.
pub(super) type Expected = Cow<'static, str>;

/// A value as written.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Given {
    /// A TOML string.
    Text(String),
    /// A TOML integer.
    Whole(i64),
    /// A TOML boolean.
    Flag(bool),
    /// A TOML array.
    List(Vec<Given>),
    /// Any other TOML value, as it is called.
    Other(&'static str),
    /// An environment variable: text that stands for whatever is asked.
    Variable(String),
}

/// Longest value that is taken, in bytes.
const LONGEST: usize = 4000;

impl Given {
    /// From parsed TOML.
    pub(super) fn of(value: &DeValue<'_>) -> Self {
        match value {
            DeValue::String(text) => Self::Text(text.to_string()),
            DeValue::Integer(number) => i64::from_str_radix(number.as_str(), number.radix())
                .map_or(Self::Other("a very large number"), Self::Whole),
            DeValue::Float(_) => Self::Other("a number with a fraction"),
            DeValue::Boolean(flag) => Self::Flag(*flag),
            DeValue::Datetime(_) => Self::Other("a date"),
            DeValue::Array(list) => {
                Self::List(list.iter().map(|item| Self::of(item.get_ref())).collect())
            }
            DeValue::Table(_) => Self::Other("a table"),
        }
    }

    /// The value as messages show it; the caller knows that it is no secret.
    pub(super) fn shown(&self) -> String {
        match self {
            Self::Text(text) | Self::Variable(text) => quoted(text),
            Self::Whole(number) => number.to_string(),
            Self::Flag(flag) => flag.to_string(),
            Self::List(items) if items.is_empty() => "an empty list".into(),
            Self::List(items) => {
                let shown: Vec<_> = items.iter().take(5).map(Self::shown).collect();
                let more = if items.len() > 5 { ", …" } else { "" };
                format!("[{}{more}]", shown.join(", "))
            }
            Self::Other(kind) => (*kind).into(),
        }
    }
}

/// Text in quotes on one line, at most 60 characters of it.
pub(super) fn quoted(text: &str) -> String {
    let short: String = text.chars().take(60).collect();
    let more = if short.len() < text.len() { "…" } else { "" };
    format!("{short:?}{more}")
}

/// Text on one line, not empty.
pub(super) fn text(given: &Given) -> Result<String, Expected> {
    let text = block(given)?;
    let sound = !text.trim().is_empty() && !text.chars().any(char::is_control);
    sound.then(|| text.trim().to_owned()).ok_or("some text on one line".into())
}

/// Text of any number of lines, also none.
pub(super) fn block(given: &Given) -> Result<String, Expected> {
    match given {
        Given::Text(text) | Given::Variable(text) if text.len() <= LONGEST => {
            Ok(text.trim_end().to_owned())
        }
        Given::Text(_) | Given::Variable(_) => {
            Err(format!("text of at most {LONGEST} bytes").into())
        }
        _ => Err("text in quotes".into()),
    }
}

/// A whole number within bounds; `unit` is for the message only.
pub(super) fn whole<T: TryFrom<i64>>(
    given: &Given,
    bounds: RangeInclusive<i64>,
    unit: &str,
) -> Result<T, Expected> {
    let number = match given {
        Given::Whole(number) => Some(*number),
        Given::Variable(text) => text.trim().parse().ok(),
        _ => None,
    };
    let gap = if unit.is_empty() { "" } else { " " };
    number
        .filter(|number| bounds.contains(number))
        .and_then(|number| T::try_from(number).ok())
        .ok_or_else(|| {
            let (from, to) = (bounds.start(), bounds.end());
            format!("a whole number from {from} to {to}{gap}{unit}").into()
        })
}

/// So many seconds.
pub(super) fn seconds(given: &Given, bounds: RangeInclusive<i64>) -> Result<Duration, Expected> {
    whole(given, bounds, "(seconds)").map(Duration::from_secs)
}

/// So many minutes.
pub(super) fn minutes(given: &Given, bounds: RangeInclusive<i64>) -> Result<Duration, Expected> {
    whole::<u64>(given, bounds, "(minutes)").map(|minutes| Duration::from_secs(minutes * 60))
}

/// So many days.
pub(super) fn days(given: &Given, bounds: RangeInclusive<i64>) -> Result<Duration, Expected> {
    whole::<u64>(given, bounds, "(days)").map(|days| Duration::from_secs(days * 86_400))
}

/// Yes or no.
pub(super) fn flag(given: &Given) -> Result<bool, Expected> {
    match given {
        Given::Flag(flag) => Ok(*flag),
        Given::Variable(text) if text == "true" => Ok(true),
        Given::Variable(text) if text == "false" => Ok(false),
        _ => Err("true or false".into()),
    }
}

/// One of some words.
pub(super) fn one_of<T: Copy>(given: &Given, words: &[(&str, T)]) -> Result<T, Expected> {
    let word = match given {
        Given::Text(text) | Given::Variable(text) => text.as_str(),
        _ => "",
    };
    words.iter().find(|(name, _)| *name == word).map(|(_, value)| *value).ok_or_else(|| {
        let names: Vec<_> = words.iter().map(|(name, _)| format!("\"{name}\"")).collect();
        format!("one of {}", names.join(", ")).into()
    })
}

/// A name, or a database id in its place.
pub(super) fn name_or_id(given: &Given) -> Result<String, Expected> {
    match given {
        Given::Whole(id) if *id > 0 => Ok(id.to_string()),
        other => text(other).map_err(|_| "a name in quotes, or a database id".into()),
    }
}

/// The path of a file or folder.
pub(super) fn path(given: &Given) -> Result<PathBuf, Expected> {
    text(given).map(PathBuf::from).map_err(|_| "a path in quotes".into())
}

/// The path of a file that holds a secret, in full: a bare word may be the secret itself.
pub(super) fn secret_file(given: &Given) -> Result<PathBuf, Expected> {
    let path = path(given).ok().filter(|path| path.is_absolute());
    path.ok_or("the path of a file, from / on".into())
}

/// Several of something; one alone counts, and a variable separates them by commas.
pub(super) fn list<T>(
    given: &Given,
    what: &'static str,
    each: impl Fn(&Given) -> Result<T, Expected>,
) -> Result<Vec<T>, Expected> {
    let items: Vec<Given> = match given {
        Given::List(items) => items.clone(),
        Given::Text(_) => vec![given.clone()],
        Given::Variable(text) => {
            text.split(',').map(|part| Given::Variable(part.trim().to_owned())).collect()
        }
        _ => return Err(what.into()),
    };
    if items.len() > 100 {
        return Err(format!("at most 100 of them, {what}").into());
    }
    let read: Result<Vec<T>, _> = items.iter().map(each).collect();
    read.map_err(|expected| format!("{what}, each {expected}").into())
}

/// A mail address with or without a name: `Sales <sales@example.com>`.
pub(super) fn address(given: &Given) -> Result<Address, Expected> {
    const EXPECTED: &str =
        "a mail address such as \"sales@example.com\" or \"Sales <sales@example.com>\"";
    let text = text(given).map_err(|_| EXPECTED)?;
    let (name, email) = match text.split_once('<') {
        Some((name, rest)) => {
            (name.trim().trim_matches('"'), rest.strip_suffix('>').ok_or(EXPECTED)?)
        }
        None => ("", text.as_str()),
    };
    let email = email.trim().to_lowercase();
    let sound = email.split_once('@').is_some_and(|(local, domain)| {
        !local.is_empty() && is_domain(domain) && !email.contains(char::is_whitespace)
    });
    sound.then(|| Address { name: name.to_owned(), email }).ok_or(EXPECTED.into())
}

/// Looks like a domain name.
fn is_domain(domain: &str) -> bool {
    !domain.is_empty()
        && domain.split('.').all(|label| {
            !label.is_empty() && label.chars().all(|c| c.is_alphanumeric() || c == '-')
        })
}

/// A domain name.
pub(super) fn domain(given: &Given) -> Result<String, Expected> {
    let found = text(given).unwrap_or_default().to_lowercase();
    is_domain(&found).then_some(found).ok_or("a domain name such as \"example.com\"".into())
}

/// A host name or an IP address, without a port.
pub(super) fn host(given: &Given) -> Result<String, Expected> {
    let found = text(given).unwrap_or_default();
    let sound = is_domain(&found) || found.parse::<std::net::IpAddr>().is_ok();
    sound.then_some(found).ok_or("a host name or address, without a port".into())
}

/// An `http` or `https` address without user name, query or fragment; no trailing slash.
pub(super) fn url(given: &Given) -> Result<String, Expected> {
    const EXPECTED: &str =
        "an address such as \"https://odoo.example.com\", without user name, password and query";
    let text = text(given).map_err(|_| EXPECTED)?;
    let url = reqwest::Url::parse(&text).map_err(|_| EXPECTED)?;
    let sound = matches!(url.scheme(), "http" | "https")
        && url.has_host()
        && url.username().is_empty()
        && url.password().is_none()
        && url.query().is_none()
        && url.fragment().is_none();
    sound.then(|| url.as_str().trim_end_matches('/').to_owned()).ok_or(EXPECTED.into())
}

/// A language that letters are written in.
pub(super) fn lang(given: &Given) -> Result<Lang, Expected> {
    one_of(given, &[("en", Lang::En), ("fr", Lang::Fr), ("de", Lang::De), ("it", Lang::It)])
}

/// A time zone of the IANA database.
pub(super) fn time_zone(given: &Given) -> Result<chrono_tz::Tz, Expected> {
    let found = text(given).unwrap_or_default();
    found.parse().map_err(|_| {
        let names = chrono_tz::TZ_VARIANTS.iter().map(|zone| zone.name());
        match super::nearest::nearest(&found, names) {
            Some(near) => format!("a time zone, perhaps \"{near}\"").into(),
            None => "a time zone such as \"Europe/Zurich\"".into(),
        }
    })
}

/// What is logged.
pub(super) fn log_level(given: &Given) -> Result<String, Expected> {
    const EXPECTED: &str =
        "error, warn, info, debug or trace, or directives such as \"info,postorder::odoo=debug\"";
    let found = text(given).map_err(|_| EXPECTED)?;
    let parts = found.split(',').all(|part| {
        let level = part.rsplit('=').next().unwrap_or_default();
        matches!(level, "off" | "error" | "warn" | "info" | "debug" | "trace")
    });
    let sound = parts && tracing_subscriber::EnvFilter::try_new(&found).is_ok();
    sound.then_some(found).ok_or(EXPECTED.into())
}
