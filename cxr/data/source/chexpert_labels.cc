// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/source/chexpert_labels.h"

#include <algorithm>

#include "absl/strings/string_view.h"
#include "cxr/base/status_macros.h"

namespace cxr {
namespace {

constexpr absl::string_view kLabels[] = {
    "Atelectasis",
    "Cardiomegaly",
    "Consolidation",
    "Edema",
    "Enlarged Cardiomediastinum",
    "Fracture",
    "Lung Lesion",
    "Lung Opacity",
    "No Finding",
    "Pleural Effusion",
    "Pleural Other",
    "Pneumonia",
    "Pneumothorax",
    "Support Devices",
};

}  // namespace

absl::StatusOr<std::vector<std::string>> ChexpertLabelNames(
    const CsvReader& table) {
  std::vector<int> places;
  for (const absl::string_view label : kLabels) {
    CXR_ASSIGN_OR_RETURN(places.emplace_back(), table.Column(label));
  }
  std::sort(places.begin(), places.end());
  std::vector<std::string> names;
  for (const int place : places) {
    names.push_back(table.header()[place]);
  }
  return names;
}

}  // namespace cxr
