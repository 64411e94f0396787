//! The templates: those built in, the company's own in their place, and how they are run.
//!
//! A letter is written once, in `LANG/KIND.j2`, and run twice: for the text with the blocks of
//! `blocks/*.txt`, and for the HTML with those of `blocks/*.html` and every value escaped. So a
//! letter has one set of words.

use std::collections::BTreeMap;
use std::error::Error as _;

use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Kwargs, Serde, Value};
use minijinja::{AutoEscape, Environment, Error, ErrorKind, State, UndefinedBehavior, context};

use super::format::Format;
use super::view::{View, code};
use super::{Style, TemplateFault, shape};
use crate::flow::LetterKind;
use crate::reading::Lang;

/// Steps that one run of a template may take; built-in letters of 300 lines take some 30,000.
const FUEL: u64 = 2_000_000;
/// No letter is longer than this, in bytes.
const MAX_SIZE: usize = 1 << 20;

/// Languages that letters are written in.
pub(super) const LANGS: [Lang; 4] = [Lang::En, Lang::Fr, Lang::De, Lang::It];

macro_rules! embed {
    ($($name:expr),* $(,)?) => { [$(($name, include_str!(concat!("templates/", $name)))),*] };
}

macro_rules! language {
    ($lang:literal) => {
        embed![
            concat!($lang, "/words.toml"),
            concat!($lang, "/choices.j2"),
            concat!($lang, "/deadline.j2"),
            concat!($lang, "/earlier.j2"),
            concat!($lang, "/problem.j2"),
            concat!($lang, "/ready.j2"),
            concat!($lang, "/standing.j2"),
            concat!($lang, "/unknown.j2"),
            concat!($lang, "/confirmation.j2"),
            concat!($lang, "/incomplete.j2"),
            concat!($lang, "/not-made.j2"),
            concat!($lang, "/offer.j2"),
            concat!($lang, "/replenishment.j2"),
            concat!($lang, "/request.j2"),
            concat!($lang, "/cancelled.j2"),
            concat!($lang, "/asked-again.j2"),
            concat!($lang, "/reminder.j2"),
            concat!($lang, "/expired.j2"),
            concat!($lang, "/held.j2"),
        ]
    };
}

const SHARED: [(&str, &str); 17] = embed![
    "style.toml",
    "layout.txt",
    "layout.html",
    "blocks/choices.txt",
    "blocks/choices.html",
    "blocks/form.txt",
    "blocks/form.html",
    "blocks/items.txt",
    "blocks/items.html",
    "blocks/orders.txt",
    "blocks/orders.html",
    "blocks/problems.txt",
    "blocks/problems.html",
    "blocks/short.txt",
    "blocks/short.html",
    "blocks/unknown.txt",
    "blocks/unknown.html",
];
const EN: [(&str, &str); 19] = language!("en");
const FR: [(&str, &str); 19] = language!("fr");
const DE: [(&str, &str); 19] = language!("de");
const IT: [(&str, &str); 19] = language!("it");

/// The built-in files, by their name within a templates folder.
pub(super) fn built_in() -> BTreeMap<&'static str, &'static str> {
    SHARED.into_iter().chain(EN).chain(FR).chain(DE).chain(IT).collect()
}

/// A letter's parts.
#[derive(Debug)]
pub(super) struct Written {
    pub(super) subject: String,
    pub(super) text: String,
    pub(super) html: String,
}

/// A complete set of templates.
#[derive(Debug)]
pub(super) struct Templates {
    text: Environment<'static>,
    html: Environment<'static>,
    languages: BTreeMap<&'static str, Language>,
    css: Value,
    paragraph: String,
}

/// What the letters of one language share.
#[derive(Debug, Default)]
struct Language {
    words: Value,
    /// A letter's first word is written with a capital; in German not after a comma.
    capital: bool,
}

/// Texts of a TOML file by their key.
type Texts = BTreeMap<String, String>;

