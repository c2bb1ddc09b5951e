//! Areas of the latest period, sorted by value, with what was judged of each: what bars, dots and tiles have in common.

use super::{
    incomplete::is_incomplete,
    phrase,
    subject::{Subject, interval},
};
use crate::model::{Area, AreaKind, Id, IndicatorValue, Key, Level, Mark, Period, Point, Progress, Table, Target, Verdict};

/// One area's value, with what was judged of it.
pub struct Rank<'a> {
    pub code: Id,
    pub kind: AreaKind,
    pub value: Option<f64>,
    pub row: Option<&'a IndicatorValue>,
    pub judged: Option<(&'a Target, &'a Progress)>,
    pub point: Point,
}

/// All areas of one period.
pub struct Ranking<'a> {
    pub period: Period,
    pub ranks: Vec<Rank<'a>>,
    /// The level for all of them, where there is one.
    pub level: Option<Level>,
}

impl<'a> Ranking<'a> {
    /// None where fewer than two areas have a value.
    pub fn of(subject: &Subject<'a>) -> Option<Self> {
        let period = subject.latest()?;
        let mut ranks = ranks(subject, period);
        if ranks.iter().filter(|rank| rank.kind != AreaKind::Whole && rank.value.is_some()).count() < 2 {
            return None;
        }
        let level = common_level(subject, &mut ranks, period);
        // Highest first; equal values and missing ones keep the conventional order.
        ranks.sort_by(|a, b| match (a.value, b.value) {
            (Some(a), Some(b)) => b.total_cmp(&a),
            (a, b) => b.is_some().cmp(&a.is_some()),
        });
        Some(Ranking { period, ranks, level })
    }

    pub fn when(&self, subject: &Subject) -> String {
        self.period.in_language(subject.language())
    }

    pub fn subtitle(&self, subject: &Subject) -> String {
        let (name, unit, areas, when) = (subject.name(), subject.unit(), subject.areas(), self.when(subject));
        subject.say(
            format!("{name}{unit}，{areas}，{when}，按数值从高到低排列"),
            format!("{name}{unit}, {areas}, {when}, highest first"),
        )
    }

    /// Each area with its value and verdict, as a sentence.
    pub fn told(&self, subject: &Subject) -> String {
        let told = |rank: &Rank| {
            let verdict = rank.point.verdict.map(|verdict| subject.words(&verdict.name()).to_string()).unwrap_or_default();
            let verdict =
                if verdict.is_empty() { verdict } else { subject.say(format!("（{verdict}）"), format!(" ({verdict})")) };
            format!("{} {}{verdict}", rank.point.label, rank.point.shown)
        };
        let told: Vec<String> = self.ranks.iter().map(told).collect();
        let which = self.which(subject);
        let judged = if which.is_empty() { which } else { subject.say(format!("目标{which}："), format!("Target{which}: ")) };
        subject.say(format!("{judged}{}。", told.join("，")), format!("{judged}{}.", told.join(", ")))
    }

    /// How many met the target; else who is highest and lowest.
    pub fn title(&self, subject: &Subject) -> String {
        let (name, when) = (subject.titled(), self.when(subject));
        let verdicts = || self.ranks.iter().filter(|rank| rank.kind == AreaKind::District).filter_map(|rank| rank.point.verdict);
        let judged = verdicts().count();
        if judged > 0 {
            let met = verdicts().filter(|verdict| *verdict == Verdict::Met).count();
            let counted = subject.chapter.counted();
            let which = self.which(subject);
            let count = |wanted: Verdict| verdicts().filter(|verdict| *verdict == wanted).count();
            let (mut more_zh, mut more_en) = (String::new(), String::new());
            for (count, zh, en) in
                [(count(Verdict::Behind), "进度滞后", "behind in"), (count(Verdict::CannotTell), "无法判断", "cannot tell for")]
            {
                if count > 0 {
                    more_zh += &format!("，{count}个{zh}");
                    more_en += &format!("; {en} {count}");
                }
            }
            if met == judged {
                return subject.say(
                    format!("{name}{when}：{judged}个{counted}全部达到目标{which}"),
                    format!("{name} in {when}: all {judged} areas met the target{which}"),
                );
            }
            if verdicts().all(|verdict| phrase::is_short(verdict) || verdict == Verdict::Aspiration) {
                return subject.say(
                    format!("{name}{when}：{judged}个{counted}均未达到目标{which}"),
                    format!("{name} in {when}: none of {judged} areas met the target{which}"),
                );
            }
            return subject.say(
                format!("{name}{when}：{judged}个{counted}中{met}个达到目标{which}{more_zh}"),
                format!("{name} in {when}: {met} of {judged} areas met the target{which}{more_en}"),
            );
        }
        self.extremes(subject)
    }

