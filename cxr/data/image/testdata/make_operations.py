# Copyright 2026 The cxr Authors
# SPDX-License-Identifier: Apache-2.0
"""Writes testdata/operations: what the published code's libraries do.

Made with Pillow 12.0.0, torch 2.11.0, torchvision 0.26.0 (AVX2), OpenCV 4.10.0
without IPP, albumentations 2.0.8 with albucore 0.0.24, numpy 2.4.6. From the
workspace's root:
    python cxr/data/image/testdata/make_operations.py
OpenCV 4.6, 4.11 and 4.12 without IPP give the same; OpenCV 5 does not. With IPP
its cubic resize moves 2 % of the pixels by one level. The elastic deformation
is that of albumentations 1.4.18: a kernel of 17 pixels and mirrored borders.

Every operation is done on three equal channels, and the three results must be
equal. cases.csv names operation, input, output and arguments; field.csv holds
displacements, normalize.csv the normalised levels.
"""

import csv
import os

import albumentations.augmentations.geometric.functional as geometric
import albumentations.augmentations.pixel.functional as pixel
import cv2
import numpy as np
import torchvision.transforms.functional as tv
from PIL import Image, ImageOps
from torchvision.transforms import InterpolationMode

HERE = os.path.dirname(os.path.abspath(__file__))
FOLDER = os.path.join(HERE, "operations")
KERNEL = (17, 17)


def one_channel(image):
    """The one channel of an image of three equal ones."""
    pixels = np.array(image)
    assert pixels.ndim == 3 and (pixels == pixels[..., :1]).all()
    return pixels[..., 0]


def opencv_affine(image, interpolation, degrees, x, y, scale_x, scale_y):
    matrix = geometric.create_affine_transformation_matrix(
        {"x": x, "y": y}, {"x": 0, "y": 0}, {"x": scale_x, "y": scale_y},
        degrees, geometric.center(image.shape))
    return geometric.warp_affine(image, matrix, interpolation, 0,
                                 cv2.BORDER_CONSTANT, image.shape[:2])


def noise(width, height, start):
    """The test makes the same."""
    i = np.arange(start, start + width * height, dtype=np.uint64)
    draws = (i * np.uint64(2654435761)) % np.uint64(2**32)
    return (draws / 2.0**31 - 1.0).astype(np.float32).reshape(height, width)


def field(width, height, alpha, sigma):
    return [
        cv2.GaussianBlur(noise(width, height, start), KERNEL, sigma) *
        np.float32(alpha) for start in (0, width * height)
    ]


def elastic(image, interpolation, alpha, sigma):
    height, width = image.shape[:2]
    dx, dy = field(width, height, alpha, sigma)
    x, y = np.meshgrid(np.arange(width), np.arange(height))
    return cv2.remap(image, np.float32(x + dx), np.float32(y + dy),
                     interpolation, borderMode=cv2.BORDER_REFLECT_101)


def pil(function):
    return lambda pixels, *args: function(Image.fromarray(pixels), *args)


OPERATIONS = {
    "center_crop": pil(lambda image, w, h: tv.center_crop(image, [h, w])),
    "flip": pil(tv.hflip),
    "resized_crop": pil(lambda image, left, top, w, h, to_w, to_h:
                        tv.resized_crop(image, top, left, h, w, [to_h, to_w],
                                        InterpolationMode.BICUBIC)),
    "affine_pillow": pil(lambda image, degrees, x, y, scale: tv.affine(
        image, degrees, [x, y], scale, [0.0, 0.0])),
    "affine_opencv_linear": lambda image, *args: opencv_affine(
        image, cv2.INTER_LINEAR, *args),
    "affine_opencv_nearest": lambda image, *args: opencv_affine(
        image, cv2.INTER_NEAREST, *args),
    "opencv_cubic": lambda image, w, h: cv2.resize(
        image, (w, h), interpolation=cv2.INTER_CUBIC),
    "opencv_nearest": lambda image, w, h: cv2.resize(
        image, (w, h), interpolation=cv2.INTER_NEAREST),
    "brightness": pil(tv.adjust_brightness),
    "contrast": pil(tv.adjust_contrast),
    "saturation": pil(tv.adjust_saturation),
    "hue": pil(tv.adjust_hue),
    "grayscale": pil(lambda image: tv.rgb_to_grayscale(image, 3)),
    "albumentations_brightness": pixel.adjust_brightness_torchvision,
    "albumentations_contrast": pixel.adjust_contrast_torchvision,
    "albumentations_saturation": pixel.adjust_saturation_torchvision,
    "albumentations_hue": pixel.adjust_hue_torchvision,
    "solarize": pil(ImageOps.solarize),
    "blur": pil(lambda image, size, sigma: tv.gaussian_blur(
        image, [size, size], [sigma, sigma])),
    "elastic_linear": lambda image, *args: elastic(image, cv2.INTER_LINEAR,
                                                   *args),
    "elastic_nearest": lambda image, *args: elastic(image, cv2.INTER_NEAREST,
                                                    *args),
}

