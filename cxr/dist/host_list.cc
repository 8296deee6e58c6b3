// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/dist/host_list.h"

#include <cstddef>
#include <cstdint>
#include <utility>

#include "absl/algorithm/container.h"
#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "cxr/base/status_macros.h"

namespace cxr {
namespace {

// The largest clusters have some 10,000 nodes; a list comes from outside.
constexpr size_t kMostHosts = 65536;
constexpr size_t kMostDigits = 9;

absl::Status Malformed(absl::string_view part, absl::string_view expected) {
  return absl::InvalidArgumentError(
      absl::StrCat("\"", part, "\": expected ", expected));
}

bool IsNumber(absl::string_view text) {
  return !text.empty() && text.size() <= kMostDigits &&
         absl::c_all_of(text, absl::ascii_isdigit);
}

// What "1-3,7" stands for.
absl::StatusOr<std::vector<std::string>> ExpandRanges(
    absl::string_view ranges) {
  std::vector<std::string> numbers;
  for (const absl::string_view range : absl::StrSplit(ranges, ',')) {
    const std::pair<absl::string_view, absl::string_view> ends =
        absl::StrSplit(range, absl::MaxSplits('-', 1));
    const bool is_one = !absl::StrContains(range, '-');
    const absl::string_view last_text = is_one ? ends.first : ends.second;
    int64_t first = 0;
    int64_t last = 0;
    if (!IsNumber(ends.first) || !IsNumber(last_text) ||
        !absl::SimpleAtoi(ends.first, &first) ||
        !absl::SimpleAtoi(last_text, &last) || last < first) {
      return Malformed(range, "a number, or a range as 08-11");
    }
    for (int64_t number = first; number <= last; ++number) {
      if (numbers.size() == kMostHosts) {
        return Malformed(range, "at most 65536 hosts");
      }
      std::string text = absl::StrCat(number);
      if (text.size() < ends.first.size()) {
        text.insert(0, ends.first.size() - text.size(), '0');
      }
      numbers.push_back(std::move(text));
    }
  }
  return numbers;
}

// The commas that stand outside of brackets divide.
std::vector<absl::string_view> SplitOutsideBrackets(absl::string_view list) {
  std::vector<absl::string_view> names;
  bool inside = false;
  size_t begin = 0;
  for (size_t i = 0; i < list.size(); ++i) {
    if (list[i] == '[') inside = true;
    if (list[i] == ']') inside = false;
    if (list[i] != ',' || inside) continue;
    names.push_back(list.substr(begin, i - begin));
    begin = i + 1;
  }
  names.push_back(list.substr(begin));
  return names;
}

// The hosts of a name with brackets or without.
absl::StatusOr<std::vector<std::string>> ExpandName(absl::string_view name) {
  if (name.empty()) return Malformed(name, "a host's name");
  std::vector<std::string> hosts = {""};
  absl::string_view rest = name;
  while (!rest.empty()) {
    const size_t open = rest.find('[');
    const absl::string_view plain = rest.substr(0, open);
    if (absl::StrContains(plain, ']')) return Malformed(name, "[ before ]");
    for (std::string& host : hosts) absl::StrAppend(&host, plain);
    if (open == absl::string_view::npos) break;
    const size_t close = rest.find(']', open);
    if (close == absl::string_view::npos) {
      return Malformed(name, "] after [");
    }
    CXR_ASSIGN_OR_RETURN(const std::vector<std::string> numbers,
                         ExpandRanges(rest.substr(open + 1, close - open - 1)));
    if (hosts.size() * numbers.size() > kMostHosts) {
      return Malformed(name, "at most 65536 hosts");
    }
    std::vector<std::string> longer;
    for (const std::string& host : hosts) {
      for (const std::string& number : numbers) {
        longer.push_back(absl::StrCat(host, number));
      }
    }
    hosts = std::move(longer);
    rest = rest.substr(close + 1);
  }
  return hosts;
}

}  // namespace

absl::StatusOr<std::vector<std::string>> ExpandHostList(
    absl::string_view list) {
  std::vector<std::string> hosts;
  for (const absl::string_view name : SplitOutsideBrackets(list)) {
    CXR_ASSIGN_OR_RETURN(std::vector<std::string> of_name, ExpandName(name));
    for (std::string& host : of_name) hosts.push_back(std::move(host));
    if (hosts.size() > kMostHosts)
      return Malformed(name, "at most 65536 hosts");
  }
  return hosts;
}

}  // namespace cxr
