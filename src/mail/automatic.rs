//! Mails that no letter may ever answer.

use super::header::{Header, clean_email};
use super::mime::Tree;
use super::types::{Address, Automatic, OwnAddresses};

/// Kinds of our own letters, the first part of their Message-IDs.
const LETTER_KINDS: [&str; 13] = [
    "confirm",
    "confirmation",
    "incomplete",
    "unknown",
    "notmade",
    "offer",
    "replenishment",
    "request",
    "cancelled",
    "again",
    "reminder",
    "expired",
    "held",
];

/// How automatic replies begin their subject, in lower case. Only where nothing stands before
/// it: 'Re: Automatic reply: …' is written by a person.
const ABSENT: &[&str] = &[
    // English
    "automatic reply",
    "auto reply",
    "auto-reply",
    "autoreply",
    "auto response",
    "auto-response",
    "autoresponse",
    "autoresponder",
    "automated reply",
    "automated response",
    "out of office",
    "out-of-office",
    "out of the office",
    "ooo:",
    "vacation reply",
    "on vacation:",
    // German
    "automatische antwort",
    "automatische rückantwort",
    "automatische antwoord",
    "abwesenheit",
    "abwesend:",
    "automatisch generierte antwort",
    "abwesenheitsnotiz",
    "ferienabwesenheit",
    // French
    "réponse automatique",
    "reponse automatique",
    "absence du bureau",
    "absent du bureau",
    "message d'absence",
    "absence :",
    "absence:",
    "notification d'absence",
    // Italian
    "risposta automatica",
    "fuori ufficio",
    "fuori sede",
    "assenza dall'ufficio",
    "messaggio di assenza",
    // Spanish, Portuguese
    "respuesta automática",
    "respuesta automatica",
    "fuera de la oficina",
    "fuera de oficina",
    "resposta automática",
    "resposta automatica",
    "ausência temporária",
    "fora do escritório",
    // Dutch
    "automatisch antwoord",
    "afwezigheidsbericht",
    "afwezigheidsmelding",
    "niet aanwezig:",
    // Nordic
    "autosvar",
    "automatiskt svar",
    "automatisk svar",
    "frånvaro",
    "fravær",
    "ikke til stede",
    "automaattinen vastaus",
    "poissa toimistosta",
    // Polish, Czech, Turkish, Russian
    "odpowiedź automatyczna",
    "autoodpowiedź",
    "automatická odpověď",
    "otomatik yanıt",
    "автоматический ответ",
    "автоответ",
    // Japanese, Chinese
    "自動応答",
    "不在通知",
    "自动回复",
    "自動回覆",
];

/// How bounces begin their subject, in lower case.
const BOUNCED: &[&str] = &[
    "undeliverable:",
    "undelivered mail",
    "undeliverable mail",
    "delivery status notification",
    "delivery failure",
    "delivery has failed",
    "mail delivery failed",
    "mail delivery failure",
    "mail delivery subsystem",
    "returned mail:",
    "failure notice",
    "message undeliverable",
    "unzustellbar:",
    "nicht zustellbar",
    "non remis",
    "non distribuable",
    "impossibile recapitare",
    "non recapitabile",
    "no se puede entregar",
    "onbestelbaar:",
    "warning: could not send message",
];

/// Whether a subject begins as machines begin it. 'Out of office from Monday: last order before' is
/// written by a person.
fn begins(subject: &str, phrases: &[&str]) -> bool {
    const ORDER: [&str; 8] =
        ["order", "bestell", "commande", "ordine", "pedido", "auftrag", "encomenda", "tilaus"];
    let rest = phrases
        .iter()
        .filter_map(|words| subject.strip_prefix(words).map(|rest| (words, rest)))
        .min_by_key(|(_, rest)| rest.len());
    rest.is_some_and(|(words, rest)| {
        let labelled = words.ends_with(':') || rest.trim_start().starts_with(':');
        labelled || !ORDER.iter().any(|order| rest.contains(order))
    })
}

