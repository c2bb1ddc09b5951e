//! How a layout sees a workbook, sheet by sheet: for whoever writes or mends a layout.

use rustc_hash::FxHashMap;

use super::{
    Given, Layout, Readers, Source, Views,
    folded::Folded,
    form,
    nearest::{Misses, Nearest},
};
use crate::{
    diag::Finding,
    model::{Codebook, Language, Observation, Preview, PreviewCell, Role, Text},
};

/// Every sheet, but those of these names, under every layout that fits it; sheets that none fits are shown with what the nearest lacked.
pub fn preview(
    source: &Source,
    without: &[String],
    layouts: &[Layout],
    book: &Codebook,
    readers: &Readers,
    language: Language,
) -> Result<(Vec<Preview>, Vec<Finding>), Text> {
    let sheets = readers.open_without(without, &source.bytes()?)?;
    let mut previews = Vec::new();
    let mut findings = Vec::new();
    for sheet in &sheets {
        let views = Views::new(sheet, layouts);
        let before = previews.len();
        let mut misses = Misses::default();
        let name = |layout: &Layout| format!("{} {}", layout.id, layout.title.in_language(language));
        for layout in layouts {
            let folded = views.of(layout);
            match folded.find(layout, book) {
                Ok(tables) => {
                    let reader = form::Reader { file: &source.path, sheet: folded, layout, book };
                    let (mut painting, mut given) = (Painting::default(), Given::default());
                    for table in &tables {
                        reader.read(table, &mut given);
                        painting.headings.extend(table.headings.clone());
                        painting.body.extend(table.body.clone());
                    }
                    painting.add(&given.observations, Role::Value, book, language);
                    painting.add(&given.totals, Role::Total, book, language);
                    findings.extend(given.findings);
                    previews.push(painting.paint(folded, name(layout)));
                }
                Err(miss) => misses.push(miss, layout, sheet),
            }
        }
        if previews.len() == before {
            let blank = |nearest: Nearest| Preview {
                sheet: sheet.name.clone(),
                layout: name(nearest.layout),
                rows: Vec::new(),
                lacks: nearest.into_missing(),
                values: 0,
                totals: 0,
            };
            previews.extend(misses.nearest().map(blank));
        }
    }
    Ok((previews, findings))
}

#[derive(Default)]
struct Painting {
    headings: Vec<u32>,
    body: Vec<u32>,
    picked: FxHashMap<(u32, u32), (Role, String)>,
    values: usize,
    totals: usize,
}

impl Painting {
    fn add(&mut self, observations: &[Observation], role: Role, book: &Codebook, language: Language) {
        for observation in observations {
            let Some(cell) = observation.cell() else { continue };
            let role = if observation.status.is_unknown() { Role::Trouble } else { role };
            let name = book.figure_name(&observation.measure, &observation.area, observation.period, &observation.breakdown);
            let value = observation.value.map_or_else(|| observation.status.letter().to_string(), |value| value.to_string());
            self.picked.insert((cell.row, cell.column), (role, format!("{} = {value}", name.in_language(language))));
        }
        match role {
            Role::Total => self.totals += observations.len(),
            _ => self.values += observations.len(),
        }
    }

    fn paint(self, folded: &Folded, layout: String) -> Preview {
        let sheet = &folded.sheet;
        let cell = |row: u32, column: u32| {
            let text = sheet.cell(row, column).said().into_owned();
            let (role, attached) = match self.picked.get(&sheet.place(row, column)) {
                Some((role, attached)) => (*role, attached.clone()),
                None if text.trim().is_empty() => (Role::Plain, String::new()),
                None if self.headings.contains(&row) => (Role::Heading, String::new()),
                None if self.body.contains(&row) => (Role::Label, String::new()),
                None => (Role::Plain, String::new()),
            };
            PreviewCell { text, role, attached }
        };
        let rows = (0..sheet.rows).map(|row| (0..sheet.columns).map(|column| cell(row, column)).collect()).collect();
        Preview { sheet: sheet.name.clone(), layout, rows, lacks: Vec::new(), values: self.values, totals: self.totals }
    }
}
