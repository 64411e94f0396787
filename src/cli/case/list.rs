//! `postorder case list`.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;
use serde_json::json;

use super::words::{self, clean};
use crate::cli::{ConfigArg, Done, open_store, print, table};
use crate::flow::{CaseKey, State};
use crate::store::{CaseFilter, CaseRow};

/// Options of `postorder case list`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  \
    postorder case list --todo                 what waits for a person\n  \
    postorder case list --from buyer@shop.example --all\n  \
    postorder case list --json | jq -r '.[].key'")]
pub(super) struct Args {
    /// Only what waits for a person.
    #[arg(long)]
    todo: bool,
    /// Those that are over, too.
    #[arg(long)]
    all: bool,
    /// Only those in this state.
    #[arg(long, value_name = "STATE", value_parser = [
        "new", "looking_up", "placing", "incomplete", "offered", "awaiting_stock", "held", "ended",
    ])]
    state: Option<String>,
    /// Only those of this sender.
    #[arg(long, value_name = "ADDRESS")]
    from: Option<String>,
    /// At most so many.
    #[arg(long, value_name = "NUMBER", default_value_t = 50)]
    limit: usize,
    /// Print a JSON array.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    config: ConfigArg,
}

/// Most cases and parked effects that are looked at for one list.
const MOST: usize = 10_000;

/// Lists.
pub(super) async fn run(args: &Args) -> Done {
    let config = args.config.load_open()?;
    let store = open_store(&config)?;
    let filter = CaseFilter {
        state: args.state.clone(),
        ended: args.all || args.state.as_deref() == Some("ended"),
        from: args.from.as_ref().map(|from| from.trim().to_lowercase()),
        key: None,
        limit: if args.todo { MOST } else { args.limit.min(MOST) },
    };
    let mut rows = store.cases(filter).await?;
    let mut parked: BTreeMap<CaseKey, usize> = BTreeMap::new();
    for letter in store.dead_letters(None, MOST).await? {
        *parked.entry(letter.case).or_default() += 1;
    }
    if args.todo {
        rows.retain(|row| needs_person(row, &parked));
        rows.truncate(args.limit);
    }
    if args.json {
        let all: Vec<_> = rows.iter().map(|row| as_json(row, &parked)).collect();
        return print(&format!("{}\n", serde_json::to_string_pretty(&all)?));
    }
    let mut text = as_table(&rows, &parked, config.company.time_zone, Utc::now());
    let counts = store.counts().await?;
    if counts.mails_failed > 0 {
        let many = counts.mails_failed;
        let _ = writeln!(text, "{many} mail(s) could not be read: postorder mail list");
    }
    print(&text)
}

fn needs_person(row: &CaseRow, parked: &BTreeMap<CaseKey, usize>) -> bool {
    matches!(row.case.state, State::Held { .. }) || parked.contains_key(&row.case.key)
}

fn as_json(row: &CaseRow, parked: &BTreeMap<CaseKey, usize>) -> serde_json::Value {
    let case = &row.case;
    let mut ways: Vec<&str> = words::ways(&case.state).into_iter().map(|(way, _)| way).collect();
    let dead = parked.get(&case.key).copied().unwrap_or_default();
    if dead > 0 {
        ways.push("retry");
    }
    json!({
        "key": case.key,
        "state": case.state.name(),
        "in_words": words::state(&case.state, chrono_tz::UTC),
        "from": case.customer.from.email,
        "subject": case.subject,
        "reference": case.reference,
        "orders": case.orders.iter().map(|order| &order.number).collect::<Vec<_>>(),
        "opened_at": row.opened_at,
        "changed_at": row.changed_at,
        "next_at": row.wake_at,
        "parked": dead,
        "can": ways,
    })
}

fn as_table(
    rows: &[CaseRow],
    parked: &BTreeMap<CaseKey, usize>,
    zone: Tz,
    now: DateTime<Utc>,
) -> String {
    if rows.is_empty() {
        return "No case to show.\n".into();
    }
    let lines = rows.iter().map(|row| {
        let case = &row.case;
        let mut can: Vec<_> = words::ways(&case.state).into_iter().map(|(way, _)| way).collect();
        let mut state = words::state(&case.state, zone);
        if let Some(number) = parked.get(&case.key) {
            let _ = write!(state, "; {number} parked after failures");
            can.push("retry");
        }
        vec![
            case.key.to_string(),
            age(now - row.opened_at),
            clean(&case.customer.from.email, 40),
            clean(&case.subject, 40),
            state,
            can.join(", "),
        ]
    });
    table(&["Case", "Age", "From", "Subject", "State", "You can"], lines)
}

/// `12 s`, `5 min`, `3 h`, `9 d`.
fn age(time: TimeDelta) -> String {
    match (time.num_days(), time.num_hours(), time.num_minutes()) {
        (2.., _, _) => format!("{} d", time.num_days()),
        (_, 2.., _) => format!("{} h", time.num_hours()),
        (_, _, 2..) => format!("{} min", time.num_minutes()),
        _ => format!("{} s", time.num_seconds().max(0)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ages_are_short() {
        assert_eq!(age(TimeDelta::seconds(-5)), "0 s");
        assert_eq!(age(TimeDelta::seconds(119)), "119 s");
        assert_eq!(age(TimeDelta::minutes(119)), "119 min");
        assert_eq!(age(TimeDelta::hours(47)), "47 h");
        assert_eq!(age(TimeDelta::days(3)), "3 d");
    }
}
