# Copyright 2026 The cxr Authors
# SPDX-License-Identifier: Apache-2.0
"""Writes testdata/png/*16*.png and what each rule makes of them, sixteen.csv.

Made with Pillow 9.4.0, numpy 1.26.4. From the workspace's root:
    python cxr/data/codec/testdata/make_png16.py

gray16.png is make_png.py's. The column pillow_clip is Pillow's convert("L"),
which clips at 255 (so does 12.0), spread by numpy in float64 as the released
preparation does. The other columns are numpy's from the samples. For colour all
columns are Pillow's convert("L"), in which 9.4 and 12.0 agree.
"""

import os

import numpy as np
from PIL import Image, __version__

from make_png import GRAY, GRAY_ALPHA, HEIGHT, RGB, RGBA, WIDTH, png


def spread(values):
    low, high = int(values.min()), int(values.max())
    if low == high:
        return np.zeros(values.shape, np.uint8)
    return ((values.astype(np.float64) - low) / (high - low) * 255).astype(
        np.uint8)


def main():
    assert __version__ == "9.4.0", __version__
    folder = os.path.join(os.path.dirname(os.path.abspath(__file__)), "png")
    rng = np.random.default_rng(20260401)

    def draw(channels, low=0, high=65536):
        return rng.integers(low, high, (HEIGHT, WIDTH, channels))

    samples = {
        "gray16_dark": (draw(1, 90, 300), GRAY, False),
        "gray16_even": (draw(1, 700, 701), GRAY, False),
        "gray16_interlaced": (draw(1), GRAY, True),
        "gray_alpha16": (draw(2), GRAY_ALPHA, False),
        "rgb16": (draw(3), RGB, False),
        "rgba16_interlaced": (draw(4), RGBA, True),
    }
    for name, (values, kind, interlaced) in samples.items():
        with open(os.path.join(folder, name + ".png"), "wb") as out:
            out.write(png(values, kind, 16, interlaced=interlaced))
    lines = ["file,smallest,largest,shift8,minmax,pillow_clip"]
    for name in sorted(samples) + ["gray16"]:
        image = Image.open(os.path.join(folder, name + ".png"))
        gray = np.asarray(image.convert("L"))
        if "rgb" in name:
            values, results = gray, [gray] * 3
        else:
            values = (samples[name][0][:, :, 0] if "alpha" in name else
                      np.asarray(image))
            clipped = np.minimum(values, 255) if "alpha" in name else gray
            results = [values >> 8, spread(values), spread(clipped)]
        cells = [result.astype(np.uint8).tobytes().hex() for result in results]
        lines.append(f"{name}.png,{values.min()},{values.max()},"
                     f"{','.join(cells)}")
    with open(os.path.join(folder, "sixteen.csv"), "w") as out:
        out.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
