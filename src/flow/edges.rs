//! The exact state diagram. A test walks the machine and compares.

use std::fmt::Write as _;

/// Every change of state: from, event, to. An event that is not drawn leaves the state as it is,
/// or is illegal there.
pub const EDGES: &[(&str, &str, &str)] = &[
    ("awaiting_stock", "approved", "looking_up"),
    ("awaiting_stock", "due", "looking_up"),
    ("awaiting_stock", "letter_bounced", "held"),
    ("awaiting_stock", "letter_failed", "held"),
    ("awaiting_stock", "mail_read", "awaiting_stock"),
    ("awaiting_stock", "mail_read", "ended"),
    ("awaiting_stock", "mail_read", "held"),
    ("awaiting_stock", "mail_read", "looking_up"),
    ("awaiting_stock", "rejected", "ended"),
    ("awaiting_stock", "rejected", "held"),
    ("ended", "letter_bounced", "held"),
    ("ended", "letter_failed", "held"),
    ("ended", "mail_read", "ended"),
    ("ended", "mail_read", "held"),
    ("ended", "mail_read", "looking_up"),
    ("held", "approved", "awaiting_stock"),
    ("held", "approved", "ended"),
    ("held", "approved", "incomplete"),
    ("held", "approved", "looking_up"),
    ("held", "approved", "offered"),
    ("held", "approved", "placing"),
    ("held", "mail_read", "ended"),
    ("held", "mail_read", "held"),
    ("held", "mail_read", "incomplete"),
    ("held", "mail_read", "looking_up"),
    ("held", "rejected", "ended"),
    ("incomplete", "due", "ended"),
    ("incomplete", "due", "held"),
    ("incomplete", "letter_bounced", "held"),
    ("incomplete", "letter_failed", "held"),
    ("incomplete", "mail_read", "held"),
    ("incomplete", "mail_read", "incomplete"),
    ("incomplete", "mail_read", "looking_up"),
    ("incomplete", "rejected", "ended"),
    ("incomplete", "rejected", "held"),
    ("looking_up", "effect_failed", "held"),
    ("looking_up", "looked_up", "awaiting_stock"),
    ("looking_up", "looked_up", "ended"),
    ("looking_up", "looked_up", "held"),
    ("looking_up", "looked_up", "offered"),
    ("looking_up", "looked_up", "placing"),
    ("looking_up", "mail_read", "looking_up"),
    ("new", "mail_failed", "held"),
    ("new", "mail_read", "ended"),
    ("new", "mail_read", "held"),
    ("new", "mail_read", "incomplete"),
    ("new", "mail_read", "looking_up"),
    ("offered", "due", "ended"),
    ("offered", "due", "held"),
    ("offered", "letter_bounced", "held"),
    ("offered", "letter_failed", "held"),
    ("offered", "mail_read", "ended"),
    ("offered", "mail_read", "held"),
    ("offered", "mail_read", "looking_up"),
    ("offered", "mail_read", "offered"),
    ("offered", "rejected", "ended"),
    ("offered", "rejected", "held"),
    ("placing", "effect_failed", "held"),
    ("placing", "mail_read", "placing"),
    ("placing", "place_refused", "held"),
    ("placing", "placed", "ended"),
    ("placing", "placed", "held"),
    ("placing", "placed", "looking_up"),
    ("placing", "placed", "offered"),
];

/// The diagram as ARCHITECTURE.md shows it (Mermaid).
#[must_use]
pub fn diagram() -> String {
    let mut lines: Vec<(&str, &str, Vec<&str>)> = Vec::new();
    for (from, event, to) in EDGES {
        match lines.iter_mut().find(|(f, t, _)| f == from && t == to) {
            Some((_, _, events)) => events.push(event),
            None => lines.push((from, to, vec![event])),
        }
    }
    let mut text = String::from("```mermaid\nstateDiagram-v2\n    [*] --> new\n");
    for (from, to, events) in lines {
        let _ = writeln!(text, "    {from} --> {to}: {}", events.join(", "));
    }
    text.push_str("    ended --> [*]\n```\n");
    text
}
