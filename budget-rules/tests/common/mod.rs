//! What several tests share.
#![allow(dead_code, clippy::unwrap_used, clippy::panic)] // Each test binary uses a part of it.

pub(crate) mod mutation;
pub(crate) mod sample;
