// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_MODEL_WEIGHTS_TENSOR_FILE_H_
#define CXR_MODEL_WEIGHTS_TENSOR_FILE_H_

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "cxr/model/weights/stored_tensor.h"  // IWYU pragma: export

// Files of named tensors, whoever wrote them: safetensors, and what
// torch.save writes (a zip archive, or the older form of pickles one after
// another). Files of weights come from strangers: nothing in them is executed,
// every length is checked against the file.
//
//   CXR_ASSIGN_OR_RETURN(const TensorFile file, ReadTensorFile(path));
//   for (const StoredTensor& tensor : file.tensors()) ...

namespace cxr {

class TensorFile {
 public:
  // `memory` keeps the bytes of `tensors` alive. Names are unique.
  TensorFile(std::vector<StoredTensor> tensors,
             std::map<std::string, std::string> metadata,
             std::vector<std::shared_ptr<const void>> memory);

  // By name.
  const std::vector<StoredTensor>& tensors() const { return tensors_; }

  // Of this name; nullptr if there is none.
  const StoredTensor* Find(absl::string_view name) const;

  // What safetensors call __metadata__; empty for others.
  const std::map<std::string, std::string>& metadata() const {
    return metadata_;
  }

 private:
  std::vector<StoredTensor> tensors_;
  std::map<std::string, std::string> metadata_;
  std::vector<std::shared_ptr<const void>> memory_;
};

// Told by contents, not by name. The file is mapped; only tensors that are not
// contiguous in it are copied. NotFound if there is no such file; DataLoss with
// the path and what is wrong if it is cut off or damaged; InvalidArgument if it
// is none of these formats; PermissionDenied naming the import if a pickle
// asks for more than tensors and plain values need.
absl::StatusOr<TensorFile> ReadTensorFile(absl::string_view path);

}  // namespace cxr

#endif  // CXR_MODEL_WEIGHTS_TENSOR_FILE_H_
