//! `yardstick new`: the beginning of a pipeline.

use super::{NewArguments, refuse, say, tell};
use crate::{model::Language, run::scaffold::scaffold};

pub fn begin_pipeline(arguments: &NewArguments) -> u8 {
    let language = arguments.language.language();
    let written = match scaffold(&arguments.pipeline, &arguments.at, language) {
        Ok(written) => written,
        Err(findings) => return refuse(&findings, language),
    };
    for (path, what) in &written {
        tell(&format!("{:40} {}\n", path.display().to_string(), what.in_language(language)));
    }
    let name = &arguments.pipeline;
    let lang = if language == Language::English { " --lang en" } else { "" };
    let place = arguments.at.display().to_string();
    let goes = if place == "." { String::new() } else { format!("cd {place}\n  ") };
    tell(say(
        language,
        "\n可以直接运行（示例数据），再逐个改成自己的：\n",
        "\nIt runs as it is, on sample data; then make it your own file by file:\n",
    ));
    tell(&format!("  {goes}yardstick run {name}{lang}\n"));
    tell(&format!("  yardstick template --pipeline {name}{lang}\n"));
    0
}
