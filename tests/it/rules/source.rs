//! Just enough of Rust's grammar to see what a source file names: comments, strings and tests
//! taken away, `use` trees spread out.

/// A token that matters here.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Token {
    /// A name or keyword.
    Word(String),
    /// `::`
    Colons,
    /// Any other sign.
    Sign(char),
}

/// What the code of one file names, outside of its tests.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Named {
    /// Paths, each with its line: `use std::{fs, io::Read};` gives `std::fs` and `std::io::Read`.
    /// `super::` is resolved, so that what leads to the crate's root begins with `crate`.
    pub(super) paths: Vec<(usize, Vec<String>)>,
    /// Macros that are called, each with its line.
    pub(super) macros: Vec<(usize, String)>,
    /// Modules that are files of their own and tests.
    pub(super) test_modules: Vec<String>,
}

/// Reads a file that is the module `module` (`["mail", "mime"]` for `src/mail/mime.rs`).
pub(super) fn read(text: &str, module: &[String]) -> Named {
    let tokens = tokens(text);
    let mut named = Named::default();
    // Inline modules that are open, with the depth of braces that they began at.
    let mut inside: Vec<(String, usize)> = Vec::new();
    let mut depth = 0_usize;
    let mut at = 0;
    while at < tokens.len() {
        if is_test(&tokens, at) {
            at = skip_item(&tokens, at, &mut named.test_modules);
            continue;
        }
        let (line, token) = &tokens[at];
        match token {
            Token::Sign('{') => depth += 1,
            Token::Sign('}') => {
                depth = depth.saturating_sub(1);
                inside.retain(|(_, began)| *began <= depth);
            }
            Token::Word(word) if word == "mod" => {
                if let (Some(name), Some(Token::Sign('{'))) =
                    (word_at(&tokens, at + 1), sign(&tokens, at + 2))
                {
                    inside.push((name.to_owned(), depth + 1));
                }
            }
            Token::Word(word) => {
                let begins = at == 0 || tokens[at - 1].1 != Token::Colons;
                if begins && sign(&tokens, at + 1) == Some(&Token::Colons) {
                    let mut here: Vec<String> = module.to_vec();
                    here.extend(inside.iter().map(|(name, _)| name.clone()));
                    let mut found = Vec::new();
                    spread(&tokens, at, Vec::new(), &mut found);
                    let rooted = found.into_iter().map(|path| (*line, rooted(path, &here)));
                    named.paths.extend(rooted);
                }
                if sign(&tokens, at + 1) == Some(&Token::Sign('!')) {
                    named.macros.push((*line, word.clone()));
                }
            }
            _ => {}
        }
        at += 1;
    }
    named
}

fn sign(tokens: &[(usize, Token)], at: usize) -> Option<&Token> {
    tokens.get(at).map(|(_, token)| token)
}

fn word_at(tokens: &[(usize, Token)], at: usize) -> Option<&str> {
    match sign(tokens, at) {
        Some(Token::Word(word)) => Some(word),
        _ => None,
    }
}

/// `#[cfg(test)]` begins here.
fn is_test(tokens: &[(usize, Token)], at: usize) -> bool {
    let wanted = [
        Token::Sign('#'),
        Token::Sign('['),
        Token::Word("cfg".into()),
        Token::Sign('('),
        Token::Word("test".into()),
        Token::Sign(')'),
        Token::Sign(']'),
    ];
    wanted.iter().enumerate().all(|(i, token)| sign(tokens, at + i) == Some(token))
}

/// The place after the item whose `#[cfg(test)]` begins at `at`.
fn skip_item(tokens: &[(usize, Token)], at: usize, modules: &mut Vec<String>) -> usize {
    let mut at = at + 7;
    let mut depth = 0_usize;
    while let Some(token) = sign(tokens, at) {
        match token {
            Token::Sign('{' | '[' | '(') => depth += 1,
            Token::Sign('}' | ']' | ')') => {
                depth = depth.saturating_sub(1);
                if depth == 0 && *token == Token::Sign('}') {
                    return at + 1;
                }
            }
            Token::Sign(';') if depth == 0 => {
                if at >= 2
                    && word_at(tokens, at - 2) == Some("mod")
                    && let Some(name) = word_at(tokens, at - 1)
                {
                    modules.push(name.to_owned());
                }
                return at + 1;
            }
            _ => {}
        }
        at += 1;
    }
    at
}

