# Copyright 2026 The cxr Authors
# SPDX-License-Identifier: Apache-2.0
"""Writes loss_scaler_golden.csv: torch.amp.GradScaler with AdamW.

torch 2.11.0, numpy 1.26.4. Run in this folder:
    PYTHONPATH=../../model/testdata python make_loss_scaler_golden.py

Values and gradients come from formula.py. The gradient of some steps, scaled as
it would arrive, has an element that is not finite.
"""

import csv

import formula
import torch

SIZE, STEPS, SCALE, INTERVAL = 5, 14, 1024.0, 3
BAD = {0: float("inf"), 5: float("nan"), 6: float("-inf")}


def main():
    values = torch.nn.Parameter(
        torch.from_numpy(formula.fill((SIZE,), "values", 1, 0)))
    optimizer = torch.optim.AdamW([values], lr=0.01, weight_decay=0.1,
                                  fused=True)
    scaler = torch.amp.GradScaler("cpu", init_scale=SCALE,
                                  growth_interval=INTERVAL)
    rows = [["step", "scale", "skipped"] + [f"value{i}" for i in range(SIZE)]]
    for step in range(STEPS):
        gradient = torch.from_numpy(
            formula.fill((SIZE,), f"gradient {step}", 1, 0))
        values.grad = scaler.scale(gradient.clone())
        if step in BAD:
            values.grad[step % SIZE] = BAD[step]
        scale = scaler.get_scale()
        scaler.step(optimizer)
        scaler.update()
        rows.append([step, repr(scale), int(scaler.get_scale() < scale)] +
                    [repr(v) for v in values.tolist()])
    with open("loss_scaler_golden.csv", "w", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)


if __name__ == "__main__":
    main()