/// Why the mail must not be answered, if so.
pub(super) fn detect(
    header: &Header<'_>,
    tree: &Tree<'_>,
    from: &Address,
    to: &[Address],
    own: &OwnAddresses,
) -> Option<Automatic> {
    let subject = header.text("Subject").unwrap_or_default().to_lowercase();
    let absent = begins(&subject, ABSENT);
    own_letter(header, from, to, own)
        .then_some(Automatic::Own)
        .or_else(|| report(tree))
        .or_else(|| calendar(header, tree))
        .or_else(|| absent.then_some(Automatic::AutoReply))
        .or_else(|| bounce(header, from, &subject))
        .or_else(|| auto_reply(header))
        .or_else(|| list(header, own))
        .or_else(|| bulk(header))
}

/// A letter of ours that came back, or another mail in our own name.
fn own_letter(header: &Header<'_>, from: &Address, to: &[Address], own: &OwnAddresses) -> bool {
    if header.bytes("X-Postorder").is_some() || own.addresses.contains(&from.email) {
        return true;
    }
    let delivered = header.raw_all("Delivered-To").take(10).filter_map(|value| clean_email(&value));
    let recipients: Vec<String> =
        to.iter().map(|address| address.email.clone()).chain(delivered).collect();
    let here = |domain: &str| {
        !domain.is_empty()
            && (own.domains.iter().any(|known| known == domain)
                || recipients.iter().any(|email| email.rsplit('@').next() == Some(domain)))
    };
    if recipients.contains(&from.email) {
        return true;
    }
    // A letter of ours is known by its Message-ID, `<kind.token@our domain>`, and our other
    // programs by writing as nobody from our own domain.
    let id = header.ids("Message-ID").pop().unwrap_or_default().to_lowercase();
    let (local, domain) = id.rsplit_once('@').unwrap_or_default();
    let kind = local.split_once('.').map(|(kind, _)| kind);
    let nobody = from.email.split('@').next().is_some_and(|local| {
        matches!(local, "noreply" | "no-reply" | "donotreply" | "do-not-reply" | "nepasrepondre")
    });
    here(from.domain())
        && (nobody || here(domain) && kind.is_some_and(|kind| LETTER_KINDS.contains(&kind)))
}

/// Delivery reports, read receipts, abuse reports (RFC 6522).
fn report(tree: &Tree<'_>) -> Option<Automatic> {
    let by_part = || {
        tree.leaves.iter().find_map(|leaf| match leaf.kind.media_type.as_str() {
            "message/delivery-status" | "message/global-delivery-status" => Some(Automatic::Bounce),
            "message/disposition-notification" => Some(Automatic::Receipt),
            _ => None,
        })
    };
    if tree.root.media_type != "multipart/report" {
        return by_part();
    }
    match tree.root.report_type.as_deref() {
        Some("disposition-notification") => Some(Automatic::Receipt),
        Some("delivery-status") => Some(Automatic::Bounce),
        _ => by_part().or(Some(Automatic::Bounce)),
    }
}

/// An invitation or an answer to one. A calendar file that someone attaches is none.
fn calendar(header: &Header<'_>, tree: &Tree<'_>) -> Option<Automatic> {
    let class = header.raw("Content-Class").unwrap_or_default().to_ascii_lowercase();
    let invitation = tree.leaves.iter().any(|leaf| {
        leaf.kind.media_type == "text/calendar"
            && (leaf.alternative.is_some()
                || tree.leaves.len() == 1
                || leaf.kind.method.is_some() && !leaf.kind.attachment)
    });
    (invitation || class.contains("calendarmessage")).then_some(Automatic::Calendar)
}

