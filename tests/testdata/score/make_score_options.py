# Copyright 2026 The cxr Authors
# SPDX-License-Identifier: Apache-2.0
"""Writes expected_options.csv, of what the options of cxr score classification
add, and iris_curves/, by scikit-learn and scipy from the tables that
make_score_tables.py wrote.

Versions: Python 3.11, numpy 1.26.4, scikit-learn 1.6.1, scipy 1.17.1.
Run in this folder: python make_score_options.py

A line is one value of one call (200 resamples, seed 3); "low" and "high" are
its interval, "median" that of the resamples.
"""

import csv
import os

import numpy as np
from scipy import stats
from sklearn import calibration, metrics, utils

from make_score_tables import (RESAMPLES, SEED, rank_values,
                               small_values, wilson)

CLASSES = ["setosa", "versicolor", "virginica"]


def read(name, columns):
    with open(name) as file:
        rows = sorted(csv.DictReader(file), key=lambda row: row["id"])
    return np.array([[row[c] for c in columns] for row in rows])


def equal_mass_error(y, p, bins=15):
    edges = np.percentile(p, np.linspace(0, 1, bins + 1) * 100)
    where = np.searchsorted(edges[1:-1], p)
    true, predicted = calibration.calibration_curve(
        y, p, n_bins=bins, strategy="quantile")
    counts = np.bincount(where)
    counts = counts[counts > 0]
    return np.sum(counts * np.abs(true - predicted)) / len(y)


def state_rows(rng, n):
    return rng.randint(0, n, n)


def bootstrap(values_of, draw):
    drawn = [values_of(draw()) for _ in range(RESAMPLES)]
    return {key: np.percentile([values[key] for values in drawn],
                               [2.5, 97.5, 50]) for key in drawn[0]}


class Expected:
    def __init__(self):
        self.lines = ["call,part,metric,target,value,low,high,median"]

    def add(self, call, part, key, value, bounds=()):
        target = key[1] if isinstance(key[1], str) else CLASSES[key[1]]
        cells = [call, part, key[0], target] + [
            repr(float(x)) for x in (value, *bounds)]
        self.lines.append(",".join(cells + [""] * (8 - len(cells))))

    def add_resampled(self, call, values_of, draw, rows):
        intervals = bootstrap(values_of, draw)
        for key, value in values_of(rows).items():
            self.add(call, "values", key, value, intervals[key])


def add_generators(expected, y, s, plots):
    rows = np.arange(len(y))

    def ranked(rows):
        return rank_values(y[rows], s[rows])

    def mass(rows):
        return {("ece_equal_mass", k): equal_mass_error(y[rows, k], s[rows, k])
                for k in range(3)}

    rng = np.random.RandomState(SEED)
    expected.add_resampled("plain", lambda r: {**ranked(r), **mass(r)},
                           lambda: state_rows(rng, len(y)), rows)
    new = np.random.default_rng(SEED)
    expected.add_resampled("default_rng", ranked,
                           lambda: new.integers(0, len(y), len(y)), rows)
    old = np.random.RandomState(SEED)
    expected.add_resampled(
        "sklearn", ranked,
        lambda: utils.resample(rows, stratify=y[:, 0], random_state=old), rows)

    # Whole plots, of each stratum as many as it has.
    strata = [list(dict.fromkeys(plots[y[:, 0] == of])) for of in (0, 1)]
    rows_of = {name: np.flatnonzero(plots == name) for name in plots}
    state = np.random.RandomState(SEED)

    def draw():
        return np.concatenate([
            rows_of[names[d]] for names in strata
            for d in state_rows(state, len(names))])

    expected.add_resampled("plots_in_strata", ranked, draw, rows)


def add_sensitivity(expected, y, s):
    for k in range(3):
        fpr, tpr, thresholds = metrics.roc_curve(
            y[:, k], s[:, k], drop_intermediate=False)
        place = np.flatnonzero(tpr >= 0.95)[0]
        negatives = np.sum(1 - y[:, k])
        right = np.rint((1 - fpr[place]) * negatives)
        expected.add("sensitivity", "values",
                     ("threshold_at_sensitivity_0.95", k), thresholds[place])
        expected.add("sensitivity", "values",
                     ("specificity_at_sensitivity_0.95", k),
                     right / negatives, wilson(right, negatives))


