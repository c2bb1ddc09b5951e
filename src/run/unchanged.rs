//! A night on which nothing has changed: the same workbooks, pipeline, program, language and as-of date give the same files, so
//! those of the run before are taken again, if they are still what that run wrote.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    sync::Arc,
};

use fs_err as fs;
use jiff::civil::Date;
use rayon::prelude::*;
use serde_json::Value;

use super::{
    Order,
    digest::{of_parts, sha256},
    grounds::Grounds,
    kept,
    leftovers::manifest,
    output::Artifact,
    receive::Stamp,
    store::sweep,
};
use crate::{
    diag::Finding,
    model::{Revisions, Verdict},
};

const ENDING: &str = "night";
/// The page that names its run; everything else is the same whenever it was made.
const PAGE: &str = "index.html";

/// What a night rests on, as one hash.
pub struct RestsOn {
    pub made_of: String,
    /// Where its findings are kept: the tables hold them only in words.
    path: PathBuf,
}

/// The result of the run before.
pub struct Before {
    pub manifest: Value,
    pub findings: Vec<Finding>,
    pub artifacts: Vec<Artifact>,
    /// Paths of those that do not say the same tonight.
    pub remade: Vec<String>,
}

impl RestsOn {
    /// `received` is the day on which each workbook came, `findings` what the input folder itself has given rise to.
    pub fn of(
        order: &Order,
        folder: &Path,
        grounds: &Grounds,
        stamps: &[Stamp],
        received: &BTreeMap<Arc<str>, Date>,
        findings: &[Finding],
    ) -> RestsOn {
        let said = format!("{} {:?} {received:?} {findings:?}", order.as_of, order.language);
        let workbooks = stamps.iter().flat_map(|stamp| [stamp.name.as_bytes(), stamp.sha256.as_bytes()]);
        let made_of = of_parts([grounds.judging.as_bytes(), said.as_bytes()].into_iter().chain(workbooks));
        RestsOn { path: folder.join(&made_of).with_extension(ENDING), made_of }
    }

    /// The run before, if it rests on the same and is unharmed.
    pub fn before(&self, last: &Path, pipeline: &str, run_id: &str, grounds: &Grounds) -> Option<Before> {
        let manifest = manifest(last, pipeline).filter(|manifest| manifest["made_of"] == self.made_of.as_str())?;
        let mut findings: Vec<Finding> = kept::read(&self.path).ok()??;
        if !findings.iter_mut().all(|finding| finding.find_rule(&grounds.files)) {
            return None;
        }
        let earlier = manifest["run"].as_str()?;
        let listed = manifest["artifacts"].as_array()?;
        let artifact = |entry: &Value| {
            let path = entry["path"].as_str()?.to_string();
            let bytes = fs::read(last.join(&path)).ok()?;
            let bytes = (entry["sha256"].as_str() == Some(&sha256(&bytes))).then_some(bytes)?;
            let bytes = if path == PAGE { renamed(bytes, earlier, run_id)? } else { bytes };
            Some(Artifact { path, bytes })
        };
        let artifacts: Option<Vec<Artifact>> = listed.par_iter().map(artifact).collect();
        Some(Before { findings, artifacts: artifacts?, remade: vec![PAGE.to_string()], manifest })
    }

    /// Keeps what the next night needs, and nothing of earlier ones. Without it that night only takes longer.
    pub fn keep(&self, findings: &[Finding]) {
        let _ = kept::write(&self.path, &findings);
        let own = self.made_of.as_str();
        sweep(self.path.parent().unwrap_or(Path::new("")), ENDING, |name| name == own);
    }
}

fn renamed(page: Vec<u8>, earlier: &str, run_id: &str) -> Option<Vec<u8>> {
    Some(String::from_utf8(page).ok()?.replace(earlier, run_id).into_bytes())
}

impl Before {
    /// Nothing is otherwise than in that run.
    pub fn revisions(&self) -> Revisions {
        let counted =
            |name: &str| self.manifest["revisions"][name].as_u64().and_then(|count| usize::try_from(count).ok()).unwrap_or(0);
        // What it had itself: every value that was there before it, and those it added.
        let unchanged = ["unchanged", "added", "revised"].map(counted).iter().sum();
        Revisions { since: self.manifest["run"].as_str().map(str::to_string), unchanged, ..Revisions::default() }
    }

    /// One of the counts of its manifest.
    pub fn count(&self, name: &str) -> usize {
        self.manifest["counts"][name].as_u64().and_then(|count| usize::try_from(count).ok()).unwrap_or(0)
    }

    pub fn verdicts(&self) -> BTreeMap<Verdict, usize> {
        let count = |verdict: &Verdict| self.manifest["counts"]["verdicts"][verdict.word()].as_u64().unwrap_or(0) as usize;
        Verdict::ALL.iter().map(|verdict| (*verdict, count(verdict))).filter(|(_, count)| *count > 0).collect()
    }
}
