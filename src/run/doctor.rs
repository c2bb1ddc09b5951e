//! Is everything in order for a night that nobody watches? Looked at without running anything.

use std::path::{Path, PathBuf};

use jiff::{Timestamp, Zoned};

use super::{Order, clock::on_the_wall, input, leftovers::manifest, lock::held_by, night::name};
use crate::{
    diag::{Finding, Severity},
    model::{Text, how_many},
    plan::Plan,
    publish::font,
};

/// One thing looked at.
pub struct Examined {
    pub what: Text,
    /// What it is like; what is wrong with it where it is not well.
    pub found: Text,
    pub well: bool,
}

fn examined(zh: &str, en: &str, well: bool, found: Text) -> Examined {
    Examined { what: Text::new(zh, en), found, well }
}

/// A run may need ten times what the last one took: staging beside the old one, and a cache.
const TIMES_THE_LAST: u64 = 10;
const LEAST_FREE: u64 = 200_000_000;

pub fn examine(order: &Order) -> Vec<Examined> {
    let mut findings = Vec::new();
    let plan = Plan::read(&order.pipeline, &mut findings);
    let pipeline = name(&order.pipeline);
    let last = super::latest(&order.output, &pipeline);
    vec![
        examined("流水线", "pipeline", plan.is_some(), first(&findings, Text::same(order.pipeline.display().to_string()))),
        inputs(order),
        writable("输出文件夹", "output folder", &order.output.join(&pipeline)),
        writable("缓存文件夹", "cache folder", order.upkeep.cache.as_deref().unwrap_or(Path::new("cache"))),
        free_space(order, &last, &pipeline),
        fonts(plan.as_ref()),
        locale(),
        clock(&last, &pipeline),
        others(&order.output.join(&pipeline)),
    ]
}

/// The gravest finding in words, or what there is to say where there is none.
fn first(findings: &[Finding], otherwise: Text) -> Text {
    let grave = findings.iter().find(|finding| finding.severity == Severity::Error);
    grave.map_or(otherwise, |finding| finding.message.clone())
}

fn inputs(order: &Order) -> Examined {
    let mut findings = Vec::new();
    let count = input::list(&order.input, &mut findings).map_or(0, |workbooks| workbooks.len());
    let shown = order.input.display();
    let said = Text::new(format!("{shown}，{count} 个工作簿"), format!("{shown}, {}", how_many(count, "workbook", "workbooks")));
    let well = findings.iter().all(|finding| finding.severity != Severity::Error);
    examined("输入文件夹", "input folder", well, first(&findings, said))
}

/// The folder, or the nearest above it that is there.
fn nearest(folder: &Path) -> PathBuf {
    let there = folder.ancestors().find(|folder| folder.is_dir());
    there.filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new(".")).to_path_buf()
}

/// Only writing tells whether one may write.
fn writable(zh: &str, en: &str, folder: &Path) -> Examined {
    let there = nearest(folder);
    let tried = tempfile::Builder::new().prefix(".yardstick-doctor-").tempfile_in(&there);
    let shown = there.display().to_string();
    match tried {
        Ok(_) => examined(zh, en, true, Text::new(format!("{shown} 可以写入"), format!("{shown} can be written"))),
        Err(fault) => examined(
            zh,
            en,
            false,
            Text::new(format!("{shown} 不可写入：{fault}"), format!("{shown} cannot be written: {fault}")),
        ),
    }
}

#[cfg(unix)]
fn free_space(order: &Order, last: &Path, pipeline: &str) -> Examined {
    let sizes = |manifest: serde_json::Value| -> u64 {
        manifest["artifacts"].as_array().into_iter().flatten().filter_map(|artifact| artifact["bytes"].as_u64()).sum()
    };
    let wanted = LEAST_FREE.max(TIMES_THE_LAST * manifest(last, pipeline).map_or(0, sizes));
    match rustix::fs::statvfs(nearest(&order.output)) {
        Ok(disk) => {
            let (free, wanted) = (disk.f_bavail * disk.f_frsize / 1_000_000, wanted / 1_000_000);
            let said = Text::new(format!("{free} MB，至少需要 {wanted} MB"), format!("{free} MB, {wanted} MB wanted"));
            examined("剩余空间", "free space", free >= wanted && disk.f_favail > 1000, said)
        }
        Err(fault) => examined("剩余空间", "free space", false, Text::same(fault.to_string())),
    }
}

