// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "reports/plot.h"

#include <algorithm>
#include <cstddef>
#include <iterator>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/string_view.h"

namespace cxr::reports {
namespace {

// In units of the picture: the square of the axes and what is around it.
constexpr int kSide = 280;
constexpr int kLeft = 56;
constexpr int kTop = 30;
constexpr int kWidth = kLeft + kSide + 14;
constexpr int kHeight = kTop + kSide + 46;
constexpr int kTicks = 5;

// Told apart by people who see no red or green.
constexpr absl::string_view kBlue = "#0072b2";
constexpr absl::string_view kOrange = "#d55e00";
constexpr absl::string_view kGray = "#8a8a8a";

class Drawing {
 public:
  explicit Drawing(const Plot& plot) : plot_(plot) {}

  std::string Draw() {
    absl::StrAppendFormat(&svg_,
                          "<svg viewBox=\"0 0 %d %d\" width=\"%d\" "
                          "height=\"%d\" role=\"img\">\n",
                          kWidth, kHeight, kWidth, kHeight);
    AddAxes();
    AddLine(plot_.reference, kGray, "1.2\" stroke-dasharray=\"5 4");
    AddLine(plot_.line, kBlue, "2");
    for (const PlotDot& dot : plot_.dots) AddDot(dot);
    for (size_t i = 0; i < plot_.rings.size(); ++i) AddRing(i);
    return absl::StrCat(svg_, "</svg>\n");
  }

 private:
  double X(double x) const {
    return kLeft + kSide * std::clamp(x / plot_.limit, 0.0, 1.0);
  }
  double Y(double y) const {
    return kTop + kSide * (1.0 - std::clamp(y / plot_.limit, 0.0, 1.0));
  }

  void AddText(double x, double y, absl::string_view how,
               const std::string& text) {
    absl::StrAppendFormat(&svg_, "<text x=\"%.1f\" y=\"%.1f\" %s>%s</text>\n",
                          x, y, how, Escaped(text));
  }

  void AddAxes() {
    AddText(kLeft + kSide / 2.0, 18, "class=\"title\"", plot_.title);
    for (int i = 0; i <= kTicks; ++i) {
      const double value = plot_.limit * i / kTicks;
      absl::StrAppendFormat(
          &svg_, "<path class=\"grid\" d=\"M%.1f %d V%d M%d %.1f H%d\"/>\n",
          X(value), kTop, kTop + kSide, kLeft, Y(value), kLeft + kSide);
      const std::string text = absl::StrFormat("%.4g", value);
      AddText(X(value), kTop + kSide + 16, "class=\"middle\"", text);
      AddText(kLeft - 7, Y(value) + 4, "class=\"end\"", text);
    }
    AddText(kLeft + kSide / 2.0, kHeight - 8, "class=\"middle\"",
            plot_.x_label);
    AddText(0, 0,
            absl::StrFormat("class=\"middle\" transform=\"translate(14 %d) "
                            "rotate(-90)\"",
                            kTop + kSide / 2),
            plot_.y_label);
  }

  void AddLine(const std::vector<PlotPoint>& points, absl::string_view colour,
               absl::string_view width) {
    if (points.empty()) return;
    std::string path;
    for (const PlotPoint& point : points) {
      absl::StrAppendFormat(&path, "%s%.1f %.1f", path.empty() ? "M" : " L",
                            X(point.x), Y(point.y));
    }
    absl::StrAppendFormat(&svg_,
                          "<path fill=\"none\" stroke=\"%s\" "
                          "stroke-width=\"%s\" d=\"%s\"/>\n",
                          colour, width, path);
  }

  void AddDot(const PlotDot& dot) {
    absl::StrAppendFormat(&svg_,
                          "<path stroke=\"%s\" stroke-width=\"1.5\" "
                          "d=\"M%.1f %.1f V%.1f\"/>\n",
                          kBlue, X(dot.at.x), Y(dot.low), Y(dot.high));
    absl::StrAppendFormat(
        &svg_, "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"4\" fill=\"%s\"/>\n",
        X(dot.at.x), Y(dot.at.y), kBlue);
  }

  void AddRing(size_t place) {
    const PlotPoint& at = plot_.rings[place];
    absl::StrAppendFormat(&svg_,
                          "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"8\" "
                          "fill=\"#fff\" stroke=\"%s\" "
                          "stroke-width=\"1.8\"/>\n",
                          X(at.x), Y(at.y), kOrange);
    AddText(X(at.x), Y(at.y) + 4, "class=\"middle\"", absl::StrCat(place + 1));
  }

  const Plot& plot_;
  std::string svg_;
};

}  // namespace

std::string ToSvg(const Plot& plot) { return Drawing(plot).Draw(); }

double PlotLimit(double largest) {
  constexpr double kLimits[] = {0.05, 0.1, 0.2, 0.25, 0.5};
  const auto* found =
      std::find_if(std::begin(kLimits), std::end(kLimits),
                   [&](double limit) { return limit >= largest; });
  return found == std::end(kLimits) ? 1.0 : *found;
}

std::string Escaped(const std::string& text) {
  return absl::StrReplaceAll(
      text, {{"&", "&amp;"}, {"<", "&lt;"}, {">", "&gt;"}, {"\"", "&quot;"}});
}

}  // namespace cxr::reports
