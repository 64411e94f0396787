//! Labels that can mean two things, decided by the values and by the other fields.

use std::ops::Range;

use super::fields::Field;
use super::labels::{self, Label};
use super::values::{self, DateValue};
use crate::reading::draft::{Amount, Desk, Named};
use crate::reading::prose::amounts;
use crate::reading::text::{Kind, Scan, fold_phrase, words};
use crate::reading::types::Problem;

/// Whether a run of tokens holds a code of a product, or a product's whole name with an amount: 'Bitte
/// liefern: 20 Stk. HS-100' is no day and no place.
pub(crate) fn holds_goods(scan: &Scan<'_>, run: Range<usize>, desk: &Desk<'_>) -> bool {
    let counted = || {
        run.clone()
            .any(|at| amounts::amount_within(scan, at, run.end, desk).is_some_and(|hit| hit.marked))
    };
    let mut coded = false;
    let mixed = run.clone().any(|at| {
        let hit = desk.catalog.index().code_at(scan, at, desk.domain);
        hit.filter(|hit| hit.end <= run.end).is_some_and(|hit| {
            coded = true;
            let words = scan.run(at..hit.end);
            words.chars().any(char::is_alphabetic) && words.bytes().any(|b| b.is_ascii_digit())
        })
    });
    let named = || desk.catalog.index().names.find(scan, run.clone()).iter().any(|hit| hit.full);
    mixed || (coded || named()) && counted()
}

/// French 'nombre: 20' counts, Spanish 'nombre: Motor' names.
pub(crate) fn nombre(scan: &Scan<'_>, field: &mut Field) {
    let said = || field.label_span.map(|span| fold_phrase(scan.words(span))).unwrap_or_default();
    let counts = |at: usize| scan.token(at).is_some_and(|t| t.kind == Kind::Digits);
    if field.label == Label::Name && counts(field.value.start) && said().trim() == "nombre" {
        field.label = Label::Quantity;
    }
}

/// 'Die Ware geht an: Sie zurück': goods go to a place only where a postcode tells one.
pub(crate) fn is_no_place(scan: &Scan<'_>, field: &Field) -> bool {
    let said = || field.label_span.map(|span| fold_phrase(scan.words(span))).unwrap_or_default();
    let run = scan.tokens.get(field.value.clone()).unwrap_or_default();
    let postcode = run.iter().any(|t| t.kind == Kind::Digits && (4..=5).contains(&t.folded.len()));
    let place = postcode && run.iter().any(|t| t.is(','));
    let goes = || said().split(' ').any(|word| words!("geht go goes va").has(word));
    field.label == Label::Address && !place && goes()
}

/// 'Amount: 20' counts where no field does, and none has a price.
pub(crate) fn amounts(scan: &Scan<'_>, fields: &mut [Field]) {
    const MOST: usize = 4;
    let has = |label| fields.iter().any(|field| field.label == label);
    let said = |field: &Field| {
        let label = field.label_span.map(|span| fold_phrase(scan.words(span))).unwrap_or_default();
        field.label == Label::Amount && label.trim() == "amount"
    };
    let whole = |field: &Field| {
        let mut tokens = scan.tokens.get(field.value.clone()).unwrap_or_default().iter();
        tokens.next().is_some_and(|t| t.kind == Kind::Digits && t.folded.len() <= MOST)
            && tokens.all(|t| crate::reading::text::units::unit_of(&t.folded).is_some())
    };
    let counts = !has(Label::Quantity)
        && !has(Label::Price)
        && fields.iter().filter(|field| field.label == Label::Amount).all(|f| said(f) && whole(f));
    for field in fields.iter_mut().filter(|field| counts && field.label == Label::Amount) {
        field.label = Label::Quantity;
    }
}

/// Whether a field is none, as its value or, where it has none, the next line holds goods: 'Bitte liefern: 20
/// Stk. HS-100'.
fn leads_to_goods(scan: &Scan<'_>, field: &Field, desk: &Desk<'_>) -> bool {
    let said = || field.label_span.map(|span| fold_phrase(scan.words(span))).unwrap_or_default();
    let below = || scan.lines.get(field.line + 1).map(|line| line.tokens.clone());
    let run = if field.value.is_empty() { below() } else { Some(field.value.clone()) };
    let Some(run) = run else { return false };
    let undated = || matches!(values::date(scan, run.clone(), desk).0, DateValue::Unreadable);
    let open = match field.label {
        Label::Delivery => undated() || labels::exact(&said()).is_none(),
        // 'Bitte liefern' is nearly 'bitte liefern an'.
        Label::Address => labels::exact(&said()).is_none(),
        // 'Items: 75 x VC-12, 1 x IM-5'
        Label::Product | Label::Code => return counts_several(scan, field, &run, desk),
        _ => false,
    };
    open && holds_goods(scan, run, desk)
}

