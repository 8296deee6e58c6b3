// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/source/iu_report.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"

namespace cxr {

std::string IuReportText(const IuReport& report) {
  std::string text;
  for (const auto& [name, section] :
       {std::pair<absl::string_view, const std::string&>{"INDICATION",
                                                         report.indication},
        {"COMPARISON", report.comparison},
        {"FINDINGS", report.findings},
        {"IMPRESSION", report.impression}}) {
    if (!section.empty()) {
      absl::StrAppend(&text, name, ": ", section, "\n");
    }
  }
  return text;
}

}  // namespace cxr
