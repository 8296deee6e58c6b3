# Copyright 2026 The cxr Authors
# SPDX-License-Identifier: Apache-2.0
"""Takes out of wheels what a C++ program needs of LibTorch.

Usage: unpack_wheels.py FOLDER WHEEL...

Writes FOLDER/include, FOLDER/lib and FOLDER/licenses.
"""

import os
import re
import shutil
import sys
import zipfile

# Where a file of a wheel goes; all others stay behind. The wheel also holds old
# google/protobuf headers, which must not hide the system's.
PLACES = (
    (r"torch/(include/(?:ATen|c10|torch|caffe2)/.*\.(?:h|hpp))", r"\1"),
    (r"torch/(lib/(?:libtorch_cpu\.so|libc10\.so|libgomp\.so\.1))", r"\1"),
    (r"nvidia/cu13/(lib/(?:libcudart|libcupti)\.so\.13)", r"\1"),
    (r"([^/]+)\.dist-info/licenses/(.*[^/])", r"licenses/\1/\2"),
)


def place(name):
  """Returns the path in the folder of a wheel's file, or None."""
  for pattern, target in PLACES:
    match = re.fullmatch(pattern, name)
    if match:
      return match.expand(target)
  return None


def main(folder, wheels):
  for wheel in wheels:
    with zipfile.ZipFile(wheel) as archive:
      for name in archive.namelist():
        target = place(name)
        if target is None:
          continue
        path = os.path.join(folder, target)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with archive.open(name) as source, open(path, "wb") as sink:
          shutil.copyfileobj(source, sink, 1 << 20)


if __name__ == "__main__":
  main(sys.argv[1], sys.argv[2:])
