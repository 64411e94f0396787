//! `kill -9` at any moment between a file's coming and its moving: no mail is lost, none doubled.

use std::collections::BTreeSet;
use std::process::Stdio;

use super::*;

const FOLDER: &str = "POSTORDER_TEST_INTAKE_FOLDER";
const SELF: &str = "engine::intake::tests::killed::takes_in_until_it_is_killed";

/// Not a test by itself: the process that is killed below.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn takes_in_until_it_is_killed() {
    let Some(folder) = std::env::var_os(FOLDER).map(PathBuf::from) else { return };
    let store = Arc::new(SqliteStore::open(&folder.join("postorder.db")).unwrap());
    let settings = IntakeSettings {
        maildirs: vec![folder.join("maildir")],
        parallel: 8,
        ..IntakeSettings::default()
    };
    let intake = Intake::new(store, Arc::new(SystemClock), settings, || println!("mail"));
    intake.run(CancellationToken::new()).await.unwrap();
}

#[tokio::test]
async fn a_kill_at_any_moment_loses_and_doubles_nothing() {
    const MAILS: usize = 400;
    let world = World::new();
    let folder = world.folder.path().to_owned();
    drop(world.sqlite);
    drop(world.store);
    for number in 0..MAILS {
        let path = folder.join(format!("maildir/new/{number}.host"));
        fs::write(&path, mail(number)).unwrap();
        settle(&path);
    }
    for round in 0..8 {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args([SELF, "--exact", "--nocapture"])
            .env(FOLDER, &folder)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let lines = std::io::BufReader::new(child.stdout.take().unwrap());
        // After another number of mails each time, in whatever step the others are.
        let mails = std::io::BufRead::lines(lines).map_while(Result::ok);
        let seen = mails.filter(|line| line.contains("mail")).take(7 + 5 * round).count();
        assert_eq!(seen, 7 + 5 * round);
        child.kill().unwrap();
        child.wait().unwrap();
    }
    let store = Arc::new(SqliteStore::open(&folder.join("postorder.db")).unwrap());
    let settings =
        IntakeSettings { maildirs: vec![folder.join("maildir")], ..IntakeSettings::default() };
    let sqlite = Arc::clone(&store);
    let world = World { folder: world.folder, store, sqlite, settings, rung: world.rung };
    world.drain().await;
    let rows = world.mails().await;
    let ids: BTreeSet<_> = rows.iter().map(|row| row.id.clone()).collect();
    assert_eq!((rows.len(), ids.len()), (MAILS, MAILS));
    assert_eq!((world.files("new").len(), world.files("cur").len()), (0, MAILS));
    for row in rows {
        assert!(world.path(&row.file).exists(), "{}", row.file);
    }
}
