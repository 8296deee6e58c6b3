// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_SCORE_SCORE_TEXT_H_
#define CXR_SCORE_SCORE_TEXT_H_

#include <string>

#include "cxr/spec/score_report.pb.h"

namespace cxr {

// The report as Markdown: a table of values, one of runs that differ in their
// seed, one of groups, one of comparisons, then notes; what is empty is left
// out, and so is a column that no row fills. An interval without width has a
// star, since it is no certainty. "median" is that of the resamples. Values are
// rounded to four digits behind the point, an undefined one is "NaN". How an
// interval was made stands below its table, once a kind.
std::string ToText(const spec::ScoreReport& report);

}  // namespace cxr

#endif  // CXR_SCORE_SCORE_TEXT_H_
