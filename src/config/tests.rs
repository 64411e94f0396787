//! The tables of keys against the types, the file, the environment and the messages.

use std::collections::BTreeSet;

use secrecy::{ExposeSecret as _, SecretString};

use super::keys::{self, GROUPS, Usual};
use super::*;

fn nothing() -> Environment {
    Environment::default()
}

/// The printed default with every commented key active.
fn all_keys_active() -> String {
    let names: BTreeSet<&str> = keys::all().map(|key| keys::parted(key.name).1).collect();
    let line = |line: &str| match line.strip_prefix('#') {
        Some(rest) if rest.split_once(" = ").is_some_and(|(name, _)| names.contains(name)) => {
            rest.to_owned()
        }
        _ => line.to_owned(),
    };
    default_text().lines().map(line).collect::<Vec<_>>().join("\n")
}

#[test]
fn the_printed_default_is_sound_and_changes_nothing() {
    let text = default_text();
    let printed = parse("default", &text, &nothing()).expect("the default is sound");
    assert_eq!(printed.odoo.url, "https://odoo.example.com");
    assert_eq!(printed.policy.expire_days, 10);

    let mut active = parse("active", &all_keys_active(), &nothing()).expect("all keys are sound");
    // Keys without a default are examples there; unset again, nothing differs.
    active.odoo.login = None;
    active.odoo.password_file = None;
    active.odoo.api_key_file = None;
    active.odoo.company = None;
    active.odoo.warehouse = None;
    active.smtp.port = None;
    active.smtp.login = None;
    active.smtp.password_file = None;
    active.smtp.helo = None;
    active.smtp.ca_file = None;
    active.company.reply_to = None;
    active.company.domain = None;
    active.letters.templates = None;
    active.policy.supplier = None;
    active.reading.model.url = None;
    active.reading.model.name = None;
    active.reading.model.key_file = None;
    assert_eq!(active, printed);
}

/// What the configuration does unless told otherwise is what the parts do by themselves.
#[test]
fn defaults_are_those_of_the_parts() {
    let environment = Environment::of([("POSTORDER_ODOO__LOGIN", "x")]);
    let config = parse("default", &default_text(), &environment).expect("sound");
    let parts = crate::engine::Settings { own: config.own_addresses(), ..Default::default() };
    assert_eq!(format!("{:#?}", config.engine_settings()), format!("{parts:#?}"));

    let defaults = crate::engine::intake::IntakeSettings::default();
    let maildirs = config.maildir.paths.clone();
    let intake = crate::engine::intake::IntakeSettings { maildirs, ..defaults };
    assert_eq!(format!("{:#?}", config.intake_settings()), format!("{intake:#?}"));

    let secret = || SecretString::from("x".to_owned());
    let secrets = Secrets { odoo: OdooSecret::Password(secret()), smtp: None, model: None };
    let credential = crate::odoo::Credential::Password(secret());
    let odoo =
        crate::odoo::Settings::new("https://odoo.example.com", "production", "x", credential);
    assert_eq!(format!("{:#?}", config.odoo_settings(&secrets)), format!("{odoo:#?}"));
    let security = crate::letters::Security::default();
    let smtp = crate::letters::SmtpSettings::new("mail.example.com", security);
    assert_eq!(format!("{:#?}", config.smtp_settings(&secrets)), format!("{smtp:#?}"));
}

#[test]
fn every_key_stands_in_its_group_once_and_is_explained() {
    let mut seen = BTreeSet::new();
    for group in GROUPS {
        for key in group.keys {
            assert_eq!(keys::parted(key.name).0, group.name);
            assert!(seen.insert(key.name), "{} stands twice", key.name);
            assert!(!key.about.is_empty());
        }
    }
}

#[test]
fn every_key_can_be_set_by_the_environment_alone() {
    // The text of a TOML value as a variable holds it.
    let bare = |toml: &str| {
        toml.trim_matches(['[', ']'])
            .split(", ")
            .map(|part| part.trim_matches('"'))
            .collect::<Vec<_>>()
            .join(",")
    };
    let pairs = keys::all().map(|key| {
        let (Usual::Default(toml) | Usual::Required(toml) | Usual::Unset(toml)) = key.usual;
        (keys::variable(key.name), bare(toml))
    });
    let environment = Environment::of(pairs);
    let from_file = parse("file", &all_keys_active(), &nothing()).expect("sound");
    assert_eq!(parse("environment", "", &environment).expect("sound"), from_file);
}

#[test]
fn the_environment_wins_over_the_file() {
    let environment = Environment::of([
        ("POSTORDER_ODOO__URL", "http://127.0.0.1:8069/"),
        ("POSTORDER_SMTP__PORT", "2525"),
    ]);
    let config = parse("default", &default_text(), &environment).expect("sound");
    assert_eq!(config.odoo.url, "http://127.0.0.1:8069");
    assert_eq!(config.smtp.effective_port(), 2525);
}

