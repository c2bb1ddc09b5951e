//! The gallery: one page that opens from disk, with every chart, its numbers, and the verdicts on the targets before them.
//!
//! Pictures stand beside the page as PNG files and are not set into it. Only a PNG has the same letters on every machine
//! (a browser sets an SVG's text in whatever font it has), it can be copied into a report as it is, and the page stays
//! light. The SVG is one click away. The frame, the names and the verdicts are there in both languages; charts and their
//! captions are in that of the run, as the pictures are.

use minijinja::{Value, context};

use super::{
    svg::Picture,
    words::{both, environment, escaped},
};
use crate::model::{Figure, Language, Text, Verdict, figure::Table};

const PAGE: &str = include_str!("gallery.html");

/// What the page shows. Paths are relative to it.
pub struct Gallery<'a> {
    pub title: &'a Text,
    pub run: &'a str,
    pub as_of: &'a str,
    pub language: Language,
    pub sample: bool,
    /// How many targets have which verdict.
    pub verdicts: &'a [(Verdict, usize)],
    /// The verdicts on all commitments of each section of the document.
    pub sections: &'a [Section],
    /// Where the page of what changed since the run before is.
    pub revisions: &'a str,
    /// How many findings there are, by the word for their severity.
    pub findings: &'a [(Text, usize)],
    /// Workbooks and documents made for an office.
    pub office: &'a [(Text, String)],
    /// Pages that can be sent to an area, and how much each asks for.
    pub notices: &'a [(Text, String, usize)],
    /// The tables of the run: what each holds, and where it is.
    pub files: &'a [(Text, String)],
    /// All areas in their conventional order. `Exhibit` speaks of them by their places.
    pub areas: &'a [Text],
    /// The place of the whole among them.
    pub whole: usize,
    pub shelves: &'a [Shelf<'a>],
}

/// The commitments of a section of the document.
pub struct Section {
    pub name: Text,
    /// Its place on the scorecard.
    pub anchor: String,
    pub verdicts: Vec<Verdict>,
}

/// The charts of one subject.
pub struct Shelf<'a> {
    /// Also the name of its script in `origins/`.
    pub id: &'a str,
    pub name: Text,
    pub exhibits: Vec<Exhibit<'a>>,
}

/// A chart and its files.
pub struct Exhibit<'a> {
    pub figure: &'a Figure,
    pub picture: &'a Picture,
    pub png: String,
    /// Id and name of the one indicator that it shows; of several, none.
    pub indicator: Option<(&'a str, &'a Text)>,
    /// The places of the areas that stand in it.
    pub areas: Vec<usize>,
    /// For each target on its indicator the verdicts by area, as `judged` writes them.
    pub judged: Vec<String>,
}

/// Verdicts by area in one word, a sign for each area: the place of the verdict in `Verdict::ALL`, or a dash.
pub fn judged(verdicts: impl Iterator<Item = Option<Verdict>>) -> String {
    verdicts.map(|verdict| verdict.map_or('-', sign)).collect()
}

fn sign(verdict: Verdict) -> char {
    let place = Verdict::ALL.iter().position(|known| *known == verdict).unwrap_or_default();
    char::from_digit(place as u32, 16).unwrap_or('-')
}

/// What a page says of a verdict.
pub fn verdict(verdict: Verdict) -> Value {
    let text = verdict.name();
    context! { word => verdict.word(), place => sign(verdict).to_string(), name => both(&text), text => text }
}

/// The page as HTML.
pub fn page(gallery: &Gallery) -> Result<String, minijinja::Error> {
    let mut pages = environment(gallery.language)?;
    pages.add_template("gallery.html", PAGE)?;
    let named = |(name, path): &(Text, String)| context! { name => both(name), path => link(path) };
    let all: Vec<Value> = Verdict::ALL
        .into_iter()
        .filter(|known| gallery.verdicts.iter().any(|(verdict, _)| verdict == known))
        .map(verdict)
        .collect();
    let counts = gallery.verdicts.iter().map(|&(of, count)| context! { count, ..verdict(of) });
    let sections = gallery.sections.iter().map(|section| {
        let words: Vec<&str> = section.verdicts.iter().map(|verdict| verdict.word()).collect();
        let reached = section.verdicts.iter().filter(|verdict| verdict.is_reached()).count();
        context! { name => both(&section.name), anchor => section.anchor, words, reached }
    });
    let subjects = gallery.shelves.iter().map(|shelf| {
        let exhibits: Vec<Value> = shelf.exhibits.iter().map(exhibit).collect();
        context! { id => shelf.id, name => both(&shelf.name), text => shelf.name, exhibits }
    });
    let suffix = |words: &str, mark: &str| if gallery.sample { format!("{words} · {mark}") } else { words.to_string() };
    pages.get_template("gallery.html")?.render(context! {
        page_title => Text::new(suffix(&gallery.title.zh, "示例数据"), suffix(&gallery.title.en, "SAMPLE DATA")),
        heading => both(gallery.title),
        run => gallery.run,
        as_of => gallery.as_of,
        sample => gallery.sample,
        total => gallery.verdicts.iter().map(|(_, count)| count).sum::<usize>(),
        verdicts => counts.collect::<Vec<_>>(),
        all_verdicts => all,
        sections => sections.collect::<Vec<_>>(),
        findings => gallery.findings.iter().map(|(name, count)| context! { name => both(name), count }).collect::<Vec<_>>(),
        revisions => gallery.revisions,
        found => gallery.findings.iter().map(|(_, count)| count).sum::<usize>(),
        office => gallery.office.iter().map(named).collect::<Vec<_>>(),
        notices => gallery.notices.iter().map(|(name, path, count)| context! { name => both(name), path => link(path), count }).collect::<Vec<_>>(),
        files => gallery.files.iter().map(named).collect::<Vec<_>>(),
        areas => gallery.areas,
        whole => gallery.whole,
        exhibits => gallery.shelves.iter().map(|shelf| shelf.exhibits.len()).sum::<usize>(),
        subjects => subjects.collect::<Vec<_>>(),
    })
}

