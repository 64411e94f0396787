//! Whether every sentence beside the lines of an order is accounted for.
//!
//! A form with product, quantity and date may be an order, an offer, a delivery note, a copy or a
//! question: what it is, the sentences beside it say. One that may turn it around is for a person
//! (`perils`), and so is a form that nothing calls an order beside a sentence that is not known.

use std::ops::Range;

use super::asides::Aside;
use super::beside;
use super::cues::{self, Cues};
use super::heads_others::heads_others;
use super::papers_back;
use super::perils::{self, Sentence};
use super::pleas;
use super::remarks;
use super::requests;
use super::standing_terms;
use super::ties;
use super::weighed;
use crate::reading::draft::Named;
use crate::reading::forms::labels;
use crate::reading::prose::mentions::{Mention, What};
use crate::reading::tables::profile;
use crate::reading::text::phrases::Phrases;
use crate::reading::text::stretches::{Stretch, is_amount, is_product, joins_goods};
use crate::reading::text::{Kind, Scan, Token, padded, words};
use crate::reading::types::{Evidence, Lang, Part};

/// What the sentences of a text leave open.
#[derive(Debug, Clone, Default)]
#[expect(clippy::struct_excessive_bools, reason = "independent observations of one text")]
pub(crate) struct Account {
    /// It may turn the lines into no order, or another one.
    pub(crate) peril: Option<Evidence>,
    /// It says something else than a greeting, thanks or a name.
    pub(crate) strange: Option<Evidence>,
    /// It says nothing but that a file is attached: for a person only where none orders.
    pub(crate) pointed: Option<Evidence>,
    /// It asks for a word on prices.
    pub(crate) asks_price: bool,
    /// The mail came to the wrong person first: whose it is, its order words say.
    pub(crate) astray: bool,
    /// An offer was taken up: its prices may be agreed to.
    pub(crate) accepted: bool,
    /// A word is nearly 'order'.
    pub(crate) misspelt: bool,
}

/// Sentences whose prices are taken up, or asked to be confirmed.
const PRICED: Cues = Cues::ACCORDING.and(Cues::ANSWER);
/// Most words of a question that asks for a nod: 'Geht das klar?'.
const NOD: usize = 6;
/// Most words of a subject that asks for more of something.
const MORE: usize = 5;

impl Account {
    /// The first words that leave open what the lines are for.
    pub(crate) fn open(&self) -> Option<&Evidence> {
        self.peril.as_ref().or(self.strange.as_ref()).or(self.pointed.as_ref())
    }

    /// Takes in a sentence: with what it mentions, its folded words beside products, and whether
    /// something of a form, and any goods, stand before it.
    pub(crate) fn take(
        &mut self,
        scan: &Scan<'_>,
        stretch: &Stretch,
        inside: &[&Mention],
        folded: &str,
        lang: Option<Lang>,
        (behind, after): (bool, bool),
    ) {
        // HTML is read without what is struck out: that it is told of is no news.
        if scan.part == Part::Html && tells_of_struck(folded)
            || tells_of_states(scan, stretch.tokens.clone())
            || stretch.is_idle(scan)
            || names_interchange(scan, stretch.tokens.clone())
        {
            return;
        }
        let said = || told(scan, stretch);
        // In plain text nothing shows what is struck out.
        if scan.part != Part::Html && tells_of_struck(folded) {
            self.peril = self.peril.take().or_else(said);
        }
        if weighed::turns(scan, stretch) || weighed::orders_nothing(scan, stretch, inside) {
            self.peril = self.peril.take().or_else(said);
        }
        if self.leaves(scan, stretch, folded, lang, after) {
            return;
        }
        let products = inside.iter().any(|m| is_product(m));
        let ours =
            |m: &&Mention| matches!(m.what, What::Product(Named::One(_) | Named::Several(_), _));
        let goods = inside.iter().any(ours) && inside.iter().any(|m| is_amount(m));
        let priced = stretch.cues.has(PRICED) || self.accepted && agrees(folded);
        self.accepted |= stretch.cues.has(Cues::ACCORDING);
        self.asks_price |= stretch.question && perils::names_offer(folded);
        if self.peril.is_none() {
            let turns = |folded: &str| perils::has(Sentence { folded, lang, priced, goods });
            let perilous = turns(folded)
                && (products
                    || after && !ties::is_of_ways(scan, &stretch.tokens)
                    || perils::is_sure(Sentence { folded, lang, priced, goods })
                    || ties::is_tied_where(scan, &stretch.tokens, &turns));
            let asks = stretch.question
                && !products
                && !is_harmless_question(scan, stretch)
                && !papers_back::ask_for_note(scan, &stretch.tokens)
                && !ties::asks_idly(scan, &stretch.tokens);
            let noun = goods && only_names_order(scan, stretch, inside, folded);
            let odd = !goods
                && !stretch.cues.has(Cues::ORDER)
                && !points_to_file(scan, stretch)
                && beside::odd(scan, stretch, inside, lang).is_some();
            let counts = goods && is_for_each(scan, &stretch.tokens)
                || !goods
                    && (counts_anew(scan, &stretch.tokens)
                        || heads_others(scan, &stretch.tokens)
                        || tells_of_file(scan, stretch));
            self.peril = (perilous || asks || noun || odd || counts).then(said).flatten();
        }
        if self.strange.is_none() && !is_filler(scan, stretch, inside, behind) {
            if points_to_file(scan, stretch) {
                self.pointed = self.pointed.take().or_else(said);
            } else {
                self.strange = said();
            }
        }
        let tokens = scan.tokens.get(stretch.tokens.clone()).unwrap_or_default();
        self.misspelt |= tokens.iter().any(|token| is_nearly_order(token, lang));
    }