def equivalence(difference, error, margin):
    return max(stats.norm.sf((difference + margin) / error),
               stats.norm.cdf((difference - margin) / error))


def add_comparison(expected, y, first, second, margin):
    """Paired bootstrap with --margin and Benjamini-Hochberg."""

    def differences(rows):
        a = small_values(y[rows], first[rows])
        b = small_values(y[rows], second[rows])
        return {key: a[key] - b[key] for key in a}

    rng = np.random.RandomState(SEED)
    drawn = [differences(state_rows(rng, len(y))) for _ in range(RESAMPLES)]
    p_values = {}
    for key, value in differences(np.arange(len(y))).items():
        found = np.array([values[key] for values in drawn])
        beyond = min(np.sum(found <= 0), np.sum(found >= 0)) + 1
        p_values[key] = min(1.0, 2 * beyond / (RESAMPLES + 1))
        if np.std(found) > 1e-12:  # but for rounding: no verdict of none
            expected.add("margin", "equivalence", key,
                         equivalence(value, np.std(found, ddof=1), margin))
    for metric in ("auroc", "auprc"):
        keys = [(metric, k) for k in range(3)]
        adjusted = stats.false_discovery_control([p_values[k] for k in keys])
        for key, p in zip(keys, adjusted):
            expected.add("margin", "adjusted", key, p)


def add_runs(expected, y, runs):
    count = len(runs)
    plain = [small_values(y, run) for run in runs]
    rng = np.random.RandomState(SEED)
    means, all_runs = [], []
    for _ in range(RESAMPLES):
        drawn, rows = rng.randint(0, count, count), state_rows(rng, len(y))
        each = [small_values(y[rows], run[rows]) for run in runs]
        means.append({key: np.mean([each[d][key] for d in drawn])
                      for key in plain[0]})
        all_runs.append(each)
    for key in plain[0]:
        values = np.array([run[key] for run in plain])
        mean, deviation = values.mean(), values.std(ddof=1)
        reach = stats.t.ppf(0.975, count - 1) * deviation
        for part, width in (("runs", reach / np.sqrt(count)),
                            ("prediction", reach * np.sqrt(1 + 1 / count))):
            expected.add("runs", part, key, mean, (mean - width, mean + width))
        expected.add("runs", "bootstrap", key, mean, np.percentile(
            [m[key] for m in means], [2.5, 97.5, 50]))
        table = np.array([[run[key] for run in each] for each in all_runs])
        expected.add("runs", "deviation", key, deviation)
        expected.add("runs", "by_runs", key,
                     np.sqrt(table.var(axis=1, ddof=1).mean() / count))
        expected.add("runs", "by_images", key,
                     table.mean(axis=1).std(ddof=1))


def write_curves(y, s):
    os.makedirs("iris_curves", exist_ok=True)
    roc = ["class,threshold,false_positive_rate,true_positive_rate"]
    pr = ["class,threshold,precision,recall"]
    for k, name in enumerate(CLASSES):
        fpr, tpr, thresholds = metrics.roc_curve(y[:, k], s[:, k])
        for row in zip(thresholds, fpr, tpr):
            roc.append(",".join([name] + [repr(float(x)) for x in row]))
        precision, recall, thresholds = metrics.precision_recall_curve(
            y[:, k], s[:, k], drop_intermediate=True)
        for row in zip(list(thresholds) + [None], precision, recall):
            pr.append(",".join([name] + [
                "" if x is None else repr(float(x)) for x in row]))
    for name, lines in (("roc", roc), ("pr", pr)):
        with open(f"iris_curves/{name}.csv", "w", newline="\n") as file:
            file.write("\n".join(lines) + "\n")


def main():
    labels = read("iris_labels.csv", CLASSES + ["plot"])
    y, plots = labels[:, :3].astype(int), labels[:, 3]
    scores = read("iris_scores.csv", CLASSES).astype(float)
    other = read("iris_other.csv", CLASSES).astype(float)
    expected = Expected()
    add_generators(expected, y, other, plots)
    add_sensitivity(expected, y, other)
    add_comparison(expected, y, scores, other, margin=0.1)
    add_runs(expected, y, [other, scores])
    write_curves(y, other)
    with open("expected_options.csv", "w", newline="\n") as file:
        file.write("\n".join(expected.lines) + "\n")


if __name__ == "__main__":
    main()
