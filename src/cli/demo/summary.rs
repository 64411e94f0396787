//! The table at the end of the demo.

use std::time::Duration;

use crate::cli::case::words::{count, only_unknown};
use crate::cli::table;
use crate::flow::Event;
use crate::reading::{Choice, Intent};

/// What came of one mail.
pub(super) struct Scene {
    name: String,
    understood: String,
    orders: Vec<String>,
    /// How many letters went out.
    pub(super) letters: usize,
    /// Where its case stands.
    pub(super) state: String,
}

impl Scene {
    pub(super) fn new(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            understood: String::new(),
            orders: Vec::new(),
            letters: 0,
            state: String::new(),
        }
    }

    /// Takes notice of what happened.
    pub(super) fn note(&mut self, event: &Event) {
        match event {
            Event::MailRead(mail) => {
                let reading = &mail.reading;
                let choice = reading.choice.as_ref().map(|read| read.value);
                let lines = reading.lines.len();
                self.understood = match (reading.intent, choice) {
                    (Intent::Order, _) => format!("order, {}", count(lines, "line")),
                    (Intent::Choice, Some(Choice::Available)) => {
                        format!("1, {}", count(lines, "new line"))
                    }
                    (Intent::Choice, Some(Choice::Wait)) => "2".into(),
                    (Intent::Choice, Some(Choice::Cancel)) => "3".into(),
                    (Intent::Choice, None) => "unclear answer".into(),
                    (Intent::Incomplete, _) if only_unknown(reading) => "not made here".into(),
                    (Intent::Incomplete, _) => {
                        format!("incomplete, {}", count(reading.problems.len(), "problem"))
                    }
                    (Intent::Review, _) => "for a person".into(),
                    (Intent::Ignore, _) => "automatic".into(),
                };
            }
            Event::Placed { orders, .. } => {
                self.orders.extend(orders.iter().map(|order| order.number.clone()));
            }
            _ => {}
        }
    }
}

/// The table, and one line of figures.
pub(super) fn summary(scenes: &[Scene], took: Duration, calls: u64) -> String {
    let rows = scenes.iter().map(|scene| {
        vec![
            scene.name.clone(),
            scene.understood.clone(),
            scene.orders.join(", "),
            scene.letters.to_string(),
            scene.state.clone(),
        ]
    });
    let table = table(&["Mail", "Understood as", "Odoo orders", "Letters", "Case"], rows);
    let orders: usize = scenes.iter().map(|scene| scene.orders.len()).sum();
    let letters: usize = scenes.iter().map(|scene| scene.letters).sum();
    format!(
        "\n{table}\n{} mails, {orders} orders in Odoo, {letters} letters, {calls} calls to Odoo, \
         {:.1} s.\n",
        scenes.iter().filter(|scene| !scene.understood.is_empty()).count(),
        took.as_secs_f64(),
    )
}
