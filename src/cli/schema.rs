//! `yardstick schema`: JSON Schemas of all TOML files, from the very types that read them, and of results.json. Editors complete and check by them.

use schemars::{Schema, generate::SchemaSettings};

use super::{SchemaArguments, colour_on_stderr, tell, warn};
use crate::{
    diag,
    publish::results::Results,
    run::write_files,
    spec::{
        AuditFile, BriefFile, ChartsFile, ChecksFile, CorrectionsFile, DeadlinesFile, IndicatorsFile, LayoutFile, MeasuresFile,
        PipelineFile, RecordsFile, SettingsFile, TargetsFile,
    },
};

/// Every kind of TOML file, and what dashboards read, by the name of its schema.
fn schemas() -> Vec<(&'static str, Schema)> {
    fn of<T: schemars::JsonSchema>() -> Schema {
        // Draft 7 is the one that the TOML extensions of editors understand.
        SchemaSettings::draft07().into_generator().into_root_schema_for::<T>()
    }
    vec![
        ("pipeline", of::<PipelineFile>()),
        ("measures", of::<MeasuresFile>()),
        ("indicators", of::<IndicatorsFile>()),
        ("targets", of::<TargetsFile>()),
        ("checks", of::<ChecksFile>()),
        ("audit", of::<AuditFile>()),
        ("corrections", of::<CorrectionsFile>()),
        ("deadlines", of::<DeadlinesFile>()),
        ("brief", of::<BriefFile>()),
        ("charts", of::<ChartsFile>()),
        ("layout", of::<LayoutFile>()),
        ("records", of::<RecordsFile>()),
        ("yardstick", of::<SettingsFile>()),
        ("results", of::<Results>()),
    ]
}

pub fn write_schemas(arguments: &SchemaArguments) -> u8 {
    let file = |(name, schema): (&str, Schema)| (format!("{name}.json"), format!("{:#}\n", schema.as_value()).into_bytes());
    let files: Vec<_> = schemas().into_iter().map(file).collect();
    match write_files(&arguments.folder, &files) {
        Ok(()) => {
            tell(&format!("{}\n", arguments.folder.display()));
            0
        }
        Err(findings) => {
            for finding in &findings {
                warn(&format!("{}\n", diag::show(finding, arguments.language.language(), colour_on_stderr())));
            }
            2
        }
    }
}
