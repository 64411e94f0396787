//! A 'yes' that stands right below one of the three in the quoted offer.

use super::{Claim, choice_of};
use crate::reading::text::{Scan, TextLine, words};

/// What is affirmed between the lines of the quote.
pub(crate) fn affirmed(scan: &Scan<'_>) -> Vec<Claim> {
    let written: Vec<&TextLine> = scan.lines.iter().filter(|line| !line.is_blank()).collect();
    let claim = |line: &&TextLine| {
        let number = number_above(scan.text.get(..line.span.start)?)?;
        let goes_on = below(scan.text.get(line.span.end..)?)?;
        let says_yes = line.tokens.clone().all(|at| {
            scan.token(at)
                .is_some_and(|t| t.is_any(".,!:-<^\u{2190}\u{2713}\u{2714}") || affirms(&t.folded))
        });
        // Below the first stands what is ordered instead.
        (says_yes && goes_on && number != 1).then_some(())?;
        Some(Claim { choice: choice_of(number)?, tokens: line.tokens.clone(), denied: false })
    };
    written.iter().filter_map(claim).collect()
}

/// Whether the quote goes on behind a line, or behind the name that signs it.
fn below(text: &str) -> Option<bool> {
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let next = lines.next()?;
    let mut words = next.split_whitespace();
    let name = words.clone().count() <= 3 && words.all(|w| w.starts_with(char::is_uppercase));
    Some(next.starts_with('>') || name && lines.next()?.starts_with('>'))
}

/// The number of the choice whose quoted lines end right above.
fn number_above(text: &str) -> Option<u8> {
    let mut lines = text.lines().rev().map(str::trim).skip_while(|line| line.is_empty());
    // A choice of three lines is long.
    let quoted = lines.by_ref().take(4).map_while(|line| line.strip_prefix('>'));
    let mut quoted = quoted.map(|line| line.trim_start_matches(['>', ' ', '\u{a0}']));
    let first = quoted.find_map(|line| {
        let mut chars = line.chars();
        match (chars.next(), chars.next()) {
            (None, _) => Some(None),
            (Some(digit), Some(')' | '.' | ' ' | ':')) => digit.to_digit(10).map(Some),
            _ => None,
        }
    });
    first.flatten().and_then(|digit| u8::try_from(digit).ok())
}

fn affirms(word: &str) -> bool {
    words!(
        "yes yep yeah ja jawohl oui si x this that one it is we take choose please pls ok okay thanks thank you bitte danke diese dieses das \
         diesen nehmen wir gerne so celle ci ca cela merci svp nous prenons questa questo prendiamo grazie per favore esta este gracias deze graag \
         option ours our choice many very much lots vielen dank besten beaucoup mille tante"
    )
    .has(word)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::types::Part;

    #[test]
    fn a_yes_below_a_choice_is_one() {
        let quote = "> 1) Change\n> 2) Wait: we order\n> (about 14 days)\n";
        for (text, want) in [
            (format!("{quote}\nyes please\n\n> 3) Cancel\n"), Some(2)),
            (format!("{quote}\nno\n\n> 3) Cancel\n"), None),
            (format!("{quote}\nyes, if it is quick\n\n> 3) Cancel\n"), None),
            (format!("{quote}\nyes please\n\nJo Doe\n\n> 3) Cancel\n"), Some(2)),
            (format!("{quote}> 3) Cancel\n\nyes please\n"), None),
            (format!("{quote}>\n\nyes please\n\n> 3) Cancel\n"), None),
        ] {
            let start = quote.len();
            let from = text[start..].find(['y', 'n']).map_or(start, |at| start + at);
            let to = text[from..].find('\n').map_or(text.len(), |at| from + at);
            let scan = Scan::new(Part::Text, &text, std::slice::from_ref(&(from..to)));
            let found = affirmed(&scan).first().map(|claim| u8::from(claim.choice));
            assert_eq!(found, want, "{text}");
        }
    }
}
