//! Search domains, built from typed parts: text from outside is only ever a value.

use serde_json::{Value, json};

/// A condition on records. The empty one holds for all.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Domain(Vec<Value>);

impl Domain {
    /// The field has this value.
    pub(super) fn is(field: &str, value: impl Into<Value>) -> Self {
        Self(vec![json!([field, "=", value.into()])])
    }

    /// The field has one of these values.
    pub(super) fn among<T: Into<Value>>(field: &str, values: impl IntoIterator<Item = T>) -> Self {
        let values: Vec<Value> = values.into_iter().map(Into::into).collect();
        Self(vec![json!([field, "in", values])])
    }

    /// The field has some value, whatever it is.
    pub(super) fn any_value(field: &str) -> Self {
        Self(vec![json!([field, "!=", false])])
    }

    /// The field has no value.
    pub(super) fn empty(field: &str) -> Self {
        Self::is(field, false)
    }

    /// Archived records count too (a plain search hides them).
    pub(super) fn even_archived() -> Self {
        Self::among("active", [true, false])
    }

    /// The field is at least this, in PostgreSQL's order.
    pub(super) fn at_least(field: &str, value: impl Into<Value>) -> Self {
        Self(vec![json!([field, ">=", value.into()])])
    }

    /// The field is greater than this.
    pub(super) fn above(field: &str, value: impl Into<Value>) -> Self {
        Self(vec![json!([field, ">", value.into()])])
    }

    /// The text ends so. What a pattern would read as a wildcard is taken literally.
    pub(super) fn ends_with(field: &str, end: &str) -> Self {
        let mut pattern = String::from("%");
        for c in end.chars() {
            if matches!(c, '%' | '_' | '\\') {
                pattern.push('\\');
            }
            pattern.push(c);
        }
        Self(vec![json!([field, "=like", pattern])])
    }

    /// Both hold.
    pub(super) fn and(self, other: Self) -> Self {
        self.join("&", other)
    }

    /// One of both holds.
    pub(super) fn or(self, other: Self) -> Self {
        self.join("|", other)
    }

    /// One of several holds; of none, nothing does.
    pub(super) fn any(parts: impl IntoIterator<Item = Self>) -> Self {
        parts.into_iter().reduce(Self::or).unwrap_or_else(|| Self::among("id", Vec::<i64>::new()))
    }

    fn join(self, operator: &str, other: Self) -> Self {
        if self.0.is_empty() {
            return other;
        }
        if other.0.is_empty() {
            return self;
        }
        let mut terms = vec![Value::from(operator)];
        terms.extend(self.0);
        terms.extend(other.0);
        Self(terms)
    }

    /// As Odoo's methods take it.
    pub(super) fn into_value(self) -> Value {
        Value::Array(self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn outside_text_stays_a_value() {
        let evil = "x'], ['id', '!=', 0], ['|";
        assert_eq!(Domain::is("email", evil).into_value(), json!([["email", "=", evil]]));
        assert_eq!(
            Domain::ends_with("email", "@a_b%.example").into_value(),
            json!([["email", "=like", "%@a\\_b\\%.example"]])
        );
    }

    #[test]
    fn parts_join_in_prefix_order() {
        let domain = Domain::is("a", 1).and(Domain::is("b", 2)).or(Domain::is("c", 3));
        assert_eq!(
            domain.into_value(),
            json!(["|", "&", ["a", "=", 1], ["b", "=", 2], ["c", "=", 3]])
        );
        assert_eq!(Domain::default().and(Domain::is("a", 1)), Domain::is("a", 1));
        assert_eq!(Domain::any([]).into_value(), json!([["id", "in", []]]));
    }
}
