"""Values of every statistical formula, computed with numpy, scipy and statsmodels, for tests/statistics.rs.

From the folder of Cargo.toml, with the versions of tests/statistics/requirements.txt:

    python3 tests/statistics/generate.py

writes one table per formula beside this file. Lists stand in one cell, parted by spaces; an empty cell is "there is none".
"""

import csv
import math
import pathlib
import warnings

import numpy as np
import statsmodels.api as sm
from scipy import stats
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import (
    confint_proportions_2indep,
    proportion_confint,
    proportion_effectsize,
    proportions_ztest,
)
from statsmodels.stats.rates import test_poisson_2indep

HERE = pathlib.Path(__file__).parent
RANDOM = np.random.default_rng(20170006)
Z_95, Z_998 = stats.norm.isf(0.025), stats.norm.isf(0.001)


def cell(value):
    if value is None or isinstance(value, float) and not math.isfinite(value):
        return ""
    if isinstance(value, (list, tuple, np.ndarray)):
        return " ".join(cell(item) for item in value)
    return repr(float(value)) if isinstance(value, (float, np.floating)) else str(value)


def write(name, columns, rows):
    with open(HERE / f"{name}.csv", "w", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(columns)
        table.writerows([cell(value) for value in row] for row in rows)
    return len(rows)


def counts(many, most=5000):
    wholes = RANDOM.integers(1, most, many)
    return [(int(RANDOM.integers(0, whole + 1)), int(whole)) for whole in wholes]


def wilson():
    cases = [(0, 0), (0, 1), (1, 1), (0, 10), (10, 10), (1, 2), (5, 4), (1, 100000), (970835, 1843945), (0.5, 3.5)]
    rows = []
    for part, whole in cases + counts(20):
        for z, alpha in [(Z_95, 0.05), (Z_998, 0.002)]:
            known = whole > 0 and part <= whole
            low, high = proportion_confint(part, whole, alpha, "wilson") if known else (None, None)
            # At the ends the limit is 0 or 1 by algebra; what the library gives differs by rounding.
            rows.append((part, whole, z, 0.0 if known and part == 0 else low, 1.0 if known and part == whole else high))
    return write("wilson", ["part", "whole", "z", "lower", "upper"], rows)


def events():
    rows = []
    for count in [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 2.5, 10, 11, 17, 50, 123, 1000, 98765, -1]:
        for z, tail in [(Z_95, 0.025), (Z_998, 0.001)]:
            if count < 0:
                rows.append((count, z, None, None, ""))
            elif count < 10:
                low = stats.chi2.ppf(tail, 2 * count) / 2 if count else 0.0
                rows.append((count, z, low, stats.chi2.isf(tail, 2 * count + 2) / 2, "poisson"))
            else:
                more = count + 1
                low = count * (1 - 1 / (9 * count) - z / (3 * math.sqrt(count))) ** 3
                high = more * (1 - 1 / (9 * more) + z / (3 * math.sqrt(more))) ** 3
                rows.append((count, z, low, high, "byar"))
    return write("events", ["count", "z", "lower", "upper", "method"], rows)


def proportions():
    cases = [(56, 70, 48, 80), (9, 10, 3, 10), (5, 56, 0, 29), (0, 10, 0, 20), (10, 10, 20, 20), (10, 10, 0, 10),
             (1, 1, 0, 1), (0, 0, 1, 2), (1, 2, 0, 0), (3, 2, 1, 2), (970835, 1843945, 964000, 1818800), (1, 1, 1, 1)]
    cases += [(a, b, c, d) for (a, b), (c, d) in zip(counts(20), counts(20))]
    rows = []
    for x1, n1, x0, n0 in cases:
        if not (n1 > 0 and n0 > 0 and x1 <= n1 and x0 <= n0):
            rows.append((x1, n1, x0, n0, None, None, None, None))
            continue
        low, high = confint_proportions_2indep(x1, n1, x0, n0, method="newcomb", compare="diff")
        pooled = (x1 + x0) / (n1 + n0)
        p = proportions_ztest([x1, x0], [n1, n0])[1] if 0 < pooled < 1 else None
        rows.append((x1, n1, x0, n0, proportion_effectsize(x1 / n1, x0 / n0), low, high, p))
    return write("proportions", ["x1", "n1", "x0", "n0", "effect_size", "lower", "upper", "p_value"], rows)


def rates():
    rows = []
    cases = [(0, 100, 0, 200), (3, 1000, 9, 1100), (20, 1000, 12, 900), (0, 500, 7, 500), (1, 0, 1, 10), (150, 10, 90, 12)]
    for o1, n1, o0, n0 in cases + [(int(RANDOM.integers(0, 80)), 1000 + i, int(RANDOM.integers(0, 80)), 900) for i in range(10)]:
        if n1 == 0 or n0 == 0:
            rows.append((o1, n1, o0, n0, None, None, None))
            continue
        limits = []
        for count, over in [(o1, n1), (o0, n0)]:
            if count < 10:
                low, high = (stats.chi2.ppf(0.025, 2 * count) / 2 if count else 0.0), stats.chi2.isf(0.025, 2 * count + 2) / 2
            else:
                low = count * (1 - 1 / (9 * count) - Z_95 / (3 * math.sqrt(count))) ** 3
                high = (count + 1) * (1 - 1 / (9 * (count + 1)) + Z_95 / (3 * math.sqrt(count + 1))) ** 3
            limits.append((count / over, low / over, high / over))
        (r1, l1, u1), (r0, l0, u0) = limits
        p = test_poisson_2indep(o1, n1, o0, n0, value=1, method="score").pvalue if o1 + o0 else None
        rows.append((o1, n1, o0, n0, r1 - r0 - math.sqrt((r1 - l1) ** 2 + (u0 - r0) ** 2),
                     r1 - r0 + math.sqrt((u1 - r1) ** 2 + (r0 - l0) ** 2), p))
    return write("rates", ["o1", "n1", "o0", "n0", "lower", "upper", "p_value"], rows)


def false_discovery():
    cases = [[0.03], [0.01, 0.04, 0.03], [0.5] * 4, [1.0, 1.0], [0.0, 1.0], []]
    cases += [list(RANDOM.uniform(0, 1, size) ** 3) for size in (2, 5, 11, 11, 32, 100)]
    rows = [(p, multipletests(p, method="fdr_bh")[1] if p else []) for p in cases]
    return write("false_discovery", ["p_values", "q_values"], rows)


def clustered():
    cases = [([1, 2, 5, 3], [10] * 4, [2, 4, 5, 4], [10] * 4), ([1], [2], [1], [3]), ([1, 1], [2, 2], [1, 1], [2, 2]),
             ([0, 0], [0, 0], [1, 2], [3, 4]), ([3, 0, 4], [10, 0, 11], [2, 5, 6], [9, 12, 10]), ([0, 0, 0], [5, 6, 7], [1, 0, 2], [5, 6, 9])]
    for size in (2, 3, 5, 11, 11, 12, 32, 32, 60):
        n0, n1 = RANDOM.integers(20, 3000, size), RANDOM.integers(20, 3000, size)
        shares = RANDOM.uniform(0.2, 0.8, size)
        cases.append((RANDOM.binomial(n0, shares), n0, RANDOM.binomial(n1, np.clip(shares + RANDOM.normal(0.01, 0.02, size), 0, 1)), n1))
    rows = []
    for y0, n0, y1, n1 in (tuple(np.array(part, float) for part in case) for case in cases):
        row = (y0, n0, y1, n1)
        size = len(y0)
        if size < 2 or n0.sum() <= 0 or n1.sum() <= 0:
            rows.append(row + (None, None))
            continue
        # A weighted regression of each cluster's ratio on the period, with errors that cluster.
        y, n = np.concatenate([y0, y1]), np.concatenate([n0, n1])
        period, cluster = np.repeat([0.0, 1.0], size), np.tile(np.arange(size), 2)
        there = n > 0
        model = sm.WLS(y[there] / n[there], sm.add_constant(period[there]), weights=n[there])
        fit = model.fit(cov_type="cluster", cov_kwds={"groups": cluster[there], "use_correction": False})
        variance = size / (size - 1) * fit.cov_params()[1, 1]
        if variance < 1e-24:
            rows.append(row + (None, None))
            continue
        p = 2 * stats.t.sf(abs(fit.params[1]) / math.sqrt(variance), size - 1)
        p0, p1 = y0.sum() / n0.sum(), y1.sum() / n1.sum()
        single = p1 * (1 - p1) / n1.sum() + p0 * (1 - p0) / n0.sum()
        rows.append(row + (p, variance / single if single > 0 else None))
    return write("clustered", ["y0", "n0", "y1", "n1", "p_value", "design_effect"], rows)


def trend():
    cases = [([500, 520, 540, 560, 580], [1000] * 5), ([580, 560, 540, 520, 500], [1000] * 5), ([0] * 5, [10] * 5), ([10] * 5, [10] * 5),
             ([1, 2, 3, 4], [10] * 4), ([1, 2, 3, 4, 5], [10, 10, 0, 10, 10]), ([1, 0, 0, 0, 1], [1] * 5), ([5, 5, 5, 5, 5], [9, 9, 9, 9, 9])]
    for _ in range(8):
        wholes = RANDOM.integers(50, 4000, 5)
        cases.append((list(RANDOM.binomial(wholes, np.linspace(0.3, 0.3 + RANDOM.uniform(-0.1, 0.1), 5))), list(wholes)))
    rows = []
    for parts, wholes in cases:
        for kind in ("proportion", "events"):
            x, n = np.array(parts, float), np.array(wholes, float)
            pooled = x.sum() / n.sum()
            none = len(x) < 5 or n.min() <= 0 or pooled == 0 or (kind == "proportion" and pooled == 1)
            if none:
                rows.append((parts, wholes, kind, None, None, None))
                continue
            # The score test of a slope in a logistic or Poisson regression that has none.
            score, ones = np.arange(5.0)[:, None], np.ones((5, 1))
            if kind == "proportion":
                null = sm.GLM(np.column_stack([x, n - x]), ones, family=sm.families.Binomial()).fit(tol=1e-14)
            else:
                null = sm.GLM(x, ones, family=sm.families.Poisson(), offset=np.log(n)).fit(tol=1e-14)
            statistic = float(np.ravel(null.score_test(exog_extra=score)[0])[0])
            way = np.sign(round(float((score[:, 0] * (x - n * pooled)).sum()), 9))
            rows.append((parts, wholes, kind, max(statistic, 0.0), float(way), stats.chi2.sf(max(statistic, 0.0), 1)))
    return write("trend", ["parts", "wholes", "kind", "chi_squared", "way", "p_value"], rows)


def decomposition():
    cases = [([20, 60], [100, 100], [10, 90], [50, 150]), ([20, 0], [100, 0], [20, 60], [100, 100]), ([5], [10], [6], [10]), ([0], [0], [1], [2])]
    for size in (2, 3, 12, 24, 11, 11, 33):
        n0, n1 = RANDOM.integers(1, 5000, size), RANDOM.integers(1, 5000, size)
        cases.append((RANDOM.binomial(n0, 0.5), n0, RANDOM.binomial(n1, 0.48), n1))
    rows = []
    for y0, n0, y1, n1 in (tuple(np.array(part, float) for part in case) for case in cases):
        row = (y0, n0, y1, n1)
        if n0.sum() == 0 or n1.sum() == 0:
            rows.append(row + (None, None, None))
            continue
        with np.errstate(invalid="ignore"):
            r0, r1 = y0 / n0, y1 / n1
        r0, r1 = np.where(n0 > 0, r0, r1), np.where(n1 > 0, r1, r0)
        w0, w1 = n0 / n0.sum(), n1 / n1.sum()
        composition = 100 * ((w1 - w0) * (r0 + r1) / 2).sum()
        within = 100 * ((w0 + w1) / 2 * (r1 - r0))
        rows.append(row + (composition, within, 100 * (y1.sum() / n1.sum() - y0.sum() / n0.sum())))
    return write("decomposition", ["y0", "n0", "y1", "n1", "composition", "within", "change"], rows)


def standardised():
    cases = [([1, 1], [20, 30], [100, 50]), ([3, 1], [1, 0], [2, 0]), ([0, 0], [1, 1], [2, 2]), ([1, 2], [0, 0], [5, 5]), ([2], [3], [3]), ([1], [1], [1]),
             ([1, 1, 1], [1, 2, 3], [4, 5, 6])]
    for size in (3, 6, 12, 24, 24):
        n = RANDOM.integers(5, 3000, size)
        cases.append((RANDOM.integers(1, 1000, size), RANDOM.binomial(n, 0.05), n))
    rows = []
    for weights, parts, wholes in (tuple(np.array(part, float) for part in case) for case in cases):
        for kind in ("proportion", "events"):
            full = wholes > 0
            w, x, n = weights[full], parts[full], wholes[full]
            if w.sum() == 0:
                rows.append((weights, parts, wholes, kind, None, None, None))
                continue
            ratio = float(np.average(x / n, weights=w))
            share = w / w.sum()
            if kind == "proportion":
                variance = float((share**2 * x / n * (1 - x / n) / n).sum())
                low, high = max(ratio - Z_95 * math.sqrt(variance), 0.0), min(ratio + Z_95 * math.sqrt(variance), 1.0)
            else:
                variance, count = float((share**2 * x / n**2).sum()), float(x.sum())
                if count and count < 10:
                    below, above = stats.chi2.ppf(0.025, 2 * count) / 2, stats.chi2.isf(0.025, 2 * count + 2) / 2
                elif count:
                    below = count * (1 - 1 / (9 * count) - Z_95 / (3 * math.sqrt(count))) ** 3
                    above = (count + 1) * (1 - 1 / (9 * (count + 1)) + Z_95 / (3 * math.sqrt(count + 1))) ** 3
                if count:
                    low, high = (ratio + math.sqrt(variance / count) * (limit - count) for limit in (below, above))
            rows.append((weights, parts, wholes, kind, ratio, low if variance > 0 else None, high if variance > 0 else None))
    return write("standardised", ["weights", "parts", "wholes", "kind", "ratio", "lower", "upper"], rows)


def inequality():
    cases = [([45, 37, 89, 76, 55], [279 / 45, 137 / 37, 935 / 89, 160 / 76, 402 / 55], [5, 4, 3, 2, 1], [0, 0, 1, 1, 1]),
             ([1, 1, 1, 1], [0, 0, 0, 8], [1, 2, 3, 4], [0, 0, 1, 1]), ([1, 2, 3], [5, 5, 5], [1, 2, 3], [0, 1, 2]),
             ([0, 0], [1, 2], [1, 2], [0, 1]), ([7], [3], [1], [0]), ([0, 2, 2], [9, 1, 4], [1, 1, 2], [0, 1, 1]),
             ([1, 1], [0, 0], [1, 2], [0, 1]), ([1, 1, 1, 1], [1, 2, 3, 4], [1, 1, 1, 1], [0, 0, 1, 1])]
    for size in (2, 5, 11, 32, 150):
        cases.append((RANDOM.integers(1, 2000, size), RANDOM.uniform(0.5, 90, size), RANDOM.integers(0, max(size // 2, 2), size), RANDOM.integers(0, 4, size)))
    rows = []
    for w, x, rank, group in (tuple(np.array(part, float) for part in case) for case in cases):
        for index in ("variation", "max-to-min", "gini", "theil", "theil-within", "theil-between", "slope", "relative"):
            rows.append((w, x, rank, group.astype(int), index, unequal(index, w, x, rank, group)))
    return write("inequality", ["weights", "values", "ranks", "groups", "index", "value"], rows)


def theil(w, x):
    share, mean = w / w.sum(), np.average(x, weights=w)
    part = x / mean
    return float((share * np.where(part > 0, part * np.log(np.where(part > 0, part, 1)), 0)).sum())


def unequal(index, w, x, rank, group):
    if w.sum() == 0:
        return None
    mean = np.average(x, weights=w)
    if index == "variation":
        return math.sqrt(np.cov(x, aweights=w, ddof=0)) / mean if mean != 0 else None
    if index == "max-to-min":
        return x[w > 0].max() / x[w > 0].min() if x[w > 0].min() > 0 else None
    if index in ("slope", "relative"):
        middles = np.array([(w[rank < r].sum() + w[rank == r].sum() / 2) / w.sum() for r in rank])
        if np.ptp(middles[w > 0]) == 0:
            return None
        bottom, slope = sm.WLS(x, sm.add_constant(middles, has_constant="add"), weights=w).fit().params
        if index == "slope":
            return 0.0 if abs(slope) < 1e-12 else slope
        return (bottom + slope) / bottom if bottom > 1e-12 else None
    if mean <= 0:
        return None
    if index == "gini":
        pairs = (np.outer(w, w) * np.abs(x[:, None] - x[None, :])).sum()
        return pairs / (2 * w.sum() ** 2 * mean)
    if index == "theil":
        return theil(w, x)
    within = between = 0.0
    for g in np.unique(group):
        inside = group == g
        if w[inside].sum() == 0 or np.average(x[inside], weights=w[inside]) == 0:
            continue
        own = np.average(x[inside], weights=w[inside])
        share = w[inside].sum() / w.sum() * own / mean
        within += share * theil(w[inside], x[inside])
        between += share * math.log(own / mean)
    return within if index == "theil-within" else between


def chance():
    rows = []
    for z in (0.0, 0.5, -1.0, 1.96, 3.09, 6.0, 12.0, 30.0):
        rows.append(("normal", z, None, 2 * stats.norm.sf(abs(z))))
    for t in (0.0, 0.7, -2.2, 5.0, 40.0):
        for freedom in (1, 2, 10, 31):
            rows.append(("t", t, freedom, 2 * stats.t.sf(abs(t), freedom)))
    for statistic in (0.0, 1e-6, 0.4, 3.84, 9.5495, 60.0, 700.0):
        rows.append(("chi_squared", statistic, None, stats.chi2.sf(statistic, 1)))
    for probability in (0.001, 0.025, 0.5, 0.975, 0.999):
        for freedom in (1, 2, 5, 18, 20):
            rows.append(("quantile", probability, freedom, stats.chi2.ppf(probability, freedom)))
    return write("chance", ["of", "at", "freedom", "value"], rows)


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    made = [wilson(), events(), proportions(), rates(), false_discovery(), clustered(), trend(), decomposition(), standardised(), inequality(), chance()]
    print(sum(made), "cases")
