# Copyright 2026 The cxr Authors
# SPDX-License-Identifier: Apache-2.0
"""Times (CPU time) scikit-learn and scipy on the jobs of bootstrap_benchmark.

Versions: Python 3.11, numpy 1.26.4, scipy 1.14.1, scikit-learn 1.6.1.
Run: OMP_NUM_THREADS=1 python peer_bootstrap.py; compare on the same machine, in
the same minute, with bootstrap_benchmark.

Clustered: 1,000 resamples of 500 patients with two of 1,000 examples each;
macro mean over 8 labels, about a fifth of each positive. Interval: 1,000
resamples of 25,596 examples, AUROC of one label, by the usual loop and by
scipy.stats.bootstrap.
"""

import time

import numpy as np
from scipy.stats import bootstrap
from sklearn.metrics import average_precision_score, roc_auc_score

RESAMPLES, EXAMPLES, LABELS = 1000, 1000, 8
TEST_SET = 25596


def draw_examples(size, labels):
    rng = np.random.RandomState(1)
    y = (rng.rand(size, labels) < 0.2).astype(int)
    return y, rng.rand(size, labels) + 0.3 * y


def report(name, start, interval):
    seconds = time.process_time() - start
    print(f"{name}: {1e3 * seconds:.0f} ms of CPU time, "
          f"interval [{interval[0]:.4f}, {interval[1]:.4f}]", flush=True)


def clustered(score):
    labels, scores = draw_examples(EXAMPLES, LABELS)
    patients = EXAMPLES // 2
    draws = np.random.RandomState(3)
    start = time.process_time()
    values = []
    for _ in range(RESAMPLES):
        drawn = draws.randint(0, patients, patients)
        rows = np.concatenate([2 * drawn, 2 * drawn + 1])
        values.append(np.mean(score(labels[rows], scores[rows], average=None)))
    report("clustered " + score.__name__, start,
           np.percentile(values, [2.5, 97.5]))


def interval_by_loop():
    labels, scores = draw_examples(TEST_SET, 1)
    labels, scores = labels[:, 0], scores[:, 0]
    draws = np.random.RandomState(3)
    start = time.process_time()
    values = []
    for _ in range(RESAMPLES):
        rows = draws.randint(0, TEST_SET, TEST_SET)
        values.append(roc_auc_score(labels[rows], scores[rows]))
    report("interval, loop", start, np.percentile(values, [2.5, 97.5]))


def interval_by_scipy():
    labels, scores = draw_examples(TEST_SET, 1)
    start = time.process_time()
    result = bootstrap((labels[:, 0], scores[:, 0]), roc_auc_score, paired=True,
                       vectorized=False, method="percentile", batch=1,
                       n_resamples=RESAMPLES, random_state=3)
    report("interval, scipy", start, result.confidence_interval)


def main():
    for score in (roc_auc_score, average_precision_score):
        clustered(score)
    interval_by_loop()
    interval_by_scipy()


if __name__ == "__main__":
    main()