# Input, arguments.
CASES = {
    "center_crop": [("noise", 30, 30), ("noise", 40, 30), ("noise", 24, 60),
                    ("noise", 36, 52), ("noise", 38, 54), ("pixel", 4, 3),
                    ("row", 2, 4)],
    "flip": [("noise",), ("chest",), ("pixel",), ("row",), ("column",)],
    "resized_crop": [("chest", 3, 5, 40, 50, 98, 98), ("chest", 0, 0, 64, 64, 30, 20),
                     ("noise", 36, 52, 1, 1, 7, 5), ("noise", 1, 2, 33, 3, 5, 9),
                     ("noise", 4, 4, 20, 30, 20, 30), ("noise", 4, 0, 20, 53, 11, 53)],
    "affine_pillow": [("chest", 13.5, 6, -4, 1.1), ("chest", -20.0, -6, 6, 0.8),
                      ("chest", 0.0, 3, 2, 1.2), ("chest", 0.0, 0, 0, 1.0),
                      ("chest", 90.0, 0, 0, 1.0), ("noise", 19.0, 1, -5, 0.9),
                      ("noise", 180.0, 0, 0, 1.0), ("chest", 1e-3, 0, 0, 1e-3),
                      ("chest", 7.0, 200, 0, 1.0), ("pixel", 5.0, 0, 0, 1.0),
                      ("row", 10.0, 1, 0, 1.1), ("column", -3.0, 0, 1, 0.9)],
    "affine_opencv_linear": [("chest", 9.0, 6.4, 6.4, 0.8, 1.2),
                             ("chest", -10.0, 0.0, 0.0, 1.25, 0.75),
                             ("chest", 0.0, 0.0, 0.0, 1.0, 1.0),
                             ("chest", 0.0, 3.3, -2.0, 1.0, 1.0),
                             ("noise", 5.0, 3.7, 5.3, 0.9, 0.9),
                             ("noise", 90.0, 0.0, 0.0, 1.0, 1.0),
                             ("noise", 0.0, 99.0, 0.0, 1.0, 1.0),
                             ("pixel", 4.0, 0.1, 0.1, 1.0, 1.0),
                             ("row", 3.0, 0.5, 0.1, 1.0, 1.1)],
    "opencv_cubic": [("chest", 98, 98), ("chest", 30, 41), ("chest", 64, 64),
                     ("noise", 100, 7), ("noise", 8, 200), ("noise", 37, 60),
                     ("bilevel", 77, 33), ("pixel", 9, 2), ("row", 12, 3),
                     ("column", 1, 1)],
    "opencv_nearest": [("noise", 100, 7), ("noise", 8, 200), ("noise", 19, 53),
                       ("noise", 74, 106), ("pixel", 3, 3), ("row", 3, 2)],
    "brightness": [("levels", f) for f in (0.0, 0.3, 0.6, 1.0, 1.2, 1.4, 3.0)],
    "contrast": [("levels", f) for f in (0.0, 0.6, 1.0, 1.4)] +
                [("noise", 0.7), ("chest", 1.3), ("bilevel", 0.9)],
    "saturation": [("levels", f) for f in (0.0, 0.8, 1.2, 2.0)],
    "hue": [("levels", f) for f in (-0.5, -0.1, 0.05, 0.1, 0.5)],
    "grayscale": [("levels",)],
    "solarize": [("levels", t) for t in (0, 1, 128, 255, 256)] + [("pixel", 128)],
    "blur": [("chest", 9, 0.1), ("chest", 9, 0.7), ("chest", 9, 2.0),
             ("noise", 9, 1.3), ("noise", 9, 0.35), ("bilevel", 9, 1.9),
             ("noise", 1, 1.0), ("noise", 3, 0.8), ("noise", 5, 1.1),
             ("noise", 23, 5.0), ("pixel", 1, 2.0)],
    "elastic_linear": [("chest", 1.0, 10.0), ("noise", 120.0, 6.0),
                       ("row", 30.0, 3.0), ("pixel", 5.0, 1.0)],
}
CASES["affine_opencv_nearest"] = CASES["affine_opencv_linear"]
CASES["elastic_nearest"] = CASES["elastic_linear"]
for name in ("brightness", "contrast", "saturation", "hue"):
    CASES["albumentations_" + name] = CASES[name]

