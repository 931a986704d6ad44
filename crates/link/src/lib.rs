//! A laptop on the network: drives the `sync` machine over HTTP and keeps what comes of it.
//!
//! Owns: the connections, the thread that waits, enrolment, and [`Laptop`], the whole program behind a window
//! or a command line. Must never: decide what to send, whom to believe or when to try again (that is `sync`),
//! nor speak SQL (that is `store`).
//!
//! Start reading at [`laptop`], then `driver.rs`.

mod bell;
mod chores;
mod courier;
mod driver;
mod enrol;
mod http;
mod keep;
pub mod laptop;
mod level;
mod origin;
mod pulse;
mod running;
mod trouble;
pub mod witness;

pub use laptop::{Laptop, Options, Outcome};
