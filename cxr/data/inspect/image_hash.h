// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_DATA_INSPECT_IMAGE_HASH_H_
#define CXR_DATA_INSPECT_IMAGE_HASH_H_

#include <array>
#include <cstdint>
#include <vector>

#include "absl/types/span.h"
#include "cxr/data/image.h"

// Which images are the same picture, though coded, scaled or windowed
// otherwise: RSNA's are JPEGs of images of NIH-CXR8.

namespace cxr {

// What of an image is compared. 1.1 kB, so that 112,120 images take 120 MB.
struct ImageHash {
  // A bit each of 16 x 16 places: whether the mean of the cell to the right is
  // brighter than that of the cell itself, on a grid of 17 x 16 cells.
  std::array<uint64_t, 4> bits = {};
  // The means of 32 x 32 cells, by their rank among these: 0 to 255. Like the
  // bits it stays if gray levels are changed by a rising function.
  std::array<uint8_t, 32 * 32> ranks = {};
  bool flat = false;  // One level alone: the same as no other picture.
};

// `image` holds at least one pixel.
ImageHash HashOf(const GrayImage& image);

// Bits in which two hashes differ, 0 to 256.
int BitsApart(const ImageHash& a, const ImageHash& b);

// Mean difference of the ranks, 0 to 255.
double RanksApart(const ImageHash& a, const ImageHash& b);

// Whether both say that it is one picture: at most kSameBits apart, and by at
// most kSameRanks. Measured: copies that were scaled, equalised or coded as
// JPEG of quality 75 are up to 8 bits and 2.1 ranks apart; of the 499,500 pairs
// of thumbnails in samples/nih64 the nearest are 17 bits apart, and those up to
// 40 bits apart at least 10 ranks.
inline constexpr int kSameBits = 16;
inline constexpr double kSameRanks = 4.0;
bool IsSamePicture(const ImageHash& a, const ImageHash& b);

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
