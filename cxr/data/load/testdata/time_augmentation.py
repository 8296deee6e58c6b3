# Copyright 2026 The cxr Authors
# SPDX-License-Identifier: Apache-2.0
"""Times the published pretraining's ten crops with torchvision on PIL images,
as the authors make them, beside augmentation_benchmark, in turns, on one core.

With torch 2.11.0, torchvision 0.26.0, Pillow 12.0.0, OpenCV 4.11.0, from the
workspace's root:
    tools/bazel build //cxr/data/load:augmentation_benchmark
    python cxr/data/load/testdata/time_augmentation.py \
        bazel-bin/cxr/data/load/augmentation_benchmark
Both begin with the decoded image, whole and in 8 bits, and end with ten images
of 8 bits; the published one has three equal channels. Times are those of the
processor, in milliseconds an image.
"""

import json
import os
import statistics
import subprocess
import sys
import time

import cv2
import numpy as np
import torch
from PIL import Image
from torchvision import transforms as T

HERE = os.path.dirname(os.path.abspath(__file__))
ROUNDS = 5
SECONDS = 3.0
SIZES = [(1024, 1024), (3000, 2500)]


def blur(probability):
    # DINOv2 hands one minus the probability on.
    return T.RandomApply([T.GaussianBlur(9, (0.1, 2.0))], p=1 - probability)


def color():
    return [T.RandomApply([T.ColorJitter(0.4, 0.4, 0.2, 0.1)], p=0.8),
            T.RandomGrayscale(p=0.2)]


def crop(size, scale, moved):
    steps = [T.RandomResizedCrop(size, scale=scale,
                                 interpolation=T.InterpolationMode.BICUBIC),
             T.RandomHorizontalFlip(0.5)]
    if moved:
        steps.append(T.RandomAffine(20, translate=(0.1, 0.1),
                                    scale=(0.8, 1.2)))
    return steps


FIRST = T.Compose(crop(518, (0.32, 1.0), True) + color() + [blur(1.0)])
SECOND = T.Compose(crop(518, (0.32, 1.0), True) + color() +
                   [blur(0.1), T.RandomSolarize(128, p=0.2)])
LOCAL = T.Compose(crop(98, (0.05, 0.32), False) + color() + [blur(0.5)])
TO_COLOR = T.Grayscale(3)


def published(image, equalize):
    if equalize:
        image = Image.fromarray(cv2.equalizeHist(np.array(image)))
    image = TO_COLOR(image)
    return [FIRST(image), SECOND(image)] + [LOCAL(image) for _ in range(8)]


def time_published(image, equalize):
    start = time.process_time()
    count = 0
    while time.process_time() - start < SECONDS:
        published(image, equalize)
        count += 1
    return 1e3 * (time.process_time() - start) / count


def time_benchmark(path, size, equalize):
    name = f"BM_PublishedCrops/{size[0]}/{size[1]}/{int(equalize)}$"
    out = subprocess.run(
        [path, f"--benchmark_filter={name}", "--benchmark_format=json",
         f"--benchmark_min_time={SECONDS}"],
        check=True, capture_output=True, text=True,
        env={**os.environ, "LD_LIBRARY_PATH": ""}).stdout
    return json.loads(out)["benchmarks"][0]["cpu_time"]


def main():
    torch.set_num_threads(1)
    cv2.setNumThreads(1)
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    radiograph = Image.open(
        os.path.join(HERE, "../../testdata/nih/00009285_000.png"))
    for size in SIZES:
        image = radiograph.resize(size, Image.BICUBIC)
        for equalize in (False, True):
            theirs, ours = [], []
            for _ in range(ROUNDS):
                theirs.append(time_published(image, equalize))
                ours.append(time_benchmark(sys.argv[1], size, equalize))
            ratios = [a / b for a, b in zip(theirs, ours)]
            print(f"{size[0]}x{size[1]} equalised {equalize}: published "
                  f"{statistics.median(theirs):.1f} ms, ours "
                  f"{statistics.median(ours):.2f} ms, ratio "
                  f"{statistics.median(ratios):.1f} "
                  f"[{min(ratios):.1f}, {max(ratios):.1f}]", flush=True)


if __name__ == "__main__":
    main()
