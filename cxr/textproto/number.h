// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_TEXTPROTO_NUMBER_H_
#define CXR_TEXTPROTO_NUMBER_H_

#include <limits>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "cxr/textproto/words.h"

// Numbers from the words of a value. Errors are InvalidArgument and say what
// was found, what was expected and what to write.

namespace cxr {

// "an integer from -128 to 127".
template <typename T>
std::string RangeText() {
  return absl::StrCat("an integer from ", std::numeric_limits<T>::min(), " to ",
                      std::numeric_limits<T>::max());
}

// T is one of int32_t, int64_t, uint32_t, uint64_t.
template <typename T>
absl::StatusOr<T> ReadInteger(const ScalarWords& words);

// Decimal, "inf" or "nan". A literal that is too large is an error.
absl::StatusOr<double> ReadDouble(const ScalarWords& words);
absl::StatusOr<float> ReadFloat(const ScalarWords& words);

// A warning for a whole number with a leading 0, which is octal; empty for
// others.
std::string OctalWarning(const ScalarWords& words);

// The error where a number or a word is expected and none stands.
absl::Status NoNumber(const ScalarWords& words, const std::string& expected);

}  // namespace cxr

#endif  // CXR_TEXTPROTO_NUMBER_H_
