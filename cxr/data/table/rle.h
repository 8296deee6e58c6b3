// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_DATA_TABLE_RLE_H_
#define CXR_DATA_TABLE_RLE_H_

#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "cxr/data/image.h"

// Masks as run lengths: "start length start length ...", starts counted from 1
// row by row over (height, width), ascending, runs not overlapping. CheXmask
// publishes its masks so.

namespace cxr {

// Sets the pixels of the runs in `text` to `value`; others stay. `mask` has its
// size. InvalidArgument saying which run is wrong (no number, odd count, start
// below 1, length below 1, beyond the image, not ascending); the mask is then
// unchanged or partly drawn.
absl::Status DrawRle(absl::string_view text, uint8_t value, GrayImage* mask);

// The runs of the pixels equal to `value`.
std::string EncodeRle(const GrayImage& mask, uint8_t value);

// A corner of a polygon, in pixels.
struct PolygonPoint {
  int x = 0;
  int y = 0;
};

// Sets the pixels inside of the closed polygon, and on its border, to `value`;
// where its sides cross, what lies between an odd crossing and the next of a
// row is inside. Corners outside of the mask are allowed; one more than 2^20
// pixels off counts as that far off. Fewer than three points draw what they
// are: nothing, a pixel, a line.
//
// Equal in every pixel to cv2.fillPoly (8-connected) of OpenCV 4.14 and 5.0.
void FillPolygon(absl::Span<const PolygonPoint> points, uint8_t value,
                 GrayImage* mask);

}  // namespace cxr

#endif  // CXR_DATA_TABLE_RLE_H_
