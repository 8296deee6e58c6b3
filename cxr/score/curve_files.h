// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_SCORE_CURVE_FILES_H_
#define CXR_SCORE_CURVE_FILES_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "cxr/score/labelled_scores.h"
#include "cxr/spec/score.pb.h"

// Curves as tables that any program can plot.

namespace cxr {

// Tables of all classes, which the first column names. Numbers have the digits
// that bring back every bit.
struct CurveFiles {
  // class,threshold,false_positive_rate,true_positive_rate: by falling
  // threshold, "inf" first; the points that a plot needs (metrics/ranking
  // curve.h, kDropIntermediate).
  std::string roc = {};
  // class,threshold,precision,recall: by rising threshold, the last point
  // having none.
  std::string precision_recall = {};
  // class,bins,lower,upper,count,positives,mean_probability,positive_fraction:
  // 15 bins of equal_width as "ece" has them, then of equal_mass; means of an
  // empty bin are empty. "" if scores are no probabilities.
  std::string reliability = {};
  // What is not in them, and why.
  std::vector<std::string> notes = {};
};

// Of scores as the profile ranks them. A class of one label only has no roc and
// no precision_recall, and a note. Errors as CountAtThresholds.
absl::StatusOr<CurveFiles> MakeCurveFiles(const LabelledScores& scores,
                                          spec::ScorerProfile profile);

// AlreadyExists unless `folder` is not there or empty.
absl::Status CheckCurveFolder(absl::string_view folder);

// Makes `folder` with roc.csv, pr.csv and, if there is one, reliability.csv:
// whole or not at all. AlreadyExists by CheckCurveFolder; other errors as
// cxr/base/file.h.
absl::Status WriteCurveFiles(const CurveFiles& files, absl::string_view folder);

}  // namespace cxr

#endif  // CXR_SCORE_CURVE_FILES_H_
