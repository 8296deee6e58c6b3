// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/base/torch_status.h"

#include <cstdio>
#include <exception>
#include <new>

#include "absl/strings/str_cat.h"
#include "c10/util/Exception.h"

namespace cxr {
namespace {

absl::Status Failure(absl::StatusCode code, absl::string_view what,
                     absl::string_view text) {
  return absl::Status(code, absl::StrCat(what, ": ", text));
}

}  // namespace

absl::Status CatchExceptions(absl::string_view what,
                             const std::function<void()>& function) {
  using Code = absl::StatusCode;
  try {
    function();
    return absl::OkStatus();
  } catch (const c10::OutOfMemoryError& error) {
    return Failure(Code::kResourceExhausted, what,
                   error.what_without_backtrace());
  } catch (const c10::IndexError& error) {
    return Failure(Code::kInvalidArgument, what,
                   error.what_without_backtrace());
  } catch (const c10::ValueError& error) {
    return Failure(Code::kInvalidArgument, what,
                   error.what_without_backtrace());
  } catch (const c10::TypeError& error) {
    return Failure(Code::kInvalidArgument, what,
                   error.what_without_backtrace());
  } catch (const c10::NotImplementedError& error) {
    return Failure(Code::kUnimplemented, what, error.what_without_backtrace());
  } catch (const c10::Error& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return Failure(Code::kInternal, what, error.what_without_backtrace());
  } catch (const std::bad_alloc&) {
    return Failure(Code::kResourceExhausted, what, "out of memory");
  } catch (const std::exception& error) {
    return Failure(Code::kInternal, what, error.what());
  }
}

}  // namespace cxr
