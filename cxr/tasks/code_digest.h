// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_TASKS_CODE_DIGEST_H_
#define CXR_TASKS_CODE_DIGEST_H_

#include <string>

#include "absl/strings/string_view.h"

namespace cxr {

// SHA-256, 64 hexadecimal digits, over the sources that the stage `stage`
// ("data", "features", "train", "predict", "score") is built from; empty for a
// stage that this version has no code for ("pretrain").
std::string StageCodeDigest(absl::string_view stage);

}  // namespace cxr

#endif  // CXR_TASKS_CODE_DIGEST_H_
