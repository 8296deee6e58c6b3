# Copyright 2026 The cxr Authors
# SPDX-License-Identifier: Apache-2.0
"""Writes pretrain_schedule_golden.csv: DINOv2's curves, tabulated.

numpy 2.4.6. Run in this folder:
    python make_pretrain_schedule_golden.py

The published way: arrays over all steps, a straight line and half a cosine one
after another, and the last value of the formula for steps beyond them. One row
holds the options, a step and its rates.
"""

import csv

import numpy as np

OPTIONS = ["steps_per_epoch", "epochs", "warmup_epochs", "learning_rate",
           "min_learning_rate", "weight_decay", "weight_decay_end",
           "momentum_start", "momentum_end", "teacher_temperature_start",
           "teacher_temperature_end", "teacher_warmup_epochs",
           "freeze_prototypes_epochs"]
RATES = ["learning_rate", "prototype_learning_rate", "weight_decay",
         "momentum", "teacher_temperature"]
CASES = [
    # The paper's released and ablation regimes.
    (611, 100, 10, 3e-4, 1e-6, 0, 0, 0.999, 0.999, 0.04, 0.07, 30, 1),
    (185, 50, 10, 5e-4, 1e-6, 0.04, 0.2, 0.994, 1, 0.04, 0.07, 30, 1),
    # No warm-up, nothing frozen.
    (10, 3, 0, 1e-3, 1e-5, 0.1, 0.4, 0.9, 1, 0.04, 0.07, 0, 0),
    # Parts of epochs: 28.999... steps count as 28.
    (100, 1, 0.29, 1e-3, 0, 0.1, 0.4, 0.9, 1, 0.04, 0.07, 0.58, 0.07),
    # A teacher that outlasts the run; warm-ups of one step.
    (7, 2, 0.2, 1e-3, 1e-4, 0, 1, 0.5, 0.6, 0.02, 0.1, 30, 2),
]


def curve(base, end, steps, warmup_steps=0, start=0):
    line = np.linspace(start, base, warmup_steps)
    done = np.arange(steps - warmup_steps) / max(1, steps - warmup_steps)
    cosine = end + 0.5 * (base - end) * (1 + np.cos(np.pi * done))
    values = np.concatenate((line, cosine))
    return lambda step: values[step] if step < steps else end


def rates(case):
    o = dict(zip(OPTIONS, case))
    steps = o["epochs"] * o["steps_per_epoch"]
    counts = {name: int(o[name + "_epochs"] * o["steps_per_epoch"])
              for name in ("warmup", "teacher_warmup", "freeze_prototypes")}
    rate = curve(o["learning_rate"], o["min_learning_rate"], steps,
                 counts["warmup"])
    decay = curve(o["weight_decay"], o["weight_decay_end"], steps)
    momentum = curve(o["momentum_start"], o["momentum_end"], steps)
    warm = o["teacher_temperature_end"]
    temperature = curve(warm, warm, counts["teacher_warmup"],
                        counts["teacher_warmup"],
                        o["teacher_temperature_start"])
    frozen = counts["freeze_prototypes"]
    chosen = {0, 1, 2, steps // 3, steps // 2, steps - 2, steps - 1, steps,
              steps + 1000}
    for count in counts.values():
        chosen |= {max(0, count + near) for near in (-2, -1, 0, 1)}
    for step in sorted(chosen):
        yield step, [rate(step), 0 if step < frozen else rate(step),
                     decay(step), momentum(step), temperature(step)]


def main():
    with open("pretrain_schedule_golden.csv", "w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(OPTIONS + ["step"] + ["expected_" + r for r in RATES])
        for case in CASES:
            for step, values in rates(case):
                writer.writerow(list(case) + [step] +
                                [f"{v:.17g}" for v in values])


main()
