// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/harness/text_format.h"

#include <algorithm>
#include <cmath>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "absl/types/span.h"

namespace cxr {
namespace {

constexpr absl::string_view kPrefixes[] = {"",  "k", "M", "G",
                                           "T", "P", "E", "Z"};

// Three digits, fewer for whole numbers below 1000.
std::string ThreeDigits(double value) {
  // 99.95 would print as 100.0.
  if (value >= 99.95 || value == std::floor(value)) {
    return absl::StrFormat("%.0f", value);
  }
  return absl::StrFormat(value >= 9.995 ? "%.1f" : "%.2f", value);
}

std::string Prefixed(double value, absl::string_view unit) {
  size_t prefix = 0;
  // 999.5 would print as 1000.
  while (value >= 999.5 && prefix + 1 < std::size(kPrefixes)) {
    value /= 1000;
    ++prefix;
  }
  const std::string suffix = absl::StrCat(kPrefixes[prefix], unit);
  return absl::StrCat(ThreeDigits(value), suffix.empty() ? "" : " ", suffix);
}

}  // namespace

std::string WithPrefix(double value) { return Prefixed(value, ""); }

std::string BytesText(int64_t bytes) {
  return Prefixed(static_cast<double>(bytes), "B");
}

std::string FlopText(double flops) { return Prefixed(flops, "FLOP"); }

std::string SecondsText(double seconds) {
  if (seconds < 100) {
    return absl::StrFormat(seconds < 9.95 ? "%.1f s" : "%.0f s", seconds);
  }
  if (seconds < 100 * 60) {
    return absl::StrFormat("%.0f min", seconds / 60);
  }
  const double hours = seconds / 3600;
  return hours < 9.95 ? absl::StrFormat("%.1f h", hours)
                      : absl::StrCat(WithPrefix(std::round(hours)), " h");
}

std::string SecondsRangeText(double low, double high) {
  const std::string a = SecondsText(low);
  const std::string b = SecondsText(high);
  if (a == b) {
    return a;
  }
  const size_t unit = a.find(' ');
  const bool same_unit = a.substr(unit) == b.substr(b.find(' '));
  return absl::StrCat(same_unit ? a.substr(0, unit) : a, " to ", b);
}

std::string ListText(const std::vector<std::string>& names, size_t shown) {
  if (names.size() <= 1) {
    return names.empty() ? "" : names[0];
  }
  if (names.size() <= shown) {
    return absl::StrCat(
        absl::StrJoin(absl::MakeConstSpan(names).first(names.size() - 1), ", "),
        " and ", names.back());
  }
  return absl::StrCat(
      absl::StrJoin(absl::MakeConstSpan(names).first(shown), ", "), " and ",
      names.size() - shown, " more");
}

std::string CountText(int64_t count, absl::string_view noun) {
  return absl::StrCat(count, " ", noun, count == 1 ? "" : "s");
}

std::string Printable(absl::string_view text) {
  size_t i = 0;
  while (i < text.size()) {
    const auto first = static_cast<unsigned char>(text[i]);
    size_t length = first < 0x80 ? 1 : 0;
    if (first >= 0xc2 && first < 0xf5) {
      length = first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
    }
    for (size_t k = 1; k < length; ++k) {
      const bool follows =
          i + k < text.size() &&
          (static_cast<unsigned char>(text[i + k]) & 0xc0) == 0x80;
      length = follows ? length : 0;
    }
    if (length == 0) {
      std::string cleaned(text);
      for (char& c : cleaned) {
        c = static_cast<unsigned char>(c) < 0x80 ? c : '?';
      }
      return cleaned;
    }
    i += length;
  }
  return std::string(text);
}

}  // namespace cxr
