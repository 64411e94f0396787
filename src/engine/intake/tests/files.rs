//! What becomes of what lies in a maildir.

use super::*;

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
    let place = filed(row.clone(), Folder::Review).await.unwrap().unwrap();
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
async fn filing_follows_the_file_wherever_it_went() {
    let world = World::new();
    world.put("new/1.host", mail(1));
    world.drain().await;
    let mut row = world.mails().await.remove(0);
    fs::rename(world.path("cur/1.host:2,S"), world.path("cur/1.host:2,FS")).unwrap();
    let place = filed(row.clone(), Folder::Review).await.unwrap();
    // What needs a person shows as unread.
    assert_eq!(place.as_deref(), Some(".Review/cur/1.host:2,F"));
    // Though nobody told the store yet.
    let place = filed(row.clone(), Folder::Done).await.unwrap();
    assert_eq!(place.as_deref(), Some(".Done/cur/1.host:2,FS"));
    row.file = place.clone().unwrap();
    assert_eq!(filed(row.clone(), Folder::Done).await.unwrap(), place);
    fs::remove_file(world.path(&row.file)).unwrap();
    assert_eq!(filed(row.clone(), Folder::Done).await.unwrap(), None);
    // Before it left `new`: filing is faster than moving it to `cur`.
    world.put("new/1.host", mail(1));
    let place = filed(row.clone(), Folder::Ignored).await.unwrap();
    assert_eq!(place.as_deref(), Some(".Ignored/cur/1.host:2,S"));
    fs::remove_dir_all(world.path("")).unwrap();
    let fault = filed(row, Folder::Done).await.unwrap_err();
    assert!(fault.message.contains("no mail can be filed to .Done"), "{}", fault.message);
}
