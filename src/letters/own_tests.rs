//! Templates of the company's own: what they may change, and how their faults are told.

use std::fs;
use std::path::Path;

use tempfile::TempDir;

use super::*;

fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = TempDir::new().unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

fn load(folder: &Path) -> Result<Letters, Vec<String>> {
    let from = Address { name: String::new(), email: "sales@torbau-meier.example".into() };
    let settings = Settings {
        templates_dir: Some(folder.to_owned()),
        ..Settings::new("Torbau Meier AG", from)
    };
    Letters::load(settings).map_err(|faults| faults.iter().map(ToString::to_string).collect())
}

fn held(lang: Lang) -> Letter {
    let mut all = samples::letters(lang).into_iter();
    all.find(|(name, _)| *name == "held").unwrap().1
}

fn write(letters: &Letters, letter: &Letter) -> Rendered {
    letters.render(letter, samples::now()).unwrap()
}

#[test]
fn one_letter_one_word_and_one_look_can_be_changed() {
    let folder = folder(&[
        ("de/held.j2", "Subject: Danke, {{ company }}\n\nwir melden uns.\nBald.\n\nVersprochen.\n"),
        ("fr/words.toml", "closing = \"Cordialement\"\n"),
        ("style.toml", "p = \"color:teal\"\n"),
        ("notes.md", "Not a template."),
        ("de/.held.j2.swp", "Not a template either."),
    ]);
    let letters = load(folder.path()).unwrap();
    let german = write(&letters, &held(Lang::De));
    assert_eq!(german.subject, "Danke, Torbau Meier AG");
    assert!(
        german.text.starts_with("Guten Tag,\n\nwir melden uns.\nBald.\n\nVersprochen.\n\nFreund")
    );
    assert!(german.html.contains("<p style=\"color:teal\">wir melden uns.<br>\nBald.</p>"));
    let french = write(&letters, &held(Lang::Fr));
    assert!(french.text.contains("\n\nCordialement\n\n"), "{}", french.text);
    assert!(french.text.starts_with("Bonjour,\n"), "{}", french.text);
    assert!(write(&letters, &held(Lang::En)).text.contains("Kind regards"));
}

#[test]
fn all_faults_are_told_together_with_file_and_line() {
    let folder = folder(&[
        ("de/held.j2", "Subject: x\n\n{{ nachname }}\n"),
        ("de/offer.j2", "Subject: x\n\nA\n{% if orders %}\n"),
        ("en/held.j2", "Hello {{ company }}"),
        ("en/expired.j2", "Subject: x\n\n{% include \"blocks/nothing\" %}\n"),
        ("en/ofer.j2", "Subject: x\n\nA\n"),
        ("fr/words.toml", "closing = \"Cordialement\"\nclozing = \"A\"\n"),
        ("it/words.toml", "closing = 3\n"),
        ("style.toml", "p = \n"),
        ("blocks/short.html", "<ul>{% for line in shorts %}{% endfor %}</ul>"),
        (
            "it/held.j2",
            "Subject: x\n{% for a in range(9999) %}{% for b in range(9999) %}{% endfor %}{% endfor %}",
        ),
    ]);
    fs::write(folder.path().join("fr/held.j2"), [0xff, 0xfe]).unwrap();
    let faults = load(folder.path()).unwrap_err();
    let starts = [
        "blocks/short.html:1: there is no value for \"shorts\"",
        "de/held.j2:3: there is no value for \"nachname\"",
        "de/offer.j2:4: ",
        "en/expired.j2:3: tried to include non-existing template 'blocks/nothing'",
        "en/held.j2:1: the first line must be \"Subject: …\", and must not be empty",
        "en/ofer.j2: replaces nothing; the names are en/asked-again.j2, ",
        "fr/held.j2: is not UTF-8 text",
        "fr/words.toml:2: \"clozing\" is not a word of this file",
        "it/held.j2:2: takes too many steps",
        "it/words.toml:1: \"closing\" must be a text between quotation marks",
        "style.toml:1: ",
    ];
    assert_eq!(faults.len(), starts.len(), "{faults:#?}");
    for (fault, start) in faults.iter().zip(starts) {
        assert!(fault.starts_with(start), "{fault:?} does not start with {start:?}");
    }
}

#[test]
fn a_folder_that_is_not_there_is_a_fault() {
    let faults = load(Path::new("/nonexistent/letters")).unwrap_err();
    assert_eq!(faults.len(), 1, "{faults:?}");
    assert!(faults[0].starts_with(".: cannot read /nonexistent/letters: "), "{faults:?}");
}

#[test]
fn a_template_that_fails_on_a_letter_does_not_lose_the_letter() {
    // No sample has an empty subject, so the check at start cannot find this.
    let own = "{% if subject %}\nSubject: x\n{% endif %}\n\nOwn words\n";
    let folder = folder(&[("en/held.j2", own)]);
    let letters = load(folder.path()).unwrap();
    let mut letter = held(Lang::En);
    assert!(write(&letters, &letter).text.contains("Own words"));
    letter.subject = String::new();
    let written = write(&letters, &letter);
    assert_eq!(written.subject, "Your mail");
    assert!(written.text.contains("a colleague is looking at it"), "{}", written.text);
    assert_eq!(written.fault.unwrap().file, "en/held.j2");
}

#[cfg(unix)]
#[test]
fn a_pipe_in_the_folder_does_not_stop_the_start() {
    let folder = folder(&[("en/words.toml", "")]);
    let pipe = folder.path().join("en/held.j2");
    let made = std::process::Command::new("mkfifo").arg(&pipe).status().unwrap();
    assert!(made.success());
    assert_eq!(load(folder.path()).unwrap_err(), ["en/held.j2: is not a plain file"]);
}
