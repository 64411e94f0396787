"""Fills the template database of scripts/real-odoo. Runs inside `odoo shell` (14.0 and 19.0), which provides `env`.

What a test may rely on: the products of maildir-fixtures/catalog.json under the same ids, with translated names, stock,
packages and vendors; one sales tax; the users `postorder` (sales and contacts) and `low` (an ordinary employee).
Ends with one line for the script: POSTORDER-SEED and the log-ins, as members of a JSON object.
"""
# `env` is the shell's own.
# ruff: noqa: F821
import json

from odoo import release

CATALOG = "/usr/local/share/postorder/catalog.json"
MAJOR = release.version_info[0]
LANGUAGES = {"fr": "fr_FR", "de": "de_DE", "it": "it_IT"}
UNITS = {"Units": "uom.product_uom_unit", "kg": "uom.product_uom_kgm", "m": "uom.product_uom_meter"}
TAX_PERCENT = 8.1
POSTORDER_GROUPS = ["base.group_user", "sales_team.group_sale_salesman_all_leads", "base.group_partner_manager"]


def settle_company(company):
    """Name, currency and country as the fixtures expect."""
    parameters = env["ir.config_parameter"].sudo()
    parameters.set_param("iap.endpoint", "http://127.0.0.1:1")  # its paid services are never asked
    # Links in Odoo's own notes; without it the first log-in of an administrator would set it.
    parameters.set_param("web.base.url", "http://127.0.0.1")
    parameters.set_param("web.base.url.freeze", "True")

    currency = env["res.currency"].with_context(active_test=False).search([("name", "=", company["currency"])])
    currency.active = True
    own = env.company
    own.write({"name": company["name"], "email": company["sales"], "currency_id": currency.id,
               "country_id": env.ref("base.ch").id, "street": "Bahnhofstrasse 1", "zip": "8000", "city": "Zurich"})
    env["product.pricelist"].with_context(active_test=False).search([]).write({"currency_id": currency.id})
    warehouses = env["stock.warehouse"].search([])
    warehouses[0].write({"name": company["name"]})


def make_tax():
    """The one sales tax, in place of what a generic chart of accounts may have brought. Returns it."""
    env["account.tax"].search([("type_tax_use", "in", ("sale", "purchase"))]).write({"active": False})
    group = {"name": "VAT"}
    if MAJOR >= 15:
        env.company.account_fiscal_country_id = env.company.country_id
        group["country_id"] = env.company.country_id.id
    tax = env["account.tax"].create({
        "name": "VAT %s%%" % TAX_PERCENT, "type_tax_use": "sale", "amount_type": "percent", "amount": TAX_PERCENT,
        "tax_group_id": env["account.tax.group"].create(group).id,
    })
    for lang, name in (("fr", "TVA"), ("de", "MWST"), ("it", "IVA")):
        tax.with_context(lang=LANGUAGES[lang]).write({"name": "%s %s%%" % (name, TAX_PERCENT)})
    env.company.account_sale_tax_id = tax
    return tax


def vendor(email):
    """The partner of a vendor's address, made when missing."""
    partners = env["res.partner"]
    found = partners.search([("email", "=", email)], limit=1)
    name = email.split("@")[1].split(".")[0].replace("-", " ").title()
    return found or partners.create({"name": name, "email": email, "is_company": True, "supplier_rank": 1})


def packages(entry, unit):
    """The fields of a product template that hold its packages: models of their own in 14, units in 19."""
    if MAJOR < 18:
        return {"packaging_ids": [(0, 0, {"name": p["name"], "qty": p["qty"]}) for p in entry["packagings"]]}
    units = env["uom.uom"]
    for package in entry["packagings"]:
        found = env["uom.uom"].search([("name", "=", package["name"]), ("relative_uom_id", "=", unit.id)], limit=1)
        units |= found or env["uom.uom"].create(
            {"name": package["name"], "relative_factor": package["qty"], "relative_uom_id": unit.id})
    return {"uom_ids": [(6, 0, units.ids)]}


