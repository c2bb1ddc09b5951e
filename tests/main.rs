//! What the program promises, held by running it: one module per promise.

mod grid;
mod published;
mod scotland;
mod truth;
mod workshop;
