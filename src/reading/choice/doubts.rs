//! What takes an answer to an offer back: a question, a condition, a doubt, somebody else's word.

use std::borrow::Cow;

use std::ops::Range;

use super::bounds::is_pending;
use super::idle::Idle;
use super::offer::Quoted;
use super::plain::belongs;
use super::{NOT, is_forced, is_polite};
use crate::reading::sentences::accounts::is_courtesy;
use crate::reading::sentences::cues::{self, Cues};
use crate::reading::text::phrases::Phrases;
use crate::reading::text::stretches::sentence_ends;
use crate::reading::text::{Kind, Scan, TextLine, Token, padded, words};
use crate::reading::types::Lang;

/// A question, a condition or a doubt takes the answer back.
pub(crate) fn is_doubtful(
    scan: &Scan<'_>,
    sentence: Range<usize>,
    claims: &[usize],
    idle: &Idle,
    lang: Option<Lang>,
) -> bool {
    let tokens = scan.tokens.get(sentence.clone()).unwrap_or_default();
    if tokens.iter().any(|t| t.is('?'))
        && !crate::reading::sentences::ties::asks_idly(scan, &sentence)
    {
        return true;
    }
    let at = Place {
        start: sentence.start,
        end: sentence.end,
        first: claims.iter().copied().min(),
        claims: claims.iter().any(|claim| sentence.contains(claim)),
        counts: tokens.iter().any(|t| t.kind == Kind::Digits),
        thanks: is_thanks(scan, &sentence),
    };
    let alone = at.chooses() && tokens.iter().filter(|t| t.kind == Kind::Digits).count() <= 1;
    let folded = idle.without(scan, sentence);
    let folded = if alone { without_regret(&folded) } else { folded };
    let folded = if at.chooses() { without_talks(&folded) } else { folded };
    let padded = padded(&folded);
    contrasts(scan, tokens, at, idle, claims)
        || cues_of(&folded, at, lang).has(
            Cues::CONDITION
                .and(Cues::UNSURE)
                .and(Cues::CALL)
                .and(Cues::COMPLAINT)
                .and(Cues::CORRECTION),
        )
        || REPORTED.iter().any(|words| padded.contains(words))
        || is_short_condition(&folded)
        || is_step_before(&folded)
        || is_pending(&folded)
        || folded.contains("would like to know")
        || folded.contains("need to know")
        || folded.contains("please explain")
}

/// A sentence beside what is claimed.
#[derive(Debug, Clone, Copy)]
struct Place {
    start: usize,
    end: usize,
    /// Where the mail's first claim stands.
    first: Option<usize>,
    /// It claims something itself.
    claims: bool,
    /// It holds digits.
    counts: bool,
    /// It says no more than that somebody is sorry, and thanks.
    thanks: bool,
}

impl Place {
    /// Whether the first claim stands in it.
    fn chooses(self) -> bool {
        self.first.is_some_and(|claim| claim >= self.start && claim < self.end)
    }
}

/// What a sentence holds, without the turns that mean nothing beside an answer.
fn cues_of(folded: &str, at: Place, lang: Option<Lang>) -> Cues {
    // 'Option 3, sorry' is no slip that is put right.
    let regret = folded.trim_end_matches([' ', '.', '!']);
    let regret = ["sorry", "leider", "desole", "desolee", "desoles", "purtroppo", "helaas"]
        .iter()
        .find_map(|word| regret.strip_suffix(word))
        .unwrap_or(folded);
    let regret =
        regret.replace(" che mancano", "").replace(" qui manquent", "").replace(" que faltan", "");
    let regret = without_apology(&regret);
    let regret = if at.counts { regret } else { without_sorry(&regret, at) };
    let regret = without_degree(&regret);
    let regret = without_change(&regret);
    let cues = cues::of_lang(&regret, lang);
    let beside = !at.chooses() && !at.counts;
    let cues = if beside && is_once_more(folded) { cues.without(Cues::COMPLAINT) } else { cues };
    let cues = if comes_back(folded) { cues.without(Cues::CONDITION) } else { cues };
    let asked = || QUESTIONS.iter().any(|asked| folded.contains(asked));
    if at.first.is_some() && beside && asked() {
        cues.without(Cues::CONDITION.and(Cues::CALL))
    } else {
        cues
    }
}

