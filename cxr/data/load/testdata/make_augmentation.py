# Copyright 2026 The cxr Authors
# SPDX-License-Identifier: Apache-2.0
"""Writes testdata/augmentation: draws of torchvision's and albumentations'
classes and the pixels that those libraries make of three equal channels.

Made with torch 2.11.0, torchvision 0.26.0, Pillow 12.0.0, albumentations 2.0.8,
OpenCV 4.11.0 without Intel's library. From the workspace's root:
    python cxr/data/load/testdata/make_augmentation.py

cases.csv has a row an image: what is done in the order of the columns; an empty
cell is not done. fits.csv names images and masks that SmallestMaxSize and
CenterCrop made squares of.
"""

import csv
import os

os.environ["OPENCV_IPP"] = "disabled"  # read when OpenCV is loaded

import albumentations as A
import cv2
import numpy as np
import torch
from PIL import Image, ImageOps
from torchvision import transforms as T
from torchvision.transforms import functional as F

HERE = os.path.dirname(os.path.abspath(__file__))
FOLDER = os.path.join(HERE, "augmentation")
NIH = os.path.join(HERE, "../../testdata/nih")
COLUMNS = ["library", "input", "output", "size", "left", "top", "width",
           "height", "flip", "rotation", "translate_x", "translate_y",
           "scale_x", "scale_y", "order", "brightness", "contrast",
           "saturation", "hue", "grayscale", "blur_kernel", "blur_sigma",
           "solarize"]


def save(pixels, name):
    pixels = np.asarray(pixels)
    assert (pixels == pixels[:, :, :1]).all(), "channels differ"
    Image.fromarray(pixels[:, :, 0]).save(os.path.join(FOLDER, name),
                                          optimize=True)


def jitter_draws(spread):
    limits = [(1 - v, 1 + v) for v in spread[:3]] + [(-spread[3], spread[3])]
    order, *factors = T.ColorJitter.get_params(*limits)
    return {"order": "".join("bcsh"[i] for i in order),
            **dict(zip(("brightness", "contrast", "saturation", "hue"),
                       factors))}


def draw(size, scale, image, steps):
    """A row: what torchvision's classes draw for the steps that are named."""
    row = {"library": "torchvision", "size": size}
    if scale:
        top, left, height, width = T.RandomResizedCrop.get_params(
            image, scale, (3 / 4, 4 / 3))
        row.update(left=left, top=top, width=width, height=height)
    if "flip" in steps:
        row["flip"] = 1
    if "affine" in steps:
        angle, (x, y), factor, _ = T.RandomAffine.get_params(
            (-20.0, 20.0), (0.1, 0.1), (0.8, 1.2), None, [size, size])
        row.update(rotation=angle, translate_x=x, translate_y=y,
                   scale_x=factor, scale_y=factor)
    if "jitter" in steps:
        row.update(jitter_draws((0.4, 0.4, 0.2, 0.1)))
    if "grayscale" in steps:
        row["grayscale"] = 1
    if "blur" in steps:
        row.update(blur_kernel=9,
                   blur_sigma=T.GaussianBlur.get_params(0.1, 2.0))
    if "solarize" in steps:
        row["solarize"] = 128
    return row


def apply_torchvision(image, row):
    if "left" in row:
        image = F.resized_crop(image, row["top"], row["left"], row["height"],
                               row["width"], [row["size"]] * 2,
                               F.InterpolationMode.BICUBIC)
    if "flip" in row:
        image = F.hflip(image)
    if "rotation" in row:
        image = F.affine(image, row["rotation"],
                         [row["translate_x"], row["translate_y"]],
                         row["scale_x"], [0.0, 0.0], fill=0)
    changes = {"b": ("brightness", F.adjust_brightness),
               "c": ("contrast", F.adjust_contrast),
               "s": ("saturation", F.adjust_saturation),
               "h": ("hue", F.adjust_hue)}
    for letter in row.get("order", ""):
        name, change = changes[letter]
        image = change(image, row[name])
    if "grayscale" in row:
        image = F.rgb_to_grayscale(image, 3)
    if "blur_sigma" in row:
        image = F.gaussian_blur(image, [row["blur_kernel"]] * 2,
                                [row["blur_sigma"]] * 2)
    if "solarize" in row:
        image = ImageOps.solarize(image, row["solarize"])
    return image


