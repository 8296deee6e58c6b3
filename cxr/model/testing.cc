// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/model/testing.h"

#include <limits>
#include <string>

#include "absl/strings/match.h"
#include "c10/util/Exception.h"

namespace cxr {
namespace {

// FNV-1a.
uint32_t HashOf(absl::string_view name) {
  uint32_t hash = 0x811C9DC5;
  for (const char c : name) {
    hash = (hash ^ static_cast<unsigned char>(c)) * 0x01000193;
  }
  return hash;
}

float ValueAt(uint32_t name_hash, uint32_t index) {
  uint32_t hash = name_hash + 0x9E3779B9 * index;
  hash = (hash ^ hash >> 16) * 0x85EBCA6B;
  hash = (hash ^ hash >> 13) * 0xC2B2AE35;
  hash ^= hash >> 16;
  return static_cast<float>(hash >> 8) * 0x1p-23f - 1;
}

}  // namespace

float FormulaValue(absl::string_view name, uint32_t index) {
  return ValueAt(HashOf(name), index);
}

void FillByFormula(at::Tensor tensor, absl::string_view name, double scale,
                   double offset) {
  TORCH_CHECK(tensor.is_contiguous(), "formula: not contiguous");
  const uint32_t hash = HashOf(name);
  float* data = tensor.mutable_data_ptr<float>();
  for (int64_t i = 0; i < tensor.numel(); ++i) {
    data[i] = static_cast<float>(
        offset + scale * ValueAt(hash, static_cast<uint32_t>(i)));
  }
}

void FillModuleByFormula(torch::nn::Module& module, double scale) {
  for (const auto& parameter : module.named_parameters()) {
    const std::string& name = parameter.key();
    const bool factor =
        absl::EndsWith(name, "gamma") ||
        (absl::StrContains(name, "norm") && absl::EndsWith(name, "weight"));
    FillByFormula(parameter.value(), name, scale, factor ? 1 : 0);
  }
}

double MaxAbsDifference(const at::Tensor& a, const at::Tensor& b) {
  if (a.sizes() != b.sizes()) return std::numeric_limits<double>::infinity();
  return (a - b).abs().max().item<double>();
}

}  // namespace cxr
