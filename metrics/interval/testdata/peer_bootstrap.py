# Copyright 2026 The cxr Authors
# SPDX-License-Identifier: Apache-2.0
"""Times (CPU time) scikit-learn on the job of BM_ClusteredBootstrap.

Versions: Python 3.11, numpy 1.26.4, scikit-learn 1.6.1.
Run: python peer_bootstrap.py; compare on the same machine with
ranked_column_benchmark --benchmark_filter=ClusteredBootstrap.

1,000 resamples of 500 patients with two of 1,000 examples each; macro mean over
8 labels, about a fifth of each positive.
"""

import time

import numpy as np
from sklearn.metrics import average_precision_score, roc_auc_score

RESAMPLES, EXAMPLES, LABELS = 1000, 1000, 8


def main():
    rng = np.random.RandomState(1)
    labels = (rng.rand(EXAMPLES, LABELS) < 0.2).astype(int)
    scores = rng.rand(EXAMPLES, LABELS) + 0.3 * labels
    patients = EXAMPLES // 2
    for score in (roc_auc_score, average_precision_score):
        draws = np.random.RandomState(3)
        start = time.process_time()
        values = []
        for _ in range(RESAMPLES):
            drawn = draws.randint(0, patients, patients)
            rows = np.concatenate([2 * drawn, 2 * drawn + 1])
            values.append(np.mean(score(labels[rows], scores[rows],
                                        average=None)))
        seconds = time.process_time() - start
        low, high = np.percentile(values, [2.5, 97.5])
        print(f"{score.__name__}: {1e3 * seconds:.0f} ms of CPU time, "
              f"interval [{low:.4f}, {high:.4f}]")


if __name__ == "__main__":
    main()
