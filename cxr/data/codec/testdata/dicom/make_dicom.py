# Copyright 2026 The cxr Authors
# SPDX-License-Identifier: Apache-2.0

"""Makes dicom.csv and the files made_*.dcm. With pydicom 3.0.2, numpy 2.4.6
and python-gdcm 3.2.6, from the folder of the shared samples (manifest.csv):

  python3 make_dicom.py real_cxr OUT

dicom.csv: for each sample that OUT has too the sha256 of its stored values, as
words of 16 bits, little endian, first row first, and that of the 8 bits that
the released preparation makes of them by pydicom's apply_voi_lut. The values
are those of the reference ref_*.pgm that came with the sample or, of an
uncompressed file, its own bytes; no DICOM codec takes part. But of the original
compressed files they are pydicom's with python-gdcm and with pillow 12.0.0,
which must agree.

made_e_*.dcm: E_bitsstored_too_small.dcm, whose 14 bits BitsStored states as
12, compressed; made_f_*.dcm: F_signed_padding.dcm with BitsStored 13, signed,
compressed. A compressed file holds the same values.
"""

import hashlib
import os
import sys

import gdcm
import numpy as np
import pydicom
from pydicom.pixels import apply_voi_lut, pixel_array

JPEG = gdcm.TransferSyntax.JPEGLosslessProcess14
JPEG_2000 = gdcm.TransferSyntax.JPEG2000Lossless


def digest(values):
    return hashlib.sha256(values.tobytes()).hexdigest()


def gray_of(values, data_set):
    data = apply_voi_lut(values, data_set)
    if data_set.PhotometricInterpretation == "MONOCHROME1":
        data = np.amax(data) - data
    data = data - np.min(data)
    data = data / np.max(data)
    return (data * 255).astype(np.uint8)


def read_pgm(path):
    with open(path, "rb") as file:
        data = file.read()
    magic, width, height, largest, rest = data.split(maxsplit=4)
    # The last separator is one byte; a pixel may look like another.
    start = data.index(largest, 2 + len(width) + len(height)) + len(largest) + 1
    kind = "u1" if int(largest) < 256 else ">u2"
    words = np.frombuffer(data[start:], kind)
    assert magic == b"P5" and words.size == int(width) * int(height), path
    return words


def reference_of(folder, name):
    own = os.path.join(folder, "ref_" + name[:-4] + ".pgm")
    lossless = {"A_": "ref_A_8bit.pgm", "B_": "ref_B_12bit.pgm"}
    if os.path.exists(own):
        return read_pgm(own)
    if name[:2] in lossless:
        return read_pgm(os.path.join(folder, lossless[name[:2]]))
    path = os.path.join(folder, name)
    data_set = pydicom.dcmread(path)
    if data_set.file_meta.TransferSyntaxUID.is_compressed:
        plugins = ["gdcm", "pillow"]
        first, *rest = [pixel_array(path, decoding_plugin=p) for p in plugins]
        assert all(np.array_equal(first, other) for other in rest), name
        return first
    kind = "<i2" if data_set.PixelRepresentation else "<u2"
    return np.frombuffer(data_set.PixelData, kind)


def set_bits(source, target, bits):
    data_set = pydicom.dcmread(source)
    data_set.BitsStored, data_set.HighBit = bits, bits - 1
    data_set.save_as(target)


def compress(source, target, syntax):
    reader = gdcm.ImageReader()
    reader.SetFileName(source)
    assert reader.Read(), source
    change = gdcm.ImageChangeTransferSyntax()
    change.SetTransferSyntax(gdcm.TransferSyntax(syntax))
    change.SetInput(reader.GetImage())
    assert change.Change(), target
    writer = gdcm.ImageWriter()
    writer.SetFile(reader.GetFile())
    writer.SetImage(change.GetOutput())
    writer.SetFileName(target)
    assert writer.Write(), target


# The bits are the true ones while the encoder looks.
def make(source, target, syntax, true_bits, stated_bits):
    set_bits(source, target, true_bits)
    compress(target, target, syntax)
    set_bits(target, target, stated_bits)


def main():
    folder, out = os.path.join(sys.argv[1], "dicom"), sys.argv[2]
    e = os.path.join(folder, "E_bitsstored_too_small.dcm")
    f = os.path.join(folder, "F_signed_padding.dcm")
    make(e, os.path.join(out, "made_e_jpeg_lossless57.dcm"), JPEG, 14, 12)
    make(e, os.path.join(out, "made_e_j2k90.dcm"), JPEG_2000, 14, 12)
    make(f, os.path.join(out, "made_f_jpeg_lossless57.dcm"), JPEG, 13, 13)
    lines = ["file,stored_sha256,gray_sha256"]
    for name in sorted(os.listdir(folder)):
        copied = os.path.exists(os.path.join(out, name))
        if copied and name.endswith(".dcm") and not name.startswith("X_"):
            values = reference_of(folder, name)
            data_set = pydicom.dcmread(os.path.join(folder, name))
            words = values.astype("<i2" if values.dtype.kind == "i" else "<u2")
            gray = gray_of(words, data_set)
            lines.append(",".join([name, digest(words), digest(gray)]))
    with open(os.path.join(out, "dicom.csv"), "w") as file:
        file.write("\n".join(lines) + "\n")


main()
