# Copyright 2026 The cxr Authors
# SPDX-License-Identifier: Apache-2.0
"""Writes distillation_golden.csv: DINOv2's heads and losses by autograd.

torch 2.11.0, numpy 2.4.6. Run in this folder:
    python make_distillation_golden.py

All in float64, from the formulas of the DINO, iBOT and DINOv2 papers, step by
step as the released code takes them. Inputs come from ../../testdata/formula.py
under the names that the tests use, so the file holds outputs only.
"""

import csv
import pathlib
import sys

import torch
from torch import nn
from torch.nn import functional as F

sys.path.append(str(pathlib.Path(__file__).parents[2] / "testdata"))
import formula  # pylint: disable=wrong-import-position

B, D, K = 3, 6, 11  # images, bottleneck width, prototypes
STUDENT_TEMPERATURE, TEACHER_TEMPERATURE = 0.1, 0.06


def values(name, *shape, scale=0.5):
    return torch.from_numpy(formula.fill(shape, name, scale, 0)).double()


def leaf(name, *shape, scale=0.5):
    return values(name, *shape, scale=scale).requires_grad_()


class Head(nn.Module):

    def __init__(self, layers):
        super().__init__()
        if layers == 1:
            self.mlp = nn.Linear(5, 4)
        else:
            parts = [nn.Linear(5, 7), nn.GELU()]
            for _ in range(layers - 2):
                parts += [nn.Linear(7, 7), nn.GELU()]
            self.mlp = nn.Sequential(*parts, nn.Linear(7, 4))
        self.last_layer = nn.utils.weight_norm(nn.Linear(4, 6, bias=False))

    def forward(self, x):
        return self.last_layer(F.normalize(self.mlp(x), dim=-1, p=2, eps=1e-12))


def heads(out):
    for layers in (1, 2, 3):
        head = Head(layers).double()
        with torch.no_grad():
            for name, parameter in head.named_parameters():
                parameter.copy_(values(name, *parameter.shape, scale=1))
        x = leaf("x", 3, 5, scale=1)
        logits = head(x)
        (logits * values("upstream", 3, 6, scale=1)).sum().backward()
        out[f"head{layers}/logits"] = logits
        out[f"head{layers}/x"] = x.grad
        for name, parameter in head.named_parameters():
            out[f"head{layers}/{name}"] = parameter.grad


def dino(out):
    """Two global crops, crossed, and eight local ones, each against both."""
    student, prototypes = leaf("student", 10 * B, D), leaf("prototypes", K, D)
    teacher = values("teacher", 2 * B, D) @ values("teacher_prototypes", K, D).T
    answers = F.softmax((teacher - values("center", K)) / TEACHER_TEMPERATURE,
                        dim=-1)
    logs = F.log_softmax(student @ prototypes.T / STUDENT_TEMPERATURE, dim=-1)
    crops = logs.chunk(10)  # the global crops, then the local ones
    views = answers.chunk(2)
    terms = [-(views[1] * crops[0]).sum(-1).mean(),
             -(views[0] * crops[1]).sum(-1).mean()]
    for crop in crops[2:]:
        terms += [-(view * crop).sum(-1).mean() for view in views]
    assert len(terms) == 18
    loss = sum(terms) / 18
    loss.backward()
    out["dino/answers"] = answers
    out["dino/loss"] = loss
    out["dino/student"] = student.grad
    out["dino/prototypes"] = prototypes.grad


def ibot(out):
    """Masked patches of four images, 1 / masked of the image each."""
    masked = [2, 0, 3, 1]
    weights = torch.tensor([1 / m for m in masked for _ in range(m)],
                           dtype=torch.float64)
    student, prototypes = leaf("student", 6, D), leaf("prototypes", K, D)
    teacher = values("teacher", 6, D) @ values("teacher_prototypes", K, D).T
    answers = F.softmax((teacher - values("center", K)) / TEACHER_TEMPERATURE,
                        dim=-1)
    logs = F.log_softmax(student @ prototypes.T / STUDENT_TEMPERATURE, dim=-1)
    loss = -((answers * logs).sum(-1) * weights).sum() / len(masked)
    loss.backward()
    out["ibot/loss"] = loss
    out["ibot/student"] = student.grad
    out["ibot/prototypes"] = prototypes.grad


def centering(out):
    prototypes = values("teacher_prototypes", K, D)
    center = torch.zeros(K).double()
    for step in range(3):
        logits = values(f"teacher{step}", 5 + step, D) @ prototypes.T
        center = 0.9 * center + 0.1 * logits.mean(0)
        out[f"center/{step}"] = center
    logits = values("teacher", 6, D) @ prototypes.T
    parts = [logits[:2], logits[2:5], logits[5:]]  # 2, 0, 3 and 1 rows
    out["center/groups"] = sum(part.mean(0) for part in parts) / 3


def sinkhorn(parts, iterations):
    """The released steps; an all-reduce is a sum over the parts."""
    q = [torch.exp(part / TEACHER_TEMPERATURE).t() for part in parts]
    rows = sum(part.shape[1] for part in q)
    total = sum(part.sum() for part in q)
    q = [part / total for part in q]
    for _ in range(iterations):
        sums = sum(part.sum(dim=1, keepdim=True) for part in q)
        q = [part / sums / K for part in q]
        q = [part / part.sum(dim=0, keepdim=True) / rows for part in q]
    return torch.cat([(part * rows).t() for part in q])


def sinkhorns(out):
    logits = values("teacher", 2 * B, D, scale=1) @ values(
        "teacher_prototypes", K, D).T
    for iterations in (1, 3):
        out[f"sinkhorn{iterations}/alone"] = sinkhorn([logits], iterations)
        out[f"sinkhorn{iterations}/apart"] = torch.cat(
            [sinkhorn([part], iterations) for part in logits.split([4, 2])])
    # Together two processes see what one sees.
    assert torch.allclose(sinkhorn(logits.split([4, 2]), 3),
                          out["sinkhorn3/alone"], rtol=1e-12, atol=0)


def koleo(out):
    tokens = leaf("tokens", 6, 5, scale=1)
    losses = []
    for group in tokens.chunk(2):
        unit = F.normalize(group, eps=1e-8, p=2, dim=-1)
        dots = unit @ unit.T
        dots.view(-1)[::4].fill_(-1)
        nearest = unit[dots.argmax(1)]
        distances = nn.PairwiseDistance(2, eps=1e-8)(unit, nearest)
        losses.append(-torch.log(distances + 1e-8).mean())
    loss = sum(losses) / 2
    loss.backward()
    out["koleo/loss"] = loss
    out["koleo/tokens"] = tokens.grad


def main():
    out = {}
    for part in (heads, dino, ibot, centering, sinkhorns, koleo):
        part(out)
    with open("distillation_golden.csv", "w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["name", "values"])
        for name, tensor in out.items():
            writer.writerow([name, " ".join(
                f"{v:.17g}" for v in tensor.detach().flatten().tolist())])


main()
