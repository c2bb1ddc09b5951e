//! Every formula against values that numpy, scipy and statsmodels gave: to one part in a thousand million, degenerate cases included.

use std::{fmt::Debug, path::Path};

use yardstick::{
    compute::{
        chance,
        decomposition::decompose,
        false_discovery::q_values,
        inequality::{Unit, index},
        interval::{events, wilson},
        paired::{Pair, clustered},
        proportions::{Counts, effect_size, newcombe, pooled_p, rate_difference, rates_p},
        standardised::standardise,
        trend::chi_squared,
    },
    model::{Index, Method, RatioKind},
};

use crate::workshop::HOME;

/// A row of a table, by its columns.
struct Case {
    table: &'static str,
    columns: csv::StringRecord,
    row: csv::StringRecord,
}

impl Case {
    fn text(&self, column: &str) -> &str {
        let place =
            self.columns.iter().position(|name| name == column).unwrap_or_else(|| panic!("{} has no {column}", self.table));
        &self.row[place]
    }

    fn number(&self, column: &str) -> f64 {
        self.text(column).parse().unwrap_or_else(|_| panic!("{column} of {:?}", self.row))
    }

    fn numbers(&self, column: &str) -> Vec<f64> {
        self.text(column).split_whitespace().map(|word| word.parse().expect("a number")).collect()
    }

    /// The value that was found is the one in this column; none where the cell is empty.
    fn same(&self, column: &str, found: Option<f64>) {
        let expected = (!self.text(column).is_empty()).then(|| self.number(column));
        let agree = match (expected, found) {
            (None, None) => true,
            // Zero has no relative difference.
            (Some(expected), Some(found)) => {
                (found - expected).abs() <= 1e-9 * expected.abs() || (found - expected).abs() <= 1e-14
            }
            _ => false,
        };
        assert!(agree, "{}.csv, {:?}: {column} is {found:?}, not {expected:?}", self.table, self.row);
    }

    fn kind(&self) -> RatioKind {
        named(self.text("kind"))
    }
}

/// A word as the pipelines write it.
fn named<T: for<'de> serde::Deserialize<'de> + Debug>(word: &str) -> T {
    serde_json::from_value(serde_json::Value::from(word)).expect("a word of the pipelines")
}

fn cases(table: &'static str) -> Vec<Case> {
    let path = Path::new(HOME).join("tests/statistics").join(format!("{table}.csv"));
    let mut reader = csv::Reader::from_path(&path).unwrap_or_else(|fault| panic!("{}: {fault}", path.display()));
    let columns = reader.headers().expect("a heading").clone();
    reader.records().map(|row| Case { table, columns: columns.clone(), row: row.expect("a row") }).collect()
}

fn checked(table: &'static str, check: impl Fn(&Case)) -> usize {
    let cases = cases(table);
    cases.iter().for_each(check);
    cases.len()
}

fn counts(case: &Case, part: &str, whole: &str) -> Counts {
    Counts { part: case.number(part), whole: case.number(whole) }
}

fn all_counts(case: &Case, part: &str, whole: &str) -> Vec<Counts> {
    let wholes = case.numbers(whole);
    case.numbers(part).into_iter().zip(wholes).map(|(part, whole)| Counts { part, whole }).collect()
}

