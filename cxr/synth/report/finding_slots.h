// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_SYNTH_REPORT_FINDING_SLOTS_H_
#define CXR_SYNTH_REPORT_FINDING_SLOTS_H_

#include "cxr/synth/patient/finding.h"
#include "cxr/synth/random/stream.h"
#include "cxr/synth/report/grammar.h"
#include "cxr/synth/report/report_facts.h"

// What fills the slots of a finding's patterns: size and degree by severity,
// sides and lobes by side, articles and endings by number.

namespace cxr::synth {

// The same for every sentence on a finding of one report (the slots of `facts`
// are not read). With a prior study
// some findings are called new, and "change" may compare others. A finding
// without a side that needs one is given one by `key`.
Slots SlotsOf(Finding finding, const ReportFacts& facts, RandomKey key);

// The slots for a noun without its article: "possible nodule".
Slots WithoutArticle(Slots slots);

}  // namespace cxr::synth

#endif  // CXR_SYNTH_REPORT_FINDING_SLOTS_H_
