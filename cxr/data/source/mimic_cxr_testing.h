// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_DATA_SOURCE_MIMIC_CXR_TESTING_H_
#define CXR_DATA_SOURCE_MIMIC_CXR_TESTING_H_

#include <cstdint>

#include "absl/strings/string_view.h"

// What it costs to read tables as long as those of MIMIC-CXR-JPG, or longer.

namespace cxr {

// Writes the three tables, compressed as they are published, of `images` images
// to `folder`: as many studies and subjects an image as the real ones have
// (377,110 images, 227,835 studies, 65,379 subjects) and ids of their form.
void WriteMimicCxrTables(absl::string_view folder, int images);

// What ReadMimicCxr needs of memory at once to read `folder`, in bytes, and how
// many images it finds. Measured in a process of its own.
struct ReadingCost {
  int64_t peak_bytes = 0;
  int64_t images = 0;
};
ReadingCost CostOfReadingMimicCxr(absl::string_view folder);

}  // namespace cxr

#endif  // CXR_DATA_SOURCE_MIMIC_CXR_TESTING_H_
