// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/model/weights/vit_weights.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <set>
#include <utility>

#include "ATen/core/Tensor.h"
#include "ATen/ops/cat.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "absl/strings/strip.h"
#include "c10/core/GradMode.h"
#include "cxr/base/file.h"
#include "cxr/base/status_macros.h"
#include "cxr/base/torch_status.h"
#include "cxr/model/weights/safetensors.h"
#include "cxr/model/weights/torch_tensors.h"

namespace cxr {
namespace {

constexpr size_t kProblemsShown = 10;
constexpr size_t kNamesShown = 5;
constexpr int64_t kHeadWidth = 64;  // Of every ViT here (paper section 2.2).

using Shape = std::vector<int64_t>;

std::string ShapeText(const Shape& shape) {
  return absl::StrCat("(", absl::StrJoin(shape, ", "), ")");
}

// The one under which there is a class token; the likeliest if there is none.
absl::string_view TowerPrefix(const TensorFile& file, VitWeightsFormat format) {
  const std::string anchor = NamesInFile(format, "cls_token").front();
  const std::vector<absl::string_view> prefixes = TowerPrefixes(format);
  for (const absl::string_view prefix : prefixes) {
    if (file.Find(absl::StrCat(prefix, anchor)) != nullptr) return prefix;
  }
  return prefixes.front();
}

// The tower of a file, found by the names of Vit.
class Tower {
 public:
  Tower(const TensorFile& file, VitWeightsFormat format)
      : file_(file), format_(format), prefix_(TowerPrefix(file, format)) {}

  absl::string_view prefix() const { return prefix_; }

  std::vector<std::string> Names(absl::string_view parameter) const {
    std::vector<std::string> names = NamesInFile(format_, parameter);
    for (std::string& name : names) name = absl::StrCat(prefix_, name);
    return names;
  }

  // The first of its tensors; nullptr if it lacks.
  const StoredTensor* Find(absl::string_view parameter) const {
    return file_.Find(Names(parameter).front());
  }