    /// The target that the verdicts are about, where there are several.
    fn which(&self, subject: &Subject) -> String {
        let mut called = self.ranks.iter().filter_map(|rank| rank.judged).map(|(target, row)| subject.which(target, row));
        called.find(|which| !which.is_empty()).unwrap_or_default()
    }

    pub fn extremes(&self, subject: &Subject) -> String {
        let (name, when) = (subject.titled(), self.when(subject));
        let parts = || self.ranks.iter().filter(|rank| rank.kind == AreaKind::District && rank.value.is_some());
        let (Some(highest), Some(lowest)) = (parts().next(), parts().next_back()) else {
            return subject.say(format!("{name}{when}"), format!("{name} in {when}"));
        };
        let (high, low) = (&highest.point, &lowest.point);
        let is_withheld = |rank: &Rank| rank.kind == AreaKind::District && rank.row.is_some_and(IndicatorValue::is_withheld);
        let counted = subject.chapter.counted();
        let of = subject.of_published(self.ranks.iter().any(is_withheld), counted);
        if high.shown == low.shown {
            return subject.say(
                format!("{name}{when}：{of}各{counted}均为{}", high.shown),
                format!("{name} in {when}: {of}{} in every area", high.shown),
            );
        }
        // Whoever shares a place with others is not named alone.
        let who =
            |rank: &Rank| subject.chapter.and_more(&rank.point.label, parts().filter(|other| other.value == rank.value).count());
        let (first, last) = (who(highest), parts().find(|rank| rank.value == lowest.value).map(who).unwrap_or_default());
        subject.say(
            format!("{name}{when}：{of}{first}最高（{}），{last}最低（{}）", high.shown, low.shown),
            format!("{name} in {when}: {of}highest in {first} ({}), lowest in {last} ({})", high.shown, low.shown),
        )
    }

    /// `drawn`: how a value of which a part has not come is told from others.
    pub fn notes(&self, subject: &Subject, drawn: [&str; 2]) -> Vec<String> {
        let mut notes: Vec<String> = Vec::new();
        let shown = self.ranks.iter().filter_map(|rank| Some((rank.point.label.clone(), rank.row?)));
        notes.extend(subject.incomplete(drawn, shown));
        if let Some((target, progress)) = self.ranks.iter().find_map(|rank| rank.judged) {
            notes.push(subject.about(target, progress));
        } else if let Some(level) = &self.level {
            notes.extend(
                whole_judged(subject, self.period)
                    .filter(|(_, row)| row.target_value == Some(level.value))
                    .map(|(target, row)| subject.about(target, row)),
            );
        }
        notes.extend(subject.definition());
        notes
    }

    pub fn key(&self, subject: &Subject) -> Vec<Key> {
        let is_shown =
            |verdict: &Verdict| self.ranks.iter().any(|rank| rank.value.is_some() && rank.point.verdict == Some(*verdict));
        let word = |verdict: Verdict| subject.words(&verdict.name()).to_string();
        let shown = Verdict::ALL.into_iter().filter(is_shown);
        let mut key: Vec<Key> = shown.map(|verdict| Key { mark: Mark::Verdict(verdict), words: word(verdict) }).collect();
        let is_unjudged = |rank: &Rank| rank.kind != AreaKind::Whole && rank.value.is_some() && rank.judged.is_none();
        if !key.is_empty() && self.ranks.iter().any(is_unjudged) {
            key.push(Key { mark: Mark::Unjudged, words: subject.say("未设目标".into(), "no target".into()) });
        }
        if self.ranks.iter().any(|rank| rank.point.target.is_some()) {
            let words = subject.say("各自的目标值".into(), "each area's own target".into());
            key.push(Key { mark: Mark::Target, words });
        }
        key
    }

    pub fn table(&self, subject: &Subject) -> Table {
        let name = format!("{}{}", subject.name(), subject.unit());
        let mut columns = vec![subject.say("地区".into(), "Area".into()), name];
        let is_judged = self.ranks.iter().any(|rank| rank.judged.is_some());
        if is_judged {
            columns.push(subject.say("目标值".into(), "Target".into()));
            columns.push(subject.say("结论".into(), "Verdict".into()));
        }
        let row = |rank: &Rank| {
            let mut row = vec![rank.point.label.clone(), rank.point.shown.clone()];
            if is_judged {
                let level = rank.judged.and_then(|(_, row)| row.target_value);
                let decimals = decimals(subject, rank.judged);
                row.push(level.map(|value| phrase::short(subject.indicator, value, decimals)).unwrap_or_default());
                row.push(rank.judged.map(|(_, row)| subject.words(&row.verdict.name()).to_string()).unwrap_or_default());
            }
            row
        };
        Table { columns, rows: self.ranks.iter().map(row).collect() }
    }

