//! What the program promises, held by running it: one module per promise.

mod alike;
mod commitments;
mod formats;
mod grid;
mod house;
mod nightly;
mod oddities;
mod published;
mod scotland;
mod tables;
mod trace;
mod trouble;
mod truth;
mod verdicts;
mod workshop;
