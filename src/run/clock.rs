//! How long each stage takes.

use std::time::{Duration, Instant};

use super::{Stage, Watch};

pub struct Clock<'a> {
    watch: &'a dyn Watch,
    entered: Vec<(Stage, Instant)>,
}

impl<'a> Clock<'a> {
    pub fn new(watch: &'a dyn Watch) -> Self {
        Clock { watch, entered: Vec::new() }
    }

    pub fn enter(&mut self, stage: Stage, steps: usize) {
        self.watch.stage(stage, steps);
        self.enter_quietly(stage);
    }

    /// A stage that is over before anybody has read its name.
    pub fn enter_quietly(&mut self, stage: Stage) {
        self.entered.push((stage, Instant::now()));
    }

    /// A run that has waited begins again.
    pub fn restart(&mut self) {
        self.entered.clear();
    }

    pub fn times(&self) -> Vec<(Stage, Duration)> {
        let ends = self.entered.iter().skip(1).map(|(_, instant)| *instant).chain([Instant::now()]);
        self.entered.iter().zip(ends).map(|((stage, start), end)| (*stage, end - *start)).collect()
    }
}
