//! '6 or 13 October', 'le 6 ou le 13 octobre', 'between 6 and 13 October', '6.-13. Oktober': a number before a
//! day that is another day of the same month. Of two days, and of a range, neither is the day.

use crate::reading::text::{Kind, Scan, words};
use crate::reading::types::Lang;

/// Where the other day begins that stands before the day at a token, without a month of its own.
pub(crate) fn begins_before(scan: &Scan<'_>, at: usize, lang: Option<Lang>) -> Option<usize> {
    let word = |at: usize| scan.token(at).map_or("", |t| t.folded.as_str());
    let back = |at: usize| at.checked_sub(1);
    let article = words!("the on am den dem der le la il el l ' de du del dal al zum op");
    // The 13 in '13 October'; '2025-10-13' has no such day before it.
    scan.token(at).filter(|t| t.kind == Kind::Digits && t.folded.len() <= 2)?;
    let mut joint = back(at)?;
    while article.has(word(joint)) && !joins(scan, joint, lang) {
        joint = back(joint)?;
    }
    if !joins(scan, joint, lang) {
        return None;
    }
    let mut number = back(joint)?;
    let ordinal = words!("st nd rd th er . e").has(word(number));
    if ordinal {
        number = back(number)?;
    }
    let day = scan.token(number).filter(|t| t.kind == Kind::Digits && t.folded.len() <= 2)?;
    let possible = day.folded.parse::<u32>().is_ok_and(|day| (1..=31).contains(&day));
    // '20 bis 13. Oktober' may be 20 pieces, '6-13 October' no pieces.
    let led = back(number).is_some_and(|at| {
        article.has(word(at))
            || words!("between zwischen entre tra fra tussen from vom von van dal desde")
                .has(word(at))
    });
    let either = words!("or oder ou o oppure of").has(word(joint));
    let tight = scan.token(joint).is_some_and(|t| t.glued && t.kind == Kind::Mark)
        && scan.token(joint + 1).is_some_and(|t| t.glued);
    (possible && (either || led || ordinal || tight)).then_some(number)
}

/// A word or mark that joins two days.
fn joins(scan: &Scan<'_>, at: usize, lang: Option<Lang>) -> bool {
    let Some(token) = scan.token(at) else { return false };
    let word = token.folded.as_str();
    match word {
        "of" | "en" | "tot" => lang == Some(Lang::Nl),
        "y" => lang == Some(Lang::Es),
        "al" | "e" => lang == Some(Lang::It),
        "-" | "–" | "/" => true,
        _ => words!("or oder ou o oppure and und et to till until bis au").has(word),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::types::Part;

    #[test]
    fn a_day_of_two_has_another_one_before_it() {
        for (text, day, want) in [
            ("le 6 ou le 13 octobre", 4, Some(1)),
            ("on 6 or 13 October", 3, Some(1)),
            ("on the 6th or the 13th of October", 6, Some(2)),
            ("between 6 and 13 October", 3, Some(1)),
            ("6-13 October", 2, Some(0)),
            ("am 6. oder 13. Oktober", 4, Some(1)),
            ("20 bis 13. Oktober", 2, None),
            ("20 pieces by 13 October", 3, None),
            ("20 - 13 October", 2, None),
            ("order 20 of 13 October", 3, None),
        ] {
            let scan = Scan::whole(Part::Text, text);
            assert_eq!(begins_before(&scan, day, Some(Lang::En)), want, "{text}");
        }
    }
}
