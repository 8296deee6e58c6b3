# Copyright 2026 The cxr Authors
# SPDX-License-Identifier: Apache-2.0
"""Writes ten_steps_golden.csv: ten steps of pretraining by PyTorch.

torch 2.11.0, numpy 1.26.4. Run in this folder:
    PYTHONPATH=../../../model/testdata python make_ten_steps_golden.py

Weights, crops and masks come from formula.py, so the file holds results only:
the losses of each step, and after the last one of each parameter of student and
teacher the sum, the dot product with the formula's values and four elements. The
learning rate is 1e-3 all the time, so that an optimiser that does nothing
shows.
"""

import csv

import formula
import reference
import torch

VIT = dict(width=32, depth=2, heads=2, grid=4, registers=4)
DINO = dict(layers=3, hidden=40, bottleneck=16, prototypes=48)
IBOT = dict(layers=2, hidden=24, bottleneck=12, prototypes=36)
IMAGES, GROUP, LOCAL, STEPS = 4, 2, 3, 10
RATE, DECAY, CLIP, MOMENTUM = 1e-3, 0.05, 1.5, 0.9
LAYER_DECAY, PATCH_MULTIPLIER, FROZEN_STEPS = 0.9, 0.2, 3
TEMPERATURES = [0.04 + 0.003 * min(step, 5) for step in range(STEPS)]

# name: (centring, separate iBOT head, type)
CASES = {
    "centering": ("ema", True, torch.float64),
    "sinkhorn": ("sinkhorn", True, torch.float64),
    "shared_head": ("ema", False, torch.float64),
    "centering_float32": ("ema", True, torch.float32),
}


def tensor(shape, name, scale, offset, dtype):
    return torch.from_numpy(formula.fill(shape, name, scale, offset)).to(dtype)


def make_network(separate, dtype):
    network = reference.Network(VIT, DINO, IBOT if separate else None)
    with torch.no_grad():
        for name, parameter in network.named_parameters():
            factor = name.endswith(("gamma", "weight_g")) or (
                "norm" in name and name.endswith("weight"))
            values = formula.fill(parameter.shape, name, 0.25,
                                  1 if factor else 0)
            parameter.copy_(torch.from_numpy(values))
    return network.to(dtype)


def make_batch(step, dtype):
    masks = tensor((2 * IMAGES, 16), f"masks {step}", 1, 0, dtype) > 0.3
    masks[1::2] = False
    masks[0, 0] = True
    masks[2 * GROUP, 0] = True
    return {
        "global": tensor((2 * IMAGES, 3, 56, 56), f"global {step}", 2, 0,
                         dtype),
        "local": tensor((LOCAL * IMAGES, 3, 28, 28), f"local {step}", 2, 0,
                        dtype),
        "masks": masks,
    }


def run(case, rows):
    centering, separate, dtype = CASES[case]
    step = reference.Step(lambda: make_network(separate, dtype), centering,
                          GROUP)
    groups = [dict(params=[p], factor=f, decay=d, prototype=proto)
              for p, f, d, proto in reference.parameter_groups(
                  step.student, VIT["depth"], LAYER_DECAY, PATCH_MULTIPLIER)]
    optimizer = torch.optim.AdamW(groups, lr=RATE, betas=(0.9, 0.999),
                                  eps=1e-8)
    units = [list(child.parameters()) for child in step.student.children()]
    for number in range(STEPS):
        for group in optimizer.param_groups:
            frozen = group["prototype"] and number < FROZEN_STEPS
            group["lr"] = 0.0 if frozen else RATE * group["factor"]
            group["weight_decay"] = DECAY * group["decay"]
        losses = step.losses(make_batch(number, dtype), TEMPERATURES[number])
        optimizer.zero_grad()
        sum(losses.values()).backward()
        norms = [torch.nn.utils.clip_grad_norm_(unit, CLIP) for unit in units]
        optimizer.step()
        step.move_teacher(MOMENTUM)
        for name, value in losses.items():
            rows.append([case, f"step {number}", name, repr(value.item())])
        for unit, norm in zip(step.student._modules, norms):
            rows.append([case, f"step {number}", f"norm {unit}",
                         repr(norm.item())])
    for who, network in ("student", step.student), ("teacher", step.teacher):
        for name, parameter in network.named_parameters():
            flat = parameter.detach().flatten().double()
            probe = torch.from_numpy(
                formula.formula_values(name, flat.numel()))
            some = flat[torch.linspace(0, flat.numel() - 1, 4).long()]
            for what, value in [("sum", flat.sum()), ("dot", flat @ probe)] + [
                    (f"element {i}", v) for i, v in enumerate(some)]:
                rows.append([case, f"{who} {name}", what, repr(value.item())])


def main():
    torch.set_num_threads(1)
    rows = [["case", "where", "what", "value"]]
    for case in CASES:
        run(case, rows)
    with open("ten_steps_golden.csv", "w", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)


if __name__ == "__main__":
    main()
