//! Two verdicts on each commitment: is it met, and which way is it moving?
//!
//! Rule: METHODS "Progress against a target": what is met is met, whatever the trend; before the period is over nothing is
//! missed, and a flow is on pace or behind by the profile of its year. Degenerate cases: no value, a value that lacks a part,
//! or no previous period where one is needed: cannot tell, and why. A figure of a document (the baseline) stands in for a
//! previous period that no workbook gives.

use rustc_hash::FxHashMap;

use super::{
    Questions,
    aim::{self, Answer, Facts},
    before::broken,
    easy::easy,
    edge::{Doubt, edge},
    extrapolation::{Goal, going_on, leads, outlook},
    ledger::{self, Ledger},
    shares::{Share, Shares, own_aim},
    to_come::to_come,
};
use crate::{
    diag::Finding,
    model::{
        Aim, Area, AreaKind, Better, Comparison, Dataset, Direction, Edge, Formula, GoingOn, Id, Indicator, IndicatorValue,
        Outlook, Pace, Period, Progress, Reading, Status, Target, Text, Verdict, at_least,
        number::{digits, plain},
        printed,
    },
};

pub fn judge(
    values: &[IndicatorValue],
    comparisons: &[Comparison],
    dataset: &Dataset,
    questions: &Questions,
) -> (Vec<Progress>, Vec<Finding>) {
    let ledger = Ledger::read(dataset, questions.ledger, questions.as_of);
    let shares = Shares::read(dataset, questions.task_sheet);
    let mut totals: Totals = FxHashMap::default();
    for (place, value) in values.iter().enumerate().filter(|(_, value)| value.breakdown.is_empty()) {
        totals.entry((&value.indicator, &value.area)).or_default().push(place);
    }
    let mut progress = Vec::new();
    let mut findings = Vec::new();
    for target in questions.targets {
        let by_figure = target.taken().indicator.is_some();
        let takes_shares = own_aim(&target.taken().aim, 0.0).is_some();
        let share = |area: &Area| shares.of(target, &area.code).filter(|_| takes_shares);
        // A target of the whole alone is judged in a district by the share it was given, and by nothing else.
        let areas = questions.book.areas.iter().filter(|area| match area.kind {
            AreaKind::Whole => true,
            AreaKind::District => by_figure && (target.every_area || share(area).is_some()),
            AreaKind::Other => false,
        });
        for area in areas {
            let share = share(area);
            let bench = Bench { values, totals: &totals, comparisons, questions, ledger: &ledger, target, area, share };
            progress.push(bench.progress());
            if area.kind == AreaKind::Whole {
                findings.extend(bench.easier_than_last());
                findings.extend(bench.unproven(dataset));
            }
        }
        let indicator = target.taken().indicator.as_deref().and_then(|id| questions.indicator(id));
        let is_sum = indicator.is_some_and(|indicator| matches!(indicator.formula, Formula::Total { .. }));
        if let Some(goal) = target.taken().aim.printed_level().filter(|_| is_sum && !target.every_area) {
            findings.extend(shares.disagree(target, goal, dataset, &questions.book.areas));
        }
        if !takes_shares {
            findings.extend(shares.without_use(target, dataset, &questions.book.areas));
        }
    }
    (progress, findings)
}

/// The places of the values over all breakdowns, by indicator and area.
type Totals<'a> = FxHashMap<(&'a Id, &'a Id), Vec<usize>>;

/// One target in one area.
struct Bench<'a> {
    values: &'a [IndicatorValue],
    totals: &'a Totals<'a>,
    comparisons: &'a [Comparison],
    questions: &'a Questions<'a>,
    ledger: &'a Ledger,
    target: &'a Target,
    area: &'a Area,
    share: Option<Share>,
}

/// What a reading says of a value.
struct Judged {
    verdict: Verdict,
    target_value: Option<f64>,
    pace: Option<Pace>,
    note: Text,
    edge: Option<Edge>,
}