 private:
  const TensorFile& file_;
  VitWeightsFormat format_;
  absl::string_view prefix_;
};

// Of each of `parts` tensors that hold a parameter of `shape`. CLIP stores
// tokens without leading ones.
Shape ShapeInFile(VitWeightsFormat format, absl::string_view parameter,
                  Shape shape, size_t parts) {
  shape.front() /= static_cast<int64_t>(parts);
  if (format == VitWeightsFormat::kOpenAiClip &&
      (parameter == "cls_token" || parameter == "pos_embed")) {
    while (shape.size() > 1 && shape.front() == 1) shape.erase(shape.begin());
  }
  return shape;
}

// timm's no_embed_class: positions (1, G * G, C) of patches alone.
bool IsWithoutClassPosition(VitWeightsFormat format,
                            absl::string_view parameter,
                            const StoredTensor& found, const Shape& expected) {
  return format == VitWeightsFormat::kOpenClipTimm &&
         parameter == "pos_embed" &&
         found.shape == Shape{1, expected.at(1) - 1, expected.at(2)};
}

bool IsFloating(ScalarKind kind) {
  return kind == ScalarKind::kFloat64 || kind == ScalarKind::kFloat32 ||
         kind == ScalarKind::kFloat16 || kind == ScalarKind::kBfloat16;
}

// A parameter and where its numbers come from; from nowhere if it stays zero.
struct Filling {
  at::Tensor parameter;
  std::vector<const StoredTensor*> parts = {};
  bool without_class_position = false;
};

// What LoadVitWeights is going to do, and why it cannot.
struct Loading {
  std::vector<Filling> fillings = {};
  std::set<std::string> used = {};
  std::vector<std::string> problems = {};
};

void PlanParameter(const TensorFile& file, VitWeightsFormat format,
                   const Tower& tower, absl::string_view parameter,
                   const at::Tensor& tensor, Loading* loading) {
  Filling filling = {.parameter = tensor};
  const std::vector<std::string> names = tower.Names(parameter);
  const Shape expected =
      ShapeInFile(format, parameter, tensor.sizes().vec(), names.size());
  for (const std::string& name : names) {
    const StoredTensor* found = file.Find(name);
    if (found == nullptr) {
      if (parameter == "mask_token") continue;
      loading->problems.push_back(absl::StrCat(
          QuotedText(name), ": missing, expected ", ShapeText(expected)));
      continue;
    }
    loading->used.insert(name);
    filling.without_class_position =
        IsWithoutClassPosition(format, parameter, *found, expected);
    if ((found->shape != expected && !filling.without_class_position) ||
        !IsFloating(found->kind)) {
      loading->problems.push_back(
          absl::StrCat(QuotedText(name), ": found ", ToString(*found),
                       ", expected floating numbers ", ShapeText(expected)));
    }
    filling.parts.push_back(found);
  }
  loading->fillings.push_back(std::move(filling));
}

void Fill(const Filling& filling) {
  at::Tensor target = filling.parameter;
  if (filling.parts.empty() || filling.without_class_position) target.zero_();
  if (filling.parts.empty()) return;
  std::vector<at::Tensor> parts;
  for (const StoredTensor* part : filling.parts) {
    parts.push_back(ToTorch(*part));
  }
  const at::Tensor values = parts.size() == 1 ? parts[0] : at::cat(parts);
  if (filling.without_class_position) {
    target = target.narrow(1, 1, values.size(1));
  }
  target.copy_(values.view(target.sizes()));
}

absl::Status ProblemsStatus(VitWeightsFormat format,
                            const std::vector<std::string>& problems) {
  if (problems.empty()) return absl::OkStatus();
  const size_t shown = std::min(problems.size(), kProblemsShown);
  std::string text =
      absl::StrJoin(problems.begin(), problems.begin() + shown, "; ");
  if (shown < problems.size()) {
    absl::StrAppend(&text, "; and ", problems.size() - shown, " more");
  }
  return absl::InvalidArgumentError(
      absl::StrCat("weights of format ", ToString(format), ": ", text));
}

// A dimension of a parameter's first tensor, for GuessOptions.
absl::StatusOr<int64_t> DimensionOf(const Tower& tower,
                                    absl::string_view parameter, size_t rank,
                                    size_t dimension) {
  const StoredTensor* found = tower.Find(parameter);
  if (found == nullptr) {
    return absl::InvalidArgumentError(
        absl::StrCat(QuotedText(tower.Names(parameter).front()), ": missing"));
  }
  if (found->shape.size() != rank || found->shape[dimension] < 1) {
    return absl::InvalidArgumentError(
        absl::StrCat(QuotedText(found->name), ": found ", ToString(*found),
                     ", expected ", rank, " dimensions"));
  }
  return found->shape[dimension];
}

// `value` / `unit`, which must leave no rest.
absl::StatusOr<int64_t> Multiple(absl::string_view what, int64_t value,
                                 int64_t unit, absl::string_view hint = "") {
  if (value % unit == 0) return value / unit;
  return absl::InvalidArgumentError(
      absl::StrCat(what, " ", value, ": expected a multiple of ", unit, hint));
}

// G of `positions` entries, with or without one for the class token.
absl::StatusOr<int64_t> GridOf(int64_t positions) {
  const auto side = static_cast<int64_t>(
      std::llround(std::sqrt(static_cast<double>(positions))));
  if (side * side == positions && positions > 1) return side;
  const auto inner = static_cast<int64_t>(
      std::llround(std::sqrt(static_cast<double>(positions - 1))));
  if (inner >= 1 && inner * inner == positions - 1) return inner;
  return absl::InvalidArgumentError(
      absl::StrCat("position embedding of ", positions,
                   " entries: expected a square of patches and one more"));
}

int64_t DepthOf(const Tower& tower) {
  int64_t depth = 0;
  while (tower.Find(absl::StrCat("blocks.", depth, ".norm1.weight"))) ++depth;
  return depth;
}

// config.json of transformers; what has one value in all of DINOv2 is written
// too, because other defaults would be read in its place.
std::string ConfigJson(const VitOptions& options) {
  const bool registers = options.registers > 0;
  return absl::StrFormat(
      R"({
  "architectures": ["%s"],
  "model_type": "%s",
  "torch_dtype": "float32",
  "hidden_size": %d,
  "num_hidden_layers": %d,
  "num_attention_heads": %d,
  "mlp_ratio": %d,
  "image_size": %d,
  "patch_size": %d,
  "num_channels": 3,
%s  "layer_norm_eps": %.17g,
  "hidden_act": "gelu",
  "qkv_bias": true,
  "use_swiglu_ffn": false,
  "layerscale_value": 1.0,
  "drop_path_rate": 0.0,
  "hidden_dropout_prob": 0.0,
  "attention_probs_dropout_prob": 0.0
}
)",
      registers ? "Dinov2WithRegistersModel" : "Dinov2Model",
      registers ? "dinov2_with_registers" : "dinov2", options.width,
      options.depth, options.heads, options.mlp_ratio,
      options.position_grid * options.patch_size_pixels,
      options.patch_size_pixels,
      registers ? absl::StrFormat("  \"num_register_tokens\": %d,\n",
                                  options.registers)
                : "",
      options.layer_norm_epsilon);
}

