# Copyright 2026 The cxr Authors
# SPDX-License-Identifier: Apache-2.0
"""Writes position_embedding_golden.csv by torch.nn.functional.interpolate.

torch 2.11.0, numpy 1.26.4. Run in this folder:
    python make_position_embedding_golden.py

kAntialiased is called as Meta's code and transformers call it (size, antialias);
kOffsetAsReleased as DINOv2's vision_transformer.py calls it with its defaults
(scale_factor from (n + 0.1) / G, no antialias).
"""

import csv

import formula
import torch
from torch.nn.functional import interpolate

WIDTH = 3
CASES = [(37, 7, 7), (37, 8, 8), (4, 7, 6), (4, 9, 2), (5, 1, 3)]


def resize(embed, grid, rows, columns, variant):
    patches = embed[:, 1:].reshape(1, grid, grid, WIDTH).permute(0, 3, 1, 2)
    if variant == "kAntialiased":
        patches = interpolate(patches, mode="bicubic", align_corners=False,
                              antialias=True, size=(rows, columns))
    else:
        patches = interpolate(
            patches, mode="bicubic", antialias=False,
            scale_factor=(float(rows + 0.1) / grid,
                          float(columns + 0.1) / grid))
    assert patches.shape[2:] == (rows, columns)
    return torch.cat((embed[:, 0].unsqueeze(0),
                      patches.permute(0, 2, 3, 1).view(1, -1, WIDTH)), dim=1)


def main():
    with open("position_embedding_golden.csv", "w", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(["variant", "grid", "rows", "columns", "values"])
        for grid, rows, columns in CASES:
            embed = torch.from_numpy(formula.fill(
                (1, 1 + grid * grid, WIDTH), f"grid{grid}", 1, 0))
            for variant in ("kAntialiased", "kOffsetAsReleased"):
                values = resize(embed, grid, rows, columns, variant)
                out.writerow([variant, grid, rows, columns,
                              " ".join(f"{v:.9g}" for v in values.flatten())])


main()