    /// Takes in what speaks of something else than the goods; whether nothing is left to weigh.
    fn leaves(
        &mut self,
        scan: &Scan<'_>,
        stretch: &Stretch,
        folded: &str,
        lang: Option<Lang>,
        after: bool,
    ) -> bool {
        let said = || told(scan, stretch);
        match stretch.aside {
            Some(Aside::Access | Aside::Thanks | Aside::Bids | Aside::Beside) => {}
            Some(Aside::Astray) => self.astray = true,
            Some(aside @ (Aside::Settled | Aside::Aloof)) => {
                let sentence = Sentence { folded, lang, priced: false, goods: false };
                // What is denied behind the goods may be these.
                if aside == Aside::Aloof
                    && after
                    && perils::has(sentence)
                    && !ties::is_of_ways(scan, &stretch.tokens)
                {
                    self.peril = self.peril.take().or_else(said);
                }
                self.strange = self.strange.take().or_else(said);
            }
            None => return false,
        }
        true
    }
}

/// Whether a subject that the sender wrote for this mail may turn the lines around. One that names
/// an order may name the offer that it is for, too.
pub(crate) fn is_perilous(subject: &Scan<'_>, cues: Cues, lang: Option<Lang>) -> bool {
    // 'More plates please'
    let more =
        subject.token(0).is_some_and(|t| words!("more mehr plus altre otras meer").has(&t.folded))
            && subject.tokens.len() <= MORE;
    let folded = subject.folded(usize::from(more)..subject.tokens.len());
    let priced = cues.has(PRICED.and(Cues::ORDER));
    perils::has(Sentence { folded: &folded, lang, priced, goods: false })
}

/// Whether the subject of an answer or of what is passed on turns the lines around: 'Re: Order -
/// CANCELLED', 'WG: Bestellung - noch nicht freigegeben'. It may name what it answers.
pub(crate) fn is_turned(subject: &Scan<'_>, lang: Option<Lang>) -> bool {
    let words = subject.tokens.iter().filter(|t| t.is_alnum()).map(|t| t.folded.as_str());
    let folded = words.collect::<Vec<_>>().join(" ");
    perils::is_strong(Sentence { folded: &folded, lang, priced: true, goods: false })
}

/// The words of a sentence that is not accounted for.
fn told(scan: &Scan<'_>, stretch: &Stretch) -> Option<Evidence> {
    let span = scan.span(stretch.tokens.clone())?;
    Some(scan.evidence(span, "prose.unaccounted"))
}

/// 'The prices are fine.'
fn agrees(folded: &str) -> bool {
    folded.split(' ').any(|word| {
        words!(
            "fine ok okay agreed accept accepted accepts acceptable ordnung einverstanden passen passt akzeptieren conviennent convient acceptons bene \
             accettiamo accettati acuerdo akkoord"
        )
        .has(word)
    })
}