/// Whether a 'but' stands behind what is claimed.
fn contrasts(
    scan: &Scan<'_>,
    tokens: &[Token],
    place: Place,
    idle: &Idle,
    claims: &[usize],
) -> bool {
    // 'Annuleer maar, bedankt': nothing is set against it.
    let softens = |at: usize| {
        let ends = tokens.get(at + 1).is_none_or(|t| t.is_any(".,!"));
        ends || is_softened(scan, place.start + at)
    };
    tokens.iter().enumerate().any(|(at, t)| {
        // 'A pity, but please cancel': what is chosen stands behind.
        // So it does where the whole sentence comes before: 'a pity, but we have some left. 2'.
        let here = place.start + at;
        let before = |claim: usize| claim < here || claim >= place.end && (at == 0 || place.counts);
        let softened = t.folded == "maar" && softens(at);
        let forced = t.folded == "but" && is_forced(scan, here + 2);
        place.first.is_none_or(before)
            && !idle.holds(here)
            && !softened
            && !forced
            && !says_again(scan, place.start + at, claims)
            && words!(
                "but however aber jedoch allerdings mais cependant toutefois ma pero tuttavia maar \
        although except ausser sauf tranne unless provided"
            )
            .has(&t.folded)
    })
}

/// '2. I was surprised, but we can wait': behind the 'but' we say what is claimed. What claims something
/// else is held against it elsewhere.
fn says_again(scan: &Scan<'_>, but: usize, claims: &[usize]) -> bool {
    let own = words!("we i wir ich nous je on noi io wij ik");
    let near = but + 2..but + 6;
    let rest = || (but + 1..scan.tokens.len()).take_while(|at| !sentence_ends(scan, at - 1));
    let known = |at: usize| {
        scan.token(at).is_some_and(|t| match t.kind {
            Kind::Word => belongs(&t.folded) || is_polite(&t.folded) || is_courtesy(&t.folded),
            Kind::Mark => true,
            Kind::Digits => false,
        })
    };
    scan.token(but + 1).is_some_and(|t| own.has(&t.folded))
        && claims.iter().any(|claim| near.contains(claim))
        && rest().all(|at| claims.contains(&at) || known(at))
}

/// '3, sorry, we found another supplier': a word of regret between commas.
fn without_regret(folded: &str) -> String {
    const REGRETS: [&str; 8] =
        ["sorry", "so sorry", "desole", "desoles", "desolee", "scusate", "leider", "helaas"];
    let wrong = words!(
        "mean meant wrong mistake no nein non actually rather meine meinte voulais dire intendo"
    );
    let corrects = folded.split(' ').any(|word| wrong.has(word));
    let found = REGRETS.iter().find_map(|turn| folded.split_once(&format!(" , {turn} , ")));
    // '3, sorry, not the whole order'
    let denies = |rest: &str| rest.split(' ').next().is_none_or(|word| NOT.contains(&word));
    match found {
        Some((before, rest)) if !corrects && !denies(rest) => format!("{before} , {rest}"),
        _ => folded.to_owned(),
    }
}

/// 'Doe maar': Dutch softens a wish with its word for 'but'.
pub(crate) fn is_softened(scan: &Scan<'_>, at: usize) -> bool {
    at.checked_sub(1).and_then(|at| scan.token(at)).is_some_and(|t| {
        words!("doe doen neem stuur geef laat kies annuleer bestel wacht lever schrap")
            .has(&t.folded)
    })
}

/// Whether a sentence is an apology with thanks and a name.
fn is_thanks(scan: &Scan<'_>, sentence: &Range<usize>) -> bool {
    let again = words!(
        "sorry pardon scusate entschuldigung anyway trotzdem dennoch nochmals quand meme comunque lo stesso again about this that for it"
    );
    sentence.clone().filter_map(|at| scan.token(at)).all(|t| {
        !t.is_alnum()
            || is_courtesy(&t.folded)
            || is_polite(&t.folded)
            || again.has(&t.folded)
            || scan.words(t.span).starts_with(char::is_uppercase)
                && !crate::reading::text::lang::is_common(&t.folded)
    })
}

/// Whether words beside an answer, which choose nothing themselves, leave it open.
pub(crate) fn is_unsettled(folded: &str, lang: Option<Lang>) -> bool {
    let padded = padded(folded);
    let cues = cues::of_lang(folded, lang);
    cues.has(Cues::CONDITION.and(Cues::UNSURE).and(Cues::CALL))
        || REPORTED.iter().any(|words| padded.contains(words))
}

/// 'Call me in case of questions' asks for no call.
const QUESTIONS: [&str; 7] = [
    "bei fragen",
    "bei ruckfragen",
    "any questions",
    "any question",
    "en cas de question",
    "per domande",
    "per qualsiasi domanda",
];

