# Copyright 2026 The cxr Authors
# SPDX-License-Identifier: Apache-2.0
"""Writes vit/: a tiny vision transformer in each format, and vit/tokens.csv.

torch 2.11.0, transformers 5.24.0, timm 1.0.31, open_clip_torch 3.3.0, numpy
2.4.6. Run in this folder:
    PYTHONPATH=../../testdata python make_vit_files.py

Each package writes its own files; Meta's names are in no package and come from
timm, which shares them. tokens.csv has all tokens that the package computes of
one image, side by side, before and after the final norm.
"""

import csv
import os
import shutil

import formula
import open_clip
import peers
import torch
from transformers import Dinov2ForImageClassification

WIDTH, DEPTH, HEADS, REGISTERS, PATCH, GRID, SCALE = 16, 2, 2, 2, 4, 3, 0.25
SIZES = dict(embed_dim=WIDTH, depth=DEPTH, num_heads=HEADS, patch_size=PATCH,
             img_size=PATCH * GRID)


def images_of(rows, columns):
    return torch.from_numpy(formula.fill(
        (1, 3, PATCH * rows, PATCH * columns), f"image{rows}x{columns}", 1, 0))


def others(*shapes):
    """Numbers of what lies beside the tower."""
    return {name: torch.ones(shape) for name, shape in shapes}


def metas():
    shapes = {"cls_token": (1, 1, WIDTH), "mask_token": (1, WIDTH),
              "pos_embed": (1, 1 + GRID * GRID, WIDTH),
              "register_tokens": (1, REGISTERS, WIDTH)}
    model = peers.timm_vit("vit_small_patch14_dinov2", SCALE, **SIZES)
    for name, parameter in model.named_parameters():
        shapes.setdefault(name, tuple(parameter.shape))
    return {name: torch.from_numpy(formula.fill_parameter(shape, name, SCALE))
            for name, shape in shapes.items()}


def hugging_face(cases):
    model = peers.hugging_face(WIDTH, DEPTH, HEADS, REGISTERS, PATCH, GRID,
                               SCALE)
    model.save_pretrained("saved")
    os.rename("saved/model.safetensors", "vit/hugging_face.safetensors")
    for rows, columns in ((GRID, GRID), (2, 5)):
        cases.append(("registers", rows, columns, peers.hugging_face_tokens(
            model, images_of(rows, columns))))

    model = peers.hugging_face(WIDTH, DEPTH, HEADS, 0, PATCH, GRID, SCALE)
    cases.append(("plain", GRID, GRID, peers.hugging_face_tokens(
        model, images_of(GRID, GRID))))
    classifier = Dinov2ForImageClassification(model.config)
    classifier.dinov2 = model
    classifier.save_pretrained("saved")
    os.rename("saved/model.safetensors",
              "vit/hugging_face_classifier.safetensors")
    shutil.rmtree("saved")


def metas_files():
    state = metas()
    torch.save(state, "vit/dinov2.pth")
    teacher = {"backbone." + name: value for name, value in state.items()}
    teacher.update(others(("dino_head.mlp.0.weight", (4, WIDTH)),
                          ("ibot_head.last_layer.weight_g", (8, 1))))
    torch.save({"teacher": teacher}, "vit/teacher.pth")


def timm(cases):
    model = peers.timm_vit("vit_small_patch14_reg4_dinov2", SCALE,
                           reg_tokens=REGISTERS, **SIZES)
    torch.save(model.state_dict(), "vit/timm_registers.pth")

    model = peers.timm_vit("vit_base_patch16_224", SCALE, **SIZES).half()
    state = {"visual.trunk." + name: value
             for name, value in model.state_dict().items()}
    state.update(others(("visual.head.proj.weight", (4, WIDTH)),
                        ("text.proj.0.weight", (4, 4)), ("logit_scale", ())))
    torch.save(state, "vit/open_clip.bin")
    for rows, columns in ((GRID, GRID), (2, 5)):
        cases.append(("timm", rows, columns, peers.timm_tokens(
            model.float(), images_of(rows, columns))))


def clip(cases):
    model = peers.clip(
        SCALE, embed_dim=4,
        vision_cfg=open_clip.model.CLIPVisionCfg(
            layers=DEPTH, width=WIDTH, head_width=WIDTH // HEADS,
            patch_size=PATCH, image_size=PATCH * GRID),
        text_cfg=open_clip.model.CLIPTextCfg(
            context_length=4, vocab_size=8, width=4, heads=1, layers=1))
    torch.save(model.state_dict(), "vit/clip.pt")
    cases.append(("clip", GRID, GRID, peers.clip_tokens(
        model, images_of(GRID, GRID))))


def main():
    os.makedirs("vit", exist_ok=True)
    cases = []
    hugging_face(cases)
    metas_files()
    timm(cases)
    clip(cases)
    with open("vit/tokens.csv", "w", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(["case", "rows", "columns", "norm", "values"])
        for case, rows, columns, tokens in cases:
            for norm, values in zip(("before", "after"), tokens):
                out.writerow([case, rows, columns, norm,
                              " ".join(f"{v:.9g}" for v in values.flatten())])


main()
