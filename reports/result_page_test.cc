// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "reports/result_page.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

namespace cxr::reports {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

TEST(ResultPageTest, EachTargetHasItsPlotsPointsAndPictures) {
  const ResultPage page{
      .title = "classify_x",
      .lines = {"10 images"},
      .targets = {
          {.name = "Mass"},
          {.name = "Edema",
           .summary = "AUROC 83 %",
           .plots =
               {.roc = "<svg>1</svg>",
                .reliability = "<svg>2</svg>",
                .points = {{.name = "Youden's J",
                            .threshold = 0.125,
                            .sensitivity = 0.75,
                            .specificity = 0.5,
                            .precision =
                                std::numeric_limits<double>::quiet_NaN()}}},
           .pictures = {{.heading = "Misses", .file = "edema.png"}}}}};
  const std::string html = ToHtml(page);
  EXPECT_THAT(html, HasSubstr("<title>classify_x</title>"));
  EXPECT_THAT(html, HasSubstr("<a href=\"#t1\">Edema</a>"));
  EXPECT_THAT(html, HasSubstr("<h2 id=\"t1\">Edema</h2>\n<p>AUROC 83 %</p>"));
  EXPECT_THAT(html, HasSubstr("<svg>1</svg><svg>2</svg>"));
  EXPECT_THAT(html, HasSubstr("<td>Youden's J</td><td>0.125</td>"
                              "<td>75.0 %</td><td>50.0 %</td><td>-</td>"));
  EXPECT_THAT(html, HasSubstr("<h3>Misses</h3>\n<img src=\"edema.png\""));
  EXPECT_THAT(html, Not(HasSubstr("class=\"warning\"")));
}

TEST(ResultPageTest, NothingIsFetchedAndWordsAreEscaped) {
  const std::string html = ToHtml({.title = "a<b>",
                                   .warning = "SYNTHETIC & drawn",
                                   .targets = {{.name = "\"Mass\""}}});
  EXPECT_THAT(html, HasSubstr("<h1>a&lt;b&gt;</h1>"));
  EXPECT_THAT(html,
              HasSubstr("<p class=\"warning\">SYNTHETIC &amp; drawn</p>"));
  EXPECT_THAT(html, HasSubstr(">&quot;Mass&quot;</h2>"));
  EXPECT_THAT(html, Not(HasSubstr("http")));
}

}  // namespace
}  // namespace cxr::reports
