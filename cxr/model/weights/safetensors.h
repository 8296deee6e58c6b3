// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_MODEL_WEIGHTS_SAFETENSORS_H_
#define CXR_MODEL_WEIGHTS_SAFETENSORS_H_

#include <map>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "cxr/model/weights/stored_tensor.h"

// The format of the safetensors package: eight bytes with the length of a JSON
// header, the header (name, type, shape and place of each tensor), the numbers.

namespace cxr {

// The tensors of `bytes`, whose numbers stay where they are, in the order of
// their names. As in the package, the numbers cover the rest of the file
// without a gap. Errors as ReadTensorFile, without a path.
struct SafetensorsContents {
  std::vector<StoredTensor> tensors = {};
  std::map<std::string, std::string> metadata = {};
};
absl::StatusOr<SafetensorsContents> ParseSafetensors(absl::string_view bytes);

// The file that holds `tensors`, whose names differ and are UTF-8, ordered by
// kind and name as the safetensors package orders them; the numbers begin at a
// multiple of eight bytes. The same tensors give the same bytes.
std::string ToSafetensors(std::vector<StoredTensor> tensors,
                          const std::map<std::string, std::string>& metadata);

// The length and the header of a file whose numbers follow in the order of
// `tensors`, which is one by kind and name; their bytes are not looked at.
std::string SafetensorsHeader(
    const std::vector<StoredTensor>& tensors,
    const std::map<std::string, std::string>& metadata);

// Writes it under its name when it is complete, with no second copy of the
// numbers in memory. Errors as cxr/base/file.h.
absl::Status WriteSafetensors(
    absl::string_view path, std::vector<StoredTensor> tensors,
    const std::map<std::string, std::string>& metadata);

}  // namespace cxr

#endif  // CXR_MODEL_WEIGHTS_SAFETENSORS_H_
