//! Delimited text: whatever the separator and the encoding.

use super::MAX_ROWS;

/// Bytes as text: UTF-8 or UTF-16 where they say so or are so, else Windows-1252.
pub(super) fn decode(bytes: &[u8], charset: Option<&str>) -> String {
    if let Some(rest) = bytes.strip_prefix(b"\xff\xfe") {
        return utf16(rest, u16::from_le_bytes);
    }
    if let Some(rest) = bytes.strip_prefix(b"\xfe\xff") {
        return utf16(rest, u16::from_be_bytes);
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let single = charset.is_some_and(|c| {
        let c = c.to_lowercase();
        c.starts_with("iso-8859") || c.starts_with("windows-125") || c == "latin1"
    });
    match std::str::from_utf8(bytes) {
        Ok(text) if !single || text.is_ascii() => text.to_owned(),
        Ok(text) if text.contains('ä') || text.contains('é') || text.contains('ü') => {
            text.to_owned()
        }
        _ => bytes.iter().map(|b| windows_1252(*b)).collect(),
    }
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> String {
    let units =
        bytes.chunks_exact(2).filter_map(|pair| Some(unit([*pair.first()?, *pair.get(1)?])));
    char::decode_utf16(units).map(|c| c.unwrap_or('\u{fffd}')).collect()
}

/// The character of a byte in Windows-1252.
fn windows_1252(byte: u8) -> char {
    const HIGH: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž',
        '\u{8f}', '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}',
        'ž', 'Ÿ',
    ];
    match byte {
        0x80..=0x9f => HIGH.get(usize::from(byte) - 0x80).copied().unwrap_or('\u{fffd}'),
        other => char::from(other),
    }
}

/// Delimited text as rows with tabs, other text as it is; `None` where it is longer than is read.
pub(super) fn rows(text: &str) -> Option<String> {
    let Some(separator) = separator(text) else {
        let short = text.lines().nth(MAX_ROWS).is_none();
        return short.then(|| text.replace("\r\n", "\n"));
    };
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(separator)
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let mut rows = String::new();
    for (number, record) in reader.byte_records().enumerate() {
        let record = record.ok().filter(|_| number < MAX_ROWS)?;
        let cells: Vec<String> =
            record.iter().map(|c| super::cell(&String::from_utf8_lossy(c))).collect();
        rows.push_str(&cells.join("\t"));
        rows.push('\n');
    }
    Some(rows)
}

/// The separator that parts the first lines most evenly, if any does.
fn separator(text: &str) -> Option<u8> {
    let lines: Vec<&str> = text.lines().filter(|l| !l.trim().is_empty()).take(20).collect();
    // 'sep=;' is what some programs write in the first line.
    if let Some(mark) = lines.first().and_then(|l| l.strip_prefix("sep=")) {
        return mark.bytes().next();
    }
    let even = |mark: char| -> Option<usize> {
        let mut counts: Vec<usize> = lines.iter().map(|l| l.matches(mark).count()).collect();
        counts.sort_unstable();
        // Lines of a heading above the rows have fewer.
        let every = mark != ',' && counts.len() >= 2 && counts.first().is_some_and(|c| *c >= 1);
        let middle = *counts.get(counts.len() / 2)?;
        let same = counts.iter().filter(|c| **c == middle).count();
        let quoted = mark == ',' && text.contains('"') && middle >= 1;
        (middle >= 1 && same * 2 > counts.len() || quoted || every).then_some(middle)
    };
    [(b';', ';'), (b'\t', '\t'), (b'|', '|'), (b',', ',')]
        .into_iter()
        .filter_map(|(byte, mark)| Some((even(mark)?, byte)))
        .max_by_key(|(count, byte)| (*byte != b',', *count))
        .map(|(_, byte)| byte)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn separators_are_found() {
        for (text, want) in [
            ("a;b;c\n1;2,5;3\n", "a\tb\tc\n1\t2,5\t3\n"),
            ("a,b\n\"x, y\",2\n", "a\tb\nx, y\t2\n"),
            ("a\tb\n1\t2\n", "a\tb\n1\t2\n"),
            ("a|b\n1|2\n", "a\tb\n1\t2\n"),
            ("sep=;\na;b\n", "sep=\t\na\tb\n"),
            ("no;\"a, b\"\nx;y\na;b;c\n1;2,5;3\n", "no\ta, b\nx\ty\na\tb\tc\n1\t2,5\t3\n"),
            ("just a line", "just a line"),
        ] {
            assert_eq!(rows(text).as_deref(), Some(want), "{text}");
        }
    }

    #[test]
    fn what_is_too_long_is_not_read_in_part() {
        let row = "HS-100;5\n";
        assert!(rows(&row.repeat(MAX_ROWS)).is_some());
        assert_eq!(rows(&row.repeat(MAX_ROWS + 1)), None);
        assert_eq!(rows(&"5 HS-100\n".repeat(MAX_ROWS + 1)), None);
    }

    #[test]
    fn encodings() {
        assert_eq!(decode(b"\xef\xbb\xbfK\xc3\xbchl", None), "Kühl");
        assert_eq!(decode(b"K\xfchl", None), "Kühl");
        assert_eq!(decode(b"\xff\xfeK\0\xfc\0", None), "Kü");
        assert_eq!(decode(b"\x80", Some("windows-1252")), "€");
    }
}
