//! Reading a file that may be anything: it is looked at before it is opened, opened so that
//! nothing can block or be followed, and looked at again.

use std::fs::{self, FileType, Metadata, OpenOptions};
use std::io::{self, ErrorKind, Read as _};
use std::os::unix::fs::{FileTypeExt as _, OpenOptionsExt as _};
use std::path::Path;

/// How much of a file that is too large is read, to tell whose mail it is. Bytes.
const HEAD: u64 = 256 << 10;

/// What a file turned out to be.
#[derive(Debug)]
pub(super) enum Content {
    /// All of it.
    Whole(Vec<u8>),
    /// Larger than allowed: its size and its beginning.
    TooLarge {
        /// Bytes.
        size: u64,
        /// The first of them.
        head: Vec<u8>,
    },
}

/// Why a file is not read.
#[derive(Debug)]
pub(super) enum Unfit {
    /// It is not there any more.
    Gone,
    /// It is something else than a plain file.
    NotAFile(&'static str),
    /// It changed while it was read: somebody still writes to it.
    Growing,
    /// It cannot be read.
    Unreadable(io::Error),
}

impl From<io::Error> for Unfit {
    fn from(error: io::Error) -> Self {
        if error.kind() == ErrorKind::NotFound {
            Self::Gone
        } else if error.raw_os_error() == Some(libc::ELOOP) {
            // Between looking and opening it became a link.
            Self::NotAFile("a symbolic link")
        } else {
            Self::Unreadable(error)
        }
    }
}

/// Reads a plain file of at most `most` bytes; of a larger one, its beginning.
pub(super) fn read(path: &Path, most: u64) -> Result<Content, Unfit> {
    plain(&fs::symlink_metadata(path)?)?;
    let mut file = OpenOptions::new()
        .read(true)
        .custom_flags(libc::O_NOFOLLOW | libc::O_NONBLOCK | libc::O_NOCTTY)
        .open(path)?;
    let found = file.metadata()?;
    plain(&found)?;
    let size = found.len();
    let wanted = if size > most { HEAD } else { most };
    let mut bytes = Vec::with_capacity(usize::try_from(size.min(wanted)).unwrap_or(0));
    (&mut file).take(wanted).read_to_end(&mut bytes)?;
    let after = file.metadata()?;
    if (found.modified().ok(), size) != (after.modified().ok(), after.len()) {
        return Err(Unfit::Growing);
    }
    if size > most {
        return Ok(Content::TooLarge { size, head: bytes });
    }
    Ok(Content::Whole(bytes))
}

/// A plain file, or what else it is.
pub(super) fn plain(found: &Metadata) -> Result<(), Unfit> {
    if found.is_file() { Ok(()) } else { Err(Unfit::NotAFile(kind(found.file_type()))) }
}

/// What a thing in a directory is, for people.
fn kind(kind: FileType) -> &'static str {
    if kind.is_dir() {
        "a directory"
    } else if kind.is_symlink() {
        "a symbolic link"
    } else if kind.is_fifo() {
        "a FIFO"
    } else if kind.is_socket() {
        "a socket"
    } else if kind.is_block_device() || kind.is_char_device() {
        "a device"
    } else {
        "something unknown"
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::symlink;
    use std::os::unix::net::UnixListener;
    use std::process::Command;

    use tempfile::TempDir;

    use super::*;

    #[test]
    fn a_plain_file_is_read_whole() {
        let folder = TempDir::new().unwrap();
        let path = folder.path().join("mail");
        fs::write(&path, b"From: a\n\n\xFF\0").unwrap();
        assert!(
            matches!(read(&path, 100), Ok(Content::Whole(bytes)) if bytes == b"From: a\n\n\xFF\0")
        );
        fs::write(&path, b"").unwrap();
        assert!(matches!(read(&path, 100), Ok(Content::Whole(bytes)) if bytes.is_empty()));
    }

    #[test]
    fn of_a_large_file_only_the_beginning_is_read() {
        let folder = TempDir::new().unwrap();
        let path = folder.path().join("mail");
        fs::write(&path, vec![b'x'; 1000]).unwrap();
        assert!(matches!(read(&path, 1000), Ok(Content::Whole(_))));
        assert!(matches!(read(&path, 999), Ok(Content::TooLarge { size: 1000, .. })));
        // A terabyte of holes costs nothing.
        fs::File::create(&path).unwrap().set_len(1 << 40).unwrap();
        let Ok(Content::TooLarge { size, head }) = read(&path, 1 << 20) else { panic!() };
        assert_eq!((size, head.len() as u64), (1 << 40, HEAD));
    }

    #[test]
    fn what_is_no_plain_file_is_neither_followed_nor_waited_for() {
        let folder = TempDir::new().unwrap();
        let path = |name: &str| folder.path().join(name);
        fs::write(path("mail"), "secret").unwrap();
        symlink(path("mail"), path("link")).unwrap();
        symlink("/nowhere", path("dangling")).unwrap();
        fs::create_dir(path("directory")).unwrap();
        let _listener = UnixListener::bind(path("socket")).unwrap();
        assert!(Command::new("mkfifo").arg(path("fifo")).status().unwrap().success());
        for (name, is) in [
            ("link", "a symbolic link"),
            ("dangling", "a symbolic link"),
            ("directory", "a directory"),
            ("socket", "a socket"),
            ("fifo", "a FIFO"),
        ] {
            match read(&path(name), 100) {
                Err(Unfit::NotAFile(kind)) => assert_eq!(kind, is),
                other => panic!("{name}: {other:?}"),
            }
        }
        assert!(matches!(read(Path::new("/dev/zero"), 100), Err(Unfit::NotAFile("a device"))));
        assert!(matches!(read(&path("nothing"), 100), Err(Unfit::Gone)));
    }
}
