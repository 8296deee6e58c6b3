// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_SCORE_INTERVAL_NOTES_H_
#define CXR_SCORE_INTERVAL_NOTES_H_

#include <cstdint>

#include "absl/functional/function_ref.h"
#include "absl/strings/string_view.h"
#include "cxr/spec/run_record.pb.h"
#include "cxr/spec/score_report.pb.h"

// What intervals cannot tell, in words.

namespace cxr {

// What was resampled.
struct Resampled {
  int64_t units = 0;      // images or patients
  int64_t resamples = 0;  // of them
};

// Whether both bounds are the same number: no certainty, but a method at its
// end.
bool HasNoWidth(const spec::Interval& interval);

// Adds a note for each reason why intervals of the report have no width: one
// unit only, one resample only, a DeLong variance of 0 (a perfect ranking), all
// resamples alike. A note names the values that it speaks of, the first ones if
// they are many. Nothing if all have a width.
void AddNoWidthNotes(const Resampled& resampled, spec::ScoreReport* report);

// Adds a note that names the values whose basic interval reaches beyond [0, 1],
// of those whose metric has to lie inside. Nothing if none does.
void AddBeyondNote(absl::FunctionRef<bool(absl::string_view metric)> has_to,
                   spec::ScoreReport* report);

}  // namespace cxr

#endif  // CXR_SCORE_INTERVAL_NOTES_H_
