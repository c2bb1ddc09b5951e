//! Layouts with their measures and dimensions looked up and their headings folded.

use std::collections::BTreeMap;

use super::{
    names::{self, contradiction},
    templates,
};
use crate::{
    diag::Finding,
    ingest::{Attach, Layout, SIGNERS, TOTALS, Unit, Values},
    model::{Codebook, Id, Measure, Period, fold, fold_heading},
    spec::{LayoutFile, Parsed, Spanned, Spec},
};

/// Words that begin the lines below a table, besides those of whoever signs it.
const STOPS: &[&str] = &["注:", "注1", "说明:", "备注:", "note", "source"];

pub fn layouts(spec: &Spec, book: &Codebook, findings: &mut Vec<Finding>) -> Vec<Layout> {
    let mut layouts: Vec<Layout> = Vec::new();
    for file in &spec.layouts {
        let Some(layout) = layout(file, book, findings) else { continue };
        if layouts.iter().any(|known| known.id == layout.id) {
            findings.push(contradiction(
                &layout.place,
                format!("表 {} 定义了两次", layout.id),
                format!("form {} is defined twice", layout.id),
            ));
        }
        layouts.push(layout);
    }
    if layouts.is_empty() && spec.records.is_empty() && !spec.layouts.iter().any(|file| file.faulty) {
        findings.push(contradiction(&spec.pipeline.top(), "layouts/ 下没有版式", "layouts/ holds no layout"));
    }
    layouts
}

fn layout(file: &Parsed<LayoutFile>, book: &Codebook, findings: &mut Vec<Finding>) -> Option<Layout> {
    let content = &file.content;
    let form = names::form(file, content.form.as_ref(), findings)?;
    let place = file.place(form);
    let id = names::define(&place, form.as_ref(), findings);
    let measures = || book.measures.iter().map(|measure| &measure.id);
    let mut values = Vec::new();
    for entry in &content.values {
        let entry_place = file.place(entry);
        let entry = entry.as_ref();
        let Some(measure) = names::find(file, &entry.measure, &names::MEASURE, measures(), findings) else { continue };
        let unit = entry.unit.clone().or_else(|| book.measure(&measure).map(|measure| measure.unit.clone())).unwrap_or_default();
        let own_unit = book.measure(&measure).map(|measure| Unit::parse(&measure.unit));
        if own_unit.is_some_and(|own| Unit::parse(&unit).exponent_to(&own).is_none()) {
            findings.push(contradiction(
                &entry_place,
                format!("单位“{unit}”不能换算为 {measure} 的单位"),
                format!("the unit `{unit}` cannot be converted to that of {measure}"),
            ));
        }
        let headings = entry.heading.iter().map(|heading| Values::path(heading)).collect();
        values.push(Values {
            measure,
            headings,
            unit,
            fractions: entry.fractions,
            ratio: entry.ratio,
            optional: entry.optional,
            place: entry_place,
        });
    }
    let needs = content
        .needs
        .iter()
        .filter_map(|need| names::find(file, need, &names::MEASURE, values.iter().map(|values| &values.measure), findings))
        .collect();
    let (mut area, mut period, mut dimensions) = (Vec::new(), Vec::new(), BTreeMap::new());
    for (what, ways) in &content.attach {
        match what.as_ref().as_str() {
            "area" => {
                area = names::with_codes(ways, |name| names::area(&file.place(what), name, &book.areas, findings));
            }
            "period" => {
                for fault in constants(ways).filter_map(|text| text.parse::<Period>().err()) {
                    findings.push(contradiction(&file.place(what), format!("时期写法不对（{fault}）"), fault));
                }
                period.clone_from(ways);
            }
            _ => {
                let known = book.dimensions.iter().map(|dimension| &dimension.id);
                if let Some(id) = names::find(file, what, &names::DIMENSION, known, findings) {
                    dimensions.insert(id.clone(), members(file, book, &id, ways, what, findings));
                }
            }
        }
    }
    let fed: Vec<&Measure> = values.iter().filter_map(|values| book.measure(&values.measure)).collect();
    for (lacks, zh, en) in [(area.is_empty(), "地区", "area"), (period.is_empty(), "时期", "period")] {
        if lacks && !file.faulty {
            findings.push(contradiction(
                &place,
                format!("attach 中没有写{zh}从哪里来"),
                format!("`attach` does not say where the {en} comes from"),
            ));
        }
    }
    for measure in fed {
        let reachable = |id: &&Id| {
            dimensions.contains_key(*id)
                || dimensions
                    .keys()
                    .filter_map(|known| book.dimension(known))
                    .any(|known| known.members.iter().any(|member| member.within.as_ref().is_some_and(|(outer, _)| outer == *id)))
        };
        // What was refused is there all the same to whoever wrote it.
        for id in measure.by.iter().filter(|id| !file.faulty && !reachable(id)) {
            findings.push(contradiction(
                &place,
                format!("计数项 {} 按 {id} 分类，而 attach 中没有写 {id} 从哪里来", measure.id),
                format!("measure {} is broken down by {id}, but `attach` does not say where {id} comes from", measure.id),
            ));
        }
    }
    let template = templates::template(file, book, &values, findings);
    let fold_all = |words: &[String]| words.iter().map(|word| fold_heading(word)).collect();
    let own_totals =
        content.totals.clone().unwrap_or_else(|| TOTALS.iter().chain(&["全市合计"]).map(ToString::to_string).collect());
    Some(Layout {
        id,
        title: content.title.clone(),
        sent_by: content.sent_by.as_ref().map(|codes| {
            codes.iter().filter_map(|code| names::area(&file.place(code), code.as_ref(), &book.areas, findings)).collect()
        }),
        says: content.says.clone(),
        needs,
        values,
        area,
        period,
        dimensions,
        stops_at: STOPS
            .iter()
            .chain(&SIGNERS)
            .map(ToString::to_string)
            .chain(content.stops_at.iter().map(|word| fold(word)))
            .collect(),
        skips: fold_all(&content.skips),
        totals: fold_all(&own_totals),
        symbols: content.symbols.iter().map(|(mark, symbol)| (fold(mark), *symbol)).collect(),
        transposed: content.transposed,
        template,
        place,
    })
}

/// What is always the same, whatever the sheet says.
fn constants(ways: &[Attach]) -> impl Iterator<Item = &String> {
    ways.iter().flat_map(|way| match way {
        Attach::Is(code) => std::slice::from_ref(code),
        Attach::InOrder(codes) => codes,
        _ => &[],
    })
}

/// A dimension that is always one member must name a member there is.
fn members(
    file: &Parsed<LayoutFile>,
    book: &Codebook,
    id: &Id,
    ways: &[Attach],
    what: &Spanned<String>,
    findings: &mut Vec<Finding>,
) -> Vec<Attach> {
    match book.dimension(id).filter(|dimension| !dimension.open) {
        Some(dimension) => names::with_codes(ways, |name| names::member(&file.place(what), name, dimension, findings)),
        None => ways.to_vec(),
    }
}