fn is_degree(word: &str) -> bool {
    words!("vite rapidement rapide rapides tard tot longtemps bien souvent gentiment").has(word)
}

/// 'Please confirm the 14 days first, then 2', '2, once you have confirmed the date': something is to be
/// done before it is chosen.
fn is_step_before(folded: &str) -> bool {
    let asked = words!(
        "confirm confirmed confirmation check ask tell verify clarify send call ring phone bestatigen bestatigt bestatigung prufen fragen nachfragen          abklaren klaren melden anrufen mitteilen freigabe confirmer confirmez confirme confirmation verifier verifiez demander demandez appeler appelez          dire dites confermare confermate confermato conferma verificare verificate chiedere chiedete chiamare chiamate          confirmar confirmen confirmado bevestigen bevestigd navragen bellen"
    );
    let first = words!("first zuerst vorher erst erstmal abord prima primero eerst beforehand");
    let then = words!("then dann danach puis ensuite poi luego dan afterwards");
    let once = words!("once after sobald nachdem nach apres fois des appena dopo zodra na tras");
    let said: Vec<&str> = folded.split(' ').collect();
    let Some(at) = said.iter().position(|word| asked.has(word)) else { return false };
    let (before, behind) = said.split_at(at);
    // 'We first asked our fitters' tells what was done.
    let told =
        before.iter().any(|word| words!("we i wir ich nous je on abbiamo ho habe haben").has(word));
    // 'Send me the 12 then please'
    let goes_on = |word: &&str| word.starts_with(char::is_alphabetic) && !is_polite(word);
    let follows = |at: usize| behind.get(at + 1).is_some_and(goes_on);
    before.iter().any(|word| once.has(word))
        || !told && said.iter().any(|word| first.has(word))
        || !told && behind.iter().enumerate().any(|(at, word)| then.has(word) && follows(at))
}

/// 'Si vite livré, alors 2': a condition without its verb.
fn is_short_condition(folded: &str) -> bool {
    folded.strip_prefix("si ").and_then(|said| said.split(' ').next()).is_some_and(is_degree)
}

/// 'Si vite' is a degree and no condition.
fn without_degree(folded: &str) -> String {
    let mut kept: Vec<&str> = Vec::new();
    for word in folded.split(' ') {
        // 'Si vite livré, alors 2'
        let within = kept.iter().rev().nth(1).is_some_and(|before| *before != ",");
        if is_degree(word) && within && kept.last() == Some(&"si") {
            kept.pop();
        }
        kept.push(word);
    }
    kept.join(" ")
}

/// 'After a talk with the fitters: 2': they have been asked, as the choice behind tells.
fn without_talks(folded: &str) -> String {
    const TALKS: [&str; 4] = [
        "nach rucksprache",
        "nach kurzer rucksprache",
        "nach interner rucksprache",
        "after consulting",
    ];
    let talked = TALKS.iter().find_map(|talk| folded.strip_prefix(talk));
    talked.map_or_else(|| folded.to_owned(), |rest| rest.trim_start().to_owned())
}

/// 'It is the third time this year that something is missing' complains of nothing but the offer.
fn is_once_more(folded: &str) -> bool {
    let ordinal = words!(
        "second third fourth zweite dritte vierte zweites drittes deuxieme troisieme quatrieme seconda terza quarta"
    );
    let time = words!("time mal fois volta");
    let said: Vec<&str> = folded.split(' ').collect();
    let counted = said.windows(2).any(|pair| match pair {
        [first, second] => ordinal.has(first) && time.has(second),
        _ => false,
    });
    let something = words!("missing fehlt fehlen manque manquent manca mancano short stock lager");
    counted && said.iter().any(|word| something.has(word))
}

/// 'Sorry for the trouble' corrects nothing, and 'the
/// missing pieces' and 'wait rather than cancel' are words of the offer.
fn without_apology(folded: &str) -> String {
    const APART: &[&str] = &[
        "pour votre retour",
        "de votre retour",
        "sorry for",
        "sorry about",
        "entschuldigung fur",
        "entschuldigen sie die",
        "desole pour",
        "desoles pour",
        "desolee pour",
        "scusate per",
        "scusi per",
        "scusate il",
        "scusi il",
        "manquantes",
        "manquants",
        "manquante",
        "manquant",
        "mancanti",
        "mancante",
        "rather than cancel",
        "rather than wait",
        "plutot que d ' annuler",
        "plutot que d ' attendre",
        "piuttosto che annullare",
        "piuttosto che aspettare",
        "statt zu stornieren",
        "anstatt zu stornieren",
    ];
    static ANY: Phrases = Phrases::whole(APART);
    let said = padded(folded);
    if !ANY.are_in(&said) {
        return said.trim().to_owned();
    }
    let apart = APART.iter().fold(said, |said, turn| said.replace(&padded(turn), " "));
    apart.trim().to_owned()
}

