//! Charts that Excel and WPS draw from cells: a sheet of charts, and the tidy sheet of numbers they are drawn from.

use rust_xlsxwriter::{
    Chart, ChartFont, ChartFormat, ChartLegendPosition, ChartLine, ChartLineDashType, ChartMarker, ChartMarkerType,
    ChartSolidFill, ChartType, Url, Worksheet, XlsxError,
};

use super::{
    Cover, Plot, PlotKind,
    cover::{name_of_charts, name_of_numbers, sample_words},
    looks::Looks,
    say,
};

const INK: u32 = 0x1D_5F_9E;
const TARGET: u32 = 0xB0_43_0F;
/// Size of a chart in points of the screen, and the rows it covers with its title.
const WIDTH: u32 = 620;
const HEIGHT: u32 = 340;
const ROWS: u32 = 19;
/// Charts stand two in a row.
const COLUMNS: u16 = 10;

/// One row for each point; the points of a chart stand together.
pub fn numbers(sheet: &mut Worksheet, cover: &Cover, plots: &[Plot], looks: &Looks) -> Result<(), XlsxError> {
    sheet.set_name(name_of_numbers(cover))?;
    let headings = [("figure", 40.0), ("label", 16.0), ("value", 16.0), ("target", 16.0), ("unit", 10.0), ("sample", 12.0)];
    for (column, (heading, width)) in headings.into_iter().enumerate() {
        sheet.write_string_with_format(0, column as u16, heading, &looks.heading)?;
        sheet.set_column_width(column as u16, width)?;
    }
    sheet.set_freeze_panes(1, 0)?;
    let mut row = 1;
    for plot in plots {
        for point in &plot.points {
            sheet.write_string_with_format(row, 0, &plot.figure, &looks.text)?;
            sheet.write_string_with_format(row, 1, &point.label, &looks.text)?;
            for (column, number) in [(2, point.value), (3, point.target)] {
                if let Some(number) = number {
                    sheet.write_number_with_format(row, column, number, looks.number(plot.decimals))?;
                }
            }
            sheet.write_string_with_format(row, 4, &plot.unit, &looks.text)?;
            if cover.sample {
                sheet.write_string_with_format(row, 5, say(cover.language, "示例数据", "sample data"), &looks.sample)?;
            }
            row += 1;
        }
    }
    Ok(())
}

pub fn charts(sheet: &mut Worksheet, cover: &Cover, plots: &[Plot], looks: &Looks) -> Result<(), XlsxError> {
    sheet.set_name(name_of_charts(cover))?.set_screen_gridlines(false).set_print_fit_to_pages(1, 0).set_landscape();
    if cover.sample {
        sheet.write_string_with_format(0, 0, sample_words(cover), &looks.sample)?;
        sheet.set_header(format!("&C{}", sample_words(cover)));
    }
    let mut first = 1;
    for (at, plot) in plots.iter().enumerate() {
        let (row, column) = (1 + at as u32 / 2 * ROWS, at as u16 % 2 * COLUMNS);
        let last = first + plot.points.len() as u32 - 1;
        if plot.in_gallery {
            let url = Url::new(format!("file:///index.html#{}", plot.figure));
            let words = say(cover.language, "在图库中查看", "see it in the gallery");
            sheet.write_url_with_options(row, column, url, words, "", Some(&looks.link))?;
        }
        sheet.insert_chart(row + 1, column, &drawn(cover, plot, first, last))?;
        first = last + 1;
    }
    Ok(())
}

fn drawn(cover: &Cover, plot: &Plot, first: u32, last: u32) -> Chart {
    let numbers = name_of_numbers(cover);
    let has_target = plot.points.iter().any(|point| point.target.is_some());
    let mut chart = Chart::new(match plot.kind {
        PlotKind::Line => ChartType::Line,
        PlotKind::Columns => ChartType::Column,
    });
    chart.set_width(WIDTH).set_height(HEIGHT);
    let title = if cover.sample { format!("{}（{}）", plot.title, sample_words(cover)) } else { plot.title.clone() };
    let mut face = ChartFont::new();
    face.set_size(11).set_bold();
    chart.title().set_name(title.as_str()).set_font(&face);
    let series = chart.add_series();
    series.set_name(say(cover.language, "实际", "actual"));
    series.set_categories((numbers, first, 1, last, 1)).set_values((numbers, first, 2, last, 2));
    match plot.kind {
        PlotKind::Line => {
            series.set_format(ChartFormat::new().set_line(ChartLine::new().set_color(INK).set_width(2.25)));
            series.set_marker(ChartMarker::new().set_type(ChartMarkerType::Circle).set_size(6));
        }
        PlotKind::Columns => {
            series.set_format(ChartFormat::new().set_solid_fill(ChartSolidFill::new().set_color(INK))).set_gap(60);
        }
    }
    if has_target {
        let mut level = Chart::new(ChartType::Line);
        let series = if plot.kind == PlotKind::Line { chart.add_series() } else { level.add_series() };
        series.set_name(say(cover.language, "目标", "target"));
        series.set_categories((numbers, first, 1, last, 1)).set_values((numbers, first, 3, last, 3));
        let line = ChartLine::new().set_color(TARGET).set_width(1.5).set_dash_type(ChartLineDashType::Dash).clone();
        series.set_format(ChartFormat::new().set_line(&line)).set_marker(ChartMarker::new().set_none());
        if plot.kind == PlotKind::Columns {
            chart.combine(&level);
        }
        chart.legend().set_position(ChartLegendPosition::Bottom);
    } else {
        chart.legend().set_hidden();
    }
    let mut pale = ChartLine::new();
    pale.set_color(0xDD_E2_E7);
    let part = if plot.decimals == 0 { String::new() } else { format!(".{}", "0".repeat(plot.decimals)) };
    chart.y_axis().set_name(plot.unit.as_str()).set_major_gridlines_line(&pale).set_num_format(format!("#,##0{part}"));
    // Columns begin at nothing.
    if plot.kind == PlotKind::Columns && plot.points.iter().filter_map(|point| point.value).all(|value| value >= 0.0) {
        chart.y_axis().set_min(0);
    }
    chart
}
