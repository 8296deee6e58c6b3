// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/source/nih_findings.h"

#include <algorithm>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "cxr/data/index/image_index.h"

namespace cxr {
namespace {

constexpr char kNoFinding[] = "No Finding";

absl::Status Unexpected(absl::string_view found, absl::string_view expected) {
  return absl::DataLossError(
      absl::StrCat("found '", found, "', expected ", expected));
}

}  // namespace

std::optional<int> FindNihFinding(absl::string_view name) {
  const auto it =
      std::lower_bound(kNihFindings.begin(), kNihFindings.end(), name);
  if (it == kNihFindings.end() || *it != name) {
    return std::nullopt;
  }
  return static_cast<int>(it - kNihFindings.begin());
}

absl::StatusOr<std::vector<float>> ParseNihFindings(absl::string_view cell) {
  std::vector<float> labels(kNihFindings.size(), kNegative);
  if (cell == kNoFinding) {
    return labels;
  }
  for (const absl::string_view name : absl::StrSplit(cell, '|')) {
    if (name == kNoFinding) {
      return Unexpected(cell, "No Finding to stand alone");
    }
    const std::optional<int> finding = FindNihFinding(name);
    if (!finding.has_value()) {
      return Unexpected(name, absl::StrCat("No Finding or findings out of ",
                                           absl::StrJoin(kNihFindings, ", ")));
    }
    labels[*finding] = kPositive;
  }
  return labels;
}

}  // namespace cxr
