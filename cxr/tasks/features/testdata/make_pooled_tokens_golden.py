# Copyright 2026 The cxr Authors
# SPDX-License-Identifier: Apache-2.0
"""Writes pooled_tokens_golden.csv: a probe's input, and ten steps of the probe.

torch 2.11.0, transformers 5.23.0, numpy 1.26.4. Run in this folder:
    python make_pooled_tokens_golden.py

The backbone is transformers' DINOv2 with registers, weights and images by the
formula of cxr/model/testdata. Features as the paper's fine-tuning script makes
them: one token of each of the last two layers, then the mean patch of the last
(paper section 4.1); as released the token is the top-left patch, which the mean
leaves out. Then nn.Linear, BCEWithLogitsLoss, gradients cut to a norm of 1 as
the trainer does, AdamW at a constant rate: ten steps on the four images.
"""

import csv
import pathlib
import sys

import torch

HERE = pathlib.Path(__file__).resolve()
sys.path.append(str(HERE.parents[3] / "model" / "testdata"))
import formula  # noqa: E402
import make_vit_golden  # noqa: E402

IMAGES, LAYERS, LABELS, STEPS = 4, 2, 3, 10


def pooled(model, images, token, norm):
    states = model(images, output_hidden_states=True).hidden_states
    registers = make_vit_golden.REGISTERS
    layers = [model.layernorm(s) if norm else s for s in states[-LAYERS:]]
    patches = [layer[:, 1 + registers:] for layer in layers]
    if token == "top_left_patch":
        parts = [p[:, 0] for p in patches] + [patches[-1][:, 1:].mean(1)]
    else:
        parts = [layer[:, 0] for layer in layers] + [patches[-1].mean(1)]
    return torch.cat(parts, 1)


def train(features):
    """Losses of ten steps, and the weights after them."""
    probe = torch.nn.Linear(features.shape[1], LABELS)
    with torch.no_grad():
        probe.weight.copy_(torch.from_numpy(
            formula.fill(probe.weight.shape, "probe", 0.01, 0)))
        probe.bias.zero_()
    labels = torch.from_numpy(
        (formula.fill((IMAGES, LABELS), "labels", 1, 0) > 0).astype("float32"))
    optimizer = torch.optim.AdamW(probe.parameters(), lr=1e-2,
                                  betas=(0.9, 0.999), eps=1e-8, weight_decay=0)
    losses = []
    for _ in range(STEPS):
        loss = torch.nn.functional.binary_cross_entropy_with_logits(
            probe(features), labels)
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(probe.parameters(), 1.0)
        optimizer.step()
        losses.append(loss.item())
    return losses, probe


def main():
    model = make_vit_golden.make_model()
    images = torch.from_numpy(
        formula.fill((IMAGES, 3, 42, 56), "images", 1, 0))
    rows = []
    for token in ("class_token", "top_left_patch"):
        for norm in (True, False):
            with torch.no_grad():
                features = pooled(model, images, token, norm)
            name = f"{token}/{'norm' if norm else 'no_norm'}"
            rows.append([name, features])
            if norm:
                losses, probe = train(features)
                rows.append([f"{name}/losses", torch.tensor(losses)])
                rows.append([f"{name}/weight", probe.weight.detach()])
                rows.append([f"{name}/bias", probe.bias.detach()])
    with open("pooled_tokens_golden.csv", "w", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(["name", "values"])
        for name, values in rows:
            numbers = values.flatten().tolist()
            out.writerow([name, " ".join(f"{v:.7g}" for v in numbers)])


main()
