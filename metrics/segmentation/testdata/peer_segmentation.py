# Copyright 2026 The cxr Authors
# SPDX-License-Identifier: Apache-2.0
"""Times the jobs of segmentation_benchmark in other packages, on one thread.

Versions: Python 3.11, numpy 1.26.4, scipy 1.13.1, torch 2.11.0, torchmetrics
1.9.0, monai 1.6.1, surface-distance 0.1.
Run: OMP_NUM_THREADS=1 python peer_segmentation.py; compare on the same machine
in the same minute with segmentation_benchmark. Least and median CPU time of
many runs are printed, and the value, which the same masks give there.
"""

import time
import warnings

import monai.metrics.utils
import numpy as np
import surface_distance as deepmind
import torch
from monai.metrics import (DiceMetric, compute_average_surface_distance,
                           compute_hausdorff_distance)
from random_masks import chest_labels
from scipy.ndimage import distance_transform_edt
from torch.nn.functional import one_hot
from torchmetrics.segmentation import DiceScore

SIZE, CLASSES, SHIFT = 518, 4, 6


def report(name, job, seconds=3.0):
    value = job()
    times = []
    end = time.perf_counter() + seconds
    while len(times) < 3 or time.perf_counter() < end:
        start = time.process_time()
        job()
        times.append(time.process_time() - start)
    print(f"{name}: {1e3 * min(times):.2f} ms, median "
          f"{1e3 * np.median(times):.2f} ms, {value}")


def pooled_dice(logits, truth):
    """As the released code has it: softmax, argmax, one-hot, sums."""
    predicted = one_hot(logits.softmax(1).argmax(1), CLASSES).permute(
        0, 3, 1, 2).float()
    target = one_hot(truth, CLASSES).permute(0, 3, 1, 2).float()
    both = (predicted * target).sum((0, 2, 3))
    dice = 2 * both / (predicted.sum((0, 2, 3)) + target.sum((0, 2, 3)))
    return [value.item() for value in dice[1:]]


def torchmetrics_dice(logits, truth):
    metric = DiceScore(num_classes=CLASSES, average="macro",
                       include_background=False, input_format="index")
    metric.update(logits.argmax(1), truth)
    return metric.compute().item()


def monai_dice(logits, truth):
    metric = DiceMetric(include_background=False, num_classes=CLASSES)
    metric(logits.argmax(1, keepdim=True), truth[:, None])
    return metric.aggregate().item()


def lungs(shift):
    labels = chest_labels(SIZE, shift)
    return (labels == 1) | (labels == 2)


def monai_distance(score, predicted, truth, **options):
    masks = [torch.tensor(mask)[None, None] for mask in (predicted, truth)]
    return lambda: score(*masks, include_background=True, **options).item()


def deepmind_distance(predicted, truth):
    distances = deepmind.compute_surface_distances(truth, predicted, (1, 1))
    return deepmind.compute_robust_hausdorff(distances, 95)


def main():
    torch.set_num_threads(1)
    warnings.simplefilter("ignore")
    truth = torch.tensor(chest_labels(SIZE, 0))[None]
    logits = 4 * torch.rand(1, CLASSES, SIZE, SIZE)
    logits += 3 * one_hot(torch.tensor(chest_labels(SIZE, SHIFT))[None],
                          CLASSES).permute(0, 3, 1, 2)
    logits = logits.contiguous()
    report("Dice as released", lambda: pooled_dice(logits, truth))
    report("Dice, torchmetrics", lambda: torchmetrics_dice(logits, truth))
    report("Dice, MONAI", lambda: monai_dice(logits, truth))
    mask = ~lungs(0)
    report("distance transform, scipy",
           lambda: distance_transform_edt(mask).sum())
    for shift in (2, 6, 40):
        pair = lungs(shift), lungs(0)
        monai.metrics.utils.has_scipy_kdtree = True
        report(f"HD95, MONAI (tree), moved {shift}", monai_distance(
            compute_hausdorff_distance, *pair, percentile=95))
        monai.metrics.utils.has_scipy_kdtree = False
        report(f"HD95, MONAI (transform), moved {shift}", monai_distance(
            compute_hausdorff_distance, *pair, percentile=95))
    monai.metrics.utils.has_scipy_kdtree = True
    pair = lungs(SHIFT), lungs(0)
    report("ASSD, MONAI (tree)", monai_distance(
        compute_average_surface_distance, *pair, symmetric=True))
    report("HD95, surface-distance", lambda: deepmind_distance(*pair))


if __name__ == "__main__":
    main()
