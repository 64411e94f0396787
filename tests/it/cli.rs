//! The command line as scripts and operators meet it: the built binary itself.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// The binary, with nothing of postorder's in its environment.
pub(crate) fn postorder(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_postorder"));
    command.args(args);
    for (name, _) in std::env::vars() {
        if name.starts_with("POSTORDER_") || name == "CREDENTIALS_DIRECTORY" {
            command.env_remove(name);
        }
    }
    command
}

fn run(args: &[&str]) -> Output {
    postorder(args).output().expect("the binary starts")
}

pub(crate) fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("UTF-8")
}

pub(crate) fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("UTF-8")
}

/// The names of all commands, as `--help` lists them.
fn commands() -> Vec<String> {
    let help = out(&run(&["--help"]));
    let list = help.split("Commands:\n").nth(1).expect("a list of commands");
    let names = list.lines().take_while(|line| !line.is_empty());
    names.filter_map(|line| line.split_whitespace().next()).map(str::to_owned).collect()
}

#[test]
fn help_is_there_for_every_command() {
    let commands = commands();
    for wanted in ["parse", "config", "completions", "man", "help"] {
        assert!(commands.iter().any(|name| name == wanted), "{wanted} in {commands:?}");
    }
    for name in commands.iter().filter(|name| *name != "help") {
        let output = run(&[name, "--help"]);
        assert_eq!(output.status.code(), Some(0), "{name} --help");
        assert!(out(&output).contains("Usage: postorder"), "{name} --help");
    }
}

#[test]
fn wrong_usage_exits_with_2_and_failure_with_1() {
    for args in [&[][..], &["frobnicate"], &["config", "--frobnicate"], &["completions", "tcl"]] {
        let output = run(args);
        assert_eq!(output.status.code(), Some(2), "{args:?}: {}", err(&output));
        assert!(out(&output).is_empty(), "{args:?} prints to standard output");
    }
    let output = run(&["config", "--check", "--config", "/nonexistent.toml"]);
    assert_eq!(output.status.code(), Some(1));
}

#[test]
fn the_printed_default_configuration_passes_its_own_check() {
    let dir = tempfile::tempdir().expect("a folder");
    let file = dir.path().join("postorder.toml");
    let printed = run(&["config"]);
    assert_eq!(printed.status.code(), Some(0));
    std::fs::write(&file, &printed.stdout).expect("written");
    let check = |variables: &[(&str, &str)]| {
        let mut command = postorder(&["config", "--check", "--config"]);
        command.arg(&file).envs(variables.iter().copied()).output().expect("the binary starts")
    };
    let sound = [("POSTORDER_ODOO__LOGIN", "postorder"), ("POSTORDER_ODOO__PASSWORD", "hunter2")];
    let output = check(&sound);
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    assert!(out(&output).ends_with("postorder.toml: ok\n"));

    let mut bad = sound.to_vec();
    bad.push(("POSTORDER_SMTP__PORT", "smtp"));
    let output = check(&bad);
    assert_eq!(output.status.code(), Some(1));
    assert!(err(&output).starts_with("$POSTORDER_SMTP__PORT: smtp.port is \"smtp\""));
    assert!(!err(&output).contains("hunter2"), "a secret in: {}", err(&output));
}

/// `tests/bad-config/NAME.toml` and the exact message that it must give, `NAME.expected`.
/// With BLESS=1 in the environment the messages are written anew: read them before committing.
#[test]
fn bad_configurations_give_exactly_these_messages() {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/bad-config");
    let mut cases: Vec<PathBuf> = std::fs::read_dir(&dir)
        .expect("the folder of cases")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "toml"))
        .collect();
    cases.sort();
    assert!(cases.len() >= 7, "only {} cases", cases.len());
    for case in cases {
        let name = case.file_name().expect("a name").to_str().expect("UTF-8");
        let mut command = postorder(&["config", "--check", "--config", name]);
        let output = command.current_dir(&dir).output().expect("the binary starts");
        assert_eq!(output.status.code(), Some(1), "{name} must fail");
        let message = err(&output);
        assert!(!message.contains("hunter2"), "{name}: a secret in {message}");
        let expected = case.with_extension("expected");
        if std::env::var_os("BLESS").is_some() {
            std::fs::write(&expected, &message).expect("written");
        }
        let expected = std::fs::read_to_string(&expected).expect("the expected message");
        assert_eq!(message, expected, "{name}");
    }
}

#[test]
fn completions_know_the_commands() {
    for shell in ["bash", "zsh", "fish"] {
        let output = run(&["completions", shell]);
        assert_eq!(output.status.code(), Some(0));
        for name in commands() {
            assert!(out(&output).contains(&name), "{name} in the completions for {shell}");
        }
    }
}

#[test]
fn manual_pages_are_written_for_every_command() {
    let page = out(&run(&["man"]));
    assert!(page.contains(".TH postorder 1"), "{page}");
    let dir = tempfile::tempdir().expect("a folder");
    let output = postorder(&["man"]).arg(dir.path()).output().expect("the binary starts");
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    for name in commands().iter().filter(|name| *name != "help") {
        let page = dir.path().join(format!("postorder-{name}.1"));
        assert!(page.exists(), "{}", page.display());
    }
}
