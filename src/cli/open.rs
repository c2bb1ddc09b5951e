//! `yardstick open`: the address of a pipeline's gallery, printed and handed to whatever opens web pages here.

use std::{
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use clap::Args;

use super::{LanguageArgument, pipeline_folder, say, tell, warn};
use crate::run::latest;

#[derive(Args)]
pub struct OpenArguments {
    /// The pipeline whose last result is wanted.
    #[arg(default_value = "guangzhou-2023", value_name = "PIPELINE")]
    pipeline: String,
    /// Folder with the results.
    #[arg(long, default_value = "output", value_name = "DIR", env = "YARDSTICK_OUTPUT")]
    output: PathBuf,
    /// Print the address and open nothing.
    #[arg(long)]
    print: bool,
    #[command(flatten)]
    language: LanguageArgument,
}

/// 0 where it was printed and, unless only that was asked for, opened; 1 where nothing here opens it; 2 where there is no result.
pub fn open(arguments: &OpenArguments) -> u8 {
    let language = arguments.language.language();
    let folder = pipeline_folder(&arguments.pipeline);
    let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let result = latest(&arguments.output, &name);
    let page = result.join("index.html");
    let Ok(page) = std::path::absolute(&page).and_then(|page| fs_err::metadata(&page).map(|_| page)) else {
        let words = if result.is_dir() {
            say(
                language,
                "这条流水线不发布图库（见 pipeline.toml 的 publish）；表格在同一文件夹中",
                "this pipeline publishes no gallery (see publish in pipeline.toml); its tables are in the same folder",
            )
        } else {
            say(language, "还没有结果；请先运行 yardstick run", "there is no result yet; run the batch first: yardstick run")
        };
        warn(&format!("{}: {words}\n", page.display()));
        return 2;
    };
    tell(&format!("{}\n", address(&page)));
    if arguments.print || is_handed_on(&page) {
        return 0;
    }
    let words = say(
        language,
        "这台机器上没有能打开网页的程序；请在浏览器中打开上面的地址",
        "nothing on this machine opens web pages; open the address above in a browser",
    );
    warn(&format!("{words}\n"));
    1
}

/// The page as a `file:` address. Whatever an address may not hold is written as its bytes.
fn address(page: &Path) -> String {
    let path = page.to_string_lossy().replace('\\', "/");
    let mut address = String::from(if path.starts_with('/') { "file://" } else { "file:///" });
    for &byte in path.as_bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b':' | b'-' | b'_' | b'.' | b'~' => address.push(char::from(byte)),
            other => address.push_str(&format!("%{other:02X}")),
        }
    }
    address
}

/// Gives the page to the program of the desktop. It is called by its name, without a shell.
fn is_handed_on(page: &Path) -> bool {
    let opener = if cfg!(target_os = "macos") {
        "open"
    } else if cfg!(windows) {
        "explorer"
    } else {
        "xdg-open"
    };
    let mut command = Command::new(opener);
    command.arg(page).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    // The Explorer says 1 whatever happened.
    command.status().is_ok_and(|status| status.success() || cfg!(windows))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_holds_nothing_that_addresses_may_not() {
        assert_eq!(address(Path::new("/srv/out put/统计/index.html")), "file:///srv/out%20put/%E7%BB%9F%E8%AE%A1/index.html");
        assert_eq!(address(Path::new("C:/out/index.html")), "file:///C:/out/index.html");
    }
}
