//! Intake on real directories: nothing lost, nothing twice, nothing waited for.

use std::ffi::OsString;
use std::fs::{self, Permissions};
use std::os::unix::ffi::OsStringExt as _;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::Path;
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::SystemTime;

use tempfile::TempDir;
use tokio::task::JoinHandle;

use super::*;
use crate::engine::ports::{Desk as _, SystemClock};
use crate::flow::Folder;
use crate::store::MailRow;
use crate::store::sqlite::SqliteStore;

/// A store, maildirs, and their intake.
struct World {
    folder: TempDir,
    store: Arc<dyn Store>,
    sqlite: Arc<SqliteStore>,
    settings: IntakeSettings,
    rung: Arc<AtomicUsize>,
}

impl World {
    fn new() -> Self {
        let folder = TempDir::new().unwrap();
        let store = Arc::new(SqliteStore::open(&folder.path().join("postorder.db")).unwrap());
        let settings = IntakeSettings {
            maildirs: vec![folder.path().join("maildir")],
            poll: Duration::from_millis(20),
            retry: Duration::from_millis(20),
            ..IntakeSettings::default()
        };
        make(&folder.path().join("maildir"));
        let sqlite = Arc::clone(&store);
        Self { folder, store, sqlite, settings, rung: Arc::default() }
    }

    fn path(&self, file: impl AsRef<Path>) -> PathBuf {
        self.folder.path().join("maildir").join(file)
    }

    /// A settled file in the maildir.
    fn put(&self, file: impl AsRef<Path>, bytes: impl AsRef<[u8]>) {
        let path = self.path(file);
        fs::write(&path, bytes).unwrap();
        settle(&path);
    }

    /// Delivers as a mail server does: written in `tmp`, renamed into `new`.
    fn deliver(&self, name: &str, bytes: impl AsRef<[u8]>) {
        fs::write(self.path("tmp").join(name), bytes).unwrap();
        fs::rename(self.path("tmp").join(name), self.path("new").join(name)).unwrap();
    }

    fn intake(&self) -> Intake {
        let rung = Arc::clone(&self.rung);
        let on_mail = move || {
            rung.fetch_add(1, Ordering::Relaxed);
        };
        Intake::new(Arc::clone(&self.store), Arc::new(SystemClock), self.settings.clone(), on_mail)
    }

    async fn drain(&self) -> Taken {
        self.intake().drain(CancellationToken::new()).await.unwrap()
    }

    fn run(&self) -> Running {
        let (intake, stop) = (Arc::new(self.intake()), CancellationToken::new());
        let (runs, ended) = (Arc::clone(&intake), stop.clone());
        Running { intake, stop, task: tokio::spawn(async move { runs.run(ended).await }) }
    }

    async fn mails(&self) -> Vec<MailRow> {
        self.store.unread(100_000).await.unwrap()
    }

    /// Waits until so many mails are in.
    async fn until(&self, mails: usize) {
        eventually(|| async { self.mails().await.len() == mails }).await;
    }

