//! Letters as a whole: golden letters, hostile text, overriding, and the mail that is built.

use std::fs;
use std::path::{Path, PathBuf};

use super::*;
use crate::flow::LetterKind;

fn settings() -> Settings {
    let from =
        Address { name: "Torbau Meier AG".into(), email: "sales@torbau-meier.example".into() };
    Settings {
        signature: vec!["Verkauf · Ventes · Vendite".into()],
        time_zone: chrono_tz::Europe::Zurich,
        ..Settings::new("Torbau Meier AG", from)
    }
}

fn letters() -> Letters {
    Letters::load(settings()).unwrap()
}

fn golden_dir() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/letters")
}

/// Compares with the golden file, or writes it where `UPDATE_GOLDEN` is set.
fn golden(name: &str, got: &str) -> Result<(), String> {
    let path = golden_dir().join(name);
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, got).unwrap();
        return Ok(());
    }
    let wanted = fs::read_to_string(&path).unwrap_or_default();
    let line = wanted.lines().zip(got.lines()).position(|(a, b)| a != b);
    let line = line.unwrap_or(wanted.lines().count().min(got.lines().count()));
    (wanted == got).then_some(()).ok_or(format!(
        "{name}:{}: golden {:?}, now {:?}",
        line + 1,
        wanted.lines().nth(line),
        got.lines().nth(line)
    ))
}

#[test]
fn every_letter_in_every_language_is_as_it_was_read_and_approved() {
    let letters = letters();
    let mut changed = Vec::new();
    for lang in LANGS {
        for (name, letter) in samples::letters(lang) {
            let written = letters.render(&letter, samples::now()).unwrap();
            assert_eq!(written.fault, None);
            let file = format!("{}/{name}", view::code(lang));
            let text = format!("Subject: {}\n\n{}", written.subject, written.text);
            changed.extend(golden(&format!("{file}.txt"), &text).err());
            changed.extend(golden(&format!("{file}.html"), &written.html).err());
        }
    }
    assert!(changed.is_empty(), "UPDATE_GOLDEN=1 accepts:\n{}", changed.join("\n"));
}

/// A letter to a supplier or customer with this text wherever text from outside can stand.
fn with_text_everywhere(kind: LetterKind, text: &str) -> Letter {
    let (_, mut letter) = samples::letters(Lang::En)
        .into_iter()
        .find(|(_, letter)| letter.kind == kind)
        .expect("there is a sample of every kind");
    let samples = samples::letters(Lang::En);
    let content = |name: &str| {
        let found = samples.iter().find(|(sample, _)| *sample == name);
        found.expect("a sample of this name").1.content.clone()
    };
    let mut every = content("offer");
    every.problems = content("incomplete-every").problems;
    every.items = content("replenishment").items;
    every.earlier = content("cancelled").earlier;
    for order in every.orders.iter_mut().chain(&mut every.earlier) {
        for field in [&mut order.number, &mut order.currency] {
            *field = text.into();
        }
        (order.address, order.reference) = (Some(text.into()), Some(text.into()));
        for line in &mut order.lines {
            line.taxes = vec![text.into()];
            for field in [&mut line.name, &mut line.default_code, &mut line.uom] {
                *field = text.into();
            }
        }
    }
    for item in every.short.iter_mut().map(|short| &mut short.item).chain(&mut every.items) {
        for field in [&mut item.name, &mut item.uom, &mut item.wanted.product.default_code] {
            *field = text.into();
        }
    }
    for unknown in &mut every.unknown {
        unknown.words = text.into();
    }
    for problem in &mut every.problems {
        (problem.words, problem.message) = (text.into(), text.into());
    }
    every.reference = Some(text.into());
    letter.content = every;
    letter.subject = text.into();
    letter.to.name = text.into();
    letter.in_reply_to = Some(text.into());
    letter.references = vec![text.into(); 30];
    letter
}

/// The header names of a mail, in order, and its parts' texts as another parser reads them.
fn read_back(mail: &[u8]) -> (Vec<String>, String, String, String) {
    let parsed = mail_parser::MessageParser::default().parse(mail).expect("a mail");
    let names = parsed.headers().iter().map(|header| header.name().to_owned()).collect();
    let subject = parsed.subject().unwrap_or_default().to_owned();
    let text = parsed.body_text(0).expect("a text part").into_owned();
    let html = parsed.body_html(0).expect("an HTML part").into_owned();
    (names, subject, text.replace("\r\n", "\n"), html.replace("\r\n", "\n"))
}

const HEADERS: [&str; 9] = [
    "From",
    "To",
    "Subject",
    "Date",
    "Message-ID",
    "Auto-Submitted",
    "X-Postorder",
    "MIME-Version",
    "Content-Type",
];

