//! `yardstick.toml`: what an installation gives to every command, unless the environment or the command line says otherwise.

use std::{collections::BTreeMap, path::Path};

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Parsed, Spanned};

#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct SettingsFile {
    /// Pipelines of `run`: names of folders in `pipelines/`, or paths of such folders.
    pub pipelines: Option<Spanned<Vec<String>>>,
    /// Folder with the workbooks.
    pub input: Option<Spanned<String>>,
    /// Folder for the results.
    pub output: Option<Spanned<String>>,
    /// Folder for what is kept of each workbook; may be deleted at any time.
    pub cache: Option<Spanned<String>>,
    /// `zh` or `en`.
    pub language: Option<Spanned<String>>,
    /// Mebibytes that reading may take.
    pub memory: Option<Spanned<u32>>,
    /// How many published runs stay.
    pub keep: Option<Spanned<u32>>,
    /// How many runs stay that failed or were cut short.
    pub keep_failed: Option<Spanned<u32>>,
    /// Wait for a run that is under way.
    pub wait: Option<Spanned<bool>>,
    /// `text` or `json`.
    pub log_format: Option<Spanned<String>>,
    /// Program and arguments that are run with the result; no shell.
    pub notify_command: Option<Spanned<Vec<String>>>,
}

/// What the file says of one argument: its values as they would stand on the command line, and the line it stands on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setting {
    pub values: Vec<String>,
    pub line: usize,
}

impl Parsed<SettingsFile> {
    /// By the argument's id. Paths are relative to the file, not to where the command is given.
    pub fn by_argument(&self) -> BTreeMap<&'static str, Setting> {
        let file = &self.content;
        let folder = Path::new(&self.file.path).parent().unwrap_or(Path::new(""));
        let place = |path: &String| folder.join(path).to_string_lossy().into_owned();
        // A name, or a path; beside the file or in its `pipelines/`, and else where the command is given.
        let pipeline = |name: &String| {
            let places = [folder.join(name), folder.join("pipelines").join(name)];
            let there = places.iter().find(|place| place.is_dir());
            there.map_or_else(|| name.clone(), |place| place.to_string_lossy().into_owned())
        };
        let mut settings = BTreeMap::new();
        let mut add = |id, at: Option<(usize, Vec<String>)>| {
            settings.extend(at.map(|(line, values)| (id, Setting { values, line })));
        };
        add("pipelines", self.at(&file.pipelines, |names| names.iter().map(pipeline).collect()));
        add("input", self.at(&file.input, |path| vec![place(path)]));
        add("output", self.at(&file.output, |path| vec![place(path)]));
        add("cache", self.at(&file.cache, |path| vec![place(path)]));
        add("language", self.at(&file.language, |word| vec![word.clone()]));
        add("memory", self.at(&file.memory, |mebibytes| vec![mebibytes.to_string()]));
        add("keep", self.at(&file.keep, |count| vec![count.to_string()]));
        add("keep_failed", self.at(&file.keep_failed, |count| vec![count.to_string()]));
        add("wait", self.at(&file.wait, |truth| vec![truth.to_string()]));
        add("log_format", self.at(&file.log_format, |word| vec![word.clone()]));
        add("notify_command", self.at(&file.notify_command, Clone::clone));
        settings
    }

    fn at<T>(&self, value: &Option<Spanned<T>>, words: impl Fn(&T) -> Vec<String>) -> Option<(usize, Vec<String>)> {
        value.as_ref().map(|value| (self.place(value).line(), words(value.get_ref())))
    }
}
