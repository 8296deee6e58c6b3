// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/harness/identity.h"

#include <gtest/gtest.h>

#include <string>

#include "cxr/spec/run_record.pb.h"

namespace cxr {
namespace {

TEST(IdentityTest, StageVersionAndInputsCount) {
  const StageIdentity base{.stage = "train", .version = 1};
  StageIdentity other = base;
  EXPECT_EQ(StageId(base), StageId(other));
  other.version = 2;
  EXPECT_NE(StageId(base), StageId(other));
  other = base;
  other.stage = "score";
  EXPECT_NE(StageId(base), StageId(other));
  other = base;
  other.inputs.emplace_back().set_id("abc");
  EXPECT_NE(StageId(base), StageId(other));
}

TEST(IdentityTest, PartsCount) {
  const StageIdentity base{.stage = "train", .version = 1};
  StageIdentity other = base;
  spec::IdentityPart& part = other.parts.emplace_back();
  part.set_path("a");
  part.set_value("1");
  const std::string one = StageId(other);
  EXPECT_NE(one, StageId(base));
  part.set_value("2");
  EXPECT_NE(one, StageId(other));
}

}  // namespace
}  // namespace cxr
