# Copyright 2026 The cxr Authors
# SPDX-License-Identifier: Apache-2.0
"""Writes tables of predictions of scikit-learn's own data sets, and expected.csv
of what scikit-learn makes of them.

Versions: Python 3.11, numpy 1.26.4, scikit-learn 1.6.1.
Run in this folder: python make_score_tables.py

iris (150 rows, 3 classes): probabilities of a logistic regression, out of fold,
from all measures and (iris_other) from two. Two flowers are one "plot".
cancer (569 rows, 1 class): logits, rounded to two digits.
digits (360 rows, 10 classes): probabilities, rounded to five digits.

expected.csv: a line is one value of one call of the program, with its bootstrap
interval (200 resamples, seed 3, percentile) or that of DeLong or Wilson, by
numpy's RandomState over rows in the order of their ids.
"""

import numpy as np
from sklearn import datasets, metrics
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import cross_val_predict

RESAMPLES, SEED, Z = 200, 3, 1.959963984540054


def model(strength=1.0):
    return LogisticRegression(C=strength, max_iter=5000)


def write(name, header, rows, seed):
    order = np.random.RandomState(seed).permutation(len(rows))
    with open(name, "w", newline="\n") as file:
        file.write(",".join(["id"] + header) + "\n")
        for k in order:
            file.write(",".join(str(cell) for cell in rows[k]) + "\n")


def ids(count):
    return [f"r{k:03}" for k in range(count)]


def table(columns):
    return [list(row) for row in zip(*columns)]


def write_scores(name, classes, scores, seed):
    cells = [[repr(float(s)) for s in column] for column in scores.T]
    write(name, classes, table([ids(len(scores))] + cells), seed)


def one_hot(target, count):
    return (target[:, None] == np.arange(count)[None]).astype(int)


def expected_calibration_error(y, p):
    edges = np.linspace(0, 1, 16).astype(np.float32).astype(float)
    bins = np.searchsorted(edges, p, side="right")
    return sum(abs(np.sum(p[bins == b] - y[bins == b])) for b in set(bins)) / len(y)


def columns_of(y, s):
    return list(zip(y.T, s.T))


def rank_values(y, s):
    """(metric, target index or name) -> value."""
    values = {}
    for name, of in (("auroc", metrics.roc_auc_score),
                     ("auprc", metrics.average_precision_score)):
        for k, (labels, scores) in enumerate(columns_of(y, s)):
            values[name, k] = of(labels, scores)
        for average in ("macro", "micro", "weighted"):
            values[name, average] = of(y, s, average=average)
    return values


def probability_values(y, s):
    values = {}
    for k, (labels, p) in enumerate(columns_of(y, s)):
        values["brier", k] = metrics.brier_score_loss(labels, p)
        values["log_loss", k] = metrics.log_loss(labels, p, labels=[0, 1])
        values["ece", k] = expected_calibration_error(labels, p)
    return values


def wilson(right, rows):
    p, q = right / rows, Z * Z / rows
    middle, half = p + q / 2, np.sqrt(q * p * (1 - p) + q * q / 4)
    return (middle - half) / (1 + q), (middle + half) / (1 + q)


def rates(y, s):
    """(metric, k) -> (value, bounds or None), at thresholds of roc_curve."""
    found = {}
    for k, (labels, scores) in enumerate(columns_of(y, s)):
        fpr, tpr, thresholds = metrics.roc_curve(
            labels, scores, drop_intermediate=False)
        negatives = np.sum(1 - labels)
        positives = np.sum(labels)
        best = np.argmax(np.rint(tpr * positives) * negatives -
                         np.rint(fpr * negatives) * positives)
        reach = np.flatnonzero(1 - fpr >= 0.9)
        specific = reach[np.argmax(tpr[reach])]
        found["youden_threshold", k] = thresholds[best], None
        found["threshold_at_specificity_0.9", k] = thresholds[specific], None
        for name, rate, rows in (
                ("sensitivity_at_youden", tpr[best], positives),
                ("specificity_at_youden", 1 - fpr[best], negatives),
                ("sensitivity_at_specificity_0.9", tpr[specific], positives)):
            found[name, k] = rate, wilson(np.rint(rate * rows), rows)
    return found


def delong(labels, scores):
    positive, negative = scores[labels == 1], scores[labels == 0]
    wins = ((positive[:, None] > negative[None]) +
            0.5 * (positive[:, None] == negative[None]))
    variance = (np.var(wins.mean(1), ddof=1) / len(positive) +
                np.var(wins.mean(0), ddof=1) / len(negative))
    reach = Z * np.sqrt(variance)
    return max(0.0, wins.mean() - reach), min(1.0, wins.mean() + reach)


def resamples(clusters):
    """Row numbers of each resample of clusters, numbered by appearance."""
    rng = np.random.RandomState(SEED)
    names = list(dict.fromkeys(clusters))
    rows = [np.flatnonzero(np.array(clusters) == name) for name in names]
    for _ in range(RESAMPLES):
        draws = rng.randint(0, len(names), len(names))
        yield np.concatenate([rows[d] for d in draws])


def bootstrap(values_of, y, s, clusters):
    drawn = [values_of(y[rows], s[rows]) for rows in resamples(clusters)]
    return {key: np.percentile([values[key] for values in drawn], [2.5, 97.5])
            for key in drawn[0]}


class Expected:
    def __init__(self):
        self.lines = ["call,part,metric,target,test,value,low,high,p"]

    def add(self, call, part, metric, target, value, bounds=None, test="",
            p=None):
        cells = [call, part, metric, target, test, repr(float(value))]
        cells += ["", ""] if bounds is None else [
            repr(float(b)) for b in bounds]
        cells.append("" if p is None else repr(float(p)))
        self.lines.append(",".join(cells))


