// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_DATA_SOURCE_CHEXMASK_LANDMARKS_H_
#define CXR_DATA_SOURCE_CHEXMASK_LANDMARKS_H_

#include <array>
#include <cstdint>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "cxr/data/image.h"
#include "cxr/data/table/rle.h"

// The outlines of organs as CheXmask lists them.

namespace cxr {

// Classes of a mask, as the released code numbers them; where organs overlap,
// the later one is seen.
inline constexpr std::array<absl::string_view, 3> kChexmaskOrgans = {
    "Left Lung", "Right Lung", "Heart"};

// 44 points around the right lung, 50 around the left, 26 around the heart.
inline constexpr int kChexmaskLandmarks = 120;

// The points of "[[395 178]\n [366 183] ...]", as numpy prints them with line
// ends in between, or of "395,178,366,183,...". InvalidArgument saying what is
// no whole number, or how many there are.
absl::StatusOr<std::vector<PolygonPoint>> ParseChexmaskLandmarks(
    absl::string_view text);

// Whether the text is of the first kind.
bool IsPrintedArray(absl::string_view text);

// Draws the organs that the points outline, each in the value of its class.
void DrawChexmaskLandmarks(const std::vector<PolygonPoint>& points,
                           GrayImage* mask);

}  // namespace cxr

#endif  // CXR_DATA_SOURCE_CHEXMASK_LANDMARKS_H_
