//! EDIFACT ORDERS (D96A, D01B), as rows.

use rust_decimal::Decimal;

use super::orders::unit;
use super::remarks::is_perilous;
use super::{Content, cell};

/// Most segments that are read.
const MAX_SEGMENTS: usize = 200_000;

/// The marks of an interchange, as UNA states them.
#[derive(Clone, Copy)]
struct Marks {
    component: char,
    element: char,
    release: char,
    segment: char,
    decimal: char,
}

type Segment = Vec<Vec<String>>;

/// An ORDERS message as rows, or what else the message is.
pub(super) fn read(text: &str) -> Content {
    let (marks, rest) = marks(text);
    let segments = segments(rest, marks);
    if segments.len() >= MAX_SEGMENTS {
        return Content::Unreadable;
    }
    let messages: Vec<&Segment> = segments.iter().filter(|s| tag(s) == "UNH").collect();
    let [message] = messages.as_slice() else { return Content::Unreadable };
    match at(message, 2, 0).as_str() {
        "ORDERS" => {}
        "ORDCHG" => return Content::Change,
        _ => return Content::NoOrder,
    }
    let begin = segments.iter().find(|s| tag(s) == "BGM");
    // UNCL1001 and UNCL1225: only an original order is one.
    let kind = begin.map(|b| at(b, 1, 0)).unwrap_or_default();
    let function = begin.map(|b| at(b, 3, 0)).unwrap_or_default();
    if !matches!(function.as_str(), "" | "9") {
        return Content::Change;
    }
    if !matches!(kind.as_str(), "" | "220" | "105" | "224") {
        return Content::NoOrder;
    }
    // The last element of UNB: the interchange is a test.
    let test = segments.iter().find(|s| tag(s) == "UNB").is_some_and(|unb| at(unb, 11, 0) == "1");
    let words = |s: &&Segment| tag(s) == "FTX";
    let told = |s: &Segment| s.get(4).is_some_and(|text| is_perilous(&text.join(" ")));
    if test || segments.iter().filter(words).any(told) {
        return Content::NoOrder;
    }
    // UNCL1229: a line that was added is an order's, one that was deleted or changed is not.
    let lines = segments.iter().filter(|s| tag(s) == "LIN");
    if lines.map(|line| at(line, 2, 0)).any(|action| !matches!(action.as_str(), "" | "1")) {
        return Content::Change;
    }
    if counts_otherwise(&segments, marks.decimal) {
        return Content::Unreadable;
    }
    let mut order = Order::default();
    order.head.push(["PO number".to_owned(), begin.map(|b| at(b, 2, 0)).unwrap_or_default()]);
    for segment in &segments {
        order.take(segment, marks.decimal);
    }
    let seller = segments.iter().find(|s| tag(s) == "NAD" && at(s, 1, 0) == "SU");
    let named = seller
        .and_then(|s| [4, 3].map(|element| at(s, element, 0)).into_iter().find(|n| !n.is_empty()));
    Content::Order(order.rows(), named)
}

/// Whether lines have other quantities than one that is ordered, or the message counts others than its
/// own: a line in parts (SCC, QTY+21 again), free goods (QTY+192), CNT+1 and CNT+2 of UNCL6069.
fn counts_otherwise(segments: &[Segment], decimal: char) -> bool {
    let (mut lines, mut ordered, mut sum) = (0_usize, 0_usize, Decimal::ZERO);
    for segment in segments {
        let value = |element| number(&at(segment, element, 1), decimal);
        match tag(segment).as_str() {
            "LIN" if ordered == lines => lines += 1,
            "LIN" => return true,
            "SCC" if lines > 0 => return true,
            "QTY" if lines > 0 => match at(segment, 1, 0).as_str() {
                "21" => {
                    ordered += 1;
                    sum += value(1).parse::<Decimal>().unwrap_or_default();
                }
                "59" => {}
                _ => return true,
            },
            "CNT" => {
                let told = value(1).parse::<Decimal>().ok();
                let counted = match at(segment, 1, 0).as_str() {
                    "2" => Some(Decimal::from(lines)),
                    "1" => Some(sum),
                    _ => None,
                };
                if counted.is_some_and(|counted| told != Some(counted)) {
                    return true;
                }
            }
            _ => {}
        }
    }
    ordered > lines
}

/// A component of a segment; empty where it is left out.
fn at(segment: &Segment, element: usize, component: usize) -> String {
    segment.get(element).and_then(|e| e.get(component)).cloned().unwrap_or_default()
}

fn tag(segment: &Segment) -> String {
    at(segment, 0, 0)
}

/// An order as it is gathered.
#[derive(Default)]
struct Order {
    head: Vec<[String; 2]>,
    lines: Vec<Line>,
}

