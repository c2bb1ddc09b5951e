//! stub
use super::*;
pub fn trace(_a: &TraceArguments) -> u8 { 0 }
