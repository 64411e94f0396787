//! What the cells of a table are, where headings do not say it, and which tables order nothing.

use super::columns::{Row, is_day};
use super::rows;
use super::totals::is_total;
use crate::reading::dates::When;
use crate::reading::draft::{Amount, Desk, Named, Wish};
use crate::reading::files;
use crate::reading::forms::labels::{self, Label};
use crate::reading::forms::values::{self, DateValue};
use crate::reading::names::index::CodeKind;
use crate::reading::prose::amounts;
use crate::reading::tables::{self, Cell, Heading, cells, columns, has_alnum, names};
use crate::reading::text::units::{self, Unit};
use crate::reading::text::{Scan, words};
use crate::reading::types::{Field, Part, Problem, ProblemCode};

/// Most rows that are looked at to tell what a column holds.
const SAMPLE: usize = 12;
/// Most lines between the two parts of a table that goes on.
const BETWEEN: usize = 8;
/// Days after which an order's own date is none of a new one.
const LONG_AGO: u64 = 30;

/// A table that orders nothing, and says nothing of the order that stands beside it.
#[derive(Debug)]
pub(crate) struct Aside {
    /// Its lines.
    pub(crate) lines: Vec<usize>,
    /// What is wrong with it where there is no order beside it.
    pub(crate) problem: Option<Problem>,
}

/// The rows right below a line.
fn sample(scan: &Scan<'_>, line: usize) -> Vec<Vec<Cell>> {
    let mut rows = Vec::new();
    let mut blanks = 0;
    for at in line + 1..scan.lines.len() {
        if rows.len() >= SAMPLE || blanks > 1 {
            break;
        }
        let blank = scan.lines.get(at).is_some_and(crate::reading::text::TextLine::is_blank);
        blanks = if blank { blanks + 1 } else { 0 };
        let row = cells(scan, at);
        if row.len() >= 2 {
            rows.push(row);
        }
    }
    rows
}

/// The filled cells of a column.
fn filled<'c>(
    scan: &Scan<'_>,
    rows: impl Iterator<Item = &'c Vec<Cell>>,
    heads: &[Heading],
    place: usize,
    tabbed: bool,
) -> Vec<&'c Cell> {
    rows.filter(|row| !is_total(scan, row))
        .filter_map(|row| {
            let places = columns(row, heads, tabbed);
            row.iter().zip(places).find(|(_, p)| *p == place).map(|(cell, _)| cell)
        })
        .filter(|cell| has_alnum(scan, cell))
        .collect()
}

/// Whether a cell is nothing but a code of ours, or a barcode. A short number is no code by itself.
pub(crate) fn is_code(scan: &Scan<'_>, cell: &Cell, desk: &Desk<'_>) -> bool {
    let hit = desk.catalog.index().code_at(scan, cell.tokens.start, desk.domain);
    let words = scan.run(cell.tokens.clone());
    let long = words.len() >= 4 || words.contains(char::is_alphabetic);
    long && hit.is_some_and(|hit| hit.end == cell.tokens.end && hit.products.len() == 1)
}

/// Columns whose cells are codes or names of ours name products, whatever stands above them.
pub(crate) fn products(scan: &Scan<'_>, line: usize, heads: &mut [Heading], desk: &Desk<'_>) {
    // 'No.' heads codes, too.
    let open = |h: &Heading| {
        matches!(h.label, None | Some(Label::Reference | Label::AnyReference | Label::Position))
    };
    if !heads.iter().any(open) {
        return;
    }
    let tabbed = scan.lines.get(line).is_some_and(|l| l.tabbed);
    let rows = sample(scan, line);
    let named = heads.iter().any(|h| h.label.is_some_and(names));
    let snapshot = heads.to_vec();
    for (place, head) in heads.iter_mut().enumerate().filter(|(_, head)| open(head)) {
        let cells = filled(scan, rows.iter(), &snapshot, place, tabbed);
        let codes = cells.iter().filter(|cell| is_code(scan, cell, desk)).count();
        if codes > 0 && codes * 3 >= cells.len() * 2 {
            head.label = Some(Label::Code);
            continue;
        }
        if head.label == Some(Label::Position) {
            continue;
        }
        let full = |cell: &&&Cell| {
            let (named, _) = values::product(scan, cell.tokens.clone(), Label::Name, desk);
            matches!(named, Named::One(_))
                && scan.run(cell.tokens.clone()).contains(char::is_alphabetic)
        };
        let goods = cells.iter().filter(full).count();
        if !named && goods > 0 && goods == cells.len() {
            head.label = Some(Label::Product);
        }
    }
}

