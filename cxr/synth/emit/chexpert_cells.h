// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_SYNTH_EMIT_CHEXPERT_CELLS_H_
#define CXR_SYNTH_EMIT_CHEXPERT_CELLS_H_

#include "absl/strings/string_view.h"
#include "cxr/synth/patient/mention.h"
#include "cxr/synth/patient/study.h"
#include "cxr/synth/truth.pb.h"

// The 14 labels in tables and in the truth.

namespace cxr::synth {

// Errors of a labeler of reports: shares of what is said that is missed and of
// what is not said that is found, as the prototype's difficulty was measured
// with.
inline constexpr double kMissedLabels = 0.06;
inline constexpr double kSpuriousLabels = 0.03;

// "1.0", "0.0", "-1.0" or nothing: pandas writes whole numbers so where a
// column has blanks.
absl::string_view StateCell(Mention state);

// States as labels of `image`, by CheXpert's names; those of kNone are left
// out.
void AddLabels(const ChexpertStates& states, ImageTruth* image);

// What somebody says who sees the film and overlooks nothing: each label is
// positive if one of its findings is present, else negative; No Finding is
// positive if nothing is present but Support Devices.
ChexpertStates StatesSeen(const Study& study);

}  // namespace cxr::synth

#endif  // CXR_SYNTH_EMIT_CHEXPERT_CELLS_H_