/// Whether a sentence tells of words that are struck out.
pub(crate) fn tells_of_struck(folded: &str) -> bool {
    static STRUCK: Phrases = Phrases::within(&[
        "struck",
        "crossed out",
        "crossed - out",
        "durchgestrichen",
        "gestrichen",
        "barre",
        "raye",
        "barrat",
        "tachad",
    ]);
    STRUCK.are_in(folded)
}

/// 'Davon 10 sofort', 'three of these sets', 'x3', 'they are for line 2': the numbers of the lines in another
/// way.
pub(crate) fn counts_anew(scan: &Scan<'_>, run: &Range<usize>) -> bool {
    let word = |at: usize| scan.token(at).map_or("", |t| t.folded.as_str());
    let number = |at: usize| {
        run.contains(&at)
            && (scan.token(at).is_some_and(|t| t.kind == Kind::Digits)
                || crate::reading::text::number_words::words_at(scan, at, None).is_some()
                || words!("two three four due tre zwei drei deux trois dos tres twee drie")
                    .has(word(at)))
    };
    let lines = words!(
        "line lines zeile zeilen position positionen pos ligne lignes riga righe voce linea lineas regel regels item items artikel"
    );
    run.clone().any(|at| {
        let (said, next, third) = (word(at), word(at + 1), word(at + 2));
        let of_which =
            words!("davon dont waarvan hiervan ervan daarvan").has(said).then_some(at + 1);
        let of_them = (matches!(
            (said, next),
            ("of", "them" | "these" | "those" | "which")
                | ("di", "cui" | "questi" | "queste" | "essi")
        ) || matches!((said, next), ("de" | "d", "ellos" | "ellas" | "ces"))
            || (said, next, third) == ("de", "los", "cuales")
            || (said, next, third) == ("de", "las", "cuales"))
            .then_some(at + 2 + usize::from(words!("cuales").has(third)));
        let split = of_which.or(of_them);
        let near = split.is_some_and(|end| {
            number(end) || number(end + 1) || of_them.is_some() && at > run.start && number(at - 1)
        });
        let times = matches!(said, "x" | "×")
            && number(at + 1)
            && scan.token(at + 1).is_some_and(|t| t.kind == Kind::Digits)
            && run.len() <= 6;
        let former = words!("previous last letzten vorigen derniers dernieres ultimi ultime ultimos ultimas vorige")
            .has(said)
            && scan.token(at + 1).is_some_and(|t| t.kind == Kind::Digits)
            && scan.token(at + 2).is_some_and(|t| t.kind == Kind::Word)
            && crate::reading::text::units::unit_at(scan, at + 2).is_none()
            && !ties::is_of_ways(scan, run)
            && !words!("order orders delivery deliveries mail mails bestellungen lieferungen commandes livraisons ordini consegne pedidos bestellingen leveringen day days week weeks month months year years tage tagen wochen monate monaten jahre jours semaines mois ans giorni settimane mesi anni dias semanas meses anos dagen weken maanden jaar")
                .has(word(at + 2));
        let line = words!("for fur pour per voor para").has(said)
            && (lines.has(next) && number(at + 2)
                || next == "the" && lines.has(third) && number(at + 3));
        near || times || former || line || includes(scan, run, at) || sets_limit(scan, run, at)
    })
}

/// '4 A per machine, for twelve machines': how many that are, nobody has said.
fn is_for_each(scan: &Scan<'_>, run: &Range<usize>) -> bool {
    let word = |at: usize| scan.token(at).map_or("", |t| t.folded.as_str());
    run.clone().any(|at| {
        words!("per pro par je por a each every").has(word(at))
            && words!(
                "machine machines set sets unit system line site sites person team station device kit pump maschine anlage gerat linie standort filiale satz pumpe \
                 appareil ligne poste pompe macchina impianto linea sede postazione pompa maquina bomba apparaat installatie"
            )
            .has(word(at + 1))
    })
}

