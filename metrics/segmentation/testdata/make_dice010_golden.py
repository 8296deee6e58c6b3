# Copyright 2026 The cxr Authors
# SPDX-License-Identifier: Apache-2.0
"""Writes dice010_golden.csv: Dice by an old torchmetrics.

Versions: Python 3.11, numpy 1.26.4, torch 2.11.0, torchmetrics 0.10.3.
Run in this folder: python make_dice010_golden.py

A line is one case of random_masks.py, the prediction being torch.argmax of the
logits: seed, Dice(ignore_index=0), Dice().
"""

import torch
import torchmetrics
from random_masks import random_labelled_images
from torchmetrics import Dice

CASES = 1100


def main():
    assert torchmetrics.__version__ == "0.10.3"
    with open("dice010_golden.csv", "w", encoding="ascii") as out:
        out.write("# make_dice010_golden.py, torchmetrics 0.10.3: seed,"
                  "ignore_index_0,default\n")
        for seed in range(CASES):
            _, images = random_labelled_images(seed)
            metrics = (Dice(ignore_index=0), Dice())
            for logits, truth in images:
                predicted = torch.tensor(logits).argmax(0).flatten()
                for metric in metrics:
                    metric.update(predicted, torch.tensor(truth).flatten())
            values = [float(metric.compute()) for metric in metrics]
            out.write(f"{seed},{values[0]:.9g},{values[1]:.9g}\n")


if __name__ == "__main__":
    main()