/// Nothing but the headers that belong there, each once, no line too long, nothing but ASCII.
fn assert_sound(mail: &[u8]) {
    let (names, ..) = read_back(mail);
    for name in HEADERS {
        assert_eq!(names.iter().filter(|known| *known == name).count(), 1, "{name}: {names:?}");
    }
    for name in &names {
        let known = HEADERS.contains(&name.as_str());
        assert!(
            known || ["In-Reply-To", "References", "Reply-To"].contains(&name.as_str()),
            "{name}"
        );
    }
    assert!(mail.is_ascii());
    for line in mail.split(|byte| *byte == b'\n') {
        assert!(line.len() <= 998, "a line of {} bytes", line.len());
        assert!(line.is_empty() || line.ends_with(b"\r"), "a bare line feed");
    }
    assert!(!mail.windows(2).any(|pair| pair[0] == b'\r' && pair[1] != b'\n'), "a bare CR");
}

#[test]
fn text_from_outside_never_becomes_anything_but_text() {
    let letters = letters();
    for hostile in [
        "Eve\r\nBcc: everyone@example.com\r\n\r\nNew body",
        "{{ company }}{% for x in range(99999999) %}{{ x }}{% endfor %}{# #}",
        "<script>alert(1)</script><img src=x onerror=y>\"'>&amp;",
        "=?utf-8?q?=0D=0ABcc:_everyone=40example.com?=",
        "\u{202E}gpj.eciovni\u{202C}\u{2066}\u{0}\u{7}\u{1b}[31m",
        "a\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}",
        "--=_offer.5f0c9a17e2b4d386-1--",
        ".\r\n.\r\nQUIT",
        "Subject: mine now",
        "[#0123456789abcdef-9]",
        "Cheap pills http://evil.example/?a=b www.evil.example mailto:a@b.example",
        &"W".repeat(5000),
        &"wörd ".repeat(5000),
    ] {
        for kind in LetterKind::ALL {
            for lang in LANGS {
                let mut letter = with_text_everywhere(kind, hostile);
                letter.lang = lang;
                let written = letters.render(&letter, samples::now()).unwrap();
                let shown = format!("{kind:?} {lang:?} {hostile:.40}");
                assert!(!written.subject.contains(['\r', '\n']), "{shown}");
                assert!(written.subject.chars().count() < 190, "{shown}");
                assert!(!written.subject.contains("[#0123456789abcdef-9]"), "{shown}");
                for body in [&written.text, &written.html] {
                    let tricks = |c: char| (c.is_control() && c != '\n') || c == '\u{202E}';
                    assert!(!body.contains(tricks), "{shown}");
                    assert!(!body.contains("evil.example"), "{shown}");
                    assert!(body.len() < 60_000, "{shown}: {} bytes", body.len());
                }
                assert!(!written.html.contains("<script"), "{shown}");
                assert!(!written.html.contains("<img"), "{shown}");
                assert!(!written.text.contains("Torbau Meier AG{%"), "{shown}");
                let longest = written.text.lines().map(|line| line.chars().count()).max();
                assert!(longest.unwrap_or_default() < 260, "{shown}");
                let mail = written.to_bytes().unwrap();
                assert_sound(&mail);
                let (_, subject, text, html) = read_back(&mail);
                assert_eq!((subject, text, html), (written.subject, written.text, written.html));
            }
        }
    }
}

#[test]
fn the_mail_says_what_it_is_and_where_it_belongs() {
    let letters = letters();
    let (_, mut letter) =
        samples::letters(Lang::Fr).into_iter().find(|(n, _)| *n == "offer").unwrap();
    letter.references = (0..40).map(|n| format!("{n}@zaunwerk.example")).collect();
    let written = letters.render(&letter, samples::now()).unwrap();
    let mail = written.to_bytes().unwrap();
    assert_eq!(mail, letters.render(&letter, samples::now()).unwrap().to_bytes().unwrap());
    let parsed = mail_parser::MessageParser::default().parse(&mail).unwrap();
    let raw = |name: &str| parsed.header_raw(name).unwrap_or_default().trim().to_owned();
    assert_eq!(raw("Message-ID"), "<offer.5f0c9a17e2b4d386-1@torbau-meier.example>");
    assert_eq!(raw("In-Reply-To"), "<20260422.1@zaunwerk.example>");
    assert_eq!(raw("Auto-Submitted"), "auto-replied");
    assert_eq!(raw("X-Postorder"), "5f0c9a17e2b4d386-1");
    assert_eq!(raw("Date"), "Wed, 22 Apr 2026 10:00:00 +0200");
    assert_eq!(raw("From"), "\"Torbau Meier AG\" <sales@torbau-meier.example>");
    let to = parsed.to().and_then(|to| to.first()).unwrap();
    assert_eq!((to.name(), to.address()), (Some("Solène Aubry"), Some("einkauf@zaunwerk.example")));
    let references = raw("References");
    let references: Vec<&str> = references.split_whitespace().collect();
    assert_eq!(references.len(), Letters::MAX_REFERENCES);
    assert_eq!(references.first(), Some(&"<0@zaunwerk.example>"));
    assert_eq!(references.last(), Some(&"<39@zaunwerk.example>"));
    assert_eq!(
        mail_parser::MimeHeaders::content_type(&parsed).unwrap().subtype(),
        Some("alternative")
    );
    assert_eq!(token_of_message_id(&raw("Message-ID")).unwrap().1, letter.token);
    assert_eq!(token_in_subject(parsed.subject().unwrap()).unwrap(), letter.token);
}

