//! Numbers in words, in each language: 'twenty-four', 'deux cent cinquante', 'zweihundert'.

use std::sync::LazyLock;

use foldhash::HashMap;
use rust_decimal::Decimal;

use super::phrases::Phrases;
use super::{Kind, Scan, Token, WordSet, fold, words};
use crate::reading::types::Lang;

const UNITS: &[(Lang, &[&str])] = &[
    (
        Lang::En,
        &[
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ],
    ),
    (
        Lang::Fr,
        &[
            "zero", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix",
            "onze", "douze", "treize", "quatorze", "quinze", "seize", "dix-sept", "dix-huit",
            "dix-neuf",
        ],
    ),
    (
        Lang::De,
        &[
            "null", "eins", "zwei", "drei", "vier", "funf", "sechs", "sieben", "acht", "neun",
            "zehn", "elf", "zwolf", "dreizehn", "vierzehn", "funfzehn", "sechzehn", "siebzehn",
            "achtzehn", "neunzehn",
        ],
    ),
    (
        Lang::It,
        &[
            "zero",
            "uno",
            "due",
            "tre",
            "quattro",
            "cinque",
            "sei",
            "sette",
            "otto",
            "nove",
            "dieci",
            "undici",
            "dodici",
            "tredici",
            "quattordici",
            "quindici",
            "sedici",
            "diciassette",
            "diciotto",
            "diciannove",
        ],
    ),
    (
        Lang::Es,
        &[
            "cero",
            "uno",
            "dos",
            "tres",
            "cuatro",
            "cinco",
            "seis",
            "siete",
            "ocho",
            "nueve",
            "diez",
            "once",
            "doce",
            "trece",
            "catorce",
            "quince",
            "dieciseis",
            "diecisiete",
            "dieciocho",
            "diecinueve",
        ],
    ),
    (
        Lang::Nl,
        &[
            "nul",
            "een",
            "twee",
            "drie",
            "vier",
            "vijf",
            "zes",
            "zeven",
            "acht",
            "negen",
            "tien",
            "elf",
            "twaalf",
            "dertien",
            "veertien",
            "vijftien",
            "zestien",
            "zeventien",
            "achttien",
            "negentien",
        ],
    ),
];

