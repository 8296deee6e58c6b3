// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "metrics/segmentation/overlap_profile.h"

#include <set>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace cxr::metrics {
namespace {

using ::testing::HasSubstr;

TEST(OverlapProfileTest, EveryProfileHasARuleAndANameOfItsOwn) {
  std::set<std::string> names;
  for (const OverlapRule& rule : OverlapRules()) {
    EXPECT_EQ(&RuleOf(rule.profile), &rule);
    names.insert(std::string(rule.name));
    const absl::StatusOr<OverlapProfile> parsed =
        ParseOverlapProfile(rule.name);
    ASSERT_TRUE(parsed.ok()) << parsed.status();
    EXPECT_EQ(*parsed, rule.profile);
  }
  EXPECT_EQ(names.size(), OverlapRules().size());
  EXPECT_EQ(OverlapRules().back().profile, OverlapProfile::kDeepMindDice)
      << "the last enumerator";
}

TEST(OverlapProfileTest, AnUnknownNameGetsTheListOfNames) {
  const absl::Status status = ParseOverlapProfile("dice").status();
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_THAT(std::string(status.message()), HasSubstr("profile: 'dice'"));
  EXPECT_THAT(std::string(status.message()),
              HasSubstr("monai-1.6/dice/ignore-empty"));
}

TEST(OverlapProfileDeathTest, ANumberThatIsNoProfileEndsTheProgram) {
  EXPECT_DEATH(RuleOf(static_cast<OverlapProfile>(99)),
               "one of the enumerators");
}

}  // namespace
}  // namespace cxr::metrics