#[test]
fn formulas_agree_with_what_others_computed() {
    let seen = [
        checked("chance", |case| {
            let at = case.number("at");
            case.same(
                "value",
                match case.text("of") {
                    "normal" => chance::two_sided(at),
                    "t" => chance::two_sided_t(at, case.number("freedom")),
                    "chi_squared" => chance::chi_squared_tail(at),
                    _ => chance::chi_squared_quantile(at, case.number("freedom")),
                },
            );
        }),
        checked("wilson", |case| {
            let found = wilson(case.number("part"), case.number("whole"), case.number("z"));
            case.same("lower", found.map(|limits| limits.0));
            case.same("upper", found.map(|limits| limits.1));
        }),
        checked("events", |case| {
            let found = events(case.number("count"), case.number("z"));
            case.same("lower", found.map(|limits| limits.0));
            case.same("upper", found.map(|limits| limits.1));
            assert_eq!(found.map_or("", |limits| Method::word(limits.2)), case.text("method"), "{:?}", case.row);
        }),
        checked("proportions", |case| {
            let (now, before) = (counts(case, "x1", "n1"), counts(case, "x0", "n0"));
            let limits = newcombe(now, before, chance::Z_95);
            case.same("effect_size", effect_size(now, before));
            case.same("lower", limits.map(|limits| limits.0));
            case.same("upper", limits.map(|limits| limits.1));
            case.same("p_value", pooled_p(now, before));
        }),
        checked("rates", |case| {
            let (now, before) = (counts(case, "o1", "n1"), counts(case, "o0", "n0"));
            let limits = rate_difference(now, before, chance::Z_95);
            case.same("lower", limits.map(|limits| limits.0));
            case.same("upper", limits.map(|limits| limits.1));
            case.same("p_value", rates_p(now, before));
        }),
        checked("false_discovery", |case| {
            let (found, expected) = (q_values(&case.numbers("p_values")), case.numbers("q_values"));
            assert_eq!(found.len(), expected.len());
            for (found, expected) in found.iter().zip(&expected) {
                assert!((found - expected).abs() <= 1e-9 * expected, "{:?}: {found} is not {expected}", case.row);
            }
        }),
        checked("clustered", |case| {
            let (before, now) = (all_counts(case, "y0", "n0"), all_counts(case, "y1", "n1"));
            let pair = |(before, now): (&Counts, &Counts)| Pair {
                numerator_before: before.part,
                denominator_before: before.whole,
                numerator: now.part,
                denominator: now.whole,
            };
            let found = clustered(&before.iter().zip(&now).map(pair).collect::<Vec<_>>(), true);
            case.same("p_value", found.map(|cluster| cluster.p_value));
            case.same("design_effect", found.and_then(|cluster| cluster.design_effect));
        }),
        checked("trend", |case| {
            let found = chi_squared(&all_counts(case, "parts", "wholes"), case.kind());
            // A statistic of nothing is the square of what rounding leaves, here and there.
            let found = found.map(|(statistic, way)| if statistic < 1e-20 { (0.0, 0.0) } else { (statistic, way) });
            case.same("chi_squared", found.map(|found| found.0));
            case.same("way", found.map(|found| found.1));
            case.same("p_value", found.and_then(|found| chance::chi_squared_tail(found.0)));
        }),
        checked("decomposition", |case| {
            let (before, now) = (all_counts(case, "y0", "n0"), all_counts(case, "y1", "n1"));
            let parts = decompose(&before.into_iter().zip(now).collect::<Vec<_>>(), 100.0);
            let composition = parts.as_ref().map(|parts| parts.iter().map(|part| part.composition).sum::<f64>());
            case.same("composition", composition);
            for (place, expected) in case.numbers("within").into_iter().enumerate() {
                let found = parts.as_ref().expect("parts")[place].within;
                assert!((found - expected).abs() <= 1e-9 * expected.abs() + 1e-14, "{:?}: {found} is not {expected}", case.row);
            }
            case.same("change", parts.map(|parts| parts.iter().map(|part| part.composition + part.within).sum()));
        }),
        checked("standardised", |case| {
            let strata = case.numbers("weights").into_iter().zip(all_counts(case, "parts", "wholes")).collect::<Vec<_>>();
            let found = standardise(&strata, case.kind());
            case.same("ratio", found.map(|found| found.ratio));
            case.same("lower", found.and_then(|found| found.limits).map(|limits| limits.0));
            case.same("upper", found.and_then(|found| found.limits).map(|limits| limits.1));
        }),
        checked("inequality", |case| {
            let (weights, values) = (case.numbers("weights"), case.numbers("values"));
            let (ranks, groups) = (case.numbers("ranks"), case.numbers("groups"));
            let unit = |at: usize| Unit { weight: weights[at], value: values[at], rank: ranks[at], group: groups[at] as usize };
            let units: Vec<Unit> = (0..weights.len()).map(unit).collect();
            case.same("value", index(named::<Index>(case.text("index")), &units, None));
        }),
    ];
    let all: usize = seen.iter().sum();
    assert!(all >= 200 && seen.iter().all(|&seen| seen >= 10), "{all} cases: {seen:?}");
}

#[test]
fn degenerate_cases_are_among_them() {
    let has = |table, is_it: &dyn Fn(&Case) -> bool| assert!(cases(table).iter().any(is_it), "{table}");
    has("wilson", &|case| case.text("part") == "0" && case.text("whole") == "0");
    has("wilson", &|case| case.text("part") == "0" && case.text("whole") == "1");
    has("wilson", &|case| case.text("part") == "1" && case.text("whole") == "1");
    has("proportions", &|case| case.text("p_value").is_empty() && !case.text("lower").is_empty());
    has("inequality", &|case| {
        case.numbers("values").windows(2).all(|pair| pair[0] == pair[1]) && case.numbers("values").len() > 1
    });
    has("inequality", &|case| case.numbers("values").len() == 1);
    has("inequality", &|case| case.numbers("weights").iter().all(|&weight| weight == 0.0));
    has("standardised", &|case| case.text("ratio").is_empty());
}
