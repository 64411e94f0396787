//! Whether an answer to an offer is said plainly: in a clause that holds nothing else, beside words
//! that neither name another number nor keep a part of the order back. 'Option 2 takes too long'
//! names an option and chooses none.

use std::ops::Range;

use super::bounds::awaits_word;
use super::chosen::{APPROVES, is_chosen};
use super::clauses::{LONG, clause};
use super::greeted::is_hailed;
use super::idle::Idle;
use super::offer::Offer;
use super::{is_option, is_polite, number_at};
use crate::reading::draft::Desk;
use crate::reading::sentences::accounts::is_courtesy;
use crate::reading::text::phrases::Phrases;
use crate::reading::text::units::{Unit, unit_at};
use crate::reading::text::{Kind, Scan, words};
use crate::reading::types::Choice;

/// What an answer is held against.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Beside<'a> {
    /// What the quoted offer says.
    pub(crate) offer: &'a Offer,
    /// What is chosen.
    pub(crate) choice: Choice,
    /// What of the mail claims nothing.
    pub(crate) idle: &'a Idle,
    /// What is known of the mail.
    pub(crate) desk: &'a Desk<'a>,
}

impl Beside<'_> {
    /// The end of a number that the offer names for this choice.
    pub(crate) fn figure(&self, scan: &Scan<'_>, at: usize) -> Option<usize> {
        let (number, end) = super::offer::number_at(scan, at, self.desk.lang)?;
        let named = match self.choice {
            Choice::Available => self.offer.has(number),
            Choice::Wait => self.offer.awaits(number),
            Choice::Cancel => false,
        };
        let whole = scan.token(at).is_some_and(|t| !t.glued);
        (named && whole).then_some(end)
    }

    /// 'We wait for the fifth one', where one line is short.
    fn awaits_one(&self, scan: &Scan<'_>, at: usize) -> bool {
        let ordinal = words!(
            "first second third fourth fifth sixth other last erste ersten zweite zweiten dritte dritten vierte vierten letzte letzten andere anderen \
             premier deuxieme troisieme quatrieme dernier derniere autre secondo terzo quarto quinto ultimo ultima altro"
        );
        let said = scan.token(at).is_some_and(|t| ordinal.has(&t.folded));
        said && self.choice == Choice::Wait && self.offer.is_one()
    }

    /// 'Until the missing 6 are in': what is awaited, where one line is short.
    fn awaits_rest(&self, word: &str) -> bool {
        let rest = words!(
            "rest remainder remaining outstanding balance missing others restlichen restliche fehlenden ubrigen reste restant restants manquantes manquants \
             solde resto restanti rimanenti mancanti mancano restante restantes faltantes ontbrekende resterende \
             are arrive arrives arrived come comes here back ready in eintreffen eintrifft kommen kommt da sind nachgeliefert soient sont arrivent arrivees arrive \
             arrivano arrivino arrivi sono siano llegan llegue lleguen estan binnen zijn komen aankomen"
        );
        self.choice == Choice::Wait && self.offer.is_one() && rest.has(word)
    }

    /// A word that helps to choose, or a courtesy.
    pub(crate) fn knows(&self, scan: &Scan<'_>, at: usize, clause: &Range<usize>) -> bool {
        let word = scan.token(at).map_or("", |t| t.folded.as_str());
        let before = at.checked_sub(1).and_then(|at| scan.token(at));
        let before = before.map_or("", |t| t.folded.as_str());
        let next = scan.token(at + 1).map_or("", |t| t.folded.as_str());
        belongs(word)
            || word == "part" && next == "sur"
            || word == "sur" && before == "part"
            || APPROVES.has(word)
            || is_polite(word)
            || is_option(word)
            || is_courtesy(word)
            || is_hailed(word)
            || names(scan, at, clause)
            || self.names_goods(scan, at, clause)
            || self.awaits_one(scan, at)
    }

    /// A word for the one product that is short: 'for the four caps'.
    fn names_goods(&self, scan: &Scan<'_>, at: usize, clause: &Range<usize>) -> bool {
        let names = &self.desk.catalog.index().names;
        let knows = |at: usize| {
            clause.contains(&at) && scan.token(at).is_some_and(|token| names.knows(token))
        };
        let article = |at: usize| {
            scan.token(at).is_some_and(|t| {
                words!("restlichen fehlenden remaining missing restants restantes manquants manquantes restanti mancanti the these those your our die der den das unsere les des nos le la i gli le los las nuestros de het onze")
                    .has(&t.folded)
            })
        };
        let counted =
            |at: usize| (at.saturating_sub(2)..at).any(|from| self.figure(scan, from) == Some(at));
        let first = (clause.start..=at).rev().take_while(|at| knows(*at)).last();
        self.offer.is_one()
            && first.is_some_and(|at| counted(at) || at > clause.start && article(at - 1))
    }
}

