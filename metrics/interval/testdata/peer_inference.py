# Copyright 2026 The cxr Authors
# SPDX-License-Identifier: Apache-2.0
"""Times (CPU time) numpy on the jobs of inference_benchmark.

Versions: Python 3.11, numpy 1.26.4, scipy 1.15.3, statsmodels 0.15.0,
scikit-learn 1.6.1, MLstatkit 0.1.91.
Run: OMP_NUM_THREADS=1 python peer_inference.py; compare on the same machine
with inference_benchmark.
"""

import time

import numpy as np
from MLstatkit import Delong_test
from scipy.stats import rankdata, t
from sklearn.metrics import roc_auc_score
from statsmodels.stats.proportion import proportion_confint

SWAPS, EXAMPLES = 10_000, 5000


def clock(name, job, share=1.0):
    """The best of three; `share` of the job is run."""
    best = np.inf
    for _ in range(3):
        start = time.process_time()
        job()
        best = min(best, time.process_time() - start)
    print(f"{name}: {1e3 * best / share:.3f} ms")


def delong_covariance(scores, labels):
    """Sun and Xu's midranks, by scipy.stats.rankdata."""
    positives, negatives = scores[:, labels], scores[:, ~labels]
    m, n = positives.shape[1], negatives.shape[1]
    of_all = rankdata(np.hstack([positives, negatives]), axis=1)
    ones = (of_all[:, :m] - rankdata(positives, axis=1)) / n
    zeros = 1 - (of_all[:, m:] - rankdata(negatives, axis=1)) / m
    return np.cov(ones) / m + np.cov(zeros) / n


def flip_signs(differences, rng):
    values = [np.mean(differences * rng.choice([-1, 1], len(differences)))
              for _ in range(SWAPS)]
    return np.mean(np.abs(values) >= abs(differences.mean()))


def flip_signs_fast(differences, rng):
    signs = np.empty(len(differences))
    values = np.empty(SWAPS)
    for k in range(SWAPS):
        bits = np.frombuffer(rng.bytes(len(differences) // 8), np.uint8)
        signs[:] = np.unpackbits(bits)
        values[k] = differences @ signs
    values = (differences.sum() - 2 * values) / len(differences)
    return np.mean(np.abs(values) >= abs(differences.mean()))


def swap_aurocs(first, second, labels, rng, swaps, area):
    for _ in range(swaps):
        swapped = rng.integers(0, 2, len(labels)).astype(bool)
        area(labels, np.where(swapped, second, first))
        area(labels, np.where(swapped, first, second))


def rank_area(labels, scores):
    positives = np.count_nonzero(labels)
    return ((rankdata(scores)[labels].sum() - positives * (positives + 1) / 2)
            / positives / (len(labels) - positives))


def main():
    rng = np.random.default_rng(1)
    for size in (1000, 100_000):
        labels = rng.random(size) < 0.2
        scores = rng.standard_normal((2, size)) + labels
        clock(f"DeLong, numpy, n={size}",
              lambda: delong_covariance(scores[:1], labels))
        clock(f"DeLong of two, numpy, n={size}",
              lambda: delong_covariance(scores, labels))
    clock("DeLong of two, MLstatkit, n=100000",
          lambda: Delong_test(labels.astype(int), *scores))

    labels = rng.random(EXAMPLES) < 0.2
    first, second = rng.standard_normal((2, EXAMPLES)) + labels
    clock("10,000 sign flips, numpy loop", lambda: flip_signs(first, rng))
    clock("10,000 sign flips, numpy with random bits",
          lambda: flip_signs_fast(first, rng))
    for name, area in (("rankdata", rank_area),
                       ("roc_auc_score", roc_auc_score)):
        clock(f"10,000 swaps of AUROC, {name}",
              lambda: swap_aurocs(first, second, labels, rng, 200, area),
              share=200 / SWAPS)
    clock("Clopper-Pearson, statsmodels",
          lambda: proportion_confint(812, 904, method="beta"))
    clock("Student t quantile, scipy", lambda: t.ppf(0.025, 4.0))


if __name__ == "__main__":
    main()
