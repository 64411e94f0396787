//! Logs: one place that sets them up, and the hook that logs panics.
//!
//! Ids stand in fields; no mail text, no secret, and at `info` no whole address is ever logged.
//! docs/logs.md tells an operator how to read them.

use std::io::IsTerminal as _;

use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::format::FmtSpan;

use crate::config::{Log, LogFormat};

/// Starts logging to standard error; a second call changes nothing.
pub fn init(log: &Log) {
    let filter = EnvFilter::try_new(&log.level).unwrap_or_else(|_| EnvFilter::new("info"));
    let human = match log.format {
        LogFormat::Human => true,
        LogFormat::Json => false,
        LogFormat::Auto => std::io::stderr().is_terminal(),
    };
    let builder = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_span_events(FmtSpan::NONE);
    let set = if human {
        builder.with_target(false).with_ansi(std::io::stderr().is_terminal()).try_init()
    } else {
        builder.json().flatten_event(true).with_span_list(false).try_init()
    };
    if set.is_ok() {
        log_panics();
    }
}

/// Panics become log lines: where, and a message without the text that the panic was about.
fn log_panics() {
    std::panic::set_hook(Box::new(|panic| {
        let thread = std::thread::current();
        let at = panic.location().map(ToString::to_string).unwrap_or_default();
        let what = message(panic.payload()).map(harmless).unwrap_or_default();
        tracing::error!(
            thread = thread.name().unwrap_or("?"),
            at,
            what,
            "panic: a fault of postorder"
        );
    }));
}

/// The message that a panic carries, if it is text.
fn message(payload: &dyn std::any::Any) -> Option<&str> {
    let text = payload.downcast_ref::<&str>().copied();
    text.or_else(|| payload.downcast_ref::<String>().map(String::as_str))
}

/// The part of a panic's message that quotes no data: string operations quote the text that they
/// were about, in back quotes or double quotes.
fn harmless(message: &str) -> String {
    let quote = message.find(['`', '"']).unwrap_or(message.len());
    message
        .chars()
        .take(message.get(..quote).map_or(0, |part| part.chars().count()))
        .take(120)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::harmless;

    #[test]
    fn a_panic_message_keeps_no_text_of_mails() {
        let message = "byte index 1 is not a char boundary; it is inside 'é' of `Dear Anna`";
        assert_eq!(harmless(message), "byte index 1 is not a char boundary; it is inside 'é' of ");
        assert_eq!(harmless("index out of bounds"), "index out of bounds");
        assert_eq!(harmless(&"ä".repeat(500)).chars().count(), 120);
    }
}
