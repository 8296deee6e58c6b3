# Copyright 2026 The cxr Authors
# SPDX-License-Identifier: Apache-2.0
"""Draws masks/{truth,ours,theirs}, writes masks/*.csv.

Versions: Python 3.11, numpy 1.26.4, scipy 1.13.1, torch 2.11.0, monai 1.6.1,
torchmetrics 1.9.0, surface-distance 0.1.
Run in this folder: python make_masks_golden.py

values.csv and comparisons.csv hold the scores of `ours` and its comparisons
with `theirs`. Intervals are of the percentile bootstrap of images with 200
resamples of numpy.random.RandomState(3). patient_values.csv and
patient_comparisons.csv are the same by the patients of table.csv, who are drawn
with all their images; groups.csv are the values of each sex there, and what
they are more than those of the other. An interval is nan where no resample
differs from another. Distances are computed in double
from scipy's erosion and distance transform; the script ends if MONAI's own,
which are float32, differ by more than 1e-5, or torchmetrics' Dice or IoU by
more than 1e-6.
"""

import itertools
import pathlib
import struct
import warnings
import zlib

import monai
import numpy as np
import scipy
import surface_distance as deepmind
import torch
import torchmetrics
from monai.metrics import (compute_average_surface_distance,
                           compute_hausdorff_distance)
from scipy.ndimage import binary_erosion, distance_transform_edt
from torchmetrics.segmentation import DiceScore, MeanIoU

RESAMPLES, SEED = 200, 3
CLASSES = {"left lung": 1, "right lung": 2, "heart": 3}
DISTANCES = ["hd95", "assd", "contour_hd95",
             "contour_distance_predicted_to_truth",
             "contour_distance_truth_to_predicted"]
# File, size, classes that truth, ours and theirs lack, bits of a sample.
FILES = [("a.png", (24, 28), "", "", "", 8),
         ("b.png", (30, 26), "", "", "", 2),
         ("c.png", (25, 25), "", "3", "", 8),
         ("d.png", (27, 24), "1", "1", "1", 4),
         ("deep/e.png", (26, 30), "3", "", "3", 8),
         ("f.png", (28, 28), "", "", "2", 8),
         ("g.png", (32, 24), "", "", "", 8)]
PATIENTS = ["p2", "p1", "p2", "p3", "p3", "p4", "p5"]
SEXES = ["F", "F", "M", "M", "M", "", "F"]


def ellipse(shape, centre, radii):
    y, x = np.indices(shape)
    return (((y - centre[0]) / radii[0]) ** 2 +
            ((x - centre[1]) / radii[1]) ** 2 <= 1)


def draw(rng, shape, lacks, blur):
    height, width = shape
    labels = np.zeros(shape, np.uint8)
    for label, (y, x, down, right) in {1: (.5, .72, .36, .17),
                                       2: (.5, .27, .38, .18),
                                       3: (.66, .54, .2, .19)}.items():
        moved = rng.uniform(-blur, blur, 4)
        if str(label) not in lacks:
            labels[ellipse(shape, (y * height + moved[0], x * width + moved[1]),
                           (down * height + moved[2], right * width + moved[3]))
                   ] = label
    return labels


def write_png(path, labels, bits):
    path.parent.mkdir(parents=True, exist_ok=True)
    height, width = labels.shape
    digits = (labels[:, :, None] >> np.arange(bits - 1, -1, -1)) & 1
    rows = np.packbits(digits.reshape(height, -1).astype(np.uint8), axis=1)
    body = b"".join(b"\0" + row.tobytes() for row in rows)

    def chunk(kind, data):
        return (struct.pack(">I", len(data)) + kind + data +
                struct.pack(">I", zlib.crc32(kind + data)))
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + chunk(
        b"IHDR", struct.pack(">IIBBBBB", width, height, bits, 0, 0, 0, 0)) +
        chunk(b"IDAT", zlib.compress(body, 9)) + chunk(b"IEND", b""))


def distances(predicted, truth):
    if not (predicted.any() and truth.any()):
        return [np.nan] * len(DISTANCES)
    edges = [mask ^ binary_erosion(mask) for mask in (predicted, truth)]
    forth = distance_transform_edt(~edges[1])[edges[0]]
    back = distance_transform_edt(~edges[0])[edges[1]]
    hd95 = max(np.quantile(forth, .95), np.quantile(back, .95))
    assd = np.concatenate([forth, back]).mean()
    tensors = [torch.tensor(m)[None, None].float() for m in (predicted, truth)]
    np.testing.assert_allclose(hd95, float(compute_hausdorff_distance(
        *tensors, include_background=True, percentile=95)), rtol=1e-5)
    np.testing.assert_allclose(assd, float(compute_average_surface_distance(
        *tensors, include_background=True, symmetric=True)), rtol=1e-5)
    contours = deepmind.compute_surface_distances(truth, predicted, (1, 1))
    to_predicted, to_truth = deepmind.compute_average_surface_distance(contours)
    return [hd95, assd, deepmind.compute_robust_hausdorff(contours, 95),
            to_truth, to_predicted]


