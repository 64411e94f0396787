//! A maildir and its Maildir++ folders: moving files without ever losing or replacing one.

use std::ffi::OsStr;
use std::fs::{self, DirBuilder, File, OpenOptions, Permissions};
use std::io::{self, ErrorKind};
use std::os::unix::ffi::OsStrExt as _;
use std::os::unix::fs::{
    DirBuilderExt as _, MetadataExt as _, OpenOptionsExt as _, PermissionsExt as _,
};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rustix::fs::RenameFlags;
use rustix::io::Errno;

use super::name;
use crate::flow::Folder;

/// All folders of ours.
const FOLDERS: [Folder; 4] = [Folder::Done, Folder::Review, Folder::Failed, Folder::Ignored];

/// How many names are tried where a name is taken.
const TRIES: u32 = 1000;

/// A maildir. Cheap to copy; holds nothing open.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Maildir {
    root: Arc<Path>,
}

impl Maildir {
    /// The maildir at this path, whether or not it is there.
    #[must_use]
    pub fn new(root: impl Into<PathBuf>) -> Self {
        Self { root: root.into().into() }
    }

    /// Its path.
    #[must_use]
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// A file or directory in it.
    pub(super) fn path(&self, relative: impl AsRef<Path>) -> PathBuf {
        self.root.join(relative)
    }

    /// What is wrong with it, in words for the operator; empty if nothing is. Makes the folders
    /// that are missing, and tries whether files can be moved.
    #[must_use]
    pub fn check(&self) -> Vec<String> {
        let mut wrong = Vec::new();
        let shown = self.root.display();
        for part in ["new", "cur", "tmp"] {
            if !self.path(part).is_dir() {
                wrong.push(format!("{shown} is no maildir: the directory {part} is missing"));
            }
        }
        if !wrong.is_empty() {
            return wrong;
        }
        for folder in FOLDERS {
            if let Err(error) = self.ensure(folder) {
                let folder = folder.dir_name();
                wrong.push(format!("the folder {folder} cannot be made in {shown}: {error}"));
            }
        }
        if let Err(error) = self.try_move() {
            wrong.push(format!("files cannot be moved from new to cur in {shown}: {error}"));
        }
        wrong
    }

    /// Moves a file of our own from `new` to `cur` and away, hidden from every reader.
    fn try_move(&self) -> io::Result<()> {
        let name = format!(".postorder-check-{}", std::process::id());
        let (new, cur) = (self.path("new").join(&name), self.path("cur").join(&name));
        OpenOptions::new().write(true).create_new(true).open(&new)?;
        let moved = fs::rename(&new, &cur);
        let removed = fs::remove_file(if moved.is_ok() { &cur } else { &new });
        moved.and(removed)
    }

    /// Makes a folder, unless it is there, with the rights and the owner of the maildir itself.
    pub(super) fn ensure(&self, folder: Folder) -> io::Result<()> {
        let at = self.path(folder.dir_name());
        if at.join("maildirfolder").exists() {
            return Ok(());
        }
        let like = fs::metadata(&*self.root)?;
        let adopt = |path: &Path, mode: u32| -> io::Result<()> {
            fs::set_permissions(path, Permissions::from_mode(mode))?;
            // Only root can, and only root needs to.
            let _ = std::os::unix::fs::chown(path, Some(like.uid()), Some(like.gid()));
            Ok(())
        };
        for part in ["", "cur", "new", "tmp"] {
            let part = at.join(part);
            match DirBuilder::new().mode(0o700).create(&part) {
                Ok(()) => adopt(&part, like.mode() & 0o7777)?,
                Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
                Err(error) => return Err(error),
            }
        }
        // Tells delivery programs that this is a folder, not an account (Maildir++). Last of all:
        // it says that the rest is there.
        let mark = at.join("maildirfolder");
        OpenOptions::new().write(true).create(true).truncate(false).mode(0o600).open(&mark)?;
        adopt(&mark, like.mode() & 0o666)?;
        sync(&at)?;
        sync(&self.root)
    }

    /// Where a file of this unique name lies now, whoever moved it and whatever flags it got:
    /// relative to the maildir.
    pub(super) fn find(&self, base: &OsStr) -> Option<PathBuf> {
        let folders = FOLDERS
            .iter()
            .flat_map(|folder| ["new", "cur"].map(|part| Path::new(folder.dir_name()).join(part)));
        self.find_in_inbox(base).or_else(|| self.find_among(folders, base))
    }

