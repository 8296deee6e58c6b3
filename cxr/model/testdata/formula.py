# Copyright 2026 The cxr Authors
# SPDX-License-Identifier: Apache-2.0
"""The formula of cxr/model/testing.h, for the scripts that make golden files."""

import numpy as np


def formula_values(name, count):
    """FormulaValue(name, 0 .. count - 1), exact."""
    mask = np.uint64(0xFFFFFFFF)
    start = 0x811C9DC5
    for byte in name.encode():
        start = (start ^ byte) * 0x01000193 & 0xFFFFFFFF
    h = (start + np.arange(count, dtype=np.uint64) * 0x9E3779B9) & mask
    h = (h ^ h >> np.uint64(16)) * np.uint64(0x85EBCA6B) & mask
    h = (h ^ h >> np.uint64(13)) * np.uint64(0xC2B2AE35) & mask
    h ^= h >> np.uint64(16)
    return (h >> np.uint64(8)).astype(np.float64) / 2.0**23 - 1


def fill(shape, name, scale, offset):
    """FillByFormula as a new float32 array."""
    values = offset + scale * formula_values(name, int(np.prod(shape)))
    return values.astype(np.float32).reshape(shape)


def fill_parameter(shape, name, scale=0.25):
    """One parameter of FillModuleByFormula."""
    factor = name.endswith("gamma") or (
        "norm" in name and name.endswith("weight"))
    return fill(shape, name, scale, 1 if factor else 0)
