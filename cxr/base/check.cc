// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/base/check.h"

#include <cstdio>
#include <cstdlib>
#include <string>

namespace cxr::base_internal {
namespace {

constexpr int kInternalErrorExitCode = 70;

}  // namespace

CheckFailure::CheckFailure(const char* file, int line, const char* condition) {
  stream_ << file << ":" << line << ": check failed: " << condition << " ";
}

CheckFailure::~CheckFailure() {
  std::fprintf(stderr, "%s\n", stream_.str().c_str());
  // Not abort: the exit code tells scripts that this is a bug, not a signal.
  std::_Exit(kInternalErrorExitCode);
}

}  // namespace cxr::base_internal
