//! `--notify-command`: a program of the installation that is run with the result. Its words are an argument list; no shell sees them.

use std::{
    io::{Write, stderr},
    process::{Child, Command, ExitStatus, Stdio},
    thread::sleep,
    time::{Duration, Instant},
};

use serde_json::Value;

use crate::{
    diag::{Code, Finding},
    model::Text,
};

/// A program that hangs must not hold up the night.
const PATIENCE: Duration = Duration::from_secs(60);

/// Runs it with the report as JSON on its standard input, and the gist in its environment. A finding where it fails.
pub fn notify(command: &[String], report: &Value) -> Option<Finding> {
    let [program, arguments @ ..] = command else { return None };
    let text = |key: &str| report[key].as_str().unwrap_or_default().to_string();
    let child = Command::new(program)
        .args(arguments)
        .env("YARDSTICK_RESULT_PIPELINE", text("pipeline"))
        .env("YARDSTICK_RESULT_OUTCOME", text("outcome"))
        .env("YARDSTICK_RESULT_EXIT_CODE", report["exit_code"].to_string())
        .env("YARDSTICK_RESULT_FOLDER", text("folder"))
        .stdin(Stdio::piped())
        // What it says belongs to the log, not to the result.
        .stdout(stderr())
        .spawn();
    let fault = match child.and_then(|child| wait(child, report)) {
        Ok(Some(status)) if status.success() => return None,
        Ok(Some(status)) => Text::same(status.to_string()),
        Ok(None) => Text::new("一分钟内没有结束，已强行终止", "it had not ended after a minute and was stopped"),
        Err(fault) => Text::same(fault.to_string()),
    };
    let message = Text::new(
        format!("通知程序 {program} 未成功：{}", fault.zh),
        format!("the notify command {program} did not succeed: {}", fault.en),
    );
    Some(Finding::new(Code::NotifyFailed, message))
}

fn wait(mut child: Child, report: &Value) -> std::io::Result<Option<ExitStatus>> {
    if let Some(mut input) = child.stdin.take() {
        // A program that does not read it has closed it; that is its own affair.
        let _ = input.write_all(format!("{report:#}\n").as_bytes());
    }
    let started = Instant::now();
    while started.elapsed() < PATIENCE {
        if let Some(status) = child.try_wait()? {
            return Ok(Some(status));
        }
        sleep(Duration::from_millis(20));
    }
    child.kill()?;
    child.wait()?;
    Ok(None)
}
