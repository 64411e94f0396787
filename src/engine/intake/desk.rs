//! Filing mails, so that any IMAP client shows the state of the desk.

use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use super::maildir::parts;
use super::{Maildir, name};
use crate::engine::aside::aside;
use crate::engine::ports::{Desk, Fault, Fut};
use crate::flow::{ErrorClass, Folder};
use crate::store::MailRow;

/// How often a file is sought that a reader moves while we do.
const CHASES: usize = 3;

/// The maildirs that mails came from.
#[derive(Debug, Clone, Copy, Default)]
pub struct MaildirDesk;

impl Desk for MaildirDesk {
    fn file(&self, mail: MailRow, folder: Folder) -> Fut<'_, Result<Option<String>, Fault>> {
        Box::pin(async move {
            let root = mail.maildir.clone();
            let filing = aside(move || file(&mail, folder));
            let filed = filing.await.unwrap_or_else(|panic| Err(io::Error::other(panic)));
            filed.map_err(|error| {
                let folder = folder.dir_name();
                let message =
                    format!("no mail can be filed to {folder} in {}: {error}", root.display());
                Fault::new(ErrorClass::Transient, message)
            })
        })
    }
}

/// Moves a mail's file into a folder, wherever it is; `None` if it is nowhere.
fn file(mail: &MailRow, folder: Folder) -> io::Result<Option<String>> {
    let maildir = Maildir::new(mail.maildir.clone());
    // Without its maildir, nothing can be said about a file.
    maildir.identity()?;
    maildir.ensure(folder)?;
    let target = format!("{}/cur", folder.dir_name());
    let recorded = Path::new(&mail.file);
    for _ in 0..CHASES {
        let Some(from) = place(&maildir, recorded) else { return Ok(None) };
        let (directory, file_name) = parts(&from);
        let name = match folder {
            // Somebody must look at it: it shows as unread.
            Folder::Review | Folder::Failed => name::unseen(file_name),
            Folder::Done | Folder::Ignored => name::seen(file_name),
        };
        if directory == Path::new(&target) {
            return Ok(from.to_str().map(str::to_owned));
        }
        match maildir.shift(&from, &target, &name) {
            Ok(place) => {
                maildir.sync(&[directory, Path::new(&target)])?;
                return Ok(Some(place));
            }
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            Err(error) => return Err(error),
        }
    }
    Err(io::Error::other("its file is moved about by somebody else"))
}

/// Where the file is: as recorded, or wherever a reader put it.
fn place(maildir: &Maildir, recorded: &Path) -> Option<PathBuf> {
    if maildir.path(recorded).symlink_metadata().is_ok() {
        return Some(recorded.to_owned());
    }
    let (_, name) = parts(recorded);
    maildir.find(name::base(name))
}
