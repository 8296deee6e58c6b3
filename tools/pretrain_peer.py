# Copyright 2026 The cxr Authors
# SPDX-License-Identifier: Apache-2.0
"""Times a training loop as the released code has it, on a CPU.

  pretrain_peer.py --model=s --images=FOLDER [--workers=2]
  pretrain_peer.py --model=s                  (noise for images: steps alone)

The settings are those of experiments/pretrain/base_s and base_b. Around the
network of cxr/train/pretrain/testdata/reference.py stands what the released code
does each step (paper sections 2.3 to 2.7): images opened by PIL, equalised by
OpenCV and cropped by torchvision in worker processes, three channels each; block
masks drawn while the batch is put together; student and teacher called for one
size of crops at a time; losses pair by pair; gradients clipped by submodule;
torch.optim.AdamW (foreach); the moving average by foreach; all losses read every
step. Prints the median seconds of a step as JSON.

torch 2.11.0, torchvision 0.26, Pillow 12.0, opencv-python-headless 5.0, numpy.
"""

import argparse
import json
import math
import os
import random
import statistics
import sys
import time

import numpy as np
import torch

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)),
                                "../cxr/train/pretrain/testdata"))
import reference  # noqa: E402

MODELS = {"s": dict(width=96, depth=4, heads=3),
          "b": dict(width=192, depth=6, heads=6)}
GLOBAL, LOCAL, LOCAL_COUNT, PATCH, IMAGES = 112, 56, 2, 14, 64
GRID = GLOBAL // PATCH
HEAD = dict(layers=3, hidden=512, bottleneck=64, prototypes=256)
RATE, DECAY, CLIP, MOMENTUM = 1e-3, 0.04, 3.0, 0.99
STUDENT_TEMPERATURE, TEACHER_TEMPERATURE = 0.1, 0.04


class Crops(torch.utils.data.Dataset):
    """Two global and the local crops of each image of a folder."""

    def __init__(self, folder, steps):
        from torchvision import transforms as t
        self.files = sorted(
            os.path.join(root, name) for root, _, names in os.walk(folder)
            for name in names if name.endswith((".jpg", ".png")))
        if not self.files:
            raise SystemExit(f"{folder}: has no .jpg and no .png")
        self.length = steps * IMAGES
        self.grey = t.Grayscale(num_output_channels=3)

        def pipeline(size, scale):
            return t.Compose([
                t.RandomResizedCrop(
                    size, scale=scale, ratio=(3 / 4, 4 / 3),
                    interpolation=t.InterpolationMode.BICUBIC),
                t.RandomApply([t.ColorJitter(brightness=0.2, contrast=0.2)],
                              p=0.8),
                t.ToTensor(),
                t.Normalize((0.485, 0.456, 0.406), (0.229, 0.224, 0.225)),
            ])

        self.large = pipeline(GLOBAL, (0.6, 1.0))
        self.small = pipeline(LOCAL, (0.2, 0.6))

    def __len__(self):
        return self.length

    def __getitem__(self, index):
        import cv2
        from PIL import Image
        with Image.open(self.files[index % len(self.files)]) as file:
            grey = np.asarray(file.convert("L"))
        image = self.grey(Image.fromarray(cv2.equalizeHist(grey)))
        return ([self.large(image) for _ in range(2)],
                [self.small(image) for _ in range(LOCAL_COUNT)])


def block_mask(target):
    """A mask of blocks of about `target` patches of the grid (section 2.4)."""
    mask = np.zeros((GRID, GRID), bool)
    while mask.sum() < target:
        most = target - int(mask.sum())
        for _ in range(10):
            area = random.uniform(4, max(4, most))
            aspect = math.exp(random.uniform(math.log(0.3), -math.log(0.3)))
            height = round(math.sqrt(area * aspect))
            width = round(math.sqrt(area / aspect))
            if not (0 < height < GRID and 0 < width < GRID):
                continue
            top = random.randint(0, GRID - height)
            left = random.randint(0, GRID - width)
            block = mask[top:top + height, left:left + width]
            if 0 < block.size - block.sum() <= most:
                block[:] = True
                break
        else:
            break
    return mask