/// 'The quantity includes the 8 of our last order.'
fn includes(scan: &Scan<'_>, run: &Range<usize>, at: usize) -> bool {
    const NEAR: usize = 4;
    let said = scan.token(at).map_or("", |t| t.folded.as_str());
    words!("includes include including inkl inklusive enthalt enthalten einschliesslich comprend incluant inclus include inclusi incluye incluidos inclusief minus abzuglich")
        .has(said)
        && (at + 1..run.end.min(at + NEAR)).any(|i| {
            scan.token(i).is_some_and(|t| t.kind == Kind::Digits) && !is_inspection(scan, i)
        })
}

/// 'A 3.1 certificate': the kind of an inspection document (EN 10204, clauses 3 and 4).
fn is_inspection(scan: &Scan<'_>, at: usize) -> bool {
    let kind = |at: usize| {
        scan.token(at).is_some_and(|t| words!("2 3").has(&t.folded))
            && scan.token(at + 1).is_some_and(|t| t.is('.') && t.glued)
            && scan.token(at + 2).is_some_and(|t| words!("1 2").has(&t.folded) && t.glued)
    };
    kind(at) || at >= 2 && kind(at - 2)
}

/// 'Se costano più di 20 euro, …': a condition with a number or a price begins the sentence.
fn sets_limit(scan: &Scan<'_>, run: &Range<usize>, at: usize) -> bool {
    let word = |at: usize| scan.token(at).map_or("", |t| t.folded.as_str());
    at == run.start
        && words!("if falls wenn sofern si se als indien should sollte sollten").has(word(at))
        && run.clone().any(|i| {
            words!("cost costs costano costa kosten kostet teurer cheaper expensive coute coutent cuestan cuesta kosten euro euros eur chf usd gbp price preis prix prezzo precio prijs").has(word(i))
        })
}

/// 'Attached what we sent back to you', 'our order is attached, when will it arrive?': a sentence that
/// announces a file, and says that it is none to be placed.
fn tells_of_file(scan: &Scan<'_>, stretch: &Stretch) -> bool {
    let word = |at: usize| scan.token(at).map_or("", |t| t.folded.as_str());
    let told = words!(
        "back zuruck retour indietro terug sent gesendet gesandt geschickt envoye envoyes inviato spedito enviado gestuurd received returned \
         prices preise prix prezzi precios prijzen know wissen savoir sapere saber weten lagerliste bestandsliste inventory stocklist"
    );
    let again = words!("again nochmals nochmal nouveau nuovo nuevo opnieuw");
    let mut run = stretch.tokens.clone();
    run.clone().any(|at| announces_file(word(at)))
        && (stretch.question
            || run.any(|at| {
                told.has(word(at)) || announces_file(word(at)) && again.has(word(at + 1))
            }))
}

/// 'Cancelled lines are not to be delivered', beside a table that says so of its rows: they were left
/// out.
pub(crate) fn tells_of_states(scan: &Scan<'_>, run: std::ops::Range<usize>) -> bool {
    let tokens = scan.tokens.get(run).unwrap_or_default();
    let plain = tokens.len() <= 16
        && !tokens.iter().any(|t| t.kind == Kind::Digits || t.is_any("?") || t.gap);
    let stem = |word: &str| word.chars().take(6).collect::<String>();
    let Some(at) = tokens.iter().position(|t| plain && profile::is_cancelled_word(&t.folded))
    else {
        return false;
    };
    let Some(said) = tokens.get(at).map(|t| stem(&t.folded)) else { return false };
    let behind = tokens.get(at + 1..).unwrap_or_default();
    let denied = behind.iter().position(|t| {
        words!("not nicht non pas ne no niet keine kein never nie mai jamais").has(&t.folded)
    });
    let given = denied.and_then(|at| behind.get(at + 1..)).unwrap_or_default().iter().any(|t| {
        words!("deliver delivered supply supplied send sent ship shipped liefern geliefert ausliefern livrer livrees livres \
            livree consegnare fornire consegnate spedire entregar leveren geleverd")
        .has(&t.folded)
    });
    given
        && scan
            .tokens
            .iter()
            .any(|t| t.gap && profile::is_cancelled_word(&t.folded) && stem(&t.folded) == said)
}

