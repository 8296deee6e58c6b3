// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/model/weights/weights_fuzz.h"

#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "cxr/base/check.h"
#include "cxr/model/weights/safetensors.h"
#include "cxr/model/weights/stored_tensor.h"
#include "cxr/model/weights/tensor_file.h"
#include "cxr/model/weights/torch_file.h"
#include "cxr/model/weights/zip_testing.h"

namespace cxr {
namespace {

void CheckError(const absl::Status& status) {
  CXR_CHECK(status.code() == absl::StatusCode::kDataLoss ||
            status.code() == absl::StatusCode::kInvalidArgument ||
            status.code() == absl::StatusCode::kPermissionDenied)
      << status;
  CXR_CHECK(!status.message().empty());
}

void CheckTensors(const std::vector<StoredTensor>& tensors) {
  int sum = 0;
  for (const StoredTensor& tensor : tensors) {
    const absl::StatusOr<int64_t> count = CountOf(tensor.shape, tensor.kind);
    CXR_CHECK(count.ok()) << count.status();
    CXR_CHECK(std::ssize(tensor.bytes) == *count * SizeOf(tensor.kind))
        << tensor.bytes.size() << " bytes of " << ToString(tensor);
    for (const char byte : tensor.bytes) {
      sum += byte;  // reads what lies outside, if some does
    }
  }
  CXR_CHECK(sum != 1 << 30);
  // Ends the program if names stand twice.
  CXR_CHECK(TensorFile(tensors, {}, {}).tensors().size() == tensors.size());
}

void CheckSafetensors(absl::string_view bytes) {
  const absl::StatusOr<SafetensorsContents> read = ParseSafetensors(bytes);
  if (!read.ok()) {
    CheckError(read.status());
    return;
  }
  CheckTensors(read->tensors);
  const std::string written = ToSafetensors(read->tensors, read->metadata);
  const absl::StatusOr<SafetensorsContents> again = ParseSafetensors(written);
  CXR_CHECK(again.ok()) << again.status();
  CXR_CHECK(ToSafetensors(again->tensors, again->metadata) == written);
}

void CheckTorch(const absl::StatusOr<TorchState>& state) {
  if (state.ok()) {
    CheckTensors(state->tensors);
  } else {
    CheckError(state.status());
  }
}

// `header` of safetensors with its length and some numbers.
std::string AsSafetensors(const std::string& header) {
  return LittleEndianText(header.size(), 8) + header + std::string(24, '\1');
}

// `pickle` in an archive with storages that it may ask for.
std::string AsZip(const std::string& pickle) {
  std::vector<std::pair<std::string, std::string>> entries = {
      {"zip/data.pkl", pickle}};
  for (size_t i = 0; i < 8; ++i) {
    entries.emplace_back("zip/data/" + std::to_string(i),
                         std::string(4 * i, '\1'));
  }
  return MakeZip(entries);
}

}  // namespace
}  // namespace cxr

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string bytes(data, data + size);
  cxr::CheckSafetensors(bytes);
  cxr::CheckSafetensors(cxr::AsSafetensors(bytes));
  cxr::CheckTorch(cxr::ParseTorchZip(bytes));
  cxr::CheckTorch(cxr::ParseTorchZip(cxr::AsZip(bytes)));
  if (cxr::IsTorchLegacy(bytes)) {  // which reads no further than that
    cxr::CheckTorch(cxr::ParseTorchLegacy(bytes));
  }
  return 0;
}
