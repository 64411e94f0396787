//! Orders in XML: UBL 2.1 (Peppol BIS Order) and openTRANS 2.1, as rows.

use rust_decimal::Decimal;

use super::xml::Node;
use super::{Content, cell, remarks};

/// Rows for the common forms: headings and values.
struct Rows {
    text: String,
}

impl Rows {
    fn field(&mut self, label: &str, value: Option<&str>) {
        if let Some(value) = value.map(cell).filter(|v| !v.is_empty()) {
            self.text.extend([label, "\t", &value, "\n"]);
        }
    }

    fn heads(&mut self) {
        self.text.push_str(
            "\nPos\tYour item no\tOur item no\tEAN\tDescription\tQuantity\tUnit\tDelivery date\n",
        );
    }

    fn row(&mut self, cells: [&str; 8]) {
        self.text.push_str(&cells.map(cell).join("\t"));
        self.text.push('\n');
    }
}

/// An order in XML, or what else the document is.
pub(super) fn read(root: &Node) -> Content {
    match root.name.as_str() {
        "Order" if root.child("OrderLine").is_some() => ubl(root),
        "ORDER" => open_trans(root),
        "OrderChange" | "ORDERCHANGE" | "OrderCancellation" => Content::Change,
        "Invoice"
        | "CreditNote"
        | "Quotation"
        | "OrderResponse"
        | "OrderResponseSimple"
        | "DespatchAdvice"
        | "Catalogue"
        | "Statement"
        | "Reminder"
        | "RequestForQuotation"
        | "ORDERRESPONSE"
        | "INVOICE"
        | "QUOTATION"
        | "RFQ"
        | "DISPATCHNOTIFICATION"
        | "CrossIndustryInvoice" => Content::NoOrder,
        _ => Content::Unreadable,
    }
}

/// A decimal as XML schemas write it: the point is never a thousands separator.
fn number(text: Option<&str>) -> String {
    let text = text.unwrap_or_default().trim();
    match text.parse::<Decimal>() {
        Ok(value) => value.normalize().to_string(),
        Err(_) => text.to_owned(),
    }
}

/// A unit code of UN/ECE recommendation 20 or 21 as a word; unknown codes stay as they are.
pub(super) fn unit(code: Option<&str>) -> &str {
    match code.unwrap_or_default() {
        "C62" | "H87" | "EA" | "PCE" | "NAR" | "XPP" | "PC" => "pcs",
        "KGM" => "kg",
        "GRM" => "g",
        "TNE" => "t",
        "MTR" => "m",
        "CMT" => "cm",
        "MMT" => "mm",
        "LTR" => "l",
        "DZN" | "DZP" => "dozen",
        "PR" => "pair",
        "BX" | "XBX" | "CT" | "XCT" | "CS" | "XCS" => "box",
        "BG" | "XBG" => "bag",
        "PK" | "XPK" | "PA" => "pack",
        "PF" | "XPF" | "PX" | "XPX" => "pallet",
        "RO" | "XRO" => "roll",
        other => other,
    }
}

/// The first ten characters of an ISO date and time.
fn day(text: Option<&str>) -> &str {
    let text = text.unwrap_or_default();
    text.get(..10).unwrap_or(text)
}

/// UBL 2.1 Order (OASIS UBL 2.1, Peppol BIS Order).
fn ubl(root: &Node) -> Content {
    // UNCL1001: 220 is an order, 221 a blanket order, 224 a rush order, 230 a change.
    match root.text_at(&["OrderTypeCode"]) {
        None | Some("220" | "224" | "105") => {}
        Some("230" | "231") => return Content::Change,
        Some(_) => return Content::NoOrder,
    }
    if root.text_at(&["CopyIndicator"]).is_some_and(|copy| matches!(copy, "true" | "1")) {
        return Content::NoOrder;
    }
    let items = || root.all("OrderLine").flat_map(|l| [Some(l), l.child("LineItem")]).flatten();
    if remarks::turn(root) {
        return Content::NoOrder;
    }
    // UNCL1229: 1 is a line that was added; 2 was deleted, 3 changed, and so on.
    let status = |item: &Node| item.text_at(&["LineStatusCode"]).map(str::to_owned);
    if items().filter_map(status).any(|code| !matches!(code.as_str(), "1" | "NoStatus")) {
        return Content::Change;
    }
    // A line in parts, and one beside which others would do.
    let parted = |line: &Node| line.all("Delivery").nth(1).is_some();
    let replaced = |line: &Node| {
        line.children.iter().any(|c| {
            c.name.ends_with("SubstitutedLineItem") || c.name.ends_with("SubstituteLineItem")
        })
    };
    if items().any(|line| parted(line) || replaced(line)) {
        return Content::Unreadable;
    }
    let mut rows = Rows { text: String::new() };
    rows.field("PO number", root.text_at(&["ID"]));
    rows.field("Order date", root.text_at(&["IssueDate"]).map(|d| day(Some(d))));
    let delivery = root.child("Delivery");
    rows.field("Delivery date", delivery.and_then(ubl_day));
    rows.field("Delivery address", delivery.and_then(ubl_address).as_deref());
    rows.heads();
    // The day of the document is that of lines without their own.
    let own = items().any(|line| line.child("Delivery").and_then(ubl_day).is_some());
    let common = delivery.and_then(ubl_day).filter(|_| own);
    for line in root.all("OrderLine").filter_map(|l| l.child("LineItem")) {
        let quantity = line.child("Quantity");
        let item = line.child("Item");
        let of_item =
            |path: &[&str]| item.and_then(|i| i.text_at(path)).unwrap_or_default().to_owned();
        rows.row([
            line.text_at(&["ID"]).unwrap_or_default(),
            &of_item(&["SellersItemIdentification", "ID"]),
            &of_item(&["BuyersItemIdentification", "ID"]),
            &of_item(&["StandardItemIdentification", "ID"]),
            &of_item(&["Name"]),
            &number(quantity.map(|q| q.text.as_str())),
            unit(quantity.and_then(|q| q.attribute("unitCode"))),
            line.child("Delivery").and_then(ubl_day).or(common).unwrap_or_default(),
        ]);
    }
    let party = root.at(&["SellerSupplierParty", "Party"]);
    let named = |path: &[&str]| party.and_then(|party| party.text_at(path)).map(str::to_owned);
    let seller =
        named(&["PartyName", "Name"]).or_else(|| named(&["PartyLegalEntity", "RegistrationName"]));
    Content::Order(rows.text, seller)
}

