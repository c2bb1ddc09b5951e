//! `yardstick completions` and `yardstick man`: made from the same arguments that are read.

use clap::CommandFactory;
use clap_complete::{Shell, generate};
use clap_mangen::Man;

use super::{Cli, tell};

const NAME: &str = "yardstick";

pub fn completions(shell: Shell) -> u8 {
    let mut text = Vec::new();
    generate(shell, &mut Cli::command(), NAME, &mut text);
    tell(&String::from_utf8_lossy(&text));
    0
}

/// One page: the program, then each of its commands.
pub fn manual() -> u8 {
    let mut command = Cli::command();
    command.build();
    let mut page = Vec::new();
    let mut render = |command: &clap::Command| Man::new(command.clone()).render(&mut page);
    let rendered = render(&command)
        .and_then(|()| command.get_subcommands().filter(|verb| verb.get_name() != "help").try_for_each(&mut render));
    tell(&String::from_utf8_lossy(&page));
    u8::from(rendered.is_err()) * 2
}