    fn files(&self, directory: &str) -> Vec<String> {
        let Ok(files) = fs::read_dir(self.path(directory)) else { return Vec::new() };
        let mut names: Vec<_> =
            files.map(|file| file.unwrap().file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }
}

struct Running {
    intake: Arc<Intake>,
    stop: CancellationToken,
    task: JoinHandle<Result<(), StoreError>>,
}

impl Running {
    async fn stop(self) -> Result<(), StoreError> {
        self.stop.cancel();
        self.task.await.unwrap()
    }
}

async fn eventually<F: Future<Output = bool>>(mut holds: impl FnMut() -> F) {
    for _ in 0..2000 {
        if holds().await {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("it did not come to pass");
}

fn make(maildir: &Path) {
    for part in ["new", "cur", "tmp"] {
        fs::create_dir_all(maildir.join(part)).unwrap();
    }
}

/// Makes a file look as if it was written long ago.
fn settle(path: &Path) {
    let file = fs::File::open(path).unwrap();
    file.set_modified(SystemTime::now() - Duration::from_secs(3600)).unwrap();
}

fn mail(number: usize) -> String {
    format!(
        "From: Ann <ann@example.com>\r\nMessage-ID: <{number}@example.com>\r\n\
         Subject: order {number}\r\n\r\n{number} pieces\r\n"
    )
}

const TAKEN: fn(u64, u64, u64) -> Taken = |new, known, left| Taken { new, known, left };

#[tokio::test]
async fn a_mail_is_recorded_and_moved_to_cur() {
    let world = World::new();
    world.put("new/1.host", mail(1));
    assert_eq!(world.drain().await, TAKEN(1, 0, 0));
    let row = &world.mails().await[0];
    assert_eq!((row.from.as_str(), row.subject.as_str()), ("ann@example.com", "order 1"));
    assert_eq!(row.message_id.as_deref(), Some("1@example.com"));
    assert_eq!((row.maildir.clone(), row.file.as_str()), (world.path(""), "cur/1.host:2,S"));
    let raw = world.store.raw(row.id.clone()).await.unwrap().unwrap();
    assert_eq!(raw, mail(1).into_bytes());
    assert_eq!((world.files("new"), world.files("cur")), (vec![], vec!["1.host:2,S".into()]));
    assert_eq!(world.rung.load(Ordering::Relaxed), 1);
    assert_eq!(world.drain().await, TAKEN(0, 0, 0));
}

#[tokio::test]
async fn a_mail_under_six_names_at_once_is_one_mail() {
    let world = World::new();
    for number in 0..6 {
        world.put(format!("new/{number}.host"), mail(1));
    }
    assert_eq!(world.drain().await, TAKEN(1, 5, 0));
    assert_eq!(world.mails().await.len(), 1);
    assert_eq!(world.files("new"), Vec::<String>::new());
    assert_eq!((world.files("cur").len(), world.files(".Done/cur").len()), (1, 5));
}

#[tokio::test]
async fn one_message_id_with_two_contents_is_two_mails() {
    let world = World::new();
    world.put("new/1.host", mail(1));
    world.put("new/2.host", mail(1).replace("1 pieces", "2 pieces"));
    assert_eq!(world.drain().await, TAKEN(2, 0, 0));
    assert_eq!(world.files("cur").len(), 2);
}

#[tokio::test]
async fn after_a_crash_between_recording_and_moving_the_file_is_moved() {
    let world = World::new();
    world.put("new/1.host", mail(1));
    world.drain().await;
    // As if the rename had not become durable.
    fs::rename(world.path("cur/1.host:2,S"), world.path("new/1.host")).unwrap();
    assert_eq!(world.drain().await, TAKEN(0, 1, 0));
    assert_eq!(world.files("cur"), ["1.host:2,S"]);
    assert_eq!(world.files(".Done/cur"), Vec::<String>::new());
    assert_eq!(world.mails().await.len(), 1);
}

#[tokio::test]
async fn a_file_comes_back_to_where_its_mail_was_filed() {
    let world = World::new();
    world.put("new/1.host", mail(1));
    world.drain().await;
    let row = world.mails().await.remove(0);
    let place = MaildirDesk.file(row.clone(), Folder::Review).await.unwrap().unwrap();
    world.store.moved(row.id, place.clone()).await.unwrap();
    fs::rename(world.path(&place), world.path("new/1.host")).unwrap();
    assert_eq!(world.drain().await, TAKEN(0, 1, 0));
    assert!(world.path(&place).exists());
}

#[tokio::test]
async fn another_mail_of_the_same_name_replaces_nothing() {
    let world = World::new();
    for number in [1, 2] {
        world.put("new/1.host", mail(number));
        assert_eq!(world.drain().await, TAKEN(1, 0, 0));
    }
    let mut files: Vec<_> = world.mails().await.into_iter().map(|row| row.file).collect();
    files.sort();
    assert_eq!(files, ["cur/1.host:2,S", "cur/1.host_1:2,S"]);
    assert_eq!(fs::read_to_string(world.path("cur/1.host_1:2,S")).unwrap(), mail(2));
}

#[tokio::test]
async fn what_is_no_mail_file_is_left_alone_and_stops_nothing() {
    let world = World::new();
    fs::write(world.folder.path().join("secret"), mail(9)).unwrap();
    symlink(world.folder.path().join("secret"), world.path("new/0.link")).unwrap();
    fs::create_dir(world.path("new/0.directory")).unwrap();
    let fifo = Command::new("mkfifo").arg(world.path("new/0.fifo")).status().unwrap();
    assert!(fifo.success());
    world.put("new/.hidden", mail(8));
    world.put("new/1.host", mail(1));
    assert_eq!(world.drain().await, TAKEN(1, 0, 0));
    assert_eq!(world.files("new"), [".hidden", "0.directory", "0.fifo", "0.link"]);
    assert_eq!(world.mails().await.len(), 1);
}

#[tokio::test]
async fn too_large_and_empty_files_become_mails_that_cannot_be_read() {
    let mut world = World::new();
    world.settings.max_size = 1 << 20;
    world.put("new/1.large", mail(1) + &"x".repeat(2 << 20));
    world.put("new/2.empty", "");
    world.put("new/3.empty", "");
    world.put("new/4.host", mail(4));
    assert_eq!(world.drain().await, TAKEN(4, 0, 0));
    let rows = world.mails().await;
    let of = |name: &str| rows.iter().find(|row| row.file.contains(name)).unwrap();
    let large = of("1.large");
    assert_eq!(large.reason.as_deref(), Some("it is too large: 2 MiB, and 1 MiB are allowed"));
    assert_eq!((large.subject.as_str(), large.from.as_str()), ("order 1", "ann@example.com"));
    assert!(world.store.raw(large.id.clone()).await.unwrap().is_none());
    assert_eq!(of("2.empty").reason.as_deref(), Some("the file is empty"));
    assert_ne!(of("2.empty").id, of("3.empty").id);
    assert_eq!(of("4.host").reason, None);
}

#[tokio::test]
async fn any_file_name_and_any_bytes_are_taken_in() {
    let world = World::new();
    let name = |bytes: &[u8]| Path::new("new").join(OsString::from_vec(bytes.to_vec()));
    world.put(name(b"1.\xFF\xFE.host"), mail(1));
    world.put(name(b"2.line\nbreak"), mail(2));
    world.put(name("3.ä".repeat(60).as_bytes()), mail(3));
    world.put(name(b"4.host:2,FRab"), mail(4));
    world.put(name(b"5.host:2,,,S;x"), b"\xFF\0\x01 no mail at all");
    assert_eq!(world.drain().await, TAKEN(5, 0, 0));
    assert_eq!(world.files("new"), Vec::<String>::new());
    for row in world.mails().await {
        assert!(world.path(&row.file).exists(), "{}", row.file);
    }
    assert!(world.path("cur/4.host:2,FRSab").exists());
}

#[tokio::test]
async fn a_file_that_cannot_be_read_waits_for_its_rights() {
    let world = World::new();
    world.put("new/1.host", mail(1));
    fs::set_permissions(world.path("new/1.host"), Permissions::from_mode(0o000)).unwrap();
    if fs::read(world.path("new/1.host")).is_ok() {
        crate::store::suite::loudly("SKIPPED: we may read everything (root)");
        return;
    }
    assert_eq!(world.drain().await, TAKEN(0, 0, 1));
    fs::set_permissions(world.path("new/1.host"), Permissions::from_mode(0o600)).unwrap();
    assert_eq!(world.drain().await, TAKEN(1, 0, 0));
}

#[tokio::test]
async fn a_reader_that_moves_files_takes_none_from_us() {
    let world = World::new();
    // What a mail server does as soon as anybody opens the mailbox.
    world.put("cur/1.host:2,", mail(1));
    world.put("cur/2.host", mail(2));
    // What a person has read, thrown away, or is writing.
    for (number, flags) in [(3, "S"), (4, "T"), (5, "D")] {
        world.put(format!("cur/{number}.host:2,{flags}"), mail(number));
    }
    assert_eq!(world.drain().await, TAKEN(2, 0, 0));
    assert_eq!(world.files("cur")[..2], ["1.host:2,S", "2.host:2,S"]);
    // A mail of ours that a person marks as unread stays one mail.
    fs::rename(world.path("cur/1.host:2,S"), world.path("cur/1.host:2,")).unwrap();
    assert_eq!(world.drain().await, TAKEN(0, 1, 0));
    assert_eq!(world.mails().await.len(), 2);
    assert!(world.path("cur/1.host:2,S").exists());
}

#[tokio::test]
async fn a_file_that_vanishes_or_moves_between_finding_and_reading_is_no_trouble() {
    let world = World::new();
    let intake = world.intake();
    let (found, mut files) = mpsc::channel(10);
    for lookout in intake.lookouts(&found) {
        world.put("new/1.host", mail(1));
        world.put("new/2.host", mail(2));
        lookout.once(CancellationToken::new()).await;
    }
    fs::remove_file(world.path("new/1.host")).unwrap();
    fs::rename(world.path("new/2.host"), world.path("cur/2.host:2,F")).unwrap();
    let stop = CancellationToken::new();
    let one = intake.taker.take(&files.recv().await.unwrap(), &stop).await.unwrap();
    let two = intake.taker.take(&files.recv().await.unwrap(), &stop).await.unwrap();
    assert_eq!((one, two), (Outcome::Gone, Outcome::New));
    assert_eq!(world.files("cur"), ["2.host:2,FS"]);
}

#[tokio::test]
async fn files_that_come_while_it_runs_are_taken_in() {
    for watch in [Watch::Inotify, Watch::Poll] {
        let mut world = World::new();
        world.settings.watch = watch;
        world.put("new/0.host", mail(0));
        let running = world.run();
        world.until(1).await;
        for number in 1..50 {
            world.deliver(&format!("{number}.host"), mail(number));
        }
        // Linked rather than renamed, as older mail servers do.
        fs::write(world.path("tmp/50.host"), mail(50)).unwrap();
        fs::hard_link(world.path("tmp/50.host"), world.path("new/50.host")).unwrap();
        fs::remove_file(world.path("tmp/50.host")).unwrap();
        // Written in place, as no mail server should.
        fs::write(world.path("new/51.host"), mail(51)).unwrap();
        world.until(52).await;
        eventually(|| async { world.files("new").is_empty() }).await;
        running.stop().await.unwrap();
        assert_eq!(world.files("cur").len(), 52);
        assert_eq!(world.rung.load(Ordering::Relaxed), 52);
    }
}

#[tokio::test]
async fn a_file_that_may_be_half_written_is_left_for_later() {
    let world = World::new();
    let (found, mut files) = mpsc::channel(10);
    let intake = world.intake();
    let lookout = intake.lookouts(&found).remove(0);
    let hint = |whole| watch::Hint { name: "1.host".into(), whole };
    let stop = CancellationToken::new();
    loop {
        let begun = std::time::Instant::now();
        fs::write(world.path("new/1.host"), mail(1)).unwrap();
        let taken = lookout.follow(&hint(false), &stop).await;
        if begun.elapsed() < Duration::from_millis(900) {
            assert!(!taken);
            break;
        }
    }
    assert!(files.try_recv().is_err());
    assert!(lookout.follow(&hint(true), &stop).await);
    assert!(files.try_recv().is_ok());
}

#[tokio::test]
async fn a_maildir_that_disappears_is_awaited() {
    let mut world = World::new();
    let (here, away) = (world.path(""), world.folder.path().join("away"));
    let second = world.folder.path().join("second");
    make(&second);
    world.settings.maildirs.push(second.clone());
    let running = world.run();
    world.deliver("1.host", mail(1));
    world.until(1).await;
    fs::rename(&here, &away).unwrap();
    // The other one goes on meanwhile.
    fs::write(second.join("tmp/2.host"), mail(2)).unwrap();
    fs::rename(second.join("tmp/2.host"), second.join("new/2.host")).unwrap();
    world.until(2).await;
    fs::write(away.join("new/3.host"), mail(3)).unwrap();
    settle(&away.join("new/3.host"));
    fs::rename(&away, &here).unwrap();
    world.until(3).await;
    // It is watched again, and so is another one at the same place.
    world.deliver("4.host", mail(4));
    world.until(4).await;
    fs::rename(&here, &away).unwrap();
    make(&here);
    world.deliver("5.host", mail(5));
    world.until(5).await;
    running.stop().await.unwrap();
}

#[tokio::test]
async fn without_room_mails_wait_in_the_maildir() {
    let world = World::new();
    world.sqlite.set_reserve(u64::MAX);
    for number in 0..20 {
        world.put(format!("new/{number}.host"), mail(number));
    }
    let running = world.run();
    eventually(|| async { running.intake.taker.paused() }).await;
    assert_eq!((world.files("new").len(), world.files("cur").len()), (20, 0));
    world.sqlite.set_reserve(0);
    world.until(20).await;
    eventually(|| async { world.files("new").is_empty() }).await;
    running.stop().await.unwrap();
}

#[tokio::test]
async fn a_store_that_is_given_up_ends_the_intake() {
    let world = World::new();
    world.put("new/1.host", mail(1));
    fs::remove_file(world.folder.path().join("postorder.db")).unwrap();
    let error = world.intake().run(CancellationToken::new()).await.unwrap_err();
    assert!(error.ends_process(), "{error}");
    assert_eq!(world.files("new"), ["1.host"]);
}

#[tokio::test]
async fn a_directory_of_many_files_is_taken_in_whole() {
    let world = World::new();
    for number in 0..3000 {
        fs::write(world.path(format!("new/{number}.host")), mail(number)).unwrap();
    }
    let running = world.run();
    world.until(3000).await;
    eventually(|| async { world.files("new").is_empty() }).await;
    running.stop().await.unwrap();
    assert_eq!(world.files("cur").len(), 3000);
}

#[tokio::test]
async fn filing_follows_the_file_wherever_it_went() {
    let world = World::new();
    world.put("new/1.host", mail(1));
    world.drain().await;
    let mut row = world.mails().await.remove(0);
    fs::rename(world.path("cur/1.host:2,S"), world.path("cur/1.host:2,FS")).unwrap();
    let place = MaildirDesk.file(row.clone(), Folder::Review).await.unwrap();
    // What needs a person shows as unread.
    assert_eq!(place.as_deref(), Some(".Review/cur/1.host:2,F"));
    // Though nobody told the store yet.
    let place = MaildirDesk.file(row.clone(), Folder::Done).await.unwrap();
    assert_eq!(place.as_deref(), Some(".Done/cur/1.host:2,FS"));
    row.file = place.clone().unwrap();
    assert_eq!(MaildirDesk.file(row.clone(), Folder::Done).await.unwrap(), place);
    fs::remove_file(world.path(&row.file)).unwrap();
    assert_eq!(MaildirDesk.file(row.clone(), Folder::Done).await.unwrap(), None);
    // Before it left `new`: filing is faster than moving it to `cur`.
    world.put("new/1.host", mail(1));
    let place = MaildirDesk.file(row.clone(), Folder::Ignored).await.unwrap();
    assert_eq!(place.as_deref(), Some(".Ignored/cur/1.host:2,S"));
    fs::remove_dir_all(world.path("")).unwrap();
    let fault = MaildirDesk.file(row, Folder::Done).await.unwrap_err();
    assert!(fault.message.contains("no mail can be filed to .Done"), "{}", fault.message);
}
