# Copyright 2026 The cxr Authors
# SPDX-License-Identifier: Apache-2.0
"""Times what adamw_benchmark.cc times, by PyTorch.

torch 2.11.0. Usage:
    python adamw_peer.py THREADS

clip_grad_norm_, torch.optim.AdamW (fused and foreach) and a moving average by
foreach operations over each of the parameters; milliseconds of processor time,
the least of many calls, for which a busy machine matters least.
"""

import sys
import time

import torch

DEPTH, WIDTH = 12, 384


def shapes():
    yield from [("cls_token", (1, 1, WIDTH)), ("pos_embed", (1, 1370, WIDTH)),
                ("register_tokens", (1, 4, WIDTH)), ("mask_token", (1, WIDTH))]

    def linear(name, out, inputs):
        return [(name + ".weight", (out, inputs)), (name + ".bias", (out,))]

    yield from linear("patch_embed.proj", WIDTH, 3 * 14 * 14)
    for i in range(DEPTH):
        for name in ("norm1.weight", "norm1.bias", "ls1.gamma",
                     "norm2.weight", "norm2.bias", "ls2.gamma"):
            yield f"blocks.{i}.{name}", (WIDTH,)
        yield from linear(f"blocks.{i}.attn.qkv", 3 * WIDTH, WIDTH)
        yield from linear(f"blocks.{i}.attn.proj", WIDTH, WIDTH)
        yield from linear(f"blocks.{i}.mlp.fc1", 4 * WIDTH, WIDTH)
        yield from linear(f"blocks.{i}.mlp.fc2", WIDTH, 4 * WIDTH)
    yield from [("norm.weight", (WIDTH,)), ("norm.bias", (WIDTH,))]


def groups(tensors):
    by_rule = {}
    for name, tensor in tensors.items():
        plain = (name.endswith("bias") or "norm" in name or "gamma" in name)
        rule = (0.2 if "patch_embed" in name else 1, 0 if plain else 0.04)
        by_rule.setdefault(rule, []).append(tensor)
    return [{"params": members, "lr": 1e-4 * rate, "weight_decay": decay}
            for (rate, decay), members in by_rule.items()]


def milliseconds(function, seconds=5):
    for _ in range(3):
        function()
    times, end = [], time.perf_counter() + seconds
    while time.perf_counter() < end:
        start = time.process_time()
        function()
        times.append(1e3 * (time.process_time() - start))
    return min(times)


def main():
    torch.set_num_threads(int(sys.argv[1]))
    for kind in ("fused", "foreach"):
        torch.manual_seed(0)
        tensors = {name: torch.empty(shape).uniform_(-0.02, 0.02)
                   for name, shape in shapes()}
        students = list(tensors.values())
        teachers = [torch.zeros_like(tensor) for tensor in students]
        for tensor in students:
            tensor.requires_grad_()
            tensor.grad = torch.empty_like(tensor).uniform_(-0.02, 0.02)
        optimizer = torch.optim.AdamW(groups(tensors), **{kind: True})

        def clip():
            torch.nn.utils.clip_grad_norm_(students, 3.0, foreach=True)

        @torch.no_grad()
        def average():
            torch._foreach_mul_(teachers, 0.999)
            torch._foreach_add_(teachers, students, alpha=0.001)

        def everything():
            clip()
            optimizer.step()
            average()

        count = sum(tensor.numel() for tensor in students)
        print(f"{kind}, {count} parameters, {sys.argv[1]} threads: "
              f"all {milliseconds(everything):.1f} ms, "
              f"clip {milliseconds(clip):.1f}, "
              f"AdamW {milliseconds(optimizer.step):.1f}, "
              f"average {milliseconds(average):.1f}")


main()
