//! `yardstick template`: the workbooks that offices fill.

use jiff::Zoned;

use super::{TemplateArguments, pipeline_folder, refuse, say, tell};
use crate::run::template::{TemplateOrder, templates};

pub fn write_templates(arguments: &TemplateArguments) -> u8 {
    let language = arguments.language.language();
    let order = TemplateOrder {
        pipeline: pipeline_folder(&arguments.pipeline),
        forms: arguments.forms.clone(),
        areas: arguments.areas.clone(),
        period: arguments.period,
        this_year: Zoned::now().year(),
        output: arguments.output.clone(),
        language,
    };
    match templates(&order) {
        Ok(written) => {
            for path in &written {
                tell(&format!("{}\n", path.display()));
            }
            let words = say(language, "可下发填报的工作簿：", "workbooks ready to be filled: ");
            tell(&format!("{words}{}\n", written.len()));
            0
        }
        Err(findings) => refuse(&findings, language),
    }
}
