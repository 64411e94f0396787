//! The clerk's desk: the commands on a store that holds cases.

use std::process::Output;

use chrono::{DateTime, Utc};
use postorder::flow::{Case, CaseKey, Event, HoldReason, MailRead, Outcome, Policy, State, step};
use postorder::mail::{Address, MailId};
use postorder::reading::{Intent, Reading};
use postorder::store::sqlite::SqliteStore;
use postorder::store::{Decision, NewMail, Store};

use crate::cli::{err, out, postorder};

struct Desk {
    dir: tempfile::TempDir,
    store: SqliteStore,
}

fn mail_id(number: u8) -> MailId {
    MailId::from_digest(&[number; 16])
}

fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(1_776_322_347, 0).expect("a time")
}

impl Desk {
    /// A store with one case that is held for review, and one that is over.
    async fn new() -> Self {
        let dir = tempfile::tempdir().expect("a folder");
        let store = SqliteStore::open(&dir.path().join("postorder.db")).expect("a new store");
        let config = format!(
            "[maildir]\npaths = [\"{}\"]\n[store]\npath = \"{}\"\n[odoo]\nurl = \"http://127.0.0.1:1\"\n\
             database = \"x\"\n[smtp]\nhost = \"127.0.0.1\"\nsecurity = \"none\"\n[company]\n\
             name = \"My Company\"\naddress = \"sales@mycompany.example\"\n",
            dir.path().join("maildir").display(),
            dir.path().join("postorder.db").display(),
        );
        std::fs::write(dir.path().join("postorder.toml"), config).expect("written");
        let desk = Self { dir, store };
        desk.mail(0xa1, Intent::Review).await;
        desk.mail(0xb2, Intent::Ignore).await;
        desk
    }

    async fn mail(&self, number: u8, intent: Intent) {
        let from = Address { name: "Anna".into(), email: format!("anna{number}@shop.example") };
        let mail = NewMail {
            id: mail_id(number),
            received_at: now(),
            maildir: self.dir.path().join("maildir"),
            file: "cur/1:2,S".into(),
            raw: b"From: anna\n\nHello".to_vec(),
            message_id: Some(format!("{number}@shop.example")),
            from: from.email.clone(),
            subject: "Where is my order?".into(),
            unreadable: None,
            failed: None,
        };
        self.store.take_in(mail).await.expect("taken in");
        let case = Case::new(CaseKey::of(&mail_id(number)));
        let read = MailRead {
            mail: mail_id(number),
            message_id: Some(format!("{number}@shop.example")),
            references: Vec::new(),
            from: from.clone(),
            reply_to: from,
            subject: "Where is my order?".into(),
            answers_us: false,
            reading: Reading::empty(intent),
            recent_letters: 0,
            repeated: false,
        };
        let event = Event::MailRead(Box::new(read));
        let next = step(&case, &event, &Policy::default(), now()).expect("a legal event");
        let mut case = next.case;
        if intent == Intent::Review {
            let reason = HoldReason::Review { problems: Vec::new() };
            case.state = State::Held { reason, resume: None };
        }
        let decision = Decision {
            case,
            expected: 0,
            event,
            at: now(),
            unchanged: false,
            effects: Vec::new(),
            taken: Vec::new(),
            wake_at: None,
            finishes: None,
            reads: Some(mail_id(number)),
            moved: None,
        };
        self.store.record(decision).await.expect("recorded");
    }

    fn run(&self, args: &[&str]) -> Output {
        let mut command = postorder(args);
        command.arg("--config").arg(self.path()).env("USER", "maria").env_remove("SUDO_USER");
        command.output().expect("the binary starts")
    }

    fn path(&self) -> std::path::PathBuf {
        self.dir.path().join("postorder.toml")
    }

    fn json(&self, args: &[&str]) -> serde_json::Value {
        let output = self.run(args);
        assert_eq!(output.status.code(), Some(0), "{args:?}: {}", err(&output));
        serde_json::from_slice(&output.stdout).expect("JSON")
    }
}

const HELD: &str = "a1a1a1a1a1a1a1a1";
const OVER: &str = "b2b2b2b2b2b2b2b2";

