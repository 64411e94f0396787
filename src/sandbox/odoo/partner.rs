//! What Odoo works out about contacts.

use serde_json::{Map, Value as Json};

use super::Version;
use super::db::Db;
use super::env::Env;
use super::error::{Fault, Outcome};
use super::value::Val;

/// Fields that a contact of a company takes over from it.
const ADDRESS: [&str; 5] = ["street", "street2", "zip", "city", "country_id"];

/// Deeper chains of companies than this are a loop.
const MAX_DEPTH: usize = 8;

/// Completes a contact that is to be made.
pub(super) fn before_create(db: &Db, env: &Env, row: &mut Vec<(&str, Val)>) -> Outcome<()> {
    let given = |row: &[(&str, Val)], name: &str| {
        row.iter().rev().find(|(field, _)| *field == name).map(|(_, value)| value.clone())
    };
    let kind = given(row, "type").filter(Val::truthy).unwrap_or_else(|| "contact".into());
    let named = given(row, "name").is_some_and(|name| name.truthy());
    if kind.as_text() == Some("contact") && !named {
        return Err(Fault::validation(match env.version {
            Version::V14 => "'Contacts require a name'",
            Version::V19 => "Contacts require a name",
        }));
    }
    // A company's company need not be found out again on 14; 19 looks at its credit limit, which a
    // plain sales user may not, where `load` asks for it.
    let parent = given(row, "parent_id").as_ref().and_then(Val::as_id);
    if given(row, "lang").is_none() {
        let of_parent = parent.map(|parent| db.get("res.partner", parent, "lang"));
        let inherited = of_parent.filter(|lang| lang.truthy() && env.version == Version::V19);
        row.push(("lang", inherited.unwrap_or_else(|| "en_US".into())));
    }
    for (name, value) in [
        ("type", kind),
        ("is_company", false.into()),
        ("tz", "UTC".into()),
        ("customer_rank", i64::from(env.customers).into()),
        ("supplier_rank", 0.into()),
    ] {
        if given(row, name).is_none() {
            row.push((name, value));
        }
    }
    if let Some(is_company) = given(row, "company_type") {
        row.push(("is_company", (is_company.as_text() == Some("company")).into()));
    }
    Ok(())
}

/// Works out what follows from a contact's new values.
pub(super) fn after_change(db: &mut Db, id: i64, values: &Map<String, Json>, created: bool) {
    let email = db.get("res.partner", id, "email");
    let normal = email.as_text().and_then(|email| normalized(email, db.version));
    let mut changes = vec![("email_normalized", normal.map_or(Val::Null, Val::from))];
    changes.push(("commercial_partner_id", Val::Int(commercial(db, id))));
    let parent = db.one("res.partner", id, "parent_id");
    let moved = created || values.contains_key("parent_id");
    if let Some(parent) = parent.filter(|_| moved) {
        let contact = db.get("res.partner", id, "type").as_text() == Some("contact");
        let has_own = ADDRESS.iter().any(|field| values.get(*field).is_some());
        if contact && !has_own {
            changes.extend(ADDRESS.map(|field| (field, db.get("res.partner", parent, field))));
        }
    }
    db.update("res.partner", id, &changes);
}

/// The company that a contact belongs to, or itself.
fn commercial(db: &Db, id: i64) -> i64 {
    let mut at = id;
    for _ in 0..MAX_DEPTH {
        match db.one("res.partner", at, "parent_id") {
            Some(parent) if !db.get("res.partner", at, "is_company").truthy() => at = parent,
            _ => break,
        }
    }
    at
}

/// The one address in a text, in lower case. Where there are several, 14 takes none and 19 the
/// first.
fn normalized(text: &str, version: Version) -> Option<String> {
    let mut found = Vec::new();
    for part in split_addresses(text) {
        let address = match (part.rfind('<'), part.rfind('>')) {
            (Some(open), Some(close)) if open < close => part.get(open + 1..close)?,
            _ => &part,
        };
        let address = address.trim();
        let (local, domain) = address.rsplit_once('@').unwrap_or_default();
        if !local.is_empty() && domain.contains('.') && !address.contains(char::is_whitespace) {
            found.push(address.to_lowercase());
        }
    }
    match version {
        Version::V14 if found.len() > 1 => None,
        _ => found.into_iter().next(),
    }
}

/// Cuts at commas outside quotes.
fn split_addresses(text: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut quoted = false;
    for letter in text.chars() {
        quoted ^= letter == '"';
        if (letter == ',' || letter == ';') && !quoted {
            parts.push(String::new());
        } else if let Some(last) = parts.last_mut() {
            last.push(letter);
        }
    }
    parts
}

/// The address of a kind that Odoo proposes for a partner's orders: the nearest contact of that
/// kind below it, else itself.
pub(super) fn address_of(db: &Db, partner: i64, kind: &str) -> i64 {
    let mut waiting = vec![partner];
    let mut depth = 0;
    while let Some(id) = waiting.pop() {
        depth += 1;
        if depth > 1000 {
            break;
        }
        let get = |field: &str| db.get("res.partner", id, field);
        if get("type").as_text() == Some(kind) && get("active").truthy() {
            return id;
        }
        let below = db.by("res.partner", "parent_id", id);
        waiting.extend(
            below
                .into_iter()
                .rev()
                .filter(|child| !db.get("res.partner", *child, "is_company").truthy()),
        );
    }
    partner
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_normalize_as_in_odoo() {
        let both = [Version::V14, Version::V19];
        for version in both {
            let normal = |text| normalized(text, version);
            assert_eq!(normal("A@B.example").as_deref(), Some("a@b.example"));
            assert_eq!(normal("\"Q, R\" <q.R@S.example>").as_deref(), Some("q.r@s.example"));
            assert_eq!(normal("nonsense"), None);
            assert_eq!(normal(""), None);
        }
        let two = "x@y.example, z@y.example";
        assert_eq!(normalized(two, Version::V14), None);
        assert_eq!(normalized(two, Version::V19).as_deref(), Some("x@y.example"));
    }
}