/// Takes out the fields whose values are lists of goods, but for the labels of such lists. Beside a field for
/// the quantity, a list leaves open what is meant.
pub(crate) fn lists_goods(scan: &Scan<'_>, fields: &mut Vec<Field>, desk: &Desk<'_>) -> Vec<Field> {
    let counted = fields.iter().any(|field| field.label == Label::Quantity);
    let mut heads = Vec::new();
    fields.retain(|field| {
        let goods = field.label.names_goods();
        let kept = counted && goods || !leads_to_goods(scan, field, desk);
        let label = field.label_span.filter(|_| goods && !kept && field.leads);
        heads.extend(label.map(|label| {
            let colon = scan.tokens.partition_point(|t| t.span.start < label.end);
            Field { label: Label::Other, value: colon..colon + 1, ..field.clone() }
        }));
        kept
    });
    heads
}

/// Whether a value, or the lines below a label, name several goods, each with its amount.
fn counts_several(scan: &Scan<'_>, field: &Field, run: &Range<usize>, desk: &Desk<'_>) -> bool {
    let counted = run
        .clone()
        .filter(|at| {
            let times = scan.token(*at).is_some_and(|t| matches!(t.folded.as_str(), "x" | "×"))
                && scan.token(at + 1).is_some_and(|t| t.kind == Kind::Digits);
            times || amounts::amount_within(scan, *at, run.end, desk).is_some_and(|hit| hit.marked)
        })
        .count();
    if field.value.is_empty() {
        return counted > 0 && holds_goods(scan, run.clone(), desk);
    }
    let index = desk.catalog.index();
    let mut products: Vec<u32> = Vec::new();
    for at in run.clone() {
        let code = index.code_at(scan, at, desk.domain).filter(|hit| hit.end <= run.end);
        products
            .extend(code.filter(|hit| hit.end > at + 1).into_iter().flat_map(|hit| hit.products));
    }
    let full = index.names.find(scan, run.clone()).into_iter().filter(|hit| hit.full);
    products.extend(full.flat_map(|hit| hit.products.clone()));
    products.sort_unstable();
    products.dedup();
    counted >= 2 && products.len() >= 2
}

/// 'Lieferung: DAP Baar', 'Delivery: free house': who pays for the way, and no day.
fn is_way(scan: &Scan<'_>, field: &Field) -> bool {
    let tokens = scan.tokens.get(field.value.clone()).unwrap_or_default();
    let first = tokens.first().map_or("", |t| t.folded.as_str());
    let second = tokens.get(1).map_or("", |t| t.folded.as_str());
    let plain = tokens.iter().all(|t| t.kind != Kind::Digits && !t.is_any("?!;:"));
    let term = words!("exw fca fas fob cfr cif cpt cip dap dpu ddp dat ddu").has(first);
    let free = matches!(
        (first, second),
        ("frei", "haus")
            | ("free", "house")
            | ("franco", "domicile" | "destino" | "fabbrica")
            | ("ab", "werk")
            | ("porto", "franco")
            | ("carriage", "paid")
            | ("ex", "works")
    );
    plain && tokens.len() <= 6 && (term || free)
}

/// Decides labels that can mean two things by their values.
pub(crate) fn settle_label(scan: &Scan<'_>, field: &Field, desk: &Desk<'_>) -> Field {
    let mut field = field.clone();
    match field.label {
        Label::AnyReference => {
            let named = values::product(scan, field.value.clone(), Label::Code, desk).0;
            field.label =
                if matches!(named, Named::One(_) | Named::Several(_) | Named::Contradiction) {
                    Label::Code
                } else {
                    Label::Reference
                };
        }
        // 'Bestell-Nr.' and 'Riferimento' may head a product too.
        Label::Reference => {
            let label = field.label_span.map_or("", |span| scan.words(span)).to_lowercase();
            let own = ["our", "unser", "notre", "ns", "nostr", "po", "purchase"]
                .iter()
                .any(|w| label.contains(w));
            let named = values::product(scan, field.value.clone(), Label::Code, desk).0;
            if !own
                && matches!(named, Named::One(_))
                && !label.contains("order")
                && !label.contains("ord")
            {
                field.label = Label::Code;
            }
        }
        // 'Amount: 20 pcs' is no money.
        Label::Amount => {
            let amount = amounts::quantity(scan, field.value.clone(), desk);
            if matches!(
                amount,
                Some(Amount::Of { unit: Some(crate::reading::text::units::Unit::Pieces(_)), .. })
            ) {
                field.label = Label::Quantity;
            }
        }
        Label::Delivery if is_way(scan, &field) => field.label = Label::Other,
        Label::Delivery => {
            let (value, _) = values::date(scan, field.value.clone(), desk);
            let letters = field
                .value
                .clone()
                .filter(|i| scan.token(*i).is_some_and(|t| t.kind == Kind::Word))
                .count();
            if value == DateValue::Unreadable && letters >= 2 && field.value.len() >= 4 {
                field.label = Label::Address;
            }
        }
        _ => {}
    }
    field
}

