//! Replies of many programs and languages; see `tests/replies/`.

use super::{newly_written, newly_written_html};

const FILES: [(&str, &str); 9] = [
    ("apple", include_str!("../../../tests/replies/apple.txt")),
    ("clients", include_str!("../../../tests/replies/clients.txt")),
    ("gmail", include_str!("../../../tests/replies/gmail.txt")),
    ("html", include_str!("../../../tests/replies/html.txt")),
    ("others", include_str!("../../../tests/replies/others.txt")),
    ("outlook", include_str!("../../../tests/replies/outlook.txt")),
    ("pages", include_str!("../../../tests/replies/pages.txt")),
    ("signatures", include_str!("../../../tests/replies/signatures.txt")),
    ("thunderbird", include_str!("../../../tests/replies/thunderbird.txt")),
];

struct Case<'a> {
    name: String,
    html: bool,
    mail: &'a str,
    new: &'a str,
}

/// Each case is `%%% text: NAME` or `%%% html: NAME`, the body, `%%% newly written`, what is.
fn cases() -> Vec<Case<'static>> {
    let mut cases = Vec::new();
    for (file, text) in FILES {
        for case in text.split("%%% ").filter(|case| !case.is_empty()).collect::<Vec<_>>().chunks(2)
        {
            let (head, mail) = case[0].split_once('\n').expect("a case begins with its name");
            let (kind, name) = head.split_once(": ").expect("a kind and a name");
            let new = case[1].strip_prefix("newly written\n").expect("what is newly written");
            let name = format!("{file}: {name}");
            cases.push(Case { name, html: kind == "html", mail, new: new.trim_end() });
        }
    }
    cases
}

fn failures(body: impl Fn(&str) -> String) -> Vec<String> {
    let mut failures = Vec::new();
    for case in cases() {
        let mail = body(case.mail);
        let new = if case.html { newly_written_html(&mail) } else { newly_written(&mail) };
        if new.trim() != case.new {
            failures.push(format!("{}\n  wanted {:?}\n  got    {new:?}", case.name, case.new));
        }
    }
    failures
}

#[test]
fn newly_written_text_of_many_programs() {
    assert!(cases().len() > 290);
    let failures = failures(str::to_owned);
    assert!(failures.is_empty(), "{}\n{}", failures.len(), failures.join("\n"));
}

#[test]
fn line_ends_make_no_difference() {
    let failures = failures(|mail| mail.replace('\n', "\r\n"));
    assert!(failures.is_empty(), "{}\n{}", failures.len(), failures.join("\n"));
}
