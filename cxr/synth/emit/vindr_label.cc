// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/emit/vindr_label.h"

#include <algorithm>

#include "absl/types/span.h"
#include "cxr/base/check.h"

namespace cxr::synth {
namespace {

// A disease without which the findings are none of the label.
enum class Disease { kAny, kObstructive, kTumor };

constexpr int kLocal = 22;  // labels with boxes come first

struct Label {
  absl::string_view name;
  std::array<Finding, 2> findings = {};
  int count = 0;  // of findings
  Disease disease = Disease::kAny;
};

constexpr Label Of(absl::string_view name, Finding finding) {
  return {.name = name, .findings = {finding}, .count = 1};
}

constexpr std::array<Label, kVindrLabelCount> kLabels = {{
    Of("Aortic enlargement", Finding::kAorticEnlargement),
    Of("Atelectasis", Finding::kAtelectasis),
    Of("Calcification", Finding::kCalcification),
    Of("Cardiomegaly", Finding::kCardiomegaly),
    Of("Clavicle fracture", Finding::kClavicleFracture),
    Of("Consolidation", Finding::kConsolidation),
    Of("Edema", Finding::kEdema),
    Of("Emphysema", Finding::kEmphysema),
    Of("Enlarged PA", Finding::kEnlargedPulmonaryArtery),
    Of("ILD", Finding::kInterstitialDisease),
    Of("Infiltration", Finding::kInfiltration),
    Of("Lung Opacity", Finding::kLungOpacity),
    Of("Lung cavity", Finding::kCavity),
    Of("Lung cyst", Finding::kCyst),
    Of("Mediastinal shift", Finding::kMediastinalShift),
    {"Nodule/Mass", {Finding::kNodule, Finding::kMass}, 2},
    Of("Pleural effusion", Finding::kPleuralEffusion),
    Of("Pleural thickening", Finding::kPleuralThickening),
    Of("Pneumothorax", Finding::kPneumothorax),
    Of("Pulmonary fibrosis", Finding::kFibrosis),
    Of("Rib fracture", Finding::kRibFracture),
    Of("Other lesion", Finding::kHernia),
    {"COPD", {Finding::kEmphysema}, 1, Disease::kObstructive},
    {"Lung tumor", {Finding::kNodule, Finding::kMass}, 2, Disease::kTumor},
    Of("Pneumonia", Finding::kPneumonia),
    Of("Tuberculosis", Finding::kTuberculosis),
    Of("Other diseases", Finding::kEnlargedCardiomediastinum),
    {"No finding"},
}};

absl::Span<const Finding> FindingsOf(const Label& label) {
  return absl::MakeConstSpan(label.findings).first(label.count);
}

bool Has(Disease disease, const Study& study) {
  switch (disease) {
    case Disease::kAny:
      return true;
    case Disease::kObstructive:
      return study.obstructive_disease;
    case Disease::kTumor:
      return study.tumor;
  }
  CXR_CHECK(false) << "disease " << static_cast<int>(disease);
}

}  // namespace

absl::string_view VindrLabelName(int label) {
  CXR_CHECK(0 <= label && label < kVindrLabelCount) << "label " << label;
  return kLabels[label].name;
}

std::array<double, kVindrLabelCount> VindrSeverities(const Study& study) {
  std::array<double, kVindrLabelCount> severities = {};
  for (int i = 0; i < kVindrLabelCount; ++i) {
    if (!Has(kLabels[i].disease, study)) {
      continue;
    }
    for (const Finding finding : FindingsOf(kLabels[i])) {
      severities[i] = std::max(severities[i], study.severity[finding]);
    }
  }
  return severities;
}

int VindrBoxLabel(Finding finding) {
  for (int i = 0; i < kLocal; ++i) {
    const absl::Span<const Finding> findings = FindingsOf(kLabels[i]);
    if (std::find(findings.begin(), findings.end(), finding) !=
        findings.end()) {
      return i;
    }
  }
  return -1;
}

std::array<bool, kVindrLabelCount> VindrOpinion(
    const std::array<double, kVindrLabelCount>& severities,
    const std::array<double, kVindrLabelCount>& thresholds) {
  std::array<bool, kVindrLabelCount> opinion = {};
  bool is_empty = true;
  for (int i = 0; i < kVindrNoFinding; ++i) {
    // What is not there is seen by nobody.
    opinion[i] = severities[i] > 0.0 && severities[i] >= thresholds[i];
    is_empty = is_empty && !opinion[i];
  }
  opinion[kVindrNoFinding] = is_empty;
  return opinion;
}

std::array<bool, kVindrLabelCount> VindrConsensus(
    const std::array<double, kVindrLabelCount>& severities) {
  std::array<double, kVindrLabelCount> thresholds = {};
  thresholds.fill(kPresentFrom);
  return VindrOpinion(severities, thresholds);
}

}  // namespace cxr::synth