/// 'Reference' names a product in each block where it names one of ours in some block.
pub(crate) fn same_label(scan: &Scan<'_>, fields: &mut [Field]) {
    let words = |field: &Field| field.label_span.map(|span| scan.words(span).to_lowercase());
    let coded: Vec<String> =
        fields.iter().filter(|f| f.label == Label::Code).filter_map(words).collect();
    for field in fields.iter_mut().filter(|f| f.label == Label::Reference) {
        if words(field).is_some_and(|label| coded.contains(&label)) {
            field.label = Label::Code;
        }
    }
}

/// 'Item: 1' above 'Product ID: …' numbers a block, where all such numbers are 1, 2, 3 or 10, 20, 30.
pub(crate) fn number_items(scan: &Scan<'_>, fields: &mut [Field]) {
    let of_item = |field: &Field| {
        let label = field.label_span.map_or("", |s| scan.words(s)).to_lowercase();
        field.label == Label::Product
            && ["item", "line", "artikel", "article", "articolo", "pos", "riga", "ligne", "zeile"]
                .contains(&label.trim_matches(|c: char| !c.is_alphabetic()))
    };
    let numbers: Vec<Option<u32>> = fields
        .iter()
        .filter(|f| of_item(f))
        .map(|f| scan.run(f.value.clone()).trim().parse().ok())
        .collect();
    let named = fields.iter().filter(|f| f.label.names_goods() && !of_item(f));
    let coded = named.filter(|f| f.label != Label::Name).count();
    let counts = |step: u32| {
        (1..).zip(&numbers).all(|(place, number): (u32, _)| *number == place.checked_mul(step))
    };
    if numbers.is_empty() || coded < numbers.len() || !(counts(1) || counts(10)) {
        return;
    }
    for field in fields.iter_mut() {
        if of_item(field) {
            field.label = Label::Position;
        }
    }
}

/// 'Name' beside 'Product 1', 'Product 2' is that of a person, and so is one between 'Company' and 'Phone'.
pub(crate) fn persons(scan: &Scan<'_>, fields: &mut [Field], desk: &Desk<'_>) {
    let numbered = |f: &Field| f.index.is_some() && f.label.names_goods();
    if !fields.iter().any(numbered) {
        let of_person: Vec<bool> =
            (0..fields.len()).map(|at| is_person(scan, fields, at, desk)).collect();
        for (field, person) in fields.iter_mut().zip(of_person) {
            if person {
                field.label = Label::Other;
            }
        }
        return;
    }
    for field in fields.iter_mut().filter(|f| f.label == Label::Name && f.index.is_none()) {
        field.label = Label::Other;
    }
}

