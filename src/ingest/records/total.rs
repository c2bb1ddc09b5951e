//! Rows of totals and means, which offices write below their lists, above them and between: they count again what stands there already.
//!
//! What a row says decides where no school can be called so (合计, 小学小计, 合计10所). Where its words may be a name or a remark, its
//! figures decide: they are the sums of the rows above. Where these do not tell either, it is counted and said aloud.

use super::{column::Typed, doubt::Noted};
use crate::{
    ingest::{layout::TOTALS, words::find_period, workbook::Held},
    model::{Codebook, bracketed, fold, fold_heading},
};

/// So many rows below the headings every column is watched for words of totals, and figures are added up. In a list of pupils the columns
/// that nobody asks for are most of it, and hundreds of thousands of rows are no list that somebody has added up by hand.
pub const WATCHED: u32 = 1 << 12;

/// Words for totals of things and for means, besides those of every table. A longer word stands before those that it ends with.
const MEANS: [&str; 6] = ["总数", "平均数", "平均值", "均值", "平均", "average"];
/// What is added up besides areas, members and periods.
const PARTS: [&str; 19] = [
    "全市",
    "全区",
    "全县",
    "全镇",
    "全省",
    "全校",
    "本市",
    "本区",
    "本县",
    "本镇",
    "本校",
    "本页",
    "以上",
    "各区",
    "各校",
    "学校",
    "中小学",
    "总",
    "grand",
];
/// A place as a whole. Of a school it may say where its pupils come from.
const WHOLES: [&str; 6] = ["全市", "全区", "全县", "全镇", "全省", "全校"];
/// What a count of rows begins with: 合计10所, 共10所.
const COUNTS: [&str; 6] = ["合计", "总计", "小计", "共计", "共有", "共"];

/// What the first words of a row say of it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Says {
    #[default]
    Other,
    /// It adds up others, or is their mean.
    Total,
    /// It ends like a total, of something that nobody knows: 甲片合计.
    Perhaps,
    /// It names a whole place, and nothing in it.
    Place,
}

fn words() -> impl Iterator<Item = &'static str> {
    TOTALS.iter().chain(&MEANS).copied()
}

/// What a part of the row above begins with, folded: it counts again what that has counted.
const PARTS_OF: [&str; 2] = ["其中", "ofwhich"];

/// What a cell says of totals, by its words alone.
pub fn says(text: &str, book: &Codebook) -> Says {
    if text.trim_start().starts_with(['其', 'o', 'O', 'ｏ', 'Ｏ']) && PARTS_OF.iter().any(|words| fold(text).starts_with(words))
    {
        return Says::Total;
    }
    // Most cells are told by a glance.
    if !(4..=64).contains(&text.len()) || !text.contains(['计', '共', '数', '均', 'l', 'L', 'ｌ', 'Ｌ', 'v', 'V', 'ｖ', 'Ｖ'])
    {
        return Says::Other;
    }
    let folded = fold_heading(text);
    if words().any(|word| word == folded) || counts_rows(&folded) {
        return Says::Total;
    }
    let in_brackets = bracketed(text).filter(|inside| words().any(|word| word == inside));
    match words().find_map(|word| folded.strip_suffix(word)).or(in_brackets.map(|_| folded.as_str())) {
        // 已计入合计 is a remark.
        Some(part) if part.ends_with(['入', '在', '含', '见', '于']) => Says::Other,
        Some(part) if is_known(part, book) => Says::Total,
        Some(_) => Says::Perhaps,
        None => Says::Other,
    }
}

/// 合计10所 and 共3辆: how many there are, whatever they are counted by. 合计路小学 and 合计3路小学 are names.
fn counts_rows(folded: &str) -> bool {
    let Some(rest) = COUNTS.iter().find_map(|word| folded.strip_prefix(word)) else { return false };
    let rest = rest.trim_start_matches([':', '为']);
    let counted = rest.trim_start_matches(|letter: char| letter.is_ascii_digit() || ",.".contains(letter));
    let mut unit = counted.chars();
    let is_unit = match unit.next() {
        None => true,
        Some('所' | '个') => true,
        Some(letter) => letter.is_alphabetic() && unit.as_str().is_empty(),
    };
    counted.len() < rest.len() && is_unit
}

