//! Search domains: Odoo's prefix notation, parsed once and then asked of each record.

use serde_json::Value as Json;

use super::Version;
use super::compute::value;
use super::db::Db;
use super::env::{Env, is_true};
use super::error::{Fault, Outcome};
use super::schema::{Kind, Model};
use super::value::Val;

/// Terms and depth beyond this are nobody's search.
const MAX_TERMS: usize = 10_000;
const MAX_DEPTH: usize = 8;

/// A condition on records of one model.
#[derive(Debug, Clone)]
pub(super) enum Domain {
    Const(bool),
    All(Vec<Domain>),
    Any(Vec<Domain>),
    Not(Box<Domain>),
    Leaf(Leaf),
}

/// A comparison.
#[derive(Debug, Clone)]
pub(super) struct Leaf {
    field: String,
    op: Op,
    value: Json,
    /// The rest of a dotted path, or the domain of `any`: asked of the records at the other end.
    through: Option<Box<Domain>>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Op {
    Eq,
    Ne,
    In,
    NotIn,
    Less,
    LessEq,
    More,
    MoreEq,
    /// A pattern: negated, case counts, the pattern is used as it is.
    Like(bool, bool, bool),
    ChildOf,
    Any,
    NotAny,
}

fn operator(name: &str) -> Option<Op> {
    Some(match name {
        "=" | "==" => Op::Eq,
        "!=" | "<>" => Op::Ne,
        "in" => Op::In,
        "not in" => Op::NotIn,
        "<" => Op::Less,
        "<=" => Op::LessEq,
        ">" => Op::More,
        ">=" => Op::MoreEq,
        "like" => Op::Like(false, true, false),
        "not like" => Op::Like(true, true, false),
        "ilike" => Op::Like(false, false, false),
        "not ilike" => Op::Like(true, false, false),
        "=like" => Op::Like(false, true, true),
        "=ilike" => Op::Like(false, false, true),
        "child_of" => Op::ChildOf,
        "any" => Op::Any,
        "not any" => Op::NotAny,
        _ => return None,
    })
}

impl Domain {
    /// Reads a domain for a model's records.
    pub(super) fn parse(db: &Db, model: &Model, domain: &Json) -> Outcome<Self> {
        Self::parse_at(db, model, domain, 0)
    }

    fn parse_at(db: &Db, model: &Model, domain: &Json, depth: usize) -> Outcome<Self> {
        let items = match domain {
            Json::Array(items) => items.as_slice(),
            Json::Null | Json::Bool(false) => &[],
            _ => return Err(Fault::value("Domain() must be a list")),
        };
        if items.len() > MAX_TERMS || depth > MAX_DEPTH {
            return Err(Fault::value("Domain() is too large"));
        }
        // Read from the end, as prefix notation is: operators take what stands on the stack.
        let mut stack: Vec<Self> = Vec::new();
        for item in items.iter().rev() {
            let term = match item.as_str() {
                Some("!") => Self::Not(Box::new(take(&mut stack, item)?)),
                Some("&") => {
                    let mut both = vec![take(&mut stack, item)?, take(&mut stack, item)?];
                    both.sort_by_key(Self::cost);
                    Self::All(both)
                }
                Some("|") => {
                    let (first, second) = (take(&mut stack, item)?, take(&mut stack, item)?);
                    Self::Any(vec![first, second])
                }
                _ => leaf(db, model, item, depth)?,
            };
            stack.push(term);
        }
        stack.reverse();
        // What costs little is asked first, as a database's planner does.
        stack.sort_by_key(Self::cost);
        Ok(Self::All(stack))
    }

    /// How much it costs to ask a record, roughly.
    fn cost(&self) -> usize {
        match self {
            Self::Const(_) => 0,
            Self::All(terms) | Self::Any(terms) => terms.iter().map(Self::cost).sum(),
            Self::Not(term) => term.cost(),
            Self::Leaf(leaf) => match (leaf.op, &leaf.through) {
                (Op::Like(..), _) => 20,
                (_, Some(inner)) => 2 + inner.cost(),
                _ => 1,
            },
        }
    }

    /// The domain says something about a field of the model itself.
    pub(super) fn mentions(&self, field: &str) -> bool {
        match self {
            Self::Const(_) => false,
            Self::All(terms) | Self::Any(terms) => terms.iter().any(|term| term.mentions(field)),
            Self::Not(term) => term.mentions(field),
            Self::Leaf(leaf) => leaf.field == field,
        }
    }

