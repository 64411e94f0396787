//! A text with its words: tokens with byte offsets, lines, folding.

mod gist;
pub(super) mod lang;
pub(super) mod noise;
pub(super) mod number_words;
pub(super) mod numbers;
pub(super) mod phrases;
pub(super) mod registers;
pub(super) mod stretches;
pub(super) mod units;
pub(super) mod word_lists;

use std::ops::Range;

use compact_str::CompactString;
use foldhash::HashSet;
use unicode_normalization::UnicodeNormalization as _;

use self::word_lists::Sign;
pub(crate) use self::word_lists::{WordList, WordSet, words};
use crate::reading::types::{Evidence, Part};

/// Most tokens that are read of one text; what lies behind is not read.
pub(crate) const MAX_TOKENS: usize = 600_000;

/// A byte range of a source's text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Span {
    /// First byte.
    pub(crate) start: usize,
    /// Byte after the last.
    pub(crate) end: usize,
}

impl Span {
    /// The smallest span that holds both.
    pub(crate) fn to(self, other: Span) -> Span {
        Span { start: self.start.min(other.start), end: self.end.max(other.end) }
    }
}

/// What a token is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Letters.
    Word,
    /// ASCII digits.
    Digits,
    /// One character that is neither.
    Mark,
}

/// A run of letters, a run of digits, or one other character.
#[derive(Debug, Clone)]
pub(crate) struct Token {
    /// What it is made of.
    pub(crate) kind: Kind,
    /// Where it stands.
    pub(crate) span: Span,
    /// Lower case, without diacritics: what words are compared by. Nearly every word has room in
    /// the token itself.
    pub(crate) folded: CompactString,
    /// No white space between it and the token before it.
    pub(crate) glued: bool,
    /// Index of its line in [`Scan::lines`].
    pub(crate) line: usize,
    /// First column of a wide gap (tab, or two spaces and more) before it, on the same line.
    pub(crate) gap: bool,
    /// The sign of its folded letters.
    sign: Sign,
}

impl Token {
    /// Whether it is this one character.
    pub(crate) fn is(&self, mark: char) -> bool {
        self.kind == Kind::Mark && self.folded.chars().eq(std::iter::once(mark))
    }

    /// Whether it is one of these characters.
    pub(crate) fn is_any(&self, marks: &str) -> bool {
        self.kind == Kind::Mark
            && self.folded.chars().next().is_some_and(|c| marks.chars().any(|mark| mark == c))
    }

    /// Letters or digits.
    pub(crate) fn is_alnum(&self) -> bool {
        self.kind != Kind::Mark
    }
}

/// A physical line.
#[derive(Debug, Clone)]
pub(crate) struct TextLine {
    /// Without its line break.
    pub(crate) span: Span,
    /// Its tokens.
    pub(crate) tokens: Range<usize>,
    /// Begins with white space.
    pub(crate) indented: bool,
    /// Holds a tab.
    pub(crate) tabbed: bool,
}

impl TextLine {
    /// Nothing but white space on it.
    pub(crate) fn is_blank(&self) -> bool {
        self.tokens.is_empty()
    }
}

/// A text taken apart.
#[derive(Debug, Clone)]
pub(crate) struct Scan<'a> {
    /// Where the text stands in the mail.
    pub(crate) part: Part,
    /// The whole text; offsets count from its beginning.
    pub(crate) text: &'a str,
    /// All tokens of the ranges that are read.
    pub(crate) tokens: Vec<Token>,
    /// All lines of the ranges that are read.
    pub(crate) lines: Vec<TextLine>,
    /// The text has more tokens than are read.
    pub(crate) cut: bool,
}

impl<'a> Scan<'a> {
    /// Takes the given ranges of a text apart.
    pub(crate) fn new(part: Part, text: &'a str, ranges: &[Range<usize>]) -> Self {
        let mut scan = Self { part, text, tokens: Vec::new(), lines: Vec::new(), cut: false };
        for range in ranges {
            let Some(piece) = text.get(range.clone()) else { continue };
            // Room for the words of most mails.
            scan.tokens.reserve((piece.len() / 4).min(512));
            let mut at = range.start;
            for line in piece.split('\n') {
                scan.add_line(at, line);
                at += line.len() + 1;
            }
        }
        scan
    }