impl Templates {
    /// The built-in templates, and in their place those of `own`. A file of `own` that cannot be
    /// used is reported, and the built-in one stays, so that one start reports every fault.
    pub(super) fn new(style: Style, own: &Texts) -> (Self, Vec<TemplateFault>) {
        let mut faults = Vec::new();
        let mut text = environment(AutoEscape::None, style);
        let mut html = environment(AutoEscape::Html, style);
        let mut tables: BTreeMap<&'static str, Texts> = BTreeMap::new();
        let own = own.iter().map(|(name, source)| (name.as_str(), source.as_str()));
        for (name, source) in built_in().into_iter().chain(own) {
            let lang = LANGS.into_iter().find(|lang| name.split('/').next() == Some(code(*lang)));
            let source = match (style, lang) {
                (Style::Swiss, Some(Lang::De)) => source.replace('ß', "ss"),
                _ => source.to_owned(),
            };
            let (stem, ending) = name.rsplit_once('.').unwrap_or((name, ""));
            let added = match ending {
                "toml" => merge(name, &source, tables.entry(lang.map_or("", code)).or_default()),
                "txt" => replace(&mut text, stem, name, source),
                "html" => replace(&mut html, stem, name, source),
                _ => replace(&mut text, name, name, source.clone())
                    .and_then(|()| replace(&mut html, name, name, source)),
            };
            faults.extend(added.err());
        }
        let css = tables.remove("").unwrap_or_default();
        let paragraph = css.get("p").cloned().unwrap_or_default();
        let languages =
            tables.into_iter().map(|(lang, words)| (lang, Language::new(style, lang, words)));
        let languages = languages.collect();
        (Self { text, html, languages, css: Value::from(Serde(css)), paragraph }, faults)
    }

    /// Writes a letter.
    pub(super) fn write(
        &self,
        kind: LetterKind,
        lang: Lang,
        view: &View,
    ) -> Result<Written, TemplateFault> {
        let file = format!("{}/{}.j2", code(lang), kind.name());
        let unknown = Language::default();
        let language = self.languages.get(code(lang)).unwrap_or(&unknown);
        let (w, css) = (language.words.clone(), self.css.clone());
        let data = context! { w, css, ..Value::from(Serde(view)) };
        let no_subject = || TemplateFault {
            file: file.clone(),
            line: Some(1),
            what: "the first line must be \"Subject: …\", and must not be empty".to_owned(),
        };

        let said = run(&self.text, &file, "txt", &data)?;
        let (subject, body) = shape::split_subject(&said).ok_or_else(no_subject)?;
        let title = subject;
        let body = Value::from(language.opening(body));
        let text = run(&self.text, "layout", "txt", &context! { body, title, ..data.clone() })?;

        let said = run(&self.html, &file, "html", &data)?;
        let (_, body) = shape::split_subject(&said).ok_or_else(no_subject)?;
        let body = shape::paragraphs(&language.opening(body), &self.paragraph);
        let body = Value::from_safe_string(body);
        let html = run(&self.html, "layout", "html", &context! { body, title, ..data })?;

        Ok(Written { subject: subject.to_owned(), text: shape::plain(&text), html })
    }
}

impl Language {
    fn new(style: Style, lang: &str, mut words: Texts) -> Self {
        let greeting = words.entry("greeting".to_owned()).or_default();
        // Switzerland writes no comma after the greeting, and then a capital.
        if style == Style::Swiss && lang == code(Lang::De) {
            greeting.truncate(greeting.trim_end_matches(',').len());
        }
        let capital = lang != code(Lang::De) || !greeting.ends_with(',');
        Self { words: Value::from(Serde(words)), capital }
    }

    fn opening(&self, body: &str) -> String {
        if self.capital { shape::capital(body.trim()) } else { body.trim().to_owned() }
    }
}

fn environment(escape: AutoEscape, style: Style) -> Environment<'static> {
    let mut environment = Environment::new();
    environment.set_auto_escape_callback(move |_| escape.clone());
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_fuel(Some(FUEL));
    environment.set_debug(true);
    let syntax = SyntaxConfig::builder()
        .trim_blocks(true)
        .lstrip_blocks(true)
        .keep_trailing_newline(true)
        .build();
    if let Ok(syntax) = syntax {
        environment.set_syntax(syntax);
    }
    environment.add_filter("sentence", sentence);
    environment.add_filter("quoted", move |state: &State<'_, '_>, words: &str| {
        format_of(state, style).quoted(words)
    });
    let plural = move |state: &State<'_, '_>, number: i64, one: &str, many: &str| {
        if format_of(state, style).singular(number) { one.to_owned() } else { many.to_owned() }
    };
    environment.add_function("plural", plural);
    environment
}