def counts(predicted, truth):
    return np.array([(predicted & truth).sum(), predicted.sum(), truth.sum()])


def fraction(numerator, denominator):
    return numerator / denominator if denominator > 0 else np.nan


class System:
    """Scores of all images: arrays (images, classes[, numbers])."""

    def __init__(self, truths, predictions):
        pairs = list(zip(predictions, truths))
        self.counts = np.array([[counts(p == c, t == c) for c in (1, 2, 3)]
                                for p, t in pairs])
        self.lungs = np.array([counts((p == 1) | (p == 2), (t == 1) | (t == 2))
                               for p, t in pairs])
        of_images = [[[fraction(2 * i, p + t), fraction(i, p + t - i)]
                      for i, p, t in image] for image in self.counts]
        self.values = np.concatenate(
            [of_images, [[distances(p == c, t == c) for c in (1, 2, 3)]
                         for p, t in pairs]], axis=2)

    def only_where(self, other):
        self.values = np.where(np.isnan(other.values), np.nan, self.values)

    def statistics(self, times):
        """Values by (metric, target), images repeated so often."""
        def pooled(each):
            i, p, t = (each * times[:, None]).sum(0)
            return 2 * i / (p + t) if p + t > 0 else 1.0
        left, right, heart = (pooled(self.counts[:, c]) for c in range(3))
        lungs = pooled(self.lungs)
        all_values = {
            "left lung": left, "right lung": right, "heart": heart,
            "mean": (left + right + heart) / 3,
            "lungs (mean of sides)": (left + right) / 2,
            "average (lungs as the mean of sides, heart)":
                ((left + right) / 2 + heart) / 2,
            "lungs (merged)": lungs,
            "average (merged lungs, heart)": (lungs + heart) / 2}
        result = {("dice", name): v for name, v in all_values.items()}
        repeated = np.repeat(self.values, times, axis=0)
        for k, metric in enumerate(["imagewise_dice", "imagewise_iou"] +
                                   DISTANCES):
            for name, c in CLASSES.items():
                result[metric, name] = np.nanmean(repeated[:, c - 1, k])
            each = repeated[:, :, k]
            result[metric, "mean"] = np.nanmean(
                each if metric == "imagewise_iou" else np.nanmean(each, axis=1))
        return result

    def images(self, metric, target):
        if metric == "dice":
            return len(self.values)
        k = (["imagewise_dice", "imagewise_iou"] + DISTANCES).index(metric)
        defined = ~np.isnan(self.values[:, :, k])
        return (defined.any(axis=1) if target == "mean"
                else defined[:, CLASSES[target] - 1]).sum()


def check_torchmetrics(truths, predictions, found):
    dice = DiceScore(4, include_background=False, average="macro",
                     aggregation_level="samplewise", input_format="index")
    iou = MeanIoU(4, include_background=False, input_format="index")
    for metric in (dice, iou):
        for truth, predicted in zip(truths, predictions):
            metric.update(torch.tensor(predicted)[None].long(),
                          torch.tensor(truth)[None].long())
    np.testing.assert_allclose(
        [found["imagewise_dice", "mean"], found["imagewise_iou", "mean"]],
        [float(dice.compute()), float(iou.compute())], rtol=1e-6)


def holm(p_values):
    order = np.argsort(p_values, kind="stable")
    adjusted, largest = np.zeros(len(p_values)), 0.0
    for rank, i in enumerate(order):
        largest = max(largest, (len(p_values) - rank) * p_values[i])
        adjusted[i] = min(1.0, largest)
    return adjusted


def sign_flip(differences, units):
    """All signs, the same for all differences of a unit."""
    observed = abs(differences.mean())
    names, places = np.unique(units, return_inverse=True)
    flipped = [abs((np.array(signs)[places] * differences).mean()) for signs in
               itertools.product((1, -1), repeat=len(names))]
    return np.mean([f >= observed - 1e-12 for f in flipped])


def line(*cells):
    return ",".join(f'"{c}"' if isinstance(c, str) else repr(float(c))
                    for c in cells) + "\n"


def draw_counts(units):
    """How often each image is drawn, with all images of its unit."""
    places = [list(dict.fromkeys(units)).index(unit) for unit in units]
    n = max(places) + 1
    random = np.random.RandomState(SEED)
    return [np.bincount(random.randint(0, n, n), minlength=n)[places]
            for _ in range(RESAMPLES)]


def varies(values):
    return np.ptp(values[~np.isnan(values)]) > 1e-12


def interval(values):
    if not varies(values):
        return [np.nan, np.nan]
    return np.quantile(values[~np.isnan(values)], [.025, .975])


