//! Times in words, as a small grammar over closed sets of words: units of time, months, feasts, and
//! what frames them. 'Before Easter', 'within ten working days', 'end of next week', 'KW 34', 'sous
//! quinzaine', 'voor de 12e'.

use std::ops::Range;

use super::is_month;
use super::worded_days;
use crate::reading::text::number_words;
use crate::reading::text::{Kind, Scan, words};

/// Most words between a frame and its unit: 'by the end of the first week'.
const REACH: usize = 6;

fn word<'a>(scan: &'a Scan<'_>, at: usize) -> &'a str {
    scan.token(at).map_or("", |t| t.folded.as_str())
}

fn before<'a>(scan: &'a Scan<'_>, at: usize) -> &'a str {
    at.checked_sub(1).map_or("", |at| word(scan, at))
}

/// The first time within a run, of those that begin where `free` says so.
pub(crate) fn first(
    scan: &Scan<'_>,
    run: &Range<usize>,
    free: impl Fn(usize) -> bool,
) -> Option<Range<usize>> {
    run.clone()
        .filter(|at| free(*at))
        .find_map(|at| at_token(scan, at, run.end).map(|end| at..end.min(run.end)))
}

/// The end of the time that begins at a token.
fn at_token(scan: &Scan<'_>, at: usize, end: usize) -> Option<usize> {
    let said = word(scan, at);
    if is_whole(said) {
        return Some(at + 1);
    }
    let pair = (said, word(scan, at + 1), word(scan, at + 2));
    match pair {
        ("same", "day", _) | ("agreed", "date", _) => return Some(at + 2),
        ("same", "-", "day") | ("p", ".", "v") => return Some(at + 3),
        _ => {}
    }
    // 'Four weeks is fine', but not '30 days net'.
    let long = is_number(scan, at)
        && is_unit(word(scan, at + 1))
        && !words!("net netto rein terms payment ago fa geleden strictly old")
            .has(word(scan, at + 2))
        && !words!("ago hace payment zahlung paiement pagamento payable zahlbar")
            .has(before(scan, at));
    if long {
        return Some(at + 2);
    }
    week_number(scan, at)
        .or_else(|| framed(scan, at, end))
        .or_else(|| behind(scan, at))
        .or_else(|| day_of_month(scan, at))
        .or_else(|| month(scan, at))
}

/// Words that are a time by themselves.
fn is_whole(word: &str) -> bool {
    const PARTS: [&str; 5] = ["halfte", "anfang", "ende", "mitte", "schluss"];
    const STEMS: [&str; 17] = [
        "monats",
        "jahres",
        "wochen",
        "quartals",
        "januar",
        "februar",
        "marz",
        "april",
        "mai",
        "juni",
        "juli",
        "august",
        "september",
        "oktober",
        "november",
        "dezember",
        "sommer",
    ];
    words!(
        "ascension auffahrt himmelfahrt fronleichnam hemelvaart pinksteren christmas xmas easter whitsun whitsuntide pentecost thanksgiving \
         ramadan weihnachten ostern pfingsten neujahr silvester noel paques pentecote toussaint natale pasqua pentecoste ferragosto navidad \
         pascua reyes kerst pasen bouwvak bauferien sommerpause shutdown kerstvakantie zomervakantie weihnachtsferien betriebsruhe toussaint eow eom eoy eob cob eod tonight stasera giornata morgenochtend morgenmiddag morgenavond courant corrente"
    )
    .has(word)
        || STEMS.iter().any(|stem| {
            word.strip_prefix(stem).is_some_and(|part| PARTS.contains(&part))
        })
}

/// 'KW 34', 'week no. 34', 'S 23'.
fn week_number(scan: &Scan<'_>, at: usize) -> Option<usize> {
    if !words!("kw cw wk week weeks woche semaine settimana semana sem s").has(word(scan, at)) {
        return None;
    }
    let mut next = at + 1;
    while next < at + 4 && words!(". no nr n ° : number nummer numero").has(word(scan, next)) {
        next += 1;
    }
    // 'It saved our week.' above '3 x A'
    let line = scan.token(at).map(|t| t.line);
    let token = scan
        .token(next)
        .filter(|t| t.kind == Kind::Digits && t.folded.len() <= 2 && Some(t.line) == line)?;
    let number: u32 = token.folded.parse().ok()?;
    (1..=53).contains(&number).then_some(next + 1)
}

