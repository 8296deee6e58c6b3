// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_DATA_SOURCE_IU_REPORT_H_
#define CXR_DATA_SOURCE_IU_REPORT_H_

#include <string>

namespace cxr {

// A report of IU X-Ray: its sections, trimmed, empty where it has none. What
// could name a person is written XXXX.
struct IuReport {
  std::string indication = {};
  std::string comparison = {};
  std::string findings = {};
  std::string impression = {};

  bool operator==(const IuReport&) const = default;
};

// The sections that there are, each as a line "FINDINGS: ...", in the order
// above.
std::string IuReportText(const IuReport& report);

}  // namespace cxr

#endif  // CXR_DATA_SOURCE_IU_REPORT_H_