// `vit`'s parameters as transformers names them, float32 on the CPU.
struct Named {
  std::string name;
  at::Tensor tensor;
};
std::vector<Named> HuggingFaceTensors(const Vit& vit) {
  std::vector<Named> tensors;
  for (const auto& parameter : vit->named_parameters()) {
    const std::vector<std::string> names =
        NamesInFile(VitWeightsFormat::kHuggingFaceDinov2, parameter.key());
    const std::vector<at::Tensor> parts =
        parameter.value()
            .detach()
            .to(at::kCPU, at::kFloat)
            .contiguous()
            .chunk(static_cast<int64_t>(names.size()));
    for (size_t i = 0; i < names.size(); ++i) {
      tensors.push_back({.name = names[i], .tensor = parts[i]});
    }
  }
  return tensors;
}

}  // namespace

absl::StatusOr<std::vector<std::string>> LoadVitWeights(const TensorFile& file,
                                                        VitWeightsFormat format,
                                                        Vit& vit) {
  const Tower tower(file, format);
  Loading loading;
  for (const auto& parameter : vit->named_parameters()) {
    PlanParameter(file, format, tower, parameter.key(), parameter.value(),
                  &loading);
  }
  std::vector<std::string> unused;
  for (const StoredTensor& tensor : file.tensors()) {
    if (loading.used.count(tensor.name) > 0) continue;
    absl::string_view inside = tensor.name;
    if (!absl::ConsumePrefix(&inside, tower.prefix()) ||
        IsBesideTower(format, inside)) {
      unused.push_back(tensor.name);
    } else {
      loading.problems.push_back(absl::StrCat(QuotedText(tensor.name),
                                              ": found ", ToString(tensor),
                                              ", expected no such tensor"));
    }
  }
  CXR_RETURN_IF_ERROR(ProblemsStatus(format, loading.problems));
  CXR_RETURN_IF_ERROR(CatchTorch("loading weights", [&] {
    const c10::NoGradGuard no_grad;
    for (const Filling& filling : loading.fillings) Fill(filling);
  }));
  std::sort(unused.begin(), unused.end());
  return unused;
}