fn bounce(header: &Header<'_>, from: &Address, subject: &str) -> Option<Automatic> {
    let local = from.email.split('@').next().unwrap_or_default();
    let daemon = local.starts_with("mailer-daemon")
        || local.starts_with("mailerdaemon")
        || local.starts_with("microsoftexchange")
        || matches!(local, "postmaster" | "mail-daemon" | "mdaemon");
    // Our own server writes the topmost; others may have been copied along.
    let null_path = header.raw("Return-Path").is_some_and(|path| {
        path.trim() == "<>" || path.to_ascii_lowercase().contains("mailer-daemon")
    });
    let bounced = begins(subject, BOUNCED);
    if daemon || bounced || header.bytes("X-Failed-Recipients").is_some() {
        return Some(Automatic::Bounce);
    }
    // Automatic replies, too, come from the null path (RFC 3834 section 3.3).
    null_path.then(|| auto_reply(header).unwrap_or(Automatic::Bounce))
}

/// `Auto-Submitted` (RFC 3834 section 5) and what vendors wrote before it.
fn auto_reply(header: &Header<'_>) -> Option<Automatic> {
    const VENDORS: [&str; 9] = [
        "X-Autoreply",
        "X-Autorespond",
        "X-Autoresponder",
        "X-Autoreply-From",
        "X-Mail-Autoreply",
        "X-Auto-Reply",
        "X-AutoReply-From",
        "X-Amazon-Auto-Reply",
        "X-Autogenerated",
    ];
    let submitted = header.raw("Auto-Submitted").is_some_and(|value| {
        let word = value.split([';', ' ', '(']).next().unwrap_or_default().trim();
        !word.is_empty() && !word.eq_ignore_ascii_case("no")
    });
    let vendor = header
        .names()
        .any(|name| VENDORS.iter().any(|vendor| name.eq_ignore_ascii_case(vendor.as_bytes())));
    let precedence = ["Precedence", "X-Precedence"]
        .iter()
        .filter_map(|name| header.raw(name))
        .any(|value| value.trim().to_ascii_lowercase().starts_with("auto"));
    (submitted || vendor || precedence).then_some(Automatic::AutoReply)
}

/// A mailing list; but a list at our own domain is a shared mailbox that customers write to.
fn list(header: &Header<'_>, own: &OwnAddresses) -> Option<Automatic> {
    let at_home =
        ["List-Id", "List-Post"].iter().filter_map(|name| header.raw(name)).any(|value| {
            let value = value.to_ascii_lowercase();
            let id = value.rsplit('<').next().unwrap_or_default();
            let id = id.split(['>', '?']).next().unwrap_or_default();
            own.domains.iter().any(|domain| {
                id.strip_suffix(domain.as_str()).is_some_and(|rest| rest.ends_with(['.', '@']))
            })
        });
    let of_list = |name: &[u8]| {
        [&b"List-Id"[..], b"List-Post", b"List-Archive", b"X-Mailman-Version"]
            .iter()
            .any(|list| name.eq_ignore_ascii_case(list))
    };
    let precedence = header.raw("Precedence").unwrap_or_default();
    let listed = header.names().any(of_list) || precedence.trim().eq_ignore_ascii_case("list");
    (listed && !at_home).then_some(Automatic::List)
}

/// Newsletters, and senders who ask for no automatic answers.
///
/// Of `X-Auto-Response-Suppress` ([MS-OXCMAIL] 2.2.3.2.14) only `All` and `AutoReply` are about
/// answers such as ours; `OOF`, `DR`, `RN` and `NRN` suppress notes of absence and receipts, and
/// stand on quite ordinary orders.
fn bulk(header: &Header<'_>) -> Option<Automatic> {
    let suppressed = header.raw_all("X-Auto-Response-Suppress").take(5).any(|value| {
        let mut words = value.split([',', ';', ' ']).map(str::trim);
        words.any(|word| word.eq_ignore_ascii_case("all") || word.eq_ignore_ascii_case("autoreply"))
    });
    let precedence = header.raw("Precedence").unwrap_or_default().trim().to_ascii_lowercase();
    let bulk = matches!(precedence.as_str(), "bulk" | "junk");
    let newsletter = header.bytes("List-Unsubscribe").is_some()
        || header.bytes("List-Unsubscribe-Post").is_some();
    (suppressed || bulk || newsletter).then_some(Automatic::Bulk)
}
