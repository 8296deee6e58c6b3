// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/emit/chexpert_cells.h"

#include <cstddef>
#include <string>

#include "cxr/base/check.h"
#include "cxr/synth/patient/chexpert_label.h"
#include "cxr/synth/patient/study.h"

namespace cxr::synth {

absl::string_view StateCell(Mention state) {
  switch (state) {
    case Mention::kNone:
      return "";
    case Mention::kNegative:
      return "0.0";
    case Mention::kUncertain:
      return "-1.0";
    case Mention::kPositive:
      return "1.0";
  }
  CXR_CHECK(false) << "mention " << static_cast<int>(state);
}

void AddLabels(const ChexpertStates& states, ImageTruth* image) {
  for (size_t i = 0; i < kChexpertLabels.size(); ++i) {
    const Mention state = states.values[i];
    if (state != Mention::kNone) {
      (*image->mutable_labels())[std::string(kChexpertLabels[i])] =
          state == Mention::kPositive   ? 1.0
          : state == Mention::kNegative ? 0.0
                                        : -1.0;
    }
  }
}

ChexpertStates StatesSeen(const PerFinding<double>& severity) {
  ChexpertStates states;
  bool is_clear = true;
  for (int i = 0; i < static_cast<int>(kChexpertLabels.size()); ++i) {
    const bool is_there = LabelSeverity(severity, i) > kPresentFrom;
    states.values[i] = is_there ? Mention::kPositive : Mention::kNegative;
    is_clear = is_clear && (!is_there || i == kSupportDevicesLabel);
  }
  states.values[kNoFindingLabel] =
      is_clear ? Mention::kPositive : Mention::kNegative;
  return states;
}

}  // namespace cxr::synth