def make_product(entry, tax):
    """One product with the id of the catalogue, its names, packages, vendor and stock."""
    unit = env.ref(UNITS[entry["uom"]])
    values = {
        "name": entry["name"], "default_code": entry["default_code"], "barcode": entry["barcode"],
        "list_price": entry["list_price"], "standard_price": round(entry["list_price"] * 0.6, 2),
        "sale_ok": True, "purchase_ok": True, "taxes_id": [(6, 0, tax.ids)], "supplier_taxes_id": [(6, 0, [])],
        "uom_id": unit.id,
    }
    if MAJOR < 17:
        values.update(type="product", uom_po_id=unit.id)
    else:
        values.update(type="consu", is_storable=True)
    values.update(packages(entry, unit))
    if entry["supplier"]:
        field = "name" if MAJOR < 16 else "partner_id"
        values["seller_ids"] = [(0, 0, {
            field: vendor(entry["supplier"]["email"]).id, "delay": entry["supplier"]["lead_days"],
            "min_qty": 1, "price": round(entry["list_price"] * 0.6, 2)})]
    for table in ("product_template", "product_product"):
        env.cr.execute("ALTER SEQUENCE %s_id_seq RESTART WITH %d" % (table, entry["id"]))
    product = env["product.product"].create(values)
    assert (product.id, product.product_tmpl_id.id) == (entry["id"], entry["id"]), product
    for lang, name in entry["names"].items():
        product.with_context(lang=LANGUAGES[lang]).write({"name": name})
    put_in_stock(product, entry["free_qty"])
    if not entry.get("active", True):
        product.product_tmpl_id.action_archive()


def put_in_stock(product, quantity):
    if not quantity:
        return
    location = env["stock.warehouse"].search([], limit=1).lot_stock_id
    quant = env["stock.quant"].with_context(inventory_mode=True).create(
        {"product_id": product.id, "location_id": location.id, "inventory_quantity": quantity})
    if MAJOR >= 15:
        quant.action_apply_inventory()


def make_user(login, name, groups, tz):
    """An ordinary user with exactly these groups (and what they imply); password is the log-in and '-secret'."""
    field = "groups_id" if MAJOR < 19 else "group_ids"
    return env["res.users"].with_context(no_reset_password=True).create({
        "name": name, "login": login, "password": login + "-secret", "email": login + "@mycompany.example",
        "lang": "en_US", "tz": tz, field: [(6, 0, [env.ref(group).id for group in groups])],
    })


def log_in(user, with_key):
    """What a client needs to log in as that user."""
    entry = {"login": user.login, "password": user.login + "-secret", "uid": user.id}
    if with_key and MAJOR >= 19:
        entry["api_key"] = env["res.users.apikeys"].with_user(user).sudo()._generate("rpc", "postorder tests", None)
    return entry


def check(catalog):
    """What was made is what the catalogue says, looked at anew."""
    env.flush_all() if MAJOR >= 16 else env["base"].flush()
    env.invalidate_all() if MAJOR >= 16 else env.cache.invalidate()
    for entry in catalog["products"]:
        product = env["product.product"].browse(entry["id"])
        got = (product.default_code, product.barcode, product.free_qty, product.active, product.list_price)
        want = (entry["default_code"], entry["barcode"], entry["free_qty"], entry.get("active", True),
                entry["list_price"])
        assert got[:2] == want[:2] and got[3] == want[3], (entry["id"], got, want)
        assert all(abs(got[i] - want[i]) < 1e-6 for i in (2, 4)), (entry["id"], got, want)
        for lang, name in entry["names"].items():
            assert product.with_context(lang=LANGUAGES[lang]).name == name, (entry["id"], lang)


def main():
    with open(CATALOG, encoding="utf-8") as file:
        catalog = json.load(file)
    settle_company(catalog["company"])
    tax = make_tax()
    for entry in catalog["products"]:
        make_product(entry, tax)
    # A trap to survive: 'today' and bare times of this user are not UTC's.
    postorder = make_user("postorder", "Order Desk", POSTORDER_GROUPS, "Europe/Zurich")
    low = make_user("low", "Low Rights", ["base.group_user"], "UTC")
    check(catalog)
    logins = {
        "admin": {"login": "admin", "password": "admin", "uid": env.ref("base.user_admin").id},
        "user": log_in(postorder, with_key=True),
        "low": log_in(low, with_key=True),
    }
    env.cr.commit()
    print("POSTORDER-SEED " + json.dumps(logins, separators=(",", ":"))[1:-1], flush=True)


main()
