# Copyright 2026 The cxr Authors
# SPDX-License-Identifier: Apache-2.0
"""Writes testdata/jpeg: files, what Pillow makes of them and of damaged ones.

Made with Pillow 12.0.0 (libjpeg-turbo 3.1.2), numpy 1.26.4 and Debian's
libjpeg-turbo-progs 2.1.5. From the workspace's root:
    python cxr/data/codec/testdata/make_jpeg.py CJPEG

CJPEG is the program cjpeg, for Pillow writes no arithmetic coding. The files
person*.jpeg are there already: see README.md.

pil_gray.csv: size and sha256 of Pillow's convert("L") of each file.
damaged.csv:  each row is a file cut off after `kept_bytes` bytes (all if empty)
              and then changed (`offset:value` ...), with Pillow's verdict.
encoded.csv:  the same of gray.png saved by Pillow at some qualities.
"""

import csv
import hashlib
import io
import os
import subprocess
import sys

import numpy as np
from PIL import Image

WIDTH, HEIGHT = 61, 47


def draw(rng):
    """A smooth picture with some noise: (H, W, 3)."""
    y, x = np.indices((HEIGHT, WIDTH))
    planes = [
        128 + 90 * np.sin(x / a) * np.cos(y / b) + rng.normal(0, 6, x.shape)
        for a, b in ((9, 7), (15, 11), (6, 20))
    ]
    return np.clip(np.stack(planes, 2), 0, 255).astype(np.uint8)


def saved(image, **options):
    out = io.BytesIO()
    image.save(out, "JPEG", **options)
    return out.getvalue()


def decoded(data):
    return Image.open(io.BytesIO(data), formats=["JPEG"]).convert("L")


def digest(image):
    return hashlib.sha256(image.tobytes()).hexdigest()


def draw_files(cjpeg):
    colour = Image.fromarray(draw(np.random.default_rng(20260301)))
    gray = colour.getchannel(0)
    portable = io.BytesIO()
    gray.save(portable, "PPM")

    def by_cjpeg(*options):
        return subprocess.run([cjpeg, *options], input=portable.getvalue(),
                              stdout=subprocess.PIPE, check=True).stdout

    return gray, {
        "gray": saved(gray, quality=90),
        "gray_q100": saved(gray, quality=100),
        "gray_optimized": saved(gray, quality=75, optimize=True),
        "gray_progressive": saved(gray, quality=90, progressive=True),
        "gray_restarts": saved(gray, quality=90, restart_marker_blocks=3),
        "gray_arithmetic": by_cjpeg("-arithmetic"),
        "gray_arithmetic_progressive": by_cjpeg("-arithmetic", "-progressive"),
        "gray_1x1": saved(gray.crop((5, 5, 6, 6)), quality=90),
        "gray_8x8": saved(gray.crop((0, 0, 8, 8)), quality=90),
        "gray_17x1": saved(gray.crop((0, 0, 17, 1)), quality=90),
        "gray_1x17": saved(gray.crop((0, 0, 1, 17)), quality=90),
        "rgb_444": saved(colour, quality=90, subsampling="4:4:4"),
        "rgb_422": saved(colour, quality=90, subsampling="4:2:2"),
        "rgb_420": saved(colour, quality=90, subsampling="4:2:0"),
        "rgb_420_progressive": saved(colour, quality=75, progressive=True),
        "rgb_420_restarts": saved(colour, quality=75, restart_marker_rows=1),
        "rgb_1x1": saved(colour.crop((5, 5, 6, 6)), quality=90),
        "rgb_kept": saved(colour, quality=90, keep_rgb=True),
        "cmyk": saved(colour.convert("CMYK"), quality=75),
    }


def damage(data, rng):
    """`data` cut off, changed in one to three bytes, or both."""
    kept, changes = len(data), {}
    kind = rng.integers(0, 4)
    if kind in (0, 3):
        kept = int(rng.integers(0, len(data)))
    if kind != 0 and kept > 0:
        for _ in range(rng.integers(1, 4)):
            changes[int(rng.integers(0, kept))] = int(rng.integers(0, 256))
    damaged = bytearray(data[:kept])
    for at, value in changes.items():
        damaged[at] = value
    text = " ".join(f"{at}:{value}" for at, value in changes.items())
    return bytes(damaged), "" if kept == len(data) else kept, text


def verdict(data):
    try:
        image = decoded(data)
    except Exception:  # Pillow raises errors of many kinds.
        return ["refused", ""]
    return ["accepted", digest(image)]


def write(path, header, rows):
    with open(path, "w", newline="") as out:
        csv.writer(out, lineterminator="\n").writerows([header] + rows)


def main():
    here = os.path.dirname(os.path.abspath(__file__))
    folder = os.path.join(here, "jpeg")
    gray, files = draw_files(sys.argv[1])
    gray.save(os.path.join(folder, "gray.png"))
    for name, data in files.items():
        with open(os.path.join(folder, name + ".jpg"), "wb") as out:
            out.write(data)
    rows = []
    for name in sorted(os.listdir(folder)):
        if name.endswith((".jpg", ".jpeg")) and name != "cmyk.jpg":
            with open(os.path.join(folder, name), "rb") as data:
                image = decoded(data.read())
            rows.append([name, image.width, image.height, digest(image)])
    write(os.path.join(folder, "pil_gray.csv"),
          ["file", "width", "height", "sha256"], rows)
    rng = np.random.default_rng(20260302)
    rows = []
    for name in ("gray", "gray_progressive", "gray_restarts", "rgb_420",
                 "rgb_420_progressive", "gray_arithmetic"):
        for _ in range(100):
            data, kept, changes = damage(files[name], rng)
            rows.append([name + ".jpg", kept, changes] + verdict(data))
    write(os.path.join(folder, "damaged.csv"),
          ["file", "kept_bytes", "changes", "verdict", "sha256"], rows)
    write(os.path.join(folder, "encoded.csv"), ["quality", "sha256"],
          [[quality, digest(decoded(saved(gray, quality=quality)))]
           for quality in (1, 50, 75, 95, 100)])


if __name__ == "__main__":
    main()
