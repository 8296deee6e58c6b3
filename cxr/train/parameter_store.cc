// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/train/parameter_store.h"

#include <algorithm>

#include "ATen/ops/_foreach_lerp.h"
#include "ATen/ops/_foreach_mul.h"
#include "ATen/ops/cat.h"
#include "ATen/ops/empty.h"
#include "ATen/ops/linalg_vector_norm.h"
#include "ATen/ops/zeros_like.h"
#include "absl/container/flat_hash_set.h"
#include "c10/core/GradMode.h"
#include "c10/util/Exception.h"

namespace cxr {
namespace {

// torch.nn.utils.clip_grad_norm_.
constexpr double kClipEpsilon = 1e-6;

// A norm is taken of pieces first: one float32 sum over millions of squares is
// wrong by a thousandth, and each piece is summed by one thread.
constexpr int64_t kNormPiece = 4096;

void CheckParameters(const std::vector<NamedParameter>& parameters) {
  TORCH_CHECK(!parameters.empty(), "parameter store: no parameters");
  const at::Tensor& first = parameters[0].tensor;
  TORCH_CHECK(first.scalar_type() == at::kFloat ||
                  first.scalar_type() == at::kDouble ||
                  first.scalar_type() == at::kHalf,
              "parameter store: ", parameters[0].name, " is ",
              first.scalar_type(), ", expected float32, float64 or float16");
  absl::flat_hash_set<const c10::TensorImpl*> seen;
  for (const NamedParameter& parameter : parameters) {
    const at::Tensor& tensor = parameter.tensor;
    TORCH_CHECK(tensor.is_contiguous(), "parameter store: ", parameter.name,
                " is not contiguous");
    TORCH_CHECK(tensor.scalar_type() == first.scalar_type() &&
                    tensor.device() == first.device(),
                "parameter store: ", parameter.name, " is ",
                tensor.scalar_type(), " on ", tensor.device(), ", ",
                parameters[0].name, " ", first.scalar_type(), " on ",
                first.device());
    TORCH_CHECK(seen.insert(tensor.unsafeGetTensorImpl()).second,
                "parameter store: ", parameter.name, " is there twice");
  }
}

// Indices of the parameters of each rule, in order of first appearance.
std::vector<std::vector<size_t>> GroupByRule(
    const std::vector<NamedParameter>& parameters) {
  std::vector<std::vector<size_t>> groups;
  for (size_t i = 0; i < parameters.size(); ++i) {
    const auto group = std::find_if(
        groups.begin(), groups.end(), [&](const std::vector<size_t>& indices) {
          return parameters[indices[0]].rule == parameters[i].rule;
        });
    if (group == groups.end()) {
      groups.push_back({i});
    } else {
      group->push_back(i);
    }
  }
  return groups;
}

ParameterBlock MakeBlock(const std::vector<NamedParameter>& parameters,
                         const std::vector<size_t>& indices, bool gradients) {
  ParameterBlock block = {.rule = parameters[indices[0]].rule};
  int64_t size = 0;
  for (const size_t index : indices) {
    block.names.push_back(parameters[index].name);
    block.offsets.push_back(size);
    size += parameters[index].tensor.numel();
  }
  block.offsets.push_back(size);
  block.values = at::empty({size}, parameters[indices[0]].tensor.options());
  if (gradients) block.gradients = at::zeros_like(block.values);
  for (size_t i = 0; i < indices.size(); ++i) {
    at::Tensor tensor = parameters[indices[i]].tensor;
    const int64_t offset = block.offsets[i];
    const auto view_of = [&](const at::Tensor& buffer) {
      return buffer.narrow(0, offset, tensor.numel()).view(tensor.sizes());
    };
    const at::Tensor values = view_of(block.values);
    values.copy_(tensor);
    tensor.set_data(values);
    if (gradients) tensor.mutable_grad() = view_of(block.gradients);
  }
  return block;
}

// Adds the norms of the pieces of `values` (n) to `norms`.
void AppendPieceNorms(const at::Tensor& values,
                      std::vector<at::Tensor>* norms) {
  const int64_t tail = values.numel() % kNormPiece;
  const int64_t whole = values.numel() - tail;
  if (whole > 0) {
    norms->push_back(at::linalg_vector_norm(
        values.narrow(0, 0, whole).view({-1, kNormPiece}), 2, {{1}}));
  }
  if (tail > 0) {
    norms->push_back(
        at::linalg_vector_norm(values.narrow(0, whole, tail), 2, {{0}}, true));
  }
}

at::Tensor NormOf(const std::vector<at::Tensor>& gradients) {
  std::vector<at::Tensor> norms;
  for (const at::Tensor& block : gradients) AppendPieceNorms(block, &norms);
  return at::linalg_vector_norm(at::cat(norms));
}

// A unit and the gradients of its blocks.
struct Unit {
  std::string name = {};
  std::vector<at::Tensor> gradients = {};
};

std::vector<Unit> UnitsOf(const ParameterStore& store) {
  std::vector<Unit> units;
  for (const ParameterBlock& block : store.blocks()) {
    TORCH_CHECK(block.gradients.defined(),
                "parameter store: made without gradients");
    auto unit = std::find_if(
        units.begin(), units.end(),
        [&](const Unit& other) { return other.name == block.rule.clip_unit; });
    if (unit == units.end()) {
      unit = units.insert(unit, {.name = block.rule.clip_unit});
    }
    unit->gradients.push_back(block.gradients);
  }
  return units;
}

}  // namespace

ParameterStore::ParameterStore(const std::vector<NamedParameter>& parameters,
                               bool gradients) {
  const c10::NoGradGuard no_grad;
  CheckParameters(parameters);
  for (const std::vector<size_t>& group : GroupByRule(parameters)) {
    blocks_.push_back(MakeBlock(parameters, group, gradients));
  }
}

int64_t ParameterStore::numel() const {
  int64_t sum = 0;
  for (const ParameterBlock& block : blocks_) sum += block.values.numel();
  return sum;
}

void ParameterStore::ZeroGradients() {
  for (ParameterBlock& block : blocks_) {
    if (block.gradients.defined()) block.gradients.zero_();
  }
}

std::vector<UnitNorm> ClipGradients(ParameterStore& store, double max_norm) {
  TORCH_CHECK(max_norm >= 0, "clip gradients: norm ", max_norm, " below 0");
  const c10::NoGradGuard no_grad;
  std::vector<UnitNorm> norms;
  for (const Unit& unit : UnitsOf(store)) {
    const at::Tensor norm = NormOf(unit.gradients);
    norms.push_back({.unit = unit.name, .norm = norm.to(at::kFloat)});
    if (max_norm == 0) continue;
    // Always multiplied, by 1 if need be: to ask would wait for the device.
    at::_foreach_mul_(
        unit.gradients,
        norm.add(kClipEpsilon).reciprocal_().mul_(max_norm).clamp_max_(1));
  }
  return norms;
}

void MoveAverage(ParameterStore& average, const ParameterStore& values,
                 double momentum) {
  const c10::NoGradGuard no_grad;
  std::vector<at::Tensor> to;
  std::vector<at::Tensor> from;
  for (const ParameterBlock& block : average.blocks()) {
    to.push_back(block.values);
  }
  for (const ParameterBlock& block : values.blocks()) {
    from.push_back(block.values);
  }
  TORCH_CHECK(to.size() == from.size(), "moving average: ", to.size(),
              " blocks of ", from.size());
  for (size_t i = 0; i < to.size(); ++i) {
    TORCH_CHECK(to[i].sizes() == from[i].sizes(), "moving average: block ", i,
                " of ", to[i].sizes(), " values, expected ", from[i].sizes());
  }
  at::_foreach_lerp_(to, from, 1 - momentum);
}

}  // namespace cxr
