# Copyright 2026 The cxr Authors
# SPDX-License-Identifier: Apache-2.0
"""Writes pretrain_rules_golden.csv: how DINOv2 trains each parameter.

Python 3.11. Run in this folder:
    python make_pretrain_rules_golden.py

Names are those of the published checkpoint of ViT-S with registers and of its
two heads. What they get is written down part by part of the network, not
looked for in the names.
"""

import csv

DEPTH = 12
# Layer decay and factor of the patch embedding.
CASES = [(1.0, 0.2), (0.9, 0.2), (0.75, 1.0)]


def backbone(decay, patch_embed):
    """Yields name, learning rate's and weight decay's factors."""
    def layer(index):
        return decay ** (DEPTH + 1 - index)

    for token in ("cls_token", "pos_embed", "register_tokens", "mask_token"):
        yield token, layer(0), 1
    yield "patch_embed.proj.weight", layer(0) * patch_embed, 1
    yield "patch_embed.proj.bias", layer(0) * patch_embed, 0
    for i in range(DEPTH):
        for norm in ("norm1", "norm2"):
            yield f"blocks.{i}.{norm}.weight", layer(i + 1), 0
            yield f"blocks.{i}.{norm}.bias", layer(i + 1), 0
        for scale in ("ls1", "ls2"):
            yield f"blocks.{i}.{scale}.gamma", layer(i + 1), 0
        for linear in ("attn.qkv", "attn.proj", "mlp.fc1", "mlp.fc2"):
            yield f"blocks.{i}.{linear}.weight", layer(i + 1), 1
            yield f"blocks.{i}.{linear}.bias", layer(i + 1), 0
    yield "norm.weight", 1, 0
    yield "norm.bias", 1, 0


def head():
    for i in (0, 2, 4):
        yield f"mlp.{i}.weight", 1, 1
        yield f"mlp.{i}.bias", 1, 0
    yield "last_layer.weight_g", 1, 1
    yield "last_layer.weight_v", 1, 1


def main():
    with open("pretrain_rules_golden.csv", "w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["layer_decay", "patch_embed_multiplier", "unit",
                         "name", "learning_rate_factor",
                         "weight_decay_factor", "is_prototype"])
        for case in CASES:
            units = {"backbone": backbone(*case), "dino_head": head(),
                     "ibot_head": head()}
            for unit, parameters in units.items():
                for name, rate, decay in parameters:
                    prototype = name.startswith("last_layer")
                    writer.writerow([*case, unit, name, f"{rate:.17g}", decay,
                                     int(prototype)])


main()