/// Whether the clause around some tokens says nothing but a choice.
pub(crate) fn is_plain(scan: &Scan<'_>, claim: &Range<usize>, beside: &Beside<'_>) -> bool {
    let clause = clause(scan, claim);
    let said = scan.padded(clause.clone());
    let supplied = || said.split(' ').any(is_replenishment) && !said.contains(" with ");
    if HOLDS_ON.are_in(&said) && !(beside.choice == Choice::Wait && supplied()) {
        return false;
    }
    if claim.len() == 1 && number_at(scan, claim.start).is_some() {
        if said.split(' ').any(is_amount) {
            return false;
        }
    } else if beside.choice == Choice::Wait
        && (awaits_else(scan, claim, &clause) || awaits_word(scan, claim, &clause))
    {
        return false;
    }
    if is_for_you(&said)
        || beside.choice == Choice::Cancel && is_of_several(scan, &clause)
        || beside.choice == Choice::Available && is_wished_as_list(&said)
    {
        return false;
    }
    if clause.len() > LONG || explains(scan, claim, &clause) || interrupts(scan, claim, &clause) {
        return false;
    }
    is_known(scan, claim, &clause, &said, beside) || is_chosen(scan, claim, &clause, beside)
}

/// 'Please cancel one of them', 'stornieren Sie eine davon'
fn is_of_several(scan: &Scan<'_>, clause: &Range<usize>) -> bool {
    let word = |at: usize| scan.token(at).map_or("", |t| t.folded.as_str());
    clause.clone().any(|at| {
        let this = words!("this that the whole which no").has(word(at.wrapping_sub(1)));
        word(at) == "one" && !this
            || words!("one eine einen eines une uno una een").has(word(at))
                && words!("of von davon der dei delle van").has(word(at + 1))
    })
}

/// 'Option 2 would be best for you'
fn is_for_you(said: &str) -> bool {
    const YOU: [&str; 9] = [
        " for you ",
        " fur sie ",
        " fur euch ",
        " pour vous ",
        " per voi ",
        " para ustedes ",
        " para usted ",
        " voor u ",
        " voor jullie ",
    ];
    YOU.iter().any(|you| said.contains(you))
}

/// 'Send me what you have as a list'
fn is_wished_as_list(said: &str) -> bool {
    said.split(' ').any(|word| words!("list liste lista lijst writing").has(word))
}

/// '2 is enough'
fn is_amount(word: &str) -> bool {
    words!("enough suffice sufficient reichen reicht genugen genugt genug suffisent suffit bastano basta bastan genoeg").has(word)
}

/// 'We have to wait', 'we wait for Mr Huber', 'we wait and then decide': no wish to wait for goods.
fn awaits_else(scan: &Scan<'_>, claim: &Range<usize>, clause: &Range<usize>) -> bool {
    let has = |at: usize, is: fn(&str) -> bool| scan.token(at).is_some_and(|t| is(&t.folded));
    let must = |word: &str| {
        words!("must have mussen muss devons dois dobbiamo devo debemos moeten moet").has(word)
    };
    let decides = |word: &str| {
        words!(
            "decide entscheiden entscheidet deciderons decider decidiamo decidere decidir beslissen"
        )
        .has(word)
    };
    let of = |word: &str| words!("for on auf su op por").has(word);
    let title = |word: &str| {
        words!("mr mrs ms herr herrn frau monsieur madame signor signora dhr mevr").has(word)
    };
    let named = |at: usize| has(at, of) && (has(at + 1, title) || names(scan, at + 2, clause));
    clause.clone().any(|at| has(at, must))
        || (claim.end..clause.end).any(|at| has(at, decides) || named(at))
}