/// A question for a confirmation, a nod or the delivery.
fn is_harmless_question(scan: &Scan<'_>, stretch: &Stretch) -> bool {
    let tokens = scan.tokens.get(stretch.tokens.clone()).unwrap_or_default();
    let said = tokens.iter().filter(|t| t.is_alnum()).count();
    let asks_more = tokens.iter().any(|t| {
        words!(
            "why what which who whose how warum wieso weshalb was welche welcher wer wie pourquoi quoi quel quelle qui \
             comment combien perche cosa quale chi come quanto por que cual quien cuanto waarom wat welke wie hoe hoeveel \
             still noch encore ancora todavia nog right correct richtig korrekt stimmt stimmen juste correcte exact giusto corretto correcto juist klopt"
        )
        .has(&t.folded)
    });
    // 'Would this be possible?'
    let can = tokens.iter().any(|t| {
        words!("possible moglich machbar possibile posible mogelijk kunnen lukken").has(&t.folded)
    });
    !asks_more && (said <= NOD && !can || stretch.cues.has(Cues::ANSWER.and(Cues::DELIVERY)))
}

/// The verb, which orders as the noun alone does not.
static ORDERS: Phrases = Phrases::whole(&[
    "we order",
    "we hereby order",
    "i order",
    "i hereby order",
    "hereby order",
    "like to order",
    "want to order",
    "wish to order",
    "please order",
]);

/// 'The order of 20 pcs A was lost': the noun says that there is an order, and any other word what
/// became of it.
fn only_names_order(scan: &Scan<'_>, stretch: &Stretch, inside: &[&Mention], folded: &str) -> bool {
    let names = |word: &str| {
        words!(
            "order orders auftrag bestellung bestellungen commande commandes ordine ordini pedido pedidos bestelling po"
        )
        .has(word)
    };
    let asked = |words: &str| cues::of(words).has(Cues::ORDER);
    // 'Please accept this as our order for 50 A'
    let declares = |at: usize| pleas::declaring(scan, at, stretch.tokens.end).is_some();
    if ORDERS.are_in(&padded(folded)) || stretch.tokens.clone().any(declares) {
        return false;
    }
    if requests::is_order(scan, stretch.tokens.clone())
        || !asked(folded)
        || asked(&unnamed(folded, names))
    {
        return false;
    }
    let goods = inside.iter().filter(|m| is_product(m) || is_amount(m)).map(|m| m.tokens.end).max();
    (goods.unwrap_or(stretch.tokens.start)..stretch.tokens.end).any(|at| {
        let Some(token) = scan.token(at).filter(|t| t.kind == Kind::Word) else { return false };
        let small = scan.words(token.span).starts_with(char::is_lowercase) && token.folded.len() > 2;
        small
            && !names(&token.folded)
            && !crate::reading::text::lang::is_common(&token.folded)
            && !joins_goods(scan, at, inside)
            && !is_purpose(scan, at)
            && !words!(
                "net netto brutto gross each off excl vat mwst iva ht ttc below attached enclosed herewith here our new as follows follow number numero voici ci jointe \
                 notre suivante folgt anbei uber unten hierbij onze bijgevoegd allegato seguito nostro seguente \
                 adjunto adjunta nuestro siguiente parts teile pieces itself arrive arriving reach ship shipped"
            )
            .has(&token.folded)
    })
}

/// 'For job 7100', 'pour notre atelier': what goods are for.
fn is_purpose(scan: &Scan<'_>, at: usize) -> bool {
    let word = |at: usize| scan.token(at).map_or("", |t| t.folded.as_str());
    let leads = |at: usize| words!("for fur furs pour per voor para").has(word(at));
    let own = |at: usize| {
        words!("our the unser unsere unseren das die den notre nos le la il la nostro nostra onze")
            .has(word(at))
    };
    let numbered = scan.token(at + 1).is_some_and(|t| t.kind == Kind::Digits);
    crate::reading::text::noise::is_role(word(at)) && numbered
        || at >= 1 && leads(at - 1)
        || at >= 2 && own(at - 1) && leads(at - 2)
}

/// The folded words without those that only name an order.
fn unnamed(folded: &str, names: impl Fn(&str) -> bool) -> String {
    let kept: Vec<&str> =
        folded.split(' ').map(|word| if names(word) { "_" } else { word }).collect();
    kept.join(" ")
}