#[test]
fn a_supplier_learns_nothing_of_the_customer() {
    let letters = letters();
    for lang in LANGS {
        let mut letter = with_text_everywhere(LetterKind::Request, "Geheim");
        letter.lang = lang;
        letter.to.name = "Castfix AG".into();
        for item in &mut letter.content.items {
            (item.name, item.uom) = ("Bolt".into(), "kg".into());
            item.wanted.product.default_code = "B-1".into();
            item.wanted.address = Some("Geheimgasse 1".into());
        }
        let written = letters.render(&letter, samples::now()).unwrap();
        assert_eq!(written.auto_submitted(), "auto-generated");
        assert!(!written.subject.contains("Geheim"));
        assert!(
            !written.text.contains("Geheim") && !written.html.contains("Geheim"),
            "{}",
            written.text
        );
        assert!(written.text.contains("B-1 Bolt"));
    }
}

#[test]
fn languages_that_are_not_written_fall_back() {
    let letters = |languages: Vec<Lang>, default_language| {
        Letters::load(Settings { languages, default_language, ..settings() }).unwrap()
    };
    let greeting = |letters: &Letters, lang| {
        let (_, mut letter) = samples::letters(Lang::En).swap_remove(0);
        letter.lang = lang;
        let text = letters.render(&letter, samples::now()).unwrap().text;
        text.lines().next().unwrap_or_default().to_owned()
    };
    let all = letters(Vec::new(), Lang::En);
    assert_eq!(
        LANGS.map(|lang| greeting(&all, lang)),
        ["Hello,", "Bonjour,", "Guten Tag,", "Buongiorno,"]
    );
    assert_eq!(greeting(&all, Lang::Es), "Hello,");
    assert_eq!(greeting(&all, Lang::Nl), "Hello,");
    let some = letters(vec![Lang::De, Lang::Fr], Lang::De);
    assert_eq!(greeting(&some, Lang::It), "Guten Tag,");
    assert_eq!(greeting(&some, Lang::Fr), "Bonjour,");
}

#[test]
fn the_swiss_style_has_its_numbers_and_no_sharp_s() {
    let letters = Letters::load(Settings { style: Style::Swiss, ..settings() }).unwrap();
    for (_, letter) in samples::letters(Lang::De) {
        let written = letters.render(&letter, samples::now()).unwrap();
        assert!(!written.text.contains('ß') && !written.html.contains('ß'));
        assert!(!written.text.contains("Guten Tag,"));
    }
    let (_, letter) = samples::letters(Lang::De).swap_remove(0);
    let text = letters.render(&letter, samples::now()).unwrap().text;
    assert!(text.starts_with("Guten Tag\n\nVielen Dank"), "{text}");
    assert!(text.contains("CHF\u{a0}1’246.70"), "{text}");
    assert!(text.contains("Freundliche Grüsse"), "{text}");
}

#[test]
fn a_letter_of_many_lines_is_bounded_and_says_so() {
    let letters = letters();
    let mut letter = with_text_everywhere(LetterKind::Offer, "Clamp");
    let line = letter.content.orders[0].lines[0].clone();
    letter.content.orders[0].lines = vec![line; 5000];
    letter.content.orders = vec![letter.content.orders[0].clone(); 50];
    letter.content.short = vec![letter.content.short[0].clone(); 5000];
    letter.content.problems.clear();
    letter.content.unknown = vec![letter.content.unknown[0].clone(); 5000];
    let written = letters.render(&letter, samples::now()).unwrap();
    assert!(written.text.contains("Further lines: 4700"));
    assert!(written.text.contains("Further lines: 4970"));
    assert!(written.html.len() < 900_000, "{}", written.html.len());
}

#[test]
fn the_documentation_names_everything_that_templates_know() {
    let docs = include_str!("../../docs/letters.md");
    let letter = with_text_everywhere(LetterKind::Confirmation, "x");
    let view = View::new(&settings(), &letter, Lang::En, samples::now().date_naive());
    let mut open = vec![serde_json::to_value(view).unwrap()];
    while let Some(value) = open.pop() {
        match value {
            serde_json::Value::Object(fields) => {
                for (name, value) in fields {
                    assert!(docs.contains(&format!("`{name}`")), "docs/letters.md lacks {name}");
                    open.push(value);
                }
            }
            serde_json::Value::Array(values) => open.extend(values),
            _ => {}
        }
    }
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(48))]

    #[test]
    fn no_text_breaks_a_letter(text in "\\PC{0,40}|(?s).{0,80}", kind in 0..11usize) {
        let letters = Letters::load(settings()).unwrap();
        let letter = with_text_everywhere(LetterKind::ALL[kind], &text);
        let written = letters.render(&letter, samples::now()).unwrap();
        let mail = written.to_bytes().unwrap();
        assert_sound(&mail);
        let (_, subject, text, html) = read_back(&mail);
        proptest::prop_assert_eq!(subject, written.subject);
        proptest::prop_assert_eq!(text, written.text);
        proptest::prop_assert_eq!(html, written.html);
    }
}
