//! Units with their scales, and which of them measure the same.

use crate::model::fold;

/// 万人 is ten thousand 人, ‰ a tenth of %, 公顷 ten thousand 平方米.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    pub(super) exponent: i32,
    pub(super) base: String,
}

/// Words of scale, the longer before those that they begin with.
const SCALES: [(&str, i32); 5] = [("亿", 8), ("百万", 6), ("万", 4), ("千", 3), ("百", 2)];

/// Units that are others by another name, or so many powers of ten of them.
const SAME: [(&str, i32, &str); 17] = [
    ("‰", -1, "%"),
    ("千分点", -1, "%"),
    ("permille", -1, "%"),
    ("百分点", 0, "%"),
    ("个百分点", 0, "%"),
    ("percentagepoints", 0, "%"),
    ("pp", 0, "%"),
    ("名", 0, "人"),
    ("位", 0, "人"),
    ("名学生", 0, "人"),
    ("学生", 0, "人"),
    ("人次", 0, "人"),
    ("m2", 0, "平方米"),
    ("平米", 0, "平方米"),
    ("公顷", 4, "平方米"),
    ("平方公里", 6, "平方米"),
    ("公里", 3, "米"),
];

/// What a unit measures. Of what is counted, one word is often written for another: 个 for 所.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Measures {
    Count,
    Share,
    Money,
    Area,
    Length,
    Time,
}

impl Unit {
    pub fn parse(text: &str) -> Unit {
        let folded = fold(text);
        let same = |word: &str| SAME.iter().find(|(known, ..)| *known == word);
        if let Some((_, exponent, base)) = same(&folded) {
            return Unit { exponent: *exponent, base: (*base).to_string() };
        }
        let scaled = SCALES.iter().find_map(|(word, exponent)| Some((exponent, folded.strip_prefix(word)?)));
        match scaled.filter(|_| !folded.starts_with("百分")) {
            Some((exponent, base)) => match same(base) {
                Some((_, more, base)) => Unit { exponent: exponent + more, base: (*base).to_string() },
                None => Unit { exponent: *exponent, base: base.to_string() },
            },
            None => Unit { exponent: 0, base: folded },
        }
    }

    /// The power of ten that turns a figure in this unit into one in `wanted`; none if they measure different things.
    pub fn exponent_to(&self, wanted: &Unit) -> Option<i32> {
        (self.base == wanted.base || self.base.is_empty()).then_some(self.exponent - wanted.exponent)
    }

    /// The same for the unit of a column's own heading, where one word of counting stands for another: 千个 of schools are thousands.
    pub fn exponent_loosely_to(&self, wanted: &Unit) -> Option<i32> {
        let both_count = self.counts() && wanted.counts();
        self.exponent_to(wanted).or_else(|| both_count.then_some(self.exponent - wanted.exponent))
    }

    /// Is this clearly a unit of what `wanted` measures: the same, or a scale alone?
    pub fn is_of(&self, wanted: &Unit) -> bool {
        if self.base.is_empty() { self.exponent != 0 } else { self.base == wanted.base }
    }

    /// Is this clearly no unit of figures that are wanted in the other, so that they would be taken for what they are not: 亩 for 平方米?
    pub fn is_foreign_to(&self, wanted: &Unit) -> bool {
        match (self.measures(), wanted.measures()) {
            (Some(Measures::Count), Some(Measures::Count)) => false,
            (Some(_), Some(_)) => self.base != wanted.base,
            _ => false,
        }
    }

    /// The same of the unit in the head of a table, which may be that of some columns alone: only what measures the same can be meant.
    pub fn rivals(&self, wanted: &Unit) -> bool {
        self.measures() == wanted.measures() && self.is_foreign_to(wanted)
    }

    /// Is it a word by which single things are counted?
    pub fn counts(&self) -> bool {
        self.measures() == Some(Measures::Count)
    }

    fn measures(&self) -> Option<Measures> {
        match self.base.as_str() {
            "人" | "个" | "所" | "间" | "套" | "台" | "册" | "件" | "班" | "辆" | "项" | "场" | "座" | "户" | "家" => {
                Some(Measures::Count)
            }
            "%" => Some(Measures::Share),
            "元" | "美元" | "港元" => Some(Measures::Money),
            "平方米" | "亩" => Some(Measures::Area),
            "米" | "厘米" => Some(Measures::Length),
            "小时" | "分钟" | "天" => Some(Measures::Time),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_unit_is_turned_into_another_of_the_same_by_a_power_of_ten_or_not_at_all() {
        for (written, wanted, exponent) in [
            ("万人", "人", Some(4)),
            ("百人", "人", Some(2)),
            ("名", "人", Some(0)),
            ("公顷", "平方米", Some(4)),
            ("万㎡", "平方米", Some(4)),
            ("平方米", "万平方米", Some(-4)),
            ("‰", "%", Some(-1)),
            ("万", "人", Some(4)),
            ("百分比", "人", None),
            ("万名学生", "人", Some(4)),
            ("万人次", "人次", Some(4)),
            ("亩", "平方米", None),
        ] {
            assert_eq!(Unit::parse(written).exponent_to(&Unit::parse(wanted)), exponent, "{written} {wanted}");
        }
    }

    #[test]
    fn what_measures_something_else_is_foreign_and_loose_words_of_counting_are_not() {
        let is_foreign = |written: &str, wanted: &str| Unit::parse(written).is_foreign_to(&Unit::parse(wanted));
        assert!(is_foreign("亩", "平方米") && is_foreign("万元", "人") && is_foreign("%", "人") && is_foreign("小时", "天"));
        assert!(!is_foreign("个", "所") && !is_foreign("万", "人") && !is_foreign("含民办", "人") && !is_foreign("人次", "人"));
        let rivals = |written: &str, wanted: &str| Unit::parse(written).rivals(&Unit::parse(wanted));
        assert!(rivals("亩", "平方米") && !rivals("万元", "人"));
    }
}
