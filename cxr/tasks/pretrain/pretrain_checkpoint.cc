// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/tasks/pretrain/pretrain_checkpoint.h"

#include <algorithm>
#include <map>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "c10/core/GradMode.h"
#include "cxr/base/status_macros.h"
#include "cxr/model/weights/safetensors.h"
#include "cxr/model/weights/torch_tensors.h"

namespace cxr {
namespace {

using NamedTensors = std::vector<std::pair<std::string, at::Tensor>>;

std::string Serialized(const NamedTensors& tensors,
                       const std::map<std::string, std::string>& metadata) {
  std::vector<at::Tensor> on_host;  // Keeps the bytes of `stored` alive.
  std::vector<StoredTensor> stored;
  for (const auto& [name, tensor] : tensors) {
    on_host.push_back(tensor.detach().to(at::kCPU).contiguous());
    stored.push_back(ToStored(name, on_host.back()));
  }
  return ToSafetensors(std::move(stored), metadata);
}

}  // namespace

std::string ToCheckpoint(Pretrainer& pretrainer, const RunPosition& position) {
  return Serialized(pretrainer.State(), ToWords(position));
}

absl::StatusOr<RunPosition> RestoreCheckpoint(absl::string_view bytes,
                                              Pretrainer& pretrainer) {
  CXR_ASSIGN_OR_RETURN(const SafetensorsContents contents,
                       ParseSafetensors(bytes));
  CXR_ASSIGN_OR_RETURN(RunPosition position, ToPosition(contents.metadata));
  const NamedTensors state = pretrainer.State();
  if (contents.tensors.size() != state.size()) {
    return absl::DataLossError(
        absl::StrCat("checkpoint: found ", contents.tensors.size(),
                     " tensors, expected ", state.size()));
  }
  const c10::NoGradGuard no_grad;
  for (const auto& [name, tensor] : state) {
    const auto stored =
        std::find_if(contents.tensors.begin(), contents.tensors.end(),
                     [&, &wanted = name](const StoredTensor& each) {
                       return each.name == wanted;
                     });
    if (stored == contents.tensors.end() ||
        tensor.sizes() != at::IntArrayRef(stored->shape)) {
      return absl::DataLossError(absl::StrCat(
          "checkpoint: ", name, ": found ",
          stored == contents.tensors.end() ? "nothing" : ToString(*stored),
          ", expected ", tensor.numel(), " numbers"));
    }
    at::Tensor into = tensor;
    into.copy_(ToTorch(*stored));
  }
  return position;
}

std::string ToTeacherFile(DistillationNetworkImpl& teacher) {
  NamedTensors tensors;
  for (const auto& parameter : teacher.named_parameters()) {
    tensors.emplace_back(parameter.key(), parameter.value());
  }
  return Serialized(tensors, {});
}

}  // namespace cxr
