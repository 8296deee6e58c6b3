# Copyright 2026 The cxr Authors
# SPDX-License-Identifier: Apache-2.0
#
# Runs rle_benchmark, then numpy (as users of CheXmask decode and encode its
# masks) and OpenCV over the same lung: processor time, best of 20,
# microseconds. Python 3.11, numpy 2.4, OpenCV 5.0:
#
#   python3 peer_rle.py PATH_OF/rle_benchmark

import math
import subprocess
import sys
import time

import cv2
import numpy as np

HEIGHT, WIDTH = 3000, 2500


def contour():
    points = []
    for i in range(50):
        angle = 2 * math.pi * i / 50
        radius = 1 + 0.1 * math.sin(3 * angle)
        points.append((int(800 + 350 * radius * math.cos(angle)),
                       int(1400 + 800 * radius * math.sin(angle))))
    return np.array(points, np.int32)


def fill():
    mask = np.zeros((HEIGHT, WIDTH), np.uint8)
    cv2.fillPoly(mask, [contour()], 1)
    return mask


def encode(mask):
    flat = np.concatenate([[0], mask.ravel(), [0]])
    edges = np.flatnonzero(flat[1:] != flat[:-1]) + 1
    edges[1::2] -= edges[::2]
    return ' '.join(map(str, edges))


def draw(runs):
    numbers = np.array(runs.split(), dtype=int)
    mask = np.zeros(HEIGHT * WIDTH, np.uint8)
    for start, length in zip(numbers[::2] - 1, numbers[1::2]):
        mask[start:start + length] = 1
    return mask.reshape(HEIGHT, WIDTH)


def best(work):
    times = []
    for _ in range(20):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return 1e6 * min(times)


def main():
    subprocess.run([sys.argv[1], '--benchmark_min_time=0.5'], check=True)
    mask = fill()
    runs = encode(mask)
    assert (draw(runs) == mask).all()
    canvas = mask.copy()
    print('numpy draw %.0f, numpy encode %.0f, cv2.fillPoly %.0f us' % (
        best(lambda: draw(runs)), best(lambda: encode(mask)),
        best(lambda: cv2.fillPoly(canvas, [contour()], 1))))


main()
