//! A period that is written where the layout does not look for one: whoever writes the pipeline has something to do, and no office.

use super::{context::Context, layout::Attach, table::Table, unlike::name, words::find_period};
use crate::{
    diag::{Code, Finding},
    model::Text,
};

/// Where it may stand, by the words of a layout.
const PLACES: [(Attach, &str); 3] =
    [(Attach::Title, "title"), (Attach::SheetName, "sheet-name"), (Attach::FileName, "file-name")];

impl Context<'_> {
    /// What to do about a period that is missing: nothing else is asked of the office where the layout is what does not look.
    pub(super) fn advised(&self, finding: Finding, table: &Table) -> Finding {
        if finding.code != Code::PeriodMissing {
            return finding;
        }
        let is_unasked = |(way, _): &&(Attach, &str)| !self.layout.period.contains(way);
        let said = PLACES.iter().filter(is_unasked).find_map(|(way, word)| {
            let period = self.texts_of(way, table).iter().find_map(|(text, _)| find_period(text))?;
            Some((name(way), word, period))
        });
        let Some((place, word, period)) = said else { return finding };
        finding.next(Text::new(
            format!(
                "{}写的是{}，而版式的 period 没有列出 \"{word}\"：请流水线的编写者在版式的 period 中加上 \"{word}\"。",
                place.zh,
                period.in_chinese()
            ),
            format!(
                "The {} says {}, and the layout's `period` does not list \"{word}\": whoever writes the pipeline should add \"{word}\" to it.",
                place.en,
                period.in_english()
            ),
        ))
    }
}
