# Copyright 2026 The cxr Authors
# SPDX-License-Identifier: Apache-2.0
"""Writes files of what scikit-learn makes of the cases of golden_cases.py.

Versions: Python 3.11, numpy 1.26.4, scikit-learn 1.6.1.
Run in this folder: python make_columns_golden.py

ranking_cases_golden.csv: areas, curves and operating points of a column.
A curve of many points is written as their number and a moment: the sum over
points k = 1, 2, ... of k times (x + 2 y + 3 threshold), what is not finite
being left out.
probability_cases_golden.csv: Brier score, log loss, reliability diagrams (the
number of bins that are not empty and the moment of both fractions).
small_curves_golden.csv: whole curves of at most 12 examples.
averages_golden.csv: AUROC and average precision of a table: macro, micro,
weighted, samples.
"""

import warnings

import numpy as np
import sklearn
from sklearn import metrics
from sklearn.calibration import calibration_curve

from golden_cases import column_case, line, table_case

CASES, SMALL_CASES = 1000, 60


def moment(*values):
    total = 0.0
    for factor, column in enumerate(values, start=1):
        k = np.arange(1, len(column) + 1)
        finite = np.isfinite(column)
        total += factor * np.sum((k * column)[finite])
    return total


def curves(labels, scores):
    values = []
    for drop in (False, True):
        fpr, tpr, thresholds = metrics.roc_curve(labels, scores,
                                                 drop_intermediate=drop)
        values += [len(fpr), moment(fpr, tpr, thresholds)]
    for drop in (False, True):
        precision, recall, thresholds = metrics.precision_recall_curve(
            labels, scores, drop_intermediate=drop)
        values += [len(precision), moment(precision, recall, thresholds)]
    return values


def operating_points(labels, scores):
    """Sensitivity at specificity 0.8, the reverse, Youden; at 0.5."""
    positives = labels.sum()
    negatives = len(labels) - positives
    if positives == 0 or negatives == 0:
        values = [np.nan] * 8
    else:
        fpr, tpr, thresholds = metrics.roc_curve(labels, scores,
                                                 drop_intermediate=False)
        false_positives = np.round(fpr * negatives)
        true_positives = np.round(tpr * positives)
        specificity = (negatives - false_positives) / negatives
        allowed = np.where(specificity >= 0.8, tpr, -1.0)
        best = np.argmax(allowed)
        values = [thresholds[best], tpr[best], specificity[best]]
        best = np.argmax(tpr >= 0.8)
        values += [thresholds[best], tpr[best], specificity[best]]
        best = np.argmax(true_positives * negatives
                         - false_positives * positives)
        values += [thresholds[best], tpr[best] - fpr[best]]
    called = (scores >= 0.5).astype(int)
    nan = {"zero_division": np.nan}
    return values + [
        metrics.recall_score(labels, called, **nan),
        metrics.recall_score(labels, called, pos_label=0, **nan),
        metrics.precision_score(labels, called, **nan),
        metrics.precision_score(labels, called, pos_label=0, **nan),
        metrics.f1_score(labels, called, **nan)]


def reliability(labels, scores):
    values = []
    for strategy, bins in (("uniform", 15), ("quantile", 10)):
        fraction, probability = calibration_curve(
            labels, scores, n_bins=bins, strategy=strategy)
        values += [len(fraction), moment(fraction, probability)]
    return values


def areas(labels, scores):
    return [metrics.roc_auc_score(labels, scores),
            metrics.average_precision_score(labels, scores)]


def losses(labels, scores):
    return [metrics.brier_score_loss(labels, scores, pos_label=1),
            metrics.log_loss(labels, scores, labels=[0, 1]),
            metrics.log_loss(labels, scores.astype(np.float32),
                             labels=[0, 1])]


def write(name, columns, lines):
    with open(name, "w", encoding="ascii") as out:
        out.write("# make_columns_golden.py, scikit-learn 1.6.1: case,"
                  + columns + "\n")
        out.writelines(lines)


def write_small_curves():
    lines = []
    for case in range(SMALL_CASES):
        scores, labels = column_case(case, most=12)
        for drop in (False, True):
            roc = metrics.roc_curve(labels, scores, drop_intermediate=drop)
            pr = metrics.precision_recall_curve(labels, scores,
                                                drop_intermediate=drop)
            lines.append(",".join([str(case), str(int(drop))] + [
                " ".join(repr(float(v)) for v in column)
                for column in (*roc, *pr)]) + "\n")
    write("small_curves_golden.csv", "drop_intermediate,fpr,tpr,thresholds,"
          "precision,recall,thresholds", lines)


def averages(labels, scores):
    return [metric(labels, scores, average=average)
            for metric in (metrics.roc_auc_score,
                           metrics.average_precision_score)
            for average in ("macro", "micro", "weighted", "samples")]


def main():
    assert np.__version__ == "1.26.4" and sklearn.__version__ == "1.6.1"
    warnings.simplefilter("ignore")  # one class only: the point of some cases
    ranking, probability, tables = [], [], []
    for case in range(CASES):
        scores, labels = column_case(case)
        ranking.append(line(case, areas(labels, scores)
                            + areas(labels, scores.astype(np.float32))
                            + curves(labels, scores)
                            + operating_points(labels, scores)))
        probability.append(line(case, losses(labels, scores)
                                + reliability(labels, scores)))
        scores, labels = table_case(case)
        tables.append(line(case, averages(labels, scores)))
    write("ranking_cases_golden.csv",
          "auroc,ap,auroc_float32,ap_float32,"
          "roc points,moment,dropped,moment,pr points,moment,dropped,moment,"
          "at specificity 0.8: threshold,sensitivity,specificity,"
          "at sensitivity 0.8: threshold,sensitivity,specificity,"
          "youden threshold,j,"
          "at 0.5: sensitivity,specificity,ppv,npv,f1", ranking)
    write("probability_cases_golden.csv",
          "brier,log_loss,log_loss_float32,uniform 15: bins,moment,"
          "quantile 10: bins,moment", probability)
    write("averages_golden.csv",
          "auroc macro,micro,weighted,samples,ap macro,micro,weighted,"
          "samples", tables)
    write_small_curves()


if __name__ == "__main__":
    main()
