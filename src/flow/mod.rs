//! The case: what happens to an order, decided by one pure function, [`step`].
//!
//! No I/O, no clock (`now` is an argument), no logs, no panics. Whatever an event asks to be done
//! outside comes back as an [`Effect`]; what was found there comes in as the next [`Event`].

mod case;
mod edges;
mod effect;
mod event;
mod policy;
mod step;
#[cfg(test)]
pub(crate) mod testing;

pub use case::{
    Awaiting, Case, CaseKey, Customer, HoldReason, Incomplete, Item, Offered, Outcome, Placing,
    Purpose, Request, Resume, Short, State, Wanted,
};
pub use edges::{EDGES, diagram};
pub use effect::{
    Annotate, Content, Effect, File, Folder, Letter, LetterKind, LookUp, OrderDraft, OrderLine,
    Place, Target,
};
pub use event::{
    Availability, ErrorClass, Event, Failure, LookedUp, MailRead, Partner, PlacedLine, PlacedOrder,
    Refused, Stock, Vendor,
};
pub use policy::{Partial, Policy};
pub use step::{Illegal, Peek, Transition, begins_anew, joins, peek, step};
