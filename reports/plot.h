// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef REPORTS_PLOT_H_
#define REPORTS_PLOT_H_

#include <string>
#include <vector>

// Square plots of shares against shares, as SVG inside of a page.

namespace cxr::reports {

struct PlotPoint {
  double x = 0.0;
  double y = 0.0;
};

// A dot with the interval of its height.
struct PlotDot {
  PlotPoint at = {};
  double low = 0.0;
  double high = 0.0;
};

struct Plot {
  std::string title = {};
  std::string x_label = {};
  std::string y_label = {};
  double limit = 1.0;                     // both axes go from 0 to it, > 0
  std::vector<PlotPoint> line = {};       // joined
  std::vector<PlotPoint> reference = {};  // what chance does, dashed
  std::vector<PlotDot> dots = {};
  std::vector<PlotPoint> rings = {};  // numbered from 1
};

// What lies beyond the axes is cut off.
std::string ToSvg(const Plot& plot);

// The smallest of 0.05, 0.1, 0.2, 0.25, 0.5 and 1 that is at least `largest`.
double PlotLimit(double largest);

// `text` for HTML and SVG.
std::string Escaped(const std::string& text);

}  // namespace cxr::reports

#endif  // REPORTS_PLOT_H_
