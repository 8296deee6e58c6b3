// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_DIST_HOST_LIST_H_
#define CXR_DIST_HOST_LIST_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace cxr {

// The hosts of a list as Slurm writes it: "a[1-3,7],b01" are a1, a2, a3, a7 and
// b01. Zeros before a range's first number are kept ("[08-10]"), and a name may
// hold several brackets. InvalidArgument if the list is not of that form, is
// empty, or holds more than 65,536 hosts.
absl::StatusOr<std::vector<std::string>> ExpandHostList(absl::string_view list);

}  // namespace cxr

#endif  // CXR_DIST_HOST_LIST_H_
