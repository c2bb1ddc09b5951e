//! From results to files: tables, charts, gallery, as bytes.

use std::io;

use super::{Order, Watch, output::Artifact};
use crate::{
    diag::Finding,
    model::{Completeness, Dataset, Figure, Summary},
    plan::Plan,
    publish::{
        csv::csv,
        datapackage::datapackage,
        tables::{Contents, tables},
    },
};

pub struct Results<'a> {
    pub order: &'a Order,
    pub plan: &'a Plan,
    pub dataset: &'a Dataset,
    pub summary: &'a Summary,
    pub completeness: &'a [Completeness],
}

impl Results<'_> {
    pub fn figures(&self, _findings: &mut Vec<Finding>) -> Vec<Figure> {
        Vec::new()
    }

    pub fn artifacts(&self, findings: &[Finding], _figures: &[Figure], _run_id: &str, _watch: &dyn Watch) -> io::Result<Vec<Artifact>> {
        let plan = self.plan;
        let tables = tables(&Contents {
            dataset: self.dataset,
            summary: self.summary,
            findings,
            completeness: self.completeness,
            indicators: &plan.indicators,
            targets: &plan.targets,
            book: &plan.book,
            language: self.order.language,
            sample: plan.sample,
        });
        let mut artifacts = Vec::new();
        for table in &tables {
            artifacts.push(Artifact { path: format!("{}.csv", table.name), bytes: csv(table)? });
        }
        let package = datapackage(&plan.name, &plan.title, &plan.source, plan.sample, &tables, self.order.language);
        artifacts.push(Artifact { path: "datapackage.json".to_string(), bytes: format!("{package:#}\n").into_bytes() });
        Ok(artifacts)
    }
}
