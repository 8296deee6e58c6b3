// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_DATA_INSPECT_COUNTING_H_
#define CXR_DATA_INSPECT_COUNTING_H_

#include <google/protobuf/repeated_field.h>

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "cxr/spec/data_report.pb.h"

// Counts and ranges as reports hold them.

namespace cxr {

// The most frequent first, then by name.
google::protobuf::RepeatedPtrField<spec::FoundCount> FoundCounts(
    const std::map<std::string, int64_t>& counts);

// The middle one of an even number is the smaller. `values` holds at least one.
spec::FoundRange RangeOf(std::vector<int64_t> values);

}  // namespace cxr

#endif  // CXR_DATA_INSPECT_COUNTING_H_
