//! XML as a small tree, bounded, without entities of its own.

use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

/// Most elements of a document.
const MAX_NODES: usize = 300_000;
/// Deepest nesting.
const MAX_DEPTH: usize = 60;

/// An element.
#[derive(Debug, Clone, Default)]
pub(super) struct Node {
    /// Local name, without its prefix.
    pub(super) name: String,
    /// Attributes, local names.
    pub(super) attributes: Vec<(String, String)>,
    /// Text directly inside, trimmed.
    pub(super) text: String,
    /// Elements inside.
    pub(super) children: Vec<Node>,
}

impl Node {
    /// The first child of that name.
    pub(super) fn child(&self, name: &str) -> Option<&Node> {
        self.children.iter().find(|c| c.name == name)
    }

    /// All children of that name.
    pub(super) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Node> {
        self.children.iter().filter(move |c| c.name == name)
    }

    /// The element at a path of names.
    pub(super) fn at(&self, path: &[&str]) -> Option<&Node> {
        path.iter().try_fold(self, |node, name| node.child(name))
    }

    /// The text at a path, where it is not empty.
    pub(super) fn text_at(&self, path: &[&str]) -> Option<&str> {
        self.at(path).map(|n| n.text.as_str()).filter(|t| !t.is_empty())
    }

    /// The value of an attribute.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str())
    }
}

/// Why a document was not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Fault {
    /// Not well-formed, or with entities of its own.
    Broken,
    /// Too large or too deep.
    TooMuch,
}

/// Reads a document; the root element.
pub(super) fn parse(text: &str) -> Result<Node, Fault> {
    let mut reader = Reader::from_str(text);
    let mut open: Vec<Node> = Vec::new();
    let mut root = None;
    let mut nodes = 0_usize;
    loop {
        match reader.read_event().map_err(|_| Fault::Broken)? {
            Event::Start(start) => {
                nodes += 1;
                if nodes > MAX_NODES || open.len() >= MAX_DEPTH {
                    return Err(Fault::TooMuch);
                }
                open.push(node(&start)?);
            }
            Event::Empty(start) => {
                nodes += 1;
                if nodes > MAX_NODES {
                    return Err(Fault::TooMuch);
                }
                close(node(&start)?, &mut open, &mut root);
            }
            Event::End(_) => {
                let Some(done) = open.pop() else { return Err(Fault::Broken) };
                close(done, &mut open, &mut root);
            }
            Event::Text(text) => {
                add(&mut open, &text.xml_content(XmlVersion::Implicit1_0));
            }
            Event::CData(data) => {
                add(&mut open, &data.xml_content(XmlVersion::Implicit1_0));
            }
            Event::GeneralRef(entity) => add(&mut open, &entity_text(&entity)?),
            // A document type may bring entities that grow without bound.
            Event::DocType(_) => return Err(Fault::Broken),
            Event::Eof => break,
            Event::Decl(_) | Event::PI(_) | Event::Comment(_) => {}
        }
    }
    if !open.is_empty() {
        return Err(Fault::Broken);
    }
    root.ok_or(Fault::Broken)
}

fn entity_text(entity: &BytesRef<'_>) -> Result<String, Fault> {
    if let Ok(Some(c)) = entity.resolve_char_ref() {
        return Ok(c.to_string());
    }
    quick_xml::escape::resolve_predefined_entity(entity).map(str::to_owned).ok_or(Fault::Broken)
}

fn node(start: &BytesStart<'_>) -> Result<Node, Fault> {
    let name = start.local_name().as_ref().to_owned();
    let mut attributes = Vec::new();
    for attribute in start.attributes().take(50) {
        let attribute = attribute.map_err(|_| Fault::Broken)?;
        let key = attribute.key.local_name().as_ref().to_owned();
        attributes.push((key, attribute.value.into_owned()));
    }
    Ok(Node { name, attributes, ..Node::default() })
}

fn add(open: &mut [Node], text: &str) {
    if let Some(node) = open.last_mut() {
        node.text.push_str(text);
    }
}

fn close(mut done: Node, open: &mut [Node], root: &mut Option<Node>) {
    done.text = done.text.split_whitespace().collect::<Vec<_>>().join(" ");
    match open.last_mut() {
        Some(parent) => parent.children.push(done),
        None => {
            root.get_or_insert(done);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_becomes_a_tree() {
        let root =
            parse("<?xml version='1.0'?><a:R xmlns:a='x' n='1'><B>x &amp; &#228;</B><B/></a:R>")
                .expect("well-formed");
        assert_eq!((root.name.as_str(), root.attribute("n")), ("R", Some("1")));
        assert_eq!(root.text_at(&["B"]), Some("x & ä"));
        assert_eq!(root.all("B").count(), 2);
    }

    #[test]
    fn entities_of_its_own_and_depth_are_refused() {
        let bomb = "<!DOCTYPE r [<!ENTITY a \"aaaa\">]><r>&a;</r>";
        assert_eq!(parse(bomb).map(|n| n.name), Err(Fault::Broken));
        let deep = "<a>".repeat(100);
        assert_eq!(parse(&deep).map(|n| n.name), Err(Fault::TooMuch));
        assert_eq!(parse("<r>&unknown;</r>").map(|n| n.name), Err(Fault::Broken));
    }
}