impl Order {
    fn take(&mut self, segment: &Segment, decimal: char) {
        let kind = tag(segment);
        match kind.as_str() {
            "LIN" => {
                let mut line = Line { position: at(segment, 1, 0), ..Line::default() };
                line.named(&at(segment, 3, 1), at(segment, 3, 0));
                self.lines.push(line);
            }
            "DTM" => self.date(segment),
            "NAD" if self.lines.is_empty() && matches!(at(segment, 1, 0).as_str(), "DP" | "ST") => {
                let town = [at(segment, 8, 0), at(segment, 6, 0)].join(" ");
                let parts = [at(segment, 4, 0), at(segment, 5, 0), town];
                let parts: Vec<String> =
                    parts.iter().map(|p| cell(p)).filter(|p| !p.is_empty()).collect();
                self.head.push(["Delivery address".to_owned(), parts.join(", ")]);
            }
            _ => {
                if let Some(line) = self.lines.last_mut() {
                    line.take(&kind, segment, decimal);
                }
            }
        }
    }

    /// Dates of UNCL2005: 137 and 4 of the order, 2, 10, 61, 63, 64 and 69 of its delivery.
    fn date(&mut self, segment: &Segment) {
        let day = day(&at(segment, 1, 1), &at(segment, 1, 2));
        let role = at(segment, 1, 0);
        let delivery = matches!(role.as_str(), "2" | "10" | "61" | "63" | "64" | "69");
        match self.lines.last_mut() {
            Some(line) if delivery => line.day = day,
            None if delivery => self.head.push(["Delivery date".to_owned(), day]),
            None if matches!(role.as_str(), "137" | "4") => {
                self.head.push(["Order date".to_owned(), day]);
            }
            _ => {}
        }
    }

    fn rows(&self) -> String {
        let mut rows = String::new();
        for [label, value] in self.head.iter().filter(|[_, value]| !value.is_empty()) {
            rows.extend([label, "\t", &cell(value), "\n"]);
        }
        rows.push_str(
            "\nPos\tYour item no\tOur item no\tEAN\tDescription\tQuantity\tUnit\tDelivery date\n",
        );
        let own = self.lines.iter().any(|line| !line.day.is_empty());
        let common = self.head.iter().find(|[label, _]| own && label == "Delivery date");
        for line in &self.lines {
            // The day of the message is that of lines without their own.
            let common = common.filter(|_| line.day.is_empty()).map(|[_, day]| day);
            let unit = unit(Some(&line.unit)).to_owned();
            let cells = [
                &line.position,
                &line.ours,
                &line.theirs,
                &line.ean,
                &line.name,
                &line.quantity,
                &unit,
                common.unwrap_or(&line.day),
            ];
            rows.push_str(&cells.map(|c| cell(c)).join("\t"));
            rows.push('\n');
        }
        rows
    }
}

#[derive(Default)]
struct Line {
    position: String,
    ours: String,
    theirs: String,
    ean: String,
    name: String,
    quantity: String,
    unit: String,
    day: String,
}

/// Codes of UNCL7143 for an article number of the seller or the buyer.
fn is_article(kind: &str) -> bool {
    matches!(kind, "SA" | "VN" | "IN" | "BP")
}

impl Line {
    /// Takes in an item number by whose it is; what stands in LIN without saying is a GTIN.
    fn named(&mut self, kind: &str, number: String) {
        match kind {
            "SA" | "VN" => self.ours = number,
            "IN" | "BP" => self.theirs = number,
            _ => self.ean = number,
        }
    }

    fn take(&mut self, kind: &str, segment: &Segment, decimal: char) {
        match kind {
            "PIA" => {
                for element in 2..segment.len().min(8) {
                    let kind = at(segment, element, 1);
                    if is_article(&kind) {
                        self.named(&kind, at(segment, element, 0));
                    }
                }
            }
            "IMD" if self.name.is_empty() => self.name = at(segment, 3, 3),
            "QTY" if at(segment, 1, 0) == "21" => {
                self.quantity = number(&at(segment, 1, 1), decimal);
                self.unit = at(segment, 1, 2);
            }
            _ => {}
        }
    }
}

fn marks(text: &str) -> (Marks, &str) {
    let mut marks =
        Marks { component: ':', element: '+', release: '?', segment: '\'', decimal: '.' };
    let Some(una) = text.strip_prefix("UNA") else { return (marks, text) };
    let stated: Vec<char> = una.chars().take(6).collect();
    if let [component, element, decimal, release, _, segment] = stated.as_slice() {
        marks = Marks {
            component: *component,
            element: *element,
            release: *release,
            segment: *segment,
            decimal: *decimal,
        };
    }
    let rest = una.char_indices().nth(6).and_then(|(at, _)| una.get(at..)).unwrap_or_default();
    (marks, rest)
}

