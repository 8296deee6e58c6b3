// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_SYNTH_REPORT_IU_REPORT_H_
#define CXR_SYNTH_REPORT_IU_REPORT_H_

#include <string>

#include "cxr/synth/random/stream.h"
#include "cxr/synth/report/report_content.h"

// A report as IU X-Ray's XML files hold it.

namespace cxr::synth {

// IU X-Ray's four texts; "XXXX" for what is removed.
struct IuReportText {
  std::string comparison = {};
  std::string indication = {};
  std::string findings = {};
  std::string impression = {};
};

// Each text may be empty, as often as in the real files; findings and
// impression never both.
IuReportText IuReportOf(const ReportContent& content, RandomKey key);

}  // namespace cxr::synth

#endif  // CXR_SYNTH_REPORT_IU_REPORT_H_