/// A path as it stands in an attribute: its slashes as they are.
fn link(path: &str) -> Value {
    Value::from_safe_string(escaped(path))
}

fn exhibit(exhibit: &Exhibit) -> Value {
    let figure = exhibit.figure;
    let areas: Vec<String> = exhibit.areas.iter().map(usize::to_string).collect();
    context! {
        id => figure.id,
        title => figure.title,
        subtitle => figure.subtitle,
        alt => figure.alt,
        source => figure.source,
        numbers => Value::from_safe_string(numbers(&figure.table)),
        width => exhibit.picture.width,
        height => exhibit.picture.height,
        png => link(&exhibit.png),
        indicator => exhibit.indicator.map_or("", |(id, _)| id),
        name => exhibit.indicator.map(|(_, name)| both(name)),
        words => exhibit.indicator.map_or_else(String::new, |(id, name)| format!("{id} {} {}", name.zh, name.en)),
        areas => areas.join(" "),
        verdicts => exhibit.judged.join(" "),
    }
}

/// The numbers as a table. Tags that HTML closes by itself are left open: there are many cells.
fn numbers(table: &Table) -> String {
    let mut html = String::from("<div class=\"scroll\"><table><thead><tr>");
    for column in &table.columns {
        html.push_str("<th scope=\"col\">");
        html.push_str(&escaped(column));
    }
    html.push_str("<tbody>");
    for row in &table.rows {
        for (place, cell) in row.iter().enumerate() {
            html.push_str(if place == 0 { "<tr><th scope=\"row\">" } else { "<td>" });
            html.push_str(&escaped(cell));
        }
    }
    html.push_str("</table></div>");
    html
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Marks;

    fn figure() -> Figure {
        Figure {
            id: "rate-line".into(),
            about: crate::model::About::Indicator("rate".into()),
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
        with(language, sample, true)
    }

    fn with(language: Language, sample: bool, charts: bool) -> String {
        let figure = figure();
        let picture = Picture { svg: String::new(), width: 800, height: 420 };
        let name = Text::new("近视率", "Myopia rate");
        let exhibit = |indicator| Exhibit {
            figure: &figure,
            picture: &picture,
            png: "charts/rate-line.png".into(),
            indicator,
            areas: vec![0],
            judged: vec![judged([Some(Verdict::Met), None].into_iter())],
        };
        let exhibits = vec![exhibit(Some(("rate", &name))), exhibit(None)];
        let shelf = Shelf { id: "vision", name: Text::new("视力", "Vision"), exhibits };
        page(&Gallery {
            title: &Text::new("广州 2023", "Guangzhou 2023"),
            run: "2024-01-15T010203",
            as_of: "2024-01-15",
            language,
            sample,
            verdicts: &[(Verdict::Met, 3), (Verdict::Missed, 1)],
            sections: &[Section { name: Text::same("一"), anchor: "section-1".into(), verdicts: vec![Verdict::Met] }],
            findings: &[(Text::new("错误", "error"), 2), (Text::new("警告", "warning"), 5)],
            office: &[],
            notices: &[(Text::new("荔湾区", "Liwan"), "findings/440103.html".into(), 2)],
            files: &[(Text::new("核查结果", "Findings"), "findings.csv".into())],
            areas: &[Text::new("广州市", "Guangzhou"), Text::new("荔湾区", "Liwan")],
            whole: 0,
            shelves: if charts { std::slice::from_ref(&shelf) } else { &[] },
            revisions: "revisions.html",
        })
        .expect("the template is ours")
    }

    #[test]
    fn the_page_stands_alone_and_escapes_what_it_is_given() {
        let page = shown(Language::Chinese, true);
        assert!(page.contains("lang=\"zh-CN\"") && page.contains("近视率&lt;b&gt;2023"));
        assert!(page.contains("src=\"charts/rate-line.png\""));
        assert!(!page.contains("http://") && !page.contains("https://"), "nothing is fetched");
        assert!(page.contains("href=\"findings.csv\"") && page.contains("href=\"findings/440103.html\""));
        assert!(page.contains("示例数据") && page.contains("SAMPLE DATA"));
        assert!(page.contains("data-v=\"0-\"") && page.contains("data-a=\"0\""));
        assert_eq!(page.matches("class=\"kind").count(), 1, "a chart of several indicators is not named after one");
    }

    #[test]
    fn what_there_is_nothing_of_is_not_searched() {
        let page = with(Language::Chinese, true, false);
        assert!(page.contains("没有可绘制的图表") && !page.contains("role=\"search\"") && !page.contains("没有符合条件的图表"));
        let one_subject = with(Language::Chinese, true, true);
        assert!(one_subject.contains("role=\"search\"") && !one_subject.contains("id=\"subject\""), "nothing to choose from");
    }

    #[test]
    fn real_figures_carry_no_sample_banner_and_the_frame_is_there_in_both_languages() {
        let page = shown(Language::English, false);
        assert!(page.contains("<html lang=\"en\">") && !page.contains("SAMPLE DATA") && !page.contains("示例数据"));
        assert!(page.contains(">图表<") && page.contains(">Charts<"));
        assert!(page.contains("<title data-zh=\"广州 2023\" data-en=\"Guangzhou 2023\">Guangzhou 2023</title>"));
        assert_eq!(page, shown(Language::English, false));
    }
}
