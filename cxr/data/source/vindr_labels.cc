// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/source/vindr_labels.h"

#include <algorithm>
#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/strip.h"

namespace cxr {
namespace {

// `name` in small letters, without white space around it and without the ending
// of a plural.
std::string Normal(absl::string_view name) {
  const std::string small =
      absl::AsciiStrToLower(absl::StripAsciiWhitespace(name));
  absl::string_view singular = small;
  if (!absl::ConsumeSuffix(&singular, "(s)")) {
    absl::ConsumeSuffix(&singular, "s");
  }
  return std::string(singular);
}

}  // namespace

std::optional<absl::string_view> FindVindrLabel(absl::string_view name) {
  // As nearly all are written.
  const auto exact = std::find(kVindrLabels.begin(), kVindrLabels.end(), name);
  if (exact != kVindrLabels.end()) {
    return *exact;
  }
  const std::string normal = Normal(name);
  for (const absl::string_view label : kVindrLabels) {
    if (Normal(label) == normal) {
      return label;
    }
  }
  return std::nullopt;
}

}  // namespace cxr