fn segments(text: &str, marks: Marks) -> Vec<Segment> {
    let mut segments = Vec::new();
    let mut segment: Segment = vec![vec![String::new()]];
    let mut released = false;
    for c in text.chars() {
        let blank_start = segment.len() == 1
            && segment.first().is_some_and(|e| e.len() == 1 && e.iter().all(String::is_empty));
        if released {
            released = false;
        } else if c == marks.release {
            released = true;
            continue;
        } else if c == marks.segment {
            segments.push(std::mem::replace(&mut segment, vec![vec![String::new()]]));
            if segments.len() >= MAX_SEGMENTS {
                break;
            }
            continue;
        } else if c == marks.element {
            segment.push(vec![String::new()]);
            continue;
        } else if c == marks.component {
            if let Some(element) = segment.last_mut() {
                element.push(String::new());
            }
            continue;
        } else if c.is_control() || (c.is_whitespace() && blank_start) {
            continue;
        }
        if let Some(component) = segment.last_mut().and_then(|e| e.last_mut()) {
            component.push(c);
        }
    }
    segments
}

fn number(text: &str, decimal: char) -> String {
    let text: String =
        text.trim().chars().map(|c| if c == decimal || c == ',' { '.' } else { c }).collect();
    text.parse::<Decimal>().map_or(text, |n| n.normalize().to_string())
}

/// Formats 102 (CCYYMMDD), 203 (with time) and 718 (a period: its end).
fn day(text: &str, format: &str) -> String {
    let from = if format == "718" { text.get(8..) } else { Some(text) };
    let digits = from.unwrap_or_default();
    match (digits.get(..4), digits.get(4..6), digits.get(6..8)) {
        (Some(year), Some(month), Some(day)) if matches!(format, "102" | "203" | "718") => {
            format!("{year}-{month}-{day}")
        }
        _ => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ORDER: &str = "UNA:+.? 'UNB+UNOC:3+A+B+250301:1200+1'UNH+1+ORDERS:D:96A:UN'BGM+220+P?+7+9'\
        DTM+137:20250301:102'DTM+2:20250401:102'NAD+DP+++Firm+Street 1+Town++8000'\
        LIN+1++2099000001016:EN'PIA+1+AB-10:SA'IMD+F++:::Ring 10'QTY+21:12.000:PCE'UNS+S'UNT+9+1'UNZ+1+1'";

    #[test]
    fn an_order_becomes_rows() {
        let Content::Order(rows, _) = read(ORDER) else { panic!("an order") };
        assert!(
            rows.starts_with("PO number\tP+7\nOrder date\t2025-03-01\nDelivery date\t2025-04-01\n"),
            "{rows}"
        );
        assert!(rows.contains("Delivery address\tFirm, Street 1, 8000 Town\n"), "{rows}");
        assert!(rows.contains("1\tAB-10\t\t2099000001016\tRing 10\t12\tpcs\t\n"), "{rows}");
    }

    #[test]
    fn changes_and_invoices_are_no_orders() {
        assert_eq!(read(&ORDER.replace("ORDERS:D", "INVOIC:D")), Content::NoOrder);
        assert_eq!(read(&ORDER.replace("ORDERS:D", "ORDCHG:D")), Content::Change);
        assert_eq!(read(&ORDER.replace("P?+7+9", "P?+7+1")), Content::Change);
        assert_eq!(read("UNB+x"), Content::Unreadable);
        // A test interchange, words that stop it, a line that was deleted.
        assert_eq!(read(&ORDER.replace("1200+1'", "1200+1++++++1'")), Content::NoOrder);
        let told = |words: &str| read(&ORDER.replace("UNS+S", &format!("FTX+AAI+++{words}'UNS+S")));
        assert_eq!(told("TEST ONLY"), Content::NoOrder);
        assert_eq!(told("Nicht ausführen"), Content::NoOrder);
        assert!(matches!(told("Ring the bell at gate 4"), Content::Order(..)));
        assert_eq!(read(&ORDER.replace("LIN+1++", "LIN+1+2+")), Content::Change);
    }

    #[test]
    fn the_number_of_a_line_is_whose_its_qualifier_says() {
        let rows = |order: &str| match read(order) {
            Content::Order(rows, _) => rows,
            other => panic!("{other:?}"),
        };
        let ours = ORDER.replace("2099000001016:EN'PIA+1+AB-10:SA'", "AB-10:SA'");
        assert!(rows(&ours).contains("1\tAB-10\t\t\tRing 10\t12\tpcs\t\n"), "{ours}");
        let theirs = ORDER.replace("2099000001016:EN'PIA+1+AB-10:SA'", "4711:IN'");
        assert!(rows(&theirs).contains("1\t\t4711\t\tRing 10\t12\tpcs\t\n"), "{theirs}");
    }

    #[test]
    fn the_seller_is_known_by_name() {
        let named = ORDER.replace("NAD+DP", "NAD+SU+4012345000009::9++Delta Foundry'NAD+DP");
        let Content::Order(_, seller) = read(&named) else { panic!("an order") };
        assert_eq!(seller.as_deref(), Some("Delta Foundry"));
    }
}
