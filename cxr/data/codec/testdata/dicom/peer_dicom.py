# Copyright 2026 The cxr Authors
# SPDX-License-Identifier: Apache-2.0

"""Times pydicom over the files of ../../dicom_decoder_benchmark.cc: bytes in
memory to the 8 bits of the released preparation. With pydicom 3.0.2, numpy
2.4.6, pillow 12.0.0, python-gdcm 3.2.6 and pylibjpeg 2.1.0 with its decoders:

  python3 peer_dicom.py FOLDER [PROCESSES [SECONDS]]
"""

import io
import multiprocessing
import os
import sys
import time

import numpy as np
import pydicom
from pydicom.pixels import apply_voi_lut, pixel_array
from pydicom.uid import ExplicitVRLittleEndian


def decode(data, plugin):
    data_set = pydicom.dcmread(io.BytesIO(data))
    pixels = pixel_array(data_set, decoding_plugin=plugin)
    pixels = apply_voi_lut(pixels, data_set)
    if data_set.PhotometricInterpretation == "MONOCHROME1":
        pixels = np.amax(pixels) - pixels
    pixels = pixels - np.min(pixels)
    pixels = pixels / np.max(pixels)
    return (pixels * 255).astype(np.uint8)


def plain(data):
    data_set = pydicom.dcmread(io.BytesIO(data))
    data_set.decompress()
    # As the benchmark's file: without a window, MONOCHROME2.
    data_set.PhotometricInterpretation = "MONOCHROME2"
    del data_set.WindowCenter, data_set.WindowWidth
    out = io.BytesIO()
    data_set.save_as(out)
    assert data_set.file_meta.TransferSyntaxUID == ExplicitVRLittleEndian
    return out.getvalue()


def time_one(task):
    data, plugin, seconds = task
    decode(data, plugin)
    start, count = time.perf_counter(), 0
    while time.perf_counter() - start < seconds:
        decode(data, plugin)
        count += 1
    return count / (time.perf_counter() - start)


def read(folder, name):
    with open(os.path.join(folder, name), "rb") as file:
        return file.read()


def main():
    folder = sys.argv[1]
    processes = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    seconds = float(sys.argv[3]) if len(sys.argv) > 3 else 5
    jpeg_2000 = read(folder, "orig_rg1_chest_j2k_m1_15bit.dcm")
    jpeg = read(folder, "orig_cr_jpegbaseline_m2.dcm")
    cases = [("plain", plain(jpeg_2000), [""]),
             ("jpeg", jpeg, ["gdcm", "pillow", "pylibjpeg"]),
             ("jpeg2000", jpeg_2000, ["gdcm", "pillow", "pylibjpeg"])]
    with multiprocessing.Pool(processes) as pool:
        for name, data, plugins in cases:
            for plugin in plugins:
                tasks = [(data, plugin, seconds)] * processes
                rates = pool.map(time_one, tasks, chunksize=1)
                print(f"{name} {plugin} {sum(rates):.1f} images/s")


if __name__ == "__main__":
    main()
