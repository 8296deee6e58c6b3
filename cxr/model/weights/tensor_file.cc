// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/model/weights/tensor_file.h"

#include <algorithm>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "cxr/base/check.h"
#include "cxr/base/status_macros.h"
#include "cxr/model/weights/mapped_file.h"
#include "cxr/model/weights/safetensors.h"
#include "cxr/model/weights/torch_file.h"

namespace cxr {
namespace {

bool ByName(const StoredTensor& a, const StoredTensor& b) {
  return a.name < b.name;
}

// Eight bytes of length and the brace that opens the header.
bool IsSafetensors(absl::string_view bytes) {
  return bytes.size() > 8 && bytes[8] == '{';
}

// `state` with its own memory and that of the file.
TensorFile FromTorch(TorchState state, const MappedFile& file) {
  state.memory.push_back(file.memory);
  return TensorFile(std::move(state.tensors), {}, std::move(state.memory));
}

absl::StatusOr<TensorFile> ParseTensorFile(const MappedFile& file) {
  if (IsZip(file.bytes)) {
    CXR_ASSIGN_OR_RETURN(TorchState state, ParseTorchZip(file.bytes));
    return FromTorch(std::move(state), file);
  }
  if (IsTorchLegacy(file.bytes)) {
    CXR_ASSIGN_OR_RETURN(TorchState state, ParseTorchLegacy(file.bytes));
    return FromTorch(std::move(state), file);
  }
  if (IsSafetensors(file.bytes)) {
    CXR_ASSIGN_OR_RETURN(SafetensorsContents contents,
                         ParseSafetensors(file.bytes));
    return TensorFile(std::move(contents.tensors), std::move(contents.metadata),
                      {file.memory});
  }
  return absl::InvalidArgumentError(
      absl::StrCat("found ", file.bytes.size(), " bytes that begin with ",
                   QuotedText(file.bytes.substr(0, 40)),
                   ", expected a file of safetensors or torch.save"));
}

}  // namespace

TensorFile::TensorFile(std::vector<StoredTensor> tensors,
                       std::map<std::string, std::string> metadata,
                       std::vector<std::shared_ptr<const void>> memory)
    : tensors_(std::move(tensors)),
      metadata_(std::move(metadata)),
      memory_(std::move(memory)) {
  std::sort(tensors_.begin(), tensors_.end(), ByName);
  for (size_t i = 1; i < tensors_.size(); ++i) {
    CXR_CHECK(tensors_[i - 1].name != tensors_[i].name)
        << "two tensors are called " << tensors_[i].name;
  }
}

const StoredTensor* TensorFile::Find(absl::string_view name) const {
  const auto found = std::lower_bound(
      tensors_.begin(), tensors_.end(), name,
      [](const StoredTensor& tensor, absl::string_view wanted) {
        return tensor.name < wanted;
      });
  return found != tensors_.end() && found->name == name ? &*found : nullptr;
}

absl::StatusOr<TensorFile> ReadTensorFile(absl::string_view path) {
  CXR_ASSIGN_OR_RETURN(const MappedFile file, MapFile(path));
  absl::StatusOr<TensorFile> read = ParseTensorFile(file);
  return read.ok() ? std::move(read) : Annotate(read.status(), path);
}

}  // namespace cxr
