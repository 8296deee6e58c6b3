// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_BASE_TORCH_STATUS_H_
#define CXR_BASE_TORCH_STATUS_H_

#include <functional>
#include <optional>
#include <type_traits>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

// The seam between code that throws (LibTorch, the standard library) and code
// that returns a Status. The only catch of the code base is in torch_status.cc.
//
//   CXR_ASSIGN_OR_RETURN(const double loss, CatchTorch("training step", [&] {
//     return Step(batch);
//   }));
//
// To be crossed once a training step, evaluation batch, built model, or loaded
// or saved file of weights; never per operator.

namespace cxr {

// Runs `function` and says how it ended; `what` is put before the text.
//
//   c10::OutOfMemoryError, std::bad_alloc                ResourceExhausted
//   c10::IndexError, c10::ValueError, c10::TypeError     InvalidArgument
//   c10::NotImplementedError                             Unimplemented
//   other c10::Error (its backtrace goes to stderr)      Internal
//   other std::exception                                 Internal
//
// Anything else that is thrown is not ours and is left to crash.
absl::Status CatchExceptions(absl::string_view what,
                             const std::function<void()>& function);

namespace torch_status_internal {

// What CatchTorch returns for a function that returns `T`.
template <typename T>
struct Result {
  using Type = absl::StatusOr<T>;
};
template <>
struct Result<void> {
  using Type = absl::Status;
};
template <>
struct Result<absl::Status> {
  using Type = absl::Status;
};
template <typename T>
struct Result<absl::StatusOr<T>> {
  using Type = absl::StatusOr<T>;
};

}  // namespace torch_status_internal

// CatchExceptions for a function with a value: StatusOr<T> for T, Status for
// void. A Status or StatusOr that `function` returns is passed on as it is.
template <typename Function>
auto CatchTorch(absl::string_view what, Function&& function) {
  using Value = std::invoke_result_t<Function>;
  using Result = typename torch_status_internal::Result<Value>::Type;
  if constexpr (std::is_void_v<Value>) {
    return CatchExceptions(what, function);
  } else {
    std::optional<Value> value;
    absl::Status status =
        CatchExceptions(what, [&] { value.emplace(function()); });
    if (!status.ok()) return Result(std::move(status));
    return Result(*std::move(value));
  }
}

}  // namespace cxr

#endif  // CXR_BASE_TORCH_STATUS_H_
