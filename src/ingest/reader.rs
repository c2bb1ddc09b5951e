//! What a reading process is asked about lists, and what it answers: counts alone. No row of a list leaves it.

use std::{io, io::Cursor, sync::Arc};

use polars_core::runtime::RAYON;
use serde::{Deserialize, Serialize};

use super::{
    Content, Source,
    records::{self, Kept, Listed, Numbers, Reading, Recipe, Wanted},
    source::OnDisk,
    workbook::{self, Readers},
};
use crate::model::Text;

/// The first byte of a question about a list; postcard and, where the file is not on the disk, its bytes follow.
const LIST: u8 = 1;

#[derive(Serialize, Deserialize)]
struct Question {
    name: Arc<str>,
    recipe: Recipe,
    wanted: Option<Wanted>,
    /// Columns of an earlier night: the file itself is not read.
    kept: Option<Kept>,
    keeps: bool,
    /// None: its bytes follow.
    file: Option<OnDisk>,
}

/// What is asked of a file's lists besides its counts.
#[derive(Default)]
pub struct Besides<'a> {
    /// Numbers of the rows behind one figure.
    pub wanted: Option<&'a Wanted>,
    pub kept: Option<Kept>,
    /// Is what was read to be kept?
    pub keeps: bool,
}

/// Reads a file as lists, by a reader.
pub fn list(source: &Source, recipe: &Recipe, besides: Besides, readers: &Readers) -> Result<Listed, Text> {
    let Besides { wanted, kept, keeps } = besides;
    let (file, bytes) = match &source.content {
        _ if kept.is_some() => (None, &[][..]),
        Content::Held(bytes) => (None, bytes.as_slice()),
        Content::Left(file) => (Some(file.clone()), &[][..]),
    };
    let question = Question { name: source.path.clone(), recipe: recipe.clone(), wanted: wanted.cloned(), kept, keeps, file };
    let head = postcard::to_stdvec(&question).map_err(|fault| Text::same(fault.to_string()))?;
    let length = (head.len() as u64).to_le_bytes();
    let mut listed = readers.ask(&[&[LIST], &length, &head, bytes], source.length(), || answer(question, bytes))?;
    let files = recipe.files();
    listed.given.findings.iter_mut().for_each(|finding| {
        finding.find_rule(&files);
    });
    Ok(listed)
}

/// The numbers of the rows that one figure of a file's lists was counted over.
pub fn row_numbers(source: &Source, recipe: &Recipe, wanted: &Wanted, readers: &Readers) -> Result<Vec<Numbers>, Text> {
    let besides = Besides { wanted: Some(wanted), ..Besides::default() };
    list(source, recipe, besides, readers).map(|listed| listed.rows)
}

/// How a file's lists are seen; none where it holds none.
pub fn lists(source: &Source, recipe: &Recipe, readers: &Readers) -> Result<Listed, Text> {
    if recipe.layouts.is_empty() {
        return Ok(Listed::default());
    }
    list(source, recipe, Besides::default(), readers)
}

fn answer(question: Question, bytes: &[u8]) -> Result<Listed, Text> {
    let Question { name, recipe, wanted, kept, keeps, file } = question;
    let reading = Reading { recipe: &recipe, file: &name, wanted: wanted.as_ref(), keeps };
    // In the thread in which polars answers expressions: from any other, each of them would change threads.
    RAYON.install(|| match (kept, file) {
        (Some(kept), _) => records::again(kept, Reading { keeps: false, ..reading })
            .ok_or_else(|| Text::new("缓存中的清单已损坏", "what was kept of its lists is damaged")),
        (None, Some(file)) => file.read(|file| records::read(file, reading)),
        (None, None) => records::read(Cursor::new(bytes), reading),
    })
}

/// What a reading process does until it is told to end.
pub fn serve() -> io::Result<()> {
    workbook::serve(|question| {
        let answered: Result<Listed, Text> = match understood(question) {
            Some((question, bytes)) => workbook::quietly(|| answer(question, bytes))
                .unwrap_or_else(|_| Err(Text::new("文件内部结构已损坏", "its inner structure is damaged"))),
            None => Err(Text::new("读取进程收到的请求有误", "the reader was asked something it does not understand")),
        };
        postcard::to_stdvec(&answered).unwrap_or_default()
    })
}

fn understood(question: &[u8]) -> Option<(Question, &[u8])> {
    let (head, bytes) = workbook::headed(question.strip_prefix(&[LIST])?)?;
    Some((postcard::from_bytes(head).ok()?, bytes))
}
