//! Scenarios: what the customer, the clerk and Odoo do, and what follows.

mod conversation;
mod deadlines;
mod diagram;
mod people;
mod play;
mod trouble;