#[test]
fn faults_of_the_environment_name_the_variable() {
    let environment = Environment::of([
        ("POSTORDER_ODOO__WORKERS", "many"),
        ("POSTORDER_ODOO__ULR", "http://localhost"),
        ("POSTORDER_ODOO_DATABASE", "one underscore"),
        ("POSTORDER_ODOO__PASSWRD", "hunter2"),
        ("POSTORDER_CONFIG", "no key"),
        ("POSTORDER_TEST_SERVERS", "none of our business"),
    ]);
    let faults = parse("x.toml", &default_text(), &environment).expect_err("four faults");
    insta::assert_snapshot!(faults, @r#"
    $POSTORDER_ODOO_DATABASE: no such key; did you mean POSTORDER_ODOO__DATABASE?
    $POSTORDER_ODOO__PASSWRD: no such key; did you mean POSTORDER_ODOO__PASSWORD?
    $POSTORDER_ODOO__ULR: no such key; did you mean POSTORDER_ODOO__URL?
    $POSTORDER_ODOO__WORKERS: odoo.workers is "many"; expected a whole number from 1 to 32
    4 faults in the configuration
    "#);
}

#[test]
fn secrets_come_from_the_environment_a_file_or_systemd_and_are_never_shown() {
    let dir = tempfile::tempdir().expect("a folder");
    let path = dir.path().join("postorder.toml");
    let secret_file = dir.path().join("key");
    std::fs::write(&secret_file, "k3y-from-file\n").expect("written");
    std::fs::write(dir.path().join("smtp-password"), "pw-from-systemd").expect("written");
    let text = default_text().replace("#login = \"postorder\"", "login = \"postorder\"").replace(
        "#api_key_file = \"/etc/postorder/odoo-api-key\"",
        &format!("api_key_file = {secret_file:?}"),
    );
    std::fs::write(&path, text).expect("written");

    let credentials = dir.path().to_str().expect("UTF-8");
    let environment = Environment::of([("CREDENTIALS_DIRECTORY", credentials)]);
    let (_, secrets) = load(&path, &environment).expect("sound");
    let OdooSecret::ApiKey(key) = &secrets.odoo else { panic!("{secrets:?}") };
    assert_eq!(key.expose_secret(), "k3y-from-file");
    assert_eq!(secrets.smtp.as_ref().map(SecretString::expose_secret), Some("pw-from-systemd"));
    let shown = format!("{secrets:?}");
    assert!(!shown.contains("k3y") && !shown.contains("pw-from"), "{shown}");

    let environment = Environment::of([
        ("CREDENTIALS_DIRECTORY", credentials),
        ("POSTORDER_ODOO__API_KEY", "k3y-from-environment"),
    ]);
    let (_, secrets) = load(&path, &environment).expect("sound");
    let OdooSecret::ApiKey(key) = &secrets.odoo else { panic!("{secrets:?}") };
    assert_eq!(key.expose_secret(), "k3y-from-environment");
    assert!(!format!("{environment:?}").contains("k3y"));
}

#[test]
fn a_model_is_asked_where_its_server_and_name_are_given() {
    let dir = tempfile::tempdir().expect("a folder");
    let path = dir.path().join("postorder.toml");
    let text = |model: &str| {
        default_text().replace("[reading.model]", &format!("[reading.model]\n{model}"))
    };
    let environment = Environment::of([
        ("POSTORDER_ODOO__API_KEY", "x"),
        ("POSTORDER_ODOO__LOGIN", "x"),
        ("POSTORDER_READING__MODEL__KEY", "k3y-of-the-model"),
    ]);
    std::fs::write(&path, text("")).expect("written");
    let (config, secrets) = load(&path, &environment).expect("sound");
    assert!(config.model_settings(&secrets).is_none(), "off by default");

    std::fs::write(&path, text("url = \"http://127.0.0.1:9/v1/\"\nname = \"small\"\n"))
        .expect("written");
    let (config, secrets) = load(&path, &environment).expect("sound");
    let model = config.model_settings(&secrets).expect("both are given");
    assert_eq!((&*model.url, &*model.name), ("http://127.0.0.1:9/v1", "small"));
    assert_eq!(model.key.as_ref().map(SecretString::expose_secret), Some("k3y-of-the-model"));
    assert!(!format!("{model:?}").contains("k3y"), "{model:?}");

    std::fs::write(&path, text("url = \"http://127.0.0.1:9/v1/\"\nkey = \"k3y\"\ntiem = 3\n"))
        .expect("written");
    let faults = load(&path, &environment).expect_err("three faults").to_string();
    for expected in [
        "reading.model.url is given without reading.model.name; expected both, or none",
        "reading.model.key: a secret does not belong into this file",
        "reading.model.tiem: no such key",
    ] {
        assert!(faults.contains(expected), "{faults}");
    }
    assert!(!faults.contains("k3y"), "{faults}");
}

#[test]
fn a_missing_file_is_one_fault_unless_it_is_the_default() {
    let faults = load(Path::new("/nonexistent/x.toml"), &nothing()).expect_err("missing");
    assert_eq!(faults.faults().len(), 1);
    assert!(faults.to_string().contains("cannot be read"), "{faults}");
}
