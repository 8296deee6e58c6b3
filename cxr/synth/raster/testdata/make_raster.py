# Copyright 2026 The cxr Authors
# SPDX-License-Identifier: Apache-2.0
"""Writes blur.csv and distance.csv: what SciPy and OpenCV make of small planes.

Made with SciPy 1.17.1, OpenCV 5.0.0, numpy 2.4.6. From the workspace's root:
    python cxr/synth/raster/testdata/make_raster.py

blur.csv: planes of white noise and steps, sigma 0 for the plane itself, and
gaussian_filter of it with edges repeated, summed as far as 7 sigma. SciPy's
pixel weights are exact for every sigma. distance.csv: masks ("1" is inside) and
the squares, whole numbers, of distance_transform_edt, with which OpenCV's
precise distanceTransform agrees.
"""

import csv
import os

import cv2
import numpy as np
from scipy import ndimage

HERE = os.path.dirname(os.path.abspath(__file__))
SIGMAS = (0.3, 0.56, 1.0, 2.4, 2.5, 3.0, 5.0, 12.0, 40.0)


def write(name, header, rows):
    with open(os.path.join(HERE, name), "w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def blur_rows(random):
    for width, height in ((23, 17), (16, 1), (2, 9)):
        plane = random.uniform(0.0, 1.0, (height, width))
        plane[height // 3:, width // 2:] += 1.0
        plane = np.round(plane, 3)
        for sigma in (0.0,) + SIGMAS:
            result = plane
            if sigma > 0.0:
                result = ndimage.gaussian_filter(plane, sigma, mode="nearest",
                                                 truncate=7.0)
            values = " ".join("%.6g" % value for value in result.ravel())
            yield [width, height, sigma, values]


def distance_rows(random):
    for width, height, smooth in ((40, 31, 3.0), (25, 33, 1.0), (31, 20, 0.0),
                                  (1, 17, 1.0), (19, 1, 1.0), (48, 40, 6.0)):
        noise = random.standard_normal((height, width))
        noise = ndimage.gaussian_filter(noise, smooth)
        inside = noise > np.quantile(noise, 0.25)
        distance = ndimage.distance_transform_edt(inside)
        other = cv2.distanceTransform(inside.astype(np.uint8), cv2.DIST_L2,
                                      cv2.DIST_MASK_PRECISE)
        assert np.abs(distance - other).max() < 1e-3
        squares = np.rint(distance**2).astype(int)
        yield [width, height,
               "".join("1" if pixel else "0" for pixel in inside.ravel()),
               " ".join(str(square) for square in squares.ravel())]


def main():
    random = np.random.default_rng(7)
    write("blur.csv", ["width", "height", "sigma", "values"],
          blur_rows(random))
    write("distance.csv", ["width", "height", "inside", "squares"],
          distance_rows(random))


if __name__ == "__main__":
    main()
