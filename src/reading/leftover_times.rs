//! Times that no date was read of: 'before Easter', 'within 10 working days', 'in June'. Where goods
//! have no other day, it is asked.

use super::cues::Cues;
use super::mentions::{Mention, What};
use super::stretches::{Stretch, is_product};
use super::text::{Kind, Scan, words};
use super::types::Evidence;

/// The first such word of a sentence that orders, or speaks of the delivery.
pub(super) fn find(scan: &Scan<'_>, stretch: &Stretch, inside: &[&Mention]) -> Option<Evidence> {
    const SHORT: usize = 7;
    let goods = inside.iter().any(|m| is_product(m));
    let aside = Cues::AWAY.and(Cues::ANSWER).and(Cues::PAST).and(Cues::CALL);
    // 'Within two weeks.' says no more.
    let short = stretch.tokens.len() <= SHORT;
    let afterwards = stretch.cues.has(Cues::DELIVERY) && says_afterwards(scan, stretch);
    if !goods
        && !afterwards
        && !short
        && (!stretch.cues.has(Cues::DELIVERY) || stretch.cues.has(aside))
    {
        return None;
    }
    let word = |at: usize| scan.token(at).map_or("", |t| t.folded.as_str());
    let dated = |at: usize| {
        inside
            .iter()
            .any(|m| matches!(m.what, What::Date(_) | What::Product(..)) && m.tokens.contains(&at))
    };
    if inside.iter().any(|m| matches!(m.what, What::Date(_))) {
        return None;
    }
    let at = stretch.tokens.clone().filter(|at| !dated(*at)).find(|at| {
        let feast = words!(
            "ascension auffahrt himmelfahrt hemelvaart pinksteren christmas xmas easter whitsun pentecost thanksgiving ramadan weihnachten ostern pfingsten neujahr silvester \
             noel nol paques pentecote natale pasqua ferragosto navidad kerst pasen"
        )
        .has(word(*at));
        let working = words!("werktage werktagen arbeitstage arbeitstagen ouvrables ouvres lavorativi").has(word(*at))
            || word(*at) == "working" && word(*at + 1).starts_with("day");
        let may = word(*at) == "may"
            && scan.token(*at).is_some_and(|t| scan.words(t.span).starts_with('M'))
            && matches!(word(at.wrapping_sub(1)), "in" | "by" | "before" | "early" | "mid" | "late");
        let ordinal = word(at.wrapping_sub(1)) == "the" || matches!(word(at.wrapping_sub(1)), "zum" | "am");
        let worded = ordinal
            && super::worded_days::ordinal_at(scan, *at).is_some_and(|(day, _)| day > 3);
        let month = may || worded || super::dates::is_month(scan, *at)
            && words!("in im en a by before bis vor fur pour per per courant gegen until for").has(word(at.wrapping_sub(1)));
        let counted = scan.token(at.wrapping_sub(1)).is_some_and(|t| t.kind == Kind::Digits)
            && is_coming(word(at.wrapping_sub(2)))
            && is_time(word(*at));
        let coming = counted || is_coming(word(at.wrapping_sub(1)).trim_end_matches('.')) && is_time(word(*at))
            || is_time(word(*at)) && words!("prochaine prochain prossima prossimo que viene").has(word(*at + 1));
        let week = words!("kw week semaine settimana semana woche s").has(word(*at))
            && scan.token(*at + 1).is_some_and(|t| t.kind == Kind::Digits && t.folded.len() <= 2);
        let ends = words!("eow eom eoy eob cob").has(word(*at))
            || words!("courant corrente p.v").has(word(*at))
            || word(*at) == "agreed" && word(*at + 1) == "date";
        let after = afterwards && is_afterwards(word(*at));
        feast || working || month || coming || week || ends || after || (leads(word(*at)) && (*at + 1..stretch.tokens.end.min(*at + 5)).any(|i| is_time(word(i)) && !dated(i)))
    })?;
    let end = (at + 4).min(stretch.tokens.end);
    scan.span(at..end).map(|span| scan.evidence(span, "prose.unexplained_date"))
}

/// 'After that', 'danach': a day that is told nowhere.
fn says_afterwards(scan: &Scan<'_>, stretch: &Stretch) -> bool {
    stretch.tokens.clone().any(|at| scan.token(at).is_some_and(|t| is_afterwards(&t.folded)))
}

fn is_afterwards(word: &str) -> bool {
    words!("danach afterwards ensuite daarna").has(word)
}

/// The next one, or this.
fn is_coming(word: &str) -> bool {
    words!(
        "next this coming following nachste nachsten nachster kommende kommenden kommender ubernachste ubernachsten diese dieser diesen laufende          prochaine prochain cette ce prossima prossimo questa questo proxima proximo esta este volgende komende deze"
    )
    .has(word)
}

/// Words before a time.
fn leads(word: &str) -> bool {
    words!(
        "dans dentro zum before after within until till vor nach innerhalb innert binnen bis avant apres sous d entro dopo prima fra tra tegen voor na antes despues"
    )
    .has(word)
}

fn is_time(word: &str) -> bool {
    words!(
        "wochenende monatsende giornata weekend hours heures stunden ore horas quinzaine plazo werkdagen werktagen werktage fortnight day days week weeks month year end holiday holidays fair tag tage tagen woche wochen monat monats monate jahr \
         ende ferien messe sommerferien jour jours semaine semaines mois fin annee vacances salon giorni settimana settimane \
         mese fine anno ferie fiera dias semana semanas fin mes dagen week weken maand eind vakantie beurs feiertag feiertagen"
    )
    .has(word)
}

/// 'A week later', 'die anderen später': one day more than is told.
pub(super) fn later(scan: &Scan<'_>, stretch: &Stretch) -> bool {
    let word = |at: usize| scan.token(at).map_or("", |t| t.folded.as_str());
    stretch.tokens.clone().any(|at| {
        let denied = words!("no not nicht plus piu al au mas").has(word(at.wrapping_sub(1)))
            || words!("than als que tardi").has(word(at + 1));
        words!("later spater dopo later.").has(word(at)) && !denied
            || word(at) == "plus" && word(at + 1) == "tard" && word(at.wrapping_sub(1)) != "au"
    })
}
