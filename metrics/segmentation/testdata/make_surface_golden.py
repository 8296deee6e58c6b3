# Copyright 2026 The cxr Authors
# SPDX-License-Identifier: Apache-2.0
"""Writes surface_golden.csv: distances of borders by MONAI and DeepMind.

Versions: Python 3.11, numpy 1.26.4, scipy 1.13.1, torch 2.11.0, monai 1.6.1,
surface-distance 0.1.
Run in this folder: python make_surface_golden.py

A line is one case of random_masks.py: seed; of MONAI in float32 the Hausdorff
distance and its 95th percentile, the latter directed from the prediction, the
average symmetric and directed surface distance; the same five in double, from
scipy's erosion and distance transform; of surface-distance robust Hausdorff
distance at 95, at 100 and at 50, average distance prediction to truth and back,
surface Dice at 1.5. The script ends if MONAI and the double values differ by
more than 1e-6, or 1e-5 for percentiles, whose rank torch.quantile also rounds
to float32.
"""

import warnings

import monai
import numpy as np
import scipy
import surface_distance as deepmind
import torch
from monai.metrics import (compute_average_surface_distance,
                           compute_hausdorff_distance)
from random_masks import random_mask_pair
from scipy.ndimage import binary_erosion, distance_transform_edt

CASES = 1100


def monai_values(predicted, truth, spacing):
    masks = [torch.tensor(mask)[None, None].float()
             for mask in (predicted, truth)]
    options = {"include_background": True, "spacing": list(spacing)}
    return [float(value) for value in (
        compute_hausdorff_distance(*masks, **options),
        compute_hausdorff_distance(*masks, percentile=95, **options),
        compute_hausdorff_distance(*masks, percentile=95, directed=True,
                                   **options),
        compute_average_surface_distance(*masks, symmetric=True, **options),
        compute_average_surface_distance(*masks, **options))]


def directed(edges, other, spacing):
    if not other.any():
        return np.full(edges.sum(), np.inf)
    if not edges.any():
        return np.full(other.sum(), np.inf)
    return distance_transform_edt(~other, sampling=spacing)[edges]


def percentile(distances, percent):
    if distances.size == 0 or np.isinf(distances).any():
        return np.nan
    return np.quantile(distances, percent / 100)


def double_values(predicted, truth, spacing):
    edges = [mask ^ binary_erosion(mask) for mask in (predicted, truth)]
    forth = directed(edges[0], edges[1], spacing)
    back = directed(edges[1], edges[0], spacing)
    both = np.concatenate([forth, back])
    return [both.max() if both.size else np.nan,
            np.max([percentile(forth, 95), percentile(back, 95)]),
            percentile(forth, 95),
            both.mean() if both.size else np.nan,
            forth.mean() if forth.size else np.nan]


def deepmind_values(predicted, truth, spacing):
    distances = deepmind.compute_surface_distances(truth, predicted, spacing)
    back, forth = deepmind.compute_average_surface_distance(distances)
    return [deepmind.compute_robust_hausdorff(distances, 95),
            deepmind.compute_robust_hausdorff(distances, 100),
            deepmind.compute_robust_hausdorff(distances, 50), forth, back,
            deepmind.compute_surface_dice_at_tolerance(distances, 1.5)]


def main():
    assert monai.__version__ == "1.6.1" and scipy.__version__ == "1.13.1"
    assert torch.__version__.startswith("2.11.0")
    warnings.simplefilter("ignore")  # empty masks: the point of some cases
    with open("surface_golden.csv", "w", encoding="ascii") as out:
        out.write("# make_surface_golden.py, monai 1.6.1, surface-distance 0.1:"
                  " seed,5 of monai,5 in double,6 of surface-distance\n")
        for seed in range(CASES):
            case = random_mask_pair(seed)
            single, double = monai_values(*case), double_values(*case)
            for value, exact, rtol in zip(single, double,
                                          (1e-6, 1e-5, 1e-5, 1e-6, 1e-6)):
                np.testing.assert_allclose(value, exact, rtol=rtol)
            out.write(",".join(
                [str(seed)] + [f"{value:.9g}" for value in single] +
                [repr(float(value))
                 for value in double + deepmind_values(*case)]) + "\n")


if __name__ == "__main__":
    main()