#[cfg(not(unix))]
fn free_space(_: &Order, _: &Path, _: &str) -> Examined {
    examined("剩余空间", "free space", true, Text::new("此系统上不检查", "not looked at on this system"))
}

/// The fonts are in the program: they have to draw, and to have every letter of the pipeline's names.
fn fonts(plan: Option<&Plan>) -> Examined {
    let words = |plan: &Plan| -> Vec<String> {
        let areas = plan.book.areas.iter().map(|area| area.name.zh.clone());
        let indicators = plan.indicators.iter().map(|indicator| indicator.name.zh.clone());
        areas.chain(indicators).chain(plan.targets.iter().map(|target| target.name.zh.clone())).collect()
    };
    let words = plan.map(words).unwrap_or_default();
    let lacking: String = font::lacking(words.iter().map(String::as_str)).into_iter().collect();
    let said = match (font::is_sound(), lacking.is_empty()) {
        (false, _) => Text::new("内置字库损坏", "the embedded font is damaged"),
        (true, true) => Text::new("内置字库，名称中的字齐全", "in the program, with every letter of the names"),
        (true, false) => Text::new(format!("内置字库缺字：{lacking}"), format!("the embedded font lacks {lacking}")),
    };
    examined("字体", "fonts", font::is_sound() && lacking.is_empty(), said)
}

fn locale() -> Examined {
    let named = ["LC_ALL", "LC_CTYPE", "LANG"].iter().find_map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()));
    let shown = named.clone().unwrap_or_else(|| "POSIX".to_string());
    let is_unicode = shown.to_uppercase().replace('-', "").contains("UTF8");
    let said = if is_unicode {
        Text::same(shown)
    } else {
        Text::new(
            format!("{shown}：不是 UTF-8，终端和日志中的汉字可能显示不正常；结果文件不受影响"),
            format!("{shown} is not UTF-8: Chinese may look wrong on terminals and in logs; results are not affected"),
        )
    };
    examined("语言环境", "locale", is_unicode, said)
}

/// A clock is wrong that stands before the program was built or before the last run ended.
fn clock(last: &Path, pipeline: &str) -> Examined {
    let now = Zoned::now();
    let built = std::env::current_exe().and_then(fs_err::metadata).and_then(|file| file.modified()).ok();
    let built = built.and_then(|built| Timestamp::try_from(built).ok());
    let finished = manifest(last, pipeline).and_then(|run| run["finished"].as_str()?.parse::<Timestamp>().ok());
    let lies_ahead = built.into_iter().chain(finished).find(|earlier| *earlier > now.timestamp());
    let shown = now.strftime("%Y-%m-%d %H:%M:%S %Z").to_string();
    match lies_ahead {
        None => examined("时钟", "clock", true, Text::same(shown)),
        Some(earlier) => {
            let said =
                Text::new(format!("{shown}，早于已经过去的 {earlier}"), format!("{shown} is before {earlier}, which is past"));
            examined("时钟", "clock", false, said)
        }
    }
}

fn others(folder: &Path) -> Examined {
    match held_by(folder) {
        None => examined("其他运行", "other runs", true, Text::new("没有", "none")),
        Some(holder) => {
            let said = Text::new(
                format!("进程 {} 正在运行，自 {} 起", holder.process, on_the_wall(&holder.since)),
                format!("process {} is running, since {}", holder.process, on_the_wall(&holder.since)),
            );
            examined("其他运行", "other runs", true, said)
        }
    }
}
