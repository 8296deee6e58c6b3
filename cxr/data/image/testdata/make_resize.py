# Copyright 2026 The cxr Authors
# SPDX-License-Identifier: Apache-2.0
"""Writes testdata/resize/in_*.png, and out_*.png as Pillow resizes them.

Made with Pillow 12.0.0, numpy 1.26.4. From the workspace's root:
    python cxr/data/image/testdata/make_resize.py
Pillow 9.4.0 and 11.3.0 give the same files. Pillow 13.0.0 does not: it takes
the vertical pass first where that is less work (out_bilevel40x48_61x33.png,
out_checks40x48_100x20.png, out_noise37x53_24x24_box.png).

cases.csv names the input, the output and the box (left, top, right, bottom).
The two nih_00009285_*.png come from elsewhere: see README.md.
"""

import csv
import os

import numpy as np
from PIL import Image


def main():
    here = os.path.dirname(os.path.abspath(__file__))
    folder = os.path.join(here, "resize")
    rng = np.random.default_rng(20260102)
    radiograph = Image.open(os.path.join(here, "../../testdata/nih", "00000003_000.png"))
    y, x = np.indices((48, 40))
    inputs = {
        "chest64": np.array(radiograph.crop((96, 96, 160, 160))),
        "noise37x53": rng.integers(0, 256, (53, 37)),
        # Only black and white: every edge overshoots and must be clipped.
        "bilevel40x48": 255 * (rng.integers(0, 2, (48, 40))),
        "checks40x48": 255 * ((x // 3 + y // 5) % 2),
        "pixel": np.array([[137]]),
        "row5": rng.integers(0, 256, (1, 5)),
        "column5": rng.integers(0, 256, (5, 1)),
    }
    sizes = {
        "chest64": [(112, 112), (32, 32), (98, 98), (64, 64), (64, 40),
                    (40, 64), (1, 1), (7, 200), (518, 518)],
        "noise37x53": [(19, 71), (36, 52), (38, 54), (5, 3), (74, 106),
                       (1, 53), (37, 1)],
        "bilevel40x48": [(61, 33), (39, 49), (120, 160)],
        "checks40x48": [(100, 20), (23, 97)],
        "pixel": [(1, 1), (5, 7)],
        "row5": [(9, 4), (2, 1), (1, 1)],
        "column5": [(4, 9), (1, 2)],
    }
    boxes = {
        "noise37x53": [(24, 24, 3.5, 4.25, 30.75, 50.125),
                       (90, 90, 10.0, 10.0, 12.5, 11.0),
                       (37, 53, 0.0, 0.0, 36.5, 53.0)],
        "chest64": [(32, 32, 16.0, 16.0, 48.0, 48.0),
                    (98, 98, 0.30000001192092896, 0.0, 64.0, 63.5)],
    }
    rows = [["input", "output", "left", "top", "right", "bottom"]]
    for name, pixels in inputs.items():
        image = Image.fromarray(pixels.astype(np.uint8))
        image.save(os.path.join(folder, f"in_{name}.png"))
        whole = (0.0, 0.0, float(image.width), float(image.height))
        cases = [(w, h) + whole for w, h in sizes[name]] + boxes.get(name, [])
        for w, h, *box in cases:
            mark = "" if tuple(box) == whole else "_box"
            output = f"out_{name}_{w}x{h}{mark}.png"
            image.resize((w, h), Image.BICUBIC, box=tuple(box)).save(
                os.path.join(folder, output), optimize=True)
            rows.append([f"in_{name}.png", output] + [repr(v) for v in box])
    with open(os.path.join(folder, "cases.csv"), "w", newline="") as out:
        csv.writer(out, lineterminator="\n").writerows(rows)


if __name__ == "__main__":
    main()