    /// Records that may match, from an index, ids ascending; `None`: any of the model may.
    pub(super) fn candidates(&self, db: &Db, model: &Model) -> Option<Vec<i64>> {
        match self {
            Self::All(terms) => {
                terms.iter().filter_map(|term| term.candidates(db, model)).min_by_key(Vec::len)
            }
            Self::Any(terms) => {
                let mut all = Vec::new();
                for term in terms {
                    all.extend(term.candidates(db, model)?);
                }
                all.sort_unstable();
                all.dedup();
                Some(all)
            }
            Self::Const(false) => Some(Vec::new()),
            Self::Const(true) | Self::Not(_) => None,
            Self::Leaf(leaf) => leaf.candidates(db, model),
        }
    }

    /// The record matches.
    pub(super) fn matches(&self, db: &Db, env: &Env, model: &Model, id: i64) -> bool {
        match self {
            Self::Const(yes) => *yes,
            Self::All(terms) => terms.iter().all(|term| term.matches(db, env, model, id)),
            Self::Any(terms) => terms.iter().any(|term| term.matches(db, env, model, id)),
            Self::Not(term) => !term.matches(db, env, model, id),
            Self::Leaf(leaf) => leaf.matches(db, env, model, id),
        }
    }
}

fn take(stack: &mut Vec<Domain>, item: &Json) -> Outcome<Domain> {
    stack.pop().ok_or_else(|| Fault::value(format!("Domain() missing operand of {item}")))
}

fn leaf(db: &Db, model: &Model, item: &Json, depth: usize) -> Outcome<Domain> {
    let old = db.version == Version::V14;
    let parts = item.as_array().map(Vec::as_slice);
    let Some([field, op, value]) = parts else {
        return Err(if old {
            Fault::index("tuple index out of range")
        } else {
            Fault::value(format!("Domain() invalid item in domain: {}", python(item)))
        });
    };
    // Odoo's own constants: (1, '=', 1) and (0, '=', 1).
    if let Some(number) = field.as_i64() {
        return Ok(Domain::Const(Some(number) == value.as_i64()));
    }
    let (Some(path), Some(op_name)) = (field.as_str(), op.as_str()) else {
        return Err(Fault::value(format!("Domain() invalid item in domain: {item}")));
    };
    let shown = format!("('{path}', '{op_name}', {})", python(value));
    let Some(op) = operator(op_name) else {
        return Err(Fault::value(if old {
            format!("Invalid leaf {shown}")
        } else {
            format!("Invalid operator in condition {shown}")
        }));
    };
    let (first, rest) = path.split_once('.').map_or((path, None), |(a, b)| (a, Some(b)));
    let Some(found) = model.field(first) else {
        let place = if old { "leaf" } else { "condition" };
        return Err(Fault::value(format!(
            "Invalid field {}.{first} in {place} {shown}",
            model.name
        )));
    };
    let through = match (rest, op) {
        (Some(rest), _) => {
            let other = related(db, found.kind, path)?;
            let inner = Json::Array(vec![Json::from(rest), Json::from(op_name), value.clone()]);
            Some(Box::new(Domain::parse_at(db, &other, &Json::Array(vec![inner]), depth + 1)?))
        }
        (None, Op::Any | Op::NotAny) => {
            let other = related(db, found.kind, path)?;
            Some(Box::new(Domain::parse_at(db, &other, value, depth + 1)?))
        }
        (None, _) => None,
    };
    Ok(Domain::Leaf(Leaf { field: first.to_owned(), op, value: value.clone(), through }))
}

fn related(db: &Db, kind: Kind, path: &str) -> Outcome<std::sync::Arc<Model>> {
    kind.relation()
        .and_then(|model| db.model(model))
        .ok_or_else(|| Fault::value(format!("Invalid field {path}: not a relation")))
}

/// As Python shows a value.
fn python(value: &Json) -> String {
    match value {
        Json::String(text) => format!("'{text}'"),
        Json::Bool(true) => "True".into(),
        Json::Bool(false) => "False".into(),
        Json::Null => "None".into(),
        Json::Array(items) => {
            format!("[{}]", items.iter().map(python).collect::<Vec<_>>().join(", "))
        }
        other @ (Json::Number(_) | Json::Object(_)) => other.to_string(),
    }
}

impl Leaf {
    fn candidates(&self, db: &Db, model: &Model) -> Option<Vec<i64>> {
        let values = match self.op {
            Op::Eq if self.through.is_none() => std::slice::from_ref(&self.value),
            Op::In if self.through.is_none() => self.value.as_array()?,
            Op::Any if self.field != "id" => return self.candidates_through(db, model),
            _ if self.through.is_some() && !matches!(self.op, Op::NotAny) => {
                return self.candidates_through(db, model);
            }
            _ => return None,
        };
        let mut found = Vec::new();
        for value in values {
            let key = match value {
                Json::String(text) => Val::text(text.as_str()),
                Json::Number(number) => Val::Int(number.as_i64()?),
                // Records without a value are in no index.
                _ => return None,
            };
            if self.field == "id" {
                found.extend(key.as_id().filter(|id| db.exists(model.name, *id)));
            } else {
                if matches!(model.field(&self.field)?.kind, Kind::Many2one(_))
                    && key.as_id().is_none()
                {
                    return None;
                }
                found.extend(db.indexed(model.name, &self.field, &key)?);
            }
        }
        found.sort_unstable();
        found.dedup();
        Some(found)
    }

