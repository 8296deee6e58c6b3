// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "reports/result_page.h"

#include <cmath>
#include <cstddef>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/string_view.h"
#include "reports/plot.h"

namespace cxr::reports {
namespace {

constexpr absl::string_view kStyle = R"(
body { font: 15px/1.45 sans-serif; color: #222; background: #fff;
  max-width: 1420px; margin: 0 auto; padding: 0 20px 60px; }
h1 { font-size: 24px; margin: 24px 0 8px; }
h2 { font-size: 20px; margin: 44px 0 4px; border-top: 1px solid #ccc;
  padding-top: 14px; }
h3 { font-size: 15px; margin: 22px 0 6px; }
p { margin: 4px 0; }
.warning { background: #d55e00; color: #fff; padding: 6px 12px;
  font-weight: bold; }
nav a { margin-right: 14px; white-space: nowrap; }
.plots { display: flex; flex-wrap: wrap; gap: 14px; margin-top: 10px; }
svg text { font: 12px sans-serif; fill: #222; }
svg .title { font-weight: bold; text-anchor: middle; }
svg .middle { text-anchor: middle; }
svg .end { text-anchor: end; }
svg .grid { stroke: #e4e4e4; stroke-width: 1; }
table { border-collapse: collapse; margin: 8px 0; }
td, th { padding: 2px 14px 2px 0; text-align: right; }
td:nth-child(2), th:nth-child(2) { text-align: left; }
img { max-width: 100%; background: #181818; }
)";

std::string Percent(double share) {
  return std::isnan(share) ? "-" : absl::StrFormat("%.1f %%", 100 * share);
}

std::string PointsTable(const std::vector<OperatingRow>& rows) {
  if (rows.empty()) return "";
  std::string html =
      "<table>\n<tr><th></th><th>operating point</th><th>probability from</th>"
      "<th>sensitivity</th><th>specificity</th><th>precision</th></tr>\n";
  for (size_t i = 0; i < rows.size(); ++i) {
    const OperatingRow& row = rows[i];
    absl::StrAppendFormat(&html,
                          "<tr><td>%d</td><td>%s</td><td>%.4g</td><td>%s</td>"
                          "<td>%s</td><td>%s</td></tr>\n",
                          i + 1, Escaped(row.name), row.threshold,
                          Percent(row.sensitivity), Percent(row.specificity),
                          Percent(row.precision));
  }
  return absl::StrCat(html, "</table>\n");
}

std::string TargetHtml(const PageTarget& target, size_t place) {
  std::string html = absl::StrFormat(
      "<h2 id=\"t%d\">%s</h2>\n<p>%s</p>\n<div class=\"plots\">\n%s%s%s</div>\n"
      "%s",
      place, Escaped(target.name), Escaped(target.summary), target.plots.roc,
      target.plots.precision_recall, target.plots.reliability,
      PointsTable(target.plots.points));
  for (const PagePicture& picture : target.pictures) {
    absl::StrAppendFormat(
        &html, "<h3>%s</h3>\n<img src=\"%s\" alt=\"%s\" loading=\"lazy\">\n",
        Escaped(picture.heading), Escaped(picture.file),
        Escaped(picture.heading));
  }
  return html;
}

}  // namespace

std::string ToHtml(const ResultPage& page) {
  std::string html = absl::StrCat(
      "<!DOCTYPE html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<title>",
      Escaped(page.title), "</title>\n<style>", kStyle, "</style>\n<h1>",
      Escaped(page.title), "</h1>\n");
  if (!page.warning.empty()) {
    absl::StrAppend(&html, "<p class=\"warning\">", Escaped(page.warning),
                    "</p>\n");
  }
  for (const std::string& line : page.lines) {
    absl::StrAppend(&html, "<p>", Escaped(line), "</p>\n");
  }
  absl::StrAppend(&html, "<nav>\n");
  for (size_t i = 0; i < page.targets.size(); ++i) {
    absl::StrAppend(&html, "<a href=\"#t", i, "\">",
                    Escaped(page.targets[i].name), "</a>\n");
  }
  absl::StrAppend(&html, "</nav>\n");
  for (size_t i = 0; i < page.targets.size(); ++i) {
    absl::StrAppend(&html, TargetHtml(page.targets[i], i));
  }
  return absl::StrCat(html, "</html>\n");
}

}  // namespace cxr::reports
