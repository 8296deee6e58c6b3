// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/tasks/environment.h"

#include "ATen/Parallel.h"
#include "ATen/Version.h"
#include "absl/strings/str_cat.h"
#include "torch/version.h"

namespace cxr {

std::string ComputeLibraries() {
  return absl::StrCat("LibTorch ", TORCH_VERSION, ", ",
                      at::get_cpu_capability());
}

void PrepareLibTorch() { at::set_num_threads(1); }

}  // namespace cxr
