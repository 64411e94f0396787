//! What stands around a number that answers on its line: a greeting before it, whom it is said to, and
//! a reason behind it: 'Hi Tom, 2 please mate, the job's been put back'.

use super::{is_greeting, is_polite};
use crate::reading::sentences::accounts::is_courtesy;
use crate::reading::text::{Kind, Scan, words};

/// Most words of a greeting.
const GREETING: usize = 5;

/// Where a line begins to say something, behind its greeting.
pub(crate) fn behind_greeting(scan: &Scan<'_>, start: usize, end: usize) -> usize {
    if !scan.token(start).is_some_and(|t| is_greeting(&t.folded)) {
        return start;
    }
    let greets = |at: usize| {
        at < end
            && at < start + GREETING
            && scan.token(at).is_some_and(|t| {
                is_greeting(&t.folded)
                    || is_courtesy(&t.folded)
                    || is_hailed(&t.folded)
                    || t.kind == Kind::Word && scan.words(t.span).starts_with(char::is_uppercase)
            })
    };
    let said = (start..end).find(|at| !greets(*at)).unwrap_or(end);
    let parted = said < end && scan.token(said).is_some_and(|t| t.is_any(",.!-–—"));
    said + usize::from(parted)
}

/// 'Mate', 'folks': whom something is said to, or what softens it.
pub(crate) fn is_hailed(word: &str) -> bool {
    words!("xx xxx mate mates love guys folks lads pal buddy team colleagues kollege kollegin kollegen zame colleghi chicos jongens")
        .has(word)
}

/// The last token of polite words that begin at a token: 'please', 's'il vous plaît', 'por favor'.
pub(crate) fn polite_to(scan: &Scan<'_>, at: usize) -> Option<usize> {
    const TURNS: [&str; 4] = ["s ' il vous plait", "s ' il te plait", "por favor", "per favore"];
    let turn = TURNS.iter().find(|turn| scan.says(at, turn));
    let length = turn.map_or(1, |turn| turn.split(' ').count());
    let word = scan.token(at).map_or("", |t| t.folded.as_str());
    (turn.is_some() || is_polite(word) && word != "is").then_some(at + length - 1)
}

/// Whether a number with a polite word behind it is said by itself: its sentence ends there, or goes
/// on with another clause. '2 please, the left ones' goes on with goods.
pub(crate) fn stands_alone(scan: &Scan<'_>, polite: usize, end: usize) -> bool {
    let named = |at: usize| {
        scan.token(at).is_some_and(|t| {
            is_hailed(&t.folded)
                || is_polite(&t.folded)
                || t.kind == Kind::Word && scan.words(t.span).starts_with(char::is_uppercase)
        })
    };
    let at = (polite + 1..end.min(polite + 4)).find(|at| !named(*at)).unwrap_or(polite + 1);
    let Some(mark) = scan.token(at).filter(|_| at < end) else { return at > polite + 1 };
    let thanks =
        scan.token(at + 1).is_some_and(|t| t.is(',') || words!("and und et e").has(&t.folded));
    mark.is_any(".!") || mark.is_any(",-–—") && begins(scan, at + 1 + usize::from(thanks))
}

/// Whether another clause begins at a token: with who does something, or with a verb of its own.
pub(crate) fn begins(scan: &Scan<'_>, at: usize) -> bool {
    let word = |at: usize| scan.token(at).map_or("", |t| t.folded.as_str());
    let first = words!(
        "send ship then please bitte schicken schickt sendet liefern liefert envoyez livrez ca on ok mandate mandateci spedite inviate stuur lever envien \
         we i our it no my there they just happy glad can sorry hope as since because thank thanks many wir ich es unser unsere mein meine kein keine danke vielen \
         leider nous je j on notre mon pas merci desole noi non io nostro grazie wij we ik onze geen bedankt nosotros no gracias"
    );
    let goods = words!(
        "ones one those these which left right big small blue red black white linke linken rechte rechten grosse grossen kleine kleinen welche qui celles ceux \
         quelli quelle che gauche droite"
    );
    let verb = words!(
        "is s was has have had ve can will would been are were ist sind war hat haben wird kann konnen muss mussen est sont etait ont peut sera \
         sono era ha hanno puo sara es son esta estan heeft wordt kan zijn duurt dauert dure dura takes tarda gaat"
    );
    let line = scan.token(at).map_or(0, |t| t.line);
    if leaves_open(scan, at) {
        return false;
    }
    if first.has(word(at)) {
        return true;
    }
    let clause = (at..at + 30)
        .take_while(|i| scan.token(*i).is_some_and(|t| t.line == line && !t.is_any(".,;:!?()")));
    let clause: Vec<usize> = clause.collect();
    clause.iter().skip(1).any(|i| verb.has(word(*i))) && !clause.iter().any(|i| goods.has(word(*i)))
}

