# Copyright 2026 The cxr Authors
# SPDX-License-Identifier: Apache-2.0
"""Writes ranking_golden.csv: AUROC and average precision by scikit-learn.

Versions: Python 3.11, numpy 1.26.4, scikit-learn 1.6.1.
Run in this folder: python make_ranking_golden.py

A line is one case: labels (a digit per example), scores, counts, then AUROC and
average precision of the examples and of the examples repeated by counts.
"""

import warnings

import numpy as np
import sklearn
from sklearn.metrics import average_precision_score, roc_auc_score

CASES = 1100


def draw_scores(rng, n):
    kind = rng.randint(4)
    if kind == 0:  # few levels, many ties
        return rng.randint(0, 1 + rng.randint(1, 6), n) / 4
    if kind == 1:  # some ties
        return rng.randint(-n, n, n)
    if kind == 2:  # hardly any tie
        return np.round(rng.randn(n), 3)
    return np.round(rng.rand(n), 1)


def draw_labels(rng, n):
    prevalence = rng.choice([0.0, 0.1, 0.3, 0.5, 0.9, 1.0],
                            p=[0.04, 0.24, 0.24, 0.22, 0.22, 0.04])
    return (rng.rand(n) < prevalence).astype(int)


def curve_areas(labels, scores):
    return (roc_auc_score(labels, scores),
            average_precision_score(labels, scores))


def main():
    assert np.__version__ == "1.26.4" and sklearn.__version__ == "1.6.1"
    warnings.simplefilter("ignore")  # one class only: the point of some cases
    rng = np.random.RandomState(20260101)
    with open("ranking_golden.csv", "w", encoding="ascii") as out:
        out.write("# make_ranking_golden.py, scikit-learn 1.6.1: labels,"
                  "scores,counts,auroc,ap,repeated_auroc,repeated_ap\n")
        for _ in range(CASES):
            n = rng.randint(2, 41)
            labels, scores = draw_labels(rng, n), draw_scores(rng, n)
            counts = rng.multinomial(n, [1 / n] * n)
            if rng.rand() < 0.2:
                counts *= rng.randint(1, 50)
            repeated = (np.repeat(labels, counts), np.repeat(scores, counts))
            values = curve_areas(labels, scores) + curve_areas(*repeated)
            out.write(",".join(
                ["".join(map(str, labels)),
                 " ".join(f"{s:g}" for s in scores),
                 " ".join(map(str, counts))] +
                [repr(float(v)) for v in values]) + "\n")


if __name__ == "__main__":
    main()
