//! The words with which people end a mail.

use std::sync::LazyLock;

use super::words::ByLetter;

/// Closings that a signature follows. In lower case.
const CLOSINGS: &[&str] = &[
    // English
    "best regards",
    "kind regards",
    "warm regards",
    "kindest regards",
    "warmest regards",
    "many regards",
    "with regards",
    "with best regards",
    "with kind regards",
    "regards",
    "best wishes",
    "yours sincerely",
    "sincerely",
    "sincerely yours",
    "yours faithfully",
    "faithfully yours",
    "yours truly",
    "respectfully",
    "yours",
    "rgds",
    "brgds",
    "br",
    "kr",
    "all the best",
    "with best wishes",
    "best",
    // German
    "mit freundlichen grüßen",
    "mit freundlichen grüssen",
    "mit freundlichem gruß",
    "mit freundlichem gruss",
    "mit freundlichen gruessen",
    "mit besten grüßen",
    "mit besten grüssen",
    "mit bestem gruß",
    "mit bestem gruss",
    "mit herzlichen grüßen",
    "mit herzlichen grüssen",
    "freundliche grüße",
    "freundliche grüsse",
    "freundliche gruesse",
    "freundlicher gruß",
    "freundlicher gruss",
    "freundlichen gruß",
    "freundlichen gruss",
    "beste grüße",
    "beste grüsse",
    "beste gruesse",
    "besten gruß",
    "besten gruss",
    "liebe grüße",
    "liebe grüsse",
    "lieben gruß",
    "lieben gruss",
    "viele grüße",
    "viele grüsse",
    "herzliche grüße",
    "herzliche grüsse",
    "schöne grüße",
    "schöne grüsse",
    "schönen gruß",
    "schöne gruess",
    "sonnige grüße",
    "grüße",
    "grüsse",
    "gruß",
    "gruss",
    "mfg",
    "lg",
    "vg",
    "hochachtungsvoll",
    "ihr",
    "ihre",
    // French
    "cordialement",
    "bien cordialement",
    "très cordialement",
    "cordiales salutations",
    "meilleures salutations",
    "avec mes meilleures salutations",
    "nos meilleures salutations",
    "sincères salutations",
    "salutations distinguées",
    "salutations",
    "bien à vous",
    "bien à toi",
    "sincèrement",
    "respectueusement",
    "amicalement",
    "cdlt",
    "cdt",
    "bien cdlt",
    "veuillez agréer",
    "veuillez recevoir",
    "je vous prie d'agréer",
    "nous vous prions d'agréer",
    "recevez, madame",
    "belles salutations",
    // Italian
    "cordiali saluti",
    "distinti saluti",
    "cordialmente",
    "un cordiale saluto",
    "cordiale saluto",
    "migliori saluti",
    "i migliori saluti",
    "con i migliori saluti",
    "porgiamo cordiali saluti",
    "porgo cordiali saluti",
    "saluti cordiali",
    "saluti",
    "un saluto",
    "in fede",
    "con osservanza",
    "tanti saluti",
    "cari saluti",
    // Spanish, Portuguese
    "saludos cordiales",
    "un cordial saludo",
    "reciba un cordial saludo",
    "saludos",
    "un saludo",
    "atentamente",
    "muy atentamente",
    "atenciosamente",
    "cumprimentos",
    "melhores cumprimentos",
    "com os melhores cumprimentos",
    "saudações",
    "abraço",
    "abraços",
    // Dutch
    "met vriendelijke groeten",
    "met vriendelijke groet",
    "vriendelijke groeten",
    "vriendelijke groet",
    "hartelijke groet",
    "hartelijke groeten",
    "groeten",
    "groet",
    "groetjes",
    "hoogachtend",
    "mvg",
    "met hartelijke groet",
    // Swedish, Danish, Norwegian, Finnish
    "med vänlig hälsning",
    "med vänliga hälsningar",
    "vänliga hälsningar",
    "vänlig hälsning",
    "hälsningar",
    "med venlig hilsen",
    "venlig hilsen",
    "med vennlig hilsen",
    "vennlig hilsen",
    "bedste hilsner",
    "mange hilsner",
    "hilsen",
    "hilsner",
    "mvh",
    "vh",
    "kh",
    "ystävällisin terveisin",
    "parhain terveisin",
    "terveisin",
    "t.",
    // Polish, Czech, Turkish, Russian
    "pozdrawiam",
    "serdecznie pozdrawiam",
    "z poważaniem",
    "z wyrazami szacunku",
    "z pozdrowieniami",
    "s pozdravem",
    "s přátelským pozdravem",
    "saygılarımla",
    "saygılarımızla",
    "iyi çalışmalar",
    "с уважением",
    "с наилучшими пожеланиями",
    // Chinese
    "此致",
    "顺祝商祺",
    "祝好",
];

