// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/tasks/embed/embed_model.h"

#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "cxr/base/file.h"
#include "cxr/base/file_digest.h"
#include "cxr/base/status_macros.h"
#include "cxr/base/torch_status.h"
#include "cxr/model/weights/tensor_file.h"
#include "cxr/model/weights/vit_names.h"
#include "cxr/model/weights/vit_weights.h"
#include "nlohmann/json.hpp"

namespace cxr {
namespace {

struct NamedArch {
  absl::string_view name;
  int64_t width;
  int64_t depth;
  int64_t heads;
  int64_t patch_size_pixels;
};

constexpr NamedArch kArchs[] = {{"vit_s14", 384, 12, 6, 14},
                                {"vit_b14", 768, 12, 12, 14},
                                {"vit_b16", 768, 12, 12, 16},
                                {"vit_b32", 768, 12, 12, 32}};

bool Fits(const NamedArch& arch, const VitOptions& options) {
  return options.width == arch.width && options.depth == arch.depth &&
         options.heads == arch.heads &&
         options.patch_size_pixels == arch.patch_size_pixels;
}

std::string ArchText(const VitOptions& options) {
  for (const NamedArch& arch : kArchs) {
    if (Fits(arch, options)) return std::string(arch.name);
  }
  return absl::StrCat("width ", options.width, ", depth ", options.depth, ", ",
                      options.heads, " heads, patches of ",
                      options.patch_size_pixels, " pixels");
}

absl::Status CheckArch(const std::string& wanted, const VitOptions& found) {
  if (wanted.empty() || ArchText(found) == wanted) return absl::OkStatus();
  for (const NamedArch& arch : kArchs) {
    if (arch.name == wanted) {
      return absl::InvalidArgumentError(absl::StrCat(
          "found ", ArchText(found), ", expected --arch=", wanted));
    }
  }
  return absl::InvalidArgumentError(absl::StrCat(
      "--arch: found '", wanted, "', expected one of ",
      absl::StrJoin(kArchs, ", ", [](std::string* out, const NamedArch& arch) {
        absl::StrAppend(out, arch.name);
      })));
}

spec::PreprocessSpec DefaultPreprocess(VitWeightsFormat format,
                                       const VitOptions& options) {
  spec::PreprocessSpec spec;
  spec.set_resampling(spec::PILLOW_BICUBIC);
  spec.set_input_size_pixels(
      static_cast<int>(options.position_grid * options.patch_size_pixels));
  switch (format) {
    case VitWeightsFormat::kOpenClipTimm:
      spec.set_equalization(spec::NO_EQUALIZATION);
      spec.set_normalization(spec::CLIP);
      return spec;
    case VitWeightsFormat::kOpenAiClip:
      spec.set_equalization(spec::NO_EQUALIZATION);
      spec.set_normalization(spec::CHEXZERO);
      return spec;
    default:
      spec.set_equalization(spec::OPENCV_HISTOGRAM);
      spec.set_normalization(spec::IMAGENET);
      return spec;
  }
}

// What config.json of a folder of transformers says; 0 without such a file.
absl::StatusOr<int64_t> ConfiguredHeads(const std::string& folder) {
  constexpr char kHeads[] = "num_attention_heads";
  const std::string path = JoinPath(folder, "config.json");
  if (!Exists(path)) return 0;
  CXR_ASSIGN_OR_RETURN(const std::string text, ReadFile(path));
  const nlohmann::json config =
      nlohmann::json::parse(text, /*cb=*/nullptr, /*allow_exceptions=*/false);
  if (!config.is_object()) {
    return absl::DataLossError(
        absl::StrCat(path, ": found no JSON, expected an object"));
  }
  const auto heads = config.find(kHeads);
  if (heads == config.end() || !heads->is_number_integer() ||
      heads->get<int64_t>() < 1) {
    return absl::InvalidArgumentError(
        absl::StrCat(path, ": ", kHeads, ": found ",
                     heads == config.end() ? "nothing" : heads->type_name(),
                     ", expected a whole number above 0"));
  }
  return heads->get<int64_t>();
}

absl::StatusOr<EmbedModel> Load(const std::string& path,
                                const EmbedModelOptions& options) {
  CXR_ASSIGN_OR_RETURN(const TensorFile file, ReadTensorFile(path));
  CXR_ASSIGN_OR_RETURN(const VitWeightsFormat format, GuessFormat(file));
  CXR_ASSIGN_OR_RETURN(const VitOptions sizes,
                       GuessOptions(file, format, options.heads));
  CXR_RETURN_IF_ERROR(CheckArch(options.arch, sizes));
  EmbedModel model = {.arch = ArchText(sizes),
                      .format = std::string(ToString(format)),
                      .preprocess = DefaultPreprocess(format, sizes)};
  CXR_ASSIGN_OR_RETURN(model.vit, CatchTorch("building the backbone",
                                             [&] { return Vit(sizes); }));
  CXR_ASSIGN_OR_RETURN(model.unused, LoadVitWeights(file, format, model.vit));
  CXR_ASSIGN_OR_RETURN(model.digest, Sha256OfFile(path));
  return model;
}

}  // namespace

absl::StatusOr<EmbedModel> OpenEmbedModel(EmbedModelOptions options) {
  std::string path = JoinPath(options.weights, "model.safetensors");
  if (!Exists(path)) {
    path = options.weights;
  } else if (options.heads == 0) {
    CXR_ASSIGN_OR_RETURN(options.heads, ConfiguredHeads(options.weights));
  }
  absl::StatusOr<EmbedModel> model = Load(path, options);
  if (model.ok() || absl::StrContains(model.status().message(), path)) {
    return model;
  }
  return Annotate(model.status(), path);
}

}  // namespace cxr