/// Turns of speech that say nothing of the goods.
static IDLE: Phrases = Phrases::whole(&[
    "how are you",
    "how are things",
    "wie geht ' s",
    "wie geht es dir",
    "wie geht es ihnen",
    "ca va",
    "comment allez - vous",
    "comment vas - tu",
    "come va",
    "come stai",
    "come state",
    "que tal",
    "hoe gaat het",
    "same procedure as always",
    "same procedure as every time",
    "the same procedure as last year",
    "same procedure as every year",
    "here we go again",
    "me again",
    "it ' s me again",
    "whenever you have the time",
    "whenever you have time",
    "when you have time",
    "whenever it suits you",
    "hope you are well",
    "hope you are keeping well",
    "hope you ' re keeping well",
    "hope you ' re both keeping well",
    "hope you are both well",
    "hope you ' re all well",
    "j ' espere que tu vas bien",
    "j ' espere que vous allez bien",
    "spero che tu stia bene",
    "spero che stiate bene",
    "ich hoffe , es geht ihnen gut",
    "ich hoffe , es geht dir gut",
    "ich hoffe es geht ihnen gut",
    "hope all is well",
    "hope this finds you well",
    "happy holidays",
    "wenn es passt",
    "quand vous avez le temps",
    "quando avete tempo",
]);

/// Whether a sentence says nothing but such a turn and what is polite.
pub(crate) fn is_idle(scan: &Scan<'_>, run: Range<usize>) -> bool {
    if standing_terms::are_meant(scan, &run) || remarks::are_meant(scan, &run) {
        return true;
    }
    let said = scan.padded(run);
    let Some(turn) = IDLE.find(&said) else { return false };
    let polite = |w: &str| is_courtesy(w) || !w.contains(char::is_alphanumeric);
    let beside = [said.get(..turn.start), said.get(turn.end..)];
    beside
        .into_iter()
        .flatten()
        .flat_map(str::split_whitespace)
        .all(|w| polite(w) || is_done_before(w))
}

/// 'Already', which only thanks and wishes may say.
fn is_done_before(word: &str) -> bool {
    words!("already bereits schon deja gia ya alvast reeds").has(word)
}

/// Greetings, thanks, courtesy; behind a form names too, which begin with capitals.
fn is_filler(scan: &Scan<'_>, stretch: &Stretch, inside: &[&Mention], behind: bool) -> bool {
    if stretch.is_idle(scan) || greets(scan, &stretch.tokens) {
        return true;
    }
    let name = |token: &Token| {
        scan.words(token.span).starts_with(char::is_uppercase)
            && !crate::reading::text::lang::is_common(&token.folded)
    };
    let short = stretch.tokens.len() <= 12;
    let opens = scan.token(stretch.tokens.start).is_some_and(|t| is_courtesy(&t.folded));
    stretch.tokens.clone().all(|at| {
        scan.token(at).is_none_or(|token| {
            token.kind == Kind::Mark
                || is_courtesy(&token.folded)
                || (behind || opens) && short && token.kind == Kind::Word && name(token)
                || behind && joins_goods(scan, at, inside)
        })
    })
}

/// 'Servus beinand,', 'Morning lads,': the first line of a text begins with a greeting and says no more
/// than whom it is for.
fn greets(scan: &Scan<'_>, run: &Range<usize>) -> bool {
    const MOST: usize = 6;
    let tokens = scan.tokens.get(run.clone()).unwrap_or_default();
    let greeting = words!(
        "hi hello hey dear morning good greetings afternoon evening happy howdy ahoy hallo hoi sali salu servus moin gruezi gruss grus guten liebe lieber \
         werte werter sehr mahlzeit tag bonjour bonsoir salut coucou cher chers chere cheres ciao salve buongiorno buonasera gentile gentili spettabile \
         spett egregio egregi caro cara cari carissimi hola buenos buenas estimado estimados muy beste geachte goedemorgen goedendag dag"
    );
    run.start == 0
        && tokens.len() <= MOST
        && tokens.first().is_some_and(|t| greeting.has(&t.folded))
        && tokens.last().is_some_and(|t| t.is_any(",!"))
        && tokens.iter().all(|t| t.kind != Kind::Digits && !t.is_any("?:;"))
        && !tokens.iter().any(|t| words!("order orders but not no").has(&t.folded))
}

