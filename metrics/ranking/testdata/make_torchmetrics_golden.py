# Copyright 2026 The cxr Authors
# SPDX-License-Identifier: Apache-2.0
"""Writes torchmetrics_VERSION_golden.csv of the cases of golden_cases.py.

Versions: Python 3.11, torch 2.11.0, torchmetrics 0.10.3 and 1.9.0.
Run in this folder, under either version:
ATEN_CPU_CAPABILITY=default python make_torchmetrics_golden.py
(with vector instructions torch.linspace, so a bin's edge, depends on the CPU).

A line is one case: of its column AUROC, average precision and calibration error
(15 bins; l1, l2, max); of its table AUROC and average precision (macro, micro,
weighted). nan where the column has a probability of 0, on which the calibration
error of 0.10.3 fails.
"""

import warnings

import numpy as np
import torch
import torchmetrics
from torchmetrics.functional.classification import (
    binary_auroc, binary_average_precision, binary_calibration_error,
    multilabel_auroc, multilabel_average_precision)

from golden_cases import column_case, table_case

CASES = 1000


def tensors(scores, labels):
    return torch.from_numpy(scores.astype(np.float32)), torch.from_numpy(labels)


def of_column(scores, labels, version):
    values = [binary_auroc(scores, labels),
              binary_average_precision(scores, labels)]
    for norm in ("l1", "l2", "max"):
        fails = version == "0.10.3" and bool((scores == 0).any())
        values.append(float("nan") if fails else binary_calibration_error(
            scores, labels, n_bins=15, norm=norm))
    return values


def of_table(scores, labels):
    return [metric(scores, labels, num_labels=labels.shape[1], average=average)
            for metric in (multilabel_auroc, multilabel_average_precision)
            for average in ("macro", "micro", "weighted")]


def main():
    version = torchmetrics.__version__
    assert version in ("0.10.3", "1.9.0")
    assert torch.backends.cpu.get_cpu_capability() == "DEFAULT"
    warnings.simplefilter("ignore")  # one class only: the point of some cases
    name = f"torchmetrics_{version.replace('.', '_')}_golden.csv"
    with open(name, "w", encoding="ascii") as out:
        out.write(f"# make_torchmetrics_golden.py, torchmetrics {version}: "
                  "case,auroc,ap,l1,l2,max,auroc macro,micro,weighted,"
                  "ap macro,micro,weighted\n")
        for case in range(CASES):
            values = (of_column(*tensors(*column_case(case)), version)
                      + of_table(*tensors(*table_case(case))))
            out.write(",".join([str(case)] + [f"{float(v):.9g}"
                                              for v in values]) + "\n")


if __name__ == "__main__":
    main()
