//! Summary → figures: which charts there are, one file per kind. Every indicator gets its charts without being asked.

mod bars;
mod bullet;
mod dots;
mod dumbbell;
mod heat;
mod incomplete;
mod line;
mod members;
mod multiples;
mod pace;
mod pairs;
mod periods;
mod phrase;
mod ranks;
mod slope;
mod subject;
mod tiles;
mod topic;
mod waterfall;
mod wishes;

use jiff::civil::Date;

use crate::model::{Areas, Figure, Id, Indicator, Kind, Language, Profile, Summary, Target, Text, indicator::Formula};
pub use periods::stretch;
use subject::Subject;
pub use tiles::Spot;
use topic::Topic;
pub use wishes::{Wish, Wishes};

/// What charts are made from.
#[derive(Clone, Copy)]
pub struct Chapter<'a> {
    pub summary: &'a Summary,
    pub indicators: &'a [Indicator],
    pub targets: &'a [Target],
    pub areas: &'a Areas,
    /// The subjects of indicators with their names.
    pub subjects: &'a [(Id, Text)],
    pub profiles: &'a [Profile],
    /// Where each area stands on a map made of tiles; empty where the pipeline has no such map.
    pub tiles: &'a [Spot],
    pub wishes: &'a Wishes,
    /// The name of a member of a dimension; with an empty member, the name of the dimension itself.
    pub names: &'a dyn Fn(&str, &str) -> Text,
    pub language: Language,
    /// The numbers are made up, and every picture says so.
    pub sample: bool,
    /// Document and publisher.
    pub source: &'a Text,
    pub as_of: Date,
}

/// The figures of which the first that is drawn speaks for an indicator: it over time, else its pace in the year, else its areas.
pub fn speaking_for(indicator: &str) -> [String; 3] {
    ["line", "pace", "bars"].map(|kind| format!("{indicator}-{kind}"))
}

/// The charts of every subject, total and ratio that there is enough for, in the order of the indicators.
pub fn figures(chapter: &Chapter) -> Vec<Figure> {
    let mut figures = Vec::new();
    let mut begun: Option<&Id> = None;
    for indicator in chapter.indicators {
        if begun != Some(&indicator.subject) {
            begun = Some(&indicator.subject);
            let asked = chapter.wishes.of_subject(&indicator.subject);
            figures.extend(asked.filter_map(|(kind, _)| of_subject(chapter, &indicator.subject, kind, &[])));
        }
        if is_drawn(indicator) {
            figures.extend(by_itself(&Subject::new(chapter, indicator, &[])));
        }
    }
    figures
}

/// It serves only the other readings of targets: its line is enough.
fn is_aside(subject: &Subject) -> bool {
    let id = Some(&subject.indicator.id);
    let of_other = |target: &Target| target.readings[1..].iter().any(|reading| reading.indicator.as_ref() == id);
    let targets = subject.chapter.targets;
    targets.iter().any(of_other) && targets.iter().all(|target| target.taken().indicator.as_ref() != id)
}

/// Totals and rates of areas have charts; figures about figures have none.
pub fn is_drawn(indicator: &Indicator) -> bool {
    matches!(
        indicator.formula,
        Formula::Total { .. } | Formula::Ratio { .. } | Formula::Reported { .. } | Formula::Standardised { .. }
    )
}

/// While a flow's year is running, its pace stands in place of its line, unless both are asked for.
fn by_itself(subject: &Subject) -> Vec<Figure> {
    let mut figures = Vec::new();
    let is_running = pace::is_running(subject);
    let is_aside = is_aside(subject);
    for (kind, asked) in subject.chapter.wishes.of_indicator(subject.indicator) {
        let is_left_out = match kind {
            Kind::Line => is_running && pace::course(subject).is_some(),
            Kind::Pace => !is_running,
            _ if is_aside => true,
            Kind::Waterfall => waterfall::decomposition(subject).is_none(),
            _ => false,
        };
        if asked || !is_left_out {
            figures.extend(subject.drawn(kind));
        }
    }
    figures
}

/// The charts of one kind of an indicator; of some areas only where these are named. None where there is not enough to draw.
pub fn of_indicator(chapter: &Chapter, indicator: &Indicator, kind: Kind, areas: &[Id]) -> Vec<Figure> {
    Subject::new(chapter, indicator, areas).drawn(kind)
}

/// The chart of one kind of a subject; of some areas only where these are named.
pub fn of_subject(chapter: &Chapter, subject: &str, kind: Kind, areas: &[Id]) -> Option<Figure> {
    let topic = Topic::new(chapter, subject, areas)?;
    match kind {
        Kind::Bullet => bullet::of_targets(&topic),
        Kind::Heat => heat::by_area(&topic),
        _ => None,
    }
}

impl Subject<'_> {
    fn drawn(&self, kind: Kind) -> Vec<Figure> {
        let figure = match kind {
            Kind::Line => line::over_time(self),
            Kind::Pace => pace::in_year(self),
            Kind::Bars => bars::by_area(self),
            Kind::Dots => dots::by_area(self),
            Kind::Dumbbell => dumbbell::by_area(self),
            Kind::Slope => slope::by_area(self),
            Kind::Waterfall => waterfall::of_change(self),
            Kind::Multiples => multiples::by_area(self),
            Kind::Tiles => tiles::of_areas(self),
            Kind::Members => return members::by_breakdown(self),
            Kind::Bullet | Kind::Heat => None,
        };
        figure.into_iter().collect()
    }
}

impl Chapter<'_> {
    /// One of two wordings, by the language of the run.
    fn say(&self, zh: String, en: String) -> String {
        match self.language {
            Language::Chinese => zh,
            Language::English => en,
        }
    }

    fn words<'t>(&self, text: &'t Text) -> &'t str {
        text.in_language(self.language)
    }

    fn area(&self, code: &str) -> String {
        self.areas.get(code).map_or(code, |area| self.words(&area.name)).to_string()
    }

    fn source(&self) -> String {
        let source = self.words(self.source);
        let as_of = self.as_of;
        let line = self.say(format!("来源：{source}；截至{as_of}。"), format!("Source: {source}; as of {as_of}."));
        if self.sample {
            line + &self.say("示例数据，不是真实统计。".into(), " Sample data, not real figures.".into())
        } else {
            line
        }
    }

    fn sample(&self) -> Option<String> {
        self.sample.then(|| self.say("示例数据".into(), "SAMPLE DATA".into()))
    }

    /// How the parts are counted: 区 where every district is called so.
    fn counted(&self) -> &'static str {
        let mut districts = self.areas.iter().filter(|area| area.kind == crate::model::AreaKind::District);
        if districts.all(|area| area.name.zh.ends_with('区')) { "区" } else { "地区" }
    }
}

#[cfg(test)]
mod tests;
