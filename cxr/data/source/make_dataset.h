// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_DATA_SOURCE_MAKE_DATASET_H_
#define CXR_DATA_SOURCE_MAKE_DATASET_H_

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "cxr/data/source/dataset.h"
#include "cxr/spec/data.pb.h"

// The switch over all sources: a reader enters the program here.

namespace cxr {

// Where files lie on this machine.
struct DataRoots {
  std::string samples = {};  // The images that come with the program.
};

// The dataset that `spec` names, all of its images. Unimplemented if this
// version has no reader for the source; otherwise the reader's errors.
absl::StatusOr<std::unique_ptr<Dataset>> MakeDataset(const spec::DataSpec& spec,
                                                     const DataRoots& roots);

// SHA-256 over the names and bytes of the files the dataset is read from.
// Unimplemented as above; NotFound if a file is not there.
absl::StatusOr<std::string> FingerprintFiles(const spec::DataSpec& spec,
                                             const DataRoots& roots);

}  // namespace cxr

#endif  // CXR_DATA_SOURCE_MAKE_DATASET_H_
