# Copyright 2026 The cxr Authors
# SPDX-License-Identifier: Apache-2.0
"""Writes fine_tuner_golden.csv: five steps of PyTorch's own fine-tuning.

torch 2.11.0, numpy 1.26.4. Run in this folder:
    python make_fine_tuner_golden.py

A backbone nn.Linear(6, 8) with a tanh, a head nn.Linear(8, 3),
BCEWithLogitsLoss over the labels that are not NaN, the gradients of both cut
together to a norm of 0.5, optim.AdamW with two learning rates; biases do not
decay. Inputs come from cxr/model/testdata/formula.py; the loss of step 2 has
no label.
"""

import csv
import pathlib
import sys

import numpy as np
import torch

HERE = pathlib.Path(__file__).resolve()
sys.path.append(str(HERE.parents[2] / "model" / "testdata"))
import formula  # noqa: E402

STEPS, ROWS = 5, 10


def batch(step):
    images = formula.fill((ROWS, 6), f"images/{step}", 2, 0)
    labels = formula.fill((ROWS, 3), f"labels/{step}", 1, 0) > 0
    ignored = formula.fill((ROWS, 3), f"ignored/{step}", 1, 0) > 0.6
    labels = np.where(ignored | (step == 2), np.nan, labels)
    return torch.from_numpy(images), torch.from_numpy(
        labels.astype(np.float32))


def main():
    backbone, head = torch.nn.Linear(6, 8), torch.nn.Linear(8, 3)
    parameters = {"backbone.weight": backbone.weight,
                  "backbone.bias": backbone.bias,
                  "head.weight": head.weight, "head.bias": head.bias}
    with torch.no_grad():
        for name, parameter in parameters.items():
            parameter.copy_(torch.from_numpy(
                formula.fill(parameter.shape, name, 0.5, 0)))
    optimizer = torch.optim.AdamW(
        [{"params": [backbone.weight], "lr": 0.01, "weight_decay": 0.1},
         {"params": [backbone.bias], "lr": 0.01, "weight_decay": 0},
         {"params": [head.weight], "lr": 0.04, "weight_decay": 0.1},
         {"params": [head.bias], "lr": 0.04, "weight_decay": 0}],
        betas=(0.8, 0.95), eps=1e-6)
    rows = []
    for step in range(STEPS):
        images, labels = batch(step)
        counts = ~labels.isnan()
        if counts.any():
            logits = head(torch.tanh(backbone(images)))
            loss = torch.nn.functional.binary_cross_entropy_with_logits(
                logits[counts], labels[counts])
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(list(parameters.values()), 0.5)
            optimizer.step()
            rows.append([f"loss/{step}", f"{loss.item():.9g}"])
        else:
            rows.append([f"loss/{step}", "0"])
    for name, parameter in parameters.items():
        values = parameter.detach().flatten().tolist()
        rows.append([name, " ".join(f"{v:.9g}" for v in values)])
    with open("fine_tuner_golden.csv", "w", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(
            [["name", "values"]] + rows)


main()
