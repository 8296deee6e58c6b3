# Copyright 2026 The cxr Authors
# SPDX-License-Identifier: Apache-2.0
"""Times peers on the jobs of ranking_benchmark (CPU time, one thread).

Versions: Python 3.11, numpy 1.26.4, scikit-learn 1.6.1, fastroc 1.1.3;
torch 2.11.0 with torchmetrics 1.9.0. Packages that are not installed are left
out.
Run: OMP_NUM_THREADS=1 python peer_ranking.py; compare on the same machine, in
the same minute, with ranking_benchmark.

Scores and labels are drawn as the benchmark draws them (30 % positives); the
best of several repetitions is printed.
"""

import time

import numpy as np

JOBS = [(size, levels) for size in (500, 1000, 10000, 25596, 1000000)
        for levels in (0, 1000)] + [(1000000, 100000)]


def draw(size, levels, dtype):
    rng = np.random.RandomState(1)
    labels = (rng.rand(size) < 0.3).astype(np.uint8)
    scores = (rng.rand(size) + 0.3 * labels) / 1.3
    if levels:
        scores = np.floor(scores * levels) / levels
    return labels, scores.astype(dtype)


def best_milliseconds(job, size):
    times = []
    for _ in range(5 if size >= 1000000 else 30):
        start = time.process_time()
        job()
        times.append(time.process_time() - start)
    return 1e3 * min(times)


def numpy_peers():
    peers = {}
    try:
        import sklearn.metrics as sk
        peers["sklearn roc_auc_score"] = sk.roc_auc_score
        peers["sklearn average_precision_score"] = sk.average_precision_score
    except ImportError:
        pass
    try:
        import fastroc

        def exact(labels, scores):  # of unequal scores: ties count wrongly
            return fastroc.calc_roc_auc(labels == 1, scores, -1, 0)
        peers["fastroc calc_roc_auc, exact"] = exact
        peers["fastroc calc_roc_auc, sampled"] = (
            lambda labels, scores: fastroc.calc_roc_auc(labels == 1, scores))
    except ImportError:
        pass
    return peers


def torch_peers():
    try:
        import torch
        from torchmetrics.functional.classification import (
            binary_auroc, binary_average_precision)
    except ImportError:
        return {}
    torch.set_num_threads(1)

    def on_tensors(metric):
        return lambda labels, scores: metric(torch.from_numpy(scores),
                                             torch.from_numpy(labels).long())
    return {"torchmetrics binary_auroc": on_tensors(binary_auroc),
            "torchmetrics binary_average_precision":
                on_tensors(binary_average_precision)}


def main():
    peers = {**numpy_peers(), **torch_peers()}
    for dtype in (np.float32, np.float64):
        for size, levels in JOBS:
            labels, scores = draw(size, levels, dtype)
            for name, peer in peers.items():
                try:
                    spent = best_milliseconds(
                        lambda: peer(labels, scores), size)
                except TypeError as error:
                    print(f"{name}: {error}")
                    continue
                print(f"{name} {dtype.__name__} {size}/{levels}: "
                      f"{spent:.4f} ms")


if __name__ == "__main__":
    main()
