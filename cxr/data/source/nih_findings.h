// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_DATA_SOURCE_NIH_FINDINGS_H_
#define CXR_DATA_SOURCE_NIH_FINDINGS_H_

#include <array>
#include <optional>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

// The findings of NIH ChestX-ray14 and how its tables write them.

namespace cxr {

// In alphabetical order, spelled as in the tables.
inline constexpr std::array<absl::string_view, 14> kNihFindings = {
    "Atelectasis",  "Cardiomegaly", "Consolidation", "Edema",
    "Effusion",     "Emphysema",    "Fibrosis",      "Hernia",
    "Infiltration", "Mass",         "Nodule",        "Pleural_Thickening",
    "Pneumonia",    "Pneumothorax",
};

// Place of `name` in kNihFindings; nothing if it is none of them.
std::optional<int> FindNihFinding(absl::string_view name);

// "Effusion|Mass" as one value for each of kNihFindings, kPositive if it stands
// there and kNegative if not; "No Finding" is negative throughout.
// DataLoss, saying what was found and expected, for another name, or for "No
// Finding" beside findings.
absl::StatusOr<std::vector<float>> ParseNihFindings(absl::string_view cell);

}  // namespace cxr

#endif  // CXR_DATA_SOURCE_NIH_FINDINGS_H_
