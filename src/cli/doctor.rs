//! `yardstick doctor`: is everything in order for a run by night, with the settings that it would have?

use super::{DoctorArguments, run::orders, tell};
use crate::run::{Order, examine};

/// 0 where all is well, 1 where something is not.
pub fn doctor(arguments: &DoctorArguments) -> u8 {
    let language = arguments.run.language.language();
    let mut well = true;
    for order in orders(&arguments.run) {
        tell(&format!("{}\n", Order::name(&order)));
        for examined in examine(&order) {
            well &= examined.well;
            let mark = if examined.well { "✓" } else { "✗" };
            tell(&format!("  {mark} {}: {}\n", examined.what.in_language(language), examined.found.in_language(language)));
        }
    }
    u8::from(!well)
}