/// Codes of which none is ours, beside names that each are one of ours in full: the customer's own.
/// One that is written like ours may be a slip, or mean other goods.
pub(crate) fn own_codes(
    scan: &Scan<'_>,
    body: &[Row],
    heads: &mut [Heading],
    tabbed: bool,
    desk: &Desk<'_>,
) {
    let coded = |h: &&mut Heading| matches!(h.label, Some(Label::Code | Label::Product));
    let snapshot = heads.to_vec();
    let mut codes = heads.iter_mut().filter(coded);
    let (Some(head), None) = (codes.next(), codes.next()) else { return };
    let Some(place) = snapshot.iter().position(|h| h.label == head.label) else { return };
    let mut rows = 0;
    for (_, row) in body.iter().filter(|(_, row)| !is_total(scan, row)) {
        let places = columns(row, &snapshot, tabbed);
        let label = |at: usize| snapshot.get(at).and_then(|h| h.label);
        let cell = row.iter().zip(&places).find(|(_, p)| **p == place).map(|(cell, _)| cell);
        let Some(cell) = cell.filter(|cell| has_alnum(scan, cell)) else { continue };
        let hit = desk.catalog.index().code_at(scan, cell.tokens.start, desk.domain);
        match hit.map(|hit| hit.kind) {
            Some(CodeKind::Customer) => {}
            Some(CodeKind::Reference | CodeKind::Barcode) => return,
            None => {
                let mut cells = row.iter().zip(&places);
                let whole = cells.find(|(c, at)| rows::names_whole(scan, label(**at), c, desk));
                let Some((name, _)) = whole else { return };
                if is_like_ours(scan, cell, name, desk) {
                    return;
                }
                rows += 1;
            }
        }
    }
    if rows > 0 {
        head.label = Some(Label::OwnCode);
    }
}

/// Whether a code begins as that of the product that a cell names does, or is a number like it.
fn is_like_ours(scan: &Scan<'_>, code: &Cell, name: &Cell, desk: &Desk<'_>) -> bool {
    let (Named::One(place), _) = values::product(scan, name.tokens.clone(), Label::Name, desk)
    else {
        return true;
    };
    let Some(product) = desk.catalog.product(place) else { return true };
    let fold = |code: &str| code.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    let (ours, theirs) = (
        fold(&product.default_code.to_lowercase()),
        fold(&scan.run(code.tokens.clone()).to_lowercase()),
    );
    let head = |code: &str| code.chars().take_while(|c| c.is_alphabetic()).collect::<String>();
    let number = |code: &str| code.bytes().all(|b| b.is_ascii_digit());
    if number(&ours) {
        return number(&theirs) && theirs.len() == ours.len();
    }
    head(&ours) == head(&theirs)
}

/// 'Amount', 'Nombre' or 'Order' above nothing but small whole numbers, where no other column counts and none
/// has prices. What counts the rows is no amount.
pub(crate) fn counts(scan: &Scan<'_>, line: usize, heads: &mut [Heading]) {
    let has = |label| heads.iter().any(|head| head.label == Some(label));
    if has(Label::Quantity) || has(Label::Packs) {
        return;
    }
    // French 'nombre' counts, Spanish 'nombre' names.
    // Beside a unit, or a total of its own, 'amount' is no money.
    let totals = heads.iter().filter(|head| head.label == Some(Label::Amount)).count();
    let priced = has(Label::Price) && !has(Label::Unit) && totals < 2;
    let said = |cell: &Cell| {
        let said = scan.folded(cell.tokens.clone());
        said == "nombre"
            || !priced
                && words!("amount order bestellung commande ordine pedido bestelling").has(&said)
    };
    let head_cells = cells(scan, line);
    let mut places = (1..heads.len()).filter(|at| head_cells.get(*at).is_some_and(said));
    let (Some(place), None) = (places.next(), places.next()) else { return };
    let tabbed = scan.lines.get(line).is_some_and(|l| l.tabbed);
    let rows = sample(scan, line);
    let found = filled(scan, rows.iter(), heads, place, tabbed);
    let nombre = head_cells.get(place).is_some_and(|c| scan.folded(c.tokens.clone()) == "nombre");
    let most = if nombre { 100_000 } else { 1_000 };
    let number = |cell: &&Cell| -> Option<u32> {
        let run = cell.tokens.clone();
        // '20 ea'
        let bare = units::unit_at(scan, run.start + 1).is_some_and(|(_, end)| end == run.end);
        let end = if bare { run.start + 1 } else { run.end };
        scan.run(run.start..end).parse().ok().filter(|n| (1..most).contains(n))
    };
    let numbers: Option<Vec<u32>> = found.iter().map(number).collect();
    let Some(numbers) = numbers.filter(|numbers| !numbers.is_empty()) else { return };
    let follows =
        |step: u32| numbers.windows(2).all(|pair| matches!(pair, [a, b] if a + step == *b));
    let sequence = numbers.len() > 1 && (follows(1) || follows(10));
    if !sequence && let Some(head) = heads.get_mut(place) {
        head.label = Some(Label::Quantity);
    }
}

