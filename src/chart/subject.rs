//! One indicator with everything that was found out about it, and the figure that a chart of it becomes.

use super::Chapter;
use crate::model::{
    About, Area, AreaKind, Bounds, Breakdown, Figure, Id, Indicator, IndicatorValue, Key, Kind, Language, Marks, Period,
    Progress, Table, Target, Text, indicator::Formula,
};

pub struct Subject<'a> {
    pub chapter: &'a Chapter<'a>,
    pub indicator: &'a Indicator,
    pub values: Vec<&'a IndicatorValue>,
    /// Verdicts on the targets whose reading taken is about this indicator: those of the latest period first, and behind them those of
    /// periods that have not begun.
    pub progress: Vec<(&'a Target, &'a Progress)>,
    /// The areas that are asked for; all of them where none is named.
    pub asked: &'a [Id],
}

/// What a kind of chart says; the rest of a figure is the same for all.
pub struct Draft {
    pub title: String,
    pub subtitle: String,
    /// What the picture shows, as a list of values: the second half of its alternative text.
    pub told: String,
    pub marks: Marks,
    pub key: Vec<Key>,
    pub notes: Vec<String>,
    pub table: Table,
}

impl<'a> Subject<'a> {
    pub fn new(chapter: &'a Chapter<'a>, indicator: &'a Indicator, asked: &'a [Id]) -> Self {
        let of_indicator = |value: &&IndicatorValue| value.indicator == indicator.id && indicator.shows(value.period);
        let values = chapter.summary.values.iter().filter(of_indicator).collect();
        let mut progress: Vec<(&Target, &Progress)> = Vec::new();
        for target in chapter.targets.iter().filter(|target| target.taken().indicator.as_ref() == Some(&indicator.id)) {
            progress.extend(chapter.summary.progress.iter().filter(|row| row.target == target.id).map(|row| (target, row)));
        }
        let is_to_come = |row: &Progress| chapter.as_of < row.period.first_day();
        progress.sort_by_key(|(_, row)| (is_to_come(row), std::cmp::Reverse(row.period.chronological())));
        Subject { chapter, indicator, values, progress, asked }
    }

    pub fn language(&self) -> Language {
        self.chapter.language
    }

    pub fn say(&self, zh: String, en: String) -> String {
        self.chapter.say(zh, en)
    }

