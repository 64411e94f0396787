//! Spreadsheets: XLSX, XLS, ODS. Cached values only, nothing is computed.

use std::io::{Cursor, Read as _};
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{Data, Dimensions, Reader as _, Sheet, SheetType, SheetVisible, Sheets};
use flate2::read::DeflateDecoder;
use foldhash::{HashMap, HashMapExt as _};
use rust_decimal::Decimal;

use super::looks::{self, Looks};
use super::{Extract, MAX_ROWS};

/// Most that an archive may unpack to, in bytes.
const MAX_UNPACKED: u64 = 64 << 20;
/// Most files in an archive.
const MAX_ENTRIES: usize = 2_000;
/// Most sheets and columns that are read.
const MAX_SHEETS: usize = 20;
const MAX_COLUMNS: usize = 200;

/// All sheets as rows with tabs, and what is said outside of them; no text where the file cannot be
/// read.
pub(super) fn extract(bytes: &[u8]) -> Extract {
    if bytes.starts_with(b"PK") && !unpacks_small(bytes) {
        return Extract::default();
    }
    // A belt over the braces: the bytes are a stranger's, and the library is not ours.
    let read = catch_unwind(AssertUnwindSafe(|| {
        let looks = looks::of(bytes);
        Some(Extract {
            text: Some(sheets(bytes, &looks)?),
            remarks: looks.remarks,
            doubts: looks.doubts,
            ..Extract::default()
        })
    }));
    read.ok().flatten().unwrap_or_default()
}

/// A part of a book is worse than none: what is longer than is read, or damaged, is not read.
fn sheets(bytes: &[u8], looks: &Looks) -> Option<String> {
    let mut book = calamine::open_workbook_auto_from_rs(Cursor::new(bytes)).ok()?;
    let seen = |sheet: &&Sheet| {
        sheet.typ == SheetType::WorkSheet && sheet.visible == SheetVisible::Visible
    };
    let names: Vec<String> =
        book.sheets_metadata().iter().filter(seen).map(|sheet| sheet.name.clone()).collect();
    if names.len() > MAX_SHEETS {
        return None;
    }
    let mut text = String::new();
    for (place, name) in names.into_iter().enumerate() {
        if place > 0 {
            text.push_str(super::NEXT_SHEET);
        }
        let range = book.worksheet_range(&name).ok()?;
        if range.height() > MAX_ROWS {
            return None;
        }
        let (top, left) = range.start().unwrap_or_default();
        let merged = merged(&mut book, &name)?;
        let look = looks.sheets.get(&name);
        for (row, down) in range.rows().zip(top..) {
            if look.is_some_and(|look| look.struck.contains(&down)) {
                continue;
            }
            if row.iter().skip(MAX_COLUMNS).any(|cell| *cell != Data::Empty) {
                return None;
            }
            let whole = |(cell, at): (&Data, u32)| match merged.get(&(down, at)) {
                Some(from) => range.get_value((*from, at)).map(repeated).unwrap_or_default(),
                None => with_unit(cell, look.and_then(|look| look.units.get(&(down, at)))),
            };
            let cells: Vec<String> = row.iter().zip(left..).take(MAX_COLUMNS).map(whole).collect();
            text.push_str(cells.join("\t").trim_end());
            text.push('\n');
        }
        // Two blank lines end a table.
        text.push_str("\n\n");
    }
    Some(text)
}

/// The rows and columns of cells that one above them was made to cover, each with the row of that
/// one; `None` where there are more than are read.
fn merged<R: std::io::Read + std::io::Seek>(
    book: &mut Sheets<R>,
    name: &str,
) -> Option<HashMap<(u32, u32), u32>> {
    let areas: Vec<Dimensions> = match book {
        Sheets::Xlsx(book) => book.merge_cells_by_sheet_name(name).ok(),
        Sheets::Xls(book) => book.merge_cells_by_sheet_name(name).ok(),
        Sheets::Xlsb(_) | Sheets::Ods(_) => None,
    }
    .unwrap_or_default();
    let mut covered = HashMap::new();
    for area in areas.iter().filter(|area| area.start.0 < area.end.0) {
        let rows = area.start.0 + 1..=area.end.0;
        if covered.len().saturating_add(rows.clone().count()) > MAX_ROWS {
            return None;
        }
        covered.extend(rows.map(|row| ((row, area.start.1), area.start.0)));
    }
    Some(covered)
}

/// What a cell says of the rows that it covers. A number may be the sum for all of them.
fn repeated(cell: &Data) -> String {
    match cell {
        Data::Int(_) | Data::Float(_) => String::new(),
        other => shown(other),
    }
}

