# Copyright 2026 The cxr Authors
# SPDX-License-Identifier: Apache-2.0
"""What plain PyTorch makes of the forward passes that tests/gpu_check times.

  gpu_peer.py measure --out peer.json [--device cuda] [--quick] [--no-compile]
  gpu_peer.py compare A.json B.json

`measure` needs torch 2.11 alone. Its rows have the names of gpu_check's;
"program" is eager or compile (torch.compile). `compare` needs no torch: it
prints each row of A beside the rows of B with the same model, mode, attention
and batch, as images per second and their ratio.
"""

import argparse
import contextlib
import json
import os
import statistics
import sys
import time

# name: width, depth, heads; image side, batches, runs not counted, counted.
FULL = ({"S": (384, 12, 6), "B": (768, 12, 12)}, 518, (64, 128), 5, 20)
QUICK = ({"tiny": (64, 2, 2)}, 70, (2, 4), 1, 3)
PATCH = 14
REGISTERS = 4


def make_vit(width, depth, heads, side):
    """The backbone of DINOv2 with registers, as published, for one image size.

    Patches, class token, positions, registers; pre-norm blocks with LayerScale
    and exact GELU; a final norm.
    """
    import torch
    from torch import nn
    from torch.nn import functional

    class Attention(nn.Module):
        def __init__(self):
            super().__init__()
            self.qkv = nn.Linear(width, 3 * width)
            self.proj = nn.Linear(width, width)

        def forward(self, x):
            batch, tokens, _ = x.shape
            qkv = self.qkv(x).reshape(batch, tokens, 3, heads, width // heads)
            q, k, v = qkv.permute(2, 0, 3, 1, 4)
            x = functional.scaled_dot_product_attention(q, k, v)
            return self.proj(x.transpose(1, 2).reshape(batch, tokens, width))

    class LayerScale(nn.Module):
        def __init__(self):
            super().__init__()
            self.gamma = nn.Parameter(torch.ones(width))

        def forward(self, x):
            return x * self.gamma

    class Block(nn.Module):
        def __init__(self):
            super().__init__()
            self.norm1 = nn.LayerNorm(width, eps=1e-6)
            self.attn = Attention()
            self.ls1 = LayerScale()
            self.norm2 = nn.LayerNorm(width, eps=1e-6)
            self.mlp = nn.Sequential()
            self.mlp.add_module("fc1", nn.Linear(width, 4 * width))
            self.mlp.add_module("act", nn.GELU())
            self.mlp.add_module("fc2", nn.Linear(4 * width, width))
            self.ls2 = LayerScale()

        def forward(self, x):
            x = x + self.ls1(self.attn(self.norm1(x)))
            return x + self.ls2(self.mlp(self.norm2(x)))

    class Vit(nn.Module):
        def __init__(self):
            super().__init__()
            patches = (side // PATCH) ** 2
            self.cls_token = nn.Parameter(torch.zeros(1, 1, width))
            self.pos_embed = nn.Parameter(
                0.02 * torch.randn(1, 1 + patches, width))
            self.register_tokens = nn.Parameter(
                torch.zeros(1, REGISTERS, width))
            self.patch_embed = nn.Module()
            self.patch_embed.proj = nn.Conv2d(3, width, PATCH, stride=PATCH)
            self.blocks = nn.Sequential(*[Block() for _ in range(depth)])
            self.norm = nn.LayerNorm(width, eps=1e-6)

        def forward(self, images):
            batch = images.shape[0]
            x = self.patch_embed.proj(images).flatten(2).transpose(1, 2)
            x = torch.cat([self.cls_token.expand(batch, -1, -1), x], 1)
            x = x + self.pos_embed
            registers = self.register_tokens.expand(batch, -1, -1)
            x = torch.cat([x[:, :1], registers, x[:, 1:]], 1)
            return self.norm(self.blocks(x))

    return Vit()


def attention(kind):
    """A scope in which only that kind of attention is used."""
    from torch.nn.attention import SDPBackend, sdpa_kernel
    if kind == "cudnn":
        return sdpa_kernel(SDPBackend.CUDNN_ATTENTION)
    return contextlib.nullcontext()


def median_seconds(function, device, warmups, repeats):
    import torch

    def wait():
        if device.type == "cuda":
            torch.cuda.synchronize(device)

    for _ in range(warmups):
        function()
    seconds = []
    for _ in range(repeats):
        wait()
        start = time.perf_counter()
        function()
        wait()
        seconds.append(time.perf_counter() - start)
    return statistics.median_high(seconds)


def measure_row(row, shape, device, sizes):
    """Adds the figures to a row that names a case."""
    import torch
    _, side, _, warmups, repeats = sizes
    half = row["mode"] == "bf16"
    dtype = torch.bfloat16 if half else torch.float32
    if device.type == "cuda":
        torch.cuda.empty_cache()
        torch.cuda.reset_peak_memory_stats(device)
    torch.manual_seed(0)
    vit = make_vit(*shape, side).to(device, dtype).eval()
    if row["program"] == "compile":
        torch.compiler.reset()
        vit = torch.compile(vit)
    batch = row["batch"]
    images = torch.randn(batch, 3, side, side, device=device, dtype=dtype)
    cast = contextlib.nullcontext
    if not half:
        def cast():
            return torch.autocast(device.type, torch.bfloat16)

    def run():
        with cast():
            vit(images)

    with torch.inference_mode(), attention(row["sdpa"]):
        seconds = median_seconds(run, device, warmups, repeats)
    row["milliseconds"] = 1e3 * seconds
    row["images_per_second"] = batch / seconds
    row["peak_memory_mib"] = (
        torch.cuda.max_memory_allocated(device) / 2**20
        if device.type == "cuda" else 0)


def cases(models, batches, device, compiled):
    kinds = ["default"] + (["cudnn"] if device.type == "cuda" else [])
    for model in models:
        for mode in ("autocast", "bf16"):
            for sdpa in kinds:
                for batch in batches:
                    yield {"program": "eager", "model": model, "mode": mode,
                           "sdpa": sdpa, "batch": batch}
            # Compiling takes most of a minute: one size, one kind.
            if compiled:
                yield {"program": "compile", "model": model, "mode": mode,
                       "sdpa": "default", "batch": batches[-1]}


def pretrain_step(shape, row, device, sizes):
    """A function that takes a training step: cxr/train/pretrain/testdata's,
    in bfloat16 by autocast, with PyTorch's fused AdamW; noise for images."""
    import torch
    sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(
        __file__)), "../cxr/train/pretrain/testdata"))
    import reference
    width, depth, heads = shape
    side = sizes[1]
    local_side, hidden, bottleneck = (98, 2048, 256) if side == 518 else (
        42, 2048, 256)
    vit = dict(width=width, depth=depth, heads=heads, grid=side // PATCH,
               registers=REGISTERS)
    head = dict(layers=3, hidden=hidden, bottleneck=bottleneck,
                prototypes=row["prototypes"])

    def make():
        torch.manual_seed(0)
        network = reference.Network(vit, head, head)
        with torch.no_grad():
            for parameter in network.parameters():
                if parameter.dim() > 1:
                    parameter.normal_(0, 0.02)
        return network.to(device)

    step = reference.Step(make)
    if row["program"] == "compile":
        torch.compiler.reset()
        for network in (step.student, step.teacher):
            for block in network.backbone.blocks:
                block.compile()
    optimizer = torch.optim.AdamW(step.student.parameters(), lr=1e-4,
                                  weight_decay=0, fused=True)
    units = [list(c.parameters()) for c in step.student.children()]
    images = row["images"]
    patches = (side // PATCH) ** 2
    masks = torch.zeros(2 * images, patches, dtype=torch.bool)
    masked = patches // 3
    for i in range(0, 2 * images, 2):
        first = i % (patches - masked)
        masks[i, first:first + masked] = True
    batch = {
        "global": torch.randn(2 * images, 3, side, side, device=device),
        "local": torch.randn(8 * images, 3, local_side, local_side,
                             device=device),
        "masks": masks.to(device),
    }

    def run():
        with torch.autocast(device.type, torch.bfloat16):
            losses = step.losses(batch, 0.04)
        optimizer.zero_grad()
        sum(losses.values()).backward()
        for unit in units:
            torch.nn.utils.clip_grad_norm_(unit, 3.0, foreach=True)
        optimizer.step()
        step.move_teacher(0.999)

    return run


def measure_pretrain(models, device, sizes, compiled):
    import torch
    rows = []
    full = sizes is FULL
    for model, shape in models.items():
        for prototypes in (16384, 131072) if full else (64,):
            for program in ("eager", "compile") if compiled else ("eager",):
                row = {"program": program, "model": model,
                       "images": 32 if full else 2, "prototypes": prototypes}
                try:
                    if device.type == "cuda":
                        torch.cuda.empty_cache()
                        torch.cuda.reset_peak_memory_stats(device)
                    run = pretrain_step(shape, row, device, sizes)
                    seconds = median_seconds(run, device, sizes[3], sizes[4])
                    row["milliseconds"] = 1e3 * seconds
                    row["images_per_second"] = row["images"] / seconds
                    row["peak_memory_mib"] = (
                        torch.cuda.max_memory_allocated(device) / 2**20
                        if device.type == "cuda" else 0)
                except Exception as error:
                    row["error"] = str(error).splitlines()[0] if str(
                        error) else repr(error)
                rows.append(row)
                print(row, file=sys.stderr)
    return rows


def measure(args):
    import torch
    sizes = QUICK if args.quick else FULL
    models, side, batches, _, _ = sizes
    device = torch.device(args.device)
    cuda = device.type == "cuda"
    rows = []
    for row in cases(models, batches, device, not args.no_compile):
        try:
            measure_row(row, models[row["model"]], device, sizes)
        except Exception as error:  # a row that fails must not hide the others
            row["error"] = str(error).splitlines()[0] if str(error) else repr(
                error)
        rows.append(row)
        print(row, file=sys.stderr)
    report = {
        "program": "torch",
        "device": torch.cuda.get_device_name(device) if cuda else "cpu",
        "torch": torch.__version__,
        "cudnn": torch.backends.cudnn.version() if cuda else None,
        "forward": {"image_pixels": side, "rows": rows},
        "pretrain": {"rows": measure_pretrain(models, device, sizes,
                                              not args.no_compile)},
    }
    with open(args.out, "w", encoding="utf-8") as file:
        json.dump(report, file, indent=2)
        file.write("\n")


def read(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file)


def rows_of(report, part):
    return [dict({"program": report["program"]}, **row)
            for row in report.get(part, {}).get("rows", [])]


def figure(row):
    if "error" in row:
        return "failed"
    return f"{row['images_per_second']:.1f}"


def compare_part(a, b, part, names):
    form = "{:>10} " * len(names) + "{:>12} {:>12} {:8} {:>6} {:>7}"
    print(part)
    print(form.format(*names, "A images/s", "B images/s", "B by", "A/B",
                      "memory"))
    for x in rows_of(a, part):
        for y in rows_of(b, part):
            if any(x[name] != y[name] for name in names):
                continue
            speed = memory = "-"
            if "error" not in x and "error" not in y:
                ratio = x["images_per_second"] / y["images_per_second"]
                speed = f"{ratio:.2f}"
                if x["peak_memory_mib"] and y["peak_memory_mib"]:
                    ratio = x["peak_memory_mib"] / y["peak_memory_mib"]
                    memory = f"{ratio:.2f}"
            print(form.format(*[x[name] for name in names], figure(x),
                              figure(y), y["program"], speed, memory))


def compare(args):
    a, b = read(args.a), read(args.b)
    print(f"A {args.a}: {a['device']}, torch {a['torch']}")
    print(f"B {args.b}: {b['device']}, torch {b['torch']}")
    compare_part(a, b, "forward", ("model", "mode", "sdpa", "batch"))
    compare_part(a, b, "pretrain", ("model", "images", "prototypes"))


def main():
    parser = argparse.ArgumentParser(
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter)
    verbs = parser.add_subparsers(required=True)
    verb = verbs.add_parser("measure")
    verb.add_argument("--out", required=True)
    verb.add_argument("--device", default="cuda")
    verb.add_argument("--quick", action="store_true")
    verb.add_argument("--no-compile", action="store_true")
    verb.set_defaults(run=measure)
    verb = verbs.add_parser("compare")
    verb.add_argument("a")
    verb.add_argument("b")
    verb.set_defaults(run=compare)
    args = parser.parse_args()
    args.run(args)


if __name__ == "__main__":
    main()
