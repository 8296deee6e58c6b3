// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef TOOLS_SCORE_SEGMENTATION_H_
#define TOOLS_SCORE_SEGMENTATION_H_

#include "absl/status/status.h"

namespace cxr {

// Scores the label maps of --pred against those of --truth as the other flags
// say, and prints what was found.
absl::Status ScoreSegmentationFolders();

}  // namespace cxr

#endif  // TOOLS_SCORE_SEGMENTATION_H_
