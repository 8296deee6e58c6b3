# Copyright 2026 The cxr Authors
# SPDX-License-Identifier: Apache-2.0
"""Writes testdata/png/*.png and what Pillow makes of them, pil_gray.csv.

Made with Pillow 12.0.0, numpy 1.26.4. From the workspace's root:
    python cxr/data/codec/testdata/make_png.py

The files are written by hand, not by Pillow, because Pillow writes neither
interlaced files nor 2-bit gray ones. gray16.png has no row: see make_png16.py.
"""

import os
import struct
import zlib

import numpy as np
from PIL import Image

WIDTH, HEIGHT = 13, 11
GRAY, RGB, PALETTE, GRAY_ALPHA, RGBA = 0, 2, 3, 4, 6
ADAM7 = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4),
         (1, 0, 2, 2), (0, 1, 1, 2)]


def chunk(kind, body):
    crc = zlib.crc32(kind + body)
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", crc)


def rows(samples, depth):
    """Scan lines of (H, W, C) samples, filter 0, packed to `depth` bits."""
    out = b""
    for row in samples:
        values = row.reshape(-1)
        if depth == 16:
            packed = values.astype(">u2").tobytes()
        else:
            bits = (values[:, None] >> np.arange(depth - 1, -1, -1)) & 1
            packed = np.packbits(bits.astype(np.uint8).reshape(-1)).tobytes()
        out += b"\0" + packed
    return out


def png(samples, kind, depth, chunks=b"", interlaced=False):
    if interlaced:
        data = b"".join(
            rows(samples[y::dy, x::dx], depth) for x, y, dx, dy in ADAM7
            if samples[y::dy, x::dx].size)
    else:
        data = rows(samples, depth)
    header = struct.pack(">IIBBBBB", samples.shape[1], samples.shape[0], depth,
                         kind, 0, 0, int(interlaced))
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunks +
            chunk(b"IDAT", zlib.compress(data, 9)) + chunk(b"IEND", b""))


def main():
    folder = os.path.join(os.path.dirname(os.path.abspath(__file__)), "png")
    rng = np.random.default_rng(20260101)

    def draw(depth, channels):
        return rng.integers(0, 1 << depth, (HEIGHT, WIDTH, channels))

    def draw_palette(colours):
        values = rng.integers(0, 256, 3 * colours).astype(np.uint8)
        return chunk(b"PLTE", values.tobytes())

    palette = draw_palette(256)
    few = draw_palette(4)
    gamma = chunk(b"gAMA", struct.pack(">I", 100000))
    files = {
        "gray1": png(draw(1, 1), GRAY, 1),
        "gray2": png(draw(2, 1), GRAY, 2),
        "gray4": png(draw(4, 1), GRAY, 4),
        "gray8": png(draw(8, 1), GRAY, 8),
        "gray8_interlaced": png(draw(8, 1), GRAY, 8, interlaced=True),
        "gray1_interlaced": png(draw(1, 1), GRAY, 1, interlaced=True),
        "gray8_transparent_level": png(draw(2, 1) + 100, GRAY, 8,
                                       chunk(b"tRNS", struct.pack(">H", 101))),
        "gray8_gamma_sbit": png(draw(8, 1), GRAY, 8,
                                gamma + chunk(b"sBIT", b"\x05")),
        "gray8_background": png(draw(8, 1), GRAY, 8,
                                chunk(b"bKGD", struct.pack(">H", 200))),
        "gray_alpha": png(draw(8, 2), GRAY_ALPHA, 8,
                          chunk(b"bKGD", struct.pack(">H", 200))),
        "gray_alpha_interlaced": png(draw(8, 2), GRAY_ALPHA, 8,
                                     interlaced=True),
        "palette1": png(draw(1, 1), PALETTE, 1, few),
        "palette2": png(draw(2, 1), PALETTE, 2, few),
        "palette4": png(draw(4, 1), PALETTE, 4, draw_palette(16)),
        "palette8": png(draw(8, 1), PALETTE, 8, palette),
        "palette8_transparent": png(draw(8, 1), PALETTE, 8, palette + chunk(
            b"tRNS", rng.integers(0, 256, 256).astype(np.uint8).tobytes())),
        "rgb": png(draw(8, 3), RGB, 8),
        "rgb_gamma": png(draw(8, 3), RGB, 8, gamma),
        "rgb_transparent_colour": png(draw(1, 3) * 255, RGB, 8, chunk(
            b"tRNS", struct.pack(">HHH", 255, 0, 255))),
        "rgba": png(draw(8, 4), RGBA, 8),
        "rgba_interlaced": png(draw(8, 4), RGBA, 8, interlaced=True),
        "one_pixel": png(draw(8, 1)[:1, :1], GRAY, 8),
        "gray16": png(draw(16, 1), GRAY, 16),
    }
    os.makedirs(folder, exist_ok=True)
    lines = ["file,width,height,pixels_hex"]
    for name in sorted(files):
        path = os.path.join(folder, name + ".png")
        with open(path, "wb") as out:
            out.write(files[name])
        if name != "gray16":
            image = Image.open(path).convert("L")
            lines.append(f"{name}.png,{image.width},{image.height},"
                         f"{image.tobytes().hex()}")
    with open(os.path.join(folder, "pil_gray.csv"), "w") as out:
        out.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
