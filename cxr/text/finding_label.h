// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_TEXT_FINDING_LABEL_H_
#define CXR_TEXT_FINDING_LABEL_H_

#include <array>

#include "absl/strings/string_view.h"

// The 14 labels of CheXpert and MIMIC-CXR, and what a report says of one.

namespace cxr {

// In the order of CheXpert's tables.
enum class FindingLabel {
  kNoFinding,
  kEnlargedCardiomediastinum,
  kCardiomegaly,
  kLungOpacity,
  kLungLesion,
  kEdema,
  kConsolidation,
  kPneumonia,
  kAtelectasis,
  kPneumothorax,
  kPleuralEffusion,
  kPleuralOther,
  kFracture,
  kSupportDevices,
};

inline constexpr std::array<absl::string_view, 14> kFindingLabelNames = {
    "No Finding",       "Enlarged Cardiomediastinum",
    "Cardiomegaly",     "Lung Opacity",
    "Lung Lesion",      "Edema",
    "Consolidation",    "Pneumonia",
    "Atelectasis",      "Pneumothorax",
    "Pleural Effusion", "Pleural Other",
    "Fracture",         "Support Devices",
};

// From weak to strong: of several mentions the strongest counts.
enum class MentionState { kBlank, kNegative, kUncertain, kPositive };

}  // namespace cxr

#endif  // CXR_TEXT_FINDING_LABEL_H_
