//! One function per thing a person can do.
pub mod act;
pub mod command;
pub mod error;
pub mod typescript;
pub mod view;
pub struct Api;
pub struct Caller;
