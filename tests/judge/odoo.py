"""An administrator's eyes in an Odoo, over its JSON-RPC: nothing of postorder's is asked."""

import json
import time
import urllib.error
import urllib.request

PAGE = 1000


class Odoo:
    """One database."""

    def __init__(self, url, database, login, password):
        self.url, self.database, self.password = url, database, password
        self.uid = self.rpc("common", "authenticate", [database, login, password, {}])

    def rpc(self, service, method, args):
        """One call; raises where Odoo answers with an error."""
        params = {"service": service, "method": method, "args": args}
        body = json.dumps({"jsonrpc": "2.0", "method": "call", "id": 1, "params": params}).encode()
        head = {"Content-Type": "application/json"}
        for attempt in range(6):
            try:
                with urllib.request.urlopen(urllib.request.Request(f"{self.url}/jsonrpc", body, head), timeout=120) as answer:
                    answer = json.load(answer)
            except (ConnectionError, urllib.error.URLError):
                if attempt == 5:
                    raise
                time.sleep(1)
                continue
            error = answer.get("error")
            if error is None:
                return answer.get("result")
            if "serialize" not in str(error) or attempt == 5:
                raise RuntimeError(f"{method}: {error.get('data', {}).get('message') or error}")
            time.sleep(0.3)

    def call(self, model, method, args, **options):
        """A method of a model."""
        return self.rpc("object", "execute_kw", [self.database, self.uid, self.password, model, method, args, options])

    def find(self, model, domain, fields):
        """All records that a domain finds, archived ones too."""
        last, found = 0, []
        while True:
            page = self.call(
                model, "search_read", [[*domain, ["id", ">", last]]], fields=fields, order="id", limit=PAGE,
                context={"active_test": False},
            )
            found += page
            if len(page) < PAGE:
                return found
            last = page[-1]["id"]

    def make(self, products, vendor):
        """Makes the products, with a vendor, and puts them into the warehouse."""
        partner = self.call("res.partner", "create", [{"name": vendor, "email": vendor, "is_company": True}])
        for product in products:
            values = {
                "name": f"Thing {product.code}", "default_code": product.code, "list_price": 12.5, "sale_ok": True,
                "purchase_ok": True, "type": "consu", "is_storable": True,
            }
            product.id = self.call("product.product", "create", [values])
            record, = self.find("product.product", [["id", "=", product.id]], ["product_tmpl_id"])
            values = {"partner_id": partner, "product_tmpl_id": record["product_tmpl_id"][0], "delay": 7, "min_qty": 1}
            self.call("product.supplierinfo", "create", [values])
            if product.stock:
                self.set_stock(product, product.stock)

    def set_stock(self, product, quantity):
        """Counts a product: so much lies there from now on."""
        place = self.find("stock.warehouse", [], ["lot_stock_id"])[0]["lot_stock_id"][0]
        values = {"product_id": product.id, "location_id": place, "inventory_quantity": quantity}
        context = {"inventory_mode": True}
        quant = self.call("stock.quant", "create", [values], context=context)
        self.call("stock.quant", "action_apply_inventory", [[quant]], context=context)

    def orders(self, domain):
        """Orders of partners whose address ends so, each with lines and reservations by product code."""
        emails = {p["id"]: (p["email"] or "").lower() for p in self.find("res.partner", [["email", "ilike", domain]], ["email"])}
        codes = {p["id"]: p["default_code"] for p in self.find("product.product", [], ["default_code"])}
        heads = self.find("sale.order", [["partner_id", "in", list(emails)]], ["name", "state", "partner_id", "commitment_date"])
        orders = {
            head["id"]: {
                "number": head["name"], "state": head["state"], "sender": emails[head["partner_id"][0]],
                "date": (head["commitment_date"] or "")[:10], "lines": {}, "reserved": {},
            }
            for head in heads
        }
        line_of = {}
        for line in self.find("sale.order.line", [["order_id", "in", list(orders)]], ["order_id", "product_id", "product_uom_qty"]):
            line_of[line["id"]] = line["order_id"][0]
            add(orders[line["order_id"][0]]["lines"], codes.get(line["product_id"][0]), line["product_uom_qty"])
        for move in self.find("stock.move", [["sale_line_id", "in", list(line_of)]], ["sale_line_id", "product_id", "quantity"]):
            order = orders[line_of[move["sale_line_id"][0]]]
            add(order["reserved"], codes.get(move["product_id"][0]), move["quantity"])
        return list(orders.values()), sorted(emails.values())


def add(lines, code, quantity):
    """Adds to a product's sum."""
    lines[code] = lines.get(code, 0) + quantity
