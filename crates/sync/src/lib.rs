//! How a laptop and the town server speak, as decisions without wires.
//!
//! Owns: the frames and their limits, the messages, what the server answers to a push and puts on a
//! page, and what a laptop sends next. Must never: open a socket or a file, read a clock, draw a random
//! number, know what a case is. Moments and random numbers are passed in; what is to be done comes out.
//!
//! Start reading at [`message`], then [`wire`], [`server::judge_push`], [`server::page`], [`client`].

pub mod client;
pub mod limits;
pub mod message;
pub mod request;
pub mod server;
pub mod wire;

pub use message::{
    BackedReply, BackedRequest, Carried, Cursor, EnrolReply, EnrolRequest, LogReply, PageFrame, PullReply, PullRequest,
    PushReply, PushRequest, Reach, RecoverReply, RecoverRequest, WaitReply, Welcome,
};
pub use wire::WireError;
