# Copyright 2026 The cxr Authors
# SPDX-License-Identifier: Apache-2.0
"""Writes interval_golden.csv.

Versions: Python 3.11, numpy 1.26.4, scipy 1.14.1, scikit-learn 1.6.1.
Run in this folder: python make_interval_golden.py

Interval cases are numbered; make_case says how a number becomes examples, and
golden_case_testing.h says the same in C++. A line is the number, the redraws,
the standard error and the percentile, basic and BCa bounds.
"""

import warnings

import numpy as np
import scipy
import sklearn
from scipy.stats import bootstrap
from sklearn.utils import resample

CASES = 1050
DESIGNS = 7


def make_case(number):
    """Examples, and how they are resampled."""
    rng = np.random.RandomState(number)
    n = 8 + int(rng.randint(0, 25))
    clusters = 4 + int(rng.randint(0, n // 2 - 2))
    case = {
        "design": number % DESIGNS,
        "generator": number // DESIGNS % 2,
        "resamples": [39, 60, 99][number % 3],
        "confidence": [0.9, 0.95, 0.8][number // 2 % 3],
        "scores": rng.randint(0, 9, n),
        "labels": rng.randint(0, 2, n),
        "clusters": rng.randint(0, clusters, n),
    }
    case["labels"][:4] = [0, 1, 0, 1]
    if case["design"] == 2:  # few positives: redraws, and NaN without the one
        case["labels"][3] = number // 14 % 2
        case["labels"][4:] *= case["scores"][4:] > 7
    case["clusters"][:clusters] = np.arange(clusters)
    return case


def auroc(case, rows):
    """Pairs counted in integers and divided once."""
    scores, labels = case["scores"][rows], case["labels"][rows]
    positives, negatives = scores[labels == 1], scores[labels == 0]
    if len(positives) == 0 or len(negatives) == 0:
        return np.nan
    above = (positives[:, None] > negatives).sum()
    ties = (positives[:, None] == negatives).sum()
    return (2 * above + ties) / (2.0 * len(positives) * len(negatives))


def mean(case, rows):
    return case["scores"][rows].sum() / len(rows)


def rows_of(case, clusters):
    return np.concatenate(
        [np.flatnonzero(case["clusters"] == c) for c in clusters])


class Drawn:
    """Takes the place of a BootstrapResult for resamples drawn here."""

    def __init__(self, values):
        self.bootstrap_distribution = np.array(values)


def draw_until_defined(case, rng, statistic):
    n, values, redraws = len(case["scores"]), [], 0
    draw = getattr(rng, "integers", None) or rng.randint
    while len(values) < case["resamples"]:
        value = statistic(draw(0, n, n))
        if np.isnan(value):
            redraws += 1
        else:
            values.append(value)
    return Drawn(values), redraws


def draw_by_scikit_learn(case, rng, statistic):
    everything = np.arange(len(case["scores"]))
    return Drawn([
        statistic(resample(everything, stratify=case["labels"],
                           random_state=rng))
        for _ in range(case["resamples"])])


def plan(case, number):
    """Samples of units, statistic, and resamples drawn here, if any."""
    everything = np.arange(len(case["scores"]))
    by_class = [np.flatnonzero(case["labels"] == k) for k in (0, 1)]
    units = np.arange(case["clusters"].max() + 1)
    rng = (np.random.default_rng(number) if case["generator"]
           else np.random.RandomState(number))
    design = case["design"]
    if design in (0, 1):
        return [everything], lambda rows: mean(case, rows), rng, None, 0
    if design == 2:
        def statistic(rows):
            return auroc(case, rows)
        drawn, redraws = draw_until_defined(case, rng, statistic)
        return [everything], statistic, rng, drawn, redraws
    if design == 3:
        return [units], lambda c: mean(case, rows_of(case, c)), rng, None, 0
    if design == 4:
        return by_class, (lambda a, b: auroc(case, np.concatenate([a, b]))
                          ), rng, None, 0
    if design == 5:
        drawn = draw_by_scikit_learn(case, np.random.RandomState(number),
                                     lambda rows: auroc(case, rows))
        return by_class, (lambda a, b: auroc(case, np.concatenate([a, b]))
                          ), rng, drawn, 0
    return [units[units % 2 == k] for k in (0, 1)], (
        lambda a, b: mean(case, rows_of(case, np.concatenate([a, b])))
    ), rng, None, 0


def intervals(number):
    case = make_case(number)
    samples, statistic, rng, drawn, redraws = plan(case, number)
    numbers = []
    for method in ("percentile", "basic", "bca"):
        drawn = bootstrap(
            samples, statistic, vectorized=False, batch=1, method=method,
            n_resamples=case["resamples"] if drawn is None else 0,
            bootstrap_result=drawn, random_state=rng,
            confidence_level=case["confidence"])
        numbers += list(drawn.confidence_interval)
    return redraws, [drawn.standard_error] + numbers


def main():
    assert np.__version__ == "1.26.4" and scipy.__version__ == "1.14.1"
    assert sklearn.__version__ == "1.6.1"
    warnings.simplefilter("ignore")  # of intervals that are NaN
    with open("interval_golden.csv", "w", encoding="ascii") as out:
        out.write("# make_interval_golden.py, scipy 1.14.1: case,redraws,"
                  "standard error,percentile low,high,basic,bca\n")
        for number in range(CASES):
            redraws, numbers = intervals(number)
            out.write(f"{number},{redraws},"
                      f"{','.join(repr(float(x)) for x in numbers)}\n")


if __name__ == "__main__":
    main()
