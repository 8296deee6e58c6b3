// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/base/build_id.h"

#include <unistd.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "cxr/base/testing.h"

namespace cxr {
namespace {

TEST(BuildIdTest, IsWrittenInWholeBytesOfHexadecimalDigits) {
  EXPECT_THAT(BuildId(), ::testing::MatchesRegex("([0-9a-f][0-9a-f])*"));
}

TEST(BuildIdTest, IsTheOneThatReadelfPrints) {
  if (RunCommand("readelf --version").exit_code != 0) {
    GTEST_SKIP() << "no readelf on this machine";
  }
  // Not /proc/self, which would be readelf.
  const CommandResult notes =
      RunCommand(absl::StrCat("readelf -n /proc/", getpid(), "/exe"));
  ASSERT_EQ(notes.exit_code, 0) << notes.output;
  const std::string label = "Build ID: ";
  const size_t at = notes.output.find(label);
  if (at == std::string::npos) {
    EXPECT_EQ(BuildId(), "") << notes.output;
    return;
  }
  const std::string rest = notes.output.substr(at + label.size());
  EXPECT_EQ(BuildId(), rest.substr(0, rest.find('\n')));
}

}  // namespace
}  // namespace cxr
