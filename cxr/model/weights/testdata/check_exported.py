# Copyright 2026 The cxr Authors
# SPDX-License-Identifier: Apache-2.0
"""Whether transformers reads what ExportHuggingFace wrote.

torch 2.11.0, transformers 5.24.0, numpy 2.4.6. Run in this folder:
    PYTHONPATH=../../testdata python check_exported.py EXPORTED ORIGINAL

EXPORTED is the folder that ExportHuggingFace wrote of a backbone whose weights
were loaded from ORIGINAL, a folder that transformers wrote. Both are loaded by
from_pretrained; prints the largest difference of their tokens for two images.
"""

import sys

import formula
import torch
from transformers import AutoModel


def load(folder):
    model, info = AutoModel.from_pretrained(folder, output_loading_info=True)
    for kind in ("missing_keys", "unexpected_keys", "mismatched_keys"):
        assert not info[kind], (folder, kind, info[kind])
    return model.eval()


def main():
    exported, original = (load(folder) for folder in sys.argv[1:3])
    assert type(exported) is type(original), (exported, original)
    stored = original.config.image_size
    for side in (7 * original.config.patch_size, stored):
        images = torch.from_numpy(formula.fill((1, 3, side, side),
                                               f"image{side}", 1, 0))
        with torch.no_grad():
            difference = (exported(images).last_hidden_state -
                          original(images).last_hidden_state).abs().max()
        print(f"{type(exported).__name__} at {side} pixels: {difference:.3g}")


main()
