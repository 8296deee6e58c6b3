// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/inspect/report_text.h"

#include <gmock/gmock.h>
#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

namespace cxr {
namespace {

using ::testing::HasSubstr;

template <typename Message>
Message Parse(const char* text) {
  Message message;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &message));
  return message;
}

constexpr char kReport[] = R"pb(
  source: "toy"
  terms: "free"
  images: 1234
  patients: 7
  studies: 0
  parts { part: "training" images: 1000 patients: 5 studies: 0 }
  parts { part: "test" images: 234 patients: 2 studies: 0 }
  views { name: "PA" count: 1234 }
  ages { smallest: 1 median: 40 largest: 90 }
  labels {
    name: "Edema"
    positive: 10
    negative: 30
    uncertain: 1
    missing: 2
    divided: 0
    policies { policy: "U_ONES" positive: 11 negative: 33 left_out: 0 }
  }
  files {
    decoded: 2
    failed: 3
    failures { image: "a" message: "a.png: torn" }
    formats { name: "PNG" count: 2 }
    widths { smallest: 4 median: 5 largest: 6 }
    heights { smallest: 7 median: 8 largest: 9 }
  }
  leaks: 1
  first_leaks { what: "patient p is in several parts" images: "a" images: "b" }
  remarks { what: "ages of 0" count: 3 first: "train.csv:5" }
  fingerprint: "abc"
)pb";

TEST(ReportTextTest, SyntheticImagesAreCalledSo) {
  auto report = Parse<spec::DataReport>(kReport);
  EXPECT_EQ(ToText(report).find("SYNTHETIC"), std::string::npos);
  report.set_synthetic(true);
  EXPECT_EQ(ToText(report).find("# toy\n\nSYNTHETIC: drawn by a program"), 0u);
}

TEST(ReportTextTest, AWholeReport) {
  const auto report = Parse<spec::DataReport>(kReport);
  EXPECT_EQ(ToText(report), R"(# toy

terms: free

| Part     | Images | Patients | Studies |
|----------|-------:|---------:|--------:|
| training |  1,000 |        5 |       - |
| test     |    234 |        2 |       - |
| all      |  1,234 |        7 |       - |

views: PA 1,234
ages: 1 to 90, median 40

| Label | Positive | Negative | Uncertain | Missing | Divided |
|-------|---------:|---------:|----------:|--------:|--------:|
| Edema |       10 |       30 |         1 |       2 |       0 |

| Positive, by label policy |     U_ONES |
|---------------------------|-----------:|
| Edema                     | 11 (0.250) |

files read: 2, failed: 3
formats: PNG 2
widths: 4 to 6, median 5
heights: 7 to 9, median 8
failed: a: a.png: torn
... and 2 more

leaks: 1
leak: patient p is in several parts: a, b
remark: ages of 0: 3 (first: train.csv:5)

fingerprint: abc
)");
}

TEST(ReportTextTest, AFingerprint) {
  const std::string text = ToText(Parse<spec::DataFingerprint>(R"pb(
    source: "toy"
    keyed: true
    key_id: "k1"
    tables: "t1"
    files { name: "train.csv" sha256: "f1" }
    sampled: "s1"
    content: "c1"
    content_images: 5
    missing_images: 1
    parts { part: "no list" images: 6 ids: "i1" }
  )pb"));
  EXPECT_THAT(text, HasSubstr("# toy (digests are keyed by k1)"));
  EXPECT_THAT(text, HasSubstr("| train.csv |     f1 |"));
  EXPECT_THAT(text,
              HasSubstr("tables and all images: c1\nimages: 5, missing: 1"));
}

}  // namespace
}  // namespace cxr
