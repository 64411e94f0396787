//! Opening the file: who may, and with which settings.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read as _, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};

use super::codec::Trouble;
use super::schema::{self, Found};
use super::writer::Identity;
use crate::store::StoreError;

/// How long a write waits for another process's.
const BUSY: Duration = Duration::from_secs(10);
/// Longest log file that is kept between uses, in bytes.
const LOG_LIMIT: i64 = 16 << 20;
/// Memory for pages, in KiB: of the writer, which goes on with those it has; and of a reader, which
/// reads all anew after a commit.
const WRITER_PAGES: i64 = 32 << 10;
const READER_PAGES: i64 = 4 << 10;

/// What opening gives.
pub(super) struct Opened {
    pub(super) writer: Connection,
    pub(super) identity: Identity,
    /// The owner's lock; `None` for a guest.
    pub(super) lock: Option<File>,
}

/// Opens the store as its one owner; makes the file where there is none, and today's schema.
pub(super) fn as_owner(path: &Path) -> Result<Opened, StoreError> {
    let lock = lock(path)?;
    create(path).map_err(|error| unusable(path, &error))?;
    let mut writer = connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    schema::migrate(&mut writer)?;
    let identity = Identity::of(path.to_owned()).map_err(|error| unusable(path, &error))?;
    Ok(Opened { writer, identity, lock: Some(lock) })
}

/// Opens the store beside an owner that may be running.
pub(super) fn as_guest(path: &Path) -> Result<Opened, StoreError> {
    if !path.try_exists().map_err(|error| unusable(path, &error))? {
        return Err(StoreError::Missing(path.display().to_string()));
    }
    let mut writer = connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    if schema::look(&writer)? != Found::Ours(schema::KNOWN) {
        // Only while no owner runs, who would not know the new schema.
        let found = match schema::look(&writer)? {
            Found::Empty => 0,
            Found::Ours(found) => found,
        };
        let older = StoreError::Older { found, known: schema::KNOWN };
        let _held = lock(path).map_err(|_| older)?;
        schema::migrate(&mut writer)?;
    }
    let identity = Identity::of(path.to_owned()).map_err(|error| unusable(path, &error))?;
    Ok(Opened { writer, identity, lock: None })
}

/// A connection that cannot write.
pub(super) fn reader(path: &Path) -> Result<Connection, StoreError> {
    let conn = connect(path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true).map_err(Trouble::from)?;
    Ok(conn)
}

/// Takes the lock that only one process can have. It lies beside the database rather than in it:
/// closing any descriptor of a database would void `SQLite`'s own locks.
fn lock(path: &Path) -> Result<File, StoreError> {
    let beside = lock_path(path);
    let mut file = OpenOptions::new()
        .read(true)
        .write(true)
        .create(true)
        .truncate(false)
        .mode(0o600)
        .open(&beside)
        .map_err(|error| unusable(&beside, &error))?;
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => {
            let mut holder = String::new();
            let _ = (&mut file).take(20).read_to_string(&mut holder);
            let holder = holder.trim();
            let process =
                if holder.is_empty() { String::new() } else { format!(" (process {holder})") };
            return Err(StoreError::Taken(format!("{}{process}", path.display())));
        }
        Err(TryLockError::Error(error)) => return Err(unusable(&beside, &error)),
    }
    // Only for the message above: not worth failing for.
    let _ = file.set_len(0);
    let _ = writeln!(file, "{}", std::process::id());
    Ok(file)
}

/// `<path>.lock`.
fn lock_path(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".lock");
    PathBuf::from(name)
}

/// Makes an empty file that only we may read, unless there is one: it will hold people's mails.
fn create(path: &Path) -> io::Result<()> {
    match OpenOptions::new().write(true).create_new(true).mode(0o600).open(path) {
        Ok(file) => file.sync_all()?,
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => return Ok(()),
        Err(error) => return Err(error),
    }
    let folder = path.parent().filter(|parent| !parent.as_os_str().is_empty());
    File::open(folder.unwrap_or(Path::new(".")))?.sync_all()
}

fn connect(path: &Path, mode: OpenFlags) -> Result<Connection, StoreError> {
    let flags = mode | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_EXRESCODE;
    let opened = Connection::open_with_flags(path, flags).map_err(Trouble::from);
    let set_up = |conn: &Connection| -> Result<(), Trouble> {
        conn.busy_timeout(BUSY)?;
        if mode.contains(OpenFlags::SQLITE_OPEN_READ_WRITE) {
            if fs::metadata(path).is_ok_and(|found| found.len() == 0) {
                // Only possible before the first table: lets the file shrink after pruning.
                conn.pragma_update(None, "auto_vacuum", "INCREMENTAL")?;
            }
            let kind: String =
                conn.pragma_update_and_check(None, "journal_mode", "WAL", |row| row.get(0))?;
            if kind != "wal" {
                let why = format!("its file system cannot do a write-ahead log ({kind})");
                return Err(StoreError::Unusable(why).into());
            }
        }
        // A plan is made once: else every new value of a limit or a time prepares its statement anew.
        conn.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
        conn.pragma_update(None, "synchronous", "FULL")?;
        conn.pragma_update(None, "foreign_keys", true)?;
        conn.pragma_update(None, "trusted_schema", false)?;
        let writes = mode.contains(OpenFlags::SQLITE_OPEN_READ_WRITE);
        // KiB, negative as SQLite wants it: bounds each connection's memory.
        let pages = if writes { WRITER_PAGES } else { READER_PAGES };
        conn.pragma_update(None, "cache_size", -pages)?;
        conn.pragma_update(None, "mmap_size", 0)?;
        conn.pragma_update(None, "temp_store", "MEMORY")?;
        conn.pragma_update(None, "journal_size_limit", LOG_LIMIT)?;
        // The writer does it, and sees its errors.
        conn.pragma_update(None, "wal_autocheckpoint", 0)?;
        Ok(())
    };
    let conn = opened.and_then(|conn| set_up(&conn).map(|()| conn));
    conn.map_err(|trouble| match StoreError::from(trouble) {
        StoreError::Damaged(why) => StoreError::Damaged(format!("{}: {why}", path.display())),
        // Nothing was written yet, so nothing is in doubt.
        StoreError::Fatal(why) | StoreError::Unusable(why) => {
            StoreError::Unusable(format!("{}: {why}", path.display()))
        }
        other => other,
    })
}

fn unusable(path: &Path, error: &io::Error) -> StoreError {
    let folder = path.parent().filter(|parent| !parent.as_os_str().is_empty());
    let hint = match folder {
        Some(folder) if !fs::exists(folder).unwrap_or(true) => {
            format!("; make the folder {} first", folder.display())
        }
        _ => String::new(),
    };
    StoreError::Unusable(format!("{}: {error}{hint}", path.display()))
}
