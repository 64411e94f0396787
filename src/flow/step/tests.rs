//! Scenarios: what the customer, the clerk and Odoo do, and what follows.