/// The unit that a cell is, with what one holds perhaps: 'Stk', 'Beutel à 50'.
pub(crate) fn unit_cell(scan: &Scan<'_>, cell: &Cell) -> Option<Unit> {
    let run = cell.tokens.clone();
    if run.is_empty() || run.len() > 6 {
        return None;
    }
    let Some((unit, end)) = units::unit_at(scan, run.start) else {
        return units::unit_in_column(scan.run(run)).filter(|unit| *unit != Unit::Time);
    };
    let rest = (end..run.end).all(|at| {
        scan.token(at).is_some_and(|t| {
            !t.is_alnum()
                || t.kind == crate::reading::text::Kind::Digits
                || words!("a of de da di zu von per x").has(&t.folded)
                || units::unit_of(&t.folded).is_some()
        })
    });
    (rest && unit != Unit::Time).then_some(unit)
}

/// A column of units under words that we do not know. Packages count only under a word for them:
/// 'in boxes' may also say how the goods are packed.
pub(crate) fn units(
    scan: &Scan<'_>,
    line: usize,
    body: &[Row],
    heads: &mut [Heading],
    tabbed: bool,
) {
    if heads.iter().any(|h| h.label == Some(Label::Unit)) {
        return;
    }
    let head_cells = cells(scan, line);
    let snapshot = heads.to_vec();
    for (place, head) in heads.iter_mut().enumerate().filter(|(_, head)| head.label.is_none()) {
        let rows = body.iter().take(200).map(|(_, row)| row);
        let found = filled(scan, rows, &snapshot, place, tabbed);
        let content = head_cells.get(place).is_some_and(|cell| {
            words!("vpe ve verpackungseinheit").has(&scan.folded(cell.tokens.clone()))
        });
        let number =
            |cell: &&Cell| scan.run(cell.tokens.clone()).bytes().all(|b| b.is_ascii_digit());
        // 'VPE │ 50' is what one package holds.
        if content && !found.is_empty() && found.iter().all(number) {
            head.label = Some(Label::Held);
            continue;
        }
        let units: Option<Vec<Unit>> = found.iter().map(|cell| unit_cell(scan, cell)).collect();
        let Some(units) = units.filter(|units| !units.is_empty()) else { continue };
        let said = head_cells.get(place).is_some_and(|cell| {
            let words = scan.folded(cell.tokens.clone());
            let words = words.trim_end_matches([' ', '.']);
            units::unit_of(words).is_some()
                || words!("einh mengeneinh verpack unit units units_").has(words)
        });
        if said || !units.iter().any(|unit| matches!(unit, Unit::Pack(_))) {
            head.label = Some(Label::Unit);
            return;
        }
    }
}

