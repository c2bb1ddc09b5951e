//! A revision in words: names from the pipeline, and figures as they are printed elsewhere.

use crate::model::{Codebook, Indicator, Publication, Revision, Text, goal::with_unit, number::digits, printed};

/// Digits after the point that are added where two figures would look alike.
const MOST: usize = 6;

/// The names of what was revised; what is known no longer goes by the name it had.
#[derive(Clone, Copy)]
pub struct Names<'a> {
    pub book: &'a Codebook,
    pub indicators: &'a [Indicator],
}

impl Names<'_> {
    pub fn area(&self, revision: &Revision) -> Text {
        let known = self.book.areas.get(&revision.area).map(|area| area.name.clone());
        known.unwrap_or_else(|| Text::same(revision.area_name.as_str()))
    }

    pub fn name(&self, revision: &Revision) -> Text {
        let indicator = self.indicator(revision).map(|indicator| &indicator.name);
        let measure = || self.book.measure(&revision.id).map(|measure| &measure.name);
        indicator.or_else(measure).cloned().unwrap_or_else(|| Text::same(revision.name.as_str()))
    }

    fn indicator(&self, revision: &Revision) -> Option<&Indicator> {
        let is_it = |indicator: &&Indicator| revision.table == "indicators" && indicator.id.as_ref() == revision.id;
        self.indicators.iter().find(is_it)
    }

    /// The breakdown in words; one of a dimension that is no longer known as it was written.
    pub fn part(&self, revision: &Revision) -> Text {
        if revision.breakdown.keys().all(|dimension| self.book.dimension(dimension).is_some()) {
            self.book.breakdown_name(&revision.breakdown)
        } else {
            Text::same(revision.members())
        }
    }

    /// What it was and what it is now, with as many digits as show that they differ.
    pub fn figures(&self, revision: &Revision) -> [Text; 2] {
        let indicator = self.indicator(revision);
        let sides = [&revision.before, &revision.after];
        let values = sides.map(|side| side.value);
        let own = || values.iter().flatten().map(|&value| digits(value)).max().unwrap_or(0);
        let least = indicator.map_or_else(own, |indicator| indicator.decimals);
        let at = |decimals: usize| values.map(|value| value.map(|value| printed(value, decimals)));
        let shown = (least..=least + MOST).map(at).find(|[before, after]| before != after).unwrap_or_else(|| at(least));
        let said = |number: Option<String>| match (number, indicator) {
            (None, _) => Text::same("—"),
            (Some(number), Some(indicator)) => with_unit(indicator, &number),
            (Some(number), None) => Text::same(number),
        };
        shown.map(said)
    }

    /// Where it stands now; where it stood, if it is gone.
    pub fn place(revision: &Revision) -> String {
        let Revision { before, after, .. } = revision;
        let Publication { file, sheet, cell, .. } = if after.cell.is_empty() { before } else { after };
        let parts = [file, sheet, cell].map(String::as_str);
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" › ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Formula, RevisionKind};

    fn figures(table: &str, before: Option<f64>, after: Option<f64>) -> [String; 2] {
        let side = |value| Publication { value, ..Publication::default() };
        let revision = Revision {
            kind: RevisionKind::Revised,
            tier: None,
            table: table.into(),
            id: "rate".into(),
            name: "rate".into(),
            area: "440103".into(),
            area_name: "荔湾区".into(),
            period: "2023".into(),
            breakdown: Default::default(),
            before: side(before),
            after: side(after),
        };
        let indicator = Indicator::rate(Formula::Total { of: Vec::new() });
        let names = Names { book: &Codebook::default(), indicators: &[indicator] };
        names.figures(&revision).map(|text| text.zh)
    }

    #[test]
    fn figures_are_printed_as_elsewhere_with_as_many_digits_as_show_the_revision() {
        assert_eq!(figures("indicators", Some(52.649_889_232_054_1), Some(53.0)), ["52.65%", "53.00%"]);
        assert_eq!(figures("indicators", Some(52.649_889), Some(52.649_012)), ["52.650%", "52.649%"]);
        assert_eq!(figures("observations", Some(12_345.0), None), ["12,345", "—"]);
        assert_eq!(figures("observations", Some(0.1 + 0.2), Some(1.25)), ["0.30", "1.25"]);
    }
}
