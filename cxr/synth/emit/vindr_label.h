// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_SYNTH_EMIT_VINDR_LABEL_H_
#define CXR_SYNTH_EMIT_VINDR_LABEL_H_

#include <array>

#include "absl/strings/string_view.h"
#include "cxr/synth/patient/finding.h"
#include "cxr/synth/patient/study.h"

// The 28 labels of VinDr-CXR: what a study shows of them, and who reads it.

namespace cxr::synth {

inline constexpr int kVindrLabelCount = 28;

// Readers are called R1 to R17.
inline constexpr int kVindrReaders = 17;

// As the table of training labels calls them, in its order: 22 local findings,
// 5 diagnoses of the whole image, "No finding".
absl::string_view VindrLabelName(int label);

inline constexpr int kVindrNoFinding = 27;

// What can be seen of each label: the largest severity of the findings it
// joins, 0 for what is not there. COPD and lung tumor show by emphysema and by
// nodules or masses, and only if the patient has that disease. 0 for No
// finding.
std::array<double, kVindrLabelCount> VindrSeverities(const Study& study);

// The label of boxes around `finding`; -1: nobody draws a box around it.
int VindrBoxLabel(Finding finding);

// One's opinion: labels of a severity above a threshold, and No finding if
// there is none.
std::array<bool, kVindrLabelCount> VindrOpinion(
    const std::array<double, kVindrLabelCount>& severities,
    const std::array<double, kVindrLabelCount>& thresholds);

// The agreement of a panel: one threshold, kPresentFrom, which counts as above.
std::array<bool, kVindrLabelCount> VindrConsensus(
    const std::array<double, kVindrLabelCount>& severities);

}  // namespace cxr::synth

#endif  // CXR_SYNTH_EMIT_VINDR_LABEL_H_
