// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_SYNTH_REPORT_MIMIC_REPORT_H_
#define CXR_SYNTH_REPORT_MIMIC_REPORT_H_

#include <string>

#include "cxr/synth/random/stream.h"
#include "cxr/synth/report/report_content.h"

// A report as MIMIC-CXR's files hold it.

namespace cxr::synth {

inline constexpr int kMimicLineLength = 79;

// MIMIC-CXR's form: " FINAL REPORT" centred, headers and body lines with one
// leading space, at most 79 characters, blank lines " ", "___" for what is
// removed. With `oddities` 12 % lack an IMPRESSION, 5 % have a last paragraph
// alone, 1 % have one of: a misspelt header, an addendum above a line of
// underscores, a wet read, findings headed by the view or by both sections'
// names, an empty FINDINGS, no headers at all.
std::string MimicReport(const ReportContent& content, bool oddities,
                        RandomKey key);

}  // namespace cxr::synth

#endif  // CXR_SYNTH_REPORT_MIMIC_REPORT_H_
