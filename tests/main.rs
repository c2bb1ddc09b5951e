//! What the program promises, held by running it: one module per promise.

mod alike;
mod audit;
mod catalogue;
mod commitments;
mod desk;
mod grid;
mod house;
mod oddities;
mod published;
mod scotland;
mod tables;
mod template;
mod trace;
mod trouble;
mod truth;
mod verdicts;
mod verdicts_forms;
mod workshop;
