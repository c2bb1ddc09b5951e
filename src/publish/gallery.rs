//! The gallery: one page that opens from disk, with every chart, its numbers, and the verdicts on the targets before them.
//!
//! Pictures stand beside the page as PNG files and are not set into it. Only a PNG has the same letters on every machine
//! (a browser sets an SVG's text in whatever font it has), it can be copied into a report as it is, and the page stays
//! light. The SVG is one click away.

use minijinja::{Environment, Value, context};

use super::svg::Picture;
use crate::model::{Figure, Language, Verdict};

const PAGE: &str = include_str!("gallery.html");

/// How all pages look.
pub const STYLE: &str = include_str!("page.css");

/// What the page shows. Paths are relative to it.
pub struct Gallery<'a> {
    pub title: &'a str,
    pub run: &'a str,
    pub language: Language,
    pub sample: bool,
    /// How many targets have which verdict.
    pub verdicts: &'a [(Verdict, usize)],
    /// Where the scorecard is, if there are targets.
    pub scorecard: Option<&'a str>,
    /// Where the page of what changed since the run before is.
    pub revisions: &'a str,
    /// How many findings there are, by the word for their severity.
    pub findings: &'a [(String, usize)],
    /// The tables of the run: what each holds, and where it is. The one named `findings.csv` is linked from the count.
    pub files: &'a [(String, String)],
    pub exhibits: &'a [Exhibit<'a>],
}

/// A chart and its files.
pub struct Exhibit<'a> {
    pub figure: &'a Figure,
    pub picture: &'a Picture,
    pub png: String,
    pub svg: String,
    pub csv: String,
}

/// The page as HTML.
pub fn page(gallery: &Gallery) -> Result<String, minijinja::Error> {
    let mut pages = Environment::new();
    // The name ends in .html: everything that is filled in is escaped.
    pages.add_template("gallery.html", PAGE)?;
    let words = |verdict: Verdict| verdict.name().in_language(gallery.language).to_string();
    let verdicts: Vec<Value> = gallery
        .verdicts
        .iter()
        .map(|&(verdict, count)| context! { word => verdict.word(), name => words(verdict), count })
        .collect();
    let exhibits: Vec<Value> = gallery.exhibits.iter().map(exhibit).collect();
    pages.get_template("gallery.html")?.render(context! {
        style => Value::from_safe_string(STYLE.to_string()),
        zh => gallery.language == Language::Chinese,
        title => gallery.title,
        run => gallery.run,
        sample => gallery.sample,
        verdicts,
        scorecard => gallery.scorecard,
        revisions => gallery.revisions,
        findings => gallery.findings,
        found => gallery.findings.iter().map(|(_, count)| count).sum::<usize>(),
        files => gallery.files,
        exhibits,
    })
}

fn exhibit(exhibit: &Exhibit) -> Value {
    let figure = exhibit.figure;
    context! {
        id => figure.id,
        title => figure.title,
        subtitle => figure.subtitle,
        alt => figure.alt,
        source => figure.source,
        columns => figure.table.columns,
        rows => figure.table.rows,
        width => exhibit.picture.width,
        height => exhibit.picture.height,
        png => exhibit.png,
        svg => exhibit.svg,
        csv => exhibit.csv,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Marks, Table};

    fn figure() -> Figure {
        Figure {
            id: "rate-line".into(),
            language: Language::Chinese,
            title: "近视率<b>2023</b>年".into(),
            subtitle: String::new(),
            unit: "%".into(),
            marks: Marks::Tiles(Vec::new()),
            key: Vec::new(),
            notes: Vec::new(),
            source: "来源".into(),
            sample: None,
            alt: "折线图 \"…\"".into(),
            table: Table { columns: vec!["时期".into()], rows: vec![vec!["2023".into()]] },
        }
    }

    fn shown(language: Language, sample: bool) -> String {
        let figure = figure();
        let picture = Picture { svg: String::new(), width: 800, height: 420 };
        let exhibit = Exhibit {
            figure: &figure,
            picture: &picture,
            png: "charts/rate-line.png".into(),
            svg: "charts/rate-line.svg".into(),
            csv: "indicators.csv".into(),
        };
        page(&Gallery {
            title: "广州 2023",
            run: "2024-01-15",
            language,
            sample,
            verdicts: &[(Verdict::Met, 3), (Verdict::Missed, 1)],
            scorecard: Some("scorecard.html"),
            revisions: "revisions.html",
            findings: &[("错误".into(), 2), ("警告".into(), 5)],
            files: &[("发现的问题".into(), "findings.csv".into())],
            exhibits: &[exhibit],
        })
        .expect("the template is ours")
    }

    #[test]
    fn the_page_stands_alone_and_escapes_what_it_is_given() {
        let page = shown(Language::Chinese, true);
        assert!(page.contains("lang=\"zh-CN\"") && page.contains("近视率&lt;b&gt;2023"));
        assert!(page.contains("src=\"charts&#x2f;rate-line.png\""));
        assert!(!page.contains("http://") && !page.contains("https://"), "nothing is fetched");
        assert!(page.contains("href=\"findings.csv\"") && page.contains('7'));
        assert!(page.contains("示例数据"));
    }

    #[test]
    fn real_figures_carry_no_sample_banner_and_english_pages_no_chinese_frame() {
        let page = shown(Language::English, false);
        assert!(page.contains("lang=\"en\"") && !page.contains("SAMPLE DATA"));
        assert!(!page.contains("图表") && page.contains("Charts"));
        assert_eq!(page, shown(Language::English, false));
    }
}
