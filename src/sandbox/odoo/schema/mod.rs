//! Which models and fields the stand-in has, as the two versions name them.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::Version;

mod base;
mod mail;
mod product;
mod sale;
mod stock;

/// Type of a field.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Kind {
    Bool,
    Int,
    Float,
    Money,
    Char,
    Text,
    Html,
    Date,
    Datetime,
    Binary,
    /// Values and labels.
    Selection(&'static [(&'static str, &'static str)]),
    /// The model that it points to.
    Many2one(&'static str),
    /// The model and its field that points back.
    One2many(&'static str, &'static str),
    /// The model that it points to.
    Many2many(&'static str),
}

impl Kind {
    /// As `fields_get` says it.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Bool => "boolean",
            Self::Int => "integer",
            Self::Float => "float",
            Self::Money => "monetary",
            Self::Char => "char",
            Self::Text => "text",
            Self::Html => "html",
            Self::Date => "date",
            Self::Datetime => "datetime",
            Self::Binary => "binary",
            Self::Selection(_) => "selection",
            Self::Many2one(_) => "many2one",
            Self::One2many(..) => "one2many",
            Self::Many2many(_) => "many2many",
        }
    }

    /// The model at the other end.
    pub(super) fn relation(self) -> Option<&'static str> {
        match self {
            Self::Many2one(model) | Self::One2many(model, _) | Self::Many2many(model) => {
                Some(model)
            }
            _ => None,
        }
    }
}

/// Where a field's value comes from.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Source {
    /// From its place in the row.
    Stored(usize),
    /// From [`compute`](super::compute).
    Computed,
    /// From a field of the record that a many2one points to; written through to it.
    Related(&'static str, &'static str),
}

/// One field.
#[derive(Debug, Clone)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "properties that have nothing to do with each other"
)]
pub(super) struct Field {
    pub(super) name: &'static str,
    pub(super) label: &'static str,
    pub(super) kind: Kind,
    pub(super) source: Source,
    pub(super) required: bool,
    pub(super) indexed: bool,
    pub(super) translated: bool,
    /// Only accountants and administrators may touch it.
    pub(super) restricted: bool,
}

impl Field {
    pub(super) fn required(mut self) -> Self {
        self.required = true;
        self
    }

    pub(super) fn indexed(mut self) -> Self {
        self.indexed = true;
        self
    }

    pub(super) fn translated(mut self) -> Self {
        self.translated = true;
        self
    }

    pub(super) fn restricted(mut self) -> Self {
        self.restricted = true;
        self
    }

    pub(super) fn computed(mut self) -> Self {
        self.source = Source::Computed;
        self
    }

    pub(super) fn related(mut self, through: &'static str, field: &'static str) -> Self {
        self.source = Source::Related(through, field);
        self
    }

    /// Its place in a stored row.
    pub(super) fn slot(&self) -> Option<usize> {
        match self.source {
            Source::Stored(slot) => Some(slot),
            Source::Computed | Source::Related(..) => None,
        }
    }
}

/// A field of a kind, stored unless said otherwise.
pub(super) fn field(name: &'static str, label: &'static str, kind: Kind) -> Field {
    let source = if matches!(kind, Kind::One2many(..)) {
        Source::Computed
    } else {
        Source::Stored(usize::MAX)
    };
    let (required, indexed, translated, restricted) = (false, false, false, false);
    Field { name, label, kind, source, required, indexed, translated, restricted }
}

/// One model.
#[derive(Debug)]
pub(super) struct Model {
    pub(super) name: &'static str,
    pub(super) label: &'static str,
    /// Default order of a search.
    pub(super) order: &'static str,
    pub(super) fields: Vec<Field>,
    by_name: HashMap<&'static str, usize>,
    /// How many places a row has.
    pub(super) slots: usize,
}

impl Model {
    fn new(
        name: &'static str,
        label: &'static str,
        order: &'static str,
        own: Vec<Field>,
    ) -> (&'static str, Arc<Self>) {
        let mut fields = own;
        fields.extend([
            field("id", "ID", Kind::Int).computed(),
            field("display_name", "Display Name", Kind::Char).computed(),
            field("create_date", "Created on", Kind::Datetime),
            field("create_uid", "Created by", Kind::Many2one("res.users")),
            field("write_date", "Last Updated on", Kind::Datetime),
        ]);
        let mut slots = 0;
        for field in &mut fields {
            if field.slot().is_some() {
                field.source = Source::Stored(slots);
                slots += 1;
            }
        }
        let by_name = fields.iter().enumerate().map(|(at, field)| (field.name, at)).collect();
        (name, Arc::new(Self { name, label, order, fields, by_name, slots }))
    }

    pub(super) fn field(&self, name: &str) -> Option<&Field> {
        self.fields.get(*self.by_name.get(name)?)
    }

    /// The place of a stored field.
    pub(super) fn slot(&self, name: &str) -> Option<usize> {
        self.field(name)?.slot()
    }
}

/// All models of a version.
pub(super) type Schema = BTreeMap<&'static str, Arc<Model>>;

/// The models of a version.
pub(super) fn schema(version: Version) -> Schema {
    let mut models: Schema = BTreeMap::new();
    models.extend(base::models(version));
    models.extend(product::models(version));
    models.extend(sale::models(version));
    models.extend(stock::models(version));
    models.extend(mail::models(version));
    models
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_relation_ends_at_a_model_and_a_field() {
        for version in [Version::V14, Version::V19] {
            let schema = schema(version);
            for model in schema.values() {
                for field in &model.fields {
                    if let Some(relation) = field.kind.relation() {
                        assert!(schema.contains_key(relation), "{} {}", model.name, field.name);
                    }
                    if let Kind::One2many(other, inverse) = field.kind {
                        let back = schema[other].field(inverse).expect("inverse field");
                        assert!(back.indexed, "{other}.{inverse} is looked up");
                    }
                    if let Source::Related(through, target) = field.source {
                        let relation = model.field(through).expect("through").kind.relation();
                        let other = &schema[relation.expect("a many2one")];
                        assert!(other.field(target).is_some(), "{} {}", model.name, field.name);
                    }
                }
            }
        }
    }
}
