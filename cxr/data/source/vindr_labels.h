// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_DATA_SOURCE_VINDR_LABELS_H_
#define CXR_DATA_SOURCE_VINDR_LABELS_H_

#include <array>
#include <optional>

#include "absl/strings/string_view.h"

// The labels of VinDr-CXR, whose tables do not agree on how to write them.

namespace cxr {

// In the order of the tables: 22 findings that have a place in the image, five
// diagnoses of the whole of it, and "No finding".
inline constexpr std::array<absl::string_view, 28> kVindrLabels = {
    "Aortic enlargement",
    "Atelectasis",
    "Calcification",
    "Cardiomegaly",
    "Clavicle fracture",
    "Consolidation",
    "Edema",
    "Emphysema",
    "Enlarged PA",
    "ILD",
    "Infiltration",
    "Lung Opacity",
    "Lung cavity",
    "Lung cyst",
    "Mediastinal shift",
    "Nodule/Mass",
    "Pleural effusion",
    "Pleural thickening",
    "Pneumothorax",
    "Pulmonary fibrosis",
    "Rib fracture",
    "Other lesion",
    "COPD",
    "Lung tumor",
    "Pneumonia",
    "Tuberculosis",
    "Other diseases",
    "No finding",
};

// The 15 of them that the Kaggle competition's table knows, in its order.
inline constexpr std::array<absl::string_view, 15> kVindrKaggleLabels = {
    "Aortic enlargement", "Atelectasis",        "Calcification",
    "Cardiomegaly",       "Consolidation",      "ILD",
    "Infiltration",       "Lung Opacity",       "Nodule/Mass",
    "Other lesion",       "Pleural effusion",   "Pleural thickening",
    "Pneumothorax",       "Pulmonary fibrosis", "No finding",
};

// The name in kVindrLabels of what a table calls `name`: letter case and a
// plural make no difference ("Other disease", "Other disease(s)"). Nothing if
// it is none of them.
std::optional<absl::string_view> FindVindrLabel(absl::string_view name);

}  // namespace cxr

#endif  // CXR_DATA_SOURCE_VINDR_LABELS_H_
