//! SDMX-CSV 2.0: the values of the indicators for programs of other statistical offices. One line for each value, every
//! dimension a column, no byte order mark; what there is no value of has an empty `OBS_VALUE` and its status.

use std::io;

use super::tables::Contents;
use crate::model::{Period, TOTAL};

/// `dataflow` names the structure, as `AGENCY:FLOW(1.0)`.
pub fn sdmx(contents: &Contents, dataflow: &str) -> io::Result<Vec<u8>> {
    let dimensions: Vec<&str> = contents.breakdown_dimensions().map(|dimension| dimension.id.as_ref()).collect();
    let mut bytes = Vec::new();
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(&mut bytes);
    let mut heading = ["STRUCTURE", "STRUCTURE_ID", "ACTION", "INDICATOR", "REF_AREA"].map(str::to_string).to_vec();
    heading.extend(dimensions.iter().map(|dimension| dimension.to_uppercase()));
    heading.extend(["TIME_PERIOD", "OBS_VALUE", "OBS_STATUS", "UNIT_MEASURE"].map(str::to_string));
    writer.write_record(&heading)?;
    for value in &contents.summary.values {
        let unit = contents.indicator(&value.indicator).map_or("", |indicator| indicator.unit.en.as_str());
        let mut row = ["dataflow", dataflow, "I", &value.indicator, &value.area].map(str::to_string).to_vec();
        row.extend(dimensions.iter().map(|id| value.breakdown.get(id).map_or(TOTAL, |member| member.as_ref()).to_string()));
        row.extend([time(value.period), super::table::number(value.value), value.status.letter().to_string(), unit.to_string()]);
        writer.write_record(&row)?;
    }
    writer.flush()?;
    drop(writer);
    Ok(bytes)
}

/// A school year is a time range; all other periods are written as SDMX writes them anyway.
fn time(period: Period) -> String {
    match period {
        Period::SchoolYear(_) => format!("{}/P1Y", period.first_day()),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_school_year_is_a_range_of_days() {
        assert_eq!(time(Period::SchoolYear(2023)), "2023-09-01/P1Y");
        assert_eq!(time(Period::Semester(2023, 2)), "2023-S2");
    }
}
