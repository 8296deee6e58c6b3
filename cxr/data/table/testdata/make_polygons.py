# Copyright 2026 The cxr Authors
# SPDX-License-Identifier: Apache-2.0
#
# Writes polygons.csv: polygons of whole-number corners and the masks that
# cv2.fillPoly makes of them, as run lengths. OpenCV 5.0.0 and 4.14.0 give the
# same file. numpy 2.4:
#
#   python3 make_polygons.py > polygons.csv

import math
import random

import cv2
import numpy as np


def runs(mask):
    flat = np.concatenate([[0], mask.ravel(), [0]])
    edges = np.flatnonzero(flat[1:] != flat[:-1]) + 1
    edges[1::2] -= edges[::2]
    return ' '.join(map(str, edges))


def wild(rng, size, corners, beyond):
    """Any corners: crossing sides, and up to `beyond` pixels outside."""
    w, h = rng.randrange(1, size), rng.randrange(1, size)
    return w, h, [(rng.randrange(-beyond, w + beyond),
                   rng.randrange(-beyond, h + beyond))
                  for _ in range(rng.randrange(1, corners))]


def contour(rng, shift):
    """A wavy closed curve of about a lung's shape."""
    w, h, corners = 96, 128, rng.randrange(40, 60)
    phases = [rng.uniform(0, 7) for _ in range(4)]
    points = []
    for i in range(corners):
        angle = 2 * math.pi * i / corners
        radius = 1 + sum(0.08 * math.sin(k * angle + phase)
                         for k, phase in enumerate(phases, 2))
        points.append((round(w / 2 + shift + 30 * radius * math.cos(angle)),
                       round(h / 2 + shift + 50 * radius * math.sin(angle))))
    return w, h, points


def main():
    rng = random.Random(1)
    cases = [wild(rng, 24, 9, beyond) for beyond in (0, 2, 20, 200, 100000)
             for _ in range(60)]
    cases += [wild(rng, 100, 40, beyond) for beyond in (0, 30, 1000)
              for _ in range(10)]
    cases += [contour(rng, shift) for shift in (0, 0, 0, 0, -40, 40, 80)]
    print('width,height,points,runs')
    for w, h, points in cases:
        mask = np.zeros((h, w), np.uint8)
        cv2.fillPoly(mask, [np.array(points, np.int32)], 1)
        print('%d,%d,%s,%s' % (w, h, ' '.join('%d %d' % p for p in points),
                               runs(mask)))


main()