/// A number as its format shows it: '2 box', '400 %'.
fn with_unit(cell: &Data, unit: Option<&String>) -> String {
    match (cell, unit) {
        (Data::Float(n), Some(unit)) if unit == "%" => format!("{} %", decimal(n * 100.0)),
        (Data::Int(_) | Data::Float(_), Some(unit)) => format!("{} {unit}", shown(cell)),
        _ => shown(cell),
    }
}

fn shown(cell: &Data) -> String {
    match cell {
        Data::Int(n) => n.to_string(),
        Data::Float(n) => decimal(*n),
        Data::String(text) => super::cell(text),
        Data::DateTime(at) if at.is_datetime() => {
            let (year, month, day, ..) = at.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}")
        }
        Data::DateTime(at) => decimal(at.as_f64()),
        Data::DateTimeIso(text) => text.get(..10).unwrap_or(text).to_owned(),
        Data::Bool(yes) => yes.to_string(),
        Data::DurationIso(_) | Data::Error(_) | Data::Empty => String::new(),
    }
}

/// A number without the noise of binary fractions.
fn decimal(n: f64) -> String {
    Decimal::from_f64_retain(n).map_or_else(String::new, |d| d.round_dp(6).normalize().to_string())
}

/// Whether everything in a ZIP archive unpacks to a bearable size: by unpacking it, since what
/// the archive says of itself need not be true.
fn unpacks_small(bytes: &[u8]) -> bool {
    let Some(entries) = entries(bytes) else { return false };
    let mut left = MAX_UNPACKED;
    for Entry { start, length, deflated, .. } in entries {
        let Some(packed) = bytes.get(start..start.saturating_add(length)) else { return false };
        let size = if deflated {
            let mut sink = DeflateDecoder::new(packed).take(left + 1);
            match std::io::copy(&mut sink, &mut std::io::sink()) {
                Ok(size) => size,
                Err(_) => return false,
            }
        } else {
            u64::try_from(length).unwrap_or(u64::MAX)
        };
        if size > left {
            return false;
        }
        left -= size;
    }
    true
}

fn u16_at(bytes: &[u8], at: usize) -> Option<usize> {
    let pair = bytes.get(at..at.checked_add(2)?)?;
    Some(usize::from(u16::from_le_bytes(pair.try_into().ok()?)))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<usize> {
    let four = bytes.get(at..at.checked_add(4)?)?;
    usize::try_from(u32::from_le_bytes(four.try_into().ok()?)).ok()
}

/// A file in an archive.
pub(super) struct Entry {
    pub(super) name: String,
    pub(super) start: usize,
    pub(super) length: usize,
    pub(super) deflated: bool,
}

/// The files of an archive, from the central directory (APPNOTE 4.3.12).
pub(super) fn entries(bytes: &[u8]) -> Option<Vec<Entry>> {
    let tail = bytes.len().saturating_sub(66_000);
    let end = bytes.get(tail..)?.windows(4).rposition(|w| w == b"PK\x05\x06")? + tail;
    let count = u16_at(bytes, end + 10)?;
    let mut at = u32_at(bytes, end + 16)?;
    if count > MAX_ENTRIES {
        return None;
    }
    let mut entries = Vec::new();
    for _ in 0..count {
        if bytes.get(at..at.checked_add(4)?)? != b"PK\x01\x02" {
            return None;
        }
        let method = u16_at(bytes, at + 10)?;
        let encrypted = u16_at(bytes, at + 8)? & 1 == 1;
        let length = u32_at(bytes, at + 20)?;
        let names = u16_at(bytes, at + 28)? + u16_at(bytes, at + 30)? + u16_at(bytes, at + 32)?;
        let local = u32_at(bytes, at + 42)?;
        if encrypted || !matches!(method, 0 | 8) {
            return None;
        }
        let start = local + 30 + u16_at(bytes, local + 26)? + u16_at(bytes, local + 28)?;
        let name = bytes.get(at + 46..(at + 46).checked_add(u16_at(bytes, at + 28)?)?)?;
        let name = String::from_utf8_lossy(name).into_owned();
        entries.push(Entry { name, start, length, deflated: method == 8 });
        at = at.checked_add(46 + names)?;
    }
    Some(entries)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_archive_is_not_read() {
        assert_eq!(extract(b"PK\x03\x04 and nothing more").text, None);
        assert_eq!(extract(b"\xd0\xcf\x11\xe0 and nothing more").text, None);
    }

    #[test]
    fn numbers_without_noise() {
        assert_eq!(decimal(0.1 + 0.2), "0.3");
        assert_eq!(decimal(250.5), "250.5");
        assert_eq!(decimal(60.0), "60");
    }
}