    pub fn points(self) -> Vec<Point> {
        self.ranks.into_iter().map(|rank| rank.point).collect()
    }
}

/// Districts always, so that a missing one is seen; the rows beside them when they have a value; the whole for ratios.
fn ranks<'a>(subject: &Subject<'a>, period: Period) -> Vec<Rank<'a>> {
    let mut ranks = Vec::new();
    // Where several targets are judged by the same values, the chart is about the first of them.
    let several = |area: &Area| judged(subject, area, period).nth(1).and_then(|_| judged(subject, area, period).next());
    let one = subject.chapter.areas.iter().filter(|area| subject.is_asked(area)).find_map(several).map(|(target, _)| &target.id);
    for area in subject.chapter.areas.iter().filter(|area| subject.is_asked(area)) {
        let row = subject.total(&area.code, period);
        let value = row.and_then(|row| row.value);
        let is_wanted = match area.kind {
            AreaKind::District => true,
            AreaKind::Other => value.is_some(),
            AreaKind::Whole => value.is_some() && subject.is_ratio(),
        };
        if !is_wanted {
            continue;
        }
        let judged = judged(subject, area, period).find(|(target, _)| one.is_none_or(|one| target.id == *one));
        let point = Point {
            label: subject.words(&area.name).to_string(),
            value,
            shown: match (value, judged) {
                (Some(value), Some(_)) => phrase::short(subject.indicator, value, decimals(subject, judged)),
                _ => subject.shown_of(row),
            },
            emphasis: area.kind == AreaKind::Whole,
            verdict: judged.map(|(_, row)| row.verdict),
            target: judged.and_then(|(_, row)| row.target_value),
            interval: row.and_then(interval),
            incomplete: row.is_some_and(is_incomplete),
        };
        ranks.push(Rank { code: area.code.clone(), kind: area.kind, value, row, judged, point });
    }
    ranks
}

/// The digits of a value and of the level it is held against.
fn decimals(subject: &Subject, judged: Option<(&Target, &Progress)>) -> usize {
    judged.map_or(subject.indicator.decimals, |(target, row)| phrase::decimals(subject.indicator, target, row))
}

/// What is promised for the whole alone binds a district where it has a share of it.
fn judged<'s, 'a>(
    subject: &'s Subject<'a>,
    area: &'s Area,
    period: Period,
) -> impl Iterator<Item = (&'a Target, &'a Progress)> + 's {
    let of_area = subject.progress.iter().copied().filter(move |(_, row)| row.area == area.code && row.period == period);
    of_area.filter(move |(target, _)| target.every_area || area.kind == AreaKind::District)
}

fn whole_judged<'s, 'a>(subject: &'s Subject<'a>, period: Period) -> impl Iterator<Item = (&'a Target, &'a Progress)> + 's {
    let whole = subject.whole();
    subject.progress.iter().copied().filter(move |(_, row)| Some(row.area.as_ref()) == whole && row.period == period)
}

/// One line for all when every area has to reach the same level, or when only the whole has a level and areas can be
/// compared with it.
fn common_level(subject: &Subject, ranks: &mut [Rank], period: Period) -> Option<Level> {
    let mut levels = ranks.iter().filter_map(|rank| rank.judged.and_then(|(target, row)| Some((target, row, row.target_value?))));
    if let Some((target, progress, value)) = levels.next() {
        if levels.any(|(_, _, other)| other != value) {
            return None;
        }
        let most = ranks.iter().map(|rank| decimals(subject, rank.judged)).max();
        let level = subject.level(target, progress, most.unwrap_or_default());
        for rank in ranks {
            rank.point.target = None;
        }
        return level;
    }
    if !subject.is_ratio() {
        return None;
    }
    let (target, progress) = whole_judged(subject, period).find(|(_, row)| row.target_value.is_some())?;
    let mut level = subject.level(target, progress, subject.indicator.decimals)?;
    let whole = subject.area(&progress.area);
    level.label = subject.say(format!("{whole}{}", level.label), format!("{whole}: {}", level.label));
    Some(level)
}
