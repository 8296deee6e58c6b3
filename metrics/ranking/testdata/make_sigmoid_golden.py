# Copyright 2026 The cxr Authors
# SPDX-License-Identifier: Apache-2.0
"""Writes sigmoid_golden.csv: torch.sigmoid of float32 logits, as bits.

Versions: Python 3.11, numpy 1.26.4, torch 2.11.0 on a CPU with AVX2 or AVX-512.
Run in this folder: python make_sigmoid_golden.py

A line is the bits of the logit and of its sigmoid, in hexadecimal.
"""

import numpy as np
import torch


def main():
    assert torch.__version__.startswith("2.11.0")
    assert torch.backends.cpu.get_cpu_capability() in ("AVX2", "AVX512")
    rng = np.random.RandomState(7)
    special = np.array([0.0, -0.0, np.inf, -np.inf, 20, 18, 17.5, 30, -110,
                        -120, 88.7, -88.7, -87.3, -95, -103.9, 1e30, -1e30])
    logits = np.concatenate([special, 3 * rng.randn(400), 30 * rng.randn(200),
                             np.linspace(-104.5, -85, 100),
                             np.linspace(15, 18, 100)]).astype(np.float32)
    count = len(logits)
    # Padded: the last elements of a tensor may take another path.
    padded = np.concatenate([logits, np.zeros(1024, np.float32)])
    sigmoids = torch.sigmoid(torch.from_numpy(padded)).numpy()
    with open("sigmoid_golden.csv", "w", encoding="ascii") as out:
        out.write("# make_sigmoid_golden.py, torch 2.11.0: logit,sigmoid\n")
        bits = (values[:count].view(np.uint32) for values in (logits, sigmoids))
        for pair in zip(*bits):
            out.write("%08x,%08x\n" % pair)


if __name__ == "__main__":
    main()
