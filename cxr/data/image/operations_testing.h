// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_DATA_IMAGE_OPERATIONS_TESTING_H_
#define CXR_DATA_IMAGE_OPERATIONS_TESTING_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "cxr/data/image.h"

// Images for the tests of this package, and what the published code's libraries
// made of them: testdata/make_operations.py.

namespace cxr {

struct RecordedOperation {
  std::string name;  // of the recorded output's file, and the arguments
  GrayImage input;
  GrayImage output;
  std::vector<double> arguments;
};

// The recorded cases of one operation; at least one.
std::vector<RecordedOperation> ReadRecordedOperations(
    absl::string_view operation);

// The image in testdata/`name`.
GrayImage ReadTestImage(absl::string_view name);

// Independent uniform levels.
GrayImage MakeNoise(int width, int height, uint32_t seed);

}  // namespace cxr

#endif  // CXR_DATA_IMAGE_OPERATIONS_TESTING_H_
