// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_BASE_STATUS_MACROS_H_
#define CXR_BASE_STATUS_MACROS_H_

#include <utility>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

// Passing errors up, and saying where they happened.
//
//   CXR_ASSIGN_OR_RETURN(std::string text, ReadFile(path));
//   CXR_RETURN_IF_ERROR(Annotate(Parse(text), "loading the manifest"));

// Returns from the enclosing function when `expr` (a Status) is not OK.
#define CXR_RETURN_IF_ERROR(expr)                               \
  do {                                                          \
    if (::absl::Status cxr_status = (expr); !cxr_status.ok()) { \
      return cxr_status;                                        \
    }                                                           \
  } while (false)

// Evaluates `expr` (a StatusOr), returns its error from the enclosing function
// or moves its value into `lhs`, which may declare a variable. One a line.
#define CXR_ASSIGN_OR_RETURN(lhs, expr) \
  CXR_ASSIGN_OR_RETURN_IMPL(CXR_CONCAT(cxr_status_or_, __LINE__), lhs, expr)

#define CXR_ASSIGN_OR_RETURN_IMPL(temporary, lhs, expr) \
  auto temporary = (expr);                              \
  if (!temporary.ok()) {                                \
    return std::move(temporary).status();               \
  }                                                     \
  lhs = *std::move(temporary)

#define CXR_CONCAT(a, b) CXR_CONCAT_INNER(a, b)
#define CXR_CONCAT_INNER(a, b) a##b

namespace cxr {

// `status` with "context: " put before its text; OK stays OK.
absl::Status Annotate(const absl::Status& status, absl::string_view context);

}  // namespace cxr

#endif  // CXR_BASE_STATUS_MACROS_H_
