# Copyright 2026 The cxr Authors
# SPDX-License-Identifier: Apache-2.0
"""Writes vit_crops_golden.csv: DINOv2's training forward in float64.

torch 2.11.0, numpy 2.4.6. Run in this folder:
    python make_vit_crops_golden.py

Global crops with masked patches and local crops of another size go through
the formulas of DINOv2's vision_transformer.py one size after the other, with
its default resize of positions. Weights, images and masks come from formula.py.
The file holds tokens after the final norm, and of the loss below each
parameter's gradient: its sum, the sum of its squares and its first values.
"""

import csv

import formula
import torch
from torch.nn import functional as f

WIDTH, DEPTH, HEADS, REGISTERS, GRID, PATCH = 32, 2, 4, 4, 4, 14
CROPS = {"global": (2, 56), "local": (3, 28)}
MASK_ABOVE = 0.2
FIRST = 4

SHAPES = {
    "cls_token": (1, 1, WIDTH), "pos_embed": (1, 1 + GRID * GRID, WIDTH),
    "register_tokens": (1, REGISTERS, WIDTH), "mask_token": (1, WIDTH),
    "patch_embed.proj.weight": (WIDTH, 3, PATCH, PATCH),
    "patch_embed.proj.bias": (WIDTH,), "norm.weight": (WIDTH,),
    "norm.bias": (WIDTH,),
}
for block in range(DEPTH):
    for name, shape in {
            "norm1.weight": (WIDTH,), "norm1.bias": (WIDTH,),
            "attn.qkv.weight": (3 * WIDTH, WIDTH), "attn.qkv.bias": (3 * WIDTH,),
            "attn.proj.weight": (WIDTH, WIDTH), "attn.proj.bias": (WIDTH,),
            "ls1.gamma": (WIDTH,), "norm2.weight": (WIDTH,),
            "norm2.bias": (WIDTH,), "mlp.fc1.weight": (4 * WIDTH, WIDTH),
            "mlp.fc1.bias": (4 * WIDTH,), "mlp.fc2.weight": (WIDTH, 4 * WIDTH),
            "mlp.fc2.bias": (WIDTH,), "ls2.gamma": (WIDTH,)}.items():
        SHAPES[f"blocks.{block}.{name}"] = shape


def positions(stored, side):
    if side == GRID:
        return stored
    grid = stored[:, 1:].reshape(1, GRID, GRID, WIDTH).permute(0, 3, 1, 2)
    scale = (side + 0.1) / GRID
    grid = f.interpolate(grid, mode="bicubic", scale_factor=(scale, scale))
    return torch.cat(
        (stored[:, :1], grid.permute(0, 2, 3, 1).reshape(1, -1, WIDTH)), 1)


def attention(p, prefix, x):
    batch, tokens, _ = x.shape
    qkv = f.linear(x, p[prefix + "qkv.weight"], p[prefix + "qkv.bias"])
    q, k, v = qkv.reshape(batch, tokens, 3, HEADS, -1).permute(2, 0, 3, 1, 4)
    weights = (q * (WIDTH // HEADS)**-0.5 @ k.transpose(2, 3)).softmax(3)
    mixed = (weights @ v).transpose(1, 2).reshape(batch, tokens, WIDTH)
    return f.linear(mixed, p[prefix + "proj.weight"], p[prefix + "proj.bias"])


def norm(p, prefix, x):
    return f.layer_norm(x, (WIDTH,), p[prefix + ".weight"],
                        p[prefix + ".bias"], 1e-6)


def forward(p, images, masks):
    x = f.conv2d(images, p["patch_embed.proj.weight"],
                 p["patch_embed.proj.bias"], stride=PATCH)
    x = x.flatten(2).transpose(1, 2)
    if masks is not None:
        x = torch.where(masks.unsqueeze(2), p["mask_token"].unsqueeze(0), x)
    batch = len(x)
    x = torch.cat((p["cls_token"].expand(batch, -1, -1), x), 1)
    x = x + positions(p["pos_embed"], images.shape[2] // PATCH)
    x = torch.cat((x[:, :1], p["register_tokens"].expand(batch, -1, -1),
                   x[:, 1:]), 1)
    for block in range(DEPTH):
        b = f"blocks.{block}."
        x = x + p[b + "ls1.gamma"] * attention(p, b + "attn.",
                                               norm(p, b + "norm1", x))
        hidden = f.gelu(f.linear(norm(p, b + "norm2", x),
                                 p[b + "mlp.fc1.weight"],
                                 p[b + "mlp.fc1.bias"]))
        x = x + p[b + "ls2.gamma"] * f.linear(hidden, p[b + "mlp.fc2.weight"],
                                              p[b + "mlp.fc2.bias"])
    return norm(p, "norm", x)


def filled(shape, name):
    return torch.from_numpy(formula.fill(shape, name, 1, 0)).double()


def main():
    p = {name: torch.from_numpy(formula.fill_parameter(shape, name)).double()
         .requires_grad_() for name, shape in SHAPES.items()}
    rows, loss = [], 0
    for name, (batch, side) in CROPS.items():
        images = filled((batch, 3, side, side), name)
        masks = None
        if name == "global":
            masks = filled((batch, GRID * GRID), "masks") > MASK_ABOVE
        tokens = forward(p, images, masks)
        loss = loss + (tokens * filled(tokens.shape, name + ".loss")).sum()
        rows.append((name, tokens))
    loss.backward()
    for name, parameter in p.items():
        g = parameter.grad
        rows.append((name, torch.cat((torch.stack((g.sum(), g.square().sum())),
                                      g.flatten()[:FIRST]))))
    with open("vit_crops_golden.csv", "w", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(["name", "values"])
        for name, values in rows:
            out.writerow([name,
                          " ".join(f"{v:.12g}" for v in values.flatten())])


main()
