// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef TOOLS_SCORE_CLASSIFICATION_H_
#define TOOLS_SCORE_CLASSIFICATION_H_

#include "absl/status/status.h"

namespace cxr {

// Scores --scores against --labels as the other flags say, and prints what was
// found.
absl::Status ScoreClassificationFiles();

}  // namespace cxr

#endif  // TOOLS_SCORE_CLASSIFICATION_H_
