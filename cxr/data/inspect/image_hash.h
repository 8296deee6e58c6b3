// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_DATA_INSPECT_IMAGE_HASH_H_
#define CXR_DATA_INSPECT_IMAGE_HASH_H_

#include <array>
#include <cstdint>
#include <vector>

#include "absl/types/span.h"
#include "cxr/data/image/image.h"

// Which images are the same picture, though coded, scaled or windowed
// otherwise: RSNA's are JPEGs of images of NIH-CXR8.

namespace cxr {

// A bit each of 16 x 16 places: whether the mean of the cell to the right is
// brighter than that of the cell itself, on a grid of 17 x 16 cells. Gray
// levels may be changed by any rising function and little changes. `image`
// holds at least one pixel.
using ImageHash = std::array<uint64_t, 4>;
ImageHash HashOf(const GrayImage& image);

// Bits in which two hashes differ, 0 to 256.
int Distance(const ImageHash& a, const ImageHash& b);

// The largest distance at which images count as the same.
inline constexpr int kSameImageBits = 12;

// Pairs of places in `a` and `b` whose images are the same, by place in `a`.
struct ImagePair {
  int a = 0;
  int b = 0;
  bool operator==(const ImagePair&) const = default;
};
std::vector<ImagePair> FindSameImages(absl::Span<const ImageHash> a,
                                      absl::Span<const ImageHash> b,
                                      int threads);

}  // namespace cxr

#endif  // CXR_DATA_INSPECT_IMAGE_HASH_H_
