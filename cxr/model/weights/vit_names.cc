// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/model/weights/vit_names.h"

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/strip.h"
#include "absl/types/span.h"
#include "cxr/base/check.h"

namespace cxr {
namespace {

// A name that begins with `from` begins with `to` in the file.
struct Rename {
  absl::string_view from;
  absl::string_view to;
};

// Stands for query, key or value, which transformers stores one by one.
constexpr absl::string_view kThird = "*";

// Outside of blocks, then what a block is called, then inside of it.
constexpr Rename kHuggingFace[] = {
    {"cls_token", "embeddings.cls_token"},
    {"pos_embed", "embeddings.position_embeddings"},
    {"register_tokens", "embeddings.register_tokens"},
    {"mask_token", "embeddings.mask_token"},
    {"patch_embed.proj.", "embeddings.patch_embeddings.projection."},
    {"norm.", "layernorm."},
    {"blocks.", "encoder.layer."},
};
constexpr Rename kHuggingFaceBlock[] = {
    {"attn.qkv.", "attention.attention.*."},
    {"attn.proj.", "attention.output.dense."},
    {"ls1.gamma", "layer_scale1.lambda1"},
    {"ls2.gamma", "layer_scale2.lambda1"},
};
constexpr Rename kTimm[] = {{"register_tokens", "reg_token"}};
constexpr Rename kClip[] = {
    {"cls_token", "class_embedding"},
    {"pos_embed", "positional_embedding"},
    {"patch_embed.proj.", "conv1."},
    {"norm_pre.", "ln_pre."},
    {"norm.", "ln_post."},
    {"blocks.", "transformer.resblocks."},
};
constexpr Rename kClipBlock[] = {
    {"norm1.", "ln_1."},
    {"norm2.", "ln_2."},
    {"attn.qkv.", "attn.in_proj_"},
    {"attn.proj.", "attn.out_proj."},
    {"mlp.fc1.", "mlp.c_fc."},
    {"mlp.fc2.", "mlp.c_proj."},
};

struct Renames {
  absl::Span<const Rename> outside;
  absl::Span<const Rename> inside_block;
};

Renames RenamesOf(VitWeightsFormat format) {
  switch (format) {
    case VitWeightsFormat::kDinov2:
    case VitWeightsFormat::kTeacherCheckpoint:
      return {};
    case VitWeightsFormat::kHuggingFaceDinov2:
      return {kHuggingFace, kHuggingFaceBlock};
    case VitWeightsFormat::kOpenClipTimm:
      return {kTimm, {}};
    case VitWeightsFormat::kOpenAiClip:
      return {kClip, kClipBlock};
  }
  CXR_CHECK(false) << "VitWeightsFormat: unknown value";
  return {};
}

std::string Renamed(absl::Span<const Rename> renames, absl::string_view name) {
  for (const Rename& rename : renames) {
    absl::string_view rest = name;
    if (absl::ConsumePrefix(&rest, rename.from)) {
      return absl::StrCat(rename.to, rest);
    }
  }
  return std::string(name);
}

// Where the name inside the block begins in "blocks.7.norm1.bias"; 0 outside.
size_t BlockPrefixSize(absl::string_view parameter) {
  constexpr absl::string_view kBlocks = "blocks.";
  if (!absl::StartsWith(parameter, kBlocks)) return 0;
  return parameter.find('.', kBlocks.size()) + 1;
}

}  // namespace

absl::string_view ToString(VitWeightsFormat format) {
  switch (format) {
    case VitWeightsFormat::kDinov2:
      return "Meta's DINOv2";
    case VitWeightsFormat::kHuggingFaceDinov2:
      return "DINOv2 of transformers";
    case VitWeightsFormat::kOpenClipTimm:
      return "timm";
    case VitWeightsFormat::kOpenAiClip:
      return "OpenAI's CLIP";
    case VitWeightsFormat::kTeacherCheckpoint:
      return "teacher of the released pretraining";
  }
  CXR_CHECK(false) << "VitWeightsFormat: unknown value";
  return "";
}

std::vector<absl::string_view> TowerPrefixes(VitWeightsFormat format) {
  switch (format) {
    case VitWeightsFormat::kDinov2:
      return {""};
    case VitWeightsFormat::kHuggingFaceDinov2:
      return {"", "dinov2.", "dinov2_with_registers."};
    case VitWeightsFormat::kOpenClipTimm:
      return {"", "visual.trunk."};
    case VitWeightsFormat::kOpenAiClip:
      return {"visual."};
    case VitWeightsFormat::kTeacherCheckpoint:
      return {"teacher.backbone.", "backbone."};
  }
  CXR_CHECK(false) << "VitWeightsFormat: unknown value";
  return {};
}

std::vector<std::string> NamesInFile(VitWeightsFormat format,
                                     absl::string_view parameter) {
  const Renames renames = RenamesOf(format);
  const size_t inside = BlockPrefixSize(parameter);
  const absl::string_view rest = parameter.substr(inside);
  const std::string name =
      inside == 0
          ? Renamed(renames.outside, parameter)
          : absl::StrCat(Renamed(renames.outside, parameter.substr(0, inside)),
                         Renamed(renames.inside_block, rest));
  if (!absl::StrContains(name, kThird)) return {name};
  return {absl::StrReplaceAll(name, {{kThird, "query"}}),
          absl::StrReplaceAll(name, {{kThird, "key"}}),
          absl::StrReplaceAll(name, {{kThird, "value"}})};
}

bool IsBesideTower(VitWeightsFormat format, absl::string_view name) {
  const auto begins = [name](absl::string_view head) {
    return absl::StartsWith(name, head);
  };
  switch (format) {
    case VitWeightsFormat::kDinov2:
    case VitWeightsFormat::kTeacherCheckpoint:
      return begins("head.");
    case VitWeightsFormat::kHuggingFaceDinov2:
      return begins("classifier.") || begins("pooler.");
    case VitWeightsFormat::kOpenClipTimm:
      return begins("head.") || begins("fc_norm.") || begins("attn_pool.");
    case VitWeightsFormat::kOpenAiClip:
      return name == "proj";
  }
  CXR_CHECK(false) << "VitWeightsFormat: unknown value";
  return false;
}

}  // namespace cxr