/// Spreads the path or `use` tree that begins at `at`; the place after it.
fn spread(
    tokens: &[(usize, Token)],
    mut at: usize,
    mut so_far: Vec<String>,
    found: &mut Vec<Vec<String>>,
) -> usize {
    loop {
        match sign(tokens, at) {
            Some(Token::Word(word)) => so_far.push(word.clone()),
            Some(Token::Sign('*')) => so_far.push("*".into()),
            Some(Token::Sign('{')) => {
                at += 1;
                while !matches!(sign(tokens, at), None | Some(Token::Sign('}'))) {
                    at = spread(tokens, at, so_far.clone(), found);
                    // `as name` and the comma.
                    while !matches!(sign(tokens, at), None | Some(Token::Sign('}' | ','))) {
                        at += 1;
                    }
                    if sign(tokens, at) == Some(&Token::Sign(',')) {
                        at += 1;
                    }
                }
                return at + 1;
            }
            _ => break,
        }
        at += 1;
        if sign(tokens, at) != Some(&Token::Colons) {
            break;
        }
        at += 1;
    }
    found.push(so_far);
    at
}

/// Resolves leading `self` and `super`.
fn rooted(path: Vec<String>, here: &[String]) -> Vec<String> {
    let mut base: Vec<String> = here.to_vec();
    let mut rest = path.as_slice();
    let mut relative = false;
    while let Some((first, tail)) = rest.split_first() {
        match first.as_str() {
            "super" => {
                base.pop();
            }
            "self" => {}
            _ => break,
        }
        relative = true;
        rest = tail;
    }
    if !relative {
        return path;
    }
    let root = std::iter::once("crate".to_owned());
    root.chain(base).chain(rest.iter().cloned()).collect()
}

/// Words and signs with their lines; no comments, no strings, no characters, no lifetimes.
fn tokens(text: &str) -> Vec<(usize, Token)> {
    let chars: Vec<char> = text.chars().collect();
    let mut tokens = Vec::new();
    let mut line = 1;
    let mut at = 0;
    while let Some(&c) = chars.get(at) {
        let end = match c {
            '/' if chars.get(at + 1) == Some(&'/') => until(&chars, at, |c| c == '\n'),
            '/' if chars.get(at + 1) == Some(&'*') => block_comment(&chars, at),
            '"' => string(&chars, at + 1),
            '\'' => character(&chars, at),
            ':' if chars.get(at + 1) == Some(&':') => {
                tokens.push((line, Token::Colons));
                at + 2
            }
            _ if c.is_alphanumeric() || c == '_' => {
                let end = until(&chars, at, |c| !(c.is_alphanumeric() || c == '_'));
                let word: String = chars[at..end].iter().collect();
                let hashes = until(&chars, end, |c| c != '#') - end;
                let quoted = chars.get(end + hashes) == Some(&'"');
                match word.as_str() {
                    "r" | "br" | "cr" if quoted => raw_string(&chars, end + hashes + 1, hashes),
                    "b" | "c" if quoted && hashes == 0 => string(&chars, end + 1),
                    "b" if chars.get(end) == Some(&'\'') => character(&chars, end),
                    "r" if hashes == 1 => end + 1, // r#name
                    _ => {
                        tokens.push((line, Token::Word(word)));
                        end
                    }
                }
            }
            _ => {
                if !c.is_whitespace() {
                    tokens.push((line, Token::Sign(c)));
                }
                at + 1
            }
        };
        let end = end.min(chars.len());
        line += chars[at..end].iter().filter(|c| **c == '\n').count();
        at = end;
    }
    tokens
}

fn until(chars: &[char], from: usize, stop: impl Fn(char) -> bool) -> usize {
    chars[from.min(chars.len())..].iter().position(|c| stop(*c)).map_or(chars.len(), |n| from + n)
}

fn block_comment(chars: &[char], from: usize) -> usize {
    let mut depth = 0;
    let mut at = from;
    while at < chars.len() {
        match (chars[at], chars.get(at + 1)) {
            ('/', Some('*')) => {
                depth += 1;
                at += 2;
            }
            ('*', Some('/')) => {
                depth -= 1;
                at += 2;
                if depth == 0 {
                    return at;
                }
            }
            _ => at += 1,
        }
    }
    at
}

/// The place after the string whose text begins at `from`.
fn string(chars: &[char], from: usize) -> usize {
    let mut at = from;
    while at < chars.len() {
        match chars[at] {
            '\\' => at += 2,
            '"' => return at + 1,
            _ => at += 1,
        }
    }
    at
}

fn raw_string(chars: &[char], from: usize, hashes: usize) -> usize {
    let mut at = from;
    while at < chars.len() {
        let closes = chars[at] == '"'
            && chars[at + 1..].iter().take(hashes).filter(|c| **c == '#').count() == hashes;
        at += 1;
        if closes {
            return at + hashes;
        }
    }
    at
}

/// The place after a character literal, or after the `'` of a lifetime.
fn character(chars: &[char], from: usize) -> usize {
    match (chars.get(from + 1), chars.get(from + 2)) {
        (Some('\\'), _) => until(chars, from + 3, |c| c == '\'') + 1,
        (Some(_), Some('\'')) => from + 3,
        _ => from + 1,
    }
}
