//! The columns of a form: labels, figures below their headings, and what people want beside them.

use super::{Drawing, Slot, slot, with_unit};
use crate::{
    ingest::layout::{Attach, Drawn, Values},
    model::{Breakdown, Choice, Dimension, Figured, FormColumn, Holds, Id, Limits, MeasureKind, Of},
};

impl<'a> Drawing<'a> {
    /// The dimensions that stand in rows, in the order of their columns.
    pub(super) fn row_dimensions(&self) -> Vec<&'a Dimension> {
        let named = |dimension: &Dimension| {
            let is_it = |drawn: &Drawn| matches!(drawn, Drawn::Dimension(id) if *id == dimension.id);
            self.layout.template.columns.iter().position(is_it).unwrap_or(usize::MAX)
        };
        let in_rows = |(dimension, slot): (&'a Dimension, Slot)| matches!(slot, Slot::Row(_)).then_some(dimension);
        let mut dimensions: Vec<&Dimension> = self.dimensions().into_iter().filter_map(in_rows).collect();
        dimensions.sort_by_key(|dimension| named(dimension));
        dimensions
    }

    pub(super) fn columns(&self) -> Vec<FormColumn> {
        let mut columns = Vec::new();
        let mut run: Vec<&Values> = Vec::new();
        for drawn in self.order() {
            if let Drawn::Measure(id) = &drawn {
                let Some(values) = self.layout.values.iter().find(|values| values.measure == *id) else { continue };
                if run.last().is_some_and(|last| !self.are_below_the_same(last, values)) {
                    columns.extend(self.figures(&std::mem::take(&mut run)));
                }
                run.push(values);
                continue;
            }
            columns.extend(self.figures(&std::mem::take(&mut run)));
            columns.extend(self.label(&drawn));
        }
        columns.extend(self.figures(&run));
        columns
    }

    /// What stands in the columns, from the left: as the layout says; labels it does not name before that, figures behind it.
    fn order(&self) -> Vec<Drawn> {
        let asked = &self.layout.template.columns;
        let mut labels = Vec::new();
        if matches!(slot(&self.layout.area), Slot::Row(_)) {
            labels.push(Drawn::Area);
        }
        if matches!(slot(&self.layout.period), Slot::Row(_)) {
            labels.push(Drawn::Period);
        }
        labels.extend(self.row_dimensions().into_iter().map(|dimension| Drawn::Dimension(dimension.id.clone())));
        // A row without any label would say nothing to whoever fills it.
        if labels.is_empty() && self.naming.area().is_some() && asked.is_empty() {
            labels.push(Drawn::Area);
        }
        labels.retain(|drawn| !asked.contains(drawn));
        let as_list = asked.is_empty() && self.is_read_by_headings();
        let number = as_list.then(|| Drawn::Unread(self.say("序号", "No.").to_string()));
        let remark = as_list.then(|| Drawn::Unread(self.say("备注", "Remarks").to_string()));
        let measures = self.layout.values.iter().map(|values| Drawn::Measure(values.measure.clone()));
        let mut figures: Vec<Drawn> = Vec::new();
        for measure in measures.filter(|drawn| !asked.contains(drawn)) {
            if !figures.contains(&measure) {
                figures.push(measure);
            }
        }
        number.into_iter().chain(labels).chain(asked.iter().cloned()).chain(figures).chain(remark).collect()
    }

    /// A list whose labels are found by the headings of their columns: other columns beside them are never taken for labels.
    fn is_read_by_headings(&self) -> bool {
        let dimensions = self.row_dimensions();
        let by_heading = |dimension: &&Dimension| {
            self.layout.dimensions.get(&dimension.id).is_some_and(|ways| matches!(ways.first(), Some(Attach::Column(_))))
        };
        dimensions.iter().any(|dimension| dimension.open) && dimensions.iter().all(by_heading)
    }

    fn label(&self, drawn: &Drawn) -> Option<FormColumn> {
        let headed = |ways: &[Attach], usual: &str| match slot(ways) {
            Slot::Row(Some(heading)) => heading.to_string(),
            _ => usual.to_string(),
        };
        let language = self.occasion.language;
        let (heading, holds) = match drawn {
            Drawn::Measure(_) => return None,
            Drawn::Unread(heading) if ["序号", "No."].contains(&heading.as_str()) => (heading.clone(), Holds::Number),
            Drawn::Unread(heading) => (heading.clone(), Holds::Remark),
            Drawn::Area => {
                let choice = |code: Id| Choice { said: self.naming.area_said(&code), code };
                let choices = self.parts().map(choice).collect();
                (headed(&self.layout.area, self.say("地区", "Area")), Holds::Label { of: Of::Area, choices })
            }
            Drawn::Period => {
                let holds = Holds::Label { of: Of::Period, choices: Vec::new() };
                (headed(&self.layout.period, self.say("时期", "Period")), holds)
            }
            Drawn::Dimension(id) => {
                let dimension = self.book.dimension(id)?;
                let choices = self
                    .members(dimension)
                    .into_iter()
                    .map(|member| Choice { said: member.name.in_language(language).to_string(), code: member.code.clone() });
                let holds = Holds::Label { of: Of::Dimension(id.clone()), choices: choices.collect() };
                (headed(self.layout.dimensions.get(id)?, dimension.name.in_language(language)), holds)
            }
        };
        Some(FormColumn { headings: vec![heading], holds })
    }

