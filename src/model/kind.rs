//! The kinds of charts, by the words that TOML, command line and file names use.

use schemars::JsonSchema;
use serde::Deserialize;

use super::Text;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// Targets of a subject: how far each has come.
    Bullet,
    /// Areas against targets of a subject, verdicts in the cells.
    Heat,
    /// Over the periods, with the target.
    Line,
    /// What has come in the year against its profile; in place of the line while the year is running.
    Pace,
    /// By area, sorted, with the target.
    Bars,
    /// By area with intervals.
    Dots,
    /// By area, the period before and the latest.
    Dumbbell,
    /// By area, from the period before to the latest.
    Slope,
    /// What led from the period before to the latest.
    Waterfall,
    /// Over the periods, a small line for each area.
    Multiples,
    /// A map of tiles; only where the pipeline has a list of tiles.
    Tiles,
    /// Over the periods, a line for each member of a breakdown.
    Members,
}

impl Kind {
    pub const ALL: [Kind; 12] = [
        Kind::Bullet,
        Kind::Heat,
        Kind::Line,
        Kind::Pace,
        Kind::Bars,
        Kind::Dots,
        Kind::Dumbbell,
        Kind::Slope,
        Kind::Waterfall,
        Kind::Multiples,
        Kind::Tiles,
        Kind::Members,
    ];

    /// What is drawn without being asked for, where there is enough to draw.
    pub const DEFAULT: [Kind; 7] = [Kind::Bullet, Kind::Heat, Kind::Line, Kind::Pace, Kind::Bars, Kind::Waterfall, Kind::Members];

    /// The word in TOML, on the command line and in names of files.
    pub fn word(self) -> &'static str {
        match self {
            Kind::Bullet => "bullet",
            Kind::Heat => "heat",
            Kind::Line => "line",
            Kind::Pace => "pace",
            Kind::Bars => "bars",
            Kind::Dots => "dots",
            Kind::Dumbbell => "dumbbell",
            Kind::Slope => "slope",
            Kind::Waterfall => "waterfall",
            Kind::Multiples => "multiples",
            Kind::Tiles => "tiles",
            Kind::Members => "members",
        }
    }

    /// What a chart of this kind is called.
    pub fn name(self) -> Text {
        match self {
            Kind::Bullet => Text::new("目标进展图", "Bullet chart"),
            Kind::Heat => Text::new("结论表", "Heat table"),
            Kind::Line | Kind::Members => Text::new("折线图", "Line chart"),
            Kind::Pace => Text::new("进度图", "Pace chart"),
            Kind::Bars => Text::new("条形图", "Bar chart"),
            Kind::Dots => Text::new("区间点图", "Dot chart"),
            Kind::Dumbbell => Text::new("哑铃图", "Dumbbell chart"),
            Kind::Slope => Text::new("斜率图", "Slope chart"),
            Kind::Waterfall => Text::new("分解图", "Waterfall chart"),
            Kind::Multiples => Text::new("分地区折线图", "Small multiples"),
            Kind::Tiles => Text::new("方格地图", "Tile map"),
        }
    }

    pub fn named(word: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.word() == word)
    }

    /// It shows the targets of a subject and not one indicator.
    pub fn is_of_subject(self) -> bool {
        matches!(self, Kind::Bullet | Kind::Heat)
    }

    /// What there must be for such a chart to say something.
    pub fn needs(self) -> Text {
        match self {
            Kind::Bullet => {
                Text::new("至少两项有数值和目标值的目标", "at least two targets with a value and a level to be reached")
            }
            Kind::Heat => Text::new("至少两项按地区判断的目标", "at least two targets that are judged by area"),
            Kind::Line => Text::new("至少两个时期有数值", "a value for at least two periods"),
            Kind::Pace => Text::new(
                "年度累计目标，且数值有日期或按月、季度、学期报送",
                "a target for a year's flow, and values with days, or by months, quarters or terms",
            ),
            Kind::Bars | Kind::Dots => Text::new("至少两个地区有数值", "a value for at least two areas"),
            Kind::Dumbbell | Kind::Slope => {
                Text::new("至少两个地区有本期和上期数值", "values of both periods for at least two areas")
            }
            Kind::Waterfall => Text::new("变化可分解的指标", "an indicator whose change is decomposed"),
            Kind::Multiples => Text::new("至少两个地区各有两个时期的数值", "values of two periods for at least two areas"),
            Kind::Tiles => Text::new(
                "流水线中有 tiles 清单，且至少两个地区有数值",
                "a list of tiles in the pipeline, and a value for at least two areas",
            ),
            Kind::Members => {
                Text::new("至少两个分类各有两个时期的数值", "values of two periods for at least two members of a breakdown")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_is_found_by_its_word() {
        assert!(Kind::ALL.iter().all(|kind| Kind::named(kind.word()) == Some(*kind)));
        assert_eq!(Kind::named("pie"), None);
        assert!(Kind::ALL.is_sorted(), "kinds stand in the order in which their charts do");
    }
}
