//! What `postorder check` says about Odoo: each line ok, or what to do.

use super::CheckItem;
use super::domain::Domain;
use super::error::OdooError;
use super::rpc::Rpc;
use super::settings::Settings;
use super::shop::Shop;
use super::wire::Query;

/// What our user must be allowed, and what for.
const RIGHTS: [(&str, &[&str], &str); 10] = [
    ("product.product", &["read"], "to read the catalogue and stock"),
    ("res.partner", &["read", "create", "write"], "to find and make customers"),
    ("sale.order", &["read", "create", "write"], "to place and confirm orders"),
    ("sale.order.line", &["read", "create"], "to place orders"),
    ("stock.move", &["read"], "to see what was reserved"),
    ("account.tax", &["read"], "to name taxes in letters"),
    ("uom.uom", &["read"], "to read units and packages"),
    ("product.supplierinfo", &["read"], "to find vendors"),
    ("ir.attachment", &["read", "create"], "to attach the mail to its order"),
    ("mail.message", &["read", "create"], "to show the mail in the order's chatter"),
];

/// Looks at everything, as far as each step lets the next be looked at.
pub(super) async fn check(settings: &Settings) -> Vec<CheckItem> {
    let mut items = Vec::new();
    match proven(settings).await {
        Err(error) => items.push(item("odoo log-in", Err(error))),
        Ok(rpc) => {
            let said = format!(
                "Odoo {} at {}, database '{}', user '{}', protocol {}",
                rpc.version.text,
                rpc.http.address(),
                rpc.database,
                rpc.login,
                rpc.protocol().name()
            );
            items.push(item("odoo log-in", Ok(said)));
            with(rpc, settings, &mut items).await;
        }
    }
    items
}

/// Logs in, and proves it by a call: JSON-2 has no log-in of its own, each call brings the key.
async fn proven(settings: &Settings) -> Result<Rpc, OdooError> {
    let rpc = Rpc::log_in(settings).await?;
    rpc.has_right("res.partner", "read").await?;
    Ok(rpc)
}

async fn with(rpc: Rpc, settings: &Settings, items: &mut Vec<CheckItem>) {
    for (model, operations, purpose) in RIGHTS {
        for operation in operations {
            let outcome = rpc.may(model, operation, purpose).await;
            let outcome = outcome.map(|()| purpose.to_owned());
            items.push(item(&format!("odoo right {model} {operation}"), outcome));
        }
    }
    match Shop::learn(rpc, settings).await {
        Err(error) => items.push(item("odoo set-up", Err(error))),
        Ok(shop) => {
            items.push(item("odoo modules", Ok("sales, inventory and their link".to_owned())));
            let place = match shop.warehouse {
                Some(id) => format!("company '{}', warehouse {id}", shop.company_name),
                None => format!("company '{}', all its warehouses", shop.company_name),
            };
            items.push(item("odoo company", Ok(place)));
            let langs: Vec<&str> = shop.langs.all().iter().map(|(_, code)| *code).collect();
            items.push(item("odoo languages", Ok(langs.join(", "))));
            items.push(item("odoo products", products(&shop).await));
        }
    }
}

/// At least one product must be for sale.
async fn products(shop: &Shop) -> Result<String, OdooError> {
    let mut query = Query::new("product.product", &["name"], Domain::is("sale_ok", true));
    query.limit = Some(1);
    match shop.rpc.read(query).await?.first() {
        None => Err(OdooError::setup("Odoo has no product that can be sold: mark some so")),
        Some(row) => Ok(format!("for sale, such as '{}'", row.string("name"))),
    }
}

fn item(name: &str, outcome: Result<String, OdooError>) -> CheckItem {
    match outcome {
        Ok(message) => CheckItem { name: name.to_owned(), ok: true, message },
        Err(error) => CheckItem { name: name.to_owned(), ok: false, message: error.message },
    }
}