    /// The same, only in `new` and `cur`.
    pub(super) fn find_in_inbox(&self, base: &OsStr) -> Option<PathBuf> {
        // In the order in which files move, so that none slips past while we look.
        self.find_among(["new", "cur"].map(PathBuf::from), base)
    }

    fn find_among(
        &self,
        directories: impl IntoIterator<Item = PathBuf>,
        base: &OsStr,
    ) -> Option<PathBuf> {
        directories.into_iter().find_map(|directory| {
            let here = |found: io::Result<fs::DirEntry>| {
                let name = found.ok()?.file_name();
                (name::base(&name) == base).then_some(name)
            };
            let name = fs::read_dir(self.path(&directory)).ok()?.find_map(here)?;
            Some(directory.join(name))
        })
    }

    /// Moves a file within the maildir to `directory/name`, or to a name like it where that is
    /// taken; never replaces a file. Both are relative to the maildir; returns the new place.
    ///
    /// Not durable until [`Self::sync`].
    pub(super) fn shift(&self, from: &Path, directory: &str, name: &str) -> io::Result<String> {
        let source = self.path(from);
        for number in 0..TRIES {
            let name = if number == 0 { name.to_owned() } else { name::numbered(name, number) };
            let to = format!("{directory}/{name}");
            let target = self.path(&to);
            match rename_new(&source, &target) {
                Ok(()) => return Ok(to),
                Err(error) if error.kind() != ErrorKind::AlreadyExists => return Err(error),
                Err(_) if source == target => return Ok(to),
                // Two names of one file: one is enough.
                Err(_) if same_file(&source, &target)? => {
                    fs::remove_file(&source)?;
                    return Ok(to);
                }
                Err(_) => {}
            }
        }
        Err(io::Error::new(ErrorKind::AlreadyExists, format!("{name} is taken {TRIES} times")))
    }

    /// Makes moves out of and into these directories durable. A directory that is gone has nothing
    /// left to keep.
    pub(super) fn sync(&self, directories: &[&Path]) -> io::Result<()> {
        for directory in directories {
            match sync(&self.path(directory)) {
                Err(error) if error.kind() == ErrorKind::NotFound => {}
                other => other?,
            }
        }
        Ok(())
    }

    /// Device and inode of `new`, while the maildir is whole: another pair means another maildir.
    pub(super) fn identity(&self) -> io::Result<(u64, u64)> {
        let directory = |part| -> io::Result<fs::Metadata> {
            let found = fs::metadata(self.path(part))?;
            if found.is_dir() { Ok(found) } else { Err(ErrorKind::NotADirectory.into()) }
        };
        directory("cur")?;
        let new = directory("new")?;
        Ok((new.dev(), new.ino()))
    }
}

/// Renames, unless the target is there.
fn rename_new(from: &Path, to: &Path) -> io::Result<()> {
    let cwd = rustix::fs::CWD;
    match rustix::fs::renameat_with(cwd, from, cwd, to, RenameFlags::NOREPLACE) {
        // File systems that cannot: a second name for the file, then the first one away.
        Err(Errno::INVAL | Errno::NOSYS | Errno::NOTSUP) => match fs::hard_link(from, to) {
            Ok(()) => fs::remove_file(from),
            Err(error) if error.kind() == ErrorKind::AlreadyExists => Err(error),
            // No links either: the names are unique by the maildir's own rules.
            Err(_) if to.symlink_metadata().is_ok() => Err(ErrorKind::AlreadyExists.into()),
            Err(_) => fs::rename(from, to),
        },
        done => Ok(done?),
    }
}

fn same_file(one: &Path, other: &Path) -> io::Result<bool> {
    let (one, other) = (fs::symlink_metadata(one)?, fs::symlink_metadata(other)?);
    Ok((one.dev(), one.ino()) == (other.dev(), other.ino()))
}

fn sync(directory: &Path) -> io::Result<()> {
    File::open(directory)?.sync_all()
}

/// The directory and the name of a file's place.
pub(super) fn parts(file: &Path) -> (&Path, &OsStr) {
    let directory = file.parent().unwrap_or(Path::new(""));
    (directory, file.file_name().unwrap_or(OsStr::from_bytes(b"")))
}