impl<'a> Bench<'a> {
    fn progress(&self) -> Progress {
        let taken = self.target.taken();
        let judged = self.judge(taken);
        // A district that has nothing of a target of the whole but its share is judged by that alone.
        let is_judged = |reading: &&Reading| {
            self.area.kind == AreaKind::Whole || self.target.every_area || self.shared_aim(reading).is_some()
        };
        let others = self.target.readings[1..].iter().filter(is_judged);
        let others: Vec<(Text, Verdict)> = others.map(|reading| (reading.words.clone(), self.judge(reading).verdict)).collect();
        let place = self.place(taken, self.target.period);
        let value = place.map(|place| &self.values[place]);
        let mut note = judged.note;
        let disagrees = |other: Verdict| other != judged.verdict && other != Verdict::CannotTell;
        if judged.verdict != Verdict::CannotTell && others.iter().any(|(_, other)| disagrees(*other)) {
            note = note.and(&Text::new("各种读法的结论不同", "the readings disagree"));
        }
        let entry = self.ledger.of(self.target).filter(|_| taken.aim == Aim::Milestone);
        let number = value.and_then(|value| value.value);
        let (outlook, going_on) = self.ahead(value);
        let decimals = self.indicator(taken).map_or(0, |indicator| indicator.decimals);
        let leads = outlook.map(|outlook| leads(&outlook, self.target.period, decimals)).unwrap_or_default();
        let mut besides = entry.map(|entry| entry.from.clone()).unwrap_or_default();
        besides.extend(self.share.map(|share| share.row));
        // The period before decides where the level is counted from it.
        let has_level = judged.target_value.is_some() && self.own_aim(taken).is_from_previous();
        let before = self.place(taken, self.target.period.previous()).filter(|_| has_level);
        besides.extend(before.into_iter().flat_map(|place| self.values[place].from.iter().copied()));
        Progress {
            target: self.target.id.clone(),
            area: self.area.code.clone(),
            period: self.target.period,
            verdict: judged.verdict,
            direction: self.direction(value),
            value: number,
            target_value: judged.target_value,
            gap: number.zip(judged.target_value).map(|(value, target)| value - target),
            reading: taken.words.clone(),
            others,
            note: note.and(&leads).and(&self.target.note),
            judged: place,
            pace: judged.pace,
            milestone: entry.map(|entry| entry.milestone.clone()),
            besides,
            edge: judged.edge,
            outlook,
            going_on,
        }
    }

    fn judge(&self, reading: &Reading) -> Judged {
        match &reading.aim {
            Aim::Milestone => self.milestone(),
            Aim::Undecidable { because } => cannot_tell(because.clone()),
            _ => self.figure(reading),
        }
    }

    fn milestone(&self) -> Judged {
        let Some(entry) = self.ledger.of(self.target) else {
            return cannot_tell(Text::new("里程碑台账中没有这一项", "the ledger of milestones has no row for it"));
        };
        let verdict = match ledger::verdict(&entry.milestone, self.target.period, self.questions.as_of) {
            Verdict::Overdue if self.target.aspiration => Verdict::Aspiration,
            verdict => verdict,
        };
        Judged { verdict, target_value: None, pace: None, note: ledger::words(&entry.milestone), edge: None }
    }

    /// The aim as it stands for this area.
    fn own_aim(&self, reading: &Reading) -> Aim {
        self.shared_aim(reading).unwrap_or_else(|| reading.aim.clone())
    }

    /// The aim by the area's share: one of the level that the reading taken has, in its unit.
    fn shared_aim(&self, reading: &Reading) -> Option<Aim> {
        let taken = self.target.taken();
        let unit = |reading| self.indicator(reading).map(|indicator| &indicator.unit);
        let is_of_it = unit(reading) == unit(taken) && reading.aim.printed_level() == taken.aim.printed_level();
        self.share.filter(|_| is_of_it).and_then(|share| own_aim(&reading.aim, share.value))
    }

