// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_SCORE_UNDEFINED_RESAMPLES_H_
#define CXR_SCORE_UNDEFINED_RESAMPLES_H_

#include <string>

#include "absl/strings/string_view.h"
#include "metrics/interval/bootstrap.h"

// What becomes of a resample that holds one class only and so leaves a value
// undefined. There are two rules, one for each kind of paper that numbers end
// in, and neither is hidden in a number:
//
// Records of runs draw anew. A value is resampled for itself there, with as
//   many resamples as were asked for, as in a loop around scikit-learn that
//   goes on until it has enough. Interval.redrawn says how often.
// `cxr score` leaves out. All values share the same resamples there, which must
//   not change because one rare class is undefined on some; so the resample is
//   left out of that value's interval alone, which says how many remained. With
//   less than one in a hundred there is no interval.
//
// Both are intervals of the value given that it is defined. They differ by
// chance only (which resamples), and not at all where every resample is
// defined.

namespace cxr {

inline constexpr metrics::UndefinedResample kUndefinedInRecords =
    metrics::UndefinedResample::kRedraw;
inline constexpr metrics::UndefinedResample kUndefinedInReports =
    metrics::UndefinedResample::kSkip;

// For the kind of an interval in a report: ", 990 of them with both classes,
// the others left out"; "" if all of `resamples` define the value.
std::string LeftOutText(const metrics::BootstrapInterval& interval,
                        int resamples);

// Whether a kind holds such a text.
bool SaysLeftOut(absl::string_view kind);

// What a report says once if any of its kinds does.
absl::string_view LeftOutNote();

}  // namespace cxr

#endif  // CXR_SCORE_UNDEFINED_RESAMPLES_H_
