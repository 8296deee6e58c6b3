// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_SYNTH_REPORT_REPORT_CONTENT_H_
#define CXR_SYNTH_REPORT_REPORT_CONTENT_H_

#include <string>
#include <vector>

// What a report says, before any source's form. "___" is what is removed.

namespace cxr::synth {

struct ReportContent {
  std::string examination = {};
  std::string indication = {};
  std::string technique = {};
  std::string comparison = {};
  // Whole sentences, "The heart is moderately enlarged." ...
  std::vector<std::string> findings = {};
  std::vector<std::string> impression = {};
};

}  // namespace cxr::synth

#endif  // CXR_SYNTH_REPORT_REPORT_CONTENT_H_
