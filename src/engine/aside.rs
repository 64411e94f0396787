//! Work that blocks or takes long, off the threads that drive the engine.

use tokio::runtime::{Handle, RuntimeFlavor};
use tokio::task::JoinError;

/// Fewer bytes than this are dealt with sooner than handed to another thread.
const FEW: usize = 32 << 10;

/// Does what takes about as long as so many bytes of a mail take: what is short, among the tasks;
/// an error is its panic.
pub(super) async fn beside<T, F>(bytes: usize, work: F) -> Result<T, JoinError>
where
    T: Send + 'static,
    F: FnOnce() -> T + Send + 'static,
{
    if bytes < FEW { tokio::spawn(async move { work() }).await } else { aside(work).await }
}

/// Does it aside; an error is its panic.
///
/// A runtime of one thread does it among its tasks: there, one seed gives one order of things
/// ([`sim`](super::sim)), which a second thread would take away.
pub(super) async fn aside<T, F>(work: F) -> Result<T, JoinError>
where
    T: Send + 'static,
    F: FnOnce() -> T + Send + 'static,
{
    if Handle::current().runtime_flavor() == RuntimeFlavor::CurrentThread {
        return tokio::spawn(async move { work() }).await;
    }
    tokio::task::spawn_blocking(work).await
}