/// 'As we wait, production stands still', 'good that you have option 2': the clause says why, or
/// meanwhile, or what of.
fn explains(scan: &Scan<'_>, claim: &Range<usize>, clause: &Range<usize>) -> bool {
    let word = |at: usize| scan.token(at).map_or("", |t| t.folded.as_str());
    let of_you =
        |at: usize| words!("that dass").has(word(at)) && words!("you sie ihr").has(word(at + 1));
    // 'Since there is no hurry we take option 2'
    let why = words!("as because since weil da puisque comme poiche siccome omdat");
    let meanwhile = words!("while wahrend solange obwohl pendant mentre terwijl although though");
    let first = word(clause.start);
    (clause.start..claim.start).any(of_you)
        || meanwhile.has(first)
        || claim.len() == 1 && why.has(first)
}

/// 'Wait, I did not order 7': a call, and no wish.
fn interrupts(scan: &Scan<'_>, claim: &Range<usize>, clause: &Range<usize>) -> bool {
    let wait = scan.token(claim.start).is_some_and(|t| t.folded == "wait");
    let goes_on = scan.token(clause.end).is_some_and(|t| t.is_any(",!-–—"))
        && scan.token(clause.end + 1).is_some_and(|t| !is_courtesy(&t.folded));
    let called = scan.token(clause.end).is_some_and(|t| t.is('!'));
    wait && clause.len() == 1 && (goes_on || called)
}

/// What comes when one waits, if it is not an answer.
fn is_replenishment(word: &str) -> bool {
    words!(
        "replenishment restock restocking resupply riassortimento nachschub nachlieferung reassort reapprovisionnement rifornimento reposicion aanvulling"
    )
    .has(word)
}

/// Whether every word of a clause is one that helps to choose, or is explained by the offer.
fn is_known(
    scan: &Scan<'_>,
    claim: &Range<usize>,
    clause: &Range<usize>,
    said: &str,
    beside: &Beside<'_>,
) -> bool {
    let unneeded = super::rest::gives_up(said);
    let easy = super::words::is_easy(said);
    let mut figure = clause.start;
    clause.clone().all(|at| {
        let Some(token) = scan.token(at).filter(|_| at >= figure) else { return true };
        if let Some(end) = beside.figure(scan, at) {
            figure = end;
            return true;
        }
        claim.contains(&at) && claim.len() <= 5
            || match token.kind {
                Kind::Mark => !token.is('?'),
                Kind::Digits => {
                    let lacks = || token.folded.parse().is_ok_and(|n| beside.offer.lacks(n));
                    lasts(scan, at)
                        || unneeded && lacks()
                        || clause.start == at && number_at(scan, at).is_some()
                        || beside.offer.is_about(token)
                }
                Kind::Word => {
                    beside.knows(scan, at, clause)
                        || lasts(scan, at) && is_number(scan, at, beside)
                        || is_time(&token.folded)
                            && at.checked_sub(1).is_some_and(|at| lasts(scan, at))
                        || unneeded && is_given_up(&token.folded)
                        || beside.awaits_rest(&token.folded)
                        || easy && super::words::eases(&token.folded)
                }
            }
    })
}

/// A number in words.
fn is_number(scan: &Scan<'_>, at: usize, beside: &Beside<'_>) -> bool {
    super::offer::number_at(scan, at, beside.desk.lang).is_some() || number_at(scan, at).is_some()
}

/// The clauses of an answer whose numbers the offer has named: they order nothing by themselves.
pub(crate) fn explained(
    scan: &Scan<'_>,
    claimed: &[Range<usize>],
    beside: &Beside<'_>,
) -> Vec<Range<usize>> {
    let clauses = claimed.iter().map(|claim| (claim, clause(scan, claim)));
    let named = |clause: &Range<usize>| clause.clone().any(|at| beside.figure(scan, at).is_some());
    let plain = clauses.filter(|(claim, clause)| named(clause) && is_plain(scan, claim, beside));
    plain.map(|(_, clause)| clause).collect()
}