    fn figure(&self, reading: &Reading) -> Judged {
        let period = self.target.period;
        let (zh, en) = (period.in_chinese(), period.in_english());
        let Some(place) = self.place(reading, period) else {
            if self.questions.as_of < period.first_day() {
                let (level, note) = to_come(period, &self.own_aim(reading), self.indicator(reading), &self.years(reading));
                return Judged { verdict: Verdict::NotDue, target_value: level, ..cannot_tell(note) };
            }
            return cannot_tell(Text::new(format!("没有{zh}的数据"), format!("no figures for {en}")));
        };
        let value = &self.values[place];
        let Some(number) = value.value else {
            return cannot_tell(Text::new(format!("没有{zh}的数值"), format!("no value for {en}")).and(&value.note));
        };
        // What lacks a part is not compared with a whole.
        let (previous, previous_note) = if value.lacking { (None, Text::default()) } else { self.previous(reading) };
        let facts = Facts::of(value, number, previous, self.indicator(reading));
        let aim = self.own_aim(reading);
        let (met, level) = match aim::answer(&aim, &facts) {
            Answer::Told { met, level } => (met, level),
            Answer::NoPrevious => {
                let why = Text::new("没有可比的上期数值", "no comparable value for the period before");
                return cannot_tell(why.and(&previous_note).and(&value.note));
            }
            Answer::ZeroBase => {
                return cannot_tell(Text::new(
                    "上期为零，无法按百分比判断",
                    "the period before is 0, and per cents of 0 say nothing",
                ));
            }
            Answer::NoCounts => return cannot_tell(Text::new("没有可比的个数", "no counts to compare")),
            Answer::NotByFigures => return cannot_tell(Text::default()),
        };
        let mut note = match aim {
            Aim::All => {
                let (reached, all) = (facts.numerator.unwrap_or_default(), facts.denominator.unwrap_or_default());
                Text::new(format!("{all} 个中的 {reached} 个"), format!("{reached} of {all}"))
            }
            Aim::About { value, band } => {
                let (from, to) = (plain(value - band), plain(value + band));
                Text::new(format!("“左右”按 {from} 至 {to} 判断"), format!("about is read as {from} to {to}"))
            }
            _ if aim.is_from_previous() => previous_note,
            _ => Text::default(),
        };
        if value.so_far || matches!(value.status, Status::Provisional | Status::LowReliability) {
            note = note.and(&value.note);
        }
        let edge = edge(&aim, &facts, &self.doubt(reading, place));
        note = note.and(&edge.unwrap_or_default().words());
        let pace = self.pace(&aim, number);
        if let Some(pace) = &pace {
            let decimals = self.indicator(reading).map_or(0, |indicator| indicator.decimals).max(digits(number));
            let (asked, number) = (printed(pace.expected * level, decimals), plain(number));
            note = note.and(&Text::new(
                format!("按年度进度曲线，截至 {} 应达到 {asked}，已达到 {number}", self.questions.as_of),
                format!("by {} the year's profile asks for {asked}; there are {number}", self.questions.as_of),
            ));
        }
        // A sum that already reaches its floor cannot fall below it when the missing part arrives, or the rest of the year;
        // what is more than a sum, or has something taken away, can.
        let is_floor = matches!(aim, Aim::AtLeast(_) | Aim::Flow { .. } | Aim::Rises | Aim::RisesBy(_) | Aim::NotBelowPrevious);
        let is_sum = self.indicator(reading).is_some_and(|indicator| indicator.formula.only_adds());
        let is_settled = met && is_floor && is_sum;
        let (verdict, note, edge) = match () {
            _ if value.lacking && !is_settled => (Verdict::CannotTell, value.note.clone(), None),
            // What has come so far may still pass its ceiling.
            _ if value.so_far && !is_settled && pace.is_none() => (Verdict::NotDue, note, None),
            // What is taken away in the rest of the year may take it below its level again.
            _ if value.so_far && !is_settled && met => (Verdict::OnPace, note, edge),
            _ => (self.verdict(met, pace), note, edge),
        };
        Judged { verdict, target_value: Some(level), pace, note, edge }
    }