/// A frame, small words, and a unit: 'by the end of the month', 'dans les dix jours'.
fn framed(scan: &Scan<'_>, at: usize, end: usize) -> Option<usize> {
    let said = word(scan, at).trim_end_matches('.');
    if !frames(said) {
        return None;
    }
    let mut counted = false;
    for next in at + 1..end.min(at + 1 + REACH) {
        let here = word(scan, next);
        if names_unit(scan, next) {
            // 'Vor drei Wochen', 'three weeks ago' are gone.
            let ago = words!("ago fa geleden zuvor earlier").has(word(scan, next + 1))
                || counted && said == "vor";
            let past = (at..next).any(|at| is_gone(word(scan, at)))
                && !words!("of de di des du del van").has(word(scan, next + 1));
            return (!ago && !past).then_some(next + 1);
        }
        counted |= is_number(scan, next);
        let joins = fills(here) || is_number(scan, next) || frames(here);
        if !joins {
            return None;
        }
    }
    None
}

/// What leads to a time.
fn frames(word: &str) -> bool {
    words!(
        "in within inside by before after until till for from during around about on at over end beginning start middle early late mid \
         next this coming following current \
         im innerhalb innert binnen bis vor nach zum zur am an ab gegen um auf fur anfang mitte ende nachste nachsten nachster nachstem kommende \
         kommenden kommender ubernachste ubernachsten diese dieser diesen dieses laufende laufenden \
         dans dentro sous avant apres d ici pour en a au aux vers fin debut mi courant cette ce prochain prochaine prochains prochaines \
         entro per prima dopo fra tra da dal dalla al alla fine inizio meta questa questo prossima prossimo prossimi prossime \
         antes despues para final finales principios mediados este esta proxima proximo proximos proximas \
         voor na tegen op rond eind begin midden deze volgende komende"
    )
    .has(word)
}

/// What may stand between a frame and its unit.
fn fills(word: &str) -> bool {
    words!(
        "the a an of our your end ende fin fine final einde eind next this coming following last first second third fourth end beginning start middle half few couple several about max \
         approx bank public school summer winter easter business working calendar own whole same \
         der die das den dem des einer einem einen unserer unseren ersten zweiten dritten letzten nachsten paar einige einigen etwa ca maximal von \
         le la les l ' ici un une des du de nos premiere deuxieme troisieme derniere prochaine prochains prochaines quelques environ plus \
         il lo i gli un una uno della delle dei del dello dell di prima seconda terza ultima prossima prossimi prossime pochi poche qualche circa nostra \
         el los las primera segunda tercera ultima ultimo proxima proximos unos unas pocos plazo maximo \
         de het een onze eerste tweede derde laatste volgende enkele paar van . - ' dagen"
    )
    .has(word)
}

fn is_number(scan: &Scan<'_>, at: usize) -> bool {
    let small = scan.token(at).is_some_and(|t| t.kind == Kind::Digits && t.folded.len() <= 3);
    small
        || number_words::words_at(scan, at, None).is_some()
        || words!(
            "zwei due deux two dos twee drei three trois tre tres drie ten zehn dix dieci diez tien"
        )
        .has(word(scan, at))
}

/// What is gone: 'last week', 'la settimana scorsa'.
fn is_gone(word: &str) -> bool {
    words!("last past letzte letzten letzter vergangene vergangenen derniere dernier passe scorsa scorso pasada pasado vorige afgelopen")
        .has(word)
}

/// The names of stretches of time.
fn names_unit(scan: &Scan<'_>, at: usize) -> bool {
    let said = word(scan, at);
    let gone = is_gone(word(scan, at + 1));
    let month = is_month(scan, at) && scan.token(at).is_some_and(|t| t.folded.len() > 3)
        || is_capital_month(scan, at);
    !gone && (month || is_whole(said) || is_unit(said))
}

fn is_unit(word: &str) -> bool {
    words!(
        "hour hours day days weekday weekdays weekend week weeks fortnight fortnights month months quarter year holiday holidays season \
         spring summer autumn winter fair \
         stunde stunden tag tage tagen werktag werktage werktagen arbeitstag arbeitstage arbeitstagen wochenende woche wochen monat monats monate \
         monaten quartal quartals jahr jahres ferien sommerferien betriebsferien feiertag feiertage feiertagen fruhling sommer herbst messe \
         heure heures jour jours quinzaine huitaine semaine semaines mois trimestre annee vacances rentree ete automne hiver printemps salon \
         ora ore giorno giorni giornata quindicina settimana settimane mese mesi anno ferie estate autunno inverno primavera fiera \
         hora horas dia dias quincena semana semanas mes meses ano vacaciones verano otono invierno feria \
         uur dag dagen werkdag werkdagen weken maand maanden kwartaal jaar vakantie lente zomer herfst beurs"
    )
    .has(word)
}

