//! Filing mails, so that any IMAP client shows the state of the desk.

use std::collections::BTreeSet;
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
    fn file(&self, mails: Vec<(MailRow, Folder)>) -> Fut<'_, Vec<Result<Option<String>, Fault>>> {
        Box::pin(async move {
            match aside(move || file_all(&mails)).await {
                Ok(answers) => answers,
                // The lane finds out whose fault it is.
                Err(panic) => std::panic::resume_unwind(panic.into_panic()),
            }
        })
    }
}

/// Files mails, and makes all of their moves durable together.
fn file_all(mails: &[(MailRow, Folder)]) -> Vec<Result<Option<String>, Fault>> {
    let mut touched = BTreeSet::new();
    let mut filed: Vec<_> =
        mails.iter().map(|(mail, folder)| file(mail, *folder, &mut touched)).collect();
    for (root, directory) in touched {
        let Err(error) = Maildir::new(root.clone()).sync(&[directory.as_path()]) else { continue };
        // What was moved there may be undone by a power failure: it is done again.
        for (answer, (mail, _)) in filed.iter_mut().zip(mails) {
            if mail.maildir == root && answer.is_ok() {
                *answer = Err(io::Error::new(error.kind(), error.to_string()));
            }
        }
    }
    let told = filed.into_iter().zip(mails).map(|(answer, (mail, folder))| {
        answer.map_err(|error| {
            let (folder, root) = (folder.dir_name(), mail.maildir.display());
            let message = format!("no mail can be filed to {folder} in {root}: {error}");
            Fault::new(ErrorClass::Transient, message)
        })
    });
    told.collect()
}

/// Moves a mail's file into a folder, wherever it is; `None` if it is nowhere. The directories
/// whose moves are to be made durable are added to `touched`, each with its maildir.
fn file(
    mail: &MailRow,
    folder: Folder,
    touched: &mut BTreeSet<(PathBuf, PathBuf)>,
) -> io::Result<Option<String>> {
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
                for directory in [directory, Path::new(&target)] {
                    touched.insert((mail.maildir.clone(), directory.to_owned()));
                }
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
