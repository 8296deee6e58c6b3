# Copyright 2026 The cxr Authors
# SPDX-License-Identifier: Apache-2.0
"""Writes vit_parity_golden.csv: published sizes as their own packages run them.

torch 2.11.0, transformers 5.24.0, timm 1.0.31, open_clip_torch 3.3.0, numpy
2.4.6. Run in this folder, with a folder for weight files if they are wanted:
    python make_vit_parity_golden.py [FOLDER]

Weights (scale 1/20) and images come from formula.py. The file holds, before and
after the final norm, the first numbers of some tokens, and of all tokens the
sum of the absolute values. Where two packages have one architecture, the second
is compared with the first here: the largest difference is printed.
"""

import csv
import os
import sys

import formula
import peers
import torch
from open_clip.timm_model import TimmModel

SCALE = 0.05
FIRST = 8
S, B = (384, 12, 6), (768, 12, 12)


def images_of(side):
    return torch.from_numpy(formula.fill((1, 3, side, side), f"image{side}",
                                         1, 0))


def rows_of(case, tokens):
    for norm, values in zip(("before", "after"), tokens):
        values = values[0]
        for token in sorted({0, 1, 5, len(values) // 2, len(values) - 1}):
            yield [case, norm, token,
                   " ".join(f"{v:.9g}" for v in values[token, :FIRST])]
        yield [case, norm, "sum", f"{values.double().abs().sum():.9g}"]


def timm_in_open_clip(folder):
    model = TimmModel("vit_base_patch16_224", embed_dim=512, pool="",
                      proj="linear")
    peers.fill(model.trunk, peers.TIMM, SCALE)
    if folder:
        torch.save({"visual." + name: value
                    for name, value in model.state_dict().items()},
                   os.path.join(folder, "open_clip_pytorch_model.bin"))
    return model.trunk


def metas(width, depth, registers):
    """Meta's names, from timm's models of the same names."""
    names = {"mask_token": (1, width), "cls_token": (1, 1, width),
             "pos_embed": (1, 1370, width)}
    if registers:
        names["register_tokens"] = (1, registers, width)
    model = peers.timm.create_model(
        "vit_small_patch14_dinov2", pretrained=False, num_classes=0,
        embed_dim=width, depth=depth, num_heads=width // 64)
    for name, parameter in model.named_parameters():
        names.setdefault(name, tuple(parameter.shape))
    return {name: torch.from_numpy(formula.fill_parameter(shape, name, SCALE))
            for name, shape in names.items()}


def hugging_face_cases(folder):
    for letter, (width, depth, heads) in {"s": S, "b": B}.items():
        for registers in (4, 0):
            model = peers.hugging_face(width, depth, heads, registers, 14, 37,
                                       SCALE)
            case = f"{letter}{registers}"
            if folder:
                model.save_pretrained(os.path.join(folder, case))
                torch.save(metas(width, depth, registers),
                           os.path.join(folder, case + ".pth"))
            for side in (98, 518) if registers else (518,):
                yield f"{case}/{side}", peers.hugging_face_tokens(
                    model, images_of(side))


def compare(case, found, expected):
    for norm, a, b in zip(("before", "after"), found, expected):
        print(f"{case} {norm} norm: {(a - b).abs().max():.3g}")


def main():
    folder = sys.argv[1] if len(sys.argv) > 1 else None
    cases = dict(hugging_face_cases(folder))

    model = peers.timm_vit("vit_small_patch14_reg4_dinov2", SCALE)
    if folder:
        torch.save(model.state_dict(), os.path.join(folder, "timm_s4.pth"))
    for side in (98, 518):
        compare(f"timm s4/{side}", peers.timm_tokens(model, images_of(side)),
                cases[f"s4/{side}"])

    cases["timm_b16/224"] = peers.timm_tokens(timm_in_open_clip(folder),
                                              images_of(224))
    model = peers.clip(SCALE)
    if folder:
        torch.save(model.state_dict(), os.path.join(folder, "clip_b32.pt"))
    cases["clip_b32/224"] = peers.clip_tokens(model, images_of(224))

    with open("vit_parity_golden.csv", "w", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(["case", "norm", "token", "values"])
        for case, tokens in cases.items():
            out.writerows(rows_of(case, tokens))


main()
