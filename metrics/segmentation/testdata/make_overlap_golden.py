# Copyright 2026 The cxr Authors
# SPDX-License-Identifier: Apache-2.0
"""Writes overlap_golden.csv: Dice and IoU of many images by four packages.

Versions: Python 3.11, numpy 1.26.4, torch 2.11.0, torchmetrics 1.9.0, monai
1.6.1, segmentation-models-pytorch 0.6.0, surface-distance 0.1.
Run in this folder: python make_overlap_golden.py

A line is one case of random_masks.py, the prediction being torch.argmax of the
logits. Fields: seed, then one for each profile of overlap_profile.h in order
(those of torchmetrics 0.10.3 are left out, see make_dice010_golden.py), without
class 0 and then with it; the first one, by the formula in its comment, without
it only. Values of float32 have 9 digits.
"""

import importlib.util
import warnings

import monai
import numpy as np
import surface_distance as deepmind
import torch
import torchmetrics
from monai.metrics import DiceMetric, MeanIoU as MonaiIoU
from random_masks import random_labelled_images
from torch.nn.functional import one_hot
from torchmetrics.segmentation import DiceScore, MeanIoU

CASES = 1100
REDUCTIONS = ("micro", "macro", "micro-imagewise", "macro-imagewise")


def load_smp_metrics():
    """The one file of the package; all of it needs networks to import."""
    package = importlib.util.find_spec("segmentation_models_pytorch")
    path = package.submodule_search_locations[0] + "/metrics/functional.py"
    spec = importlib.util.spec_from_file_location("smp_metrics", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


SMP = load_smp_metrics()


def released_code(classes, pairs):
    """Pooled counts of classes 1 and up; 1 where there are none."""
    values = []
    for c in range(1, classes):
        both = sum(((p == c) & (t == c)).sum().item() for p, t in pairs)
        total = sum((p == c).sum().item() + (t == c).sum().item()
                    for p, t in pairs)
        values.append(2 * both / total if total else 1.0)
    return np.mean(values)


def update_all(metric, pairs, prepare):
    for p, t in pairs:
        if isinstance(metric, (DiceMetric, MonaiIoU)):
            metric(prepare(p), prepare(t))
        else:
            metric.update(prepare(p), prepare(t))
    return metric


def torchmetrics_values(classes, pairs, background):
    options = {"num_classes": classes, "include_background": background,
               "input_format": "index"}
    metrics = [DiceScore(average="macro", aggregation_level="samplewise",
                         **options),
               DiceScore(average="macro", aggregation_level="global",
                         **options), MeanIoU(**options)]
    return [update_all(metric, pairs, lambda m: m[None]).compute()
            for metric in metrics]


def monai_values(classes, pairs, background):
    def prepare(labels):
        return one_hot(labels, classes).permute(2, 0, 1)[None].float()

    metrics = [kind(include_background=background, ignore_empty=ignore)
               for kind in (DiceMetric, MonaiIoU) for ignore in (True, False)]
    return [update_all(metric, pairs, prepare).aggregate()
            for metric in metrics]


def smp_values(classes, pairs, background):
    each = [SMP.get_stats(p[None], t[None], mode="multiclass",
                          num_classes=classes) for p, t in pairs]
    stats = [torch.cat(parts)[:, 0 if background else 1:]
             for parts in zip(*each)]
    return [score(*stats, reduction=reduction)
            for score in (SMP.f1_score, SMP.iou_score)
            for reduction in REDUCTIONS]


def deepmind_value(classes, pairs, background):
    return np.mean([deepmind.compute_dice_coefficient(
        (t == c).numpy(), (p == c).numpy())
        for p, t in pairs for c in range(0 if background else 1, classes)])


def main():
    assert torch.__version__.startswith("2.11.0")
    assert torchmetrics.__version__ == "1.9.0" and monai.__version__ == "1.6.1"
    warnings.simplefilter("ignore")  # empty masks: the point of some cases
    with open("overlap_golden.csv", "w", encoding="ascii") as out:
        out.write("# make_overlap_golden.py, torchmetrics 1.9.0, monai 1.6.1,"
                  " smp 0.6.0, surface-distance 0.1: seed,values\n")
        for seed in range(CASES):
            classes, images = random_labelled_images(seed)
            pairs = [(torch.tensor(logits).argmax(0), torch.tensor(truth))
                     for logits, truth in images]
            values = [released_code(classes, pairs)]
            for background in (False, True):
                case = (classes, pairs, background)
                values += torchmetrics_values(*case) + monai_values(*case)
                values += smp_values(*case) + [deepmind_value(*case)]
            out.write(",".join([str(seed)] + [
                f"{float(value):.9g}" if torch.is_tensor(value)
                else repr(float(value)) for value in values]) + "\n")


if __name__ == "__main__":
    main()