    /// Records that point to those which the inner domain's index gives.
    fn candidates_through(&self, db: &Db, model: &Model) -> Option<Vec<i64>> {
        let Kind::Many2one(other) = model.field(&self.field)?.kind else { return None };
        let inner = self.through.as_ref()?.candidates(db, db.model(other)?.as_ref())?;
        let mut found = Vec::new();
        for id in inner {
            found.extend(db.indexed(model.name, &self.field, &Val::Int(id))?);
        }
        found.sort_unstable();
        found.dedup();
        Some(found)
    }

    fn matches(&self, db: &Db, env: &Env, model: &Model, id: i64) -> bool {
        let Some(field) = model.field(&self.field) else { return false };
        let own = value(db, env, model, field, id);
        if let Some(inner) = &self.through {
            let Some(other) = field.kind.relation().and_then(|name| db.model(name)) else {
                return false;
            };
            let mut ids: Vec<i64> = own.as_ids().to_vec();
            ids.extend(own.as_id());
            let any = ids.into_iter().any(|id| inner.matches(db, env, &other, id));
            return any != (self.op == Op::NotAny);
        }
        match field.kind {
            Kind::Many2one(other) | Kind::One2many(other, _) | Kind::Many2many(other) => {
                self.matches_relation(db, env, other, &own)
            }
            kind => self.matches_value(kind, &own),
        }
    }

    fn matches_value(&self, kind: Kind, own: &Val) -> bool {
        let wanted = |json: &Json| same(kind, own, json);
        match self.op {
            Op::Eq => match &self.value {
                Json::Array(values) => values.iter().any(wanted),
                value => wanted(value),
            },
            Op::Ne => match &self.value {
                Json::Array(values) => !values.iter().any(wanted),
                value => !wanted(value),
            },
            Op::In => self.value.as_array().is_some_and(|values| values.iter().any(wanted)),
            Op::NotIn => !self.value.as_array().is_some_and(|values| values.iter().any(wanted)),
            Op::Less | Op::LessEq | Op::More | Op::MoreEq => self.compares(kind, own),
            Op::Like(negated, cased, exact) => {
                let text = match own {
                    Val::Text(text) => text.to_string(),
                    Val::Null => return negated,
                    other => other.json().to_string(),
                };
                self.likes(&text, cased, exact) != negated
            }
            Op::ChildOf | Op::Any | Op::NotAny => false,
        }
    }

    fn likes(&self, text: &str, cased: bool, exact: bool) -> bool {
        let Some(pattern) = self.value.as_str() else { return false };
        let pattern = if exact { pattern.to_owned() } else { format!("%{pattern}%") };
        if cased {
            like(text, &pattern)
        } else {
            like(&text.to_lowercase(), &pattern.to_lowercase())
        }
    }

    fn compares(&self, kind: Kind, own: &Val) -> bool {
        let order = match (own, &self.value) {
            (Val::Null, _) if !matches!(kind, Kind::Float | Kind::Int | Kind::Money) => None,
            (Val::Text(text), Json::String(wanted)) => Some(bound(kind, text, wanted, self.op)),
            (own, Json::Number(wanted)) => {
                wanted.as_f64().and_then(|wanted| own.number().partial_cmp(&wanted))
            }
            _ => None,
        };
        order.is_some_and(|order| match self.op {
            Op::Less => order.is_lt(),
            Op::LessEq => order.is_le(),
            Op::More => order.is_gt(),
            _ => order.is_ge(),
        })
    }

    fn matches_relation(&self, db: &Db, env: &Env, other: &str, own: &Val) -> bool {
        let mut ids: Vec<i64> = own.as_ids().to_vec();
        ids.extend(own.as_id());
        let name_is = |id: i64, cased: bool, exact: bool| {
            let Some(model) = db.model(other) else { return false };
            let Some(field) = model.field("display_name") else { return false };
            value(db, env, &model, field, id)
                .as_text()
                .is_some_and(|name| self.likes(name, cased, exact))
        };
        let has = |json: &Json| match json {
            Json::Number(number) => number.as_i64().is_some_and(|id| ids.contains(&id)),
            Json::String(_) => ids.iter().any(|id| name_is(*id, true, true)),
            json => !is_true(json) && ids.is_empty(),
        };
        let list = |json: &Json| match json {
            Json::Array(values) => values.iter().any(has),
            value => has(value),
        };
        match self.op {
            Op::Eq | Op::In => list(&self.value),
            Op::Ne | Op::NotIn => !list(&self.value),
            Op::Like(negated, cased, exact) => {
                ids.iter().any(|id| name_is(*id, cased, exact)) != negated
            }
            Op::ChildOf => ids.iter().any(|id| self.below(db, other, *id)),
            Op::Less => ids.iter().any(|id| self.value.as_i64().is_some_and(|than| *id < than)),
            Op::LessEq => ids.iter().any(|id| self.value.as_i64().is_some_and(|than| *id <= than)),
            Op::More => ids.iter().any(|id| self.value.as_i64().is_some_and(|than| *id > than)),
            Op::MoreEq => ids.iter().any(|id| self.value.as_i64().is_some_and(|than| *id >= than)),
            Op::Any | Op::NotAny => false,
        }
    }

