// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_MODEL_WEIGHTS_VIT_NAMES_H_
#define CXR_MODEL_WEIGHTS_VIT_NAMES_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"

// What the writers of files of weights call the parameters of a vision
// transformer. "Parameter" is always Vit's own name, which is Meta's.

namespace cxr {

enum class VitWeightsFormat {
  // Meta's dinov2_*_pretrain.pth: the names of Vit itself.
  kDinov2,
  // Dinov2Model and Dinov2WithRegistersModel of transformers, with or without
  // the prefix "dinov2." or "dinov2_with_registers."; also CXformer and
  // RAD-DINO: query, key and value apart.
  kHuggingFaceDinov2,
  // A timm ViT, alone or as the visual tower ("visual.trunk.") of an open_clip
  // file (BiomedCLIP).
  kOpenClipTimm,
  // The visual tower ("visual.") of OpenAI's CLIP (CheXzero).
  kOpenAiClip,
  // "teacher" of the released pretraining code: "backbone." with heads beside.
  kTeacherCheckpoint,
};

// In the order of declaration.
inline constexpr VitWeightsFormat kVitWeightsFormats[] = {
    VitWeightsFormat::kDinov2, VitWeightsFormat::kHuggingFaceDinov2,
    VitWeightsFormat::kOpenClipTimm, VitWeightsFormat::kOpenAiClip,
    VitWeightsFormat::kTeacherCheckpoint};

// "Meta's DINOv2", as messages say it.
absl::string_view ToString(VitWeightsFormat format);

// What may stand before the tower's names, likeliest first.
std::vector<absl::string_view> TowerPrefixes(VitWeightsFormat format);

// The tensors that `parameter` is stored in, without prefix. Three of them are
// thirds of its first dimension; else there is one.
std::vector<std::string> NamesInFile(VitWeightsFormat format,
                                     absl::string_view parameter);

// Whether `name`, without the tower's prefix, is no part of the transformer:
// heads that its writer registers in the tower.
bool IsBesideTower(VitWeightsFormat format, absl::string_view name);

}  // namespace cxr

#endif  // CXR_MODEL_WEIGHTS_VIT_NAMES_H_
