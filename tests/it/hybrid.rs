//! PDFs that hold the order as XML too: the XML is read, and the pages must not contradict it.

use lopdf::content::{Content, Operation};
use lopdf::{Document, Object, Stream, dictionary};
use serde_json::Value;

use crate::bad_input::reading_of;

/// A UBL order of these lines.
fn ubl(lines: &[(&str, u32)]) -> String {
    let line = |(code, quantity): &(&str, u32)| {
        format!(
            "<cac:OrderLine><cac:LineItem><cbc:ID>1</cbc:ID>\
             <cbc:Quantity unitCode=\"C62\">{quantity}</cbc:Quantity><cac:Item>\
             <cac:SellersItemIdentification><cbc:ID>{code}</cbc:ID></cac:SellersItemIdentification>\
             </cac:Item></cac:LineItem></cac:OrderLine>"
        )
    };
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\
         <Order xmlns=\"urn:oasis:names:specification:ubl:schema:xsd:Order-2\" \
         xmlns:cac=\"urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2\" \
         xmlns:cbc=\"urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2\">\
         <cbc:ID>PO-77</cbc:ID><cbc:IssueDate>2025-06-08</cbc:IssueDate>\
         <cbc:OrderTypeCode>220</cbc:OrderTypeCode>{}</Order>",
        lines.iter().map(line).collect::<String>()
    )
}

/// A PDF with these rows on its page, and a file within it.
fn pdf(rows: &[[&str; 2]], file: &str) -> Vec<u8> {
    let mut document = Document::with_version("1.7");
    let pages = document.new_object_id();
    let font = document.add_object(dictionary! {
        "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Helvetica",
    });
    let mut operations = Vec::new();
    for (row, cells) in (0_i32..).zip(rows) {
        for (column, cell) in (0_i32..).zip(cells) {
            operations.extend([
                Operation::new("BT", vec![]),
                Operation::new("Tf", vec!["F1".into(), 10.into()]),
                Operation::new("Td", vec![(50 + 250 * column).into(), (750 - 20 * row).into()]),
                Operation::new("Tj", vec![Object::string_literal(*cell)]),
                Operation::new("ET", vec![]),
            ]);
        }
    }
    let content = Content { operations }.encode().expect("a page");
    let content = document.add_object(Stream::new(dictionary! {}, content));
    let page = document.add_object(dictionary! {
        "Type" => "Page", "Parent" => pages, "Contents" => content,
        "MediaBox" => vec![0.into(), 0.into(), 595.into(), 842.into()],
        "Resources" => dictionary! { "Font" => dictionary! { "F1" => font } },
    });
    let tree = dictionary! { "Type" => "Pages", "Kids" => vec![page.into()], "Count" => 1 };
    document.objects.insert(pages, Object::Dictionary(tree));
    let mut stream = Stream::new(
        dictionary! { "Type" => "EmbeddedFile", "Subtype" => "text/xml" },
        file.as_bytes().to_vec(),
    );
    stream.compress().expect("deflate");
    let stream = document.add_object(stream);
    let file = document.add_object(dictionary! {
        "Type" => "Filespec", "F" => Object::string_literal("order.xml"),
        "EF" => dictionary! { "F" => stream },
    });
    let names = vec![Object::string_literal("order.xml"), file.into()];
    let root = document.add_object(dictionary! {
        "Type" => "Catalog", "Pages" => pages,
        "Names" => dictionary! { "EmbeddedFiles" => dictionary! { "Names" => names } },
    });
    document.trailer.set("Root", root);
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).expect("a file");
    bytes
}

const PAGE: [[&str; 2]; 4] =
    [["Purchase order PO-77", ""], ["Article", "Quantity"], ["AB-10", "40"], ["AB-20", "7"]];

fn ordered(reading: &Value) -> Vec<(&str, &str)> {
    let lines = reading["lines"].as_array().expect("lines");
    lines
        .iter()
        .filter_map(|line| {
            Some((line["product"]["default_code"].as_str()?, line["quantity"].as_str()?))
        })
        .collect()
}

#[test]
fn the_order_within_a_pdf_is_read() {
    let xml = ubl(&[("AB-10", 40), ("AB-20", 7)]);
    // With pages that say the same, and with such as say nothing.
    for rows in [&PAGE[..], &[["Please see the data in this file.", ""]]] {
        let reading = reading_of("order.pdf", &pdf(rows, &xml));
        assert_eq!(reading["intent"], "order", "{reading}");
        assert_eq!(ordered(&reading), [("AB-10", "40"), ("AB-20", "7")]);
        assert_eq!(reading["reference"], "PO-77");
        assert_eq!(reading["order_date"], "2025-06-08");
    }
}

#[test]
fn pages_that_order_something_else_are_a_conflict() {
    let xml = ubl(&[("AB-10", 400), ("AB-20", 7)]);
    let reading = reading_of("order.pdf", &pdf(&PAGE, &xml));
    assert_eq!(reading["intent"], "incomplete", "{reading}");
    assert_eq!(reading["problems"][0]["code"], "conflict", "{reading}");
    assert!(ordered(&reading).is_empty());
}

#[test]
fn an_invoice_within_a_pdf_is_no_order() {
    let xml =
        ubl(&[("AB-10", 40)]).replace("Order-2\"", "Invoice-2\"").replace("Order ", "Invoice ");
    let xml = xml.replace("</Order>", "</Invoice>");
    let reading = reading_of("order.pdf", &pdf(&[["Thank you", ""]], &xml));
    assert_eq!(reading["intent"], "review", "{reading}");
}