    /// The record is one of those named, or below one of them.
    fn below(&self, db: &Db, model: &str, id: i64) -> bool {
        let named = |id: i64| match &self.value {
            Json::Array(values) => values.iter().any(|value| value.as_i64() == Some(id)),
            value => value.as_i64() == Some(id),
        };
        let mut at = Some(id);
        for _ in 0..MAX_DEPTH {
            let Some(id) = at else { return false };
            if named(id) {
                return true;
            }
            at = db.one(model, id, "parent_id");
        }
        false
    }
}

/// Compares text, and days with times: a bare day means its first second, or its last for `<=` and
/// `>`.
fn bound(kind: Kind, text: &str, wanted: &str, op: Op) -> std::cmp::Ordering {
    if kind == Kind::Datetime && wanted.len() == 10 {
        let end = matches!(op, Op::LessEq | Op::More);
        let time = format!("{wanted} {}", if end { "23:59:59" } else { "00:00:00" });
        return text.cmp(time.as_str());
    }
    text.cmp(wanted)
}

/// Equality as PostgreSQL and Odoo see it.
fn same(kind: Kind, own: &Val, json: &Json) -> bool {
    match (own, json) {
        (Val::Null, json) => match kind {
            Kind::Float | Kind::Int | Kind::Money => json.as_f64() == Some(0.0) || !is_true(json),
            _ => !is_true(json),
        },
        (Val::Bool(yes), json) => *yes == is_true(json),
        (Val::Text(text), Json::String(wanted)) => **text == **wanted,
        (Val::Text(text), Json::Bool(false) | Json::Null) => text.is_empty(),
        (Val::Int(_) | Val::Num(_), Json::Bool(false) | Json::Null) => own.number() == 0.0,
        (own @ (Val::Int(_) | Val::Num(_)), json) => {
            json.as_f64().is_some_and(|wanted| (own.number() - wanted).abs() < 1e-9)
        }
        _ => false,
    }
}

/// SQL's `LIKE`: `%` is any text, `_` any character, `\` takes the next one as it is.
pub(super) fn like(text: &str, pattern: &str) -> bool {
    /// One piece of a pattern.
    enum Token {
        AnyText,
        AnyLetter,
        Letter(char),
    }
    let mut tokens: Vec<Token> = Vec::new();
    let mut escaped = false;
    for letter in pattern.chars() {
        tokens.push(match letter {
            '\\' if !escaped => {
                escaped = true;
                continue;
            }
            '%' if !escaped => Token::AnyText,
            '_' if !escaped => Token::AnyLetter,
            letter => Token::Letter(letter),
        });
        escaped = false;
    }
    // Greedy with one way back: linear but for the last `%`.
    let text: Vec<char> = text.chars().collect();
    let (mut at, mut token, mut back) = (0, 0, None);
    while let Some(letter) = text.get(at) {
        match tokens.get(token) {
            Some(Token::AnyText) => {
                back = Some((at, token));
                token += 1;
            }
            Some(Token::AnyLetter) => {
                at += 1;
                token += 1;
            }
            Some(Token::Letter(wanted)) if wanted == letter => {
                at += 1;
                token += 1;
            }
            _ => {
                let Some((from, percent)) = back else { return false };
                back = Some((from + 1, percent));
                at = from + 1;
                token = percent + 1;
            }
        }
    }
    tokens.iter().skip(token).all(|token| matches!(token, Token::AnyText))
}

#[cfg(test)]
mod tests {
    use super::like;

    #[test]
    fn like_is_sql_like() {
        for (text, pattern, matches) in [
            ("AB-10", "AB-10", true),
            ("AB-10", "AB-1", false),
            ("AB-100", "AB-1%", true),
            ("AB-10", "%10", true),
            ("AB-10", "A_-10", true),
            ("AB-10", "A_10", false),
            ("50% off", "50\\% off", true),
            ("50 off", "50\\%", false),
            ("aaab", "%a%b", true),
            ("", "%", true),
            ("", "_", false),
            ("über", "_ber", true),
        ] {
            assert_eq!(like(text, pattern), matches, "{text} like {pattern}");
        }
    }
}
