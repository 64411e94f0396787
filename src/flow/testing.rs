//! What the tests of several modules pretend that Odoo holds.

use rust_decimal::Decimal;

use super::PlacedLine;

/// A line as Odoo reads it back, each piece at a price of one.
pub(crate) fn placed_line(product_id: i64, quantity: Decimal, reserved: Decimal) -> PlacedLine {
    PlacedLine {
        product_id,
        default_code: format!("P-{product_id}"),
        name: format!("N{product_id}"),
        quantity,
        uom: "Units".into(),
        reserved: Some(reserved),
        unit_price: Decimal::ONE,
        discount: Decimal::ZERO,
        subtotal: quantity,
        taxes: Vec::new(),
    }
}
