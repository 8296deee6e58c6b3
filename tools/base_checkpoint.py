# Copyright 2026 The cxr Authors
# SPDX-License-Identifier: Apache-2.0
"""The small form of the demo's base checkpoints.

  base_checkpoint.py TEACHER.safetensors OUT.safetensors

keeps the backbone of a teacher that `cxr run base_s` left, in float16. What the
checkpoints are worth says //experiments:ablate_few_labels. numpy 1.26.4.
"""

import json
import struct
import sys

import numpy as np


def read(path):
    with open(path, "rb") as file:
        data = file.read()
    length = struct.unpack("<Q", data[:8])[0]
    header = json.loads(data[8:8 + length])
    header.pop("__metadata__", None)
    tensors = {}
    for name, entry in header.items():
        begin, end = entry["data_offsets"]
        assert entry["dtype"] == "F32", name
        tensors[name] = np.frombuffer(
            data[8 + length + begin:8 + length + end],
            np.float32).reshape(entry["shape"])
    return tensors


def half(source, target):
    tensors = read(source)
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


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    half(*sys.argv[1:])


if __name__ == "__main__":
    main()
