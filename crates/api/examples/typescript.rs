//! Prints the TypeScript of the command table: `cargo run -p xunju-api --example typescript`.
fn main() {
    print!("{}", xunju_api::typescript::file());
}
