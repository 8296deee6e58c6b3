# Copyright 2026 The cxr Authors
# SPDX-License-Identifier: Apache-2.0
"""Times Pillow and OpenCV on the job of jpeg_benchmark, beside it.

Versions: Pillow 12.0.0, opencv-python-headless 5.0.0.93, both with
libjpeg-turbo 3.1.2, numpy 1.26.4. Run, with the built program:
    python cxr/data/codec/testdata/peer_jpeg.py jpeg_benchmark

Gray files of quality 95 from memory to gray pixels, one thread each, taken in
turns; the least CPU time of the rounds, in ms, and its ratio to DecodeJpeg's.
`Pillow L` is what the published code does: open, convert("L"); `Pillow` leaves
out the conversion, which copies a gray image.
"""

import io
import json
import subprocess
import sys
import time

import cv2
import numpy as np
from PIL import Image

SIZES = ((3000, 2500, 4), (1024, 1024, 20), (320, 320, 200))
ROUNDS = 7


def make_file(width, height):
    """As jpeg_benchmark.cc draws it."""
    y, x = np.indices((height, width))
    noise = (x.astype(np.uint32) * np.uint32(73856093) ^
             y.astype(np.uint32) * np.uint32(19349663)) * np.uint32(2654435761)
    shape = 400 * x // width * (width - x) // width + 60 * y // height
    image = (60 + shape + (noise >> 29)).astype(np.uint8)
    out = io.BytesIO()
    Image.fromarray(image).save(out, "JPEG", quality=95)
    return out.getvalue()


def seconds(job, times):
    start = time.process_time()
    for _ in range(times):
        job()
    return (time.process_time() - start) / times


def ours(program):
    out = subprocess.run(
        [program, "--benchmark_format=json", "--benchmark_min_time=0.1"],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True).stdout
    return {each["name"]: each["cpu_time"] / 1e9
            for each in json.loads(out)["benchmarks"]}


def main():
    cv2.setNumThreads(1)
    best = {}
    for _ in range(ROUNDS):
        times = ours(sys.argv[1])
        for width, height, count in SIZES:
            data = make_file(width, height)
            array = np.frombuffer(data, np.uint8)
            jobs = {
                "Pillow L": lambda: Image.open(io.BytesIO(data)).convert("L"),
                "Pillow": lambda: Image.open(io.BytesIO(data)).load(),
                "OpenCV": lambda: cv2.imdecode(array, cv2.IMREAD_GRAYSCALE),
            }
            for name, job in jobs.items():
                times[f"{name}/{width}/{height}"] = seconds(job, count)
        for name, value in times.items():
            best[name] = min(value, best.get(name, value))
    for width, height, _ in SIZES:
        base = best[f"BM_DecodeJpeg/{width}/{height}"]
        print(f"{width} x {height}, {len(make_file(width, height))} bytes")
        for name in ("BM_DecodeJpeg", "BM_Libjpeg", "Pillow L", "Pillow",
                     "OpenCV"):
            value = best[f"{name}/{width}/{height}"]
            print(f"  {name:14} {1e3 * value:8.3f} {value / base:6.2f}")


if __name__ == "__main__":
    main()
