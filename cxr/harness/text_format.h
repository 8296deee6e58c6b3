// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_HARNESS_TEXT_FORMAT_H_
#define CXR_HARNESS_TEXT_FORMAT_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"

// Numbers and lists as plans and reports print them.

namespace cxr {

// "0", "12", "3.40 k", "61.4 M", "51.6 E": three digits and a prefix of 1000.
std::string WithPrefix(double value);

// "512 B", "3.40 MB", "1.25 TB": powers of 1000.
std::string BytesText(int64_t bytes);

// "0 FLOP", "51.6 EFLOP".
std::string FlopText(double flops);

// "0.2 s", "12 s", "3 min", "4.5 h", "36 h".
std::string SecondsText(double seconds);

// "4.5 h", or "4.1 to 6.3 h" or "30 s to 90 min" if the two print
// differently.
std::string SecondsRangeText(double low, double high);

// "", "a", "a and b", "a, b and 7 more": at most `shown` of them.
std::string ListText(const std::vector<std::string>& names, size_t shown);

// "1 stage", "2 stages".
std::string CountText(int64_t count, absl::string_view noun);

// The text as it is if it is UTF-8, as messages have to be; else with a "?" for
// every byte that is not ASCII.
std::string Printable(absl::string_view text);

}  // namespace cxr

#endif  // CXR_HARNESS_TEXT_FORMAT_H_
