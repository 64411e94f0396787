//! Whatever is asked often is answered from an index, however much is stored.

use std::collections::BTreeSet;

use rusqlite::trace::{TraceEvent, TraceEventCodes};

use super::*;
use crate::store::suite::{at, ending, file, key, letter, look_up, mail_id, new_mail, opening};

/// Every statement that the store's operations run.
fn statements(conn: &mut Connection) -> BTreeSet<String> {
    let seen = Arc::new(Mutex::new(BTreeSet::new()));
    let keep = Arc::clone(&seen);
    let note = move |event: TraceEvent<'_>| {
        if let TraceEvent::Stmt(statement, _) = event {
            keep.lock().unwrap().insert(statement.sql().into_owned());
        }
    };
    conn.trace_v2(TraceEventCodes::SQLITE_TRACE_STMT, Some(note)).unwrap();
    run_everything(conn).map_err(StoreError::from).unwrap();
    conn.trace_v2(TraceEventCodes::empty(), None::<fn(TraceEvent<'_>)>).unwrap();
    let seen = seen.lock().unwrap();
    seen.clone()
}

fn run_everything(conn: &Connection) -> Result<(), Trouble> {
    let minute = Duration::from_secs(60);
    mails::take_in(conn, &new_mail(1, "a@example.com"))?;
    mails::take_in(conn, &new_mail(2, "a@example.com"))?;
    mails::take_in(conn, &new_mail(2, "a@example.com"))?;
    mails::unread(conn, at(0), 10)?;
    mails::begins(conn, &key(1))?;
    mails::put_off(conn, &mail_id(1), &key(9), at(5))?;
    mails::call_back(conn, &key(9))?;
    mails::call_all_back(conn)?;
    mails::begin_reading(conn, &[mail_id(1)])?;
    mails::fail(conn, &mail_id(2), "odd")?;
    mails::failed(conn, 10)?;
    mails::replay(conn, &mail_id(2))?;
    mails::mail(conn, &mail_id(1))?;
    mails::raw(conn, &mail_id(1))?;
    mails::moved(conn, &mail_id(1), "cur/x")?;
    let mut decision = opening(
        1,
        "a@example.com",
        vec![look_up(1), file(1), letter("1-1", "a@example.com"), file(1), file(1)],
    );
    decision.reads = Some(mail_id(1));
    cases::Record::new(decision)?.write(conn)?;
    mails::of_case(conn, &key(1))?;
    cases::wake_later(conn, &key(1), 1, at(5))?;
    let leased = effects::lease(conn, &["file"], 10, at(5), minute)?;
    effects::release(conn, &[leased[0].id])?;
    effects::retry(conn, &[leased[1].id], at(7), "x")?;
    effects::lease(conn, &["file"], 10, at(8), minute)?;
    effects::bury(conn, leased[1].id, at(9), "x")?;
    effects::revive(conn, &key(1), at(10))?;
    effects::release_all(conn, at(11), minute)?;
    let longest = Longest { retry: minute, lease: minute, stock: minute, case: minute };
    effects::set_back(conn, at(11), longest)?;
    cases::set_back(conn, at(11), longest)?;
    let mut done = ending(1, 1, at(12));
    done.finishes = Some(leased[0].id);
    cases::Record::new(done)?.write(conn)?;
    for of in [None, Some(&key(1))] {
        effects::waiting(conn, of, 10)?;
        effects::dead_letters(conn, of, 10)?;
    }
    effects::undone(conn)?;
    effects::next_wake(conn)?;
    effects::letters_to(conn, "a@example.com", at(0))?;
    cases::case(conn, &key(1))?;
    cases::of_message(conn, &["1@example.com".into()])?;
    cases::events(conn, &key(1))?;
    cases::due(conn, at(1), 10)?;
    let filter = CaseFilter { limit: 10, ..CaseFilter::default() };
    for filter in [
        CaseFilter { ended: true, ..filter.clone() },
        CaseFilter { state: Some("held".into()), ..filter.clone() },
        CaseFilter { from: Some("a@example.com".into()), ..filter.clone() },
        filter,
    ] {
        cases::list(conn, &filter)?;
    }
    prune::slice(conn, at(1000))?;
    Ok(())
}

#[test]
fn hot_statements_use_indices() {
    let (_folder, path) = place();
    let mut opened = open::as_owner(&path).unwrap();
    let statements = statements(&mut opened.writer);
    assert!(statements.len() > 40, "{}", statements.len());
    let mut bad = Vec::new();
    for sql in statements.iter().filter(|sql| !sql.starts_with("--") && !sql.contains("PRAGMA")) {
        let mut explain = opened.writer.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
        let unbound = explain.parameter_count();
        for number in 1..=unbound {
            explain.raw_bind_parameter(number, rusqlite::types::Null).unwrap();
        }
        let mut rows = explain.raw_query();
        while let Some(row) = rows.next().unwrap() {
            let step: String = row.get("detail").unwrap();
            let whole = step.starts_with("SCAN") && !step.contains("INDEX");
            if whole || step.contains("TEMP B-TREE") {
                bad.push(format!("{step}: {sql}"));
            }
        }
    }
    assert!(bad.is_empty(), "{}", bad.join("\n\n"));
}