/// The last day of the requested period.
fn ubl_day(delivery: &Node) -> Option<&str> {
    let period = delivery.child("RequestedDeliveryPeriod")?;
    let text = period.text_at(&["EndDate"]).or_else(|| period.text_at(&["StartDate"]))?;
    Some(day(Some(text)))
}

fn ubl_address(delivery: &Node) -> Option<String> {
    let address = delivery
        .at(&["DeliveryLocation", "Address"])
        .or_else(|| delivery.child("DeliveryAddress"))?;
    let mut parts: Vec<String> = Vec::new();
    let mut add = |text: Option<&str>| parts.extend(text.map(cell).filter(|t| !t.is_empty()));
    add(delivery.text_at(&["DeliveryLocation", "Name"]));
    add(address.text_at(&["StreetName"]));
    add(address.text_at(&["AdditionalStreetName"]));
    for line in address.all("AddressLine") {
        add(line.text_at(&["Line"]));
    }
    let town = [address.text_at(&["PostalZone"]), address.text_at(&["CityName"])];
    add(Some(&town.into_iter().flatten().collect::<Vec<_>>().join(" ")));
    (!parts.is_empty()).then(|| parts.join(", "))
}

/// openTRANS 2.1 ORDER.
fn open_trans(root: &Node) -> Content {
    let Some(info) = root.at(&["ORDER_HEADER", "ORDER_INFO"]) else { return Content::Unreadable };
    if let Some(kind) = root.attribute("type").filter(|t| !matches!(*t, "standard" | "express")) {
        return if kind == "release" { Content::NoOrder } else { Content::Unreadable };
    }
    if root.at(&["ORDER_HEADER", "CONTROL_INFO", "STOP_AUTOMATIC_PROCESSING"]).is_some() {
        return Content::NoOrder;
    }
    let lines = || root.child("ORDER_ITEM_LIST").into_iter().flat_map(|l| l.all("ORDER_ITEM"));
    if remarks::turn(root) {
        return Content::NoOrder;
    }
    // What it counts must be what it has.
    let total = root.text_at(&["ORDER_SUMMARY", "TOTAL_ITEM_NUM"]);
    if total.is_some_and(|total| total.trim().parse() != Ok(lines().count())) {
        return Content::Unreadable;
    }
    let mut rows = Rows { text: String::new() };
    rows.field("PO number", info.text_at(&["ORDER_ID"]));
    rows.field("Order date", info.text_at(&["ORDER_DATE"]).map(|d| day(Some(d))));
    rows.field("Delivery date", trans_day(info));
    rows.field("Delivery address", trans_address(info).as_deref());
    rows.heads();
    let common = trans_day(info).filter(|_| lines().any(|line| trans_day(line).is_some()));
    for item in lines() {
        // openTRANS 1.0 calls products articles.
        let product = item.child("PRODUCT_ID").or_else(|| item.child("ARTICLE_ID"));
        let text = |name: &str| product.and_then(|p| p.text_at(&[name]));
        let of = |name: &str| text(name).unwrap_or_default().to_owned();
        let id = |of: &str| text(&format!("{of}_PID")).or(text(&format!("{of}_AID")));
        rows.row([
            item.text_at(&["LINE_ITEM_ID"]).unwrap_or_default(),
            id("SUPPLIER").unwrap_or_default(),
            id("BUYER").unwrap_or_default(),
            id("INTERNATIONAL").unwrap_or_default(),
            &of("DESCRIPTION_SHORT"),
            &number(item.text_at(&["QUANTITY"])),
            unit(item.text_at(&["ORDER_UNIT"])),
            trans_day(item).or(common).unwrap_or_default(),
        ]);
    }
    Content::Order(
        rows.text,
        trans_party(info, &["supplier"]).and_then(|a| a.text_at(&["NAME"])).map(str::to_owned),
    )
}

