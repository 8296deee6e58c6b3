// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_TASKS_EMBED_EMBED_MODEL_H_
#define CXR_TASKS_EMBED_EMBED_MODEL_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "cxr/model/vit.h"
#include "cxr/spec/features.pb.h"

// A vision transformer from a file that somebody published, and how its makers
// want their images.

namespace cxr {

struct EmbedModelOptions {
  // A file, or a folder of transformers with model.safetensors.
  std::string weights = {};
  // "vit_s14", "vit_b14", "vit_b16" (BiomedCLIP), "vit_b32" (CheXzero); empty:
  // as the file's tensors tell.
  std::string arch = {};
  // Attention heads; 0: as config.json beside the weights in a folder says,
  // otherwise one for each 64 of the width, as all of `arch` have.
  int64_t heads = 0;
};

struct EmbedModel {
  Vit vit = nullptr;        // float32 on the CPU
  std::string arch = {};    // "vit_s14", or "width 96, depth 4, ..."
  std::string format = {};  // who wrote the file, in words
  std::string digest = {};  // SHA-256 of the file
  std::vector<std::string> unused = {};  // tensors beside the tower
  // Defaults: 518 pixels, ImageNet's statistics and equalisation for DINOv2's
  // family, which CXformer was trained with (paper section 2.3); 224 pixels,
  // CLIP's or CheXzero's statistics and no equalisation for the others (paper
  // section 4.1).
  spec::PreprocessSpec preprocess = {};
};

// Reads and checks it. Errors name the file first; InvalidArgument lists what
// `arch` may be, or the tensors that do not fit it.
absl::StatusOr<EmbedModel> OpenEmbedModel(EmbedModelOptions options);

}  // namespace cxr

#endif  // CXR_TASKS_EMBED_EMBED_MODEL_H_
