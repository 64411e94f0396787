//! What style says about whether text is there to be read.

use std::collections::{HashMap, HashSet};

use super::colour::{self, Ink};

/// Rules of style sheets that are remembered.
const MAX_RULES: usize = 2000;
/// Bytes of one style attribute or rule that are looked at.
const MAX_STYLE: usize = 4000;

/// What a style declares, as far as it matters to a reader.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "independent facts, each on its own")]
pub(super) struct Style {
    /// `display: none` and the like: no child can show itself again.
    pub(super) gone: bool,
    /// Clipped, moved or shrunk out of sight.
    pub(super) unseen: bool,
    /// `visibility`, which a child may undo.
    pub(super) invisible: Option<bool>,
    /// `font-size: 0`, which a child may undo.
    pub(super) tiny: Option<bool>,
    /// `text-decoration: line-through`.
    pub(super) struck: bool,
    /// `color`, which a child may change.
    pub(super) ink: Option<Ink>,
    /// Whether its background is one that white is seen on.
    pub(super) ground: Option<bool>,
    /// White space is kept.
    pub(super) pre: Option<bool>,
    /// A left border, as quotes have it.
    pub(super) left_border: bool,
    /// It says that there is no border: an indentation, not a quote.
    pub(super) borderless: bool,
    /// No margin above and below.
    pub(super) tight: bool,
}

impl Style {
    /// Both together; the later one wins where they differ.
    pub(super) fn and(self, later: Self) -> Self {
        Self {
            gone: self.gone || later.gone,
            unseen: self.unseen || later.unseen,
            invisible: later.invisible.or(self.invisible),
            tiny: later.tiny.or(self.tiny),
            struck: self.struck || later.struck,
            ink: later.ink.or(self.ink),
            ground: later.ground.or(self.ground),
            pre: later.pre.or(self.pre),
            left_border: self.left_border || later.left_border,
            borderless: self.borderless || later.borderless,
            tight: self.tight || later.tight,
        }
    }

    /// Reads declarations: `display:none; color:red`.
    pub(super) fn read(text: &str) -> Self {
        let mut style = Self::default();
        let mut flat = false;
        let mut clipped = false;
        let text = text.get(..MAX_STYLE).unwrap_or(text);
        for declaration in text.split(';') {
            let Some((name, value)) = declaration.split_once(':') else { continue };
            let name = name.trim().to_ascii_lowercase();
            let value = value.trim().to_ascii_lowercase();
            let value = value.trim_end_matches("!important").trim();
            style.unseen |= is_out_of_sight(&name, value);
            match name.as_str() {
                "display" => style.gone |= value == "none",
                "visibility" => style.invisible = Some(matches!(value, "hidden" | "collapse")),
                "opacity" => style.gone |= number(value) == Some(0.0),
                "color" => style.ink = colour::ink(value).or(style.ink),
                "background" | "background-color" | "background-image" => {
                    style.ground = colour::ground(value).or(style.ground);
                }
                "font-size" => style.tiny = Some(is_tiny(value)),
                "font" => style.tiny = value.split(' ').next().map(|size| size == "0"),
                "max-height" | "height" | "max-width" | "width" => flat |= is_zero(value),
                "overflow" => clipped |= value == "hidden",
                "text-decoration" | "text-decoration-line" => {
                    style.struck |= value.contains("line-through");
                }
                "white-space" => style.pre = Some(value.starts_with("pre") && value != "pre-line"),
                "border-left" | "border-left-style" | "border-left-width" => {
                    style.left_border |= has_border(value);
                }
                "border" | "border-style" => {
                    style.borderless |= !has_border(value);
                    style.left_border |= has_border(value);
                }
                "margin" => style.tight |= value.starts_with('0'),
                "margin-top" | "margin-bottom" => style.tight |= is_zero(value),
                _ => {}
            }
        }
        style.gone |= flat && clipped;
        style
    }
}

/// Clipped, shrunk or moved away to nothing.
fn is_out_of_sight(name: &str, value: &str) -> bool {
    let inside = || value.split_once('(').map_or("", |(_, inside)| inside.trim_end_matches(')'));
    let all = |small: &dyn Fn(f32) -> bool| {
        let parts = inside().split([',', ' ']).filter(|part| !part.is_empty());
        !inside().is_empty() && parts.map(number).all(|part| part.is_some_and(small))
    };
    match name {
        "mso-hide" => value == "all",
        "clip" => value.starts_with("rect(") && all(&|part| part <= 1.0),
        "clip-path" | "-webkit-clip-path" => {
            value.starts_with("inset(") && value.contains('%') && all(&|part| part >= 50.0)
                || value.starts_with("circle(0")
        }
        "transform" | "-webkit-transform" => value.starts_with("scale") && all(&|part| part == 0.0),
        "left" | "right" | "top" | "bottom" | "margin-left" | "margin-top" | "text-indent" => {
            value.strip_prefix('-').and_then(number).is_some_and(|far| far >= 900.0)
        }
        _ => false,
    }
}