/// The language of the letter that is being written.
fn format_of(state: &State<'_, '_>, style: Style) -> Format {
    let lang = state.lookup("lang");
    let lang = lang.as_ref().and_then(Value::as_str).unwrap_or_default();
    let lang = LANGS.into_iter().find(|known| code(*known) == lang).unwrap_or_default();
    Format::new(lang, style)
}

/// Text on one line with single spaces; with `upper=true` it begins with a capital.
#[expect(clippy::needless_pass_by_value, reason = "the form that minijinja takes filters in")]
fn sentence(value: &Value, options: Kwargs) -> Result<Value, Error> {
    let upper: Option<bool> = options.get("upper")?;
    options.assert_all_used()?;
    let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let mut text = text.split(['\n', ' ']).filter(|word| !word.is_empty()).collect::<Vec<_>>();
    let first = text.first().map(|word| shape::capital(word));
    if upper.unwrap_or_default()
        && let (Some(first), Some(slot)) = (&first, text.first_mut())
    {
        *slot = first;
    }
    let text = text.join(" ");
    Ok(if value.is_safe() { Value::from_safe_string(text) } else { Value::from(text) })
}

fn run(
    environment: &Environment<'static>,
    name: &str,
    ending: &str,
    data: &Value,
) -> Result<String, TemplateFault> {
    let template = environment.get_template(name).map_err(|error| fault(&error, name, ending))?;
    let written = template.render(data.clone()).map_err(|error| fault(&error, name, ending))?;
    if written.len() > MAX_SIZE {
        let what = format!("gives a letter of more than {MAX_SIZE} bytes");
        return Err(TemplateFault { file: file_of(name, ending), line: None, what });
    }
    Ok(written)
}

/// Puts a template in another's place; the one that was there stays if this one cannot be read.
fn replace(
    environment: &mut Environment<'static>,
    name: &str,
    file: &str,
    source: String,
) -> Result<(), TemplateFault> {
    environment.add_template_owned(name.to_owned(), source).map_err(|error| fault(&error, file, ""))
}

/// Reads a TOML table of texts over those that are there.
fn merge(file: &str, source: &str, words: &mut Texts) -> Result<(), TemplateFault> {
    let at = |offset: usize| source.get(..offset).map(|before| before.matches('\n').count() + 1);
    let fault = |line, what| TemplateFault { file: file.to_owned(), line, what };
    let read: BTreeMap<toml::Spanned<String>, toml::Spanned<toml::Value>> = toml::from_str(source)
        .map_err(|error| {
            let line = error.span().and_then(|span| at(span.start));
            fault(line, error.message().to_owned())
        })?;
    // Only the built-in files, which come first, say which words there are.
    let known = !words.is_empty();
    let mut fresh = BTreeMap::new();
    for (key, value) in read {
        let line = at(key.span().start);
        let key = key.into_inner();
        if known && !words.contains_key(&key) {
            return Err(fault(line, format!("\"{key}\" is not a word of this file")));
        }
        let toml::Value::String(text) = value.into_inner() else {
            return Err(fault(line, format!("\"{key}\" must be a text between quotation marks")));
        };
        fresh.insert(key, text);
    }
    words.extend(fresh);
    Ok(())
}

/// What went wrong, in which file, on which line, from the innermost template outwards.
fn fault(error: &Error, name: &str, ending: &str) -> TemplateFault {
    let mut innermost = error;
    let mut source = error.source();
    while let Some(cause) = source {
        if let Some(cause) = cause.downcast_ref::<Error>() {
            innermost = cause;
        }
        source = cause.source();
    }
    let about = || {
        let source = innermost.template_source()?;
        source.get(innermost.range()?).map(|words| words.chars().take(60).collect::<String>())
    };
    let what = match (innermost.kind(), innermost.detail(), about()) {
        (ErrorKind::UndefinedError, _, Some(words)) => {
            format!("there is no value for {words:?}")
        }
        (ErrorKind::OutOfFuel, ..) => "takes too many steps: is there a loop without end?".into(),
        (kind, None, _) => kind.to_string(),
        (_, Some(detail), _) => detail.to_owned(),
    };
    TemplateFault {
        file: file_of(innermost.name().unwrap_or(name), ending),
        line: innermost.line(),
        what,
    }
}

/// The file that a template was read from.
fn file_of(name: &str, ending: &str) -> String {
    let whole = [".j2", ".txt", ".html", ".toml"].iter().any(|known| name.ends_with(known));
    if whole { name.to_owned() } else { format!("{name}.{ending}") }
}
