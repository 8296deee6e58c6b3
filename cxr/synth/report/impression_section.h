// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_SYNTH_REPORT_IMPRESSION_SECTION_H_
#define CXR_SYNTH_REPORT_IMPRESSION_SECTION_H_

#include <string>
#include <vector>

#include "cxr/synth/random/stream.h"
#include "cxr/synth/report/report_facts.h"

// The points of IMPRESSION.

namespace cxr::synth {

inline constexpr int kMostPoints = 4;

// At most kMostPoints of what is told, the most urgent first; if nothing is
// told, or nothing acute, that there is nothing acute. Never empty.
std::vector<std::string> ImpressionSection(const ReportFacts& facts,
                                           RandomKey key);

}  // namespace cxr::synth

#endif  // CXR_SYNTH_REPORT_IMPRESSION_SECTION_H_
