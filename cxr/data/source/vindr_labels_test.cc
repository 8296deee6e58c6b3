// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/source/vindr_labels.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>

namespace cxr {
namespace {

using ::testing::Optional;

TEST(VindrLabelsTest, EveryNameIsItself) {
  for (const absl::string_view label : kVindrLabels) {
    EXPECT_THAT(FindVindrLabel(label), Optional(label));
  }
}

TEST(VindrLabelsTest, KaggleKnowsPartOfThem) {
  for (const absl::string_view label : kVindrKaggleLabels) {
    EXPECT_THAT(FindVindrLabel(label), Optional(label));
  }
}

// The training table says "diseases", the test table "disease", the paper
// "disease(s)".
TEST(VindrLabelsTest, PluralMakesNoDifference) {
  for (const absl::string_view name :
       {"Other disease", "Other diseases", "Other disease(s)",
        "OTHER DISEASE(S)"}) {
    EXPECT_THAT(FindVindrLabel(name),
                Optional(absl::string_view("Other diseases")));
  }
  EXPECT_THAT(FindVindrLabel("Lung cysts"),
              Optional(absl::string_view("Lung cyst")));
}

TEST(VindrLabelsTest, LetterCaseMakesNoDifference) {
  EXPECT_THAT(FindVindrLabel("lung opacity"),
              Optional(absl::string_view("Lung Opacity")));
  EXPECT_THAT(FindVindrLabel(" No Finding "),
              Optional(absl::string_view("No finding")));
}

TEST(VindrLabelsTest, OtherNamesAreNone) {
  for (const absl::string_view name : {"", "s", "(s)", "Lung", "rad_id"}) {
    EXPECT_EQ(FindVindrLabel(name), std::nullopt) << name;
  }
}

}  // namespace
}  // namespace cxr
