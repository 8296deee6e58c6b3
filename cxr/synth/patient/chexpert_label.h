// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_SYNTH_PATIENT_CHEXPERT_LABEL_H_
#define CXR_SYNTH_PATIENT_CHEXPERT_LABEL_H_

#include <array>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "cxr/synth/patient/finding.h"

// The 14 labels of CheXpert, MIMIC-CXR and BRAX, and what they join.

namespace cxr::synth {

// In the order of CheXpert's tables.
inline constexpr std::array<absl::string_view, 14> kChexpertLabels = {
    "No Finding",       "Enlarged Cardiomediastinum",
    "Cardiomegaly",     "Lung Opacity",
    "Lung Lesion",      "Edema",
    "Consolidation",    "Pneumonia",
    "Atelectasis",      "Pneumothorax",
    "Pleural Effusion", "Pleural Other",
    "Fracture",         "Support Devices",
};
inline constexpr int kNoFindingLabel = 0;
inline constexpr int kSupportDevicesLabel = 13;

// The findings that a label joins, by the words reports use for them: enlarged
// mediastinum, aorta, pulmonary artery are Enlarged Cardiomediastinum; opacity,
// infiltrate, interstitial disease and fibrosis (scarring) Lung Opacity;
// nodule, mass, cavity Lung Lesion; pleural thickening Pleural Other; both
// fractures Fracture. None for No Finding. What is in no label (shift, cyst,
// calcification, tuberculosis, emphysema, hernia) is a finding all the same.
absl::Span<const Finding> FindingsOfLabel(int label);

// Places in kChexpertLabels in the order of another source's columns.
int ChexpertLabelCalled(absl::string_view name);  // -1 if there is none

// The largest severity of a label's findings; of No Finding 0.
double LabelSeverity(const PerFinding<double>& severity, int label);

}  // namespace cxr::synth

#endif  // CXR_SYNTH_PATIENT_CHEXPERT_LABEL_H_
