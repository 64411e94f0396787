//! `postorder completions` and `postorder man`: made from the command line itself.

use std::path::PathBuf;

use super::{Done, Failed, print, shown};

/// Options of `postorder completions`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  \
    postorder completions bash > /etc/bash_completion.d/postorder\n  \
    postorder completions fish > ~/.config/fish/completions/postorder.fish")]
pub(super) struct CompletionsArgs {
    /// Which shell.
    shell: clap_complete::Shell,
}

/// Options of `postorder man`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  \
    postorder man | man -l -\n  \
    postorder man /usr/local/share/man/man1")]
pub(super) struct ManArgs {
    /// Write the pages of all commands into this folder.
    dir: Option<PathBuf>,
}

/// Prints the completions for a shell.
pub(super) fn completions(args: &CompletionsArgs, mut command: clap::Command) -> Done {
    let mut text = Vec::new();
    clap_complete::generate(args.shell, &mut command, "postorder", &mut text);
    print(&String::from_utf8_lossy(&text))
}

/// Prints the manual page, or writes all pages into a folder.
pub(super) fn man(args: &ManArgs, command: clap::Command) -> Done {
    let Some(dir) = &args.dir else {
        let mut text = Vec::new();
        clap_mangen::Man::new(command).render(&mut text)?;
        return print(&String::from_utf8_lossy(&text));
    };
    clap_mangen::generate_to(command, dir)
        .map_err(|error| Failed(format!("{} cannot be written to: {error}", shown(dir))))
}
