//! Prints the compatibility page; `cargo xtask codegen` writes it to `docs/compatibility.md`.

fn main() {
    print!("{}", poolhouse_server::compatibility::page());
}
