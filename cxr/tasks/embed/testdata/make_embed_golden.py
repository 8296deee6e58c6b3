# Copyright 2026 The cxr Authors
# SPDX-License-Identifier: Apache-2.0
"""Writes model/, images/ and tokens.safetensors.

torch 2.11.0, transformers 5.24.0, safetensors 0.8.0, opencv-python-headless
5.0.0.93, pillow 13.0.0, numpy 2.4.6. Run in this folder:
    python make_embed_golden.py

model/ is a tiny Dinov2WithRegistersModel of random weights as save_pretrained
writes it; images/ has two radiographs of cxr/data/samples/nih64;
tokens.safetensors is what transformers gives for them, equalised by OpenCV and
resized by Pillow.
"""

import os

import cv2
import numpy as np
import torch
from PIL import Image
from safetensors.torch import save_file
from transformers import Dinov2WithRegistersConfig, Dinov2WithRegistersModel

MOSAIC = "../../../data/samples/nih64/mosaic_40x25_64px.png"
TILE, SIDE = 64, 42
MEAN = torch.tensor((0.485, 0.456, 0.406)).view(3, 1, 1)
STD = torch.tensor((0.229, 0.224, 0.225)).view(3, 1, 1)


def model():
    torch.manual_seed(20261126)
    made = Dinov2WithRegistersModel(Dinov2WithRegistersConfig(
        hidden_size=16, num_hidden_layers=2, num_attention_heads=2,
        patch_size=14, image_size=SIDE, num_register_tokens=4)).eval()
    with torch.no_grad():
        for parameter in made.parameters():
            parameter += 0.25 * torch.randn_like(parameter)
    return made


def prepared(gray):
    small = Image.fromarray(cv2.equalizeHist(gray)).resize(
        (SIDE, SIDE), Image.BICUBIC)
    pixels = torch.from_numpy(np.array(small)).float() / 255
    return (pixels.expand(3, SIDE, SIDE) - MEAN) / STD


def main():
    os.makedirs("images/more", exist_ok=True)
    mosaic = np.array(Image.open(MOSAIC))
    batch = []
    for name, row, column in (("a.png", 3, 5), ("more/b.png", 17, 21)):
        tile = np.ascontiguousarray(mosaic[TILE * row:TILE * (row + 1),
                                           TILE * column:TILE * (column + 1)])
        Image.fromarray(tile).save("images/" + name)
        batch.append(prepared(tile))
    made = model()
    made.save_pretrained("model")
    with torch.no_grad():
        tokens = made(torch.stack(batch)).last_hidden_state
    save_file({"cls": tokens[:, 0].contiguous(),
               "registers": tokens[:, 1:5].contiguous(),
               "patches": tokens[:, 5:].contiguous()}, "tokens.safetensors")


main()