/// Rows of a page whose quantity and unit stand too near to be two cells: the rest of such a row
/// stands one column further to the right.
pub(crate) fn part_units(scan: &Scan<'_>, body: &mut [Row], heads: &[Heading], desk: &Desk<'_>) {
    let quantity = heads.iter().position(|h| h.label == Some(Label::Quantity));
    let Some(place) = quantity.filter(|_| matches!(scan.part, Part::Attachment(_))) else { return };
    if heads.get(place + 1).is_none_or(|h| h.label != Some(Label::Unit)) {
        return;
    }
    for (_, row) in body.iter_mut().filter(|(_, row)| row.len() + 1 == heads.len()) {
        let Some(run) = row.get(place).map(|cell| cell.tokens.clone()) else { continue };
        let hit = amounts::amount_within(scan, run.start, run.end, desk);
        let hit = hit.filter(|hit| hit.end == run.end);
        if matches!(hit.map(|hit| hit.amount), Some(Amount::Of { unit: Some(_), .. })) {
            row.insert(place + 1, Cell::of(run.end..run.end));
        }
    }
}

/// A column that says of each row whether it still holds: 'attivo', 'ANNULLATO'.
#[derive(Debug)]
pub(crate) struct States(usize);

impl States {
    /// Whether a row was cancelled.
    pub(crate) fn is_cancelled(&self, scan: &Scan<'_>, row: &[Cell], places: &[usize]) -> bool {
        let cell = row.iter().zip(places).find(|(_, place)| **place == self.0);
        cell.is_some_and(|(cell, _)| state(scan, cell) == Some(false))
    }
}

/// Words for what was cancelled.
pub(crate) fn is_cancelled_word(word: &str) -> bool {
    words!(
        "annullato annullata annullati annullate cancelled canceled storniert stornierte stornierten \
         annule annulee annules annulees anulado anulada anuladas geannuleerd geannuleerde gestrichen \
         gestrichene gestrichenen void deleted stornato stornata stornate supprime supprimee supprimees"
    )
    .has(word)
}

/// Whether a row holds (or no longer), where a cell says so.
pub(crate) fn state(scan: &Scan<'_>, cell: &Cell) -> Option<bool> {
    let said = scan.folded(cell.tokens.clone());
    if is_cancelled_word(&said) {
        return Some(false);
    }
    words!("attivo attiva attivi active aktiv actif activo activa actief ok valid valido valida valide gultig geldig new neu nouveau nuovo fix firm fest ferme fermo").has(&said).then_some(true)
}

/// The column of states of a table: each cell is one, and some rows hold.
pub(crate) fn states(
    scan: &Scan<'_>,
    body: &[Row],
    heads: &[Heading],
    tabbed: bool,
) -> Option<States> {
    let rows = || body.iter().map(|(_, row)| row);
    let many = rows().filter(|row| !is_total(scan, row)).count();
    let is_states = |place: &usize| {
        let cells = filled(scan, rows(), heads, *place, tabbed);
        let states: Option<Vec<bool>> = cells.iter().map(|cell| state(scan, cell)).collect();
        states.is_some_and(|s| s.len() == many && s.contains(&true) && s.contains(&false))
    };
    let open = |place: &usize| {
        heads.get(*place).is_some_and(|h| matches!(h.label, None | Some(Label::Other)))
    };
    (0..heads.len()).filter(open).find(is_states).map(States)
}

/// A column of marks, 'yes' and 'no', which leaves open what of the table is ordered, unless all its
/// marks are alike.
pub(crate) fn checked(
    scan: &Scan<'_>,
    body: &[Row],
    heads: &[Heading],
    tabbed: bool,
) -> Option<Problem> {
    let mark = |row: &[Cell], place: usize| -> String {
        let places = columns(row, heads, tabbed);
        let cell = row.iter().zip(places).find(|(_, p)| *p == place).map(|(cell, _)| cell);
        cell.map(|cell| scan.folded(cell.tokens.clone())).unwrap_or_default()
    };
    let is_mark = |said: &str| {
        matches!(said, "" | "✓" | "✔" | "☑" | "☐" | "✗" | "✘")
            || words!("yes no y n ja nein j oui non o si s nee x true false").has(said)
    };
    let open = |place: &usize| {
        heads.get(*place).is_some_and(|h| matches!(h.label, None | Some(Label::Other)))
    };
    let place = (0..heads.len()).filter(open).find(|place| {
        let rows = body.iter().map(|(_, row)| row).filter(|row| !is_total(scan, row));
        let marks: Vec<String> = rows.map(|row| mark(row, *place)).collect();
        let alike = marks.iter().all(|m| Some(m) == marks.first());
        marks.iter().all(|m| is_mark(m)) && !alike
    })?;
    let first = body.first().and_then(|(_, row)| row.get(place));
    Some(Problem {
        code: ProblemCode::Conflict,
        message: "A column of marks leaves open which rows are ordered.".into(),
        words: first.map(|cell| scan.run(cell.tokens.clone()).to_owned()).unwrap_or_default(),
        block: None,
        field: Some(Field::Quantity),
    })
}