/// What is said of goods that are given up.
fn is_given_up(word: &str) -> bool {
    words!(
        "oublie oublions annullatelo annullatela found find elsewhere anderweitig woanders gefunden ailleurs trouve altrove trovato elders erledigt hat sich hoeft hoeven tant pis pazienza never mind bother without live restlichen restliche rest reste resto remaining remainder balance missing others other autres altri altre demas anderen ubrigen forget about drop skip needed need \
         required necessary longer left out brauchen benotigen benotigt gebraucht notig mehr nicht entfallen entfallt weglassen streichen vergessen fallt weg \
         solde saldo manquant manquante manquants manquantes last one fehlende fehlenden mancante mancanti \
         plus pas besoin necessaire necessaires inutile oubliez laissez tomber serve servono serve piu occorrono occorre lasciate perdere stare dimenticate \
         hace hacen falta necesitamos niet nodig meer"
    )
    .has(word)
}

/// Asks us to hold on; that is no wish to wait for goods.
static HOLDS_ON: Phrases = Phrases::whole(&[
    "please wait",
    "wait please",
    "wait a",
    "bitte warten",
    "warten sie",
    "warte bitte",
    "veuillez patienter",
    "veuillez attendre",
    "attendez",
    "patientez",
    "aspettate",
    "attendete",
    "esperen",
    "espere",
    "even wachten",
    "wacht even",
    "hold on",
]);

/// '14 days', 'two weeks'.
pub(crate) fn lasts(scan: &Scan<'_>, at: usize) -> bool {
    unit_at(scan, at + 1).is_some_and(|(unit, _)| unit == Unit::Time)
        || scan.token(at + 1).is_some_and(|t| is_time(&t.folded))
}

pub(crate) fn is_time(word: &str) -> bool {
    words!(
        "fortnight fortnights quinzaine month months monat monate monaten mois mese mesi maand maanden day days week weeks tag tage tagen woche wochen jour jours semaine semaines giorno giorni settimana settimane dia dias \
         semana semanas dag dagen week weken"
    )
    .has(word)
}

/// Words that are polite only where they close what is said.
fn is_verb(word: &str) -> bool {
    words!("it is s per").has(word)
}

/// A name that somebody is greeted by, or signs with.
fn names(scan: &Scan<'_>, at: usize, clause: &Range<usize>) -> bool {
    scan.token(at).is_some_and(|t| {
        let capital = scan.words(t.span).starts_with(char::is_uppercase);
        let before = at.checked_sub(1).and_then(|before| scan.token(before));
        let joins = words!("mit with avec con und and et e met a vous nos in un im");
        let greeted = before.is_some_and(|b| {
            (is_courtesy(&b.folded) || is_polite(&b.folded) && !is_verb(&b.folded))
                && !joins.has(&b.folded)
                || scan.words(b.span).starts_with(char::is_uppercase)
        });
        capital && greeted && at > clause.start && !crate::reading::text::lang::is_common(&t.folded)
    })
}