    /// Takes the same lines of another text apart, in which some words are blank: a gap that they
    /// leave parts no columns.
    pub(crate) fn of<'b>(&self, text: &'b str) -> Scan<'b> {
        let ranges: Vec<_> = self.lines.iter().map(|l| l.span.start..l.span.end).collect();
        let mut scan = Scan::new(self.part, text, &ranges);
        let gaps: HashSet<usize> =
            self.tokens.iter().filter(|t| t.gap).map(|t| t.span.start).collect();
        for token in &mut scan.tokens {
            token.gap &= gaps.contains(&token.span.start);
        }
        scan
    }

    /// Takes a whole text apart.
    pub(crate) fn whole(part: Part, text: &'a str) -> Self {
        let all = 0..text.len();
        Self::new(part, text, std::slice::from_ref(&all))
    }

    fn add_line(&mut self, at: usize, line: &str) {
        let first = self.tokens.len();
        let number = self.lines.len();
        if first < MAX_TOKENS {
            tokenise(line, at, number, &mut self.tokens);
        } else {
            self.cut |= !line.trim().is_empty();
        }
        let indented = line.starts_with([' ', '\t', '\u{a0}']);
        self.lines.push(TextLine {
            span: Span { start: at, end: at + line.len() },
            tokens: first..self.tokens.len(),
            indented,
            tabbed: line.contains('\t'),
        });
    }

    /// The words of a span.
    pub(crate) fn words(&self, span: Span) -> &'a str {
        self.text.get(span.start..span.end).unwrap_or_default()
    }

    /// The span of a run of tokens; `None` where it is empty.
    pub(crate) fn span(&self, run: Range<usize>) -> Option<Span> {
        let run = self.tokens.get(run)?;
        Some(run.first()?.span.to(run.last()?.span))
    }

    /// The words of a run of tokens.
    pub(crate) fn run(&self, run: Range<usize>) -> &'a str {
        self.span(run).map_or("", |span| self.words(span))
    }

    /// The token at an index.
    pub(crate) fn token(&self, at: usize) -> Option<&Token> {
        self.tokens.get(at)
    }

    /// The folded words of a run of tokens, with one space between.
    pub(crate) fn folded(&self, run: Range<usize>) -> String {
        let tokens = self.tokens.get(run).unwrap_or_default();
        let mut text = String::with_capacity(tokens.iter().map(|t| t.folded.len() + 1).sum());
        for token in tokens {
            if !text.is_empty() {
                text.push(' ');
            }
            text.push_str(&token.folded);
        }
        text
    }

    /// The same, with a blank before and behind each word: what phrases are looked for in.
    pub(crate) fn padded(&self, run: Range<usize>) -> String {
        let tokens = self.tokens.get(run).unwrap_or_default();
        let mut text =
            String::with_capacity(tokens.iter().map(|t| t.folded.len() + 1).sum::<usize>() + 2);
        text.push(' ');
        for token in tokens {
            text.push_str(&token.folded);
            text.push(' ');
        }
        if tokens.is_empty() {
            text.push(' ');
        }
        text
    }

    /// Whether the tokens from one on are these words, parted by one blank each.
    pub(crate) fn says(&self, at: usize, words: &str) -> bool {
        // Hardly any phrase begins as the text does here.
        self.token(at).is_some_and(|t| words.starts_with(t.folded.as_str()))
            && (at..)
                .zip(words.split(' '))
                .all(|(at, word)| self.token(at).is_some_and(|t| t.folded == word))
    }

    /// Evidence for a span.
    pub(crate) fn evidence(&self, span: Span, rule: &'static str) -> Evidence {
        Evidence {
            part: self.part,
            start: span.start,
            end: span.end,
            words: clip(self.words(span), 200),
            rule: rule.into(),
        }
    }
}