/// 'Sorry, too long for us, please cancel': nothing stands before that could be put right. 'Sorry and
/// thanks all the same' puts nothing right either.
fn without_sorry(folded: &str, place: Place) -> String {
    let Some((sorry, rest)) = folded.split_once(' ') else { return folded.to_owned() };
    let sorry = words!("sorry pardon scusate entschuldigung verzeihung").has(sorry);
    let wrong = words!(
        "wrong mistake falsch falsche fehler mauvais mauvaise erreur sbagliato errore mal fout not nicht pas non no niet"
    );
    let early = place.claims || place.first.is_none_or(|claim| claim >= place.start);
    let corrects = rest.split(' ').any(|word| wrong.has(word));
    let bare = sorry && (place.thanks || early && !corrects);
    if bare { rest.to_owned() } else { folded.to_owned() }
}

/// 'Instead of the other four': whose place new lines take, which they say themselves.
fn replaced(scan: &Scan<'_>, lang: Option<Lang>) -> Vec<Range<usize>> {
    let offer = Quoted::beside(scan);
    let mut found = Vec::new();
    for at in 0..scan.tokens.len() {
        let said = INSTEAD.iter().filter(|words| scan.says(at, words));
        let length = said.map(|words| words.split(' ').count());
        let Some(length) = length.max() else { continue };
        let mut end = at + length;
        while let Some(token) = scan.token(end) {
            let number = super::offer::number_at(scan, end, lang);
            let number = number.filter(|(number, _)| offer.awaits(*number)).map(|(_, end)| end);
            match number.or_else(|| offer.names(scan, end)) {
                Some(behind) => end = behind,
                None if is_missing(&token.folded) => end += 1,
                None => break,
            }
        }
        let line = scan.token(end.saturating_sub(1)).map_or(0, |t| t.line);
        let ends = scan
            .token(end)
            .is_none_or(|t| t.is_any(",.;:!)") || t.line > line || follows_replaced(&t.folded));
        if ends && end > at + length {
            found.push(at..end);
        }
    }
    found
}

/// What a wish begins with behind what it replaces: 'instead of the A we take 8 B'.
fn follows_replaced(word: &str) -> bool {
    words!("we i please wir ich nehmen bitte neu nous je merci noi prendiamo prendo nosotros tomamos wij nemen graag")
        .has(word)
}

/// The lines of a form that are not ticked, where another is.
fn unticked(scan: &Scan<'_>) -> Vec<Range<usize>> {
    let begins = |line: &&TextLine, marks: &[&str]| {
        let shown = scan.run(line.tokens.clone());
        marks.iter().any(|mark| shown.trim_start().starts_with(mark))
    };
    let ticked = |line: &TextLine| begins(&line, &["[x]", "[X]", "(x)", "(X)", "☒", "☑", "[✓]"]);
    if !scan.lines.iter().any(ticked) {
        return Vec::new();
    }
    let open = scan.lines.iter().filter(|line| begins(line, &["[ ]", "[]", "( )", "()", "☐"]));
    open.map(|line| line.tokens.clone()).collect()
}

/// A reply's text with blanks in the place of such words, and of what is not ticked; `None` where
/// it has neither.
pub(crate) fn without_replaced(scan: &Scan<'_>, lang: Option<Lang>) -> Option<String> {
    let mut gone = replaced(scan, lang);
    gone.extend(unticked(scan));
    if gone.is_empty() {
        return None;
    }
    let mut text = scan.text.to_owned();
    for span in gone.into_iter().filter_map(|run| scan.span(run)) {
        let blanks = " ".repeat(span.end.saturating_sub(span.start));
        if text.get(span.start..span.end).is_some() {
            text.replace_range(span.start..span.end, &blanks);
        }
    }
    Some(text)
}

const INSTEAD: [&str; 22] = [
    "instead of",
    "in place of",
    "anstelle von",
    "anstelle der",
    "anstelle",
    "statt",
    "anstatt",
    "statt den",
    "statt der",
    "anstatt der",
    "au lieu de",
    "au lieu des",
    "a la place de",
    "a la place des",
    "invece di",
    "invece dei",
    "al posto di",
    "al posto dei",
    "al posto delle",
    "en lugar de",
    "in plaats van",
    "en vez de",
];

