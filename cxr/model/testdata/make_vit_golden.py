# Copyright 2026 The cxr Authors
# SPDX-License-Identifier: Apache-2.0
"""Writes vit_golden.csv: what transformers' DINOv2 with registers computes.

torch 2.11.0, transformers 5.23.0, numpy 1.26.4. Run in this folder:
    python make_vit_golden.py

Weights and images come from formula.py, so the file holds outputs only.
transformers resizes position embeddings by torch.nn.functional.interpolate(
mode="bicubic", align_corners=False, antialias=True, size=(rows, columns)): our
kAntialiased. Each hidden state is passed through the final layer norm, as
Meta's get_intermediate_layers does.
"""

import csv
import re

import formula
import torch
from transformers import (Dinov2WithRegistersConfig, Dinov2WithRegistersModel)

WIDTH, DEPTH, HEADS, REGISTERS, GRID = 32, 3, 4, 4, 4
CASES = {"image56": (2, 3, 56, 56), "image98x84": (1, 3, 98, 84)}

NAMES = [
    (r"^embeddings\.position_embeddings$", "pos_embed"),
    (r"^embeddings\.patch_embeddings\.projection\.", "patch_embed.proj."),
    (r"^embeddings\.", ""),
    (r"^(encoder\.)?(layer|layers)\.", "blocks."),
    (r"\.attention\.o_proj\.", ".attn.proj."),
    (r"\.layer_scale([12])\.lambda1$", r".ls\1.gamma"),
    (r"^layernorm\.", "norm."),
]
METAS = (r"^(cls_token|pos_embed|register_tokens|mask_token|"
         r"(patch_embed\.proj|norm|blocks\.\d\."
         r"(norm1|attn\.proj|norm2|mlp\.fc1|mlp\.fc2))\.(weight|bias)|"
         r"blocks\.\d\.ls[12]\.gamma)$")


def metas_name(name):
    for pattern, replacement in NAMES:
        name = re.sub(pattern, replacement, name)
    return name


def values_of(name, parameter):
    """The formula's values; query, key and value are thirds of attn.qkv."""
    part = re.match(r"(.*)\.attention\.([qkv])_proj\.(.*)", metas_name(name))
    if not part:
        assert re.search(METAS, metas_name(name)), name
        return formula.fill_parameter(parameter.shape, metas_name(name))
    shape = (3,) + tuple(parameter.shape)
    block, which, field = part.groups()
    thirds = formula.fill_parameter(shape, f"{block}.attn.qkv.{field}")
    return thirds["qkv".index(which)]


def make_model():
    model = Dinov2WithRegistersModel(Dinov2WithRegistersConfig(
        hidden_size=WIDTH, num_hidden_layers=DEPTH, num_attention_heads=HEADS,
        mlp_ratio=4, num_register_tokens=REGISTERS, patch_size=14,
        image_size=14 * GRID)).eval()
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            parameter.copy_(torch.from_numpy(values_of(name, parameter)))
    return model


def main():
    model = make_model()
    with open("vit_golden.csv", "w", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(["case", "layer", "image", "token", "values"])
        for case, shape in CASES.items():
            images = torch.from_numpy(formula.fill(shape, case, 1, 0))
            with torch.no_grad():
                states = model(images, output_hidden_states=True).hidden_states
            for layer in range(1, DEPTH + 1):
                tokens = model.layernorm(states[layer]).detach().numpy()
                for image, rows in enumerate(tokens):
                    for token, row in enumerate(rows):
                        out.writerow([case, layer, image, token,
                                      " ".join(f"{v:.9g}" for v in row)])


if __name__ == "__main__":
    main()
