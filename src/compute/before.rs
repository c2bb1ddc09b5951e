//! What a value is compared with: the one of an earlier period; or why there is none.
//!
//! Rule: nothing is compared across a gap, nor across a break of the series (which the pipeline names, or the source marks), nor
//! where one of the two lacks a part or is of a year that is not over.

use std::mem::{Discriminant, discriminant};

use rustc_hash::FxHashMap;

use crate::model::{Breakdown, Id, Indicator, IndicatorValue, Period, Status, Text};

type Key<'a> = (&'a Id, &'a Id, Period, &'a Breakdown);

/// All series, to look back in.
pub struct Before<'a> {
    values: &'a [IndicatorValue],
    known: FxHashMap<Key<'a>, usize>,
    /// Where each series begins, at each grain.
    first: FxHashMap<(&'a Id, &'a Id, Discriminant<Period>), Period>,
}

fn key(value: &IndicatorValue, period: Period) -> Key<'_> {
    (&value.indicator, &value.area, period, &value.breakdown)
}

impl<'a> Before<'a> {
    pub fn new(values: &'a [IndicatorValue]) -> Before<'a> {
        let given = || values.iter().enumerate().filter(|(_, value)| value.value.is_some());
        let known = given().map(|(place, value)| (key(value, value.period), place)).collect();
        let mut first = FxHashMap::default();
        for (_, value) in given() {
            let begins = first.entry((&value.indicator, &value.area, discriminant(&value.period))).or_insert(value.period);
            *begins = value.period.min(*begins);
        }
        Before { values, known, first }
    }

    /// The place of the value of another period in the same series.
    pub fn place(&self, value: &IndicatorValue, with: Period) -> Option<usize> {
        self.known.get(&key(value, with)).copied()
    }

    /// Had the series begun by then? Before it had, there is nothing to miss.
    pub fn had_begun(&self, value: &IndicatorValue, with: Period) -> bool {
        let begins = self.first.get(&(&value.indicator, &value.area, discriminant(&value.period)));
        begins.is_some_and(|first| *first <= with)
    }

    /// Why a value is not compared with that of an earlier period.
    pub fn why_not(&self, value: &IndicatorValue, with: Period, indicator: &Indicator) -> Option<Text> {
        let status = |period| self.place(value, period).map(|place| self.values[place].status);
        if let Some(why) = broken(indicator, with, value.period, status) {
            return Some(why);
        }
        let (zh, en) = (with.in_chinese(), with.in_english());
        // What several lack alike is said alike.
        let (with_zh, with_en) = match with == value.period.previous() {
            true => ("上期", "the period before"),
            false => (zh.as_str(), en.as_str()),
        };
        match self.place(value, with).map(|place| &self.values[place]) {
            _ if value.so_far => {
                Some(Text::new(format!("尚未结束，不与{with_zh}比较"), format!("not over, so no comparison with {with_en}")))
            }
            _ if value.lacking => {
                Some(Text::new(format!("数据不全，不与{with_zh}比较"), format!("incomplete, so no comparison with {with_en}")))
            }
            Some(before) if before.lacking => {
                Some(Text::new(format!("{zh}数据不全，不比较"), format!("{en} is incomplete, so no comparison")))
            }
            Some(_) => None,
            None => Some(Text::new(format!("缺{zh}数据，不计算变化"), format!("no value for {en}, so no change"))),
        }
    }
}

/// Why the values of two periods of a series are not to be compared, where it breaks between them: the pipeline names the period, or
/// the source marks its value.
pub fn broken(indicator: &Indicator, from: Period, to: Period, status: impl Fn(Period) -> Option<Status>) -> Option<Text> {
    if let Some(at) = indicator.broken(from, to) {
        return Some(Text::new(
            format!("自{}起口径改变，不与此前比较：{}", at.at.in_chinese(), at.because.zh),
            format!("the series breaks at {} and is not compared across: {}", at.at.in_english(), at.because.en),
        ));
    }
    let back = std::iter::successors(Some(to), |period| Some(period.previous()));
    let since = back.take_while(|period| period.first_day() > from.first_day());
    let at = since.filter(|period| status(*period) == Some(Status::Break)).last()?;
    Some(Text::new(
        format!("自{}起口径改变（状态 B），不与此前比较", at.in_chinese()),
        format!("the series breaks at {} (status B) and is not compared across", at.in_english()),
    ))
}
