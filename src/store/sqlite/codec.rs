//! Between Rust values and columns; what `SQLite`'s errors mean for us.

use std::ffi::OsString;
use std::os::unix::ffi::{OsStrExt as _, OsStringExt as _};
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Error as SqlError, ErrorCode, Row, ToSql, ffi};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::flow::CaseKey;
use crate::mail::MailId;
use crate::store::StoreError;

/// What may go wrong within an operation.
#[derive(Debug)]
pub(super) enum Trouble {
    /// From `SQLite`, not classified yet.
    Sql(SqlError),
    /// Found by us.
    Store(StoreError),
}

impl From<SqlError> for Trouble {
    fn from(error: SqlError) -> Self {
        Self::Sql(error)
    }
}

impl From<StoreError> for Trouble {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl From<Trouble> for StoreError {
    fn from(trouble: Trouble) -> Self {
        match trouble {
            Trouble::Sql(error) => classify(&error),
            Trouble::Store(error) => error,
        }
    }
}

/// What an error of `SQLite` means for us (its result codes, sqlite.org/rescode.html).
pub(super) fn classify(error: &SqlError) -> StoreError {
    let text = error.to_string();
    let SqlError::SqliteFailure(failure, _) = error else {
        return StoreError::Unreadable { what: "a row of the store".into(), why: text };
    };
    // Shared memory that cannot grow: nothing was written yet.
    if failure.extended_code == ffi::SQLITE_IOERR_SHMSIZE {
        return StoreError::Full(text);
    }
    match failure.code {
        ErrorCode::DiskFull => StoreError::Full(text),
        ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase => StoreError::Damaged(text),
        ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => StoreError::Busy(text),
        // Whatever else concerns the file: what is durable is not known.
        ErrorCode::SystemIoFailure
        | ErrorCode::CannotOpen
        | ErrorCode::ReadOnly
        | ErrorCode::PermissionDenied
        | ErrorCode::FileLockingProtocolFailed
        | ErrorCode::OutOfMemory => StoreError::Fatal(text),
        _ => StoreError::Fault(text),
    }
}

/// A time as stored: microseconds since 1970. What is finer is cut off.
pub(super) fn micros(time: DateTime<Utc>) -> i64 {
    time.timestamp_micros()
}

/// A time from its column.
pub(super) fn time(row: &Row<'_>, column: &str) -> Result<DateTime<Utc>, Trouble> {
    let value: i64 = row.get(column)?;
    DateTime::from_timestamp_micros(value)
        .ok_or_else(|| unreadable(column, &format!("no such time: {value}")))
}

/// A time that may be absent, from its column.
pub(super) fn time_or_none(row: &Row<'_>, column: &str) -> Result<Option<DateTime<Utc>>, Trouble> {
    match row.get_ref(column)? {
        ValueRef::Null => Ok(None),
        _ => time(row, column).map(Some),
    }
}

/// A small count from its column; absurd values become 0 or the greatest.
pub(super) fn count(row: &Row<'_>, column: &str) -> Result<u32, Trouble> {
    let value: i64 = row.get(column)?;
    Ok(u32::try_from(value.max(0)).unwrap_or(u32::MAX))
}

/// A mail's id from its column.
pub(super) fn mail_id(row: &Row<'_>, column: &str) -> Result<MailId, Trouble> {
    let text: String = row.get(column)?;
    MailId::parse(&text).ok_or_else(|| unreadable(column, &format!("not a mail id: {text}")))
}

/// A case's key from its column.
pub(super) fn case_key(row: &Row<'_>, column: &str) -> Result<CaseKey, Trouble> {
    let text: String = row.get(column)?;
    CaseKey::parse(&text).ok_or_else(|| unreadable(column, &format!("not a case key: {text}")))
}

/// A value as JSON.
pub(super) fn to_json<T: Serialize>(value: &T) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|error| StoreError::Fault(error.to_string()))
}

/// A value from its JSON column; `what` names the row.
pub(super) fn from_json<T: DeserializeOwned>(row: &Row<'_>, what: &str) -> Result<T, Trouble> {
    let bytes = row.get_ref("body")?.as_bytes().map_err(SqlError::from)?;
    serde_json::from_slice(bytes).map_err(|error| unreadable(what, &error.to_string()))
}

/// A path as a column: text where it is UTF-8, else its bytes.
pub(super) struct PathColumn<'a>(pub(super) &'a Path);

impl ToSql for PathColumn<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        let value = match self.0.to_str() {
            Some(text) => ValueRef::Text(text.as_bytes()),
            None => ValueRef::Blob(self.0.as_os_str().as_bytes()),
        };
        Ok(ToSqlOutput::Borrowed(value))
    }
}

/// A path from its column.
pub(super) fn path(row: &Row<'_>, column: &str) -> Result<PathBuf, Trouble> {
    let (ValueRef::Text(bytes) | ValueRef::Blob(bytes)) = row.get_ref(column)? else {
        return Err(unreadable(column, "not a path"));
    };
    Ok(PathBuf::from(OsString::from_vec(bytes.to_vec())))
}

/// A row that makes no sense.
pub(super) fn unreadable(what: &str, why: &str) -> Trouble {
    StoreError::Unreadable { what: what.to_owned(), why: why.to_owned() }.into()
}

/// A number of rows as `SQLite` counts it.
pub(super) fn limit(rows: usize) -> i64 {
    i64::try_from(rows).unwrap_or(i64::MAX)
}