/// At most so many characters of a text, on one line.
pub(crate) fn clip(text: &str, most: usize) -> String {
    let mut clipped = String::new();
    let mut count = 0;
    for word in text.split_whitespace() {
        if count > 0 {
            clipped.push(' ');
            count += 1;
        }
        for c in word.chars() {
            if count >= most {
                return clipped.trim_end().to_owned();
            }
            clipped.push(c);
            count += 1;
        }
    }
    clipped
}

/// Folded words with a blank before the first and behind the last.
pub(crate) fn padded(folded: &str) -> String {
    let mut text = String::with_capacity(folded.len() + 2);
    text.push(' ');
    text.push_str(folded);
    text.push(' ');
    text
}

/// Whether folded words end in a phrase, or are it.
pub(crate) fn ends_in(folded: &str, phrase: &str) -> bool {
    folded.strip_suffix(phrase).is_some_and(|before| before.is_empty() || before.ends_with(' '))
}

/// A phrase as the words of a text are folded, with one blank between.
pub(crate) fn fold_phrase(phrase: &str) -> String {
    let folded: Vec<String> = phrase.split(' ').map(fold).collect();
    folded.join(" ")
}

/// Lower case, without diacritics and ligatures; `ae`, `oe` and `ue` as in words whose umlauts
/// were written out become `a`, `o` and `u`.
pub(crate) fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    if text.is_ascii() {
        folded.push_str(text);
        folded.make_ascii_lowercase();
    } else {
        for c in text.nfkd().flat_map(char::to_lowercase) {
            match c {
                'ß' => folded.push_str("ss"),
                'œ' | 'ø' => folded.push('o'),
                'æ' => folded.push('a'),
                'ł' => folded.push('l'),
                'đ' => folded.push('d'),
                '’' | '‘' | '`' | '´' | 'ʼ' => folded.push('\''),
                '–' | '—' | '‐' | '‑' | '−' => folded.push('-'),
                '×' => folded.push('x'),
                c if ('\u{300}'..='\u{36f}').contains(&c) => {}
                c => folded.push(c),
            }
        }
    }
    if folded.len() >= 4 && has_umlaut(&folded) { contract(&folded) } else { folded }
}

/// [`fold`], for one word.
fn fold_word(word: &str) -> CompactString {
    if !word.is_ascii() {
        return fold(word).into();
    }
    let mut folded = CompactString::from(word);
    folded.make_ascii_lowercase();
    if folded.len() >= 4 && has_umlaut(&folded) { contract(&folded).into() } else { folded }
}

/// Whether there is a pair of letters that an umlaut may have been written as.
fn has_umlaut(folded: &str) -> bool {
    folded.as_bytes().windows(2).any(|pair| matches!(pair, [b'a' | b'o' | b'u', b'e']))
}

/// Umlauts that were written out, without their `e`: `kuehl` → `kuhl`. Not in `neue`, `que`.
fn contract(folded: &str) -> String {
    let mut short = String::with_capacity(folded.len());
    let mut before = ' ';
    let mut last = ' ';
    for c in folded.chars() {
        let umlaut = c == 'e'
            && (matches!(last, 'a' | 'o')
                || (last == 'u' && !matches!(before, 'q' | 'e' | 'a' | 'g')));
        if !umlaut {
            short.push(c);
        }
        before = last;
        last = c;
    }
    short
}

/// Letters, and the marks that letters carry; those of '1º' and '1ª' are marks of their own.
fn is_letter(c: char) -> bool {
    (c.is_alphabetic() || ('\u{300}'..='\u{36f}').contains(&c)) && !matches!(c, 'º' | 'ª')
}

/// The tokens of one line, in place of others.
pub(crate) fn tokens_of(line: &str, tokens: &mut Vec<Token>) {
    tokens.clear();
    tokenise(line, 0, 0, tokens);
}