    /// How sure the figures are: the intervals of the value and of its difference from the period before.
    fn doubt(&self, reading: &Reading, place: usize) -> Doubt {
        let first = self.comparisons.partition_point(|comparison| comparison.value < place);
        let mut own = self.comparisons[first..].iter().take_while(|comparison| comparison.value == place);
        Doubt {
            decimals: self.indicator(reading).map_or(0, |indicator| indicator.decimals),
            of_value: self.values[place].interval,
            of_difference: own
                .find(|comparison| comparison.with == self.target.period.previous())
                .and_then(|known| known.interval),
        }
    }

    /// Where the years lead, and this year's change, of a level to be reached.
    fn ahead(&self, value: Option<&IndicatorValue>) -> (Option<Outlook>, Option<GoingOn>) {
        let taken = self.target.taken();
        let Some(goal) = Goal::of(&self.own_aim(taken)) else { return (None, None) };
        let points: Vec<(i16, f64)> =
            self.years(taken).iter().filter_map(|value| Some((value.period.year(), value.value?))).collect();
        let this_year = value
            .filter(|value| value.period.is_year())
            .and_then(|value| Some(going_on(value.period.year(), value.value?, value.change?.difference, goal)));
        (outlook(&points, goal, self.target.period.year()), this_year)
    }

