// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/source/example_ids.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "cxr/base/testing.h"

namespace cxr {
namespace {

using ::testing::HasSubstr;

TEST(ExampleIdsTest, ExamplesAreFoundAndPlaced) {
  std::vector<Example> examples;
  ExampleIds ids(&examples);
  EXPECT_EQ(ids.Find("a"), std::nullopt);
  ids.StartTable("train.csv");
  examples.push_back({.id = "a"});
  ASSERT_OK(ids.AddLast(2));
  examples.push_back({.id = "b"});
  ASSERT_OK(ids.AddLast(4));
  ids.StartTable("empty.csv");
  ids.StartTable("test.csv");
  for (int i = 0; i < 1000; ++i) {
    examples.push_back({.id = absl::StrCat("c", i)});
    ASSERT_OK(ids.AddLast(i + 2));
  }
  EXPECT_EQ(ids.Find("b"), 1);
  EXPECT_EQ(ids.Find("c999"), 1001);
  EXPECT_EQ(ids.Find("c1000"), std::nullopt);
  EXPECT_EQ(ids.Place(0), "train.csv:2");
  EXPECT_EQ(ids.Place(1), "train.csv:4");
  EXPECT_EQ(ids.Place(2), "test.csv:2");
}

TEST(ExampleIdsTest, SecondExampleOfAnIdIsDataLoss) {
  std::vector<Example> examples;
  ExampleIds ids(&examples);
  ids.StartTable("train.csv");
  examples.push_back({.id = "a"});
  ASSERT_OK(ids.AddLast(2));
  ids.StartTable("test.csv");
  examples.push_back({.id = "a"});
  EXPECT_THAT(
      ids.AddLast(7),
      StatusIs(absl::StatusCode::kDataLoss,
               HasSubstr("test.csv:7: found a, which stands at train.csv:2")));
  examples.push_back({.id = ""});
  EXPECT_THAT(ids.AddLast(8),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("test.csv:8: ")));
}

TEST(ExampleIdsDeathTest, ExamplesAreAddedOneByOne) {
  std::vector<Example> examples(2);
  ExampleIds ids(&examples);
  ids.StartTable("train.csv");
  EXPECT_DEATH(ids.AddLast(2).IgnoreError(), "0 examples added of 2");
}

}  // namespace
}  // namespace cxr
