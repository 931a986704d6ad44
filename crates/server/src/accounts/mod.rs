//! Who may come in: passwords, sessions, one-time codes, the log of who looked at what.

pub mod access;
pub mod code;
pub mod enrol;
pub mod login;
pub mod password;
pub mod session;
pub mod setup;
pub mod user;
