// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/dist/share.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "cxr/base/check.h"

namespace cxr {

absl::Status CheckShare(int64_t groups, int world) {
  CXR_CHECK(groups > 0 && world > 0) << groups << " groups, " << world;
  if (groups % world == 0) return absl::OkStatus();
  std::string divisors = "1";
  for (int64_t divisor = 2; divisor <= groups; ++divisor) {
    if (groups % divisor == 0) absl::StrAppend(&divisors, ", ", divisor);
  }
  return absl::InvalidArgumentError(
      absl::StrCat(world, " processes cannot share the ", groups,
                   " groups of a batch evenly: start one of ", divisors,
                   " processes, or change the batch's or the groups' images"));
}

}  // namespace cxr
