//! What the elements of a page are to a reader.

use std::borrow::Cow;

use super::colour::{self, Ink};
use super::style::Style;
use super::token::{Tag, unescape};

/// How an element sets its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Within a line.
    Inline,
    /// Lines of its own.
    Block,
    /// Lines of its own, set apart.
    Paragraph,
    List,
    Item,
    Table,
    RowGroup,
    Row,
    Cell,
    /// `<br>`.
    Break,
    /// What a term stands for: on the term's line.
    Definition,
    /// `<hr>`.
    Rule,
    /// Has no content.
    Void,
    /// Not shown.
    Hidden,
}

impl Kind {
    pub(super) fn of(name: &str) -> Self {
        match name {
            "p" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "dl" => Self::Paragraph,
            "dd" => Self::Definition,
            "div" | "body" | "html" | "blockquote" | "center" | "section" | "article"
            | "header" | "footer" | "main" | "nav" | "aside" | "address" | "form" | "fieldset"
            | "legend" | "figure" | "figcaption" | "pre" | "dt" | "caption" | "details"
            | "summary" | "hgroup" | "dialog" => Self::Block,
            "ul" | "ol" | "menu" | "dir" => Self::List,
            "li" => Self::Item,
            "table" => Self::Table,
            "thead" | "tbody" | "tfoot" => Self::RowGroup,
            "tr" => Self::Row,
            "td" | "th" => Self::Cell,
            "br" => Self::Break,
            "hr" => Self::Rule,
            "img" | "input" | "meta" | "link" | "col" | "area" | "base" | "wbr" | "embed"
            | "source" | "track" | "param" | "bgsound" | "basefont" | "frame" => Self::Void,
            "template" | "svg" | "math" | "audio" | "video" | "canvas" | "object" | "select"
            | "datalist" | "xml" => Self::Hidden,
            _ => Self::Inline,
        }
    }
}

/// A tag's name in lower case.
pub(super) fn lower(name: &str) -> Cow<'_, str> {
    if name.bytes().any(|b| b.is_ascii_uppercase()) {
        name.to_ascii_lowercase().into()
    } else {
        name.into()
    }
}

/// An open element.
#[derive(Debug)]
pub(super) struct Element {
    pub(super) name: Box<str>,
    pub(super) kind: Kind,
    /// What its text is.
    pub(super) state: State,
    /// The next item's number, for a numbered list.
    pub(super) number: Option<u32>,
    /// An empty line follows it.
    pub(super) set_apart: bool,
}

/// What text at some place of the page is.
#[derive(Debug, Clone, Copy, Default)]
#[expect(clippy::struct_excessive_bools, reason = "independent facts, each on its own")]
pub(super) struct State {
    gone: bool,
    invisible: bool,
    tiny: bool,
    struck: bool,
    unseen: bool,
    ink: Ink,
    /// It stands on a ground that white is seen on.
    ground: bool,
    pub(super) pre: bool,
    pub(super) quote: bool,
    pub(super) signature: bool,
}

impl State {
    /// There to be read.
    pub(super) fn is_shown(self) -> bool {
        !(self.gone || self.invisible || self.tiny || self.struck || self.is_unseen())
    }

    /// Out of sight by ways that a page may not mean, as its writer may see it after all.
    pub(super) fn is_unseen(self) -> bool {
        let faint = match self.ink {
            Ink::Dark => false,
            Ink::White => !self.ground,
            Ink::Clear => true,
        };
        let plainly = self.gone || self.invisible || self.tiny || self.struck;
        !plainly && (self.unseen || faint)
    }

    /// What a child's text is.
    pub(super) fn child(
        self,
        kind: Kind,
        name: &str,
        found: &Attributes<'_>,
        style: Style,
    ) -> Self {
        let struck = matches!(name, "s" | "strike" | "del") || style.struck;
        let closed = name == "dialog" && !found.open;
        // A link has a colour of its own.
        let ink = style.ink.or((name == "a").then_some(Ink::Dark));
        Self {
            gone: self.gone || style.gone || found.hidden || kind == Kind::Hidden,
            unseen: self.unseen || style.unseen || closed,
            ink: ink.unwrap_or(self.ink),
            ground: style.ground.unwrap_or(self.ground),
            invisible: style.invisible.unwrap_or(self.invisible),
            tiny: style.tiny.unwrap_or(self.tiny),
            struck: self.struck || struck,
            pre: style.pre.unwrap_or(self.pre || matches!(name, "pre" | "listing" | "textarea")),
            quote: self.quote || is_quote(name, found, style),
            signature: self.signature || is_signature(found),
        }
    }
}

