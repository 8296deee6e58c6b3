// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/score/undefined_resamples.h"

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

namespace cxr {
namespace {

constexpr absl::string_view kLeftOut =
    " of them with both classes, the others left out";

}  // namespace

std::string LeftOutText(const metrics::BootstrapInterval& interval,
                        int resamples) {
  return interval.resamples < resamples
             ? absl::StrCat(", ", interval.resamples, kLeftOut)
             : "";
}

bool SaysLeftOut(absl::string_view kind) {
  return absl::StrContains(kind, kLeftOut);
}

absl::string_view LeftOutNote() {
  return "a resample of one class only is left out of the intervals that it "
         "leaves undefined (records of runs draw another one in its place)";
}

}  // namespace cxr
