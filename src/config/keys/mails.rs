//! Keys of `[maildir]`, `[store]` and `[intake]`.

use super::{Group, Key, Usual, put};
use crate::config::types::Watch;
use crate::config::value::{days, list, one_of, path, seconds, whole};

pub(super) const MAILDIR: Group = Group {
    name: "maildir",
    about: "Where order mails come in.",
    keys: &[
        Key {
            name: "maildir.paths",
            usual: Usual::Required(r#"["/var/lib/postorder/Maildir"]"#),
            about: "The maildirs that your mail server delivers order mails into (each holds new/, cur/\n\
                    and tmp/). Handled mails go to their folders .Done, .Review, .Failed and .Ignored.",
            set: |c, v| {
                let paths = list(v, "a list of folders", path).and_then(|paths| {
                    if paths.is_empty() { Err("at least one folder".into()) } else { Ok(paths) }
                });
                put(&mut c.maildir.paths, paths)
            },
        },
        Key {
            name: "maildir.watch",
            usual: Usual::Default(r#""auto""#),
            about: "How new files are noticed: \"inotify\" at once, by the kernel; \"poll\" by listing the\n\
                    folder (for network file systems); \"auto\" chooses.",
            set: |c, v| {
                let words =
                    [("auto", Watch::Auto), ("inotify", Watch::Inotify), ("poll", Watch::Poll)];
                put(&mut c.maildir.watch, one_of(v, &words))
            },
        },
        Key {
            name: "maildir.poll_seconds",
            usual: Usual::Default("5"),
            about: "How often a polled folder is listed.",
            set: |c, v| put(&mut c.maildir.poll, seconds(v, 1..=3600)),
        },
        Key {
            name: "maildir.rescan_seconds",
            usual: Usual::Default("60"),
            about: "How often every folder is listed in full, whatever the watcher says.",
            set: |c, v| put(&mut c.maildir.rescan, seconds(v, 1..=86_400)),
        },
        Key {
            name: "maildir.max_size_mib",
            usual: Usual::Default("25"),
            about: "Larger mails are set aside unread, for a person to look at.",
            set: |c, v| {
                let size = whole::<u64>(v, 1..=1024, "(MiB)").map(|mib| mib << 20);
                put(&mut c.maildir.max_size, size)
            },
        },
    ],
};

pub(super) const STORE: Group = Group {
    name: "store",
    about: "What postorder remembers: mails, cases, and what is still to be done.",
    keys: &[
        Key {
            name: "store.path",
            usual: Usual::Default(r#""/var/lib/postorder/postorder.db""#),
            about: "The database file; made at the first start. It holds customers' mails.",
            set: |c, v| put(&mut c.store.path, path(v)),
        },
        Key {
            name: "store.retention_days",
            usual: Usual::Default("365"),
            about: "How long the text of a mail is kept after its case has ended. The story of the case\n\
                    stays.",
            set: |c, v| put(&mut c.store.retention, days(v, 1..=36_500)),
        },
    ],
};

pub(super) const INTAKE: Group = Group {
    name: "intake",
    about: "How mails are taken in.",
    keys: &[Key {
        name: "intake.batch",
        usual: Usual::Default("64"),
        about: "Mails read in one go.",
        set: |c, v| put(&mut c.intake.batch, whole(v, 1..=1000, "")),
    }],
};