/// 'My boss will decide tomorrow', 'there is no need any more', 'the fair is on 10 April': a clause behind a
/// number that somebody else decides, or that the goods or their day do.
fn leaves_open(scan: &Scan<'_>, at: usize) -> bool {
    const REACH: usize = 30;
    let open = words!(
        "boss chef capo jefe baas manager colleague colleagues kollege kollegin collegue collega colleghi decide decides decided decision entscheidet \
         entscheiden entscheidung decidera decident decidere decidira beslist checking check checks pruft verifie verifier verificando discussed \
         discussing elsewhere anderswo ailleurs altrove need needs brauchen brauche besoin servono serve nodig hinfallig withdrawn quantities quantity mengen menge \
         quantites quantita wrong falsch faux sbagliato easter ostern paques pasqua pasen due fallig ordering"
    );
    // 'We found them elsewhere'
    let got = words!(
        "found got bought gefunden bekommen gekauft trouve trouves eues achete trovato trovati preso presi comprato gevonden gekocht encontrado"
    );
    let line = scan.token(at).map_or(0, |t| t.line);
    let said = (at..at + REACH)
        .map_while(|i| scan.token(i).filter(|t| t.line == line && !t.is_any(".!?")));
    let found = said.clone().any(|t| got.has(&t.folded));
    let else_where = words!("elsewhere anderswo ailleurs altrove");
    said.into_iter().any(|t| {
        t.kind == Kind::Digits || open.has(&t.folded) && !(found && else_where.has(&t.folded))
    })
}

/// '2, no thanks', '2: nein', '2 - no': the option is named and refused.
pub(crate) fn is_refused(scan: &Scan<'_>, at: usize) -> bool {
    let parted = scan.token(at).is_some_and(|t| t.is_any(",:=-–—("));
    let from = at + usize::from(parted);
    let no =
        words!("no nope never nein nicht niemals keinesfalls non jamais mai nee niet nooit nunca");
    let line = scan.token(at).map_or(0, |t| t.line);
    let mut rest = (from + 1..from + 12)
        .map_while(|i| scan.token(i).filter(|t| t.line == line && !t.is_any(".;?")));
    scan.token(from).is_some_and(|t| t.line == line && no.has(&t.folded))
        && rest.all(|t| {
            t.kind == Kind::Mark
                || is_courtesy(&t.folded)
                || is_polite(&t.folded)
                || words!("way chance really leider").has(&t.folded)
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::types::Part;

    #[test]
    fn a_greeting_leads_to_what_is_said() {
        for (text, want) in [
            ("Hi, 2 please", 2),
            ("Hello Tom 2 please", 2),
            ("Guten Tag Frau Meier, 2 bitte", 5),
            ("2 please", 0),
            ("Peter, 2 please", 0),
        ] {
            let scan = Scan::whole(Part::Text, text);
            assert_eq!(behind_greeting(&scan, 0, scan.tokens.len()), want, "{text}");
        }
    }

    #[test]
    fn goods_do_not_stand_alone() {
        for (text, want) in [
            ("2 please, thank you. Thomas", true),
            ("2 please mate, can wait", true),
            ("2 please - the job's been put back", true),
            ("2 bitte, mein Kunde hat Zeit", true),
            ("2 please, the left ones", false),
            ("2 please, the ones that are left", false),
            ("2 please of the big", false),
        ] {
            let scan = Scan::whole(Part::Text, text);
            assert_eq!(stands_alone(&scan, 1, scan.tokens.len()), want, "{text}");
        }
    }

    #[test]
    fn a_no_refuses() {
        for (text, want) in [
            ("2, no thanks", true),
            ("2: nein danke", true),
            ("2 no", true),
            ("2, no problem", false),
            ("2, thanks", false),
        ] {
            assert_eq!(is_refused(&Scan::whole(Part::Text, text), 1), want, "{text}");
        }
    }
}
