//! What several tests share.
#![allow(dead_code)] // Each test binary uses a part of it.

pub(crate) mod form;
pub(crate) mod gold;
pub(crate) mod mutation;
