//! Numbers, amounts and dates as each language writes them.

use chrono::{Datelike as _, NaiveDate};
use rust_decimal::Decimal;

use super::Style;
use crate::reading::Lang;

/// Keeps a number and its unit on one line.
const NBSP: char = '\u{a0}';

/// The language and the house's style.
#[derive(Debug, Clone, Copy)]
pub(super) struct Format {
    lang: Lang,
    style: Style,
}

impl Format {
    /// For a language that letters are written in.
    pub(super) fn new(lang: Lang, style: Style) -> Self {
        Self { lang, style }
    }

    /// Separators of thousands and of decimals.
    fn separators(self) -> (char, char) {
        match (self.style, self.lang) {
            (Style::Swiss, _) => ('’', '.'),
            (Style::Language, Lang::Fr) => (NBSP, ','),
            (Style::Language, Lang::De | Lang::It) => ('.', ','),
            (Style::Language, Lang::En | Lang::Es | Lang::Nl) => (',', '.'),
        }
    }

    /// A quantity: all its decimals and no more. Thousands are not set apart: `1.500` may be read
    /// as one and a half, by people and by us when it comes back quoted.
    pub(super) fn quantity(self, quantity: Decimal) -> String {
        let (_, point) = self.separators();
        quantity.normalize().to_string().replace('.', &point.to_string())
    }

    /// An amount without its currency: at least the currency's decimals, and no more than the
    /// amount has.
    pub(super) fn amount(self, amount: Decimal, currency: &str) -> String {
        let decimals = decimals(currency);
        let mut amount = amount.normalize();
        if amount.scale() < decimals {
            amount.rescale(decimals);
        }
        let digits = amount.abs().to_string();
        let (whole, fraction) = digits.split_once('.').unwrap_or((&digits, ""));
        let (thousands, point) = self.separators();
        let mut shown =
            String::from(if amount.is_sign_negative() && !amount.is_zero() { "-" } else { "" });
        for (index, digit) in whole.chars().enumerate() {
            if index > 0 && (whole.len() - index).is_multiple_of(3) {
                shown.push(thousands);
            }
            shown.push(digit);
        }
        if !fraction.is_empty() {
            shown.push(point);
            shown.push_str(fraction);
        }
        shown
    }

    /// An amount with its currency.
    pub(super) fn money(self, amount: Decimal, currency: &str) -> String {
        let amount = self.amount(amount, currency);
        match (self.style, self.lang) {
            _ if currency.is_empty() => amount,
            (Style::Swiss, _) | (_, Lang::En | Lang::Es | Lang::Nl) => {
                format!("{currency}{NBSP}{amount}")
            }
            (Style::Language, Lang::Fr | Lang::De | Lang::It) => {
                format!("{amount}{NBSP}{currency}")
            }
        }
    }

    /// A percentage.
    pub(super) fn percent(self, percent: Decimal) -> String {
        let number = self.quantity(percent);
        match self.lang {
            Lang::Fr | Lang::De => format!("{number}{NBSP}%"),
            Lang::En | Lang::It | Lang::Es | Lang::Nl => format!("{number}%"),
        }
    }

    /// A date with its month as a word: no one can read it as another day.
    pub(super) fn date(self, date: NaiveDate) -> String {
        let month = usize::try_from(date.month0()).ok();
        let months = months(self.lang);
        let month = month.and_then(|month| months.get(month)).copied();
        let (day, month, year) = (date.day(), month.unwrap_or_default(), date.year());
        match self.lang {
            Lang::De => format!("{day}. {month} {year}"),
            Lang::Fr if day == 1 => format!("1er {month} {year}"),
            Lang::It if day == 1 => format!("1º {month} {year}"),
            Lang::En | Lang::Fr | Lang::It | Lang::Es | Lang::Nl => {
                format!("{day} {month} {year}")
            }
        }
    }

    /// The customer's words between this language's quotation marks.
    pub(super) fn quoted(self, words: &str) -> String {
        match (self.lang, self.style) {
            (Lang::De, Style::Language) => format!("„{words}“"),
            (Lang::De, Style::Swiss) | (Lang::It, _) => format!("«{words}»"),
            (Lang::Fr, _) => format!("«{NBSP}{words}{NBSP}»"),
            (Lang::En | Lang::Es | Lang::Nl, _) => format!("“{words}”"),
        }
    }

    /// Whether a number takes the singular: 0 and 1 in French, else 1 alone (Unicode CLDR).
    pub(super) fn singular(self, number: i64) -> bool {
        number == 1 || (number == 0 && self.lang == Lang::Fr)
    }
}