#[cfg(test)]
mod tests {
    use tempfile::TempDir;

    use super::*;

    fn empty() -> (TempDir, Maildir) {
        let folder = TempDir::new().unwrap();
        for part in ["new", "cur", "tmp"] {
            fs::create_dir(folder.path().join(part)).unwrap();
        }
        let maildir = Maildir::new(folder.path());
        (folder, maildir)
    }

    fn put(maildir: &Maildir, file: &str, text: &str) {
        fs::write(maildir.path(file), text).unwrap();
    }

    fn text(maildir: &Maildir, file: &str) -> String {
        fs::read_to_string(maildir.path(file)).unwrap()
    }

    #[test]
    fn folders_are_made_like_the_maildir() {
        let (folder, maildir) = empty();
        fs::set_permissions(folder.path(), Permissions::from_mode(0o750)).unwrap();
        maildir.ensure(Folder::Review).unwrap();
        maildir.ensure(Folder::Review).unwrap();
        for part in ["", "cur", "new", "tmp"] {
            let mode = fs::metadata(maildir.path(".Review").join(part)).unwrap().mode();
            assert_eq!(mode & 0o777, 0o750, "{part}");
        }
        assert_eq!(fs::metadata(maildir.path(".Review/maildirfolder")).unwrap().len(), 0);
        // What was half made is finished.
        fs::create_dir(maildir.path(".Done")).unwrap();
        maildir.ensure(Folder::Done).unwrap();
        assert!(maildir.path(".Done/tmp").is_dir());
    }

    #[test]
    fn a_taken_name_is_never_replaced() {
        let (_folder, maildir) = empty();
        for number in 0..3 {
            put(&maildir, "new/1.host", &format!("mail {number}"));
            let at = maildir.shift(Path::new("new/1.host"), "cur", "1.host:2,S").unwrap();
            assert_eq!(text(&maildir, &at), format!("mail {number}"));
        }
        assert_eq!(text(&maildir, "cur/1.host:2,S"), "mail 0");
        assert_eq!(text(&maildir, "cur/1.host_2:2,S"), "mail 2");
        let gone = maildir.shift(Path::new("new/1.host"), "cur", "1.host:2,S").unwrap_err();
        assert_eq!(gone.kind(), ErrorKind::NotFound);
    }

    #[test]
    fn a_second_name_of_one_file_goes_away() {
        let (_folder, maildir) = empty();
        put(&maildir, "new/1.host", "mail");
        fs::hard_link(maildir.path("new/1.host"), maildir.path("cur/1.host:2,S")).unwrap();
        maildir.shift(Path::new("new/1.host"), "cur", "1.host:2,S").unwrap();
        assert!(!maildir.path("new/1.host").exists());
        assert_eq!(text(&maildir, "cur/1.host:2,S"), "mail");
        // Nor does moving a file to where it is.
        maildir.shift(Path::new("cur/1.host:2,S"), "cur", "1.host:2,S").unwrap();
        assert_eq!(text(&maildir, "cur/1.host:2,S"), "mail");
    }

    #[test]
    fn a_file_is_found_wherever_a_reader_moved_it() {
        let (_folder, maildir) = empty();
        maildir.ensure(Folder::Done).unwrap();
        for place in ["new/1.host", "cur/1.host:2,FS", ".Done/cur/1.host:2,RS", ".Done/new/1.host"]
        {
            put(&maildir, place, "mail");
            put(&maildir, "cur/1.host2:2,S", "another");
            let found = maildir.find(OsStr::new("1.host")).unwrap();
            assert_eq!(found, Path::new(place));
            fs::remove_file(maildir.path(found)).unwrap();
        }
        assert_eq!(maildir.find(OsStr::new("1.host")), None);
    }

    #[test]
    fn check_names_what_is_wrong() {
        let (folder, maildir) = empty();
        assert_eq!(maildir.check(), Vec::<String>::new());
        assert_eq!(fs::read_dir(maildir.path("cur")).unwrap().count(), 0);
        assert!(maildir.path(".Failed/cur").is_dir());
        fs::remove_dir(folder.path().join("cur")).unwrap();
        assert!(maildir.check()[0].contains("cur is missing"));
        fs::write(folder.path().join("cur"), "").unwrap();
        assert!(maildir.check()[0].contains("cur is missing"));
    }
}