    /// The dimensions in the headings above the figures of a measure.
    fn dimensions_above(&self, values: &Values) -> Vec<&'a Dimension> {
        let by = self.book.measure(&values.measure).map(|measure| &measure.by);
        let is_above = |(dimension, slot): (&'a Dimension, Slot)| {
            (slot == Slot::Above && by.is_some_and(|by| by.contains(&dimension.id))).then_some(dimension)
        };
        self.dimensions().into_iter().filter_map(is_above).collect()
    }

    fn are_below_the_same(&self, one: &Values, other: &Values) -> bool {
        let ids =
            |values: &Values| self.dimensions_above(values).iter().map(|dimension| dimension.id.clone()).collect::<Vec<_>>();
        ids(one) == ids(other)
    }

    /// Neighbouring measures below the same members: all of them under the first member, then all under the next.
    fn figures(&self, run: &[&Values]) -> Vec<FormColumn> {
        let Some(first) = run.first() else { return Vec::new() };
        let mut above = vec![(Vec::new(), Breakdown::new())];
        for dimension in self.dimensions_above(first) {
            let with = |(headings, members): (Vec<String>, Breakdown)| {
                let members_of = self.members(dimension).into_iter();
                members_of.map(move |member| {
                    let mut headings = headings.clone();
                    headings.push(member.name.in_language(self.occasion.language).to_string());
                    (headings, members.with(&dimension.id, &member.code))
                })
            };
            above = above.into_iter().flat_map(with).collect();
        }
        let period = (slot(&self.layout.period) == Slot::Above).then_some(self.occasion.period);
        let mut columns = Vec::new();
        for (mut headings, members) in above {
            if slot(&self.layout.area) == Slot::Above {
                headings.splice(0..0, self.naming.area().map(|code| self.naming.area_said(&code)));
            }
            if let Some(period) = period {
                headings.insert(0, self.naming.period_said(period));
            }
            columns.extend(run.iter().map(|values| self.figure(values, &headings, &members)));
        }
        columns
    }

    fn figure(&self, values: &Values, above: &[String], members: &Breakdown) -> FormColumn {
        let measure = self.book.measure(&values.measure);
        let kind = measure.map(|measure| measure.kind).unwrap_or_default();
        let unit = if matches!(kind, MeasureKind::Day | MeasureKind::Words) { "" } else { values.unit.as_str() };
        let mut headings = above.to_vec();
        headings.extend(self.written(values, unit));
        // A figure that no words head says its unit behind the member above it.
        if self.layout.template.headings.get(&values.measure).is_none_or(Vec::is_empty)
            && let Some(last) = headings.last_mut()
        {
            *last = with_unit(last, unit);
        }
        let figured = Figured {
            measure: values.measure.clone(),
            name: self.book.measure_name(&values.measure),
            kind,
            unit: unit.to_string(),
            area: (slot(&self.layout.area) == Slot::Above).then(|| self.naming.area()).flatten(),
            period: (slot(&self.layout.period) == Slot::Above).then_some(self.occasion.period),
            members: members.clone(),
            limits: Limits::default(),
        };
        FormColumn { headings, holds: Holds::Figure(Box::new(figured)) }
    }

    /// The headings of a measure with the unit: once above them all where they share it, else with the innermost.
    fn written(&self, values: &Values, unit: &str) -> Vec<String> {
        let headings = &self.layout.template.headings;
        let mut written = headings.get(&values.measure).cloned().unwrap_or_default();
        let Some(outer) = written.first().cloned() else { return written };
        let beside = |other: &&Values| headings.get(&other.measure).and_then(|other| other.first()) == Some(&outer);
        let shared = written.len() > 1 && self.layout.values.iter().filter(beside).all(|other| other.unit == values.unit);
        let place = if shared { 0 } else { written.len() - 1 };
        written[place] = with_unit(&written[place], unit);
        written
    }
}