/// 'Name: Ann Lee' right before or behind 'Company', 'Phone' or 'E-mail', with no field of a line beside it.
fn is_person(scan: &Scan<'_>, fields: &[Field], at: usize, desk: &Desk<'_>) -> bool {
    let Some(field) = fields.get(at).filter(|f| f.label == Label::Name) else { return false };
    let said = field.label_span.map(|span| fold_phrase(scan.words(span))).unwrap_or_default();
    let contact = |field: &Field| {
        let said = field.label_span.map(|span| fold_phrase(scan.words(span))).unwrap_or_default();
        field.label == Label::Other
            && said.split(' ').any(|word| {
                words!(
                    "company firm phone telephone tel mobile mail email firma unternehmen telefon mobil societe entreprise courriel \
                     azienda ditta telefono empresa sociedad correo bedrijf telefoon customer kunde client cliente klant"
                )
                .has(word)
            })
    };
    let beside = [at.checked_sub(1), at.checked_add(1)];
    let mut near = beside.into_iter().flatten().filter_map(|at| fields.get(at));
    let of_line = |f: &Field| f.label.names_goods() || f.label == Label::Quantity;
    let tokens = scan.tokens.get(field.value.clone()).unwrap_or_default();
    let name = |t: &crate::reading::text::Token| match t.kind {
        Kind::Word => {
            let known = desk.catalog.index().names.knows(t);
            !known && (scan.words(t.span).starts_with(char::is_uppercase) || t.folded.len() <= 3)
        }
        Kind::Digits => false,
        Kind::Mark => t.is_any(".-'’"),
    };
    let mut label = said.split(' ').filter(|word| word.chars().any(char::is_alphanumeric)).rev();
    let named = label.next().is_some_and(|word| words!("name nom nome nombre naam").has(word));
    let yours = words!("your ihr votre vostro suo su uw full");
    named
        && label.all(|word| yours.has(word))
        && near.clone().any(contact)
        && !near.any(of_line)
        && (2..=8).contains(&tokens.len())
        && tokens.iter().all(name)
}

/// 'Type: test' beside 'Product 1', 'Product 2': what is no product of ours may say what the form is for.
pub(crate) fn unnumbered(scan: &Scan<'_>, fields: &[&Field], desk: &Desk<'_>) -> Option<Problem> {
    let field = fields.iter().filter(|f| f.label.names_goods()).find(|f| {
        let named = values::product(scan, f.value.clone(), f.label, desk).0;
        named == Named::Unknown
    })?;
    Some(super::doubts::open(scan.run(field.value.clone())))
}

/// 'Items: 12.12.2025': a day under the label of a product, which is none.
pub(crate) fn is_no_product(scan: &Scan<'_>, field: &Field, desk: &Desk<'_>) -> bool {
    let digits = scan.token(field.value.start).is_some_and(|t| t.kind == Kind::Digits);
    field.label.names_goods()
        && digits
        && field.value.len() >= 3
        && crate::reading::dates::date_at(scan, field.value.start, desk.calendar())
            .is_some_and(|(when, end)| when.day().is_some() && end >= field.value.end)
}

/// 'Artikel 1' above 'Menge', 'Artikel 2' above 'Menge': the numbers only count the blocks, where one quantity
/// without a number stands between each of them and the next.
pub(crate) fn numbered_goods(fields: &mut [Field]) {
    let of_line = |f: &&Field| f.label.names_goods() || f.label == Label::Quantity;
    let lines: Vec<&Field> = fields.iter().filter(of_line).collect();
    let pair = |(place, pair): (u32, &[&Field])| {
        matches!(pair, [goods, count] if goods.label.names_goods()
            && goods.index == Some(place)
            && count.label == Label::Quantity
            && count.index.is_none())
    };
    let counted = lines.len() >= 4 && (1..).zip(lines.chunks(2)).all(pair);
    let alone = fields.iter().all(|f| f.index.is_none() || f.label.names_goods());
    if counted && alone {
        for field in fields.iter_mut() {
            field.index = None;
        }
    }
}

/// 'Amount: 40' beside products is how many, where no field says 'quantity' and none a price.
pub(crate) fn counted_amounts(scan: &Scan<'_>, fields: &mut [Field], desk: &Desk<'_>) {
    let said = |field: &Field| field.label_span.map_or("", |s| scan.words(s)).to_lowercase();
    let own = |field: &Field| said(field).contains("quant") || said(field).contains("qty");
    if fields.iter().any(|f| f.label == Label::Price || f.label == Label::Quantity && own(f)) {
        return;
    }
    let products =
        fields.iter().filter(|f| f.label.names_goods() && f.label != Label::Name).count();
    let counts = |field: &Field| {
        let words = said(field);
        let amount = words.trim_matches(|c: char| !c.is_alphabetic()) == "amount";
        let whole = scan.run(field.value.clone()).trim().bytes().all(|b| b.is_ascii_digit());
        amount && whole && amounts::quantity(scan, field.value.clone(), desk).is_some()
    };
    let amounts: Vec<usize> = (0..fields.len())
        .filter(|at| fields.get(*at).is_some_and(|f| f.label == Label::Amount && counts(f)))
        .collect();
    let quantities = fields.iter().filter(|f| f.label == Label::Quantity).count();
    if quantities + amounts.len() == products {
        for at in amounts {
            if let Some(field) = fields.get_mut(at) {
                field.label = Label::Quantity;
            }
        }
    }
}
