//! Summary → figures: every indicator gets its charts without being asked, one file per kind.

mod bars;
mod line;
mod phrase;

use jiff::civil::Date;

use crate::model::{
    AreaKind, Areas, Breakdown, Figure, Indicator, IndicatorValue, Language, Period, Progress, Summary, Target, Text,
    indicator::Formula,
};

/// What charts are made from.
#[derive(Clone, Copy)]
pub struct Chapter<'a> {
    pub summary: &'a Summary,
    pub indicators: &'a [Indicator],
    pub targets: &'a [Target],
    pub areas: &'a Areas,
    /// The name of a member of a dimension; with an empty member, the name of the dimension itself.
    pub names: &'a dyn Fn(&str, &str) -> Text,
    pub language: Language,
    /// The numbers are made up, and every picture says so.
    pub sample: bool,
    /// Document and publisher.
    pub source: &'a Text,
    pub as_of: Date,
}

/// The charts of every total and every ratio, in the order of the indicators.
pub fn figures(chapter: &Chapter) -> Vec<Figure> {
    let said = |indicator: &Indicator| matches!(indicator.formula, Formula::Total { .. } | Formula::Ratio { .. });
    let mut figures = Vec::new();
    for indicator in chapter.indicators.iter().filter(|indicator| said(indicator)) {
        let subject = Subject::new(chapter, indicator);
        figures.extend(line::over_time(&subject));
        figures.extend(bars::by_area(&subject));
        let single = indicator.by.iter().filter_map(|by| if let [dimension] = by.as_slice() { Some(dimension) } else { None });
        figures.extend(single.filter_map(|dimension| line::by_member(&subject, dimension)));
    }
    figures
}

/// One indicator with everything that was found out about it.
struct Subject<'a> {
    chapter: &'a Chapter<'a>,
    indicator: &'a Indicator,
    values: Vec<&'a IndicatorValue>,
    /// Verdicts on the targets whose reading taken is about this indicator, those of the latest period first.
    progress: Vec<(&'a Target, &'a Progress)>,
}

impl<'a> Subject<'a> {
    fn new(chapter: &'a Chapter<'a>, indicator: &'a Indicator) -> Self {
        // Where there are years, the parts that they are made of are not drawn among them.
        let is_drawn = |period: Period| indicator.over_year.is_none() || matches!(period, Period::Year(_));
        let of_indicator = |value: &&IndicatorValue| value.indicator == indicator.id && is_drawn(value.period);
        let values = chapter.summary.values.iter().filter(of_indicator).collect();
        let mut progress: Vec<(&Target, &Progress)> = Vec::new();
        for target in chapter.targets.iter().filter(|target| target.taken().indicator.as_ref() == Some(&indicator.id)) {
            progress.extend(chapter.summary.progress.iter().filter(|row| row.target == target.id).map(|row| (target, row)));
        }
        progress.sort_by_key(|(_, row)| std::cmp::Reverse(row.period));
        Subject { chapter, indicator, values, progress }
    }

    fn language(&self) -> Language {
        self.chapter.language
    }

    /// One of two wordings, by the language of the run.
    fn say(&self, zh: String, en: String) -> String {
        match self.language() {
            Language::Chinese => zh,
            Language::English => en,
        }
    }

    fn words<'t>(&self, text: &'t Text) -> &'t str {
        text.in_language(self.language())
    }

    fn name(&self) -> &str {
        self.words(&self.indicator.name)
    }

    fn area(&self, code: &str) -> String {
        self.chapter.areas.get(code).map_or(code, |area| self.words(&area.name)).to_string()
    }

    fn is_ratio(&self) -> bool {
        matches!(self.indicator.formula, Formula::Ratio { .. })
    }

    fn whole(&self) -> Option<&'a str> {
        self.chapter.areas.whole().map(|area| area.code.as_ref())
    }

    /// The values of an area, of all that belong to a breakdown, in the order of the summary.
    fn of(&self, area: &str, belongs: impl Fn(&Breakdown) -> bool) -> Vec<&'a IndicatorValue> {
        let wanted = |value: &&&IndicatorValue| value.area.as_ref() == area && belongs(&value.breakdown);
        self.values.iter().filter(wanted).copied().collect()
    }

    /// The latest period in which the whole or any area has a value over all breakdowns.
    fn latest(&self) -> Option<Period> {
        self.values.iter().filter(|value| value.breakdown.is_empty() && value.value.is_some()).map(|value| value.period).max()
    }

    fn source(&self) -> String {
        let source = self.words(self.chapter.source);
        let as_of = self.chapter.as_of;
        let line = self.say(format!("来源：{source}；截至{as_of}。"), format!("Source: {source}; as of {as_of}."));
        if self.chapter.sample {
            line + &self.say("示例数据，不是真实统计。".into(), " Sample data, not real figures.".into())
        } else {
            line
        }
    }

    fn sample(&self) -> Option<String> {
        self.chapter.sample.then(|| self.say("示例数据".into(), "SAMPLE DATA".into()))
    }

    /// The definition of the indicator, where it has one.
    fn definition(&self) -> Option<String> {
        let words = self.words(&self.indicator.definition);
        (!words.is_empty()).then(|| self.say(format!("口径：{words}"), format!("Definition: {words}")))
    }

    /// Districts and the rows beside them, in their conventional order.
    fn parts(&self) -> impl Iterator<Item = &'a crate::model::Area> {
        self.chapter.areas.iter().filter(|area| area.kind != AreaKind::Whole)
    }
}

#[cfg(test)]
mod tests;