#[tokio::test]
async fn the_list_shows_what_is_open_and_with_all_everything() {
    let desk = Desk::new().await;
    let keys = |args: &[&str]| -> Vec<String> {
        let list = desk.json(args);
        let rows = list.as_array().expect("an array").iter();
        rows.map(|row| row["key"].as_str().expect("a key").to_owned()).collect()
    };
    assert_eq!(keys(&["case", "list", "--json"]), [HELD]);
    assert_eq!(keys(&["case", "list", "--json", "--todo"]), [HELD]);
    assert_eq!(keys(&["case", "list", "--json", "--all"]).len(), 2);
    assert_eq!(keys(&["case", "list", "--json", "--state", "ended"]), [OVER]);
    assert_eq!(keys(&["case", "list", "--json", "--from", "ANNA161@shop.example"]), [HELD]);
    let table = out(&desk.run(&["case", "list"]));
    assert!(table.contains(HELD) && table.contains("approve, reject"), "{table}");
    assert!(table.contains("the mail needs a person's understanding"), "{table}");
}

#[tokio::test]
async fn a_case_is_found_by_each_of_its_names() {
    let desk = Desk::new().await;
    for name in
        ["a1a1", HELD, "<held.a1a1a1a1a1a1a1a1-1@mycompany.example>", mail_id(0xa1).as_str()]
    {
        let story = desk.run(&["case", "show", name]);
        assert!(out(&story).starts_with(&format!("Case {HELD}\n")), "{name}: {}", err(&story));
    }
    let output = desk.run(&["case", "show", "S99999"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(err(&output).starts_with("there is no case \"S99999\""), "{}", err(&output));
}

#[tokio::test]
async fn approving_is_recorded_beside_a_running_postorder() {
    let desk = Desk::new().await;
    let output = desk.run(&["case", "approve", "a1a1"]);
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    assert_eq!(out(&output), format!("Case {HELD} is approved; now: ended: dealt with by hand\n"));
    let row = desk.store.case(CaseKey::parse(HELD).expect("a key")).await.expect("read");
    assert_eq!(row.expect("the case").case.state, State::Ended(Outcome::Handled));
    assert!(out(&desk.run(&["case", "show", HELD])).contains("maria approved it"));

    let output = desk.run(&["case", "approve", "a1a1"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(err(&output).contains("what you can do now: nothing"), "{}", err(&output));
}

#[tokio::test]
async fn rejecting_can_tell_the_customer() {
    let desk = Desk::new().await;
    let output = desk.run(&["case", "reject", "a1a1", "--tell", "--by", "Urs"]);
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    let story = desk.json(&["case", "show", HELD, "--json"]);
    assert_eq!(story["events"][1]["event"]["rejected"]["by"], "Urs");
    assert_eq!(story["waiting"][0]["effect"]["send"]["kind"], "cancelled");
}

#[tokio::test]
async fn retry_says_so_when_nothing_is_parked() {
    let desk = Desk::new().await;
    let output = desk.run(&["case", "retry", HELD]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(err(&output), format!("nothing of case {HELD} is parked\n"));
}

#[tokio::test]
async fn a_mail_that_cannot_be_read_is_listed_shown_and_replayed() {
    let desk = Desk::new().await;
    let id = mail_id(0xc3);
    let mail = NewMail {
        id: id.clone(),
        received_at: now(),
        maildir: "/var/mail/orders".into(),
        file: "cur/3:2,S".into(),
        raw: b"\xff\xfe".to_vec(),
        message_id: None,
        from: String::new(),
        subject: "bro\u{1b}ken".into(),
        unreadable: None,
        failed: Some("no header at all".into()),
    };
    desk.store.take_in(mail).await.expect("taken in");
    let table = out(&desk.run(&["mail", "list"]));
    assert!(table.contains(id.as_str()) && table.contains("no header at all"), "{table}");
    assert!(!table.contains('\u{1b}'), "a control character reaches the terminal");
    assert_eq!(desk.run(&["mail", "show", "--raw", id.as_str()]).stdout, b"\xff\xfe");

    let output = desk.run(&["mail", "replay", id.as_str()]);
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    let list = desk.json(&["mail", "list", "--json"]);
    assert_eq!(list[0]["state"], "received");
    // One that a person was to understand, and one of a case that is over.
    assert_eq!(desk.run(&["mail", "replay", mail_id(0xa1).as_str()]).status.code(), Some(0));
    assert_eq!(desk.run(&["mail", "replay", mail_id(0xb2).as_str()]).status.code(), Some(1));
}

#[test]
fn without_a_store_the_desk_says_what_to_do() {
    let dir = tempfile::tempdir().expect("a folder");
    let path = dir.path().join("none.db");
    let mut command = postorder(&["case", "list", "--config"]);
    let file = dir.path().join("postorder.toml");
    std::fs::write(&file, out(&postorder(&["config"]).output().expect("starts"))).expect("written");
    let output = command.arg(&file).env("POSTORDER_STORE__PATH", &path).output().expect("starts");
    assert_eq!(output.status.code(), Some(1));
    assert!(err(&output).starts_with("there is no store at"), "{}", err(&output));
}
