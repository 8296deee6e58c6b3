# Copyright 2026 The cxr Authors
# SPDX-License-Identifier: Apache-2.0
"""Writes the other files of this folder, as their packages write them.

torch 2.11.0, safetensors 0.8.0, numpy 2.4.6. Run in this folder:
    python make_weights.py

kinds.safetensors holds a tensor of each kind. zip.pth and legacy.pth are both
forms of one nested checkpoint, flat.safetensors is what must be read of it:
names joined by dots, numbers contiguous. script.pt is a TorchScript archive,
script.safetensors its state. whole_module.pth needs code to be read and must be
refused. untyped.pth holds a kind that no older storage had. plain.zip and
zip64.zip are of Python's zipfile. legacy.pth names its storages by addresses,
which differ from run to run; all else is written the same again.
"""

import argparse
import collections
import zipfile

import numpy
import safetensors.torch
import torch

KINDS = [
    torch.float64, torch.float32, torch.float16, torch.bfloat16, torch.int64,
    torch.int32, torch.int16, torch.int8, torch.uint8, torch.bool
]


def one_of_each():
    tensors = {}
    for place, kind in enumerate(KINDS):
        name = str(kind).removeprefix("torch.")
        # Rounded as each kind rounds; negative where it can be.
        low = 0 if kind in (torch.uint8, torch.bool) else -place - 1
        values = torch.arange(low, low + 6, dtype=torch.float64) * 1.25
        tensors[name] = values.to(kind).reshape(2, 3)
    tensors["one number"] = torch.tensor(2.5)
    tensors["nothing"] = torch.zeros(3, 0, 2)
    tensors["\u00e9\n\"\\"] = torch.tensor([7], dtype=torch.int16)
    return tensors


def checkpoint():
    base = torch.arange(24, dtype=torch.float32).reshape(4, 6)
    layer = torch.nn.Linear(2, 3)
    with torch.no_grad():
        layer.weight.copy_(torch.arange(6).reshape(3, 2) / 4)
        layer.bias.copy_(torch.arange(3) / 8)
    model = layer.state_dict()  # an OrderedDict with an attribute
    model["parameter"] = torch.nn.Parameter(torch.tensor([1.5, -2.5]))
    model["with_attribute"] = torch.tensor([3.0])
    model["with_attribute"].note = "kept beside it"
    return {
        "model": model,
        "kinds": one_of_each(),
        "shared": {
            "whole": base,
            "rows": base[1:3],
            "transposed": base.t(),
            "steps": base[::2, 1::2],
            "expanded": torch.tensor([[1.0], [2.0]]).expand(2, 3),
            "one": base[3, 5],
        },
        "optimizer": {
            "state": {
                0: {
                    "step": 7,
                    "exp_avg": torch.tensor([0.5])
                }
            },
            "param_groups": [{
                "lr": 1e-3,
                "betas": (0.9, 0.999),
                "params": [0],
                "tensors": [torch.tensor([4]), torch.tensor([5])],
            }],
        },
        "epoch": 3,
        "large": 2**100,
        "negative": -300,
        "best": numpy.float64(0.75),
        "args": argparse.Namespace(lr=1e-3, device=torch.device("cpu")),
        "counts": collections.Counter({"a": 2}),
        "sizes": torch.Size([1, 2]),
        "dtype": torch.float16,
        "named": {"a"},
        "none": None,
        "flags": [True, False],
        "lists": collections.defaultdict(list, {"x": [1.0]}),
        "bytes": b"\x00\xff",
    }


def flatten(value, prefix=""):
    if isinstance(value, torch.Tensor):
        return {prefix: value.detach().clone().contiguous()}
    if isinstance(value, dict):
        pairs = value.items()
    elif isinstance(value, (list, tuple)):
        pairs = enumerate(value)
    else:
        return {}
    tensors = {}
    for key, inner in pairs:
        path = f"{prefix}.{key}" if prefix else str(key)
        tensors.update(flatten(inner, path))
    return tensors


class Inner(torch.nn.Module):

    def __init__(self):
        super().__init__()
        self.weight = torch.nn.Parameter(torch.tensor([[1.0, 2.0]]))
        self.register_buffer("mean", torch.tensor([0.5]).half())

    def forward(self, x):
        return x * self.weight + self.mean


class Outer(torch.nn.Module):

    def __init__(self):
        super().__init__()
        self.inner = Inner()
        self.layers = torch.nn.ModuleList([Inner(), Inner()])
        self.scale = 2.0
        self.name = "outer"
        self.sizes = [1, 2]

    def forward(self, x):
        for layer in self.layers:
            x = layer(x)
        return self.inner(x) * self.scale + self.sizes[0]


def write_zip(path):
    with zipfile.ZipFile(path, "w") as archive:
        for name, text, method in [
            ("empty", "", zipfile.ZIP_STORED),
            ("deflated", "x" * 100, zipfile.ZIP_DEFLATED),
            ("folder/stored", "hello, hello, hello", zipfile.ZIP_STORED),
        ]:
            info = zipfile.ZipInfo(name)  # of 1980, whenever it is written
            archive.writestr(info, text, method)


def main():
    assert torch.__version__.split("+")[0] == "2.11.0", torch.__version__
    assert safetensors.__version__ == "0.8.0", safetensors.__version__
    safetensors.torch.save_file(one_of_each(), "kinds.safetensors",
                                {"format": "pt"})
    values = checkpoint()
    torch.save(values, "zip.pth")
    torch.save(values, "legacy.pth", _use_new_zipfile_serialization=False)
    safetensors.torch.save_file(flatten(values), "flat.safetensors")
    torch.save(torch.tensor([1.0, 2.0]), "bare.pth")
    torch.jit.script(Outer()).save("script.pt")
    safetensors.torch.save_file(Outer().state_dict(), "script.safetensors")
    torch.save(torch.nn.ReLU(), "whole_module.pth")
    write_zip("plain.zip")
    # Every number where only large archives need it.
    zipfile.ZIP64_LIMIT = zipfile.ZIP_FILECOUNT_LIMIT = 0
    write_zip("zip64.zip")
    torch.save({"x": torch.tensor([1, 2], dtype=torch.uint16)}, "untyped.pth")


if __name__ == "__main__":
    main()
