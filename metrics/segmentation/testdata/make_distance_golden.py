# Copyright 2026 The cxr Authors
# SPDX-License-Identifier: Apache-2.0
"""Writes distance_golden.csv: what the distance transform of scipy gives.

Versions: Python 3.11, numpy 1.26.4, scipy 1.13.1.
Run in this folder: python make_distance_golden.py

A line is one case of random_masks.py (the true mask): seed, sum of distances
and, with unit spacing, a 64-bit FNV-1a over the bits of all distances.
"""

import numpy as np
import scipy
from random_masks import MASK, random_mask_pair
from scipy.ndimage import distance_transform_edt

CASES = 1100


def fingerprint(distances):
    value = 0xCBF29CE484222325
    for bits in distances.astype(np.float64).view(np.uint64).ravel().tolist():
        value = ((value ^ bits) * 0x100000001B3) & MASK
    return value


def main():
    assert np.__version__ == "1.26.4" and scipy.__version__ == "1.13.1"
    with open("distance_golden.csv", "w", encoding="ascii") as out:
        out.write("# make_distance_golden.py, scipy 1.13.1: seed,sum,bits\n")
        for seed in range(CASES):
            _, truth, spacing = random_mask_pair(seed)
            if not truth.any():
                continue  # undefined there
            distances = distance_transform_edt(~truth, sampling=spacing)
            bits = fingerprint(distances) if seed % 2 == 0 else 0
            out.write(f"{seed},{float(distances.sum())!r},{bits:x}\n")


if __name__ == "__main__":
    main()
