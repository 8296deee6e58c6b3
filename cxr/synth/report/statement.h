// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_SYNTH_REPORT_STATEMENT_H_
#define CXR_SYNTH_REPORT_STATEMENT_H_

#include <string>
#include <vector>

#include "cxr/synth/patient/finding.h"
#include "cxr/synth/patient/mention.h"
#include "cxr/synth/random/stream.h"
#include "cxr/synth/report/grammar.h"

// Sentences on one finding. What is affirmed stands in a clause without denial
// or doubt, what is doubted has its doubt in the same clause.

namespace cxr::synth {

std::string Affirm(Finding finding, const Slots& slots, RandomStream* stream);
std::string Doubt(Finding finding, const Slots& slots, RandomStream* stream);

// All `findings`, one or more, in one sentence: "No effusion or pneumothorax."
// Each must be able to stand in a list.
std::string DenyTogether(const std::vector<Finding>& findings,
                         RandomStream* stream);
bool StandsInList(Finding finding);

// One finding by its own sentence, if it has one.
std::string Deny(Finding finding, RandomStream* stream);

// The noun alone, without article and comparison, affirmed or doubted.
std::string ShortNoun(Finding finding, const Slots& slots,
                      RandomStream* stream);
std::string Summarize(Finding finding, Mention mention, const Slots& slots,
                      RandomStream* stream);

}  // namespace cxr::synth

#endif  // CXR_SYNTH_REPORT_STATEMENT_H_