/// Thanks, after which a signature may follow, or more text. In lower case.
const THANKS: &[&str] = &[
    "thanks",
    "thank you",
    "many thanks",
    "thx",
    "ty",
    "tia",
    "cheers",
    "danke",
    "vielen dank",
    "besten dank",
    "herzlichen dank",
    "merci",
    "un grand merci",
    "grazie",
    "gracias",
    "muchas gracias",
    "bedankt",
    "alvast bedankt",
    "dank u",
    "dank je",
    "tack",
    "tak",
    "takk",
    "kiitos",
    "dziękuję",
    "obrigado",
    "obrigada",
    "ringrazio",
    "ringraziando",
    "en vous remerciant",
];

static CLOSINGS_BY_FIRST: LazyLock<ByLetter> =
    LazyLock::new(|| ByLetter::new(CLOSINGS, |words| words.chars().next()));
static THANKS_BY_FIRST: LazyLock<ByLetter> =
    LazyLock::new(|| ByLetter::new(THANKS, |words| words.chars().next()));

/// How a line takes leave.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Leave {
    /// 'Best regards': what follows is a signature.
    Closing,
    /// 'Thanks': what follows may be one.
    Thanks,
}

/// Reads a line as the end of a mail.
pub(super) fn leave(line: &str) -> Option<Leave> {
    let words = line.split_whitespace().count();
    if line.is_empty() || line.len() > 120 || words > 12 {
        return None;
    }
    let line = line.to_lowercase();
    let line = line.trim_matches(|c: char| !(c.is_alphanumeric() || c == '.' || c == ')'));
    let line = line.replace('\u{2019}', "'");
    let first = line.chars().next();
    if CLOSINGS_BY_FIRST.of(first).iter().any(|closing| begins(&line, closing)) {
        return Some(Leave::Closing);
    }
    let thanks = THANKS_BY_FIRST.of(first).iter().any(|thanks| {
        line.strip_prefix(thanks).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
    });
    if !thanks {
        return None;
    }
    // 'Thanks in advance and kind regards'
    let closing = CLOSINGS.iter().filter(|closing| closing.len() >= 5).any(|closing| {
        let end = line.trim_end_matches(['.', '!', ',', ')']);
        end.strip_suffix(closing).is_some_and(|before| before.ends_with([' ', ',', '.', '/', '&']))
    });
    if closing { Some(Leave::Closing) } else { (words <= 5).then_some(Leave::Thanks) }
}

/// The line is the closing, alone or with a name: 'Regards, Paul', 'Saluti Marco Rossi'.
fn begins(line: &str, closing: &str) -> bool {
    let Some(rest) = line.strip_prefix(closing) else { return false };
    if rest.starts_with(|c: char| c.is_alphanumeric() || c == '\'') {
        return false;
    }
    // Long formulas go on: 'Veuillez agréer, Madame, nos salutations distinguées'.
    let long = closing.starts_with("veuillez")
        || closing.contains("prie")
        || closing.starts_with("recevez");
    // Of the short ones only a name or nothing may follow: 'Best price for 20 pieces?'
    let most = match closing.len() {
        _ if long => 12,
        0..=4 => 2,
        _ => 4,
    };
    let tail = rest.trim_matches(|c: char| !c.is_alphanumeric());
    if closing.len() <= 5 && !tail.is_empty() && !rest.starts_with([',', '.', '!', '/', '-']) {
        return false;
    }
    tail.split_whitespace().count() <= most
        && !tail.contains(|c: char| c.is_ascii_digit())
        && !rest.contains('?')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn closings_are_known() {
        for line in [
            "Best Regards,",
            "Kind regards, Paul",
            "Mit freundlichen Grüssen",
            "MfG",
            "LG, Anna",
            "Cordialement,",
            "Veuillez agréer, Madame, nos salutations distinguées.",
            "Cordiali saluti",
            "Met vriendelijke groet,",
            "Med vänlig hälsning",
            "Pozdrawiam,",
            "Thanks a lot and best regards",
            "Vielen Dank und freundliche Grüsse",
            "С уважением,",
            "Best,",
            "Regards :-)",
        ] {
            assert_eq!(leave(line), Some(Leave::Closing), "{line}");
        }
        for line in ["Thank you,", "Merci d'avance", "Thanks!", "Besten Dank"] {
            assert_eq!(leave(line), Some(Leave::Thanks), "{line}");
        }
    }

    #[test]
    fn text_is_no_closing() {
        for line in [
            "Best price for 20 pieces?",
            "Regards the order of 5 May, please wait with it until we call you",
            "As regards the timeline, we should be done by Friday.",
            "Thanks for the offer, we would like to have twenty of them",
            "best before 12.2025",
            "LG-100 5 pieces",
            "Ihre Artikelnummer 40117",
            "Yours is cheaper",
            "BR 200",
        ] {
            assert_eq!(leave(line), None, "{line}");
        }
    }
}
