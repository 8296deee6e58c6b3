// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/emit/chexpert_cells.h"

#include <algorithm>
#include <cstddef>
#include <string>

#include "cxr/base/check.h"
#include "cxr/synth/patient/chexpert_label.h"
#include "cxr/synth/patient/finding.h"

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

ChexpertStates StatesSeen(const Study& study) {
  Mentions seen;
  for (int i = 0; i < kFindings; ++i) {
    seen[FindingAt(i)] = IsPresent(study, FindingAt(i)) ? Mention::kPositive
                                                        : Mention::kNegative;
  }
  ChexpertStates states = StatesOf(seen);
  Mention& no_finding = states.values[kNoFindingLabel];
  no_finding = std::max(no_finding, Mention::kNegative);
  return states;
}

}  // namespace cxr::synth
