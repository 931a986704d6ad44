//! Paper: notices as PDF, ledgers as Excel. Data in, bytes out.
//!
//! Owns the templates, the fonts' choice and the file formats. Must never speak SQL, open a socket, or decide what
//! a paper has to say (that is `domain`).
//!
//! Start reading at [`paper`] for what is printed and [`ledger`] for what opens in Excel.

pub mod ledger;
pub mod overlay;
pub mod paper;
