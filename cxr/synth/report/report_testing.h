// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_SYNTH_REPORT_REPORT_TESTING_H_
#define CXR_SYNTH_REPORT_REPORT_TESTING_H_

#include <string>
#include <vector>

#include "cxr/synth/patient/mention.h"
#include "cxr/synth/patient/patient.h"
#include "cxr/synth/patient/study.h"
#include "cxr/synth/report/report_content.h"
#include "cxr/synth/report/report_facts.h"

// Reports to test with, and a careless reader of them.

namespace cxr::synth {

struct ReportSample {
  Patient patient = {};
  Study study = {};
  Mentions mentions = {};
};

// Of the patient called `number`, as generated.
ReportSample SampleOf(int number);

// The same with mentions that have nothing to do with the study, from hardly
// any to nearly all.
ReportSample WildSampleOf(int number);

ReportContent ReportOf(const ReportSample& sample, int number);

// With slots filled.
ReportFacts FactsOf(const ReportSample& sample, bool has_prior);

// Only `finding`, so mentioned and so severe, in one of 40 variants.
ReportFacts FactsWith(Finding finding, Mention mention, double severity,
                      int variant);

// The 14 states by words of the labels and cues in the same sentence: a cue
// denies or doubts what follows, a few what precedes. No Finding is positive if
// no other word of disease is affirmed or doubted.
ChexpertStates StatesSaid(const std::vector<std::string>& sentences);

}  // namespace cxr::synth

#endif  // CXR_SYNTH_REPORT_REPORT_TESTING_H_
