//! One subject with the targets that are judged by its indicators.

use super::{Chapter, incomplete::lacks, subject::Draft};
use crate::model::{About, Area, AreaKind, Figure, Id, Indicator, Kind, Progress, Target};

pub struct Topic<'a> {
    pub chapter: &'a Chapter<'a>,
    pub id: &'a Id,
    pub name: &'a str,
    /// The targets of the latest year of which there are figures, with the indicators of the readings taken.
    pub targets: Vec<(&'a Target, &'a Indicator)>,
    pub asked: &'a [Id],
}

impl<'a> Topic<'a> {
    /// None where there is no such subject.
    pub fn new(chapter: &'a Chapter<'a>, subject: &str, asked: &'a [Id]) -> Option<Self> {
        let (id, name) = chapter.subjects.iter().find(|(id, _)| id.as_ref() == subject)?;
        let own = |target: &'a Target| {
            let id = target.taken().indicator.as_ref()?;
            let indicator = chapter.indicators.iter().find(|indicator| indicator.id == *id)?;
            (indicator.subject.as_ref() == subject).then_some((target, indicator))
        };
        let all: Vec<(&Target, &Indicator)> = chapter.targets.iter().filter_map(own).collect();
        // What is promised for a later year takes nothing from what can be judged; where nothing can, the latest stands.
        let is_seen = |target: &Target| chapter.summary.progress.iter().any(|row| row.target == target.id && row.value.is_some());
        let years = all.iter().map(|(target, _)| (is_seen(target), target.period.year()));
        let (_, latest) = years.max()?;
        let targets = all.into_iter().filter(|(target, _)| target.period.year() == latest).collect();
        Some(Topic { chapter, id, name: name.in_language(chapter.language), targets, asked })
    }

    /// The area that its targets are judged for: the one asked for, else the whole.
    pub fn place(&self) -> Option<&'a Area> {
        match self.asked.first() {
            Some(code) => self.chapter.areas.get(code),
            None => self.chapter.areas.whole(),
        }
    }

    pub fn progress(&self, target: &Target, area: &str) -> Option<&'a Progress> {
        let is_it = |row: &&Progress| row.target == target.id && row.area.as_ref() == area;
        self.chapter.summary.progress.iter().find(is_it)
    }

    pub fn districts(&self) -> impl Iterator<Item = &'a Area> {
        let is_asked = |area: &&Area| self.asked.is_empty() || self.asked.contains(&area.code);
        self.chapter.areas.iter().filter(|area| area.kind == AreaKind::District).filter(is_asked)
    }

    /// Which of the values that are shown of an area lack a part, and what, by the name of the target.
    pub fn incomplete(&self, place: &Area, shown: &[(&'a Target, &'a Indicator)]) -> Option<String> {
        let judged = |(target, indicator): &(&'a Target, &'a Indicator)| {
            let row = self.progress(target, &place.code)?;
            let value = self.chapter.summary.values.get(row.judged?).filter(|value| value.indicator == indicator.id)?;
            lacks(value).then(|| (self.chapter.words(&target.name).to_string(), value))
        };
        self.chapter.incomplete(Default::default(), shown.iter().filter_map(judged))
    }

    /// The figure of one kind. Its name says for which areas it was asked.
    pub fn figure(&self, kind: Kind, draft: Draft) -> Figure {
        let asked: String = self.asked.iter().map(|area| format!("-{area}")).collect();
        let id = format!("{}-{}{asked}", self.id, kind.word());
        self.chapter.figure(id, About::Subject(self.id.clone()), String::new(), kind, draft)
    }

    /// The day on which its targets are judged, in words.
    pub fn as_of(&self) -> String {
        let as_of = self.chapter.as_of;
        self.chapter.say(format!("按截至{as_of}的数据判断"), format!("judged as of {as_of}"))
    }
}
