# Copyright 2026 The cxr Authors
# SPDX-License-Identifier: Apache-2.0
"""Writes numpy_random_golden.csv: draws of numpy.random.RandomState.randint.

Versions: Python 3.11, numpy 1.26.4.
Run in this folder: python make_numpy_random_golden.py

A line is seed, n, the first draws of randint(0, n).
"""

import numpy as np

SEEDS = [0, 1, 3, 12345, 2**32 - 1]
SIZES = [1, 2, 3, 7, 8, 1000, 1024, 2461, 25596, 2**31, 2**31 + 1, 2**32 - 1,
         2**32]


def main():
    assert np.__version__ == "1.26.4"
    with open("numpy_random_golden.csv", "w", encoding="ascii") as out:
        out.write("# make_numpy_random_golden.py, numpy 1.26.4: seed,n,draws\n")
        for seed in SEEDS:
            for n in SIZES:
                rng = np.random.RandomState(seed)
                draws = [int(rng.randint(0, n)) for _ in range(24)]
                out.write(f"{seed},{n},{' '.join(map(str, draws))}\n")


if __name__ == "__main__":
    main()