/// Decimals of a currency's smallest unit (ISO 4217).
fn decimals(currency: &str) -> u32 {
    match currency {
        "BIF" | "CLP" | "DJF" | "GNF" | "ISK" | "JPY" | "KMF" | "KRW" | "PYG" | "RWF" | "UGX"
        | "VND" | "VUV" | "XAF" | "XOF" | "XPF" => 0,
        "BHD" | "IQD" | "JOD" | "KWD" | "LYD" | "OMR" | "TND" => 3,
        _ => 2,
    }
}

fn months(lang: Lang) -> [&'static str; 12] {
    match lang {
        Lang::En | Lang::Es | Lang::Nl => [
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December",
        ],
        Lang::Fr => [
            "janvier",
            "février",
            "mars",
            "avril",
            "mai",
            "juin",
            "juillet",
            "août",
            "septembre",
            "octobre",
            "novembre",
            "décembre",
        ],
        Lang::De => [
            "Januar",
            "Februar",
            "März",
            "April",
            "Mai",
            "Juni",
            "Juli",
            "August",
            "September",
            "Oktober",
            "November",
            "Dezember",
        ],
        Lang::It => [
            "gennaio",
            "febbraio",
            "marzo",
            "aprile",
            "maggio",
            "giugno",
            "luglio",
            "agosto",
            "settembre",
            "ottobre",
            "novembre",
            "dicembre",
        ],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LANGS: [Lang; 4] = [Lang::En, Lang::Fr, Lang::De, Lang::It];

    fn dec(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    fn all(style: Style, show: impl Fn(Format) -> String) -> [String; 4] {
        LANGS.map(|lang| show(Format::new(lang, style)))
    }

    #[test]
    fn money_is_written_as_each_language_does() {
        let show = |f: Format| f.money(dec("1234567.5"), "CHF");
        assert_eq!(
            all(Style::Language, show),
            [
                "CHF\u{a0}1,234,567.50",
                "1\u{a0}234\u{a0}567,50\u{a0}CHF",
                "1.234.567,50\u{a0}CHF",
                "1.234.567,50\u{a0}CHF"
            ]
        );
        for shown in all(Style::Swiss, show) {
            assert_eq!(shown, "CHF\u{a0}1’234’567.50");
        }
    }

    #[test]
    fn amounts_keep_the_decimals_they_need() {
        let english = Format::new(Lang::En, Style::Language);
        for (amount, currency, shown) in [
            ("0", "CHF", "0.00"),
            ("-0.00", "CHF", "0.00"),
            ("999.9", "EUR", "999.90"),
            ("1000", "EUR", "1,000.00"),
            ("-1234.5", "EUR", "-1,234.50"),
            ("0.385", "EUR", "0.385"),
            ("3.2000", "EUR", "3.20"),
            ("1500", "JPY", "1,500"),
            ("1.5", "KWD", "1.500"),
            ("79228162514264337593543950335", "CHF", "79,228,162,514,264,337,593,543,950,335"),
        ] {
            assert_eq!(english.amount(dec(amount), currency), shown);
        }
    }

    #[test]
    fn quantities_are_never_mistaken_for_thousandths() {
        let show = |f: Format| f.quantity(dec("1500.250"));
        assert_eq!(all(Style::Language, show), ["1500.25", "1500,25", "1500,25", "1500,25"]);
        assert_eq!(all(Style::Language, |f| f.quantity(dec("24.000")))[2], "24");
    }

    #[test]
    fn dates_have_their_month_as_a_word() {
        let first = NaiveDate::from_ymd_opt(2026, 5, 1).unwrap();
        assert_eq!(
            all(Style::Language, |f| f.date(first)),
            ["1 May 2026", "1er mai 2026", "1. Mai 2026", "1º maggio 2026"]
        );
        let last = NaiveDate::from_ymd_opt(2026, 8, 31).unwrap();
        assert_eq!(
            all(Style::Language, |f| f.date(last)),
            ["31 August 2026", "31 août 2026", "31. August 2026", "31 agosto 2026"]
        );
    }

    #[test]
    fn plurals_are_each_language_s_own() {
        let singular =
            |number| LANGS.map(|lang| Format::new(lang, Style::Language).singular(number));
        assert_eq!(singular(0), [false, true, false, false]);
        assert_eq!(singular(1), [true; 4]);
        assert_eq!(singular(2), [false; 4]);
    }
}
