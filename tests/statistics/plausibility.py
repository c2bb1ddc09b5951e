"""Independent values for the rules of plausibility, by numpy and scipy:

    pip install numpy scipy && python tests/statistics/plausibility.py

writes hidiroglou_berthelot.csv, robust_z.csv and digit_heaping.csv beside this file, the same bytes at every run.
"""

import pathlib

import numpy
import scipy.stats

HERE = pathlib.Path(__file__).parent
draw = numpy.random.default_rng(20231103)


def hidiroglou_berthelot():
    lines = ["case,before,now,u,a,c,effect,low,high"]
    for case in range(10):
        size = [8, 11, 12, 30, 32, 150][case % 6]
        before = numpy.exp(draw.normal(7, 1, size)).round() + 1
        now = (before * draw.normal(1.03, 0.05, size)).round().clip(1)
        now[0] = now[0] * 10 if case % 2 else (now[0] / 10).round().clip(1)
        u, a, c = [(0.5, 0.05, 20), (0, 0.05, 20), (1, 0.1, 4)][case % 3]
        ratios = now / before
        middle = numpy.median(ratios)
        centred = numpy.where(ratios < middle, 1 - middle / ratios, ratios / middle - 1)
        effects = centred * numpy.maximum(before, now) ** u
        first, median, third = numpy.quantile(effects, [0.25, 0.5, 0.75])
        low = median - c * max(median - first, abs(a * median))
        high = median + c * max(third - median, abs(a * median))
        for b, n, e in zip(before, now, effects):
            lines.append(f"{case},{b},{n},{u},{a},{c},{e!r},{low!r},{high!r}".replace("np.float64(", "").replace(")", ""))
    return lines


def robust_z():
    lines = ["case,value,z"]
    for case in range(8):
        values = draw.beta(20, 18, [7, 8, 11, 32, 151][case % 5])
        values[-1] = 0.95
        spread = scipy.stats.median_abs_deviation(values, scale=1.0)
        for value in values:
            z = 0.6745 * (value - numpy.median(values)) / spread
            lines.append(f"{case},{float(value)!r},{float(z)!r}")
    return lines


def digit_heaping():
    lines = ["round,all,chi_squared"]
    for count in [25, 40, 77, 120, 1000]:
        for share in [0.2, 0.25, 0.4, 0.6, 1.0]:
            round_ = int(numpy.ceil(share * count))
            statistic = scipy.stats.chisquare([round_, count - round_], [count * 0.2, count * 0.8]).statistic
            lines.append(f"{round_},{count},{float(statistic)!r}")
    return lines


for make in (hidiroglou_berthelot, robust_z, digit_heaping):
    (HERE / f"{make.__name__}.csv").write_text("\n".join(make()) + "\n", encoding="utf-8")