def draw_masks():
    """Of 2 IMAGES crops, half of which have a mask."""
    crops = 2 * IMAGES
    masked = crops // 2
    edges = np.linspace(0.1, 0.5, masked + 1)
    masks = [block_mask(int(GRID * GRID * random.uniform(low, high)))
             for low, high in zip(edges, edges[1:])]
    masks += [np.zeros((GRID, GRID), bool)] * (crops - masked)
    random.shuffle(masks)
    return torch.from_numpy(np.stack(masks)).flatten(1)


def collate(samples):
    return {
        "global": torch.stack([s[0][i] for i in range(2) for s in samples]),
        "local": torch.stack([s[1][i] for i in range(LOCAL_COUNT)
                              for s in samples]),
        "masks": draw_masks(),
    }


def noise(steps):
    batch = {
        "global": torch.randn(2 * IMAGES, 3, GLOBAL, GLOBAL),
        "local": torch.randn(LOCAL_COUNT * IMAGES, 3, LOCAL, LOCAL),
    }
    for _ in range(steps):
        yield dict(batch, masks=draw_masks())


def batches(args, steps):
    if args.images is None:
        return noise(steps)
    return torch.utils.data.DataLoader(
        Crops(args.images, steps), batch_size=IMAGES, shuffle=True,
        num_workers=args.workers, collate_fn=collate, drop_last=True)


def make_step(model):
    torch.manual_seed(0)
    vit = dict(MODELS[model], grid=GRID, registers=4)

    def make():
        network = reference.Network(vit, HEAD, HEAD)
        with torch.no_grad():
            for parameter in network.parameters():
                if parameter.dim() > 1:
                    parameter.normal_(0, 0.02)
        return network

    step = reference.Step(make, centering="sinkhorn")
    groups = {}
    for parameter, factor, decay, prototype in reference.parameter_groups(
            step.student, vit["depth"], 1.0, 0.2):
        groups.setdefault((factor, decay, prototype), []).append(parameter)
    optimizer = torch.optim.AdamW(
        [dict(params=p, lr=RATE * factor, weight_decay=DECAY * decay)
         for (factor, decay, _), p in groups.items()],
        betas=(0.9, 0.999), foreach=True)
    units = [list(child.parameters()) for child in step.student.children()]

    def run(batch):
        optimizer.zero_grad(set_to_none=True)
        losses = step.losses(batch, TEACHER_TEMPERATURE, STUDENT_TEMPERATURE)
        sum(losses.values()).backward()
        for unit in units:
            torch.nn.utils.clip_grad_norm_(unit, CLIP)
        optimizer.step()
        step.move_teacher(MOMENTUM)
        values = {name: value.item() for name, value in losses.items()}
        if any(math.isnan(value) for value in values.values()):
            raise SystemExit(f"the losses are not finite: {values}")

    return run


def main():
    parser = argparse.ArgumentParser(
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", choices=sorted(MODELS), required=True)
    parser.add_argument("--images")
    parser.add_argument("--steps", type=int, default=20)
    parser.add_argument("--warmup", type=int, default=3)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--workers", type=int, default=2)
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    run = make_step(args.model)
    seconds = []
    last = time.perf_counter()
    for batch in batches(args, args.warmup + args.steps):
        run(batch)
        now = time.perf_counter()
        seconds.append(now - last)
        last = now
    print(json.dumps({
        "model": args.model,
        "images": args.images,
        "torch": torch.__version__,
        "threads": args.threads,
        "workers": args.workers if args.images else 0,
        "seconds_a_step": statistics.median(seconds[args.warmup:]),
    }))


if __name__ == "__main__":
    main()
