//! For tests only: a real town server as a process that can be killed, named laptops, a proxy that cuts
//! connections, a disk whose plug can be pulled, clocks that are wrong, and photos.
//!
//! Owns no rule of the product. Never sleeps: everything waits for something that happens.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod clock;
mod desk;
mod double;
mod faults;
mod laptop;
mod not_tried;
mod photos;
mod power;
mod program;
mod proxy;
mod town;

pub use clock::{SkewedClock, WoundClock};
pub use desk::Desk;
pub use double::Double;
pub use faults::{BadNetwork, Fault};
pub use laptop::{Inspector, case_with};
pub use not_tried::not_tried;
pub use photos::{camera_photos, scene};
pub use power::Disk;
pub use program::{program, run};
pub use proxy::{Cut, Proxy};
pub use town::{Server, Town};