def make_values(system, units):
    plain = system.statistics(np.ones(len(units), int))
    resampled = [system.statistics(times) for times in draw_counts(units)]
    return [line(*key, value, *interval(np.array([r[key] for r in resampled])),
                 system.images(*key)) for key, value in plain.items()]


def make_groups(system, units, groups):
    def values(times, keys):
        if not times.any():
            return {key: np.nan for key in keys}
        return system.statistics(times)
    ones = np.ones(len(units), int)
    keys = system.statistics(ones).keys()
    rows = []
    for name in sorted(set(groups) - {""}):
        masks = [np.array([g == name for g in groups]),
                 np.array([g not in (name, "") for g in groups])]
        pairs = [[values(times * mask, keys) for mask in masks]
                 for times in [ones] + draw_counts(units)]
        for key in keys:
            own, rest = np.array([[v[key] for v in pair] for pair in pairs]).T
            difference = own - rest
            bounds = (interval(difference[1:])
                      if varies(own[1:]) and varies(rest[1:])
                      else [np.nan, np.nan])
            rows.append(line(name, *key, own[0], *interval(own[1:]),
                             difference[0], *bounds))
    return rows


def make_comparisons(sets, units):
    common, other = (System(sets["truth"], sets[s]) for s in ("ours", "theirs"))
    defined = [System(sets["truth"], sets[s]) for s in ("theirs", "ours")]
    common.only_where(defined[0])
    other.only_where(defined[1])
    pairs = [(common.statistics(t), other.statistics(t))
             for t in [np.ones(len(units), int)] + draw_counts(units)]
    comparisons = []
    for key in pairs[0][0]:
        differences = np.array([a[key] - b[key] for a, b in pairs])
        rest = differences[1:][~np.isnan(differences[1:])]
        beyond = min((rest <= 0).sum(), (rest >= 0).sum()) + 1
        comparisons.append(["paired bootstrap", *key, pairs[0][0][key],
                            pairs[0][1][key], differences[0], *interval(rest),
                            min(1.0, 2 * beyond / (len(rest) + 1))])
    for name, label in list(CLASSES.items()) + [("mean", None)]:
        a, b = (np.nanmean(s.values[:, :, 0], axis=1) if label is None else
                s.values[:, label - 1, 0] for s in (common, other))
        both = ~np.isnan(a)
        a, b = a[both], b[both]
        comparisons.append(["paired permutation", "imagewise_dice", name,
                            a.mean(), b.mean(), (a - b).mean(), np.nan, np.nan,
                            sign_flip(a - b, np.array(units)[both])])
    families = {(c[0], c[1]): [] for c in comparisons}
    for c in comparisons:
        families[c[0], c[1]].append(c)
    for family in families.values():
        adjusted = iter(holm([c[-1] for c in family if c[2] in CLASSES]))
        for c in family:
            c.append(next(adjusted) if c[2] in CLASSES else np.nan)
    return [line(*c) for c in comparisons]


def main():
    assert monai.__version__ == "1.6.1" and scipy.__version__ == "1.13.1"
    assert torchmetrics.__version__ == "1.9.0"
    warnings.simplefilter("ignore")  # means of nothing
    rng = np.random.default_rng(7)
    sets = {"truth": [], "ours": [], "theirs": []}
    for name, shape, *lacks, bits in FILES:
        for (folder, maps), missing, blur in zip(sets.items(), lacks,
                                                 (0, 1.5, 2.5)):
            maps.append(draw(rng, shape, missing, blur))
            write_png(pathlib.Path("masks", folder, name), maps[-1], bits)
    ours = System(sets["truth"], sets["ours"])
    images = [name for name, *_ in FILES]
    check_torchmetrics(sets["truth"], sets["ours"],
                       ours.statistics(np.ones(len(images), int)))
    table = [f"{name.removesuffix('.png')},{patient},{sex}\n"
             for name, patient, sex in zip(images, PATIENTS, SEXES)]
    value_columns = "metric,target,value,low,high"
    test_columns = ("test,metric,target,first,second,difference,low,high,p,"
                    "adjusted_p")
    for name, header, lines in (
            ("values", value_columns + ",images", make_values(ours, images)),
            ("patient_values", value_columns + ",images",
             make_values(ours, PATIENTS)),
            ("groups", f"group,{value_columns},difference,difference_low,"
             "difference_high", make_groups(ours, PATIENTS, SEXES)),
            ("comparisons", test_columns, make_comparisons(sets, images)),
            ("patient_comparisons", test_columns,
             make_comparisons(sets, PATIENTS)),
            ("table", "id,patient,sex", table[::-1])):
        with open(f"masks/{name}.csv", "w", encoding="ascii") as out:
            out.writelines([header + "\n"] + lines)


if __name__ == "__main__":
    main()
