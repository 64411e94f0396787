//! The maildir: what mail servers and mail readers do in it beside us.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use super::mails::Written;
use super::weather::Fault;
use super::world::{Inner, World};

/// Makes an empty one.
pub(super) fn make(root: &Path) {
    for part in ["new", "cur", "tmp"] {
        fs::create_dir_all(root.join(part)).unwrap();
    }
}

/// The files of a directory of it, by name.
pub(super) fn files(root: &Path, part: &str) -> Vec<PathBuf> {
    let Ok(listing) = fs::read_dir(root.join(part)) else { return Vec::new() };
    let mut files: Vec<PathBuf> = listing.map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

impl World {
    /// The mail server delivers what is due.
    pub(super) fn deliver(&self) {
        let mut world = self.lock();
        let now = world.now();
        let numbers = 0..world.written.len();
        let due = |mail: &Written| !mail.delivered && mail.due <= now;
        let due: Vec<usize> = numbers.filter(|number| due(&world.written[*number])).collect();
        for number in due {
            world.written[number].delivered = true;
            // Files are taken in by the times of their last change.
            let age = if world.strikes(Fault::Shuffled) { world.rng.u64(0..100_000) } else { 0 };
            let changed = u64::try_from(now.timestamp()).unwrap() - age;
            self.put(&world, number, &format!("{number}.a"), changed);
            if world.strikes(Fault::DeliveredTwice) {
                self.put(&world, number, &format!("{number}.b"), changed + 1);
            }
        }
    }

    fn put(&self, world: &Inner, number: usize, name: &str, changed: u64) {
        let path = self.maildir.join("tmp").join(name);
        fs::write(&path, &world.written[number].bytes).unwrap();
        let changed = SystemTime::UNIX_EPOCH + Duration::from_secs(changed);
        File::options().write(true).open(&path).unwrap().set_modified(changed).unwrap();
        fs::rename(&path, self.maildir.join("new").join(name)).unwrap();
    }

    /// A mail reader opens the mailbox, a person tidies it up.
    pub(super) fn meddle(&self) {
        let mut world = self.lock();
        if world.strikes(Fault::FileRenamed) {
            let new = files(&self.maildir, "new");
            if let Some(file) = pick(&mut world, &new) {
                let name = file.file_name().unwrap().to_str().unwrap();
                let flags = if world.rng.bool() { "" } else { "F" };
                fs::rename(file, self.maildir.join(format!("cur/{name}:2,{flags}"))).unwrap();
            }
        }
        if world.strikes(Fault::FileVanished) {
            let part = ["cur", ".Done/cur", ".Review/cur"][world.rng.usize(0..3)];
            let seen = |file: &PathBuf| part != "cur" || ends_seen(file);
            let taken: Vec<_> = files(&self.maildir, part).into_iter().filter(seen).collect();
            if let Some(file) = pick(&mut world, &taken) {
                fs::remove_file(file).unwrap();
            }
        }
    }
}

fn pick<'f>(world: &mut Inner, files: &'f [PathBuf]) -> Option<&'f PathBuf> {
    if files.is_empty() {
        return None;
    }
    files.get(world.rng.usize(0..files.len()))
}

/// It was taken in.
fn ends_seen(file: &Path) -> bool {
    let name = file.to_str().unwrap_or_default();
    name.rsplit_once(":2,").is_some_and(|(_, flags)| flags.contains('S'))
}