/// 'EDI message attached.', 'Siehe Anhang', 'Voir fichier joint'.
fn points_to_file(scan: &Scan<'_>, stretch: &Stretch) -> bool {
    let mut tokens = scan.tokens.get(stretch.tokens.clone()).unwrap_or_default().iter();
    !stretch.question
        && tokens.all(|t| {
            t.is_any(".,:!()-")
                || is_courtesy(&t.folded)
                || announces_file(&t.folded)
                || words!(
                    "file files message edi edifact xml csv excel xlsx ubl opentrans see find the our is as in \
                     datei nachricht siehe im als finden sie unsere ci piece pieces fichier voir en le la notre \
                     vedi messaggio il nostro archivo ver zie bericht \
                     articles les lines items positions details listed figure figurent trouvent trouvez sont dans \
                     artikel positionen zeilen stehen aufgefuhrt der die den articoli righe sono elencati nel nell"
                )
                .has(&t.folded)
        })
}

/// 'EDI interchange 4471 from 7609999000017, message type ORDERS D.96A.': what a machine says of the
/// document that comes with the mail.
fn names_interchange(scan: &Scan<'_>, run: std::ops::Range<usize>) -> bool {
    let tokens = scan.tokens.get(run.clone()).unwrap_or_default();
    let named = |t: &Token| {
        words!("edi edifact interchange ubl peppol opentrans interscambio").has(&t.folded)
    };
    let known = |t: &Token| {
        named(t)
            || words!("message messages type orders order document doc id sender receiver recipient from to ref reference no nr \
                number version release gln un ean d nachricht nachrichtentyp typ absender empfanger von an bestellung \
                expediteur destinataire de a commande messaggio tipo mittente destinatario da ordine xml bis billing")
            .has(&t.folded)
    };
    tokens.len() <= 24
        && tokens.iter().any(named)
        && tokens.iter().all(|t| match t.kind {
            Kind::Word => known(t) || t.glued && t.folded.len() <= 2,
            Kind::Digits => true,
            Kind::Mark => !t.is('?'),
        })
}

/// Whether a word says that a file comes with the mail.
pub(crate) fn announces_file(word: &str) -> bool {
    words!(
        "attached attachment attachments enclosed enclosure pdf anhang anbei beilage beigefugt beiliegend angehangt jointe joint \
         jointes joints annexe allegato allegata allegati allegate adjunto adjunta adjuntos bijlage bijgevoegd"
    )
    .has(word)
}

/// Whether a word greets, thanks or is otherwise only polite.
pub(crate) fn is_courtesy(word: &str) -> bool {
    words!(
        "there everyone everybody folks tous toutes tutti zusammen allemaal hi hello hey dear sir sirs madam team all everybody good morning afternoon evening day mr mrs ms thanks thank you many \
         very much kind regards best wishes yours sincerely faithfully truly with and cheers please pls greetings \
         guten tag morgen abend gruezi hallo hoi moin servus sali liebe lieber sehr geehrte geehrter damen herren herr frau und \
         danke vielen besten herzlichen dank freundliche freundlichen grusse grussen gruss mit mfg lg beste bitte zusammen im voraus \
         bonjour salut bonsoir madame monsieur mesdames messieurs cher chers chere merci beaucoup d avance cordialement bien a vous \
         salutations distinguees meilleures nos et avec \
         buongiorno buonasera ciao salve gentile gentili spett spettabile egregi signori signore signora grazie mille cordiali \
         saluti distinti porgiamo anticipo in e \
         hola bunos bunas dias tardes estimados estimado senores senor senora gracias saludos cordiales un saludo atentamente muchas \
         hallo goedemorgen goedemiddag goedendag geachte heer mevrouw dank bedankt alvast groet groeten vriendelijke met vr"
    )
    .has(word)
}

/// Whether a word is 'order' with a letter too few, too many or wrong.
fn is_nearly_order(token: &Token, lang: Option<Lang>) -> bool {
    if token.kind != Kind::Word || !(4..=12).contains(&token.folded.len()) {
        return false;
    }
    let word = |word: &str, of: Lang| {
        lang.is_none_or(|lang| lang == of)
            && labels::is_slip(&token.folded, word)
            && !crate::reading::text::lang::is_common(&token.folded)
    };
    word("order", Lang::En)
        || word("bestellung", Lang::De)
        || word("commande", Lang::Fr)
        || word("ordine", Lang::It)
        || word("pedido", Lang::Es)
        || word("bestelling", Lang::Nl)
}
