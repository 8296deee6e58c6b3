// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_BASE_CHECK_H_
#define CXR_BASE_CHECK_H_

#include <sstream>

// CXR_CHECK(condition) << "why it must hold";
//
// Ends the program with exit code 70 (internal error) after printing file,
// line, condition and the streamed text, when a programmer broke an invariant.
// What the world did (files, specs, disks) is a Status, never a CXR_CHECK. The
// bare name CHECK is LibTorch's.
#define CXR_CHECK(condition)  \
  if (condition) [[likely]] { \
  } else                      \
    ::cxr::base_internal::CheckFailure(__FILE__, __LINE__, #condition).stream()

namespace cxr::base_internal {

class CheckFailure {
 public:
  CheckFailure(const char* file, int line, const char* condition);
  // Writes the collected text to stderr and ends the program.
  [[noreturn]] ~CheckFailure();

  std::ostringstream& stream() { return stream_; }

 private:
  std::ostringstream stream_;
};

}  // namespace cxr::base_internal

#endif  // CXR_BASE_CHECK_H_
