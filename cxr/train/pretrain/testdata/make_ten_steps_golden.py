# Copyright 2026 The cxr Authors
# SPDX-License-Identifier: Apache-2.0
"""Writes ten_steps_golden.csv: ten steps of pretraining by PyTorch.

torch 2.11.0, numpy 1.26.4. Run in this folder:
    PYTHONPATH=../../../model/testdata python make_ten_steps_golden.py

Weights, crops and masks come from formula.py, so the file holds results only:
the losses of each step, and after the last one of each parameter of student and
teacher the sum, the dot product with the formula's values and four elements. The
learning rate is 1e-3 all the time, so that an optimiser that does nothing
shows. In float16 the scale of the loss is there too, and whether a step was
left out.
"""

import contextlib
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
DROPPED = 0.3
SCALE, GROWTH_INTERVAL = 2.0**17, 3
TEMPERATURES = [0.04 + 0.003 * min(step, 5) for step in range(STEPS)]

# name: (centring, separate iBOT head, type of the weights, drop path?,
#        float16: none, by autocast, or of the whole networks)
CASES = {
    "centering": ("ema", True, torch.float64, False, ""),
    "sinkhorn": ("sinkhorn", True, torch.float64, False, ""),
    "shared_head": ("ema", False, torch.float64, False, ""),
    "drop_path": ("ema", True, torch.float64, True, ""),
    "centering_float32": ("ema", True, torch.float32, False, ""),
    "float16": ("ema", True, torch.float32, False, "autocast"),
    "float16_networks": ("ema", True, torch.float32, False, "networks"),
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


def kept_crops(step, block, branch, crops, count):
    """Of each group's crops those whose formula's values are the smallest."""
    kept = int(crops * (1 - DROPPED))
    places = []
    for group in range(count):
        values = formula.fill(
            (crops,), f"kept {step} {block} {branch} {crops} {group}", 1, 0)
        places += sorted(group * crops + i
                         for i in values.argsort(kind="stable")[:kept])
    return torch.tensor(places), crops / kept


def make_kept(step):
    return [[[kept_crops(step, block, branch, crops * GROUP, IMAGES // GROUP)
              for branch in range(2)] for block in range(VIT["depth"])]
            for crops in (2, LOCAL)]


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


class HalfNetworks:
    """Copies in float16 that compute, beside the masters of `step`."""

    def __init__(self, step, make, centering):
        self.masters = step
        self.step = reference.Step(lambda: make().half(), centering, GROUP)

    def losses(self, batch, temperature):
        with torch.no_grad():
            for mine, theirs in zip(
                    [*self.step.student.parameters(),
                     *self.step.teacher.parameters()],
                    [*self.masters.student.parameters(),
                     *self.masters.teacher.parameters()]):
                mine.copy_(theirs)
                mine.grad = None
        for name in ("global", "local"):
            batch[name] = batch[name].half()
        return self.step.losses(batch, temperature)

    def give_gradients(self):
        for mine, theirs in zip(self.step.student.parameters(),
                                self.masters.student.parameters()):
            theirs.grad = mine.grad.float()


def run(case, rows):
    centering, separate, dtype, drops, half = CASES[case]

    def make():
        return make_network(separate, dtype)

    step = reference.Step(make, centering, GROUP)
    copies = HalfNetworks(step, make, centering) if half == "networks" else None
    scaler = torch.amp.GradScaler("cpu", init_scale=SCALE,
                                  growth_interval=GROWTH_INTERVAL,
                                  enabled=half != "")
    autocast = (torch.autocast("cpu", torch.float16) if half == "autocast"
                else contextlib.nullcontext())
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
        batch = make_batch(number, dtype)
        if drops:
            batch["kept"] = make_kept(number)
        with autocast:
            losses = (copies or step).losses(batch, TEMPERATURES[number])
        optimizer.zero_grad()
        scaler.scale(sum(losses.values())).backward()
        if copies:
            copies.give_gradients()
        scale = scaler.get_scale()
        scaler.unscale_(optimizer)
        norms = [torch.nn.utils.clip_grad_norm_(unit, CLIP) for unit in units]
        scaler.step(optimizer)
        scaler.update()
        step.move_teacher(MOMENTUM)
        if half:
            rows.append([case, f"step {number}", "loss scale", repr(scale)])
            rows.append([case, f"step {number}", "skipped",
                         repr(int(scaler.get_scale() < scale))])
        for name, value in losses.items():
            rows.append([case, f"step {number}", name, repr(value.item())])
        for unit, norm in zip(step.student._modules, norms):
            rows.append([case, f"step {number}", f"norm {unit}",
                         repr(norm.item())])
    networks = {"student": step.student, "teacher": step.teacher}
    if drops or half:  # the teacher, which has something of every student, does
        del networks["student"]
    for who, network in networks.items():
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
