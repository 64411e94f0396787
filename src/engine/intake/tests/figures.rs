//! How fast it is.

use super::*;

/// Prints how fast mails are taken in, filed, and found again by a listing:
/// `cargo test --lib intake -- --ignored figures --nocapture`.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "figures, not a test"]
async fn figures() {
    let files: u32 =
        std::env::var("POSTORDER_FIGURES_FILES").ok().and_then(|n| n.parse().ok()).unwrap_or(5000);
    let world = World::new();
    for number in 0..files {
        fs::write(world.path(format!("new/{number}.host")), mail(number as usize)).unwrap();
    }
    let before = resident();
    let begun = std::time::Instant::now();
    assert_eq!(world.drain().await.new, u64::from(files));
    let seconds = begun.elapsed().as_secs_f64();
    println!(
        "{files} files taken in: {:.0}/s, {} MiB more",
        f64::from(files) / seconds,
        resident() - before
    );

    let begun = std::time::Instant::now();
    let rows = world.store.unread(chrono::Utc::now(), 64).await.unwrap();
    println!("64 of them asked for: {:.1} ms", begun.elapsed().as_secs_f64() * 1e3);
    let mut filing = tokio::task::JoinSet::new();
    let begun = std::time::Instant::now();
    for row in rows {
        filing.spawn(async move { MaildirDesk.file(row, Folder::Done).await.unwrap() });
    }
    filing.join_all().await;
    println!("64 filed: {:.1} ms", begun.elapsed().as_secs_f64() * 1e3);
}

/// Resident memory of this process, in MiB.
fn resident() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with("VmRSS")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse::<u64>().unwrap() / 1024
}