absl::StatusOr<VitWeightsFormat> GuessFormat(const TensorFile& file) {
  for (const VitWeightsFormat format : kVitWeightsFormats) {
    const Tower tower(file, format);
    // timm has Meta's names, and no mask token.
    if (tower.Find("cls_token") != nullptr &&
        (format != VitWeightsFormat::kDinov2 ||
         tower.Find("mask_token") != nullptr)) {
      return format;
    }
  }
  std::vector<std::string> names;
  for (const StoredTensor& tensor : file.tensors()) {
    if (names.size() == kNamesShown) break;
    names.push_back(QuotedText(tensor.name));
  }
  const auto append_name = [](std::string* out, VitWeightsFormat format) {
    absl::StrAppend(out, ToString(format));
  };
  return absl::InvalidArgumentError(absl::StrCat(
      "weights of no known format: found ", file.tensors().size(), " tensors (",
      absl::StrJoin(names, ", "), "), expected those of ",
      absl::StrJoin(kVitWeightsFormats, ", ", append_name)));
}

absl::StatusOr<VitOptions> GuessOptions(const TensorFile& file,
                                        VitWeightsFormat format,
                                        int64_t heads) {
  const Tower tower(file, format);
  const bool clip = format == VitWeightsFormat::kOpenAiClip;
  VitOptions options =
      WithLayout({}, clip ? VitLayout::kOpenAiClip : VitLayout::kDinov2);
  CXR_ASSIGN_OR_RETURN(options.width, DimensionOf(tower, "norm.weight", 1, 0));
  if (heads > 0) {
    options.heads = heads;
    CXR_RETURN_IF_ERROR(Multiple("width", options.width, heads).status());
  } else {
    CXR_ASSIGN_OR_RETURN(options.heads,
                         Multiple("width", options.width, kHeadWidth,
                                  " unless the number of heads is given"));
  }
  options.depth = DepthOf(tower);
  CXR_ASSIGN_OR_RETURN(const int64_t hidden,
                       DimensionOf(tower, "blocks.0.mlp.fc1.weight", 2, 0));
  CXR_ASSIGN_OR_RETURN(options.mlp_ratio,
                       Multiple("hidden width", hidden, options.width));
  CXR_ASSIGN_OR_RETURN(options.patch_size_pixels,
                       DimensionOf(tower, "patch_embed.proj.weight", 4, 3));
  CXR_ASSIGN_OR_RETURN(const int64_t positions,
                       clip ? DimensionOf(tower, "pos_embed", 2, 0)
                            : DimensionOf(tower, "pos_embed", 3, 1));
  CXR_ASSIGN_OR_RETURN(options.position_grid, GridOf(positions));
  options.registers = 0;
  if (tower.Find("register_tokens") != nullptr) {
    CXR_ASSIGN_OR_RETURN(options.registers,
                         DimensionOf(tower, "register_tokens", 3, 1));
  }
  options.layer_scale = tower.Find("blocks.0.ls1.gamma") != nullptr;
  options.patch_bias = tower.Find("patch_embed.proj.bias") != nullptr;
  options.pre_norm = tower.Find("norm_pre.weight") != nullptr;
  return options;
}

absl::Status ExportHuggingFace(absl::string_view path, const Vit& vit) {
  const VitOptions& options = vit->options();
  VitOptions dinov2 = WithLayout(options, VitLayout::kDinov2);
  dinov2.layer_norm_epsilon = options.layer_norm_epsilon;
  if (dinov2 != options) {
    return absl::InvalidArgumentError(absl::StrCat(
        path, ": only backbones of DINOv2's layout can be exported"));
  }
  CXR_ASSIGN_OR_RETURN(
      const std::vector<Named> tensors,
      CatchTorch("exporting weights", [&] { return HuggingFaceTensors(vit); }));
  std::vector<StoredTensor> stored;
  for (const Named& tensor : tensors) {
    stored.push_back(ToStored(tensor.name, tensor.tensor));
  }
  CXR_RETURN_IF_ERROR(CreateDirectories(path));
  CXR_RETURN_IF_ERROR(
      WriteFileAtomically(JoinPath(path, "config.json"), ConfigJson(options)));
  // transformers reads no file without this entry.
  return WriteSafetensors(JoinPath(path, "model.safetensors"),
                          std::move(stored), {{"format", "pt"}});
}

}  // namespace cxr
