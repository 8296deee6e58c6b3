# Copyright 2026 The cxr Authors
# SPDX-License-Identifier: Apache-2.0
"""Writes numpy_random_golden.csv and default_rng_golden.csv.

Versions: Python 3.11, numpy 1.26.4.
Run in this folder: python make_numpy_random_golden.py

A line is seed, n, the first draws of RandomState(seed).randint(0, n), or of
default_rng(seed).integers(0, n); both equal those of choice(n, size).
"""

import numpy as np

SEEDS = [0, 1, 3, 12345, 2**32 - 1]
SIZES = [1, 2, 3, 7, 8, 1000, 1024, 2461, 25596, 2**31, 2**31 + 1, 2**32 - 1,
         2**32]
LARGE_SEEDS = [2**32, 2**63 + 5, 2**64 - 1]


def first_draws(seed, n):
    rng = np.random.RandomState(seed)
    draws = [int(rng.randint(0, n)) for _ in range(24)]
    assert n > 2**31 or draws == list(
        np.random.RandomState(seed).choice(n, 24))
    return draws


def first_integers(seed, n):
    rng = np.random.default_rng(seed)
    draws = [int(rng.integers(0, n)) for _ in range(24)]
    assert draws == list(np.random.default_rng(seed).choice(n, 24))
    return draws


def write(name, seeds, draw):
    with open(name, "w", encoding="ascii") as out:
        out.write("# make_numpy_random_golden.py, numpy 1.26.4: seed,n,draws\n")
        for seed in seeds:
            for n in SIZES:
                draws = " ".join(map(str, draw(seed, n)))
                out.write(f"{seed},{n},{draws}\n")


def main():
    assert np.__version__ == "1.26.4"
    write("numpy_random_golden.csv", SEEDS, first_draws)
    write("default_rng_golden.csv", SEEDS + LARGE_SEEDS, first_integers)


if __name__ == "__main__":
    main()
