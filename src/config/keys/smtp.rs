//! Keys of `[smtp]`, `[company]` and `[letters]`.

use super::{Group, Key, Usual, put};
use crate::config::types::{NumberStyle, Security};
use crate::config::value::{
    address, block, domain, host, lang, list, one_of, path, seconds, secret_file, text, time_zone,
    whole,
};

pub(super) const SMTP: Group = Group {
    name: "smtp",
    about: "The mail server that takes our letters. The password stands in a file of its own, in the\n\
            systemd credential smtp-password, or in POSTORDER_SMTP__PASSWORD.",
    keys: &[
        Key {
            name: "smtp.host",
            usual: Usual::Required(r#""mail.example.com""#),
            about: "Host name or address.",
            set: |c, v| put(&mut c.smtp.host, host(v)),
        },
        Key {
            name: "smtp.port",
            usual: Usual::Unset("587"),
            about: "Port; unless set 25, 587 or 465, as `security` asks.",
            set: |c, v| put(&mut c.smtp.port, whole(v, 1..=65_535, "").map(Some)),
        },
        Key {
            name: "smtp.security",
            usual: Usual::Default(r#""starttls""#),
            about: "\"starttls\", \"tls\" (from the first byte), or \"none\" (for a server on this machine).",
            set: |c, v| {
                let words = [
                    ("none", Security::None),
                    ("starttls", Security::StartTls),
                    ("tls", Security::Tls),
                ];
                put(&mut c.smtp.security, one_of(v, &words))
            },
        },
        Key {
            name: "smtp.login",
            usual: Usual::Unset(r#""postorder""#),
            about: "User name, where the server wants one.",
            set: |c, v| put(&mut c.smtp.login, text(v).map(Some)),
        },
        Key {
            name: "smtp.password_file",
            usual: Usual::Unset(r#""/etc/postorder/smtp-password""#),
            about: "File whose only line is the password.",
            set: |c, v| put(&mut c.smtp.password_file, secret_file(v).map(Some)),
        },
        Key {
            name: "smtp.ca_file",
            usual: Usual::Unset(r#""/etc/postorder/ca.pem""#),
            about: "Certificates (PEM) to trust besides the system's.",
            set: |c, v| put(&mut c.smtp.ca_file, path(v).map(Some)),
        },
        Key {
            name: "smtp.timeout_seconds",
            usual: Usual::Default("30"),
            about: "Longest wait for one answer.",
            set: |c, v| put(&mut c.smtp.timeout, seconds(v, 1..=600)),
        },
        Key {
            name: "smtp.helo",
            usual: Usual::Unset(r#""orders.example.com""#),
            about: "Name to greet with; unless set, the machine's.",
            set: |c, v| put(&mut c.smtp.helo, domain(v).map(Some)),
        },
        Key {
            name: "smtp.connections",
            usual: Usual::Default("4"),
            about: "Connections open at the same time.",
            set: |c, v| put(&mut c.smtp.connections, whole(v, 1..=32, "")),
        },
    ],
};

pub(super) const COMPANY: Group = Group {
    name: "company",
    about: "Who writes the letters.",
    keys: &[
        Key {
            name: "company.name",
            usual: Usual::Required(r#""Example Ltd""#),
            about: "Name, as letters sign.",
            set: |c, v| put(&mut c.company.name, text(v)),
        },
        Key {
            name: "company.address",
            usual: Usual::Required(r#""Example Ltd <orders@example.com>""#),
            about: "Sender of the letters. Customers' answers must reach a maildir of above.",
            set: |c, v| put(&mut c.company.address, address(v)),
        },
        Key {
            name: "company.reply_to",
            usual: Usual::Unset(r#""orders@example.com""#),
            about: "Where customers' answers go, if not to the sender.",
            set: |c, v| put(&mut c.company.reply_to, address(v).map(Some)),
        },
        Key {
            name: "company.own_addresses",
            usual: Usual::Default("[]"),
            about: "Further addresses of ours: a mail from one of them is never answered.",
            set: |c, v| {
                let own = list(v, "a list of mail addresses", |item| {
                    address(item).map(|address| address.email)
                });
                put(&mut c.company.own_addresses, own)
            },
        },
        Key {
            name: "company.signature",
            usual: Usual::Default(r#""""#),
            about: "Lines under each letter, after the name; \"\"\"…\"\"\" holds several.",
            set: |c, v| put(&mut c.company.signature, block(v)),
        },
        Key {
            name: "company.domain",
            usual: Usual::Unset(r#""example.com""#),
            about: "Right side of the letters' Message-IDs; unless set, the domain of the sender.",
            set: |c, v| put(&mut c.company.domain, domain(v).map(Some)),
        },
        Key {
            name: "company.languages",
            usual: Usual::Default(r#"["en", "fr", "de", "it"]"#),
            about: "Languages that letters may be written in, of \"en\", \"fr\", \"de\" and \"it\".",
            set: |c, v| {
                let languages = list(v, "a list of languages", lang).and_then(|all| {
                    if all.is_empty() { Err("at least one language".into()) } else { Ok(all) }
                });
                put(&mut c.company.languages, languages)
            },
        },
        Key {
            name: "company.default_language",
            usual: Usual::Default(r#""en""#),
            about: "Where neither the mail nor Odoo tells the customer's, or it is none of them.",
            set: |c, v| put(&mut c.company.default_language, lang(v)),
        },
        Key {
            name: "company.time_zone",
            usual: Usual::Default(r#""UTC""#),
            about: "Dates in letters and deadlines are of this zone.",
            set: |c, v| put(&mut c.company.time_zone, time_zone(v)),
        },
    ],
};

pub(super) const LETTERS: Group = Group {
    name: "letters",
    about: "How letters look.",
    keys: &[
        Key {
            name: "letters.style",
            usual: Usual::Default(r#""language""#),
            about: "How numbers are written: \"language\" 1,234.50 or 1.234,50 as each language has it,\n\
                    \"swiss\" 1’234.50 in every language, and ss for ß.",
            set: |c, v| {
                let words = [("language", NumberStyle::Language), ("swiss", NumberStyle::Swiss)];
                put(&mut c.letters.style, one_of(v, &words))
            },
        },
        Key {
            name: "letters.templates",
            usual: Usual::Unset(r#""/etc/postorder/letters""#),
            about: "Folder with templates of your own; each replaces the built-in one of the same\n\
                    name.",
            set: |c, v| put(&mut c.letters.templates, path(v).map(Some)),
        },
    ],
};
