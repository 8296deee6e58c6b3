# Copyright 2026 The cxr Authors
# SPDX-License-Identifier: Apache-2.0
"""The demo's base checkpoints: their small form, and what they are worth.

  base_checkpoint.py half TEACHER.safetensors OUT.safetensors
  base_checkpoint.py probe CHEXPERT FEATURES.safetensors...

`half` keeps the backbone of a teacher that `cxr run base_s` left, in float16.
`probe` trains logistic regressions on few labels of drawn images that no
training has seen and prints their AUROC: CHEXPERT is a folder CheXpert-v1.0-small
drawn by `cxr synth`, FEATURES are of `cxr embed --tokens=cls,patches` on it.
Class token and mean patch, standardised; five findings; three draws of the
labelled patients, tested on all other patients. numpy 1.26.4, scikit-learn
1.6.1.
"""

import csv
import json
import re
import struct
import sys

import numpy as np

FINDINGS = ["Atelectasis", "Cardiomegaly", "Consolidation", "Edema",
            "Pleural Effusion"]
LABELLED = (100, 300)
DRAWS = 3


def read(path):
    with open(path, "rb") as file:
        data = file.read()
    length = struct.unpack("<Q", data[:8])[0]
    header = json.loads(data[8:8 + length])
    metadata = header.pop("__metadata__", {})
    tensors = {}
    for name, entry in header.items():
        begin, end = entry["data_offsets"]
        assert entry["dtype"] == "F32", name
        tensors[name] = np.frombuffer(
            data[8 + length + begin:8 + length + end],
            np.float32).reshape(entry["shape"])
    return tensors, metadata


def half(source, target):
    tensors, _ = read(source)
    kept = {name: values.astype("<f2") for name, values in tensors.items()
            if name.startswith("backbone.")}
    header, end = {}, 0
    for name in sorted(kept):
        begin, end = end, end + kept[name].nbytes
        header[name] = {"dtype": "F16", "shape": list(kept[name].shape),
                        "data_offsets": [begin, end]}
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    with open(target, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text)
        for name in sorted(kept):
            file.write(kept[name].tobytes())


def labels_of(folder):
    labels = {}
    for table in ("train.csv", "valid.csv"):
        with open(f"{folder}/{table}", newline="", encoding="utf-8") as file:
            for row in csv.DictReader(file):
                labels[row["Path"].split("CheXpert-v1.0-small/")[1]] = row
    return labels


def probe(folder, features):
    from sklearn.linear_model import LogisticRegression
    from sklearn.metrics import roc_auc_score
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler
    labels = labels_of(folder)
    tensors, metadata = read(features)
    files = metadata["files"].split("\n")
    rows = [i for i, file in enumerate(files) if file in labels
            and labels[file]["Frontal/Lateral"] == "Frontal"]
    x = np.concatenate([tensors["cls"][rows],
                        tensors["patches"][rows].mean(1)], 1)
    y = np.array([[labels[files[i]][name] == "1.0" for name in FINDINGS]
                  for i in rows])
    patients = np.array([re.search(r"patient(\d+)", files[i]).group(1)
                         for i in rows])
    for count in LABELLED:
        values = []
        for draw in range(DRAWS):
            train = []
            for patient in np.random.RandomState(draw).permutation(
                    sorted(set(patients))):
                train += list(np.where(patients == patient)[0])
                if len(train) >= count:
                    break
            train = np.array(train[:count])
            test = ~np.isin(patients, patients[train])
            values.append(np.mean([
                roc_auc_score(y[test, c], make_pipeline(
                    StandardScaler(),
                    LogisticRegression(C=0.01, max_iter=2000)).fit(
                        x[train], y[train, c]).decision_function(x[test]))
                for c in range(len(FINDINGS))]))
        print(f"{features}: {count} labels of {len(rows)} images: "
              f"{np.mean(values):.3f} "
              f"({', '.join(f'{v:.3f}' for v in values)})")


def main():
    if sys.argv[1:2] == ["half"] and len(sys.argv) == 4:
        half(*sys.argv[2:])
    elif sys.argv[1:2] == ["probe"] and len(sys.argv) > 3:
        for features in sys.argv[3:]:
            probe(sys.argv[2], features)
    else:
        sys.exit(__doc__)


if __name__ == "__main__":
    main()
