// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/patient/finding.h"

namespace cxr::synth {
namespace {

constexpr PerFinding<absl::string_view> kNames = {{
    "EnlargedCardiomediastinum",
    "AorticEnlargement",
    "EnlargedPulmonaryArtery",
    "MediastinalShift",
    "Cardiomegaly",
    "LungOpacity",
    "Infiltration",
    "Consolidation",
    "Pneumonia",
    "Nodule",
    "Mass",
    "Cavity",
    "Cyst",
    "Calcification",
    "Tuberculosis",
    "Edema",
    "InterstitialDisease",
    "Fibrosis",
    "Atelectasis",
    "PleuralEffusion",
    "PleuralThickening",
    "Pneumothorax",
    "Emphysema",
    "Hernia",
    "RibFracture",
    "ClavicleFracture",
    "SupportDevices",
}};

}  // namespace

absl::string_view FindingName(Finding finding) { return kNames[finding]; }

}  // namespace cxr::synth
