//! What may stand where a label is not known: the names that are, those most like it first.

use crate::model::{Dimension, Text, fold_heading};

/// Of a longer list so many are named.
const NAMED: usize = 20;
/// From here on one name may have been meant for another.
const ALIKE: f64 = 0.5;

/// The members of a dimension.
pub fn members(dimension: &Dimension, written: &str) -> Text {
    names(dimension.members.iter().map(|member| &member.name), written)
}

/// What is not like the label stays in its own order.
pub fn names<'a>(names: impl Iterator<Item = &'a Text>, written: &str) -> Text {
    let written = fold_heading(written);
    let likeness = |name: &Text| {
        let of = |name: &str| {
            let name = fold_heading(name);
            strsim::normalized_damerau_levenshtein(&name, &written).max(strsim::sorensen_dice(&name, &written))
        };
        Some(of(&name.zh).max(of(&name.en))).filter(|likeness| *likeness >= ALIKE && !written.is_empty()).unwrap_or_default()
    };
    let mut known: Vec<(f64, &Text)> = names.map(|name| (likeness(name), name)).collect();
    known.sort_by(|(a, _), (b, _)| b.total_cmp(a));
    let list = |words: fn(&Text) -> &str, comma: &str| {
        known.iter().take(NAMED).map(|(_, name)| words(name)).collect::<Vec<_>>().join(comma)
    };
    let (zh, en) = (list(|name| &name.zh, "、"), list(|name| &name.en, ", "));
    match known.len() {
        all if all > NAMED => Text::new(format!("{zh} 等 {all} 项"), format!("{en} … {all} in all")),
        _ => Text::new(zh, en),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_that_was_meant_comes_first_and_the_others_keep_their_order() {
        let known: Vec<Text> = [("新建", "New"), ("改建", "Rebuilt"), ("扩建", "Extended"), ("配套", "With housing")]
            .map(|(zh, en)| Text::new(zh, en))
            .into();
        assert_eq!(names(known.iter(), "配 套建").zh, "配套、新建、改建、扩建");
        assert_eq!(names(known.iter(), "extendd").en, "Extended, New, Rebuilt, With housing");
        assert_eq!(names(known.iter(), "").zh, names(known.iter(), "别的").zh);
        let many: Vec<Text> = (0..30).map(|at| Text::same(format!("第{at}项"))).collect();
        assert!(names(many.iter(), "").zh.ends_with("第19项 等 30 项"));
    }
}
