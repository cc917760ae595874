//! The `poolhouse` command: arguments, wiring, and running until told to stop.

mod args;
mod banner;
mod ca;
mod explain;
mod health;
mod housekeeping;
mod listen;
mod logging;
mod master_key;
mod own_client;
mod private_file;
mod quickstart;
mod ready_file;
mod seed;
mod serve;
mod stdout;
mod stop;
mod store;
mod system_clock;
mod tls;
mod token;
mod wiring;

use std::process::ExitCode;

use args::Command;

/// Requests are many small values made on one thread and dropped on another, which the allocators
/// of the systems do slowly, that of musl above all.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let outcome = match args::read() {
        Command::Serve(config) => config.and_then(|config| serve::run(&config)).map(succeed),
        Command::Quickstart(config) => config
            .and_then(|config| quickstart::run(&config))
            .map(succeed),
        Command::Health(config) => config.and_then(|config| health::run(&config)).map(succeed),
        Command::Ca { is_pem, config } => config
            .and_then(|config| ca::run(is_pem, &config))
            .map(succeed),
        Command::Token(command, environment) => Ok(token::run(&command, &environment)),
        Command::Explain(args) => explain::run(&args),
        Command::Seed(command, config) => config.and_then(|config| seed::run(&command, &config)),
    };
    match outcome {
        Ok(code) => code,
        Err(error) => {
            eprintln!("poolhouse: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn succeed((): ()) -> ExitCode {
    ExitCode::SUCCESS
}
