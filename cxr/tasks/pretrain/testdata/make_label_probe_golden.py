# Copyright 2026 The cxr Authors
# SPDX-License-Identifier: Apache-2.0
"""Writes label_probe_golden.csv: k-NN votes, ridge scores and their AUROC.

numpy 2.4.6, scikit-learn 1.9.1. Run in this folder:
    python make_label_probe_golden.py

90 vectors of 12 numbers by cxr/model/testdata/formula.py, made unit length, of
40 patients; positive where the first number and some noise are large. Ridge's
alpha is the total variance of the training half plus 1e-9.
"""

import csv
import pathlib
import sys

import numpy as np
from sklearn.linear_model import Ridge
from sklearn.metrics import roc_auc_score

HERE = pathlib.Path(__file__).resolve()
sys.path.append(str(HERE.parents[3] / "model" / "testdata"))
import formula  # noqa: E402

IMAGES, WIDTH, NEIGHBORS, TEMPERATURE = 90, 12, 7, 0.07


def votes(unit, labels, patients):
    similarities = unit @ unit.T
    scores = []
    for i in range(IMAGES):
        others = np.flatnonzero(patients != patients[i])
        order = np.argsort(-similarities[i, others], kind="stable")
        nearest = others[order[:NEIGHBORS]]
        weights = np.exp(similarities[i, nearest] / TEMPERATURE)
        scores.append((weights * labels[nearest]).sum() / weights.sum())
    return np.array(scores)


def ridge(unit, labels, halves):
    scores = np.empty(IMAGES)
    for half in (0, 1):
        train, test = halves != half, halves == half
        alpha = unit[train].var(axis=0).sum() + 1e-9
        model = Ridge(alpha=alpha, solver="cholesky", tol=1e-12)
        scores[test] = model.fit(unit[train],
                                 labels[train]).predict(unit[test])
    return scores


def main():
    vectors = formula.fill((IMAGES, WIDTH), "vectors", 1, 0.5)
    noise = formula.fill((IMAGES,), "noise", 1, 0)
    unit = vectors.astype(np.float64)
    unit /= np.linalg.norm(unit, axis=1, keepdims=True)
    labels = (vectors[:, 0] + noise > 0.9).astype(int)
    patients = np.arange(IMAGES) * 4 // 9
    halves = patients % 2
    knn, line = votes(unit, labels, patients), ridge(unit, labels, halves)
    areas = [roc_auc_score(labels[halves == h], line[halves == h])
             for h in (0, 1)]
    with open(HERE.parent / "label_probe_golden.csv", "w", newline="") as f:
        writer = csv.writer(f, lineterminator="\n")
        writer.writerow(["name", "value"])
        writer.writerows([f"knn.{i}", repr(float(v))]
                         for i, v in enumerate(knn))
        writer.writerows([f"ridge.{i}", repr(float(v))]
                         for i, v in enumerate(line))
        writer.writerow(["knn_auroc", repr(float(roc_auc_score(labels, knn)))])
        writer.writerow(["ridge_auroc", repr(float(np.mean(areas)))])
        print(labels.mean(), roc_auc_score(labels, knn), areas)


if __name__ == "__main__":
    main()
