//! What our letters ask for, we understand: the form that they show, and the answers 1, 2 and 3
//! above a quoted letter of ours, in every language and as the usual mail programs quote.

use chrono::NaiveDate;
use postorder::letters::{Letters, Rendered, Settings, samples};
use postorder::mail::{Address, Limits, Mail, OwnAddresses, parse};
use postorder::reading::{
    Catalog, CatalogFile, Choice, Context, Intent, Lang, Problem, ProblemCode, Reading, read,
};

const LANGS: [Lang; 4] = [Lang::En, Lang::Fr, Lang::De, Lang::It];

fn catalog() -> Catalog {
    let json = include_str!("../../maildir-fixtures/catalog.json");
    CatalogFile::parse(json).expect("the fixtures' catalogue").catalog
}

fn letter(lang: Lang, name: &str) -> Rendered {
    let from = Address { name: "Torbau".into(), email: "sales@torbau-meier.example".into() };
    let letters = Letters::load(Settings::new("Torbau Meier AG", from)).expect("the built-in ones");
    let all = samples::letters(lang);
    let (_, letter) = all.iter().find(|(sample, _)| *sample == name).expect("a sample");
    letters.render(letter, samples::now()).expect("a letter")
}

/// A customer's answer to this letter of ours.
fn answer(to: &Rendered, text: &str) -> Mail {
    let mail = format!(
        "From: Ada Whitcombe <einkauf@zaunwerk.example>\r\nTo: sales@torbau-meier.example\r\n\
         Subject: Re: {}\r\nDate: Thu, 23 Apr 2026 09:00:00 +0200\r\n\
         Message-ID: <answer.1@zaunwerk.example>\r\nIn-Reply-To: <{}>\r\nMIME-Version: 1.0\r\n\
         Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n{}",
        to.subject,
        to.message_id,
        text.replace('\n', "\r\n")
    );
    let own = OwnAddresses::new(["sales@torbau-meier.example"]);
    parse(mail.as_bytes(), &Limits::default(), &own)
}

fn understood(to: &Rendered, text: &str, offered: bool) -> Reading {
    let context = Context { offered, ..Context::default() };
    read(&answer(to, text), &catalog(), &context)
}

/// The form that a letter shows, with an address and a product of the catalogue filled in.
fn filled_form(letter: &Rendered) -> String {
    let forms =
        letter.text.split("\n\n").filter(|part| part.contains(": (") || part.contains("\u{a0}: ("));
    let form = forms.last().expect("the letter shows the form");
    let mut lines: Vec<String> = form.lines().map(str::to_owned).collect();
    let mut wanted = vec!["HG-4"];
    if lines.len() == 4 {
        wanted.push("Hauptgasse 12, 3600 Thun");
    }
    for line in &mut lines {
        if let Some(at) = line.find(" (") {
            line.truncate(at + 1);
            line.push_str(wanted.pop().unwrap_or_default());
        }
    }
    lines.join("\n")
}

fn codes(problems: &[Problem]) -> Vec<ProblemCode> {
    problems.iter().map(|problem| problem.code).collect()
}

/// As Gmail, Apple Mail and Thunderbird quote.
fn marked(letter: &Rendered) -> String {
    let quoted: Vec<String> = letter.text.lines().map(|line| format!("> {line}")).collect();
    let quoted = quoted.join("\n");
    format!(
        "On Wed, 22 Apr 2026 at 10:00, Torbau <sales@torbau-meier.example> wrote:\n\n{quoted}\n"
    )
}

/// As Outlook quotes: nothing but a heading.
fn headed(letter: &Rendered, lang: Lang) -> String {
    let [from, sent, to, subject] = match lang {
        Lang::Fr => ["De :", "Envoyé :", "À :", "Objet :"],
        Lang::De => ["Von:", "Gesendet:", "An:", "Betreff:"],
        Lang::It => ["Da:", "Inviato:", "A:", "Oggetto:"],
        Lang::En | Lang::Es | Lang::Nl => ["From:", "Sent:", "To:", "Subject:"],
    };
    format!(
        "{from} Torbau <sales@torbau-meier.example>\n{sent} 22.04.2026 10:00\n\
         {to} Ada Whitcombe <einkauf@zaunwerk.example>\n{subject} {}\n\n{}",
        letter.subject, letter.text
    )
}

#[test]
fn the_form_that_we_show_is_the_form_that_we_read() {
    for lang in LANGS {
        for name in ["incomplete", "reminder-incomplete"] {
            let asked = letter(lang, name);
            let form = filled_form(&asked);
            let reading = understood(&asked, &form, false);
            assert_eq!(codes(&reading.problems), [], "{lang:?}\n{form}");
            assert_eq!(reading.intent, Intent::Order, "{lang:?}\n{form}");
            let [line] = &reading.lines[..] else { panic!("{lang:?}: {:?}", reading.lines) };
            assert_eq!(line.product.default_code, "HG-4");
            assert_eq!(line.quantity, 24.into());
            assert_eq!(line.delivery_date, NaiveDate::from_ymd_opt(2026, 5, 6));
            let address = reading.address.map(|read| read.value);
            assert_eq!(address.as_deref(), Some("Hauptgasse 12, 3600 Thun"));
        }
    }
}

#[test]
fn the_form_sent_back_as_it_is_orders_nothing() {
    for lang in LANGS {
        for (name, offered) in [("incomplete", false), ("offer", true)] {
            let asked = letter(lang, name);
            for quoted in [asked.text.clone(), format!("1\n\n{}", asked.text)] {
                let reading = understood(&asked, &quoted, offered);
                assert_ne!(reading.intent, Intent::Order, "{lang:?} {name}");
                assert_eq!(reading.lines, [], "{lang:?} {name}");
            }
        }
    }
}

#[test]
fn a_number_above_our_quoted_letter_is_the_choice() {
    for lang in LANGS {
        for name in ["offer", "offer-nothing", "asked-again", "reminder-offer"] {
            let asked = letter(lang, name);
            for choice in [Choice::Available, Choice::Wait, Choice::Cancel] {
                for quoted in [String::new(), marked(&asked), headed(&asked, lang)] {
                    let text = format!("{}\n\n{quoted}", u8::from(choice));
                    let reading = understood(&asked, &text, true);
                    let what = format!("{lang:?} {name} {choice:?}\n{text}");
                    assert_eq!(reading.intent, Intent::Choice, "{what}");
                    assert_eq!(reading.choice.map(|read| read.value), Some(choice), "{what}");
                    assert_eq!(reading.lines, [], "{what}");
                }
            }
        }
    }
}

#[test]
fn choice_1_with_lines_in_our_form_is_read() {
    for lang in LANGS {
        let asked = letter(lang, "offer");
        for quoted in [String::new(), marked(&asked), headed(&asked, lang)] {
            let text = format!("1\n\n{}\n\n{quoted}", filled_form(&asked));
            let reading = understood(&asked, &text, true);
            assert_eq!(reading.intent, Intent::Choice, "{text}");
            assert_eq!(reading.choice.map(|read| read.value), Some(Choice::Available));
            let lines: Vec<_> = reading
                .lines
                .iter()
                .map(|line| (&*line.product.default_code, line.quantity))
                .collect();
            assert_eq!(lines, [("HG-4", 24.into())], "{text}");
        }
    }
}
