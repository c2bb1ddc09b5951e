//! What the program promises, held by running it: one module per promise.

mod alike;
mod audit;
mod catalogue;
mod charts;
mod commitments;
mod corrections;
mod depend;
mod desk;
mod formats;
mod grid;
mod hostile;
mod house;
mod nightly;
mod oddities;
mod published;
mod scotland;
mod sources;
mod tables;
mod template;
mod trace;
mod trouble;
mod truth;
mod verdicts;
mod verdicts_forms;
mod workshop;