    pub fn words<'t>(&self, text: &'t Text) -> &'t str {
        self.chapter.words(text)
    }

    pub fn name(&self) -> &'a str {
        self.indicator.name.in_language(self.language())
    }

    pub fn area(&self, code: &str) -> String {
        self.chapter.area(code)
    }

    /// Its areas can be compared with the whole.
    pub fn is_ratio(&self) -> bool {
        !matches!(self.indicator.formula, Formula::Total { .. })
    }

    pub fn whole(&self) -> Option<&'a str> {
        self.chapter.areas.whole().map(|area| area.code.as_ref())
    }

    /// The area that a chart of one area is about: the one asked for, else the whole.
    pub fn place(&self) -> Option<&'a str> {
        self.asked.first().map(AsRef::as_ref).or(self.whole())
    }

    /// Is this area to be seen in a chart of several?
    pub fn is_asked(&self, area: &Area) -> bool {
        self.asked.is_empty() || area.kind == AreaKind::Whole || self.asked.contains(&area.code)
    }

    /// The values of an area, of all that belong to a breakdown, in the order of the summary.
    pub fn of(&self, area: &str, belongs: impl Fn(&Breakdown) -> bool) -> Vec<&'a IndicatorValue> {
        let wanted = |value: &&&IndicatorValue| value.area.as_ref() == area && belongs(&value.breakdown);
        self.values.iter().filter(wanted).copied().collect()
    }

    /// The value of an area over all breakdowns.
    pub fn total(&self, area: &str, period: Period) -> Option<&'a IndicatorValue> {
        let is_it = |row: &&&IndicatorValue| row.period == period && row.area.as_ref() == area && row.breakdown.is_empty();
        self.values.iter().find(is_it).copied()
    }

    /// The latest period in which the whole or any area has a value over all breakdowns.
    pub fn latest(&self) -> Option<Period> {
        let known = self.values.iter().filter(|value| value.breakdown.is_empty() && value.value.is_some());
        known.map(|value| value.period).max_by_key(|period| period.chronological())
    }

    /// What is drawn, at the beginning of a title of several areas: not all of them where some are asked for.
    pub fn titled(&self) -> String {
        let name = self.name();
        if self.asked.is_empty() {
            return name.to_string();
        }
        let areas = self.areas();
        self.say(format!("{areas}{name}"), format!("{name} ({areas})"))
    }

    /// The areas of a chart of several: those that are asked for, else all of the whole.
    pub fn areas(&self) -> String {
        if self.asked.is_empty() {
            let (whole, counted) = (self.whole().map(|code| self.area(code)).unwrap_or_default(), self.chapter.counted());
            return self.say(format!("{whole}各{counted}"), format!("areas of {whole}"));
        }
        self.chapter.listed(&self.asked.iter().map(|area| self.area(area)).collect::<Vec<_>>())
    }

    /// The definition of the indicator, where it has one.
    pub fn definition(&self) -> Option<String> {
        let words = self.words(&self.indicator.definition);
        (!words.is_empty()).then(|| self.say(format!("口径：{words}"), format!("Definition: {words}")))
    }

    /// The unit, unless it says the name again: pupils are counted in pupils.
    pub fn unit_word(&self) -> &'a str {
        let unit = self.indicator.unit.in_language(self.language());
        if unit.eq_ignore_ascii_case(self.name()) { "" } else { unit }
    }

    /// The unit in brackets, behind the name of what is measured.
    pub fn unit(&self) -> String {
        let unit = self.unit_word();
        if unit.is_empty() { String::new() } else { self.say(format!("（{unit}）"), format!(" ({unit})")) }
    }

    pub fn nothing(&self) -> String {
        self.say("无数据".into(), "no data".into())
    }

    /// A value as it is printed on a mark, or the words that stand for a missing one.
    pub fn shown(&self, value: Option<f64>) -> String {
        value.map_or_else(|| self.nothing(), |value| self.short(value))
    }

    /// The value of a row, or the words that stand for it: that it is withheld, or that there is none.
    pub fn shown_of(&self, row: Option<&IndicatorValue>) -> String {
        match row.filter(|row| row.is_withheld()) {
            Some(row) => self.words(&row.status.name()).to_string(),
            None => self.shown(row.and_then(|row| row.value)),
        }
    }

    /// In front of who is first and who is last: where a value that may be either is withheld, it is so of those that are published.
    pub fn of_published(&self, is_any_withheld: bool, of: &str) -> String {
        match is_any_withheld {
            true => self.say(format!("已公布的{of}中，"), "of those published, ".into()),
            false => String::new(),
        }
    }

    /// The figure of one kind. Its name says for which areas it was asked.
    pub fn figure(&self, kind: Kind, draft: Draft) -> Figure {
        let asked: String = self.asked.iter().map(|area| format!("-{area}")).collect();
        self.named(format!("{}-{}{asked}", self.indicator.id, kind.word()), kind, draft)
    }

    pub fn named(&self, id: String, kind: Kind, draft: Draft) -> Figure {
        let unit = self.words(&self.indicator.unit).to_string();
        self.chapter.figure(id, About::Indicator(self.indicator.id.clone()), unit, kind, draft)
    }
}

impl Chapter<'_> {
    pub fn figure(&self, id: String, about: About, unit: String, kind: Kind, draft: Draft) -> Figure {
        let Draft { title, subtitle, told, marks, key, notes, table } = draft;
        let name = kind.name();
        let alt = self.say(format!("{}：{subtitle}。{told}", name.zh), format!("{}: {subtitle}. {told}", name.en));
        Figure {
            id,
            about,
            language: self.language,
            title,
            subtitle,
            unit,
            marks,
            key,
            notes,
            source: self.source(),
            sample: self.sample(),
            alt: alt.trim_end().to_string(),
            table,
        }
    }
}

/// The bounds of a value, where it has an interval.
pub fn interval(row: &IndicatorValue) -> Option<Bounds> {
    row.interval.map(|interval| Bounds { lower: interval.lower, upper: interval.upper })
}
