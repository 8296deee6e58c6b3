// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

// How the program is linked: it must run beside shared libraries that carry
// another protobuf, and find all that it needs.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cxr/base/testing.h"

namespace cxr::tests {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

TEST(LinkageTest, TheProgramKeepsItsProtobufToItself) {
  const CommandResult symbols = RunCommand("nm -D --defined-only tools/cxr");
  EXPECT_EQ(symbols.exit_code, 0) << symbols.output;
  EXPECT_THAT(symbols.output, Not(HasSubstr("google8protobuf")));
}

TEST(LinkageTest, NoLibraryIsMissing) {
  const CommandResult libraries = RunCommand("ldd tools/cxr");
  EXPECT_EQ(libraries.exit_code, 0);
  EXPECT_THAT(libraries.output, HasSubstr("libtorch_cpu.so => "));
  EXPECT_THAT(libraries.output, Not(HasSubstr("not found")));
}

}  // namespace
}  // namespace cxr::tests