/// Appends the tokens of one line.
fn tokenise(line: &str, at: usize, number: usize, tokens: &mut Vec<Token>) {
    let mut glued = false;
    let mut gap = false;
    let mut blank = 0;
    let mut start = 0;
    while let Some(c) = line.get(start..).and_then(|rest| rest.chars().next()) {
        let behind = start + c.len_utf8();
        if c.is_whitespace() || c.is_control() || matches!(c, '\u{200b}' | '\u{feff}' | '\u{200c}')
        {
            blank += 1;
            gap |= c == '\t' || blank >= 2;
            glued = false;
            start = behind;
            continue;
        }
        if let Some(end) = leaders(line, start, c) {
            (gap, glued, blank) = (true, false, 1);
            start = end;
            continue;
        }
        if tokens.len() >= MAX_TOKENS {
            return;
        }
        let (kind, end) = match c {
            c if c.is_ascii_digit() => (Kind::Digits, digits_end(line, behind)),
            c if is_letter(c) => (Kind::Word, word_end(line, behind, glued && is_times(c))),
            _ => (Kind::Mark, behind),
        };
        let folded = fold_word(line.get(start..end).unwrap_or_default());
        let span = Span { start: at + start, end: at + end };
        let sign = Sign::of(&folded);
        tokens.push(Token { kind, span, folded, glued, line: number, gap, sign });
        (glued, gap, blank) = (true, false, 0);
        start = end;
    }
}

fn is_times(c: char) -> bool {
    matches!(c, 'x' | 'X')
}

/// Where the digits end that go on at a place.
fn digits_end(line: &str, from: usize) -> usize {
    let rest = line.as_bytes().get(from..).unwrap_or_default();
    from + rest.iter().take_while(|b| b.is_ascii_digit()).count()
}

/// Where the letters end that go on at a place. '2xHS-100': the x that multiplies is a word of its
/// own.
fn word_end(line: &str, from: usize, times: bool) -> usize {
    let rest = line.get(from..).unwrap_or_default();
    if times && rest.starts_with(char::is_uppercase) {
        return from;
    }
    let plain = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
    let more = rest.get(plain..).unwrap_or_default();
    if more.starts_with(|c: char| c.is_ascii()) {
        return from + plain;
    }
    from + plain + more.find(|c: char| !is_letter(c)).unwrap_or(more.len())
}

/// 'PB-55 ........ 12': dots that lead from one column to the next are as wide as a gap. Where they
/// end.
fn leaders(line: &str, start: usize, c: char) -> Option<usize> {
    const LEAST: usize = 4;
    if !matches!(c, '.' | '·' | '_' | '…') {
        return None;
    }
    let behind = line.get(start..)?.trim_start_matches(c);
    let end = line.len() - behind.len();
    let long = (end - start) / c.len_utf8() >= LEAST;
    (long && start > 0 && !behind.trim().is_empty()).then_some(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folded(text: &str) -> Vec<String> {
        Scan::whole(Part::Text, text).tokens.iter().map(|t| t.folded.to_string()).collect()
    }

    #[test]
    fn words_digits_and_marks_are_apart() {
        assert_eq!(folded("HS-100: 2x Kühl"), ["hs", "-", "100", ":", "2", "x", "kuhl"]);
        assert_eq!(folded("3xAB"), ["3", "x", "ab"]);
        assert_eq!(folded("Stueck Stück STUECK"), ["stuck", "stuck", "stuck"]);
    }

    #[test]
    fn offsets_point_into_the_text() {
        let text = "Grüße,\n  zwölf Stück";
        let scan = Scan::whole(Part::Text, text);
        let words: Vec<_> = scan.tokens.iter().map(|t| scan.words(t.span)).collect();
        assert_eq!(words, ["Grüße", ",", "zwölf", "Stück"]);
        assert!(scan.lines[1].indented);
        assert_eq!(scan.lines[1].tokens, 2..4);
    }

    #[test]
    fn only_the_given_ranges_are_read() {
        let text = "one\n> two\nthree";
        let scan = Scan::new(Part::Text, text, &[0..4, 10..15]);
        let words: Vec<_> = scan.tokens.iter().map(|t| scan.words(t.span)).collect();
        assert_eq!(words, ["one", "three"]);
    }

    #[test]
    fn clipping_folds_white_space() {
        assert_eq!(clip(" a \n b  c ", 3), "a b");
        assert_eq!(clip("äöü", 2), "äö");
    }
}
