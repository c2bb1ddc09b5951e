//! Blocks as a Word document in the form of GB/T 9704-2012: A4 with margins of 37, 35, 28 and 26 mm; the title in 小标宋 二号, body
//! in 仿宋 三号 on lines of 28 points, headings of the first level in 黑体 and of the second in 楷体, page numbers as — 1 —.

use docx_rs::{
    AlignmentType, BreakType, Docx, Footer, Header, LineSpacing, LineSpacingType, PageMargin, PageNum, Paragraph, Pic, Run,
    RunFonts, Shading, SpecialIndentType, Style, StyleType, Table as WordTable, TableAlignmentType, TableCell, TableLayoutType,
    TableRow, VAlignType, WidthType,
};

use super::{Block, Chart, Table, package};

/// Twentieths of a point: of a millimetre there are 56.7.
const fn millimetres(length: i32) -> i32 {
    length * 567 / 10
}

/// 三号 in half points; its letters are 16 points wide.
const BODY: usize = 32;
const TWO_LETTERS: i32 = 640;
/// 28 points.
const LINE: i32 = 560;
/// The width between the margins.
const WIDTH: i32 = millimetres(210 - 28 - 26);
/// The most that a chart takes, at 36,000 to the millimetre: two of them, with captions of two lines and a heading, fit on a page.
const CHART: [u32; 2] = [135 * 36_000, 84 * 36_000];

const SONG: &str = "宋体";
const TITLE: &str = "方正小标宋简体";
const FANG_SONG: &str = "仿宋_GB2312";
const HEI: &str = "黑体";
const KAI: &str = "楷体_GB2312";

fn face(name: &str) -> RunFonts {
    RunFonts::new().ascii("Times New Roman").hi_ansi("Times New Roman").east_asia(name)
}

fn lines() -> LineSpacing {
    LineSpacing::new().line(LINE).line_rule(LineSpacingType::Exact)
}

/// Paragraphs and pictures in their order. The library would number them across all documents of the program.
struct Writer {
    count: usize,
    alts: Vec<String>,
}

pub fn document(blocks: &[Block], sample: Option<&str>) -> std::io::Result<Vec<u8>> {
    let mut writer = Writer { count: 0, alts: Vec::new() };
    let margins = PageMargin::new()
        .top(millimetres(37))
        .bottom(millimetres(35))
        .left(millimetres(28))
        .right(millimetres(26))
        .header(millimetres(15))
        .footer(millimetres(25));
    let mut document = styles(Docx::new()).page_size(11_906, 16_838).page_margin(margins);
    if let Some(words) = sample {
        let run = Run::new().add_text(words).size(21).color("B0430F").fonts(face(HEI));
        document =
            document.header(Header::new().add_paragraph(writer.paragraph("Normal").align(AlignmentType::Center).add_run(run)));
    }
    document = document.footer(writer.footer());
    for block in blocks {
        document = writer.add(document, block);
    }
    package::pack(document.build(), &writer.alts)
}

fn styles(document: Docx) -> Docx {
    let style = |id: &str, name: &str, font: &str, size: usize| {
        Style::new(id, StyleType::Paragraph).name(name).fonts(face(font)).size(size).line_spacing(lines()).q_format(true)
    };
    let first_line = Some(SpecialIndentType::FirstLine(TWO_LETTERS));
    document
        .default_fonts(face(FANG_SONG))
        .default_size(BODY)
        .add_style(style("Normal", "Normal", FANG_SONG, BODY))
        .add_style(style("Title", "Title", TITLE, 44).align(AlignmentType::Center).line_spacing(lines().line(700).after(560)))
        .add_style(style("Body", "Body Text", FANG_SONG, BODY).indent(None, first_line, None, None).align(AlignmentType::Both))
        .add_style(style("Heading1", "heading 1", HEI, BODY).indent(None, first_line, None, None).outline_lvl(0))
        .add_style(style("Heading2", "heading 2", KAI, BODY).indent(None, first_line, None, None).outline_lvl(1))
        .add_style(
            style("Caption", "caption", HEI, 24)
                .align(AlignmentType::Center)
                .line_spacing(LineSpacing::new().before(60).after(200)),
        )
        .add_style(
            style("TableText", "Table Text", SONG, 21)
                .line_spacing(LineSpacing::new().line(300).line_rule(LineSpacingType::AtLeast)),
        )
}

impl Writer {
    fn paragraph(&mut self, style: &str) -> Paragraph {
        self.count += 1;
        Paragraph::new().id(format!("{:08X}", self.count)).style(style)
    }