/// 'Semaine prochaine', 'la settimana prossima', 'la semana que viene'.
fn behind(scan: &Scan<'_>, at: usize) -> Option<usize> {
    let coming = words!(
        "prochaine prochain prochains prochaines prossima prossimo prossimi prossime proxima proximo entrante suivante suivant"
    );
    let next = word(scan, at + 1);
    let comes = coming.has(next) || next == "que" && word(scan, at + 2) == "viene";
    (is_unit(word(scan, at)) && comes).then_some(at + 2)
}

/// A day without its month, or of a month that no date was read of: 'voor de 12e', 'per il 12 p.v.',
/// 'per 12.5', '12./13. May'.
fn day_of_month(scan: &Scan<'_>, at: usize) -> Option<usize> {
    if let Some(end) = worded(scan, at) {
        return Some(end);
    }
    let leads = words!(
        "by on until till before for bis am zum auf vor gegen per pour avant le entro il para el antes op voor tegen"
    );
    if !leads.has(word(scan, at)) {
        return None;
    }
    let article = |at: usize| {
        words!("the den dem le l il el la de dia giorno jour tag dag ' dato data")
            .has(word(scan, at))
    };
    let mut next = at + 1;
    while article(next) && next < at + 4 {
        next += 1;
    }
    let told = next > at + 1 || words!("am zum il le el").has(word(scan, at));
    let digits = |at: usize, most: u32| {
        let token = scan.token(at).filter(|t| t.kind == Kind::Digits && t.folded.len() <= 2);
        token.and_then(|t| t.folded.parse::<u32>().ok()).filter(|n| (1..=most).contains(n))
    };
    digits(next, 31)?;
    let glued = |at: usize| scan.token(at).is_some_and(|t| t.glued);
    // '12.5', '12/05'
    let mark = scan.token(next + 1).filter(|t| t.glued && t.is_any("./-"));
    if mark.is_some() && glued(next + 2) && digits(next + 2, 12).is_some() {
        let goes_on = scan
            .token(next + 3)
            .is_some_and(|t| t.glued && (t.is_alnum() || t.is_any("./-:") && glued(next + 4)));
        return (!goes_on && !is_measured(scan, next + 3)).then_some(next + 3);
    }
    let ordinal = glued(next + 1) && words!("st nd rd th e er º °").has(word(scan, next + 1));
    let point = glued(next + 1) && word(scan, next + 1) == "." && !glued(next + 2);
    let end = next + 1 + usize::from(ordinal || point);
    let ends = scan.token(end).is_none_or(|t| {
        t.kind == Kind::Mark && !t.is_any("-/(:x*'") && !glued(end + 1) && !t.is('.')
            || scan.token(next).is_some_and(|d| d.line != t.line)
    });
    let last = ends || scan.token(end).is_some_and(|t| t.is('.') && !glued(end + 1));
    let of_month = words!("p del des du of dieses d c van this next corrente").has(word(scan, end));
    (ordinal && (told || ends)
        || told && (last || point && !is_measured(scan, end))
        || told && of_month)
        .then_some(end)
}

/// 'The second', 'zum dritten': but the first ones are said of lines, too.
fn worded(scan: &Scan<'_>, at: usize) -> Option<usize> {
    let ordinal = matches!(before(scan, at), "the" | "zum" | "am");
    let (day, end) = ordinal.then(|| worded_days::ordinal_at(scan, at)).flatten()?;
    (day > 3).then_some(end)
}

/// Whether a number is one of something: 'by 12.5 m'.
fn is_measured(scan: &Scan<'_>, at: usize) -> bool {
    crate::reading::text::units::unit_at(scan, at).is_some()
        || scan.token(at).is_some_and(|t| {
            t.is_any("%€$£")
                || words!("chf eur euro euros usd gbp fr sfr mm cm x uhr h pm am stock")
                    .has(&t.folded)
        })
}

/// The name of a month, whichever words lead to it: 'PB-55 5 pcs, June'.
fn month(scan: &Scan<'_>, at: usize) -> Option<usize> {
    let certain = is_month(scan, at) && scan.token(at).is_some_and(|t| t.folded.len() > 3);
    let dated = is_capital_month(scan, at)
        && at.checked_sub(1).and_then(|i| scan.token(i)).is_some_and(|t| {
            t.kind == Kind::Digits || t.is('.') || frames(&t.folded) || t.folded == "of"
        });
    (certain || dated).then_some(at + 1)
}

/// 'May', 'Mai', 'March': words that are more than months where they begin small.
fn is_capital_month(scan: &Scan<'_>, at: usize) -> bool {
    let capital =
        scan.token(at).is_some_and(|t| scan.words(t.span).starts_with(char::is_uppercase));
    words!("maggio mayo mei").has(word(scan, at))
        || words!("may mai mars marz march").has(word(scan, at)) && capital
        || word(scan, at) == "mai"
            && words!("en de du fin debut mi courant im anfang ende mitte").has(before(scan, at))
}
