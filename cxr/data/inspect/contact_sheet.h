// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_DATA_INSPECT_CONTACT_SHEET_H_
#define CXR_DATA_INSPECT_CONTACT_SHEET_H_

#include <optional>
#include <string>
#include <vector>

#include "cxr/data/image.h"
#include "cxr/data/index/image_index.h"

// Many images on one sheet, for a person to look at.

namespace cxr {

struct SheetCell {
  GrayImage image = {};  // empty: an empty frame
  // Of the image's size: a colour a class lies over the image.
  std::optional<GrayImage> mask = {};
  std::vector<FindingBox> boxes = {};      // drawn as frames
  std::vector<std::string> captions = {};  // lines below, cut to the width
};

struct SheetOptions {
  int columns = 6;
  int cell_pixels = 224;  // side of the square into which an image is fitted
};

// The cells row by row, each image in proportion. No cells: an empty image.
RgbImage MakeContactSheet(const std::vector<SheetCell>& cells,
                          const SheetOptions& options);

}  // namespace cxr

#endif  // CXR_DATA_INSPECT_CONTACT_SHEET_H_
