# Copyright 2026 The cxr Authors
# SPDX-License-Identifier: Apache-2.0
"""Writes block_masks_golden.csv: statistics of iBOT's block masks.

torch 2.11.0, numpy 2.4.6. Run in this folder:
    python make_block_masks_golden.py

The published algorithm with Python's own random numbers: for each case the
mean of some statistics of its masks that hold any patch, and the error of that
mean; and the reference's bound on the patches of a group of crops, made with
torch.linspace.
"""

import csv
import math
import random

import numpy as np
import torch

GROUPS = 2000
# Name, crops, grid, fraction, ratios, most patches of a block.
CASES = [
    ("released", 8, 37, 0.5, (0.1, 0.5), 666),
    ("one_ratio", 4, 37, 0.5, (0.3, 0.3), 684),
    ("small_blocks", 4, 16, 1.0, (0.4, 0.4), 20),
    ("one_block", 4, 14, 1.0, (0.1, 0.1), 98),
]
BOUNDS = [(crops, grid) for grid in (37, 32, 16, 14, 7)
          for crops in (1, 2, 3, 4, 7, 20, 52, 64, 104, 128, 256)]
MIN_PATCHES, MIN_ASPECT, TRIES = 4, 0.3, 10
STATISTICS = ["patches", "patches_squared", "below_20_percent",
              "below_40_percent", "row_borders", "column_borders", "rows",
              "columns", "corner", "edge", "center"]


def add_block(mask, most):
    size = mask.shape[0]
    for _ in range(TRIES):
        area = random.uniform(MIN_PATCHES, most)
        aspect = math.exp(random.uniform(math.log(MIN_ASPECT),
                                         -math.log(MIN_ASPECT)))
        height = round(math.sqrt(area * aspect))
        width = round(math.sqrt(area / aspect))
        if max(height, width) >= size:
            continue
        top = random.randint(0, size - height)
        left = random.randint(0, size - width)
        view = mask[top:top + height, left:left + width]
        fresh = int((~view).sum())
        if 0 < fresh <= most:
            view[:] = True
            return fresh
    return 0


def draw(size, patches, limit):
    mask = np.zeros((size, size), dtype=bool)
    while patches > 0:
        fresh = add_block(mask, min(patches, limit))
        if fresh == 0:
            break
        patches -= fresh
    return mask


def edges(crops, fraction, ratios):
    return torch.linspace(*ratios, int(crops * fraction) + 1)


def statistics(mask):
    size, patches = mask.shape[0], int(mask.sum())
    return [patches, patches**2, patches < 0.2 * size**2,
            patches < 0.4 * size**2,
            int((mask[:, 1:] != mask[:, :-1]).sum()),
            int((mask[1:] != mask[:-1]).sum()),
            int(mask.any(1).sum()), int(mask.any(0).sum()), mask[0, 0],
            mask[0, size // 2], mask[size // 2, size // 2]]


def main():
    random.seed(20260101)
    with open("block_masks_golden.csv", "w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["name", "value", "error"])
        for name, crops, size, fraction, ratios, limit in CASES:
            parts = edges(crops, fraction, ratios)
            rows = []
            for _ in range(GROUPS):
                for low, high in zip(parts[:-1], parts[1:]):
                    patches = int(size**2 * random.uniform(low, high))
                    rows.append(statistics(draw(size, patches, limit)))
            rows = np.array(rows, dtype=float)
            for i, what in enumerate(STATISTICS):
                error = rows[:, i].std() / math.sqrt(len(rows))
                writer.writerow([f"{name}/{what}", f"{rows[:, i].mean():.8g}",
                                 f"{error:.4g}"])
        for crops, size in BOUNDS:
            bound = sum(int(size**2 * high)
                        for high in edges(crops, 0.5, (0.1, 0.5))[1:])
            writer.writerow([f"bound/{crops}/{size}", bound, 0])


main()
