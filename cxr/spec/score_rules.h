// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_SPEC_SCORE_RULES_H_
#define CXR_SPEC_SCORE_RULES_H_

#include <vector>

#include "cxr/spec/places.h"
#include "cxr/spec/score.pb.h"

namespace cxr {

// Rules between the fields of an experiment's score.
std::vector<FieldProblem> CheckScoreSpec(const spec::ScoreSpec& score);

}  // namespace cxr

#endif  // CXR_SPEC_SCORE_RULES_H_