/// Is this something, or something of something, that lists are added up by: 小学, 荔湾区, 荔湾区小学, 2023年小学?
pub fn is_known(part: &str, book: &Codebook) -> bool {
    let is_period = |part: &str| part.ends_with(['年', '度', '期', '月']) && find_period(part).is_some();
    let is_one = |part: &str| {
        let is_member = || book.dimensions.iter().any(|dimension| dimension.find_folded(part).is_some());
        PARTS.contains(&part) || book.areas.find(part).is_some() || is_member() || is_period(part)
    };
    is_one(part) || part.char_indices().skip(1).any(|(at, _)| is_one(&part[..at]) && is_one(&part[at..]))
}

/// The rows of one list as they are told from totals, by their first words besides their labels. Numbers before them are no words, in
/// text neither.
#[derive(Default)]
pub struct Totals {
    /// Of the row that is being read; and the place that it names.
    first: Option<(Says, (u32, u32))>,
    place: String,
    /// Rows that begin with the name of a place, which were taken for records.
    places: Vec<(String, (u32, u32))>,
    /// One of these names has come again: the column tells of records where they are.
    are_column: bool,
    /// Some record begins otherwise.
    has_others: bool,
    doubtful: Noted,
}

impl Totals {
    /// A cell that is no label: are these the first words of the row? Places are told only where figures are added up.
    pub fn take(&mut self, at: (u32, u32), held: Held<'_>, book: &Codebook, is_watched: bool) -> bool {
        if self.first.is_some() {
            return false;
        }
        let Some(text) = held.text() else { return false };
        if text.trim_start().starts_with(|letter: char| !letter.is_numeric()) {
            let mut says = says(text, book);
            if says == Says::Other
                && is_watched
                && !self.are_column
                && let Some(place) = place(text, book)
            {
                (says, self.place) = (Says::Place, place);
            }
            self.first = Some((says, at));
        }
        self.first.is_some()
    }

    /// The row is counted if its first words say nothing of totals.
    #[inline]
    pub fn keep_other(&mut self) -> bool {
        let is_other = self.first.is_none_or(|(says, _)| says == Says::Other);
        if is_other {
            (self.first, self.has_others) = (None, true);
        }
        is_other
    }

    /// What the first words of the row say, and where they stand. What follows is the next row.
    #[inline]
    pub fn end_of_row(&mut self) -> (Says, (u32, u32)) {
        self.first.take().unwrap_or_default()
    }

    /// The row is counted.
    #[inline]
    pub fn keep(&mut self, (says, at): (Says, (u32, u32))) {
        match says {
            Says::Other => self.has_others = true,
            Says::Total => {}
            Says::Perhaps => self.doubtful.add(at),
            Says::Place => {
                let place = std::mem::take(&mut self.place);
                self.are_column |= self.places.iter().any(|(known, _)| *known == place);
                self.places.push((place, at));
            }
        }
    }

    /// The list is over: where places stand among other names, each once, they may be totals too.
    pub fn end(&mut self) -> Noted {
        if self.has_others && !self.are_column {
            std::mem::take(&mut self.places).into_iter().for_each(|(_, at)| self.doubtful.add(at));
        }
        std::mem::take(&mut self.doubtful)
    }
}

fn place(text: &str, book: &Codebook) -> Option<String> {
    let folded = fold(text);
    (WHOLES.contains(&folded.as_str()) || book.areas.find_folded(&folded).is_some()).then_some(folded)
}