/// A sheet's table that tells of days that are gone.
pub(crate) fn history(
    scan: &Scan<'_>,
    head_line: usize,
    body: &[Row],
    told: bool,
    desk: &Desk<'_>,
) -> Option<Aside> {
    let lines = || std::iter::once(head_line).chain(body.iter().map(|row| row.0)).collect();
    let problem = || Some(tables::is_none(scan, head_line));
    is_history(scan, body, told, desk).then(|| Aside { lines: lines(), problem: problem() })
}

/// Whether a sheet's table tells of days that are gone, in each of its rows: long gone, where only
/// another sheet beside it tells that it is no order.
fn is_history(scan: &Scan<'_>, body: &[Row], told: bool, desk: &Desk<'_>) -> bool {
    let file =
        matches!(scan.part, Part::Attachment(_)) && (told || scan.text.contains(files::NEXT_SHEET));
    let ago = chrono::Days::new(if told { 0 } else { LONG_AGO });
    let Some(before) = desk.today.filter(|_| file).and_then(|day| day.checked_sub_days(ago)) else {
        return false;
    };
    let gone = |cell: &Cell| match values::date(scan, cell.tokens.clone(), desk).0 {
        DateValue::When(When::Day(day)) => day < before,
        DateValue::When(When::Either(one, other)) => one < before && other < before,
        _ => false,
    };
    let mut rows = body.iter().filter(|(_, row)| !is_total(scan, row)).peekable();
    rows.peek().is_some()
        && rows.all(|(_, row)| {
            let mut days = row.iter().filter(|cell| is_day(scan, cell, desk)).peekable();
            days.peek().is_some() && days.all(gone)
        })
}

/// Goods on two sheets of a file: one may be last year's, what is in stock, or what was cancelled.
pub(crate) fn two_sheets(
    scan: &Scan<'_>,
    wishes: &[Wish],
    rows: &[(usize, usize)],
) -> Option<Problem> {
    if !matches!(scan.part, Part::Attachment(_)) || rows.len() != wishes.len() {
        return None;
    }
    let (first, last) = (rows.iter().map(|row| row.0).min()?, rows.iter().map(|row| row.0).max()?);
    let between = scan.lines.get(first)?.span.to(scan.lines.get(last)?.span);
    if !scan.words(between).contains(files::NEXT_SHEET) {
        return None;
    }
    Some(Problem {
        code: ProblemCode::Conflict,
        message: "Two sheets of the file hold goods: which of them is ordered?".into(),
        words: String::new(),
        block: None,
        field: Some(Field::Attachment),
    })
}

/// A part of a delivery, which its day stands for: 'Drop', 'Tranche'.
pub(crate) fn names_part(said: &str) -> bool {
    said.split(' ').all(|word| {
        words!(
            "lt drop drops lot batch tranche shipment instalment lieferung teillieferung abruf rate los              lotto partita lotti envoi tranches levering deel"
        )
        .has(word)
    })
}

/// Whether each day of a column lies ahead.
pub(crate) fn ahead(
    scan: &Scan<'_>,
    body: &[Row],
    place: usize,
    heads: &[Heading],
    tabbed: bool,
    desk: &Desk<'_>,
) -> bool {
    body.iter().take(200).all(|(_, row)| {
        let places = columns(row, heads, tabbed);
        let cell = row.iter().zip(places).find(|(_, p)| *p == place).map(|(cell, _)| cell);
        let Some(cell) = cell.filter(|cell| has_alnum(scan, cell)) else { return true };
        match values::date(scan, cell.tokens.clone(), desk).0 {
            DateValue::When(When::Day(day)) => desk.today.is_some_and(|today| day > today),
            _ => false,
        }
    })
}

