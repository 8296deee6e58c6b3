# Copyright 2026 The cxr Authors
# SPDX-License-Identifier: Apache-2.0
"""Vision transformers of other packages, their weights filled by formula.py.

A parameter gets the values that the formula has for Vit's name of it, so Vit
filled by FillModuleByFormula holds the same numbers.
"""

import re

import formula
import numpy as np
import open_clip
import timm
import torch
from transformers import (Dinov2Config, Dinov2Model,
                          Dinov2WithRegistersConfig, Dinov2WithRegistersModel)

HUGGING_FACE = [
    (r"^embeddings\.position_embeddings$", "pos_embed"),
    (r"^embeddings\.patch_embeddings\.projection\.", "patch_embed.proj."),
    (r"^embeddings\.", ""),
    (r"^encoder\.layer\.", "blocks."),
    (r"\.attention\.o_proj\.", ".attn.proj."),
    (r"\.layer_scale([12])\.lambda1$", r".ls\1.gamma"),
    (r"^layernorm\.", "norm."),
]
TIMM = [(r"^reg_token$", "register_tokens")]
CLIP = [
    (r"^class_embedding$", "cls_token"),
    (r"^positional_embedding$", "pos_embed"),
    (r"^conv1\.", "patch_embed.proj."),
    (r"^ln_pre\.", "norm_pre."),
    (r"^ln_post\.", "norm."),
    (r"^transformer\.resblocks\.", "blocks."),
    (r"\.ln_([12])\.", r".norm\1."),
    (r"\.attn\.in_proj_", ".attn.qkv."),
    (r"\.attn\.out_proj\.", ".attn.proj."),
    (r"\.mlp\.c_fc\.", ".mlp.fc1."),
    (r"\.mlp\.c_proj\.", ".mlp.fc2."),
]
VITS = (r"^(cls_token|pos_embed|register_tokens|mask_token|"
        r"(patch_embed\.proj|norm_pre|norm|blocks\.\d+\."
        r"(norm[12]|attn\.(qkv|proj)|mlp\.fc[12]))\.(weight|bias)|"
        r"blocks\.\d+\.ls[12]\.gamma)$")


def values_of(name, shape, renames, scale):
    """The formula's values; query, key and value are thirds of attn.qkv."""
    for pattern, replacement in renames:
        name = re.sub(pattern, replacement, name)
    third = re.match(r"(.*)\.attention\.([qkv])_proj\.(.*)", name)
    if third:
        block, which, field = third.groups()
        name, shape = f"{block}.attn.qkv.{field}", (3 * shape[0], *shape[1:])
    assert re.match(VITS, name), name
    values = formula.fill_parameter(shape, name, scale)
    return np.split(values, 3)["qkv".index(which)] if third else values


def fill(model, renames, scale):
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            parameter.copy_(torch.from_numpy(
                values_of(name, tuple(parameter.shape), renames, scale)))
    return model.eval()


def hugging_face(width, depth, heads, registers, patch, grid, scale):
    common = dict(hidden_size=width, num_hidden_layers=depth, mlp_ratio=4,
                  num_attention_heads=heads, patch_size=patch,
                  image_size=patch * grid)
    model = (Dinov2WithRegistersModel(Dinov2WithRegistersConfig(
        num_register_tokens=registers, **common)) if registers
             else Dinov2Model(Dinov2Config(**common)))
    return fill(model, HUGGING_FACE, scale)


def timm_vit(name, scale, **changes):
    """A timm model. Without positions for the class token, it has it added."""
    model = timm.create_model(name, pretrained=False, num_classes=0,
                              dynamic_img_size=True, **changes)
    with torch.no_grad():
        if model.no_embed_class:
            width = model.embed_dim
            stored = model.pos_embed.shape[1]
            positions = torch.from_numpy(formula.fill_parameter(
                (1, 1 + stored, width), "pos_embed", scale))
            fill(model, TIMM, scale)
            model.pos_embed.copy_(positions[:, 1:])
            model.cls_token += positions[:, :1]
            return model
    return fill(model, TIMM, scale)


def clip(scale, **cfg):
    """OpenAI's CLIP as open_clip has it; ViT-B/32 without `cfg`."""
    model = (open_clip.model.CLIP(quick_gelu=True, **cfg) if cfg else
             open_clip.create_model("ViT-B-32-quickgelu"))
    projection, model.visual.proj = model.visual.proj, None
    fill(model.visual, CLIP, scale)
    model.visual.proj = projection
    return model.eval()


def hugging_face_tokens(model, images):
    """All tokens, before and after the final norm."""
    with torch.no_grad():
        out = model(images, output_hidden_states=True)
    return out.hidden_states[-1], out.last_hidden_state


def timm_tokens(model, images):
    before = []
    hook = model.norm.register_forward_pre_hook(
        lambda _, inputs: before.append(inputs[0]))
    with torch.no_grad():
        after = model.forward_features(images)
    hook.remove()
    return before[0], after


def clip_tokens(model, images):
    with torch.no_grad():
        before = model.visual.transformer(model.visual._embeds(images))
        return before, model.visual.ln_post(before)
