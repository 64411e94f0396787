//! The name that a misspelt one was most likely meant to be.

/// The nearest of `names`, where it is near enough to be worth a question.
pub(crate) fn nearest<'a>(word: &str, names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let word = word.to_lowercase();
    let allowed = (word.chars().count() / 3).clamp(1, 4);
    names
        .map(|name| (strsim::damerau_levenshtein(&word, &name.to_lowercase()), name))
        .filter(|(distance, _)| *distance <= allowed)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn a_slip_is_found_and_another_word_is_not() {
        let names = || ["odoo.url", "odoo.database", "smtp.host"].into_iter();
        assert_eq!(nearest("odoo.ulr", names()), Some("odoo.url"));
        assert_eq!(nearest("odoo.datbase", names()), Some("odoo.database"));
        assert_eq!(nearest("color", names()), None);
    }
}
