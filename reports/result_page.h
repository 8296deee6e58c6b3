// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef REPORTS_RESULT_PAGE_H_
#define REPORTS_RESULT_PAGE_H_

#include <string>
#include <vector>

#include "reports/target_plots.h"

// What a person looks at of one experiment: a page that any browser opens
// without a network. Texts are plain; the page escapes them.

namespace cxr::reports {

// A picture that lies beside the page.
struct PagePicture {
  std::string heading = {};
  std::string file = {};
};

struct PageTarget {
  std::string name = {};
  std::string summary = {};  // its scores
  TargetPlots plots = {};
  std::vector<PagePicture> pictures = {};
};

struct ResultPage {
  std::string title = {};
  std::string warning = {};             // stands out; may be empty
  std::vector<std::string> lines = {};  // paragraphs
  std::vector<PageTarget> targets = {};
};

std::string ToHtml(const ResultPage& page);

}  // namespace cxr::reports

#endif  // REPORTS_RESULT_PAGE_H_
