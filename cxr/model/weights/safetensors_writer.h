// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_MODEL_WEIGHTS_SAFETENSORS_WRITER_H_
#define CXR_MODEL_WEIGHTS_SAFETENSORS_WRITER_H_

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "cxr/model/weights/tensor_file.h"

// Writes a safetensors file whose numbers do not fit into memory: shapes are
// known at first, numbers come in any order.
//
//   CXR_ASSIGN_OR_RETURN(
//       SafetensorsWriter writer,
//       SafetensorsWriter::Create(path, {{.name = "cls", ...}}, metadata));
//   CXR_RETURN_IF_ERROR(writer.Write("cls", first_byte, bytes));
//   CXR_RETURN_IF_ERROR(writer.Finish());

namespace cxr {

class SafetensorsWriter {
 public:
  struct Tensor {
    std::string name = {};
    ScalarKind kind = ScalarKind::kFloat32;
    std::vector<int64_t> shape = {};
  };

  // Names differ. The errors of writing files; InvalidArgument if `path` is a
  // folder.
  static absl::StatusOr<SafetensorsWriter> Create(
      absl::string_view path, std::vector<Tensor> tensors,
      const std::map<std::string, std::string>& metadata);

  // Puts `bytes` at byte `offset` of the tensor `name`, which has room for them
  // (else the program ends). Safe to call from many threads for places that do
  // not overlap.
  absl::Status Write(absl::string_view name, int64_t offset,
                     absl::string_view bytes) const;

  // Flushes, and gives the file its name. What was not written is zero.
  absl::Status Finish();

 private:
  struct Place {
    int64_t begin = 0;  // in the file
    int64_t bytes = 0;
  };

  // The open file under a name of its own, deleted unless it was finished.
  class Draft;

  SafetensorsWriter(std::shared_ptr<Draft> draft,
                    std::map<std::string, Place, std::less<>> places);

  std::shared_ptr<Draft> draft_;
  std::map<std::string, Place, std::less<>> places_;
};

}  // namespace cxr

#endif  // CXR_MODEL_WEIGHTS_SAFETENSORS_WRITER_H_