/// The attributes that matter here.
#[derive(Debug, Default)]
pub(super) struct Attributes<'a> {
    pub(super) class: &'a str,
    pub(super) id: &'a str,
    name: &'a str,
    kind: &'a str,
    marker: &'a str,
    cite: bool,
    hidden: bool,
    open: bool,
    /// What a field of a form holds.
    content: &'a str,
    pub(super) style: Style,
    pub(super) colspan: usize,
    pub(super) rowspan: usize,
    pub(super) start: Option<u32>,
    pub(super) value: Option<u32>,
}

impl<'a> Attributes<'a> {
    pub(super) fn read(tag: &Tag<'a>) -> Self {
        let mut found = Self { colspan: 1, rowspan: 1, ..Self::default() };
        let mut marked = Style::default();
        for (name, value) in tag.attributes() {
            match lower(name).as_ref() {
                "class" => found.class = value,
                "id" => found.id = value,
                "name" => found.name = value,
                "type" => found.kind = value,
                "data-marker" | "data-smartmail" => found.marker = value,
                "cite" => found.cite = true,
                "hidden" => found.hidden = true,
                "open" => found.open = true,
                "style" => found.style = Style::read(&unescape(value)),
                "color" => marked.ink = colour::ink(&value.trim().to_ascii_lowercase()),
                "bgcolor" => marked.ground = colour::ground(&value.trim().to_ascii_lowercase()),
                "background" => marked.ground = Some(true),
                "colspan" => found.colspan = value.trim().parse().unwrap_or(1),
                "rowspan" => found.rowspan = value.trim().parse().unwrap_or(1),
                "start" => found.start = value.trim().parse().ok(),
                "value" => {
                    found.value = value.trim().parse().ok();
                    found.content = value;
                }
                _ => {}
            }
        }
        // The style wins over what older pages say with attributes.
        found.style = marked.and(found.style);
        found
    }

    /// What was typed into an `<input>`.
    pub(super) fn typed(&self) -> Option<&'a str> {
        let kind = self.kind.trim().to_ascii_lowercase();
        let text = matches!(
            kind.as_str(),
            "" | "text" | "number" | "date" | "email" | "tel" | "search" | "url" | "week" | "month"
        );
        Some(self.content).filter(|content| text && !content.trim().is_empty())
    }

    /// One of the names is the element's class or id. Programs put something before them when
    /// they take another mail in (`x_gmail_quote`, `ydp1a2b3cyahoo_quoted`).
    fn is_called(&self, names: &[&str]) -> bool {
        let classes = self.class.split_ascii_whitespace().take(20);
        let mut called = classes.chain([self.id, self.name]).filter(|word| !word.is_empty());
        called.any(|word| {
            names.iter().any(|name| {
                word.strip_suffix(name).is_some_and(|prefix| {
                    prefix.is_empty() || prefix.ends_with("x_") || prefix.starts_with("yd")
                })
            })
        })
    }
}

/// Elements in which programs put the mail that is answered.
fn is_quote(name: &str, found: &Attributes<'_>, style: Style) -> bool {
    const CONTAINERS: [&str; 12] = [
        "yahoo_quoted",
        "protonmail_quote",
        "tutanota_quote",
        "moz-cite-prefix",
        "zmail_extra",
        "front-blockquote",
        "isReplyContent",
        "reply-intro",
        "mail-editor-reference-message-container",
        "messageReplySection",
        "OLK_SRC_BODY_SECTION",
        "quoted-text",
    ];
    if name == "blockquote" {
        // Without a mark a `<blockquote>` is a quote unless it says that it only indents, as
        // Gmail and Apple Mail have it.
        let cited = found.cite || found.kind.eq_ignore_ascii_case("cite");
        let quoted = cited || found.is_called(&["gmail_quote", "isReplyContent"]);
        return quoted || style.left_border || !style.borderless;
    }
    found.is_called(&CONTAINERS)
        || found.marker == "__QUOTED_TEXT__"
        || (found.name == "quote" && name == "div")
}

/// Elements with which the heading of the answered mail begins, all the rest being that mail.
pub(super) fn is_cut(found: &Attributes<'_>) -> bool {
    const HEADINGS: [&str; 5] =
        ["divRplyFwdMsg", "stopSpelling", "OutlookMessageHeader", "zwchr", "replySplit"];
    found.is_called(&HEADINGS) || found.marker == "__DIVIDER__"
}

/// Elements in which programs put the signature.
fn is_signature(found: &Attributes<'_>) -> bool {
    const SIGNATURES: [&str; 5] = [
        "gmail_signature",
        "moz-signature",
        "protonmail_signature_block",
        "Signature",
        "tutanota_signature",
    ];
    found.is_called(&SIGNATURES)
        || matches!(found.marker, "gmail_signature" | "__SIG_PRE__" | "__SIG_POST__")
}
