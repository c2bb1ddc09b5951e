//! How long each stage takes.

use std::time::{Duration, Instant};

use jiff::{Timestamp, tz::TimeZone};

use super::{Stage, Watch};

/// A moment, as manifests say it, by the clock on the wall to the second.
pub fn on_the_wall(moment: &str) -> String {
    let parsed = moment.parse::<Timestamp>();
    parsed.map_or_else(|_| moment.to_string(), |at| at.to_zoned(TimeZone::system()).strftime("%Y-%m-%d %H:%M:%S").to_string())
}

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

#[cfg(test)]
mod tests {
    use super::on_the_wall;

    #[test]
    fn a_moment_is_said_by_the_clock_on_the_wall_to_the_second() {
        let said = on_the_wall("2026-11-30T02:34:29.123456789Z");
        assert!(said.len() == 19 && said.starts_with("2026-1") && said.ends_with(":29"), "{said}");
        assert_eq!(on_the_wall("?"), "?");
    }
}
