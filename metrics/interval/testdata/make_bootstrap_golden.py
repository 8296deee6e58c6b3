# Copyright 2026 The cxr Authors
# SPDX-License-Identifier: Apache-2.0
"""Writes bootstrap_examples.csv and bootstrap_golden.csv.

Versions: Python 3.11, numpy 1.26.4, scikit-learn 1.6.1.
Run in this folder: python make_bootstrap_golden.py

Examples: patient, then score and label of three findings (the third is rare, so
that resamples without it occur). Golden: name of the statistic, clustered by
patient or not, resamples, confidence, seed, low, high, median, redraws.
"""

import numpy as np
import sklearn
from sklearn.metrics import average_precision_score, roc_auc_score

COLUMNS = 3
PATIENTS = 25
EXAMPLES = 60


def draw_examples():
    rng = np.random.RandomState(99)
    patients = np.concatenate([np.arange(PATIENTS), rng.randint(
        0, PATIENTS, EXAMPLES - PATIENTS)])
    rng.shuffle(patients)
    labels = (rng.rand(EXAMPLES, COLUMNS) < [0.5, 0.25, 0.0]).astype(int)
    labels[patients == 4, 2] = 1
    labels[patients == 11, 2] = 1
    scores = np.round(rng.randn(EXAMPLES, COLUMNS) + labels, 1)
    return patients, scores, labels


def bootstrap(clusters, scores, labels, score, resamples, confidence, seed):
    rng = np.random.RandomState(seed)
    count = clusters.max() + 1
    members = [np.flatnonzero(clusters == c) for c in range(count)]
    values, redraws = [], 0
    while len(values) < resamples:
        rows = np.concatenate(
            [members[rng.randint(0, count)] for _ in range(count)])
        if any(len(set(labels[rows, k])) < 2 for k in range(COLUMNS)):
            redraws += 1
            continue
        values.append(np.mean([score(labels[rows, k], scores[rows, k])
                               for k in range(COLUMNS)]))
    tail = 100 * (1 - confidence) / 2
    low, high, median = np.percentile(values, [tail, 100 - tail, 50])
    return low, high, median, redraws


def main():
    assert np.__version__ == "1.26.4" and sklearn.__version__ == "1.6.1"
    patients, scores, labels = draw_examples()
    with open("bootstrap_examples.csv", "w", encoding="ascii") as out:
        out.write("# make_bootstrap_golden.py: patient,score,label,...\n")
        for i in range(EXAMPLES):
            fields = [f"{score:g},{label}"
                      for score, label in zip(scores[i], labels[i])]
            out.write(f"{patients[i]},{','.join(fields)}\n")
    with open("bootstrap_golden.csv", "w", encoding="ascii") as out:
        out.write("# make_bootstrap_golden.py, scikit-learn 1.6.1: statistic,"
                  "by,resamples,confidence,seed,low,high,median,redraws\n")
        for name, score in (("auroc", roc_auc_score),
                            ("ap", average_precision_score)):
            for by, clusters in (("patient", patients),
                                 ("example", np.arange(EXAMPLES))):
                for run in ((200, 0.95, 3), (101, 0.9, 12345), (1, 0.95, 0)):
                    low, high, median, redraws = bootstrap(
                        clusters, scores, labels, score, *run)
                    out.write(f"{name},{by},{run[0]},{run[1]},{run[2]},"
                              f"{float(low)!r},{float(high)!r},"
                              f"{float(median)!r},{redraws}\n")


if __name__ == "__main__":
    main()
