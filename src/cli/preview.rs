//! `yardstick preview`: how the layouts see a workbook.

use super::{PreviewArguments, colour_on_stderr, colour_on_stdout, pipeline_folder, refuse, tell, warn};
use crate::{
    diag::{self, Code, Finding, Place},
    ingest,
    model::Text,
    publish::preview,
    run::read_only,
};

pub fn preview_workbook(arguments: &PreviewArguments) -> u8 {
    let language = arguments.language.language();
    let (plan, sources) = match read_only(&pipeline_folder(&arguments.pipeline), std::slice::from_ref(&arguments.file)) {
        Ok(read) => read,
        Err(findings) => return refuse(&findings, language),
    };
    let [source] = sources.as_slice() else {
        let path = arguments.file.display().to_string();
        let message = Text::new(format!("无法读取 {path}"), format!("{path} cannot be read"));
        return refuse(&[Finding::new(Code::InputUnreadable, message).at(Place::file(path))], language);
    };
    let (previews, findings) = match ingest::preview(source, &plan.layouts, &plan.book, &ingest::Readers::apart(), language) {
        Ok(seen) => seen,
        Err(why) => {
            let message =
                Text::new(format!("{} 无法读取：{}", source.path, why.zh), format!("{} cannot be read: {}", source.path, why.en));
            return refuse(&[Finding::new(Code::WorkbookUnreadable, message).at(Place::file(source.path.as_ref()))], language);
        }
    };
    match &arguments.html {
        None => tell(&preview::text(&previews, language, colour_on_stdout())),
        Some(path) => {
            let written = preview::html(&source.path, &previews, language)
                .map_err(|fault| fault.to_string())
                .and_then(|page| fs_err::write(path, page).map_err(|fault| fault.to_string()));
            if let Err(fault) = written {
                let message = Text::new(
                    format!("无法写入 {}：{fault}", path.display()),
                    format!("{} cannot be written: {fault}", path.display()),
                );
                return refuse(&[Finding::new(Code::OutputUnwritable, message)], language);
            }
            tell(&format!("{}\n", path.display()));
        }
    }
    for finding in &findings {
        warn(&format!("{}\n", diag::show(finding, language, colour_on_stderr())));
    }
    u8::from(!findings.is_empty() || previews.iter().all(|preview| preview.rows.is_empty()))
}
