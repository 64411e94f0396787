//! HTML as a row of tags and text, read the way browsers forgive it.
//!
//! A tokenizer of our own because its time must be linear in whatever a stranger sends: the
//! well-known ones compare each attribute of a tag with all before it, and build trees whose
//! repair is quadratic. Nothing is copied; attributes are read only where someone asks.

use mail_parser::decoders::charsets::map::charset_decoder;
use mail_parser::decoders::html::add_html_token;

/// Attributes of one tag that are looked at.
const MAX_ATTRIBUTES: usize = 60;
/// Longest character reference (`&CounterClockwiseContourIntegral;`), in bytes.
const MAX_REFERENCE: usize = 33;

/// A tag or a run of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Token<'a> {
    /// Character references not undone.
    Text(&'a str),
    Open(Tag<'a>),
    /// Name as it stands.
    Close(&'a str),
    /// Content of a `<style>`.
    Style(&'a str),
}

/// What begins with a `<`.
enum Markup<'a> {
    Tag(Token<'a>),
    /// A comment, a declaration: nothing to read.
    Comment,
}

/// An opening tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Tag<'a> {
    /// As it stands, in any case.
    pub(super) name: &'a str,
    /// What stands between name and `>`.
    rest: &'a str,
}

impl<'a> Tag<'a> {
    /// `<…/>`.
    pub(super) fn self_closing(&self) -> bool {
        self.rest.ends_with('/')
    }

    /// Name and value of each attribute; character references not undone.
    pub(super) fn attributes(&self) -> impl Iterator<Item = (&'a str, &'a str)> {
        let mut rest = self.rest;
        std::iter::from_fn(move || attribute(&mut rest)).take(MAX_ATTRIBUTES)
    }
}

/// Takes the next attribute off.
fn attribute<'a>(rest: &mut &'a str) -> Option<(&'a str, &'a str)> {
    let text = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/');
    let end =
        text.bytes().skip(1).position(|b| b.is_ascii_whitespace() || matches!(b, b'=' | b'/'));
    let (name, after) = text.split_at_checked(end.map_or(text.len(), |at| at + 1))?;
    if name.is_empty() {
        return None;
    }
    let Some(value) = after.trim_ascii_start().strip_prefix('=').map(str::trim_ascii_start) else {
        *rest = after;
        return Some((name, ""));
    };
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
    let (value, after) = if let Some(quote) = quote {
        let inner = value.get(1..).unwrap_or_default();
        inner.split_once(quote).unwrap_or((inner, ""))
    } else {
        let end = value.bytes().position(|b| b.is_ascii_whitespace()).unwrap_or(value.len());
        value.split_at(end)
    };
    *rest = after;
    Some((name, value))
}

/// The tokens of a page.
pub(super) struct Tokens<'a> {
    rest: &'a str,
    /// Content of an element that holds no markup is passed over up to its end tag.
    raw: Option<&'a str>,
    /// A quote was found that never closes.
    unbalanced: bool,
}

impl<'a> Tokens<'a> {
    pub(super) fn new(html: &'a str) -> Self {
        Self { rest: html, raw: None, unbalanced: false }
    }

    /// Splits off the first `length` bytes of what is left.
    fn take(&mut self, length: usize) -> &'a str {
        let (taken, rest) = self.rest.split_at_checked(length).unwrap_or((self.rest, ""));
        self.rest = rest;
        taken
    }

    /// What follows a `<`, if it is markup and not a stray sign.
    fn markup(&mut self) -> Option<Markup<'a>> {
        let after = self.rest.get(1..)?;
        let first = after.bytes().next()?;
        match first {
            b'!' if after.starts_with("!--") => {
                let comment = after.get(3..)?;
                // `<!-->` and `<!--->` are whole comments.
                let length = if comment.starts_with('>') || comment.starts_with("->") {
                    comment.find('>').map(|at| at + 1)
                } else {
                    comment.find("-->").map(|at| at + 3)
                };
                self.take(length.map_or(self.rest.len(), |length| 4 + length));
                Some(Markup::Comment)
            }
            b'!' | b'?' => {
                let length = self.rest.find('>').map_or(self.rest.len(), |at| at + 1);
                self.take(length);
                Some(Markup::Comment)
            }
            b'/' if after.as_bytes().get(1).is_some_and(u8::is_ascii_alphabetic) => {
                let length = self.rest.find('>').map_or(self.rest.len(), |at| at + 1);
                let tag = self.take(length).get(2..).unwrap_or_default();
                let name = tag.split(|c: char| c.is_ascii_whitespace() || matches!(c, '>' | '/'));
                Some(Markup::Tag(Token::Close(name.into_iter().next().unwrap_or_default())))
            }
            _ if first.is_ascii_alphabetic() => Some(Markup::Tag(self.open())),
            _ => None,
        }
    }

    /// An opening tag: up to the first `>` outside quotes.
    fn open(&mut self) -> Token<'a> {
        let quoted = if self.unbalanced { None } else { tag_length(self.rest) };
        // An unclosed quote hides the end of this tag, and would of each that follows: quotes
        // are not looked at from here on, so that the whole page is not searched for each tag.
        self.unbalanced |= quoted.is_none();
        let length = quoted.or_else(|| self.rest.find('>').map(|at| at + 1));
        let tag = self.take(length.unwrap_or(self.rest.len()));
        let tag = tag.get(1..).unwrap_or_default();
        let tag = tag.strip_suffix('>').unwrap_or(tag);
        let end = tag.bytes().position(|b| b.is_ascii_whitespace() || b == b'/');
        let (name, rest) = tag.split_at(end.unwrap_or(tag.len()));
        let is = |wanted: &str| name.eq_ignore_ascii_case(wanted);
        if ["style", "script", "title", "xmp", "iframe", "noembed", "noframes", "textarea"]
            .iter()
            .any(|name| is(name))
        {
            self.raw = Some(name);
        }
        Token::Open(Tag { name, rest: rest.trim_ascii() })
    }

    /// The content of an element without markup.
    fn raw_content(&mut self, name: &'a str) -> Token<'a> {
        let end = end_tag(self.rest, name).unwrap_or(self.rest.len());
        let content = self.take(end);
        match () {
            () if name.eq_ignore_ascii_case("style") => Token::Style(content),
            // What somebody typed into a form.
            () if name.eq_ignore_ascii_case("textarea") => Token::Text(content.trim_ascii()),
            () => Token::Text(""),
        }
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        if let Some(name) = self.raw.take() {
            return Some(self.raw_content(name));
        }
        loop {
            if self.rest.is_empty() {
                return None;
            }
            if self.rest.starts_with('<') {
                match self.markup() {
                    Some(Markup::Tag(token)) => return Some(token),
                    Some(Markup::Comment) => continue,
                    None => {}
                }
            }
            let from = usize::from(self.rest.starts_with('<'));
            let tail = self.rest.get(from..).unwrap_or_default();
            let length = tail.find('<').map_or(self.rest.len(), |at| at + from);
            return Some(Token::Text(self.take(length)));
        }
    }
}