    fn text(&mut self, style: &str, words: &str) -> Paragraph {
        self.paragraph(style).add_run(Run::new().add_text(words))
    }

    fn footer(&mut self) -> Footer {
        let dash = |words: &str| Run::new().add_text(words).size(28).fonts(face(SONG));
        let paragraph = self
            .paragraph("Normal")
            .align(AlignmentType::Center)
            .size(28)
            .fonts(face(SONG))
            .add_run(dash("— "))
            .add_page_num(PageNum::new())
            .add_run(dash(" —"));
        Footer::new().add_paragraph(paragraph)
    }

    fn add(&mut self, document: Docx, block: &Block) -> Docx {
        let paragraph = match block {
            Block::Title(words) => self.text("Title", words),
            Block::Addressee(words) => self.text("Normal", words),
            Block::Heading(words) => self.text("Heading1", words).keep_next(true),
            Block::Subheading(words) => self.text("Heading2", words).keep_next(true),
            Block::Paragraph(words) => self.text("Body", words),
            Block::Closing(words) => self.text("Body", words).keep_next(true).keep_lines(true),
            Block::Caption(words) => self.text("Caption", words).keep_next(true),
            Block::Signature(words) => self.text("Normal", words).align(AlignmentType::Right).keep_next(true),
            Block::PageBreak => self.paragraph("Normal").add_run(Run::new().add_break(BreakType::Page)),
            Block::Picture(chart, caption) => {
                let picture = self.picture(chart);
                return document.add_paragraph(picture).add_paragraph(self.text("Caption", caption));
            }
            Block::Table(table) => return document.add_table(self.table(table)).add_paragraph(self.paragraph("Normal")),
        };
        document.add_paragraph(paragraph)
    }

    fn picture(&mut self, chart: &Chart) -> Paragraph {
        let (width, height) = (chart.picture.width, chart.picture.height);
        let scaled = |length: u32, by: u32, to: u32| (u64::from(length) * u64::from(by) / u64::from(to.max(1))) as u32;
        let [widest, tallest] = CHART;
        let wide = widest.min(scaled(tallest, width, height));
        self.alts.push(chart.figure.alt.clone());
        let picture = Pic::new_with_dimensions(chart.png.to_vec(), width, height)
            .id(format!("rIdImage{}", self.alts.len()))
            .size(wide, scaled(wide, height, width));
        // A line of fixed height would cut the picture off.
        let free = LineSpacing::new().line(240).line_rule(LineSpacingType::Auto).before(200);
        self.paragraph("Normal")
            .align(AlignmentType::Center)
            .line_spacing(free)
            .keep_next(true)
            .add_run(Run::new().add_image(picture))
    }

    fn table(&mut self, table: &Table) -> WordTable {
        let shares: u32 = table.columns.iter().map(|column| column.share).sum();
        let width = |share: u32| (WIDTH as u32 * share / shares.max(1)) as usize;
        let widths: Vec<usize> = table.columns.iter().map(|column| width(column.share)).collect();
        let mut cell = |words: &str, width: usize, head: bool, number: bool| {
            let align = match (head, number) {
                (true, _) => AlignmentType::Center,
                (_, true) => AlignmentType::Right,
                _ => AlignmentType::Left,
            };
            let run = if head { Run::new().add_text(words).fonts(face(HEI)) } else { Run::new().add_text(words) };
            let cell = TableCell::new()
                .width(width, WidthType::Dxa)
                .vertical_align(VAlignType::Center)
                .add_paragraph(self.paragraph("TableText").align(align).add_run(run));
            if head { cell.shading(Shading::new().fill("E3E9F1")) } else { cell }
        };
        let head = table.columns.iter().zip(&widths).map(|(column, &width)| cell(&column.name, width, true, false)).collect();
        // The package makes rows that may not be split on their own the repeated heading of the table.
        let mut rows = vec![TableRow::new(head).cant_split()];
        for row in &table.rows {
            let cells = row.iter().zip(table.columns.iter().zip(&widths));
            let cells = cells.map(|(words, (column, &width))| cell(words, width, false, column.figures));
            rows.push(TableRow::new(cells.collect()));
        }
        WordTable::new(rows)
            .set_grid(widths)
            .layout(TableLayoutType::Fixed)
            .width(WIDTH as usize, WidthType::Dxa)
            .align(TableAlignmentType::Center)
    }
}
