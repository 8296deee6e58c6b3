// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_SYNTH_REPORT_REPORT_FACTS_H_
#define CXR_SYNTH_REPORT_REPORT_FACTS_H_

#include <vector>

#include "absl/types/span.h"
#include "cxr/synth/patient/finding.h"
#include "cxr/synth/patient/mention.h"
#include "cxr/synth/patient/patient.h"
#include "cxr/synth/patient/study.h"
#include "cxr/synth/report/grammar.h"

// What the sections of one report are written from.

namespace cxr::synth {

struct ReportFacts {
  Patient patient = {};
  Study study = {};
  Mentions mentions = {};
  bool has_prior = false;        // a study to compare with
  PerFinding<Slots> slots = {};  // see finding_slots.h; of devices none
};

// Whether `finding` is affirmed or doubted.
bool IsTold(const ReportFacts& facts, Finding finding);

// Whether none of `findings` is told, nor there without being told: only then
// is what they belong to called normal.
bool IsQuiet(const ReportFacts& facts, absl::Span<const Finding> findings);

// Denied findings, but for those of whose label another is told: "no nodule"
// beside a mass would be against the label's state to a careless reader.
PerFinding<bool> DeniedOf(const Mentions& mentions);

}  // namespace cxr::synth

#endif  // CXR_SYNTH_REPORT_REPORT_FACTS_H_
