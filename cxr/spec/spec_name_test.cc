// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/spec/spec_name.h"

#include <gtest/gtest.h>

namespace cxr {
namespace {

TEST(SpecNameTest, NamesAreOfPlainCharacters) {
  EXPECT_TRUE(IsSpecName("classify_rsna_s"));
  EXPECT_TRUE(IsSpecName("v1.2-B"));
  for (const char* name : {"", "a b", "a/b", "a=b", "m\xc3\xbc", "a\n"}) {
    EXPECT_FALSE(IsSpecName(name)) << name;
  }
}

}  // namespace
}  // namespace cxr