def torchvision_rows():
    torch.manual_seed(20260103)
    names = ["00000003_000.png", "00000011_007.png", "00000013_009.png",
             "00000001_000.png"]
    everything = ["flip", "affine", "jitter", "grayscale", "blur", "solarize"]
    plans = [(98, (0.05, 0.32), [])]
    plans += [(98, (0.05, 0.32), ["flip", "jitter", "grayscale", "blur"])] * 4
    plans += [(126, (0.32, 1.0), everything)] * 5
    plans += [(126, (0.32, 1.0), ["affine", "jitter"])] * 3
    plans += [(98, (0.08, 1.0), ["flip", "affine", "jitter", "blur"])] * 3
    plans += [(256, None, ["flip", "affine", "jitter", "blur"])]
    rows = []
    for i, (size, scale, steps) in enumerate(plans):
        name = names[i % 3 if scale is None else i % 4]
        image = Image.open(os.path.join(NIH, name)).convert("L")
        image = T.Grayscale(3)(image)
        row = draw(size, scale, image, steps)
        row.update(input=name, output=f"torchvision_{i:02}.png")
        save(apply_torchvision(image, row), row["output"])
        rows.append(row)
    return rows


def mask_of(pixels):
    """Four classes with edges all over the image."""
    return (pixels // 64).astype(np.uint8)


def albumentations_rows():
    rng = np.random.default_rng(20260104)
    torch.manual_seed(20260104)
    rows = []
    for i in range(4):
        name = ["00000003_000.png", "00000011_007.png"][i % 2]
        gray = np.array(Image.open(os.path.join(NIH, name)))
        image = np.stack([gray] * 3, axis=2)
        mask = mask_of(gray)
        row = {"library": "albumentations", "input": name, "size": 256,
               "output": f"albumentations_{i}.png"}
        if i < 3:
            rotation = float(rng.uniform(-10, 10))
            x, y = (float(v) for v in rng.uniform(0.75, 1.25, 2))
            move = A.Affine(scale={"x": (x, x), "y": (y, y)},
                            translate_percent=(0.1, 0.1),
                            rotate=(rotation, rotation), p=1)
            moved = move(image=image, mask=mask)
            image, mask = moved["image"], moved["mask"]
            row.update(rotation=rotation, translate_x=int(0.1 * 256),
                       translate_y=int(0.1 * 256), scale_x=x, scale_y=y)
        if i > 0:
            draws = jitter_draws((0.2, 0.2, 0.2, 0.5))
            row.update(draws)
            image = A.ColorJitter().apply(
                image, draws["brightness"], draws["contrast"],
                draws["saturation"], draws["hue"],
                ["bcsh".index(c) for c in draws["order"]])
        save(image, row["output"])
        Image.fromarray(mask).save(
            os.path.join(FOLDER, f"albumentations_{i}_mask.png"), optimize=True)
        rows.append(row)
    return rows


def write_fits():
    """Squares of a wide, a tall, a small image, and of one that needs no
    resizing."""
    source = np.array(Image.open(os.path.join(NIH, "00000003_000.png")))
    rows = [["input", "output", "size"]]
    for width, height, size in [(200, 121, 70), (121, 200, 70), (37, 53, 70),
                                (91, 70, 70), (151, 150, 75)]:
        gray = np.ascontiguousarray(source[40:40 + height, 20:20 + width])
        fit = A.Compose([A.SmallestMaxSize(size, interpolation=cv2.INTER_CUBIC),
                         A.CenterCrop(size, size)])
        made = fit(image=np.stack([gray] * 3, axis=2), mask=mask_of(gray))
        name = f"{width}x{height}_to_{size}"
        rows.append([f"in_{name}.png", f"out_{name}.png", size])
        Image.fromarray(gray).save(os.path.join(FOLDER, f"in_{name}.png"),
                                   optimize=True)
        save(made["image"], f"out_{name}.png")
        Image.fromarray(made["mask"]).save(
            os.path.join(FOLDER, f"mask_out_{name}.png"), optimize=True)
    with open(os.path.join(FOLDER, "fits.csv"), "w", newline="") as out:
        csv.writer(out, lineterminator="\n").writerows(rows)


def main():
    with open(os.path.join(FOLDER, "cases.csv"), "w", newline="") as out:
        table = csv.DictWriter(out, COLUMNS, lineterminator="\n")
        table.writeheader()
        table.writerows(torchvision_rows() + albumentations_rows())
    write_fits()


if __name__ == "__main__":
    main()