INPUTS = {
    "chest": "../resize/in_chest64.png",
    "noise": "../resize/in_noise37x53.png",
    "bilevel": "../resize/in_bilevel40x48.png",
    "pixel": "../resize/in_pixel.png",
    "row": "../resize/in_row5.png",
    "column": "../resize/in_column5.png",
    "levels": "levels.png",  # all 256, once each
}


def write_csv(name, rows):
    with open(os.path.join(FOLDER, name), "w", newline="") as out:
        csv.writer(out, lineterminator="\n").writerows(rows)


def save(pixels, name):
    Image.fromarray(pixels).save(os.path.join(FOLDER, name), optimize=True)


def write_cases():
    save(np.arange(256, dtype=np.uint8).reshape(16, 16), "levels.png")
    rows = [["operation", "input", "output", "arguments"]]
    for operation, cases in CASES.items():
        for i, (name, *arguments) in enumerate(cases):
            pixels = np.array(Image.open(os.path.join(FOLDER, INPUTS[name])))
            result = one_channel(OPERATIONS[operation](
                np.stack([pixels] * 3, axis=-1), *arguments))
            output = f"{operation}_{i}.png"
            if np.array_equal(result, pixels):
                output = INPUTS[name]
            else:
                save(result, output)
            rows.append([operation, INPUTS[name], output,
                         " ".join(repr(value) for value in arguments)])
    write_csv("cases.csv", rows)


def write_field():
    rows = [["row", "column", "dx", "dy"]]
    dx, dy = field(37, 53, 120.0, 6.0)
    for y in (0, 1, 26, 52):
        rows += [[y, x, repr(float(dx[y, x])), repr(float(dy[y, x]))]
                 for x in range(37)]
    write_csv("field.csv", rows)


def write_normalize():
    levels = np.arange(256, dtype=np.uint8).reshape(1, 256)
    scaled = tv.to_tensor(np.stack([levels] * 3, axis=-1))
    # The means and deviations of ImageNet.
    values = tv.normalize(scaled, [0.485, 0.456, 0.406], [0.229, 0.224, 0.225])
    rows = [["level", "unit", "red", "green", "blue"]]
    for level in range(256):
        rows.append([level, repr(float(scaled[0, 0, level]))] +
                    [repr(float(values[c, 0, level])) for c in range(3)])
    write_csv("normalize.csv", rows)


def write_radiograph():
    """The resize and centre crop of evaluation in segmentation."""
    source = os.path.join(
        HERE, "../../samples/hannover/images/1052b0fe.png")
    pixels = cv2.imread(source, cv2.IMREAD_GRAYSCALE)
    height, width = pixels.shape
    scale = 518 / min(height, width)
    resized = one_channel(
        cv2.resize(np.stack([pixels] * 3, axis=-1),
                   (round(width * scale), round(height * scale)),
                   interpolation=cv2.INTER_CUBIC))
    print("radiograph", pixels.shape, resized.shape)
    save(resized[100:228, 60:260], "opencv_cubic_radiograph.png")


def main():
    cv2.ipp.setUseIPP(False)
    write_cases()
    write_field()
    write_normalize()
    write_radiograph()


if __name__ == "__main__":
    main()
