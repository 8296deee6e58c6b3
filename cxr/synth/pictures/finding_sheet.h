// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_SYNTH_PICTURES_FINDING_SHEET_H_
#define CXR_SYNTH_PICTURES_FINDING_SHEET_H_

#include <cstdint>

#include "cxr/data/image.h"
#include "cxr/synth/patient/finding.h"

// Films for a person to look at: does a finding look like itself?

namespace cxr::synth {

struct FindingSheetOptions {
  uint64_t seed = 0;
  int film_pixels = 448;    // side of a film before it is fitted into its cell
  double difficulty = 1.0;  // as FilmStyle's
  int threads = 1;
};

// Four people a row each, two of them AP: without the finding, with severity
// 0.3, 0.6 and 1, the last one twice, at the end with its boxes.
RgbImage FindingSheet(Finding finding, const FindingSheetOptions& options);

// People without any finding: a row of PA, a row of AP, a row of lateral films.
RgbImage NormalSheet(const FindingSheetOptions& options);

}  // namespace cxr::synth

#endif  // CXR_SYNTH_PICTURES_FINDING_SHEET_H_
