//! `postorder read-file`: what the daemon calls to open one attached PDF or spreadsheet, within
//! limits, in a process that may end however it likes.

use std::io::{Read as _, Write as _};

use rustix::process::{Resource, Rlimit, setrlimit};

use super::Done;

/// Largest file that is opened, in bytes.
const MAX_FILE: u64 = 8 << 20;
/// Memory that the process may take beside what it has when it begins, in bytes: the allocator reserves
/// address space ahead of its use, a GiB at times.
const MEMORY: u64 = 768 << 20;
/// Processor time, in seconds.
const SECONDS: u64 = 10;

/// Opens the file on standard input, and prints what it holds as JSON.
pub(super) fn run() -> Done {
    for (resource, most) in [
        (Resource::As, reserved().saturating_add(MEMORY)),
        (Resource::Cpu, SECONDS),
        (Resource::Fsize, 0),
        (Resource::Core, 0),
    ] {
        // Where a sandbox forbids it, the daemon's patience and the file's own bounds remain.
        let _ = setrlimit(resource, Rlimit { current: Some(most), maximum: Some(most) });
    }
    let mut bytes = Vec::new();
    std::io::stdin().lock().take(MAX_FILE + 1).read_to_end(&mut bytes)?;
    let extract = crate::reading::extract(&bytes);
    std::io::stdout().lock().write_all(&serde_json::to_vec(&extract)?)?;
    Ok(())
}

/// Address space that the process has, in bytes (proc(5), `VmSize` of `status`); 0 where that is not told.
fn reserved() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let told = status.lines().find_map(|line| line.strip_prefix("VmSize:"));
    let kib = told.and_then(|size| size.split_whitespace().next()?.parse::<u64>().ok());
    kib.unwrap_or_default().saturating_mul(1 << 10)
}
