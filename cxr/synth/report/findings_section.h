// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_SYNTH_REPORT_FINDINGS_SECTION_H_
#define CXR_SYNTH_REPORT_FINDINGS_SECTION_H_

#include <string>
#include <vector>

#include "cxr/synth/random/stream.h"
#include "cxr/synth/report/report_facts.h"

// The sentences of FINDINGS.

namespace cxr::synth {

// Devices, heart, lungs, pleura, bones, abdomen; every told and every denied
// finding. What is normal is said only of what is neither told nor there.
std::vector<std::string> FindingsSection(const ReportFacts& facts,
                                         RandomKey key);

}  // namespace cxr::synth

#endif  // CXR_SYNTH_REPORT_FINDINGS_SECTION_H_
