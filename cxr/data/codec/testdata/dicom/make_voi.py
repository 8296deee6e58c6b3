# Copyright 2026 The cxr Authors
# SPDX-License-Identifier: Apache-2.0

"""Writes voi.csv: random stored values and header fields, and the 8 bits that
the released preparation makes of them. With pydicom 3.0.2 and numpy 2.4.6:

  python3 make_voi.py > voi.csv

A row's `gray` is what follows pydicom's apply_voi_lut: max - x for
MONOCHROME1, minus the minimum, by the maximum, by 255, without the fraction.
"""

import random
import sys

import numpy as np
import pydicom
from pydicom.pixels import apply_voi_lut

assert (pydicom.__version__, np.__version__) == ("3.0.2", "2.4.6")
FIELDS = ["photometric", "signed", "bits", "function", "center", "width",
          "slope", "intercept", "lut_first", "lut_entries", "values", "gray"]


def eight_bits(values, data_set):
    data = apply_voi_lut(values, data_set)
    if data_set.PhotometricInterpretation == "MONOCHROME1":
        data = np.amax(data) - data
    data = data - np.min(data)
    with np.errstate(invalid="ignore"):
        data = data / np.max(data)
        return (data * 255).astype(np.uint8)


def make_lut(data_set, rng, low, high):
    item = pydicom.Dataset()
    count = rng.randint(2, 40)
    # Of entries of 8 bits pydicom takes the place modulo 256.
    depth = rng.choice([10, 12, 16] + [8] * (high - low < 256))
    first = rng.randint(low, high)
    entries = [rng.randrange(2 ** depth) for _ in range(count)]
    item.LUTDescriptor = [count, first, depth]
    item.add_new("LUTData", "US", entries)
    data_set.VOILUTSequence = pydicom.Sequence([item])
    return str(first), " ".join(map(str, entries))


def make_window(data_set, rng, low, high):
    function = rng.choice([None, "LINEAR", "LINEAR_EXACT", "SIGMOID"])
    if function is not None:
        data_set.VOILUTFunction = function
    center = round(rng.uniform(low, high), rng.choice([0, 1, 2]))
    width = round(rng.uniform(1, (high - low) * 1.5), rng.choice([0, 1]))
    width = rng.choice([width, width, width, 1])
    data_set.WindowCenter, data_set.WindowWidth = str(center), str(width)
    if rng.random() < 0.5:
        data_set.RescaleSlope = rng.choice(["1", "2", "0.25", "-1.5"])
        data_set.RescaleIntercept = rng.choice(["0", "-1024", "7.5"])
    return [function or "", str(center), str(width),
            str(data_set.get("RescaleSlope", "")),
            str(data_set.get("RescaleIntercept", ""))]


def make_row(rng):
    data_set = pydicom.Dataset()
    signed = rng.random() < 0.3
    bits = rng.choice([8, 10, 12, 14, 15, 16])
    data_set.PhotometricInterpretation = rng.choice(
        ["MONOCHROME1", "MONOCHROME2"])
    data_set.PixelRepresentation = int(signed)
    data_set.BitsStored = bits
    low = -2 ** (bits - 1) if signed else 0
    high = low + 2 ** bits - 1
    window, lut = [""] * 5, ["", ""]
    if rng.random() < 0.2:
        lut = make_lut(data_set, rng, low, high)
    elif rng.random() < 0.9:
        window = make_window(data_set, rng, low, high)
    # Differences of a signed image stay within its type, which numpy keeps.
    span = rng.choice([high - low, (high - low) // 3, 60])
    start = rng.randint(low, high - span)
    if signed:
        start, span = max(start, low // 2), min(span, high)
    values = [rng.randint(start, min(start + span, high)) for _ in range(48)]
    values = np.array(values, np.int16 if signed else np.uint16)
    gray = eight_bits(values, data_set)
    return [data_set.PhotometricInterpretation, str(int(signed)), str(bits),
            *window, *lut, " ".join(map(str, values)), gray.tobytes().hex()]


rng = random.Random(20260101)
rows = [make_row(rng) for _ in range(400)]
sys.stdout.write("\n".join(map(",".join, [FIELDS] + rows)) + "\n")