    /// The years of this area that are whole, in order; those before a break say nothing of the target's.
    fn years(&self, reading: &Reading) -> Vec<&'a IndicatorValue> {
        let is_year = |value: &&IndicatorValue| value.period.is_year() && value.period.same_grain(self.target.period);
        let counts = |value: &&IndicatorValue| !value.lacking && !value.so_far && !self.is_broken_since(reading, value.period);
        let all = reading.indicator.iter().flat_map(|id| self.all(id)).map(|&place| &self.values[place]);
        let mut years: Vec<&IndicatorValue> = all.filter(is_year).filter(counts).collect();
        years.sort_by_key(|value| value.period.year());
        years
    }

    fn verdict(&self, met: bool, pace: Option<Pace>) -> Verdict {
        match pace {
            _ if met => Verdict::Met,
            Some(pace) if at_least(pace.reached, pace.expected) => Verdict::OnPace,
            Some(_) => Verdict::Behind,
            None if self.questions.as_of < self.target.period.last_day() => Verdict::NotDue,
            None if self.target.aspiration => Verdict::Aspiration,
            None => Verdict::Missed,
        }
    }

    /// How far a flow has come, while its year is not over.
    fn pace(&self, aim: &Aim, value: f64) -> Option<Pace> {
        let Aim::Flow { at_least, profile } = aim else { return None };
        let profile = self.questions.profiles.iter().find(|known| known.id == *profile)?;
        let is_over = self.questions.as_of >= self.target.period.last_day();
        let expected = profile.share(self.target.period.year(), self.questions.as_of);
        (!is_over && *at_least != 0.0).then(|| Pace { reached: value / at_least, expected })
    }

    /// The value of the period before: from the workbooks, else the figure that the document reported.
    fn previous(&self, reading: &Reading) -> (Option<f64>, Text) {
        let before = self.target.period.previous();
        // Across a break nothing is compared, whoever gives the figure; the value itself says why.
        if self.is_broken_since(reading, before) {
            return (None, Text::default());
        }
        let known = self.place(reading, before).map(|place| &self.values[place]).filter(|value| !value.lacking);
        if let Some(value) = known.and_then(|value| value.value) {
            return (Some(value), Text::default());
        }
        // It is a figure of the whole, of what the reading taken speaks of.
        let is_its_own = self.area.kind == AreaKind::Whole && reading.indicator == self.target.taken().indicator;
        match self.target.baseline.as_ref().filter(|_| is_its_own) {
            Some(baseline) if baseline.period == before => {
                let note = Text::new(
                    format!("上期取报告数字：{} {}", baseline.name.zh, baseline.value),
                    format!("the period before is the reported figure `{}`, {}", baseline.name.en, baseline.value),
                );
                (Some(baseline.value), note)
            }
            Some(baseline) => {
                let note = Text::new(
                    format!("报告只给出{}的 {}", baseline.period.in_chinese(), baseline.value),
                    format!("the document reports only {} for {}", baseline.value, baseline.period.in_english()),
                );
                (None, note)
            }
            None => (None, Text::default()),
        }
    }

    /// Does the series break between this period and the target's?
    fn is_broken_since(&self, reading: &Reading, from: Period) -> bool {
        let status = |period| self.place(reading, period).map(|place| self.values[place].status);
        self.indicator(reading).is_some_and(|indicator| broken(indicator, from, self.target.period, status).is_some())
    }

    fn indicator(&self, reading: &Reading) -> Option<&'a Indicator> {
        let id = reading.indicator.as_ref()?;
        self.questions.indicator(id)
    }

    fn place(&self, reading: &Reading, period: Period) -> Option<usize> {
        self.all(reading.indicator.as_ref()?).iter().copied().find(|&place| self.values[place].period == period)
    }

    /// The values of an indicator in this area, over all breakdowns.
    fn all<'b>(&'b self, indicator: &'b Id) -> &'b [usize] {
        self.totals.get(&(indicator, &self.area.code)).map(Vec::as_slice).unwrap_or_default()
    }

    fn direction(&self, value: Option<&IndicatorValue>) -> Direction {
        if self.target.taken().aim == Aim::Milestone {
            return Direction::NotApplicable;
        }
        let better = self.indicator(self.target.taken()).map(|indicator| indicator.better);
        match (value.and_then(|value| value.change), better) {
            (Some(change), _) if change.difference == 0.0 => Direction::Unchanged,
            (Some(change), Some(Better::Higher)) if change.difference > 0.0 => Direction::Improving,
            (Some(change), Some(Better::Lower)) if change.difference < 0.0 => Direction::Improving,
            (Some(_), Some(Better::Higher | Better::Lower)) => Direction::Worsening,
            _ => Direction::CannotTell,
        }
    }

    /// A level that the last actual has already passed asks for nothing.
    fn easier_than_last(&self) -> Option<Finding> {
        let taken = self.target.taken();
        let value = &self.values[self.place(taken, self.target.period)?];
        // A year that is not over has no change yet, and a period before all the same.
        let last = self.previous(taken).0.map(|last| (last, self.target.period.previous()));
        let reported = self.target.baseline.as_ref().map(|baseline| (baseline.value, baseline.period));
        let reported = reported.filter(|(_, when)| !self.is_broken_since(taken, *when));
        let ((last, when), now) = (last.or(reported)?, value.value?);
        easy(self.target, self.indicator(taken)?, (last, when), now)
    }

    fn unproven(&self, dataset: &Dataset) -> Option<Finding> {
        let entry = self.ledger.of(self.target).filter(|_| self.target.taken().aim == Aim::Milestone)?;
        let is_done = ledger::verdict(&entry.milestone, self.target.period, self.questions.as_of) == Verdict::Done;
        let is_bare = entry.milestone.document.is_empty() && entry.milestone.evidence.is_empty();
        (is_done && is_bare).then(|| ledger::unproven(self.target, entry, dataset))
    }
}

fn cannot_tell(note: Text) -> Judged {
    Judged { verdict: Verdict::CannotTell, target_value: None, pace: None, note, edge: None }
}
