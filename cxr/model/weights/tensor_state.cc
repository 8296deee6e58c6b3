// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/model/weights/tensor_state.h"

#include <map>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "c10/core/GradMode.h"
#include "cxr/base/status_macros.h"
#include "cxr/model/weights/torch_tensors.h"

namespace cxr {

std::string ToStateFile(const NamedTensors& tensors,
                        const std::map<std::string, std::string>& metadata) {
  std::vector<at::Tensor> on_host;  // Keeps the bytes of `stored` alive.
  std::vector<StoredTensor> stored;
  for (const auto& [name, tensor] : tensors) {
    on_host.push_back(tensor.detach().to(at::kCPU).contiguous());
    stored.push_back(ToStored(name, on_host.back()));
  }
  return ToSafetensors(std::move(stored), metadata);
}

absl::Status RestoreState(const SafetensorsContents& contents,
                          absl::string_view name, const NamedTensors& tensors) {
  std::map<absl::string_view, const StoredTensor*> stored;
  for (const StoredTensor& tensor : contents.tensors) {
    stored[tensor.name] = &tensor;
  }
  if (stored.size() != tensors.size()) {
    return absl::DataLossError(absl::StrCat(name, ": found ", stored.size(),
                                            " tensors, expected ",
                                            tensors.size()));
  }
  for (const auto& [key, tensor] : tensors) {
    const auto it = stored.find(key);
    if (it == stored.end() ||
        tensor.sizes() != at::IntArrayRef(it->second->shape)) {
      return absl::DataLossError(
          absl::StrCat(name, ": ", key, ": found ",
                       it == stored.end() ? "nothing" : ToString(*it->second),
                       ", expected a shape of [",
                       absl::StrJoin(tensor.sizes().vec(), ", "), "]"));
    }
  }
  const c10::NoGradGuard no_grad;
  for (const auto& [key, tensor] : tensors) {
    at::Tensor into = tensor;
    into.copy_(ToTorch(*stored[key]));
  }
  return absl::OkStatus();
}

absl::StatusOr<std::map<std::string, std::string>> RestoreState(
    absl::string_view bytes, absl::string_view name,
    const NamedTensors& tensors) {
  const absl::StatusOr<SafetensorsContents> contents = ParseSafetensors(bytes);
  if (!contents.ok()) return Annotate(contents.status(), name);
  CXR_RETURN_IF_ERROR(RestoreState(*contents, name, tensors));
  return contents->metadata;
}

}  // namespace cxr
