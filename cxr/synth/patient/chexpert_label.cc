// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/patient/chexpert_label.h"

#include <algorithm>

#include "cxr/base/check.h"

namespace cxr::synth {
namespace {

constexpr Finding kMediastinum[] = {Finding::kEnlargedCardiomediastinum,
                                    Finding::kAorticEnlargement,
                                    Finding::kEnlargedPulmonaryArtery};
constexpr Finding kHeart[] = {Finding::kCardiomegaly};
constexpr Finding kOpacity[] = {Finding::kLungOpacity, Finding::kInfiltration,
                                Finding::kInterstitialDisease,
                                Finding::kFibrosis};
constexpr Finding kLesion[] = {Finding::kNodule, Finding::kMass,
                               Finding::kCavity};
constexpr Finding kEdema[] = {Finding::kEdema};
constexpr Finding kConsolidation[] = {Finding::kConsolidation};
constexpr Finding kPneumonia[] = {Finding::kPneumonia};
constexpr Finding kAtelectasis[] = {Finding::kAtelectasis};
constexpr Finding kPneumothorax[] = {Finding::kPneumothorax};
constexpr Finding kEffusion[] = {Finding::kPleuralEffusion};
constexpr Finding kPleuralOther[] = {Finding::kPleuralThickening};
constexpr Finding kFracture[] = {Finding::kRibFracture,
                                 Finding::kClavicleFracture};
constexpr Finding kDevices[] = {Finding::kSupportDevices};

}  // namespace

absl::Span<const Finding> FindingsOfLabel(int label) {
  static constexpr std::array<absl::Span<const Finding>, 14> kFindingsOf = {
      absl::Span<const Finding>(),
      kMediastinum,
      kHeart,
      kOpacity,
      kLesion,
      kEdema,
      kConsolidation,
      kPneumonia,
      kAtelectasis,
      kPneumothorax,
      kEffusion,
      kPleuralOther,
      kFracture,
      kDevices,
  };
  CXR_CHECK(label >= 0 && label < 14) << "label " << label;
  return kFindingsOf[label];
}

int ChexpertLabelCalled(absl::string_view name) {
  const auto place =
      std::find(kChexpertLabels.begin(), kChexpertLabels.end(), name);
  if (place == kChexpertLabels.end()) return -1;
  return static_cast<int>(place - kChexpertLabels.begin());
}

double LabelSeverity(const PerFinding<double>& severity, int label) {
  double largest = 0.0;
  for (const Finding finding : FindingsOfLabel(label)) {
    largest = std::max(largest, severity[finding]);
  }
  return largest;
}

}  // namespace cxr::synth