/// Words that help to choose.
pub(crate) fn belongs(word: &str) -> bool {
    words!(
        "both all beide beiden alle tous entrambi entrambe tutti tutte ambos items articles artikel articoli diesmal fois cette stavolta volta questa here leider malheureusement \
         plutot purtroppo piuttosto unfortunately sadly helaas lets nicely geht klar its halt mal tres favore cortesia renoncons renonce verzichten verzichte rinunciamo rinuncio alles bleiben bleibe vollen volle down put vi parfaitement perfettamente chiediamo chiedo preghiamo demandons list liste lista keep ab prie prions vouloir consegnare w make riassortimento insieme zusammen together ensemble egalement anche auch also hence arrivo arrivee arrival eintreffen ankunft replenishment restock restocking resupply nachschub nachlieferung reassort reapprovisionnement rifornimento reposicion aanvulling goods ware marchandise merce parts teile \
         plait veuillez ruhig nach bitten um perfectly alright absolutely totally vollig durchaus absolut refer message hereby must have mussen muss devons dois dobbiamo devo moeten accontentiamo contentons contenterons plait ahead delay loschen begnugen gardons gaan voor case that caso questo tal fall diesem dem dans ce dat geval ese re ve m s kindly there need passt bei shelf che mancano mancanti following folgende folgenden neue neuen position positionen zeilen suivantes nouvelles lignes seguenti nuove righe annulez svp we i us our me my it is be will would ll ' d the a an to for of with then so therefore that this one please ok okay fine good \
         choose choosing chose select take taking go going opt pick prefer want like need wish decide decided stick suits works cancel cancelled \
         cancellation wait waiting order orders purchase entire whole complete completely all everything goods replenishment replenished restock delivery \
         backorder supplier stock available can could rather happy happily gladly just simply only what you have there whatever send ship now in and \
         until till again by from your missing ones accept agree agreed yes sorry no not new lines line number nr n deliver supply today \
         waiting proceed proceeding as per full quantity reference message perfect follows below let go going get got those these them can manage do does enough sufficient \
         time fine works patient patiently answer is our choice pieces piece pcs units hereby therefore withdraw whatever quantity quantities \
         amount units reorder okay with \
         wir ich uns mich es ist sei wird werden wurde der die das den dem ein eine auf fur mit von zu zur zum dann also daher bitte ok gut \
         nehmen nehme wahlen wahle entscheiden entscheide mochten mochte gerne gern wunschen wollen stornieren storniere storno stornierung \
         annullieren annulliere warten warte abwarten bestellung auftrag bestellungen ganze ganzen gesamte gesamten komplett vollstandig nachlieferung lieferung ware lager \
         entscheiden uns deshalb darum somit eben sind nachbestellen folgt unten wie folgende ihnen ihrem fehlenden einverstanden reichen genugen genug reicht genugt \
         stuck stk menge mengen an am auf lager vorrat haben habt ihr euch einfach nachbestellen lassen so schicken schickt liefert sendet bestellen \
         vorhandenen verfugbaren lieferbaren vorratigen diese dieser dieses damit zeit gut okay in ordnung einen \
         ausfuhren konnen kann was da ist sie haben verfugbar verfugbaren vorhanden lieferbar liefern schicken senden bis wieder ja nur doch lieber \
         nous je on il vous c ' est ce sera serait le la les l un une de d du des pour avec au aux a en donc alors bien d accord oui \
         choisissons choisis choisit prenons prends prend optons opte optez preferons prefere souhaitons souhaite voulons voudrions annuler annulez annule \
         annulation annulons attendre attendons attends attend attendrons patienter patientons commande commandes entiere complete totalite livraison reapprovisionnement \
         pouvons peux puis vous nous n bien volontiers donc notre nos cette ces pieces piece unites suffisent suffit semaines semaine delai simplement \
         juste seulement chez votre fournisseur commander commandez optons ok d accord parfait pourriez merci lieu ainsi suit ci dessous quantites quantite \
         stock disponible disponibles qu y avez envoyez livrez envoyer livrer que qui \
         noi io ci e sia per con di del della dei delle dello il lo la le i gli un una uno al alla allora quindi dunque va bene si \
         scegliamo scelgo prendiamo prendo optiamo preferiamo vogliamo vorremmo annullare annullate annulliamo annullamento cancellare cancellate aspettiamo aspetto \
         aspettare aspetteremo attendiamo attendere attenderemo ordine ordini intero completo tutto consegna rifornimento merce magazzino quello che avete c disponibile \
         possiamo posso volentieri quindi nostro nostra questi queste pezzi pezzo bastano basta settimane settimana pure solo soltanto semplicemente \
         vostro suo fornitore ordinare ordinate ordinatele ordinateli mandate mandateci inviateci speditemi speditici segue sotto quantita seguito procedere proceda \
         procediamo i gli ce l ne anche dell optare noi \
         disponibili spedite inviate \
         nosotros el los las un una de del por para con entonces pues si vale elegimos elijo escogemos preferimos queremos cancelar cancelen cancele \
         podemos puedo nuestro nuestra estas estos piezas semanas semana solo su proveedor pidan envien bastan nos quedamos decidimos \
         anular anulen anulamos cancelamos esperamos esperar espero pedido pedidos completo reposicion entrega mercancia lo que hay tienen \
         wij ik ons het de een voor met van dan dus graag maar doe kiezen kies nemen neem willen wil annuleren annuleer annulering wachten \
         bestelling order hele volledige levering voorraad wat er jullie hebben wel op kunnen kan stuks deze die weken tijd uw leverancier bestel \
         mancante mancanti materiale manquant manquante manquants manquantes materiel marchandise marchandises faltante faltantes falta faltan material fehlende \
         ontbrekende ontbreekt goederen \
         por favor change reduce adjust amend lower quantity andern reduzieren kurzen anpassen modifier modifiez reduire reduisez modificare modificate ridurre riducete \
         heeft hebt stuur lever genoeg voldoende volstaan zijn is sufficienti sono suficientes son prima akkoord gewoon alleen daarom onze"
    )
    .has(word)
}
