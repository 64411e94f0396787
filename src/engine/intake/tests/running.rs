//! Files that come, go and move while the intake runs.

use super::*;

#[tokio::test]
async fn a_reader_that_moves_files_under_our_hands_loses_none() {
    let world = World::new();
    let quicker = Arc::new(AtomicUsize::new(0));
    let (moved, new, cur) = (Arc::clone(&quicker), world.path("new"), world.path("cur"));
    let stop = CancellationToken::new();
    let stopped = stop.clone();
    // As an IMAP server does it whenever a mailbox is opened.
    let reader = std::thread::spawn(move || {
        while !stopped.is_cancelled() {
            for file in fs::read_dir(&new).unwrap().flatten() {
                let mut name = file.file_name();
                name.push(":2,");
                if fs::rename(file.path(), cur.join(name)).is_ok() {
                    moved.fetch_add(1, Ordering::Relaxed);
                }
            }
        }
    });
    let mut settings = world.settings.clone();
    settings.rescan = Duration::from_millis(20);
    let running = World { settings, ..world };
    let intake = running.run();
    for number in 0..300 {
        running.deliver(&format!("{number}.host"), mail(number));
    }
    running.until(300).await;
    stop.cancel();
    reader.join().unwrap();
    eventually(|| async { running.files("cur").iter().all(|name| name.ends_with(":2,S")) }).await;
    intake.stop().await.unwrap();
    assert_eq!((running.files("new").len(), running.files("cur").len()), (0, 300));
    assert!(quicker.load(Ordering::Relaxed) > 0, "the reader was never quicker");
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
