// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/source/dataset.h"

#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "cxr/base/status_macros.h"

namespace cxr {

absl::StatusOr<GrayImage> Dataset::LoadImage(int i) const {
  CXR_ASSIGN_OR_RETURN(DecodedImage decoded, Decode(i));
  return std::move(decoded.image);
}

absl::StatusOr<GrayImage> Dataset::LoadMask(int, const GrayImage&) const {
  return absl::UnimplementedError(
      absl::StrCat(index().source, " has no masks"));
}

absl::StatusOr<std::string> Dataset::LoadReport(int) const {
  return absl::UnimplementedError(
      absl::StrCat(index().source, " has no reports"));
}

}  // namespace cxr