fn is_missing(word: &str) -> bool {
    words!(
        "the other others missing remaining pieces pcs units ones der die den fehlenden anderen restlichen ubrigen stuck stk          les autres manquants manquantes pieces i gli le altri altre mancanti pezzi"
    )
    .has(word)
}

/// 'We will come back to you when we need something': no condition of the answer.
fn comes_back(folded: &str) -> bool {
    let padded = padded(folded);
    let back = [
        " come back to you ",
        " get back to you ",
        " be in touch ",
        " order again ",
        " come back ",
        " melden uns ",
        " melde mich ",
        " bestellen dann ",
        " reviendrons vers vous ",
        " recontacterons ",
        " reviens vers vous ",
        " ci risentiamo ",
        " faremo sentire ",
        " ricontatteremo ",
    ];
    let need = words!(
        "need brauchen benotigen brauche besoin bisogno serve project projekt projet progetto"
    );
    back.iter().any(|turn| padded.contains(turn)) && padded.split(' ').any(|word| need.has(word))
}

/// 'Please make it 8 pcs A and 4 pcs B instead' puts other goods into the order, and corrects no
/// answer; 'make it 2' does.
pub(crate) fn without_change(folded: &str) -> Cow<'_, str> {
    const LEADS: [&str; 7] = [
        " a la place :",
        " instead :",
        " stattdessen :",
        " invece :",
        " al loro posto :",
        " en su lugar :",
        " in plaats daarvan :",
    ];
    const MAKES: [&str; 3] = ["make it", "make that", "change it to"];
    const GIVES_UP: [&str; 9] = [
        "forget about the rest",
        "forget the rest",
        "streicht den rest",
        "streichen sie den rest",
        "vergesst den rest",
        "vergessen sie den rest",
        "oubliez le reste",
        "lasciate perdere il resto",
        "lasciate stare il resto",
    ];
    if let Some(turn) = GIVES_UP.iter().find(|turn| folded.contains(*turn)) {
        return Cow::Owned(folded.replacen(turn, "drop the rest", 1));
    }
    // 'Merci de livrer à la place :' leads to the new lines.
    if let Some(lead) = LEADS.iter().find(|lead| folded.ends_with(*lead)) {
        return Cow::Owned(folded.replacen(lead, " :", 1));
    }
    let counts = |rest: &str| {
        let mut words = rest.split_whitespace();
        let number = words.next().is_some_and(|w| w.starts_with(|c: char| c.is_ascii_digit()));
        let unit =
            words!("pcs pc pieces piece x units unit of _ stk stuck pz pezzi kg m boxes bags");
        number && words.next().is_some_and(|word| unit.has(word))
    };
    let made = MAKES.iter().find_map(|make| {
        let (before, behind) = folded.split_once(make)?;
        counts(behind).then_some((before, behind))
    });
    let Some((before, behind)) = made else { return Cow::Borrowed(folded) };
    Cow::Owned(format!("{before}{}", behind.replacen(" instead", "", 1)))
}

/// What somebody else says, or not yet.
const REPORTED: &[&str] = &[
    " were it ",
    " were we ",
    " had it ",
    " had we ",
    " i suppose ",
    " i guess ",
    " says ",
    " said ",
    " thinks ",
    " suggests ",
    " will confirm ",
    " confirm it later ",
    " still has to ",
    " still have to ",
    " has to release ",
    " must release ",
    " dobbiamo ancora ",
    " tiene que ",
    " moet nog ",
    " moeten nog ",
    " sagt ",
    " meint ",
    " findet ",
    " dit ",
    " pense ",
    " dice ",
    " pensa ",
    " zegt ",
    " vindt ",
    " would prefer ",
    " has to agree ",
    " must agree ",
    " has to approve ",
    " must approve ",
    " hear from me ",
    " zustimmen ",
    " muss noch ",
    " rucksprache ",
    " doit encore ",
    " deve ancora ",
    " do nothing ",
    " nothing yet ",
    " not yet ",
    " noch nichts ",
    " noch nicht ",
    " rien encore ",
    " pas encore ",
    " ne faites rien ",
    " non ancora ",
    " non fate ",
    " todavia no ",
    " nog niet ",
    " nog niets ",
    " my call ",
    " our call ",
    " your call ",
    " my go ",
    " meinen anruf ",
    " unseren anruf ",
    " mon appel ",
    " notre appel ",
    " mia chiamata ",
    " nostra chiamata ",
    " draft ",
    " entwurf ",
    " brouillon ",
    " bozza ",
    " borrador ",
];