const TENS: &[(Lang, &[&str])] = &[
    (Lang::En, &["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]),
    (
        Lang::Fr,
        &[
            "vingt",
            "trente",
            "quarante",
            "cinquante",
            "soixante",
            "septante",
            "quatre-vingts",
            "nonante",
        ],
    ),
    (
        Lang::De,
        &["zwanzig", "dreissig", "vierzig", "funfzig", "sechzig", "siebzig", "achtzig", "neunzig"],
    ),
    (
        Lang::It,
        &["venti", "trenta", "quaranta", "cinquanta", "sessanta", "settanta", "ottanta", "novanta"],
    ),
    (
        Lang::Es,
        &["veinte", "treinta", "cuarenta", "cincuenta", "sesenta", "setenta", "ochenta", "noventa"],
    ),
    (
        Lang::Nl,
        &["twintig", "dertig", "veertig", "vijftig", "zestig", "zeventig", "tachtig", "negentig"],
    ),
];

/// Number words: their tokens joined by one space, with every language that has them.
static WORDS: LazyLock<HashMap<String, Vec<(Lang, u32)>>> = LazyLock::new(|| {
    let mut words: HashMap<String, Vec<(Lang, u32)>> = HashMap::default();
    let mut add = |lang: Lang, word: &str, value: u32| {
        let key = word.split(['-', ' ']).map(fold).collect::<Vec<_>>().join(" ");
        let values = words.entry(key).or_default();
        if !values.contains(&(lang, value)) {
            values.push((lang, value));
        }
    };
    for ((lang, units), (_, tens)) in UNITS.iter().zip(TENS) {
        for (value, word) in (0..).zip(*units) {
            add(*lang, word, value);
        }
        for (ten, word) in (2..).zip(*tens) {
            add(*lang, word, ten * 10);
            for (one, unit) in (0..10).zip(*units).skip(1) {
                let value = ten * 10 + one;
                for compound in compounds(*lang, word, unit, one) {
                    add(*lang, &compound, value);
                }
            }
        }
    }
    for (lang, word, value) in IRREGULAR {
        add(*lang, word, *value);
    }
    words
});

/// Hundreds and thousands in words: thousands of entries, made only when a text has such a word.
static LARGE: LazyLock<HashMap<String, Vec<(Lang, u32)>>> = LazyLock::new(|| {
    let of_word = |(word, of): (&String, &Vec<(Lang, u32)>)| {
        of.iter().map(|(lang, value)| (*lang, word.clone(), *value)).collect::<Vec<_>>()
    };
    let small: Vec<(Lang, String, u32)> =
        WORDS.iter().flat_map(of_word).filter(|(_, _, value)| (1..100).contains(value)).collect();
    let mut words = WORDS.clone();
    for (lang, word, value) in hundreds(&small) {
        // 'Duecento' folds as German 'ue' does.
        let values = words.entry(fold(&word)).or_default();
        if !values.contains(&(lang, value)) {
            values.push((lang, value));
        }
    }
    words
});

/// What each word of [`LARGE`] has that is not in [`WORDS`] as well.
static STEMS: Phrases = Phrases::within(&[
    "hund", "hond", "cent", "cien", "quinient", "mil", "tausend", "thousand", "duizend",
]);

/// The first words of all number words, but for those of [`STEMS`]: 'two' of 'two hundred'.
static FIRST: LazyLock<WordSet> = LazyLock::new(|| {
    let a_hundred = std::iter::once("a");
    WORDS.keys().filter_map(|words| words.split(' ').next()).chain(a_hundred).collect()
});

/// Whether a number in words can begin with a word: of hardly any it can.
fn may_begin(word: &Token) -> bool {
    /// Letters of the shortest stem.
    const SHORTEST: usize = 3;
    FIRST.has_token(word) || word.folded.len() >= SHORTEST && STEMS.are_in(&word.folded)
}

/// What a number word means, in each language that has it.
fn meanings(word: &str) -> Option<&'static Vec<(Lang, u32)>> {
    if STEMS.are_in(word) { LARGE.get(word) } else { WORDS.get(word) }
}

const IRREGULAR: &[(Lang, &str, u32)] = &[
    (Lang::Fr, "quatre-vingt", 80),
    (Lang::Fr, "soixante-dix", 70),
    (Lang::Fr, "soixante-quinze", 75),
    (Lang::Fr, "quatre-vingt-dix", 90),
];

/// A language's word for a hundred or a thousand, and whether it is written as one with what stands
/// before and behind it.
const HUNDRED: &[(Lang, &[&str], u32, bool)] = &[
    (Lang::En, &["hundred"], 100, false),
    (Lang::En, &["thousand"], 1000, false),
    (Lang::Fr, &["cent", "cents"], 100, false),
    (Lang::Fr, &["mille"], 1000, false),
    (Lang::De, &["hundert"], 100, true),
    (Lang::De, &["tausend"], 1000, true),
    (Lang::It, &["cento"], 100, true),
    (Lang::It, &["mille", "mila"], 1000, true),
    (Lang::Es, &["cien", "ciento"], 100, false),
    (Lang::Es, &["doscientos", "doscientas"], 200, false),
    (Lang::Es, &["trescientos", "trescientas"], 300, false),
    (Lang::Es, &["cuatrocientos", "cuatrocientas"], 400, false),
    (Lang::Es, &["quinientos", "quinientas"], 500, false),
    (Lang::Es, &["mil"], 1000, false),
    (Lang::Nl, &["honderd"], 100, true),
    (Lang::Nl, &["duizend"], 1000, true),
];

/// 'hundred', 'two hundred', 'two hundred and fifty', 'zweihundertfünfzig', folded.
fn hundreds(small: &[(Lang, String, u32)]) -> Vec<(Lang, String, u32)> {
    let mut found = Vec::new();
    for (lang, names, value, joined) in HUNDRED {
        let of: Vec<&(Lang, String, u32)> = small.iter().filter(|(l, ..)| l == lang).collect();
        let gap = if *joined { "" } else { " " };
        for name in *names {
            let mut heads = vec![((*name).to_owned(), *value)];
            if *lang == Lang::En {
                heads.push((format!("a {name}"), *value));
            }
            if *lang == Lang::De {
                heads.push((format!("ein{name}"), *value));
            }
            // 'Twelve hundred' is English only, and Spanish hundreds have words of their own.
            let most = match lang {
                Lang::En => 20,
                Lang::Es if *value < 1000 => 1,
                _ => 10,
            };
            let counts = of.iter().filter(|(_, _, count)| (1..most).contains(count));
            heads.extend(counts.map(|(_, word, n)| (format!("{word}{gap}{name}"), n * value)));
            for (head, sum) in heads {
                if *value < 1000 {
                    for (_, word, more) in &of {
                        found.push((*lang, format!("{head}{gap}{word}"), sum + more));
                        let and = match lang {
                            Lang::En => format!("{head} and {word}"),
                            Lang::De => format!("{head}und{word}"),
                            _ => continue,
                        };
                        found.push((*lang, and, sum + more));
                    }
                }
                found.push((*lang, head, sum));
            }
        }
    }
    found
}

/// How a language joins a ten and a one.
fn compounds(lang: Lang, ten: &str, one: &str, value: u32) -> Vec<String> {
    match lang {
        Lang::En => vec![format!("{ten}-{one}"), format!("{ten}{one}")],
        Lang::Fr => vec![format!("{ten}-{one}"), format!("{ten} et {one}")],
        Lang::De => {
            let one = if value == 1 { "ein" } else { one };
            vec![format!("{one}und{ten}")]
        }
        Lang::It => {
            // venti + uno = ventuno, venti + otto = ventotto, venti + tre = ventitré.
            let stem =
                if matches!(value, 1 | 8) { ten.get(..ten.len() - 1).unwrap_or(ten) } else { ten };
            vec![format!("{stem}{one}")]
        }
        Lang::Es => vec![format!("{ten} y {one}"), format!("veinti{one}")]
            .into_iter()
            .filter(|word| ten == "veinte" || !word.starts_with("veinti"))
            .collect(),
        Lang::Nl => vec![format!("{one}en{ten}"), format!("{one}\u{eb}n{ten}")],
    }
}

/// Number words of one language that say something else in another: 'onze lijn', 'once', 'due'.
fn is_word_of_others(word: &str) -> bool {
    words!("onze once due sei cent dos neuf sept sette tres").has(word)
}

/// The number in words that begins at a token, and the token after it. Only words of the mail's
/// language count, where that is known; indefinite articles do not.
pub(crate) fn words_at(scan: &Scan<'_>, at: usize, lang: Option<Lang>) -> Option<(Decimal, usize)> {
    let first = scan.token(at)?;
    if first.kind != Kind::Word || !may_begin(first) {
        return None;
    }
    let (value, end) = thousands(scan, at, lang)?;
    let alone = end == at + 1;
    let article = alone
        && scan.token(at).is_some_and(|t| {
            matches!(t.folded.as_str(), "un" | "een" | "uno")
                || lang.is_none() && is_word_of_others(&t.folded)
        });
    // 'two-pin', 'seventh': a word that goes on is another word.
    let goes_on = scan.token(end).is_some_and(|t| t.glued && (t.is_alnum() || t.is('-')));
    (!article && !goes_on).then_some((value, end))
}

/// A number with thousands and what stands behind them: 'one thousand two hundred', 'mille deux cents',
/// 'tausendzweihundert'.
fn thousands(scan: &Scan<'_>, at: usize, lang: Option<Lang>) -> Option<(Decimal, usize)> {
    let thousand = Decimal::ONE_THOUSAND;
    let Some((value, end)) = below_thousand(scan, at, lang) else {
        return as_one_word(scan, at, lang);
    };
    let word = |at: usize| scan.token(at).map_or("", |t| t.folded.as_str());
    let counts =
        value < thousand && words!("thousand mille mil tausend duizend mila").has(word(end));
    let (value, end) = if counts { (value * thousand, end + 1) } else { (value, end) };
    if value < thousand || !(value % thousand).is_zero() {
        return Some((value, end));
    }
    let and = usize::from(matches!(word(end), "and" | "et" | "y" | "en"));
    let same_line = scan.token(end + and).map(|t| t.line) == scan.token(at).map(|t| t.line);
    let rest =
        below_thousand(scan, end + and, lang).filter(|(more, _)| *more < thousand && same_line);
    // 'A thousand A and two B': an 'and' joins goods, too.
    let rest = rest.filter(|(more, _)| and == 0 || *more < Decimal::ONE_HUNDRED);
    Some(rest.map_or((value, end), |(more, end)| (value + more, end)))
}

/// 'Tausendzweihundert', 'milleduecento', 'twaalfduizendvijfhonderd'.
fn as_one_word(scan: &Scan<'_>, at: usize, lang: Option<Lang>) -> Option<(Decimal, usize)> {
    let said = scan.token(at)?.folded.as_str();
    let of = |part: &str, lang: Lang| {
        let values = meanings(part)?;
        values.iter().find(|(of, _)| *of == lang).map(|(_, value)| *value)
    };
    let parts =
        [(Lang::De, "tausend"), (Lang::Nl, "duizend"), (Lang::It, "mila"), (Lang::It, "mille")];
    parts.into_iter().filter(|(of, _)| lang.is_none_or(|lang| lang == *of)).find_map(
        |(lang, name)| {
            let (head, rest) = said.split_once(name)?;
            let count = match head {
                "" | "ein" => 1,
                // 'Due' folds as a German umlaut does.
                "du" => 2,
                _ => of(head, lang)?,
            };
            let rest = rest.strip_prefix("und").unwrap_or(rest);
            let more = if rest.is_empty() { 0 } else { of(rest, lang)? };
            let sound = count < 1000 && more < 1000;
            sound.then(|| (Decimal::from(count * 1000 + more), at + 1))
        },
    )
}

fn below_thousand(scan: &Scan<'_>, at: usize, lang: Option<Lang>) -> Option<(Decimal, usize)> {
    let first = scan.token(at)?;
    if first.kind != Kind::Word || !may_begin(first) {
        return None;
    }
    let mut key = String::new();
    let mut best = None;
    let mut next = at;
    for _ in 0..7 {
        let token = scan.token(next)?;
        let joins = next > at && token.is('-') && token.glued;
        if joins {
            next += 1;
            continue;
        }
        if token.kind != Kind::Word {
            break;
        }
        if !key.is_empty() {
            key.push(' ');
        }
        key.push_str(&token.folded);
        next += 1;
        if let Some(values) = meanings(&key) {
            let of = |l: Lang| values.iter().find(|(of, _)| *of == l).map(|(_, v)| *v);
            let value = if let Some(lang) = lang {
                of(lang)
            } else {
                let first = values.first().map(|(_, v)| *v);
                first.filter(|v| values.iter().all(|(_, other)| other == v))
            };
            if let Some(value) = value {
                best = Some((Decimal::from(value), next));
            }
        }
        if scan.token(next).is_none() {
            break;
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::types::Part;

    #[test]
    fn words_in_each_language() {
        for (lang, text, want) in [
            (Lang::En, "twenty-four pieces", 24),
            (Lang::En, "three", 3),
            (Lang::En, "two hundred and fifty", 250),
            (Lang::En, "a hundred and twenty-five", 125),
            (Lang::En, "twelve hundred", 1200),
            (Lang::En, "one thousand two hundred", 1200),
            (Lang::En, "a thousand two hundred and fifty", 1250),
            (Lang::En, "twenty-five thousand", 25_000),
            (Lang::En, "two thousand and five", 2005),
            (Lang::Fr, "mille deux cents", 1200),
            (Lang::Es, "mil doscientos", 1200),
            (Lang::De, "tausendzweihundert", 1200),
            (Lang::De, "zweitausendfünfhundert", 2500),
            (Lang::It, "milleduecento", 1200),
            (Lang::It, "duemilacinquecento", 2500),
            (Lang::Fr, "deux cent cinquante", 250),
            (Lang::De, "zweihundertfünfzig", 250),
            (Lang::De, "hundertzwanzig", 120),
            (Lang::It, "duecentocinquanta", 250),
            (Lang::Nl, "tweehonderd", 200),
            (Lang::De, "vierundzwanzig", 24),
            (Lang::De, "zwölf Stück", 12),
            (Lang::Fr, "vingt-quatre", 24),
            (Lang::Fr, "vingt et un", 21),
            (Lang::Fr, "dix-sept pièces", 17),
            (Lang::It, "ventotto", 28),
            (Lang::It, "ventuno", 21),
            (Lang::Es, "treinta y dos", 32),
            (Lang::Nl, "vierentwintig", 24),
        ] {
            let scan = Scan::whole(Part::Text, text);
            let got = words_at(&scan, 0, Some(lang)).map(|(value, _)| value);
            assert_eq!(got, Some(Decimal::from(want)), "{text}");
        }
    }

    #[test]
    fn no_number_word_is_passed_over() {
        let begins = |word| Scan::whole(Part::Text, word).token(0).is_some_and(may_begin);
        for words in LARGE.keys() {
            let first = words.split(' ').next().unwrap_or_default();
            assert!(begins(first), "{words}");
            assert!(WORDS.contains_key(words) || STEMS.are_in(words), "{words}");
        }
        assert!(!begins("weather"));
    }

    #[test]
    fn articles_are_no_numbers() {
        for (lang, text) in [(Lang::Fr, "un moteur"), (Lang::Nl, "een motor")] {
            let scan = Scan::whole(Part::Text, text);
            assert_eq!(words_at(&scan, 0, Some(lang)), None, "{text}");
        }
    }
}