/// Are the figures of the row that ends here the sums of two records above it or more, back to another total, a line between or the
/// first row? All its figures have to be.
pub fn adds_up(columns: &[Typed], rows: &[(u32, bool)]) -> bool {
    let at = rows.len();
    let own: Vec<(&Typed, f64)> =
        columns.iter().filter_map(|column| Some((column, column.number(at)?))).filter(|(_, figure)| *figure != 0.0).collect();
    let mut sums = vec![0.0; own.len()];
    let mut records = 0;
    for row in (0..at).rev().filter(|_| !own.is_empty()) {
        if rows[row].1 {
            records += 1;
            own.iter().zip(&mut sums).for_each(|((column, _), sum)| *sum += column.number(row).unwrap_or_default());
        }
        let is_begin = row == 0 || !rows[row - 1].1;
        let is_sum = |((_, figure), sum): (&(&Typed, f64), &f64)| (figure - sum).abs() <= 1e-6 * figure.abs();
        if is_begin && records >= 2 && own.iter().zip(&sums).all(is_sum) {
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Area, AreaKind, Dimension, Member, Text};

    fn book() -> Codebook {
        let mut book = Codebook::default();
        let area = |code: &str, zh: &str, kind| Area { code: code.into(), name: Text::same(zh), kind, parent: None };
        book.areas.push(area("1", "东区", AreaKind::District), &["东"], &[]);
        book.areas.push(area("9", "甲市", AreaKind::Whole), &[], &[]);
        let mut stage = Dimension::new("stage".into(), Text::same("学段"), false);
        stage.push(Member { code: "primary".into(), name: Text::new("小学", "Primary"), within: None }, &[]);
        let mut sector = Dimension::new("sector".into(), Text::same("办学性质"), false);
        sector.push(Member { code: "public".into(), name: Text::new("公办", "Public"), within: None }, &[]);
        book.dimensions.extend([stage, sector]);
        book
    }

    #[test]
    fn no_school_is_called_like_a_total() {
        for text in [
            "合计",
            "合 计：",
            "（1）合计",
            "总计（所）",
            "小学小计",
            "东区合计",
            "东区小学小计",
            "公办小学合计",
            "甲市总计",
            "全市合计",
            "平均",
            "平均值",
            "小学平均",
            "总数",
            "学校总数",
            "合计10所",
            "合计：10所学校",
            "共 120 人",
            "合计：2辆",
            "共3辆",
            "总计 １，２００ 册",
            "２０２３年合计",
            "2023年小学合计",
            "东区（小计）",
            "本页小计",
            "Total",
            "Subtotal",
            "Primary total",
            "Grand Total",
            "Average",
            "其中：民办",
            "其中 女生",
            "Of which private",
        ] {
            let text = text.trim_start_matches("（1）");
            assert_eq!(says(text, &book()), Says::Total, "{text}");
        }
    }

    #[test]
    fn what_begins_or_goes_on_like_a_total_is_a_name_or_a_remark() {
        for text in [
            "平均小学",
            "总部小学",
            "合计路小学",
            "小计村学校",
            "合计小学",
            "第一小学",
            "共和小学",
            "共青路小学",
            "总数路1号小学",
            "已计入合计",
            "见小计",
            "合计3路小学",
            "计划",
            "Totalpur School",
            "Averham Primary",
            "",
        ] {
            assert_eq!(says(text, &book()), Says::Other, "{text}");
        }
    }

    #[test]
    fn a_total_of_what_nobody_knows_may_be_a_name() {
        for text in ["甲片合计", "第一小学（合计）", "王小计", "北片总数", "Cluster total"] {
            assert_eq!(says(text, &book()), Says::Perhaps, "{text}");
        }
    }

    #[test]
    fn the_first_words_tell_and_numbers_before_them_do_not() {
        let told = |row: &[Held]| {
            let mut totals = Totals::default();
            for (held, column) in row.iter().zip(0..) {
                totals.take((7, column), *held, &book(), true);
            }
            totals.end_of_row()
        };
        assert_eq!(told(&[Held::Number(11.0), Held::Text("１"), Held::Text(""), Held::Text("合计")]), (Says::Total, (7, 3)));
        assert_eq!(told(&[Held::Text("第一小学"), Held::Text("合计")]).0, Says::Other);
        assert_eq!(told(&[Held::Text("东 区")]).0, Says::Place);
        assert_eq!(told(&[Held::Text("全区")]).0, Says::Place);
        assert_eq!(told(&[]).0, Says::Other);
    }

    #[test]
    fn places_among_other_names_may_be_totals_and_a_column_of_places_has_none() {
        let doubtful = |names: &[&str]| {
            let mut totals = Totals::default();
            for (name, row) in names.iter().zip(0..) {
                totals.take((row, 1), Held::Text(name), &book(), true);
                let seen = totals.end_of_row();
                totals.keep(seen);
            }
            totals.end().places
        };
        assert_eq!(doubtful(&["一小", "二小", "东区", "甲市"]), [(2, 1), (3, 1)]);
        assert_eq!(doubtful(&["一小", "甲片合计", "乙片合计"]), [(1, 1), (2, 1)]);
        assert!(doubtful(&["东区", "东区", "全区", "一小"]).is_empty());
        assert!(doubtful(&["东区"]).is_empty());
    }
}
