# Copyright 2026 The cxr Authors
# SPDX-License-Identifier: Apache-2.0
"""The random cases of the golden files; the twin of random_masks_testing.cc.

Versions: Python 3.11, numpy 1.26.4. Imported by the scripts beside it.
"""

import numpy as np

MASK = (1 << 64) - 1


class Draws:
    """SplitMix64."""

    def __init__(self, seed):
        self.state = seed & MASK

    def draw(self, n):
        self.state = (self.state + 0x9E3779B97F4A7C15) & MASK
        z = self.state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
        z ^= z >> 31
        return z % n


def draw_ellipse(height, width, draws):
    y, x = draws.draw(height), draws.draw(width)
    tall = 1 + draws.draw(1 + height // 2)
    wide = 1 + draws.draw(1 + width // 2)
    return ellipse(height, width, y, x, tall, wide)


def ellipse(height, width, y, x, tall, wide):
    rows, columns = np.mgrid[:height, :width]
    return (((rows - y) * wide) ** 2 + ((columns - x) * tall) ** 2
            <= (tall * wide) ** 2)


def draw_mask(height, width, draws):
    mask = np.zeros((height, width), bool)
    kind = draws.draw(12)
    if kind == 0:
        return mask
    if kind == 1:
        mask[:] = True
    elif kind == 2:
        eighths = 1 + draws.draw(7)
        mask[:] = np.reshape([draws.draw(8) < eighths
                              for _ in range(height * width)], mask.shape)
    elif kind == 3:
        top, left = draws.draw(height), draws.draw(width)
        bottom, right = top + draws.draw(height), left + draws.draw(width)
        mask[top:bottom + 1, left:right + 1] = True
    elif kind == 4:
        mask.flat[draws.draw(height * width)] = True
    else:
        mask |= draw_ellipse(height, width, draws)
        if kind >= 9:
            mask |= draw_ellipse(height, width, draws)
        if kind == 8:
            mask &= ~draw_ellipse(height, width, draws)
    return mask


def moved(mask, draws):
    down, right = draws.draw(5) - 2, draws.draw(5) - 2
    height, width = mask.shape
    padded = np.pad(mask, 2)
    return padded[2 - down:2 - down + height, 2 - right:2 - right + width]


def random_mask_pair(seed):
    """Predicted mask, true mask (bool), spacing (down, right)."""
    draws = Draws(seed)
    height, width = 1 + draws.draw(40), 1 + draws.draw(40)
    spacing = ((1 + draws.draw(20)) / 8, (1 + draws.draw(20)) / 10)
    truth = draw_mask(height, width, draws)
    predicted = (draw_mask(height, width, draws) if draws.draw(2) == 0
                 else moved(truth, draws))
    return predicted, truth, spacing if seed % 2 == 1 else (1.0, 1.0)


def random_labelled_images(seed):
    """Number of classes, list of (logits float32 (C, H, W), truth (H, W))."""
    draws = Draws(seed)
    classes = 2 + draws.draw(4)
    images = []
    for _ in range(1 + draws.draw(4)):
        height, width = 1 + draws.draw(16), 1 + draws.draw(16)
        truth = np.zeros((height, width), np.int64)
        noise = 1 + draws.draw(24)
        for c in range(classes):
            if c == 0 or draws.draw(3) > 0:
                truth[draw_ellipse(height, width, draws)] = c
        logits = np.empty((classes, height, width), np.float32)
        for c in range(classes):
            bias = -100 if c > 0 and draws.draw(3) == 0 else 0
            noises = np.reshape([draws.draw(noise)
                                 for _ in range(truth.size)], truth.shape)
            logits[c] = (bias + 8 * (truth == c) + noises) / 4
        images.append((logits, truth))
    return classes, images


def chest_labels(size, shift):
    labels = np.zeros((size, size), np.int64)
    y = size // 2 + shift
    labels[ellipse(size, size, y, size * 7 // 10 + shift, size // 3,
                   size // 6)] = 1
    labels[ellipse(size, size, y, size * 3 // 10 - shift, size // 3,
                   size // 6)] = 2
    labels[ellipse(size, size, y + size // 8, size * 11 // 20 + shift,
                   size // 6, size // 6)] = 3
    return labels
