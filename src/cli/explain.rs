//! `yardstick explain`: what a code of a finding means, why it is said, and what to do.

use std::fmt::Write;

use super::{ExplainArguments, say, tell, warn};
use crate::diag::Code;

pub fn explain(arguments: &ExplainArguments) -> u8 {
    let language = arguments.language.language();
    let mut text = String::new();
    let Some(word) = &arguments.code else {
        for code in Code::ALL {
            let _ = writeln!(text, "{:20} {}", code.word(), code.severity().name().in_language(language));
        }
        tell(&text);
        return 0;
    };
    let Some(code) = Code::ALL.iter().find(|code| code.word() == word) else {
        let nearest = Code::ALL.iter().min_by_key(|code| strsim::levenshtein(code.word(), word)).map_or("", |code| code.word());
        warn(&format!(
            "{} {word}{} {nearest}\n",
            say(language, "没有此代码：", "there is no code"),
            say(language, "；最接近的是", "; the nearest is")
        ));
        return 2;
    };
    let (cause, next) = (code.cause(), code.next());
    let _ = writeln!(text, "{} [{}]", code.word(), code.severity().name().in_language(language));
    let _ = writeln!(text, "{}{}", say(language, "原因：", "cause: "), cause.in_language(language));
    let _ = writeln!(text, "{}{}", say(language, "处理：", "next: "), next.in_language(language));
    tell(&text);
    0
}
