// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_DATA_INSPECT_LETTERING_H_
#define CXR_DATA_INSPECT_LETTERING_H_

#include "absl/strings/string_view.h"
#include "cxr/data/image.h"

// Words in pictures, in letters of 5 x 7 pixels.

namespace cxr {

inline constexpr int kLetterWidth = 6;   // pixels, with the gap to the next
inline constexpr int kLetterHeight = 9;  // pixels, with the gap below

// Writes `text` in white with its top left corner at (x, y). Small letters are
// written as capitals, signs without a letter as an empty box; what lies
// outside of the image is cut off.
void WriteText(absl::string_view text, int x, int y, RgbImage* image);

}  // namespace cxr

#endif  // CXR_DATA_INSPECT_LETTERING_H_
