// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/spec/check_rules.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cxr/spec/testing.h"

namespace cxr {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(CheckRulesTest, GoodSetsHaveNoProblems) {
  EXPECT_THAT(CheckRungs(ParseSpec<spec::RungSet>(
                  "rungs { name: 'demo' rules { including: 'a|b' } }"
                  "rungs { name: 'smoke' based_on: 'demo' }")),
              IsEmpty());
  EXPECT_THAT(CheckProtocols(ParseSpec<spec::ProtocolSet>(
                  "protocols { name: 'a' } protocols { name: 'b' }")),
              IsEmpty());
}

TEST(CheckRulesTest, ARungIsBasedOnOneAboveIt) {
  EXPECT_THAT(TextsOf(CheckRungs(ParseSpec<spec::RungSet>(
                  "rungs { name: 'smoke' based_on: 'demo' }"
                  "rungs { name: 'demo' based_on: 'demo' }"))),
              ElementsAre("rungs[0].based_on: no rung above this one 'demo'; "
                          "there is none",
                          "rungs[1].based_on: no rung above this one 'demo'; "
                          "there are: smoke"));
}

TEST(CheckRulesTest, NamesAndPatternsAreChecked) {
  EXPECT_THAT(TextsOf(CheckProtocols(ParseSpec<spec::ProtocolSet>(
                  "protocols { name: 'a' rules { including: 'x' }"
                  "  rules { including: '(' } } protocols { name: 'a' }"))),
              ElementsAre("protocols[0].rules[1].including: '(' is not a "
                          "pattern: missing ): (",
                          "protocols[1].name: 'a' stands there twice"));
}

}  // namespace
}  // namespace cxr