/// A sheet's list of prices: products and prices, and no column that could say how many. The line
/// behind it.
pub(crate) fn price_list(scan: &Scan<'_>, line: usize, aside: &mut Vec<Aside>) -> Option<usize> {
    let tabbed = scan.lines.get(line)?.tabbed;
    if !tabbed || !matches!(scan.part, Part::Attachment(_)) {
        return None;
    }
    let row = cells(scan, line);
    let heads = (row.len() >= 2).then(|| tables::labelled(scan, &row))?;
    let known = |h: &Heading| {
        let label = h.label;
        label.is_some_and(|l| names(l) || matches!(l, Label::Price | Label::Unit | Label::Position))
    };
    let has = |of: &dyn Fn(Label) -> bool| heads.iter().any(|h| h.label.is_some_and(of));
    if !heads.iter().all(known) || !has(&names) || !has(&|l| l == Label::Price) {
        return None;
    }
    let fits = |at: &usize| (2..=heads.len()).contains(&cells(scan, *at).len());
    let next = (line + 1..scan.lines.len()).find(|at| !fits(at)).unwrap_or(scan.lines.len());
    if next == line + 1 {
        return None;
    }
    aside.push(Aside { lines: (line..next).collect(), problem: None });
    Some(next)
}

/// The next row of a table that a page's end parts: its number follows on that of the last row, and
/// only words and sums stand between.
pub(crate) fn next_page(
    scan: &Scan<'_>,
    line: usize,
    body: &[Row],
    desk: &Desk<'_>,
) -> Option<usize> {
    if !matches!(scan.part, Part::Attachment(_)) {
        return None;
    }
    let rows: Vec<&Vec<Cell>> =
        body.iter().map(|(_, row)| row).filter(|row| !is_total(scan, row)).collect();
    let number = |row: &[Cell]| -> Option<u64> {
        scan.run(row.first()?.tokens.clone()).trim_end_matches('.').parse().ok()
    };
    let last = *rows.last()?;
    let coded = |row: &[Cell]| row.iter().position(|cell| is_code(scan, cell, desk));
    let before = rows.len().checked_sub(2).and_then(|at| number(rows.get(at)?)).unwrap_or(0);
    let step = number(last)?.checked_sub(before)?;
    for next in line..(line + BETWEEN).min(scan.lines.len()) {
        let row = cells(scan, next);
        if row.len() < 2 || is_total(scan, &row) {
            continue;
        }
        let follows = number(&row) == number(last)?.checked_add(step);
        let alike = row.len() == last.len() && coded(&row).is_some() && coded(&row) == coded(last);
        return (follows && alike).then_some(next);
    }
    None
}

/// A column 'Item' or 'No.' that counts its rows holds positions, not products.
pub(crate) fn positions(
    scan: &Scan<'_>,
    body: &[(usize, Vec<Cell>)],
    heads: &mut [Heading],
    tabbed: bool,
) {
    let products = heads.iter().filter(|h| h.label.is_some_and(names)).count();
    if products < 2 {
        return;
    }
    let snapshot = heads.to_vec();
    for (place, head) in heads.iter_mut().enumerate() {
        if !matches!(head.label, Some(Label::Product | Label::AnyReference | Label::Code)) {
            continue;
        }
        let numbers: Option<Vec<u64>> = body
            .iter()
            .filter(|(_, cells)| !is_total(scan, cells))
            .filter_map(|(_, cells)| {
                let places = columns(cells, &snapshot, tabbed);
                let cell = cells.iter().zip(places).find(|(_, p)| *p == place)?.0.clone();
                has_alnum(scan, &cell).then_some(cell)
            })
            .map(|cell| scan.run(cell.tokens).trim_end_matches('.').parse().ok())
            .collect();
        let step = numbers.filter(|n| !n.is_empty()).is_some_and(|numbers| {
            let first = numbers.first().copied().unwrap_or(0);
            matches!(first, 1 | 10 | 100)
                && numbers.iter().zip(1..).all(|(n, count)| *n == first * count)
        });
        if step {
            head.label = Some(Label::Position);
        }
    }
}

/// 'Wanted on' before days: the label of a row of a table whose headings stand on the left.
pub(crate) fn day_label(scan: &Scan<'_>, cells: &[Cell], desk: &Desk<'_>) -> Option<Label> {
    let (head, days) = cells.split_first()?;
    let said = crate::reading::forms::fields::key(scan, head.tokens.clone());
    let asks = labels::wants_day(&said) && days.iter().all(|cell| is_day(scan, cell, desk));
    asks.then_some(Label::Delivery)
}