def add_values(expected, call, classes, y, s, clusters, probabilities=True):
    independent = len(set(clusters)) == len(clusters)

    def values_of(y, s):
        values = rank_values(y, s)
        if probabilities:
            values.update(probability_values(y, s))
        return values

    def name(target):
        return target if isinstance(target, str) else classes[target]

    intervals = bootstrap(values_of, y, s, clusters)
    for key, value in values_of(y, s).items():
        expected.add(call, "values", key[0], name(key[1]), value,
                     intervals[key], "bootstrap")
    for (metric, k), (value, bounds) in rates(y, s).items():
        if bounds is None or independent:
            expected.add(call, "values", metric, classes[k], value, bounds,
                         "" if bounds is None else "Wilson")
    for k, (labels, scores) in enumerate(columns_of(y, s)):
        if independent:
            expected.add(call, "values", "auroc", classes[k],
                         metrics.roc_auc_score(labels, scores),
                         delong(labels, scores), "DeLong")


def small_values(y, s):
    values = rank_values(y, s)
    return {key: value for key, value in values.items()
            if key[1] not in ("micro", "weighted")}


def add_comparison(expected, call, classes, y, first, second):
    def differences(y, both):
        half = both.shape[1] // 2
        a, b = small_values(y, both[:, :half]), small_values(y, both[:, half:])
        return {key: a[key] - b[key] for key in a}

    both = np.hstack([first, second])
    drawn = [differences(y[rows], both[rows])
             for rows in resamples(ids(len(y)))]
    for key, value in differences(y, both).items():
        found = np.array([values[key] for values in drawn])
        beyond = min(np.sum(found <= 0), np.sum(found >= 0)) + 1
        target = key[1] if isinstance(key[1], str) else classes[key[1]]
        expected.add(call, "comparisons", key[0], target, value,
                     np.percentile(found, [2.5, 97.5]), "paired bootstrap",
                     min(1.0, 2 * beyond / (RESAMPLES + 1)))


def add_groups(expected, call, classes, y, s, groups):
    for group in sorted(set(groups) - {""}):
        inside = groups == group
        outside = ~inside & (groups != "")

        def both(rows):
            a = small_values(y[rows[inside[rows]]], s[rows[inside[rows]]])
            b = small_values(y[rows[outside[rows]]], s[rows[outside[rows]]])
            return {key: (a[key], a[key] - b[key]) for key in a}

        drawn = [both(rows) for rows in resamples(ids(len(y)))]
        for key, pair in both(np.arange(len(y))).items():
            target = key[1] if isinstance(key[1], str) else classes[key[1]]
            for place, part in enumerate(("groups", "differences")):
                bounds = np.percentile([v[key][place] for v in drawn],
                                       [2.5, 97.5])
                expected.add(call, part, key[0], target, pair[place], bounds,
                             group)


def iris(expected):
    data = datasets.load_iris()
    classes = [str(name) for name in data.target_names]
    y = one_hot(data.target, 3)
    first = cross_val_predict(model(), data.data[:, 2:], data.target,
                              method="predict_proba")
    other = cross_val_predict(model(), data.data[:, :2], data.target,
                              method="predict_proba")
    plots = [f"plot{k // 2}" for k in range(150)]
    rng = np.random.RandomState(1)
    beds = np.array([("north", "south", "")[d] for d in
                     rng.randint(0, 5, 150) // 2])
    write("iris_labels.csv", classes + ["plot", "bed"],
          table([ids(150)] + list(y.T) + [plots, beds]), 5)
    write_scores("iris_scores.csv", classes, first, 6)
    write_scores("iris_other.csv", classes, other, 7)
    add_values(expected, "iris", classes, y, other, ids(150))
    add_values(expected, "iris_plots", classes, y, other, plots)
    largest = other.reshape(75, 2, 3).max(axis=1)
    names = sorted(set(plots))
    order = [int(name[4:]) for name in names]
    add_values(expected, "iris_max", classes, y[::2][order], largest[order],
               names)
    add_comparison(expected, "iris_compare", classes, y, first, other)
    add_groups(expected, "iris_groups", classes, y, other, beds)


def cancer(expected):
    data = datasets.load_breast_cancer()
    few = data.data[:, [1, 4, 8]]
    few = (few - few.mean(0)) / few.std(0)
    logits = np.round(np.clip(cross_val_predict(
        model(), few, data.target, method="decision_function"), -12, 12), 2)
    classes = ["benign"]
    y = data.target[:, None]
    write("cancer_labels.csv", classes, table([ids(569), data.target]), 8)
    write_scores("cancer_logits.csv", classes, logits[:, None], 9)
    sigmoid = 1 / (1 + np.exp(-logits.astype(np.float32)))
    add_values(expected, "cancer_logits", classes, y, logits[:, None],
               ids(569), probabilities=False)
    add_values(expected, "cancer_sigmoid", classes, y,
               sigmoid.astype(float)[:, None], ids(569))


def digits(expected):
    data = datasets.load_digits()
    classes = [str(name) for name in data.target_names]
    y = one_hot(data.target[:360], 10)
    scores = np.round(cross_val_predict(
        model(1e-4), data.data[:360], data.target[:360],
        method="predict_proba"), 5)
    write("digits_labels.csv", classes, table([ids(360)] + list(y.T)), 10)
    write_scores("digits_scores.csv", classes, scores, 11)
    add_values(expected, "digits", classes, y, scores, ids(360))


def main():
    expected = Expected()
    iris(expected)
    cancer(expected)
    digits(expected)
    with open("expected.csv", "w", newline="\n") as file:
        file.write("\n".join(expected.lines) + "\n")


if __name__ == "__main__":
    main()