fn number(value: &str) -> Option<f32> {
    let end = value.bytes().position(|b| !(b.is_ascii_digit() || b == b'.')).unwrap_or(value.len());
    value.get(..end)?.parse().ok()
}

fn is_zero(value: &str) -> bool {
    number(value) == Some(0.0)
}

/// Nothing, or at most a pixel: no one reads that.
fn is_tiny(value: &str) -> bool {
    let absolute = value.ends_with("px") || value.ends_with("pt");
    number(value).is_some_and(|size| size == 0.0 || absolute && size <= 1.0)
}

fn has_border(value: &str) -> bool {
    !(value.contains("none") || value.contains("hidden") || is_zero(value) || value == "initial")
}

/// The simple rules of a page's style sheets: those that hide or strike by class, id or element.
#[derive(Debug, Default)]
pub(super) struct Sheet {
    rules: HashMap<String, Style>,
    /// What has a dark background, by the last word of its selector: white text in it may be seen.
    grounds: HashSet<String>,
}

impl Sheet {
    /// Takes in the rules of a `<style>`. What depends on the medium is left out, unless the medium is
    /// any screen.
    pub(super) fn read(&mut self, css: &str) {
        let mut rest = css;
        while let Some((selectors, block)) = rest.split_once('{') {
            let selectors = selectors.rsplit(['}', ';', '/']).next().unwrap_or_default();
            if selectors.trim_start().starts_with('@') {
                // `@media … { rule { … } … }`: passed over to the brace that closes it.
                rest = if is_any_screen(selectors) { block } else { skip_block(rest) };
                continue;
            }
            let Some((body, after)) = block.split_once('}') else { return };
            rest = after;
            let style = Style::read(body);
            if style.ground == Some(true) {
                self.darken(selectors);
            }
            let shows = style.ink.is_none() && style.ground.is_none();
            if shows
                && !(style.gone || style.unseen || style.struck || style.invisible == Some(true))
            {
                continue;
            }
            for selector in selectors.split(',').map(str::trim) {
                let simple = selector.len() <= 100
                    && !selector.is_empty()
                    && !selector.contains([' ', '>', '+', '~', '[', ':', '*', '<', '\n']);
                // Only `.class`, `#id` and `element.class`: a bare element is never hidden.
                if simple && selector.contains(['.', '#']) && self.rules.len() < MAX_RULES {
                    let rule = self.rules.entry(selector.to_ascii_lowercase()).or_default();
                    *rule = rule.and(style);
                }
            }
        }
    }

    /// Remembers what has a dark background, however it is selected.
    fn darken(&mut self, selectors: &str) {
        for selector in selectors.split(',') {
            let last = selector.split([' ', '>', '+', '~']).rfind(|part| !part.trim().is_empty());
            let last = last.and_then(|last| last.split([':', '[']).next()).unwrap_or_default();
            if last.len() <= 100 && self.grounds.len() < MAX_RULES {
                self.grounds.insert(last.trim().to_ascii_lowercase());
            }
        }
    }

    /// Whether a rule of any kind may give such an element a dark background.
    fn is_dark(&self, name: &str, class: &str, id: &str) -> bool {
        let has = |word: &str| self.grounds.contains(&word.to_ascii_lowercase());
        let mut classes = class.split_ascii_whitespace().take(20);
        !self.grounds.is_empty()
            && (has(name)
                || has(&format!("#{id}"))
                || classes.any(|c| has(&format!(".{c}")) || has(&format!("{name}.{c}"))))
    }

    /// What the sheet says of an element, by its class and id.
    pub(super) fn style(&self, name: &str, class: &str, id: &str) -> Style {
        let mut style = Style::default();
        if self.is_dark(name, class, id) {
            style.ground = Some(true);
        }
        if self.rules.is_empty() {
            return style;
        }
        for class in class.split_ascii_whitespace().take(20) {
            style = style.and(self.rule(&format!(".{class}")));
            style = style.and(self.rule(&format!("{name}.{class}")));
        }
        if id.is_empty() { style } else { style.and(self.rule(&format!("#{id}"))) }
    }

    fn rule(&self, selector: &str) -> Style {
        self.rules.get(&selector.to_ascii_lowercase()).copied().unwrap_or_default()
    }
}

/// `@media screen`, but not one of a certain size.
fn is_any_screen(rule: &str) -> bool {
    let rule = rule.trim().to_ascii_lowercase();
    let media = rule.strip_prefix("@media").unwrap_or_default();
    !media.contains(['(', ','])
        && media.split_whitespace().all(|w| matches!(w, "only" | "screen" | "all"))
        && !media.trim().is_empty()
}

/// What follows the block that the text's first brace opens.
fn skip_block(css: &str) -> &str {
    let mut depth = 0_usize;
    for (at, byte) in css.bytes().enumerate() {
        match byte {
            b'{' => depth += 1,
            b'}' if depth <= 1 => return css.get(at + 1..).unwrap_or_default(),
            b'}' => depth -= 1,
            _ => {}
        }
    }
    ""
}
