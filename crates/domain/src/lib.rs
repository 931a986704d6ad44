//! What the town works with: record kinds, event payloads, the fold, the lifecycle of a case, deadlines,
//! the catalogue, permissions, and a sample town.
//!
//! Owns every rule of the town's work. Never touches a clock, a file, a socket, a random source or SQL: the
//! same input gives the same answer on a laptop, on the server and in ten years.
//!
//! Start reading at [`record`] (how events become a record), then [`case::lifecycle`] (the table of what may
//! happen to a case), then [`case::decide`] (a person's wish becomes events) and [`case::judge`] (the town
//! server's answer).
pub mod access;
pub mod address;
pub mod batch;
pub mod calendar;
pub mod case;
pub mod catalogue;
pub mod company;
pub mod compound;
pub mod deadline;
pub mod decimal;
pub mod demo;
pub mod device;
pub mod dwelling;
pub mod event;
pub mod export;
pub mod geo;
pub mod graph;
pub mod identifier;
pub mod import;
pub mod indicator;
pub mod judgement;
pub mod ledger;
pub mod mask;
pub mod numbers;
pub mod paper;
pub mod permission;
pub mod plan;
pub mod proceeding;
pub mod record;
pub mod round;
pub mod search;
pub mod stamp;
pub mod town;
pub mod user;
