//! What a person sees while a run is under way: a bar on a terminal, plain lines elsewhere.

use std::sync::Mutex;

use indicatif::{ProgressBar, ProgressStyle};

use super::{colour_on_stderr, warn};
use crate::{
    diag::{self, Finding, Severity},
    model::Language,
    run::{Stage, Watch},
};

pub struct Screen {
    language: Language,
    bar: Mutex<Option<ProgressBar>>,
    terminal: bool,
}

impl Screen {
    pub fn new(language: Language) -> Screen {
        Screen { language, bar: Mutex::new(None), terminal: colour_on_stderr() }
    }

    pub fn clear(&self) {
        if let Ok(mut bar) = self.bar.lock()
            && let Some(bar) = bar.take()
        {
            bar.finish_and_clear();
        }
    }
}

impl Watch for Screen {
    fn stage(&self, stage: Stage, steps: usize) {
        let name = stage.name().in_language(self.language).to_string();
        self.clear();
        if !self.terminal {
            warn(&format!("{:8} {name}{}\n", stage.word(), if steps > 0 { format!(" ({steps})") } else { String::new() }));
            return;
        }
        let bar = if steps > 0 { ProgressBar::new(steps as u64) } else { ProgressBar::new_spinner() };
        let template = if steps > 0 { "{msg} [{bar:30}] {pos}/{len}" } else { "{spinner} {msg}" };
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style);
        }
        bar.set_message(name);
        bar.tick();
        if let Ok(mut place) = self.bar.lock() {
            *place = Some(bar);
        }
    }

    fn step(&self) {
        if let Ok(bar) = self.bar.lock()
            && let Some(bar) = bar.as_ref()
        {
            bar.inc(1);
        }
    }

    fn note(&self, note: &Finding) {
        self.clear();
        warn(&format!("{}\n", diag::show(note, self.language, self.terminal)));
    }

    fn waiting(&self, holder: &Finding) {
        self.clear();
        let holder = holder.clone().severity(Severity::Note);
        warn(&format!("{}\n", diag::show(&holder, self.language, self.terminal)));
    }
}
