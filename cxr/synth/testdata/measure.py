# Copyright 2026 The cxr Authors
# SPDX-License-Identifier: Apache-2.0
"""How hard drawn films are, and how like real ones, by scikit-learn.

Written for Python 3.11, numpy 2, Pillow 12, scikit-learn 1.7, opencv 4 or 5.
Three seeds:

  for seed in 0 1 2; do
    cxr synth --dataset=nih_cxr8 --data_root=DIR/$seed --seed=$seed \
        --patients=2700 --scale=0.109375
    python3 measure.py DIR/$seed/nih_cxr8 cxr/data/samples/nih64
  done

Prints for each finding the area under the ROC curve of a logistic regression
on 32 x 32 pixels (4,800 films to learn from, the rest to ask), and that of the
true severity, which label noise keeps below 1; then how far the mean film is
like the real one, and what a view classifier learnt on drawn films knows of
real thumbnails.
"""
import csv
import json
import pathlib
import sys

import cv2
import numpy as np
from PIL import Image
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

TRAINING = 4800
PRESENT, MISSED, SPURIOUS = 0.12, 0.06, 0.03
FINDINGS = {
    "Atelectasis": ["Atelectasis"],
    "Cardiomegaly": ["Cardiomegaly"],
    "Consolidation": ["Consolidation"],
    "Edema": ["Edema"],
    "Pleural Effusion": ["PleuralEffusion"],
    "Lung Lesion": ["Nodule", "Mass"],
    "Pneumothorax": ["Pneumothorax"],
    "Fracture": ["RibFracture", "ClavicleFracture"],
}


def small(image, side):
  equalised = cv2.equalizeHist(np.ascontiguousarray(image))
  return cv2.resize(equalised, (side, side), interpolation=cv2.INTER_AREA)


def standardised(features, mean, deviation):
  return (features - mean) / deviation


def auroc(training, labels, tested, truth):
  mean, deviation = training.mean(0), training.std(0) + 1e-9
  model = LogisticRegression(C=1e-3, max_iter=2000)
  model.fit(standardised(training, mean, deviation), labels)
  scores = model.decision_function(standardised(tested, mean, deviation))
  return roc_auc_score(truth, scores)


def main():
  folder, nih64 = map(pathlib.Path, sys.argv[1:3])
  images = json.loads((folder / "SYNTHETIC.json").read_text())["images"]
  films = [np.array(Image.open(folder / i["path"]).convert("L")) for i in images]
  pixels = np.stack([small(f, 32).ravel() for f in films]).astype(float)
  random = np.random.default_rng(0)
  results = []
  for name, parts in FINDINGS.items():
    severity = np.array([
        max(i.get("severity", {}).get(p, 0.0) for p in parts) for i in images])
    present = severity > PRESENT
    chance = np.where(present, MISSED, SPURIOUS)
    labels = present ^ (random.random(len(images)) < chance)
    seen = auroc(pixels[:TRAINING], labels[:TRAINING], pixels[TRAINING:],
                 labels[TRAINING:])
    ceiling = roc_auc_score(labels[TRAINING:], severity[TRAINING:])
    results.append((seen, ceiling))
    print(f"{name:17} pixels {seen:.3f}  severity {ceiling:.3f}")
  five = np.mean(results[:5], 0)
  print(f"mean of five      pixels {five[0]:.3f}  severity {five[1]:.3f}  "
        f"({len(images)} films)")

  mosaic = np.array(Image.open(nih64 / "mosaic_40x25_64px.png"))
  real = [mosaic[64 * (k // 40):][:64, 64 * (k % 40):][:, :64]
          for k in range(1000)]
  drawn_mean = np.mean([small(f, 64) for f in films], 0)
  real_mean = np.mean([small(f, 64) for f in real], 0)
  correlation = np.corrcoef(drawn_mean.ravel(), real_mean.ravel())[0, 1]
  print(f"correlation of mean films with NIH's: {correlation:.3f}")
  with open(nih64 / "labels.csv", newline="") as table:
    real_ap = [row["View Position"] == "AP" for row in csv.DictReader(table)]
  drawn_ap = [i["view"] == "AP" for i in images]
  transfer = auroc(np.stack([small(f, 16).ravel() for f in films]).astype(float),
                   drawn_ap,
                   np.stack([small(f, 16).ravel() for f in real]).astype(float),
                   real_ap)
  print(f"view of NIH's thumbnails by a classifier of drawn films: "
        f"{transfer:.3f}")


if __name__ == "__main__":
  main()
