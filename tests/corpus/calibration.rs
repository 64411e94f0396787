//! How often a reading is right that is so and so certain.
//!
//! Every mail of every part is read with no bar at all, so that what is in doubt is read too. Of
//! each certainty it is counted how many of its orders and choices are right.

use std::collections::BTreeMap;

use postorder::reading::{Context, Reading};

use crate::cases::{self, Label, Part};
use crate::score::{self, Verdict};
use crate::{grammar, noise, root};

/// Right ones, and all, by certainty.
#[derive(Debug, Default)]
struct Table(BTreeMap<u8, (usize, usize)>);

impl Table {
    fn add(&mut self, got: &Reading, right: bool) {
        if score::acts(got.intent) {
            let (of, all) = self.0.entry(got.certainty).or_default();
            *all += 1;
            *of += usize::from(right);
        }
    }

    fn add_part(&mut self, part: &Part, context: &Context) {
        for case in &part.cases {
            let got = score::read_with(&case.mail, &part.file, context);
            self.add(&got, is_right(&case.want, &got));
        }
    }
}

fn is_right(want: &Label, got: &Reading) -> bool {
    score::verdict(want, got) == Verdict::Exact
}

fn table(context: &Context) -> Table {
    let mut table = Table::default();
    let parts = [
        "a/dev", "a/held", "b/dev", "b/held", "e/dev", "f/dev", "g/dev", "h/dev", "i/dev",
        "i/held", "j/dev",
    ];
    for (author, part) in parts.iter().filter_map(|part| part.split_once('/')) {
        let folder = root().join(author);
        table.add_part(&cases::load(&folder.join("catalog.json"), &folder.join(part)), context);
    }
    let catalog = root().join("grammar/catalog.json");
    table.add_part(&grammar::cases(1, 400, &catalog), context);
    let file = cases::catalog(&catalog);
    for noise in noise::mails(1, 2000) {
        table.add(&score::read_with(&noise.mail, &file, context), false);
    }
    table
}

#[test]
fn more_certain_readings_are_more_often_right() {
    let bar = Context::default().certainty_bar;
    let no_bar = Context { certainty_bar: 0, ..Context::default() };
    let Table(found) = table(&no_bar);
    println!("== certainty, with no bar (the one that ships is {bar})");
    for (certainty, (right, all)) in &found {
        println!("{certainty:>3} %: {right} right of {all} orders and choices");
    }
    let bands: Vec<(usize, usize)> = found.values().copied().collect();
    for pair in bands.windows(2) {
        let [(less, of_less), (more, of_more)] = pair else { continue };
        // As shares, without a division.
        assert!(less * of_more <= more * of_less, "a lower certainty is righter: {found:?}");
    }
    let above = found.range(bar..).map(|(_, (right, all))| all - right).sum::<usize>();
    let below = found.range(..bar).map(|(_, (right, all))| all - right).sum::<usize>();
    assert_eq!(above, 0, "wrong ones above the bar: {found:?}");
    assert!(below > 0, "the bar keeps nothing out: {found:?}");
}