fn trans_day(node: &Node) -> Option<&str> {
    let date = node.child("DELIVERY_DATE")?;
    let text =
        date.text_at(&["DELIVERY_END_DATE"]).or_else(|| date.text_at(&["DELIVERY_START_DATE"]))?;
    Some(day(Some(text)))
}

/// The address of the party with one of these roles.
fn trans_party<'a>(info: &'a Node, roles: &[&str]) -> Option<&'a Node> {
    let has_role = |p: &&Node| p.text_at(&["PARTY_ROLE"]).is_some_and(|role| roles.contains(&role));
    info.child("PARTIES")?.all("PARTY").find(has_role)?.child("ADDRESS")
}

fn trans_address(info: &Node) -> Option<String> {
    let address = trans_party(info, &["delivery", "deliveryparty", "ship_to"])?;
    let town = [address.text_at(&["ZIP"]), address.text_at(&["CITY"])];
    let town = town.into_iter().flatten().collect::<Vec<_>>().join(" ");
    let parts: Vec<String> =
        [address.text_at(&["NAME"]), address.text_at(&["STREET"]), Some(town.as_str())]
            .into_iter()
            .flatten()
            .map(cell)
            .filter(|p| !p.is_empty())
            .collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

#[cfg(test)]
mod tests {
    use super::super::xml;
    use super::*;

    #[test]
    fn a_ubl_order_becomes_rows() {
        let root = xml::parse(
            "<Order><ID>P-1</ID><IssueDate>2025-03-01</IssueDate><Delivery><RequestedDeliveryPeriod>\
             <EndDate>2025-04-01</EndDate></RequestedDeliveryPeriod></Delivery><OrderLine><LineItem><ID>1</ID>\
             <Quantity unitCode='KGM'>1.500</Quantity><Item><Name>N</Name><SellersItemIdentification><ID>A-1</ID>\
             </SellersItemIdentification></Item></LineItem></OrderLine></Order>",
        )
        .expect("well-formed");
        let Content::Order(text, _) = read(&root) else { panic!("an order") };
        assert!(
            text.contains("PO number\tP-1\nOrder date\t2025-03-01\nDelivery date\t2025-04-01\n"),
            "{text}"
        );
        assert!(text.contains("1\tA-1\t\t\tN\t1.5\tkg\t\n"), "{text}");
    }

    #[test]
    fn a_harmless_note_leaves_an_order_one_and_the_seller_is_known() {
        let xml = "<Order><CopyIndicator>false</CopyIndicator><Note>Gate 4, no later than 10 am. Other terms are not accepted.</Note>\
            <SellerSupplierParty><Party><PartyName><Name>Delta</Name></PartyName></Party></SellerSupplierParty>\
            <OrderLine/></Order>";
        let read = read(&xml::parse(xml).expect("well-formed"));
        assert!(matches!(read, Content::Order(_, Some(seller)) if seller == "Delta"));
        let xml = "<ORDER><ORDER_HEADER><ORDER_INFO><PARTIES><PARTY><PARTY_ROLE>supplier</PARTY_ROLE><ADDRESS>\
            <NAME>Delta</NAME></ADDRESS></PARTY></PARTIES></ORDER_INFO></ORDER_HEADER></ORDER>";
        let read = super::read(&xml::parse(xml).expect("well-formed"));
        assert!(matches!(read, Content::Order(_, Some(seller)) if seller == "Delta"));
    }

    #[test]
    fn other_documents_are_no_orders() {
        for (xml, want) in [
            ("<Invoice/>", Content::NoOrder),
            ("<OrderResponse/>", Content::NoOrder),
            ("<OrderChange/>", Content::Change),
            ("<Order><OrderTypeCode>230</OrderTypeCode><OrderLine/></Order>", Content::Change),
            ("<Something/>", Content::Unreadable),
            ("<Order><CopyIndicator>true</CopyIndicator><OrderLine/></Order>", Content::NoOrder),
            ("<Order><Note>Nur ein Test</Note><OrderLine/></Order>", Content::NoOrder),
            ("<Order><OrderLine><Note>Ligne annulée</Note></OrderLine></Order>", Content::NoOrder),
            (
                "<Order><OrderLine><LineItem><LineStatusCode>2</LineStatusCode></LineItem></OrderLine></Order>",
                Content::Change,
            ),
            (
                "<ORDER><ORDER_HEADER><ORDER_INFO><REMARKS>non evadere</REMARKS></ORDER_INFO></ORDER_HEADER></ORDER>",
                Content::NoOrder,
            ),
            (
                "<ORDER><ORDER_HEADER><CONTROL_INFO><STOP_AUTOMATIC_PROCESSING>x</STOP_AUTOMATIC_PROCESSING>\
                 </CONTROL_INFO><ORDER_INFO/></ORDER_HEADER></ORDER>",
                Content::NoOrder,
            ),
        ] {
            assert_eq!(read(&xml::parse(xml).expect("well-formed")), want, "{xml}");
        }
    }
}
