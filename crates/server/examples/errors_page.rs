//! Prints the page of every error; `cargo xtask codegen` writes it to `docs/errors.md`.

fn main() {
    print!("{}", poolhouse_server::error_dictionary::page());
}
