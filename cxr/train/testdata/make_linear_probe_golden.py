# Copyright 2026 The cxr Authors
# SPDX-License-Identifier: Apache-2.0
"""Writes linear_probe_golden.csv: ten steps of PyTorch's own linear probe.

torch 2.11.0, numpy 1.26.4. Run in this folder:
    python make_linear_probe_golden.py

nn.Linear, BCEWithLogitsLoss over the labels that are not NaN, optim.AdamW.
Inputs come from cxr/model/testdata/formula.py; a label is 1 where the formula
is positive, and NaN where that of "ignored/<step>" is above 0.6. The batch of
the last step is short.
"""

import csv
import pathlib
import sys

import numpy as np
import torch

HERE = pathlib.Path(__file__).resolve()
sys.path.append(str(HERE.parents[2] / "model" / "testdata"))
import formula  # noqa: E402

STEPS, ROWS, LAST_ROWS, FEATURES, LABELS = 10, 16, 5, 12, 3


def batch(step):
    rows = LAST_ROWS if step == STEPS - 1 else ROWS
    features = formula.fill((rows, FEATURES), f"features/{step}", 2, 0.5)
    labels = formula.fill((rows, LABELS), f"labels/{step}", 1, 0) > 0
    ignored = formula.fill((rows, LABELS), f"ignored/{step}", 1, 0) > 0.6
    labels = np.where(ignored, np.nan, labels).astype(np.float32)
    return torch.from_numpy(features), torch.from_numpy(labels)


def main():
    probe = torch.nn.Linear(FEATURES, LABELS)
    with torch.no_grad():
        for name in ("weight", "bias"):
            parameter = getattr(probe, name)
            parameter.copy_(torch.from_numpy(
                formula.fill(parameter.shape, name, 0.25, 0)))
    optimizer = torch.optim.AdamW(probe.parameters(), lr=0.03,
                                  betas=(0.8, 0.95), eps=1e-6,
                                  weight_decay=0.1)
    loss_function = torch.nn.BCEWithLogitsLoss()
    rows = []
    for step in range(STEPS):
        features, labels = batch(step)
        counts = ~labels.isnan()
        loss = loss_function(probe(features)[counts], labels[counts])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        rows.append([f"loss/{step}", f"{loss.item():.9g}"])
    for name in ("weight", "bias"):
        values = getattr(probe, name).detach().flatten()
        rows.append([name, " ".join(f"{v:.9g}" for v in values)])
    with open("linear_probe_golden.csv", "w", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(
            [["name", "values"]] + rows)


main()
