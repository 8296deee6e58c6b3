# Copyright 2026 The cxr Authors
# SPDX-License-Identifier: Apache-2.0
"""Writes adamw_golden.csv: twenty steps of torch.optim.AdamW with clipping.

torch 2.11.0, numpy 2.4.6. Run in this folder:
    python make_adamw_golden.py

Three parameters with rules of their own, their gradients by
cxr/model/testdata/formula.py, clipped unit by unit with
torch.nn.utils.clip_grad_norm_. Rates change at every step; the prototypes have
none in the first six.
"""

import csv
import pathlib
import sys

import torch

HERE = pathlib.Path(__file__).resolve()
sys.path.append(str(HERE.parents[2] / "model" / "testdata"))
import formula  # noqa: E402

STEPS, FROZEN, MAX_NORM = 20, 6, 3.0
# Name, shape, unit, factors of learning rate and weight decay, prototypes?
PARAMETERS = [
    ("weight", (5, 7), "backbone", 0.9, 1, False),
    ("norm", (7,), "backbone", 0.9, 0, False),
    ("last_layer", (9, 4), "dino_head", 1, 1, True),
]


def run(dtype):
    tensors, groups = {}, []
    for name, shape, _, rate, decay, is_prototype in PARAMETERS:
        tensor = torch.from_numpy(formula.fill(shape, name, 0.25, 0)).to(dtype)
        tensors[name] = tensor.requires_grad_()
        groups.append({"params": [tensor], "rate": rate, "decay": decay,
                       "is_prototype": is_prototype})
    optimizer = torch.optim.AdamW(groups, betas=(0.9, 0.999), eps=1e-8)
    norms = {"backbone": [], "dino_head": []}
    for step in range(STEPS):
        for name, tensor in tensors.items():
            gradient = formula.fill(tensor.shape, f"{name}/{step}",
                                    0.3 + 0.1 * step, 0)
            tensor.grad = torch.from_numpy(gradient).to(dtype)
        for unit, values in norms.items():
            members = [tensors[p[0]] for p in PARAMETERS if p[2] == unit]
            norm = torch.nn.utils.clip_grad_norm_(members, MAX_NORM)
            values.append(norm.item())
        rate = 0.01 * (step + 1) / STEPS
        for group in optimizer.param_groups:
            frozen = group["is_prototype"] and step < FROZEN
            group["lr"] = (0 if frozen else rate) * group["rate"]
            group["weight_decay"] = (0.04 + 0.01 * step) * group["decay"]
        optimizer.step()
    yield from ((f"norm/{unit}", values) for unit, values in norms.items())
    for name, tensor in tensors.items():
        state = optimizer.state[tensor]
        yield f"values/{name}", tensor.detach().flatten().tolist()
        yield f"first/{name}", state["exp_avg"].flatten().tolist()
        yield f"second/{name}", state["exp_avg_sq"].flatten().tolist()


def main():
    with open("adamw_golden.csv", "w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["name", "values"])
        for kind, dtype in [("float32", torch.float32),
                            ("float64", torch.float64)]:
            for name, values in run(dtype):
                writer.writerow([f"{kind}/{name}",
                                 " ".join(f"{v:.17g}" for v in values)])


main()