/// Length of the tag that the text begins with, its `>` included; `None` where it has none
/// outside quotes.
fn tag_length(text: &str) -> Option<usize> {
    let mut quote = None;
    let mut after_equals = false;
    for (at, byte) in text.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return Some(at + 1),
            // A quote opens a value only behind `=`; elsewhere it is a stray sign.
            (None, b'"' | b'\'') if after_equals => quote = Some(byte),
            (Some(open), _) if open == byte => quote = None,
            _ => {}
        }
        if !byte.is_ascii_whitespace() {
            after_equals = byte == b'=' && quote.is_none();
        }
    }
    None
}

/// Where the end tag of this name begins.
fn end_tag(text: &str, name: &str) -> Option<usize> {
    let mut from = 0;
    while let Some(at) = text.get(from..)?.find("</") {
        let start = from + at;
        let found = text.as_bytes().get(start + 2..start + 2 + name.len())?;
        if found.eq_ignore_ascii_case(name.as_bytes()) {
            return Some(start);
        }
        from = start + 2;
    }
    None
}

/// Text with its character references undone.
pub(super) fn unescape(text: &str) -> std::borrow::Cow<'_, str> {
    if !text.contains('&') {
        return text.into();
    }
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        let (before, reference) = rest.split_at(at);
        plain.push_str(before);
        let window = reference.as_bytes().iter().take(MAX_REFERENCE);
        let body = window.skip(1).take_while(|b| b.is_ascii_alphanumeric() || **b == b'#').count();
        let closed = reference.as_bytes().get(body + 1) == Some(&b';');
        let length = 1 + body + usize::from(closed);
        let (token, after) = reference.split_at_checked(length).unwrap_or((reference, ""));
        push_reference(&mut plain, token, closed);
        rest = after;
    }
    plain.push_str(rest);
    plain.into()
}

/// Appends what a reference such as `&auml;` or `&#228` stands for, or itself if nothing.
fn push_reference(plain: &mut String, token: &str, closed: bool) {
    let number = token.strip_prefix("&#").map(|code| code.trim_end_matches(';'));
    if let Some(code) = number {
        let code = code
            .strip_prefix(['x', 'X'])
            .map_or_else(|| code.parse::<u32>().ok(), |code| u32::from_str_radix(code, 16).ok());
        match code {
            // Numbers of the C1 range mean windows-1252 (HTML 13.2.5.80).
            Some(code @ 128..=159) => {
                let byte = u8::try_from(code).unwrap_or(b'?');
                let decode = charset_decoder(b"windows-1252");
                plain.push_str(&decode.map(|decode| decode(&[byte])).unwrap_or_default());
            }
            Some(0) => plain.push(char::REPLACEMENT_CHARACTER),
            Some(code) => plain.push(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER)),
            None => plain.push_str(token),
        }
    } else if closed {
        add_html_token(plain, token.as_bytes(), false);
    } else {
        // The commonest ones are taken without their semicolon, too.
        let known = ["&amp", "&lt", "&gt", "&quot", "&nbsp", "&auml", "&ouml", "&uuml", "&eacute"];
        match known.iter().find(|name| token.starts_with(**name)) {
            Some(name) => {
                add_html_token(plain, format!("{name};").as_bytes(), false);
                plain.push_str(token.get(name.len()..).unwrap_or_default());
            }
            None => plain.push_str(token),
        }
    }
}
