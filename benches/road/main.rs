//! How fast the whole road is, and how large: `make bench`.
//!
//! Every figure is a ratio or a median over the real binary, started as a child process; the
//! yardsticks (what the server takes at all, what a client does that makes one call at a time) are
//! measured in the same run.
//!
//! `cargo bench --bench road -- [latency] [drain] [recovery] [flood] [real] [parse]`; default: all. `real` wants a
//! real Odoo 19 (`scripts/real-odoo up 19`); where none can be had it says so.

mod child;
mod latency;
mod mails;
mod naive;
mod parse;
mod queue;
mod real;
mod recovery;
mod rpc;
mod sink;

/// As the binary has it, whose stand-in for Odoo is measured with it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

type Done = Result<(), Box<dyn std::error::Error>>;

fn main() -> std::process::ExitCode {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let runtime = match runtime {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("no runtime: {error}");
            return std::process::ExitCode::FAILURE;
        }
    };
    // Cargo passes `--bench`; the rest is ours.
    let wanted: Vec<String> = std::env::args().skip(1).filter(|a| !a.starts_with('-')).collect();
    let all = ["parse", "latency", "drain", "recovery", "flood", "real"];
    if let Some(unknown) = wanted.iter().find(|name| !all.contains(&name.as_str())) {
        eprintln!("there is no part {unknown:?}: the parts are {}", all.join(", "));
        return std::process::ExitCode::from(2);
    }
    let mut failed = false;
    for name in all {
        if !wanted.is_empty() && !wanted.iter().any(|w| w == name) {
            continue;
        }
        println!("== {name}");
        let done = runtime.block_on(async {
            match name {
                "parse" => parse::run(),
                "latency" => latency::run().await,
                "drain" => queue::run().await,
                "recovery" => recovery::run().await,
                "flood" => recovery::flood().await,
                _ => real::run().await,
            }
        });
        if let Err(error) = done {
            println!("{name}: FAILED: {error}");
            failed = true;
        }
    }
    if failed { std::process::ExitCode::FAILURE } else { std::process::ExitCode::SUCCESS }
}
