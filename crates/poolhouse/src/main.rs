//! The `poolhouse` command: arguments, wiring, and running until told to stop.

mod args;
mod banner;
mod housekeeping;
mod listen;
mod logging;
mod master_key;
mod quickstart;
mod ready_file;
mod serve;
mod stop;
mod store;
mod system_clock;
mod wiring;

use std::process::ExitCode;

use args::Command;

fn main() -> ExitCode {
    let outcome = match args::read() {
        Command::Serve(config) => config.and_then(|config| serve::run(&config)),
        Command::Quickstart(config) => config.and_then(|config| quickstart::run(&config)),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("poolhouse: {error:#}");
            ExitCode::FAILURE
        }
    }
}
