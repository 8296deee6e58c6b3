# Copyright 2026 The cxr Authors
# SPDX-License-Identifier: Apache-2.0
"""A training step of DINOv2 in plain PyTorch, from the published formulas.

What make_ten_steps_golden.py compares with and tools/gpu_peer times: the
straightforward way, an operator for each line of the formulas, autograd, and
torch.optim.AdamW. Parameters are called as in cxr. torch 2.11.0.
"""

import math

import torch
from torch import nn
from torch.nn import functional as F


class Block(nn.Module):

    def __init__(self, width, heads, mlp_ratio=4):
        super().__init__()
        self.heads = heads
        self.norm1 = nn.LayerNorm(width, eps=1e-6)
        self.attn = nn.Module()
        self.attn.qkv = nn.Linear(width, 3 * width)
        self.attn.proj = nn.Linear(width, width)
        self.ls1 = nn.Module()
        self.ls1.gamma = nn.Parameter(torch.ones(width))
        self.norm2 = nn.LayerNorm(width, eps=1e-6)
        self.mlp = nn.Module()
        self.mlp.fc1 = nn.Linear(width, mlp_ratio * width)
        self.mlp.fc2 = nn.Linear(mlp_ratio * width, width)
        self.ls2 = nn.Module()
        self.ls2.gamma = nn.Parameter(torch.ones(width))

    def attend(self, x):
        b, n, c = x.shape
        qkv = self.attn.qkv(self.norm1(x)).reshape(
            b, n, 3, self.heads, c // self.heads).permute(2, 0, 3, 1, 4)
        mixed = F.scaled_dot_product_attention(qkv[0], qkv[1], qkv[2])
        mixed = mixed.transpose(1, 2).reshape(b, n, c)
        return self.ls1.gamma * self.attn.proj(mixed)

    def perceive(self, x):
        hidden = F.gelu(self.mlp.fc1(self.norm2(x)))
        return self.ls2.gamma * self.mlp.fc2(hidden)

    def forward(self, x, kept=None):
        """kept: of both branches, which images go through it, and a factor."""
        for i, branch in enumerate((self.attend, self.perceive)):
            if kept is None:
                x = x + branch(x)
            else:
                places, factor = kept[i]
                x = x.index_add(0, places, branch(x[places]).to(x.dtype),
                                alpha=factor)
        return x


def at_least_float32(x):
    return x.float() if x.dtype in (torch.float16, torch.bfloat16) else x


class Vit(nn.Module):

    def __init__(self, width, depth, heads, grid, registers, patch=14):
        super().__init__()
        self.grid, self.patch, self.registers = grid, patch, registers
        self.cls_token = nn.Parameter(torch.zeros(1, 1, width))
        self.pos_embed = nn.Parameter(torch.zeros(1, 1 + grid * grid, width))
        if registers:
            self.register_tokens = nn.Parameter(
                torch.zeros(1, registers, width))
        self.mask_token = nn.Parameter(torch.zeros(1, width))
        self.patch_embed = nn.Module()
        self.patch_embed.proj = nn.Conv2d(3, width, patch, patch)
        self.blocks = nn.ModuleList(Block(width, heads) for _ in range(depth))
        self.norm = nn.LayerNorm(width, eps=1e-6)

    def positions(self, rows):
        """As the released configurations leave it: no antialias, offset 0.1."""
        if rows == self.grid:
            return self.pos_embed
        width = self.pos_embed.shape[-1]
        grid = at_least_float32(self.pos_embed[:, 1:]).reshape(
            1, self.grid, self.grid, width).permute(0, 3, 1, 2)
        scale = (rows + 0.1) / self.grid
        grid = F.interpolate(grid, scale_factor=(scale, scale), mode="bicubic",
                             antialias=False)
        assert grid.shape[-1] == rows
        grid = grid.permute(0, 2, 3, 1).reshape(1, -1, width)
        return torch.cat([self.pos_embed[:, :1],
                          grid.to(self.pos_embed.dtype)], 1)

    def forward(self, images, masks=None, kept=None):
        """Class tokens (B, C) and patch tokens (B, N, C)."""
        x = self.patch_embed.proj(images).flatten(2).transpose(1, 2)
        if masks is not None:
            x = torch.where(masks.unsqueeze(-1),
                            self.mask_token.to(x.dtype).unsqueeze(0), x)
        x = torch.cat([self.cls_token.expand(x.shape[0], -1, -1), x], 1)
        x = x + self.positions(images.shape[-1] // self.patch)
        if self.registers:
            x = torch.cat([x[:, :1],
                           self.register_tokens.expand(x.shape[0], -1, -1),
                           x[:, 1:]], 1)
        for i, block in enumerate(self.blocks):
            x = block(x, None if kept is None else kept[i])
        x = self.norm(x)
        return x[:, 0], x[:, 1 + self.registers:]


class Head(nn.Module):

    def __init__(self, width, layers, hidden, bottleneck, prototypes):
        super().__init__()
        sizes = [width] + [hidden] * (layers - 1) + [bottleneck]
        parts = []
        for i in range(layers):
            if i:
                parts.append(nn.GELU())
            parts.append(nn.Linear(sizes[i], sizes[i + 1]))
        self.mlp = nn.Sequential(*parts) if layers > 1 else parts[0]
        self.last_layer = nn.Module()
        self.last_layer.weight_g = nn.Parameter(torch.ones(prototypes, 1))
        self.last_layer.weight_v = nn.Parameter(
            torch.zeros(prototypes, bottleneck))

    def forward(self, x):
        x = F.normalize(self.mlp(x), dim=-1, eps=1e-12)
        g = at_least_float32(self.last_layer.weight_g)
        v = at_least_float32(self.last_layer.weight_v)
        weight = g * v / v.norm(dim=1, keepdim=True)
        return F.linear(x, weight.to(x.dtype))


class Network(nn.Module):

    def __init__(self, vit, dino, ibot=None):
        super().__init__()
        self.backbone = Vit(**vit)
        self.dino_head = Head(vit["width"], **dino)
        if ibot is not None:
            self.ibot_head = Head(vit["width"], **ibot)

    def patch_head(self):
        return getattr(self, "ibot_head", self.dino_head)


def sinkhorn(logits, temperature, iterations=3):
    q = torch.exp(logits.double() / temperature).t()
    q = q / q.sum()
    for _ in range(iterations):
        q = q / q.sum(1, keepdim=True) / q.shape[0]
        q = q / q.sum(0, keepdim=True) / q.shape[1]
    return (q * q.shape[1]).t().to(logits.dtype)


def koleo(x, epsilon=1e-8):
    x = F.normalize(at_least_float32(x), dim=-1, eps=epsilon)
    dots = x @ x.t()
    dots.view(-1)[::len(x) + 1].fill_(-1)
    nearest = dots.argmax(1)
    distances = F.pairwise_distance(x, x[nearest], 2, eps=epsilon)
    return -torch.log(distances + epsilon).mean()


class Step:
    """Student, teacher and their losses; groups stand for processes."""

    def __init__(self, make, centering="ema", group=None, momentum=0.9):
        self.student, self.teacher = make(), make()
        self.teacher.load_state_dict(self.student.state_dict())
        self.teacher.requires_grad_(False)
        self.centering, self.group, self.momentum = centering, group, momentum
        self.centers = {}

    def targets(self, name, logits, temperature, group_means):
        logits = at_least_float32(logits)
        if self.centering == "sinkhorn":
            return sinkhorn(logits, temperature)
        center = self.centers.get(name, torch.zeros_like(logits[0]))
        answers = torch.softmax((logits - center) / temperature, -1)
        mean = torch.stack([part.mean(0) for part in group_means(logits)]
                           ).mean(0)
        self.centers[name] = center * self.momentum + mean * (1 -
                                                              self.momentum)
        return answers

    def losses(self, batch, temperature, student_temperature=0.1,
               koleo_weight=0.1):
        crops, local, masks = batch["global"], batch["local"], batch["masks"]
        images = crops.shape[0] // 2
        group = self.group or images
        groups = images // group
        local_count = local.shape[0] // images
        flat = masks.flatten()
        with torch.no_grad():
            cls, patches = self.teacher.backbone(crops)
            dino = self.targets("dino", self.teacher.dino_head(cls),
                                temperature, lambda z: [z])
            masked = patches.flatten(0, 1)[flat]
            counts = masks.view(groups, -1).sum(1).tolist()
            ibot = self.targets("ibot", self.teacher.patch_head()(masked),
                                temperature, lambda z: z.split(counts))
        kept_global, kept_local = batch.get("kept", (None, None))
        student_cls, student_patches = self.student.backbone(
            crops, masks, kept_global)
        local_cls, _ = self.student.backbone(local, kept=kept_local)

        def logs(z):
            return F.log_softmax(at_least_float32(z) / student_temperature, -1)

        def by_crop(x, crop_count):
            """(crop, image, ...) of rows that stand by group."""
            parts = x.view(groups, crop_count, group, -1).transpose(0, 1)
            return parts.reshape(crop_count, images, -1)

        t = by_crop(dino, 2)
        s_global = by_crop(logs(self.student.dino_head(student_cls)), 2)
        s_local = by_crop(logs(self.student.dino_head(local_cls)), local_count)
        terms = 2 + 2 * local_count
        losses = {}
        losses["dino_local"] = sum(
            -(t[i] * s_local[j]).sum(-1).mean()
            for i in range(2) for j in range(local_count)) / terms
        losses["dino_global"] = sum(
            -(t[1 - i] * s_global[i]).sum(-1).mean() for i in range(2)) / terms
        weights = (1 / masks.sum(1).clamp(min=1).to(ibot.dtype)).unsqueeze(
            1).expand_as(masks)[masks]
        patch_logs = logs(self.student.patch_head()(
            student_patches.flatten(0, 1)[flat]))
        losses["ibot"] = -((ibot * patch_logs).sum(-1) *
                           weights).sum() / (2 * images)
        losses["koleo"] = koleo_weight * sum(
            koleo(part) for part in student_cls.split(group)) / groups
        return losses

    def move_teacher(self, momentum):
        with torch.no_grad():
            mine, theirs = (list(self.teacher.parameters()),
                            list(self.student.parameters()))
            torch._foreach_mul_(mine, momentum)
            torch._foreach_add_(mine, theirs, alpha=1 - momentum)


def parameter_groups(network, depth, layer_decay, patch_multiplier):
    """(parameters, lr factor, weight decay factor, prototypes?) of each."""
    for name, parameter in network.named_parameters():
        layer = depth + 1
        if name.startswith("backbone."):
            if ".blocks." in name:
                layer = int(name.split(".blocks.")[1].split(".")[0]) + 1
            elif any(part in name for part in (
                    "pos_embed", "patch_embed", "mask_token", "cls_token",
                    "register_tokens")):
                layer = 0
        factor = layer_decay**(depth + 1 - layer)
        if "patch_embed" in name:
            factor *= patch_multiplier
        no_decay = (name.endswith("bias") or "norm" in name or "gamma" in name)
        yield parameter, factor, 0.0 if no_decay else 1.0, "last_layer" in name


def cosine(step, total, start, end, warmup=0, warmup_start=0.0):
    if step < warmup:
        return warmup_start + (start - warmup_start) * step / (warmup - 1)
    done = (step - warmup) / (total - warmup)
    return end + 0.5 * (start - end) * (1 + math.cos(math.pi * done))
