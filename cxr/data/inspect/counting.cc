// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/inspect/counting.h"

#include <algorithm>
#include <utility>

#include "cxr/base/check.h"

namespace cxr {

google::protobuf::RepeatedPtrField<spec::FoundCount> FoundCounts(
    const std::map<std::string, int64_t>& counts) {
  std::vector<std::pair<std::string, int64_t>> sorted(counts.begin(),
                                                      counts.end());
  std::stable_sort(
      sorted.begin(), sorted.end(),
      [](const auto& a, const auto& b) { return a.second > b.second; });
  google::protobuf::RepeatedPtrField<spec::FoundCount> found;
  for (const auto& [name, count] : sorted) {
    spec::FoundCount& item = *found.Add();
    item.set_name(name);
    item.set_count(count);
  }
  return found;
}

spec::FoundRange RangeOf(std::vector<int64_t> values) {
  CXR_CHECK(!values.empty()) << "no values";
  std::sort(values.begin(), values.end());
  spec::FoundRange range;
  range.set_smallest(values.front());
  range.set_median(values[(values.size() - 1) / 2]);
  range.set_largest(values.back());
  return range;
}

}  // namespace cxr
