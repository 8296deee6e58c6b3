// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/score/predictions.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cxr/base/testing.h"

namespace cxr {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

TEST(PredictionsTest, EveryBitComesBack) {
  const Predictions written{.targets = {"Mass", "Edema, mild"},
                            .ids = {"a", "b"},
                            .patients = {"1", "1"},
                            .labels = {1, 0, 0, 1},
                            .logits = {0.1f, -1e-30f, 16777217.0f, 1.0f / 3}};
  ASSERT_OK_AND_ASSIGN(const Predictions read,
                       PredictionsFromCsv(ToCsv(written), "p.csv"));
  EXPECT_EQ(read.targets, written.targets);
  EXPECT_EQ(read.ids, written.ids);
  EXPECT_EQ(read.patients, written.patients);
  EXPECT_EQ(read.labels, written.labels);
  EXPECT_EQ(read.logits, written.logits);
}

TEST(PredictionsTest, BrokenInputNamesTheLine) {
  const auto error_of = [](const char* text) {
    return std::string(PredictionsFromCsv(text, "p.csv").status().message());
  };
  EXPECT_THAT(error_of("id,patient\n"), StartsWith("p.csv:1: expected"));
  EXPECT_THAT(error_of("id,patient,a label,b logit\n"),
              StartsWith("p.csv:1: found 'a label,b logit'"));
  const std::string header = "id,patient,a label,a logit\n";
  EXPECT_THAT(error_of((header + "x,p,2,0.5\n").c_str()),
              "p.csv:2: found '2', expected a label 0 or 1");
  EXPECT_THAT(error_of((header + "x,p,1,nan\n").c_str()),
              HasSubstr("found 'nan', expected a finite logit"));
  EXPECT_THAT(error_of((header + "x,p,1,0\nx,p,1,0\n").c_str()),
              StartsWith("p.csv:3: found 'x', expected each id once"));
}

}  // namespace
}  // namespace cxr
