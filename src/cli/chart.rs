//! `yardstick chart`: one more chart of what the last run has found.

use std::path::PathBuf;

use clap::{
    Args,
    builder::{PossibleValuesParser, TypedValueParser},
};
use jiff::civil::Date;

use super::{LanguageArgument, pipeline_folder, refuse, run::input_folder, tell, warn};
use crate::{
    ingest::Readers,
    model::Kind,
    run::extra::{ChartOrder, extra},
};

#[derive(Args)]
pub struct ChartArguments {
    /// Id or name of an indicator or a subject.
    #[arg(value_name = "INDICATOR")]
    of: String,
    /// What kind of chart: a line, or the targets of a subject, unless given.
    #[arg(long, value_name = "KIND", value_parser = kinds())]
    kind: Option<Kind>,
    /// Code or name of an area, such as 440103; may be given more than once. All of them unless given.
    #[arg(long = "area", value_name = "AREA")]
    areas: Vec<String>,
    /// Folder for the two files, SVG and PNG.
    #[arg(long, default_value = ".", value_name = "DIR")]
    into: PathBuf,
    /// The pipeline: a name or a path.
    #[arg(long, default_value = "guangzhou-2023")]
    pipeline: String,
    /// Folder with the workbooks; a folder in it with the pipeline's name is preferred.
    #[arg(long, default_value = "input", value_name = "DIR", env = "YARDSTICK_INPUT")]
    input: PathBuf,
    /// Folder with the results of its runs.
    #[arg(long, default_value = "output", value_name = "DIR", env = "YARDSTICK_OUTPUT")]
    output: PathBuf,
    /// Folder with what was kept of each workbook.
    #[arg(long, default_value = "cache", value_name = "DIR", env = "YARDSTICK_CACHE")]
    cache: PathBuf,
    /// The day on which targets are judged; that of the last run unless given.
    #[arg(long, value_name = "DATE", env = "YARDSTICK_AS_OF")]
    as_of: Option<Date>,
    #[command(flatten)]
    language: LanguageArgument,
}

fn kinds() -> impl TypedValueParser<Value = Kind> {
    PossibleValuesParser::new(Kind::ALL.map(Kind::word)).try_map(|word| Kind::named(&word).ok_or("no such kind"))
}

pub fn draw_chart(arguments: &ChartArguments) -> u8 {
    let language = arguments.language.language();
    let pipeline = pipeline_folder(&arguments.pipeline);
    let order = ChartOrder {
        input: input_folder(&arguments.input, &pipeline, 1),
        pipeline,
        output: arguments.output.clone(),
        cache: Some(arguments.cache.clone()),
        of: arguments.of.clone(),
        kind: arguments.kind,
        areas: arguments.areas.clone(),
        as_of: arguments.as_of,
        language,
        into: arguments.into.clone(),
        readers: Readers::apart(),
    };
    match extra(&order) {
        Ok(drawn) => {
            drawn.notes.iter().for_each(|note| warn(&format!("{}\n", note.in_language(language))));
            drawn.files.iter().for_each(|file| tell(&format!("{}\n", file.display())));
            0
        }
        Err(findings) => refuse(&findings, language),
    }
}
