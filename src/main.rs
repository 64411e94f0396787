//! The `postorder` binary: all of it is in the library.

use std::process::ExitCode;

/// What a mail needs lives as long as one of its steps, in many small pieces: a quarter more mails
/// a second than with the system's allocator. `no_thp`: huge pages would double the resident memory.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    postorder::cli::main()
}
