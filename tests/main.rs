//! What the program promises, held by running it: one module per promise.

mod grid;
mod oddities;
mod published;
mod scotland;
mod trouble;
mod truth;
mod workshop;
